// Keeps a crash inside the runtime's debugging component from ending the process: the thread that crashed there sleeps for ever,
// and who waits for it gives it up. Such a thread runs native code and takes no part in collections. All other faults,
// those of managed code too, go to the handler that was there before.

enum { SIGSEGV = 11, MAX_GUARDED = 4 };

// Mirrored by CrashGuard.cs.
struct guard {
  volatile int crashed;                   // how many sleep
  volatile int threads[MAX_GUARDED];      // that may crash; 0 for none
  volatile int has_crashed[MAX_GUARDED];  // which of them
  u64 start, end; // of the component's code
  volatile u64 fault;
  struct kernel_sigaction before;
};

INLINE struct guard *guard_of_process(void) {
  struct guard **slot;
  __asm__("lea guard_slot(%%rip),%0" : "=r"(slot));
  return *slot;
}

// The slot of a thread, or a free one for 0; -1 when there is none.
INLINE int slot_of(struct guard *g, int tid) {
  for (int i = 0; i < MAX_GUARDED; i++)
    if (g->threads[i] == tid) return i;
  return -1;
}

INLINE int thread_id(void) { return (int)call(SYS_gettid, 0, 0, 0, 0, 0); }

// In the kernel's ucontext the instruction pointer is the 17th of the registers, which follow 40 bytes; see <sys/ucontext.h>.
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
  // The default ends the process when the instruction faults again; to ignore a fault is the same.
  if ((u64)g->before.handler > 1) ((void (*)(int, struct signal_info *, void *))g->before.handler)(number, info, context);
  else call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, 8, 0);
}

// Guards the calling thread and returns its slot, or guards it no longer. With the first the handler is put before the one that is
// there, and with the last it is taken away again, where nobody has put another before it. One call at a time.
__attribute__((used)) int guard(int enter) {
  struct guard *g = guard_of_process();
  int slot = slot_of(g, enter ? 0 : thread_id());
  if (slot < 0) return -1;
  struct kernel_sigaction now;
  void *h, *back;
  __asm__("lea on_fault(%%rip),%0" : "=r"(h));
  __asm__("lea restorer(%%rip),%0" : "=r"(back));
  i64 rc = call(SYS_rt_sigaction, SIGSEGV, 0, (i64)&now, 8, 0);
  if (rc) return (int)rc;
  if (!enter) {
    g->threads[slot] = 0;
    for (int i = 0; i < MAX_GUARDED; i++)
      if (g->threads[i]) return slot;
    if (now.handler == h) call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, 8, 0);
    return slot;
  }
  if (now.handler != h) {
    g->before = now;
    now.handler = h;
    now.restorer = back;
    now.flags |= 0x4 | 0x04000000 | 0x08000000; // SIGINFO | RESTORER | ONSTACK
    if ((rc = call(SYS_rt_sigaction, SIGSEGV, (i64)&now, 0, 8, 0))) return (int)rc;
  }
  g->threads[slot] = thread_id();
  return slot;
}
