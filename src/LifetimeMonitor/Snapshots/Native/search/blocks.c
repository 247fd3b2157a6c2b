#include "blocks.h"

INTERNAL void release_block(struct block *b) {
  if (b->length) unmap_memory(b->start, b->length);
  b->length = 0;
}

INTERNAL u64 reserve(struct block *b, u64 length) {
  length = (length + PAGE_SIZE - 1) & ~(u64)(PAGE_SIZE - 1);
  if (b->length >= length && length) return b->start;
  release_block(b);
  i64 memory = map_memory(length ? length : PAGE_SIZE, MAP_NORESERVE);
  if (is_error(memory)) return 0;
  b->start = (u64)memory;
  b->length = length ? length : PAGE_SIZE;
  return b->start;
}

INTERNAL void use_large_pages_behind(const struct block *b) {
  u64 begin = in_large_pages(b->start) + LARGE_PAGE_SIZE, end = b->start + b->length;
  struct block rest = {begin, end - begin};
  if (begin < end) use_large_pages(&rest);
}
