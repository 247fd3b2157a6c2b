// The parsers of the texts of /proc.

#include "process/proc_text.c"
