/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * terms.c - an article into index terms
 *
 * Each token is looked up in the lexicon, which knows its terms; that word
 * and term marked with the article's number are in the article already tells
 * their slots in its lists.  An occurrence is noted as (slot, position); at
 * the end stems get the wdf of their words, the occurrences are dealt out to
 * their terms, which keeps them in order, and the terms are sorted by their
 * first eight bytes as a number, then by the rest.
 */
#include "terms.h"

#include <stdlib.h>

#include "order.h"
#include "words.h"

/* How many words ahead memory is asked for. */
enum { FETCH_AHEAD = 8 };

/* ---- the maker ---------------------------------------------------------- */

/* A word of the article. */
struct term_seen {
    struct word *word;
    uint32_t term; /* the slot of its raw term */
    uint32_t wdf;  /* of it and its stems */
};

/* A term of the article. */
struct term_entry {
    const struct lexeme *lexeme;
    uint32_t wdf, pos_n;
    size_t pos_at; /* where its positions are in `pos` */
};

/* One position of a term. */
struct occurrence {
    uint32_t slot, pos;
};

struct term_maker {
    struct word_maker *words;
    struct lexicon *lexicon; /* of the words */
    uint32_t number;         /* of the article; marks its words and terms */
    struct term_seen *seen;
    size_t seen_n, seen_cap;
    struct term_entry *entry;
    size_t entry_n, entry_cap;
    struct occurrence *occ;
    size_t occ_n, occ_cap;
    uint32_t *pos; /* as many as there are occurrences */
    size_t pos_cap;
    struct term_order *order; /* twice as many as there are terms */
    size_t order_cap;
    struct term *term;
    size_t term_cap;
    struct stem_word *stem_word;
    size_t stem_word_cap;
};

enum morgue_status
term_maker_new(struct term_maker **out, struct morgue_error *err)
{
    struct term_maker *m = calloc(1, sizeof *m);
    enum morgue_status st;

    *out = NULL;
    if (!m)
        return error_nomem(err);
    st = word_maker_new(&m->words, err);
    if (st) {
        term_maker_free(m);
        return st;
    }
    m->lexicon = word_maker_lexicon(m->words);
    *out = m;
    return MORGUE_OK;
}

void
term_maker_free(struct term_maker *m)
{
    if (!m)
        return;
    word_maker_free(m->words);
    free(m->seen);
    free(m->entry);
    free(m->occ);
    free(m->pos);
    free(m->order);
    free(m->term);
    free(m->stem_word);
    free(m);
}

/* ---- gathering ---------------------------------------------------------- */

static enum morgue_status
entry_add(struct term_maker *m, struct lexeme *l, struct morgue_error *err)
{
    struct term_entry *entry =
        list_grown(m->entry, &m->entry_cap, m->entry_n + 1, sizeof *entry);

    if (!entry)
        return error_nomem(err);
    m->entry = entry;
    l->mark = m->number;
    l->slot = (uint32_t)m->entry_n;
    entry[m->entry_n++] = (struct term_entry){.lexeme = l};
    return MORGUE_OK;
}

/* Count `wdf` more of a term. */
static enum morgue_status
count(struct term_maker *m, struct lexeme *l, uint32_t wdf,
      struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    if (l->mark != m->number)
        st = entry_add(m, l, err);
    if (!st)
        m->entry[l->slot].wdf += wdf;
    return st;
}

static enum morgue_status
note(struct term_maker *m, uint32_t slot, uint32_t pos,
     struct morgue_error *err)
{
    struct occurrence *occ =
        list_grown(m->occ, &m->occ_cap, m->occ_n + 1, sizeof *occ);

    if (!occ)
        return error_nomem(err);
    m->occ = occ;
    occ[m->occ_n++] = (struct occurrence){.slot = slot, .pos = pos};
    m->entry[slot].pos_n++;
    return MORGUE_OK;
}

