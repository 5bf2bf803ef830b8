/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaf_filter.c - leaves that say which articles: values, ids, addresses,
 * dates, lengths, presence
 *
 * An id that is an address is found by its spellings with and without a
 * scheme, "www." and a slash at its end; that of a field url is stored in one
 * spelling (address.h).
 */
#include <stdio.h>

#include "../../common/article/zone.h"
#include "../../common/base/utf8.h"
#include "../../common/engine/id_term.h"
#include "analysis.h"

/* `prefix` and more as one term. */
static enum morgue_status
prefixed_node(struct query **out, struct analysis *a, const struct ast *leaf,
              struct morgue_str prefix, struct morgue_str rest)
{
    char *s = arena_alloc(a->arena, prefix.len + rest.len + 1);

    if (!s)
        return error_nomem(a->err);
    memcpy(s, prefix.s, prefix.len);
    memcpy(s + prefix.len, rest.s, rest.len);
    s[prefix.len + rest.len] = '\0';
    return leaf_term(out, a, leaf, str_slice(s, prefix.len + rest.len));
}

/* ---- patterns ----------------------------------------------------------- */

/* Characters of a text, with * and, where `one`, ? among them as wildcards. */
static enum morgue_status
pattern_of(struct pattern *out, struct analysis *a, struct morgue_str s,
           bool one)
{
    uint32_t *c = arena_zero(a->arena, s.len + 1, sizeof *c);
    const char *at = s.s, *end = s.s + s.len;

    *out = (struct pattern){.c = c};
    if (!c)
        return error_nomem(a->err);
    while (at < end) {
        uint32_t code;

        at += utf8_decode(at, end, &code, NULL);
        c[out->n++] = code == '*'          ? PATTERN_MANY
                      : code == '?' && one ? PATTERN_ONE
                                           : code;
    }
    return MORGUE_OK;
}

/* A node for what stands for something like `s` behind `prefix`; a term that
 * there is none of where nothing does. */
static enum morgue_status
wildcard_values(struct query **out, struct analysis *a, const struct ast *leaf,
                struct morgue_str prefix, struct morgue_str s, bool one)
{
    struct pattern pattern;
    enum morgue_status st = pattern_of(&pattern, a, s, one);

    if (!st)
        st = leaf_expand(out, a, leaf, QUERY_WORDS, prefix, &pattern,
                         EXPANSION_CEILING);
    return st || *out ? st : prefixed_node(out, a, leaf, prefix, s);
}

/* ---- values ------------------------------------------------------------- */

/* Values that are like one that is not there. */
struct likely {
    struct analysis *a;
    size_t skip; /* bytes of the prefix */
    struct morgue_str word[8];
    size_t words, seen;
    struct value_count best[3];
    size_t n;
    bool nomem;
};

/* For how many values of a query others are looked for, and how many of those
 * are looked at, so that the time has an end. */
enum { LIKELY_MAX = 20, LIKELY_SEEN = 100000 };

/* Whether a word of a value begins so. */
static bool
value_has(struct morgue_str value, struct morgue_str word)
{
    for (size_t at = str_find(value, 0, word); at < value.len;
         at = str_find(value, at + 1, word)) {
        unsigned char before = at > 0 ? (unsigned char)value.s[at - 1] : ' ';

        if (!is_alpha((char)before) && before < 0x80)
            return true;
    }
    return false;
}

static bool
see_value(struct morgue_str term, uint64_t articles, void *payload)
{
    struct likely *l = payload;
    struct morgue_str value = str_slice(term.s + l->skip, term.len - l->skip);
    struct value_count one = {.articles = articles};
    size_t at = l->n;
    bool has = false;

    for (size_t i = 0; i < l->words && !has; i++)
        has = value_has(value, l->word[i]);
    while (at > 0 && l->best[at - 1].articles < articles)
        at--;
    if (has && at < 3) {
        if (!arena_str(l->a->arena, value, &one.value)) {
            l->nomem = true;
            return false;
        }
        l->n += l->n < 3;
        for (size_t i = l->n - 1; i > at; i--)
            l->best[i] = l->best[i - 1];
        l->best[at] = one;
    }
    return ++l->seen < LIKELY_SEEN && !stop_now(l->a->context->stop);
}

/* Tell of a value that no article has which have some of its words. */
static enum morgue_status
note_likely(struct analysis *a, const struct ast *leaf,
            struct morgue_str value)
{
    const char *name = leaf->name->name;
    struct morgue_str prefix = str_of(leaf->name->field->prefix);
    struct likely l = {.a = a, .skip = prefix.len};
    char found[240];
    size_t len = 0;
    enum morgue_status st;

