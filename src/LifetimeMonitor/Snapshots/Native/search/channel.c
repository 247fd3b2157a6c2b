// How the parent gives its orders: memory that both share, and a turn that is handed back and forth.

enum turn { PARENT = 0, CHILD = 1 };
enum order { LEAVE = 0, HEAP = 1, SEGMENTS = 2, ATTACHED = 3, BEGIN = 4, TARGETS = 5, CUTS = 6, ROOTS = 7, RUN = 8, BEHIND = 9, PATHS = 10, RETAINED = 11, OFFSET = 12, OTHER_HOLDER = 13, CLEAR = 14 };
enum answer { DONE = 1, ASKS = 2, NO_MEMORY = -1, TOO_LARGE = -2, NO_PEEK = -3, NONSENSE = -4 };
enum { CHANNEL_WORDS = 64 * 1024 };

struct channel {
  volatile int turn;
  int order, answer;
  volatile int stop;
  u64 count;              // words that follow the header, in either direction
  u64 first, second;      // what an order needs besides: see execute()
  u64 visited, unreadable, found, stopped, objects, bytes;
  u64 question, reply;    // a collectible method table, its loader allocator; or the answer to OFFSET or OTHER_HOLDER
  u64 next_found, next_index; // where PATHS goes on
  u64 max_entries;        // what the memory budget allows the queue
  i64 parent;             // who gives the orders; 0 where that is this very process
  i64 memory;             // a descriptor of the clone's memory, which its parent opened; -1: there is none
  u64 view;               // whether the heap is looked at through windows: enum heap_view
  u64 windows;            // how many pieces of the heap were read to be looked at
  u64 least_shared;       // how much there must be to do for a second thread to do half of it, in references; 0: as much as pays, ~0: it never does
  u64 shared;             // how often it did
  u64 words[CHANNEL_WORDS];
};

// The kernel ends a clone with its parent (clone.c), unless a filter forbids to ask for that: so it looks for itself.
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

// The loader allocator of a collectible type is the one thing that only the runtime's debugging component knows.
static u64 ask(struct channel *c, u64 method_table) {
  c->question = method_table;
  give_turn(c, ASKS);
  wait_for_turn(c);
  return c->reply;
}
