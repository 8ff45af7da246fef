"""Reads every export of a database with a program of that format's own world, and compares what comes back.

    cargo build && target/debug/demarche add corpus/pages --db /tmp/news.db
    python3 -m venv .venv && .venv/bin/pip install networkx geopandas conllu feedparser pandas pyarrow duckdb
    .venv/bin/python bench/read_exports.py target/debug/demarche /tmp/news.db

Ends with exit code 1 when a reader refuses a file or the content differs from the JSON Lines export.
"""

import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import conllu
import duckdb
import feedparser
import geopandas
import networkx
import pandas
import pyarrow.parquet
from shapely.geometry import shape

PROGRAM, DB = sys.argv[1:3]


def export(name, out=None):
    command = [PROGRAM, "export", "--db", DB, "--format", name] + (["--out", out] if out else [])
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


EVENTS = [json.loads(line) for line in export("jsonl").splitlines()]
HAPPENED = [e for e in EVENTS if e["reality"] == "happened"]


def directed(event):
    """Directed pairs of actor ids, as the formats without modality write them."""
    who, whom = [[p["id"] for p in event[s]] for s in ("who", "whom")]
    if event["mutual"]:
        return [(a, b) for a in who + whom for b in who + whom if a != b]
    return [(a, b) for a in who for b in (whom or [None])]


ROWS = sum(len(directed(e)) for e in HAPPENED if e["day"])
TIES = {(a, b, e["type"]) for e in HAPPENED if e["day"] for a, b in directed(e) if b}


def check_graphml():
    graph = networkx.parse_graphml(export("graphml"), force_multigraph=True)
    assert {(a, b, d["type"]) for a, b, d in graph.edges(data=True)} == TIES
    assert all(isinstance(d["weight"], int) for _, _, d in graph.edges(data=True))


def check_gexf():
    # networkx knows the namespaces up to 1.2; 1.3 adds attributes, so the file is read under the older name.
    text = export("gexf").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    graph = networkx.read_gexf(io.BytesIO(text.encode()))
    assert {(a, b, d["type"]) for a, b, d in graph.edges(data=True)} <= TIES
    assert {(a, b) for a, b in graph.edges()} == {(a, b) for a, b, _ in TIES}


def check_geojson():
    features = json.loads(export("geojson"))["features"]
    assert len(features) == len(EVENTS)
    for feature, event in zip(features, EVENTS):
        if event["place"]:
            point = shape(feature["geometry"])
            assert point.is_valid and abs(point.y - event["place"]["lat"]) < 1e-5
        else:
            assert feature["geometry"] is None
    with tempfile.NamedTemporaryFile("w", suffix=".geojson", encoding="utf-8") as file:
        file.write(export("geojson"))
        file.flush()
        table = geopandas.read_file(file.name)
    assert table.crs.to_epsg() == 4326 and list(table.geometry.notna()) == [bool(e["place"]) for e in EVENTS]


def check_duckdb():
    """DuckDB finds the columns and counts of Parquet, CSV and JSON Lines by itself."""
    with tempfile.TemporaryDirectory() as folder:
        export("parquet", folder)
        pathlib.Path(folder, "events.csv").write_text(export("csv"), encoding="utf-8")
        pathlib.Path(folder, "events.jsonl").write_text(export("jsonl"), encoding="utf-8")
        ask = lambda file: duckdb.sql(f"SELECT count(*), sum(independent), count(DISTINCT id), max(CAST(day AS DATE)) FROM '{folder}/{file}'").fetchall()[0]
        answers = [ask(file) for file in ("events.parquet", "events.csv", "events.jsonl")]
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == answers[0][2] == len(EVENTS), answers
    assert int(answers[0][1]) == sum(e["independent"] for e in EVENTS)


def check_csv():
    table = pandas.read_csv(io.StringIO(export("csv")), dtype={"cameo": str})
    assert list(table["id"]) == [e["id"] for e in EVENTS]
    assert list(table["cameo"]) == [e["cameo"] for e in EVENTS]


