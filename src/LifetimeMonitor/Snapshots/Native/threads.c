// Finds out where each thread stands, and parks those that are running in a signal handler, where their registers can be read.

// Mirrored by CloneRequest.cs.
enum state { GONE = 0, BLOCKED = 1, PARKING = 2, PARKED = 3, MOVED = 4, UNKNOWN = 5 };
struct thread { int tid; volatile int state; u64 stack_pointer, instruction_pointer; volatile u64 context; i64 time_run; };
struct request {
  volatile int arrived, left, release, sent;
  int signal, timeout_us, capacity, count;
  volatile int frozen; // by the child, in memory that it shares with us: 1, or a negative errno
  int freeze_timeout_us;
  int compare; // what is shared, before and after the clone
  int leave_signals, linger_us; // Only tests set them: signals are not blocked; the child takes its time before it looks after its parent.
  struct channel *channel; // through which the child is told to search
  struct thread threads[];
};

struct kernel_sigaction { void *handler; u64 flags; void *restorer; u64 mask; };
struct signal_info { int number, error, code, pad; int pid, uid; struct request *request; u64 rest[12]; };

__attribute__((naked, used)) void restorer(void) { __asm__ volatile("mov $15,%eax\n syscall"); }

// Runs on the thread that is parked. A late or foreign signal finds the request released, or no slot that waits for it.
__attribute__((used)) void handler(int number, struct signal_info *info, void *context) {
  struct request *r = info->request;
  if (info->code != -1 || !r) return;
  __atomic_fetch_add(&r->arrived, 1, __ATOMIC_SEQ_CST);
  int tid = (int)call(SYS_gettid, 0, 0, 0, 0, 0);
  for (int i = 0; i < r->count && !r->release; i++) {
    struct thread *t = &r->threads[i];
    if (t->tid != tid || t->state != PARKING) continue;
    t->context = (u64)context;
    t->state = PARKED;
    while (!r->release) wait_while_zero(&r->release, 0);
  }
  __atomic_fetch_add(&r->left, 1, __ATOMIC_SEQ_CST);
}

// The processor time of a thread, in nanoseconds, or -1. A thread that woke and waits again where it was differs in nothing else.
INLINE i64 time_run(int tid) {
  volatile i64 t[2];
  i64 clock = (i64)(int)(~(u32)tid << 3 | 6 /* CPUCLOCK_SCHED | CPUCLOCK_PERTHREAD: pthread_getcpuclockid(3) */);
  return call(SYS_clock_gettime, clock, (i64)t, 0, 0, 0) ? -1 : t[0] * 1000000000 + t[1];
}

