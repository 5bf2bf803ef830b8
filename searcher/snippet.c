/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet.c - the passage of an article that shows why it was found
 *
 * The body is read by the tokenizer that indexed it; a word is marked where
 * one of its terms is among those of the query, a phrase where its words
 * stand in a row.  Of all windows of SNIPPET_BYTES that begin with a mark the
 * one with most different items of the query wins, then the one with most
 * marks, then the first.  The window is moved back to the beginning of its
 * sentence (sentence.h, as the index has it) if that is near, and its ends are
 * put between words.
 *
 * Time is linear in the body.  At most MARKS_MAX marks are looked at.
 */
#include "snippet.h"

#include <stdlib.h>

#include "../common/base/utf8.h"
#include "../common/text/sentence.h"

enum {
    MARKS_MAX = 4096,
    LEAD = 60, /* bytes before the first mark, if no sentence begins */
    BACK = 110 /* how far back the beginning of the sentence may be */
};

/* A term of the query, in a table by its hash. */
struct sought_term {
    uint64_t hash;            /* 0: free */
    uint32_t item;            /* number of the struct sought */
    uint32_t part;            /* which term of a phrase; 0 for words */
    struct sought_term *next; /* the same term in another item */
};

/* A word that may be marked. */
struct mark {
    size_t start, end;
    uint32_t item;
};

/* A phrase that is under way: how many of its words stood in a row, and
 * where. */
struct sought_row {
    uint32_t matched, position; /* the last word's position */
    size_t start;
};

struct snippet_maker {
    const struct parsed *parsed;
    const struct parse_context *context;
    struct sought_term **table;
    size_t table_n; /* a power of 2 */
    struct sought_term *keys;
    struct sought_row *row; /* one for each item */
    uint32_t *seen;         /* scratch: how often an item is in a window */
    struct mark *mark;
    size_t mark_n;
};

/* ---- the terms of the query --------------------------------------------- */

static void
add_key(struct snippet_maker *m, struct sought_term *k, struct morgue_str term,
        size_t item, size_t part)
{
    struct sought_term **slot;

    k->hash = hash64(term.s, term.len);
    k->item = (uint32_t)item;
    k->part = (uint32_t)part;
    slot = &m->table[k->hash & (m->table_n - 1)];
    k->next = *slot;
    *slot = k;
}

static size_t
count_terms(const struct parsed *parsed)
{
    size_t n = 0;

    for (size_t i = 0; i < parsed->sought_n; i++)
        n += parsed->sought[i].term_n;
    return n;
}

enum morgue_status
snippet_maker_new(struct snippet_maker **out, const struct parsed *parsed,
                  const struct parse_context *context,
                  struct morgue_error *err)
{
    struct snippet_maker *m = calloc(1, sizeof *m);
    size_t n = count_terms(parsed), k = 0;

    *out = NULL;
    if (!m)
        return error_nomem(err);
    m->parsed = parsed;
    m->context = context;
    for (m->table_n = 16; m->table_n < n * 2; m->table_n *= 2)
        ;
    m->table = calloc(m->table_n, sizeof *m->table);
    m->keys = calloc(n + 1, sizeof *m->keys);
    m->row = calloc(parsed->sought_n + 1, sizeof *m->row);
    m->seen = calloc(parsed->sought_n + 1, sizeof *m->seen);
    m->mark = calloc(MARKS_MAX, sizeof *m->mark);
    if (!m->table || !m->keys || !m->row || !m->seen || !m->mark) {
        snippet_maker_free(m);
        return error_nomem(err);
    }
    for (size_t i = 0; i < parsed->sought_n; i++)
        for (size_t t = 0; t < parsed->sought[i].term_n; t++)
            add_key(m, &m->keys[k++], parsed->sought[i].term[t], i,
                    parsed->sought[i].phrase ? t : 0);
    *out = m;
    return MORGUE_OK;
}

void
snippet_maker_free(struct snippet_maker *m)
{
    if (!m)
        return;
    free(m->table);
    free(m->keys);
    free(m->row);
    free(m->seen);
    free(m->mark);
    free(m);
}

