// A second thread, which does the second half of large work: of the queue, or of the references of a large array. It
// has marks of its own, beside those of the first thread, and keeps its findings to itself until the first takes them
// over (split.c).

#ifndef LM_SEARCH_SECOND_THREAD_H
#define LM_SEARCH_SECOND_THREAD_H

#include "findings.h"

enum { SPINS = 2000, MAX_FAILED_HANDOFFS = 8, LONG_ARRAY = 1 << 16 };

INLINE void wait_for_change(volatile int *state, int from) {
  for (int i = 0; __atomic_load_n(state, __ATOMIC_ACQUIRE) == from && i < SPINS; i++) pause_processor();
  while (__atomic_load_n(state, __ATOMIC_ACQUIRE) == from) futex_wait(state, from, 0);
}

INLINE void change_state(volatile int *state, int to) {
  __atomic_store_n(state, to, __ATOMIC_SEQ_CST);
  futex_wake(state);
}

INLINE int try_change_state(volatile int *state, int from, int to) {
  return __atomic_compare_exchange_n(state, &from, to, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

// 0 if there is no second thread.
INTERNAL int start_second(struct search *s);
INTERNAL void end_second(struct search *s);

#endif
