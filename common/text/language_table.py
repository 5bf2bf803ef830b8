#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# language_table.py - makes the tables of language_table.h
#
#   language_table.py FOLDER
#
# downloads Debian's packages below into FOLDER and unpacks them there (once),
# and writes language_table.h, language_latin.c, language_latin_pieces.c and
# language_scripts.c beside itself.  Takes some minutes; needs apt-get and dpkg.
#
# The texts are the translations of free programs, a game's stories among
# them, and for languages with few of these the lists of libexttextcat, which
# are of the Universal Declaration of Human Rights.  To what is common in them
# come the words of language_words.txt, written by hand: the words of news,
# which programs do not say, and of languages that programs do not speak.
#
# A word's weight is 2 ln(p / e^-9), p its part of all words; a piece's, three
# letters of a word that is not in the tables, ln(p / e^-7.5), as pieces
# overlap.  A word or piece is in the tables if it is among those that tell
# one language best from the others of its script; then with its weight in
# each of them.

import collections
import glob
import math
import os
import random
import re
import struct
import subprocess
import sys
import unicodedata

PACKAGES = """wesnoth-1.16-data libgtk-3-common gnome-control-center-data
evolution-common gnucash-common wordpress-l10n tuxpaint tuxpaint-data
libglib2.0-data gnumeric-common gimp-data nautilus-data iso-codes
totem-common libreoffice-l10n-am libgweather-4-common gcc-12-locales apt dpkg git coreutils bash
libc-l10n binutils-common libexttextcat-data""".split()

# The languages of each script: those first that news is in most, as the first
# of equals is taken.  CODE=A+B: of the translations named A and B.
SCRIPTS = {
    "latin": ("a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff",
        "en de fr es it pt nl sv da no=nb+nn fi hu ro pl cs sk sl hr "
        "sr=sr@latin tr sq id ms ca eu gl lt lv et ga cy is mt af vi sw ha yo "
        "ig so pcm tl=tl+fil az uz tk ku=ku+kmr om rw rn=rw sn ln lg xh zu"),
    "cyrillic": ("\u0400-\u052f", "ru uk bg be mk sr kk ky mn tg"),
    "arabic": ("\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff",
        "ar fa ur ps ckb sd ug"),
    "devanagari": ("\u0900-\u0963\u0970-\u097f", "hi mr ne"),
    "ethiopic": ("\u1200-\u135f", "am ti"),
    "hebrew": ("\u05d0-\u05f2", "he yi"),
}
TEXT_MAX = 1000000   # characters of a language
TEXT_SMALL = 30000   # words; with fewer, other sources weigh more
# Words and pieces taken for each language of a script.
TAKEN = {"latin": (30, 60), None: (120, 240)}
WORD_FLOOR, PIECE_FLOOR, LETTER_FLOOR = [math.exp(-x) for x in (9, 7.5, 8)]
LETTER_SPREAD = 2  # between languages; one that says less is no evidence
WEIGHT_MAX = 15
WORD_MAX = 14
HERE = os.path.dirname(os.path.abspath(__file__))


# ---- texts ------------------------------------------------------------------

def unpack(folder):
    """Debian's packages, unpacked under the folder."""
    for p in PACKAGES:
        to = os.path.join(folder, "x", p)
        if not os.path.isdir(to):
            got = subprocess.run(["apt-get", "download", p], cwd=folder,
                                 capture_output=True)
            if got.returncode != 0:
                sys.exit("cannot download " + p)
            os.makedirs(to)
            deb = glob.glob(os.path.join(folder, p + "_*.deb"))[0]
            subprocess.run(["dpkg", "-x", deb, to], check=True)


def messages(path):
    """The messages of a compiled catalogue and their translations."""
    b = open(path, "rb").read()
    order = "<" if b[:4] == b"\xde\x12\x04\x95" else ">"
    n, keys, values = struct.unpack(order + "3I", b[8:20])
    charset = "utf-8"

    def get(at):
        size, start = struct.unpack(order + "2I", b[at:at + 8])
        return b[start:start + size]
    for i in range(n):
        key, value = get(keys + 8 * i), get(values + 8 * i)
        if not key:
            m = re.search(rb"charset=([\w-]+)", value)
            charset = m.group(1).decode() if m else charset
            continue
        try:
            yield (key.decode("utf-8").split("\4")[-1].split("\0")[0],
                   value.decode(charset).split("\0")[-1])
        except (UnicodeDecodeError, LookupError):
            pass


def plain(s):
    """A message without markup, formats, options and addresses."""
    s = re.sub(r"<[^>]*>|&\w+;", " ", s)
    s = re.sub(r"%[\d$.\-+#]*l?[a-zA-Z]|\$\w+|\{[^}]*\}|https?:\S+|\S+@\S+"
               r"|\\[nt]|--?[a-z][\w-]+", " ", s)
    return re.sub(r"\s+", " ", s.replace("_", "").replace("&", ""))


