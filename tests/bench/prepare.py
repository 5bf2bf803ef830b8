#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# prepare.py - articles and queries of the benchmark
#
#   prepare.py reuters FOLDER OUT.jsonl     Reuters-21578's *.sgm.gz
#   prepare.py news FOLDER OUT.jsonl        all *.jsonl.gz, ids made unique
#   prepare.py queries ARTICLES.jsonl OUT.tsv [N]
#   prepare.py count ARTICLES.jsonl         prints articles and bytes of text
#   prepare.py game GAME.tsv ARTICLES.jsonl OUT.tsv
#
# The same input gives the same bytes.
#
# Queries, in the form that peer.h tells: N (1,000) of `words`, 1 to 4 words of
# one title each, N of `phrase`, 2 or 3 words that stand next to each other in a
# body, and of each kind with operators N / 5 (operators.py).  Words are those
# of words.py; in a phrase there is one space between them and nothing else.  So
# all engines are asked for the same.  FROM and TO are a tenth of the articles
# that have dates, another one for each query.
#
# `game` takes the queries of search-benchmark-game's file instead: those of
# which each word is such a word.

import glob
import gzip
import html
import json
import random
import re
import sys

from operators import operators
from words import STOP, WORD

TITLES = 20000  # sampled

MONTHS = dict(zip('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(),
                  range(1, 13)))


# ---- articles --------------------------------------------------------------

def element(name, text):
    m = re.search('<%s[^>]*>(.*?)</%s>' % (name, name), text, re.S)
    if not m:
        return ''
    s = re.sub(r'&#(?:[0-9]|[12][0-9]|3[01]|127);', '', m.group(1))
    return html.unescape(s)


def reuters_date(text):
    m = re.search(r'(\d+)-([A-Z]{3})-(\d{4})\s+(\d+):(\d+):(\d+)',
                  element('DATE', text))
    if not m:
        return None
    d, mon, y, h, mi, s = m.groups()
    return '%s-%02d-%02dT%02d:%s:%sZ' % (y, MONTHS[mon], int(d), int(h), mi, s)


# A TEXT without BODY is a title alone (BRIEF) or a body alone (UNPROC).
def reuters_article(record):
    body = element('BODY', record)
    if not body and 'TYPE="UNPROC"' in record:
        body = element('TEXT', record)
    a = {'id': re.search(r'NEWID="(\d+)"', record).group(1),
         'date': reuters_date(record), 'title': element('TITLE', record),
         'body': body}
    for key, name in (('places', 'PLACES'), ('topics', 'TOPICS')):
        m = re.search('<%s>(.*?)</%s>' % (name, name), record)
        a[key] = re.findall('<D>(.*?)</D>', m.group(1)) if m else []
    return a


def reuters(folder):
    for path in sorted(glob.glob(folder + '/*.sgm.gz')):
        with gzip.open(path, 'rt', encoding='cp1252', errors='replace') as f:
            text = f.read()
        for record in re.findall('<REUTERS.*?</REUTERS>', text, re.S):
            yield reuters_article(record)


def news(folder):
    seen = {}
    for path in sorted(glob.glob(folder + '/*.jsonl.gz')):
        with gzip.open(path, 'rt', encoding='utf-8') as f:
            for line in f:
                a = json.loads(line)
                n = seen[a['id']] = seen.get(a['id'], 0) + 1
                if n > 1:
                    a['id'] += '/%d' % n
                yield {k: v for k, v in a.items() if v is not None}


def write_articles(articles, path):
    with open(path, 'w', encoding='utf-8') as out:
        for a in articles:
            out.write(json.dumps(a, ensure_ascii=False) + '\n')


# ---- queries ---------------------------------------------------------------

