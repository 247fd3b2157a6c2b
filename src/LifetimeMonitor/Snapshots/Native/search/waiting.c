// A met object waits until its memory, which is prefetched at the meeting, has arrived; then it is settled.

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

// Whether an object may hold a reference. A look at the memory just fetched identifies most of those without one.
INLINE int may_refer(const struct table *t, u64 address, u64 size) {
  if (t->kind != RUNS || size > NEAR) return 1;
  for (u32 i = 0; i < t->count; i++) {
    const u64 *word = (const u64 *)(address + t->parts[i].a), *end = word + (t->parts[i].b + (size - t->base_size)) / 8;
    for (; word < end; word++) if (*word) return 1;
  }
  return 0;
}

// The queue is full. If the memory budget made it no larger, the search stops and keeps its findings.
static __attribute__((noinline)) void no_room(struct search *s) {
  if (s->is_bounded) stop_by(s, BY_MEMORY);
  else s->failed = NO_MEMORY, s->halt = 1;
}

// Objects allocated one after the other usually lie so. The first access to a page waits for its address translation,
// which no processor fetches ahead of time by itself.
INLINE void foresee_page(const struct waiting *last) { __builtin_prefetch((const void *)(last->address + PAGE)); }

// Objects without references, and without anything else to find out, are complete here. The others are queued, after a
// check that objects of their types fit into memory.
INLINE void settle_these(struct search *s, const struct waiting *w, const struct waiting *end, enum who who) {
  const struct map map = s->places.map;
  const struct table *last = s->types.last, *other = s->types.last_but_one;
  u64 bytes = 0, visited = (u64)(end - w);
  for (; w < end; w++) {
    if (who == SECOND && __builtin_expect(w->address & IS_SPECIAL, 0)) {
      visited--;
      list_add(s, w->slot, w->parent | NOTED);
      continue;
    }
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
      if (who == SECOND) {
        visited -= t->allocator != 0;
        list_add(s, w->slot, w->parent | (t->allocator ? DEFERRED : 0));
        continue;
      }
      if (__builtin_expect(s->tree.count == s->tree.capacity, 0)) { no_room(s); break; }
    }
    tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  }
  s->visited += visited;
  s->bytes += bytes;
}

static __attribute__((noinline)) void settle_by_first(
  struct search *s, const struct waiting *w, const struct waiting *end) {
  settle_these(s, w, end, FIRST);
}

static __attribute__((noinline)) void settle_by_second(
  struct search *s, const struct waiting *w, const struct waiting *end) {
  settle_these(s, w, end, SECOND);
}

// Settles the earlier half of the waiting objects, whose memory has arrived; the other half is full.
INLINE void settle_earlier(struct search *s, enum who who) {
  foresee_page(s->next - 1);
  if (who == FIRST) settle_by_first(s, s->earlier, s->earlier_end);
  else settle_by_second(s, s->earlier, s->earlier_end);
  struct waiting *free = s->waiting[s->later == s->waiting[0]];
  s->earlier = s->later;
  s->earlier_end = s->next;
  s->later = s->next = free;
  s->next_end = free + WAITING;
}

static __attribute__((noinline)) void settle_earlier_by_first(struct search *s) { settle_earlier(s, FIRST); }
static __attribute__((noinline)) void settle_earlier_by_second(struct search *s) { settle_earlier(s, SECOND); }

// Settles all waiting objects.
INLINE void settle_all(struct search *s, enum who who) {
  struct waiting *earlier = s->earlier, *end = s->next;
  s->earlier = s->earlier_end;
  s->next = s->later;
  if (who == FIRST) settle_by_first(s, earlier, s->earlier_end), settle_by_first(s, s->later, end);
  else settle_by_second(s, earlier, s->earlier_end), settle_by_second(s, s->later, end);
}

static __attribute__((noinline)) void settle(struct search *s) { settle_all(s, FIRST); }

INLINE int is_anyone_waiting(const struct search *s) { return s->next != s->later || s->earlier != s->earlier_end; }

// Adds an object to those that wait for their memory.
INLINE void await_memory(struct search *s, u64 address, u32 slot, u32 parent, enum who who) {
  struct waiting *w = s->next++;
  w->address = address;
  w->slot = slot;
  w->parent = parent;
  if (s->next != s->next_end) return;
  if (who == FIRST) settle_earlier_by_first(s);
  else settle_earlier_by_second(s);
}
