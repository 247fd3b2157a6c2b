#include "service.h"
#include "paths.h"
#include "reference_offset.h"
#include "second_thread.h"
#include "setup.h"
#include "traverse.h"
#include "../tasks/work_parts.h"
#include "../kernel.h"

static void take_words(u64 *into, u64 *count, u64 capacity, const struct channel *c, u64 words_each, struct search *s) {
  if (c->count > CHANNEL_WORDS || c->count % words_each || *count + c->count / words_each > capacity) {
    s->failed = ANSWER_NONSENSE;
    return;
  }
  for (u64 i = 0; i < c->count; i++) into[*count * words_each + i] = c->words[i];
  *count += c->count / words_each;
}

static void take_heap(struct search *s, const struct channel *c) {
  if (c->second > INDEX_MASK) { s->failed = ANSWER_NO_MEMORY; return; }
  s->types.memory = c->memory;
  s->segments.segment_capacity = c->first;
  s->attached_capacity = c->second;
  s->segments.list = (struct segment *)reserve(&s->segments.segment_memory, (c->first + 1) * sizeof(struct segment));
  s->attached = (struct pair *)reserve(&s->attached_memory, c->second * sizeof(struct pair));
  if (!s->segments.list || !s->attached) s->failed = ANSWER_NO_MEMORY;
}

static void clear_segment(void *subject, u64 part) {
  const struct segment *segment = (const struct segment *)subject + part;
  u64 start = (segment->start + LARGEST_PAGE_SIZE - 1) & -(u64)LARGEST_PAGE_SIZE,
    end = (segment->start + segment->length) & -(u64)LARGEST_PAGE_SIZE;
  if (start < end) call(SYS_madvise, (i64)start, (i64)(end - start), MADV_DONTNEED, 0, 0);
}

// Frees the heap before the parent ends us: the system would do it on one processor while the parent waits.
static void clear_heap(struct search *s) {
  if (s->channel->parent && s->segments.list) do_by_two(clear_segment, s->segments.list, s->segments.segment_count);
}

static int execute_order(struct search *s, struct channel *c) {
  if (c->order == ORDER_CLEAR) { clear_heap(s); return ANSWER_DONE; }
  if (c->order >= ORDER_ROOTS) index_inputs(s);
  if (s->failed) return s->failed;
  switch (c->order) {
    case ORDER_HEAP: take_heap(s, c); break;
    case ORDER_SEGMENTS:
      take_words((u64 *)s->segments.list, &s->segments.segment_count, s->segments.segment_capacity, c, 2, s);
      break;
    case ORDER_ATTACHED:
      take_words((u64 *)s->attached, &s->attached_count, s->attached_capacity, c, 2, s);
      break;
    case ORDER_BEGIN: begin_search(s, c->first, c->second); break;
    case ORDER_TARGETS: take_words(s->targets, &s->target_count, s->target_capacity, c, 1, s); break;
    case ORDER_EXCLUDED_EDGES:
      take_words((u64 *)s->excluded_edges, &s->excluded_count, s->excluded_capacity, c, 2, s);
      break;
    case ORDER_ROOTS: discover_roots(s, c); break;
    case ORDER_RUN: run_search(s); break;
    case ORDER_BEHIND: search_behind_targets(s); break;
    case ORDER_PATHS: send_paths(s, c); break;
    case ORDER_RETAINED: find_retained(s, c->first); break;
    case ORDER_OFFSET:
      prepare_search(s);
      if (!s->failed) c->reply = (u64)offset_of(s, c->first, c->second);
      break;
    case ORDER_OTHER_HOLDER:
      c->reply = has_other_holder(s, c->first, c->second);
      break;
    default: return ANSWER_NONSENSE;
  }
  if (s->types.failed) s->failed = s->types.failed;
  c->visited = s->visited;
  c->unreadable = s->unreadable;
  c->found = s->found_count;
  c->stopped = s->stopped;
  c->bytes = s->bytes;
  c->windows = s->windows.opened + (s->second ? s->second->windows.opened : 0);
  c->shared = s->shared;
  return s->failed ? s->failed : ANSWER_DONE;
}

static void release_all(struct search *s) {
  struct block *blocks[] = {
    &s->windows.frame_memory, &s->windows.delta_memory, &s->segments.segment_memory, &s->segments.shift_memory,
    &s->segments.chunk_memory, &s->types.table_memory, &s->types.part_memory, &s->types.by_address.memory,
    &s->tree.queue_memory, &s->tree.begins_memory, &s->tree.parents_memory, &s->tree.outsider_memory,
    &s->tree.begins_sample_memory,
    &s->tree.parents_sample_memory, &s->attached_memory, &s->target_memory, &s->excluded_memory, &s->found_memory,
    &s->annotated_memory, &s->first_reference_memory, &s->mark_memory, &s->annotations.memory,
    &s->kinds.memory,
  };
  for (u64 i = 0; i < sizeof blocks / sizeof *blocks; i++) release_block(blocks[i]);
}

ENTRY void serve(struct channel *c) {
  struct block own = {0, 0};
  struct search *s = (struct search *)reserve(&own, sizeof *s);
  if (s) {
    s->channel = s->types.channel = c;
    s->types.pid = process_id();
  }
  for (;;) {
    wait_for_turn(c);
    if (c->order == ORDER_LEAVE) break;
    give_turn(c, s ? execute_order(s, c) : ANSWER_NO_MEMORY);
  }
  if (s) {
    end_second(s);
    release_all(s);
    release_block(&own);
  }
  give_turn(c, ANSWER_DONE);
}
