#include "traverse.h"
#include "scan.h"

// An annotated object is queued unread.
static NOINLINE void expand_annotated(struct search *s, u32 index) {
  u32 slot = s->tree.queue[index];
  u64 address = address_of(&s->segments.map, slot), room = room_of(&s->segments.map, slot, address);
  if (room < HEADER_SIZE) { s->unreadable++; return; }
  u64 visible = view_at(&s->windows, slot, address);
  const struct method_table *t = table_at(&s->types, type_of(visible));
  if (!t || t->kind == TABLE_INVALID || size_of(t, visible) > room) { s->unreadable++; return; }
  scan_object(s, &s->segments.map, t, address, visible, index, hash_find(&s->annotations, address), FIRST);
}

// In a list, each object is known only from the one before, so its memory cannot be prefetched. But objects allocated
// one after the other usually lie so, which predicts the addresses.
INLINE void prefetch_next(struct search *s) {
  u64 address = s->next == s->later ? s->earlier_end[-1].address : s->next[-1].address;
  __builtin_prefetch((const void *)(address + PREFETCH_STRIDES * (address - s->last_alone)));
  s->last_alone = address;
}

// Expands the only buffered object at once, without the detour through the queue. 0 if the object needs more than that.
INLINE int expand_alone(struct search *s, const struct slot_map *map) {
  const struct buffered *w = s->later;
  u64 index = s->tree.count;
  if (s->earlier != s->earlier_end
      || s->next != w + 1
      || index % STOP_CHECK_INTERVAL == 0
      || index == s->tree.capacity
      || w->address & IS_ANNOTATED)
    return 0;
  u64 address = w->address, room = room_of(map, w->slot, address);
  if (room < HEADER_SIZE) return 0;
  u64 visible = view_at(&s->windows, w->slot, address);
  const struct method_table *t = table_at(&s->types, type_of(visible));
  if (!t || !t->is_plain || t->kind != TABLE_RUNS) return 0;
  u64 size = size_of(t, visible);
  if (size > room || !may_refer(t, visible, size)) return 0;
  keep_in_view(&s->windows, address, visible, size);
  s->bytes += aligned(size);
  s->visited++;
  s->next--;
  s->head++;
  tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  scan_runs(s, map, t, address, size - t->base_size, (u32)index, 0, FIRST);
  return 1;
}

INLINE int is_over(const struct search *s) {
  return is_broken(s) || (!s->is_exhaustive && s->found_count == s->target_count);
}

// Up to the next annotated object.
INLINE u64 known_until(const struct search *s) {
  return s->next_annotated < s->annotated_count ? s->annotated_entries[s->next_annotated].entry : s->tree.count;
}

// And up to the next check whether there is much to do.
INLINE u64 ordinary_until(const struct search *s) {
  u64 until = (s->head | (SPLIT_CHECK_INTERVAL - 1)) + 1, known = known_until(s);
  return until < known ? until : known;
}

INTERNAL void run_search(struct search *s) {
  const struct slot_map map = s->segments.map;
  s->halt = 0;
  while (!is_over(s)) {
    if (s->head == s->tree.count) {
      if (!has_buffered(s)) break;
      prefetch_next(s);
      if (!expand_alone(s, &map)) drain(s);
      continue;
    }
    if (s->head % STOP_CHECK_INTERVAL == 0 && load_relaxed(&s->channel->stop)) { stop_by(s, STOP_BY_TIME); break; }
    u64 until = ordinary_until(s);
    if (until == s->head) {
      if (!s->annotated_entries[s->next_annotated++].is_target || s->through_targets) expand_annotated(s, (u32)s->head);
      s->head++;
    }
    u64 entries = known_until(s) - s->head;
    if (UNLIKELY(is_worth_splitting(s, entries))) expand_split(s, entries);
    else for (; s->head < until && !s->halt; s->head++) expand(s, &map, (u32)s->head);
  }
  drain(s);
}

INTERNAL void discover_roots(struct search *s, const struct channel *c) {
  s->out_of_turn = 1;
  for (u64 i = 0; i < c->count && i < CHANNEL_WORDS && !s->failed; i++) discover(s, c->words[i], ~(u32)s->root_count++);
  drain(s);
  s->out_of_turn = 0;
}

INTERNAL void search_behind_targets(struct search *s) {
  s->through_targets = s->out_of_turn = 1;
  u64 known = s->found_count;
  for (u64 i = 0; i < known && !s->failed; i++) expand_annotated(s, s->found[i]);
  drain(s);
  s->out_of_turn = 0;
  run_search(s);
}

// The state before the search went through the target.
struct before { u64 entries, outsiders, annotated, found; };

// Objects discovered behind the target may be discovered again. Objects without references lead nowhere and stay
// marked.
static void rewind_to(struct search *s, const struct before *b) {
  for (u64 i = b->entries, annotated = b->annotated; i < s->tree.count; i++) {
    u32 slot = s->tree.queue[i];
    if (annotated == s->annotated_count || s->annotated_entries[annotated].entry != i) {
      s->marks.bits[slot >> 3] &= (u8)~(1U << (slot & 7));
      continue;
    }
    hash_probe(&s->annotations, address_of(&s->segments.map, slot))->value &= ~(1UL << DISCOVERED_SHIFT);
    annotated++;
  }
  tree_rewind(&s->tree, b->entries, b->outsiders);
  s->head = b->entries;
  s->annotated_count = s->next_annotated = b->annotated;
  s->found_count = b->found;
  s->through_targets = 0;
}

INTERNAL void find_retained(struct search *s, u64 target) {
  s->is_exhaustive = 1;
  run_search(s);
  if (s->failed || s->stopped) return;
  struct before before = {s->tree.count, s->tree.outsider_count, s->annotated_count, s->found_count};
  u64 others = s->visited - s->found_count;
  s->bytes = 0;
  s->through_targets = s->out_of_turn = 1;
  if (s->found_count) expand_annotated(s, s->found[0]);
  else discover(s, target, ~0U);
  drain(s);
  s->out_of_turn = 0;
  run_search(s);
  s->channel->objects = s->visited - others;
  if (!is_over(s)) rewind_to(s, &before);
}

INTERNAL u64 has_other_holder(struct search *s, u64 target, u64 holder) {
  s->is_exhaustive = 1;
  run_search(s);
  return s->has_other_holder || first_reference_to(s, target)->holder != holder;
}
