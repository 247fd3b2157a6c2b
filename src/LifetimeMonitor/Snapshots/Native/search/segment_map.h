// Where objects can be: as in Heap/SegmentMap, in chunks of address space, so that a lookup takes no search.

#ifndef LM_SEARCH_SEGMENT_MAP_H
#define LM_SEARCH_SEGMENT_MAP_H

#include "blocks.h"

enum { CHUNK_BITS = 22, SLOT_BITS = CHUNK_BITS - 3, MAX_CHUNKS = 1 << (32 - SLOT_BITS) };
enum { HEADER_SIZE = 16 }; // of an object: its method table, and the length of an array

struct segment { u64 start, length; };

// A chunk in use. Start and length give the range of possible headers in its only segment; the length is 0 if the
// chunk has several segments.
struct chunk { u64 base, start, length, segment; };

// shifts has one entry for each chunk of the span: the slot is the eighth of an offset, plus the shift, plus one. 0
// for an unused chunk.
struct slot_map { const u64 *shifts; const struct chunk *chunks; const struct segment *segments; u64 lowest, span; };

struct segment_map {
  struct slot_map map;
  struct block segment_memory, shift_memory, chunk_memory;
  struct segment *list; u64 segment_count, segment_capacity;
  u64 chunk_count;
};

// Each eighth byte of the chunks has a slot; room_of checks whether that is in a segment. The rotation by three bits
// makes the offset of an unaligned address as large as that of an address below the lowest one, so one
// test rejects both.
INLINE int find_slot(const struct slot_map *m, u64 address, u64 *slot) {
  u64 offset = address - m->lowest, eighth = offset >> 3 | offset << 61;
  if (eighth >= m->span) return 0;
  u64 shift = m->shifts[eighth >> SLOT_BITS];
  *slot = eighth + shift + 1;
  return shift != 0;
}

// Few chunks have several segments, and few objects lie at the very end of a segment.
INTERNAL u64 room_among(const struct slot_map *m, const struct chunk *p, u64 address);

// The bytes from an address to the end of its segment; 0 if it is in none.
INLINE u64 room_of(const struct slot_map *m, u64 slot, u64 address) {
  const struct chunk *p = &m->chunks[slot >> SLOT_BITS];
  u64 offset = address - p->start;
  return LIKELY(offset < p->length) ? p->length - offset + (HEADER_SIZE - 1) : room_among(m, p, address);
}

INLINE u64 address_of(const struct slot_map *m, u32 slot) {
  return m->chunks[slot >> SLOT_BITS].base + ((u64)(slot & ((1U << SLOT_BITS) - 1)) << 3);
}

// Returns 0, or a negative answer.
INTERNAL int segment_map_begin(struct segment_map *p);

#endif
