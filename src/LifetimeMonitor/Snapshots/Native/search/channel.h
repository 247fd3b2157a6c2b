// How the parent gives its orders to the clone: through shared memory, and a turn that passes back and forth.
// SearchOrder.cs and SearchChannel.cs mirror this file.

#ifndef LM_SEARCH_CHANNEL_H
#define LM_SEARCH_CHANNEL_H

#include "../base.h"

enum turn { TURN_PARENT = 0, TURN_CHILD = 1 };

enum order {
  ORDER_LEAVE = 0,
  ORDER_HEAP = 1,           // first: number of segments, second: number of attached objects
  ORDER_SEGMENTS = 2,       // words: start and length, in order
  ORDER_ATTACHED = 3,       // words: key and value, grouped by key
  ORDER_BEGIN = 4,          // first: number of targets, second: number of excluded edges
  ORDER_TARGETS = 5,        // words
  ORDER_EXCLUDED_EDGES = 6, // words: holder and held, grouped by holder
  ORDER_ROOTS = 7,          // words
  ORDER_RUN = 8,
  ORDER_BEHIND = 9,
  ORDER_PATHS = 10,
  ORDER_RETAINED = 11,      // first: target
  ORDER_OFFSET = 12,        // first: holder, second: held
  ORDER_OTHER_HOLDER = 13,  // first: target, second: holder
  ORDER_CLEAR = 14
};

enum answer {
  ANSWER_DONE = 1,
  ANSWER_ASKS = 2,
  ANSWER_NO_MEMORY = -1,
  ANSWER_TOO_LARGE = -2,
  ANSWER_NO_PEEK = -3,
  ANSWER_NONSENSE = -4
};

enum { CHANNEL_WORDS = 64 * 1024 };

struct channel {
  int turn; // enum turn
  int order, answer;
  int stop;
  u64 count;                  // words that follow the header, in either direction
  u64 first, second;          // the arguments of an order
  u64 visited, unreadable, found, stopped, objects, bytes;
  u64 question, reply;        // a collectible method table, its loader allocator; or the reply to a question
  u64 next_found, next_index; // where ORDER_PATHS continues
  u64 max_entries;            // the size of the queue that the memory budget allows
  i64 parent;                 // the process that gives the orders; 0: this very process
  i64 memory;                 // a descriptor of the clone's memory, opened by its parent; -1: none
  u64 view;                   // how the heap is read: enum heap_view
  u64 windows;                // number of heap pieces read into frames
  u64 least_shared;           // least work, in references, of which a second thread does half; 0: default, ~0: never
  u64 shared;                 // number of times it did so
  int usage, statistics;      // descriptors of files of the memory control group with the tightest limit; -1: none
  u64 memory_limit;           // of that group, in bytes
  int ran_out;                // the clone ended itself because little was left
  u64 words[CHANNEL_WORDS];
};

// The same figures are in NativeLayoutTests.cs.
LAYOUT(struct channel, turn, 0);
LAYOUT(struct channel, order, 4);
LAYOUT(struct channel, answer, 8);
LAYOUT(struct channel, stop, 12);
LAYOUT(struct channel, count, 16);
LAYOUT(struct channel, first, 24);
LAYOUT(struct channel, second, 32);
LAYOUT(struct channel, visited, 40);
LAYOUT(struct channel, unreadable, 48);
LAYOUT(struct channel, found, 56);
LAYOUT(struct channel, stopped, 64);
LAYOUT(struct channel, objects, 72);
LAYOUT(struct channel, bytes, 80);
LAYOUT(struct channel, question, 88);
LAYOUT(struct channel, reply, 96);
LAYOUT(struct channel, next_found, 104);
LAYOUT(struct channel, next_index, 112);
LAYOUT(struct channel, max_entries, 120);
LAYOUT(struct channel, parent, 128);
LAYOUT(struct channel, memory, 136);
LAYOUT(struct channel, view, 144);
LAYOUT(struct channel, windows, 152);
LAYOUT(struct channel, least_shared, 160);
LAYOUT(struct channel, shared, 168);
LAYOUT(struct channel, usage, 176);
LAYOUT(struct channel, statistics, 180);
LAYOUT(struct channel, memory_limit, 184);
LAYOUT(struct channel, ran_out, 192);
LAYOUT(struct channel, words, 200);
LAYOUT_END(struct channel, 200 + CHANNEL_WORDS * 8);

// The kernel ends a clone with its parent (make_clone.c), unless a filter forbids that request. So the clone checks,
// too.
INTERNAL void wait_for_turn(struct channel *c);

INTERNAL void give_turn(struct channel *c, int answer);

// Only the runtime's debugging component (DAC) knows the loader allocator of a collectible type.
INTERNAL u64 ask_parent(struct channel *c, u64 method_table);

#endif
