// A frozen copy of this process, made in one call. Freestanding: no libc, no globals, no relocations, so that the bytes
// can be mapped anywhere and the child runs nothing but what is written here (build.sh makes clone.linux-x64.bin of it).
//
//   1. Every thread that is running is parked in a signal handler, where its registers can be read; a blocked thread's
//      stack pointer is in /proc. Threads wake up while we read, so look again until nobody new is found running.
//   2. clone(2) without CLONE_VM: the child's memory is a copy-on-write image of ours, taken while everybody stands still.
//      All but shared mappings, which would go on changing under the reader: the runtime keeps its type data in some
//      (W^X maps them twice). The child puts private copies in their place before it reports.
//   3. Read the blocked threads again: who has not moved was blocked throughout. Then release the parked ones.
//
// The caller is in cooperative mode (SuppressGCTransition), so no collection is half-way; nothing managed may happen
// between parking and release, because a parked thread may hold what managed code waits for.

typedef unsigned long u64;
typedef long i64;
typedef unsigned int u32;
#define INLINE static inline __attribute__((always_inline))

enum { SYS_read = 0, SYS_open = 2, SYS_close = 3, SYS_mmap = 9, SYS_rt_sigaction = 13, SYS_rt_sigprocmask = 14, SYS_sched_yield = 24,
       SYS_mremap = 25, SYS_getpid = 39, SYS_clone = 56, SYS_exit = 60, SYS_getppid = 110, SYS_prctl = 157, SYS_setrlimit = 160, SYS_gettid = 186,
       SYS_futex = 202, SYS_getdents64 = 217, SYS_clock_gettime = 228, SYS_tgkill = 234, SYS_rt_tgsigqueueinfo = 297 };
enum { SIGNAL_IN_USE = -16 };

INLINE i64 call(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e) {
  i64 r;
  register i64 r10 __asm__("r10") = d;
  register i64 r8 __asm__("r8") = e;
  register i64 r9 __asm__("r9") = 0;
  __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return r;
}

// The words waited for lie in shared memory, so the child can wake us.
INLINE void wait_while_zero(volatile int *word, const i64 *timeout) { call(SYS_futex, (i64)word, 0 /* WAIT */, 0, (i64)timeout, 0); }
INLINE void wake(volatile int *word) { call(SYS_futex, (i64)word, 1 /* WAKE */, 0x7fffffff, 0, 0); }

// Where the bytes are entered: at 0 to clone, at 16 to search in this very process (tests do).
__asm__(".section .text.entry,\"ax\"\njmp clone_process\n.balign 16\njmp serve\n.text\n");

#include "search.c"

