// Breadth-first search with parents. Its meaning is that of the managed one (Graph/ShortestPathSearch).
//
// An object is met when a reference to it is seen the first time, and settled a few objects later, when its memory, which
// was asked for meanwhile, has arrived. Most objects hold no reference: they are counted then and need no place in the queue.

enum { HEADER = 16, LOOK_AT_STOP = 1024, AHEAD = 16, WAITING = 64, WORDS_AHEAD = 64, STEPS_BETWEEN_LOOKS = 1 << 16, FILTER_BITS = 15, FILTER_WORDS = (1 << FILTER_BITS) / 64 };

struct pair { u64 key, value; };
struct special_entry { u32 entry, is_target; };
struct waiting { u64 address, end; u32 slot, parent; u64 pad; };

// What sets an object apart, in one word, so that one look tells that there is nothing: where its dependent handles and its
// cuts begin, from 1, and whether it is looked for.
enum { CUTS_SHIFT = 25, TARGET_SHIFT = 50 };
#define FIRST_MASK ((1UL << CUTS_SHIFT) - 1)

struct search {
  struct channel *channel;
  int failed, prepared, used, indexed, drain, through_targets, out_of_turn;
  struct places places;
  struct types types;
  struct tree tree;
  struct block attached_memory, target_memory, cut_memory, found_memory, special_memory, seen_memory;
  struct pair *attached; u64 attached_count, attached_capacity;
  struct pair *cuts; u64 cut_count, cut_capacity;
  u64 *targets; u64 target_count, target_capacity;
  struct hash specials;
  u64 special_filter[FILTER_WORDS]; // a bit for each address that may be special, small enough to stay in the nearest cache
  u64 *seen;
  u32 *found; u64 found_count;
  struct special_entry *special_entries; u64 special_count, next_special; // in the tree, in order
  struct waiting waiting[WAITING]; u64 met, settled;
  u64 head, root_count, unreadable, bytes, stopped;
};

INLINE u64 filter_bit(u64 address) { return (address >> 3) * 0x9e3779b97f4a7c15UL >> (64 - FILTER_BITS); }

INLINE u64 special_of(const struct search *s, u64 address) {
  u64 bit = filter_bit(address);
  return s->special_filter[bit >> 6] >> (bit & 63) & 1 ? hash_find(&s->specials, address) : 0;
}

static u64 *make_special(struct search *s, u64 address) {
  set_bit(s->special_filter, filter_bit(address));
  return &hash_add(&s->specials, address)->value;
}

static void prepare(struct search *s) {
  if (s->prepared) return;
  s->prepared = 1;
  s->failed = places_begin(&s->places);
  if (s->failed) return;
  u64 slots = s->places.chunk_count << SLOT_BITS;
  // An object is no smaller than three words; more of them are garbage, for which there is some room.
  u64 capacity = slots / 3 + (1 << 20);
  s->seen = (u64 *)reserve(&s->seen_memory, slots / 8);
  if (!s->seen || !types_begin(&s->types) || !tree_reserve(&s->tree, capacity < 0x7fffffff ? capacity : 0x7fffffff)) { s->failed = NO_MEMORY; return; }
  // In a small heap a large page takes longer to clear than all of the search.
  if (s->places.chunk_count >= 32) use_large_pages(&s->seen_memory);
}

static void begin(struct search *s, u64 targets, u64 cuts) {
  prepare(s);
  if (s->failed) return;
  if (s->used) { clear(s->seen, s->places.chunk_count << SLOT_BITS >> 6); tree_clear(&s->tree); }
  s->used = 1;
  s->tree.last_parent = ~0U;
  s->head = s->found_count = s->special_count = s->next_special = s->root_count = s->unreadable = s->bytes = s->stopped = s->met = s->settled = 0;
  s->through_targets = s->out_of_turn = s->drain = s->indexed = 0;
  s->target_count = s->cut_count = 0;
  s->target_capacity = targets;
  s->cut_capacity = cuts;
  s->targets = (u64 *)reserve(&s->target_memory, targets * 8);
  s->found = (u32 *)reserve(&s->found_memory, targets * 4);
  s->cuts = (struct pair *)reserve(&s->cut_memory, cuts * sizeof(struct pair));
  if (!s->targets || !s->found || !s->cuts) s->failed = NO_MEMORY;
}

// All targets and cuts are known when the first root comes.
static void index_inputs(struct search *s) {
  if (s->indexed || s->failed) return;
  s->indexed = 1;
  u64 count = s->attached_count + s->target_count + s->cut_count;
  s->special_entries = (struct special_entry *)reserve(&s->special_memory, count * sizeof(struct special_entry));
  if (!s->special_entries || !hash_begin(&s->specials, count)) { s->failed = NO_MEMORY; return; }
  clear(s->special_filter, FILTER_WORDS);
  for (u64 i = 0; i < s->attached_count; i++) {
    u64 *special = make_special(s, s->attached[i].key);
    if (!(*special & FIRST_MASK)) *special |= i + 1;
  }
  for (u64 i = 0; i < s->cut_count; i++) {
    u64 *special = make_special(s, s->cuts[i].key);
    if (!(*special >> CUTS_SHIFT & FIRST_MASK)) *special |= (i + 1) << CUTS_SHIFT;
  }
  for (u64 i = 0; i < s->target_count; i++) *make_special(s, s->targets[i]) |= 1UL << TARGET_SHIFT;
}

static __attribute__((noinline)) void note_special(struct search *s, u32 entry, u64 special) {
  int is_target = (int)(special >> TARGET_SHIFT);
  if (is_target) s->found[s->found_count++] = entry;
  s->special_entries[s->special_count].entry = entry;
  s->special_entries[s->special_count++].is_target = (u32)is_target;
}

