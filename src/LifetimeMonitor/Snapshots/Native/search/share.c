// The share of the second thread, and its findings: in the order in which the first thread would have made them, so
// that the answer is the same (halves.c).

enum share_state { NOTHING = 0, OFFERED = 1, TAKEN = 2, FINISHED = 3, OVER = 4 };
enum share_kind { ENTRIES = 0, WORDS = 1, ELEMENTS = 2 };

struct share {
  volatile int state, stop;
  enum share_kind kind;
  u64 from, until, reached;                                  // entries of the queue; or words or elements, from 0
  const struct table *table; u64 at, holder, cut; u32 index; // for words and elements: their place and holder
};

// An object that has references, and the entry by which it was met. Or an object for the first thread: a special
// object, for which there is a note (NOTED), or one of a type that only the first thread can ask about (DEFERRED). The
// flag is in the parent.
#define NOTED (1U << 30)
#define DEFERRED (1U << 31)
struct finding { u32 slot, parent; };
struct note { u64 address; struct meeting meeting; u32 slot; };

// The state of the second thread only.
struct findings {
  struct block memory, stack, list_memory, note_memory, round_memory, touched_memory;
  struct finding *list; u64 count;
  struct note *notes; u64 note_count;
  u64 target_holder; int has_two_holders; // of the only target: its last holder; whether there was another one
  u32 *rounds, round;  // beside the entries of special objects: the round of their last note
  volatile int thread; // zero when it has ended
  u32 processor_of_first;
  struct share share;
};

INLINE void list_add(struct search *s, u32 slot, u32 parent) {
  s->findings->list[s->findings->count++] = (struct finding){slot, parent};
}

// Large work is done in two halves. The first thread gives these orders (halves.c); when they return, all is done or
// the search is over.
static void meet_halves(struct search *s, const struct table *t, u64 at, u64 count, u32 index, u64 cut, u64 holder);
static int is_shared(struct search *s, u64 entries);
static void expand_halves(struct search *s, u64 entries);
