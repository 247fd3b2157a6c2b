// The memory that the maker of a clone shares with the tracer, with the clone and with C#.

#ifndef LM_PROCESS_REQUEST_H
#define LM_PROCESS_REQUEST_H

#include "../kernel.h"

// How the registers of a thread were read (ThreadCapture.cs).
enum thread_state {
  THREAD_GONE = 0,
  THREAD_BLOCKED = 1,  // it waits in the kernel
  THREAD_STOPPING = 2, // it runs, and the tracer is to stop it
  THREAD_STOPPED = 3,
  THREAD_MOVED = 4,    // it may have run while the clone was made
  THREAD_UNKNOWN = 5
};

enum { TRACER_STACK = 16 * 1024, MAX_RESTLESS = 64 };

struct thread {
  int tid;
  int state; // enum thread_state
  u64 stack_pointer, instruction_pointer;
  i64 time_run;
  int signal;               // held back when the thread stopped, and delivered when it continues
  int is_traced;            // stopped, until the tracer lets it continue
  u64 registers[REGISTERS]; // of a stopped thread, in the order of the kernel's ucontext
};

// The process that stops running threads (tracer.c).
struct tracer {
  int order;          // enum tracer_order
  int process;        // its id; 0 before it is started, a negative errno if it could not be
  int parent;
  int is_allowed;     // to trace us, although it is not our ancestor
  u64 stack[TRACER_STACK / 8];
};

struct request {
  int stop_timeout_us, capacity, count;
  int frozen;          // set by the child, in shared memory: 1, or a negative errno
  int freeze_timeout_us;
  int compare;         // shared memory, before and after the clone
  int stop_error;      // why running threads could not be stopped: a negative errno, or 0
  // Only tests set the next three: signals are not blocked; the child waits before it checks its parent; a blocked
  // thread is never stopped.
  int leave_signals, linger_us, leave_waiting;
  struct channel *channel; // the child gets its search orders through it
  int restless_count, restless[MAX_RESTLESS]; // threads that woke while an earlier clone was made
  int hold_limit_us; // the tracer then releases the stopped threads by itself
  struct tracer tracer;
  struct thread threads[];
};

// The same figures are in NativeLayoutTests.cs. The first thread follows the request.
LAYOUT(struct thread, tid, 0);
LAYOUT(struct thread, state, 4);
LAYOUT(struct thread, stack_pointer, 8);
LAYOUT(struct thread, instruction_pointer, 16);
LAYOUT(struct thread, time_run, 24);
LAYOUT(struct thread, signal, 32);
LAYOUT(struct thread, is_traced, 36);
LAYOUT(struct thread, registers, 40);
LAYOUT_END(struct thread, 40 + REGISTERS * 8);
LAYOUT(struct request, stop_timeout_us, 0);
LAYOUT(struct request, capacity, 4);
LAYOUT(struct request, count, 8);
LAYOUT(struct request, frozen, 12);
LAYOUT(struct request, freeze_timeout_us, 16);
LAYOUT(struct request, compare, 20);
LAYOUT(struct request, stop_error, 24);
LAYOUT(struct request, leave_signals, 28);
LAYOUT(struct request, linger_us, 32);
LAYOUT(struct request, leave_waiting, 36);
LAYOUT(struct request, channel, 40);
LAYOUT(struct request, restless_count, 48);
LAYOUT(struct request, restless, 52);
LAYOUT(struct request, hold_limit_us, 308);
LAYOUT(struct request, tracer, 312);
LAYOUT(struct request, threads, 16712);
LAYOUT_END(struct request, 16712);

#endif
