#include "check.h"

enum { MAX_PARTS = 5000 };

extern void do_parts(void (*act)(void *subject, u64 part), void *subject, u64 count);

// Not atomic: the thread that waits for all parts must see the work of the other one.
static void act(void *subject, u64 part) { ((u32 *)subject)[part] += (u32)part + 1; }

void check_parts(struct random *r, struct totals *t) {
  static u32 done[MAX_PARTS];
  // The memory of the second thread is never freed.
  if (below(r, 100)) return;
  u64 count = below(r, MAX_PARTS);
  for (u64 i = 0; i < count; i++) done[i] = 0;
  do_parts(act, done, count);
  for (u64 i = 0; i < count; i++)
    if (done[i] != i + 1) differ("part %lu of %lu was done %u times", i, count, done[i] / (u32)(i + 1));
  t->parts += count;
}
