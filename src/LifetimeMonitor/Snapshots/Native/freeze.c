// Takes the memory that the runtime shares with itself (W^X maps its loader heaps twice) into the copy. What is shared goes on
// changing when a blocked thread wakes, and would point to what the rest of the copy does not have yet. Where that may have
// happened, it is copied before the clone is made, and the clone finds nothing changed or is not settled.

enum { MAX_RANGES = 16384, NOT_SETTLED = -11 /* EAGAIN */ };
struct range { u64 start, end; };
struct shared { u64 count, length; i64 copies; struct range ranges[MAX_RANGES]; };

INLINE i64 failed(i64 result) { return result < 0 && result > -4096 ? result : 0; }

INLINE i64 new_memory(u64 length, int populate) {
  return call(SYS_mmap, 0, (i64)length, 3 /* READ|WRITE */, 0x22 | populate /* PRIVATE|ANONYMOUS */, -1);
}

INLINE void move_bytes(u64 from, u64 to, u64 length) { __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory"); }

INLINE int are_equal(u64 a, u64 b, u64 length) {
  const volatile u64 *one = (const volatile u64 *)a;
  const u64 *other = (const u64 *)b;
  for (u64 i = 0; i < length / 8; i++)
    if (one[i] != other[i]) return 0;
  return 1;
}

// A line of /proc/self/maps is "<start>-<end> rw-s <offset> <device> <inode> <name>". Only the runtime's own shared mappings
// are listed; the program's may be of any size and hold no type data.
__attribute__((noinline)) i64 list_shared(struct shared *shared) {
  const char *path, *name;
  __asm__("lea maps_path(%%rip),%0" : "=r"(path));
  __asm__("lea mapper_name(%%rip),%0" : "=r"(name));
  shared->count = shared->length = 0;
  i64 file = call(SYS_open, (i64)path, 0x80000 /* O_CLOEXEC */, 0, 0, 0);
  if (file < 0) return file;
  char text[4096];
  u64 words[2] = {0, 0};
  int field = 0, matched = 0, readable = 0, is_shared = 0, found = 0, too_many = 0;
  i64 length = 0;
  while (!too_many && (length = call(SYS_read, file, (i64)text, sizeof text, 0, 0)) > 0) {
    for (i64 i = 0; i < length; i++) {
      char c = text[i];
      if (c == '\n') {
        if (found && readable && is_shared) {
          if ((too_many = shared->count == MAX_RANGES)) break;
          shared->ranges[shared->count++] = (struct range){words[0], words[1]};
          shared->length += words[1] - words[0];
        }
        words[0] = words[1] = 0;
        field = matched = readable = is_shared = found = 0;
      } else if (field < 2) {
        if (c == '-' || c == ' ') field++;
        else words[field] = words[field] << 4 | (u64)(c <= '9' ? c - '0' : c - 'a' + 10);
      } else if (field == 2) {
        if (c == ' ') field++;
        else if (c == 'r') readable = 1;
        else if (c == 's') is_shared = 1;
      } else if (!found) {
        matched = c == name[matched] ? matched + 1 : c == name[0];
        found = !name[matched];
      }
    }
  }
  call(SYS_close, file, 0, 0, 0, 0); // The table of descriptors is our parent's, too.
  return too_many ? -7 /* E2BIG */ : length < 0 ? length : 0;
}
__asm__("maps_path: .asciz \"/proc/self/maps\"\nmapper_name: .asciz \"doublemapper\"\n");

// Copies a range through a mapping of our own: a thread that wakes may unmap the range itself under our hands.
INLINE i64 copy_range(struct range range, u64 to) {
  u64 length = range.end - range.start;
  i64 own = call(SYS_mremap, (i64)range.start, 0 /* leaves the old mapping and makes a second one */, (i64)length, 1 /* MAYMOVE */, 0);
  if (failed(own)) return own == -14 /* EFAULT */ ? NOT_SETTLED : own;
  move_bytes((u64)own, to, length);
  call(SYS_munmap, own, (i64)length, 0, 0, 0);
  return 0;
}

INLINE i64 copy_ranges(struct shared *shared, int may_vanish) {
  shared->copies = new_memory(shared->length, 0x8000 /* POPULATE */);
  i64 error = failed(shared->copies);
  if (error) { shared->copies = 0; return error; }
  u64 to = (u64)shared->copies;
  for (u64 i = 0; i < shared->count && !error; i++) {
    struct range range = shared->ranges[i];
    if (may_vanish) error = copy_range(range, to);
    else move_bytes(range.start, to, range.end - range.start);
    to += range.end - range.start;
  }
  return error;
}

// Before the clone. What it has made is given back by forget_shared, whatever it answers.
INLINE i64 copy_shared(struct shared **made) {
  i64 memory = new_memory(sizeof(struct shared), 0);
  *made = 0;
  if (failed(memory)) return memory;
  *made = (struct shared *)memory;
  i64 error = list_shared(*made);
  return error || !(*made)->length ? error : copy_ranges(*made, 1);
}

INLINE void forget_shared(struct shared *shared) {
  if (!shared) return;
  if (shared->copies) call(SYS_munmap, shared->copies, (i64)shared->length, 0, 0, 0);
  call(SYS_munmap, (i64)shared, sizeof *shared, 0, 0, 0);
}

// The same ranges with the same bytes as before.
INLINE int is_settled(struct shared *now, struct shared *before) {
  u64 copy = (u64)before->copies;
  if (now->count != before->count) return 0;
  for (u64 i = 0; i < now->count; i++) {
    struct range range = now->ranges[i];
    if (range.start != before->ranges[i].start || range.end != before->ranges[i].end) return 0;
    if (!are_equal(range.start, copy, range.end - range.start)) return 0;
    copy += range.end - range.start;
  }
  return 1;
}

// In the child: puts copies in the place of what they are of, those made before if there are any.
INLINE i64 freeze(struct shared *before) {
  i64 memory = new_memory(sizeof(struct shared), 0);
  if (failed(memory)) return memory;
  struct shared *now = (struct shared *)memory;
  i64 error = list_shared(now);
  if (error) return error;
  if (!before && now->length) error = copy_ranges(now, 0); // Nobody else is here.
  else if (before && !is_settled(now, before)) error = NOT_SETTLED;
  if (error) return error;
  u64 copy = (u64)(before ? before->copies : now->copies);
  for (u64 i = 0; i < now->count; i++) {
    u64 length = now->ranges[i].end - now->ranges[i].start;
    if ((error = failed(call(SYS_mremap, (i64)copy, (i64)length, (i64)length, 3 /* MAYMOVE|FIXED */, (i64)now->ranges[i].start)))) return error;
    copy += length;
  }
  call(SYS_munmap, (i64)now, sizeof *now, 0, 0, 0);
  return 1;
}
