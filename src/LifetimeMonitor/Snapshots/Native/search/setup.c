#include "setup.h"

static u64 *annotate(struct search *s, u64 address) {
  u64 slot;
  if (find_slot(&s->segments.map, address, &slot)) s->marks.bits[slot >> 3] |= (u8)(1 << (slot & 7));
  set_bit(s->annotation_filter, filter_bit(address));
  return &hash_add(&s->annotations, address)->value;
}

INTERNAL int reserve_marks(struct search *s) {
  u64 bytes = s->segments.chunk_count << SLOT_BITS >> 3;
  s->marks.bits = (u8 *)reserve(&s->mark_memory, s->segments.chunk_count >= LARGE_HEAP ? in_large_pages(bytes) : bytes);
  if (s->marks.bits && s->segments.chunk_count >= LARGE_HEAP) use_large_pages(&s->mark_memory);
  return s->marks.bits != 0;
}

INTERNAL void prepare_search(struct search *s) {
  if (s->prepared) return;
  s->prepared = 1;
  s->failed = segment_map_begin(&s->segments);
  if (s->failed) return;
  u64 slots = s->segments.chunk_count << SLOT_BITS;
  // An object has at least three words. More entries than that would be garbage, for which there is some room.
  u64 capacity = slots / 3 + (1 << 20), allowed = s->channel->max_entries;
  if (capacity > 0x7fffffff) capacity = 0x7fffffff;
  s->is_bounded = allowed < capacity;
  if (s->is_bounded) capacity = allowed;
  if (!reserve_marks(s) || !types_begin(&s->types) || !tree_reserve(&s->tree, capacity)) {
    s->failed = ANSWER_NO_MEMORY;
    return;
  }
  if (!s->is_bounded) windows_begin(&s->windows, &s->segments, s->channel->memory, (enum heap_view)s->channel->view);
  // The additional memory of the second thread is not in the memory budget.
  s->least_shared = s->channel->least_shared ? s->channel->least_shared : LEAST_SHARED;
  s->is_single_threaded = allowed / 2 < capacity || capacity >= MAX_PARENTS || s->channel->least_shared == ~0UL;
  if (s->segments.chunk_count < LARGE_HEAP) populate(&s->mark_memory);
  if (s->segments.chunk_count >= MEDIUM_HEAP) use_large_pages_behind(&s->tree.queue_memory);
}

INTERNAL void begin_search(struct search *s, u64 targets, u64 excluded_edges) {
  prepare_search(s);
  if (s->failed) return;
  if (s->used) { clear_words(s->marks.bits, s->segments.chunk_count << SLOT_BITS >> 6); tree_clear(&s->tree); }
  s->used = 1;
  s->tree.last_parent = ~0U;
  s->head = s->found_count = s->annotated_count = s->next_annotated = s->root_count = s->unreadable = s->bytes
    = s->stopped = s->visited = 0;
  s->through_targets = s->out_of_turn = s->is_exhaustive = s->indexed = s->failed_handoffs = s->has_other_holder = 0;
  reset_buffer(s);
  s->target_count = s->excluded_count = 0;
  s->target_capacity = targets;
  s->excluded_capacity = excluded_edges;
  s->targets = (u64 *)reserve(&s->target_memory, targets * 8);
  s->found = (u32 *)reserve(&s->found_memory, targets * 4);
  s->excluded_edges = (struct pair *)reserve(&s->excluded_memory, excluded_edges * sizeof(struct pair));
  if (!s->targets || !s->found || !s->excluded_edges) s->failed = ANSWER_NO_MEMORY;
}

INTERNAL void index_inputs(struct search *s) {
  if (s->indexed || s->failed) return;
  s->indexed = 1;
  u64 count = s->attached_count + s->target_count + s->excluded_count;
  s->annotated_entries =
    (struct annotated_entry *)reserve(&s->annotated_memory, count * sizeof(struct annotated_entry));
  if (!s->annotated_entries || !hash_begin(&s->annotations, count)) { s->failed = ANSWER_NO_MEMORY; return; }
  u64 entries = 1UL << (64 - s->annotations.shift);
  s->first_references =
    (struct first_reference *)reserve(&s->first_reference_memory, entries * sizeof(struct first_reference));
  if (!s->first_references) { s->failed = ANSWER_NO_MEMORY; return; }
  clear_words(s->first_references, entries * 2);
  clear_words(s->annotation_filter, FILTER_WORDS);
  for (u64 i = 0; i < s->attached_count; i++) {
    u64 *annotation = annotate(s, s->attached[i].key);
    if (!(*annotation & INDEX_MASK)) *annotation |= i + 1;
  }
  for (u64 i = 0; i < s->excluded_count; i++) {
    u64 *annotation = annotate(s, s->excluded_edges[i].key);
    if (!(*annotation >> EXCLUDED_SHIFT & INDEX_MASK)) *annotation |= (i + 1) << EXCLUDED_SHIFT;
  }
  for (u64 i = 0; i < s->target_count; i++) *annotate(s, s->targets[i]) |= 1UL << TARGET_SHIFT;
}
