/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.c - an article into the words it uses, in the order of its text
 *
 * Tokens come in batches and are looked up in the lexicon together.
 */
#include "words.h"

#include <stdlib.h>

#include "../base/hash.h"
#include "position.h"
#include "term.h"

/* No list grows longer than this many items. */
static const size_t list_max = (size_t)1 << 27;

struct word_maker {
    struct tokenizer *tokenizer;
    struct lexicon *lexicon;
    int lang; /* of the article */
    char code[LANG_MAX];
    struct position_scan scan; /* of the text at hand */
    struct word *boundary[2];  /* by enum boundary */
    size_t tokens;
    struct word_use *use;
    size_t use_n, use_cap;
    struct term_use *other;
    size_t other_n, other_cap;
    struct lexeme *address; /* the term of the article's; it is lent */
};

enum morgue_status
word_maker_new(struct word_maker **out, struct morgue_error *err)
{
    struct word_maker *m = calloc(1, sizeof *m);
    enum morgue_status st;

    *out = NULL;
    if (!m)
        return error_nomem(err);
    m->address = malloc(sizeof *m->address + TERM_MAX);
    st = m->address ? tokenizer_new(&m->tokenizer, err) : error_nomem(err);
    if (!st)
        st = lexicon_new(&m->lexicon, err);
    if (st) {
        word_maker_free(m);
        return st;
    }
    *out = m;
    return MORGUE_OK;
}

void
word_maker_free(struct word_maker *m)
{
    if (!m)
        return;
    tokenizer_free(m->tokenizer);
    lexicon_free(m->lexicon);
    free(m->use);
    free(m->other);
    free(m->address);
    free(m);
}

struct lexicon *
word_maker_lexicon(struct word_maker *m)
{
    return m->lexicon;
}

void
word_maker_trim(struct word_maker *m)
{
    lexicon_trim(m->lexicon);
}

void *
list_grown(void *list, size_t *cap, size_t need, size_t size)
{
    size_t to = *cap ? *cap : 256;
    void *more;

    if (need <= *cap)
        return list;
    if (need > list_max)
        return NULL;
    while (to < need)
        to *= 2;
    more = realloc(list, to * size);
    if (more)
        *cap = to;
    return more;
}

/* ---- words -------------------------------------------------------------- */

static enum morgue_status
add_use(struct word_maker *m, struct term_use use, struct morgue_error *err)
{
    struct term_use *other =
        list_grown(m->other, &m->other_cap, m->other_n + 1, sizeof *other);

    if (!other)
        return error_nomem(err);
    m->other = other;
    other[m->other_n++] = use;
    return MORGUE_OK;
}

static enum morgue_status
add_other(struct word_maker *m, const char *prefix, struct morgue_str s,
          uint32_t pos, uint32_t wdf, struct morgue_error *err)
{
    struct lexeme *l;
    enum morgue_status st = lexicon_term(&l, m->lexicon, prefix, s, err);

    if (st)
        return st;
    return add_use(m, (struct term_use){.lexeme = l, .pos = pos, .wdf = wdf},
                   err);
}

/* ---- fields ------------------------------------------------------------- */

/* Note at `to` that a sentence, and it may be a paragraph, begins with the
 * word at `pos`.  What is behind that. */
static struct word_use *
begin_sentence(const struct word_maker *m, struct word_use *to, bool paragraph,
               uint32_t pos)
{
    to->word = m->boundary[BOUNDARY_SENTENCE];
    to++->pos = pos;
    if (paragraph) {
        to->word = m->boundary[BOUNDARY_PARAGRAPH];
        to++->pos = pos;
    }
    return to;
}

/* The words of `n` tokens; the first word of the text is at `pos`. */
static enum morgue_status
use_batch(struct word_maker *m, const struct token *tok, size_t n,
          uint32_t pos, struct morgue_error *err)
{
    struct word *w[TOKEN_BATCH_MAX];
    /* each may begin a sentence and a paragraph, and be a plural */
    struct word_use *use =
        list_grown(m->use, &m->use_cap, m->use_n + 4 * n, sizeof *use);
    struct word_use *to;
    enum morgue_status st;

    if (!use)
        return error_nomem(err);
    m->use = use;
    to = use + m->use_n;
    st = lexicon_words(w, m->lexicon, m->lang, tok, n, err);
    if (st)
        return st;
    for (size_t i = 0; i < n; i++) {
        uint32_t at = pos + tok[i].position;
        bool paragraph;

        if (position_begins(&m->scan, tok[i].start, &paragraph))
            to = begin_sentence(m, to, paragraph, at);
        *to++ = (struct word_use){.word = w[i], .pos = at};
        if (w[i]->singular)
            *to++ = (struct word_use){.word = w[i]->singular, .pos = at};
    }
    m->use_n = (size_t)(to - use);
    return MORGUE_OK;
}

/* The terms of `n` tokens in the field's own name. */
static enum morgue_status
add_batch(struct word_maker *m, const struct field_info *field,
          const struct token *tok, size_t n, uint32_t pos,
          struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < n && !st; i++)
        st = add_other(m, field->prefix, str_slice(tok[i].s, tok[i].len),
                       pos + tok[i].position, 1, err);
    return st;
}

/* The words of one text of a field; *pos is the position of the first, and
 * becomes that of the next text's. */