def read_texts(folder):
    """A set of messages for each language; English is what is translated."""
    texts = collections.defaultdict(dict)
    for path in sorted(glob.glob(folder + "/x/**/*.mo", recursive=True)):
        m = re.search(r"/([a-z]{2,3})(?:_[A-Z]\w*)?(@\w+)?/LC_MESSAGES/", path)
        m = m or re.search(r"/(?:[\w-]*-)?([a-z]{2,3})(?:_[A-Z]{2})?()\.mo$",
                           path)
        if not m:
            continue
        for key, value in messages(path):
            if key != value and len(plain(value)) >= 25:
                texts[m.group(1) + (m.group(2) or "")][plain(value)] = True
            if m.group(1) in ("de", "fr") and len(plain(key)) >= 25:
                texts["en"][plain(key)] = True
    return texts


def lower(s):
    s = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFC", s))
    return "".join(c.lower() if len(c.lower()) == 1 else "i" for c in s)


def without_marks(s):
    return "".join(c for c in unicodedata.normalize("NFD", s)
                   if not 0x300 <= ord(c) < 0x370)


# ---- what is common ---------------------------------------------------------

def count_words(texts, names, code, script):
    """How often each word is in the translations; some of it without its
    accents, as news is written at times (Yoruba mostly)."""
    letters = re.compile("[" + SCRIPTS[script][0] + "]+")
    text = ""
    for name in names:
        lines = list(texts.get(name, ()))
        random.Random(1).shuffle(lines)
        text += "\n" + "\n".join(lines)[:TEXT_MAX // len(names)]
    text = lower(text)
    if code == "rn":  # Kirundi is near to Kinyarwanda, and spelt otherwise
        text = (text.replace("cyangwa", "canke").replace("by", "vy")
                .replace("cy", "c"))
    count = collections.Counter(letters.findall(text))
    if script == "latin":
        bare = text if code == "yo" else text[:len(text) // 8]
        for w in letters.findall(without_marks(bare)):
            count[w] += 1 if code == "yo" else 0.5
    return count


def listed(words, script, weight):
    """What a list by hand says: the share of a word goes with its place."""
    share = collections.Counter()
    words = re.findall("[" + SCRIPTS[script][0] + "]+", lower(words))
    for place, w in enumerate(words):
        share[w] += (weight * 0.35 / (place + 2.5) /
                     math.log(len(words) / 2.5 + 1))
    return share


def word_shares(count, hand, script, code):
    total = sum(count.values())
    rich = total > TEXT_SMALL
    share = collections.Counter()
    for w, n in count.items():
        share[w] += n / total * (1 if not hand else 0.6 if rich else 0.4)
    if hand:
        both = code in ("yo", "vi")  # with and without accents
        said = listed(hand, script, 0.7 if both else 1)
        if both:
            said.update(listed(without_marks(hand), script, 0.3))
        for w, x in said.items():
            share[w] += x * (0.5 if rich else 1)
    return share


def as_pidgin(own, english):
    """Pidgin has the words of English but for the short ones."""
    share = collections.Counter({w: x * (0.45 if len(w) > 3 else 0.12)
                                 for w, x in english.items()})
    for w, x in own.items():
        share[w] = max(share[w], 1.3 * x)
    return share


def piece_shares(words, chosen, total, code):
    share = collections.Counter()
    for w, x in words.items():
        if len(w) > 1 and (w not in chosen or total < 5000):
            for i in range(len(w)):
                share[("_" + w + "_")[i:i + 3]] += x
    scale(share, 1)
    prints = fingerprint(code) if total < TEXT_SMALL and code != "pcm" else {}
    if prints:
        scale(share, 0.4)
        scale(prints, 0.5)
        share.update(prints)
    return share


def fingerprint(code):
    """The pieces of libexttextcat's list for the language."""
    share = collections.Counter()
    for path in glob.glob(LISTS + "/" + code + "*.lm"):
        if re.split(r"[-.]", os.path.basename(path))[0] != code:
            continue
        for line in open(path, errors="replace"):
            field = line.rstrip("\n").split("\t")
            if len(field) == 2 and len(field[0]) == 3 and \
                    field[0].count("_") < 2:
                share[lower(field[0])] += int(field[1])
    return share


def scale(share, to):
    total = sum(share.values()) or 1
    for key in share:
        share[key] *= to / total


def choose(shares, n, floor, bonus, width):
    """The `n` of each language that tell it best from the others."""
    mean = collections.Counter()
    for share in shares.values():
        for key, x in share.items():
            mean[key] += x / len(shares)
    chosen = set()
    for code, share in shares.items():
        best = sorted(((x * (math.log(x / mean[key]) + bonus), key)
                       for key, x in share.items()
                       if x > floor and len(key) <= width), reverse=True)
        chosen.update(key for _, key in
                      best[:2 * n if code in ("en", "pcm") else n])
    return chosen


def weights(share, chosen, floor, step):
    """The list as language.c reads it."""
    by = collections.defaultdict(list)
    for key in chosen:
        x = share[key]
        if x > floor:
            by[min(WEIGHT_MAX, round(math.log(x / floor) * step))].append(
                (-x, key))
    return [t for w in sorted(by, reverse=True) if w > 0
            for t in [str(w)] + [key for _, key in sorted(by[w])]]


# ---- the tables -------------------------------------------------------------

def make_script(script, texts, hand):
    """(code, words, pieces, letters) for each language, and the number of
    features."""
    names = dict((c.split("=") + [c])[:2]
                 for c in SCRIPTS[script][1].split())
    words, total = {}, {}
    for code, name in names.items():
        count = count_words(texts, name.split("+"), code, script)
        own = hand.get(code, "")
        if not re.search("[" + SCRIPTS[script][0] + "]", own):
            own = ""
        words[code] = word_shares(count, own, script, code)
        total[code] = sum(count.values())
    if "pcm" in words:
        words["pcm"] = as_pidgin(words["pcm"], words["en"])
    n_words, n_pieces = TAKEN.get(script, TAKEN[None])
    chosen = choose(words, n_words, 4 * WORD_FLOOR, 0.25, WORD_MAX)
    for code in words:
        chosen.update(w for w in listed(hand.get(code, ""), script, 1)
                      if words[code][w] > 2 * WORD_FLOOR and
                      len(w) <= WORD_MAX)
    pieces = {c: piece_shares(words[c], chosen, total[c], c) for c in words}
    parts = choose(pieces, n_pieces, 2 * PIECE_FLOOR, 0.2, 3)
    letters, n_letters = letter_weights(words, script)
    return ([(c, weights(words[c], chosen, WORD_FLOOR, 2),
              weights(pieces[c], parts, PIECE_FLOOR, 1), letters[c])
             for c in words],
            len(chosen) + len(parts) + n_letters)


def letter_weights(words, script):
    """The list of each language: letters outside of ASCII that are more
    common in some of them than in others."""
    shares = {}
    for code, share in words.items():
        letters = collections.Counter()
        for w, x in share.items():
            for c in w:
                letters[c] += x
        scale(letters, 1)
        shares[code] = letters
    telling = set()
    for c in {c for x in shares.values() for c in x if ord(c) >= 0x80}:
        logs = [math.log(max(x[c], LETTER_FLOOR)) for x in shares.values()]
        if max(logs) - min(logs) >= LETTER_SPREAD:
            telling.add(c)
    return ({code: weights(x, telling, LETTER_FLOOR, 1)
             for code, x in shares.items()}, len(telling))


def as_string(tokens):
    """A C string over lines of at most 79 columns."""
    lines, line = [], ""
    for t in tokens:
        if len(line) + len(t) + 1 > 75:
            lines.append(line)
            line = ""
        line += t + " "
    return "\n".join(' "%s"' % x for x in lines + [line.rstrip()])


def write_tables(path, what, *tables):
    """Each of the tables a declaration, what ends it, and rows of C."""
    with open(os.path.join(HERE, path), "w") as f:
        f.write("/* SPDX-License-Identifier: GPL-2.0-or-later */\n/*\n"
                " * %s - what is common in %s\n"
                " *\n * Made by language_table.py; not to be changed by hand.\n"
                " */\n#include \"language_table.h\"\n" % (path, what))
        f.write("\n/* clang-format off */\n")
        for declaration, rows, end in tables:
            f.write("\n%s[] = {\n%s};\n%s" % (declaration, "".join(rows), end))


def row_table(s, rows):
    return ("const struct language_row language_" + s,
            ['{"%s",\n%s,\n%s},\n' % (code, as_string(words),
                                      as_string(letters))
             for code, words, _, letters in rows],
            "const size_t language_%s_n =\n    sizeof language_%s"
            " / sizeof *language_%s;\n" % (s, s, s))


def piece_table(s, rows):
    return ("const char *const language_%s_pieces" % s,
            ["/* %s */\n%s,\n" % (code, as_string(pieces))
             for code, _, pieces, _ in rows], "")


def main():
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    unpack(folder)
    global LISTS
    LISTS = folder + "/x/libexttextcat-data/usr/share/libexttextcat"
    texts = read_texts(folder)
    hand = {}
    for line in open(os.path.join(HERE, "language_words.txt")):
        if line.strip() and line[0] not in "# ":
            code = line.split()[0]
            hand[code] = line.split(None, 1)[1]
        elif line[:1] == " ":
            hand[code] += line
    rows, features = {}, 0
    for s in SCRIPTS:
        rows[s], n = make_script(s, texts, hand)
        features += n
    latin = "languages in Latin letters"
    write_tables("language_latin.c", latin, row_table("latin", rows["latin"]))
    write_tables("language_latin_pieces.c", latin,
                 piece_table("latin", rows["latin"]))
    write_tables("language_scripts.c", "languages that share other scripts",
                 *[make(s, rows[s]) for s in list(SCRIPTS)[1:]
                   for make in (row_table, piece_table)])
    h = os.path.join(HERE, "language_table.h")
    text = re.sub(r"(#define LANGUAGE_FEATURES +)\d+",
                  r"\g<1>%d" % features, open(h).read())
    open(h, "w").write(text)


main()
