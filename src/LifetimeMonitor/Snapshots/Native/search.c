// The search inside the clone: breadth-first with parents over the frozen heap, nothing copied. Part of clone.c.
//
// Its meaning is that of the managed search (Graph/ShortestPathSearch, Graph/RetainedSize over Heap/HeapGraph), which is
// the reference: same heap, same roots, same path. The parent gives the orders through memory that both share (struct
// channel, mirrored by SearchChannel.cs) and waits for each; between orders the clone sleeps.
//
// Nothing is believed before it is checked: a pointer must lie in a segment, an object must fit into it, and a method
// table is read the first time by a system call, which fails where a load would crash. Should a segment be unreadable
// after all, this process alone dies, and the parent searches from outside.

enum { SYS_munmap = 11, SYS_madvise = 28, SYS_process_vm_readv = 310 };

enum turn { PARENT = 0, CHILD = 1 };
enum order { LEAVE = 0, HEAP = 1, SEGMENTS = 2, ATTACHED = 3, BEGIN = 4, TARGETS = 5, CUTS = 6, ROOTS = 7, RUN = 8, BEHIND = 9, PATHS = 10, RETAINED = 11 };
enum answer { DONE = 1, ASKS = 2, NO_MEMORY = -1, TOO_LARGE = -2, NO_PEEK = -3, NONSENSE = -4 };
enum { CHANNEL_WORDS = 64 * 1024 };

struct channel {
  volatile int turn;
  int order, answer;
  volatile int stop;
  u64 count;              // words that follow the header, in either direction
  u64 first, second;      // what an order needs besides: see execute()
  u64 visited, unreadable, found, stopped, objects, bytes;
  u64 question, reply;    // a collectible method table, its loader allocator
  u64 next_found, next_index; // where PATHS goes on
  u64 words[CHANNEL_WORDS];
};

enum { CHUNK_BITS = 22, SLOT_BITS = CHUNK_BITS - 3, MAX_CHUNKS = 1 << (32 - SLOT_BITS), MAX_TABLES = 1 << 20, MAX_PAIRS = 1 << 24 };
enum { MIN_OBJECT = 16, HEADER = 16, LONG_RUN = 32 * 1024, MAX_RUNS = 16 * 1024, MAX_PATTERN_OFFSET = 1024, LOOK_AT_STOP = 1024, AHEAD = 16 };
enum kind { INVALID = 0, PLAIN = 1, RUNS = 2, PATTERN = 3 };

struct block { u64 start, length; };
struct segment { u64 start, length; };
struct chunk { u64 start, length; u32 number, segment; }; // the first segment that reaches into it, and the number of the chunk among those in use, from 1
struct pair { u64 key, value; };
struct part { u32 a, b; };                // a run (offset, length) or a group (references, bytes to skip)
struct table { u64 address, allocator; u32 base_size, element_size, kind, first, count, pattern_offset, pattern_length, pad; };
struct entry { u64 key; u64 value; };     // of a hash table; value 0: free
struct hash { struct block memory; struct entry *entries; u64 shift; u64 count; };

struct map { const struct chunk *chunks; const struct segment *segments; u64 lowest, span; };

struct search {
  struct channel *channel;
  i64 pid;
  int failed, prepared, used;
  struct block segment_memory, chunk_memory, base_memory, attached_memory, target_memory, cut_memory, seen_memory, queue_memory, parent_memory, found_memory, table_memory, part_memory;
  struct segment *segments; u64 segment_count, segment_capacity;
  struct chunk *chunks;
  struct map map;
  u64 *bases; u64 chunk_count;
  struct pair *attached; u64 attached_count, attached_capacity;
  struct pair *cuts; u64 cut_count, cut_capacity;
  u64 *targets; u64 target_count, target_capacity;
  struct hash by_target, by_attached, by_cut, by_address;
  struct table *tables; u64 table_count;
  struct part *parts; u64 part_count;
  u64 *seen; u32 *queue, *parents, *found;
  u64 head, tail, capacity, found_count, next_found, root_count;
  int through_targets, drain, indexed;
  u64 unreadable, bytes, stopped;
};

