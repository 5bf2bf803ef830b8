/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * piece.h - the tokenizer's reader of single characters and runs of letters
 *
 * A piece is a run of letters, digits and their marks: what is left of a word
 * when it is cut at each apostrophe, hyphen, stop, comma and ampersand.  How
 * pieces make up words is token.c's.
 */
#ifndef MORGUE_TEXT_PIECE_H
#define MORGUE_TEXT_PIECE_H

#include "fold.h"
#include "token.h"

/** Where text is read from. */
struct piece_reader {
    struct fold *fold;
    const char *end;
};

/** One character of a text. */
struct glyph {
    const struct fold_char *fold; /* lent until the next character is read */
    uint32_t cp;
    uint8_t class, flags; /* as of `fold` */
    uint8_t len;          /* bytes of the text; 0 at its end */
};

/** Used by glyph_at. */
struct glyph glyph_other(const struct piece_reader *r, const char *p);

/** The character at `p`.  At the end, and for a byte that is not UTF-8, its
 *  class is FOLD_OTHER. */
static inline struct glyph
glyph_at(const struct piece_reader *r, const char *p)
{
    struct glyph g = {.len = 1};

    if (p == r->end || (unsigned char)*p >= 0x80)
        return glyph_other(r, p);
    g.cp = (unsigned char)*p;
    g.fold = fold_get(r->fold, g.cp);
    g.class = g.fold->class;
    g.flags = g.fold->flags;
    return g;
}

/** The two forms of a word while it is put together. */
struct form {
    char s[TOKEN_MAX + FOLD_LEN], lower[TOKEN_MAX + FOLD_LEN];
    uint32_t len, lower_len;
    bool differs;          /* `lower` is not what `s` is */
    bool full, lower_full; /* something did not fit: nothing more is added */
};

/** Empty it. */
static inline void
form_reset(struct form *f)
{
    f->len = f->lower_len = 0;
    f->differs = f->full = f->lower_full = false;
}

/** Append a character's mappings. */
void form_add(struct form *f, const struct fold_char *c);

/** Append one ASCII character that folds to itself. */
void form_char(struct form *f, char c);

/** Append another word. */
void form_join(struct form *f, const struct form *other);

struct piece {
    const char *start, *end; /* the bytes that show it */
    const char *next;        /* what follows, ignored characters passed over */
    uint32_t n;              /* letters and digits in it */
    bool letters, digits;    /* it has some */
    bool upper;              /* begins with a capital */
    bool ends_in_letter;
};

/** Read the piece that begins with the letter or digit at `p`, its forms into
 *  *form. */
void piece_read(struct piece *out, struct form *form,
                const struct piece_reader *r, const char *p);

/** Read one unit of an n-gram script: the character at `p` and what belongs to
 *  it.  `n` stays 0. */
void piece_read_unit(struct piece *out, struct form *form,
                     const struct piece_reader *r, const char *p);

/** Where the next line's first word begins, if `p` (behind a hyphen) is the
 *  end of a line but for blanks, and the next is not empty; else NULL. */
const char *piece_next_line(const struct piece_reader *r, const char *p);

#endif
