// The search of the clone as an ordinary part of this program: the same sources, with memory and threads from libc, so
// that a sanitizer knows both (hosted_blocks.c, hosted_task.c).

#define ONE_UNIT

#include "hosted_blocks.c"
#include "hosted_task.c"

#include "tasks/processors.c"
#include "tasks/work_parts.c"
#include "search/address_hash.c"
#include "search/channel.c"
#include "search/method_table.c"
#include "search/segment_map.c"
#include "search/heap_windows.c"
#include "search/path_tree.c"
#include "search/setup.c"
#include "search/prefetch_buffer.c"
#include "search/discover.c"
#include "search/scan.c"
#include "search/traverse.c"
#include "search/second_thread.c"
#include "search/split.c"
#include "search/reference_offset.c"
#include "search/reference_kind.c"
#include "search/paths.c"
#include "search/service.c"

// For check_parts.c.
void do_parts(void (*act)(void *subject, u64 part), void *subject, u64 count);
void do_parts(void (*act)(void *, u64), void *subject, u64 count) { do_by_two(act, subject, count); }
