// The input of a search, and its state.

enum { WAITING = 32, FILTER_BITS = 15, FILTER_WORDS = (1 << FILTER_BITS) / 64 };

struct pair { u64 key, value; };
struct special_entry { u32 entry, is_target; };
// The word by which a special object was met. Holder 0: a root. Offset 0: a reference that is none of the holder's
// words.
struct meeting { u64 holder, offset; };
struct waiting { u64 address; u32 slot, parent; };

// The properties of a special object in one word: where its dependent handles and its cuts begin, from 1, whether it
// is a target, and whether it was met. It is marked as seen from the beginning, so only a reference to a seen object
// has to check whether that is special.
enum { CUTS_SHIFT = 25, TARGET_SHIFT = 50, MET_SHIFT = 51 };
#define FIRST_MASK ((1UL << CUTS_SHIFT) - 1)
enum { IS_SPECIAL = 1 }; // flag in the address of a waiting object

// Two threads search: the first does all work in order, the second its share of large work (second.c).
enum who { FIRST, SECOND };

// The visited set: a bit for each slot. The second thread has marks of its own, beside those that the first thread
// continues to make. It records which blocks of 64 words it has written to.
enum { BLOCK_BITS = 12, LEAST_SHARED = 1 << 16, MAX_PARENTS = 1 << 30 };
struct marks { u8 *seen; const u8 *before; u8 *touched; };

struct search {
  struct channel *channel;
  int failed, prepared, used, indexed, drain, through_targets, out_of_turn, is_bounded, halt, has_other_holder;
  struct places places;
  struct windows windows;
  struct types types;
  struct tree tree;
  struct block attached_memory, target_memory, cut_memory, found_memory, special_memory, meeting_memory, seen_memory;
  struct pair *attached; u64 attached_count, attached_capacity;
  struct pair *cuts; u64 cut_count, cut_capacity;
  u64 *targets; u64 target_count, target_capacity;
  struct hash specials;
  struct meeting *meetings; // beside the entries of specials
  u64 special_filter[FILTER_WORDS]; // a bit for each address that may be special
  struct marks marks;
  u32 *found; u64 found_count;
  struct special_entry *special_entries; u64 special_count, next_special; // in the tree, in order
  // The waiting objects: the earlier ones, and the other half, to which objects are being added.
  struct waiting waiting[2][WAITING], *earlier, *earlier_end, *later, *next, *next_end;
  u64 head, last_alone, root_count, visited, unreadable, bytes, stopped;
  struct search *first, *second; // of the other thread; 0: there is none
  struct findings *findings;     // of the second thread
  int is_alone, vain;            // there is no second thread; how often it contributed nothing
  struct climb way; u32 way_entry;               // the path that is being sent, up to an entry
  int is_long;
  struct hash kinds; u64 last_kind; u32 last_number; // of the references on that path
  struct seen_object { u64 address; const struct table *table; } held;
  u64 least_shared, shared;      // least work for the second thread, in references; how often it did some
};

INLINE void await_none(struct search *s) {
  s->earlier = s->earlier_end = s->waiting[1];
  s->later = s->next = s->waiting[0];
  s->next_end = s->next + WAITING;
}

INLINE u64 filter_bit(u64 address) { return (address >> 3) * 0x9e3779b97f4a7c15UL >> (64 - FILTER_BITS); }

INLINE int may_be_special(const struct search *s, u64 address) {
  u64 bit = filter_bit(address);
  return s->special_filter[bit >> 6] >> (bit & 63) & 1;
}

static u64 *make_special(struct search *s, u64 address) {
  u64 slot;
  if (find_slot(&s->places.map, address, &slot)) s->marks.seen[slot >> 3] |= (u8)(1 << (slot & 7));
  set_bit(s->special_filter, filter_bit(address));
  return &hash_add(&s->specials, address)->value;
}

// In chunks. In a smaller heap, clearing a large page takes longer than the whole search.
enum { LARGE_HEAP = 32 };

