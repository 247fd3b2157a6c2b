// The base of all native code: integers, and the words for how a function is compiled.

#ifndef LM_BASE_H
#define LM_BASE_H

typedef unsigned long u64;
typedef long i64;
typedef unsigned int u32;
typedef unsigned char u8;

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))
#define LIKELY(condition) __builtin_expect(condition, 1)
#define UNLIKELY(condition) __builtin_expect(condition, 0)

// A function that the table at the begin of the bytes leads to, or the kernel calls.
#define ENTRY __attribute__((used))

// A function that one part offers to the others. The bytes are made of one translation unit, in which each function is
// static. So the compiler can inline it, and reaches it without a table of addresses. A part that is compiled on its
// own declares it as external, but not for other programs.
#ifdef ONE_UNIT
#define INTERNAL static __attribute__((unused))
#else
#define INTERNAL __attribute__((visibility("hidden")))
#endif

// A word that two threads or processes share. README.md lists each of them, with the order that it relies on.
INLINE int load_relaxed(const int *word) { return __atomic_load_n(word, __ATOMIC_RELAXED); }
INLINE int load_acquire(const int *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }
INLINE void store_relaxed(int *word, int value) { __atomic_store_n(word, value, __ATOMIC_RELAXED); }
INLINE void store_release(int *word, int value) { __atomic_store_n(word, value, __ATOMIC_RELEASE); }

// Replaces one value by another; 0 if the word had a third one.
INLINE int try_change(int *word, int from, int to) {
  return __atomic_compare_exchange_n(word, &from, to, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

// C# has structs with the same layout: each field at this offset, and this length.
#define LAYOUT(type, field, offset) \
  _Static_assert(__builtin_offsetof(type, field) == (offset), #type "." #field " is elsewhere in C#")
#define LAYOUT_END(type, size) _Static_assert(sizeof(type) == (size), #type " is longer or shorter in C#")

// The upper bits are well mixed: the multiplier is 2^64 divided by the golden ratio (Knuth, TAOCP 3, 6.4).
INLINE u64 mix_address(u64 address) { return (address >> 3) * 0x9e3779b97f4a7c15UL; }

// The number of set bits.
INLINE u32 count_ones(u64 x) {
  x -= x >> 1 & 0x5555555555555555UL;
  x = (x & 0x3333333333333333UL) + (x >> 2 & 0x3333333333333333UL);
  return (u32)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fUL) * 0x0101010101010101UL >> 56);
}

#endif
