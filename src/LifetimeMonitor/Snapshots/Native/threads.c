// Finds out where each thread stands, and parks those that are running in a signal handler, where their registers can be read; and one that
// would wake by itself.

// Mirrored by CloneRequest.cs.
enum state { GONE = 0, BLOCKED = 1, PARKING = 2, PARKED = 3, MOVED = 4, UNKNOWN = 5 };
struct thread { int tid; volatile int state; u64 stack_pointer, instruction_pointer; volatile u64 context; i64 time_run; };
struct request {
  volatile int arrived, left, release, sent;
  int signal, timeout_us, capacity, count;
  volatile int frozen; // by the child, in memory that it shares with us: 1, or a negative errno
  int freeze_timeout_us;
  int compare; // what is shared, before and after the clone
  // Only tests set them: signals are not blocked; the child takes its time before it looks after its parent; who waits is not parked, whoever it is.
  int leave_signals, linger_us, leave_waiting;
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

// What "/proc/self/task/<tid><name>" says; its length, or a negative errno.
static i64 read_task(int tid, const char *name, char *text, i64 capacity) {
  char path[48], digits[12];
  int n = 0, d = 0;
  const char *p;
  __asm__("lea task_path(%%rip),%0" : "=r"(p));
  while (p[n]) { path[n] = p[n]; n++; }
  for (int v = tid; v; v /= 10) digits[d++] = (char)('0' + v % 10);
  while (d) path[n++] = digits[--d];
  for (int i = 0;; i++) { path[n++] = name[i]; if (!name[i]) break; }

  i64 file = call(SYS_open, (i64)path, 0x80000 /* O_CLOEXEC */, 0, 0, 0);
  if (file < 0) return file;
  i64 length = call(SYS_read, file, (i64)text, capacity, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
  return length;
}
__asm__("task_path: .asciz \"/proc/self/task/\"\nsyscall_name: .asciz \"/syscall\"\ncomm_name: .asciz \"/comm\"\ntiering_name: .asciz \".NET Tiered Com\"\n");

// The file is "<call> 0x<argument> ... 0x<stack pointer> 0x<instruction pointer>", or the word "running".
struct position { u64 sp, ip; int has_alarm; };

INLINE enum state read_thread(int tid, struct position *position) {
  enum { SP = 7, IP = 8, WORDS = 9, TIMEOUT = 4, FUTEX = 0x202 /* the number of the call is decimal, and read as the others are */ };
  char text[160];
  const char *name;
  __asm__("lea syscall_name(%%rip),%0" : "=r"(name));
  i64 length = read_task(tid, name, text, sizeof text);
  if (length <= 0) return length == -3 /* ESRCH */ || length == -2 /* ENOENT */ ? GONE : UNKNOWN;
  if (text[0] == 'r') return PARKING;

  u64 words[WORDS];
  int n = 0;
  words[0] = 0;
  for (i64 i = 0; i < length; i++) {
    char c = text[i];
    if (c == ' ' && n + 1 < WORDS) words[++n] = 0;
    else if (c >= '0' && c <= '9') words[n] = words[n] << 4 | (u64)(c - '0');
    else if (c >= 'a' && c <= 'f') words[n] = words[n] << 4 | (u64)(c - 'a' + 10);
    else if (c == 'x') words[n] = 0;
  }
  position->sp = n ? words[n - 1] : 0;
  position->ip = words[n];
  position->has_alarm = n == IP && words[0] == FUTEX && words[TIMEOUT] != 0;
  return BLOCKED;
}

// The runtime's thread that compiles again what is called often. In a program's first seconds it wakes every 100 ms, so often just while
// a clone is made, and then the clone would have to be made again. Its wait (pthread_cond_timedwait) stands a signal: it can be parked.
INLINE int is_tiering(int tid) {
  const char *name, *tiering;
  __asm__("lea comm_name(%%rip),%0" : "=r"(name));
  __asm__("lea tiering_name(%%rip),%0" : "=r"(tiering));
  char text[32];
  i64 length = read_task(tid, name, text, sizeof text);
  i64 same = 0;
  while (same < length && tiering[same] && text[same] == tiering[same]) same++;
  return length > 0 && !tiering[same];
}

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
      struct position position = {0, 0, 0};
      t->state = read_thread(tid, &position);
      t->stack_pointer = position.sp;
      t->instruction_pointer = position.ip;
      if (t->state == BLOCKED && position.has_alarm && !r->leave_waiting && is_tiering(tid)) t->state = PARKING;
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
