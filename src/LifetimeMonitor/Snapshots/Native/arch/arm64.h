// Everything that differs between processors, for arm64 (AArch64). The comment of x64.h lists the names.

#ifndef LM_ARCH_ARM_H
#define LM_ARCH_ARM_H

#include "../base.h"

// <asm-generic/unistd.h>
enum {
  SYS_openat = 56, SYS_close = 57, SYS_getdents64 = 61, SYS_read = 63, SYS_write = 64, SYS_pread64 = 67, SYS_ppoll = 73,
  SYS_fstat = 80, SYS_exit = 93, SYS_exit_group = 94, SYS_futex = 98, SYS_nanosleep = 101, SYS_clock_gettime = 113,
  SYS_clock_nanosleep = 115, SYS_ptrace = 117, SYS_sched_setaffinity = 122, SYS_sched_getaffinity = 123,
  SYS_sched_yield = 124, SYS_restart_syscall = 128, SYS_kill = 129, SYS_rt_sigaction = 134, SYS_rt_sigprocmask = 135,
  SYS_setrlimit = 164, SYS_prctl = 167, SYS_getcpu = 168, SYS_getpid = 172, SYS_getppid = 173, SYS_gettid = 178,
  SYS_munmap = 215, SYS_mremap = 216, SYS_clone = 220, SYS_mmap = 222, SYS_madvise = 233, SYS_wait4 = 260,
  SYS_process_vm_readv = 270, SYS_pidfd_send_signal = 424
};

// A kernel is built for pages of 4, 16 or 64 KB.
enum { PAGE_SIZE = 4096, LARGEST_PAGE_SIZE = 65536, O_DIRECTORY = 0x4000 };

INLINE i64 call6(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e, i64 f) {
  register i64 x8 __asm__("x8") = n;
  register i64 x0 __asm__("x0") = a;
  register i64 x1 __asm__("x1") = b;
  register i64 x2 __asm__("x2") = c;
  register i64 x3 __asm__("x3") = d;
  register i64 x4 __asm__("x4") = e;
  register i64 x5 __asm__("x5") = f;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}

INLINE i64 open_path(const char *path, i64 flags) {
  enum { AT_FDCWD = -100 };
  return call6(SYS_openat, AT_FDCWD, (i64)path, flags, 0, 0, 0);
}

INLINE void sleep_forever(void) {
  for (;;) call6(SYS_ppoll, 0, 0, 0, 0, 0, 0);
}

// More than 0 if the descriptor can be read.
INLINE i64 wait_readable(int file, i64 milliseconds) {
  enum { POLLIN = 1 };
  struct { int file; short wanted, seen; } end = {file, POLLIN, 0};
  i64 timeout[2] = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  return call6(SYS_ppoll, (i64)&end, 1, (i64)timeout, 0, 0, 0);
}

// The C library calls it for poll(2), too. After a stop it continues by itself, with the rest of its time.
INLINE int is_poll(u64 call) { return call == SYS_ppoll; }

// As for x64. The kernel takes the place of thread-local storage before that of *ends. The stack pointer must be
// aligned, and the two words at the top of the stack may not be: another register points to them.
INLINE i64 clone_task(i64 flags, u64 *top, int *ends) {
  register i64 x8 __asm__("x8") = SYS_clone;
  register i64 x0 __asm__("x0") = flags;
  register u64 x1 __asm__("x1") = (u64)top & -16UL;
  register i64 x2 __asm__("x2") = 0;
  register i64 x3 __asm__("x3") = 0;
  register int *x4 __asm__("x4") = ends;
  register u64 *x5 __asm__("x5") = top;
  __asm__ volatile(
      "svc #0\n cbnz x0, 1f\n mov x29, xzr\n mov x30, xzr\n ldp x0, x1, [x5]\n"
      " blr x1\n mov x0, xzr\n mov x8, %[exit]\n svc #0\n1:"
      : "+r"(x0)
      : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), [exit] "i"(SYS_exit)
      : "memory");
  return x0;
}

// A part of memory that the program accesses by other types.
typedef u64 __attribute__((may_alias)) any_word;

// Whole words: the length is that of pages.
INLINE void move_bytes(u64 from, u64 to, u64 length) {
  for (u64 i = 0; i < length; i += sizeof(any_word)) *(any_word *)(to + i) = *(const any_word *)(from + i);
}

// By twos, for which there is an instruction.
INLINE void clear_words(void *start, u64 words) {
  any_word *word = start, *end = word + words;
  for (; word + 1 < end; word += 2) word[0] = word[1] = 0;
  if (word < end) *word = 0;
}

#if !__STDC_HOSTED__
// The compiler calls it to clear a local variable.
static __attribute__((used)) void *memset(void *start, int value, u64 length) {
  u8 *byte = start;
  for (u64 i = 0; i < length; i++) byte[i] = (u8)value;
  return start;
}
#endif

INLINE void pause_processor(void) { __asm__ volatile("yield"); }

// In the kernel's struct ucontext come 176 bytes, the address of a fault, x0 to x30, sp and pc (<asm/sigcontext.h>).
INLINE u64 instruction_of_context(const void *context) { return ((const u64 *)context)[176 / 8 + 1 + 31 + 1]; }

#define RETURN_FROM_SIGNAL "mov x8, #139\n svc #0\n" // rt_sigreturn(2)

#define ENTRY_POINT(function) "b " function "\n"
#define ENTRY_ALIGNMENT ".balign 16\n"
#define WORD ".quad 0\n"

// The kernel's struct user_pt_regs.
struct trace_registers { u64 x[31], sp, pc, state; };
_Static_assert(sizeof(struct trace_registers) == 272, "as in <asm/ptrace.h>");

// The registers that C# gets, in the order of a ucontext.
enum { REGISTERS = 33 };
#define GENERAL_REGISTERS(r) \
  {r.x[0], r.x[1], r.x[2], r.x[3], r.x[4], r.x[5], r.x[6], r.x[7], r.x[8], r.x[9], r.x[10], r.x[11], r.x[12], \
   r.x[13], r.x[14], r.x[15], r.x[16], r.x[17], r.x[18], r.x[19], r.x[20], r.x[21], r.x[22], r.x[23], r.x[24], \
   r.x[25], r.x[26], r.x[27], r.x[28], r.x[29], r.x[30], r.sp, r.pc}
#define STACK_POINTER(r) ((r).sp)
#define INSTRUCTION_POINTER(r) ((r).pc)

#endif
