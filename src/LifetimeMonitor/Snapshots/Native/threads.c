// Finds out the state of each thread: blocked in the kernel, or running and so to be stopped (stop.c).

// Mirrored by CloneRequest.cs.
enum state { GONE = 0, BLOCKED = 1, STOPPING = 2, STOPPED = 3, MOVED = 4, UNKNOWN = 5 };
enum { REGISTERS = 17, MAX_RESTLESS = 64 };
struct thread {
  int tid;
  volatile int state;
  u64 stack_pointer, instruction_pointer;
  i64 time_run;
  int signal; // held back when the thread stopped, and delivered when it continues
  int is_traced; // stopped, until the tracer lets it continue
  u64 registers[REGISTERS]; // of a stopped thread, in the order of the kernel's ucontext
};
struct request {
  int stop_timeout_us, capacity, count;
  volatile int frozen; // set by the child, in shared memory: 1, or a negative errno
  int freeze_timeout_us;
  int compare;    // shared memory, before and after the clone
  int stop_error; // why running threads could not be stopped: a negative errno, or 0
  // Only tests set the next three: signals are not blocked; the child waits before it checks its parent; a blocked
  // thread is never stopped.
  int leave_signals, linger_us, leave_waiting;
  struct channel *channel; // the child gets its search orders through it
  int restless_count, restless[MAX_RESTLESS]; // threads that woke while an earlier clone was made
  int hold_limit_us; // the tracer then releases the stopped threads by itself
  struct stopper stopper;
  struct thread threads[];
};
_Static_assert(
  __builtin_offsetof(struct request, channel) == 40 && __builtin_offsetof(struct request, restless_count) == 48,
  "CloneRequest.cs has the same layout");
_Static_assert(
  __builtin_offsetof(struct request, hold_limit_us) == 308 && __builtin_offsetof(struct request, stopper) == 312
    && __builtin_offsetof(struct thread, registers) == 40,
  "CloneRequest.cs has the same layout");
_Static_assert(sizeof(struct thread) == 176 && sizeof(struct request) == 16712, "CloneRequest.cs has the same layout");

// The processor time of a thread, in nanoseconds, or -1. Nothing else differs for a thread that woke and waits again
// at the same place.
INLINE i64 time_run(int tid) {
  volatile i64 t[2];
  i64 clock = (i64)(int)(~(u32)tid << 3 | 6 /* CPUCLOCK_SCHED | CPUCLOCK_PERTHREAD: pthread_getcpuclockid(3) */);
  return call(SYS_clock_gettime, clock, (i64)t, 0, 0, 0) ? -1 : t[0] * 1000000000 + t[1];
}

// Opens "<folder><number><name>"; a descriptor, or a negative errno.
static i64 open_numbered(const char *folder, int number, const char *name, int flags) {
  char path[64], digits[12];
  int n = 0, d = 0;
  while (folder[n]) { path[n] = folder[n]; n++; }
  for (int v = number; v; v /= 10) digits[d++] = (char)('0' + v % 10);
  while (d) path[n++] = digits[--d];
  for (int i = 0;; i++) { path[n++] = name[i]; if (!name[i]) break; }
  return call(SYS_open, (i64)path, flags | 0x80000 /* O_CLOEXEC */, 0, 0, 0);
}

// Reads "/proc/self/task/<tid><name>"; the length of the text, or a negative errno.
static i64 read_task(int tid, const char *name, char *text, i64 capacity) {
  const char *folder;
  __asm__("lea task_path(%%rip),%0" : "=r"(folder));
  i64 file = open_numbered(folder, tid, name, 0);
  if (file < 0) return file;
  i64 length = call(SYS_read, file, (i64)text, capacity, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
  return length;
}
__asm__(
  "task_path: .asciz \"/proc/self/task/\"\nsyscall_name: .asciz \"/syscall\"\ncomm_name: .asciz \"/comm\"\n"
  "tiering_name: .asciz \".NET Tiered Com\"\n");

// The file is "<call> 0x<argument> ... 0x<stack pointer> 0x<instruction pointer>", or the word "running". The number
// of the call is decimal.
struct position { u64 sp, ip, call; int has_alarm; };

INLINE enum state read_thread(int tid, struct position *position) {
  enum { SP = 7, IP = 8, WORDS = 9, TIMEOUT = 4 };
  char text[160];
  const char *name;
  __asm__("lea syscall_name(%%rip),%0" : "=r"(name));
  i64 length = read_task(tid, name, text, sizeof text);
  if (length <= 0) return length == -3 /* ESRCH */ || length == -2 /* ENOENT */ ? GONE : UNKNOWN;
  if (text[0] == 'r') return STOPPING;

  u64 words[WORDS];
  int n = 0;
  words[0] = 0;
  for (i64 i = 0; i < length; i++) {
    char c = text[i];
    if (c == ' ' && n + 1 < WORDS) words[++n] = 0;
    else if (c >= '0' && c <= '9') words[n] = words[n] * (n ? 16 : 10) + (u64)(c - '0');
    else if (c >= 'a' && c <= 'f') words[n] = words[n] << 4 | (u64)(c - 'a' + 10);
    else if (c == 'x') words[n] = 0;
  }
  position->sp = n ? words[n - 1] : 0;
  position->ip = words[n];
  position->call = n == IP ? words[0] : ~0UL;
  // After a stop, a call with a time limit continues as another call.
  position->has_alarm = (position->call == SYS_futex && words[TIMEOUT] != 0) || position->call == SYS_restart_syscall;
  return BLOCKED;
}

// The runtime's thread for tiered compilation. In a program's first seconds it wakes every 100 ms, so often during a
// clone, which would then have to be made again. Its wait (a futex) continues by itself after a stop.
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

// A call that continues by itself after a stop. Others, such as epoll_wait(2), end with EINTR (signal(7)).
INLINE int goes_on(const struct position *position) {
  u64 c = position->call;
  return c == SYS_futex || c == SYS_restart_syscall || c == SYS_nanosleep || c == SYS_clock_nanosleep || c == SYS_poll;
}

INLINE int is_restless(const struct request *r, int tid) {
  for (int i = 0; i < r->restless_count && i < MAX_RESTLESS; i++)
    if (r->restless[i] == tid) return 1;
  return 0;
}

// Whether to stop a blocked thread, because it is likely to wake while the clone is made.
INLINE int may_wake(const struct request *r, int tid, const struct position *position) {
  if (r->leave_waiting || !goes_on(position)) return 0;
  return is_restless(r, tid) || (position->has_alarm && is_tiering(tid));
}

static void look_at_thread(const struct request *r, struct thread *t) {
  struct position position = {0, 0, 0, 0};
  t->time_run = time_run(t->tid);
  t->state = read_thread(t->tid, &position);
  t->stack_pointer = position.sp;
  t->instruction_pointer = position.ip;
  if (t->state == BLOCKED && may_wake(r, t->tid, &position)) t->state = STOPPING;
}

// Looks at all threads once; returns the number of new threads to stop, or -1 if /proc is unavailable.
INLINE int look(struct request *r, int self) {
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
      if (i == r->count) { t->tid = tid; t->state = UNKNOWN; t->signal = t->is_traced = 0; r->count++; }
      if (t->is_traced || t->state == STOPPING) continue;
      look_at_thread(r, t);
      if (t->state == STOPPING) asked++;
    }
  }
  call(SYS_close, folder, 0, 0, 0, 0);
  return asked;
}
