// Parses the texts of /proc and of control groups. Nothing here reads a file.

#ifndef LM_PROCESS_PROC_TEXT_H
#define LM_PROCESS_PROC_TEXT_H

#include "../base.h"

// Where a thread is blocked: /proc/self/task/<tid>/syscall. The call is ~0 outside of a call.
struct position { u64 sp, ip, call, timeout; };

// The text is "<call> 0x<argument> ... 0x<stack pointer> 0x<instruction pointer>", with a decimal number of the call;
// or "-1 0x<stack pointer> 0x<instruction pointer>" outside of a call; or the word "running", and then it returns 0.
INTERNAL int parse_position(const char *text, i64 length, struct position *position);

// A line of /proc/self/maps: "<start>-<end> rw-s <offset> <major>:<minor> <inode> <name>".
enum maps_field {
  MAPS_START, MAPS_END, MAPS_PERMISSIONS, MAPS_OFFSET, MAPS_MAJOR, MAPS_MINOR, MAPS_INODE, MAPS_NAME
};
struct maps_parser { u64 words[MAPS_NAME]; int field, matched, is_readable, is_shared, is_found; };
struct maps_line { u64 start, end, offset, device, inode; };

// Takes the next character of the file, and returns 1 if it ends a line of the runtime's own shared memory. The
// program's shared memory may be of any size, and holds no type data. All zeros is a parser at the begin of the file.
INTERNAL int parse_maps(struct maps_parser *p, char c, struct maps_line *line);

// The decimal number that the text begins with.
INTERNAL i64 parse_number(const char *text, i64 length);

// The bytes of file cache that the kernel can take back, of the file memory.stat of a control group, or -1. Version 1
// has two numbers, "inactive_file" and "total_inactive_file"; the second one, which comes last, includes the groups below.
INTERNAL i64 parse_inactive_file(const char *text, i64 length);

#endif