INLINE int is_error(i64 r) { return r < 0 && r > -4096; }

// A block of zeros, no smaller than asked for; one that is large enough is kept as it is.
INLINE u64 reserve(struct search *s, struct block *b, u64 length) {
  length = (length + 0xfff) & ~0xfffUL;
  if (b->length >= length && length) return b->start;
  if (b->length) call(SYS_munmap, (i64)b->start, (i64)b->length, 0, 0, 0);
  b->length = 0;
  i64 memory = call(SYS_mmap, 0, (i64)(length ? length : 0x1000), 3, 0x4022 /* PRIVATE|ANONYMOUS|NORESERVE */, -1);
  if (is_error(memory)) { s->failed = NO_MEMORY; return 0; }
  b->start = (u64)memory;
  b->length = length ? length : 0x1000;
  return b->start;
}

INLINE void use_large_pages(struct block *b) { call(SYS_madvise, (i64)b->start, (i64)b->length, 14 /* HUGEPAGE */, 0, 0); }

INLINE void clear(void *start, u64 words) {
  __asm__ volatile("rep stosq" : "+D"(start), "+c"(words) : "a"(0) : "memory");
}

INLINE u64 bucket(const struct hash *h, u64 key) { return (key >> 3) * 0x9e3779b97f4a7c15UL >> h->shift; }

// Room for so many keys at a quarter of the load, so that a key that is not there is mostly told by one look.
static int hash_begin(struct search *s, struct hash *h, u64 keys) {
  u64 bits = 6;
  while ((1UL << bits) < keys * 4) bits++;
  h->entries = (struct entry *)reserve(s, &h->memory, (1UL << bits) * sizeof(struct entry));
  if (!h->entries) return 0;
  clear(h->entries, (1UL << bits) * 2);
  h->shift = 64 - bits;
  h->count = 0;
  return 1;
}

INLINE struct entry *hash_find(const struct hash *h, u64 key) {
  u64 mask = (1UL << (64 - h->shift)) - 1;
  for (u64 i = bucket(h, key);; i = (i + 1) & mask) {
    struct entry *e = &h->entries[i];
    if (!e->value || e->key == key) return e;
  }
}

INLINE void hash_add(struct hash *h, u64 key, u64 value) {
  struct entry *e = hash_find(h, key);
  if (e->value) return; // The first one counts.
  e->key = key;
  e->value = value;
  h->count++;
}

// ---- The parent's turn ----

INLINE void wait_for_turn(struct channel *c) {
  while (c->turn != CHILD) call(SYS_futex, (i64)&c->turn, 0 /* WAIT */, PARENT, 0, 0);
}

INLINE void give_turn(struct channel *c, int answer) {
  c->answer = answer;
  __atomic_store_n(&c->turn, PARENT, __ATOMIC_SEQ_CST);
  wake(&c->turn);
}

// The loader allocator of a collectible type is the one thing that only the runtime's debugging component knows.
static u64 ask(struct search *s, u64 method_table) {
  s->channel->question = method_table;
  give_turn(s->channel, ASKS);
  wait_for_turn(s->channel);
  return s->channel->reply;
}

// ---- Method tables: as Heap/Types/MethodTableReader has it ----

// Reads memory that may not be there.
static int peek(struct search *s, u64 address, void *to, u64 length) {
  struct { u64 start, length; } local = {(u64)to, length}, remote = {address, length};
  i64 read = call(SYS_process_vm_readv, s->pid, (i64)&local, 1, (i64)&remote, 1);
  if (read == -1 /* EPERM */ || read == -38 /* ENOSYS */) s->failed = NO_PEEK;
  return read == (i64)length;
}

