// Stops the running threads as a debugger does: a process that shares our memory traces them (ptrace(2)). A traced
// thread stops where it is, and nothing is written to its stack. So it may be anywhere, even inside the runtime's
// handling of a fault, where no foreign signal handler may run (docs/adr/0014). The kernel lets all threads
// continue when the tracer ends, however it ends.
//
// The tracer is a process because a thread cannot trace its own process. It takes orders from the thread that makes
// the clone, through the request: one order for each look at the threads, and a last one to release them.

enum {
  SEIZE = 0x4206,
  INTERRUPT = 0x4207,
  DETACH = 17,
  GETREGSET = 0x4204,
  GETSIGMASK = 0x420a,
  GENERAL_REGISTERS = 1 /* NT_PRSTATUS */
};
enum { SIGSEGV = 11 };
enum { ANY_CHILD = 0x40000000 /* __WALL */, NO_HANG = 1, EVENT_STOP = 128, NOT_PERMITTED = -1, NO_PROCESS = -3 };
enum { LONGEST_END_US = 2000000, LONGEST_NAP_NS = 250000000 };
enum tracer_order { TRACER_SLEEPS = 0, TRACER_STOPS = 1, TRACER_RELEASES = 2 };

// The kernel's struct user_regs_struct.
struct trace_registers {
  u64 r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss,
    fs_base, gs_base, ds, es, fs, gs;
};

INLINE i64 trace(int what, int tid, i64 address, i64 data) { return call(SYS_ptrace, what, tid, address, data, 0); }

// A thread that handles a fault may stand on its alternate stack: the runtime's handler starts there and then switches
// back. The stack pointer may then not point into the thread's own stack. The kernel blocks the signal meanwhile.
static int handles_fault(int tid) {
  u64 blocked = 0;
  return !trace(GETSIGMASK, tid, sizeof blocked, (i64)&blocked) && (blocked >> (SIGSEGV - 1) & 1);
}

static void take_registers(struct thread *t) {
  struct trace_registers r;
  struct { u64 start, length; } into = {(u64)&r, sizeof r};
  if (trace(GETREGSET, t->tid, GENERAL_REGISTERS, (i64)&into)) { t->state = UNKNOWN; return; }
  u64 ordered[REGISTERS] = {
    r.r8, r.r9, r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.di, r.si, r.bp, r.bx, r.dx, r.ax, r.cx, r.sp, r.ip};
  for (int i = 0; i < REGISTERS; i++) t->registers[i] = ordered[i];
  t->stack_pointer = r.sp;
  t->instruction_pointer = r.ip;
  t->state = handles_fault(t->tid) ? MOVED : STOPPED;
}

// A thread stops by our interruption, or by a signal that it was about to get; it gets that signal when it continues.
static void take_stop(struct thread *t, int status) {
  if ((status & 0xff) != 0x7f) { t->state = GONE; return; }
  t->is_traced = 1;
  t->signal = status >> 16 == EVENT_STOP ? 0 : status >> 8 & 0xff;
  take_registers(t);
}

static void stop_threads(struct request *r) {
  i64 deadline = now_us() + r->stop_timeout_us;
  for (int i = 0; i < r->count; i++) {
    struct thread *t = &r->threads[i];
    if (t->state != STOPPING) continue;
    i64 error = trace(SEIZE, t->tid, 0, 0);
    if (!error) error = trace(INTERRUPT, t->tid, 0, 0);
    if (!error) continue;
    t->state = error == NO_PROCESS ? GONE : UNKNOWN;
    if (error != NO_PROCESS) r->stop_error = (int)error;
  }
  for (int waiting = 1; waiting && now_us() < deadline;) {
    waiting = 0;
    for (int i = 0; i < r->count; i++) {
      struct thread *t = &r->threads[i];
      if (t->state != STOPPING) continue;
      int status = 0;
      i64 stopped = call(SYS_wait4, t->tid, (i64)&status, ANY_CHILD | NO_HANG, 0, 0);
      if (stopped == t->tid) take_stop(t, status);
      else if (stopped) t->state = GONE;
      else waiting = 1;
    }
    if (waiting) call(SYS_sched_yield, 0, 0, 0, 0, 0);
  }
}

static void release_threads(struct request *r) {
  for (int i = 0; i < r->count; i++)
    if (r->threads[i].is_traced) trace(DETACH, r->threads[i].tid, 0, r->threads[i].signal);
}

// The maker of the clone may itself be stopped, by a tracer of another copy of this library, and then never orders the
// release. The threads that continue are marked before they do: a clone that is made afterwards is not settled.
static void mark_released(struct request *r) {
  for (int i = 0; i < r->count; i++)
    if (r->threads[i].is_traced) r->threads[i].state = MOVED;
  __atomic_thread_fence(__ATOMIC_RELEASE);
}

