// Everything that differs between processors, for x86-64. A header for another processor offers the same names:
//
//   SYS_*                    the numbers of the system calls
//   O_DIRECTORY              a constant of the kernel that differs
//   PAGE_SIZE, LARGEST_PAGE_SIZE   the least and the greatest length of a page
//   call6                    a system call
//   open_path                opens a file by its path; arm64 has openat(2) only
//   sleep_forever, wait_readable   arm64 has ppoll(2) only
//   is_poll                  whether the number of a call is poll(2)
//   clone_task               starts a thread or a process, which calls a function
//   move_bytes, clear_words  loops that the compiler must not replace by a call of libc
//   pause_processor          a hint in a loop that waits for another processor
//   instruction_of_context   the instruction pointer in a ucontext
//   RETURN_FROM_SIGNAL       the code that a signal handler returns to
//   ENTRY_POINT, ENTRY_ALIGNMENT, WORD   the table at the begin of the bytes
//   struct trace_registers, REGISTERS, GENERAL_REGISTERS, STACK_POINTER, INSTRUCTION_POINTER
//                            the registers of a stopped thread

#ifndef LM_ARCH_X_H
#define LM_ARCH_X_H

#include "../base.h"

enum {
  SYS_read = 0, SYS_write = 1, SYS_open = 2, SYS_close = 3, SYS_fstat = 5, SYS_poll = 7, SYS_mmap = 9, SYS_munmap = 11,
  SYS_rt_sigaction = 13, SYS_rt_sigprocmask = 14, SYS_pread64 = 17, SYS_sched_yield = 24, SYS_mremap = 25,
  SYS_madvise = 28, SYS_pause = 34, SYS_nanosleep = 35, SYS_getpid = 39, SYS_clone = 56, SYS_exit = 60, SYS_wait4 = 61,
  SYS_kill = 62, SYS_ptrace = 101, SYS_getppid = 110, SYS_prctl = 157, SYS_setrlimit = 160, SYS_gettid = 186,
  SYS_futex = 202, SYS_sched_setaffinity = 203, SYS_sched_getaffinity = 204, SYS_getdents64 = 217,
  SYS_restart_syscall = 219, SYS_clock_gettime = 228, SYS_clock_nanosleep = 230, SYS_exit_group = 231,
  SYS_getcpu = 309, SYS_process_vm_readv = 310, SYS_pidfd_send_signal = 424
};

enum { PAGE_SIZE = 4096, LARGEST_PAGE_SIZE = 4096, O_DIRECTORY = 0x10000 };

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

INLINE i64 open_path(const char *path, i64 flags) { return call6(SYS_open, (i64)path, flags, 0, 0, 0, 0); }

INLINE void sleep_forever(void) {
  for (;;) call6(SYS_pause, 0, 0, 0, 0, 0, 0);
}

// More than 0 if the descriptor can be read.
INLINE i64 wait_readable(int file, i64 milliseconds) {
  enum { POLLIN = 1 };
  struct { int file; short wanted, seen; } end = {file, POLLIN, 0};
  return call6(SYS_poll, (i64)&end, 1, milliseconds, 0, 0, 0);
}

INLINE int is_poll(u64 call) { return call == SYS_poll; }

// Starts a task that calls a function with an argument; both lie at the top of its stack. The task ends when the
// function returns. When a thread with CLONE_CHILD_CLEARTID has ended, the kernel sets *ends to 0, and wakes the
// threads that wait for that.
INLINE i64 clone_task(i64 flags, u64 *top, int *ends) {
  i64 r;
  register i64 r10 __asm__("r10") = (i64)ends;
  register i64 r8 __asm__("r8") = 0;
  __asm__ volatile(
      "syscall\n test %%rax,%%rax\n jnz 1f\n xor %%ebp,%%ebp\n pop %%rdi\n pop %%rax\n and $-16,%%rsp\n"
      " call *%%rax\n xor %%edi,%%edi\n mov %[exit],%%eax\n syscall\n1:"
      : "=a"(r)
      : "a"(SYS_clone), "D"(flags), "S"(top), "d"(0), "r"(r10), [exit] "i"(SYS_exit), "r"(r8)
      : "rcx", "r11", "memory");
  return r;
}

INLINE void move_bytes(u64 from, u64 to, u64 length) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
}

INLINE void clear_words(void *start, u64 words) {
  __asm__ volatile("rep stosq" : "+D"(start), "+c"(words) : "a"(0) : "memory");
}

INLINE void pause_processor(void) { __builtin_ia32_pause(); }

// The kernel's struct ucontext begins with 40 bytes, and then come the registers: r8 to r15, rdi, rsi, rbp, rbx, rdx,
// rax, rcx, rsp, rip (<asm/sigcontext.h>).
INLINE u64 instruction_of_context(const void *context) { return ((const u64 *)context)[40 / 8 + 16]; }

#define RETURN_FROM_SIGNAL "mov $15,%eax\n syscall\n" // rt_sigreturn(2)

#define ENTRY_POINT(function) "jmp " function "\n"
#define ENTRY_ALIGNMENT ".balign 16\n"
#define WORD ".quad 0\n"

// The kernel's struct user_regs_struct.
struct trace_registers {
  u64 r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss,
    fs_base, gs_base, ds, es, fs, gs;
};
_Static_assert(sizeof(struct trace_registers) == 216, "as in <sys/user.h>");

// The registers that C# gets, in the order of a ucontext.
enum { REGISTERS = 17 };
#define GENERAL_REGISTERS(r) \
  {r.r8, r.r9, r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.di, r.si, r.bp, r.bx, r.dx, r.ax, r.cx, r.sp, r.ip}
#define STACK_POINTER(r) ((r).sp)
#define INSTRUCTION_POINTER(r) ((r).ip)

#endif
