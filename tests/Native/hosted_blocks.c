// Blocks with exactly the requested length. A short one comes from the sanitizer's allocator. A long one, which is
// mostly not touched, ends at a page that cannot be touched.

#include "search/blocks.h"

enum { LONG_BLOCK = 1 << 16, PROT_NONE = 0, SYS_mprotect = 10 };

extern void *calloc(unsigned long count, unsigned long size);
extern void *memcpy(void *to, const void *from, unsigned long length);
extern void free(void *memory);

INLINE u64 in_pages(u64 length) { return (length + PAGE_SIZE - 1) & -(u64)PAGE_SIZE; }

static u64 make_block(u64 length) {
  if (length < LONG_BLOCK) return (u64)calloc(1, length);
  i64 memory = map_memory(in_pages(length) + PAGE_SIZE, MAP_NORESERVE);
  if (is_error(memory)) return 0;
  u64 end = (u64)memory + in_pages(length);
  call(SYS_mprotect, (i64)end, PAGE_SIZE, PROT_NONE, 0, 0);
  return end - length;
}

INTERNAL void release_block(struct block *b) {
  if (b->length >= LONG_BLOCK) unmap_memory(b->start & -(u64)PAGE_SIZE, in_pages(b->length) + PAGE_SIZE);
  else if (b->length) free((void *)b->start);
  b->length = 0;
}

// The contents of a block that is long enough are kept.
INTERNAL u64 reserve(struct block *b, u64 length) {
  length = length ? (length + 7) & ~7UL : 8;
  u64 start = make_block(length);
  if (!start) return 0;
  if (b->length >= length) memcpy((void *)start, (void *)b->start, length);
  release_block(b);
  b->start = start;
  b->length = length;
  return start;
}

INTERNAL void use_large_pages_behind(const struct block *b) { (void)b; }
