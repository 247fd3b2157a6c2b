// Takes the memory that the runtime shares with itself (W^X maps its loader heaps twice) into the copy. What is shared goes on
// changing when a blocked thread wakes, and would point to what the rest of the copy does not have yet. Where that may have
// happened, it is copied before the clone is made, and the clone finds nothing changed or is not settled.

enum { MAX_RANGES = 16384, NOT_SETTLED = -11 /* EAGAIN */, FAULT = -14, PAGE_SIZE = 4096, PIECE = 64 * 1024, MAX_FILES = 256 };
struct range { u64 start, end, offset; i64 file; };
struct shared { u64 count, length; i64 copies; struct range ranges[MAX_RANGES]; };

INLINE i64 failed(i64 result) { return result < 0 && result > -4096 ? result : 0; }

INLINE u64 length_of_range(const struct range *r) { return r->end - r->start; }

INLINE i64 new_memory(u64 length, int populate) {
  return call(SYS_mmap, 0, (i64)length, 3 /* READ|WRITE */, 0x22 | populate /* PRIVATE|ANONYMOUS */, -1);
}

INLINE void move_bytes(u64 from, u64 to, u64 length) { __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory"); }

// Reads memory of our own by a system call: what is read need not be mapped page by page, each for a fault, and where it is not there that
// is an answer. 0, or a negative errno.
INLINE i64 read_own(int pid, u64 from, u64 to, u64 length) {
  struct { u64 start, length; } into = {to, length}, of = {from, length};
  i64 read = call(SYS_process_vm_readv, pid, (i64)&into, 1, (i64)&of, 1);
  return read == (i64)length ? 0 : failed(read) ? read : FAULT;
}

// What was read of it, or, where the call is forbidden, the memory itself.
INLINE const u64 *look_at(int pid, u64 address, u64 length, u64 piece) { return (const u64 *)(read_own(pid, address, piece, length) ? address : piece); }

// Memory of two pieces is lent for it.
INLINE int are_equal(int pid, u64 a, u64 b, u64 length, u64 pieces) {
  for (u64 done = 0, step; done < length; done += step) {
    step = length - done < PIECE ? length - done : PIECE;
    const u64 *one = look_at(pid, a + done, step, pieces), *other = look_at(pid, b + done, step, pieces + PIECE);
    for (u64 i = 0; i < step / 8; i++)
      if (one[i] != other[i]) return 0;
  }
  return 1;
}

// The descriptor of a file, which the runtime keeps open for those it maps, and opened early: a small number. -1 when there is none.
static i64 descriptor_of(u64 device, u64 inode) {
  for (i64 file = 0; file < MAX_FILES; file++) {
    u64 status[18]; // struct stat begins with them.
    if (call(SYS_fstat, file, (i64)status, 0, 0, 0) == 0 && status[0] == device && status[1] == inode) return file;
  }
  return -1;
}

INLINE int digit_of(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// A line of /proc/self/maps is "<start>-<end> rw-s <offset> <major>:<minor> <inode> <name>". Only the runtime's own shared mappings
// are listed; the program's may be of any size and hold no type data.
__attribute__((noinline)) i64 list_shared(struct shared *shared) {
  enum { START, END, PERMISSIONS, OFFSET, MAJOR, MINOR, INODE, NAME };
  const char *path, *name;
  __asm__("lea maps_path(%%rip),%0" : "=r"(path));
  __asm__("lea mapper_name(%%rip),%0" : "=r"(name));
  shared->count = shared->length = 0;
  i64 file = call(SYS_open, (i64)path, 0x80000 /* O_CLOEXEC */, 0, 0, 0);
  if (file < 0) return file;
  char text[4096];
  u64 words[NAME];
  for (int i = 0; i < NAME; i++) words[i] = 0;
  u64 last_device = 0, last_inode = 0;
  i64 descriptor = -1;
  int field = START, matched = 0, readable = 0, is_shared = 0, found = 0, too_many = 0;
  i64 length = 0;
  while (!too_many && (length = call(SYS_read, file, (i64)text, sizeof text, 0, 0)) > 0) {
    for (i64 i = 0; i < length; i++) {
      char c = text[i];
      if (c == '\n') {
        if (found && readable && is_shared) {
          if ((too_many = shared->count == MAX_RANGES)) break;
          // As stat(2) writes the number of a device.
          u64 minor = words[MINOR], device = (minor & 0xff) | words[MAJOR] << 8 | (minor & ~0xffUL) << 12;
          if (device != last_device || words[INODE] != last_inode) descriptor = descriptor_of(device, words[INODE]);
          last_device = device;
          last_inode = words[INODE];
          shared->ranges[shared->count++] = (struct range){words[START], words[END], words[OFFSET], descriptor};
          shared->length += words[END] - words[START];
        }
        for (int j = 0; j < NAME; j++) words[j] = 0;
        field = START;
        matched = readable = is_shared = found = 0;
      } else if (field < NAME) {
        if (c == ' ' || (c == '-' && field == START) || (c == ':' && field == MAJOR)) field++;
        else if (field != PERMISSIONS) words[field] = words[field] * (field == INODE ? 10 : 16) + (u64)digit_of(c);
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

// A private mapping of the file in which every page was written to: the system copies them by itself, and maps none of them until it is looked at.
INLINE i64 map_privately(const struct range *range, u64 to) {
  enum { FORBIDDEN = -1 /* EPERM */, DENIED = -13 /* EACCES */, NOT_KNOWN = -22 /* EINVAL: before Linux 5.14 */, NO_SUCH_CALL = -38 /* ENOSYS */ };
  u64 length = length_of_range(range);
  i64 error = failed(call6(SYS_mmap, (i64)to, (i64)length, 3 /* READ|WRITE */, 0x12 /* PRIVATE|FIXED */, range->file, (i64)range->offset));
  if (error) return error;
  error = call(SYS_madvise, (i64)to, (i64)length, 23 /* POPULATE_WRITE */, 0, 0);
  if (error != FORBIDDEN && error != DENIED && error != NOT_KNOWN && error != NO_SUCH_CALL) return error;
  for (volatile u8 *page = (volatile u8 *)to, *end = page + length; page < end; page += PAGE_SIZE) *page = *page;
  return 0;
}

// Copies a range to where there is memory for it. Where the call is not to be had, it is read through a mapping of our own: a thread that
// wakes may unmap the range itself under our hands.
INLINE i64 read_range(int pid, const struct range *range, u64 to) {
  u64 length = length_of_range(range);
  i64 error = read_own(pid, range->start, to, length);
  if (!error) return 0;
  if (error == FAULT) return NOT_SETTLED;
  i64 own = call(SYS_mremap, (i64)range->start, 0 /* leaves the old mapping and makes a second one */, (i64)length, 1 /* MAYMOVE */, 0);
  if (failed(own)) return own == FAULT ? NOT_SETTLED : own;
  move_bytes((u64)own, to, length);
  call(SYS_munmap, own, (i64)length, 0, 0, 0);
  return 0;
}

INLINE i64 copy_range(int pid, const struct range *range, u64 to) {
  return range->file >= 0 && !map_privately(range, to) ? 0 : read_range(pid, range, to);
}

// ---- Before the clone ----

// What it has made is given back by forget_shared, whatever it answers.
INLINE i64 copy_shared(int pid, struct shared **made) {
  i64 memory = new_memory(sizeof(struct shared), 0);
  *made = 0;
  if (failed(memory)) return memory;
  struct shared *shared = *made = (struct shared *)memory;
  i64 error = list_shared(shared);
  if (error || !shared->length) return error;
  i64 copies = new_memory(shared->length, 0);
  if (failed(copies)) return copies;
  shared->copies = copies;
  u64 to = (u64)copies;
  for (u64 i = 0; i < shared->count && !error; i++) {
    error = copy_range(pid, &shared->ranges[i], to);
    to += length_of_range(&shared->ranges[i]);
  }
  return error;
}

INLINE void forget_shared(struct shared *shared) {
  if (!shared) return;
  if (shared->copies) call(SYS_munmap, shared->copies, (i64)shared->length, 0, 0, 0);
  call(SYS_munmap, (i64)shared, sizeof *shared, 0, 0, 0);
}

// ---- In the child ----

// A copy takes the place of what is shared.
INLINE i64 make_private(int pid, const struct range *range) {
  if (range->file >= 0 && !map_privately(range, range->start)) return 0;
  u64 length = length_of_range(range);
  i64 copy = new_memory(length, 0), error = failed(copy);
  if (!error) error = read_range(pid, range, (u64)copy);
  return error ? error : failed(call(SYS_mremap, copy, (i64)length, (i64)length, 3 /* MAYMOVE|FIXED */, (i64)range->start));
}

// The same ranges with the same bytes as before.
INLINE int is_settled(int pid, const struct shared *now, const struct shared *before) {
  if (now->count != before->count) return 0;
  i64 pieces = new_memory(2 * PIECE, 0x8000 /* POPULATE */);
  if (failed(pieces)) return 0;
  u64 copy = (u64)before->copies;
  for (u64 i = 0; i < now->count; i++) {
    const struct range *range = &now->ranges[i];
    if (range->start != before->ranges[i].start || range->end != before->ranges[i].end) return 0;
    if (!are_equal(pid, range->start, copy, length_of_range(range), (u64)pieces)) return 0;
    copy += length_of_range(range);
  }
  call(SYS_munmap, pieces, 2 * PIECE, 0, 0, 0);
  return 1;
}

// What is shared becomes the child's own. 1, or a negative errno.
INLINE i64 freeze(const struct shared *before) {
  i64 memory = new_memory(sizeof(struct shared), 0);
  if (failed(memory)) return memory;
  struct shared *now = (struct shared *)memory;
  int pid = (int)call(SYS_getpid, 0, 0, 0, 0, 0);
  i64 error = list_shared(now);
  for (u64 i = 0; i < now->count && !error; i++) error = make_private(pid, &now->ranges[i]);
  if (error) return error;
  if (before && !is_settled(pid, now, before)) return NOT_SETTLED;
  call(SYS_munmap, (i64)now, sizeof *now, 0, 0, 0);
  return 1;
}
