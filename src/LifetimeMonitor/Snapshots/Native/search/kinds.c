// The kinds of references, as in Heap/Searching/ReferenceKinds: the types of both objects, and the field. All elements
// of an array are one place.

enum { MOST_KINDS = 4095, TYPE_BITS = 20, PLACE_BITS = 24 };
enum { BY_HANDLE = 1, BY_TYPE = 2 }; // Places that are not offsets: an offset is a multiple of eight.

static int is_attached(const struct search *s, u64 key, u64 value) {
  u64 i = hash_find(&s->specials, key) & FIRST_MASK;
  for (; i && i <= s->attached_count && s->attached[i - 1].key == key; i++)
    if (s->attached[i - 1].value == value) return 1;
  return 0;
}

// The place in an object that refers to another one; -1 if there is none.
INLINE i64 place_of(struct search *s, const struct table *t, u64 address, u64 seen, u64 size, u64 held) {
  i64 offset = offset_in(t, seen, size, held);
  if (offset < 0) return is_attached(s, address, held) ? BY_HANDLE : t->allocator == held ? BY_TYPE : -1;
  return !t->element_size ? offset : t->kind == PATTERN ? (offset - (i64)t->pattern_offset) % (i64)t->element_size : 0;
}

// Views an object; 0 if it is invalid.
INLINE u64 see(struct search *s, u64 slot, u64 address, const struct table **table, u64 *size) {
  u64 room = room_of(&s->places.map, slot, address);
  if (room < HEADER) return 0;
  u64 seen = view(&s->windows, slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (!t || t->kind == INVALID || (*size = size_of(t, seen)) > room) return 0;
  *table = t;
  // The object may be larger than a window.
  return *size > OVERLAP ? address : seen;
}

// The number of a kind, with the lowest bit set for a field. All kinds beyond the maximum share one number.
static u32 number_of(struct search *s, u64 kind, int is_field) {
  if (kind == s->last_kind && s->last_number) return s->last_number;
  struct entry *known = hash_probe(&s->kinds, kind);
  if (!known->value) {
    if (s->kinds.count == MOST_KINDS - 1) return MOST_KINDS << 1;
    known = hash_add(&s->kinds, kind);
    known->value = s->kinds.count << 1 | (u64)is_field;
  }
  s->last_kind = kind;
  return s->last_number = (u32)known->value;
}

// The kind of the reference from an object to the previous object; 0 if memory shows none. The object then becomes the
// previous one.
static u32 kind_of(struct search *s, u32 slot, u64 address, struct seen_object *held) {
  const struct table *t = 0;
  u64 size, seen = see(s, slot, address, &t, &size);
  i64 place = seen && held->table ? place_of(s, t, address, seen, size, held->address) : -1;
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
