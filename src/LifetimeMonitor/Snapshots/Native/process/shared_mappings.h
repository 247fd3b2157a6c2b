// The memory that the runtime shares with itself: W^X maps its loader heaps twice, from a file in memory.

#ifndef LM_PROCESS_SHARED_MAPPINGS_H
#define LM_PROCESS_SHARED_MAPPINGS_H

#include "../base.h"

enum { MAX_MAPPINGS = 16384 };
struct mapping { u64 start, end, offset; i64 file; }; // file: a descriptor, or -1
struct shared_mappings { u64 count, length; i64 copies; struct mapping mappings[MAX_MAPPINGS]; };

INLINE u64 length_of_mapping(const struct mapping *m) { return m->end - m->start; }

// Lists them from /proc/self/maps; returns 0, or a negative errno.
INTERNAL i64 list_shared_mappings(struct shared_mappings *shared);

#endif
