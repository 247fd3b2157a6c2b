// Keeps a crash inside the runtime's debugging component (DAC) from ending the process: the thread that crashed there
// sleeps forever, and the thread that waits for it gives it up. The sleeping thread runs native code and takes no part
// in collections. All other faults, including those of managed code, go to the previous signal handler.

enum { MAX_GUARDED = 4 };

struct kernel_sigaction { void *handler; u64 flags; void *restorer; u64 mask; };
struct signal_info { int number, error, code; };

__attribute__((naked, used)) void restorer(void) { __asm__ volatile("mov $15,%eax\n syscall"); }

// Mirrored by CrashGuard.cs.
struct guard {
  volatile int crashed;                   // number of sleeping threads
  volatile int threads[MAX_GUARDED];      // threads that may crash; 0: a free slot
  volatile int has_crashed[MAX_GUARDED];  // which of them have crashed
  u64 start, end; // the code of the DAC
  volatile u64 fault;
  // Our handler is in the chain of handlers: on top, or below one that was installed later.
  u64 is_installed;
  struct kernel_sigaction before;
};
_Static_assert(sizeof(struct guard) == 104, "CrashGuard.cs has the same layout");

INLINE struct guard *guard_of_process(void) {
  struct guard **slot;
  __asm__("lea guard_slot(%%rip),%0" : "=r"(slot));
  return *slot;
}

// The slot of a thread, or a free one for 0; -1 if there is none.
INLINE int slot_of(struct guard *g, int tid) {
  for (int i = 0; i < MAX_GUARDED; i++)
    if (g->threads[i] == tid) return i;
  return -1;
}

INLINE int thread_id(void) { return (int)call(SYS_gettid, 0, 0, 0, 0, 0); }

// In the kernel's ucontext the registers follow 40 bytes, and the instruction pointer is the 17th; see
// <sys/ucontext.h>.
__attribute__((used)) void on_fault(int number, struct signal_info *info, void *context) {
  struct guard *g = guard_of_process();
  u64 instruction = ((u64 *)context)[40 / 8 + 16];
  int slot = instruction >= g->start && instruction < g->end ? slot_of(g, thread_id()) : -1;
  if (slot >= 0) {
    g->fault = instruction;
    g->has_crashed[slot] = 1;
    __atomic_fetch_add(&g->crashed, 1, __ATOMIC_SEQ_CST);
    for (;;) call(SYS_pause, 0, 0, 0, 0, 0);
  }
  // The default action ends the process when the instruction faults again; ignoring a fault has the same effect.
  if ((u64)g->before.handler > 1)
    ((void (*)(int, struct signal_info *, void *))g->before.handler)(number, info, context);
  else call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, 8, 0);
}

INLINE int is_same_action(const struct kernel_sigaction *a, const struct kernel_sigaction *b) {
  return a->handler == b->handler && a->flags == b->flags;
}

// Installs our handler on top of the current one. If ours is already in the chain, below a foreign one, it stays
// there: the foreign handler calls it, and ours on top as well would call itself forever.
INLINE i64 install(struct guard *g, const struct kernel_sigaction *now, void *handler) {
  struct kernel_sigaction ours = *now;
  void *back;
  __asm__("lea restorer(%%rip),%0" : "=r"(back));
  // If the previous handler is in place again, ours was removed.
  if (g->is_installed && !is_same_action(now, &g->before)) return 0;
  g->before = *now;
  ours.handler = handler;
  ours.restorer = back;
  ours.flags |= 0x4 | 0x04000000 | 0x08000000; // SIGINFO | RESTORER | ONSTACK
  i64 error = call(SYS_rt_sigaction, SIGSEGV, (i64)&ours, 0, 8, 0);
  g->is_installed = !error;
  return error;
}

// Guards the calling thread and returns its slot, or stops guarding it. The first guarded thread installs our handler;
// the last one removes it, unless another handler is on top. One call at a time.
__attribute__((used)) int guard(int enter) {
  struct guard *g = guard_of_process();
  int slot = slot_of(g, enter ? 0 : thread_id());
  if (slot < 0) return -1;
  struct kernel_sigaction now;
  void *h;
  __asm__("lea on_fault(%%rip),%0" : "=r"(h));
  i64 error = call(SYS_rt_sigaction, SIGSEGV, 0, (i64)&now, 8, 0);
  if (error) return (int)error;
  if (enter) {
    if (now.handler != h && (error = install(g, &now, h))) return (int)error;
    g->threads[slot] = thread_id();
    return slot;
  }
  g->threads[slot] = 0;
  for (int i = 0; i < MAX_GUARDED; i++)
    if (g->threads[i]) return slot;
  if (now.handler == h && !call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, 8, 0)) g->is_installed = 0;
  return slot;
}
