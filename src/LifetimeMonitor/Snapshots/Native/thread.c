// The clone's own threads.

enum { STACK_LENGTH = 64 * 1024, MASK_WORDS = 128 };

// With one processor there is no second one to share the work.
static int are_two_processors(void) {
  u64 mask[MASK_WORDS];
  i64 bytes = call(SYS_sched_getaffinity, 0, sizeof mask, (i64)mask, 0, 0);
  u32 count = 0;
  for (i64 i = 0; i < bytes / 8; i++) count += ones(mask[i]);
  return count > 1;
}

// Starts a thread or a process that runs in this memory. It is independent of the program: it takes no signals and has
// no thread-local storage of its own.
static i64 start_with(i64 flags, u64 stack_end, void (*begin)(void *), void *argument, volatile int *ends) {
  u64 all = ~0UL, old;
  u64 *top = (u64 *)stack_end - 2;
  top[0] = (u64)argument;
  top[1] = (u64)begin;
  call(SYS_rt_sigprocmask, 0 /* SIG_BLOCK */, (i64)&all, (i64)&old, 8, 0);
  i64 r;
  register i64 r10 __asm__("r10") = (i64)ends;
  register i64 r8 __asm__("r8") = 0;
  __asm__ volatile(
      "syscall\n test %%rax,%%rax\n jnz 1f\n xor %%ebp,%%ebp\n pop %%rdi\n pop %%rax\n and $-16,%%rsp\n"
      " call *%%rax\n ud2\n1:"
      : "=a"(r)
      : "a"(SYS_clone), "D"(flags), "S"(top), "d"(0), "r"(r10), "r"(r8)
      : "rcx", "r11", "memory");
  call(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, (i64)&old, 0, 8, 0);
  return r;
}

static i64 start_thread(u64 stack_end, void (*begin)(void *), void *argument, volatile int *ends) {
  return start_with(0x250f00 /* VM|FS|FILES|SIGHAND|THREAD|SYSVSEM|CHILD_CLEARTID */, stack_end, begin, argument, ends);
}

// The process sends no signal when it ends, so only we wait for it.
static i64 start_process(u64 stack_end, void (*begin)(void *), void *argument) {
  return start_with(0x700 /* VM|FS|FILES */, stack_end, begin, argument, 0);
}

// ~0 if it is unknown.
INLINE u32 current_processor(void) {
  u32 processor;
  return call(SYS_getcpu, (i64)&processor, 0, 0, 0, 0) ? ~0U : processor;
}

// By default the system usually starts a thread on its creator's processor, and leaves it there for some milliseconds.
static void leave_processor(u32 processor) {
  u64 mask[MASK_WORDS];
  i64 bytes = call(SYS_sched_getaffinity, 0, sizeof mask, (i64)mask, 0, 0);
  if (bytes <= 0 || processor >= (u64)bytes * 8) return;
  mask[processor >> 6] &= ~(1UL << (processor & 63));
  call(SYS_sched_setaffinity, 0, bytes, (i64)mask, 0, 0);
}

// ---- Work in parts, by two threads ----

struct parts {
  void (*act)(void *subject, u64 part);
  void *subject;
  u64 count;
  u32 processor_of_first;
  volatile int thread;
  volatile u64 taken, done;
};

static void take_parts(struct parts *p) {
  for (u64 part; (part = __atomic_fetch_add(&p->taken, 1, __ATOMIC_RELAXED)) < p->count;) {
    p->act(p->subject, part);
    __atomic_fetch_add(&p->done, 1, __ATOMIC_RELEASE);
  }
}

static void take_parts_elsewhere(void *argument) {
  struct parts *p = argument;
  leave_processor(p->processor_of_first);
  take_parts(p);
  call(SYS_exit, 0, 0, 0, 0, 0);
}

// We do not wait for a second thread that comes too late to do anything, so its stack stays.
static void do_by_two(void (*act)(void *, u64), void *subject, u64 count) {
  i64 stack = are_two_processors()
    ? call(SYS_mmap, 0, STACK_LENGTH, 3 /* READ|WRITE */, 0x22 /* PRIVATE|ANONYMOUS */, -1)
    : -1;
  struct parts alone = {act, subject, count, 0, 0, 0, 0}, *p = &alone;
  if (stack > 0) {
    p = (struct parts *)stack;
    *p = alone;
    p->processor_of_first = current_processor();
    if (start_thread((u64)stack + STACK_LENGTH, take_parts_elsewhere, p, &p->thread) > 0)
      call(SYS_sched_yield, 0, 0, 0, 0, 0);
  }
  take_parts(p);
  while (__atomic_load_n(&p->done, __ATOMIC_ACQUIRE) < count) call(SYS_sched_yield, 0, 0, 0, 0, 0);
}
