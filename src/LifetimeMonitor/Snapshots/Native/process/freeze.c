#include "freeze.h"
#include "../tasks/work_parts.h"
#include "../kernel.h"

enum { NOT_SETTLED = -EAGAIN, PIECE = 64 * 1024, LEAST_FOR_TWO = 1 << 20 };

// Reads our own memory by a system call. Unlike a load, the call does not map each page by a page fault, and missing
// memory is only an error. Returns 0, or a negative errno.
INLINE i64 read_own(int pid, u64 from, u64 to, u64 length) {
  struct io_vector into = {to, length}, of = {from, length};
  i64 read = call(SYS_process_vm_readv, pid, (i64)&into, 1, (i64)&of, 1);
  return read == (i64)length ? 0 : is_error(read) ? read : -EFAULT;
}

// Returns the copy that was read, or, if the call is forbidden, the memory itself.
INLINE const u64 *look_at(int pid, u64 address, u64 length, u64 piece) {
  return (const u64 *)(read_own(pid, address, piece, length) ? address : piece);
}

// The caller lends memory for two pieces.
INLINE int are_equal(int pid, u64 a, u64 b, u64 length, u64 pieces) {
  for (u64 done = 0, step; done < length; done += step) {
    step = length - done < PIECE ? length - done : PIECE;
    const u64 *one = look_at(pid, a + done, step, pieces), *other = look_at(pid, b + done, step, pieces + PIECE);
    for (u64 i = 0; i < step / 8; i++)
      if (one[i] != other[i]) return 0;
  }
  return 1;
}

// Makes a private mapping of the file, whose pages the system copies on write.
INLINE i64 map_privately(const struct mapping *mapping, u64 to) {
  return error_of(call6(
    SYS_mmap,
    (i64)to,
    (i64)length_of_mapping(mapping),
    PROT_READ | PROT_WRITE,
    MAP_PRIVATE | MAP_FIXED,
    mapping->file,
    (i64)mapping->offset));
}

// Writes to every page of such a mapping. Then no page belongs to the file, and none has to be mapped when it is read.
static i64 write_pages(u64 start, u64 length) {
  i64 error = call(SYS_madvise, (i64)start, (i64)length, MADV_POPULATE_WRITE, 0, 0);
  // Before Linux 5.14 it is EINVAL.
  if (error != -EPERM && error != -EACCES && error != -EINVAL && error != -ENOSYS) return error;
  for (volatile u8 *page = (volatile u8 *)start, *end = page + length; page < end; page += PAGE_SIZE) *page = *page;
  return 0;
}

// Copies a mapping into existing memory. If the system call is unavailable, the memory is read through a second
// mapping: a thread that wakes may unmap the first one meanwhile.
INLINE i64 read_mapping(int pid, const struct mapping *mapping, u64 to) {
  u64 length = length_of_mapping(mapping);
  i64 error = read_own(pid, mapping->start, to, length);
  if (!error) return 0;
  if (error == -EFAULT) return NOT_SETTLED;
  // An old length of 0 leaves the old mapping and makes a second one.
  i64 own = call(SYS_mremap, (i64)mapping->start, 0, (i64)length, MREMAP_MAYMOVE, 0);
  if (is_error(own)) return own == -EFAULT ? NOT_SETTLED : own;
  move_bytes((u64)own, to, length);
  unmap_memory((u64)own, length);
  return 0;
}

INLINE i64 copy_mapping(int pid, const struct mapping *mapping, u64 to) {
  return mapping->file >= 0 && !map_privately(mapping, to) && !write_pages(to, length_of_mapping(mapping))
    ? 0
    : read_mapping(pid, mapping, to);
}

// ---- Before the clone ----

INTERNAL i64 copy_shared(int pid, struct shared_mappings **made) {
  i64 memory = map_memory(sizeof(struct shared_mappings), 0);
  *made = 0;
  if (is_error(memory)) return memory;
  struct shared_mappings *shared = *made = (struct shared_mappings *)memory;
  i64 error = list_shared_mappings(shared);
  if (error || !shared->length) return error;
  i64 copies = map_memory(shared->length, 0);
  if (is_error(copies)) return copies;
  shared->copies = copies;
  u64 to = (u64)copies;
  for (u64 i = 0; i < shared->count && !error; i++) {
    error = copy_mapping(pid, &shared->mappings[i], to);
    to += length_of_mapping(&shared->mappings[i]);
  }
  return error;
}

INTERNAL void forget_shared(struct shared_mappings *shared) {
  if (!shared) return;
  if (shared->copies) unmap_memory((u64)shared->copies, shared->length);
  unmap_memory((u64)shared, sizeof *shared);
}

// ---- In the child ----

// A mapping that cannot be copied in this way has no file afterwards.
static void write_mapping(void *subject, u64 part) {
  struct mapping *mapping = (struct mapping *)subject + part;
  if (mapping->file >= 0 && write_pages(mapping->start, length_of_mapping(mapping))) mapping->file = -1;
}

// Replaces a shared mapping by a copy.
INLINE i64 replace(int pid, const struct mapping *mapping) {
  u64 length = length_of_mapping(mapping);
  i64 copy = map_memory(length, 0), error = error_of(copy);
  if (!error) error = read_mapping(pid, mapping, (u64)copy);
  return error
    ? error
    : error_of(call(SYS_mremap, copy, (i64)length, (i64)length, MREMAP_MAYMOVE | MREMAP_FIXED, (i64)mapping->start));
}

// Whether the mappings and their bytes are the same as before.
INLINE int is_settled(int pid, const struct shared_mappings *now, const struct shared_mappings *before) {
  if (now->count != before->count) return 0;
  i64 pieces = map_memory(2 * PIECE, MAP_POPULATE);
  if (is_error(pieces)) return 0;
  u64 copy = (u64)before->copies;
  for (u64 i = 0; i < now->count; i++) {
    const struct mapping *mapping = &now->mappings[i];
    if (mapping->start != before->mappings[i].start || mapping->end != before->mappings[i].end) return 0;
    if (!are_equal(pid, mapping->start, copy, length_of_mapping(mapping), (u64)pieces)) return 0;
    copy += length_of_mapping(mapping);
  }
  unmap_memory((u64)pieces, 2 * PIECE);
  return 1;
}

INTERNAL i64 freeze(const struct shared_mappings *before, int may_share) {
  i64 memory = map_memory(sizeof(struct shared_mappings), 0);
  if (is_error(memory)) return memory;
  struct shared_mappings *now = (struct shared_mappings *)memory;
  int pid = process_id();
  i64 error = list_shared_mappings(now);
  if (error) return error;
  for (u64 i = 0; i < now->count; i++)
    if (now->mappings[i].file >= 0 && map_privately(&now->mappings[i], now->mappings[i].start))
      now->mappings[i].file = -1;
  if (may_share && now->length >= LEAST_FOR_TWO) do_by_two(write_mapping, now->mappings, now->count);
  else for (u64 i = 0; i < now->count; i++) write_mapping(now->mappings, i);
  for (u64 i = 0; i < now->count && !error; i++)
    if (now->mappings[i].file < 0) error = replace(pid, &now->mappings[i]);
  if (error) return error;
  if (before && !is_settled(pid, now, before)) return NOT_SETTLED;
  unmap_memory((u64)now, sizeof *now);
  return 1;
}
