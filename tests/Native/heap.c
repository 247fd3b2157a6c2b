#include "heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__has_feature)
#define IS_CLANG_ASAN __has_feature(address_sanitizer)
#else
#define IS_CLANG_ASAN 0
#endif

#if IS_CLANG_ASAN || defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(start, length) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(start, length) ((void)0)
#endif

enum { HAS_REFERENCES = 0x01000000, COLLECTIBLE = 0x00200000 };
#define IS_ARRAY 0x80000000U
enum { TYPE_DISTANCE = 4096 };

static u64 *at(u64 address) { return (u64 *)address; }

static void map(u64 start, u64 length) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  if (mmap((void *)start, length, PROT_READ | PROT_WRITE, flags, -1, 0) == (void *)start) return;
  perror("mmap");
  exit(2);
}

void map_heaps(void) {
  map(AREA, AREA_LENGTH);
  map(TYPES, TYPES_LENGTH);
}

// ---- Types ----

// Runs of references that do not overlap, as the runtime makes them: each is its length less the size of the object,
// and its offset.
static u64 describe_runs(u64 type, struct random *r, u64 size, int is_whole) {
  u64 count = 0, from = 8, most = below(r, 8) ? 3 : 30;
  while (count < most && from + 8 <= size) {
    u64 offset = from + 8 * below(r, 3), length = 8 * (1 + below(r, 4));
    if (is_whole) offset = from, length = size - from;
    if (offset + length > size) break;
    *at(type - 16 - 16 * count) = offset;
    *at(type - 24 - 16 * count++) = length - size;
    from = offset + length + 8 * below(r, 2);
  }
  *at(type - 8) = count;
  return count;
}

// Groups of references in an array of structs; returns the length of a struct.
static u64 describe_pattern(u64 type, struct random *r, u64 size) {
  u64 count = 1 + below(r, 3), length = 0;
  for (u64 i = 0; i < count; i++) {
    u64 references = 1 + below(r, 3), skip = 8 * below(r, 3);
    *at(type - 24 - 8 * i) = references | skip << 32;
    length += references * 8 + skip;
  }
  *at(type - 8) = -count;
  *at(type - 16) = size - 8;
  return length;
}

static void add_type(struct heap *h, struct random *r) {
  u64 type = TYPES + TYPES_LENGTH / 2 + TYPE_DISTANCE * h->type_count, kind = h->is_list ? 4 : below(r, 6);
  u64 size = 24 + 8 * below(r, below(r, 4) ? 6 : 80), flags = below(r, 8) ? 0 : COLLECTIBLE;
  h->types[h->type_count++] = type;
  switch (kind) {
    case 0: break;
    case 1: // an array of numbers; the size of a string is no multiple of eight
      flags |= IS_ARRAY | (1 + below(r, 40));
      size = 22 + below(r, 3);
      break;
    case 2: // an array of references
      flags |= IS_ARRAY | HAS_REFERENCES | 8;
      size = 24;
      *at(type - 8) = 1;
      *at(type - 16) = 16;
      *at(type - 24) = -size;
      break;
    case 3: flags |= IS_ARRAY | HAS_REFERENCES | describe_pattern(type, r, size); break;
    default: if (describe_runs(type, r, size, h->is_list)) flags |= HAS_REFERENCES;
  }
  *at(type) = flags | size << 32;
}

// ---- Objects ----

u64 any_object(const struct heap *h, struct random *r) { return h->objects[below(r, h->object_count)]; }

u64 any_reference(const struct heap *h, struct random *r) {
  switch (below(r, 16)) {
    case 0: case 1: return 0;
    case 2: return any_object(h, r) + below(r, 48);
    case 3: return AREA + below(r, AREA_LENGTH);
    case 4: return next(r);
    default: return any_object(h, r);
  }
}

static u64 length_of(u64 object) {
  u64 type = *at(object) & ~7UL;
  u32 flags = *(const u32 *)type;
  u64 elements = flags & IS_ARRAY ? *(const u32 *)(object + 8) : 0;
  return (*(const u32 *)(type + 4) + elements * (flags & 0xffff) + 7) & ~7UL;
}

// The length of the object at an address, or 0 if it does not fit.
static u64 add_object(struct heap *h, struct random *r, u64 address, u64 end, u64 longest) {
  u64 type = h->types[below(r, h->type_count)];
  u32 flags = *(const u32 *)type;
  u64 size = *(const u32 *)(type + 4), elements = flags & IS_ARRAY ? below(r, longest + 1) : 0;
  size = (size + elements * (flags & 0xffff) + 7) & ~7UL;
  if (address + size > end || h->object_count == MAX_OBJECTS) return 0;
  *at(address) = type | (below(r, 8) ? 0 : 1);
  if (flags & IS_ARRAY) *at(address + 8) = elements;
  h->objects[h->object_count++] = address;
  return size;
}

