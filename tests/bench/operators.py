# SPDX-License-Identifier: GPL-2.0-or-later
#
# operators.py - queries with operators for the benchmark, drawn from articles
#
# operators(rng, sample, n) gives n lines of each KIND, in the form that peer.h
# tells: the query as a person types it, and the same for Lucene in the form
# that Operators.java tells.  KINDS are
#
#   prefix   the first 3 to 5 letters of a word, `govern*`
#   suffix   the last 3 to 5, `*ment`
#   inner    both ends of one, `go*ent`, or one letter open, `gov?rn`
#   edit1    a word with one edit, `word~1`; edit2 with two, `word~2`
#   near     two words at most 10 apart, `a NEAR/10 b`
#   nearor   one of two and another, `(a OR b) w/5 c`
#   slop     as written, in order, at most three between, `"a b"~3`
#   nested   `(a AND b) OR (c AND d) OR (e AND f)`
#   section  `a AND b AND section:x`
#   not      `a AND b NOT c`
#
# Words of near, nearor and slop stand as near in the body that they are from;
# those of the others are of its title or body, so that all match something.
# Words are those of words.py but for some function words that the bare stemmer
# of Lucene makes others of (`its` becomes `it`, `being` `be`); those that are
# cut or changed have 6 letters at least, those with one letter open 4.
#
# Counts of both differ still where a pattern has more than 1,000 words, of
# which morgue takes the most frequent, or a part of a word with a hyphen; and in
# nearor where both sides are forms of one word, which Lucene takes twice.

import re
import string

from words import STOP, WORD

KINDS = ('prefix', 'suffix', 'inner', 'edit1', 'edit2', 'near', 'nearor',
         'slop', 'nested', 'section', 'not')
PATTERNS = KINDS[:5]  # those that stand for many words
LEFT_OUT = STOP | {'its', 'being', 'theres'}
BODY = 5000  # bytes of it that words are drawn from


# ---- words ------------------------------------------------------------------

# Words of a text that may be asked for, each once, in its order.
def words_of(text, least=2):
    words = [w.lower() for w in WORD.findall(text[:BODY])]
    return list(dict.fromkeys(w for w in words
                              if w not in LEFT_OUT and len(w) >= least))


def some_words(rng, article, n, least=2):
    text = article['title'] if rng.random() < 0.5 else article['body']
    words = words_of(text, least)
    return rng.sample(words, n) if len(words) >= n else None


# n different words of a body, each at most `apart` behind the one before.
def close_words(rng, body, n, apart):
    pieces = body[:BODY].split()
    if len(pieces) < 2 * apart * n:
        return None
    at, out = rng.randrange(len(pieces) - apart * n), []
    for _ in range(n):
        piece = pieces[at].rstrip('.,') if not out else pieces[at]
        if not re.fullmatch('[A-Za-z]{2,20}', piece) \
                or piece.lower() in LEFT_OUT:
            return None
        out.append(piece.lower())
        at += rng.randint(1, apart)
    return out if len(set(out)) == n else None


def edit(rng, word):
    at = rng.randrange(len(word))
    letter = rng.choice(string.ascii_lowercase)
    return rng.choice((word[:at] + letter + word[at:],
                       word[:at] + word[at + 1:],
                       word[:at] + letter + word[at + 1:],
                       word[:at] + word[at:at + 2][::-1] + word[at + 2:]))


# ---- kinds: (as typed, for Lucene), or None where the article has no such ---

def prefix(rng, article):
    words = some_words(rng, article, 1, 6)
    if not words:
        return None
    w = words[0][:rng.randint(3, 5)]
    return w + '*', '(prefix %s)' % w


def wildcard(pattern):
    return pattern, '(wildcard %s)' % pattern


def suffix(rng, article):
    words = some_words(rng, article, 1, 6)
    return words and wildcard('*' + words[0][-rng.randint(3, 5):])


def inner(rng, article):
    words = some_words(rng, article, 1, 4)
    if not words:
        return None
    w = words[0]
    if len(w) < 6 or rng.random() < 0.5:
        at = rng.randrange(1, len(w) - 1)
        return wildcard(w[:at] + '?' + w[at + 1:])
    return wildcard(w[:rng.randint(1, 3)] + '*' + w[-rng.randint(2, 3):])


def edited(rng, article, n):
    words = some_words(rng, article, 1, 6)
    if not words:
        return None
    w = words[0]
    for _ in range(n):
        w = edit(rng, w)
    return '%s~%d' % (w, n), '(fuzzy %d %s)' % (n, w)


def near(rng, article):
    words = close_words(rng, article['body'], 2, 10)
    if not words:
        return None
    rng.shuffle(words)
    return '%s NEAR/10 %s' % tuple(words), '(near 10 %s %s)' % tuple(words)


def nearor(rng, article):
    close = close_words(rng, article['body'], 2, 5)
    other = some_words(rng, article, 1)
    if not close or not other or other[0] in close:
        return None
    three = (close[0], other[0], close[1])
    return '(%s OR %s) w/5 %s' % three, '(near 5 (or %s %s) %s)' % three


def slop(rng, article):
    words = close_words(rng, article['body'], 2, 4)
    if not words:
        return None
    return '"%s %s"~3' % tuple(words), '(slop 3 =%s =%s)' % tuple(words)


def nested(rng, article):
    words = some_words(rng, article, 6)
    if not words:
        return None
    return ('(%s AND %s) OR (%s AND %s) OR (%s AND %s)' % tuple(words),
            '(or (and %s %s) (and %s %s) (and %s %s))' % tuple(words))


def section(rng, article):
    words = some_words(rng, article, 2)
    name = article['section'].lower()
    if not words or not re.fullmatch('[a-z]+', name):
        return None
    three = (words[0], words[1], name)
    return ('%s AND %s AND section:%s' % three,
            '(filter (and %s %s) section %s)' % three)


def without(rng, article):
    words = some_words(rng, article, 3)
    if not words:
        return None
    return ('%s AND %s NOT %s' % tuple(words),
            '(not (and %s %s) %s)' % tuple(words))


MAKE = {'prefix': prefix, 'suffix': suffix, 'inner': inner,
        'edit1': lambda rng, a: edited(rng, a, 1),
        'edit2': lambda rng, a: edited(rng, a, 2), 'near': near,
        'nearor': nearor, 'slop': slop, 'nested': nested, 'section': section,
        'not': without}


# ---- all of them ------------------------------------------------------------

# Articles without section, or too short, give none; where too few give some,
# there are fewer than n.
def operators(rng, articles, n):
    rows = []
    for kind in KINDS:
        found = tries = 0
        while articles and found < n and tries < 1000 * n:
            tries += 1
            q = MAKE[kind](rng, rng.choice(articles))
            if q:
                found += 1
                rows.append((kind, '%s-%d' % (kind, found), q[0], '', '',
                             q[1]))
    return rows
