// The queue of the breadth-first search and the tree of its shortest paths in one, with 34 bits per entry.
//
// Entries are expanded in the order of the queue, so the children of an entry are adjacent, and their groups are in
// the order of their parents. One bit says that an entry begins a group, one that an entry has children; the parent of
// the nth group is the nth entry with children (Jacobson, "Space-efficient static trees and graphs", FOCS 1989).
// Children of a root, and of an entry expanded out of turn, have their parent in a separate list.

enum { SAMPLE_BITS = 9, SAMPLE_WORDS = (1 << SAMPLE_BITS) / 64 };

struct outsider { u32 entry, parent; }; // parent: an entry, or the complement of a root's number

struct tree {
  struct block queue_memory, begins_memory, parents_memory, outsider_memory,
    begins_sample_memory, parents_sample_memory;
  u32 *queue; u64 count, capacity;                       // slots
  u64 *begins, *parents;
  struct outsider *outsiders; u64 outsider_count;
  u32 *begins_before, *parents_before; u64 sampled;      // bits set before each sample; number of entries sampled
  u32 last_parent;
};

static int tree_reserve(struct tree *t, u64 capacity) {
  t->capacity = capacity;
  // expand() prefetches beyond the end.
  t->queue = (u32 *)reserve(&t->queue_memory, in_large_pages(capacity * 4 + 0x1000));
  t->begins = (u64 *)reserve(&t->begins_memory, capacity / 8 + 8);
  t->parents = (u64 *)reserve(&t->parents_memory, capacity / 8 + 8);
  t->outsiders = (struct outsider *)reserve(&t->outsider_memory, capacity * sizeof(struct outsider));
  t->begins_before = (u32 *)reserve(&t->begins_sample_memory, (capacity >> SAMPLE_BITS) * 4 + 8);
  t->parents_before = (u32 *)reserve(&t->parents_sample_memory, (capacity >> SAMPLE_BITS) * 4 + 8);
  return t->queue && t->begins && t->parents && t->outsiders && t->begins_before && t->parents_before;
}

static void tree_clear(struct tree *t) {
  clear(t->begins, t->count / 64 + 1);
  clear(t->parents, t->count / 64 + 1);
  t->count = t->outsider_count = t->sampled = 0;
  t->last_parent = ~0U;
}

INLINE void set_bit(u64 *bits, u64 i) { bits[i >> 6] |= 1UL << (i & 63); }

// The caller ensures that there is room.
INLINE void tree_add(struct tree *t, u32 slot, u32 parent, int is_outsider) {
  if (is_outsider) {
    t->outsiders[t->outsider_count].entry = (u32)t->count;
    t->outsiders[t->outsider_count++].parent = parent;
  } else if (parent != t->last_parent) {
    t->last_parent = parent;
    set_bit(t->begins, t->count);
    set_bit(t->parents, parent);
  }
  t->queue[t->count++] = slot;
}

static void sample(const u64 *bits, u32 *before, u64 count) {
  u32 sum = 0;
  for (u64 word = 0; word <= count / 64; word++) {
    if (word % SAMPLE_WORDS == 0) before[word / SAMPLE_WORDS] = sum;
    sum += ones(bits[word]);
  }
}

// The number of set bits up to and including a bit.
static u32 rank(const u64 *bits, const u32 *before, u64 i) {
  u64 word = i >> SAMPLE_BITS << (SAMPLE_BITS - 6);
  u32 sum = before[i >> SAMPLE_BITS];
  for (; word < i >> 6; word++) sum += ones(bits[word]);
  return sum + ones(bits[word] & ~0UL >> (63 - (i & 63)));
}

