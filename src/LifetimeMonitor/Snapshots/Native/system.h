// The base of all native code: no libc, only the kernel.

typedef unsigned long u64;
typedef long i64;
typedef unsigned int u32;
typedef unsigned char u8;
#define INLINE static inline __attribute__((always_inline))

enum {
  SYS_read = 0, SYS_write = 1, SYS_open = 2, SYS_poll = 7, SYS_close = 3, SYS_fstat = 5, SYS_mmap = 9, SYS_munmap = 11,
  SYS_rt_sigaction = 13, SYS_rt_sigprocmask = 14, SYS_pread64 = 17, SYS_sched_yield = 24,
  SYS_mremap = 25, SYS_madvise = 28, SYS_pause = 34, SYS_nanosleep = 35, SYS_getpid = 39, SYS_clone = 56, SYS_exit = 60,
  SYS_wait4 = 61, SYS_kill = 62, SYS_ptrace = 101, SYS_getppid = 110, SYS_prctl = 157, SYS_setrlimit = 160,
  SYS_gettid = 186, SYS_futex = 202, SYS_getdents64 = 217, SYS_sched_setaffinity = 203, SYS_sched_getaffinity = 204,
  SYS_restart_syscall = 219, SYS_clock_gettime = 228, SYS_clock_nanosleep = 230, SYS_exit_group = 231,
  SYS_getcpu = 309, SYS_process_vm_readv = 310
};
enum { PAGE_SIZE = 4096 };

INLINE i64 call6(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e, i64 f) {
  i64 r;
  register i64 r10 __asm__("r10") = d;
  register i64 r8 __asm__("r8") = e;
  register i64 r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(r)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return r;
}

INLINE i64 call(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e) { return call6(n, a, b, c, d, e, 0); }

// The futex words lie in shared memory, so the child can wake us.
INLINE void wait_while_zero(volatile int *word, const i64 *timeout) {
  call(SYS_futex, (i64)word, 0 /* WAIT */, 0, (i64)timeout, 0);
}
INLINE void wake(volatile int *word) { call(SYS_futex, (i64)word, 1 /* WAKE */, 0x7fffffff, 0, 0); }

INLINE u64 now_ns(void) {
  volatile i64 t[2];
  call(SYS_clock_gettime, 1, (i64)t, 0, 0, 0);
  return (u64)(t[0] * 1000000000 + t[1]);
}

INLINE i64 now_us(void) { return (i64)(now_ns() / 1000); }

// The number of set bits.
INLINE u32 ones(u64 x) {
  x -= x >> 1 & 0x5555555555555555UL;
  x = (x & 0x3333333333333333UL) + (x >> 2 & 0x3333333333333333UL);
  return (u32)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fUL) * 0x0101010101010101UL >> 56);
}
