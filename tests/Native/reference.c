#define _GNU_SOURCE // process_vm_readv
#include "reference.h"

#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

enum { HAS_REFERENCES = 0x01000000, COLLECTIBLE = 0x00200000, MAX_RUNS = 16 * 1024 };
#define IS_ARRAY 0x80000000U

static u64 word_at(u64 address) { return *(const u64 *)address; }

// ---- Types ----

struct run { u64 offset, length; };
struct layout {
  u64 type;
  int is_valid, is_pattern;
  u64 base_size, element_size, allocator, pattern_offset, covered;
  u64 count;
  struct run *runs; // of a pattern: number of references, bytes to skip
};

// Read by a system call, because the address may be wrong.
static int try_read(u64 address, void *to, u64 length) {
  struct iovec local = {to, length}, remote = {(void *)address, length};
  return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == (long)length;
}

static int compare_runs(const void *a, const void *b) {
  const struct run *x = a, *y = b;
  return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static int read_runs(struct layout *l, u64 type) {
  if (l->element_size && l->count != 1) return 0;
  for (u64 i = 0; i < l->count; i++) {
    long words[2]; // length less the size, offset
    if (!try_read(type - 24 - 16 * i, words, sizeof words)) return 0;
    long length = (long)((u64)words[0] + l->base_size), offset = words[1];
    if (offset < 8 || offset % 8 || offset > (long)l->base_size || length < 0 || length > (long)l->base_size - offset)
      return 0;
    l->runs[i] = (struct run){(u64)offset, (u64)length};
  }
  qsort(l->runs, l->count, sizeof *l->runs, compare_runs);
  return 1;
}

static int read_pattern(struct layout *l, u64 type) {
  long offset;
  if (!try_read(type - 16, &offset, 8)) return 0;
  l->is_pattern = 1;
  for (u64 i = 0; i < l->count; i++) {
    u64 word;
    if (!try_read(type - 24 - 8 * i, &word, 8)) return 0;
    int references = (int)word, skip = (int)(word >> 32);
    if (references < 0 || skip < 0 || skip % 8) return 0;
    l->runs[i] = (struct run){(u64)references, (u64)skip};
    l->covered += (u64)references * 8 + (u64)skip;
  }
  if (!l->covered || l->covered != l->element_size) return 0;
  long first = (long)l->base_size - 8, length = (long)(l->covered - l->runs[l->count - 1].length);
  l->pattern_offset = (u64)offset;
  return offset >= 16 && offset % 8 == 0 && offset >= first && offset <= first + (long)l->covered - length;
}

static struct layout read_layout(const struct heap *h, u64 type) {
  struct layout l = {.type = type};
  u64 header;
  if (!type || type % 8 || !try_read(type, &header, 8)) return l;
  u32 flags = (u32)header;
  l.base_size = header >> 32;
  if (l.base_size < 16 || l.base_size > 0x7fffffff) return l;
  l.element_size = flags & IS_ARRAY ? flags & 0xffff : 0;
  l.allocator = flags & COLLECTIBLE ? allocator_of(h, type) : 0;
  l.is_valid = 1;
  if (!(flags & HAS_REFERENCES)) return l;
  long count = 0;
  l.is_valid = try_read(type - 8, &count, 8) && count && count <= MAX_RUNS && count >= -MAX_RUNS;
  if (!l.is_valid) return l;
  l.count = (u64)labs(count);
  l.runs = malloc(l.count * sizeof *l.runs);
  l.is_valid = count > 0 ? read_runs(&l, type) : read_pattern(&l, type);
  return l;
}

// The layouts of this heap. A free place has no type.
enum { MAX_LAYOUTS = 1 << 16 };
static struct layout s_layouts[MAX_LAYOUTS];
static u64 s_used[MAX_LAYOUTS], s_used_count;

void forget_layouts(void) {
  for (u64 i = 0; i < s_used_count; i++) {
    free(s_layouts[s_used[i]].runs);
    s_layouts[s_used[i]] = (struct layout){0};
  }
  s_used_count = 0;
}

static const struct layout *layout_of(const struct heap *h, u64 type) {
  static const struct layout none;
  if (!type) return &none;
  u64 i = (type >> 3) * 0x9e3779b97f4a7c15UL >> 48;
  while (s_layouts[i].type && s_layouts[i].type != type) i = (i + 1) % MAX_LAYOUTS;
  if (s_layouts[i].type) return &s_layouts[i];
  if (s_used_count == MAX_LAYOUTS / 2) abort(); // too many corrupted objects for this table
  s_used[s_used_count++] = i;
  s_layouts[i] = read_layout(h, type);
  return &s_layouts[i];
}

// ---- Objects ----

static u64 room_at(const struct heap *h, u64 address) {
  for (u64 i = 0; i < h->segment_count; i++) {
    u64 offset = address - h->segments[i].start;
    if (offset < h->segments[i].length) return h->segments[i].length - offset;
  }
  return 0;
}

// The layout of a valid object, and its size; 0 for another address.
static const struct layout *layout_at(const struct heap *h, u64 address, u64 *size) {
  u64 room = room_at(h, address);
  if (address % 8 || room < 16) return 0;
  const struct layout *l = layout_of(h, word_at(address) & ~7UL);
  *size = l->base_size + l->element_size * *(const u32 *)(address + 8);
  return l->is_valid && *size <= room ? l : 0;
}

int is_object(const struct heap *h, u64 address) {
  u64 size;
  return layout_at(h, address, &size) != 0;
}

// Calls back for each word of an object that is a reference, until the result is not 0.
typedef int take_word(void *state, u64 address, u64 word);

static int each_word(const struct layout *l, u64 address, u64 size, take_word take, void *state) {
  if (!l->is_pattern) {
    for (u64 i = 0; i < l->count; i++) {
      u64 from = address + l->runs[i].offset, words = (l->runs[i].length + size - l->base_size) / 8;
      for (u64 j = 0; j < words; j++)
        if (take(state, address, from + 8 * j)) return 1;
    }
    return 0;
  }
  u64 word = address + l->pattern_offset;
  for (u32 element = 0, elements = *(const u32 *)(address + 8); element < elements; element++)
    for (u64 i = 0; i < l->count; i++) {
      for (u64 j = 0; j < l->runs[i].offset; j++, word += 8)
        if (take(state, address, word)) return 1;
      word += l->runs[i].length;
    }
  return 0;
}

struct looked_for { u64 held; long offset; };

static int is_looked_for(void *state, u64 address, u64 word) {
  struct looked_for *f = state;
  if (word_at(word) != f->held) return 0;
  f->offset = (long)(word - address);
  return 1;
}

long word_offset(const struct heap *h, u64 holder, u64 held) {
  struct looked_for f = {held, -1};
  u64 size;
  const struct layout *l = layout_at(h, holder, &size);
  if (l) each_word(l, holder, size, is_looked_for, &f);
  return f.offset;
}

long reference_place(const struct heap *h, u64 holder, u64 held) {
  enum { BY_HANDLE = 1, BY_TYPE = 2 };
  u64 size;
  const struct layout *l = layout_at(h, holder, &size);
  if (!l) return -1;
  long offset = word_offset(h, holder, held);
  if (offset >= 0)
    return !l->element_size ? offset : l->is_pattern ? (offset - (long)l->pattern_offset) % (long)l->element_size : 0;
  for (u64 i = 0; i < h->attached_count; i++)
    if (h->attached[i].holder == holder && h->attached[i].held == held) return BY_HANDLE;
  return l->allocator == held ? BY_TYPE : -1;
}

// ---- The search ----

static u8 s_is_visited[AREA_LENGTH / 8];
static struct visit s_visits[AREA_LENGTH / 8];
static u64 s_visited; // of the last walk

static int is_target(const struct question *q, u64 address) {
  for (u64 i = 0; i < q->target_count; i++)
    if (q->targets[i] == address) return 1;
  return 0;
}

static void discover(struct walk *w, u64 address, long from) {
  if (address % 8 || !room_at(w->heap, address)) return;
  u8 *visited = &s_is_visited[(address - AREA) / 8];
  int target = is_target(w->question, address);
  if (target && !w->is_behind) {
    u64 holder = from < 0 ? 0 : w->visits[from].address;
    if (!*visited) w->first_holder = holder;
    else if (!holder || holder != w->first_holder) w->has_other_holder = 1;
  }
  if (*visited) return;
  *visited = 1;
  if (target) w->found[w->found_count++] = (long)w->count;
  w->visits[w->count++] = (struct visit){address, from};
  s_visited = w->count;
}

struct scan { struct walk *walk; long entry; };

static int take_reference(void *state, u64 address, u64 word) {
  struct scan *s = state;
  const struct question *q = s->walk->question;
  for (u64 i = 0; i < q->excluded_count; i++)
    if (q->excluded[i].holder == address && q->excluded[i].held == word_at(word)) return 0;
  discover(s->walk, word_at(word), s->entry);
  return 0;
}

static void scan_entry(struct walk *w, long entry) {
  u64 address = w->visits[entry].address, size;
  const struct layout *l = layout_at(w->heap, address, &size);
  struct scan s = {w, entry};
  if (!l) {
    w->unreadable++;
    return;
  }
  w->bytes += (size + 7) & ~7UL;
  for (u64 i = 0; i < w->heap->attached_count; i++)
    if (w->heap->attached[i].holder == address) take_reference(&s, address, (u64)&w->heap->attached[i].held);
  if (l->allocator) take_reference(&s, address, (u64)&l->allocator);
  each_word(l, address, size, take_reference, &s);
}

void walk_on(struct walk *w) {
  const struct question *q = w->question;
  for (; w->scanned < w->count && (w->is_exhaustive || w->found_count < q->target_count); w->scanned++)
    if (w->is_behind || !is_target(q, w->visits[w->scanned].address)) scan_entry(w, (long)w->scanned);
}

void walk_from_roots(struct walk *w, const struct heap *h, const struct question *q, int is_exhaustive) {
  for (u64 i = 0; i < s_visited; i++) s_is_visited[(s_visits[i].address - AREA) / 8] = 0;
  *w = (struct walk){.heap = h, .question = q, .visits = s_visits, .is_exhaustive = is_exhaustive};
  for (u64 i = 0; i < q->root_count; i++) discover(w, q->roots[i], ~(long)i);
  walk_on(w);
}

void walk_behind(struct walk *w) {
  u64 known = w->found_count;
  w->is_behind = 1;
  for (u64 i = 0; i < known; i++) scan_entry(w, w->found[i]);
  walk_on(w);
}
