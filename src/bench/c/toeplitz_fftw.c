/* Toeplitz hashing of n bits to n/2 as a cyclic convolution of length 3n/2, with FFTW. */
#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include "timing.h"

static double *key, *seed;
static fftw_complex *key_hat, *seed_hat;
static fftw_plan forward_key, forward_seed, backward;
static uint64_t *key_bits, *seed_bits, *result;

static void unpack(const uint64_t *bits, long count, double *to, long length) {
  for (long i = 0; i < count; i++) to[i] = bits[i / 64] >> i % 64 & 1;
  for (long i = count; i < length; i++) to[i] = 0;
}

static void amplify(long n) {
  long length = n + n / 2;
  unpack(key_bits, n, key, length);
  unpack(seed_bits, length - 1, seed, length);
  fftw_execute(forward_key);
  fftw_execute(forward_seed);
  for (long i = 0; i <= length / 2; i++) key_hat[i] *= seed_hat[i];
  fftw_execute(backward);
  for (long w = 0; w < (n / 2 + 63) / 64; w++) result[w] = 0;
  for (long i = 0; i < n / 2; i++)
    result[i / 64] |= (uint64_t)(llrint(key[n - 1 + i] / length) & 1) << i % 64;
}

int main(void) {
  for (long n = 100000; n <= 10000000; n *= 10) {
    long length = n + n / 2;
    key = fftw_alloc_real(length), seed = fftw_alloc_real(length);
    key_hat = fftw_alloc_complex(length / 2 + 1), seed_hat = fftw_alloc_complex(length / 2 + 1);
    forward_key = fftw_plan_dft_r2c_1d(length, key, key_hat, FFTW_ESTIMATE);
    forward_seed = fftw_plan_dft_r2c_1d(length, seed, seed_hat, FFTW_ESTIMATE);
    backward = fftw_plan_dft_c2r_1d(length, key_hat, key, FFTW_ESTIMATE);
    key_bits = malloc(n / 4), seed_bits = malloc(n / 4), result = malloc(n / 8);
    for (long w = 0; w < n / 32; w++) key_bits[w] = random_word(), seed_bits[w] = random_word();
    printf("fftw %ld %f\n", n, median(amplify, n));
    fftw_destroy_plan(forward_key), fftw_destroy_plan(forward_seed), fftw_destroy_plan(backward);
    fftw_free(key), fftw_free(seed), fftw_free(key_hat), fftw_free(seed_hat);
    free(key_bits), free(seed_bits), free(result);
  }
  return 0;
}