    if (a->likely_n++ >= LIKELY_MAX)
        return MORGUE_OK;
    for (struct morgue_str rest = value, word = str_word(&rest);
         word.len > 0 && l.words < 8; word = str_word(&rest))
        l.word[l.words++] = word;
    st = engine_terms(a->context->reader, prefix, see_value, &l, a->err);
    if (st || l.nomem)
        return st ? st : error_nomem(a->err);
    for (size_t i = 0; i < l.n; i++) {
        struct morgue_str s = l.best[i].value;

        if (s.len > 60)
            s.len = utf8_floor(s, 60);
        len += (size_t)snprintf(found + len, sizeof found - len,
                                "%s%s:\"%.*s\" (%llu)", i > 0 ? ", " : "",
                                name, (int)s.len, s.s,
                                (unsigned long long)l.best[i].articles);
    }
    if (l.n > 0)
        note_add(a->notes, leaf->span,
                 "no article has just this %s; there are %s", name, found);
    return MORGUE_OK;
}

/* What is left of nothing, and of what cannot be the code of a language. */
static enum morgue_status
no_value(struct query **out, struct analysis *a, const struct ast *leaf)
{
    if (leaf->name->field->kind != FIELD_CODE || leaf->text.len == 0)
        return MORGUE_OK;
    note_add(a->notes, leaf->span, "a language is named by its code, as en");
    *out = query_node(a->arena, QUERY_NONE, NULL, 0);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
value_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    const struct field_info *field = leaf->name->field;
    struct fold *fold = tokenizer_fold(a->context->tokenizer);
    char s[TERM_VALUE_MAX];
    size_t n = term_value_write(s, field, fold, leaf->text);
    struct morgue_str value = str_slice(s, n), prefix = str_of(field->prefix);
    uint64_t articles = 1;
    enum morgue_status st;

    *out = NULL;
    if (n == 0)
        return no_value(out, a, leaf);
    if (field->kind == FIELD_EXACT && (memchr(s, '*', n) || memchr(s, '?', n)))
        return wildcard_values(out, a, leaf, prefix, value, true);
    st = prefixed_node(out, a, leaf, prefix, value);
    if (st || !a->context->reader || field->kind != FIELD_EXACT)
        return st;
    st = engine_frequency(&articles, a->context->reader, (*out)->term, a->err);
    return st || articles > 0 ? st : note_likely(a, leaf, value);
}

/* ---- ids and addresses -------------------------------------------------- */

/* Add the id that is made of some parts to those that are looked for. */
static enum morgue_status
add_id(struct query **node, size_t *n, struct analysis *a,
       const struct ast *leaf, const char *scheme, struct morgue_str bare,
       const char *slash)
{
    struct buf b;
    struct id_term t;
    struct morgue_str term = {0};
    bool made;

    buf_init(&b, QUERY_BYTES_MAX + 64);
    buf_printf(&b, "%s", scheme);
    buf_str(&b, bare);
    buf_printf(&b, "%s", slash);
    made = !buf_status(&b, NULL);
    if (made) {
        t = id_term(buf_view(&b));
        made = arena_str(a->arena, str_slice(t.s, t.len), &term);
    }
    buf_free(&b);
    return made ? leaf_term(&node[(*n)++], a, leaf, term)
                : error_nomem(a->err);
}

/* The id as typed; of an address, also as it may be written otherwise. */
static enum morgue_status
id_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    static const char *const scheme[] = {
        "", "http://", "https://", "www.", "http://www.", "https://www."};
    enum { SCHEMES = sizeof scheme / sizeof *scheme };
    struct query *node[1 + SCHEMES * 2];
    struct morgue_str bare = leaf->text;
    bool address =
        memchr(bare.s, '/', bare.len) || memchr(bare.s, '.', bare.len);
    enum morgue_status st;
    size_t n = 0;

    *out = NULL;
    if (memchr(leaf->text.s, '*', leaf->text.len))
        return wildcard_values(out, a, leaf, STR("Q"), leaf->text, false);
    st = add_id(node, &n, a, leaf, "", leaf->text, "");
    for (size_t i = 1; i < SCHEMES && address; i++)
        if (str_starts_nocase(bare, str_of(scheme[i]))) {
            size_t len = strlen(scheme[i]);

            bare = str_slice(bare.s + len, bare.len - len);
            i = 0; /* a scheme, and then www. */
        }
    while (address && bare.len > 1 && bare.s[bare.len - 1] == '/')
        bare.len--;
    for (size_t i = 0; i < SCHEMES && address && !st; i++) {
        st = add_id(node, &n, a, leaf, scheme[i], bare, "");
        if (!st)
            st = add_id(node, &n, a, leaf, scheme[i], bare, "/");
    }
    if (st)
        return st;
    *out = n == 1 ? node[0] : query_node(a->arena, QUERY_ANY, node, n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* An address with wildcards: up to the first of them in one spelling. */
static enum morgue_status
url_wildcards(struct query **out, struct analysis *a, const struct ast *leaf,
              const char *star)
{
    struct morgue_str text = leaf->text;
    size_t head = (size_t)(star - text.s), rest = text.len - head;
    char *s = arena_alloc(a->arena, ADDRESS_HEAD + rest + 1);
    size_t n;

    if (!s)
        return error_nomem(a->err);
    n = address_begin(s, str_slice(text.s, head));
    memcpy(s + n, star, rest);
    return wildcard_values(out, a, leaf, STR(FIELD_URL_PREFIX),
                           str_slice(s, n + rest), false);
}

static enum morgue_status
url_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    const char *star = memchr(leaf->text.s, '*', leaf->text.len);
    struct morgue_str term;
    enum morgue_status st;

    if (star)
        return url_wildcards(out, a, leaf, star);
    st = term_address(&term, a->arena, leaf->text, a->err);
    if (st || term.len > 0)
        return st ? st : leaf_term(out, a, leaf, term);
    note_add(a->notes, leaf->span, "this is no address, as example.org/news");
    *out = query_node(a->arena, QUERY_NONE, NULL, 0);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
site_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    struct morgue_str term;
    enum morgue_status st = term_host(&term, a->arena, leaf->text, a->err);

    if (st)
        return st;
    if (term.len == 0)
        note_add(a->notes, leaf->span, "this is no host, as example.org");
    return leaf_term(out, a, leaf,
                     term.len > 0 ? term : STR(FIELD_HOST_PREFIX));
}

