// Work in parts, by two threads.

#ifndef LM_TASKS_WORK_PARTS_H
#define LM_TASKS_WORK_PARTS_H

#include "../base.h"

// We do not wait for a second thread that comes too late to do anything, so its stack stays.
INTERNAL void do_by_two(void (*act)(void *, u64), void *subject, u64 count);

#endif
