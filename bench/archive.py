#!/usr/bin/env python3
"""Pages per second and peak memory over a web archive made from the pages of corpus/pages.

    cargo build --release
    python3 bench/archive.py [--megabytes 1000] [--stage read|code] [--workers 1] [--program target/release/demarche]

The archive is unpacked size MEGABYTES, packed record by record as CC-NEWS has it, with a request record before every
response; every page has a number of its own in its text, so that no two are alike. CPU time counts, not wall time. Also
prints the time from start to the first record of a single page.
"""

import argparse
import gzip
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time


def record(kind, uri, block):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Record-ID: <urn:uuid:{uri}>\r\n"
        f"WARC-Date: 2025-07-13T08:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)


def padded(page, size):
    """A page with scripts and menus up to `size` bytes: what saved news pages weigh."""
    filler = b"".join(
        b'<script>var a%d={"k":[1,2,3],"s":"%s"};</script><nav><a href="/s/%d">Section %d</a></nav>' % (i, b"x" * 400, i, i)
        for i in range(max(0, size - len(page)) // 500)
    )
    return page.replace(b"</body>", filler + b"</body>")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--page-kilobytes", type=int, default=60)
    parser.add_argument("--stage", choices=["read", "code"], default="read")
    parser.add_argument("--workers", default="1")
    parser.add_argument("--program", default="target/release/demarche")
    args = parser.parse_args()
    folder = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "pages"
    pages = [padded(p.read_bytes(), args.page_kilobytes * 1000) for p in sorted(folder.glob("*.html"))]
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "bench.warc.gz")
        total = count = 0
        with open(path, "wb") as out:
            out.write(record("warcinfo", "info", b"software: bench/archive.py"))
            while total < args.megabytes * 1_000_000:
                page = pages[count % len(pages)].replace(b"</p>", b" Number %d.</p>" % count, 1)
                uri = f"https://bench.example/{count}"
                answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
                out.write(record("request", uri, b"GET / HTTP/1.1\r\n\r\n"))
                out.write(record("response", uri, answer))
                total += len(answer)
                count += 1
        print(f"{count} pages, {total / 1e6:.0f} MB, {os.path.getsize(path) / 1e6:.0f} MB packed")
        command = [args.program, "read", "--page"] if args.stage == "read" else [args.program, "code"]
        command += ["--quiet", "--workers", args.workers, path]
        began = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        wall = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime
        print(
            f"{args.stage}, {args.workers} workers: {count / cpu:.1f} pages per CPU second, {count / wall:.1f} per second, "
            f"peak {used.ru_maxrss / 1024:.0f} MB, exit code {done.returncode}"
        )
        first(args.program, folder)


def first(program, folder):
    page = str(folder / "first-light.txt")
    best = []
    for _ in range(10):
        began = time.monotonic()
        subprocess.run([program, "code", page], stdout=subprocess.DEVNULL, check=True)
        best.append(time.monotonic() - began)
    print(f"start to the record of one page: best {min(best):.3f} s, median {sorted(best)[5]:.3f} s")


if __name__ == "__main__":
    sys.exit(main())
