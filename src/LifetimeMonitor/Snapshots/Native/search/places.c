// Where objects can be: as Heap/SegmentMap has it, in chunks of address space so that it takes no search.

enum { CHUNK_BITS = 22, SLOT_BITS = CHUNK_BITS - 3, MAX_CHUNKS = 1 << (32 - SLOT_BITS) };

struct segment { u64 start, length; };
// The first segment that reaches into it; what makes a slot of the eighth of an address; its number among those in use, from 1.
struct chunk { u64 start, end, slots; u32 number, segment; };
struct base { u64 start, end; };          // of a chunk; where its only segment ends, 0 when it has several
struct map { const struct chunk *chunks; const struct segment *segments; u64 lowest, span; };

struct places {
  struct map map;
  struct block segment_memory, chunk_memory, base_memory;
  struct segment *segments; u64 segment_count, segment_capacity;
  struct base *bases; u64 chunk_count;
};

// Chunks that several segments share are few.
static __attribute__((noinline)) u64 find_segment(const struct map *m, const struct chunk *c, u64 address) {
  if (!c->number) return 0;
  for (const struct segment *g = &m->segments[c->segment]; address >= g->start; g++)
    if (address - g->start < g->length) return g->start + g->length;
  return 0;
}

// The end of the segment an address is in, and its slot; 0 when there is none.
INLINE u64 find_place(const struct map *m, u64 address, u64 *slot) {
  u64 offset = address - m->lowest;
  if (offset >= m->span) return 0;
  const struct chunk *c = &m->chunks[offset >> CHUNK_BITS];
  *slot = (address >> 3) + c->slots;
  if (__builtin_expect(address >= c->start && address < c->end, 1)) return c->end;
  return find_segment(m, c, address);
}

INLINE u64 address_of(const struct places *p, u32 slot) {
  return p->bases[slot >> SLOT_BITS].start + ((u64)(slot & ((1U << SLOT_BITS) - 1)) << 3);
}

// The end of the segment of an object that was met.
INLINE u64 end_of(const struct places *p, u32 slot, u64 address) {
  u64 end = p->bases[slot >> SLOT_BITS].end, same;
  return end ? end : find_place(&p->map, address, &same);
}

static int places_begin(struct places *p) {
  struct segment *g = p->segments, *end = g + p->segment_count;
  end->start = ~0UL; // the last one looked at
  end->length = 0;
  u64 mask = (1UL << CHUNK_BITS) - 1, lowest = p->segment_count ? g->start & ~mask : 0;
  u64 span = p->segment_count ? (end[-1].start + end[-1].length - lowest + mask) & ~mask : 0;
  struct chunk *chunks = (struct chunk *)reserve(&p->chunk_memory, (span >> CHUNK_BITS) * sizeof(struct chunk));
  p->bases = (struct base *)reserve(&p->base_memory, MAX_CHUNKS * sizeof(struct base));
  if (!chunks || !p->bases) return NO_MEMORY;
  for (u64 i = 0; i < p->segment_count; i++) {
    u64 last = (g[i].start + g[i].length - 1 - lowest) >> CHUNK_BITS;
    for (u64 c = (g[i].start - lowest) >> CHUNK_BITS; c <= last; c++) {
      if (chunks[c].number) { p->bases[chunks[c].number - 1].end = 0; continue; }
      if (p->chunk_count == MAX_CHUNKS) return TOO_LARGE;
      p->bases[p->chunk_count].start = lowest + (c << CHUNK_BITS);
      p->bases[p->chunk_count++].end = g[i].start + g[i].length;
      chunks[c].number = (u32)p->chunk_count;
      chunks[c].segment = (u32)i;
      chunks[c].start = g[i].start;
      chunks[c].end = g[i].start + g[i].length;
      chunks[c].slots = ((u64)(p->chunk_count - 1) << SLOT_BITS) - ((lowest + (c << CHUNK_BITS)) >> 3);
    }
  }
  p->map.chunks = chunks;
  p->map.segments = p->segments;
  p->map.lowest = lowest;
  p->map.span = span;
  return 0;
}
