// The search inside the clone: breadth-first with parents over the frozen heap, nothing copied. It carries out the
// parent's orders, one at a time; between them the clone sleeps.
//
// It means the same as the managed search (Graph/ShortestPathSearch over Heap/HeapGraph), which is the reference: same
// heap, same roots, same path.
//
// Nothing is trusted before it is checked: a pointer must lie in a segment, an object must fit into it, and a method
// table is first read by a system call, which fails where a load would crash. If a segment is unreadable after all,
// only this process dies, and the parent searches from outside.

#ifndef LM_SEARCH_SERVICE_H
#define LM_SEARCH_SERVICE_H

#include "channel.h"

// Carries out orders until ORDER_LEAVE. Only a test gives that order: a clone is killed.
ENTRY void serve(struct channel *c);

#endif
