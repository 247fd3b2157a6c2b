#!/usr/bin/env bash
# Compiles the search of the clone and the parsers of /proc as an ordinary program, with sanitizers, and compares them
# with a simple search, in made-up heaps:
#
#   sanitize.sh [SECONDS] [SEED]   with AddressSanitizer and UBSan, and then with ThreadSanitizer (60 seconds in all)
#   sanitize.sh =SEED              one heap, to repeat a failure
#   sanitize.sh libfuzzer OPTIONS  with libFuzzer, which needs clang and its runtime (libclang-rt-dev in Debian)
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sources=(main.c heap.c reference.c served_search.c check_parts.c check_paths.c check_search.c check_texts.c
  search_unit.c text_unit.c)
options=(-std=gnu11 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -Wall -Wextra -pthread
  -I../../src/LifetimeMonitor/Snapshots/Native)
export ASAN_OPTIONS=detect_stack_use_after_return=0:abort_on_error=1:${ASAN_OPTIONS:-}
export UBSAN_OPTIONS=print_stacktrace=1:${UBSAN_OPTIONS:-} TSAN_OPTIONS=halt_on_error=1:${TSAN_OPTIONS:-}

if [ "${1:-}" = libfuzzer ]; then
  clang=$(compgen -c clang | grep -xE 'clang(-[0-9]+)?' | sort -V | head -n 1 || true)
  "${clang:-clang}" "${options[@]}" -DLIBFUZZER -fsanitize=fuzzer,address,undefined "${sources[@]}" -o "$work/fuzz"
  exec "$work/fuzz" "${@:2}"
fi

# run NAME SANITIZERS COMMAND...
run() {
  gcc "${options[@]}" -fsanitize="$2" "${sources[@]}" -o "$work/fuzz"
  local answer
  answer=$("${@:3}" "$work/fuzz" "$each" "$seed") || { echo "$1: FAILED"; exit 1; }
  echo "$1: $answer"
}

total=${1:-60} seed=${2:-1}
each=$total
[[ $total == =* ]] || each=$((total / 2))
run "AddressSanitizer, UBSan" address,undefined env
run ThreadSanitizer thread setarch --addr-no-randomize
