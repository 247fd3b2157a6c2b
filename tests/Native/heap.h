// A made-up heap of .NET objects in memory of this program, at the same addresses in each run.

#ifndef TESTS_NATIVE_HEAP_H
#define TESTS_NATIVE_HEAP_H

#include "random.h"

// Each sanitizer leaves other addresses to the program.
#ifdef __SANITIZE_THREAD__
#define AREA 0x1000000000UL
#else
#define AREA 0x200000000000UL
#endif

enum { CHUNK_LENGTH = 4 << 20, AREA_LENGTH = 10 * CHUNK_LENGTH, TYPES_LENGTH = 1 << 20 };
#define TYPES (AREA + AREA_LENGTH + CHUNK_LENGTH)

enum { MAX_SEGMENTS = 8, MAX_TYPES = 16, MAX_OBJECTS = 1 << 15, MAX_PAIRS = 2048 };

struct segment_range { u64 start, length; };
struct edge { u64 holder, held; };

struct heap {
  int is_list; // each object refers to the next one with all its words; otherwise references lead anywhere
  struct segment_range segments[MAX_SEGMENTS]; // in order
  u64 segment_count;
  u64 types[MAX_TYPES], type_count;
  u64 objects[MAX_OBJECTS], object_count;
  struct edge attached[MAX_PAIRS]; // grouped by holder
  u64 attached_count;
};

// Maps the memory of all heaps.
void map_heaps(void);

// Replaces the last heap.
void make_heap(struct heap *h, struct random *r);

u64 any_object(const struct heap *h, struct random *r);

// Mostly an object.
u64 any_reference(const struct heap *h, struct random *r);

// Pairs of objects, grouped by the first one, each pair once.
u64 make_edges(const struct heap *h, struct random *r, struct edge *edges, u64 count);

// The answer of the runtime's debugging component: an object, or none.
u64 allocator_of(const struct heap *h, u64 type);

#endif
