#include "tracer.h"
#include "thread_state.h"
#include "../tasks/task.h"
#include "../kernel.h"

enum { LONGEST_END_US = 2000000, LONGEST_NAP_NS = 250000000, LONGEST_WAIT_NS = 5000000 };

INLINE i64 trace(int request, int tid, i64 address, i64 data) {
  return call(SYS_ptrace, request, tid, address, data, 0);
}

// A thread that handles a fault may stand on its alternate stack: the runtime's handler starts there and then switches
// back. The stack pointer may then not point into the thread's own stack. The kernel blocks the signal meanwhile.
static int handles_fault(int tid) {
  u64 blocked = 0;
  return !trace(PTRACE_GETSIGMASK, tid, sizeof blocked, (i64)&blocked) && (blocked >> (SIGSEGV - 1) & 1);
}

// Unless the maker has given up stopping the thread (give_up_stopping). The registers come before the state.
INLINE void set_state(struct thread *t, int state) { (void)try_change(&t->state, THREAD_STOPPING, state); }

static void take_registers(struct thread *t) {
  struct trace_registers r;
  struct io_vector into = {(u64)&r, sizeof r};
  if (trace(PTRACE_GETREGSET, t->tid, NT_PRSTATUS, (i64)&into)) { set_state(t, THREAD_UNKNOWN); return; }
  u64 ordered[REGISTERS] = GENERAL_REGISTERS(r);
  for (int i = 0; i < REGISTERS; i++) t->registers[i] = ordered[i];
  t->stack_pointer = STACK_POINTER(r);
  t->instruction_pointer = INSTRUCTION_POINTER(r);
  set_state(t, handles_fault(t->tid) ? THREAD_MOVED : THREAD_STOPPED);
}

// Of the status of wait4(2): whether the thread stopped. Otherwise it ended.
INLINE int is_stop(int status) { return (status & 0xff) == 0x7f; }

// A thread stops by our interruption, or by a signal that it was about to get; it gets that signal when it continues.
static void take_stop(struct thread *t, int status) {
  if (!is_stop(status)) { set_state(t, THREAD_GONE); return; }
  t->is_traced = 1;
  t->signal = status >> 16 == PTRACE_EVENT_STOP ? 0 : status >> 8 & 0xff;
  take_registers(t);
}

static void stop_threads(struct request *r) {
  i64 deadline = now_us() + r->stop_timeout_us;
  for (int i = 0; i < r->count; i++) {
    struct thread *t = &r->threads[i];
    if (load_relaxed(&t->state) != THREAD_STOPPING) continue;
    i64 error = trace(PTRACE_SEIZE, t->tid, 0, 0);
    if (!error) error = trace(PTRACE_INTERRUPT, t->tid, 0, 0);
    if (!error) continue;
    set_state(t, error == -ESRCH ? THREAD_GONE : THREAD_UNKNOWN);
    if (error != -ESRCH) store_relaxed(&r->stop_error, (int)error);
  }
  for (int waiting = 1; waiting && now_us() < deadline;) {
    waiting = 0;
    for (int i = 0; i < r->count; i++) {
      struct thread *t = &r->threads[i];
      if (load_relaxed(&t->state) != THREAD_STOPPING) continue;
      int status = 0;
      i64 stopped = call(SYS_wait4, t->tid, (i64)&status, WALL | WNOHANG, 0, 0);
      if (stopped == t->tid) take_stop(t, status);
      else if (stopped) set_state(t, THREAD_GONE);
      else waiting = 1;
    }
    if (waiting) yield_processor();
  }
}

static void release_threads(struct request *r) {
  for (int i = 0; i < r->count; i++)
    if (r->threads[i].is_traced) trace(PTRACE_DETACH, r->threads[i].tid, 0, r->threads[i].signal);
}

// The maker of the clone may itself be stopped, by a tracer of another copy of this library, and then never orders the
// release. The threads that continue are marked before they do: a clone that is made afterwards is not settled.
static void mark_released(struct request *r) {
  for (int i = 0; i < r->count; i++)
    if (r->threads[i].is_traced) store_relaxed(&r->threads[i].state, THREAD_MOVED);
}

