"""Tries code_news.py in local-cluster mode: a plain run, an executor killed in mid-stage, a filter that dies.

    python3 -m venv .venv && .venv/bin/pip install 'pyspark==3.5.*' pyarrow
    cargo build --release
    .venv/bin/python examples/spark/test_job.py target/release/demarche

Needs Java 17. Not run by CI. Prints one line a trial and ends with code 1 when one went wrong.
"""

import json
import os
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROWS = 400


def articles(path):
    with open(path, "w", encoding="utf-8") as out:
        for i in range(ROWS):
            text = f"Kenya's president met Ugandan ministers in Kampala on Friday. {i} delegates came."
            out.write(json.dumps({"id": f"a{i}", "title": f"Talks {i}", "text": text, "date": "2025-07-12"}) + "\n")
        out.write("{broken\n")


def submit(program, rows, out):
    command = [
        str(pathlib.Path(sys.executable).parent / "spark-submit"),
        "--master", "local-cluster[2,1,700]", "--conf", "spark.executor.memory=512m", "--driver-memory", "512m",
        "--conf", "spark.task.maxFailures=4",
        str(HERE / "code_news.py"), "--program", program, "--jsonl", rows, "--out", out, "--partitions", "6",
    ]
    environment = dict(os.environ, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
                            start_new_session=True)


def descendants(root):
    """Process ids below `root`, with their command lines."""
    parents, lines = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
                parents[int(entry)] = int(fields[1])
                lines[int(entry)] = open(f"/proc/{entry}/cmdline").read().replace("\0", " ")
            except OSError:
                pass
    below, fresh = set(), {root}
    while fresh:
        below |= fresh
        fresh = {p for p, parent in parents.items() if parent in fresh} - below
    return {p: lines.get(p, "") for p in below}


def rows_of(out):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(out)
    return sorted((r["id"] or "", r["source"] or "", r["error"] or "") for r in table.to_pylist())


def wrapper(folder, name, body):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write("#!/bin/sh\n" + body)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return path


def main(program):
    program = os.path.abspath(program)
    good = True

    def trial(name, right, what):
        nonlocal good
        good &= right
        print(f"{'ok' if right else 'WRONG'}: {name}: {what}", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        rows = os.path.join(scratch, "rows.jsonl")
        articles(rows)
        run = submit(program, rows, scratch + "/out-plain")
        printed = run.communicate()[0]
        plain = rows_of(scratch + "/out-plain")
        ids = [r[0] for r in plain if r[0]]
        trial("plain", run.returncode == 0 and len(ids) == len(set(ids)) == ROWS and len(plain) == ROWS + 1, printed.strip())

        database = scratch + "/news.db"
        fold = subprocess.run([program, "add", scratch + "/out-plain", "--db", database, "--json"], capture_output=True, text=True)
        check = subprocess.run([program, "check", "--db", database], capture_output=True, text=True)
        counts = json.loads(fold.stdout or "{}")
        # Code 1: one record of the rows is a rejected one.
        right = fold.returncode == 1 and check.returncode == 0 and (counts.get("added"), counts.get("rejected")) == (ROWS, 1)
        trial("folded into a database", right, fold.stdout.strip() or fold.stderr.strip())

        # Slow enough to be hit in the middle.
        slow = wrapper(scratch, "slow", f"sleep 6\nexec {program} \"$@\"\n")
        run = submit(slow, rows, scratch + "/out-killed")
        killed = []

        def kill():
            while run.poll() is None and not killed:
                below = descendants(run.pid)
                if any("slow" in line and "code" in line and "spark-submit" not in line.split()[0:1] and line.startswith("/bin/sh") for line in below.values()):
                    time.sleep(2)
                    for pid, line in below.items():
                        if "CoarseGrainedExecutorBackend" in line and line.split()[0].endswith("java"):
                            os.kill(pid, signal.SIGKILL)
                            killed.append(pid)
                            return
                time.sleep(0.3)

        killer = threading.Thread(target=kill)
        killer.start()
        printed = run.communicate()[0]
        killer.join()
        right = run.returncode == 0 and killed and rows_of(scratch + "/out-killed") == plain
        trial("executor killed", bool(right), f"{printed.strip()}, killed {len(killed)}")

        marker = os.path.join(scratch, "died")
        body = f"if mkdir {marker} 2>/dev/null; then head -c 200 >/dev/null; exit 9; fi\nexec {program} \"$@\"\n"
        run = submit(wrapper(scratch, "dies-once", body), rows, scratch + "/out-once")
        run.communicate()
        trial("filter dies once", run.returncode == 0 and rows_of(scratch + "/out-once") == plain, "run again elsewhere")

        run = submit(wrapper(scratch, "dies", "cat >/dev/null\nexit 9\n"), rows, scratch + "/out-dies")
        errors = run.communicate()[1]
        trial("filter always dies", run.returncode != 0 and "exit code 9" in errors, "the job fails and says why")

        silent = wrapper(scratch, "cut", f"{program} \"$@\" | head -n 3\n")
        run = submit(silent, rows, scratch + "/out-cut")
        errors = run.communicate()[1]
        trial("output cut off", run.returncode != 0 and "no count" in errors, "the job fails and says why")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
