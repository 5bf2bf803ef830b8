/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sought.c - where terms that are looked for stand in an article's text
 *
 * Terms are in a table by their hash, with chains.  A word of the text is
 * looked up as it stands and by its stems, in the title by the title's own
 * terms too.  Fields that nothing is looked for in are not read, but where
 * they count in the positions of others.
 */
#include "sought.h"

#include <stdlib.h>

#include "../../common/base/hash.h"
#include "../../common/text/position.h"
#include "../../common/text/term.h"
#include "../../common/text/words.h"

enum { TABLE_MIN = 16 };

void
sought_init(struct sought *s, struct tokenizer *tokenizer,
            struct stemmer *stemmer)
{
    *s = (struct sought){.tokenizer = tokenizer, .stemmer = stemmer};
    arena_init(&s->arena, SIZE_MAX / 2);
}

void
sought_free(struct sought *s)
{
    for (size_t i = 0; i < s->table_n; i++)
        for (struct sought_term *t = s->table[i]; t; t = t->next)
            free(t->spot);
    free(s->table);
    arena_free(&s->arena);
}

/* ---- the terms ---------------------------------------------------------- */

static struct sought_term *
find(const struct sought *s, struct morgue_str term, uint64_t hash)
{
    struct sought_term *t =
        s->table_n > 0 ? s->table[hash & (s->table_n - 1)] : NULL;

    while (t && (t->hash != hash || !str_eq(t->term, term)))
        t = t->next;
    return t;
}

static void
put(struct sought *s, struct sought_term *t)
{
    struct sought_term **slot = &s->table[t->hash & (s->table_n - 1)];

    t->next = *slot;
    *slot = t;
}

/* Room for one more term; false when out of memory. */
static bool
widen(struct sought *s)
{
    struct sought_term **old = s->table;
    size_t n = s->table_n;

    if (s->n * 2 < n)
        return true;
    s->table_n = n > 0 ? n * 2 : TABLE_MIN;
    s->table = calloc(s->table_n, sizeof *s->table);
    if (!s->table) {
        s->table = old;
        s->table_n = n;
        return false;
    }
    for (size_t i = 0; i < n; i++)
        for (struct sought_term *t = old[i], *next; t; t = next) {
            next = t->next;
            put(s, t);
        }
    free(old);
    return true;
}

/* Note what kind of term it is (term.h): of which field, whether a stem. */
static bool
know_kind(struct sought *s, struct morgue_str term)
{
    const bool stem = str_starts(term, STR(TERM_STEM_PREFIX));
    size_t from = stem ? sizeof TERM_STEM_PREFIX - 1 : 0, at = from;
    struct morgue_str prefix;

    s->stems = s->stems || stem;
    while (at < term.len && term.s[at] >= 'A' && term.s[at] <= 'Z')
        at++;
    if (at == from)
        return true;
    at += !stem && at < term.len && term.s[at] == ':';
    prefix = str_slice(term.s + from, at - from);
    if (str_eq(prefix, STR(FIELD_HOST_PREFIX)))
        prefix = STR(FIELD_URL_PREFIX); /* whose hosts they are */
    for (int f = 0; f < FIELD_N; f++)
        if (field_info[f].kind != FIELD_STORED &&
            str_eq(prefix, str_of(field_info[f].prefix))) {
            s->own |= 1u << f;
            return true;
        }
    s->marks = s->marks || str_starts(term, STR(TERM_MARKS));
    return str_starts(term, STR(TERM_MARKS));
}

_Static_assert(FIELD_N <= 32, "a field has its bit");

struct sought_term *
sought_add(struct sought *s, struct morgue_str term)
{
    uint64_t hash = hash64(term.s, term.len);
    struct sought_term *t = find(s, term, hash);

    if (t || !widen(s))
        return t;
    t = arena_zero(&s->arena, 1, sizeof *t);
    if (!t || !arena_str(&s->arena, term, &t->term))
        return NULL;
    t->hash = hash;
    t->known = know_kind(s, t->term);
    put(s, t);
    s->n++;
    return t;
}

const struct sought_term *
sought_find(const struct sought *s, struct morgue_str term)
{
    return find(s, term, hash64(term.s, term.len));
}

/* ---- reading ------------------------------------------------------------ */

/* The text that is read. */
struct sought_text {
    struct sought *s;
    int lang; /* of the article */
    char code[LANG_MAX];
    enum field field;
    size_t base; /* where the text begins in the field */
    struct morgue_error *err;
};

