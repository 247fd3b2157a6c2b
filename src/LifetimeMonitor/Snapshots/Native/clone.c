// The code that makes a frozen copy of this process, searches in it, and guards against crashes. Freestanding: no libc,
// no globals, no relocations. So the bytes can be mapped anywhere, and the clone runs only this code (build.sh compiles
// it to clone.linux-*.bin).
//
// All parts are one translation unit; base.h says why. Each part also compiles on its own.

#define ONE_UNIT
#include "kernel.h"

// The entry points: 0 clones, 16 searches in this very process (for tests), 32 guards against a crash. The code that
// maps the bytes writes the address of its struct guard at 48.
__asm__(
  ".section .text.entry,\"ax\"\n"
  ENTRY_POINT("clone_process") ENTRY_ALIGNMENT
  ENTRY_POINT("serve") ENTRY_ALIGNMENT
  ENTRY_POINT("guard") ENTRY_ALIGNMENT
  "guard_slot: " WORD
  ".text\n");

#include "tasks/processors.c"
#include "tasks/task.c"
#include "tasks/work_parts.c"

#include "search/blocks.c"
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

#include "process/proc_text.c"
#include "process/thread_state.c"
#include "process/tracer.c"
#include "process/shared_mappings.c"
#include "process/freeze.c"
#include "process/crash_guard.c"
#include "process/memory_watch.c"
#include "process/make_clone.c"