static enum morgue_status
see(struct term_maker *m, struct word *w, struct morgue_error *err)
{
    struct term_seen *seen =
        list_grown(m->seen, &m->seen_cap, m->seen_n + 1, sizeof *seen);
    enum morgue_status st;

    if (!seen)
        return error_nomem(err);
    m->seen = seen;
    st = count(m, w->raw, 0, err);
    if (st)
        return st;
    w->mark = m->number;
    w->slot = (uint32_t)m->seen_n;
    seen[m->seen_n++] = (struct term_seen){.word = w, .term = w->raw->slot};
    return MORGUE_OK;
}

/* The unprefixed terms of a word. */
static enum morgue_status
add_text(struct term_maker *m, const struct word_use *use, uint32_t wdf,
         struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct term_seen *seen;

    if (use->word->mark != m->number)
        st = see(m, use->word, err);
    if (st)
        return st;
    seen = m->seen + use->word->slot;
    seen->wdf += wdf;
    return note(m, seen->term, use->pos, err);
}

/* Count the title's own term for `of`, into *own. */
static enum morgue_status
add_title_term(struct lexeme **own, struct term_maker *m,
               const struct lexeme *of, struct morgue_error *err)
{
    enum morgue_status st = lexicon_title_term(own, m->lexicon, of, err);

    return st ? st : count(m, *own, 1, err);
}

/* The terms of a word in the title's own name. */
static enum morgue_status
add_title(struct term_maker *m, const struct word_use *use,
          struct morgue_error *err)
{
    const struct word *w = use->word;
    struct lexeme *l;
    enum morgue_status st = add_title_term(&l, m, w->raw, err);

    if (!st)
        st = note(m, l->slot, use->pos, err);
    for (size_t i = 0; i < 2 && w->stem[i] && !st; i++)
        st = add_title_term(&l, m, w->stem[i], err);
    return st;
}

static enum morgue_status
add_other(struct term_maker *m, const struct term_use *use,
          struct morgue_error *err)
{
    enum morgue_status st = count(m, use->lexeme, use->wdf, err);

    if (st || use->pos == 0)
        return st;
    return note(m, use->lexeme->slot, use->pos, err);
}

static enum morgue_status
gather(struct term_maker *m, const struct word_list *words,
       struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < words->n && !st; i++) {
        bool title = i < words->title_n;

        if (i + FETCH_AHEAD < words->n)
            LEXICON_FETCH(words->use[i + FETCH_AHEAD].word->raw);

        if (words->use[i].word->boundary) {
            st = add_text(m, words->use + i, 0, err);
            continue;
        }
        st = add_text(m, words->use + i, title ? FIELD_TITLE_WDF : 1, err);
        if (title && !st)
            st = add_title(m, words->use + i, err);
    }
    for (size_t i = 0; i < words->other_n && !st; i++)
        st = add_other(m, words->other + i, err);
    return st;
}

/* ---- finishing ---------------------------------------------------------- */

/* Give the words' counts to their terms. */
static enum morgue_status
count_words(struct term_maker *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < m->seen_n && !st; i++) {
        const struct term_seen *seen = m->seen + i;

        if (i + FETCH_AHEAD < m->seen_n)
            LEXICON_FETCH(m->seen[i + FETCH_AHEAD].word->stem[0]);
        m->entry[seen->term].wdf += seen->wdf;
        for (size_t k = 0; k < 2 && seen->word->stem[k] && !st; k++)
            st = count(m, seen->word->stem[k], seen->wdf, err);
    }
    return st;
}

