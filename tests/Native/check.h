// Compares the native code with something simple. A difference ends the program.

#ifndef TESTS_NATIVE_CHECK_H
#define TESTS_NATIVE_CHECK_H

#include "random.h"

struct totals { u64 heaps, searches, objects, paths, long_paths, split, texts, parts; };

void check_search(struct random *r, struct totals *t);
void check_parts(struct random *r, struct totals *t);
void check_texts(struct random *r, struct totals *t);

// Prints a message, and ends the program with an error.
_Noreturn void differ(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
