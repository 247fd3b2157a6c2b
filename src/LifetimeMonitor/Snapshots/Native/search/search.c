// Breadth-first search with parents. It means the same as the managed search (Graph/ShortestPathSearch).
//
// An object is met when a reference to it is seen the first time, and settled a few objects later (waiting.c). Most
// objects hold no reference: they are counted then and need no place in the queue.

enum {
  LOOK_AT_STOP = 1024,
  LOOK_AT_MUCH = 64,
  AHEAD = 16,
  WORDS_AHEAD = 64,
  STRIDES_AHEAD = 16,
  STEPS_BETWEEN_LOOKS = 1 << 16,
  STEPS_OF_SECOND = 64
};

static int is_cut(const struct search *s, u64 first, u64 holder, u64 held) {
  for (u64 i = first - 1; first && i < s->cut_count && s->cuts[i].key == holder; i++)
    if (s->cuts[i].value == held) return 1;
  return 0;
}

// The references of an object, one after the other. Invariant values are arguments, so that they can stay in
// registers.
INLINE void meet_words(
  struct search *s,
  const struct map *map,
  struct marks marks,
  u64 from,
  u64 words,
  u32 parent,
  u64 cut,
  u64 holder,
  enum who who) {
  for (const u64 *p = (const u64 *)from, *end = p + words; p < end; p++)
    if (!cut || !is_cut(s, cut, holder, *p)) meet_in(s, map, marks, *p, parent, p, who);
}

// Whether the search cannot continue.
INLINE int is_broken(const struct search *s) { return s->failed || s->types.failed || s->stopped; }

// For long work: whether to leave it unfinished.
INLINE int is_told_to_end(struct search *s, enum who who) {
  // The second thread finishes an entry of the queue.
  if (who == SECOND) return s->findings->share.stop && s->findings->share.kind != ENTRIES;
  if (s->channel->stop) stop_by(s, BY_TIME);
  return is_broken(s);
}

// Meets a number of adjacent references; returns how many of them were met.
INLINE u64 meet_run(
  struct search *s, const struct map *map, u64 at, u64 words, u32 index, u64 cut, u64 holder, enum who who) {
  const struct marks marks = s->marks;
  u64 left = words, looks = who == FIRST ? STEPS_BETWEEN_LOOKS : STEPS_OF_SECOND;
  for (u64 from, count; left > 0; at += count * 8, left -= count) {
    u64 here = count = portion(&s->windows, at, left, 8, &from);
    for (; __builtin_expect(here > WORDS_AHEAD, 0); from += WORDS_AHEAD * 8, here -= WORDS_AHEAD) {
      for (u64 line = 0; line < WORDS_AHEAD; line += 8) __builtin_prefetch((const u64 *)from + WORDS_AHEAD + line);
      meet_words(s, map, marks, from, WORDS_AHEAD, index, cut, holder, who);
      if (--looks == 0) {
        if (is_told_to_end(s, who)) return words - left + (count - here) + WORDS_AHEAD;
        looks = who == FIRST ? STEPS_BETWEEN_LOOKS : STEPS_OF_SECOND;
      }
    }
    meet_words(s, map, marks, from, here, index, cut, holder, who);
  }
  return words;
}

// Runs of references. Only an array has elements, and they are its one run.
INLINE void meet_runs(
  struct search *s,
  const struct map *map,
  const struct table *t,
  u64 address,
  u64 elements,
  u32 index,
  u64 cut,
  enum who who) {
  for (u32 i = 0; i < t->count; i++) {
    u64 at = address + t->parts[i].a, words = (t->parts[i].b + elements) / 8;
    if (who == FIRST && __builtin_expect(words >= s->least_shared, 0))
      meet_halves(s, t, at, words, index, cut, address);
    else (void)meet_run(s, map, at, words, index, cut, address, who);
  }
}

