#include "paths.h"
#include "reference_kind.h"

static int is_long(struct search *s, u32 entry) {
  struct climb path;
  climb_begin(&s->tree, &path, entry);
  for (u64 length = 0; (int)entry >= 0; length++, entry = climb(&s->tree, &path))
    if (length == LONG_PATH) return 1;
  return 0;
}

static int begin_path(struct search *s, struct channel *c, u64 *n) {
  s->path_entry = s->found[c->next_found];
  s->is_long = is_long(s, s->path_entry);
  climb_begin(&s->tree, &s->path, s->path_entry);
  if (!s->is_long) return 1;
  c->words[(*n)++] = PATH_IS_LONG;
  s->held = (struct held_object){0, 0};
  s->last_number = 0;
  return hash_begin(&s->kinds, MAX_KINDS);
}

// Sends some more objects. Their memory is prefetched before it is read.
INLINE u64 send_some(struct search *s, u64 *words) {
  const struct slot_map map = s->segments.map;
  u32 entries[ENTRIES_AT_ONCE];
  u64 count = 0;
  for (; count < ENTRIES_AT_ONCE && (int)s->path_entry >= 0; count++) {
    entries[count] = s->tree.queue[s->path_entry];
    __builtin_prefetch((const void *)address_of(&map, entries[count]));
    s->path_entry = climb(&s->tree, &s->path);
  }
  for (u64 i = 0; i < count; i++) {
    u64 address = address_of(&map, entries[i]);
    words[i] = s->is_long ? address << KIND_BITS | kind_of(s, entries[i], address, &s->held) : address;
  }
  return count;
}

INTERNAL void send_paths(struct search *s, struct channel *c) {
  u64 n = 0;
  for (; c->next_found < s->found_count; c->next_found++, c->next_index = 0) {
    if (n + ENTRIES_AT_ONCE + 2 > CHANNEL_WORDS) break;
    if (!c->next_index && !begin_path(s, c, &n)) { s->failed = ANSWER_NO_MEMORY; return; }
    c->next_index = 1;
    int is_cut_short = 0;
    while ((int)s->path_entry >= 0 && !is_cut_short) {
      if (n + ENTRIES_AT_ONCE + 2 > CHANNEL_WORDS) { c->count = n; return; }
      is_cut_short = s->is_long && load_relaxed(&c->stop);
      if (!is_cut_short) n += send_some(s, c->words + n);
    }
    if (is_cut_short) stop_by(s, STOP_BY_TIME);
    c->words[n++] = is_cut_short ? PATH_IS_CUT_SHORT : (u64)(i64)(int)s->path_entry;
  }
  c->count = n;
}
