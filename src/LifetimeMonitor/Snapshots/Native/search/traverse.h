// Breadth-first search with parents. It means the same as the managed search (Graph/ShortestPathSearch).
//
// An object is discovered when a reference to it is seen the first time, and drained from the prefetch buffer a few
// objects later. Most objects hold no reference: they are counted then and need no place in the queue.

#ifndef LM_SEARCH_TRAVERSE_H
#define LM_SEARCH_TRAVERSE_H

#include "search_state.h"

// Searches all objects reachable from the roots so far; stops when all targets are found, unless it is exhaustive.
INTERNAL void run_search(struct search *s);

// A root's parent is the complement of its number.
INTERNAL void discover_roots(struct search *s, const struct channel *c);

// Searches the targets themselves after all else: for the objects that only they hold.
INTERNAL void search_behind_targets(struct search *s);

// Counts the objects that are reachable from the one target and, without it, from no root.
INTERNAL void find_retained(struct search *s, u64 target);

// Whether anything other than the holder refers to the target and is reachable without the target.
INTERNAL u64 has_other_holder(struct search *s, u64 target, u64 holder);

#endif