static void trace_threads(void *argument) {
  struct request *r = argument;
  struct stopper *s = &r->stopper;
  i64 held_since = 0;
  call(SYS_prctl, 1 /* PR_SET_PDEATHSIG */, 9, 0, 0, 0);
  for (;;) {
    int order;
    while ((order = __atomic_load_n(&s->order, __ATOMIC_ACQUIRE)) == TRACER_SLEEPS) {
      i64 moment[2] = {0, LONGEST_NAP_NS};
      call(SYS_futex, (i64)&s->order, 0 /* WAIT */, TRACER_SLEEPS, (i64)moment, 0);
      if (call(SYS_getppid, 0, 0, 0, 0, 0) != s->parent) call(SYS_exit_group, 0, 0, 0, 0, 0);
      if (!held_since || now_us() - held_since < r->hold_limit_us) continue;
      // Not if there is an order: then the maker runs.
      int none = TRACER_SLEEPS;
      if (__atomic_compare_exchange_n(&s->order, &none, TRACER_RELEASES, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        mark_released(r);
    }
    if (order == TRACER_RELEASES) break;
    stop_threads(r);
    if (!held_since) held_since = now_us();
    // Not if there is a newer order: then the waiting thread has given up.
    __atomic_compare_exchange_n(&s->order, &order, TRACER_SLEEPS, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
    wake(&s->order);
  }
  release_threads(r);
  call(SYS_exit_group, 0, 0, 0, 0, 0);
}

// ---- On the thread that makes the clone ----

INLINE void start_stopper(struct request *r, int pid) {
  struct stopper *s = &r->stopper;
  s->parent = pid;
  s->process = (int)start_process((u64)(s->stack + TRACER_STACK / 8), trace_threads, r);
}

// Waits until the tracer has carried out its order, and gives up on one that died or is late.
INLINE void wait_for_stopper(struct request *r) {
  struct stopper *s = &r->stopper;
  i64 deadline = now_us() + 2 * (i64)r->stop_timeout_us;
  while (__atomic_load_n(&s->order, __ATOMIC_ACQUIRE) == TRACER_STOPS && now_us() < deadline) {
    i64 moment[2] = {0, 5000000};
    call(SYS_futex, (i64)&s->order, 0 /* WAIT */, TRACER_STOPS, (i64)moment, 0);
    if (call(SYS_kill, s->process, 0, 0, 0, 0)) break;
  }
}

INLINE void order_stops(struct request *r) {
  __atomic_store_n(&r->stopper.order, TRACER_STOPS, __ATOMIC_RELEASE);
  wake(&r->stopper.order);
  wait_for_stopper(r);
}

// Stops the threads that the last look found running. If the Yama security module allows only ancestors to trace, we
// permit this one tracer.
INLINE void stop_running(struct request *r, int pid) {
  enum { SET_PTRACER = 0x59616d61 };
  struct stopper *s = &r->stopper;
  if (!s->process) {
    start_stopper(r, pid);
    // That took a while. A thread that has blocked since is left alone.
    for (int i = 0; i < r->count; i++)
      if (r->threads[i].state == STOPPING) look_at_thread(r, &r->threads[i]);
  }
  if (s->process < 0) r->stop_error = s->process;
  if (s->process <= 0) return;
  order_stops(r);
  if (r->stop_error != NOT_PERMITTED || s->is_allowed || call(SYS_prctl, SET_PTRACER, s->process, 0, 0, 0)) return;
  s->is_allowed = 1;
  r->stop_error = 0;
  for (int i = 0; i < r->count; i++)
    if (r->threads[i].state == UNKNOWN) r->threads[i].state = STOPPING;
  order_stops(r);
}

// Releases all threads and removes the tracer. Killing it is the last resort: a signal that it holds back for a thread
// would be lost.
INLINE void end_stopper(struct request *r) {
  struct stopper *s = &r->stopper;
  if (s->is_allowed) call(SYS_prctl, 0x59616d61 /* PR_SET_PTRACER */, 0, 0, 0, 0);
  if (s->process <= 0) return;
  __atomic_store_n(&s->order, TRACER_RELEASES, __ATOMIC_RELEASE);
  wake(&s->order);
  for (i64 deadline = now_us() + LONGEST_END_US;;) {
    i64 ended = call(SYS_wait4, s->process, 0, ANY_CHILD | NO_HANG, 0, 0);
    if (ended && ended != -4 /* EINTR */) return;
    if (now_us() > deadline) call(SYS_kill, s->process, 9, 0, 0, 0);
    call(SYS_sched_yield, 0, 0, 0, 0, 0);
  }
}
