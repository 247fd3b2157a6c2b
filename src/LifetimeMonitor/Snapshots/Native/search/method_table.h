// The collector's knowledge of a type, read from its method table; as in Heap/Types/MethodTableReader.

#ifndef LM_SEARCH_METHOD_TABLE_H
#define LM_SEARCH_METHOD_TABLE_H

#include "address_hash.h"
#include "channel.h"

// Layout: src/coreclr/vm/methodtable.h and src/coreclr/gc/gcdesc.h of dotnet/runtime, the same from .NET 8 to 10.
enum { OBJECT_MARKS = 7 }; // the lowest bits of the first word of an object, in which the collector may have set marks
enum { COMPONENT_SIZE_MASK = 0xffff };
#define HAS_COMPONENT_SIZE 0x80000000U
#define CONTAINS_REFERENCES 0x01000000U
#define IS_COLLECTIBLE 0x00200000U
enum { MIN_OBJECT_SIZE = 16, MAX_OBJECT_SIZE = 0x7fffffff, MAX_RUNS = 16 * 1024 };

enum { MAX_TABLES = 1 << 20, MAX_PARTS = 1 << 24 };
#define NOT_ASKED (~0UL) // the loader allocator, for a thread that cannot ask the parent

enum table_kind {
  TABLE_INVALID = 0,
  TABLE_PLAIN = 1,  // no references
  TABLE_RUNS = 2,   // runs of references
  TABLE_PATTERN = 3 // an array of structs with references
};

struct part { u32 a, b; }; // a run (offset, length), or a group of a pattern (references, bytes to skip)

// Plain: only its words hold references. Leaf: not even they do. Stored, because each object needs it.
struct method_table {
  u64 address, allocator;
  const struct part *parts;
  u32 count, base_size, element_size, kind, pattern_offset, pattern_length, is_plain, is_leaf;
};

struct method_tables {
  struct channel *channel;
  int pid;
  i64 memory;
  int failed;
  struct block table_memory, part_memory;
  struct method_table *tables; u64 table_count;
  const struct method_table *last, *second_last;
  struct part *parts; u64 part_count;
  struct hash by_address; // the method tables by their addresses
};

// 0: no memory.
INTERNAL int types_begin(struct method_tables *t);

// The method table at an address, which is read the first time; 0 if that failed.
INTERNAL const struct method_table *find_table(struct method_tables *all, u64 address);

// The method table of an object.
INLINE u64 type_of(u64 object) { return *(const u64 *)object & ~(u64)OBJECT_MARKS; }

// Objects of one or two types often come together; then the code that follows need not wait for the hash lookup.
INLINE const struct method_table *table_at(struct method_tables *all, u64 address) {
  if (LIKELY(all->last->address == address)) return all->last;
  if (all->second_last->address == address) return all->second_last;
  return find_table(all, address);
}

// The length of an array; meaningless for other objects.
INLINE u64 length_of(u64 object) { return *(const u32 *)(object + 8); }

// All elements of an array, in bytes.
INLINE u64 elements_of(const struct method_table *t, u64 object) {
  return t->element_size ? t->element_size * length_of(object) : 0;
}

INLINE u64 size_of(const struct method_table *t, u64 object) { return t->base_size + elements_of(t, object); }

// The bytes that an object of this size takes in the heap.
INLINE u64 aligned(u64 size) { return (size + 7) & ~7UL; }

#endif
