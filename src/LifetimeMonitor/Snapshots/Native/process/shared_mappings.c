#include "shared_mappings.h"
#include "proc_text.h"
#include "../kernel.h"

enum { MAX_FILES = 256 };

// The descriptor of a mapped file; -1 if there is none. The runtime keeps the file open and opened it early, so the
// number is small.
static i64 descriptor_of(u64 device, u64 inode) {
  for (i64 file = 0; file < MAX_FILES; file++) {
    struct file_status status;
    if (!call(SYS_fstat, file, (i64)&status, 0, 0, 0) && status.device == device && status.inode == inode) return file;
  }
  return -1;
}

// 0 if there are too many. The mappings of one file follow each other.
static int add_mapping(
  struct shared_mappings *shared, const struct maps_line *line, struct maps_line *last, i64 *file) {
  if (shared->count == MAX_MAPPINGS) return 0;
  if (line->device != last->device || line->inode != last->inode) *file = descriptor_of(line->device, line->inode);
  *last = *line;
  shared->mappings[shared->count++] = (struct mapping){line->start, line->end, line->offset, *file};
  shared->length += line->end - line->start;
  return 1;
}

INTERNAL NOINLINE i64 list_shared_mappings(struct shared_mappings *shared) {
  shared->count = shared->length = 0;
  i64 file = open_path("/proc/self/maps", O_CLOEXEC);
  if (file < 0) return file;
  char text[4096];
  struct maps_parser parser = {0};
  struct maps_line line, last = {0};
  i64 descriptor = -1, length;
  int is_complete = 1;
  while (is_complete && (length = call(SYS_read, file, (i64)text, sizeof text, 0, 0)) > 0)
    for (i64 i = 0; i < length && is_complete; i++)
      if (parse_maps(&parser, text[i], &line)) is_complete = add_mapping(shared, &line, &last, &descriptor);
  call(SYS_close, file, 0, 0, 0, 0); // A clone shares the descriptor table with its parent.
  return !is_complete ? -E2BIG : length < 0 ? length : 0;
}
