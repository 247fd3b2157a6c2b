// Makes a frozen copy of this process in one call. Freestanding: no libc, no globals, no relocations. So the bytes can
// be mapped anywhere, and the child runs only the code below (build.sh compiles it to clone.linux-x64.bin).
//
//   1. A tracer (stop.c) stops every running thread and reads its registers; the stack pointer of a blocked thread is
//      in /proc. Threads wake up while we read, so we look again until we find no new running thread.
//   2. clone(2) without CLONE_VM: the child's memory is a copy-on-write image of ours, taken while all threads stand
//      still. It does not include shared mappings, in some of which the runtime keeps its type data (freeze.c): the
//      child replaces them by copies before it reports.
//   3. We read the blocked threads again: one that has not run was blocked throughout. Then we release the stopped
//      ones. If a thread ran, the copy may be a mixture; our caller makes another, in which shared memory is compared.
//
// The caller is in cooperative mode (SuppressGCTransition), so no collection is half done. Nothing managed may happen
// between stopping and release, because a stopped thread may hold a resource that managed code waits for.

#include "system.h"

// The entry points: 0 clones, 16 searches in this very process (for tests), 32 guards against a crash. The code that
// maps the bytes writes the address of its struct guard at 48.
__asm__(
    ".section .text.entry,\"ax\"\njmp clone_process\n.balign 16\njmp serve\n.balign 16\njmp guard\n.balign 16\n"
    "guard_slot: .quad 0\n.text\n");

#include "thread.c"
#include "search.c"
#include "stopper.h"
#include "threads.c"
#include "stop.c"
#include "shared.c"
#include "freeze.c"
#include "guard.c"

// A child that died, or is late, leaves the word at zero.
INLINE void wait_until_frozen(struct request *r) {
  i64 deadline = now_us() + r->freeze_timeout_us;
  while (!r->frozen) {
    i64 left = deadline - now_us();
    if (left <= 0) return;
    i64 timeout[2] = {left / 1000000, left % 1000000 * 1000};
    wait_while_zero(&r->frozen, timeout);
  }
}

// Looks at all threads and stops the running ones, until a look finds no new one.
INLINE void stop_all(struct request *r, int pid) {
  int self = (int)call(SYS_gettid, 0, 0, 0, 0, 0);
  i64 deadline = now_us() + r->stop_timeout_us;
  for (int round = 0; round < 8 && look(r, self) > 0; round++) {
    stop_running(r, pid);
    if (r->stop_error || now_us() > deadline) break;
  }
}

// A thread that was not stopped as ordered, or was blocked and has run since, is no longer at its recorded position.
INLINE void mark_moved(struct request *r) {
  for (int i = 0; i < r->count; i++) {
    struct thread *t = &r->threads[i];
    struct position position = {0, 0, 0, 0};
    if (t->state == STOPPING) t->state = MOVED;
    if (t->state != BLOCKED) continue;
    int stayed = read_thread(t->tid, &position) == BLOCKED
      && position.sp == t->stack_pointer && position.ip == t->instruction_pointer;
    if (!stayed || t->time_run < 0 || time_run(t->tid) != t->time_run) t->state = MOVED;
  }
}

// If the memory of a container runs out, the kernel ends the clone and not the program. Call this before the stopped
// threads continue: each page that they write to is copied.
INLINE void end_first(int child) {
  const char *folder, *name, *most;
  __asm__("lea oom_folder(%%rip),%0" : "=r"(folder));
  __asm__("lea oom_name(%%rip),%0" : "=r"(name));
  __asm__("lea oom_most(%%rip),%0" : "=r"(most));
  i64 file = open_numbered(folder, child, name, 1 /* O_WRONLY */);
  if (file < 0) return;
  call(SYS_write, file, (i64)most, 4, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
}
__asm__("oom_folder: .asciz \"/proc/\"\noom_name: .asciz \"/oom_score_adj\"\noom_most: .ascii \"1000\"\n");

// The child does nothing else until it is killed.
INLINE void be_the_clone(struct request *r, struct shared *shared, int parent) {
  if (r->linger_us) {
    i64 linger[2] = {r->linger_us / 1000000, r->linger_us % 1000000 * 1000};
    wait_while_zero(&r->frozen, linger);
  }
  call(SYS_prctl, 1 /* PR_SET_PDEATHSIG */, 9, 0, 0, 0);
  if (call(SYS_getppid, 0, 0, 0, 0, 0) != parent) call(SYS_exit, 0, 0, 0, 0, 0);
  // If the child crashes on the data that it reads, it leaves no core: 1 is too small for a file and also forbids a
  // pipe (core(5)).
  volatile u64 no_core[2] = {1, 1};
  call(SYS_setrlimit, 4 /* RLIMIT_CORE */, (i64)no_core, 0, 0, 0);
  r->frozen = (int)freeze(shared, r->channel->least_shared != ~0UL);
  wake(&r->frozen);
  r->channel->parent = parent;
  serve(r->channel);
}

// Returns the child's process id, 0 if there is none because shared memory could not be copied, or a negative errno.
// The child is complete if the request's frozen is 1.
__attribute__((used)) int clone_process(struct request *r) {
  u64 all = ~0UL, old;
  if (r->leave_signals) all = 0;
  call(SYS_rt_sigprocmask, 0 /* SIG_BLOCK */, (i64)&all, (i64)&old, 8, 0);
  int pid = (int)call(SYS_getpid, 0, 0, 0, 0, 0);
  stop_all(r, pid);
  struct shared *shared = 0;
  i64 child = 0, copied = r->compare ? copy_shared(pid, &shared) : 0;
  if (copied) r->frozen = (int)copied;
  else child = call(SYS_clone, 0x600 /* CLONE_FS|CLONE_FILES, no exit signal */, 0, 0, 0, 0);
  if (child == 0 && !copied) be_the_clone(r, shared, pid);
  if (child > 0) {
    end_first((int)child);
    wait_until_frozen(r);
  }
  forget_shared(shared);
  mark_moved(r);
  end_stopper(r);
  call(SYS_rt_sigprocmask, 2, (i64)&old, 0, 8, 0);
  return (int)child;
}
