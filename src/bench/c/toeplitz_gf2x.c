/* Toeplitz hashing of n bits to n/2 as a product of polynomials, with gf2x. */
#include <gf2x.h>
#include "timing.h"
#ifndef NAME
#define NAME "gf2x"
#endif

static unsigned long *key, *seed, *product, *result;

static void amplify(long n) {
  long words = (n + 63) / 64, seed_words = (n + n / 2 + 62) / 64;
  gf2x_mul(product, key, words, seed, seed_words);
  long from = (n - 1) / 64, shift = (n - 1) % 64;
  for (long w = 0; w < (n / 2 + 63) / 64; w++)
    result[w] = product[from + w] >> shift | product[from + w + 1] << 1 << (63 - shift);
}

int main(void) {
  for (long n = 100000; n <= 10000000; n *= 10) {
    key = malloc(n / 4), seed = malloc(n / 4), product = malloc(n / 2), result = malloc(n / 8);
    for (long w = 0; w < n / 32; w++) key[w] = random_word(), seed[w] = random_word();
    printf(NAME " %ld %f\n", n, median(amplify, n));
    free(key), free(seed), free(product), free(result);
  }
  return 0;
}
