// The kinds of references, as Heap/Searching/ReferenceKinds has it: the types of both objects, and the field. Which element of an array it is
// makes no difference.

enum { MOST_KINDS = 4095, TYPE_BITS = 20, PLACE_BITS = 24, BY_HANDLE = 1, BY_TYPE = 2 /* no offsets: those are multiples of eight */ };

static int is_attached(const struct search *s, u64 key, u64 value) {
  for (u64 i = hash_find(&s->specials, key) & FIRST_MASK; i && i <= s->attached_count && s->attached[i - 1].key == key; i++)
    if (s->attached[i - 1].value == value) return 1;
  return 0;
}

// By which place in an object another one is held; -1: by none.
INLINE i64 place_of(struct search *s, const struct table *t, u64 address, u64 seen, u64 size, u64 held) {
  i64 offset = offset_in(t, seen, size, held);
  if (offset < 0) return is_attached(s, address, held) ? BY_HANDLE : t->allocator == held ? BY_TYPE : -1;
  return !t->element_size ? offset : t->kind == PATTERN ? (offset - (i64)t->pattern_offset) % (i64)t->element_size : 0;
}

// Looks at an object; 0 when what is there makes no sense.
INLINE u64 see(struct search *s, u64 slot, u64 address, const struct table **table, u64 *size) {
  u64 room = room_of(&s->places.map, slot, address);
  if (room < HEADER) return 0;
  u64 seen = view(&s->windows, slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (!t || t->kind == INVALID || (*size = size_of(t, seen)) > room) return 0;
  *table = t;
  // One that does not fit into a window is looked at where it lies.
  return *size > OVERLAP ? address : seen;
}

// The number of a kind, and one bit that is set where it is a field's; as many as there are numbers for are told apart.
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

// The kind of the reference by which an object holds the one that was seen last, which it then is itself; 0: memory shows none.
static u32 kind_of(struct search *s, u32 slot, u64 address, struct seen_object *held) {
  const struct table *t = 0;
  u64 size, seen = see(s, slot, address, &t, &size);
  i64 place = seen && held->table ? place_of(s, t, address, seen, size, held->address) : -1;
  u32 number = 0;
  if (place >= 0) {
    u64 most = (1UL << PLACE_BITS) - 1, types = (u64)(t - s->types.tables) << TYPE_BITS | (u64)(held->table - s->types.tables);
    number = number_of(s, types << PLACE_BITS | ((u64)place < most ? (u64)place : most), !t->element_size && !(place & 7));
  }
  held->address = address;
  held->table = t;
  return number;
}
