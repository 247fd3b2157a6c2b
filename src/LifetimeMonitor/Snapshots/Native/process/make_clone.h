// Makes a frozen copy of this process in one call.
//
//   1. A tracer (tracer.c) stops every running thread and reads its registers; the stack pointer of a blocked thread is
//      in /proc. Threads wake up while we read, so we look at them again until we find no new running thread.
//   2. clone(2) without CLONE_VM: the child's memory is a copy-on-write image of ours, taken while all threads stand
//      still. It does not include shared mappings, in some of which the runtime keeps its type data (freeze.c): the
//      child replaces them by copies before it reports.
//   3. We read the blocked threads again: one that has not run was blocked throughout. Then we release the stopped
//      ones. If a thread ran, the copy may be a mixture; our caller makes another, in which shared memory is compared.
//
// The caller is in cooperative mode (SuppressGCTransition), so no collection is half done. Nothing managed may happen
// between stopping and release, because a stopped thread may hold a resource that managed code waits for.

#ifndef LM_PROCESS_MAKE_CLONE_H
#define LM_PROCESS_MAKE_CLONE_H

#include "request.h"

// Returns the child's process id, 0 if there is none because shared memory could not be copied, or a negative errno.
// The child is complete if the request's frozen is 1.
ENTRY int clone_process(struct request *r);

#endif