static void sort_parts(struct part *p, u64 count) {
  for (u64 gap = count / 2; gap; gap /= 2)
    for (u64 i = gap; i < count; i++) {
      u32 a = p[i].a, b = p[i].b;
      u64 j = i;
      for (; j >= gap && p[j - gap].a > a; j -= gap) { p[j].a = p[j - gap].a; p[j].b = p[j - gap].b; }
      p[j].a = a;
      p[j].b = b;
    }
}

// The GCDesc grows downwards from the method table: count, then (length - object size, offset) for each run.
INLINE int learn_runs(struct table *t, struct part *parts, const i64 *end, u64 count) {
  for (u64 i = 0; i < count; i++) {
    i64 length = (i64)((u64)end[-2 - 2 * (i64)i] + t->base_size), offset = end[-1 - 2 * (i64)i];
    if (offset < 8 || offset > (i64)t->base_size || length < 0 || length > (i64)t->base_size - offset) return 0;
    parts[i].a = (u32)offset;
    parts[i].b = (u32)length;
  }
  sort_parts(parts, count);
  t->kind = RUNS;
  return 1;
}

// For structs in an array: count (negative), offset, then (references, bytes to skip) for each group.
INLINE int learn_pattern(struct table *t, struct part *parts, const i64 *end, u64 count) {
  i64 offset = end[-1];
  u64 covered = 0;
  for (u64 i = 0; i < count; i++) {
    u64 word = (u64)end[-2 - (i64)i];
    parts[i].a = (u32)word;
    parts[i].b = (u32)(word >> 32);
    if ((int)parts[i].a < 0 || (int)parts[i].b < 0) return 0;
    covered += (u64)parts[i].a * 8 + parts[i].b;
  }
  if (offset < MIN_OBJECT || offset > MAX_PATTERN_OFFSET || covered != t->element_size || !covered) return 0;
  t->pattern_offset = (u32)offset;
  t->pattern_length = (u32)(covered - parts[count - 1].b);
  t->kind = PATTERN;
  return 1;
}

static void learn(struct search *s, struct table *t, u64 address) {
  t->kind = INVALID;
  if (!address || address & 7) return;
  // Mostly one look is enough: the flags and the size, before them the count, before that the first runs.
  i64 near[10];
  u64 known = peek(s, address - 72, near, 80) ? 8 : 0;
  if (!known && !peek(s, address, &near[9], 8)) return;
  u32 flags = (u32)near[9];
  t->base_size = (u32)((u64)near[9] >> 32);
  if (t->base_size < MIN_OBJECT || t->base_size > 0x7fffffff) return;
  t->element_size = flags & 0x80000000 ? flags & 0xffff : 0;
  if (flags & 0x01000000) {
    if (!known && !peek(s, address - 8, &near[8], 8)) return;
    i64 count = near[8];
    if (!count || count > MAX_RUNS || count < -MAX_RUNS) return;
    u64 parts = (u64)(count > 0 ? count : -count), words = count > 0 ? parts * 2 : parts + 1;
    if (s->part_count + parts > MAX_PAIRS) { s->failed = NO_MEMORY; return; }
    struct part *into = s->parts + s->part_count;
    const i64 *end = near + 8;
    struct block far = {0, 0};
    if (words > known) {
      if (!reserve(s, &far, words * 8)) return;
      end = (i64 *)far.start + words;
      if (!peek(s, address - 8 - words * 8, (void *)far.start, words * 8)) end = 0;
    }
    int fits = end && (count > 0 ? learn_runs(t, into, end, parts) : learn_pattern(t, into, end, parts));
    if (far.length) call(SYS_munmap, (i64)far.start, (i64)far.length, 0, 0, 0);
    if (!fits) return;
    t->first = (u32)s->part_count;
    t->count = (u32)parts;
    s->part_count += parts;
  } else t->kind = PLAIN;
  t->allocator = flags & 0x00200000 ? ask(s, address) : 0;
}

