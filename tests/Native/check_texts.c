#include "check.h"

#include "process/proc_text.h"

#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

// Kept on the heap by the caller, so that a sanitizer sees a read beyond the end.
#include <stdlib.h>

static u64 any_address(struct random *r) { return next(r) >> below(r, 64); }

// ---- /proc/self/task/<tid>/syscall ----

static int parse_copy(const char *text, u64 length, struct position *p) {
  char *copy = malloc(length ? length : 1);
  memcpy(copy, text, length);
  int result = parse_position(copy, (i64)length, p);
  free(copy);
  return result;
}

static void check_position(struct random *r) {
  char text[400];
  u64 number = below(r, 500), words[8];
  for (int i = 0; i < 8; i++) words[i] = any_address(r);
  int length = below(r, 4)
    ? sprintf(text, "%lu 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx\n", number, words[0], words[1], words[2],
        words[3], words[4], words[5], words[6], words[7])
    : sprintf(text, "-1 0x%lx 0x%lx\n", words[6], words[7]);
  struct position p;
  if (!parse_copy(text, (u64)length, &p) || p.sp != words[6] || p.ip != words[7]) differ("position of %s", text);
  int is_call = text[0] != '-';
  if (p.call != (is_call ? number : ~0UL) || p.timeout != (is_call ? words[3] : 0)) differ("call of %s", text);
  // Nonsense gives nonsense, but reads nothing else.
  for (int i = 0; i < 20; i++) text[below(r, (u64)length)] = (char)next(r);
  parse_copy(text, below(r, (u64)length + 1), &p);
  if (parse_copy("running\n", 8, &p)) differ("a running thread has a position");
}

// ---- /proc/self/maps ----

struct found { u64 count; struct maps_line lines[64]; };

static void parse_file(const char *text, u64 length, struct found *f) {
  struct maps_parser parser = {0};
  f->count = 0;
  for (u64 i = 0; i < length; i++)
    if (parse_maps(&parser, text[i], &f->lines[f->count])) f->count += f->count < 63;
}

static const char *const s_names[] = {
  "/memfd:doublemapper (deleted)", "/memfd:doublemapper", "/dev/shm/ddoublemapper", "/memfd:doublemappe", "[heap]", "",
  "/usr/lib/libdoubledoublemapper.so", "anon_inode:[perf_event]", "/tmp/double mapper"
};

static int add_line(struct random *r, char *text, struct found *expected) {
  u64 start = any_address(r), end = any_address(r), offset = any_address(r), inode = any_address(r);
  unsigned major = (unsigned)below(r, 256), minor = (unsigned)below(r, below(r, 2) ? 256 : 1 << 20);
  const char *name = s_names[below(r, sizeof s_names / sizeof *s_names)];
  char permissions[5] = {below(r, 8) ? 'r' : '-', below(r, 2) ? 'w' : '-', below(r, 2) ? 'x' : '-',
    below(r, 2) ? 's' : 'p', 0};
  if (permissions[0] == 'r' && permissions[3] == 's' && strstr(name, "doublemapper"))
    expected->lines[expected->count++] = (struct maps_line){start, end, offset, makedev(major, minor), inode};
  return sprintf(text, "%lx-%lx %s %08lx %02x:%02x %lu%s%s\n", start, end, permissions, offset, major, minor, inode,
    *name ? "                    " : " ", name);
}

static void check_maps(struct random *r) {
  char text[64 * 160];
  struct found expected = {0}, found;
  int length = 0;
  for (u64 i = below(r, 60); i > 0; i--) length += add_line(r, text + length, &expected);
  parse_file(text, (u64)length, &found);
  if (found.count != expected.count || memcmp(found.lines, expected.lines, found.count * sizeof *found.lines))
    differ("%lu mappings, not %lu, or others, of\n%.*s", found.count, expected.count, length, text);
  for (int i = 0; length && i < 50; i++) text[below(r, (u64)length)] = (char)next(r);
  parse_file(text, (u64)length, &found);
}

// ---- memory.stat and memory.usage_in_bytes ----

static void check_numbers(struct random *r) {
  char text[400];
  u64 own = next(r) >> below(r, 63) >> 2, total = next(r) >> below(r, 63) >> 2, other = next(r) >> 2;
  int is_first = below(r, 2), is_there = below(r, 8) != 0;
  int length = sprintf(text, "cache %lu\nworkingset_refault_file 7\n", other);
  if (is_there) length += sprintf(text + length, "inactive_anon 5\ninactive_file %lu\nactive_file 9\n", own);
  if (is_there && is_first) length += sprintf(text + length, "total_inactive_file %lu\ntotal_unevictable 0\n", total);
  i64 expected = !is_there ? -1 : (i64)(is_first ? total : own), found = parse_inactive_file(text, length);
  if (found != expected) differ("%ld bytes of inactive file cache, not %ld, of\n%.*s", found, expected, length, text);
  for (int i = 0; i < 20; i++) text[below(r, (u64)length)] = (char)next(r);
  parse_inactive_file(text, (i64)below(r, (u64)length + 1));
  length = sprintf(text, "%lu\n", own);
  if (parse_number(text, length) != (i64)own) differ("the number %ld, not %s", parse_number(text, length), text);
}

void check_texts(struct random *r, struct totals *t) {
  check_position(r);
  check_maps(r);
  check_numbers(r);
  t->texts += 3;
}
