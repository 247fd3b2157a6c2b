#include "scan.h"

INTERNAL int is_excluded(const struct search *s, u64 first, u64 holder, u64 held) {
  for (u64 i = first - 1; first && i < s->excluded_count && s->excluded_edges[i].key == holder; i++)
    if (s->excluded_edges[i].value == held) return 1;
  return 0;
}

INTERNAL NOINLINE u64 scan_elements(
  struct search *s, const struct method_table *t, u64 first, u64 elements, u32 index, u64 excluded, u64 holder) {
  return scan_elements_by(s, t, first, elements, index, excluded, holder, FIRST);
}
