// Checks the search of the clone, and the parsers of /proc, with made-up heaps and texts:
//
//   fuzz SECONDS [SEED]   heaps from this seed on, until the time is over
//   fuzz =SEED            one heap
//
// With libFuzzer (-DLIBFUZZER), its bytes make the choices.

#include "check.h"
#include "heap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static u64 s_seed;

_Noreturn void differ(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "seed %lu: ", s_seed);
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
  abort();
}

static void check(struct random r, struct totals *t) {
  check_texts(&r, t);
  check_parts(&r, t);
  check_search(&r, t);
}

#ifdef LIBFUZZER

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t length);

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t length) {
  static int is_mapped;
  struct totals t = {0};
  if (!is_mapped) map_heaps();
  is_mapped = 1;
  check((struct random){length, bytes, length}, &t);
  return 0;
}

#else

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  struct totals t = {0};
  if (count < 2) return 2;
  map_heaps();
  int is_one = arguments[1][0] == '=';
  double end = seconds() + (is_one ? 0 : atof(arguments[1]));
  s_seed = strtoul(is_one ? arguments[1] + 1 : count > 2 ? arguments[2] : "1", 0, 10);
  do check((struct random){s_seed * 0x9e3779b97f4a7c15UL, 0, 0}, &t);
  while (s_seed++, seconds() < end);
  printf("%lu heaps, %lu searches, %lu objects, %lu paths (%lu long), %lu splits, %lu texts, %lu parts, "
    "no difference\n",
    t.heaps, t.searches, t.objects, t.paths, t.long_paths, t.split, t.texts, t.parts);
  return 0;
}

#endif
