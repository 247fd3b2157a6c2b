#include "prefetch_buffer.h"
#include "findings.h"
#include "../kernel.h"

static NOINLINE void queue_annotated(struct search *s, u32 entry, u64 annotation) {
  int is_target = (int)(annotation >> TARGET_SHIFT & 1);
  if (is_target) s->found[s->found_count++] = entry;
  if (!s->is_exhaustive && s->found_count == s->target_count) s->halt = 1;
  s->annotated_entries[s->annotated_count].entry = entry;
  s->annotated_entries[s->annotated_count++].is_target = (u32)is_target;
}

INTERNAL NOINLINE void no_room(struct search *s) {
  if (s->is_bounded) stop_by(s, STOP_BY_MEMORY);
  else s->failed = ANSWER_NO_MEMORY, s->halt = 1;
}

// Objects allocated one after the other usually lie so. The first access to a page waits for its address translation,
// which no processor fetches ahead of time by itself.
INLINE void prefetch_next_page(const struct buffered *last) {
  __builtin_prefetch((const void *)(last->address + PAGE_SIZE));
}

// Objects without references, and without anything else to find out, are complete here. The others are queued, after a
// check that objects of their types fit into memory.
INLINE void drain_range(struct search *s, const struct buffered *w, const struct buffered *end, enum role role) {
  const struct slot_map map = s->segments.map;
  const struct method_table *last = s->types.last, *other = s->types.second_last;
  u64 bytes = 0, visited = (u64)(end - w);
  for (; w < end; w++) {
    if (role == SECOND && UNLIKELY(w->address & IS_ANNOTATED)) {
      visited--;
      list_add(s, w->slot, w->parent | IS_ANNOTATED_FINDING);
      continue;
    }
    u64 address = w->address & ~(u64)IS_ANNOTATED, room = room_of(&map, w->slot, address);
    if (UNLIKELY(room < HEADER_SIZE)) {
      if (!room) { visited--; continue; }
      if (!(w->address & IS_ANNOTATED)) { s->unreadable++; continue; }
    }
    if (UNLIKELY(w->address & IS_ANNOTATED)) {
      if (s->tree.count == s->tree.capacity) { no_room(s); break; }
      queue_annotated(s, (u32)s->tree.count, hash_find(&s->annotations, address));
    } else {
      u64 visible = view_at(&s->windows, w->slot, address), type = type_of(visible);
      const struct method_table *t = last;
      if (t->address != type) {
        t = other;
        if (t->address != type) {
          if (!(t = find_table(&s->types, type))) { s->halt = 1; break; }
          other = last;
          last = t;
        }
      }
      u64 size = size_of(t, visible);
      if (UNLIKELY(size > room)) { s->unreadable++; continue; }
      if (t->is_leaf || (t->is_plain && !may_refer(t, visible, size))) { bytes += aligned(size); continue; }
      if (t->kind == TABLE_INVALID) { s->unreadable++; continue; }
      if (role == SECOND) {
        visited -= t->allocator != 0;
        list_add(s, w->slot, w->parent | (t->allocator ? IS_DEFERRED_FINDING : 0));
        continue;
      }
      if (UNLIKELY(s->tree.count == s->tree.capacity)) { no_room(s); break; }
    }
    tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  }
  s->visited += visited;
  s->bytes += bytes;
}

INTERNAL NOINLINE void drain_by_first(struct search *s, const struct buffered *w, const struct buffered *end) {
  drain_range(s, w, end, FIRST);
}

INTERNAL NOINLINE void drain_by_second(struct search *s, const struct buffered *w, const struct buffered *end) {
  drain_range(s, w, end, SECOND);
}

// Drains the earlier half of the buffer, whose memory has arrived; the other half is full.
INLINE void drain_earlier(struct search *s, enum role role) {
  prefetch_next_page(s->next - 1);
  if (role == FIRST) drain_by_first(s, s->earlier, s->earlier_end);
  else drain_by_second(s, s->earlier, s->earlier_end);
  struct buffered *free = s->buffer[s->later == s->buffer[0]];
  s->earlier = s->later;
  s->earlier_end = s->next;
  s->later = s->next = free;
  s->next_end = free + HALF_BUFFER;
}

INTERNAL NOINLINE void drain_earlier_by_first(struct search *s) { drain_earlier(s, FIRST); }
INTERNAL NOINLINE void drain_earlier_by_second(struct search *s) { drain_earlier(s, SECOND); }

INTERNAL NOINLINE void drain(struct search *s) { drain_all(s, FIRST); }
