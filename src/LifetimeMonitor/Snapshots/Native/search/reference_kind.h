// The kinds of references, as in Heap/Searching/ReferenceKinds: the types of both objects, and the field. All elements
// of an array are one place.

#ifndef LM_SEARCH_REFERENCE_KIND_H
#define LM_SEARCH_REFERENCE_KIND_H

#include "search_state.h"

enum { MAX_KINDS = 4095 };

// The kind of the reference from an object to the previous object; 0 if memory shows none. The object then becomes the
// previous one.
INTERNAL u32 kind_of(struct search *s, u32 slot, u64 address, struct held_object *held);

#endif
