// A second thread, which does the second half of large work: of the queue, or of the references of a large array. It
// has marks of its own, beside those of the first thread, and keeps its findings to itself until the first takes them
// over (split.c).

#ifndef LM_SEARCH_SECOND_THREAD_H
#define LM_SEARCH_SECOND_THREAD_H

#include "findings.h"

enum { SPINS = 2000, MAX_FAILED_HANDOFFS = 8, LONG_ARRAY = 1 << 16 };

INLINE void wait_for_change(const int *state, int from) {
  for (int i = 0; load_acquire(state) == from && i < SPINS; i++) pause_processor();
  while (load_acquire(state) == from) futex_wait(state, from, 0);
}

INLINE void change_state(int *state, int to) {
  store_release(state, to);
  futex_wake(state);
}

// 0 if there is no second thread.
INTERNAL int start_second(struct search *s);
INTERNAL void end_second(struct search *s);

#endif
