#include "heap_windows.h"
#include "../kernel.h"

INTERNAL NOINLINE u64 open_window(struct windows *w, u64 piece, u64 address) {
  u64 times = w->deltas[piece] + 1, start = address & ~(u64)(WINDOW_SIZE - 1),
    i = w->next == w->held ? w->next + 1 : w->next;
  if (i == FRAME_COUNT) i = 0;
  u64 visible = w->start + i * FRAME_SIZE;
  struct frame *frame = &w->frames[i];
  if (times < REQUESTS_BEFORE_IN_PLACE) {
    if (frame->piece) w->deltas[frame->piece - 1] = frame->times;
    frame->piece = 0;
    w->opened++;
    if (read_memory(w->memory, start, visible, FRAME_SIZE) == FRAME_SIZE) {
      w->next = i + 1 < FRAME_COUNT ? i + 1 : 0;
      *frame = (struct frame){piece + 1, times};
      w->deltas[piece] = visible - start;
      return address + (visible - start);
    }
  }
  w->deltas[piece] = REQUESTS_BEFORE_IN_PLACE;
  return address;
}

INTERNAL NOINLINE u64 stream_portion(struct windows *w, u64 address, u64 count, u64 length, u64 *visible) {
  u64 most = WINDOW_SIZE / length, to = w->start + FRAME_COUNT * FRAME_SIZE;
  if (count > most) count = most;
  w->opened++;
  *visible = read_memory(w->memory, address, to, count * length) == (i64)(count * length) ? to : address;
  w->bias = address - *visible;
  return count;
}

// Whether touching pages takes longer than reading them twice. Interruptions only add to the times, so the least of
// each counts.
static int are_page_faults_slow(const struct windows *w, const struct segment_map *p) {
  u64 looking = ~0UL, reading = ~0UL, length = MEASURED_PAGES * PAGE_SIZE;
  for (u64 i = 0; i < MEASUREMENTS; i++) {
    const struct segment *g = &p->list[p->segment_count * (2 * i + 1) / (2 * MEASUREMENTS)];
    u64 from = (g->start + g->length / (2 * MEASUREMENTS) * (2 * i + 1)) & ~(u64)(PAGE_SIZE - 1);
    if (g->length / (2 * MEASUREMENTS) < 3 * length) continue;
    // Before the measurement, this brings all of it into memory and touches the frames.
    if (read_memory(w->memory, from, w->start, 2 * length) != (i64)(2 * length)) return 0;
    u64 begun = now_ns();
    for (u64 page = from; page < from + length; page += PAGE_SIZE) (void)*(volatile const u8 *)page;
    u64 looked = now_ns();
    (void)read_memory(w->memory, from + length, w->start, length);
    u64 read = now_ns();
    if (looked - begun < looking) looking = looked - begun;
    if (read - looked < reading) reading = read - looked;
  }
  return looking != ~0UL && looking > 2 * reading;
}

INTERNAL int windows_open(struct windows *w, const struct segment_map *p) {
  w->deltas = (u64 *)reserve(&w->delta_memory, (p->chunk_count << SLOT_BITS) / SLOTS_IN_WINDOW * sizeof(u64));
  w->start = (reserve(&w->frame_memory, 2 * LARGE_PAGE_SIZE) + LARGE_PAGE_SIZE - 1) & ~(u64)(LARGE_PAGE_SIZE - 1);
  if (!w->deltas || !w->frame_memory.length) return 0;
  use_large_pages(&w->frame_memory);
  return w->are_open = 1;
}

INTERNAL void windows_begin(struct windows *w, const struct segment_map *p, i64 memory, enum heap_view view) {
  w->memory = memory;
  w->held = FRAME_COUNT;
  if (memory < 0 || view == VIEW_WITHOUT_WINDOWS || (view == VIEW_MEASURED && p->chunk_count < MEDIUM_HEAP)) return;
  if (windows_open(w, p)) w->are_open = view == VIEW_THROUGH_WINDOWS || are_page_faults_slow(w, p);
}
