// The processors of this machine that a thread may use.

#ifndef LM_TASKS_PROCESSORS_H
#define LM_TASKS_PROCESSORS_H

#include "../kernel.h"

// The words of a set of processors: enough for 8192.
enum { PROCESSOR_WORDS = 128 };

// ~0 if it is unknown.
INLINE u32 current_processor(void) {
  u32 processor;
  return call(SYS_getcpu, (i64)&processor, 0, 0, 0, 0) ? ~0U : processor;
}

// With one processor there is no second one to share the work.
INTERNAL int are_two_processors(void);

#endif
