// A second thread, which does the second half of large work: of the queue, or of the references of a large array. It
// has marks of its own, beside those of the first thread, and keeps its findings to itself until the first takes them
// over (halves.c).

enum { SPINS = 2000, IN_VAIN = 8, LONG_ARRAY = 1 << 16 };

INLINE void await_change(volatile int *state, int from) {
  for (int i = 0; __atomic_load_n(state, __ATOMIC_ACQUIRE) == from && i < SPINS; i++) __builtin_ia32_pause();
  while (__atomic_load_n(state, __ATOMIC_ACQUIRE) == from) call(SYS_futex, (i64)state, 0 /* WAIT */, from, 0, 0);
}

INLINE void change(volatile int *state, int to) {
  __atomic_store_n(state, to, __ATOMIC_SEQ_CST);
  wake(state);
}

INLINE int change_from(volatile int *state, int from, int to) {
  return __atomic_compare_exchange_n(state, &from, to, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

// ---- The second thread ----

// Stops at an object that the second thread cannot fully handle, or that the first thread should halve.
static u64 expand_entries(struct search *s, u64 from, u64 until) {
  const struct map map = s->places.map;
  const u32 *queue = s->first->tree.queue;
  u64 i = from;
  for (; i < until && !s->halt; i++) {
    if (i % STEPS_OF_SECOND == 0 && s->findings->share.stop) break;
    __builtin_prefetch((const void *)address_of(&map, queue[i + AHEAD]));
    u64 address = address_of(&map, queue[i]), seen = view(&s->windows, queue[i], address);
    const struct table *t = table_at(&s->types, *(const u64 *)seen & ~7UL);
    if (!t || t->allocator || elements_of(t, seen) > LONG_ARRAY) break;
    follow(s, &map, t, address, seen, (u32)i, 0, SECOND);
  }
  return i;
}

static void do_share(struct search *s) {
  struct share *share = &s->findings->share;
  s->windows.bias = 0;
  s->windows.is_streaming = s->windows.are_open; // Large work fits into no frame.
  share->reached = share->kind == ENTRIES ? expand_entries(s, share->from, share->until)
    : share->kind == WORDS
      ? meet_run(s, &s->places.map, share->at, share->until, share->index, share->cut, share->holder, SECOND)
    : meet_elements_by(s, share->table, share->at, share->until, share->index, share->cut, share->holder, SECOND);
  settle_all(s, SECOND);
}

static void second_thread(void *argument) {
  struct search *s = argument;
  leave_processor(s->findings->processor_of_first);
  volatile int *state = &s->findings->share.state;
  for (;;) {
    int now = *state;
    if (now == OVER) break;
    if (now == OFFERED && change_from(state, OFFERED, TAKEN)) {
      do_share(s);
      change(state, FINISHED);
    } else if (now != OFFERED) await_change(state, now);
  }
  call(SYS_exit, 0, 0, 0, 0, 0);
}

// ---- Its start and its end ----

static void release_second(struct search *second) {
  struct findings *f = second->findings;
  struct block self = f->memory, *blocks[] = {
    &f->stack, &f->list_memory, &f->note_memory, &f->round_memory, &f->touched_memory, &second->seen_memory,
    &second->types.table_memory, &second->types.part_memory,
    &second->types.by_address.memory, &second->windows.frame_memory, &second->windows.delta_memory,
  };
  for (u64 i = 0; i < sizeof blocks / sizeof *blocks; i++) release(blocks[i]);
  release(&self);
}

static void end_second(struct search *s) {
  if (!s->second) return;
  struct findings *f = s->second->findings;
  change(&f->share.state, OVER);
  for (int thread; (thread = f->thread) != 0;) call(SYS_futex, (i64)&f->thread, 0 /* WAIT */, thread, 0, 0);
  release_second(s->second);
  s->second = 0;
}

static int begin_second(struct search *s) {
  struct block memory = {0, 0};
  if (!are_two_processors() || !reserve(&memory, sizeof(struct search) + sizeof(struct findings))) return 0;
  struct search *second = (struct search *)memory.start;
  struct findings *f = second->findings = (struct findings *)(second + 1);
  f->memory = memory;
  second->first = s;
  second->places = s->places;
  second->marks.before = s->marks.seen;
  second->types.pid = s->types.pid;
  second->types.memory = s->types.memory;
  second->windows.memory = s->windows.memory;
  second->windows.held = FRAMES;
  f->list = (struct finding *)reserve(&f->list_memory, s->tree.capacity * sizeof(struct finding));
  second->marks.touched = (u8 *)reserve(&f->touched_memory, (s->places.chunk_count << SLOT_BITS) >> BLOCK_BITS);
  int is_ready = f->list && second->marks.touched
    && reserve(&f->stack, STACK_LENGTH) && reserve_seen(second) && types_begin(&second->types)
    && (!s->windows.are_open || windows_open(&second->windows, &s->places));
  f->thread = 1;
  f->processor_of_first = current_processor();
  if (is_ready && start_thread(f->stack.start + f->stack.length, second_thread, second, &f->thread) > 0) {
    s->second = second;
    return 1;
  }
  release_second(second);
  return 0;
}
