// Takes the memory that the runtime shares with itself (W^X maps its loader heaps twice) into the copy. The shared
// pages keep changing when a blocked thread wakes, and would then point to data that the rest of the copy does not
// have yet. If that may have happened, they are copied before the clone is made, and the clone must find them
// unchanged or is not settled.

enum { NOT_SETTLED = -11 /* EAGAIN */, FAULT = -14, PIECE = 64 * 1024, LEAST_FOR_TWO = 1 << 20 };

INLINE i64 failed(i64 result) { return result < 0 && result > -4096 ? result : 0; }

INLINE i64 new_memory(u64 length, int populate) {
  return call(SYS_mmap, 0, (i64)length, 3 /* READ|WRITE */, 0x22 | populate /* PRIVATE|ANONYMOUS */, -1);
}

INLINE void move_bytes(u64 from, u64 to, u64 length) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
}

// Reads our own memory by a system call. Unlike a load, the call does not map each page by a page fault, and missing
// memory is only an error. Returns 0, or a negative errno.
INLINE i64 read_own(int pid, u64 from, u64 to, u64 length) {
  struct { u64 start, length; } into = {to, length}, of = {from, length};
  i64 read = call(SYS_process_vm_readv, pid, (i64)&into, 1, (i64)&of, 1);
  return read == (i64)length ? 0 : failed(read) ? read : FAULT;
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
INLINE i64 map_privately(const struct range *range, u64 to) {
  return failed(call6(
    SYS_mmap,
    (i64)to,
    (i64)length_of_range(range),
    3 /* READ|WRITE */,
    0x12 /* PRIVATE|FIXED */,
    range->file,
    (i64)range->offset));
}

// Writes to every page of such a mapping. Then no page belongs to the file, and none has to be mapped when it is read.
static i64 write_pages(u64 start, u64 length) {
  enum {
    FORBIDDEN = -1 /* EPERM */,
    DENIED = -13 /* EACCES */,
    NOT_KNOWN = -22 /* EINVAL: before Linux 5.14 */,
    NO_SUCH_CALL = -38 /* ENOSYS */
  };
  i64 error = call(SYS_madvise, (i64)start, (i64)length, 23 /* POPULATE_WRITE */, 0, 0);
  if (error != FORBIDDEN && error != DENIED && error != NOT_KNOWN && error != NO_SUCH_CALL) return error;
  for (volatile u8 *page = (volatile u8 *)start, *end = page + length; page < end; page += PAGE_SIZE) *page = *page;
  return 0;
}

// Copies a range into existing memory. If the system call is unavailable, the range is read through a second
// mapping: a thread that wakes may unmap the range itself meanwhile.
INLINE i64 read_range(int pid, const struct range *range, u64 to) {
  u64 length = length_of_range(range);
  i64 error = read_own(pid, range->start, to, length);
  if (!error) return 0;
  if (error == FAULT) return NOT_SETTLED;
  // An old length of 0 leaves the old mapping and makes a second one.
  i64 own = call(SYS_mremap, (i64)range->start, 0, (i64)length, 1 /* MAYMOVE */, 0);
  if (failed(own)) return own == FAULT ? NOT_SETTLED : own;
  move_bytes((u64)own, to, length);
  call(SYS_munmap, own, (i64)length, 0, 0, 0);
  return 0;
}

INLINE i64 copy_range(int pid, const struct range *range, u64 to) {
  return range->file >= 0 && !map_privately(range, to) && !write_pages(to, length_of_range(range))
    ? 0
    : read_range(pid, range, to);
}

// ---- Before the clone ----

// forget_shared frees the result, even after an error.
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

// A range that cannot be copied in this way has no file afterwards.
static void write_range(void *subject, u64 part) {
  struct range *range = (struct range *)subject + part;
  if (range->file >= 0 && write_pages(range->start, length_of_range(range))) range->file = -1;
}

// Replaces a shared range by a copy.
INLINE i64 replace(int pid, const struct range *range) {
  u64 length = length_of_range(range);
  i64 copy = new_memory(length, 0), error = failed(copy);
  if (!error) error = read_range(pid, range, (u64)copy);
  return error
    ? error
    : failed(call(SYS_mremap, copy, (i64)length, (i64)length, 3 /* MAYMOVE|FIXED */, (i64)range->start));
}

// Whether the ranges and their bytes are the same as before.
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

// Makes the shared memory the child's own; uses two threads if there is much of it and they are allowed. Returns 1, or
// a negative errno.
INLINE i64 freeze(const struct shared *before, int may_share) {
  i64 memory = new_memory(sizeof(struct shared), 0);
  if (failed(memory)) return memory;
  struct shared *now = (struct shared *)memory;
  int pid = (int)call(SYS_getpid, 0, 0, 0, 0, 0);
  i64 error = list_shared(now);
  if (error) return error;
  for (u64 i = 0; i < now->count; i++)
    if (now->ranges[i].file >= 0 && map_privately(&now->ranges[i], now->ranges[i].start)) now->ranges[i].file = -1;
  if (may_share && now->length >= LEAST_FOR_TWO) do_by_two(write_range, now->ranges, now->count);
  else for (u64 i = 0; i < now->count; i++) write_range(now->ranges, i);
  for (u64 i = 0; i < now->count && !error; i++)
    if (now->ranges[i].file < 0) error = replace(pid, &now->ranges[i]);
  if (error) return error;
  if (before && !is_settled(pid, now, before)) return NOT_SETTLED;
  call(SYS_munmap, (i64)now, sizeof *now, 0, 0, 0);
  return 1;
}