/* ---- marks -------------------------------------------------------------- */

static void
add_mark(struct snippet_maker *m, size_t start, size_t end, uint32_t item)
{
    if (m->mark_n < MARKS_MAX)
        m->mark[m->mark_n++] = (struct mark){start, end, item};
}

/* The next word of a phrase, or its first one again. */
static void
advance_row(struct snippet_maker *m, const struct sought_term *k,
            const struct token *tok)
{
    struct sought_row *row = &m->row[k->item];
    size_t n = m->parsed->sought[k->item].term_n;

    if (k->part == row->matched && row->matched > 0 &&
        tok->position == row->position + 1) {
        row->matched++;
        row->position = tok->position;
        if (row->matched == n) {
            add_mark(m, row->start, tok->end, k->item);
            row->matched = 0;
        }
    } else if (k->part == 0 &&
               !(row->matched > 1 && tok->position == row->position)) {
        *row = (struct sought_row){1, tok->position, tok->start};
    }
}

static void
match_term(struct snippet_maker *m, struct morgue_str term,
           const struct token *tok)
{
    uint64_t hash = hash64(term.s, term.len);

    for (const struct sought_term *k = m->table[hash & (m->table_n - 1)]; k;
         k = k->next) {
        if (k->hash != hash)
            continue;
        if (!m->parsed->sought[k->item].phrase)
            add_mark(m, tok->start, tok->end, k->item);
        else
            advance_row(m, k, tok);
    }
}

static enum morgue_status
match_token(struct snippet_maker *m, int lang, const struct token *tok,
            struct morgue_error *err)
{
    char term[STEM_SPACE_MAX + TOKEN_MAX];
    const size_t prefix = term_stem_space(term, "", lang);
    struct stems stems;
    enum morgue_status st;

    match_term(m, str_slice(tok->s, tok->len), tok);
    if (tok->flags & TOKEN_NGRAM)
        return MORGUE_OK;
    st = stemmer_stem(&stems, m->context->stemmer, lang, tok, err);
    for (size_t i = 0; i < stems.n && !st; i++) {
        memcpy(term + prefix, stems.stem[i].s, stems.stem[i].len);
        match_term(m, str_slice(term, prefix + stems.stem[i].len), tok);
    }
    return st;
}