// The position of the nth set bit, from 1.
static u64 select(const u64 *bits, const u32 *before, u64 count, u32 n) {
  u64 low = 0, high = (count >> SAMPLE_BITS) + 1;
  while (high - low > 1) {
    u64 middle = (low + high) / 2;
    if (before[middle] < n) low = middle; else high = middle;
  }
  u64 word = low * SAMPLE_WORDS, left = n - before[low];
  for (u32 here; (here = ones(bits[word])) < left; word++) left -= here;
  u64 rest = bits[word];
  for (; left > 1; left--) rest &= rest - 1;
  return word * 64 + (u64)__builtin_ctzl(rest);
}

// The number of set bits after a bit, up to and including another one.
static u32 ones_behind(const u64 *bits, u64 i, u64 last) {
  u64 word = (i + 1) >> 6, end = last >> 6, behind = ~0UL << ((i + 1) & 63), until = ~0UL >> (63 - (last & 63));
  if (word == end) return ones(bits[word] & behind & until);
  u32 sum = ones(bits[word] & behind);
  while (++word < end) sum += ones(bits[word]);
  return sum + ones(bits[end] & until);
}

// The position of the nth set bit before a bit, from 1.
static u64 select_before(const u64 *bits, u64 i, u32 n) {
  u64 word = i >> 6, rest = bits[word] & ~(~0UL << (i & 63));
  for (u32 here; n > 1 && (here = ones(rest)) < n; rest = bits[--word]) n -= here;
  while (!rest) rest = bits[--word];
  // Usually it is the next one.
  for (; n > 1; n--) rest &= ~(1UL << (63 - __builtin_clzl(rest)));
  return word * 64 + 63 - (u64)__builtin_clzl(rest);
}

// The path from an entry to its root. Entries and their groups only decrease along it, so the search for each begins
// at the place of the one before. The whole climb takes no longer than one scan of the bits.
struct climb { u64 entry, last, outsiders; u32 group; int is_known; };

static void climb_begin(struct tree *t, struct climb *c, u32 entry) {
  if (t->sampled != t->count) {
    sample(t->begins, t->begins_before, t->count);
    sample(t->parents, t->parents_before, t->count);
    t->sampled = t->count;
  }
  c->entry = entry;
  c->outsiders = t->outsider_count;
  c->is_known = 0;
}

static __attribute__((noinline)) int find_outsider(const struct tree *t, struct climb *c) {
  u64 low = 0, high = c->outsiders;
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (t->outsiders[middle].entry < c->entry) low = middle + 1; else high = middle;
  }
  int is_one = low < c->outsiders && t->outsiders[low].entry == c->entry;
  c->outsiders = low;
  return is_one;
}

INLINE int is_set(const u64 *bits, u64 i) { return bits[i >> 6] >> (i & 63) & 1; }

// One step up: the entry from which the last one was reached, or the complement of the number of its root.
static __attribute__((noinline)) u32 climb_far(const struct tree *t, struct climb *c) {
  u64 entry = c->entry, last = c->last;
  c->last = entry;
  if (c->outsiders && t->outsiders[c->outsiders - 1].entry >= entry && find_outsider(t, c)) {
    c->is_known = 0;
    return (u32)(c->entry = t->outsiders[c->outsiders].parent);
  }
  if (c->is_known) {
    u32 fewer = ones_behind(t->begins, entry, last);
    c->entry = select_before(t->parents, entry, fewer);
    c->group -= fewer;
  } else {
    c->group = rank(t->begins, t->begins_before, entry);
    c->entry = select(t->parents, t->parents_before, t->count, c->group);
    c->is_known = 1;
  }
  return (u32)c->entry;
}

// The entries of a list are adjacent, and so are their bits.
INLINE u32 climb(const struct tree *t, struct climb *c) {
  u64 entry = c->entry;
  if (!c->is_known || !entry || c->last != entry + 1) return climb_far(t, c);
  if (!is_set(t->begins, entry + 1) || !is_set(t->parents, entry - 1)) return climb_far(t, c);
  if (c->outsiders && t->outsiders[c->outsiders - 1].entry >= entry) return climb_far(t, c);
  c->last = entry;
  c->group--;
  return (u32)(c->entry = entry - 1);
}
