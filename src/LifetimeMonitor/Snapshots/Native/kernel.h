// The interface of the Linux kernel, as far as it is the same on all processors. The names are those of the kernel.

#ifndef LM_KERNEL_H
#define LM_KERNEL_H

#include "base.h"

#ifdef __x86_64__
#include "arch/x64.h"
#elif defined(__aarch64__)
#include "arch/arm64.h"
#else
#error "There is no header for this processor in arch/"
#endif

// Errors. A call returns the negative number.
enum {
  EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EIO = 5, E2BIG = 7, EAGAIN = 11, EACCES = 13, EFAULT = 14, EINVAL = 22,
  ENOSYS = 38, MAX_ERRNO = 4095
};

// Memory.
enum { PROT_READ = 1, PROT_WRITE = 2 };
enum { MAP_PRIVATE = 0x2, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000, MAP_POPULATE = 0x8000 };
enum { MREMAP_MAYMOVE = 1, MREMAP_FIXED = 2 };
enum { MADV_DONTNEED = 4, MADV_HUGEPAGE = 14, MADV_POPULATE_WRITE = 23 /* since Linux 5.14 */ };

// Files.
enum { O_RDONLY = 0, O_WRONLY = 1, O_CLOEXEC = 0x80000 };
struct io_vector { u64 start, length; };
struct file_status { u64 device, inode, rest[16]; }; // struct stat, which differs in the rest
struct directory_entry { u64 inode; i64 next; unsigned short length; u8 type; char name[]; };

// Threads and processes.
enum {
  CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_THREAD = 0x10000,
  CLONE_SYSVSEM = 0x40000, CLONE_CHILD_CLEARTID = 0x200000
};
enum { FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_ALL = 0x7fffffff };
enum { PR_SET_PDEATHSIG = 1, PR_SET_PTRACER = 0x59616d61 /* of the Yama security module */ };
enum { RLIMIT_CORE = 4 };
enum { WNOHANG = 1, WALL = 0x40000000 /* __WALL: children of any kind */ };
enum { CLOCK_MONOTONIC = 1, CPUCLOCK_SCHED = 2, CPUCLOCK_PERTHREAD = 4 }; // pthread_getcpuclockid(3)

// Signals.
enum { SIGKILL = 9, SIGSEGV = 11, SIGCONT = 18 };
enum { SIG_BLOCK = 0, SIG_SETMASK = 2, SIGNAL_SET_BYTES = 8 };
enum { SIG_IGN = 1 }; // the largest handler that is none
enum { SA_SIGINFO = 0x4, SA_RESTORER = 0x04000000, SA_ONSTACK = 0x08000000 };
struct signal_info { int number, error, code; };
struct kernel_sigaction {
  void (*handler)(int number, struct signal_info *info, void *context);
  u64 flags;
  const void *restorer;
  u64 mask;
};

// ptrace(2).
enum {
  PTRACE_DETACH = 17, PTRACE_GETREGSET = 0x4204, PTRACE_SEIZE = 0x4206, PTRACE_INTERRUPT = 0x4207,
  PTRACE_GETSIGMASK = 0x420a, PTRACE_EVENT_STOP = 128, NT_PRSTATUS = 1 /* the general registers */
};

INLINE i64 call(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e) { return call6(n, a, b, c, d, e, 0); }

// An address is never so close to the end.
INLINE int is_error(i64 result) { return result < 0 && result >= -MAX_ERRNO; }

// The negative error, or 0.
INLINE i64 error_of(i64 result) { return is_error(result) ? result : 0; }

INLINE int process_id(void) { return (int)call(SYS_getpid, 0, 0, 0, 0, 0); }
INLINE int thread_id(void) { return (int)call(SYS_gettid, 0, 0, 0, 0, 0); }
INLINE int parent_id(void) { return (int)call(SYS_getppid, 0, 0, 0, 0, 0); }
INLINE void yield_processor(void) { call(SYS_sched_yield, 0, 0, 0, 0, 0); }
INLINE void end_thread(void) { call(SYS_exit, 0, 0, 0, 0, 0); }
INLINE void end_process(void) { call(SYS_exit_group, 0, 0, 0, 0, 0); }

// An address, or a negative error.
INLINE i64 map_memory(u64 length, int flags) {
  return call(SYS_mmap, 0, (i64)length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1);
}

INLINE void unmap_memory(u64 start, u64 length) { call(SYS_munmap, (i64)start, (i64)length, 0, 0, 0); }

// Sleeps while the word has this value. The words that the child waits for lie in shared memory, so that its parent
// can wake it.
INLINE void futex_wait(const int *word, int value, const i64 *timeout) {
  call(SYS_futex, (i64)word, FUTEX_WAIT, value, (i64)timeout, 0);
}

INLINE void futex_wake(const int *word) { call(SYS_futex, (i64)word, FUTEX_WAKE, FUTEX_ALL, 0, 0); }

INLINE void block_signals(const u64 *set, u64 *old) {
  call(SYS_rt_sigprocmask, SIG_BLOCK, (i64)set, (i64)old, SIGNAL_SET_BYTES, 0);
}

INLINE void restore_signals(const u64 *old) {
  call(SYS_rt_sigprocmask, SIG_SETMASK, (i64)old, 0, SIGNAL_SET_BYTES, 0);
}

INLINE u64 now_ns(void) {
  i64 t[2];
  call(SYS_clock_gettime, CLOCK_MONOTONIC, (i64)t, 0, 0, 0);
  return (u64)(t[0] * 1000000000 + t[1]);
}

INLINE i64 now_us(void) { return (i64)(now_ns() / 1000); }

#endif
