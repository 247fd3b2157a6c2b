#include "processors.h"
#include "../kernel.h"

INTERNAL int are_two_processors(void) {
  u64 mask[PROCESSOR_WORDS];
  i64 bytes = call(SYS_sched_getaffinity, 0, sizeof mask, (i64)mask, 0, 0);
  u32 count = 0;
  for (i64 i = 0; i < bytes / 8; i++) count += count_ones(mask[i]);
  return count > 1;
}
