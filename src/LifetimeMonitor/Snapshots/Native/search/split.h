// Large work is done in two halves, one by the second thread (second_thread.c). After its own half, the first thread
// takes over the findings of the second in order, as if it had made them itself, and drops those that it already has:
// same heap, same answer. Work that the second thread did not reach is split again. So if that thread gets no
// processor, the first waits no longer than a few objects take.

#ifndef LM_SEARCH_SPLIT_H
#define LM_SEARCH_SPLIT_H

#include "search_state.h"

// Scans words, or elements of an array of structs, in two halves. When it returns, all is done or the search is over.
INTERNAL void scan_split(
  struct search *s, const struct method_table *t, u64 at, u64 count, u32 index, u64 excluded, u64 holder);

// Whether entries of the queue are large work. Estimated from the number of objects that an entry has led to so far.
INTERNAL int is_worth_splitting(struct search *s, u64 entries);

// Expands entries of the queue in two halves.
INTERNAL void expand_split(struct search *s, u64 entries);

#endif
