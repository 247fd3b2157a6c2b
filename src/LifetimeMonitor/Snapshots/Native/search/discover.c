#include "discover.h"

INTERNAL NOINLINE void discover_annotated(
  struct search *s, u64 address, u32 slot, u32 parent, struct first_reference by) {
  struct entry *annotation = hash_probe(&s->annotations, address);
  if (!annotation->value) return;
  struct first_reference *first = &s->first_references[annotation - s->annotations.entries];
  if (annotation->value >> DISCOVERED_SHIFT) {
    int is_target = (int)(annotation->value >> TARGET_SHIFT & 1);
    if (is_target && !s->through_targets && (!by.holder || by.holder != first->holder)) s->has_other_holder = 1;
    return;
  }
  // The second thread may read it now. If it misses the bit, it records the object once more than necessary.
  __atomic_store_n(&annotation->value, annotation->value | 1UL << DISCOVERED_SHIFT, __ATOMIC_RELAXED);
  *first = by;
  buffer_object(s, address | IS_ANNOTATED, slot, parent, FIRST);
}

INTERNAL NOINLINE void discover_annotated_by(
  struct search *s, u64 address, u32 slot, u32 parent, const u64 *word) {
  u64 holder = (int)parent < 0 ? 0 : address_of(&s->segments.map, s->tree.queue[parent]);
  u64 offset = word ? (u64)word + s->windows.bias - holder : 0;
  discover_annotated(s, address, slot, parent, (struct first_reference){holder, offset});
}

INTERNAL NOINLINE void record_annotated(struct search *s, u64 address, u32 slot, u32 parent, const u64 *word) {
  struct findings *f = s->findings;
  const struct search *first = s->first;
  const struct entry *annotation = hash_probe(&first->annotations, address);
  u64 i = (u64)(annotation - first->annotations.entries), value = __atomic_load_n(&annotation->value, __ATOMIC_RELAXED),
    holder = address_of(&s->segments.map, first->tree.queue[parent]);
  if (!value) return;
  if (value >> TARGET_SHIFT & 1) {
    if (f->target_holder && f->target_holder != holder) f->has_two_holders = 1;
    f->target_holder = holder;
  }
  if (value >> DISCOVERED_SHIFT || f->rounds[i] == f->round) return;
  f->rounds[i] = f->round;
  struct first_reference by = {holder, (u64)word + s->windows.bias - holder};
  f->annotated[f->annotated_count] = (struct annotated_finding){address, by, slot};
  buffer_object(s, address | IS_ANNOTATED, (u32)f->annotated_count++, parent, SECOND);
}

INTERNAL NOINLINE void discover(struct search *s, u64 address, u32 parent) {
  discover_in(s, &s->segments.map, s->marks, address, parent, 0, FIRST);
}
