// Breadth-first search with parents. Its meaning is that of the managed one (Graph/ShortestPathSearch).
//
// An object is met when a reference to it is seen the first time, and settled a few objects later, when its memory, which
// was asked for meanwhile, has arrived. Most objects hold no reference: they are counted then and need no place in the queue.

enum { HEADER = 16, NEAR = 128, LOOK_AT_STOP = 1024, AHEAD = 16, WORDS_AHEAD = 64, STRIDES_AHEAD = 16, STEPS_BETWEEN_LOOKS = 1 << 16, PAGE = 4096 };

enum stop { BY_TIME = 1, BY_MEMORY = 2 }; // Graph/SearchStop

static __attribute__((noinline)) void note_special(struct search *s, u32 entry, u64 special) {
  int is_target = (int)(special >> TARGET_SHIFT & 1);
  if (is_target) s->found[s->found_count++] = entry;
  s->special_entries[s->special_count].entry = entry;
  s->special_entries[s->special_count++].is_target = (u32)is_target;
}

// Whether an object may hold a reference. Most of those that hold none are told by a look at what has just been fetched.
INLINE int may_refer(const struct table *t, u64 address, u64 size) {
  if (t->kind != RUNS || size > NEAR) return t->kind != PLAIN;
  for (u32 i = 0; i < t->count; i++) {
    const u64 *word = (const u64 *)(address + t->parts[i].a), *end = word + (t->parts[i].b + (size - t->base_size)) / 8;
    for (; word < end; word++) if (*word) return 1;
  }
  return 0;
}

// The queue is full. Where the memory budget made it no larger, the search stops: what was found stays.
static __attribute__((noinline)) void no_room(struct search *s) {
  if (s->is_bounded) s->stopped = BY_MEMORY;
  else s->failed = NO_MEMORY;
}

// What was made one after the other mostly lies so, and the first look into a page waits for its place in memory to be found, which
// no processor does ahead of time by itself.
INLINE void foresee_page(const struct search *s) { __builtin_prefetch((const void *)(s->waiting[(s->met - 1) % WAITING].address + PAGE)); }

// Those that wait, down to so many. Objects that refer to nothing, of which there is nothing more to know, are done with.
static __attribute__((noinline)) void settle(struct search *s, u64 left) {
  u64 bytes = 0, i = s->settled, end = s->met - left;
  foresee_page(s);
  for (; i < end; i++) {
    const struct waiting *w = &s->waiting[i % WAITING];
    u64 address = w->address, room = w->end - address;
    if (!(address & IS_SPECIAL) && room >= HEADER) {
      const struct table *t = table_at(&s->types, *(const u64 *)address & ~7UL);
      if (t && t->is_plain) {
        u64 size = size_of(t, address);
        if (size <= room && !may_refer(t, address, size)) { bytes += (size + 7) & ~7UL; continue; }
      }
    }
    if (__builtin_expect(s->tree.count == s->tree.capacity, 0)) { no_room(s); i = end; break; }
    if (address & IS_SPECIAL) note_special(s, (u32)s->tree.count, hash_find(&s->specials, address - IS_SPECIAL));
    tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  }
  s->settled = i;
  s->bytes += bytes;
}

// An object joins those that wait for their memory.
INLINE void await_memory(struct search *s, u64 address, u64 end, u32 slot, u32 parent) {
  struct waiting *w = &s->waiting[s->met++ % WAITING];
  w->address = address;
  w->end = end;
  w->slot = slot;
  w->parent = parent;
  if (s->met - s->settled == WAITING) settle(s, WAITING / 2);
}

// One that is set apart counts as seen from the beginning: whether it was met, it knows itself.
static __attribute__((noinline)) void meet_special(struct search *s, u64 address, u64 end, u32 slot, u32 parent) {
  struct entry *special = hash_probe(&s->specials, address);
  if (!special->value || special->value >> MET_SHIFT) return;
  special->value |= 1UL << MET_SHIFT;
  await_memory(s, address | IS_SPECIAL, end, slot, parent);
}

