/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * piece.c - runs of letters, digits and marks
 *
 * A piece is read in one pass that adds up the mappings of its characters.
 * Where one of them is a mark that may change what is before it, the piece is
 * made once more from its composed form, so that composed and decomposed text
 * give the same word.  Of such a piece at most FOLD_RUN_MAX characters count,
 * and MARKS_MAX marks in a row.
 */
#include "piece.h"

#include "../base/utf8.h"

/* Unicode's own limit for text that is fit for streams (UAX #15). */
enum { MARKS_MAX = 30 };

struct glyph
glyph_other(const struct piece_reader *r, const char *p)
{
    struct glyph g = {.class = FOLD_OTHER};

    if (p == r->end)
        return g;
    g.len = (uint8_t)utf8_decode(p, r->end, &g.cp, NULL);
    g.fold = fold_get(r->fold, g.cp);
    g.class = g.fold->class;
    g.flags = g.fold->flags;
    return g;
}

/* ---- forms -------------------------------------------------------------- */

void
form_add(struct form *f, const struct fold_char *c)
{
    if (f->len + c->folded_len > TOKEN_MAX)
        f->full = true;
    if (!f->full) { /* all of its room: a copy of known length is fast */
        memcpy(f->s + f->len, c->folded, FOLD_LEN);
        f->len += c->folded_len;
    }
    if (f->full || f->lower_len + c->lower_len > TOKEN_MAX)
        f->lower_full = true;
    if (!f->lower_full) {
        memcpy(f->lower + f->lower_len, c->lower, FOLD_LEN);
        f->lower_len += c->lower_len;
    }
    f->differs = f->differs || (c->flags & FOLD_DIFFERS);
}

void
form_char(struct form *f, char c)
{
    struct fold_char one = {
        .lower = {c}, .folded = {c}, .lower_len = 1, .folded_len = 1};

    form_add(f, &one);
}

/* Append what fits of `more`, between characters.  False where some did not.
 */
static bool
append(char *s, uint32_t *len, const char *more, uint32_t more_len)
{
    size_t fits = utf8_floor(str_slice(more, more_len), TOKEN_MAX - *len);

    memcpy(s + *len, more, fits);
    *len += (uint32_t)fits;
    return fits == more_len;
}

void
form_join(struct form *f, const struct form *other)
{
    if (!f->full)
        f->full = !append(f->s, &f->len, other->s, other->len);
    if (!f->lower_full)
        f->lower_full =
            !append(f->lower, &f->lower_len, other->lower, other->lower_len);
    if (other->full)
        f->full = true;
    if (other->lower_full)
        f->lower_full = true;
    if (other->differs)
        f->differs = true;
}

/* ---- composing ---------------------------------------------------------- */

/* Make the form anew from its `n` characters. */
static void
remake(struct form *form, const struct piece_reader *r, uint32_t *cp, size_t n)
{
    form_reset(form);
    n = fold_compose(cp, n, FOLD_RUN_MAX);
    for (size_t i = 0; i < n; i++)
        form_add(form, fold_get(r->fold, cp[i]));
}

static bool
is_of_word(const struct glyph *g)
{
    return g->class == FOLD_LETTER || g->class == FOLD_DIGIT ||
           g->class == FOLD_MARK || g->class == FOLD_NGRAM ||
           g->class == FOLD_EXTEND;
}

/* Make the form of the bytes from `p` to `end` by way of their composed
 * form.  What the first pass left out is of other classes. */
static void
compose(struct form *form, const struct piece_reader *r, const char *p,
        const char *end)
{
    uint32_t cp[FOLD_RUN_MAX];
    size_t n = 0, marks = 0;

    while (p < end && n < FOLD_RUN_MAX) {
        struct glyph g = glyph_at(r, p);
        bool mark = g.class == FOLD_MARK || g.class == FOLD_EXTEND;

        p += g.len;
        if (!is_of_word(&g))
            continue;
        marks = mark ? marks + 1 : 0;
        if (marks <= MARKS_MAX)
            cp[n++] = g.cp;
    }
    remake(form, r, cp, n);
}

/* ---- pieces ------------------------------------------------------------- */

