// The clone's own memory. All of it is reserved at once and costs nothing until it is touched. Touching it is
// expensive, because the system clears each page first.

enum { LARGE_PAGE = 2 << 20 };

struct block { u64 start, length; };

INLINE int is_error(i64 r) { return r < 0 && r > -4096; }

// A block of zeros, at least as long as requested; a block that is long enough is kept as it is. 0: no memory.
static u64 reserve(struct block *b, u64 length) {
  length = (length + 0xfff) & ~0xfffUL;
  if (b->length >= length && length) return b->start;
  if (b->length) call(SYS_munmap, (i64)b->start, (i64)b->length, 0, 0, 0);
  b->length = 0;
  i64 memory = call(SYS_mmap, 0, (i64)(length ? length : 0x1000), 3, 0x4022 /* PRIVATE|ANONYMOUS|NORESERVE */, -1);
  if (is_error(memory)) return 0;
  b->start = (u64)memory;
  b->length = length ? length : 0x1000;
  return b->start;
}

INLINE void release(struct block *b) {
  if (b->length) call(SYS_munmap, (i64)b->start, (i64)b->length, 0, 0, 0);
}

// Only a block that fills large pages is placed so that it can have some.
INLINE u64 in_large_pages(u64 length) { return (length + LARGE_PAGE - 1) & ~(u64)(LARGE_PAGE - 1); }

INLINE void use_large_pages(struct block *b) {
  call(SYS_madvise, (i64)b->start, (i64)b->length, 14 /* HUGEPAGE */, 0, 0);
}

// For blocks that usually stay short: finding the first large page can take the system longer than all work with it.
static void use_large_pages_behind(const struct block *b) {
  u64 begin = in_large_pages(b->start) + LARGE_PAGE, end = b->start + b->length;
  struct block rest = {begin, end - begin};
  if (begin < end) use_large_pages(&rest);
}

// For blocks that will be touched all over: populating them at once takes a small part of a page fault per page. An
// older system cannot do that, and takes the page faults.
INLINE void make_present(struct block *b) {
  call(SYS_madvise, (i64)b->start, (i64)b->length, 23 /* POPULATE_WRITE */, 0, 0);
}

INLINE void clear(void *start, u64 words) {
  __asm__ volatile("rep stosq" : "+D"(start), "+c"(words) : "a"(0) : "memory");
}

// Reads this process's own memory through its file, which fails where a load would crash. Returns the bytes read, or a
// negative errno.
INLINE i64 read_memory(i64 memory, u64 address, u64 to, u64 length) {
  return call(SYS_pread64, memory, (i64)to, (i64)length, (i64)address, 0);
}

// ---- Hash tables of addresses ----

struct entry { u64 key, value; }; // value 0: free
struct hash { struct block memory; struct entry *entries; u64 shift, count; };

// Makes room for this many keys at a quarter of the load, so that one look usually shows that a key is absent. 0: no
// memory.
static int hash_begin(struct hash *h, u64 keys) {
  u64 bits = 6;
  while ((1UL << bits) < keys * 4) bits++;
  h->entries = (struct entry *)reserve(&h->memory, (1UL << bits) * sizeof(struct entry));
  if (!h->entries) return 0;
  make_present(&h->memory);
  clear(h->entries, (1UL << bits) * 2);
  h->shift = 64 - bits;
  h->count = 0;
  return 1;
}

INLINE u64 hash_of(const struct hash *h, u64 key) { return (key >> 3) * 0x9e3779b97f4a7c15UL >> h->shift; }

// The entry of a key, or the free one where it would be.
static struct entry *hash_probe(const struct hash *h, u64 key) {
  u64 mask = (1UL << (64 - h->shift)) - 1, i = hash_of(h, key);
  while (h->entries[i].value && h->entries[i].key != key) i = (i + 1) & mask;
  return &h->entries[i];
}

INLINE u64 hash_find(const struct hash *h, u64 key) {
  const struct entry *e = &h->entries[hash_of(h, key)];
  return !e->value || e->key == key ? e->value : hash_probe(h, key)->value;
}

// The entry of a key, which is added if it is new; the caller sets its value.
static struct entry *hash_add(struct hash *h, u64 key) {
  struct entry *e = hash_probe(h, key);
  if (!e->value) { e->key = key; h->count++; }
  return e;
}
