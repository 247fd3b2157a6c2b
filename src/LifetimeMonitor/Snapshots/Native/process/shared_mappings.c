#include "shared_mappings.h"
#include "../kernel.h"

// The descriptor of a mapped file; -1 if there is none. The runtime keeps the file open and opened it early, so the
// number is small.
static i64 descriptor_of(u64 device, u64 inode) {
  for (i64 file = 0; file < MAX_FILES; file++) {
    struct file_status status;
    if (!call(SYS_fstat, file, (i64)&status, 0, 0, 0) && status.device == device && status.inode == inode) return file;
  }
  return -1;
}

INLINE int digit_of(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

NOINLINE i64 list_shared_mappings(struct shared_mappings *shared) {
  enum { START, END, PERMISSIONS, OFFSET, MAJOR, MINOR, INODE, NAME };
  const char *path, *name;
  ADDRESS_OF("maps_path", path);
  ADDRESS_OF("mapper_name", name);
  shared->count = shared->length = 0;
  i64 file = open_path(path, O_CLOEXEC);
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
          if ((too_many = shared->count == MAX_MAPPINGS)) break;
          // The number of a device as stat(2) writes it.
          u64 minor = words[MINOR], device = (minor & 0xff) | words[MAJOR] << 8 | (minor & ~0xffUL) << 12;
          if (device != last_device || words[INODE] != last_inode) descriptor = descriptor_of(device, words[INODE]);
          last_device = device;
          last_inode = words[INODE];
          shared->mappings[shared->count++] = (struct mapping){words[START], words[END], words[OFFSET], descriptor};
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
  return too_many ? -E2BIG : length < 0 ? length : 0;
}
__asm__("maps_path: .asciz \"/proc/self/maps\"\nmapper_name: .asciz \"doublemapper\"\n");
