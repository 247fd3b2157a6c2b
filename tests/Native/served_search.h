// The search of the clone, run by a thread of this program.

#ifndef TESTS_NATIVE_SERVED_SEARCH_H
#define TESTS_NATIVE_SERVED_SEARCH_H

#include "reference.h"
#include "search/channel.h"

struct settings { u64 view, least_shared, max_entries; int has_memory_file; };

void begin_serving(const struct heap *h, const struct settings *s);
void end_serving(void);

// Gives an order with words, in as many pieces as needed, and waits until it is carried out.
const struct channel *give(enum order order, const u64 *words, u64 count, u64 first, u64 second);

// One piece of the paths; the words are in the channel.
const struct channel *give_paths(u64 known);
const struct channel *continue_paths(void);

#endif
