// Large work is done in two halves, one by the second thread (second.c). After its own half, the first thread takes
// over the findings of the second in order, as if it had made them itself, and drops those that it already has: same
// heap, same answer. Work that the second thread did not reach is halved again. So if that thread gets no processor,
// the first waits no longer than a few objects take.

// Not while the second thread is busy, and not after it has repeatedly contributed nothing.
static int has_second(struct search *s) {
  if (s->is_alone || s->vain >= IN_VAIN) return 0;
  if (!s->second && !begin_second(s)) { s->is_alone = 1; return 0; }
  return s->second->findings->share.state == NOTHING;
}

static int offer(struct search *s, struct share share) {
  if (!has_second(s)) return 0;
  struct search *second = s->second;
  struct findings *f = second->findings;
  u64 entries = 1UL << (64 - s->specials.shift);
  f->notes = (struct note *)reserve(
    &f->note_memory, (s->attached_count + s->target_count + s->cut_count) * sizeof(struct note));
  f->rounds = (u32 *)reserve(&f->round_memory, entries * sizeof(u32));
  if (!f->notes || !f->rounds) { s->is_alone = 1; return 0; }
  f->round++;
  f->count = f->note_count = f->target_holder = 0;
  f->has_two_holders = 0;
  second->cuts = s->cuts;
  second->cut_count = s->cut_count;
  second->visited = second->unreadable = second->bytes = 0;
  second->halt = 0;
  await_none(second);
  f->share = share;
  change(&f->share.state, OFFERED);
  return 1;
}

INLINE void unmark(u8 *seen, u32 slot) { seen[slot >> 3] &= (u8)~(1U << (slot & 7)); }

// Subtracts an object that both threads have counted: one without references, or no object at all. Mirrors the counts
// of settle_these().
static __attribute__((noinline)) void discount(struct search *s, u32 slot) {
  u64 address = address_of(&s->places.map, slot), room = room_of(&s->places.map, slot, address);
  if (!room) return;
  s->visited--;
  if (room < HEADER) { s->unreadable--; return; }
  u64 seen = view(&s->windows, slot, address);
  const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
  if (!t) return;
  u64 size = size_of(t, seen);
  if (size > room || t->kind == INVALID) s->unreadable--;
  else s->bytes -= (size + 7) & ~7UL;
}

// Adds the findings in the order in which they were found, before the next findings of the first thread.
static void take_findings(struct search *s) {
  struct search *second = s->second;
  struct findings *f = second->findings;
  u8 *seen = s->marks.seen;
  for (u64 i = 0; i < f->count && !s->stopped; i++) {
    struct finding finding = f->list[i];
    u32 parent = finding.parent & ~(NOTED | DEFERRED), slot = finding.slot;
    if (finding.parent & NOTED) {
      const struct note *note = &f->notes[slot];
      meet_special(s, note->address, note->slot, parent, note->meeting);
      continue;
    }
    u32 mark = 1U << (slot & 7), marks = seen[slot >> 3];
    unmark(second->marks.seen, slot);
    if (marks & mark) { s->visited -= !(finding.parent & DEFERRED); continue; }
    seen[slot >> 3] = (u8)(marks | mark);
    if (finding.parent & DEFERRED) { await_memory(s, address_of(&s->places.map, slot), slot, parent, FIRST); continue; }
    if (__builtin_expect(is_anyone_waiting(s), 0)) settle(s);
    if (s->tree.count == s->tree.capacity) { no_room(s); break; }
    tree_add(&s->tree, slot, parent, s->out_of_turn);
  }
  settle(s);
  if (!f->target_holder || s->through_targets) return;
  const struct meeting *meeting = &s->meetings[hash_probe(&s->specials, s->targets[0]) - s->specials.entries];
  if (f->has_two_holders || f->target_holder != meeting->holder) s->has_other_holder = 1;
}

