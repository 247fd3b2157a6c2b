// How the parent gives its orders: through shared memory, and a turn that passes back and forth.

enum turn { PARENT = 0, CHILD = 1 };
enum order {
  LEAVE = 0, HEAP = 1, SEGMENTS = 2, ATTACHED = 3, BEGIN = 4, TARGETS = 5, CUTS = 6, ROOTS = 7, RUN = 8, BEHIND = 9,
  PATHS = 10, RETAINED = 11, OFFSET = 12, OTHER_HOLDER = 13, CLEAR = 14
};
enum answer { DONE = 1, ASKS = 2, NO_MEMORY = -1, TOO_LARGE = -2, NO_PEEK = -3, NONSENSE = -4 };
enum { CHANNEL_WORDS = 64 * 1024 };

struct channel {
  volatile int turn;
  int order, answer;
  volatile int stop;
  u64 count;              // words that follow the header, in either direction
  u64 first, second;      // the arguments of an order: see execute()
  u64 visited, unreadable, found, stopped, objects, bytes;
  u64 question, reply;    // a collectible method table, its loader allocator; or the answer to OFFSET or OTHER_HOLDER
  u64 next_found, next_index; // where PATHS continues
  u64 max_entries;        // the size of the queue that the memory budget allows
  i64 parent;             // the process that gives the orders; 0: this very process
  i64 memory;             // a descriptor of the clone's memory, opened by its parent; -1: none
  u64 view;               // how the heap is read: enum heap_view
  u64 windows;            // number of heap pieces read into frames
  u64 least_shared;       // least work, in references, of which a second thread does half; 0: default, ~0: never
  u64 shared;             // number of times it did so
  u64 words[CHANNEL_WORDS];
};

// The kernel ends a clone with its parent (clone.c), unless a filter forbids that request. So the clone checks, too.
static __attribute__((noinline)) void wait_for_turn(struct channel *c) {
  while (c->turn != CHILD) {
    i64 second[2] = {1, 0};
    call(SYS_futex, (i64)&c->turn, 0 /* WAIT */, PARENT, (i64)second, 0);
    if (c->parent && call(SYS_getppid, 0, 0, 0, 0, 0) != c->parent) call(SYS_exit_group, 0, 0, 0, 0, 0);
  }
}

INLINE void give_turn(struct channel *c, int answer) {
  c->answer = answer;
  __atomic_store_n(&c->turn, PARENT, __ATOMIC_SEQ_CST);
  wake(&c->turn);
}

// Only the runtime's debugging component (DAC) knows the loader allocator of a collectible type.
static u64 ask(struct channel *c, u64 method_table) {
  c->question = method_table;
  give_turn(c, ASKS);
  wait_for_turn(c);
  return c->reply;
}
