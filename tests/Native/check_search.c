#include "check_paths.h"

#include "search/heap_windows.h"
#include "search/search_state.h"

static struct heap s_heap;
static struct walk s_walk;

static void make_question(const struct heap *h, struct random *r, struct question *q, u64 targets) {
  q->target_count = q->excluded_count = 0;
  for (u64 i = 0; i < targets; i++) {
    u64 target = below(r, 8) ? any_object(h, r) : any_reference(h, r), j = 0;
    while (j < q->target_count && q->targets[j] != target) j++;
    if (j == q->target_count) q->targets[q->target_count++] = target;
  }
  q->root_count = 1 + below(r, below(r, 6) ? 4 : MAX_ROOTS);
  for (u64 i = 0; i < q->root_count; i++) q->roots[i] = below(r, 4) ? any_object(h, r) : any_reference(h, r);
  q->excluded_count = make_edges(h, r, q->excluded, below(r, 2) ? 0 : below(r, MAX_EXCLUDED));
}

static void begin_question(const struct question *q) {
  give(ORDER_BEGIN, 0, 0, q->target_count, q->excluded_count);
  give(ORDER_TARGETS, q->targets, q->target_count, 0, 0);
  give(ORDER_EXCLUDED_EDGES, (const u64 *)q->excluded, 2 * q->excluded_count, 0, 0);
}

static const struct channel *run_from(const u64 *roots, u64 count, enum order order, u64 first, u64 second) {
  give(ORDER_ROOTS, roots, count, 0, 0);
  return give(order, 0, 0, first, second);
}

// If all targets were found, the search ended somewhere.
static void check_counts(const struct walk *w, const struct channel *c) {
  if (c->found != w->found_count) differ("found %lu, not %lu", c->found, w->found_count);
  if (w->found_count == w->question->target_count) return;
  if (c->visited != w->count) differ("visited %lu, not %lu", c->visited, w->count);
  if (c->unreadable != w->unreadable) differ("unreadable %lu, not %lu", c->unreadable, w->unreadable);
  if (c->bytes != w->bytes) differ("bytes %lu, not %lu", c->bytes, w->bytes);
}

// With less memory, the search may find the first few targets only.
static void check_bounded(const struct question *q, struct totals *t) {
  begin_question(q);
  const struct channel *c = run_from(q->roots, q->root_count, ORDER_RUN, 0, 0);
  walk_from_roots(&s_walk, &s_heap, q, 0);
  if (c->stopped && c->stopped != STOP_BY_MEMORY) differ("stopped by %lu", c->stopped);
  if (c->stopped ? c->found > s_walk.found_count : c->found != s_walk.found_count) differ("found %lu", c->found);
  u64 all = s_walk.found_count;
  s_walk.found_count = c->found;
  check_paths(&s_walk, c->found, t);
  s_walk.found_count = all;
}

static void check_paths_to(const struct question *q, struct totals *t) {
  begin_question(q);
  const struct channel *c = run_from(q->roots, q->root_count, ORDER_RUN, 0, 0);
  walk_from_roots(&s_walk, &s_heap, q, 0);
  check_counts(&s_walk, c);
  if (s_walk.found_count < q->target_count) {
    c = give(ORDER_BEHIND, 0, 0, 0, 0);
    walk_behind(&s_walk);
    check_counts(&s_walk, c);
  }
  t->objects += s_walk.count;
  check_paths(&s_walk, s_walk.found_count, t);
  for (u64 i = 0; i < s_walk.found_count; i++) {
    const struct visit *v = &s_walk.visits[s_walk.found[i]];
    u64 holder = v->from < 0 ? any_object(&s_heap, &(struct random){v->address, 0, 0}) : s_walk.visits[v->from].address;
    long offset = (long)give(ORDER_OFFSET, 0, 0, holder, v->address)->reply;
    // If the same reference is several times in an object, the search may have come by another one than the first.
    if (offset != word_offset(&s_heap, holder, v->address))
      differ("%lx in %lx: offset %ld, not %ld", v->address, holder, offset, word_offset(&s_heap, holder, v->address));
  }
}