static struct table *meet_type(struct search *s, u64 address) {
  if (s->table_count == MAX_TABLES) { s->failed = NO_MEMORY; return 0; }
  if (s->by_address.count * 2 >= 1UL << (64 - s->by_address.shift)) {
    // hash_begin leaves the old entries to be overwritten; the tables themselves tell what was in it.
    if (!hash_begin(s, &s->by_address, s->table_count * 2)) return 0;
    for (u64 i = 0; i < s->table_count; i++) hash_add(&s->by_address, s->tables[i].address, i + 1);
  }
  struct table *t = &s->tables[s->table_count];
  t->address = address;
  learn(s, t, address);
  if (s->failed) return 0;
  hash_add(&s->by_address, address, ++s->table_count);
  return t;
}

INLINE struct table *table_at(struct search *s, u64 address) {
  u64 number = hash_find(&s->by_address, address)->value;
  return number ? &s->tables[number - 1] : meet_type(s, address);
}

// ---- Places: as Heap/SegmentMap has it, in chunks of address space so that it takes no search ----

// The end of the segment an address is in, and its slot; 0 when there is none.
INLINE u64 find_place(const struct map *m, u64 address, u64 *slot) {
  u64 offset = address - m->lowest;
  if (offset >= m->span) return 0;
  const struct chunk *c = &m->chunks[offset >> CHUNK_BITS];
  *slot = (u64)(c->number - 1) << SLOT_BITS | (offset & ((1UL << CHUNK_BITS) - 1)) >> 3;
  if (__builtin_expect(address - c->start < c->length, 1)) return c->start + c->length;
  if (!c->number) return 0;
  for (const struct segment *g = &m->segments[c->segment]; address >= g->start; g++)
    if (address - g->start < g->length) return g->start + g->length;
  return 0;
}

INLINE u64 address_of(const struct search *s, u32 slot) {
  return s->bases[slot >> SLOT_BITS] + ((u64)(slot & ((1U << SLOT_BITS) - 1)) << 3);
}

static void prepare(struct search *s) {
  if (s->prepared) return;
  s->prepared = 1;
  struct segment *g = s->segments, *end = g + s->segment_count;
  end->start = ~0UL; // the last one looked at
  end->length = 0;
  u64 mask = (1UL << CHUNK_BITS) - 1;
  s->map.lowest = s->segment_count ? g->start & ~mask : 0;
  s->map.span = s->segment_count ? (end[-1].start + end[-1].length - s->map.lowest + mask) & ~mask : 0;
  s->chunks = (struct chunk *)reserve(s, &s->chunk_memory, (s->map.span >> CHUNK_BITS) * sizeof(struct chunk));
  s->bases = (u64 *)reserve(s, &s->base_memory, MAX_CHUNKS * 8);
  if (s->failed) return;
  for (u64 i = 0; i < s->segment_count; i++) {
    u64 last = (g[i].start + g[i].length - 1 - s->map.lowest) >> CHUNK_BITS;
    for (u64 c = (g[i].start - s->map.lowest) >> CHUNK_BITS; c <= last; c++) {
      if (s->chunks[c].number) continue;
      if (s->chunk_count == MAX_CHUNKS) { s->failed = TOO_LARGE; return; }
      s->bases[s->chunk_count++] = s->map.lowest + (c << CHUNK_BITS);
      s->chunks[c].number = (u32)s->chunk_count;
      s->chunks[c].segment = (u32)i;
      s->chunks[c].start = g[i].start;
      s->chunks[c].length = g[i].length;
    }
  }
  s->map.chunks = s->chunks;
  s->map.segments = s->segments;
  u64 slots = s->chunk_count << SLOT_BITS;
  // An object is no smaller than three words; more of them are garbage, for which there is some room.
  s->capacity = slots / 3 + (1 << 20);
  if (s->capacity > 0x7fffffff) s->capacity = 0x7fffffff;
  s->seen = (u64 *)reserve(s, &s->seen_memory, slots / 8);
  s->queue = (u32 *)reserve(s, &s->queue_memory, s->capacity * 4);
  s->parents = (u32 *)reserve(s, &s->parent_memory, s->capacity * 4);
  s->tables = (struct table *)reserve(s, &s->table_memory, MAX_TABLES * sizeof(struct table));
  s->parts = (struct part *)reserve(s, &s->part_memory, MAX_PAIRS * sizeof(struct part));
  if (s->failed || !hash_begin(s, &s->by_address, 1024) || !hash_begin(s, &s->by_attached, s->attached_count)) return;
  for (u64 i = 0; i < s->attached_count; i++) hash_add(&s->by_attached, s->attached[i].key, i + 1);
  // In a small heap a large page takes longer to clear than all of the search.
  if (s->chunk_count < 32) return;
  use_large_pages(&s->seen_memory);
  use_large_pages(&s->queue_memory);
  use_large_pages(&s->parent_memory);
}

