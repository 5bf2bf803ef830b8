#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sentence_table.py - makes sentence_table.h, what characters are to sentences
#
#   sentence_table.py [FOLDER]
#
# reads auxiliary/SentenceBreakProperty.txt, UnicodeData.txt and Scripts.txt
# in FOLDER (/usr/share/unicode, of Debian's package unicode-data) and writes
# the table beside itself.
#
# The classes are those of UAX 29, where Extend and Format are one (IGNORED),
# so are CR, LF and Sep (LINE), Close is three by the general category, and
# letters of scripts without spaces between words are a class of their own.
# Six characters have classes that UAX 29 does not give them:
#
#   U+2026        an ATerm, as the three full stops are that it stands for
#   U+037E        an STerm, the Greek question mark
#   U+17D4 17D5   STerm, the Khmer full stops; so Unicode from 15.1 on
#   U+0E5A 0E5B   STerm, the Thai marks of a section's end

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = """OTHER SPACE LINE IGNORED LOWER UPPER LETTER EAST DIGIT ATERM
STERM CONTINUE CLOSE OPEN QUOTE""".split()
OF_PROPERTY = {
    "CR": "LINE", "LF": "LINE", "Sep": "LINE", "Sp": "SPACE",
    "Extend": "IGNORED", "Format": "IGNORED", "Lower": "LOWER",
    "Upper": "UPPER", "OLetter": "LETTER", "Numeric": "DIGIT",
    "ATerm": "ATERM", "STerm": "STERM", "SContinue": "CONTINUE",
    "Close": "CLOSE",
}
EAST = {"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Yi", "Khmer",
        "Myanmar", "Tibetan"}
EXTRA = {0x2026: "ATERM", 0x37E: "STERM", 0x17D4: "STERM", 0x17D5: "STERM",
         0xE5A: "STERM", 0xE5B: "STERM"}
BLOCK = 64


def rows(path):
    """(first, last, value) of a file of properties."""
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line:
            points, value = [x.strip() for x in line.split(";")[:2]]
            first, _, last = points.partition("..")
            yield int(first, 16), int(last or first, 16), value


def classes(folder):
    table = ["OTHER"] * 0x110000
    for a, b, value in rows(folder + "/auxiliary/SentenceBreakProperty.txt"):
        table[a:b + 1] = [OF_PROPERTY[value]] * (b + 1 - a)
    for a, b, script in rows(folder + "/Scripts.txt"):
        for c in range(a, b + 1):
            if script in EAST and table[c] == "LETTER":
                table[c] = "EAST"
    for line in open(folder + "/UnicodeData.txt", encoding="utf-8"):
        field = line.split(";")
        c = int(field[0], 16)
        if table[c] == "CLOSE" and field[2] in ("Ps", "Pi"):
            table[c] = "OPEN" if field[2] == "Ps" else "QUOTE"
    for c, name in EXTRA.items():
        table[c] = name
    return table


def lines(numbers):
    line, out = "   ", []
    for n in numbers:
        item = " %d," % n
        if len(line) + len(item) > 79:
            out.append(line)
            line = "   "
        line += item
    return "\n".join(out + [line])


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    number = {name: i for i, name in enumerate(CLASSES)}
    table = [number[name] for name in classes(folder)]
    blocks, index = [], []
    while table[-1] == 0:
        table.pop()
    table += [0] * (-len(table) % BLOCK)
    # The last part of all is of few blocks, far away: selectors and tags.
    plane = 0x20000 // BLOCK
    for i in range(0, len(table), BLOCK):
        block = tuple(table[i:i + BLOCK])
        if block not in blocks:
            blocks.append(block)
        index.append(blocks.index(block))
    # Ideographs of the planes 2 and 3 are one class; plane 14 is another.
    runs, far = [], 0x20000
    for i, c in enumerate(table[0x20000:], 0x20000):
        if not runs or runs[-1][1] != c:
            runs.append((i, c))
    packed = [b[i] | b[i + 1] << 4 for b in blocks for i in range(0, BLOCK, 2)]
    with open(os.path.join(HERE, "sentence_table.h"), "w") as f:
        f.write("""/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence_table.h - what characters are to sentences
 *
 * Made by sentence_table.py of Unicode's data; not to be changed by hand.
 * Code points below CLASS_FAR have the class in the half byte cp %% %d of the
 * block class_index[cp / %d]; those from there on that of the last row of
 * class_far which does not begin behind them.  Those of ASCII stand by
 * themselves too.
 */
#ifndef MORGUE_TEXT_SENTENCE_TABLE_H
#define MORGUE_TEXT_SENTENCE_TABLE_H

#include <stdint.h>

enum sentence_class {
%s
};

#define CLASS_BLOCK %d
#define CLASS_FAR   0x%X

/* clang-format off */
static const uint8_t class_ascii[] = {
%s
};

static const uint16_t class_index[] = {
%s
};

static const uint8_t class_block[] = {
%s
};

static const struct {
    uint32_t from;
    uint8_t class;
} class_far[] = {
%s
};
/* clang-format on */

#endif
""" % (BLOCK, BLOCK,
       ",\n".join("    CLASS_" + name for name in CLASSES), BLOCK, far,
       lines(table[:128]), lines(index[:plane]), lines(packed),
       "\n".join("    {0x%X, %d}," % run
                 for run in runs + [(len(table), 0)])))


main()
