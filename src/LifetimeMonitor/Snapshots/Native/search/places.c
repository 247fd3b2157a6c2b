// Where objects can be: as in Heap/SegmentMap, in chunks of address space, so that a lookup takes no search.

enum { CHUNK_BITS = 22, SLOT_BITS = CHUNK_BITS - 3, MAX_CHUNKS = 1 << (32 - SLOT_BITS), HEADER = 16 };

struct segment { u64 start, length; };
// A chunk in use. Start and length give the range of possible headers in its only segment; the length is 0 if the
// chunk has several segments.
struct place { u64 base, start, length, segment; };
// shifts has one entry for each chunk of the span: the slot is the eighth of an offset, plus the shift, plus one. 0
// for an unused chunk.
struct map { const u64 *shifts; const struct place *places; const struct segment *segments; u64 lowest, span; };

struct places {
  struct map map;
  struct block segment_memory, shift_memory, place_memory;
  struct segment *segments; u64 segment_count, segment_capacity;
  u64 chunk_count;
};

// Each eighth byte of the chunks has a slot; room_of checks whether that is in a segment. The rotation by three bits
// makes the offset of an unaligned address as large as that of an address below the lowest one, so one
// test rejects both.
INLINE int find_slot(const struct map *m, u64 address, u64 *slot) {
  u64 offset = address - m->lowest, eighth = offset >> 3 | offset << 61;
  if (eighth >= m->span) return 0;
  u64 shift = m->shifts[eighth >> SLOT_BITS];
  *slot = eighth + shift + 1;
  return shift != 0;
}

// Few chunks have several segments, and few objects lie at the very end of a segment.
static __attribute__((noinline)) u64 room_among(const struct map *m, const struct place *p, u64 address) {
  for (const struct segment *g = &m->segments[p->segment]; address >= g->start; g++)
    if (address - g->start < g->length) return g->length - (address - g->start);
  return 0;
}

// The bytes from an address to the end of its segment; 0 if it is in none.
INLINE u64 room_of(const struct map *m, u64 slot, u64 address) {
  const struct place *p = &m->places[slot >> SLOT_BITS];
  u64 offset = address - p->start;
  return __builtin_expect(offset < p->length, 1) ? p->length - offset + (HEADER - 1) : room_among(m, p, address);
}

INLINE u64 address_of(const struct map *m, u32 slot) {
  return m->places[slot >> SLOT_BITS].base + ((u64)(slot & ((1U << SLOT_BITS) - 1)) << 3);
}

static int places_begin(struct places *p) {
  struct segment *g = p->segments, *end = g + p->segment_count;
  end->start = ~0UL; // ends the loop of room_among()
  end->length = 0;
  u64 mask = (1UL << CHUNK_BITS) - 1, lowest = p->segment_count ? g->start & ~mask : 0;
  u64 span = p->segment_count ? (end[-1].start + end[-1].length - lowest + mask) & ~mask : 0;
  u64 *shifts = (u64 *)reserve(&p->shift_memory, (span >> CHUNK_BITS) * sizeof(u64));
  struct place *places = (struct place *)reserve(&p->place_memory, MAX_CHUNKS * sizeof(struct place));
  if (!shifts || !places) return NO_MEMORY;
  for (u64 i = 0; i < p->segment_count; i++) {
    u64 last = (g[i].start + g[i].length - 1 - lowest) >> CHUNK_BITS;
    for (u64 c = (g[i].start - lowest) >> CHUNK_BITS; c <= last; c++) {
      if (shifts[c]) { places[p->chunk_count - 1].length = 0; continue; }
      if (p->chunk_count == MAX_CHUNKS) return TOO_LARGE;
      shifts[c] = ((p->chunk_count - c) << SLOT_BITS) - 1;
      struct place *place = &places[p->chunk_count++];
      place->base = lowest + (c << CHUNK_BITS);
      place->start = g[i].start;
      place->length = g[i].length < HEADER ? 0 : g[i].length - (HEADER - 1);
      place->segment = i;
    }
  }
  p->map.shifts = shifts;
  p->map.places = places;
  p->map.segments = p->segments;
  p->map.lowest = lowest;
  p->map.span = span >> 3;
  return 0;
}