// Takes the marks of objects without references. If no marks are wanted, clears all that remain.
static void take_marks(struct search *s, int are_wanted) {
  struct search *second = s->second;
  u64 *own = (u64 *)second->marks.seen, *all = (u64 *)s->marks.seen, *touched = (u64 *)second->marks.touched;
  u64 blocks = (s->places.chunk_count << SLOT_BITS) >> BLOCK_BITS;
  for (u64 some = 0; some < blocks / 8; some++) {
    if (!touched[some]) continue;
    for (u64 block = some * 8; block < some * 8 + 8; block++) {
      if (!second->marks.touched[block]) continue;
      for (u64 i = block * 64; i < block * 64 + 64; i++) {
        if (!own[i]) continue;
        for (u64 both = are_wanted ? own[i] & all[i] : 0; both; both &= both - 1)
          discount(s, (u32)(i * 64 + (u64)__builtin_ctzl(both)));
        if (are_wanted) all[i] |= own[i];
        own[i] = 0;
      }
    }
    touched[some] = 0;
  }
}

// Ends the share of the second thread, and takes over its findings if they are wanted. Returns how far it came.
static u64 take_back(struct search *s, int are_wanted) {
  struct search *second = s->second;
  struct share *share = &second->findings->share;
  share->stop = 1;
  if (change_from(&share->state, OFFERED, NOTHING)) { s->vain++; return 0; }
  await_change(&share->state, TAKEN);
  if (second->types.failed) { s->is_alone = 1; are_wanted = 0; }
  u64 done = are_wanted ? share->reached - share->from : 0;
  if (are_wanted) {
    s->visited += second->visited;
    s->unreadable += second->unreadable;
    s->bytes += second->bytes;
    take_findings(s);
  }
  take_marks(s, are_wanted);
  s->vain = done > (share->until - share->from) / 8 ? 0 : s->vain + 1;
  s->shared += done > 0;
  share->state = NOTHING;
  return done;
}

static u64 meet_part(struct search *s, const struct table *t, u64 at, u64 count, u32 index, u64 cut, u64 holder) {
  return t->kind == RUNS
    ? meet_run(s, &s->places.map, at, count, index, cut, holder, FIRST)
    : meet_elements(s, t, at, count, index, cut, holder);
}

static __attribute__((noinline)) void meet_halves(
  struct search *s, const struct table *t, u64 at, u64 count, u32 index, u64 cut, u64 holder) {
  u64 length = t->kind == RUNS ? 8 : t->element_size;
  while (count * length / 8 >= s->least_shared && count > 1) {
    u64 half = (count + 1) / 2;
    struct share share = {
      .kind = t->kind == RUNS ? WORDS : ELEMENTS,
      .until = count - half,
      .table = t,
      .at = at + half * length,
      .holder = holder,
      .cut = cut,
      .index = index};
    if (!offer(s, share)) break;
    (void)meet_part(s, t, at, half, index, cut, holder);
    settle(s);
    u64 done = half + take_back(s, !is_broken(s));
    if (is_broken(s)) return;
    at += done * length;
    count -= done;
  }
  (void)meet_part(s, t, at, count, index, cut, holder);
}

// Estimated from the number of objects that an entry has led to so far.
static int is_shared(struct search *s, u64 entries) {
  return entries > 1
    && entries * (2 + s->visited / (s->head + 1)) >= s->least_shared && !s->is_alone && s->vain < IN_VAIN;
}

static __attribute__((noinline)) void expand_halves(struct search *s, u64 entries) {
  const struct map map = s->places.map;
  u64 half = s->head + (entries + 1) / 2;
  int is_halved = offer(s, (struct share){.kind = ENTRIES, .from = half, .until = s->head + entries});
  for (; s->head < half && !s->halt; s->head++) {
    if (s->head % LOOK_AT_STOP == 0 && s->channel->stop) { stop_by(s, BY_TIME); break; }
    expand(s, &map, (u32)s->head);
  }
  settle(s);
  if (is_halved) s->head += take_back(s, s->head == half && !s->halt);
}
