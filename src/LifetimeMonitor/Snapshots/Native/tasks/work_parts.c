#include "work_parts.h"
#include "processors.h"
#include "task.h"
#include "../kernel.h"

struct parts {
  void (*act)(void *subject, u64 part);
  void *subject;
  u64 count;
  u32 processor_of_first;
  int thread; // 0 when the second thread has ended
  u64 taken, done;
};

static void take_parts(struct parts *p) {
  for (u64 part; (part = __atomic_fetch_add(&p->taken, 1, __ATOMIC_RELAXED)) < p->count;) {
    p->act(p->subject, part);
    __atomic_fetch_add(&p->done, 1, __ATOMIC_RELEASE);
  }
}

static void take_parts_elsewhere(void *argument) {
  struct parts *p = argument;
  leave_processor(p->processor_of_first);
  take_parts(p);
}

INTERNAL void do_by_two(void (*act)(void *, u64), void *subject, u64 count) {
  i64 stack = are_two_processors()
    ? map_memory(STACK_LENGTH, 0)
    : -1;
  struct parts alone = {act, subject, count, 0, 0, 0, 0}, *p = &alone;
  if (stack > 0) {
    p = (struct parts *)stack;
    *p = alone;
    p->processor_of_first = current_processor();
    if (start_thread((u64)stack + STACK_LENGTH, take_parts_elsewhere, p, &p->thread) > 0)
      yield_processor();
  }
  take_parts(p);
  while (__atomic_load_n(&p->done, __ATOMIC_ACQUIRE) < count) yield_processor();
}