static const char *
skip_blanks(const struct piece_reader *r, const char *p)
{
    while (p < r->end && (*p == ' ' || *p == '\t'))
        p++;
    return p;
}

const char *
piece_next_line(const struct piece_reader *r, const char *p)
{
    p = skip_blanks(r, p);
    if (p < r->end && *p == '\r')
        p++;
    if (p == r->end || *p != '\n')
        return NULL;
    p = skip_blanks(r, p + 1);
    return p < r->end && *p != '\r' && *p != '\n' ? p : NULL;
}

/* Where the word goes on that is hyphenated before `p`, at a line's end; NULL
 * where it does not. */
static const char *
hyphenated(const struct piece_reader *r, const char *p)
{
    const char *q = piece_next_line(r, p);
    struct glyph g;

    if (!q)
        return NULL;
    g = glyph_at(r, q);
    return g.class == FOLD_LETTER && !(g.flags & FOLD_UPPER) ? q : NULL;
}

/* Where the piece goes on behind the character `g` at `p`, which is no letter,
 * digit or mark; NULL where it ends.  `last` is the character before. */
static const char *
pass(const struct piece_reader *r, const struct glyph *g, const char *p,
     const struct glyph *last)
{
    const char *after = p + g->len, *on = NULL;
    struct glyph next;

    switch (g->class) {
    case FOLD_IGNORED:
        return after;
    case FOLD_SOFTHYPHEN:
        on = hyphenated(r, after);
        return on ? on : after;
    case FOLD_HYPHEN:
        return last->class == FOLD_DIGIT ? NULL : hyphenated(r, after);
    case FOLD_GERESH:
        if (!(last->flags & FOLD_HEBREW))
            return NULL;
        next = glyph_at(r, after);
        return next.flags & FOLD_HEBREW ? after : NULL;
    case FOLD_MIDDOT:
        next = glyph_at(r, after);
        return (last->cp | 0x20) == 'l' && (next.cp | 0x20) == 'l' ? after
                                                                   : NULL;
    default:
        return NULL;
    }
}

static void
count(struct piece *out, const struct glyph *g)
{
    if (g->class == FOLD_MARK)
        return;
    if (out->n == 0)
        out->upper = (g->flags & FOLD_UPPER) != 0;
    out->n += out->n < UINT32_MAX;
    out->ends_in_letter = g->class == FOLD_LETTER;
    if (out->ends_in_letter)
        out->letters = true;
    else
        out->digits = true;
}

void
piece_read(struct piece *out, struct form *form, const struct piece_reader *r,
           const char *p)
{
    struct glyph last = {.class = FOLD_OTHER};
    const char *on;
    bool composes = false;

    form_reset(form);
    *out = (struct piece){.start = p, .end = p};
    for (;;) {
        struct glyph g = glyph_at(r, p);

        if (g.class == FOLD_LETTER || g.class == FOLD_DIGIT ||
            g.class == FOLD_MARK) {
            form_add(form, g.fold);
            count(out, &g);
            composes |= (g.flags & FOLD_COMPOSES) != 0;
            p += g.len;
            out->end = p;
            last = g;
            continue;
        }
        on = pass(r, &g, p, &last);
        if (!on)
            break;
        p = on;
    }
    out->next = p;
    if (composes)
        compose(form, r, out->start, out->end);
}

/* What does not end a run of an n-gram script; the zero width space shows
 * where a line may be broken. */
static bool
is_unseen(const struct glyph *g)
{
    return g->class == FOLD_IGNORED || g->cp == 0x200B;
}

void
piece_read_unit(struct piece *out, struct form *form,
                const struct piece_reader *r, const char *p)
{
    struct glyph g = glyph_at(r, p);
    bool composes = (g.flags & FOLD_COMPOSES) != 0;

    form_reset(form);
    *out = (struct piece){.start = p};
    do {
        if (!is_unseen(&g)) {
            form_add(form, g.fold);
            out->end = p + g.len;
        }
        p += g.len;
        g = glyph_at(r, p);
        composes |= (g.flags & FOLD_COMPOSES) != 0;
    } while (g.class == FOLD_EXTEND || g.class == FOLD_MARK || is_unseen(&g));
    out->next = p;
    if (composes)
        compose(form, r, out->start, out->end);
}
