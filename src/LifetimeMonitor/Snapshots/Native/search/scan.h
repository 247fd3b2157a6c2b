// Scans the references of an object. Each loop exists twice, once for each thread, because the role is a constant.

#ifndef LM_SEARCH_SCAN_H
#define LM_SEARCH_SCAN_H

#include "discover.h"
#include "split.h"

// How many entries, words or strides ahead their memory is prefetched.
enum { PREFETCH_ENTRIES = 16, PREFETCH_WORDS = 64, PREFETCH_STRIDES = 16 };
// After how many entries the search checks whether to stop, and whether there is enough work for two.
enum { STOP_CHECK_INTERVAL = 1024, SPLIT_CHECK_INTERVAL = 64 };
// After how many steps of long work each thread checks whether to stop.
enum { STOP_CHECK_OF_FIRST = 1 << 16, STOP_CHECK_OF_SECOND = 64 };

// Whether an edge is excluded. first is the place of the first one of this holder, from 1; 0 if there is none.
INTERNAL int is_excluded(const struct search *s, u64 first, u64 holder, u64 held);

// The references of an object, one after the other. Invariant values are arguments, so that they can stay in
// registers.
INLINE void scan_words(
  struct search *s,
  const struct slot_map *map,
  struct marks marks,
  u64 from,
  u64 words,
  u32 parent,
  u64 excluded,
  u64 holder,
  enum role role) {
  for (const u64 *p = (const u64 *)from, *end = p + words; p < end; p++)
    if (!excluded || !is_excluded(s, excluded, holder, *p)) discover_in(s, map, marks, *p, parent, p, role);
}

// For long work: whether to leave it unfinished.
INLINE int is_told_to_end(struct search *s, enum role role) {
  // The second thread finishes an entry of the queue.
  if (role == SECOND) return load_relaxed(&s->findings->stop) && s->findings->share.kind != SHARE_ENTRIES;
  if (load_relaxed(&s->channel->stop)) stop_by(s, STOP_BY_TIME);
  return is_broken(s);
}

// Scans adjacent references; returns how many of them.
INLINE u64 scan_run(
  struct search *s,
  const struct slot_map *map,
  u64 at,
  u64 words,
  u32 index,
  u64 excluded,
  u64 holder,
  enum role role) {
  const struct marks marks = s->marks;
  u64 left = words, looks = role == FIRST ? STOP_CHECK_OF_FIRST : STOP_CHECK_OF_SECOND;
  for (u64 from, count; left > 0; at += count * 8, left -= count) {
    u64 here = count = view_portion(&s->windows, at, left, 8, &from);
    for (; UNLIKELY(here > PREFETCH_WORDS); from += PREFETCH_WORDS * 8, here -= PREFETCH_WORDS) {
      for (u64 line = 0; line < PREFETCH_WORDS; line += 8)
        __builtin_prefetch((const u64 *)from + PREFETCH_WORDS + line);
      scan_words(s, map, marks, from, PREFETCH_WORDS, index, excluded, holder, role);
      if (--looks == 0) {
        if (is_told_to_end(s, role)) return words - left + (count - here) + PREFETCH_WORDS;
        looks = role == FIRST ? STOP_CHECK_OF_FIRST : STOP_CHECK_OF_SECOND;
      }
    }
    scan_words(s, map, marks, from, here, index, excluded, holder, role);
  }
  return words;
}

// Runs of references. Only an array has elements, and they are its one run.
INLINE void scan_runs(
  struct search *s,
  const struct slot_map *map,
  const struct method_table *t,
  u64 address,
  u64 elements,
  u32 index,
  u64 excluded,
  enum role role) {
  for (u32 i = 0; i < t->count; i++) {
    u64 at = address + t->parts[i].a, words = (t->parts[i].b + elements) / 8;
    if (role == FIRST && UNLIKELY(words >= s->least_shared))
      scan_split(s, t, at, words, index, excluded, address);
    else (void)scan_run(s, map, at, words, index, excluded, address, role);
  }
}

