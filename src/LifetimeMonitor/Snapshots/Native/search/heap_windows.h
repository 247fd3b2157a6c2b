// How the heap is read: in place, or through windows.
//
// Under a hypervisor with page tables of its own, the first access to each page of a new process is a page fault that
// takes several times as long as copying the page by a system call. There the heap is read in pieces into a few
// frames, and examined in them; elsewhere it is examined in place. A clone is frozen, so both show the same. A piece
// that is requested again and again, as when objects lie at random, is examined in place from then on: it never costs
// twice as much as without windows.

#ifndef LM_SEARCH_HEAP_WINDOWS_H
#define LM_SEARCH_HEAP_WINDOWS_H

#include "blocks.h"
#include "segment_map.h"

// SearchOrder.cs has the same values.
enum heap_view { VIEW_MEASURED = 0, VIEW_WITHOUT_WINDOWS = 1, VIEW_THROUGH_WINDOWS = 2 };

enum {
  WINDOW_SIZE = 64 * 1024,
  WINDOW_OVERLAP = 512,
  FRAME_SIZE = WINDOW_SIZE + WINDOW_OVERLAP,
  FRAME_COUNT = 30, // with room for a stream, the frames fill one large page
  SLOTS_IN_WINDOW = WINDOW_SIZE / 8
};
enum { REQUESTS_BEFORE_IN_PLACE = 6 }; // how often a piece is requested until it is examined in place
enum { MEASUREMENTS = 4, MEASURED_PAGES = 16 };
enum { MEDIUM_HEAP = 8 }; // in chunks; in a smaller one the measurement does not pay

struct frame { u64 piece, times; }; // piece: from 1

struct windows {
  i64 memory; // a descriptor of this process's memory
  int are_open, is_streaming;
  struct block frame_memory, delta_memory;
  u64 start; // of the frames; behind them is room for a stream
  // For each piece: the offset from an address to its visible copy. Up to REQUESTS_BEFORE_IN_PLACE, the piece is in no
  // frame, and this is the number of requests for it.
  u64 *deltas;
  u64 bias; // the offset back, for the object that is being scanned
  u64 opened;
  u64 next, held; // the next frame to use; the frame of the object that is being scanned, which is kept
  struct frame frames[FRAME_COUNT];
};

// Views a piece that is in no frame.
INTERNAL u64 open_window(struct windows *w, u64 piece, u64 address);

// Where the memory at an address is visible, until another piece is viewed: at least WINDOW_OVERLAP bytes, and
// so the part that every object has.
INLINE u64 view_at(struct windows *w, u64 slot, u64 address) {
  if (LIKELY(!w->are_open)) return address;
  u64 delta = w->deltas[slot / SLOTS_IN_WINDOW];
  return delta > REQUESTS_BEFORE_IN_PLACE ? address + delta
    : delta == REQUESTS_BEFORE_IN_PLACE ? address
    : open_window(w, slot / SLOTS_IN_WINDOW, address);
}

// Keeps an object in view while it is scanned. An object that does not fit into a frame is streamed.
INLINE void keep_in_view(struct windows *w, u64 address, u64 visible, u64 size) {
  w->bias = address - visible;
  if (LIKELY(!w->are_open)) return;
  w->held = (visible - w->start) / FRAME_SIZE;
  w->is_streaming = (address & (WINDOW_SIZE - 1)) + size > FRAME_SIZE;
}

// Views some of the parts of an object that does not fit into a frame.
INTERNAL u64 stream_portion(struct windows *w, u64 address, u64 count, u64 length, u64 *visible);

// For adjacent parts of some length each: how many are visible now, and where.
INLINE u64 view_portion(struct windows *w, u64 address, u64 count, u64 length, u64 *visible) {
  if (UNLIKELY(w->is_streaming)) return stream_portion(w, address, count, length, visible);
  *visible = address - w->bias;
  return count;
}

// 0: no memory.
INTERNAL int windows_open(struct windows *w, const struct segment_map *p);

// Decides how the heap is read.
INTERNAL void windows_begin(struct windows *w, const struct segment_map *p, i64 memory, enum heap_view view);

#endif
