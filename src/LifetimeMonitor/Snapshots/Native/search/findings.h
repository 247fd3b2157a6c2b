// The share of the second thread, and its findings: in the order in which the first thread would have made them, so
// that the answer is the same (split.c).

#ifndef LM_SEARCH_FINDINGS_H
#define LM_SEARCH_FINDINGS_H

#include "search_state.h"

enum share_state { SHARE_NONE = 0, SHARE_OFFERED = 1, SHARE_TAKEN = 2, SHARE_FINISHED = 3, SHARE_OVER = 4 };
enum share_kind { SHARE_ENTRIES = 0, SHARE_WORDS = 1, SHARE_ELEMENTS = 2 };

struct share {
  enum share_kind kind;
  u64 from, until, reached; // entries of the queue; or words or elements, from 0
  // For words and elements: their place and holder.
  const struct method_table *table;
  u64 at, holder, excluded;
  u32 index;
};

// An object that has references, and the entry by which it was discovered. Or an object for the first thread: an
// annotated one (IS_ANNOTATED_FINDING), or one of a type that only the first thread can ask about
// (IS_DEFERRED_FINDING). The flag is in the parent. The slot of an annotated one is the number of its
// annotated_finding.
#define IS_ANNOTATED_FINDING (1U << 30)
#define IS_DEFERRED_FINDING (1U << 31)
struct finding { u32 slot, parent; };
struct annotated_finding { u64 address; struct first_reference by; u32 slot; };

// The state of the second thread only.
struct findings {
  struct block memory, stack, list_memory, annotated_memory, round_memory, touched_memory;
  struct finding *list;
  u64 count, capacity;
  struct annotated_finding *annotated;
  u64 annotated_count;
  u64 target_holder; // of the only target: its last holder
  int has_two_holders;
  u32 *rounds, round;  // beside the entries of annotated objects: the last round that found them
  int thread;          // the kernel sets it to zero when the thread has ended
  u32 processor_of_first;
  int state, stop; // enum share_state; whether the second thread is to leave the rest of its share
  struct share share;
};

// As in the queue of the first thread, there is room for more findings than a heap has objects. Garbage could have
// more.
INLINE void list_add(struct search *s, u32 slot, u32 parent) {
  struct findings *f = s->findings;
  if (UNLIKELY(f->count == f->capacity)) s->types.failed = ANSWER_NO_MEMORY, s->halt = 1;
  else f->list[f->count++] = (struct finding){slot, parent};
}

#endif
