// Stops the running threads as a debugger does: a process that shares our memory traces them (ptrace(2)). A traced
// thread stops where it is, and nothing is written to its stack. So it may be anywhere, even inside the runtime's
// handling of a fault, where no foreign signal handler may run (docs/adr/0014). The kernel lets all threads
// continue when the tracer ends, however it ends.
//
// The tracer is a process because a thread cannot trace its own process. It takes orders from the thread that makes
// the clone, through the request: one order for each look at the threads, and a last one to release them.

#ifndef LM_PROCESS_TRACER_H
#define LM_PROCESS_TRACER_H

#include "request.h"

enum tracer_order { TRACER_SLEEPS = 0, TRACER_STOPS = 1, TRACER_RELEASES = 2 };

// Stops the threads that the last look found running. If the Yama security module allows only ancestors to trace, we
// permit this one tracer.
INTERNAL void stop_running(struct request *r, int pid);

// Marks the threads that did not stop in time. The tracer may be late and stop some of them yet, but after the clone
// was made, so their registers would not fit the copy.
INTERNAL void give_up_stopping(struct request *r);

// Releases all threads and removes the tracer. Killing it is the last resort: a signal that it holds back for a thread
// would be lost.
INTERNAL void end_tracer(struct request *r);

#endif