// ---- The search ----

INLINE int is_target(const struct search *s, u64 address) {
  return s->target_count == 1 ? s->targets[0] == address : s->target_count && hash_find(&s->by_target, address)->value;
}

INLINE void meet_in(struct search *s, const struct map *map, u64 *seen, u64 address, u32 parent) {
  u64 slot;
  if (address & 7 || !find_place(map, address, &slot)) return;
  u64 *word = &seen[slot >> 6], bit = 1UL << (slot & 63);
  if (*word & bit) return;
  *word |= bit;
  if (s->tail == s->capacity) { s->failed = NO_MEMORY; return; }
  if (is_target(s, address)) s->found[s->found_count++] = (u32)s->tail;
  s->queue[s->tail] = (u32)slot;
  s->parents[s->tail++] = parent;
}

INLINE void meet(struct search *s, u64 address, u32 parent) { meet_in(s, &s->map, s->seen, address, parent); }

static int is_cut(const struct search *s, u64 first, u64 holder, u64 held) {
  for (u64 i = first - 1; i < s->cut_count && s->cuts[i].key == holder; i++)
    if (s->cuts[i].value == held) return 1;
  return 0;
}

INLINE void meet_all(struct search *s, u64 from, u64 words, u32 parent, u64 cut, u64 holder) {
  // What does not change is kept apart from what is written to, so that it can stay in registers.
  const struct map map = {s->map.chunks, s->map.segments, s->map.lowest, s->map.span};
  u64 *seen = s->seen;
  for (const u64 *p = (const u64 *)from, *end = p + words; p < end; p++)
    if (*p && (!cut || !is_cut(s, cut, holder, *p))) meet_in(s, &map, seen, *p, parent);
}

static void expand(struct search *s, u32 index) {
  u64 slot, address = address_of(s, s->queue[index]);
  u64 end = find_place(&s->map, address, &slot);
  if (end - address < HEADER) { s->unreadable++; return; }
  const struct table *t = table_at(s, *(const u64 *)address & ~7UL);
  if (!t) return;
  u64 size = t->base_size;
  if (t->element_size) size += (u64)t->element_size * *(const u32 *)(address + 8);
  if (t->kind == INVALID || size > end - address) { s->unreadable++; return; }
  s->bytes += (size + 7) & ~7UL;

  u64 cut = s->cut_count ? hash_find(&s->by_cut, address)->value : 0;
  if (s->attached_count) {
    u64 first = hash_find(&s->by_attached, address)->value;
    if (first)
      for (u64 i = first - 1; i < s->attached_count && s->attached[i].key == address; i++)
        if (!cut || !is_cut(s, cut, address, s->attached[i].value)) meet(s, s->attached[i].value, index);
  }
  if (t->allocator && (!cut || !is_cut(s, cut, address, t->allocator))) meet(s, t->allocator, index);

  const struct part *parts = s->parts + t->first;
  if (t->kind == RUNS) {
    for (u32 i = 0; i < t->count; i++) {
      u64 length = parts[i].b + (size - t->base_size);
      meet_all(s, address + parts[i].a, length / 8, index, cut, address);
      if (length > LONG_RUN) return; // Only an array's elements can be long; they are its one run.
    }
  } else if (t->kind == PATTERN && t->pattern_length) {
    i64 count = ((i64)size - HEADER - 8) / (i64)t->element_size;
    for (i64 n = 0; n < count; n++) {
      u64 at = address + t->pattern_offset + (u64)n * t->element_size;
      if (at + t->pattern_length > end) {
        // Not the shape of an array: what is read may lie in the next segment, or nowhere.
        u64 other = find_place(&s->map, at, &slot);
        if (!other || t->pattern_length > other - at) return;
      }
      for (u32 i = 0; i < t->count; i++) {
        meet_all(s, at, parts[i].a, index, cut, address);
        at += (u64)parts[i].a * 8 + parts[i].b;
      }
    }
  }
}

