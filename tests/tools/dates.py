#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
dates.py INDEXER names|zones - dates as sources write them, by another hand

names: each name of a month and a day in common/article/date_names.txt, in a
date of RFC 822's shape, as listed, in capitals, and without its accents.
zones: random times of random zones of the tz database against Python's
zoneinfo, which reads the same files by code of its own; times that come twice
are the first, those that are skipped as before the change.
"""

import collections
import datetime
import json
import random
import subprocess
import sys
import unicodedata
import zoneinfo

UTC = datetime.timezone.utc


def ask(indexer, written):
    """The date that each of these is read as, in UTC; "" for none."""
    lines = "".join(json.dumps({"id": str(i), "title": "x", "date": w}) + "\n"
                    for i, w in enumerate(written))
    done = subprocess.run([indexer, "show-source", "-"], input=lines.encode(),
                          stdout=subprocess.PIPE, check=True)
    got = {}
    for line in done.stdout.decode().splitlines():
        article = json.loads(line)
        got[article["id"]] = article.get("date", "")
    return [got[str(i)] for i in range(len(written))]


def compare(indexer, rows):
    wrong = [(w, want, got) for (w, want), got in
             zip(rows, ask(indexer, [w for w, _ in rows])) if want != got]
    for w, want, got in wrong[:20]:
        print("'%s' is %s, not %s" % (w, got or "no date", want),
              file=sys.stderr)
    print("%d dates, %d wrong" % (len(rows), len(wrong)))
    return not wrong and rows


def names():
    """(language, kind, number, name)"""
    for line in open("common/article/date_names.txt", encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        head, rest = line.rstrip("\n").split(":", 1)
        lang, kind = head.split()
        for number, listed in enumerate(rest.split("|"), 1):
            for name in listed.split():
                yield lang, kind, number, name.replace("_", " ")


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name)
                   if not 0x300 <= ord(c) < 0x370)


def name_rows():
    meant = collections.defaultdict(set)
    for _, kind, number, name in names():
        meant[kind, name].add(number)
    days = [name for _, kind, _, name in names() if kind == "d"]
    random.seed(1)
    for lang, kind, number, name in names():
        forms = {name, name.capitalize()}
        if lang in ("fr", "es", "it", "pt", "pl", "cs", "hu", "ro", "hr"):
            forms.add(plain(name).upper().lower())
        if kind == "d":
            for form in forms:
                yield (form + ", 06 Oct 2022 18:55:00 +0200",
                       "2022-10-06T16:55:00Z")
        elif len(meant[kind, name]) == 1 and len(name.encode()) > 2:
            year = 2565 if lang == "th" else 2022
            for form in forms:
                yield ("%s, 06 %s %d 18:55:00 GMT" %
                       (random.choice(days), form, year),
                       "2022-%02d-06T18:55:00Z" % number)


def zone_rows():
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    zones = [z for z in sorted(zoneinfo.available_timezones())
             if "/" in z and len(z) < 60]
    for _ in range(6000):
        name = random.choice(zones)
        zone = zoneinfo.ZoneInfo(name)
        local = datetime.datetime(1900, 1, 1) + datetime.timedelta(
            seconds=random.randrange(0, 119 * 365 * 86400))
        if random.random() < 0.5:  # about a change of summer time
            local = local.replace(month=random.choice((3, 4, 10, 11)),
                                  day=random.randint(1, 30), hour=2)
        offset = zone.utcoffset(local)
        seconds = round(offset.total_seconds())
        minutes = abs(seconds) + 30
        minutes = (minutes // 60) * (1 if seconds >= 0 else -1)
        utc = local - datetime.timedelta(minutes=minutes)
        form = random.choice(("%s %s", "%s [%s]", "%s (%s)"))
        yield (form % (local.strftime("%a, %d %b %Y %H:%M:%S"), name),
               utc.strftime("%Y-%m-%dT%H:%M:%SZ"))


rows = list(name_rows() if sys.argv[2] == "names" else zone_rows())
sys.exit(0 if compare(sys.argv[1], rows) else 1)