static enum morgue_status
add_words(struct word_maker *m, const struct field_info *field,
          struct morgue_str text, uint32_t *pos, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    const struct token *tok;
    uint32_t next = *pos;
    size_t n;

    tokenizer_start(m->tokenizer, text, TOKEN_DOCUMENT);
    if (field->wdf > 0)
        position_start(&m->scan, field, tokenizer_fold(m->tokenizer), text,
                       m->code);
    for (n = tokenizer_batch(m->tokenizer, &tok); n > 0 && !st;
         n = tokenizer_batch(m->tokenizer, &tok)) {
        st = field->wdf > 0 ? use_batch(m, tok, n, *pos, err)
                            : add_batch(m, field, tok, n, *pos, err);
        next = position_behind(field, *pos, &tok[n - 1]);
        m->tokens += n;
    }
    *pos = next;
    return st;
}

/* The words of a field that has its values on lines. */
static enum morgue_status
add_lines(struct word_maker *m, const struct field_info *field,
          struct morgue_str value, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;
    uint32_t pos = POSITION_FIRST;

    while (!st && str_line(&value, &line))
        st = add_words(m, field, line, &pos, err);
    return st;
}

/* ---- whole values ------------------------------------------------------- */

static enum morgue_status
add_value(struct word_maker *m, const struct field_info *field,
          struct morgue_str value, struct morgue_error *err)
{
    char s[TERM_VALUE_MAX];
    size_t n = term_value_write(s, field, tokenizer_fold(m->tokenizer), value);

    if (n == 0)
        return MORGUE_OK;
    return add_other(m, field->prefix, str_slice(s, n), 0, 0, err);
}

/* The host of an address, and what that is in. */
static enum morgue_status
add_hosts(struct word_maker *m, struct morgue_str address,
          struct morgue_error *err)
{
    char s[ADDRESS_HEAD];
    struct morgue_str host = str_slice(s, address_host(s, address, false));
    enum morgue_status st = MORGUE_OK;

    if (host.len == 0)
        return MORGUE_OK;
    do
        st = add_other(m, FIELD_HOST_PREFIX, host, 0, 0, err);
    while (!st && address_parent(&host));
    return st;
}

static enum morgue_status
add_address(struct word_maker *m, const struct field_info *field,
            struct morgue_str value, struct morgue_error *err)
{
    struct lexeme *l = m->address;
    size_t prefix = strlen(field->prefix), n;
    enum morgue_status st;

    memset(l, 0, sizeof *l + TERM_MAX);
    n = address_write(l->s + prefix, value);
    if (n == 0)
        return MORGUE_OK;
    memcpy(l->s, field->prefix, prefix);
    l->len = (uint32_t)(prefix + n);
    l->hash = hash64(l->s, l->len);
    st = add_use(m, (struct term_use){.lexeme = l, .lent = true}, err);
    return st ? st : add_hosts(m, value, err);
}

/* ---- articles ----------------------------------------------------------- */

static enum morgue_status
add_field(struct word_maker *m, const struct field_info *field,
          struct morgue_str value, uint32_t *pos, struct morgue_error *err)
{
    if (!value.s)
        value = STR("");
    if (field->kind == FIELD_STORED)
        return MORGUE_OK;
    if (field->kind == FIELD_ADDRESS)
        return add_address(m, field, value, err);
    if (field->kind != FIELD_WORDS)
        return add_value(m, field, value, err);
    return field->wdf > 0 ? add_words(m, field, value, pos, err)
                          : add_lines(m, field, value, err);
}

/* Where the dateline or the body begins, which has words. */
static enum morgue_status
add_begin(struct word_maker *m, int f, uint32_t pos, struct morgue_error *err)
{
    return f == FIELD_BODY ? add_other(m, "", STR(TERM_BODY), pos, 0, err)
                           : add_other(m, "", STR(TERM_DATELINE), pos, 0, err);
}

static enum morgue_status
find_boundaries(struct word_maker *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (int i = BOUNDARY_SENTENCE; i <= BOUNDARY_PARAGRAPH && !st; i++)
        st = lexicon_boundary(&m->boundary[i], m->lexicon, (enum boundary)i,
                              err);
    return st;
}

enum morgue_status
word_maker_run(struct word_list *out, struct word_maker *m,
               const struct morgue_article *article, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    uint32_t pos = POSITION_FIRST;

    *out = (struct word_list){.n = 0};
    m->lang = stem_find(article->lang);
    stem_code(m->code, article->lang);
    m->tokens = m->use_n = m->other_n = 0;
    st = find_boundaries(m, err);
    for (int f = 0; f < FIELD_N && !st; f++) {
        uint32_t begin = pos;

        st = add_field(m, &field_info[f], record_get(article, (enum field)f),
                       &pos, err);
        if (f == FIELD_BODY && pos > begin)
            out->body_words = pos - begin - TERM_GAP;
        if (f == FIELD_TITLE)
            out->title_n = m->use_n;
        if (!st && pos > begin && (f == FIELD_BODY || f == FIELD_DATELINE))
            st = add_begin(m, f, begin, err);
    }
    out->use = m->use;
    out->n = m->use_n;
    out->other = m->other;
    out->other_n = m->other_n;
    out->tokens = m->tokens;
    return st;
}
