#include "served_search.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void serve(struct channel *c);

static struct channel s_channel;
static const struct heap *s_heap;
static pthread_t s_thread;

static void *run(void *channel) {
  serve(channel);
  return 0;
}

static void give_turn_to_child(void) {
  store_release(&s_channel.turn, TURN_CHILD);
  syscall(SYS_futex, &s_channel.turn, FUTEX_WAKE, INT_MAX);
  while (load_acquire(&s_channel.turn) == TURN_CHILD) syscall(SYS_futex, &s_channel.turn, FUTEX_WAIT, TURN_CHILD, 0);
}

static const struct channel *send(enum order order, u64 count, u64 first, u64 second) {
  s_channel.order = order;
  s_channel.count = count;
  s_channel.first = first;
  s_channel.second = second;
  give_turn_to_child();
  while (s_channel.answer == ANSWER_ASKS) {
    s_channel.reply = allocator_of(s_heap, s_channel.question);
    give_turn_to_child();
  }
  if (s_channel.answer != ANSWER_DONE) {
    fprintf(stderr, "order %d: answer %d\n", order, s_channel.answer);
    abort();
  }
  return &s_channel;
}

void begin_serving(const struct heap *h, const struct settings *s) {
  static int memory_file = -1;
  if (memory_file < 0) memory_file = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  memset(&s_channel, 0, sizeof s_channel - sizeof s_channel.words);
  s_heap = h;
  s_channel.view = s->view;
  s_channel.least_shared = s->least_shared;
  s_channel.max_entries = s->max_entries;
  s_channel.memory = s->has_memory_file ? memory_file : -1;
  if (pthread_create(&s_thread, 0, run, &s_channel)) abort();
  give(ORDER_HEAP, 0, 0, h->segment_count, h->attached_count);
  give(ORDER_SEGMENTS, (const u64 *)h->segments, 2 * h->segment_count, 0, 0);
  give(ORDER_ATTACHED, (const u64 *)h->attached, 2 * h->attached_count, 0, 0);
}

void end_serving(void) {
  send(ORDER_LEAVE, 0, 0, 0);
  pthread_join(s_thread, 0);
}

const struct channel *give(enum order order, const u64 *words, u64 count, u64 first, u64 second) {
  do {
    u64 piece = count < CHANNEL_WORDS ? count : CHANNEL_WORDS;
    if (piece) memcpy(s_channel.words, words, piece * sizeof *words);
    send(order, piece, first, second);
    if (piece) words += piece;
    count -= piece;
  } while (count);
  return &s_channel;
}

const struct channel *give_paths(u64 known) {
  s_channel.next_found = known;
  s_channel.next_index = 0;
  return continue_paths();
}

const struct channel *continue_paths(void) { return send(ORDER_PATHS, 0, 0, 0); }
