// Compares the paths that the clone sends with those of the simple search.

#ifndef TESTS_NATIVE_CHECK_PATHS_H
#define TESTS_NATIVE_CHECK_PATHS_H

#include "check.h"
#include "served_search.h"

// Takes all paths of the search. If it stopped early, it may have found less.
void check_paths(const struct walk *w, u64 found, struct totals *t);

#endif
