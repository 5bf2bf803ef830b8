/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern.h - words told by a pattern: wildcards, and words with edits
 *
 * A pattern is asked of many words, mostly of a sorted list: an automaton
 * reads them a character at a time, and its state after the characters that
 * two words begin with alike is the same for both.
 */
#ifndef MORGUE_TEXT_PATTERN_H
#define MORGUE_TEXT_PATTERN_H

#include "../base/utf8.h"

/** Beside characters in a pattern: none or more of any; one of any. */
enum { PATTERN_MANY = 0x110000, PATTERN_ONE };

/** The most edits. */
enum { PATTERN_EDITS_MAX = 2 };

/** What words are to be like.  With `edits` 0: its characters, as folded, and
 *  PATTERN_* among them.  With more: a word (no PATTERN_*) with at most so
 *  many edits: insert, delete, change, and swap of neighbours count one each,
 *  and no character is edited twice (optimal string alignment); characters
 *  are counted, not bytes. */
struct pattern {
    const uint32_t *c;
    size_t n;
    unsigned edits;
};

/** Whether the pattern has the word.  The plain way: in time about the product
 *  of their lengths for wildcards, their sum for edits; without memory. */
bool pattern_has(const struct pattern *p, struct morgue_str word);

/** The most characters of a pattern, PATTERN_MANY aside, that an automaton
 * counts by bits; longer ones it asks pattern_has for. */
enum { AUTOMATON_MAX = 61 };

/** How far into the pattern a word has got: bit i, i characters of it: with as
 *  many edits as the number of `at`; `swap`: and the one behind the next has
 *  been read in its place. */
struct automaton_state {
    uint64_t at[PATTERN_EDITS_MAX + 1], swap[PATTERN_EDITS_MAX];
};

/** A pattern made ready; it is read only, and may be copied. */
struct automaton {
    struct pattern pattern; /* lent */
    bool plain;             /* too long: words are compared whole */
    unsigned edits;         /* that are counted by bits */
    uint64_t end;           /* the bit of its end */
    uint64_t many;          /* bits where a PATTERN_MANY is */
    uint64_t one;           /* PATTERN_ONE */
    uint64_t last;          /* bits where the last edit may have been made */
    uint64_t ascii[128];    /* bits where the character is */
    struct {
        uint32_t c;
        uint64_t at;
    } other[AUTOMATON_MAX];
    size_t others;
};

void automaton_init(struct automaton *m, const struct pattern *p);

/** Take only words that have one edit less than allowed, or have it behind the
 *  first `n` characters of the pattern. */
void automaton_hold(struct automaton *m, size_t n);

/** Before the first character of a word. */
void automaton_begin(struct automaton_state *s, const struct automaton *m);

/** Where the pattern has `c`. */
static inline uint64_t
automaton_bits(const struct automaton *m, uint32_t c)
{
    if (c < 128)
        return m->ascii[c];
    for (size_t i = 0; i < m->others; i++)
        if (m->other[i].c == c)
            return m->other[i].at;
    return m->one;
}

/** With one edit more than in `before`, of which `after` came by the same
 *  character. */
static inline uint64_t
automaton_edit(uint64_t here, uint64_t before, uint64_t after, uint64_t swap,
               uint64_t bits)
{
    return (here & bits) << 1      /* none */
           | before                /* a character more */
           | (before | after) << 1 /* another; one less */
           | (swap & bits) << 2;
}

/** One character further: *to may be *from.  False where no word that begins
 *  so can match. */
static inline bool
automaton_step(const struct automaton *m, struct automaton_state *to,
               const struct automaton_state *from, uint32_t c)
{
    const uint64_t bits = automaton_bits(m, c);
    const struct automaton_state s = *from;
    uint64_t alive;

    to->at[0] = (s.at[0] & bits) << 1 | (s.at[0] & m->many);
    alive = to->at[0];
    if (m->edits == 0)
        return alive != 0;
    to->swap[0] = s.at[0] & bits >> 1;
    to->at[1] = automaton_edit(s.at[1], s.at[0], to->at[0], s.swap[0], bits);
    if (m->edits == 1) {
        to->at[1] &= m->last;
    } else {
        to->swap[1] = s.at[1] & bits >> 1;
        to->at[2] =
            automaton_edit(s.at[2], s.at[1], to->at[1], s.swap[1], bits) &
            m->last;
        alive |= to->at[2] | to->swap[1];
    }
    return (alive | to->at[1] | to->swap[0]) != 0;
}

/** Whether the pattern has the word that was read to its end, by an automaton
 *  that is not held. */
static inline bool
automaton_has(const struct automaton *m, const struct automaton_state *s,
              struct morgue_str word)
{
    return m->plain ? pattern_has(&m->pattern, word)
                    : (s->at[m->edits] & m->end) != 0;
}

/** Whether the pattern has the word: as pattern_has, in some nanoseconds a
 *  character. */
bool automaton_takes(const struct automaton *m, struct morgue_str word);

/** The characters before the first PATTERN_*, as UTF-8, at most `room` bytes;
 *  how many.  None of a word with edits. */
size_t pattern_begins(char *out, size_t room, const struct pattern *p);

#endif
