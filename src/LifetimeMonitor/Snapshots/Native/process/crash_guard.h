// Keeps a crash inside the runtime's debugging component (DAC) from ending the process: the thread that crashed there
// sleeps forever, and the thread that waits for it gives it up. The sleeping thread runs native code and takes no part
// in collections. All other faults, including those of managed code, go to the previous signal handler.

#ifndef LM_PROCESS_CRASH_GUARD_H
#define LM_PROCESS_CRASH_GUARD_H

#include "../kernel.h"

enum { MAX_GUARDED = 4 };

struct guard {
  int crashed;                  // number of sleeping threads
  int threads[MAX_GUARDED];     // threads that may crash; 0: a free slot
  int has_crashed[MAX_GUARDED]; // which of them have crashed
  u64 start, end;               // the code of the DAC
  u64 fault;                    // where it crashed
  u64 is_installed; // our handler is in the chain of handlers: on top, or below one that was installed later
  struct kernel_sigaction before;
};

// The same figures are in NativeLayoutTests.cs.
LAYOUT(struct guard, crashed, 0);
LAYOUT(struct guard, threads, 4);
LAYOUT(struct guard, has_crashed, 20);
LAYOUT(struct guard, start, 40);
LAYOUT(struct guard, end, 48);
LAYOUT(struct guard, fault, 56);
LAYOUT(struct guard, is_installed, 64);
LAYOUT(struct guard, before, 72);
LAYOUT_END(struct guard, 104);

// Guards the calling thread and returns its slot, or stops guarding it. The first guarded thread installs our handler;
// the last one removes it, unless another handler is on top. One call at a time.
ENTRY int guard(int enter);

#endif
