// A search as simple as can be, to compare the search of the clone with.

#ifndef TESTS_NATIVE_REFERENCE_H
#define TESTS_NATIVE_REFERENCE_H

#include "heap.h"

enum { MAX_TARGETS = 8, MAX_ROOTS = 64, MAX_EXCLUDED = 8 };

struct question {
  u64 targets[MAX_TARGETS], target_count;
  u64 roots[MAX_ROOTS], root_count;
  struct edge excluded[MAX_EXCLUDED];
  u64 excluded_count;
};

// Where the search came to an object from: another entry, or the complement of the number of a root.
struct visit { u64 address; long from; };

struct walk {
  const struct heap *heap;
  const struct question *question;
  struct visit *visits; // in the order of discovery
  u64 count, scanned, unreadable, bytes;
  long found[MAX_TARGETS]; // entries
  u64 found_count;
  int is_exhaustive, is_behind;
  // Of references to the first target, from an object or from a root (0): the first holder, and whether there was
  // another one.
  u64 first_holder;
  int has_other_holder;
};

// Begins at the roots.
void walk_from_roots(struct walk *w, const struct heap *h, const struct question *q, int is_exhaustive);
void walk_on(struct walk *w);

// Continues through the targets.
void walk_behind(struct walk *w);

// Whether there is a valid object at an address.
int is_object(const struct heap *h, u64 address);

// Call it before the next heap is made.
void forget_layouts(void);

// The offset of the first word that refers to an object, or -1.
long word_offset(const struct heap *h, u64 holder, u64 held);

// The kind of a reference: the place in the holder, as the clone numbers it, or -1.
long reference_place(const struct heap *h, u64 holder, u64 held);

#endif