static void run_tracer(void *argument) {
  struct request *r = argument;
  struct tracer *s = &r->tracer;
  i64 held_since = 0;
  call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  for (;;) {
    int order;
    while ((order = load_acquire(&s->order)) == TRACER_SLEEPS) {
      i64 moment[2] = {0, LONGEST_NAP_NS};
      futex_wait(&s->order, TRACER_SLEEPS, moment);
      if (parent_id() != s->parent) end_process();
      if (!held_since || now_us() - held_since < r->hold_limit_us) continue;
      // Not if there is an order: then the maker runs.
      if (try_change(&s->order, TRACER_SLEEPS, TRACER_RELEASES)) mark_released(r);
    }
    if (order == TRACER_RELEASES) break;
    stop_threads(r);
    if (!held_since) held_since = now_us();
    // Not if there is a newer order: then the waiting thread has given up.
    (void)try_change(&s->order, order, TRACER_SLEEPS);
    futex_wake(&s->order);
  }
  release_threads(r);
  end_process();
}

// ---- On the thread that makes the clone ----

INLINE void start_tracer(struct request *r, int pid) {
  struct tracer *s = &r->tracer;
  s->parent = pid;
  s->process = (int)start_process((u64)(s->stack + TRACER_STACK / 8), run_tracer, r);
}

// Waits until the tracer has carried out its order, and gives up on one that died or is late.
INLINE void wait_for_tracer(struct request *r) {
  struct tracer *s = &r->tracer;
  i64 deadline = now_us() + 2 * (i64)r->stop_timeout_us;
  while (load_acquire(&s->order) == TRACER_STOPS && now_us() < deadline) {
    i64 moment[2] = {0, LONGEST_WAIT_NS};
    futex_wait(&s->order, TRACER_STOPS, moment);
    if (call(SYS_kill, s->process, 0, 0, 0, 0)) break;
  }
}

INLINE void order_stop(struct request *r) {
  store_release(&r->tracer.order, TRACER_STOPS);
  futex_wake(&r->tracer.order);
  wait_for_tracer(r);
}

INTERNAL void stop_running(struct request *r, int pid) {
  struct tracer *s = &r->tracer;
  if (!s->process) {
    start_tracer(r, pid);
    // That took a while. A thread that has blocked since is left alone.
    for (int i = 0; i < r->count; i++)
      if (load_relaxed(&r->threads[i].state) == THREAD_STOPPING) look_at_thread(r, &r->threads[i]);
  }
  if (s->process < 0) store_relaxed(&r->stop_error, s->process);
  if (s->process <= 0) return;
  order_stop(r);
  int is_permitted = load_relaxed(&r->stop_error) != -EPERM;
  if (is_permitted || s->is_allowed || call(SYS_prctl, PR_SET_PTRACER, s->process, 0, 0, 0)) return;
  s->is_allowed = 1;
  store_relaxed(&r->stop_error, 0);
  for (int i = 0; i < r->count; i++)
    (void)try_change(&r->threads[i].state, THREAD_UNKNOWN, THREAD_STOPPING);
  order_stop(r);
}

INTERNAL void give_up_stopping(struct request *r) {
  for (int i = 0; i < r->count; i++) (void)try_change(&r->threads[i].state, THREAD_STOPPING, THREAD_MOVED);
}

INTERNAL void end_tracer(struct request *r) {
  struct tracer *s = &r->tracer;
  if (s->is_allowed) call(SYS_prctl, PR_SET_PTRACER, 0, 0, 0, 0);
  if (s->process <= 0) return;
  store_release(&s->order, TRACER_RELEASES);
  futex_wake(&s->order);
  for (i64 deadline = now_us() + LONGEST_END_US;;) {
    i64 ended = call(SYS_wait4, s->process, 0, WALL | WNOHANG, 0, 0);
    if (ended && ended != -EINTR) return;
    if (now_us() > deadline) call(SYS_kill, s->process, SIGKILL, 0, 0, 0);
    yield_processor();
  }
}