// Meets the elements of an array of structs, except for cuts, usually none. Returns how many elements were
// followed.
INLINE u64 meet_elements_in(
  struct search *s, const struct table *t, u64 first, u64 elements, u32 index, u64 cut, u64 holder, enum who who) {
  const struct map map = s->places.map;
  const struct marks marks = s->marks;
  const struct part *parts = t->parts, *last = parts + t->count;
  u64 step = t->element_size, left = elements, looks = who == FIRST ? STEPS_BETWEEN_LOOKS : STEPS_OF_SECOND, at, count;
  for (; left > 0; first += count * step, left -= count) {
    count = portion(&s->windows, first, left, step, &at);
    for (u64 n = count; n > 0; n--, at += step) {
      if (--looks == 0) {
        if (is_told_to_end(s, who)) return elements - left + (count - n);
        looks = who == FIRST ? STEPS_BETWEEN_LOOKS : STEPS_OF_SECOND;
      }
      __builtin_prefetch((const u64 *)at + WORDS_AHEAD);
      u64 from = at;
      for (const struct part *group = parts; group < last; from += (u64)group->a * 8 + group->b, group++)
        meet_words(s, &map, marks, from, group->a, index, cut, holder, who);
    }
  }
  return elements;
}

INLINE u64 meet_elements_by(
  struct search *s, const struct table *t, u64 first, u64 elements, u32 index, u64 cut, u64 holder, enum who who) {
  return cut
    ? meet_elements_in(s, t, first, elements, index, cut, holder, who)
    : meet_elements_in(s, t, first, elements, index, 0, holder, who);
}

static __attribute__((noinline)) u64 meet_elements(
  struct search *s, const struct table *t, u64 first, u64 elements, u32 index, u64 cut, u64 holder) {
  return meet_elements_by(s, t, first, elements, index, cut, holder, FIRST);
}

// Follows the references of an object that is visible at seen.
INLINE void follow(
  struct search *s,
  const struct map *map,
  const struct table *t,
  u64 address,
  u64 seen,
  u32 index,
  u64 special,
  enum who who) {
  u64 elements = elements_of(t, seen), length = length_of(seen), cut = special >> CUTS_SHIFT & FIRST_MASK;
  keep_in_view(&s->windows, address, seen, t->base_size + elements);
  s->bytes += (t->base_size + elements + 7) & ~7UL;
  if (special)
    for (u64 i = special & FIRST_MASK; i && i <= s->attached_count && s->attached[i - 1].key == address; i++)
      if (!is_cut(s, cut, address, s->attached[i - 1].value)) meet(s, s->attached[i - 1].value, index);
  if (who == FIRST && t->allocator && !is_cut(s, cut, address, t->allocator)) meet(s, t->allocator, index);
  if (t->kind == RUNS) meet_runs(s, map, t, address, elements, index, cut, who);
  else if (t->kind == PATTERN && t->pattern_length) {
    u64 first = address + t->pattern_offset;
    if (who == SECOND) (void)meet_elements_by(s, t, first, length, index, cut, address, SECOND);
    else if (__builtin_expect(elements / 8 >= s->least_shared, 0))
      meet_halves(s, t, first, length, index, cut, address);
    else (void)meet_elements(s, t, first, length, index, cut, address);
  }
}

