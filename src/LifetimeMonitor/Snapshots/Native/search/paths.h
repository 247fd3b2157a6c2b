// Sends the paths found to the parent: addresses from the target to the root, then the complement of the root's
// number.
//
// A short path is sent as it is. A long one may be as long as the heap is large. The clone reads each object on it
// once more, and sends the kind of its reference to the object before. So the parent can keep both ends and count the
// rest (Graph/PathShortener) without reading the objects that it only counts.

#ifndef LM_SEARCH_PATHS_H
#define LM_SEARCH_PATHS_H

#include "search_state.h"

enum { LONG_PATH = 2 * 1024, KIND_BITS = 16, ENTRIES_AT_ONCE = 32 };

// Words that are not addresses: a long path begins; the time ended before the rest of it.
enum { PATH_IS_LONG = 1, PATH_IS_CUT_SHORT = 2 };

// Sends as many words as fit into the channel; the next order continues there.
INTERNAL void send_paths(struct search *s, struct channel *c);

#endif
