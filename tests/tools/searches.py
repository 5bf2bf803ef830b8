#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Ask what searches.tsv has, of archives of its files in both engines, and
print `ok` or `not ok` for each.  tests/cases/README.md says how it is
written."""

import json
import os
import subprocess
import sys
import tempfile

ENGINES = ("segment", "xapian")


def archive(indexer, path, engine, folder):
    to = os.path.join(folder, os.path.basename(path) + "." + engine)
    subprocess.run([indexer, "-q", "update", f"--engine={engine}", to, path],
                   check=True, timeout=60)
    return to


def found(searcher, where, options, query):
    """The ids of all hits, or what was said instead."""
    done = subprocess.run([searcher, "--format=json", "--limit=100", *options,
                           where, query], capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        return done.stderr.decode("utf-8")
    hits = json.loads(done.stdout.decode("utf-8"))["hits"]
    return sorted(h["id"] for h in hits)


def main():
    indexer, searcher, table = sys.argv[1:]
    folder, bad, made = os.path.dirname(table), 0, {}
    with tempfile.TemporaryDirectory() as scratch:
        for line in open(table, encoding="utf-8"):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            name, options, query, ids = line.split("\t")
            for engine in ENGINES:
                if (name, engine) not in made:
                    made[name, engine] = archive(
                        indexer, os.path.join(folder, name), engine, scratch)
                got = found(searcher, made[name, engine], options.split(),
                            query)
                good = got == sorted(ids.split())
                print(f"{'ok' if good else 'not ok'} {name} {engine} "
                      f"{options} {query}")
                if not good:
                    print(f"{query}: {got}, not {ids}", file=sys.stderr)
                    bad += 1
    return 1 if bad else 0


sys.exit(main())
