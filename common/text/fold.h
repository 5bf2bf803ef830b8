/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fold.h - what a code point is to a search, and what it folds to
 *
 * Each code point has a class and two mappings.  `lower` folds case and
 * compatibility forms (NFKC) and keeps accents: what a stemmer wants.
 * `folded` drops accents as well: what is looked for.  `Łódź` is `łódź` and
 * `lodz`.
 *
 * The properties come from the Unicode library, by pages of 256 code points
 * that are filled at their first use and kept by the object, so that it costs
 * nothing to make one, and a look-up in text of one script is two loads.
 */
#ifndef MORGUE_TEXT_FOLD_H
#define MORGUE_TEXT_FOLD_H

#include "../base/str.h"

/** Number of the folding rules, part of an analysis' name (term.h).  It must
 *  change with anything that makes other terms from the same text. */
#define FOLD_RULES 3

enum fold_class {
    FOLD_OTHER,      /* separates words */
    FOLD_SPACE,      /* white space: separates, and unlinks */
    FOLD_LETTER,     /* and numbers written with letters */
    FOLD_DIGIT,      /* folds to ASCII digits */
    FOLD_MARK,       /* belongs to what is before it */
    FOLD_IGNORED,    /* as if it were not there: joiners, selectors, tatweel */
    FOLD_SOFTHYPHEN, /* likewise, and hyphenates at a line's end */
    FOLD_NGRAM,      /* of a script that has no spaces between words */
    FOLD_EXTEND,     /* of such a script, belongs to what is before it */
    FOLD_PICTURE,    /* a pictograph, a word by itself */
    FOLD_REGIONAL,   /* half of a flag */
    FOLD_APOSTROPHE,
    FOLD_HYPHEN,
    FOLD_AMPERSAND,
    FOLD_STOP,   /* full stop, decimal point */
    FOLD_COMMA,  /* comma between digits */
    FOLD_GERESH, /* left out between Hebrew letters, else separates */
    FOLD_MIDDOT  /* left out between two l (Catalan), else separates */
};

enum {
    FOLD_UPPER = 1,    /* a capital or title-case letter */
    FOLD_COMPOSES = 2, /* what it makes depends on what is beside it: the word
                          must go through fold_compose first */
    FOLD_HEBREW = 4,   /* a Hebrew letter or point */
    FOLD_DIFFERS = 8   /* the mappings are not the same */
};

/** The room for a mapping, in bytes. */
#define FOLD_LEN 8

/** What one code point is.  The mappings are UTF-8; where a mapping is empty
 *  the character leaves nothing. */
struct fold_char {
    uint8_t class; /* enum fold_class */
    uint8_t flags; /* FOLD_UPPER and so on */
    uint8_t lower_len, folded_len;
    char lower[FOLD_LEN], folded[FOLD_LEN]; /* zeros behind the last */
};

struct fold {
    struct fold_char *page[0x110000 / 256]; /* NULL until used */
    struct fold_char spare; /* stands in where a page cannot be allocated */
};

/** Ready `f`, which then needs fold_free. */
void fold_init(struct fold *f);
void fold_free(struct fold *f);

/** Used by fold_get. */
const struct fold_char *fold_load(struct fold *f, uint32_t cp);

/** What `cp`, at most 0x10FFFF, is.  Lent until the next call.  Never fails:
 *  without memory it is only slow. */
static inline const struct fold_char *
fold_get(struct fold *f, uint32_t cp)
{
    const struct fold_char *page = f->page[cp >> 8];

    return page ? page + (cp & 0xFF) : fold_load(f, cp);
}

/** The most code points that are composed as one. */
#define FOLD_RUN_MAX 512

/** Bring `n` code points, at most FOLD_RUN_MAX, to their composed
 *  compatibility form (NFKC), in place; `room` is how many fit.  Their new
 *  number; where the form does not fit they stay as they are.  The time goes
 *  with the square of the length of a run of marks: the caller bounds it. */
size_t fold_compose(uint32_t *cp, size_t n, size_t room);

/** How long a value folded as a whole may be, in bytes. */
#define FOLD_VALUE_MAX 100

/** Fold a whole value, for an exact comparison: each character folded,
 *  punctuation kept, white space collapsed and trimmed, cut between
 *  characters.  Its length. */
size_t fold_value(char out[FOLD_VALUE_MAX], struct fold *f,
                  struct morgue_str value);

/** The version of Unicode the properties are of, as "15.0.0".  Static. */
const char *fold_unicode(void);

#endif
