// The memory that the runtime shares with itself: W^X maps its loader heaps twice, from a file in memory.

enum { MAX_RANGES = 16384, MAX_FILES = 256 };
struct range { u64 start, end, offset; i64 file; };
struct shared { u64 count, length; i64 copies; struct range ranges[MAX_RANGES]; };

INLINE u64 length_of_range(const struct range *r) { return r->end - r->start; }

// The descriptor of a mapped file; -1 if there is none. The runtime keeps the file open and opened it early, so the
// number is small.
static i64 descriptor_of(u64 device, u64 inode) {
  for (i64 file = 0; file < MAX_FILES; file++) {
    u64 status[18]; // struct stat begins with device and inode.
    if (call(SYS_fstat, file, (i64)status, 0, 0, 0) == 0 && status[0] == device && status[1] == inode) return file;
  }
  return -1;
}

INLINE int digit_of(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// A line of /proc/self/maps is "<start>-<end> rw-s <offset> <major>:<minor> <inode> <name>". Only the runtime's own
// shared mappings are listed; the program's may be of any size and hold no type data.
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
          // The number of a device as stat(2) writes it.
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
  call(SYS_close, file, 0, 0, 0, 0); // We share the descriptor table with our parent.
  return too_many ? -7 /* E2BIG */ : length < 0 ? length : 0;
}
__asm__("maps_path: .asciz \"/proc/self/maps\"\nmapper_name: .asciz \"doublemapper\"\n");
