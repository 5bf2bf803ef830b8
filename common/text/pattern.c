/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern.c - words told by a pattern: wildcards, and words with edits
 *
 * An automaton is nondeterministic, and its states are bits (Baeza-Yates and
 * Gonnet, A new approach to text searching, 1992; with edits as Wu and
 * Manber, Fast text searching allowing errors, 1992; with swaps as Hyyrö,
 * Bit-parallel approximate string matching algorithms with transposition,
 * 2003).  A character costs some ten operations, whatever the pattern is.
 */
#include "pattern.h"

#include <assert.h>

/* ---- wildcards ---------------------------------------------------------- */

/* The last PATTERN_MANY takes as little as it can, and more where what is
 * behind it fails. */
static bool
wildcards_have(const struct pattern *p, const char *s, const char *end)
{
    size_t i = 0, many = SIZE_MAX;
    const char *taken = s;

    while (s < end) {
        uint32_t c;
        size_t n = utf8_decode(s, end, &c, NULL);

        if (i < p->n && p->c[i] == PATTERN_MANY) {
            many = i++;
            taken = s;
        } else if (i < p->n && (p->c[i] == PATTERN_ONE || p->c[i] == c)) {
            i++;
            s += n;
        } else if (many != SIZE_MAX) {
            taken += utf8_decode(taken, end, &c, NULL);
            s = taken;
            i = many + 1;
        } else {
            return false;
        }
    }
    while (i < p->n && p->c[i] == PATTERN_MANY)
        i++;
    return i == p->n;
}

/* ---- edits -------------------------------------------------------------- */

enum { BAND = 2 * PATTERN_EDITS_MAX + 1 };

/* The distances of the word's first `j` characters from the first i of the
 * pattern, for the i that are at most PATTERN_EDITS_MAX from j. */
struct distances {
    unsigned from[BAND];
};

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static bool
is_at(const struct pattern *p, size_t i, uint32_t c)
{
    return i > 0 && i <= p->n && p->c[i - 1] == c;
}

/* The row of the `j`th character, which is `c` and behind `before`. */
static struct distances
next_row(const struct pattern *p, const struct distances *last,
         const struct distances *second, size_t j, uint32_t c, uint32_t before)
{
    struct distances r;

    for (size_t k = 0; k < BAND; k++) {
        size_t i = j + k - PATTERN_EDITS_MAX; /* wraps where it is below 0 */
        unsigned d = BAND;

        if (j + k >= PATTERN_EDITS_MAX && i <= p->n) {
            d = last->from[k] + !is_at(p, i, c);
            if (k > 0)
                d = least(d, r.from[k - 1] + 1);
            if (k + 1 < BAND)
                d = least(d, last->from[k + 1] + 1);
            if (j > 1 && i > 1 && is_at(p, i, before) && is_at(p, i - 1, c))
                d = least(d, second->from[k] + 1);
        }
        r.from[k] = least(d, BAND);
    }
    return r;
}

static bool
edits_have(const struct pattern *p, const char *s, const char *end)
{
    struct distances second, last, row;
    uint32_t c, before = 0;
    size_t j = 0;

    for (size_t k = 0; k < BAND; k++)
        row.from[k] =
            k < PATTERN_EDITS_MAX ? BAND : (unsigned)k - PATTERN_EDITS_MAX;
    last = row;
    while (s < end) {
        s += utf8_decode(s, end, &c, NULL);
        second = last;
        last = row;
        row = next_row(p, &last, &second, ++j, c, before);
        before = c;
    }
    if (p->n + PATTERN_EDITS_MAX < j || j + PATTERN_EDITS_MAX < p->n)
        return false;
    return row.from[p->n + PATTERN_EDITS_MAX - j] <= p->edits;
}

bool
pattern_has(const struct pattern *p, struct morgue_str word)
{
    assert(p->edits <= PATTERN_EDITS_MAX);
    return p->edits > 0 ? edits_have(p, word.s, word.s + word.len)
                        : wildcards_have(p, word.s, word.s + word.len);
}

/* ---- automata ----------------------------------------------------------- */

static void
add_bit(struct automaton *m, uint32_t c, uint64_t bit)
{
    size_t i = 0;

    if (c < 128) {
        m->ascii[c] |= bit;
        return;
    }
    while (i < m->others && m->other[i].c != c)
        i++;
    if (i == m->others) {
        m->other[i].c = c;
        m->other[m->others++].at = 0;
    }
    m->other[i].at |= bit;
}

/* Every word may match until it is compared. */
static void
make_plain(struct automaton *m)
{
    m->plain = true;
    m->edits = 0;
    m->many = 1;
}

void
automaton_init(struct automaton *m, const struct pattern *p)
{
    size_t n = 0;

    assert(p->edits <= PATTERN_EDITS_MAX);
    *m = (struct automaton){.pattern = *p, .edits = p->edits};
    for (size_t i = 0; i < p->n; i++)
        n += p->c[i] != PATTERN_MANY;
    if (n > AUTOMATON_MAX) {
        make_plain(m);
        return;
    }
    m->end = (uint64_t)1 << n;
    m->last = (m->end << 1) - 1;
    n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->c[i] == PATTERN_MANY)
            m->many |= (uint64_t)1 << n;
        else if (p->c[i] == PATTERN_ONE)
            m->one |= (uint64_t)1 << n++;
        else
            add_bit(m, p->c[i], (uint64_t)1 << n++);
    }
    for (size_t i = 0; i < 128; i++)
        m->ascii[i] |= m->one;
    for (size_t i = 0; i < m->others; i++)
        m->other[i].at |= m->one;
}

void
automaton_hold(struct automaton *m, size_t n)
{
    m->last &= n < 63 ? ~(((uint64_t)2 << n) - 1) : 0;
}

void
automaton_begin(struct automaton_state *s, const struct automaton *m)
{
    *s = (struct automaton_state){.at = {1}};
    for (unsigned i = 1; i <= m->edits; i++)
        s->at[i] = s->at[i - 1] << 1 | s->at[i - 1];
    if (m->edits > 0)
        s->at[m->edits] &= m->last;
}

bool
automaton_takes(const struct automaton *m, struct morgue_str word)
{
    const char *s = word.s, *end = s + word.len;
    struct automaton_state state;
    uint32_t c;

    automaton_begin(&state, m);
    while (s < end) {
        s += utf8_decode(s, end, &c, NULL);
        if (!automaton_step(m, &state, &state, c))
            return false;
    }
    return automaton_has(m, &state, word);
}

size_t
pattern_begins(char *out, size_t room, const struct pattern *p)
{
    size_t len = 0, n;
    char c[4];

    for (size_t i = 0; p->edits == 0 && i < p->n; i++) {
        if (p->c[i] >= PATTERN_MANY)
            break;
        n = utf8_encode(p->c[i], c);
        if (n > room - len)
            break;
        memcpy(out + len, c, n);
        len += n;
    }
    return len;
}
