// Reproducible choices: first from the bytes of a fuzzer, if there are any, and then from a seed.

#ifndef TESTS_NATIVE_RANDOM_H
#define TESTS_NATIVE_RANDOM_H

#include "base.h"

struct random { u64 state; const u8 *bytes; u64 left; };

// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
INLINE u64 next(struct random *r) {
  u64 z = r->state += 0x9e3779b97f4a7c15UL;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9UL;
  z = (z ^ z >> 27) * 0x94d049bb133111ebUL;
  z ^= z >> 31;
  if (!r->left) return z;
  r->left--;
  return z ^ (u64)*r->bytes++ * 0x9e3779b97f4a7c15UL;
}

// From 0 to count - 1; 0 if there are none.
INLINE u64 below(struct random *r, u64 count) { return count ? next(r) % count : 0; }

#endif
