// An object is discovered when the search sees a reference to it for the first time. It is then marked as visited.

#ifndef LM_SEARCH_DISCOVER_H
#define LM_SEARCH_DISCOVER_H

#include "findings.h"
#include "prefetch_buffer.h"

// An annotated object is marked as visited from the beginning; its annotation records whether it was discovered.
INTERNAL void discover_annotated(struct search *s, u64 address, u32 slot, u32 parent, struct first_reference by);

// The same, by a word of the parent, or by 0 if the reference is not one of its words.
INTERNAL void discover_annotated_by(struct search *s, u64 address, u32 slot, u32 parent, const u64 *word);

// For the second thread. The first thread will know whether the object was discovered before, so one record is enough.
// For a target we also record whether it has two holders.
INTERNAL void record_annotated(struct search *s, u64 address, u32 slot, u32 parent, const u64 *word);

// Neighbors follow each other, and a word that was just written takes a while to be read again, so the marks are read
// by the byte. word is 0 if the reference is not one of its holder's words.
INLINE void discover_in(
  struct search *s,
  const struct slot_map *map,
  struct marks marks,
  u64 address,
  u32 parent,
  const u64 *word,
  enum role role) {
  u64 slot;
  if (!find_slot(map, address, &slot)) return;
  u32 mark = 1U << (slot & 7), bits = marks.bits[slot >> 3];
  // The first thread may just set the bit. Then the second one may miss it, and its finding will be dropped.
  if (role == SECOND && __atomic_load_n(&marks.bits_of_first[slot >> 3], __ATOMIC_RELAXED) & mark) {
    if (UNLIKELY(may_be_annotated(s->first, address))) record_annotated(s, address, (u32)slot, parent, word);
    return;
  }
  if (bits & mark) {
    if (role == FIRST && UNLIKELY(may_be_annotated(s, address)))
      discover_annotated_by(s, address, (u32)slot, parent, word);
    return;
  }
  __atomic_store_n(&marks.bits[slot >> 3], (u8)(bits | mark), __ATOMIC_RELAXED);
  if (role == SECOND) marks.touched[slot >> BLOCK_BITS] = 1;
  __builtin_prefetch((const void *)address);
  buffer_object(s, address, (u32)slot, parent, role);
}

// A reference that is not one of its holder's words.
INTERNAL void discover(struct search *s, u64 address, u32 parent);

#endif
