// Ends the program that writes a dump of us at its deadline, and continues us if its end has left us stopped. That
// program stops all our threads, so none of them can do this: the watchdog is a process that shares our memory and is
// none of our threads.

#ifndef LM_PROCESS_WATCHDOG_H
#define LM_PROCESS_WATCHDOG_H

#include "../base.h"

enum { WATCHDOG_STACK = 8 * 1024 };

struct watched {
  i64 left_us; // until the deadline, from now
  int process; // the program that writes the dump
  int pidfd;   // never refers to another process; -1 before Linux 5.3
  int parent;  // our process
  int padding;
  i64 deadline_us;
  u64 stack[WATCHDOG_STACK / 8];
};

// The same figures are in NativeLayoutTests.cs.
LAYOUT(struct watched, left_us, 0);
LAYOUT(struct watched, process, 8);
LAYOUT(struct watched, pidfd, 12);
LAYOUT(struct watched, parent, 16);
LAYOUT(struct watched, padding, 20);
LAYOUT(struct watched, deadline_us, 24);
LAYOUT(struct watched, stack, 32);
LAYOUT_END(struct watched, 8224);

// The watchdog's process id, or a negative errno. It watches until it is killed.
ENTRY int start_watchdog(struct watched *w);

#endif
