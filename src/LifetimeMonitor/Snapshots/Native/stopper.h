// The process that stops running threads (stop.c), and its orders.

enum { TRACER_STACK = 16 * 1024 };

// Part of a request, and mirrored by CloneRequest.cs as bytes.
struct stopper {
  volatile int order;
  int process;    // its id; 0 before it is started, a negative errno when it could not be
  int parent;
  int is_allowed; // to trace us, although it is not our ancestor
  u64 stack[TRACER_STACK / 8];
};