static bool
is_enough(const struct sought *s)
{
    return s->spot_n >= SOUGHT_SPOTS_MAX || (s->few && s->few_n >= SOUGHT_FEW);
}

/* The article has the term; `pos` and the bytes of `tok` say where. */
static enum morgue_status
add_spot(struct sought_text *x, struct sought_term *t, uint32_t pos,
         const struct token *tok)
{
    struct sought *s = x->s;
    struct term_spot *spot, *last = t->n > 0 ? &t->spot[t->n - 1] : NULL;
    const uint32_t start = (uint32_t)(x->base + tok->start);
    const uint32_t end = (uint32_t)(x->base + tok->end);

    t->there = true;
    if (last && last->pos == pos) {
        last->start = start < last->start ? start : last->start;
        last->end = end > last->end ? end : last->end;
        return MORGUE_OK;
    }
    if (!t->needed && s->few_n >= SOUGHT_FEW)
        return MORGUE_OK;
    spot = list_grown(t->spot, &t->cap, t->n + 1, sizeof *spot);
    if (!spot)
        return error_nomem(x->err);
    t->spot = spot;
    spot[t->n++] = (struct term_spot){
        .pos = pos, .start = start, .end = end, .field = (uint32_t)x->field};
    s->spot_n++;
    s->few_n += !t->needed;
    return MORGUE_OK;
}

static enum morgue_status
look_up(struct sought_text *x, struct morgue_str term, uint32_t pos,
        const struct token *tok)
{
    struct sought_term *t = find(x->s, term, hash64(term.s, term.len));

    return t ? add_spot(x, t, pos, tok) : MORGUE_OK;
}

/* The word under the prefix of a field, or "". */
static enum morgue_status
look_up_word(struct sought_text *x, const char *prefix, uint32_t pos,
             const struct token *tok)
{
    char term[STEM_SPACE_MAX + TOKEN_MAX];
    size_t len = strlen(prefix);

    if (len == 0)
        return look_up(x, str_slice(tok->s, tok->len), pos, tok);
    memcpy(term, prefix, len);
    memcpy(term + len, tok->s, tok->len);
    return look_up(x, str_slice(term, len + tok->len), pos, tok);
}

static enum morgue_status
look_up_stems(struct sought_text *x, const char *prefix, uint32_t pos,
              const struct token *tok, const struct stems *stems)
{
    char term[STEM_SPACE_MAX + TOKEN_MAX];
    const size_t len = term_stem_space(term, prefix, x->lang);
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < stems->n && !st; i++) {
        memcpy(term + len, stems->stem[i].s, stems->stem[i].len);
        st = look_up(x, str_slice(term, len + stems->stem[i].len), pos, tok);
    }
    return st;
}

/* All that a word of the field is looked for as. */
static enum morgue_status
read_word(struct sought_text *x, uint32_t pos, const struct token *tok)
{
    const struct field_info *f = &field_info[x->field];
    const bool own = x->s->own >> x->field & 1, all = f->wdf > 0;
    enum morgue_status st = MORGUE_OK;
    struct stems stems;

    if (all)
        st = look_up_word(x, "", pos, tok);
    if (!st && own)
        st = look_up_word(x, f->prefix, pos, tok);
    if (st || !x->s->stems || !all || (tok->flags & TOKEN_NGRAM))
        return st;
    st = stemmer_stem(&stems, x->s->stemmer, x->lang, tok, x->err);
    if (!st)
        st = look_up_stems(x, "", pos, tok, &stems);
    if (!st && own && f->stems)
        st = look_up_stems(x, f->prefix, pos, tok, &stems);
    return st;
}

/* ---- fields ------------------------------------------------------------- */

static enum morgue_status
read_sentence(struct sought_text *x, struct position_scan *scan, uint32_t pos,
              const struct token *tok)
{
    enum morgue_status st;
    bool paragraph;

    if (!position_begins(scan, tok->start, &paragraph))
        return MORGUE_OK;
    st = look_up(x, STR(TERM_SENTENCE), pos, tok);
    if (!st && paragraph)
        st = look_up(x, STR(TERM_PARAGRAPH), pos, tok);
    return st;
}

/* A text of the field, whose first word is at *first, which becomes that of
 * the next one. */
