// Sends the paths found to the parent: addresses from the target to the root, then the complement of the root's
// number.
//
// A short path is sent as it is. A long one may be as long as the heap is large. The clone reads each object on it
// once more, and sends the kind of its reference to the object before. So the parent can keep both ends and count the
// rest (Graph/PathShortener) without reading the objects that it only counts.

enum { LONG_PATH = 2 * 1024, KIND_BITS = 16, AT_ONCE = 32 };
// Words that are not addresses: a long path begins; the time ended before the rest of it.
enum { IS_LONG = 1, IS_CUT_SHORT = 2 };

static int is_long(struct search *s, u32 entry) {
  struct climb way;
  climb_begin(&s->tree, &way, entry);
  for (u64 length = 0; (int)entry >= 0; length++, entry = climb(&s->tree, &way))
    if (length == LONG_PATH) return 1;
  return 0;
}

static int begin_path(struct search *s, struct channel *c, u64 *n) {
  s->way_entry = s->found[c->next_found];
  s->is_long = is_long(s, s->way_entry);
  climb_begin(&s->tree, &s->way, s->way_entry);
  if (!s->is_long) return 1;
  c->words[(*n)++] = IS_LONG;
  s->held = (struct seen_object){0, 0};
  s->last_number = 0;
  return hash_begin(&s->kinds, MOST_KINDS);
}

// Sends some more objects. Their memory is prefetched before it is read.
INLINE u64 tell_some(struct search *s, u64 *words) {
  const struct map map = s->places.map;
  u32 entries[AT_ONCE];
  u64 count = 0;
  for (; count < AT_ONCE && (int)s->way_entry >= 0; count++) {
    entries[count] = s->tree.queue[s->way_entry];
    __builtin_prefetch((const void *)address_of(&map, entries[count]));
    s->way_entry = climb(&s->tree, &s->way);
  }
  for (u64 i = 0; i < count; i++) {
    u64 address = address_of(&map, entries[i]);
    words[i] = s->is_long ? address << KIND_BITS | kind_of(s, entries[i], address, &s->held) : address;
  }
  return count;
}

static void paths(struct search *s, struct channel *c) {
  u64 n = 0;
  for (; c->next_found < s->found_count; c->next_found++, c->next_index = 0) {
    if (n + AT_ONCE + 2 > CHANNEL_WORDS) break;
    if (!c->next_index && !begin_path(s, c, &n)) { s->failed = NO_MEMORY; return; }
    c->next_index = 1;
    int is_cut_short = 0;
    while ((int)s->way_entry >= 0 && !is_cut_short) {
      if (n + AT_ONCE + 2 > CHANNEL_WORDS) { c->count = n; return; }
      is_cut_short = s->is_long && c->stop;
      if (!is_cut_short) n += tell_some(s, c->words + n);
    }
    if (is_cut_short) stop_by(s, BY_TIME);
    c->words[n++] = is_cut_short ? IS_CUT_SHORT : (u64)(i64)(int)s->way_entry;
  }
  c->count = n;
}
