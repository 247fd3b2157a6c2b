// The heap as it is looked at: where it lies, or through windows.
//
// Under a hypervisor that keeps page tables of its own, the first look at each page of a new process is a fault, which takes several times
// as long as copying the page by a call. There the heap is read in pieces into a few frames, and looked at in them; elsewhere it is looked
// at where it lies. A clone is frozen, so both show the same. A piece that is asked for again and again, as where objects lie at random, is
// looked at where it lies from then on: it never costs twice as much as without windows.

enum { WINDOW = 64 * 1024, OVERLAP = 512, FRAME = WINDOW + OVERLAP, FRAMES = 30, SLOTS_IN_WINDOW = WINDOW / 8 };
enum { IN_PLACE = 6 }; // how often a piece is asked for until it is looked at where it lies
enum { LOOKS = 4, PAGES_LOOKED_AT = 16, FEWEST_CHUNKS = 8 };
enum heap_view { MEASURED = 0, WITHOUT_WINDOWS = 1, THROUGH_WINDOWS = 2 };

struct frame { u64 piece, times; }; // piece: from 1
struct windows {
  i64 memory; // the descriptor of this process's memory
  int are_open, is_streaming;
  struct block frame_memory, delta_memory;
  u64 start; // of the frames; behind them is room for a stream
  u64 *deltas; // for each piece, what leads from an address to where it is seen; up to IN_PLACE: it is in no frame, and how often it was
  u64 bias; // what leads back, of the object that is followed
  u64 opened;
  u64 next, held; // the frame to be used next; that of the object that is followed, which is kept
  struct frame frames[FRAMES];
};

static __attribute__((noinline)) u64 look_through(struct windows *w, u64 piece, u64 address) {
  u64 times = w->deltas[piece] + 1, start = address & ~(u64)(WINDOW - 1), i = w->next == w->held ? w->next + 1 : w->next;
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

// Where what is at an address is seen: as much of it as every object has, and no less than OVERLAP. Until another piece is looked at.
INLINE u64 view(struct windows *w, u64 slot, u64 address) {
  if (__builtin_expect(!w->are_open, 1)) return address;
  u64 delta = w->deltas[slot / SLOTS_IN_WINDOW];
  return delta > IN_PLACE ? address + delta : delta == IN_PLACE ? address : look_through(w, slot / SLOTS_IN_WINDOW, address);
}

// What follows is about one object, which stays in view meanwhile; one that does not fit into a frame streams by.
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

// Of so many parts of some length each, one after the other: how many are in view now, and where.
INLINE u64 portion(struct windows *w, u64 address, u64 count, u64 length, u64 *seen) {
  if (__builtin_expect(w->is_streaming, 0)) return stream(w, address, count, length, seen);
  *seen = address - w->bias;
  return count;
}

// Whether looking at pages takes longer than reading them twice. What interrupts it makes it longer, so that the least of each counts.
static int is_look_dear(const struct windows *w, const struct places *p) {
  u64 looking = ~0UL, reading = ~0UL, length = PAGES_LOOKED_AT * 4096;
  for (u64 i = 0; i < LOOKS; i++) {
    const struct segment *g = &p->segments[p->segment_count * (2 * i + 1) / (2 * LOOKS)];
    u64 from = (g->start + g->length / (2 * LOOKS) * (2 * i + 1)) & ~0xfffUL;
    if (g->length / (2 * LOOKS) < 3 * length) continue;
    // All of it is there; and the frames are not looked at for the first time, either.
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