# A sample of the articles, of even spacing, and the days of all that have one.
def sample(path):
    with open(path, encoding='utf-8') as f:
        n = sum(1 for _ in f)
    step = max(1, n // TITLES)
    chosen, days = [], []
    with open(path, encoding='utf-8') as f:
        for i, line in enumerate(f):
            if i % step == 0:
                a = json.loads(line)
                chosen.append({k: a.get(k) or ''
                               for k in ('title', 'body', 'section')})
                day = (a.get('date') or '')[:10]
                if len(day) == 10:
                    days.append(day)
    return chosen, sorted(days)


def title_words(rng, title):
    words = [w.lower() for w in WORD.findall(title)]
    words = list(dict.fromkeys(w for w in words if w not in STOP))
    if not words:
        return None
    return ' '.join(rng.sample(words, min(len(words), rng.randint(1, 4))))


def phrase_words(rng, body):
    body = body[:5000]
    if len(body) < 20:
        return None
    n = rng.randint(2, 3)
    at = rng.randrange(len(body) - 10)
    m = re.compile(r'(?<=[a-z] )[A-Za-z]{2,20}(?: [A-Za-z]{2,20}){%d}(?= )'
                   % (n - 1)).search(body, at)
    if not m:
        return None
    words = m.group(0).lower().split(' ')
    return None if STOP.intersection(words) else ' '.join(words)


def day_range(rng, days):
    if not days:
        return '1900-01-01', '1900-01-02'
    width = max(1, len(days) // 10)
    start = rng.randrange(max(1, len(days) - width))
    return days[start], days[min(start + width, len(days) - 1)]


def make(kind, n, texts, days, rng, choose):
    rows, tries = [], 0
    while len(rows) < n and tries < 1000 * n:
        tries += 1
        words = choose(rng, rng.choice(texts))
        if words:
            rows.append((kind, '%s%d' % (kind[0], len(rows) + 1), words)
                        + day_range(rng, days))
    return rows


def queries(articles, n):
    chosen, days = sample(articles)
    rng = random.Random(1)
    bodies = [a['body'] for a in chosen if a['body']]
    titles = [a['title'] for a in chosen if a['title']] \
        or [b[:80] for b in bodies]
    return (make('words', n, titles, days, rng, title_words)
            + make('phrase', n, bodies, days, rng, phrase_words)
            + operators(random.Random(2), chosen, max(1, n // 5)))


# The number of articles and the bytes of their titles and bodies.
def count(path):
    n = size = 0
    with open(path, encoding='utf-8') as f:
        for line in f:
            a = json.loads(line)
            n += 1
            size += len(((a.get('title') or '') + (a.get('body') or ''))
                        .encode('utf-8'))
    return n, size


def game(path, articles):
    _, days = sample(articles)
    rng = random.Random(1)
    rows = []
    with open(path, encoding='utf-8') as f:
        for i, line in enumerate(f):
            query = line.rstrip('\n').split('\t')[-1].replace('+', '')
            kind = 'phrase' if query.startswith('"') else 'words'
            words = query.strip('"').lower().split()
            if all(re.fullmatch('[a-z]{2,}', w) and w not in STOP
                   for w in words):
                rows.append((kind, 'g%d' % (i + 1), ' '.join(words))
                            + day_range(rng, days))
    return rows


def write_queries(rows, path):
    with open(path, 'w', encoding='utf-8') as out:
        for row in rows:
            out.write('\t'.join(row) + '\n')


def main(argv):
    what, args = argv[1], argv[2:]
    if what == 'reuters':
        write_articles(reuters(args[0]), args[1])
    elif what == 'news':
        write_articles(news(args[0]), args[1])
    elif what == 'queries':
        n = int(args[2]) if len(args) > 2 else 1000
        write_queries(queries(args[0], n), args[1])
    elif what == 'count':
        print('%d %d' % count(args[0]))
    elif what == 'game':
        write_queries(game(args[0], args[1]), args[2])
    else:
        return 'prepare.py: reuters, news, queries, count or game?'
    return None


if __name__ == '__main__':
    sys.exit(main(sys.argv))
