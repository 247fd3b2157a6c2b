// Hash tables of addresses.

#ifndef LM_SEARCH_ADDRESS_HASH_H
#define LM_SEARCH_ADDRESS_HASH_H

#include "blocks.h"

struct entry { u64 key, value; }; // value 0: free
struct hash { struct block memory; struct entry *entries; u64 shift, count; };

INLINE u64 hash_of(const struct hash *h, u64 key) { return mix_address(key) >> h->shift; }

// Makes room for this many keys at a quarter of the load, so that one look usually shows that a key is absent. 0: no
// memory.
INTERNAL int hash_begin(struct hash *h, u64 keys);

// The entry of a key, or the free one where it would be. Another thread may change values meanwhile.
INTERNAL struct entry *hash_probe(const struct hash *h, u64 key);

INLINE u64 hash_find(const struct hash *h, u64 key) {
  const struct entry *e = &h->entries[hash_of(h, key)];
  return !e->value || e->key == key ? e->value : hash_probe(h, key)->value;
}

// The entry of a key, which is added if it is new; the caller sets its value.
INTERNAL struct entry *hash_add(struct hash *h, u64 key);

#endif
