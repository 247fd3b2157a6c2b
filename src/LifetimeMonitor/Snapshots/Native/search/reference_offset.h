// The offset of a reference in its holder. Asked when the search is over.

#ifndef LM_SEARCH_REFERENCE_OFFSET_H
#define LM_SEARCH_REFERENCE_OFFSET_H

#include "search_state.h"

// The offset of the first reference from an object to another one, or -1; as in Heap/HeapGraph. visible is where the
// memory of the object can be read.
INTERNAL i64 offset_in(const struct method_table *t, u64 visible, u64 size, u64 held);

// The same for two objects given by their addresses.
INTERNAL i64 offset_of(struct search *s, u64 holder, u64 held);

#endif
