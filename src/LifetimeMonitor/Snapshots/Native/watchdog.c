// The code of the watchdog (build.sh compiles it to watchdog.linux-x64.bin). Freestanding, as clone.c.

#define ONE_UNIT
#include "arch/x64.h"

__asm__(".section .text.entry,\"ax\"\n" ENTRY_POINT("start_watchdog") ".text\n");

#include "tasks/processors.c"
#include "tasks/task.c"
#include "process/watchdog.c"
