// Ends the clone before the memory limit of its container is reached.
//
// Each page that the program writes to is copied while the clone lives. The clone is the first process that the kernel
// kills when the memory runs out (make_clone.c). But while the kernel frees a killed clone, it can kill the program, too:
// it no longer finds the clone, and the memory is not free yet. A clone that ends early enough leaves the program alone.

#ifndef LM_PROCESS_MEMORY_WATCH_H
#define LM_PROCESS_MEMORY_WATCH_H

#include "../search/channel.h"

// In the clone: starts a thread that watches, if the parent has given the files of a control group.
INTERNAL void watch_memory(struct channel *c);

#endif
