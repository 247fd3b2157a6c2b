// The code of the watchdog (build.sh compiles it to watchdog.linux-*.bin). Freestanding, as clone.c.

#define ONE_UNIT
#include "kernel.h"

__asm__(".section .text.entry,\"ax\"\n" ENTRY_POINT("start_watchdog") ".text\n");

#include "tasks/processors.c"
#include "tasks/task.c"
#include "process/watchdog.c"
