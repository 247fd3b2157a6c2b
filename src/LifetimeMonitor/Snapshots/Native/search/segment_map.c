#include "segment_map.h"
#include "channel.h"

INTERNAL NOINLINE u64 room_among(const struct slot_map *m, const struct chunk *p, u64 address) {
  for (const struct segment *g = &m->segments[p->segment]; address >= g->start; g++)
    if (address - g->start < g->length) return g->length - (address - g->start);
  return 0;
}

INTERNAL int segment_map_begin(struct segment_map *p) {
  struct segment *g = p->list, *end = g + p->segment_count;
  end->start = ~0UL; // ends the loop of room_among()
  end->length = 0;
  u64 mask = (1UL << CHUNK_BITS) - 1, lowest = p->segment_count ? g->start & ~mask : 0;
  u64 span = p->segment_count ? (end[-1].start + end[-1].length - lowest + mask) & ~mask : 0;
  u64 *shifts = (u64 *)reserve(&p->shift_memory, (span >> CHUNK_BITS) * sizeof(u64));
  struct chunk *chunks = (struct chunk *)reserve(&p->chunk_memory, MAX_CHUNKS * sizeof(struct chunk));
  if (!shifts || !chunks) return ANSWER_NO_MEMORY;
  for (u64 i = 0; i < p->segment_count; i++) {
    u64 last = (g[i].start + g[i].length - 1 - lowest) >> CHUNK_BITS;
    for (u64 c = (g[i].start - lowest) >> CHUNK_BITS; c <= last; c++) {
      if (shifts[c]) { chunks[p->chunk_count - 1].length = 0; continue; }
      if (p->chunk_count == MAX_CHUNKS) return ANSWER_TOO_LARGE;
      shifts[c] = ((p->chunk_count - c) << SLOT_BITS) - 1;
      struct chunk *chunk = &chunks[p->chunk_count++];
      chunk->base = lowest + (c << CHUNK_BITS);
      chunk->start = g[i].start;
      chunk->length = g[i].length < HEADER_SIZE ? 0 : g[i].length - (HEADER_SIZE - 1);
      chunk->segment = i;
    }
  }
  p->map.shifts = shifts;
  p->map.chunks = chunks;
  p->map.segments = p->list;
  p->map.lowest = lowest;
  p->map.span = span >> 3;
  return 0;
}