/* ---- dates -------------------------------------------------------------- */

/* What the clock shows and the instant where the period of `bound` begins or
 * ends: the calendar's `at`, of a bound to the second UTC's. */
static void
edge(int64_t *local, int64_t *utc, struct morgue_date bound, int64_t at,
     const struct zone *zone)
{
    *local = at;
    *utc = at;
    if (bound.precision != MORGUE_DATE_SECOND && zone)
        *utc = zone_instant(zone, at);
    if (bound.precision == MORGUE_DATE_SECOND)
        *local += zone ? zone_offset(zone, at) : bound.offset;
}

/* A filter by one bound. */
static struct query *
half(struct arena *arena, struct morgue_date bound, bool is_end,
     const struct zone *zone)
{
    struct period p = {.from = INT64_MIN,
                       .to = INT64_MAX,
                       .by_instant =
                           zone || bound.precision == MORGUE_DATE_SECOND,
                       .from_utc = INT64_MIN,
                       .to_utc = INT64_MAX};

    if (is_end)
        edge(&p.to, &p.to_utc, bound, date_end(bound), zone);
    else
        edge(&p.from, &p.from_utc, bound, date_floor(bound).seconds, zone);
    return query_dates(arena, &p);
}

struct query *
query_period(struct arena *arena, struct morgue_date from,
             struct morgue_date to, const struct zone *zone)
{
    const struct period all = {.from = INT64_MIN, .to = INT64_MAX};
    struct query *part[2];
    size_t n = 0;

    if (from.precision != MORGUE_DATE_NONE)
        part[n++] = half(arena, from, false, zone);
    if (to.precision != MORGUE_DATE_NONE)
        part[n++] = half(arena, to, true, zone);
    if (n == 0)
        return query_dates(arena, &all);
    return n == 1 ? part[0] : query_node(arena, QUERY_ALL, part, n);
}

/* ---- all ---------------------------------------------------------------- */

static struct query *
length_node(struct analysis *a, const struct ast *leaf)
{
    return leaf->least > leaf->most
               ? query_node(a->arena, QUERY_NONE, NULL, 0)
               : query_length(a->arena, leaf->least, leaf->most);
}

static struct query *
has_node(struct analysis *a, const struct ast *leaf)
{
    const struct morgue_date none = {0};

    return leaf->field
               ? query_has(a->arena, (enum field)(leaf->field - field_info))
               : query_period(a->arena, none, none, NULL);
}

enum morgue_status
leaf_filter_node(struct query **out, struct analysis *a,
                 const struct ast *leaf)
{
    const bool is_text = leaf->kind == AST_VALUE || leaf->kind == AST_ID ||
                         leaf->kind == AST_URL || leaf->kind == AST_SITE;

    if (is_text && str_trim(leaf->text).len == 0) {
        note_add(a->notes, leaf->span,
                 "there is no word in this, and it is passed over");
        *out = NULL;
        return MORGUE_OK;
    }
    switch (leaf->kind) {
    case AST_VALUE:
        return value_node(out, a, leaf);
    case AST_ID:
        return id_node(out, a, leaf);
    case AST_URL:
        return url_node(out, a, leaf);
    case AST_SITE:
        return site_node(out, a, leaf);
    case AST_DATE:
        *out = query_period(a->arena, leaf->from, leaf->to, a->context->zone);
        break;
    case AST_LENGTH:
        *out = length_node(a, leaf);
        break;
    case AST_HAS:
        *out = has_node(a, leaf);
        break;
    default:
        *out = query_node(a->arena, QUERY_EVERY, NULL, 0);
    }
    return *out ? MORGUE_OK : error_nomem(a->err);
}
