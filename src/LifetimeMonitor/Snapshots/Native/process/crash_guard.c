#include "crash_guard.h"
#include "../kernel.h"

// The code that maps the bytes writes the address here (clone.c).
extern struct guard *const guard_slot __attribute__((visibility("hidden")));

// A signal handler returns to it.
extern const char signal_restorer[] __attribute__((visibility("hidden")));
__asm__("signal_restorer:\n" RETURN_FROM_SIGNAL);

// The slot of a thread, or a free one for 0; -1 if there is none.
INLINE int slot_of(struct guard *g, int tid) {
  for (int i = 0; i < MAX_GUARDED; i++)
    if (load_relaxed(&g->threads[i]) == tid) return i;
  return -1;
}

static void on_fault(int number, struct signal_info *info, void *context) {
  struct guard *g = guard_slot;
  u64 instruction = instruction_of_context(context);
  int slot = instruction >= g->start && instruction < g->end ? slot_of(g, thread_id()) : -1;
  if (slot >= 0) {
    g->fault = instruction;
    store_release(&g->has_crashed[slot], 1);
    __atomic_fetch_add(&g->crashed, 1, __ATOMIC_RELEASE);
    sleep_forever();
  }
  // The default action ends the process when the instruction faults again; ignoring a fault has the same effect.
  if ((u64)g->before.handler > SIG_IGN) g->before.handler(number, info, context);
  else call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, SIGNAL_SET_BYTES, 0);
}

INLINE int is_same_action(const struct kernel_sigaction *a, const struct kernel_sigaction *b) {
  return a->handler == b->handler && a->flags == b->flags;
}

// Installs our handler on top of the current one. If ours is already in the chain, below a foreign one, it stays
// there: the foreign handler calls it, and ours on top as well would call itself forever.
INLINE i64 install(struct guard *g, const struct kernel_sigaction *now) {
  struct kernel_sigaction ours = *now;
  // If the previous handler is in place again, ours was removed.
  if (g->is_installed && !is_same_action(now, &g->before)) return 0;
  g->before = *now;
  ours.handler = on_fault;
  ours.restorer = signal_restorer;
  ours.flags |= SA_SIGINFO | SA_RESTORER | SA_ONSTACK;
  i64 error = call(SYS_rt_sigaction, SIGSEGV, (i64)&ours, 0, SIGNAL_SET_BYTES, 0);
  g->is_installed = !error;
  return error;
}

ENTRY int guard(int enter) {
  struct guard *g = guard_slot;
  int slot = slot_of(g, enter ? 0 : thread_id());
  if (slot < 0) return -1;
  struct kernel_sigaction now;
  i64 error = call(SYS_rt_sigaction, SIGSEGV, 0, (i64)&now, SIGNAL_SET_BYTES, 0);
  if (error) return (int)error;
  if (enter) {
    if (now.handler != on_fault && (error = install(g, &now))) return (int)error;
    store_relaxed(&g->threads[slot], thread_id());
    return slot;
  }
  store_relaxed(&g->threads[slot], 0);
  for (int i = 0; i < MAX_GUARDED; i++)
    if (load_relaxed(&g->threads[i])) return slot;
  if (now.handler == on_fault && !call(SYS_rt_sigaction, SIGSEGV, (i64)&g->before, 0, SIGNAL_SET_BYTES, 0))
    g->is_installed = 0;
  return slot;
}
