// Ends the program that writes a dump of us at its deadline, and continues us if its end has left us stopped. That
// program stops all our threads, so none of them can do this: the watchdog is a process that shares our memory and is
// none of our threads. Freestanding like clone.c (build.sh makes watchdog.linux-x64.bin of it).
#include "system.h"

__asm__(".section .text.entry,\"ax\"\njmp start_watchdog\n.text\n");

#pragma GCC diagnostic ignored "-Wunused-function"
#include "thread.c"

enum {
  SYS_pidfd_send_signal = 424,
  WATCHDOG_STACK = 8 * 1024,
  KILL_SIGNAL = 9,
  CONTINUE_SIGNAL = 18,
  BETWEEN_LOOKS_US = 100000
};

// Mirrored by Watchdog.cs.
struct watched {
  i64 left_us; // until the deadline, from now
  int process; // the program that writes the dump
  int pidfd;   // never refers to another process; -1 before Linux 5.3
  int parent;  // our process
  int padding;
  i64 deadline_us;
  u64 stack[WATCHDOG_STACK / 8];
};
_Static_assert(sizeof(struct watched) == 8224, "Watchdog.cs has the same layout");

INLINE void end_process(struct watched *w) {
  if (w->pidfd >= 0) call(SYS_pidfd_send_signal, w->pidfd, KILL_SIGNAL, 0, 0, 0);
  else call(SYS_kill, w->process, KILL_SIGNAL, 0, 0, 0);
}

// If our process is gone, the dump is of no use, either.
static void watch(void *argument) {
  struct watched *w = argument;
  for (;;) {
    i64 left = w->deadline_us - now_us();
    int is_orphaned = call(SYS_getppid, 0, 0, 0, 0, 0) != w->parent;
    if (left <= 0 || is_orphaned) end_process(w);
    if (is_orphaned) call(SYS_exit_group, 0, 0, 0, 0, 0);
    if (left <= 0 || left > BETWEEN_LOOKS_US) left = BETWEEN_LOOKS_US;
    struct { int file; short wanted, seen; } end = {w->pidfd, 1 /* POLLIN */, 0};
    if (call(SYS_poll, (i64)&end, 1, left / 1000 + 1, 0, 0) <= 0) continue;
    // The program has ended. A running thread of ours would end the watchdog soon; see WakeUpTimer.cs.
    i64 moment[2] = {0, BETWEEN_LOOKS_US * 1000};
    call(SYS_nanosleep, (i64)moment, 0, 0, 0, 0);
    call(SYS_kill, w->parent, CONTINUE_SIGNAL, 0, 0, 0);
  }
}

// The watchdog's process id, or a negative errno. It watches until it is killed.
__attribute__((used)) int start_watchdog(struct watched *w) {
  w->deadline_us = now_us() + w->left_us;
  return (int)start_process((u64)(w->stack + WATCHDOG_STACK / 8), watch, w);
}
