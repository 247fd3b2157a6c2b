#!/usr/bin/env bash
# Builds clone.linux-*.bin from clone.c and watchdog.linux-*.bin from watchdog.c, for each processor, and writes their
# checksums to README.md. (Or builds one of them to another file: build.sh OUTPUT NAME PROCESSOR.) The bytes are checked
# in, so building the library needs no C compiler; a test rebuilds and compares them where the same compilers are
# available. In Debian these are the packages gcc-x86-64-linux-gnu and gcc-aarch64-linux-gnu; gcc is one of them.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# For each processor: the prefix of its tools, and its own options.
declare -A tools=([x64]=x86_64-linux-gnu- [arm64]=aarch64-linux-gnu-)
# Without the last one, arm64 calls functions of libgcc for atomic access.
declare -A options=([x64]="-fcf-protection=none" [arm64]="-mbranch-protection=none -mno-outline-atomics")

build() { # NAME PROCESSOR OUTPUT
    local object=$work/$1.$2 tool=${tools[$2]}
    # shellcheck disable=SC2086 # the options are words
    "${tool}gcc" -O2 -fPIC -ffreestanding -fno-builtin -nostdlib -fno-stack-protector -fno-asynchronous-unwind-tables \
        -fno-tree-loop-distribute-patterns ${options[$2]} -mgeneral-regs-only -Wall -Wextra -Wno-unused-parameter \
        -c "$1.c" -o "$object.o"
    "${tool}ld" -T clone.ld "$object.o" -o "$object.elf"
    if "${tool}readelf" -S "$object.elf" | grep -qE ' \.(data|bss|got|rela)'; then
        echo "$1.c must not need data or relocations" >&2
        exit 1
    fi
    "${tool}objcopy" -O binary -j .text "$object.elf" "$3"
}

if [ $# -gt 0 ]; then build "$2" "$3" "$1"; else
    for name in clone watchdog; do
        for processor in x64 arm64; do
            bytes=$name.linux-$processor.bin
            build "$name" "$processor" "$bytes"
            sum=$(sha256sum "$bytes" | cut -d ' ' -f 1)
            sed -i -E "s/(\`$bytes\` \| \`)[0-9a-f]*/\1$sum/" README.md
        done
    done
fi
