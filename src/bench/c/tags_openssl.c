/* Tags of messages with OpenSSL: GMAC with AES-128 and a fresh nonce for each, and Poly1305. */
#include <openssl/evp.h>
#include <openssl/params.h>
#include "timing.h"

static EVP_MAC_CTX *context;
static OSSL_PARAM parameters[3];
static unsigned char key[32], nonce[12], *message;
static size_t key_bytes;

static void tag(long bytes) {
  unsigned char out[16];
  size_t length;
  for (int i = 0; i < 12 && !++nonce[i]; i++);
  if (!EVP_MAC_init(context, key, key_bytes, parameters) ||
      !EVP_MAC_update(context, message, bytes) ||
      !EVP_MAC_final(context, out, &length, sizeof out))
    exit(1);
}

static void measure(const char *name, const char *algorithm) {
  context = EVP_MAC_CTX_new(EVP_MAC_fetch(NULL, algorithm, NULL));
  for (long bytes = 64; bytes <= 1 << 20; bytes *= bytes < 16384 ? 16 : 64)
    printf("%s %ld %f\n", name, bytes, median(tag, bytes));
}

int main(void) {
  message = calloc(1, 1 << 20);
  for (int i = 0; i < 32; i++) key[i] = random_word();
  parameters[0] = OSSL_PARAM_construct_end();
  key_bytes = 32;
  measure("opensslPoly1305", "POLY1305");
  parameters[0] = OSSL_PARAM_construct_utf8_string("cipher", "AES-128-GCM", 0);
  parameters[1] = OSSL_PARAM_construct_octet_string("iv", nonce, sizeof nonce);
  parameters[2] = OSSL_PARAM_construct_end();
  key_bytes = 16;
  measure("opensslGmac", "GMAC");
  return 0;
}
