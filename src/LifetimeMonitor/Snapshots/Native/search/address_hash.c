#include "address_hash.h"

INTERNAL int hash_begin(struct hash *h, u64 keys) {
  u64 bits = 6;
  while ((1UL << bits) < keys * 4) bits++;
  h->entries = (struct entry *)reserve(&h->memory, (1UL << bits) * sizeof(struct entry));
  if (!h->entries) return 0;
  populate(&h->memory);
  clear_words(h->entries, (1UL << bits) * 2);
  h->shift = 64 - bits;
  h->count = 0;
  return 1;
}

INTERNAL struct entry *hash_probe(const struct hash *h, u64 key) {
  u64 mask = (1UL << (64 - h->shift)) - 1, i = hash_of(h, key);
  while (__atomic_load_n(&h->entries[i].value, __ATOMIC_RELAXED) && h->entries[i].key != key) i = (i + 1) & mask;
  return &h->entries[i];
}

INTERNAL struct entry *hash_add(struct hash *h, u64 key) {
  struct entry *e = hash_probe(h, key);
  if (!e->value) { e->key = key; h->count++; }
  return e;
}
