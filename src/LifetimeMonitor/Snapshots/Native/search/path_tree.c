#include "path_tree.h"

enum { SAMPLE_BITS = 9, SAMPLE_WORDS = (1 << SAMPLE_BITS) / 64 };

INTERNAL int tree_reserve(struct tree *t, u64 capacity) {
  t->capacity = capacity;
  // expand() prefetches beyond the end.
  t->queue = (u32 *)reserve(&t->queue_memory, in_large_pages(capacity * 4 + PAGE_SIZE));
  t->begins = (u64 *)reserve(&t->begins_memory, capacity / 8 + 8);
  t->parents = (u64 *)reserve(&t->parents_memory, capacity / 8 + 8);
  t->outsiders = (struct outsider *)reserve(&t->outsider_memory, capacity * sizeof(struct outsider));
  t->begins_before = (u32 *)reserve(&t->begins_sample_memory, (capacity >> SAMPLE_BITS) * 4 + 8);
  t->parents_before = (u32 *)reserve(&t->parents_sample_memory, (capacity >> SAMPLE_BITS) * 4 + 8);
  return t->queue && t->begins && t->parents && t->outsiders && t->begins_before && t->parents_before;
}

INTERNAL void tree_clear(struct tree *t) {
  clear_words(t->begins, t->count / 64 + 1);
  clear_words(t->parents, t->count / 64 + 1);
  t->count = t->outsider_count = t->sampled = 0;
  t->last_parent = ~0U;
}

// Clears the bits from one on, up to and including another one.
static void clear_bits(u64 *bits, u64 from, u64 last) {
  bits[from >> 6] &= ~(~0UL << (from & 63));
  if (from >> 6 < last >> 6) clear_words(bits + (from >> 6) + 1, (last >> 6) - (from >> 6));
}

INTERNAL void tree_rewind(struct tree *t, u64 count, u64 outsider_count) {
  clear_bits(t->begins, count, t->count);
  clear_bits(t->parents, count, t->count);
  t->count = count;
  t->outsider_count = outsider_count;
  t->sampled = 0;
  t->last_parent = ~0U;
}

static void sample_bits(const u64 *bits, u32 *before, u64 count) {
  u32 sum = 0;
  for (u64 word = 0; word <= count / 64; word++) {
    if (word % SAMPLE_WORDS == 0) before[word / SAMPLE_WORDS] = sum;
    sum += count_ones(bits[word]);
  }
}

// The number of set bits up to and including a bit.
static u32 rank_bit(const u64 *bits, const u32 *before, u64 i) {
  u64 word = i >> SAMPLE_BITS << (SAMPLE_BITS - 6);
  u32 sum = before[i >> SAMPLE_BITS];
  for (; word < i >> 6; word++) sum += count_ones(bits[word]);
  return sum + count_ones(bits[word] & ~0UL >> (63 - (i & 63)));
}

// The position of the nth set bit, from 1.
static u64 select_bit(const u64 *bits, const u32 *before, u64 count, u32 n) {
  u64 low = 0, high = (count >> SAMPLE_BITS) + 1;
  while (high - low > 1) {
    u64 middle = (low + high) / 2;
    if (before[middle] < n) low = middle; else high = middle;
  }
  u64 word = low * SAMPLE_WORDS, left = n - before[low];
  for (u32 here; (here = count_ones(bits[word])) < left; word++) left -= here;
  u64 rest = bits[word];
  for (; left > 1; left--) rest &= rest - 1;
  return word * 64 + (u64)__builtin_ctzl(rest);
}

// The number of set bits after a bit, up to and including another one.
static u32 count_ones_behind(const u64 *bits, u64 i, u64 last) {
  u64 word = (i + 1) >> 6, end = last >> 6, behind = ~0UL << ((i + 1) & 63), until = ~0UL >> (63 - (last & 63));
  if (word == end) return count_ones(bits[word] & behind & until);
  u32 sum = count_ones(bits[word] & behind);
  while (++word < end) sum += count_ones(bits[word]);
  return sum + count_ones(bits[end] & until);
}

// The position of the nth set bit before a bit, from 1.
static u64 select_before(const u64 *bits, u64 i, u32 n) {
  u64 word = i >> 6, rest = bits[word] & ~(~0UL << (i & 63));
  for (u32 here; n > 1 && (here = count_ones(rest)) < n; rest = bits[--word]) n -= here;
  while (!rest) rest = bits[--word];
  // Usually it is the next one.
  for (; n > 1; n--) rest &= ~(1UL << (63 - __builtin_clzl(rest)));
  return word * 64 + 63 - (u64)__builtin_clzl(rest);
}

INTERNAL void climb_begin(struct tree *t, struct climb *c, u32 entry) {
  if (t->sampled != t->count) {
    sample_bits(t->begins, t->begins_before, t->count);
    sample_bits(t->parents, t->parents_before, t->count);
    t->sampled = t->count;
  }
  c->entry = entry;
  c->outsiders = t->outsider_count;
  c->is_known = 0;
}

static NOINLINE int find_outsider(const struct tree *t, struct climb *c) {
  u64 low = 0, high = c->outsiders;
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (t->outsiders[middle].entry < c->entry) low = middle + 1; else high = middle;
  }
  int is_one = low < c->outsiders && t->outsiders[low].entry == c->entry;
  c->outsiders = low;
  return is_one;
}

INTERNAL NOINLINE u32 climb_far(const struct tree *t, struct climb *c) {
  u64 entry = c->entry, last = c->last;
  c->last = entry;
  if (c->outsiders && t->outsiders[c->outsiders - 1].entry >= entry && find_outsider(t, c)) {
    c->is_known = 0;
    return (u32)(c->entry = t->outsiders[c->outsiders].parent);
  }
  if (c->is_known) {
    u32 fewer = count_ones_behind(t->begins, entry, last);
    c->entry = select_before(t->parents, entry, fewer);
    c->group -= fewer;
  } else {
    c->group = rank_bit(t->begins, t->begins_before, entry);
    c->entry = select_bit(t->parents, t->parents_before, t->count, c->group);
    c->is_known = 1;
  }
  return (u32)c->entry;
}