static void fill_words(struct heap *h, struct random *r) {
  u64 sparse = below(r, 4);
  for (u64 i = 0; i < h->object_count; i++) {
    u32 flags = *(const u32 *)(*at(h->objects[i]) & ~7UL);
    u64 from = h->objects[i] + (flags & IS_ARRAY ? 16 : 8), to = h->objects[i] + length_of(h->objects[i]);
    for (u64 word = from; word < to; word += 8)
      if (h->is_list) *at(word) = i + 1 < h->object_count ? h->objects[i + 1] : 0;
      else if (!below(r, sparse + 1)) *at(word) = any_reference(h, r);
  }
}

// Segments may lie side by side, in one chunk, and across its border.
static void add_segments(struct heap *h, struct random *r) {
  u64 count = 1 + below(r, MAX_SEGMENTS), from = AREA, longest = below(r, h->is_list ? 2 : 12) ? 1 << 14 : 1 << 19;
  while (h->segment_count < count) {
    u64 gap = below(r, 4) ? 8 * below(r, 1 << 17) : 0, border = (from + CHUNK_LENGTH) & -(u64)CHUNK_LENGTH;
    u64 start = below(r, 3) ? from + gap : border - 8 * below(r, 200), length = 8 + 8 * below(r, longest / 8);
    if (start < from || start + length > AREA + AREA_LENGTH) break;
    h->segments[h->segment_count++] = (struct segment_range){start, length};
    ASAN_UNPOISON_MEMORY_REGION((void *)start, length);
    from = start + length;
  }
}

static void add_objects(struct heap *h, struct random *r) {
  for (u64 i = 0; i < h->segment_count; i++) {
    u64 end = h->segments[i].start + h->segments[i].length, size;
    for (u64 address = h->segments[i].start; address + 24 <= end; address += size ? size + 8 * !below(r, 9) : 8) {
      u64 longest = below(r, 40) ? 8 : below(r, 6000);
      size = add_object(h, r, address, end, longest);
    }
  }
}

// Of a type or an object: not where memory of others could be reached.
static void corrupt(struct heap *h, struct random *r) {
  for (u64 i = 1 + below(r, 30); i > 0; i--) {
    u64 type = h->types[below(r, h->type_count)], object = any_object(h, r);
    u64 word = below(r, 2) ? type - 8 * (below(r, 7) - 1) : object + 8 * below(r, 6);
    u64 old = word < AREA + AREA_LENGTH ? 0 : *at(word);
    u64 values[] = {type, type + 8 * below(r, 64), object, next(r), below(r, 4096) - 64,
      old ^ 1UL << (below(r, 2) ? below(r, 20) : 40 + below(r, 24))};
    for (u64 j = 0; j < h->segment_count; j++)
      if (word >= AREA + AREA_LENGTH || word - h->segments[j].start < h->segments[j].length) {
        *at(word) = values[below(r, 6)];
        break;
      }
  }
}

static int compare_edges(const void *a, const void *b) {
  const struct edge *x = a, *y = b;
  if (x->holder != y->holder) return x->holder < y->holder ? -1 : 1;
  return x->held == y->held ? 0 : x->held < y->held ? -1 : 1;
}

u64 make_edges(const struct heap *h, struct random *r, struct edge *edges, u64 count) {
  u64 distinct = 0;
  for (u64 i = 0; i < count; i++) edges[i] = (struct edge){any_object(h, r), any_object(h, r)};
  qsort(edges, count, sizeof *edges, compare_edges);
  for (u64 i = 0; i < count; i++)
    if (!i || compare_edges(&edges[i], &edges[i - 1])) edges[distinct++] = edges[i];
  return distinct;
}

u64 allocator_of(const struct heap *h, u64 type) {
  return type >> 12 & 1 ? h->objects[(type >> 3) % h->object_count] : 0;
}

void make_heap(struct heap *h, struct random *r) {
  ASAN_UNPOISON_MEMORY_REGION((void *)AREA, AREA_LENGTH);
  madvise((void *)AREA, AREA_LENGTH, MADV_DONTNEED);
  madvise((void *)TYPES, TYPES_LENGTH, MADV_DONTNEED);
  ASAN_POISON_MEMORY_REGION((void *)AREA, AREA_LENGTH);
  h->segment_count = h->type_count = h->object_count = 0;
  h->is_list = !below(r, 8);
  u64 types = 2 + below(r, MAX_TYPES - 2);
  while (h->type_count < types) add_type(h, r);
  add_segments(h, r);
  add_objects(h, r);
  fill_words(h, r);
  if (!h->object_count) h->objects[h->object_count++] = h->segments[0].start;
  if (below(r, 2)) corrupt(h, r);
  u64 pairs = below(r, 10) ? below(r, 5) : below(r, MAX_PAIRS);
  h->attached_count = make_edges(h, r, h->attached, pairs);
}
