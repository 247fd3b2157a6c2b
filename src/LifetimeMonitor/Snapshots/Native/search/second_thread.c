#include "second_thread.h"
#include "scan.h"
#include "setup.h"
#include "../tasks/processors.h"
#include "../tasks/task.h"
#include "../kernel.h"

// Stops at an object that the second thread cannot fully handle, or that the first thread should split.
static u64 expand_entries(struct search *s, u64 from, u64 until) {
  const struct slot_map map = s->segments.map;
  const u32 *queue = s->first->tree.queue;
  u64 i = from;
  for (; i < until && !s->halt; i++) {
    if (i % STOP_CHECK_OF_SECOND == 0 && load_relaxed(&s->findings->stop)) break;
    u32 ahead = __atomic_load_n(&queue[i + PREFETCH_ENTRIES], __ATOMIC_RELAXED);
    __builtin_prefetch((const void *)address_of(&map, ahead));
    u64 address = address_of(&map, queue[i]), visible = view_at(&s->windows, queue[i], address);
    const struct method_table *t = table_at(&s->types, type_of(visible));
    if (!t || t->allocator || elements_of(t, visible) > LONG_ARRAY) break;
    scan_object(s, &map, t, address, visible, (u32)i, 0, SECOND);
  }
  return i;
}

static void do_share(struct search *s) {
  struct share *share = &s->findings->share;
  s->windows.bias = 0;
  s->windows.is_streaming = s->windows.are_open; // Large work fits into no frame.
  share->reached = share->kind == SHARE_ENTRIES ? expand_entries(s, share->from, share->until)
    : share->kind == SHARE_WORDS
      ? scan_run(s, &s->segments.map, share->at, share->until, share->index, share->excluded, share->holder, SECOND)
    : scan_elements_by(s, share->table, share->at, share->until, share->index, share->excluded, share->holder, SECOND);
  drain_all(s, SECOND);
}

static void second_thread(void *argument) {
  struct search *s = argument;
  leave_processor(s->findings->processor_of_first);
  int *state = &s->findings->state;
  for (;;) {
    int now = load_acquire(state);
    if (now == SHARE_OVER) break;
    if (now == SHARE_OFFERED && try_change(state, SHARE_OFFERED, SHARE_TAKEN)) {
      do_share(s);
      change_state(state, SHARE_FINISHED);
    } else if (now != SHARE_OFFERED) wait_for_change(state, now);
  }
}

// ---- Its start and its end ----

static void release_second(struct search *second) {
  struct findings *f = second->findings;
  struct block self = f->memory, *blocks[] = {
    &f->stack, &f->list_memory, &f->annotated_memory, &f->round_memory, &f->touched_memory, &second->mark_memory,
    &second->types.table_memory, &second->types.part_memory,
    &second->types.by_address.memory, &second->windows.frame_memory, &second->windows.delta_memory,
  };
  for (u64 i = 0; i < sizeof blocks / sizeof *blocks; i++) release_block(blocks[i]);
  release_block(&self);
}

INTERNAL void end_second(struct search *s) {
  if (!s->second) return;
  struct findings *f = s->second->findings;
  change_state(&f->state, SHARE_OVER);
  for (int thread; (thread = load_acquire(&f->thread)) != 0;) futex_wait(&f->thread, thread, 0);
  release_second(s->second);
  s->second = 0;
}

INTERNAL int start_second(struct search *s) {
  struct block memory = {0, 0};
  if (!are_two_processors() || !reserve(&memory, sizeof(struct search) + sizeof(struct findings))) return 0;
  struct search *second = (struct search *)memory.start;
  struct findings *f = second->findings = (struct findings *)(second + 1);
  f->memory = memory;
  second->first = s;
  second->segments = s->segments;
  second->marks.bits_of_first = s->marks.bits;
  second->types.pid = s->types.pid;
  second->types.memory = s->types.memory;
  second->windows.memory = s->windows.memory;
  second->windows.held = FRAME_COUNT;
  f->capacity = s->tree.capacity;
  f->list = (struct finding *)reserve(&f->list_memory, f->capacity * sizeof(struct finding));
  second->marks.touched = (u8 *)reserve(&f->touched_memory, (s->segments.chunk_count << SLOT_BITS) >> BLOCK_BITS);
  int is_ready = f->list && second->marks.touched
    && reserve(&f->stack, STACK_LENGTH) && reserve_marks(second) && types_begin(&second->types)
    && (!s->windows.are_open || windows_open(&second->windows, &s->segments));
  f->thread = 1;
  f->processor_of_first = current_processor();
  if (is_ready && start_thread(f->stack.start + f->stack.length, second_thread, second, &f->thread) > 0) {
    s->second = second;
    return 1;
  }
  release_second(second);
  return 0;
}
