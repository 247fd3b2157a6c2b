#!/usr/bin/env bash
# Builds clone.linux-x64.bin from clone.c and watchdog.linux-x64.bin from watchdog.c, and writes their checksums to
# README.md. (Or builds one of them to another file: build.sh OUTPUT [NAME].) The bytes are checked in, so building the
# library needs no C compiler; a test rebuilds and compares them where the same compiler is available.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # NAME OUTPUT
    gcc -O2 -fPIC -ffreestanding -fno-builtin -nostdlib -fno-stack-protector -fno-asynchronous-unwind-tables \
        -fno-tree-loop-distribute-patterns -fcf-protection=none -mgeneral-regs-only -Wall -Wextra -Wno-unused-parameter \
        -c "$1.c" -o "$work/$1.o"
    ld -T clone.ld "$work/$1.o" -o "$work/$1.elf"
    if readelf -S "$work/$1.elf" | grep -qE ' \.(data|bss|got|rela)'; then echo "$1.c must not need data or relocations" >&2; exit 1; fi
    objcopy -O binary -j .text "$work/$1.elf" "$2"
}

if [ $# -gt 0 ]; then build "${2:-clone}" "$1"; else
    for name in clone watchdog; do
        build "$name" "$name.linux-x64.bin"
        sum=$(sha256sum "$name.linux-x64.bin" | cut -d ' ' -f 1)
        sed -i -E "s/(\`$name\.linux-x64\.bin\` \| \`)[0-9a-f]+/\1$sum/" README.md
    done
fi
