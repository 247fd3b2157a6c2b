// Objects that were met wait a little, until their memory has arrived, which was asked for then; then they are settled.

enum { NEAR = 128, PAGE = 4096 };

enum stop { BY_TIME = 1, BY_MEMORY = 2 }; // Graph/SearchStop

INLINE void stop_by(struct search *s, enum stop why) {
  s->stopped = why;
  s->halt = 1;
}

static __attribute__((noinline)) void note_special(struct search *s, u32 entry, u64 special) {
  int is_target = (int)(special >> TARGET_SHIFT & 1);
  if (is_target) s->found[s->found_count++] = entry;
  if (!s->drain && s->found_count == s->target_count) s->halt = 1;
  s->special_entries[s->special_count].entry = entry;
  s->special_entries[s->special_count++].is_target = (u32)is_target;
}

// Whether an object may hold a reference. Most of those that hold none are told by a look at what has just been fetched.
INLINE int may_refer(const struct table *t, u64 address, u64 size) {
  if (t->kind != RUNS || size > NEAR) return 1;
  for (u32 i = 0; i < t->count; i++) {
    const u64 *word = (const u64 *)(address + t->parts[i].a), *end = word + (t->parts[i].b + (size - t->base_size)) / 8;
    for (; word < end; word++) if (*word) return 1;
  }
  return 0;
}

// The queue is full. Where the memory budget made it no larger, the search stops: what was found stays.
static __attribute__((noinline)) void no_room(struct search *s) {
  if (s->is_bounded) stop_by(s, BY_MEMORY);
  else s->failed = NO_MEMORY, s->halt = 1;
}

// What was made one after the other mostly lies so, and the first look into a page waits for its place in memory to be found, which
// no processor does ahead of time by itself.
INLINE void foresee_page(const struct waiting *last) { __builtin_prefetch((const void *)(last->address + PAGE)); }

// Objects that refer to nothing, of which there is nothing more to know, are done with; the others, of whose types the search has
// made sure here that they fit into memory, are queued.
static __attribute__((noinline)) void settle_these(struct search *s, const struct waiting *w, const struct waiting *end) {
  const struct map map = s->places.map;
  const struct table *last = s->types.last, *other = s->types.last_but_one;
  u64 bytes = 0, visited = (u64)(end - w);
  for (; w < end; w++) {
    u64 address = w->address & ~(u64)IS_SPECIAL, room = room_of(&map, w->slot, address);
    if (__builtin_expect(room < HEADER, 0)) {
      if (!room) { visited--; continue; }
      if (!(w->address & IS_SPECIAL)) { s->unreadable++; continue; }
    }
    if (__builtin_expect(w->address & IS_SPECIAL, 0)) {
      if (s->tree.count == s->tree.capacity) { no_room(s); break; }
      note_special(s, (u32)s->tree.count, hash_find(&s->specials, address));
    } else {
      u64 seen = view(&s->windows, w->slot, address), type = *(const u64 *)seen & ~7UL;
      const struct table *t = last;
      if (t->address != type) {
        t = other;
        if (t->address != type) {
          if (!(t = other_table_at(&s->types, type))) { s->halt = 1; break; }
          other = last;
          last = t;
        }
      }
      u64 size = size_of(t, seen);
      if (__builtin_expect(size > room, 0)) { s->unreadable++; continue; }
      if (t->is_leaf || (t->is_plain && !may_refer(t, seen, size))) { bytes += (size + 7) & ~7UL; continue; }
      if (t->kind == INVALID) { s->unreadable++; continue; }
      if (__builtin_expect(s->tree.count == s->tree.capacity, 0)) { no_room(s); break; }
    }
    tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  }
  s->visited += visited;
  s->bytes += bytes;
}

// The half of those that wait that came first, whose memory has come; the other half is full.
static __attribute__((noinline)) void settle_earlier(struct search *s) {
  foresee_page(s->next - 1);
  settle_these(s, s->earlier, s->earlier_end);
  struct waiting *free = s->waiting[s->later == s->waiting[0]];
  s->earlier = s->later;
  s->earlier_end = s->next;
  s->later = s->next = free;
  s->next_end = free + WAITING;
}

// All of them.
static __attribute__((noinline)) void settle(struct search *s) {
  settle_these(s, s->earlier, s->earlier_end);
  s->earlier = s->earlier_end;
  struct waiting *end = s->next;
  s->next = s->later;
  settle_these(s, s->later, end);
}

INLINE int is_anyone_waiting(const struct search *s) { return s->next != s->later || s->earlier != s->earlier_end; }

// An object joins those that wait for their memory.
INLINE void await_memory(struct search *s, u64 address, u32 slot, u32 parent) {
  struct waiting *w = s->next++;
  w->address = address;
  w->slot = slot;
  w->parent = parent;
  if (s->next == s->next_end) settle_earlier(s);
}
