#include "thread_state.h"
#include "../kernel.h"

INLINED i64 time_run(int tid) {
  volatile i64 t[2];
  i64 clock = (i64)(int)(~(u32)tid << 3 | CPUCLOCK_SCHED | CPUCLOCK_PERTHREAD);
  return call(SYS_clock_gettime, clock, (i64)t, 0, 0, 0) ? -1 : t[0] * 1000000000 + t[1];
}

INTERNAL i64 open_numbered(const char *folder, int number, const char *name, int flags) {
  char path[64], digits[12];
  int n = 0, d = 0;
  while (folder[n]) { path[n] = folder[n]; n++; }
  for (int v = number; v; v /= 10) digits[d++] = (char)('0' + v % 10);
  while (d) path[n++] = digits[--d];
  for (int i = 0;; i++) { path[n++] = name[i]; if (!name[i]) break; }
  return open_path(path, flags | O_CLOEXEC);
}

// Reads "/proc/self/task/<tid><name>"; the length of the text, or a negative errno.
static i64 read_task(int tid, const char *name, char *text, i64 capacity) {
  const char *folder;
  ADDRESS_OF("task_path", folder);
  i64 file = open_numbered(folder, tid, name, O_RDONLY);
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
INLINED enum thread_state read_thread_state(int tid, struct position *position) {
  enum { SP = 7, IP = 8, WORDS = 9, TIMEOUT = 4 };
  char text[160];
  const char *name;
  ADDRESS_OF("syscall_name", name);
  i64 length = read_task(tid, name, text, sizeof text);
  if (length <= 0) return length == -ESRCH || length == -ENOENT ? THREAD_GONE : THREAD_UNKNOWN;
  if (text[0] == 'r') return THREAD_STOPPING;

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
  return THREAD_BLOCKED;
}

// The runtime's thread for tiered compilation. In a program's first seconds it wakes every 100 ms, so often during a
// clone, which would then have to be made again. Its wait (a futex) continues by itself after a stop.
INLINE int is_tiering(int tid) {
  const char *name, *tiering;
  ADDRESS_OF("comm_name", name);
  ADDRESS_OF("tiering_name", tiering);
  char text[32];
  i64 length = read_task(tid, name, text, sizeof text);
  i64 same = 0;
  while (same < length && tiering[same] && text[same] == tiering[same]) same++;
  return length > 0 && !tiering[same];
}

// A call that continues by itself after a stop. Others, such as epoll_wait(2), end with EINTR (signal(7)).
INLINE int continues_after_stop(const struct position *position) {
  u64 c = position->call;
  return c == SYS_futex || c == SYS_restart_syscall || c == SYS_nanosleep || c == SYS_clock_nanosleep || is_poll(c);
}

INLINE int is_restless(const struct request *r, int tid) {
  for (int i = 0; i < r->restless_count && i < MAX_RESTLESS; i++)
    if (r->restless[i] == tid) return 1;
  return 0;
}

// Whether to stop a blocked thread, because it is likely to wake while the clone is made.
INLINE int may_wake(const struct request *r, int tid, const struct position *position) {
  if (r->leave_waiting || !continues_after_stop(position)) return 0;
  return is_restless(r, tid) || (position->has_alarm && is_tiering(tid));
}

INTERNAL void look_at_thread(const struct request *r, struct thread *t) {
  struct position position = {0, 0, 0, 0};
  t->time_run = time_run(t->tid);
  t->state = read_thread_state(t->tid, &position);
  t->stack_pointer = position.sp;
  t->instruction_pointer = position.ip;
  if (t->state == THREAD_BLOCKED && may_wake(r, t->tid, &position)) t->state = THREAD_STOPPING;
}

INLINED int look_at_threads(struct request *r, int self) {
  const char *p;
  char path[20];
  ADDRESS_OF("task_path", p);
  for (int i = 0; i < 17; i++) path[i] = p[i];
  i64 folder = open_path(path, O_DIRECTORY | O_CLOEXEC);
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
      if (i == r->count) { t->tid = tid; t->state = THREAD_UNKNOWN; t->signal = t->is_traced = 0; r->count++; }
      if (t->is_traced || t->state == THREAD_STOPPING) continue;
      look_at_thread(r, t);
      if (t->state == THREAD_STOPPING) asked++;
    }
  }
  call(SYS_close, folder, 0, 0, 0, 0);
  return asked;
}