// Scans the elements of an array of structs, except for excluded edges, usually none. Returns how many of them.
INLINE u64 scan_elements_in(
  struct search *s,
  const struct method_table *t,
  u64 first,
  u64 elements,
  u32 index,
  u64 excluded,
  u64 holder,
  enum role role) {
  const struct slot_map map = s->segments.map;
  const struct marks marks = s->marks;
  const struct part *parts = t->parts, *last = parts + t->count;
  u64 step = t->element_size, left = elements, at, count;
  u64 looks = role == FIRST ? STOP_CHECK_OF_FIRST : STOP_CHECK_OF_SECOND;
  for (; left > 0; first += count * step, left -= count) {
    count = view_portion(&s->windows, first, left, step, &at);
    for (u64 n = count; n > 0; n--, at += step) {
      if (--looks == 0) {
        if (is_told_to_end(s, role)) return elements - left + (count - n);
        looks = role == FIRST ? STOP_CHECK_OF_FIRST : STOP_CHECK_OF_SECOND;
      }
      __builtin_prefetch((const u64 *)at + PREFETCH_WORDS);
      u64 from = at;
      for (const struct part *group = parts; group < last; from += (u64)group->a * 8 + group->b, group++)
        scan_words(s, &map, marks, from, group->a, index, excluded, holder, role);
    }
  }
  return elements;
}

INLINE u64 scan_elements_by(
  struct search *s,
  const struct method_table *t,
  u64 first,
  u64 elements,
  u32 index,
  u64 excluded,
  u64 holder,
  enum role role) {
  return excluded
    ? scan_elements_in(s, t, first, elements, index, excluded, holder, role)
    : scan_elements_in(s, t, first, elements, index, 0, holder, role);
}

// The same for the first thread.
INTERNAL u64 scan_elements(
  struct search *s, const struct method_table *t, u64 first, u64 elements, u32 index, u64 excluded, u64 holder);

// Scans all references of an object. visible is where its memory can be read.
INLINE void scan_object(
  struct search *s,
  const struct slot_map *map,
  const struct method_table *t,
  u64 address,
  u64 visible,
  u32 index,
  u64 annotation,
  enum role role) {
  u64 elements = elements_of(t, visible), length = length_of(visible);
  u64 excluded = annotation >> EXCLUDED_SHIFT & INDEX_MASK;
  keep_in_view(&s->windows, address, visible, t->base_size + elements);
  s->bytes += aligned(t->base_size + elements);
  if (annotation)
    for (u64 i = annotation & INDEX_MASK; i && i <= s->attached_count && s->attached[i - 1].key == address; i++)
      if (!is_excluded(s, excluded, address, s->attached[i - 1].value)) discover(s, s->attached[i - 1].value, index);
  if (role == FIRST && t->allocator && !is_excluded(s, excluded, address, t->allocator))
    discover(s, t->allocator, index);
  if (t->kind == TABLE_RUNS) scan_runs(s, map, t, address, elements, index, excluded, role);
  else if (t->kind == TABLE_PATTERN && t->pattern_length) {
    u64 first = address + t->pattern_offset;
    if (role == SECOND) (void)scan_elements_by(s, t, first, length, index, excluded, address, SECOND);
    else if (UNLIKELY(elements / 8 >= s->least_shared))
      scan_split(s, t, first, length, index, excluded, address);
    else (void)scan_elements(s, t, first, length, index, excluded, address);
  }
}

// Scans the object of an entry of the queue, which is not annotated.
INLINE void expand(struct search *s, const struct slot_map *map, u32 index) {
  __builtin_prefetch((const void *)address_of(map, s->tree.queue[index + PREFETCH_ENTRIES]));
  u32 slot = s->tree.queue[index];
  u64 address = address_of(map, slot), visible = view_at(&s->windows, slot, address);
  const struct method_table *t = table_at(&s->types, type_of(visible));
  if (t) scan_object(s, map, t, address, visible, index, 0, FIRST);
}

#endif