// "/proc/self/task/<tid>/syscall" ends in "0x<stack pointer> 0x<instruction pointer>", or is the word "running".
INLINE enum state read_thread(int tid, u64 *sp, u64 *ip) {
  char path[48], digits[12], text[160];
  int n = 0, d = 0;
  const char *p;
  __asm__("lea task_path(%%rip),%0" : "=r"(p));
  while (p[n]) { path[n] = p[n]; n++; }
  for (int v = tid; v; v /= 10) digits[d++] = (char)('0' + v % 10);
  while (d) path[n++] = digits[--d];
  __asm__("lea syscall_name(%%rip),%0" : "=r"(p));
  for (int i = 0;; i++) { path[n++] = p[i]; if (!p[i]) break; }

  i64 file = call(SYS_open, (i64)path, 0x80000 /* O_CLOEXEC */, 0, 0, 0);
  if (file < 0) return file == -2 /* ENOENT */ ? GONE : UNKNOWN;
  i64 length = call(SYS_read, file, (i64)text, sizeof text, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
  if (length <= 0) return length == -3 /* ESRCH */ ? GONE : UNKNOWN;
  if (text[0] == 'r') return PARKING;

  u64 last[2] = {0, 0};
  for (i64 i = 0; i < length; i++) {
    char c = text[i];
    if (c == ' ') { last[0] = last[1]; last[1] = 0; continue; }
    if (c >= '0' && c <= '9') last[1] = last[1] << 4 | (u64)(c - '0');
    else if (c >= 'a' && c <= 'f') last[1] = last[1] << 4 | (u64)(c - 'a' + 10);
    else if (c == 'x') last[1] = 0;
  }
  *sp = last[0];
  *ip = last[1];
  return BLOCKED;
}
__asm__("task_path: .asciz \"/proc/self/task/\"\nsyscall_name: .asciz \"/syscall\"\n");

INLINE void send(struct request *r, struct thread *t, int pid) {
  struct signal_info info;
  for (u32 k = 0; k < sizeof info / 8; k++) ((volatile u64 *)&info)[k] = 0;
  info.number = r->signal;
  info.code = -1; // SI_QUEUE
  info.pid = pid;
  info.request = r;
  if (call(SYS_rt_tgsigqueueinfo, pid, t->tid, r->signal, (i64)&info, 0) == 0) r->sent++;
  else t->state = UNKNOWN;
}

// One look at all threads; returns how many were newly asked to park, or -1 when /proc does not tell.
INLINE int look(struct request *r, int pid, int self) {
  const char *p;
  char path[20];
  __asm__("lea task_path(%%rip),%0" : "=r"(p));
  for (int i = 0; i < 17; i++) path[i] = p[i];
  i64 folder = call(SYS_open, (i64)path, 0x90000 /* O_DIRECTORY|O_CLOEXEC */, 0, 0, 0);
  if (folder < 0) return -1;
  int asked = 0;
  char entries[4096];
  for (i64 length; (length = call(SYS_getdents64, folder, (i64)entries, sizeof entries, 0, 0)) > 0;) {
    for (i64 at = 0; at < length; at += *(unsigned short *)(entries + at + 16)) {
      int tid = 0;
      for (const char *c = entries + at + 19; *c >= '0' && *c <= '9'; c++) tid = tid * 10 + (*c - '0');
      if (tid == 0 || tid == self) continue;
      int i = 0;
      while (i < r->count && r->threads[i].tid != tid) i++;
      if (i == r->capacity) continue;
      struct thread *t = &r->threads[i];
      if (i == r->count) { t->tid = tid; t->state = UNKNOWN; t->context = 0; r->count++; }
      if (t->state == PARKED || t->state == PARKING) continue;
      t->time_run = time_run(tid);
      t->state = read_thread(tid, &t->stack_pointer, &t->instruction_pointer);
      if (t->state == PARKING) { send(r, t, pid); asked++; }
    }
  }
  call(SYS_close, folder, 0, 0, 0, 0);
  return asked;
}

// A thread that ends before the signal reaches it is not waited for.
INLINE void wait_until_parked(struct request *r, int pid, i64 deadline) {
  for (;;) {
    int waiting = 0;
    for (int i = 0; i < r->count; i++) {
      struct thread *t = &r->threads[i];
      if (t->state != PARKING) continue;
      waiting++;
      if (call(SYS_tgkill, pid, t->tid, 0, 0, 0) == -3 /* ESRCH */) { t->state = GONE; r->sent--; }
    }
    if (!waiting || now_us() > deadline) return;
    call(SYS_sched_yield, 0, 0, 0, 0, 0);
  }
}

// The default disposition may be replaced; a handler of somebody else's may not.
INLINE i64 install(int number) {
  struct kernel_sigaction action, old;
  void *h, *back;
  __asm__("lea handler(%%rip),%0" : "=r"(h));
  __asm__("lea restorer(%%rip),%0" : "=r"(back));
  i64 rc = call(SYS_rt_sigaction, number, 0, (i64)&old, 8, 0);
  if (rc < 0) return rc;
  if (old.handler == h) return 0;
  if (old.handler != 0) return SIGNAL_IN_USE;
  action.handler = h;
  action.flags = 0x4 | 0x10000000 | 0x04000000 | 0x08000000; // SIGINFO | RESTART | RESTORER | ONSTACK
  action.restorer = back;
  action.mask = ~0UL;
  return call(SYS_rt_sigaction, number, (i64)&action, 0, 8, 0);
}
