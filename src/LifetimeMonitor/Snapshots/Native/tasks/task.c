#include "task.h"
#include "processors.h"
#include "../kernel.h"

// Starts a thread or a process that runs in this memory. It is independent of the program: it takes no signals and has
// no thread-local storage of its own.
static i64 start_task(i64 flags, u64 stack_end, void (*begin)(void *), void *argument, int *ends) {
  u64 all = ~0UL, old;
  u64 *top = (u64 *)stack_end - 2;
  top[0] = (u64)argument;
  top[1] = (u64)begin;
  block_signals(&all, &old);
  i64 task = clone_task(flags, top, ends);
  restore_signals(&old);
  return task;
}

INTERNAL i64 start_thread(u64 stack_end, void (*begin)(void *), void *argument, int *ends) {
  i64 flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;
  return start_task(flags, stack_end, begin, argument, ends);
}

INTERNAL i64 start_process(u64 stack_end, void (*begin)(void *), void *argument) {
  return start_task(CLONE_VM | CLONE_FS | CLONE_FILES, stack_end, begin, argument, 0);
}

INTERNAL void leave_processor(u32 processor) {
  u64 mask[PROCESSOR_WORDS];
  i64 bytes = call(SYS_sched_getaffinity, 0, sizeof mask, (i64)mask, 0, 0);
  if (bytes <= 0 || processor >= (u64)bytes * 8) return;
  mask[processor >> 6] &= ~(1UL << (processor & 63));
  call(SYS_sched_setaffinity, 0, bytes, (i64)mask, 0, 0);
}
