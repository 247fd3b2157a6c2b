#!/usr/bin/env bash
# Builds clone.linux-x64.bin from clone.c (or another file: build.sh OUTPUT). The bytes are checked in, so that nobody who
# builds the library needs a C compiler; a test rebuilds and compares them where the same compiler is at hand.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -fPIC -ffreestanding -fno-builtin -nostdlib -fno-stack-protector -fno-asynchronous-unwind-tables \
    -fno-tree-loop-distribute-patterns -fcf-protection=none -mgeneral-regs-only -Wall -Wextra -Wno-unused-parameter \
    -c clone.c -o "$work/clone.o"
ld -T clone.ld "$work/clone.o" -o "$work/clone.elf"
if readelf -S "$work/clone.elf" | grep -qE ' \.(data|bss|got|rela)'; then echo "clone.c must not need data or relocations" >&2; exit 1; fi
objcopy -O binary -j .text "$work/clone.elf" "${1:-clone.linux-x64.bin}"
