#!/usr/bin/env bash
# Builds the fuzz targets with the stable compiler and runs each for some seconds, one after another, at low priority.
#   fuzz/run.sh [SECONDS] [TARGET...]
# NICE=0 gives the runs their full share of a busy machine (the default is 19). Inputs that find something new are kept
# in fuzz/corpus/TARGET, crashes in fuzz/artifacts/TARGET.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=${*:-html flat_text warc feeds jsonl rows tables parse_text model_files queries}
host=$(rustc -vV | sed -n 's/^host: //p')
# What `cargo fuzz --sanitizer none` passes: coverage counters, no address sanitizer (there is no unsafe code of ours).
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags="$flags -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
features=""
case " $targets " in *" parse_text "* | *" model_files "*) features="model" ;; esac
case " $targets " in
*" queries "*)
  features="$features serve"
  # A database with something in it, made by the program itself.
  if [ -z "${DEMARCHE_FUZZ_DB:-}" ]; then
    export DEMARCHE_FUZZ_DB="$PWD/target/fuzz.db"
    program=../target/release/demarche
    [ -x "$program" ] || program="cargo run --quiet --manifest-path ../Cargo.toml --"
    mkdir -p target && rm -f "$DEMARCHE_FUZZ_DB" && $program demo --no-serve --db "$DEMARCHE_FUZZ_DB" >/dev/null 2>&1
  fi
  ;;
esac
# shellcheck disable=SC2086
RUSTFLAGS="$flags" cargo build --release --target "$host" --features "$features"
for target in $targets; do
  mkdir -p "corpus/$target" "artifacts/$target"
  seeds="seeds/$target"
  [ -d "$seeds" ] || seeds=""
  # Whole pages of our own, good and broken.
  case $target in html | flat_text) seeds="$seeds ../corpus/pages ../corpus/broken" ;; esac
  echo "== $target, $seconds s"
  # shellcheck disable=SC2086
  nice -n "${NICE:-19}" "target/$host/release/$target" "corpus/$target" $seeds -max_total_time="$seconds" -timeout=60 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 -artifact_prefix="artifacts/$target/" 2>&1 |
    grep -E "^(stat::(number_of_executed_units|peak_rss_mb|new_units_added)|==|SUMMARY|thread|.*panicked)|cov: .*DONE|Done" || true
done
ls artifacts/*/* 2>/dev/null && exit 1
echo "no crash"