// The objects and bytes that the target keeps alive.
static void check_retained(const struct question *q, const u64 *roots, u64 count) {
  const struct channel *c = run_from(roots, count, ORDER_RETAINED, q->targets[0], 0);
  walk_from_roots(&s_walk, &s_heap, q, 1);
  u64 others = s_walk.count - s_walk.found_count, bytes = s_walk.bytes;
  if (s_walk.found_count) walk_behind(&s_walk);
  else {
    struct question alone = *q;
    alone.roots[alone.root_count < MAX_ROOTS ? alone.root_count++ : 0] = q->targets[0];
    walk_from_roots(&s_walk, &s_heap, &alone, 1);
    walk_behind(&s_walk);
  }
  if (c->objects != s_walk.count - others) differ("%lu objects, not %lu", c->objects, s_walk.count - others);
  if (c->bytes != s_walk.bytes - bytes) differ("%lu bytes, not %lu", c->bytes, s_walk.bytes - bytes);
}

static void check_other_holder(const struct question *q, const u64 *roots, u64 count, u64 holder) {
  u64 reply = run_from(roots, count, ORDER_OTHER_HOLDER, q->targets[0], holder)->reply;
  walk_from_roots(&s_walk, &s_heap, q, 1);
  u64 expected = s_walk.has_other_holder || s_walk.first_holder != holder;
  if (reply != expected) differ("other holder than %lx: %lu", holder, reply);
}

// As the program asks: a search, then for the retained memory with more roots, and at last, if the search has found the
// target, for another holder with still more.
static void check_target(struct question *q, struct random *r) {
  u64 first = below(r, q->root_count + 1), second = first + below(r, q->root_count - first + 1);
  struct question some = *q;
  q->excluded_count = some.excluded_count = 0;
  begin_question(&some);
  int is_found = run_from(q->roots, first, ORDER_RUN, 0, 0)->found != 0;
  some.root_count = second;
  if (below(r, 3)) check_retained(&some, q->roots + first, second - first);
  else second = first;
  if (!is_found || !below(r, 3)) return;
  walk_from_roots(&s_walk, &s_heap, q, 1);
  u64 holder = below(r, 3) ? s_walk.first_holder : any_object(&s_heap, r);
  check_other_holder(q, q->roots + second, q->root_count - second, holder);
}

static void check_offsets(struct random *r) {
  for (u64 i = 0; i < 4; i++) {
    u64 holder = below(r, 4) ? any_object(&s_heap, r) : any_reference(&s_heap, r), held = any_reference(&s_heap, r);
    long offset = (long)give(ORDER_OFFSET, 0, 0, holder, held)->reply, expected = word_offset(&s_heap, holder, held);
    if (offset != expected) differ("%lx in %lx: offset %ld, not %ld", held, holder, offset, expected);
  }
}

void check_search(struct random *r, struct totals *t) {
  forget_layouts();
  make_heap(&s_heap, r);
  int is_bounded = !below(r, 8);
  u64 shares[] = {~0UL, 2, 8, 50, 300, 5000, 0};
  struct settings s = {
    .view = below(r, 2) ? VIEW_WITHOUT_WINDOWS : below(r, 6) ? VIEW_THROUGH_WINDOWS : VIEW_MEASURED,
    .least_shared = shares[below(r, 7)],
    .max_entries = is_bounded ? 1 + below(r, 300) : 1UL << 60,
    .has_memory_file = below(r, 4) != 0};
  begin_serving(&s_heap, &s);
  for (u64 i = 1 + below(r, 3); i > 0; i--, t->searches++) {
    struct question q;
    u64 kind = is_bounded ? 0 : below(r, 3);
    make_question(&s_heap, r, &q, kind == 2 ? 1 : 1 + below(r, 4));
    if (is_bounded) check_bounded(&q, t);
    else if (kind == 2) check_target(&q, r);
    else check_paths_to(&q, t);
    if (!is_bounded) check_offsets(r);
  }
  t->split += give(ORDER_OFFSET, 0, 0, 0, 0)->shared;
  end_serving();
  t->heaps++;
}