static int reserve_seen(struct search *s) {
  u64 bytes = s->places.chunk_count << SLOT_BITS >> 3;
  s->marks.seen = (u8 *)reserve(&s->seen_memory, s->places.chunk_count >= LARGE_HEAP ? in_large_pages(bytes) : bytes);
  if (s->marks.seen && s->places.chunk_count >= LARGE_HEAP) use_large_pages(&s->seen_memory);
  return s->marks.seen != 0;
}

static void prepare(struct search *s) {
  if (s->prepared) return;
  s->prepared = 1;
  s->failed = places_begin(&s->places);
  if (s->failed) return;
  u64 slots = s->places.chunk_count << SLOT_BITS;
  // An object has at least three words. More entries than that would be garbage, for which there is some room.
  u64 capacity = slots / 3 + (1 << 20), allowed = s->channel->max_entries;
  if (capacity > 0x7fffffff) capacity = 0x7fffffff;
  s->is_bounded = allowed < capacity;
  if (s->is_bounded) capacity = allowed;
  if (!reserve_seen(s) || !types_begin(&s->types) || !tree_reserve(&s->tree, capacity)) {
    s->failed = NO_MEMORY;
    return;
  }
  if (!s->is_bounded) windows_begin(&s->windows, &s->places, s->channel->memory, (enum heap_view)s->channel->view);
  // The additional memory of the second thread is not in the memory budget.
  s->least_shared = s->channel->least_shared ? s->channel->least_shared : LEAST_SHARED;
  s->is_alone = allowed / 2 < capacity || capacity >= MAX_PARENTS || s->channel->least_shared == ~0UL;
  if (s->places.chunk_count < LARGE_HEAP) make_present(&s->seen_memory);
  if (s->places.chunk_count >= FEWEST_CHUNKS) use_large_pages_behind(&s->tree.queue_memory);
}

static void begin(struct search *s, u64 targets, u64 cuts) {
  prepare(s);
  if (s->failed) return;
  if (s->used) { clear(s->marks.seen, s->places.chunk_count << SLOT_BITS >> 6); tree_clear(&s->tree); }
  s->used = 1;
  s->tree.last_parent = ~0U;
  s->head = s->found_count = s->special_count = s->next_special = s->root_count = s->unreadable = s->bytes = s->stopped
    = s->visited = 0;
  s->through_targets = s->out_of_turn = s->drain = s->indexed = s->vain = s->has_other_holder = 0;
  await_none(s);
  s->target_count = s->cut_count = 0;
  s->target_capacity = targets;
  s->cut_capacity = cuts;
  s->targets = (u64 *)reserve(&s->target_memory, targets * 8);
  s->found = (u32 *)reserve(&s->found_memory, targets * 4);
  s->cuts = (struct pair *)reserve(&s->cut_memory, cuts * sizeof(struct pair));
  if (!s->targets || !s->found || !s->cuts) s->failed = NO_MEMORY;
}

// All targets and cuts are known when the first root comes.
static void index_inputs(struct search *s) {
  if (s->indexed || s->failed) return;
  s->indexed = 1;
  u64 count = s->attached_count + s->target_count + s->cut_count;
  s->special_entries = (struct special_entry *)reserve(&s->special_memory, count * sizeof(struct special_entry));
  if (!s->special_entries || !hash_begin(&s->specials, count)) { s->failed = NO_MEMORY; return; }
  u64 entries = 1UL << (64 - s->specials.shift);
  s->meetings = (struct meeting *)reserve(&s->meeting_memory, entries * sizeof(struct meeting));
  if (!s->meetings) { s->failed = NO_MEMORY; return; }
  clear(s->meetings, entries * 2);
  clear(s->special_filter, FILTER_WORDS);
  for (u64 i = 0; i < s->attached_count; i++) {
    u64 *special = make_special(s, s->attached[i].key);
    if (!(*special & FIRST_MASK)) *special |= i + 1;
  }
  for (u64 i = 0; i < s->cut_count; i++) {
    u64 *special = make_special(s, s->cuts[i].key);
    if (!(*special >> CUTS_SHIFT & FIRST_MASK)) *special |= (i + 1) << CUTS_SHIFT;
  }
  for (u64 i = 0; i < s->target_count; i++) *make_special(s, s->targets[i]) |= 1UL << TARGET_SHIFT;
}
