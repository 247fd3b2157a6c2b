// The input of a search, and its state.

#ifndef LM_SEARCH_SEARCH_STATE_H
#define LM_SEARCH_SEARCH_STATE_H

#include "address_hash.h"
#include "channel.h"
#include "heap_windows.h"
#include "method_table.h"
#include "path_tree.h"
#include "segment_map.h"

enum { HALF_BUFFER = 32, FILTER_BITS = 15, FILTER_WORDS = (1 << FILTER_BITS) / 64 };

struct pair { u64 key, value; };

// An annotated object is a target, or has dependent handles or excluded edges. Its annotation is one word: where its
// dependent handles and its excluded edges begin, from 1, whether it is a target, and whether it was discovered. It is
// marked as visited from the beginning, so only a reference to a visited object has to check for an annotation.
enum { EXCLUDED_SHIFT = 25, TARGET_SHIFT = 50, DISCOVERED_SHIFT = 51 };
#define INDEX_MASK ((1UL << EXCLUDED_SHIFT) - 1)
enum { IS_ANNOTATED = 1 }; // flag in the address of a buffered object
struct annotated_entry { u32 entry, is_target; };

// The word by which an annotated object was discovered. Holder 0: a root. Offset 0: a reference that is none of the
// holder's words.
struct first_reference { u64 holder, offset; };

struct buffered { u64 address; u32 slot, parent; };

// Two threads search: the first does all work in order, the second its share of large work (second_thread.c).
enum role { FIRST, SECOND };

// The visited set: a mark bit for each slot. The second thread has marks of its own, beside those that the first
// thread continues to make. It records which blocks of 64 words it has written to.
enum { BLOCK_BITS = 12, LEAST_SHARED = 1 << 16, MAX_PARENTS = 1 << 30 };
struct marks { u8 *bits; const u8 *bits_of_first; u8 *touched; };

struct search {
  struct channel *channel;
  int failed; // a negative answer
  int prepared, used, indexed, is_exhaustive, through_targets, out_of_turn, is_bounded, halt, has_other_holder;
  struct segment_map segments;
  struct windows windows;
  struct method_tables types;
  struct tree tree;
  struct block attached_memory, target_memory, excluded_memory, found_memory, annotated_memory, first_reference_memory,
    mark_memory;
  struct pair *attached; // dependent handles
  u64 attached_count, attached_capacity;
  struct pair *excluded_edges;
  u64 excluded_count, excluded_capacity;
  u64 *targets;
  u64 target_count, target_capacity;
  struct hash annotations;
  struct first_reference *first_references; // beside the entries of annotations
  u64 annotation_filter[FILTER_WORDS];      // a bit for each address that may be annotated
  struct marks marks;
  u32 *found;
  u64 found_count;
  struct annotated_entry *annotated_entries; // in the tree, in order
  u64 annotated_count, next_annotated;
  // The prefetch buffer: the earlier half, and the other one, to which objects are being added.
  struct buffered buffer[2][HALF_BUFFER], *earlier, *earlier_end, *later, *next, *next_end;
  u64 head, last_alone, root_count, visited, unreadable, bytes, stopped;
  struct search *first, *second; // of the other thread; 0: there is none
  struct findings *findings;     // of the second thread
  int is_single_threaded;
  int failed_handoffs;  // how often, in succession, the second thread contributed nothing
  struct climb path;    // the path that is being sent, up to an entry
  u32 path_entry;
  int is_long;
  struct hash kinds; // of the references on that path
  u64 last_kind;
  u32 last_number;
  struct held_object { u64 address; const struct method_table *table; } held;
  u64 least_shared, shared; // least work for the second thread, in references; how often it did some
};

INLINE void reset_buffer(struct search *s) {
  s->earlier = s->earlier_end = s->buffer[1];
  s->later = s->next = s->buffer[0];
  s->next_end = s->next + HALF_BUFFER;
}

INLINE u64 filter_bit(u64 address) { return mix_address(address) >> (64 - FILTER_BITS); }

INLINE int may_be_annotated(const struct search *s, u64 address) {
  u64 bit = filter_bit(address);
  return s->annotation_filter[bit >> 6] >> (bit & 63) & 1;
}

// Of an annotated object, or of an address where there is none.
INLINE struct first_reference *first_reference_to(const struct search *s, u64 address) {
  return &s->first_references[hash_probe(&s->annotations, address) - s->annotations.entries];
}

// Graph/SearchStop.cs has the same values.
enum stop { STOP_BY_TIME = 1, STOP_BY_MEMORY = 2 };

INLINE void stop_by(struct search *s, enum stop cause) {
  s->stopped = cause;
  s->halt = 1;
}

// Whether the search cannot continue.
INLINE int is_broken(const struct search *s) { return s->failed || s->types.failed || s->stopped; }

#endif
