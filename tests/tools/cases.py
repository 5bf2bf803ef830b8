#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Run `INDEXER show-source` on the files that ANSWERS names, once each, and
print `ok` or `not ok` for each answer.  tests/cases/README.md says how these
are written."""

import json
import os
import subprocess
import sys


def shown(indexer, path):
    """The records of a file, and what is said of it."""
    done = subprocess.run([indexer, "show-source", path],
                          capture_output=True, timeout=60)
    if done.returncode < 0:
        raise SystemExit(f"{path}: ended by signal {-done.returncode}")
    lines = done.stdout.decode("utf-8").splitlines()
    return [json.loads(l) for l in lines], done.stderr.decode("utf-8")


def found(records, said, key):
    """The value that a key stands for: of the first record, or of the second
    by `2:key`."""
    if key == "n":
        return len(records)
    if key == "said":
        return said
    number, colon, name = key.rpartition(":")
    at = int(number) - 1 if colon else 0
    return records[at].get(name) if at < len(records) else None


def holds(records, said, key, want):
    if key.endswith("!~"):
        value = found(records, said, key[:-2])
        return want not in (value or ""), value
    if key.endswith("~"):
        value = found(records, said, key[:-1])
        return value is not None and want in value, value
    value = found(records, said, key)
    return value == want, value


def main():
    indexer, answers = sys.argv[1:]
    folder = os.path.dirname(answers)
    room = os.path.basename(folder)
    results, bad = {}, 0
    for line in open(answers, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        name, key, want = line.split("\t")
        if name not in results:
            results[name] = shown(indexer, os.path.join(folder, name))
        good, value = holds(*results[name], key, json.loads(want))
        print(f"{'ok' if good else 'not ok'} {room}/{name} {key}")
        if not good:
            print(f"{name} {key}: {value!r}, not {want}", file=sys.stderr)
            bad += 1
    left = set(os.listdir(folder)) - set(results) - {"answers.tsv"}
    for name in sorted(left):
        print(f"not ok {room}/{name} has no answer")
    return 1 if bad or left else 0


sys.exit(main())
