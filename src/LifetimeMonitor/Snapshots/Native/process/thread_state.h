// Finds out the state of each thread: blocked in the kernel, or running and so to be stopped (tracer.c).

#ifndef LM_PROCESS_THREAD_STATE_H
#define LM_PROCESS_THREAD_STATE_H

#include "proc_text.h"
#include "request.h"

// The processor time of a thread, in nanoseconds, or -1. Nothing else differs for a thread that woke and waits again
// at the same place.
INTERNAL i64 time_run(int tid);

// Opens "<folder><number><name>"; a descriptor, or a negative errno.
INTERNAL i64 open_numbered(const char *folder, int number, const char *name, int flags);

// The state of a thread now, and its position if it is blocked.
INTERNAL enum thread_state read_thread_state(int tid, struct position *position);

// Reads the state of one thread, and decides whether to stop it.
INTERNAL void look_at_thread(const struct request *r, struct thread *t);

// Looks at all threads once; returns the number of new threads to stop, or -1 if /proc is unavailable.
INTERNAL int look_at_threads(struct request *r, int self);

#endif
