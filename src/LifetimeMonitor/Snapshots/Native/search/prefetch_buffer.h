// A discovered object waits in a buffer until its memory, which is prefetched at the discovery, has arrived. Then it is
// drained: counted, and queued if it has references. The buffer has two halves. When one is full, the other one is
// drained.

#ifndef LM_SEARCH_PREFETCH_BUFFER_H
#define LM_SEARCH_PREFETCH_BUFFER_H

#include "search_state.h"

enum { NEAR_BYTES = 128 }; // of an object: in the memory just fetched

// Whether an object may hold a reference. A look at the memory just fetched identifies most of those without one.
INLINE int may_refer(const struct method_table *t, u64 address, u64 size) {
  if (t->kind != TABLE_RUNS || size > NEAR_BYTES) return 1;
  for (u32 i = 0; i < t->count; i++) {
    const u64 *word = (const u64 *)(address + t->parts[i].a), *end = word + (t->parts[i].b + (size - t->base_size)) / 8;
    for (; word < end; word++) if (*word) return 1;
  }
  return 0;
}

// The queue is full. If the memory budget made it no larger, the search stops and keeps its findings.
INTERNAL void no_room(struct search *s);

// These drain some objects, or the earlier half.
INTERNAL void drain_by_first(struct search *s, const struct buffered *w, const struct buffered *end);
INTERNAL void drain_by_second(struct search *s, const struct buffered *w, const struct buffered *end);
INTERNAL void drain_earlier_by_first(struct search *s);
INTERNAL void drain_earlier_by_second(struct search *s);

INLINE void drain_all(struct search *s, enum role role) {
  struct buffered *earlier = s->earlier, *end = s->next;
  s->earlier = s->earlier_end;
  s->next = s->later;
  if (role == FIRST) drain_by_first(s, earlier, s->earlier_end), drain_by_first(s, s->later, end);
  else drain_by_second(s, earlier, s->earlier_end), drain_by_second(s, s->later, end);
}

// Drains all objects in the buffer.
INTERNAL void drain(struct search *s);

INLINE int has_buffered(const struct search *s) { return s->next != s->later || s->earlier != s->earlier_end; }

// Adds an object to the buffer.
INLINE void buffer_object(struct search *s, u64 address, u32 slot, u32 parent, enum role role) {
  struct buffered *w = s->next++;
  w->address = address;
  w->slot = slot;
  w->parent = parent;
  if (s->next != s->next_end) return;
  if (role == FIRST) drain_earlier_by_first(s);
  else drain_earlier_by_second(s);
}

#endif
