// The memory that the runtime shares with itself: W^X maps its loader heaps twice, from a file in memory.

#ifndef LM_PROCESS_SHARED_MAPPINGS_H
#define LM_PROCESS_SHARED_MAPPINGS_H

#include "../base.h"

enum { MAX_MAPPINGS = 16384, MAX_FILES = 256 };
struct mapping { u64 start, end, offset; i64 file; };
struct shared_mappings { u64 count, length; i64 copies; struct mapping mappings[MAX_MAPPINGS]; };

INLINE u64 length_of_mapping(const struct mapping *r) { return r->end - r->start; }

// A line of /proc/self/maps is "<start>-<end> rw-s <offset> <major>:<minor> <inode> <name>". Only the runtime's own
// shared mappings are listed; the program's may be of any size and hold no type data.
NOINLINE i64 list_shared_mappings(struct shared_mappings *shared);

#endif
