"""Saved HTML pages to the folder that `train_lines --more` reads: flattened in three styles, each line labelled.

    python3 -m venv .venv && .venv/bin/pip install lxml
    .venv/bin/python crates/reader/examples/train_lines/flatten.py PAGES.jsonl OUT [--program target/release/demarche]

PAGES.jsonl has a row a page: `html` (path), and if known `url` and `body` (paragraphs of the article as people wrote them
down). Without `body` the page is read by the program, whose body and captions are taken. The style is chosen by the path:
`blocks` (a block a line, blank lines between), `bullets` (list items begin with a bullet), `inline` (every element breaks the
line). A line is body (B) when at least 70 % of its words lie in runs of four words of the article, not (N) when at most 30 %,
else not used (M). Pages of which less than 90 % of the article is found are left out, and said.
"""

import argparse
import difflib
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

import lxml.html

BLOCKS = set(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul".split()
)
HIDDEN = set("script style noscript template select option textarea head svg object embed iframe".split())
CAPTION = re.compile(
    r"caption|photo-?credit|image-?credit|wp-caption|img-?credit|credit|cutline|photograph|legende|bildunterschrift", re.I
)
STYLES = ["blocks", "bullets", "inline"]
LONGEST = 2500


def parse(raw):
    """The tree of a page, whatever its encoding is called."""
    named = re.search(rb'charset=["\']?([\w-]+)', raw[:4000])
    text = None
    for encoding in ([named.group(1).decode("ascii", "ignore")] if named else []) + ["utf-8", "cp1252", "latin-1"]:
        try:
            text = raw.decode(encoding)
            break
        except (LookupError, UnicodeDecodeError):
            continue
    text = re.sub(r"<\?xml[^>]*\?>", "", text, count=1).replace("\0", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)


class Flat:
    """Lines of a page as a careless crawler leaves them: text, and whether all of it stood in a caption."""

    def __init__(self, style):
        self.style, self.lines, self.line, self.kinds = style, [], [], set()

    def end(self):
        text = re.sub(r"\s+", " ", "".join(self.line).replace("\u200b", "")).strip()
        if text and text != "•":
            self.lines.append((text, self.kinds == {True}))
        self.line, self.kinds = [], set()

    def text(self, text, caption):
        if text:
            self.line.append(text)
            if text.strip():
                self.kinds.add(caption)

    def walk(self, element, caption=False):
        tag = element.tag.lower() if isinstance(element.tag, str) else None
        if tag is None or tag in HIDDEN:
            return
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        outer = tag in ("body", "html", "article", "main")
        caption = caption or tag == "figcaption" or (not outer and len(named) < 200 and bool(CAPTION.search(named)))
        breaks = tag in BLOCKS or tag == "br" or self.style == "inline"
        if breaks:
            self.end()
        if tag == "br":
            return
        if tag == "li" and self.style == "bullets":
            self.line.append("• ")
        self.text(element.text, caption)
        for child in element:
            self.walk(child, caption)
            self.text(child.tail, caption)
        if breaks:
            self.end()


def flatten(tree, style):
    flat = Flat(style)
    body = tree.find("body")
    flat.walk(tree if body is None else body)
    flat.end()
    return flat.lines


def words(text):
    return [w.lower() for w in re.findall(r"\w+", text)]


def aligned(page, article):
    """For every word of the page whether it lies in a run of four of the article; share of the article found."""
    fours = lambda list: [tuple(list[i : i + 4]) for i in range(len(list) - 3)]
    hit, found = [False] * len(page), [False] * len(article)
    matcher = difflib.SequenceMatcher(None, fours(page), fours(article), autojunk=False)
    for i, j, n in matcher.get_matching_blocks():
        if n:
            hit[i : i + n + 3] = [True] * (n + 3)
            found[j : j + n + 3] = [True] * (n + 3)
    return hit, sum(found) / max(1, len(article))


def label(lines, body):
    """B, N or M for every line, and the share of the article found."""
    each = [words(text) for text, _ in lines]
    hit, cover = aligned([w for line in each for w in line], [w for p in body for w in words(p)])
    whole = {" ".join(words(p)) for p in body}
    out, at = [], 0
    for line in each:
        inside = sum(hit[at : at + len(line)])
        at += len(line)
        if line and (inside >= 0.7 * len(line) or len(line) < 8 and " ".join(line) in whole):
            out.append("B")
        else:
            out.append("N" if inside <= 0.3 * len(line) else "M")
    return out, cover


def read(program, path):
    """Body paragraphs and captions by the HTML reader."""
    done = subprocess.run([program, "read", "--page", "--format", "html", path], capture_output=True, text=True)
    if done.returncode:
        return [], []
    page = json.loads(done.stdout)
    page = page.get("page", page)
    text = page["text"]
    of = lambda kinds: [text[b["span"][0] : b["span"][1]] for b in page["blocks"] if b["kind"] in kinds]
    return of({"paragraph", "subheading", "list_item", "block_quote"}), of({"caption"})


def main():
    args = argparse.ArgumentParser()
    args.add_argument("pages")
    args.add_argument("out", type=pathlib.Path)
    args.add_argument("--program", default="target/release/demarche")
    args = args.parse_args()
    sys.setrecursionlimit(20_000)
    (args.out / "txt").mkdir(parents=True, exist_ok=True)
    gold, left_out = {}, []
    for row in map(json.loads, open(args.pages, encoding="utf-8")):
        path = row["html"]
        body, captions = (row["body"], row.get("captions", [])) if row.get("body") else read(args.program, path)
        style = row.get("style") or STYLES[int(hashlib.md5(path.encode()).hexdigest(), 16) % 3]
        try:
            lines = flatten(parse(open(path, "rb").read()), style)
        except (RecursionError, ValueError, lxml.etree.LxmlError) as error:
            left_out.append(f"{path}: {error}")
            continue
        labels, cover = label(lines, body) if 0 < len(lines) <= LONGEST else ([], 0.0)
        if cover < 0.9 or "B" not in labels:
            left_out.append(f"{path}: {len(lines)} lines, {cover:.2f} of the article found")
            continue
        known = {" ".join(words(c)) for c in captions if len(words(c)) > 3}
        out, text = [], ""
        for (line, caption), mark in zip(lines, labels):
            is_caption = mark == "N" and (caption or " ".join(words(line)) in known)
            kind = "body" if mark == "B" else "caption" if is_caption else "other"
            out.append({"start": len(text), "end": len(text) + len(line), "label": mark, "kind": kind})
            text += line + ("\n\n" if style == "blocks" else "\n")
        name = hashlib.md5((path + style).encode()).hexdigest()[:16]
        (args.out / "txt" / f"{name}.txt").write_text(text, encoding="utf-8")
        gold[name] = {"style": style, "url": row.get("url") or "file://" + path.replace(os.sep, "_"), "lines": out}
    (args.out / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    print("\n".join(left_out), file=sys.stderr)
    print(f"{len(gold)} pages, {len(left_out)} left out")


if __name__ == "__main__":
    main()
