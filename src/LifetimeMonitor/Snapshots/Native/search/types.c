// The collector's knowledge of a type, read from its method table; as in Heap/Types/MethodTableReader.

enum { MAX_TABLES = 1 << 20, MAX_PARTS = 1 << 24, MIN_OBJECT = 16, MAX_RUNS = 16 * 1024 };
#define NOT_ASKED (~0UL) // the allocator, for a thread that cannot ask
enum kind { INVALID = 0, PLAIN = 1, RUNS = 2, PATTERN = 3 };

struct part { u32 a, b; };                // a run (offset, length) or a group (references, bytes to skip)
// Plain: only its words hold references. Leaf: not even they do. Stored, because each object needs it.
struct table {
  u64 address, allocator;
  const struct part *parts;
  u32 count, base_size, element_size, kind, pattern_offset, pattern_length, is_plain, is_leaf;
};

struct types {
  struct channel *channel;
  i64 pid, memory;
  int failed;
  struct block table_memory, part_memory;
  struct table *tables; u64 table_count;
  const struct table *last, *last_but_one;
  struct part *parts; u64 part_count;
  struct hash by_address; // the place of a table
};

static int types_begin(struct types *t) {
  t->tables = (struct table *)reserve(&t->table_memory, MAX_TABLES * sizeof(struct table));
  t->parts = (struct part *)reserve(&t->part_memory, MAX_PARTS * sizeof(struct part));
  t->last = t->last_but_one = t->tables; // The first table, once it is known.
  return t->tables && t->parts && hash_begin(&t->by_address, 1024);
}

// Reads memory that may not be there. Without a file of it, a system call reads it, and first copies each page that is
// still shared with the parent.
static int peek(struct types *all, u64 address, void *to, u64 length) {
  struct { u64 start, length; } local = {(u64)to, length}, remote = {address, length};
  i64 read = all->memory >= 0
    ? read_memory(all->memory, address, local.start, length)
    : call(SYS_process_vm_readv, all->pid, (i64)&local, 1, (i64)&remote, 1);
  // For missing memory the file returns EIO or EINVAL, and the call EFAULT. All other results say nothing about the
  // memory: the program may have closed the descriptor, which we share, and opened another file there.
  if (read <= 0 && read != -5 /* EIO */ && read != -14 /* EFAULT */ && read != -22 /* EINVAL */) all->failed = NO_PEEK;
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

// The GCDesc grows downward from the method table: count, then (length - object size, offset) for each run. An array
// has one run, its elements.
INLINE int learn_runs(struct table *t, struct part *parts, const i64 *end, u64 count) {
  if (t->element_size && count != 1) return 0;
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
    if ((int)parts[i].a < 0 || (int)parts[i].b < 0 || parts[i].b & 7) return 0;
    covered += (u64)parts[i].a * 8 + parts[i].b;
  }
  if (covered != t->element_size || !covered) return 0;
  // If the references of the first element lie in it, so do those of all others.
  i64 first = (i64)t->base_size - 8, length = (i64)(covered - parts[count - 1].b);
  if (offset < MIN_OBJECT || offset < first || offset > first + (i64)covered - length) return 0;
  t->pattern_offset = (u32)offset;
  t->pattern_length = (u32)length;
  t->kind = PATTERN;
  return 1;
}

static void learn(struct types *all, struct table *t, u64 address) {
  t->kind = INVALID;
  if (!address || address & 7) return;
  // Usually one read is enough: the flags and the size, before them the count, before that the first runs.
  i64 near[10];
  u64 known = peek(all, address - 72, near, 80) ? 8 : 0;
  if (!known && !peek(all, address, &near[9], 8)) return;
  u32 flags = (u32)near[9];
  t->base_size = (u32)((u64)near[9] >> 32);
  if (t->base_size < MIN_OBJECT || t->base_size > 0x7fffffff) return;
  t->element_size = flags & 0x80000000 ? flags & 0xffff : 0;
  if (flags & 0x01000000) {
    if (!known && !peek(all, address - 8, &near[8], 8)) return;
    i64 count = near[8];
    if (!count || count > MAX_RUNS || count < -MAX_RUNS) return;
    u64 parts = (u64)(count > 0 ? count : -count), words = count > 0 ? parts * 2 : parts + 1;
    if (all->part_count + parts > MAX_PARTS) { all->failed = NO_MEMORY; return; }
    struct part *into = all->parts + all->part_count;
    const i64 *end = near + 8;
    struct block far = {0, 0};
    if (words > known) {
      if (!reserve(&far, words * 8)) { all->failed = NO_MEMORY; return; }
      end = (i64 *)far.start + words;
      if (!peek(all, address - 8 - words * 8, (void *)far.start, words * 8)) end = 0;
    }
    int fits = end && (count > 0 ? learn_runs(t, into, end, parts) : learn_pattern(t, into, end, parts));
    release(&far);
    if (!fits) return;
    t->parts = into;
    t->count = (u32)parts;
    all->part_count += parts;
  } else t->kind = PLAIN;
  t->allocator = !(flags & 0x00200000) ? 0 : all->channel ? ask(all->channel, address) : NOT_ASKED;
  t->is_plain = t->kind != INVALID && !t->allocator;
  t->is_leaf = t->kind == PLAIN && !t->allocator;
}

static __attribute__((noinline)) struct table *meet_type(struct types *all, u64 address) {
  if (all->table_count == MAX_TABLES) { all->failed = NO_MEMORY; return 0; }
  if (all->by_address.count * 2 >= 1UL << (64 - all->by_address.shift)) {
    // hash_begin clears the table of addresses; the method tables themselves have them.
    if (!hash_begin(&all->by_address, all->table_count * 2)) { all->failed = NO_MEMORY; return 0; }
    for (u64 i = 0; i < all->table_count; i++)
      hash_add(&all->by_address, all->tables[i].address)->value = (u64)&all->tables[i];
  }
  struct table *t = &all->tables[all->table_count];
  t->address = address;
  learn(all, t, address);
  if (all->failed) return 0;
  hash_add(&all->by_address, address)->value = (u64)t;
  all->table_count++;
  return t;
}

// 0: failed.
static __attribute__((noinline)) const struct table *other_table_at(struct types *all, u64 address) {
  u64 known = hash_find(&all->by_address, address);
  const struct table *t = known ? (const struct table *)known : meet_type(all, address);
  if (!t) return 0;
  all->last_but_one = all->last;
  return all->last = t;
}

// Objects of one or two types often come together; then the code that follows need not wait for the hash lookup.
INLINE const struct table *table_at(struct types *all, u64 address) {
  if (__builtin_expect(all->last->address == address, 1)) return all->last;
  if (all->last_but_one->address == address) return all->last_but_one;
  return other_table_at(all, address);
}

// The length of an array; meaningless for other objects.
INLINE u64 length_of(u64 object) { return *(const u32 *)(object + 8); }

// All elements of an array, in bytes.
INLINE u64 elements_of(const struct table *t, u64 object) {
  return t->element_size ? t->element_size * length_of(object) : 0;
}

INLINE u64 size_of(const struct table *t, u64 object) { return t->base_size + elements_of(t, object); }
