// The functions of glibc that Debian's libstdc++, libgcc and OpenSSL call, for a process that runs with musl. .ci/musl
// preloads them, because Debian has musl, but no C++ library for it. On Alpine all libraries are made for musl.

#define _GNU_SOURCE
#include <link.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

char __libc_single_threaded = 0;
int __cpu_model[4];

int __cpu_indicator_init(void) { return 0; }

uint32_t arc4random(void) {
  uint32_t number = 0;
  getrandom(&number, sizeof number, 0);
  return number;
}

size_t __strftime_l(char *text, size_t length, const char *format, const struct tm *time, locale_t locale) {
  return strftime_l(text, length, format, time, locale);
}

// ---- Destructors of thread-local objects ----

struct destructor {
  void (*destroy)(void *);
  void *object;
  struct destructor *next;
};

static pthread_key_t s_destructors;
static pthread_once_t s_made = PTHREAD_ONCE_INIT;

static void destroy_all(void *first) {
  for (struct destructor *d = first, *next; d; d = next) {
    next = d->next;
    d->destroy(d->object);
    free(d);
  }
}

static void make_key(void) { pthread_key_create(&s_destructors, destroy_all); }

int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *library) {
  (void)library;
  pthread_once(&s_made, make_key);
  struct destructor *added = malloc(sizeof *added);
  if (!added) return -1;
  *added = (struct destructor){destroy, object, pthread_getspecific(s_destructors)};
  return pthread_setspecific(s_destructors, added);
}

// ---- The library that contains an address, by which C++ exceptions are unwound ----

struct dl_find_object {
  unsigned long long flags;
  void *start, *end;
  struct link_map *map;
  void *unwind_table;
  unsigned long long reserved[7];
};

struct question {
  uintptr_t address;
  struct dl_find_object *answer;
};

static int look_into(struct dl_phdr_info *library, size_t size, void *argument) {
  (void)size;
  struct question *q = argument;
  uintptr_t start = UINTPTR_MAX, end = 0, table = 0;
  int contains = 0;
  for (const ElfW(Phdr) *part = library->dlpi_phdr; part < library->dlpi_phdr + library->dlpi_phnum; part++) {
    uintptr_t from = library->dlpi_addr + part->p_vaddr, to = from + part->p_memsz;
    if (part->p_type == PT_GNU_EH_FRAME) table = from;
    if (part->p_type != PT_LOAD) continue;
    if (from < start) start = from;
    if (to > end) end = to;
    contains |= q->address >= from && q->address < to;
  }
  if (!contains || !table) return 0;
  *q->answer = (struct dl_find_object){.start = (void *)start, .end = (void *)end, .unwind_table = (void *)table};
  return 1;
}

int _dl_find_object(void *address, struct dl_find_object *answer) {
  struct question q = {(uintptr_t)address, answer};
  return dl_iterate_phdr(look_into, &q) ? 0 : -1;
}

// ---- Functions with a check of the length, of which the length is left out ----

long __fdelt_chk(long descriptor) { return descriptor / (8 * (long)sizeof(long)); }

void *__memcpy_chk(void *to, const void *from, size_t length, size_t room) { (void)room; return memcpy(to, from, length); }
void *__memset_chk(void *to, int value, size_t length, size_t room) { (void)room; return memset(to, value, length); }
char *__strcat_chk(char *to, const char *from, size_t room) { (void)room; return strcat(to, from); }

int __vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments) {
  (void)flag;
  return vfprintf(file, format, arguments);
}

int __fprintf_chk(FILE *file, int flag, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int written = __vfprintf_chk(file, flag, format, arguments);
  va_end(arguments);
  return written;
}

int __snprintf_chk(char *text, size_t length, int flag, size_t room, const char *format, ...) {
  (void)flag, (void)room;
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(text, length, format, arguments);
  va_end(arguments);
  return written;
}

int __sprintf_chk(char *text, int flag, size_t room, const char *format, ...) {
  (void)flag;
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(text, room, format, arguments);
  va_end(arguments);
  return written;
}

void __syslog_chk(int priority, int flag, const char *format, ...) { (void)priority, (void)flag, (void)format; }

// OpenSSL uses these for its asynchronous engines only.
int getcontext(void *context) { (void)context; return -1; }
int setcontext(const void *context) { (void)context; return -1; }
void makecontext(void *context) { (void)context; }