static enum morgue_status
read_text(struct sought_text *x, struct morgue_str text, uint32_t *first)
{
    const struct field_info *f = &field_info[x->field];
    const bool sentences = x->s->marks && f->wdf > 0;
    struct tokenizer *t = x->s->tokenizer;
    uint32_t next = *first;
    struct position_scan scan;
    const struct token *tok;
    enum morgue_status st = MORGUE_OK;

    if (sentences)
        position_start(&scan, f, tokenizer_fold(t), text, x->code);
    tokenizer_start(t, text, TOKEN_DOCUMENT);
    while (!st && !is_enough(x->s) && (tok = tokenizer_next(t)) != NULL) {
        uint32_t pos = *first + tok->position;

        if (sentences)
            st = read_sentence(x, &scan, pos, tok);
        if (!st)
            st = read_word(x, pos, tok);
        next = position_behind(f, *first, tok);
    }
    *first = next;
    return st;
}

static enum morgue_status
read_lines(struct sought_text *x, struct morgue_str value)
{
    const char *begin = value.s;
    uint32_t first = POSITION_FIRST;
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;

    while (!st && str_line(&value, &line)) {
        x->base = (size_t)(line.s - begin);
        st = read_text(x, line, &first);
    }
    x->base = 0;
    return st;
}

/* Where the dateline or the body begins. */
static enum morgue_status
read_begin(struct sought_text *x, uint32_t pos)
{
    const struct token none = {.start = 0};

    if (x->field == FIELD_DATELINE)
        return look_up(x, STR(TERM_DATELINE), pos, &none);
    return x->field == FIELD_BODY ? look_up(x, STR(TERM_BODY), pos, &none)
                                  : MORGUE_OK;
}

/* The article has the term of a whole value: `prefix` and `value`. */
static void
note_value(struct sought *s, const char *prefix, struct morgue_str value)
{
    char term[TERM_MAX];
    size_t len = strlen(prefix);
    struct sought_term *t;

    memcpy(term, prefix, len);
    memcpy(term + len, value.s, value.len);
    len += value.len;
    t = find(s, str_slice(term, len), hash64(term, len));
    if (t)
        t->there = true;
}

static void
read_value(struct sought_text *x, struct morgue_str value)
{
    const struct field_info *f = &field_info[x->field];
    char s[TERM_VALUE_MAX], host[ADDRESS_HEAD];
    size_t n = term_value_write(s, f, tokenizer_fold(x->s->tokenizer), value);
    struct morgue_str part;

    if (n > 0)
        note_value(x->s, f->prefix, str_slice(s, n));
    if (x->field != FIELD_URL)
        return;
    n = address_host(host, value, false);
    part = str_slice(host, n);
    for (bool more = n > 0; more; more = address_parent(&part))
        note_value(x->s, FIELD_HOST_PREFIX, part);
}

static enum morgue_status
read_field(struct sought_text *x, struct morgue_str value, uint32_t *pos)
{
    const struct field_info *f = &field_info[x->field];
    uint32_t begin = *pos;
    enum morgue_status st;

    if (!value.s)
        value = STR("");
    if (f->kind == FIELD_WORDS && f->wdf > 0) {
        st = read_text(x, value, pos);
        if (x->field == FIELD_BODY && *pos > begin)
            x->s->body_words = *pos - begin - TERM_GAP;
        return !st && *pos > begin && x->s->marks ? read_begin(x, begin) : st;
    }
    if (!(x->s->own >> x->field & 1))
        return MORGUE_OK;
    if (f->kind == FIELD_WORDS)
        return read_lines(x, value);
    read_value(x, value);
    return MORGUE_OK;
}

static void
forget(struct sought *s)
{
    s->few_n = s->spot_n = 0;
    s->body_words = 0;
    for (size_t i = 0; i < s->table_n; i++)
        for (struct sought_term *t = s->table[i]; t; t = t->next) {
            t->there = false;
            t->n = 0;
        }
}

enum morgue_status
sought_read(struct sought *s, const struct morgue_article *article,
            struct morgue_error *err)
{
    struct sought_text x = {
        .s = s, .lang = stem_find(article->lang), .err = err};
    uint32_t pos = POSITION_FIRST;
    enum morgue_status st = MORGUE_OK;

    forget(s);
    stem_code(x.code, article->lang);
    for (int f = s->few && s->body ? FIELD_BODY : 0; f < FIELD_N && !st; f++) {
        x.field = (enum field)f;
        if (field_info[f].kind != FIELD_STORED)
            st = read_field(&x, record_get(article, x.field), &pos);
    }
    return st;
}
