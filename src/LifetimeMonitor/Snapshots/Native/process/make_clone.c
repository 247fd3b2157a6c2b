#include "make_clone.h"
#include "freeze.h"
#include "memory_watch.h"
#include "thread_state.h"
#include "tracer.h"
#include "../search/channel.h"
#include "../search/service.h"
#include "../kernel.h"

// A child that died, or is late, leaves the word at zero.
INLINE void wait_until_frozen(struct request *r) {
  i64 deadline = now_us() + r->freeze_timeout_us;
  while (!load_acquire(&r->frozen)) {
    i64 left = deadline - now_us();
    if (left <= 0) return;
    i64 timeout[2] = {left / 1000000, left % 1000000 * 1000};
    futex_wait(&r->frozen, 0, timeout);
  }
}

// Looks at all threads and stops the running ones, until a look finds no new one.
INLINE void stop_all(struct request *r, int pid) {
  int self = thread_id();
  i64 deadline = now_us() + r->stop_timeout_us;
  for (int round = 0; round < 8 && look_at_threads(r, self) > 0; round++) {
    stop_running(r, pid);
    if (load_relaxed(&r->stop_error) || now_us() > deadline) break;
  }
  give_up_stopping(r);
}

// A thread that was blocked and has run since is no longer at its recorded position.
INLINE void mark_moved(struct request *r) {
  for (int i = 0; i < r->count; i++) {
    struct thread *t = &r->threads[i];
    struct position position = {0, 0, 0, 0};
    if (load_relaxed(&t->state) != THREAD_BLOCKED) continue;
    int stayed = read_thread_state(t->tid, &position) == THREAD_BLOCKED
      && position.sp == t->stack_pointer && position.ip == t->instruction_pointer;
    if (!stayed || t->time_run < 0 || time_run(t->tid) != t->time_run) store_relaxed(&t->state, THREAD_MOVED);
  }
}

// If the memory of a container runs out, the kernel kills the clone before the program. Call this before the stopped
// threads continue: each page that they write to is copied.
INLINE void end_first(int child) {
  static const char most[] = "1000";
  i64 file = open_numbered("/proc/", child, "/oom_score_adj", O_WRONLY);
  if (file < 0) return;
  call(SYS_write, file, (i64)most, sizeof most - 1, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
}

// The child does nothing else until it is killed.
INLINE void be_the_clone(struct request *r, struct shared_mappings *shared, int parent) {
  if (r->linger_us) {
    i64 linger[2] = {r->linger_us / 1000000, r->linger_us % 1000000 * 1000};
    futex_wait(&r->frozen, 0, linger);
  }
  call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (parent_id() != parent) end_thread();
  // If the child crashes on the data that it reads, it leaves no core: 1 is too small for a file and also forbids a
  // pipe (core(5)).
  u64 no_core[2] = {1, 1};
  call(SYS_setrlimit, RLIMIT_CORE, (i64)no_core, 0, 0, 0);
  watch_memory(r->channel);
  store_release(&r->frozen, (int)freeze(shared, r->channel->least_shared != ~0UL));
  futex_wake(&r->frozen);
  r->channel->parent = parent;
  serve(r->channel);
}

ENTRY int clone_process(struct request *r) {
  u64 set = r->leave_signals ? 0 : ~0UL, old;
  block_signals(&set, &old);
  int pid = process_id();
  stop_all(r, pid);
  struct shared_mappings *shared = 0;
  i64 child = 0, copied = r->compare ? copy_shared(pid, &shared) : 0;
  if (copied) store_relaxed(&r->frozen, (int)copied);
  else child = call(SYS_clone, CLONE_FS | CLONE_FILES, 0, 0, 0, 0);
  if (child == 0 && !copied) be_the_clone(r, shared, pid);
  if (child > 0) {
    end_first((int)child);
    wait_until_frozen(r);
  }
  forget_shared(shared);
  mark_moved(r);
  end_tracer(r);
  restore_signals(&old);
  return (int)child;
}