// Those that wait, down to so many. Objects without references, of which there is nothing more to know, are done with.
static __attribute__((noinline)) void settle(struct search *s, u64 left) {
  u64 bytes = 0, i = s->settled, end = s->met - left;
  for (; i < end; i++) {
    const struct waiting *w = &s->waiting[i % WAITING];
    u64 special = special_of(s, w->address), room = w->end - w->address;
    if (!special && room >= HEADER) {
      const struct table *t = table_at(&s->types, *(const u64 *)w->address & ~7UL);
      if (t && t->is_leaf) {
        u64 size = size_of(t, w->address);
        bytes += (size + 7) & ~7UL;
        if (size <= room) continue;
        bytes -= (size + 7) & ~7UL;
      }
    }
    if (s->tree.count == s->tree.capacity) { s->failed = NO_MEMORY; break; }
    if (special) note_special(s, (u32)s->tree.count, special);
    tree_add(&s->tree, w->slot, w->parent, s->out_of_turn);
  }
  s->settled = i;
  s->bytes += bytes;
}

INLINE void meet_in(struct search *s, const struct map *map, u64 *seen, u64 address, u32 parent) {
  u64 slot, end;
  if (address & 7 || !(end = find_place(map, address, &slot))) return;
  u64 *word = &seen[slot >> 6], bit = 1UL << (slot & 63);
  if (*word & bit) return;
  *word |= bit;
  __builtin_prefetch((const void *)address);
  struct waiting *w = &s->waiting[s->met++ % WAITING];
  w->address = address;
  w->end = end;
  w->slot = (u32)slot;
  w->parent = parent;
  if (s->met - s->settled == WAITING) settle(s, WAITING / 2);
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
      if (--left == 0 && s->channel->stop) { s->stopped = 1; return; }
    }
    meet_words(s, map, s->seen, from, words, index, cut, address);
  }
}

// The elements of an array of structs, without what is cut, which is mostly nothing.
INLINE void meet_elements_in(struct search *s, const struct table *t, u64 address, u64 size, u64 end, u32 index, u64 cut) {
  const struct map map = s->places.map;
  const struct part *parts = t->parts, *last = parts + t->count;
  u64 *seen = s->seen, step = t->element_size, at = address + t->pattern_offset, left = STEPS_BETWEEN_LOOKS;
  for (i64 n = ((i64)size - HEADER - 8) / (i64)step; n > 0; n--, at += step) {
    if (--left == 0) {
      if (s->channel->stop) { s->stopped = 1; return; }
      left = STEPS_BETWEEN_LOOKS;
    }
    __builtin_prefetch((const u64 *)at + WORDS_AHEAD);
    if (__builtin_expect(at + t->pattern_length > end, 0)) {
      // Not the shape of an array: what is read may lie in the next segment, or nowhere.
      u64 slot, other = find_place(&map, at, &slot);
      if (!other || t->pattern_length > other - at) return;
    }
    u64 from = at;
    for (const struct part *group = parts; group < last; from += (u64)group->a * 8 + group->b, group++)
      meet_words(s, &map, seen, from, group->a, index, cut, address);
  }
}

static __attribute__((noinline)) void meet_elements(struct search *s, const struct table *t, u64 address, u64 size, u64 end, u32 index, u64 cut) {
  if (cut) meet_elements_in(s, t, address, size, end, index, cut);
  else meet_elements_in(s, t, address, size, end, index, 0);
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
  else if (t->kind == PATTERN && t->pattern_length) meet_elements(s, t, address, size, address + room, index, cut);
}

static __attribute__((noinline)) void expand_special(struct search *s, u32 index) {
  expand_in(s, &s->places.map, index, hash_find(&s->specials, address_of(&s->places, s->tree.queue[index])));
}

INLINE int is_over(const struct search *s) {
  return s->failed || s->types.failed || s->stopped || (!s->drain && s->found_count == s->target_count);
}

static void run(struct search *s) {
  const struct map map = s->places.map;
  while (!is_over(s)) {
    if (s->head == s->tree.count) {
      if (s->settled == s->met) break;
      settle(s, 0);
      continue;
    }
    if (s->head % LOOK_AT_STOP == 0 && s->channel->stop) { s->stopped = 1; break; }
    if (s->head + AHEAD < s->tree.count) __builtin_prefetch((const void *)address_of(&s->places, s->tree.queue[s->head + AHEAD]));
    if (s->next_special < s->special_count && s->special_entries[s->next_special].entry == s->head) {
      if (!s->special_entries[s->next_special++].is_target || s->through_targets) expand_special(s, (u32)s->head);
    } else expand_in(s, &map, (u32)s->head, 0);
    s->head++;
  }
  settle(s, 0);
}

// Roots carry their number; with a place that counts as seen, nothing behind it is met.
static void meet_roots(struct search *s, struct channel *c) {
  u64 slot;
  if (c->second && find_place(&s->places.map, c->first, &slot)) set_bit(s->seen, slot);
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

// What is reachable from the target and from nothing that was met before: as Graph/RetainedSize has it.
static void retained(struct search *s, u64 target) {
  s->drain = 1;
  run(s);
  u64 before = s->met, slot;
  if (s->failed || s->stopped || !find_place(&s->places.map, target, &slot)) return;
  if (s->tree.count == s->tree.capacity) { s->failed = NO_MEMORY; return; }
  s->bytes = 0;
  s->met++;
  s->settled++;
  u64 special = hash_find(&s->specials, target);
  if (special) note_special(s, (u32)s->tree.count, special);
  tree_add(&s->tree, (u32)slot, ~0U, 1);
  run(s);
  s->channel->objects = s->met - before;
}
