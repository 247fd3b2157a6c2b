// Carries out the parent's orders, one at a time; between them the clone sleeps.

static void take(u64 *into, u64 *count, u64 capacity, const struct channel *c, u64 words_each, struct search *s) {
  if (c->count > CHANNEL_WORDS || c->count % words_each || *count + c->count / words_each > capacity) {
    s->failed = NONSENSE;
    return;
  }
  for (u64 i = 0; i < c->count; i++) into[*count * words_each + i] = c->words[i];
  *count += c->count / words_each;
}

static void take_heap(struct search *s, const struct channel *c) {
  if (c->second > FIRST_MASK) { s->failed = NO_MEMORY; return; }
  s->types.memory = c->memory;
  s->places.segment_capacity = c->first;
  s->attached_capacity = c->second;
  s->places.segments = (struct segment *)reserve(&s->places.segment_memory, (c->first + 1) * sizeof(struct segment));
  s->attached = (struct pair *)reserve(&s->attached_memory, c->second * sizeof(struct pair));
  if (!s->places.segments || !s->attached) s->failed = NO_MEMORY;
}

static void clear_segment(void *subject, u64 part) {
  const struct segment *segment = (const struct segment *)subject + part;
  u64 start = (segment->start + PAGE_SIZE - 1) & -(u64)PAGE_SIZE,
    end = (segment->start + segment->length) & -(u64)PAGE_SIZE;
  if (start < end) call(SYS_madvise, (i64)start, (i64)(end - start), 4 /* DONTNEED */, 0, 0);
}

// Frees the heap before the parent ends us: the system would do it on one processor while the parent waits.
static void clear_heap(struct search *s) {
  if (s->channel->parent && s->places.segments) do_by_two(clear_segment, s->places.segments, s->places.segment_count);
}

static int execute(struct search *s, struct channel *c) {
  if (c->order == CLEAR) { clear_heap(s); return DONE; }
  if (c->order >= ROOTS) index_inputs(s);
  if (s->failed) return s->failed;
  switch (c->order) {
    case HEAP: take_heap(s, c); break; // first: segments, second: attached objects
    case SEGMENTS: // start and length, in order
      take((u64 *)s->places.segments, &s->places.segment_count, s->places.segment_capacity, c, 2, s);
      break;
    case ATTACHED: // key and value, grouped by key
      take((u64 *)s->attached, &s->attached_count, s->attached_capacity, c, 2, s);
      break;
    case BEGIN: begin(s, c->first, c->second); break; // first: targets, second: cuts
    case TARGETS: take(s->targets, &s->target_count, s->target_capacity, c, 1, s); break;
    case CUTS: // holder and held, grouped by holder
      take((u64 *)s->cuts, &s->cut_count, s->cut_capacity, c, 2, s);
      break;
    case ROOTS: meet_roots(s, c); break;
    case RUN: run(s); break;
    case BEHIND: search_behind_targets(s); break;
    case PATHS: paths(s, c); break;
    case RETAINED: retained(s, c->first); break;
    case OFFSET: // first: holder, second: held
      prepare(s);
      if (!s->failed) c->reply = (u64)offset_of(s, c->first, c->second);
      break;
    case OTHER_HOLDER: // first: target, second: holder
      c->reply = has_other_holder(s, c->first, c->second);
      break;
    default: return NONSENSE;
  }
  if (s->types.failed) s->failed = s->types.failed;
  c->visited = s->visited;
  c->unreadable = s->unreadable;
  c->found = s->found_count;
  c->stopped = s->stopped;
  c->bytes = s->bytes;
  c->windows = s->windows.opened + (s->second ? s->second->windows.opened : 0);
  c->shared = s->shared;
  return s->failed ? s->failed : DONE;
}

static void release_all(struct search *s) {
  struct block *blocks[] = {
    &s->windows.frame_memory, &s->windows.delta_memory, &s->places.segment_memory, &s->places.shift_memory,
    &s->places.place_memory, &s->types.table_memory, &s->types.part_memory, &s->types.by_address.memory,
    &s->tree.queue_memory, &s->tree.begins_memory, &s->tree.parents_memory, &s->tree.outsider_memory,
    &s->tree.begins_sample_memory,
    &s->tree.parents_sample_memory, &s->attached_memory, &s->target_memory, &s->cut_memory, &s->found_memory,
    &s->special_memory, &s->meeting_memory, &s->seen_memory, &s->specials.memory,
    &s->kinds.memory,
  };
  for (u64 i = 0; i < sizeof blocks / sizeof *blocks; i++) release(blocks[i]);
}

// Carries out orders until LEAVE. Only a test gives that order: a clone is killed.
__attribute__((used)) void serve(struct channel *c) {
  struct block own = {0, 0};
  struct search *s = (struct search *)reserve(&own, sizeof *s);
  if (s) {
    s->channel = s->types.channel = c;
    s->types.pid = call(SYS_getpid, 0, 0, 0, 0, 0);
  }
  for (;;) {
    wait_for_turn(c);
    if (c->order == LEAVE) break;
    give_turn(c, s ? execute(s, c) : NO_MEMORY);
  }
  if (s) {
    end_second(s);
    release_all(s);
    release(&own);
  }
  give_turn(c, DONE);
}
