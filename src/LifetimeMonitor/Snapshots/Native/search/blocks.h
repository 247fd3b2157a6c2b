// The clone's own memory. All of it is reserved at once and costs nothing until it is touched. Touching it is
// expensive, because the system clears each page first.

#ifndef LM_SEARCH_BLOCKS_H
#define LM_SEARCH_BLOCKS_H

#include "../kernel.h"

enum { LARGE_PAGE_SIZE = 2 << 20 };

struct block { u64 start, length; };

// Only a block that fills large pages is placed so that it can have some.
INLINE u64 in_large_pages(u64 length) { return (length + LARGE_PAGE_SIZE - 1) & ~(u64)(LARGE_PAGE_SIZE - 1); }

// Frees a block, if there is one.
INTERNAL void release_block(struct block *b);

INLINE void use_large_pages(struct block *b) {
  call(SYS_madvise, (i64)b->start, (i64)b->length, MADV_HUGEPAGE, 0, 0);
}

// For blocks that will be touched all over: populating them at once takes a small part of a page fault per page. An
// older system cannot do that, and takes the page faults.
INLINE void populate(struct block *b) {
  call(SYS_madvise, (i64)b->start, (i64)b->length, MADV_POPULATE_WRITE, 0, 0);
}

// Reads this process's own memory through its file, which fails where a load would crash. Returns the bytes read, or a
// negative errno.
INLINE i64 read_memory(i64 memory, u64 address, u64 to, u64 length) {
  return call(SYS_pread64, memory, (i64)to, (i64)length, (i64)address, 0);
}

// A block of zeros, at least as long as requested; a block that is long enough is kept as it is. 0: no memory.
INTERNAL u64 reserve(struct block *b, u64 length);

// For blocks that usually stay short: finding the first large page can take the system longer than all work with it.
INTERNAL void use_large_pages_behind(const struct block *b);

#endif