def check_parquet():
    with tempfile.TemporaryDirectory() as folder:
        export("parquet", folder)
        events = pyarrow.parquet.read_table(f"{folder}/events.parquet").to_pylist()
        records = pyarrow.parquet.read_table(f"{folder}/records.parquet").to_pylist()
    assert [e["id"] for e in events] == [e["id"] for e in EVENTS]
    for row, event in zip(events, EVENTS):
        assert (row["day"] and row["day"].isoformat()) == event["day"], row
        assert (row["cameo"], row["quad"], row["goldstein"]) == (event["cameo"], event["quad"], event["goldstein"]), row
        assert (row["mutual"], row["sentence"], row["independent"]) == (event["mutual"], event["text"], event["independent"])
        assert (row["lat"] is None) == (event["place"] is None), row
    assert {t["article"] for e in EVENTS for t in e["tellings"]} <= {r["id"] for r in records}
    for row in records:
        line = json.loads(row["record"])
        assert line["page"]["id"] == row["id"] and len(line["coding"]["events"]) == row["events"], row["id"]


def check_gdelt():
    with tempfile.TemporaryDirectory() as folder:
        export("gdelt2", folder)
        read = lambda n: pandas.read_csv(f"{folder}/{n}", sep="\t", header=None, dtype=str, quoting=3, keep_default_na=False)
        events, mentions = read("export.CSV"), read("mentions.CSV")
    assert events.shape == (ROWS, 61) and mentions.shape[1] == 16
    assert events[0].is_unique and set(mentions[0]) == set(events[0])
    for column in (0, 1, 2, 3, 25, 29, 31, 32, 33, 59):
        assert events[column].str.fullmatch(r"\d+").all(), column
    first = pandas.read_csv(io.StringIO(export("gdelt1")), sep="\t", header=None, dtype=str, quoting=3)
    assert first.shape == (ROWS, 58)


def check_tables():
    read = lambda text, **more: pandas.read_csv(io.StringIO(text), sep="\t", dtype=str, quoting=3, keep_default_na=False, **more)
    assert read(export("polecat")).shape == (len(HAPPENED), 40)
    assert read(export("icews")).shape == (ROWS, 20)
    assert read(export("keds"), header=None).shape == (ROWS, 6)
    assert read(export("petrarch"), header=None).shape == (ROWS, 10)


def check_conllu():
    sentences = conllu.parse(export("conllu"))
    assert sentences
    for sentence in sentences:
        ids = [t["id"] for t in sentence]
        assert ids == list(range(1, len(ids) + 1))
        assert all(0 <= t["head"] <= len(ids) and t["head"] != t["id"] for t in sentence)
        assert sum(t["head"] == 0 for t in sentence) >= 1


def check_brat():
    """brat's own rules: every span is the text it names, every reference leads to an annotation of the file."""
    with tempfile.TemporaryDirectory() as folder:
        export("brat", folder)
        assert "[events]" in pathlib.Path(folder, "annotation.conf").read_text()
        files = list(pathlib.Path(folder).glob("*.ann"))
        assert files
        for file in files:
            text = file.with_suffix(".txt").read_text(encoding="utf-8")
            known, wanted = set(), set()
            for line in file.read_text(encoding="utf-8").splitlines():
                mark, body, *words = line.split("\t")
                known.add(mark)
                if mark.startswith("T"):
                    spans = [tuple(map(int, s.split())) for s in body.split(" ", 1)[1].split(";")]
                    assert " ".join(text[a:b] for a, b in spans) == words[0], (file, line)
                elif mark.startswith("E"):
                    wanted |= set(re.findall(r":(T\d+)", body))
                else:
                    wanted.add(body.split()[1])
            assert wanted <= known, file


def check_annotations():
    for line in export("webannotation").splitlines():
        position, quote = json.loads(line)["target"]["selector"]
        assert position["end"] - position["start"] == len(quote["exact"]) and quote["exact"].strip()


def check_atom():
    feed = feedparser.parse(export("atom"))
    assert not feed.bozo and len(feed.entries) == min(100, len(EVENTS))
    assert all(e.updated_parsed and e.title for e in feed.entries)


def check_ngec():
    lines = [json.loads(line) for line in export("ngec").splitlines()]
    assert len(lines) == sum(len(e["tellings"]) for e in HAPPENED)
    assert all({"ACTOR", "RECIP", "LOC", "DATE"} == set(line["attributes"]) for line in lines)


failed = 0
for name, check in sorted((n, c) for n, c in globals().items() if n.startswith("check_")):
    try:
        check()
        print(f"ok    {name[6:]}")
    except Exception as error:  # every reader has its own errors
        failed += 1
        print(f"FAIL  {name[6:]}: {type(error).__name__}: {str(error)[:300]}")
sys.exit(failed > 0)
