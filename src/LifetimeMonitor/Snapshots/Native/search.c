// The search inside the clone: breadth-first with parents over the frozen heap, nothing copied. Part of clone.c.
//
// It means the same as the managed search (Graph/ShortestPathSearch over Heap/HeapGraph), which is the reference: same
// heap, same roots, same path. The parent gives orders through shared memory (struct channel, mirrored by
// SearchChannel.cs) and waits for each.
//
// Nothing is trusted before it is checked: a pointer must lie in a segment, an object must fit into it, and a method
// table is first read by a system call, which fails where a load would crash. If a segment is unreadable after all,
// only this process dies, and the parent searches from outside.

#include "search/memory.c"
#include "search/channel.c"
#include "search/types.c"
#include "search/places.c"
#include "search/windows.c"
#include "search/tree.c"
#include "search/state.c"
#include "search/share.c"
#include "search/waiting.c"
#include "search/meeting.c"
#include "search/search.c"
#include "search/second.c"
#include "search/halves.c"
#include "search/answers.c"
#include "search/kinds.c"
#include "search/paths.c"
#include "search/service.c"
