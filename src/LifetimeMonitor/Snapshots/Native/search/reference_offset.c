#include "reference_offset.h"

// The offset of the first occurrence of a word, from the start of an object; -1 if there is none.
INLINE i64 offset_among(u64 object, u64 from, u64 words, u64 held) {
  for (const u64 *p = (const u64 *)from, *end = p + words; p < end; p++)
    if (*p == held) return (i64)((u64)p - object);
  return -1;
}

// Whether an element has a reference at this offset from its first one.
static int is_reference(const struct method_table *t, u64 offset) {
  u64 from = 0;
  for (const struct part *group = t->parts, *last = group + t->count; group < last; group++) {
    u64 end = from + (u64)group->a * 8;
    if (offset < end) return offset >= from;
    from = end + group->b;
  }
  return 0;
}

INTERNAL i64 offset_in(const struct method_table *t, u64 visible, u64 size, u64 held) {
  i64 offset = -1;
  for (u32 i = 0; t->kind == TABLE_RUNS && i < t->count && offset < 0; i++)
    offset = offset_among(visible, visible + t->parts[i].a, (t->parts[i].b + (size - t->base_size)) / 8, held);
  if (t->kind != TABLE_PATTERN) return offset;
  // Any word of an element may look like the reference, so we check that it is one.
  u64 last = size - 8;
  for (u64 from = t->pattern_offset; from < last; from = (u64)offset + 8) {
    offset = offset_among(visible, visible + from, (last - from) / 8, held);
    if (offset < 0 || is_reference(t, ((u64)offset - t->pattern_offset) % t->element_size)) return offset;
  }
  return -1;
}

INTERNAL i64 offset_of(struct search *s, u64 holder, u64 held) {
  u64 slot, room = find_slot(&s->segments.map, holder, &slot) ? room_of(&s->segments.map, slot, holder) : 0;
  if (room < HEADER_SIZE) return -1;
  const struct method_table *t = table_at(&s->types, type_of(holder));
  if (!t || t->kind == TABLE_INVALID) return -1;
  u64 size = size_of(t, holder);
  if (size > room) return -1;
  // The search has just found this reference; in a large array there is no need to look for it again.
  const struct first_reference *first = first_reference_to(s, held);
  if (first->holder == holder && *(const u64 *)(holder + first->offset) == held) return (i64)first->offset;
  return offset_in(t, holder, size, held);
}