static int
by_start(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

static enum morgue_status
find_marks(struct snippet_maker *m, const struct morgue_article *article,
           struct morgue_error *err)
{
    struct tokenizer *t = m->context->tokenizer;
    int lang = stem_find(article->lang);
    const struct token *tok;
    enum morgue_status st = MORGUE_OK;

    m->mark_n = 0;
    memset(m->row, 0, (m->parsed->sought_n + 1) * sizeof *m->row);
    tokenizer_start(t, article->body, TOKEN_DOCUMENT);
    for (tok = tokenizer_next(t); tok && !st && m->mark_n < MARKS_MAX;
         tok = tokenizer_next(t))
        st = match_token(m, lang, tok, err);
    qsort(m->mark, m->mark_n, sizeof *m->mark, by_start);
    return st;
}

/* ---- the window --------------------------------------------------------- */

/* The first mark of the best window. */
static size_t
best_window(struct snippet_maker *m)
{
    size_t best = 0, best_value = 0, distinct = 0;

    memset(m->seen, 0, (m->parsed->sought_n + 1) * sizeof *m->seen);
    for (size_t i = 0, j = 0; i < m->mark_n; i++) {
        size_t value;

        for (; j < m->mark_n &&
               m->mark[j].end <= m->mark[i].start + SNIPPET_BYTES - LEAD;
             j++)
            distinct += m->seen[m->mark[j].item]++ == 0;
        value = distinct * 1000 + (j > i ? j - i : 0);
        if (value > best_value) {
            best_value = value;
            best = i;
        }
        if (j > i)
            distinct -= --m->seen[m->mark[i].item] == 0;
        else
            j = i + 1;
    }
    return best;
}

/* Where the sentence begins that the byte at `at` is in. */
static size_t
sentence_of(const struct snippet_maker *m,
            const struct morgue_article *article, size_t at)
{
    struct sentence_scan scan;
    char lang[LANG_MAX];
    size_t begin = 0, next;
    bool paragraph;

    stem_code(lang, article->lang);
    sentence_scan_init(&scan, tokenizer_fold(m->context->tokenizer),
                       article->body, lang);
    while (sentence_next(&scan, &next, &paragraph) && next <= at)
        begin = next;
    return begin;
}

/* Where the window begins whose first mark is at `mark`. */
static size_t
window_start(const struct snippet_maker *m,
             const struct morgue_article *article, size_t mark)
{
    struct morgue_str body = article->body;
    size_t at = sentence_of(m, article, mark);

    if (mark - at <= BACK)
        return at;
    at = utf8_floor(body, mark - LEAD);
    for (size_t i = at; i < mark; i++)
        if (is_space(body.s[i]))
            return i + 1;
    return at;
}

/* Where a window from `start` ends that has everything up to `need`. */
static size_t
window_end(struct morgue_str body, size_t start, size_t need)
{
    size_t end = start + SNIPPET_BYTES;

    if (end < need)
        end = need;
    if (end >= body.len)
        return body.len;
    for (size_t i = end; i > need && i > end - 40; i--)
        if (is_space(body.s[i]))
            return i;
    return utf8_floor(body, end) < need ? need : utf8_floor(body, end);
}

/* ---- the text ----------------------------------------------------------- */

/* Copy the window with each run of white space and controls as one space, and
 * the marks with it. */
static enum morgue_status
copy_window(struct morgue_snippet *out, struct snippet_maker *m,
            struct arena *arena, struct morgue_str body, size_t start,
            size_t end, struct morgue_error *err)
{
    char *text = arena_alloc(arena, end - start + 1);
    struct morgue_span *span = arena_zero(arena, m->mark_n + 1, sizeof *span);
    size_t len = 0, n = 0, k = 0;
    bool open = false;

    if (!text || !span)
        return error_nomem(err);
    for (size_t i = start; i <= end; i++) {
        if (open && i >= m->mark[k].end) {
            span[n++].end = len;
            open = false;
        }
        /* Marks that begin inside of one before are part of it. */
        while (k < m->mark_n && !open && m->mark[k].start < i)
            k++;
        if (i == end)
            break;
        if ((unsigned char)body.s[i] <= ' ' || body.s[i] == 0x7f) {
            if (len > 0 && text[len - 1] != ' ')
                text[len++] = ' ';
            continue;
        }
        if (!open && k < m->mark_n && m->mark[k].start == i &&
            m->mark[k].end <= end) {
            span[n].start = len;
            open = true;
        }
        text[len++] = body.s[i];
    }
    if (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    out->text = str_slice(text, len);
    out->mark = span;
    out->mark_n = n;
    return MORGUE_OK;
}

static bool
blank(struct morgue_str s)
{
    return str_trim(s).len == 0;
}

enum morgue_status
snippet_make(struct morgue_snippet *out, struct snippet_maker *m,
             struct arena *arena, const struct morgue_article *article,
             struct morgue_error *err)
{
    struct morgue_str body = article->body;
    size_t start = 0, need = 0, end, i;
    enum morgue_status st;

    *out = (struct morgue_snippet)MORGUE_SNIPPET_INIT;
    out->text = STR("");
    if (body.len == 0)
        return MORGUE_OK;
    st = find_marks(m, article, err);
    if (st)
        return st;
    if (m->mark_n > 0) {
        i = best_window(m);
        start = window_start(m, article, m->mark[i].start);
        need = m->mark[i].end;
    } else {
        while (start < body.len && is_space(body.s[start]))
            start++;
    }
    end = window_end(body, start, need);
    out->starts_inside = !blank(str_slice(body.s, start));
    out->ends_inside = !blank(str_slice(body.s + end, body.len - end));
    return copy_window(out, m, arena, body, start, end, err);
}
