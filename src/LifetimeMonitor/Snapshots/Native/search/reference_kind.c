#include "reference_kind.h"
#include "reference_offset.h"

enum { TYPE_BITS = 20, PLACE_BITS = 24 };
enum { PLACE_HANDLE = 1, PLACE_TYPE = 2 }; // Places that are not offsets: an offset is a multiple of eight.

static int is_attached(const struct search *s, u64 key, u64 value) {
  u64 i = hash_find(&s->annotations, key) & INDEX_MASK;
  for (; i && i <= s->attached_count && s->attached[i - 1].key == key; i++)
    if (s->attached[i - 1].value == value) return 1;
  return 0;
}

// The place in an object that refers to another one; -1 if there is none.
INLINE i64 place_of(struct search *s, const struct method_table *t, u64 address, u64 visible, u64 size, u64 held) {
  i64 offset = offset_in(t, visible, size, held);
  if (offset < 0) return is_attached(s, address, held) ? PLACE_HANDLE : t->allocator == held ? PLACE_TYPE : -1;
  return !t->element_size ? offset
    : t->kind == TABLE_PATTERN ? (offset - (i64)t->pattern_offset) % (i64)t->element_size
    : 0;
}

// Views an object; 0 if it is invalid.
INLINE u64 view_object(struct search *s, u64 slot, u64 address, const struct method_table **table, u64 *size) {
  u64 room = room_of(&s->segments.map, slot, address);
  if (room < HEADER_SIZE) return 0;
  u64 visible = view_at(&s->windows, slot, address);
  const struct method_table *t = table_at(&s->types, type_of(visible));
  if (!t || t->kind == TABLE_INVALID || (*size = size_of(t, visible)) > room) return 0;
  *table = t;
  // The object may be larger than a window.
  return *size > WINDOW_OVERLAP ? address : visible;
}

// The number of a kind, with the lowest bit set for a field. All kinds beyond the maximum share one number.
static u32 number_of(struct search *s, u64 kind, int is_field) {
  if (kind == s->last_kind && s->last_number) return s->last_number;
  struct entry *known = hash_probe(&s->kinds, kind);
  if (!known->value) {
    if (s->kinds.count == MAX_KINDS - 1) return MAX_KINDS << 1;
    known = hash_add(&s->kinds, kind);
    known->value = s->kinds.count << 1 | (u64)is_field;
  }
  s->last_kind = kind;
  return s->last_number = (u32)known->value;
}

INTERNAL u32 kind_of(struct search *s, u32 slot, u64 address, struct held_object *held) {
  const struct method_table *t = 0;
  u64 size, visible = view_object(s, slot, address, &t, &size);
  i64 place = visible && held->table ? place_of(s, t, address, visible, size, held->address) : -1;
  u32 number = 0;
  if (place >= 0) {
    u64 most = (1UL << PLACE_BITS) - 1, kind = (u64)place < most ? (u64)place : most;
    kind |= (u64)(t - s->types.tables) << (TYPE_BITS + PLACE_BITS) | (u64)(held->table - s->types.tables) << PLACE_BITS;
    number = number_of(s, kind, !t->element_size && !(place & 7));
  }
  held->address = address;
  held->table = t;
  return number;
}