// A special object is queued unread.
static __attribute__((noinline)) void expand_special(struct search *s, u32 index) {
  u32 slot = s->tree.queue[index];
  u64 address = address_of(&s->places.map, slot), room = room_of(&s->places.map, slot, address);
  if (room < HEADER) { s->unreadable++; return; }
  u64 seen = view(&s->windows, slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (!t || t->kind == INVALID || size_of(t, seen) > room) { s->unreadable++; return; }
  follow(s, &s->places.map, t, address, seen, index, hash_find(&s->specials, address), FIRST);
}

INLINE void expand(struct search *s, const struct map *map, u32 index) {
  __builtin_prefetch((const void *)address_of(map, s->tree.queue[index + AHEAD]));
  u32 slot = s->tree.queue[index];
  u64 address = address_of(map, slot), seen = view(&s->windows, slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (t) follow(s, map, t, address, seen, index, 0, FIRST);
}

// In a list, each object is known only from the one before, so its memory cannot be prefetched. But objects allocated
// one after the other usually lie so, which predicts the addresses.
INLINE void foresee(struct search *s) {
  u64 address = s->next == s->later ? s->earlier_end[-1].address : s->next[-1].address;
  __builtin_prefetch((const void *)(address + STRIDES_AHEAD * (address - s->last_alone)));
  s->last_alone = address;
}

// Expands the only waiting object at once, without the detour through the queue. 0 if the object needs more than that.
INLINE int expand_alone(struct search *s, const struct map *map) {
  const struct waiting *w = s->later;
  u64 index = s->tree.count;
  if (s->earlier != s->earlier_end
      || s->next != w + 1
      || index % LOOK_AT_STOP == 0
      || index == s->tree.capacity
      || w->address & IS_SPECIAL)
    return 0;
  u64 address = w->address, room = room_of(map, w->slot, address);
  if (room < HEADER) return 0;
  u64 seen = view(&s->windows, w->slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (!t || !t->is_plain || t->kind != RUNS) return 0;
  u64 size = size_of(t, seen);
  if (size > room || !may_refer(t, seen, size)) return 0;
  keep_in_view(&s->windows, address, seen, size);
  s->bytes += (size + 7) & ~7UL;
  s->visited++;
  s->next--;
  s->head++;
  tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  meet_runs(s, map, t, address, size - t->base_size, (u32)index, 0, FIRST);
  return 1;
}

INLINE int is_over(const struct search *s) {
  return is_broken(s) || (!s->drain && s->found_count == s->target_count);
}

// Up to the next special object.
INLINE u64 known_until(const struct search *s) {
  return s->next_special < s->special_count ? s->special_entries[s->next_special].entry : s->tree.count;
}

// And up to the next check whether there is much to do.
INLINE u64 ordinary_until(const struct search *s) {
  u64 until = (s->head | (LOOK_AT_MUCH - 1)) + 1, known = known_until(s);
  return until < known ? until : known;
}

static void run(struct search *s) {
  const struct map map = s->places.map;
  s->halt = 0;
  while (!is_over(s)) {
    if (s->head == s->tree.count) {
      if (!is_anyone_waiting(s)) break;
      foresee(s);
      if (!expand_alone(s, &map)) settle(s);
      continue;
    }
    if (s->head % LOOK_AT_STOP == 0 && s->channel->stop) { stop_by(s, BY_TIME); break; }
    u64 until = ordinary_until(s);
    if (until == s->head) {
      if (!s->special_entries[s->next_special++].is_target || s->through_targets) expand_special(s, (u32)s->head);
      s->head++;
    }
    u64 entries = known_until(s) - s->head;
    if (__builtin_expect(is_shared(s, entries), 0)) expand_halves(s, entries);
    else for (; s->head < until && !s->halt; s->head++) expand(s, &map, (u32)s->head);
  }
  settle(s);
}

// A root's parent is the complement of its number.
static void meet_roots(struct search *s, struct channel *c) {
  s->out_of_turn = 1;
  for (u64 i = 0; i < c->count && i < CHANNEL_WORDS && !s->failed; i++) meet(s, c->words[i], ~(u32)s->root_count++);
  settle(s);
  s->out_of_turn = 0;
}

// Searches the targets themselves after all else: for the objects that only they hold.
static void search_behind_targets(struct search *s) {
  s->through_targets = s->out_of_turn = 1;
  u64 known = s->found_count;
  for (u64 i = 0; i < known && !s->failed; i++) expand_special(s, s->found[i]);
  settle(s);
  s->out_of_turn = 0;
  run(s);
}

// Objects met behind the target may be met again. Objects without references lead nowhere and stay as they are.
static void forget(struct search *s, u64 from, u64 special) {
  for (u64 i = from; i < s->tree.count; i++) {
    u32 slot = s->tree.queue[i];
    if (special == s->special_count || s->special_entries[special].entry != i) {
      s->marks.seen[slot >> 3] &= (u8)~(1U << (slot & 7));
      continue;
    }
    hash_probe(&s->specials, address_of(&s->places.map, slot))->value &= ~(1UL << MET_SHIFT);
    special++;
  }
  s->through_targets = 0;
}

// Counts the objects that are reachable from the one target and, without it, from no root.
static void retained(struct search *s, u64 target) {
  s->drain = 1;
  run(s);
  if (s->failed || s->stopped) return;
  u64 others = s->visited - s->found_count, behind = s->tree.count, special = s->special_count;
  s->bytes = 0;
  s->through_targets = s->out_of_turn = 1;
  if (s->found_count) expand_special(s, s->found[0]);
  else meet(s, target, ~0U);
  settle(s);
  s->out_of_turn = 0;
  run(s);
  s->channel->objects = s->visited - others;
  if (!is_over(s)) forget(s, behind, special);
}

// Whether anything other than the holder refers to the target and is reachable without the target.
static u64 has_other_holder(struct search *s, u64 target, u64 holder) {
  s->drain = 1;
  run(s);
  return s->has_other_holder || s->meetings[hash_probe(&s->specials, target) - s->specials.entries].holder != holder;
}
