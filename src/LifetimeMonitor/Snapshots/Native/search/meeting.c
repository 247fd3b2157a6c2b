// An object is met when a reference to it is seen the first time.

// A special object is marked as seen from the beginning; its own entry records whether it was met.
static __attribute__((noinline)) void meet_special(
  struct search *s, u64 address, u32 slot, u32 parent, struct meeting by) {
  struct entry *special = hash_probe(&s->specials, address);
  if (!special->value) return;
  struct meeting *meeting = &s->meetings[special - s->specials.entries];
  if (special->value >> MET_SHIFT) {
    if (special->value >> TARGET_SHIFT & 1 && !s->through_targets && (!by.holder || by.holder != meeting->holder))
      s->has_other_holder = 1;
    return;
  }
  special->value |= 1UL << MET_SHIFT;
  *meeting = by;
  await_memory(s, address | IS_SPECIAL, slot, parent, FIRST);
}

static __attribute__((noinline)) void meet_special_by(
  struct search *s, u64 address, u32 slot, u32 parent, const u64 *word) {
  u64 holder = (int)parent < 0 ? 0 : address_of(&s->places.map, s->tree.queue[parent]);
  meet_special(s, address, slot, parent, (struct meeting){holder, word ? (u64)word + s->windows.bias - holder : 0});
}

// The first thread will know whether the object was met before, so one note is enough. For a target we also record
// whether it has two holders.
static __attribute__((noinline)) void note(struct search *s, u64 address, u32 slot, u32 parent, const u64 *word) {
  struct findings *f = s->findings;
  const struct search *first = s->first;
  const struct entry *special = hash_probe(&first->specials, address);
  u64 i = (u64)(special - first->specials.entries), value = special->value,
    holder = address_of(&s->places.map, first->tree.queue[parent]);
  if (!value) return;
  if (value >> TARGET_SHIFT & 1) {
    if (f->target_holder && f->target_holder != holder) f->has_two_holders = 1;
    f->target_holder = holder;
  }
  if (value >> MET_SHIFT || f->rounds[i] == f->round) return;
  f->rounds[i] = f->round;
  f->notes[f->note_count] = (struct note){address, {holder, (u64)word + s->windows.bias - holder}, slot};
  await_memory(s, address | IS_SPECIAL, (u32)f->note_count++, parent, SECOND);
}

// Neighbors follow each other, and a word that was just written takes a while to be read again, so the marks are read
// by the byte. word is 0 if the reference is not one of its holder's words.
INLINE void meet_in(
  struct search *s, const struct map *map, struct marks marks, u64 address, u32 parent, const u64 *word, enum who who) {
  u64 slot;
  if (!find_slot(map, address, &slot)) return;
  u32 mark = 1U << (slot & 7), seen = marks.seen[slot >> 3];
  if (who == SECOND && marks.before[slot >> 3] & mark) {
    if (__builtin_expect(may_be_special(s->first, address), 0)) note(s, address, (u32)slot, parent, word);
    return;
  }
  if (seen & mark) {
    if (who == FIRST && __builtin_expect(may_be_special(s, address), 0))
      meet_special_by(s, address, (u32)slot, parent, word);
    return;
  }
  marks.seen[slot >> 3] = (u8)(seen | mark);
  if (who == SECOND) marks.touched[slot >> BLOCK_BITS] = 1;
  __builtin_prefetch((const void *)address);
  await_memory(s, address, (u32)slot, parent, who);
}

static __attribute__((noinline)) void meet(struct search *s, u64 address, u32 parent) {
  meet_in(s, &s->places.map, s->marks, address, parent, 0, FIRST);
}
