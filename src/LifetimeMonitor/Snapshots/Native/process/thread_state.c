#include "thread_state.h"
#include "../kernel.h"

static const char s_tasks[] = "/proc/self/task/";

INTERNAL i64 time_run(int tid) {
  i64 t[2];
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
  i64 file = open_numbered(s_tasks, tid, name, O_RDONLY);
  if (file < 0) return file;
  i64 length = call(SYS_read, file, (i64)text, capacity, 0, 0);
  call(SYS_close, file, 0, 0, 0, 0);
  return length;
}

INTERNAL enum thread_state read_thread_state(int tid, struct position *position) {
  char text[160];
  i64 length = read_task(tid, "/syscall", text, sizeof text);
  if (length <= 0) return length == -ESRCH || length == -ENOENT ? THREAD_GONE : THREAD_UNKNOWN;
  return parse_position(text, length, position) ? THREAD_BLOCKED : THREAD_STOPPING;
}

// The runtime's thread for tiered compilation. In a program's first seconds it wakes every 100 ms, so often during a
// clone, which would then have to be made again. Its wait (a futex) continues by itself after a stop.
INLINE int is_tiering(int tid) {
  static const char name[] = ".NET Tiered Com"; // The kernel keeps 15 characters of a name.
  char text[32];
  i64 length = read_task(tid, "/comm", text, sizeof text), same = 0;
  while (same < length && name[same] && text[same] == name[same]) same++;
  return length > 0 && !name[same];
}

// Whether a wait has a time limit. After a stop, such a call continues as another call.
INLINE int has_alarm(const struct position *p) {
  return (p->call == SYS_futex && p->timeout) || p->call == SYS_restart_syscall;
}

// A call that continues by itself after a stop. Others, such as epoll_wait(2), end with EINTR (signal(7)).
INLINE int continues_after_stop(const struct position *p) {
  u64 c = p->call;
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
  return is_restless(r, tid) || (has_alarm(position) && is_tiering(tid));
}

INTERNAL void look_at_thread(const struct request *r, struct thread *t) {
  struct position position = {0, 0, 0, 0};
  t->time_run = time_run(t->tid);
  int state = read_thread_state(t->tid, &position);
  t->stack_pointer = position.sp;
  t->instruction_pointer = position.ip;
  if (state == THREAD_BLOCKED && may_wake(r, t->tid, &position)) state = THREAD_STOPPING;
  store_relaxed(&t->state, state);
}

// The slot of a thread, which is new if the thread is; 0 if all slots are taken.
INLINE struct thread *thread_slot(struct request *r, int tid) {
  int i = 0;
  while (i < r->count && r->threads[i].tid != tid) i++;
  if (i == r->capacity) return 0;
  struct thread *t = &r->threads[i];
  if (i < r->count) return t;
  t->tid = tid;
  t->signal = t->is_traced = 0;
  store_relaxed(&t->state, THREAD_UNKNOWN);
  r->count++;
  return t;
}

// The number at the begin of a name; 0 for "." and "..".
INLINE int number_at(const char *name) {
  int number = 0;
  for (; *name >= '0' && *name <= '9'; name++) number = number * 10 + (*name - '0');
  return number;
}

INTERNAL int look_at_threads(struct request *r, int self) {
  i64 folder = open_path(s_tasks, O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return -1;
  int asked = 0;
  char entries[4096] __attribute__((aligned(8)));
  for (i64 length; (length = call(SYS_getdents64, folder, (i64)entries, sizeof entries, 0, 0)) > 0;) {
    const struct directory_entry *entry;
    for (i64 at = 0; at < length; at += entry->length) {
      entry = (const struct directory_entry *)(entries + at);
      int tid = number_at(entry->name);
      struct thread *t = tid == 0 || tid == self ? 0 : thread_slot(r, tid);
      if (!t || t->is_traced || load_relaxed(&t->state) == THREAD_STOPPING) continue;
      look_at_thread(r, t);
      if (load_relaxed(&t->state) == THREAD_STOPPING) asked++;
    }
  }
  call(SYS_close, folder, 0, 0, 0, 0);
  return asked;
}