// Mirrored by CloneRequest.cs.
enum state { GONE = 0, BLOCKED = 1, PARKING = 2, PARKED = 3, MOVED = 4, UNKNOWN = 5 };
struct thread { int tid; volatile int state; u64 stack_pointer, instruction_pointer; volatile u64 context; };
struct request {
  volatile int arrived, left, release, sent;
  int signal, timeout_us, capacity, count;
  volatile int frozen; // by the child, in memory that it shares with us: 1, or a negative errno
  int freeze_timeout_us;
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

INLINE i64 now_us(void) {
  volatile i64 t[2];
  call(SYS_clock_gettime, 1, (i64)t, 0, 0, 0);
  return t[0] * 1000000 + t[1] / 1000;
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

// In the child: replaces a range by a private copy of what it holds.
INLINE i64 freeze_range(u64 start, u64 end) {
  u64 length = end - start;
  i64 copy = call(SYS_mmap, 0, (i64)length, 3 /* READ|WRITE */, 0x8022 /* PRIVATE|ANONYMOUS|POPULATE */, -1);
  if (copy < 0 && copy > -4096) return copy;
  void *to = (void *)copy;
  const void *from = (const void *)start;
  u64 left = length;
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(left) : : "memory");
  i64 moved = call(SYS_mremap, copy, (i64)length, (i64)length, 3 /* MAYMOVE|FIXED */, (i64)start);
  return moved < 0 && moved > -4096 ? moved : 0;
}

// In the child: a line of /proc/self/maps is "<start>-<end> rw-s <offset> <device> <inode> <name>". Only the runtime's own
// shared mappings are copied; the program's may be of any size and hold no type data.
INLINE i64 freeze(void) {
  const char *path, *name;
  struct range { u64 start, end; };
  __asm__("lea maps_path(%%rip),%0" : "=r"(path));
  __asm__("lea mapper_name(%%rip),%0" : "=r"(name));
  enum { MAX_RANGES = 16384 };
  i64 memory = call(SYS_mmap, 0, MAX_RANGES * sizeof(struct range), 3, 0x22, -1);
  if (memory < 0 && memory > -4096) return memory;
  struct range *ranges = (struct range *)memory;
  int count = 0;

  i64 file = call(SYS_open, (i64)path, 0x80000 /* O_CLOEXEC */, 0, 0, 0);
  if (file < 0) return file;
  char text[4096];
  u64 words[2] = {0, 0};
  int field = 0, matched = 0, readable = 0, shared = 0, found = 0;
  i64 length;
  while ((length = call(SYS_read, file, (i64)text, sizeof text, 0, 0)) > 0) {
    for (i64 i = 0; i < length; i++) {
      char c = text[i];
      if (c == '\n') {
        if (found && readable && shared) {
          if (count > 0 && ranges[count - 1].end == words[0]) ranges[count - 1].end = words[1];
          else if (count == MAX_RANGES) return -12 /* ENOMEM */;
          else { ranges[count].start = words[0]; ranges[count].end = words[1]; count++; }
        }
        words[0] = words[1] = 0;
        field = matched = readable = shared = found = 0;
      } else if (field < 2) {
        if (c == '-' || c == ' ') field++;
        else words[field] = words[field] << 4 | (u64)(c <= '9' ? c - '0' : c - 'a' + 10);
      } else if (field == 2) {
        if (c == ' ') field++;
        else if (c == 'r') readable = 1;
        else if (c == 's') shared = 1;
      } else if (!found) {
        matched = c == name[matched] ? matched + 1 : c == name[0];
        found = !name[matched];
      }
    }
  }
  call(SYS_close, file, 0, 0, 0, 0);
  if (length < 0) return length;

  for (int i = 0; i < count; i++) {
    i64 failed = freeze_range(ranges[i].start, ranges[i].end);
    if (failed) return failed;
  }
  return 1;
}
__asm__("maps_path: .asciz \"/proc/self/maps\"\nmapper_name: .asciz \"doublemapper\"\n");

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

// Returns the child's process id, or a negative errno. Whether the child is whole is in the request: frozen is 1.
__attribute__((used)) int clone_process(struct request *r) {
  u64 all = ~0UL, old;
  call(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, (i64)&all, (i64)&old, 8, 0);
  int pid = (int)call(SYS_getpid, 0, 0, 0, 0, 0), self = (int)call(SYS_gettid, 0, 0, 0, 0, 0);
  i64 child = install(r->signal);
  if (child == 0) {
    i64 deadline = now_us() + r->timeout_us;
    for (int round = 0; round < 8; round++) {
      int asked = look(r, pid, self);
      wait_until_parked(r, pid, deadline);
      if (asked <= 0 || now_us() > deadline) break;
    }
    child = call(SYS_clone, 0x600 /* CLONE_FS|CLONE_FILES, no exit signal */, 0, 0, 0, 0);
    if (child == 0) {
      call(SYS_prctl, 1 /* PR_SET_PDEATHSIG */, 9, 0, 0, 0);
      if (call(SYS_getppid, 0, 0, 0, 0, 0) != pid) call(SYS_exit, 0, 0, 0, 0, 0);
      // Should it die of what it reads, it leaves no core: 1 is too small for a file and forbids a pipe, too (core(5)).
      volatile u64 no_core[2] = {1, 1};
      call(SYS_setrlimit, 4 /* RLIMIT_CORE */, (i64)no_core, 0, 0, 0);
      r->frozen = (int)freeze();
      wake(&r->frozen);
      serve(r->channel);
    }
    if (child > 0) wait_until_frozen(r);
    for (int i = 0; i < r->count; i++) {
      struct thread *t = &r->threads[i];
      u64 sp = 0, ip = 0;
      if (t->state == PARKING) t->state = MOVED;
      else if (t->state == BLOCKED && (read_thread(t->tid, &sp, &ip) != BLOCKED || sp != t->stack_pointer || ip != t->instruction_pointer))
        t->state = MOVED;
    }
  }
  r->release = 1;
  wake(&r->release);
  call(SYS_rt_sigprocmask, 2, (i64)&old, 0, 8, 0);
  return (int)child;
}
