"""Codes news with demarche on Spark: JSON Lines or web archives in, Parquet out, every record accounted for.

    spark-submit code_news.py --program /path/to/demarche --jsonl 'news/*.jsonl' --out coded.parquet
    spark-submit code_news.py --program /path/to/demarche --warc list.txt --out coded.parquet

Each partition is one run of `demarche code` as a filter. A run counts only when the program ended with code 0, its last
line is a count, the count adds up, and it is the number of lines that were sent; anything else fails the task, and Spark
runs it again elsewhere. Output is one row a record with an id that depends on content alone, so that a task that ran twice
gives the same rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading

from pyspark.sql import SparkSession, types as t

SCHEMA = t.StructType(
    [
        t.StructField("id", t.StringType()),
        t.StructField("source", t.StringType()),
        t.StructField("published", t.StringType()),
        t.StructField("key", t.StringType()),
        t.StructField("events", t.IntegerType()),
        t.StructField("error", t.StringType()),
        t.StructField("record", t.StringType()),
    ]
)


class FilterFailed(Exception):
    """The program did not do what its contract says."""


def run_filter(command, feed=None):
    """Lines that the program prints, after the checks of the contract. `feed` gives the lines of its input."""
    sent = 0
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)

        def write():
            nonlocal sent
            try:
                for line in feed or ():
                    if line.strip():
                        child.stdin.write(line.encode("utf-8") + b"\n")
                        sent += 1
                child.stdin.close()
            except BrokenPipeError:
                pass  # the exit code says why

        writer = threading.Thread(target=write)
        writer.start()
        count, lines = None, 0
        for line in child.stdout:
            if count is not None:
                raise FilterFailed("a line after the count")
            value = json.loads(line)
            if "count" in value:
                count = value["count"]
            else:
                lines += 1
                yield line.decode("utf-8").rstrip("\n"), value
        code = child.wait()
        writer.join()
        errors.seek(0)
        tail = errors.read()[-2000:].decode("utf-8", "replace")
    if code != 0:
        raise FilterFailed(f"exit code {code}: {tail}")
    if count is None:
        raise FilterFailed(f"no count: the output is not whole: {tail}")
    if count["in"] != count["out"] + count["rejected"] or count["in"] != lines:
        raise FilterFailed(f"{lines} lines came out, but the count is {count}")
    if feed is not None and count["in"] != sent:
        raise FilterFailed(f"{sent} records were sent, {count['in']} counted")


def row(line, value):
    """One row of the result."""
    if "error" in value:
        return (None, value["source"], None, None, 0, value["error"]["message"], line)
    page = value["page"]
    published = (page["meta"].get("published") or {}).get("value")
    # Reports of one happening are merged later within a day: the key brings them to one place.
    return (page["id"], page["source"], published, (published or "")[:10], len(value["coding"]["events"]), None, line)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--jsonl")
    parser.add_argument("--warc")
    parser.add_argument("--out", required=True)
    parser.add_argument("--partitions", type=int, default=8)
    args = parser.parse_args(argv)
    spark = SparkSession.builder.appName("demarche").getOrCreate()
    base = [args.program, "code", "--quiet", "--workers", "1"]

    def rows_of_lines(lines):
        for line, value in run_filter(base + ["--jsonl", "-"], lines):
            yield row(line, value)

    def rows_of_archives(paths):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
            names.write("".join(path + "\n" for path in paths))
            names.flush()
            for line, value in run_filter(base + ["--warc", names.name]):
                yield row(line, value)

    if args.jsonl:
        lines = spark.read.text(args.jsonl).rdd.map(lambda r: r.value).filter(lambda l: l.strip() != "")
        lines = lines.repartition(args.partitions)
        wanted = lines.count()
        rows = lines.mapPartitions(rows_of_lines)
    else:
        with open(args.warc, encoding="utf-8") as names:
            paths = [n.strip() for n in names if n.strip() and not n.startswith("#")]
        wanted = None
        rows = spark.sparkContext.parallelize(paths, max(1, len(paths))).mapPartitions(rows_of_archives)

    spark.createDataFrame(rows, SCHEMA).write.mode("errorifexists").parquet(args.out)
    written = spark.read.parquet(args.out)
    total = written.count()
    if wanted is not None and total != wanted:
        raise SystemExit(f"reconciliation failed: {wanted} records in, {total} rows out")
    rejected = written.filter(written.error.isNotNull()).count()
    days = written.filter(written.id.isNotNull()).groupBy("key").count().count()
    print(json.dumps({"rows": total, "rejected": rejected, "days": days}))
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