/* Deal the positions out to their terms. */
static enum morgue_status
deal(struct term_maker *m, struct morgue_error *err)
{
    uint32_t *pos = list_grown(m->pos, &m->pos_cap, m->occ_n, sizeof *pos);
    size_t at = 0;

    if (!pos && m->occ_n > 0)
        return error_nomem(err);
    m->pos = pos;
    for (size_t i = 0; i < m->entry_n; i++) {
        m->entry[i].pos_at = at;
        at += m->entry[i].pos_n;
        m->entry[i].pos_n = 0;
    }
    for (size_t i = 0; i < m->occ_n; i++) {
        struct term_entry *e = m->entry + m->occ[i].slot;
        uint32_t *to = pos + e->pos_at + e->pos_n;

        /* a compound that was cut may be what its last part was cut to */
        if (e->pos_n > 0 && to[-1] == m->occ[i].pos)
            continue;
        *to = m->occ[i].pos;
        e->pos_n++;
    }
    return MORGUE_OK;
}

static void
write_term(struct term *out, const struct term_maker *m,
           const struct term_entry *e)
{
    *out = (struct term){.s = e->lexeme->s,
                         .len = e->lexeme->len,
                         .wdf = e->wdf,
                         .pos = m->pos + e->pos_at,
                         .pos_n = e->pos_n,
                         .hash = e->lexeme->hash};
}

/* Write the terms in order. */
static enum morgue_status
list(struct term_list *out, struct term_maker *m, struct morgue_error *err)
{
    size_t n = m->entry_n;
    struct term_order *order =
        list_grown(m->order, &m->order_cap, 2 * n, sizeof *order);
    struct term *term;

    if (order)
        m->order = order;
    term = list_grown(m->term, &m->term_cap, n, sizeof *term);
    if (term)
        m->term = term;
    if (n > 0 && (!order || !term))
        return error_nomem(err);
    for (size_t i = 0; i < n; i++)
        order[i] = term_order_of(m->entry[i].lexeme, (uint32_t)i);
    order = term_sort(order, order + n, n);
    *out = (struct term_list){.term = term, .n = n};
    for (size_t i = 0; i < n; i++) {
        write_term(term + i, m, m->entry + order[i].slot);
        out->length += term[i].wdf;
    }
    return MORGUE_OK;
}

static struct morgue_str
bytes_of(const struct lexeme *l)
{
    return str_slice(l->s, l->len);
}

/* Tell of the words that are new, which are marked by their number of uses. */
static enum morgue_status
tell_stems(struct term_list *out, struct term_maker *m,
           struct morgue_error *err)
{
    struct stem_word *to =
        list_grown(m->stem_word, &m->stem_word_cap, 2 * m->seen_n, sizeof *to);

    if (!to && m->seen_n > 0)
        return error_nomem(err);
    m->stem_word = to;
    for (size_t i = 0; i < m->seen_n; i++) {
        const struct word *w = m->seen[i].word;

        for (size_t k = 0; w->uses == 0 && k < 2 && w->stem[k]; k++)
            *to++ = (struct stem_word){.stem = bytes_of(w->stem[k]),
                                       .word = bytes_of(w->raw)};
        m->seen[i].word->uses = 1;
    }
    out->stem_word = m->stem_word;
    out->stem_word_n = (size_t)(to - m->stem_word);
    return MORGUE_OK;
}

/* Begin with an article. */
static void
begin(struct term_maker *m)
{
    lexicon_trim(m->lexicon);
    m->number++;
    if (m->number == 0) { /* old marks would count again */
        lexicon_clear(m->lexicon);
        m->number = 1;
    }
    m->seen_n = m->entry_n = m->occ_n = 0;
}

enum morgue_status
term_maker_run(struct term_list *out, struct term_maker *m,
               const struct morgue_article *article, struct morgue_error *err)
{
    struct word_list words;
    enum morgue_status st;

    *out = (struct term_list){.n = 0};
    begin(m);
    st = word_maker_run(&words, m->words, article, err);
    if (!st)
        st = gather(m, &words, err);
    if (!st)
        st = count_words(m, err);
    if (!st)
        st = deal(m, err);
    if (!st)
        st = list(out, m, err);
    if (!st)
        st = tell_stems(out, m, err);
    if (!st) {
        out->words = words.tokens;
        out->body_words = words.body_words;
    }
    return st;
}

struct word_maker *
term_maker_words(struct term_maker *m)
{
    return m->words;
}