INLINE void meet_in(struct search *s, const struct map *map, u64 *seen, u64 address, u32 parent) {
  u64 slot, end;
  if (address & 7 || !(end = find_place(map, address, &slot))) return;
  u64 *word = &seen[slot >> 6], bit = 1UL << (slot & 63);
  if (*word & bit) {
    if (__builtin_expect(may_be_special(s, address), 0)) meet_special(s, address, end, (u32)slot, parent);
    return;
  }
  *word |= bit;
  __builtin_prefetch((const void *)address);
  await_memory(s, address, end, (u32)slot, parent);
}

static __attribute__((noinline)) void meet(struct search *s, u64 address, u32 parent) { meet_in(s, &s->places.map, s->seen, address, parent); }

static int is_cut(const struct search *s, u64 first, u64 holder, u64 held) {
  for (u64 i = first - 1; first && i < s->cut_count && s->cuts[i].key == holder; i++)
    if (s->cuts[i].value == held) return 1;
  return 0;
}

// The references of an object, one after the other. What does not change is handed in, so that it can stay in registers.
INLINE void meet_words(struct search *s, const struct map *map, u64 *seen, u64 from, u64 words, u32 parent, u64 cut, u64 holder) {
  for (const u64 *p = (const u64 *)from, *end = p + words; p < end; p++)
    if (*p && (!cut || !is_cut(s, cut, holder, *p))) meet_in(s, map, seen, *p, parent);
}

// Runs of references. Only an array has elements, and they are its one run.
INLINE void meet_runs(struct search *s, const struct map *map, const struct table *t, u64 address, u64 size, u32 index, u64 cut) {
  for (u32 i = 0; i < t->count; i++) {
    u64 from = address + t->parts[i].a, words = (t->parts[i].b + (size - t->base_size)) / 8;
    u64 left = STEPS_BETWEEN_LOOKS;
    for (; __builtin_expect(words > WORDS_AHEAD, 0); from += WORDS_AHEAD * 8, words -= WORDS_AHEAD) {
      for (u64 line = 0; line < WORDS_AHEAD; line += 8) __builtin_prefetch((const u64 *)from + WORDS_AHEAD + line);
      meet_words(s, map, s->seen, from, WORDS_AHEAD, index, cut, address);
      if (--left == 0 && s->channel->stop) { s->stopped = BY_TIME; return; }
    }
    meet_words(s, map, s->seen, from, words, index, cut, address);
  }
}

// The elements of an array of structs, without what is cut, which is mostly nothing.
INLINE void meet_elements_in(struct search *s, const struct table *t, u64 address, u32 index, u64 cut) {
  const struct map map = s->places.map;
  const struct part *parts = t->parts, *last = parts + t->count;
  u64 *seen = s->seen, step = t->element_size, at = address + t->pattern_offset, left = STEPS_BETWEEN_LOOKS;
  for (u64 n = length_of(address); n > 0; n--, at += step) {
    if (--left == 0) {
      if (s->channel->stop) { s->stopped = BY_TIME; return; }
      left = STEPS_BETWEEN_LOOKS;
    }
    __builtin_prefetch((const u64 *)at + WORDS_AHEAD);
    u64 from = at;
    for (const struct part *group = parts; group < last; from += (u64)group->a * 8 + group->b, group++)
      meet_words(s, &map, seen, from, group->a, index, cut, address);
  }
}

static __attribute__((noinline)) void meet_elements(struct search *s, const struct table *t, u64 address, u32 index, u64 cut) {
  if (cut) meet_elements_in(s, t, address, index, cut);
  else meet_elements_in(s, t, address, index, 0);
}

INLINE void expand_in(struct search *s, const struct map *map, u32 index, u64 special) {
  u32 slot = s->tree.queue[index];
  u64 address = address_of(&s->places, slot), room = end_of(&s->places, slot, address) - address;
  if (room < HEADER) { s->unreadable++; return; }
  const struct table *t = table_at(&s->types, *(const u64 *)address & ~7UL);
  if (!t) return;
  u64 size = size_of(t, address), cut = special >> CUTS_SHIFT & FIRST_MASK;
  if (t->kind == INVALID || size > room) { s->unreadable++; return; }
  s->bytes += (size + 7) & ~7UL;
  if (special)
    for (u64 i = special & FIRST_MASK; i && i <= s->attached_count && s->attached[i - 1].key == address; i++)
      if (!is_cut(s, cut, address, s->attached[i - 1].value)) meet(s, s->attached[i - 1].value, index);
  if (t->allocator && !is_cut(s, cut, address, t->allocator)) meet(s, t->allocator, index);
  if (t->kind == RUNS) meet_runs(s, map, t, address, size, index, cut);
  else if (t->kind == PATTERN && t->pattern_length) meet_elements(s, t, address, index, cut);
}