INLINE int is_over(const struct search *s) { return s->failed || (!s->drain && s->found_count == s->target_count); }

static void run(struct search *s) {
  for (; s->head < s->tail && !is_over(s); s->head++) {
    if (s->head % LOOK_AT_STOP == 0 && s->channel->stop) { s->stopped = 1; return; }
    if (s->head + AHEAD < s->tail) __builtin_prefetch((const void *)address_of(s, s->queue[s->head + AHEAD]));
    while (s->next_found < s->found_count && s->found[s->next_found] < s->head) s->next_found++;
    int is_leaf = s->next_found < s->found_count && s->found[s->next_found] == s->head;
    if (!is_leaf || s->through_targets) expand(s, (u32)s->head);
  }
}

static void begin(struct search *s, u64 targets, u64 cuts) {
  prepare(s);
  if (s->failed) return;
  if (s->used) clear(s->seen, s->chunk_count << SLOT_BITS >> 6);
  s->used = 1;
  s->head = s->tail = s->found_count = s->next_found = s->root_count = s->unreadable = s->bytes = s->stopped = 0;
  s->through_targets = s->drain = s->indexed = 0;
  s->target_count = s->cut_count = 0;
  s->target_capacity = targets;
  s->cut_capacity = cuts;
  s->targets = (u64 *)reserve(s, &s->target_memory, targets * 8);
  s->found = (u32 *)reserve(s, &s->found_memory, targets * 4);
  s->cuts = (struct pair *)reserve(s, &s->cut_memory, cuts * sizeof(struct pair));
}

// All targets and cuts are known when the first root comes.
static void index_inputs(struct search *s) {
  if (s->indexed || s->failed) return;
  s->indexed = 1;
  if (!hash_begin(s, &s->by_target, s->target_count) || !hash_begin(s, &s->by_cut, s->cut_count)) return;
  for (u64 i = 0; i < s->target_count; i++) hash_add(&s->by_target, s->targets[i], i + 1);
  for (u64 i = 0; i < s->cut_count; i++) hash_add(&s->by_cut, s->cuts[i].key, i + 1);
}

// What is reachable from the target and from nothing that was met before.
static void retained(struct search *s, u64 target) {
  s->drain = 1;
  run(s);
  u64 before = s->tail, slot;
  if (s->failed || s->stopped || !find_place(&s->map, target, &slot)) return;
  if (s->tail == s->capacity) { s->failed = NO_MEMORY; return; }
  s->bytes = 0;
  s->queue[s->tail] = (u32)slot;
  s->parents[s->tail++] = ~0U;
  run(s);
  s->channel->objects = s->tail - before;
}

// From each target found back to its root: addresses, then the complement of the root's number; then the next target.
static void paths(struct search *s, struct channel *c) {
  u64 n = 0;
  for (; c->next_found < s->found_count; c->next_found++) {
    u32 i = c->next_index ? (u32)(c->next_index - 1) : s->found[c->next_found];
    for (;;) {
      if (n + 2 > CHANNEL_WORDS) { c->next_index = (u64)i + 1; c->count = n; return; }
      c->words[n++] = address_of(s, s->queue[i]);
      if ((int)s->parents[i] < 0) break;
      i = s->parents[i];
    }
    c->words[n++] = (u64)(i64)(int)s->parents[i];
    c->next_index = 0;
  }
  c->count = n;
}

