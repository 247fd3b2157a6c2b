// Threads that the sanitizer knows.

#include "tasks/task.h"

#include <linux/futex.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

struct hosted_thread { void (*begin)(void *); void *argument; int *ends; };

static void *run_hosted(void *argument) {
  struct hosted_thread thread = *(struct hosted_thread *)argument;
  free(argument);
  thread.begin(thread.argument);
  // As the kernel does with CLONE_CHILD_CLEARTID.
  if (thread.ends) {
    __atomic_store_n(thread.ends, 0, __ATOMIC_RELEASE);
    syscall(SYS_futex, thread.ends, FUTEX_WAKE, 1);
  }
  return 0;
}

INTERNAL i64 start_thread(u64 stack_end, void (*begin)(void *), void *argument, int *ends) {
  (void)stack_end;
  struct hosted_thread *thread = malloc(sizeof *thread);
  *thread = (struct hosted_thread){begin, argument, ends};
  pthread_t id;
  if (pthread_create(&id, 0, run_hosted, thread)) return -1;
  pthread_detach(id);
  return 1;
}

// The search starts none.
INTERNAL i64 start_process(u64 stack_end, void (*begin)(void *), void *argument) {
  (void)stack_end, (void)begin, (void)argument;
  return -1;
}

INTERNAL void leave_processor(u32 processor) { (void)processor; }
