// Takes the memory that the runtime shares with itself (W^X maps its loader heaps twice) into the copy. The shared
// pages keep changing when a blocked thread wakes, and would then point to data that the rest of the copy does not
// have yet. If that may have happened, they are copied before the clone is made, and the clone must find them
// unchanged or is not settled.

#ifndef LM_PROCESS_FREEZE_H
#define LM_PROCESS_FREEZE_H

#include "shared_mappings.h"

// Before the clone: copies the shared memory. forget_shared frees the result, even after an error.
INTERNAL i64 copy_shared(int pid, struct shared_mappings **made);
INTERNAL void forget_shared(struct shared_mappings *shared);

// In the clone: makes the shared memory the clone's own; uses two threads if there is much of it and they are allowed.
// Returns 1, or a negative errno.
INTERNAL i64 freeze(const struct shared_mappings *before, int may_share);

#endif
