// How the heap is read: in place, or through windows.
//
// Under a hypervisor with page tables of its own, the first access to each page of a new process is a page fault that
// takes several times as long as copying the page by a system call. There the heap is read in pieces into a few
// frames, and examined in them; elsewhere it is examined in place. A clone is frozen, so both show the same. A piece
// that is requested again and again, as when objects lie at random, is examined in place from then on: it never costs
// twice as much as without windows.

enum { WINDOW = 64 * 1024, OVERLAP = 512, FRAME = WINDOW + OVERLAP, FRAMES = 30, SLOTS_IN_WINDOW = WINDOW / 8 };
enum { IN_PLACE = 6 }; // how often a piece is requested until it is examined in place
enum { LOOKS = 4, PAGES_LOOKED_AT = 16, FEWEST_CHUNKS = 8 };
enum heap_view { MEASURED = 0, WITHOUT_WINDOWS = 1, THROUGH_WINDOWS = 2 };

struct frame { u64 piece, times; }; // piece: from 1
struct windows {
  i64 memory; // a descriptor of this process's memory
  int are_open, is_streaming;
  struct block frame_memory, delta_memory;
  u64 start; // of the frames; behind them is room for a stream
  // For each piece: the offset from an address to its visible copy. Up to IN_PLACE: the piece is in no frame, and this
  // is the number of requests for it.
  u64 *deltas;
  u64 bias; // the offset back, for the object that is being followed
  u64 opened;
  u64 next, held; // the next frame to use; the frame of the object that is being followed, which is kept
  struct frame frames[FRAMES];
};

static __attribute__((noinline)) u64 look_through(struct windows *w, u64 piece, u64 address) {
  u64 times = w->deltas[piece] + 1, start = address & ~(u64)(WINDOW - 1),
    i = w->next == w->held ? w->next + 1 : w->next;
  if (i == FRAMES) i = 0;
  u64 seen = w->start + i * FRAME;
  struct frame *frame = &w->frames[i];
  if (times < IN_PLACE) {
    if (frame->piece) w->deltas[frame->piece - 1] = frame->times;
    frame->piece = 0;
    w->opened++;
    if (read_memory(w->memory, start, seen, FRAME) == FRAME) {
      w->next = i + 1 < FRAMES ? i + 1 : 0;
      *frame = (struct frame){piece + 1, times};
      w->deltas[piece] = seen - start;
      return address + (seen - start);
    }
  }
  w->deltas[piece] = IN_PLACE;
  return address;
}

// Where the memory at an address is visible, until another piece is viewed: at least OVERLAP bytes, and so the part
// that every object has.
INLINE u64 view(struct windows *w, u64 slot, u64 address) {
  if (__builtin_expect(!w->are_open, 1)) return address;
  u64 delta = w->deltas[slot / SLOTS_IN_WINDOW];
  return delta > IN_PLACE ? address + delta
    : delta == IN_PLACE ? address
    : look_through(w, slot / SLOTS_IN_WINDOW, address);
}

// Keeps an object in view while it is followed. An object that does not fit into a frame is streamed.
INLINE void keep_in_view(struct windows *w, u64 address, u64 seen, u64 size) {
  w->bias = address - seen;
  if (__builtin_expect(!w->are_open, 1)) return;
  w->held = (seen - w->start) / FRAME;
  w->is_streaming = (address & (WINDOW - 1)) + size > FRAME;
}

static __attribute__((noinline)) u64 stream(struct windows *w, u64 address, u64 count, u64 length, u64 *seen) {
  u64 most = WINDOW / length, to = w->start + FRAMES * FRAME;
  if (count > most) count = most;
  w->opened++;
  *seen = read_memory(w->memory, address, to, count * length) == (i64)(count * length) ? to : address;
  w->bias = address - *seen;
  return count;
}

// For adjacent parts of some length each: how many are visible now, and where.
INLINE u64 portion(struct windows *w, u64 address, u64 count, u64 length, u64 *seen) {
  if (__builtin_expect(w->is_streaming, 0)) return stream(w, address, count, length, seen);
  *seen = address - w->bias;
  return count;
}

// Whether touching pages takes longer than reading them twice. Interruptions only add to the times, so the least of
// each counts.
static int is_look_dear(const struct windows *w, const struct places *p) {
  u64 looking = ~0UL, reading = ~0UL, length = PAGES_LOOKED_AT * 4096;
  for (u64 i = 0; i < LOOKS; i++) {
    const struct segment *g = &p->segments[p->segment_count * (2 * i + 1) / (2 * LOOKS)];
    u64 from = (g->start + g->length / (2 * LOOKS) * (2 * i + 1)) & ~0xfffUL;
    if (g->length / (2 * LOOKS) < 3 * length) continue;
    // Before the measurement, this brings all of it into memory and touches the frames.
    if (read_memory(w->memory, from, w->start, 2 * length) != (i64)(2 * length)) return 0;
    u64 begun = now_ns();
    for (u64 page = from; page < from + length; page += 4096) (void)*(volatile const u8 *)page;
    u64 looked = now_ns();
    (void)read_memory(w->memory, from + length, w->start, length);
    u64 read = now_ns();
    if (looked - begun < looking) looking = looked - begun;
    if (read - looked < reading) reading = read - looked;
  }
  return looking != ~0UL && looking > 2 * reading;
}

static int windows_open(struct windows *w, const struct places *p) {
  w->deltas = (u64 *)reserve(&w->delta_memory, (p->chunk_count << SLOT_BITS) / SLOTS_IN_WINDOW * sizeof(u64));
  w->start = (reserve(&w->frame_memory, 2 * LARGE_PAGE) + LARGE_PAGE - 1) & ~(u64)(LARGE_PAGE - 1);
  if (!w->deltas || !w->frame_memory.length) return 0;
  use_large_pages(&w->frame_memory);
  return w->are_open = 1;
}

static void windows_begin(struct windows *w, const struct places *p, i64 memory, enum heap_view view) {
  w->memory = memory;
  w->held = FRAMES;
  if (memory < 0 || view == WITHOUT_WINDOWS || (view == MEASURED && p->chunk_count < FEWEST_CHUNKS)) return;
  if (windows_open(w, p)) w->are_open = view == THROUGH_WINDOWS || is_look_dear(w, p);
}
