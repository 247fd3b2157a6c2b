#include "proc_text.h"

INTERNAL int parse_position(const char *text, i64 length, struct position *position) {
  enum { TIMEOUT = 4, IP = 8, WORDS = 9 };
  if (length > 0 && text[0] == 'r') return 0;
  u64 words[WORDS];
  int n = 0;
  words[0] = 0;
  for (i64 i = 0; i < length; i++) {
    char c = text[i];
    if (c == ' ' && n + 1 < WORDS) words[++n] = 0;
    else if (c >= '0' && c <= '9') words[n] = words[n] * (n ? 16 : 10) + (u64)(c - '0');
    else if (c >= 'a' && c <= 'f') words[n] = words[n] << 4 | (u64)(c - 'a' + 10);
    else if (c == 'x') words[n] = 0;
  }
  position->sp = n ? words[n - 1] : 0;
  position->ip = words[n];
  position->call = n == IP ? words[0] : ~0UL;
  position->timeout = n == IP ? words[TIMEOUT] : 0;
  return 1;
}

INLINE int digit_of(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// The number of a device as stat(2) writes it.
INLINE u64 device_of(u64 major, u64 minor) { return (minor & 0xff) | major << 8 | (minor & ~0xffUL) << 12; }

static int end_line(struct maps_parser *p, struct maps_line *line) {
  int is_ours = p->is_found && p->is_readable && p->is_shared;
  const u64 *w = p->words;
  if (is_ours)
    *line = (struct maps_line){
      w[MAPS_START], w[MAPS_END], w[MAPS_OFFSET], device_of(w[MAPS_MAJOR], w[MAPS_MINOR]), w[MAPS_INODE]};
  for (int i = 0; i < MAPS_NAME; i++) p->words[i] = 0;
  p->field = MAPS_START;
  p->matched = p->is_readable = p->is_shared = p->is_found = 0;
  return is_ours;
}

INTERNAL int parse_maps(struct maps_parser *p, char c, struct maps_line *line) {
  static const char name[] = "doublemapper"; // of the file in memory that W^X maps twice
  if (c == '\n') return end_line(p, line);
  if (p->field == MAPS_NAME) {
    if (p->is_found) return 0;
    p->matched = c == name[p->matched] ? p->matched + 1 : c == name[0];
    p->is_found = !name[p->matched];
  } else if (c == ' ' || (c == '-' && p->field == MAPS_START) || (c == ':' && p->field == MAPS_MAJOR)) p->field++;
  else if (p->field != MAPS_PERMISSIONS)
    p->words[p->field] = p->words[p->field] * (p->field == MAPS_INODE ? 10 : 16) + (u64)digit_of(c);
  else if (c == 'r') p->is_readable = 1;
  else if (c == 's') p->is_shared = 1;
  return 0;
}

INTERNAL i64 parse_number(const char *text, i64 length) {
  u64 number = 0;
  for (i64 i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) number = number * 10 + (u64)(text[i] - '0');
  return (i64)number;
}

INTERNAL i64 parse_inactive_file(const char *text, i64 length) {
  static const char name[] = "inactive_file ";
  i64 found = -1;
  for (i64 i = 0, matched = 0; i < length; i++) {
    matched = text[i] == name[matched] ? matched + 1 : text[i] == name[0];
    if (name[matched]) continue;
    found = parse_number(text + i + 1, length - i - 1);
    matched = 0;
  }
  return found;
}
