#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# date_name_table.py - makes date_name_table.h from date_names.txt
#
# Beside the names that are listed, the table has them as people type them who
# leave out accents (Latin and Greek letters), and with the small letters that
# capitals of Turkish become.

import collections
import os
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))


class Name:
    def __init__(self):
        self.months = []
        self.days = set()
        self.thai = False


def read():
    """(language, kind, number, name) in the order of the file."""
    for line in open(os.path.join(HERE, "date_names.txt"), encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        head, names = line.rstrip("\n").split(":", 1)
        lang, kind = head.split()
        for number, of_one in enumerate(names.split("|"), 1):
            for name in of_one.split():
                yield lang, kind, number, name.replace("_", " ")


def plain(name):
    """Without the accents of Latin and Greek letters."""
    out = ""
    for c in name:
        base = unicodedata.normalize("NFD", c)
        script = unicodedata.name(base[0], "").split()[0]
        out += base[0] if script in ("LATIN", "GREEK") else c
    return out.replace("ı", "i").replace("ł", "l").replace("ø", "o")


def add(table, lang, kind, number, name):
    entry = table[name]
    if kind == "d":
        entry.days.add(number)
    elif number not in entry.months:
        entry.months.append(number)
    if kind == "m" and lang == "th":
        entry.thai = True


def main():
    rows = list(read())
    table = collections.defaultdict(Name)
    for row in rows:
        add(table, *row)
    listed = {(kind, name) for _, kind, _, name in rows}
    for lang, kind, number, name in rows:
        for other in {plain(name), name.replace("\u2019", "'")}:
            if (kind, other) not in listed:
                add(table, lang, kind, number, other)
                listed.add((kind, other))
    write(table)


def wrapped(pieces, between, begin, end):
    """Lines of some 76 columns."""
    lines, line = [], ""
    for piece in pieces:
        if line and len(line) + len(between) + len(piece) > 72:
            lines.append(begin + line + end)
            line = piece
        else:
            line += between * bool(line) + piece
    return "\n".join(lines + [begin + line + end])


def write(table):
    text, entries, at = [], [], 0
    for name in sorted(table, key=lambda n: n.encode()):
        e = table[name]
        assert len(e.months) <= 2, name
        months = e.months + [0, 0]
        text.append("%s\\0" % name)
        entries.append("{%d,%d,%d,%d,%d}," % (
            at, months[0], months[1], sum(1 << (d - 1) for d in e.days),
            e.thai))
        at += len(name.encode()) + 1
    assert at < 1 << 16
    with open(os.path.join(HERE, "date_name_table.h"), "w",
              encoding="utf-8") as out:
        out.write("""/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_name_table.h - names of months and days, in the order of their bytes
 *
 * Of each: where its text is; the month, from 1, and another that it means in
 * other languages; a bit for each day of the week that it means, Monday's the
 * lowest; whether it is Thai, which counts years from 543 before Christ.
 *
 * Inside of date_name.c.  Made by date_name_table.py from date_names.txt.
 */
#ifndef MORGUE_ARTICLE_DATE_NAME_TABLE_H
#define MORGUE_ARTICLE_DATE_NAME_TABLE_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
static const char name_text[] =
%s;

static const struct {
    uint16_t at;
    uint8_t month, other, days;
    bool thai;
} name_entry[] = {
%s
};
/* clang-format on */

#endif
""" % (wrapped(text, "", '    "', '"'),
       wrapped(entries, " ", "    ", "")))


main()