static __attribute__((noinline)) void expand_special(struct search *s, u32 index) {
  expand_in(s, &s->places.map, index, hash_find(&s->specials, address_of(&s->places, s->tree.queue[index])));
}

// Where each object is known only by the one before, as in a list, there is nothing to ask memory for ahead of time; but what was
// made one after the other mostly lies so.
INLINE void foresee(struct search *s) {
  u64 address = s->waiting[(s->met - 1) % WAITING].address;
  __builtin_prefetch((const void *)(address + STRIDES_AHEAD * (address - s->last_alone)));
  s->last_alone = address;
}

// The one object that is next, at once: what the queue would only hand back is at hand. 0 where there is more to know of it.
INLINE int expand_alone(struct search *s, const struct map *map) {
  const struct waiting *w = &s->waiting[s->settled % WAITING];
  u64 address = w->address, room = w->end - address, index = s->tree.count;
  if (s->met - s->settled != 1 || index % LOOK_AT_STOP == 0 || index == s->tree.capacity || room < HEADER || address & IS_SPECIAL) return 0;
  const struct table *t = table_at(&s->types, *(const u64 *)address & ~7UL);
  if (!t || !t->is_plain || t->kind != RUNS) return 0;
  u64 size = size_of(t, address);
  if (size > room || !may_refer(t, address, size)) return 0;
  s->bytes += (size + 7) & ~7UL;
  s->settled++;
  s->head++;
  tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  meet_runs(s, map, t, address, size, (u32)index, 0);
  return 1;
}

INLINE int is_over(const struct search *s) {
  return s->failed || s->types.failed || s->stopped || (!s->drain && s->found_count == s->target_count);
}

static void run(struct search *s) {
  const struct map map = s->places.map;
  while (!is_over(s)) {
    if (s->head == s->tree.count) {
      if (s->settled == s->met) break;
      foresee(s);
      if (!expand_alone(s, &map)) settle(s, 0);
      continue;
    }
    if (s->head % LOOK_AT_STOP == 0 && s->channel->stop) { s->stopped = BY_TIME; break; }
    if (s->head + AHEAD < s->tree.count) __builtin_prefetch((const void *)address_of(&s->places, s->tree.queue[s->head + AHEAD]));
    if (s->next_special < s->special_count && s->special_entries[s->next_special].entry == s->head) {
      if (!s->special_entries[s->next_special++].is_target || s->through_targets) expand_special(s, (u32)s->head);
    } else expand_in(s, &map, (u32)s->head, 0);
    s->head++;
  }
  settle(s, 0);
}

// Roots carry their number.
static void meet_roots(struct search *s, struct channel *c) {
  s->out_of_turn = 1;
  for (u64 i = 0; i < c->count && i < CHANNEL_WORDS && !s->failed; i++) meet(s, c->words[i], ~(u32)s->root_count++);
  settle(s, 0);
  s->out_of_turn = 0;
}

// The targets themselves, when all else is searched: what only they hold.
static void search_behind_targets(struct search *s) {
  s->through_targets = s->out_of_turn = 1;
  u64 known = s->found_count;
  for (u64 i = 0; i < known && !s->failed; i++) expand_special(s, s->found[i]);
  settle(s, 0);
  s->out_of_turn = 0;
  run(s);
}

// What is reachable from the one target and, without it, from no root.
static void retained(struct search *s, u64 target) {
  s->drain = 1;
  run(s);
  if (s->failed || s->stopped) return;
  u64 others = s->met - s->found_count;
  s->bytes = 0;
  s->through_targets = s->out_of_turn = 1;
  if (s->found_count) expand_special(s, s->found[0]);
  else meet(s, target, ~0U);
  settle(s, 0);
  s->out_of_turn = 0;
  run(s);
  s->channel->objects = s->met - others;
}
