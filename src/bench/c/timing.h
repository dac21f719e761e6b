/* The median time of one operation, in milliseconds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 7

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(void (*operation)(long), long n) {
  double times[RUNS], start = now();
  do operation(n); while (now() - start < 300); /* warm-up */
  for (int i = 0; i < RUNS; i++) {
    long count = 0;
    start = now();
    do operation(n), count++; while (now() - start < 100);
    times[i] = (now() - start) / count;
  }
  qsort(times, RUNS, sizeof *times, ascending);
  return times[RUNS / 2];
}

static uint64_t random_word(void) {
  static uint64_t state = 1;
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
