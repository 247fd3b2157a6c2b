#include "memory_watch.h"
#include "proc_text.h"
#include "../tasks/task.h"
#include "../kernel.h"

enum { RESERVE = 16 << 20, TEXT_LENGTH = 8192 };

// No program writes to more bytes than this in a nanosecond, counting whole pages.
enum { MOST_PER_NS = 16 };
enum { SHORTEST_NS = 500000, LONGEST_NS = 20000000 };

INLINE i64 read_again(int file, char *text) { return call(SYS_pread64, file, (i64)text, TEXT_LENGTH, 0, 0); }

INLINE void sleep_ns(i64 duration) {
  i64 rest[2] = {0, duration};
  call(SYS_nanosleep, (i64)rest, 0, 0, 0, 0);
}

static void watch(void *argument) {
  struct channel *c = argument;
  char text[TEXT_LENGTH];
  for (i64 used, before = 0, length; (length = read_again(c->usage, text)) > 0; before = used) {
    used = parse_number(text, length);
    i64 cache = parse_inactive_file(text, read_again(c->statistics, text));
    // Less is left at the next look, if the program goes on like that.
    i64 grown = before && used > before ? used - before : 0;
    i64 left = (i64)c->memory_limit - used + (cache > 0 ? cache : 0) - grown - RESERVE;
    if (left < 0) {
      store_release(&c->ran_out, 1);
      end_process();
    }
    i64 pause = left / MOST_PER_NS;
    sleep_ns(pause < SHORTEST_NS ? SHORTEST_NS : pause > LONGEST_NS ? LONGEST_NS : pause);
  }
}

INTERNAL void watch_memory(struct channel *c) {
  if (c->usage < 0) return;
  i64 stack = map_memory(STACK_LENGTH, 0);
  if (!is_error(stack)) start_thread((u64)stack + STACK_LENGTH, watch, c, 0);
}
