#include "channel.h"
#include "../kernel.h"

INTERNAL NOINLINE void wait_for_turn(struct channel *c) {
  while (load_acquire(&c->turn) != TURN_CHILD) {
    i64 second[2] = {1, 0};
    futex_wait(&c->turn, TURN_PARENT, second);
    if (c->parent && parent_id() != c->parent) end_process();
  }
}

INTERNAL void give_turn(struct channel *c, int answer) {
  c->answer = answer;
  store_release(&c->turn, TURN_PARENT);
  futex_wake(&c->turn);
}

INTERNAL u64 ask_parent(struct channel *c, u64 method_table) {
  c->question = method_table;
  give_turn(c, ANSWER_ASKS);
  wait_for_turn(c);
  return c->reply;
}
