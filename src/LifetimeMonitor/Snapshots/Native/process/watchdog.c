#include "watchdog.h"
#include "../tasks/task.h"
#include "../kernel.h"

enum { BETWEEN_LOOKS_US = 100000 };

INLINE void end_writer(struct watched *w) {
  if (w->pidfd >= 0) call(SYS_pidfd_send_signal, w->pidfd, SIGKILL, 0, 0, 0);
  else call(SYS_kill, w->process, SIGKILL, 0, 0, 0);
}

// If our process is gone, the dump is of no use, either.
static void watch(void *argument) {
  struct watched *w = argument;
  for (;;) {
    i64 left = w->deadline_us - now_us();
    int is_orphaned = parent_id() != w->parent;
    if (left <= 0 || is_orphaned) end_writer(w);
    if (is_orphaned) end_process();
    if (left <= 0 || left > BETWEEN_LOOKS_US) left = BETWEEN_LOOKS_US;
    if (wait_readable(w->pidfd, left / 1000 + 1) <= 0) continue;
    // The program has ended. A running thread of ours would end the watchdog soon; see WakeUpTimer.cs.
    i64 moment[2] = {0, BETWEEN_LOOKS_US * 1000};
    call(SYS_nanosleep, (i64)moment, 0, 0, 0, 0);
    call(SYS_kill, w->parent, SIGCONT, 0, 0, 0);
  }
}

ENTRY int start_watchdog(struct watched *w) {
  w->deadline_us = now_us() + w->left_us;
  return (int)start_process((u64)(w->stack + WATCHDOG_STACK / 8), watch, w);
}
