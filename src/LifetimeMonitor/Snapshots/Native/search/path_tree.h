// The queue of the breadth-first search and the tree of its shortest paths in one, with 34 bits per entry.
//
// Entries are expanded in the order of the queue, so the children of an entry are adjacent, and their groups are in
// the order of their parents. One bit says that an entry begins a group, one that an entry has children; the parent of
// the nth group is the nth entry with children (Jacobson, "Space-efficient static trees and graphs", FOCS 1989).
// Children of a root, and of an entry expanded out of turn, have their parent in a separate list.

#ifndef LM_SEARCH_PATH_TREE_H
#define LM_SEARCH_PATH_TREE_H

#include "blocks.h"

struct outsider { u32 entry, parent; }; // parent: an entry, or the complement of a root's number

struct tree {
  struct block queue_memory, begins_memory, parents_memory, outsider_memory,
    begins_sample_memory, parents_sample_memory;
  u32 *queue; // slots
  u64 count, capacity;
  u64 *begins, *parents;
  struct outsider *outsiders;
  u64 outsider_count;
  u32 *begins_before, *parents_before; // number of bits set before each sample
  u64 sampled;                         // number of entries sampled
  u32 last_parent;
};

// 0: no memory.
INTERNAL int tree_reserve(struct tree *t, u64 capacity);

INTERNAL void tree_clear(struct tree *t);

// Forgets the entries and outsiders that were added since there were so many of each.
INTERNAL void tree_rewind(struct tree *t, u64 count, u64 outsider_count);

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
  // The second thread prefetches beyond its share, and so may read this.
  __atomic_store_n(&t->queue[t->count++], slot, __ATOMIC_RELAXED);
}

// The path from an entry to its root. Entries and their groups only decrease along it, so the search for each begins
// at the place of the one before. The whole climb takes no longer than one scan of the bits.
struct climb { u64 entry, last, outsiders; u32 group; int is_known; };

// Begins a climb at an entry.
INTERNAL void climb_begin(struct tree *t, struct climb *c, u32 entry);

INLINE int is_set(const u64 *bits, u64 i) { return bits[i >> 6] >> (i & 63) & 1; }

// One step up: the entry from which the last one was reached, or the complement of the number of its root.
INTERNAL u32 climb_far(const struct tree *t, struct climb *c);

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

#endif
