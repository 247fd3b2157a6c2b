#include "split.h"
#include "scan.h"
#include "second_thread.h"

// Not while the second thread is busy, and not after it has repeatedly contributed nothing.
static int has_second(struct search *s) {
  if (s->is_single_threaded || s->failed_handoffs >= MAX_FAILED_HANDOFFS) return 0;
  if (!s->second && !start_second(s)) { s->is_single_threaded = 1; return 0; }
  return load_relaxed(&s->second->findings->state) == SHARE_NONE;
}

static int offer_share(struct search *s, struct share share) {
  if (!has_second(s)) return 0;
  struct search *second = s->second;
  struct findings *f = second->findings;
  u64 entries = 1UL << (64 - s->annotations.shift);
  u64 annotated = s->attached_count + s->target_count + s->excluded_count;
  f->annotated =
    (struct annotated_finding *)reserve(&f->annotated_memory, annotated * sizeof(struct annotated_finding));
  f->rounds = (u32 *)reserve(&f->round_memory, entries * sizeof(u32));
  if (!f->annotated || !f->rounds) { s->is_single_threaded = 1; return 0; }
  f->round++;
  f->count = f->annotated_count = f->target_holder = 0;
  f->has_two_holders = 0;
  second->excluded_edges = s->excluded_edges;
  second->excluded_count = s->excluded_count;
  second->visited = second->unreadable = second->bytes = 0;
  second->halt = 0;
  reset_buffer(second);
  f->share = share;
  store_relaxed(&f->stop, 0);
  change_state(&f->state, SHARE_OFFERED);
  return 1;
}

INLINE void unmark(u8 *bits, u32 slot) { bits[slot >> 3] &= (u8)~(1U << (slot & 7)); }

// Subtracts an object that both threads have counted: one without references, or no object at all. Mirrors the counts
// of drain_range().
static NOINLINE void discount(struct search *s, u32 slot) {
  u64 address = address_of(&s->segments.map, slot), room = room_of(&s->segments.map, slot, address);
  if (!room) return;
  s->visited--;
  if (room < HEADER_SIZE) { s->unreadable--; return; }
  u64 visible = view_at(&s->windows, slot, address);
  const struct method_table *t = table_at(&s->types, type_of(visible));
  if (!t) return;
  u64 size = size_of(t, visible);
  if (size > room || t->kind == TABLE_INVALID) s->unreadable--;
  else s->bytes -= aligned(size);
}

// Adds the findings in the order in which they were found, before the next findings of the first thread.
static void take_findings(struct search *s) {
  struct search *second = s->second;
  struct findings *f = second->findings;
  u8 *bits = s->marks.bits;
  for (u64 i = 0; i < f->count && !s->stopped; i++) {
    struct finding finding = f->list[i];
    u32 parent = finding.parent & ~(IS_ANNOTATED_FINDING | IS_DEFERRED_FINDING), slot = finding.slot;
    if (finding.parent & IS_ANNOTATED_FINDING) {
      const struct annotated_finding *found = &f->annotated[slot];
      discover_annotated(s, found->address, found->slot, parent, found->by);
      continue;
    }
    u32 mark = 1U << (slot & 7), marks = bits[slot >> 3];
    unmark(second->marks.bits, slot);
    if (marks & mark) { s->visited -= !(finding.parent & IS_DEFERRED_FINDING); continue; }
    bits[slot >> 3] = (u8)(marks | mark);
    if (finding.parent & IS_DEFERRED_FINDING) {
      buffer_object(s, address_of(&s->segments.map, slot), slot, parent, FIRST);
      continue;
    }
    if (UNLIKELY(has_buffered(s))) drain(s);
    if (s->tree.count == s->tree.capacity) { no_room(s); break; }
    tree_add(&s->tree, slot, parent, s->out_of_turn);
  }
  drain(s);
  if (!f->target_holder || s->through_targets) return;
  if (f->has_two_holders || f->target_holder != first_reference_to(s, s->targets[0])->holder) s->has_other_holder = 1;
}

