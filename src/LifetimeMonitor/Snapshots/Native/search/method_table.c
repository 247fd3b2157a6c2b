#include "method_table.h"
#include "../kernel.h"

INTERNAL int types_begin(struct method_tables *t) {
  t->tables = (struct method_table *)reserve(&t->table_memory, MAX_TABLES * sizeof(struct method_table));
  t->parts = (struct part *)reserve(&t->part_memory, MAX_PARTS * sizeof(struct part));
  t->last = t->second_last = t->tables; // The first table, once it is known.
  return t->tables && t->parts && hash_begin(&t->by_address, 1024);
}

// Reads memory that may not be there. Without a file of it, a system call reads it, and first copies each page that is
// still shared with the parent.
static int peek(struct method_tables *all, u64 address, void *to, u64 length) {
  struct io_vector local = {(u64)to, length}, remote = {address, length};
  i64 read = all->memory >= 0
    ? read_memory(all->memory, address, local.start, length)
    : call(SYS_process_vm_readv, all->pid, (i64)&local, 1, (i64)&remote, 1);
  // For missing memory the file returns EIO or EINVAL, and the call EFAULT. All other results say nothing about the
  // memory: the program may have closed the descriptor, which we share, and opened another file there.
  if (read <= 0 && read != -EIO && read != -EFAULT && read != -EINVAL) all->failed = ANSWER_NO_PEEK;
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
INLINE int read_runs(struct method_table *t, struct part *parts, const i64 *end, u64 count) {
  if (t->element_size && count != 1) return 0;
  for (u64 i = 0; i < count; i++) {
    i64 length = (i64)((u64)end[-2 - 2 * (i64)i] + t->base_size), offset = end[-1 - 2 * (i64)i];
    if (offset < 8 || offset & 7 || offset > (i64)t->base_size) return 0;
    if (length < 0 || length > (i64)t->base_size - offset) return 0;
    parts[i].a = (u32)offset;
    parts[i].b = (u32)length;
  }
  sort_parts(parts, count);
  t->kind = TABLE_RUNS;
  return 1;
}

// For structs in an array: count (negative), offset, then (references, bytes to skip) for each group.
INLINE int read_pattern(struct method_table *t, struct part *parts, const i64 *end, u64 count) {
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
  if (offset < MIN_OBJECT_SIZE || offset & 7 || offset < first || offset > first + (i64)covered - length) return 0;
  t->pattern_offset = (u32)offset;
  t->pattern_length = (u32)length;
  t->kind = TABLE_PATTERN;
  return 1;
}

static void read_table(struct method_tables *all, struct method_table *t, u64 address) {
  t->kind = TABLE_INVALID;
  if (!address || address & 7) return;
  // Usually one read is enough: the flags and the size, before them the count, before that the first runs.
  i64 near[10];
  u64 known = peek(all, address - 72, near, 80) ? 8 : 0;
  if (!known && !peek(all, address, &near[9], 8)) return;
  u32 flags = (u32)near[9];
  t->base_size = (u32)((u64)near[9] >> 32);
  if (t->base_size < MIN_OBJECT_SIZE || t->base_size > MAX_OBJECT_SIZE) return;
  t->element_size = flags & HAS_COMPONENT_SIZE ? flags & COMPONENT_SIZE_MASK : 0;
  if (flags & CONTAINS_REFERENCES) {
    if (!known && !peek(all, address - 8, &near[8], 8)) return;
    i64 count = near[8];
    if (!count || count > MAX_RUNS || count < -MAX_RUNS) return;
    u64 parts = (u64)(count > 0 ? count : -count), words = count > 0 ? parts * 2 : parts + 1;
    if (all->part_count + parts > MAX_PARTS) { all->failed = ANSWER_NO_MEMORY; return; }
    struct part *into = all->parts + all->part_count;
    const i64 *end = near + 8;
    struct block far = {0, 0};
    if (words > known) {
      if (!reserve(&far, words * 8)) { all->failed = ANSWER_NO_MEMORY; return; }
      end = (i64 *)far.start + words;
      if (!peek(all, address - 8 - words * 8, (void *)far.start, words * 8)) end = 0;
    }
    int fits = end && (count > 0 ? read_runs(t, into, end, parts) : read_pattern(t, into, end, parts));
    release_block(&far);
    if (!fits) return;
    t->parts = into;
    t->count = (u32)parts;
    all->part_count += parts;
  } else t->kind = TABLE_PLAIN;
  t->allocator = !(flags & IS_COLLECTIBLE) ? 0 : all->channel ? ask_parent(all->channel, address) : NOT_ASKED;
  t->is_plain = t->kind != TABLE_INVALID && !t->allocator;
  t->is_leaf = t->kind == TABLE_PLAIN && !t->allocator;
}

static NOINLINE struct method_table *add_table(struct method_tables *all, u64 address) {
  if (all->table_count == MAX_TABLES) { all->failed = ANSWER_NO_MEMORY; return 0; }
  if (all->by_address.count * 2 >= 1UL << (64 - all->by_address.shift)) {
    // hash_begin clears the table of addresses; the method tables themselves have them.
    if (!hash_begin(&all->by_address, all->table_count * 2)) { all->failed = ANSWER_NO_MEMORY; return 0; }
    for (u64 i = 0; i < all->table_count; i++)
      hash_add(&all->by_address, all->tables[i].address)->value = (u64)&all->tables[i];
  }
  struct method_table *t = &all->tables[all->table_count];
  t->address = address;
  read_table(all, t, address);
  if (all->failed) return 0;
  hash_add(&all->by_address, address)->value = (u64)t;
  all->table_count++;
  return t;
}

INTERNAL NOINLINE const struct method_table *find_table(struct method_tables *all, u64 address) {
  u64 known = hash_find(&all->by_address, address);
  const struct method_table *t = known ? (const struct method_table *)known : add_table(all, address);
  if (!t) return 0;
  all->second_last = all->last;
  return all->last = t;
}
