// Begins a search: reserves its memory, and indexes its input.

#ifndef LM_SEARCH_SETUP_H
#define LM_SEARCH_SETUP_H

#include "search_state.h"

enum { LARGE_HEAP = 32 }; // in chunks; in a smaller heap, clearing a large page takes longer than the whole search

// 0: no memory.
INTERNAL int reserve_marks(struct search *s);

// Prepares the memory that all searches and questions use. This is done once, when all segments are known.
INTERNAL void prepare_search(struct search *s);

INTERNAL void begin_search(struct search *s, u64 targets, u64 excluded_edges);

// All targets and excluded edges are known when the first root comes.
INTERNAL void index_inputs(struct search *s);

#endif