// Takes the marks of objects without references. If no marks are wanted, clears all that remain.
static void take_marks(struct search *s, int are_wanted) {
  struct search *second = s->second;
  u64 *own = (u64 *)second->marks.bits, *all = (u64 *)s->marks.bits, *touched = (u64 *)second->marks.touched;
  u64 blocks = (s->segments.chunk_count << SLOT_BITS) >> BLOCK_BITS;
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
static u64 take_back_share(struct search *s, int are_wanted) {
  struct search *second = s->second;
  struct findings *f = second->findings;
  const struct share *share = &f->share;
  store_relaxed(&f->stop, 1);
  if (try_change(&f->state, SHARE_OFFERED, SHARE_NONE)) { s->failed_handoffs++; return 0; }
  wait_for_change(&f->state, SHARE_TAKEN);
  if (second->types.failed) { s->is_single_threaded = 1; are_wanted = 0; }
  u64 done = are_wanted ? share->reached - share->from : 0;
  if (are_wanted) {
    s->visited += second->visited;
    s->unreadable += second->unreadable;
    s->bytes += second->bytes;
    take_findings(s);
  }
  take_marks(s, are_wanted);
  s->failed_handoffs = done > (share->until - share->from) / 8 ? 0 : s->failed_handoffs + 1;
  s->shared += done > 0;
  store_relaxed(&f->state, SHARE_NONE); // It waits for an offer; nothing else.
  return done;
}

static u64 scan_part(
  struct search *s, const struct method_table *t, u64 at, u64 count, u32 index, u64 excluded, u64 holder) {
  return t->kind == TABLE_RUNS
    ? scan_run(s, &s->segments.map, at, count, index, excluded, holder, FIRST)
    : scan_elements(s, t, at, count, index, excluded, holder);
}

INTERNAL NOINLINE void scan_split(
  struct search *s, const struct method_table *t, u64 at, u64 count, u32 index, u64 excluded, u64 holder) {
  u64 length = t->kind == TABLE_RUNS ? 8 : t->element_size;
  while (count * length / 8 >= s->least_shared && count > 1) {
    u64 half = (count + 1) / 2;
    struct share share = {
      .kind = t->kind == TABLE_RUNS ? SHARE_WORDS : SHARE_ELEMENTS,
      .until = count - half,
      .table = t,
      .at = at + half * length,
      .holder = holder,
      .excluded = excluded,
      .index = index};
    if (!offer_share(s, share)) break;
    (void)scan_part(s, t, at, half, index, excluded, holder);
    drain(s);
    u64 done = half + take_back_share(s, !is_broken(s));
    if (is_broken(s)) return;
    at += done * length;
    count -= done;
  }
  (void)scan_part(s, t, at, count, index, excluded, holder);
}

INTERNAL int is_worth_splitting(struct search *s, u64 entries) {
  return entries > 1
    && entries * (2 + s->visited / (s->head + 1)) >= s->least_shared
    && !s->is_single_threaded
    && s->failed_handoffs < MAX_FAILED_HANDOFFS;
}

INTERNAL NOINLINE void expand_split(struct search *s, u64 entries) {
  const struct slot_map map = s->segments.map;
  u64 half = s->head + (entries + 1) / 2;
  int is_halved = offer_share(s, (struct share){.kind = SHARE_ENTRIES, .from = half, .until = s->head + entries});
  for (; s->head < half && !s->halt; s->head++) {
    if (s->head % STOP_CHECK_INTERVAL == 0 && load_relaxed(&s->channel->stop)) { stop_by(s, STOP_BY_TIME); break; }
    expand(s, &map, (u32)s->head);
  }
  drain(s);
  if (is_halved) s->head += take_back_share(s, s->head == half && !s->halt);
}
