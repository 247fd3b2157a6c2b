#include "check_paths.h"

#include "search/paths.h"

// ---- Kinds of references on a long path ----

// The clone numbers the kinds, and more than MAX_KINDS share one number. So a number stands for one kind, and a kind
// has one number.
enum { MAX_KIND_NUMBERS = 1 << KIND_BITS, FIRST_SHARED = 4095 << 1 };
struct kind { u64 holder_type, held_type; long place; };
static struct kind s_kinds[MAX_KIND_NUMBERS];
static u64 s_walk;                          // the number of the path
static u64 s_known_since[MAX_KIND_NUMBERS]; // the path on which a number was seen first

static u64 type_of_object(u64 address) { return *(const u64 *)address & ~7UL; }

static void check_kind(const struct heap *h, u64 holder, u64 held, u64 number) {
  long place = is_object(h, held) ? reference_place(h, holder, held) : -1;
  if (place < 0 ? number != 0 : number == 0) differ("%lx to %lx: kind %lu, place %ld", holder, held, number, place);
  if (place < 0 || number >= FIRST_SHARED) return;
  struct kind kind = {type_of_object(holder), type_of_object(held), place};
  if (s_known_since[number] != s_walk) {
    s_known_since[number] = s_walk;
    s_kinds[number] = kind;
  }
  const struct kind *known = &s_kinds[number];
  if (known->holder_type != kind.holder_type || known->held_type != kind.held_type || known->place != kind.place)
    differ("%lx to %lx: kind %lu has two meanings", holder, held, number);
  // Another number for the same kind would be one that follows the known ones.
  for (u64 other = 2; other < number && number < 64; other++)
    if (s_known_since[other] == s_walk && s_kinds[other].holder_type == kind.holder_type
        && s_kinds[other].held_type == kind.held_type && s_kinds[other].place == kind.place)
      differ("%lx to %lx: kind has the numbers %lu and %lu", holder, held, other, number);
}

// ---- Paths ----

// The path being taken: how many of its objects have come.
struct taken { const struct walk *walk; u64 path; long entry; u64 length, last; int is_long; };

static void end_path(struct taken *t, u64 word, struct totals *totals) {
  if (t->entry != (long)word) differ("path %lu ends at root %ld, not %ld", t->path, ~(long)word, ~t->entry);
  totals->paths++;
  totals->long_paths += (u64)t->is_long;
  t->path++;
}

static void begin_path_of(struct taken *t) {
  t->entry = t->walk->found[t->path];
  t->length = 0;
  t->is_long = 0;
  s_walk++;
}

static void take_object(struct taken *t, u64 word) {
  u64 address = t->is_long ? word >> KIND_BITS : word;
  if (t->entry < 0) differ("path %lu is too long", t->path);
  const struct visit *v = &t->walk->visits[t->entry];
  if (v->address != address) differ("path %lu has %lx in place of %lx", t->path, address, v->address);
  if (t->is_long && t->length) check_kind(t->walk->heap, address, t->last, word & (MAX_KIND_NUMBERS - 1));
  t->last = address;
  t->length++;
  t->entry = v->from;
}

static int is_path_begun(const struct taken *t) { return t->length || t->is_long; }

static void take_words(struct taken *t, const u64 *words, u64 count, struct totals *totals) {
  for (u64 i = 0; i < count; i++) {
    if ((long)words[i] < 0) {
      end_path(t, words[i], totals);
      if (t->path < t->walk->found_count) begin_path_of(t);
    } else if (!is_path_begun(t) && words[i] == PATH_IS_LONG) t->is_long = 1;
    else take_object(t, words[i]);
  }
}

void check_paths(const struct walk *w, u64 found, struct totals *totals) {
  if (!found) return;
  struct taken t = {.walk = w};
  begin_path_of(&t);
  const struct channel *c = give_paths(0);
  take_words(&t, c->words, c->count, totals);
  while (c->next_found < found) {
    c = continue_paths();
    take_words(&t, c->words, c->count, totals);
  }
  if (t.path != found) differ("%lu paths came for %lu objects", t.path, found);
}
