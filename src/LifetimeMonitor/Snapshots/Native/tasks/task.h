// The clone's own threads.

#ifndef LM_TASKS_TASK_H
#define LM_TASKS_TASK_H

#include "../base.h"

enum { STACK_LENGTH = 64 * 1024 };

INTERNAL i64 start_thread(u64 stack_end, void (*begin)(void *), void *argument, int *ends);

// The process sends no signal when it ends, so only we wait for it.
INTERNAL i64 start_process(u64 stack_end, void (*begin)(void *), void *argument);

// By default the system usually starts a thread on its creator's processor, and leaves it there for some milliseconds.
INTERNAL void leave_processor(u32 processor);

#endif