static void take(u64 *into, u64 *count, u64 capacity, const struct channel *c, u64 words_each, struct search *s) {
  if (c->count > CHANNEL_WORDS || c->count % words_each || *count + c->count / words_each > capacity) { s->failed = NONSENSE; return; }
  for (u64 i = 0; i < c->count; i++) into[*count * words_each + i] = c->words[i];
  *count += c->count / words_each;
}

static int execute(struct search *s, struct channel *c) {
  switch (c->order) {
    case HEAP: // first: segments, second: attached objects
      s->segment_capacity = c->first;
      s->attached_capacity = c->second;
      s->segments = (struct segment *)reserve(s, &s->segment_memory, (c->first + 1) * sizeof(struct segment));
      s->attached = (struct pair *)reserve(s, &s->attached_memory, c->second * sizeof(struct pair));
      break;
    case SEGMENTS: take((u64 *)s->segments, &s->segment_count, s->segment_capacity, c, 2, s); break; // start and length, in order
    case ATTACHED: take((u64 *)s->attached, &s->attached_count, s->attached_capacity, c, 2, s); break; // key and value, those of one key together
    case BEGIN: begin(s, c->first, c->second); break; // first: targets, second: cuts
    case TARGETS: take(s->targets, &s->target_count, s->target_capacity, c, 1, s); break;
    case CUTS: take((u64 *)s->cuts, &s->cut_count, s->cut_capacity, c, 2, s); break; // holder and held, those of one holder together
    case ROOTS:
      index_inputs(s);
      // With second set, first is a place that counts as seen.
      if (!s->failed && c->second) { u64 slot; if (find_place(&s->map, c->first, &slot)) s->seen[slot >> 6] |= 1UL << (slot & 63); }
      for (u64 i = 0; i < c->count && i < CHANNEL_WORDS && !s->failed; i++) meet(s, c->words[i], ~(u32)s->root_count++);
      break;
    case RUN: index_inputs(s); run(s); break;
    case BEHIND: {
      index_inputs(s);
      s->through_targets = 1;
      u64 known = s->found_count;
      for (u64 i = 0; i < known && !s->failed; i++) expand(s, s->found[i]);
      run(s);
      break;
    }
    case PATHS: paths(s, c); break;
    case RETAINED: index_inputs(s); retained(s, c->first); break;
    default: return NONSENSE;
  }
  c->visited = s->tail;
  c->unreadable = s->unreadable;
  c->found = s->found_count;
  c->stopped = s->stopped;
  c->bytes = s->bytes;
  return s->failed ? s->failed : DONE;
}

INLINE void release(struct block *b) {
  if (b->length) call(SYS_munmap, (i64)b->start, (i64)b->length, 0, 0, 0);
}

// Obeys until it is told to leave (which only a test does: a clone is killed).
__attribute__((used)) void serve(struct channel *c) {
  struct search first;
  clear(&first, sizeof first / 8);
  struct block own = {0, 0};
  struct search *s = (struct search *)reserve(&first, &own, sizeof *s);
  if (s) { s->channel = c; s->pid = call(SYS_getpid, 0, 0, 0, 0, 0); }
  for (;;) {
    wait_for_turn(c);
    if (c->order == LEAVE) break;
    give_turn(c, s ? execute(s, c) : NO_MEMORY);
  }
  if (s) {
    for (struct block *b = &s->segment_memory; b <= &s->part_memory; b++) release(b);
    release(&s->by_target.memory);
    release(&s->by_attached.memory);
    release(&s->by_cut.memory);
    release(&s->by_address.memory);
    release(&own);
  }
  give_turn(c, DONE);
}
