#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vocabulary.py - articles with as many different words as one likes
#
#     vocabulary.py WORDS FILE... > ARTICLES.jsonl
#
# The words of the files (JSON lines, gzipped or not; keys title and body) teach
# it which letters follow which three others; it then makes words that are
# spelt alike until there are WORDS, those of the files among them, and writes
# them into articles of 400.  The word of rank r comes 20,000 / r times, at
# least once, so that about half the dictionary comes once, as in news.
#
# The same arguments give the same bytes.

import collections
import gzip
import json
import random
import re
import sys

ARTICLE = 400


def words_of(path):
    opened = gzip.open if path.endswith('.gz') else open
    with opened(path, 'rt', encoding='utf-8', errors='replace') as f:
        for line in f:
            a = json.loads(line)
            text = ' '.join(str(a.get(k) or '') for k in ('title', 'body', 'text'))
            yield from re.findall(r'[^\W_]+', text.lower())


def learn(counts):
    follow = collections.defaultdict(collections.Counter)
    for word in counts:
        s = '^^^' + word + '$'
        for i in range(3, len(s)):
            follow[s[i - 3:i]][s[i]] += 1
    return {k: (list(v), list(v.values())) for k, v in sorted(follow.items())}


def make(follow, rng):
    s = '^^^'
    while len(s) < 40:
        letters, weights = follow[s[-3:]]
        c = rng.choices(letters, weights)[0]
        if c == '$':
            break
        s += c
    return s[3:]


def main():
    want = int(sys.argv[1])
    rng = random.Random(want)
    counts = collections.Counter()
    for path in sys.argv[2:]:
        counts.update(words_of(path))
    follow = learn(counts)
    words = [w for w, _ in counts.most_common(want)]
    known = set(words)
    while len(words) < want:
        w = make(follow, rng)
        if w not in known:
            known.add(w)
            words.append(w)
    text = [w for r, w in enumerate(words) for _ in range(max(1, 20000 // (r + 1)))]
    rng.shuffle(text)
    for i in range(0, len(text), ARTICLE):
        print(json.dumps({'id': f'v{i // ARTICLE}', 'lang': 'en', 'title': 'words',
                          'body': ' '.join(text[i:i + ARTICLE])}, ensure_ascii=False))


main()
