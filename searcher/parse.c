/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - the query language
 *
 *     query  = { item }
 *     item   = [ "-" ] [ field ":" ] [ "=" ] ( quoted | chunk )
 *     quoted = quote, anything but a quote, quote
 *     chunk  = everything up to white space
 *
 * An item becomes one node: of words (required, or one of them, as the match
 * is), a filter (whole values of fields) or an exclusion.  The tree is
 *
 *     (not (filter (all|any WORD...) FILTER...) EXCLUDED...)
 *
 * Words that occur twice become one with a higher wqf.
 *
 * Where one word is enough, a query may be a sentence: one whose language can
 * be told and that has STOPWORDS_MIN of its stop words or more.  Those are
 * left out then, unless nothing else is there, for of what the query is about
 * they say nothing, and would be most of what is found.  A stop word in
 * capitals, in a query that is not all in capitals, is an abbreviation (WHO).
 */
#include "parse.h"

#include <stdlib.h>

#include "../common/base/utf8.h"
#include "../common/text/language.h"
#include "../common/text/stopword.h"

/* One alone may well be meant: who vaccine.  The mean MAP of judged queries
 * is the same for 1 to 3, to 0.001. */
enum { STOPWORDS_MIN = 2 };

/* A list of nodes that grows in the arena. */
struct nodes {
    struct query **node;
    size_t n, cap;
};

struct parser {
    const struct parse_context *context;
    struct arena *arena;
    struct morgue_error *err;
    struct morgue_str text;
    size_t at;
    struct nodes words, filters, excluded;
    struct sought *sought;
    size_t sought_n, sought_cap, tokens_n;
    const char *stop_lang; /* "": there are no stop words */
    bool capitals;         /* the query has no small letter */
    bool drop;             /* stop words are left out; else counted only */
    size_t stopwords_n;
};

/* One item of the query, before its words are looked at. */
struct item {
    size_t at; /* in the text */
    bool excluded, exact, quoted;
    const struct field_info *field; /* NULL: none was named */
    struct morgue_str text;
};

static enum morgue_status
push(struct parser *p, struct nodes *list, struct query *q)
{
    if (!q)
        return error_nomem(p->err);
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16;
        struct query **grown =
            arena_zero(p->arena, cap, sizeof(struct query *));

        if (!grown)
            return error_nomem(p->err);
        for (size_t i = 0; i < list->n; i++)
            grown[i] = list->node[i];
        list->node = grown;
        list->cap = cap;
    }
    list->node[list->n++] = q;
    return MORGUE_OK;
}

/* ---- items -------------------------------------------------------------- */

/* The length of the quotation mark at `at`; 0: none is there. */
static size_t
quote_at(struct morgue_str s, size_t at)
{
    static const char *const quote[] = {"\"",           "\xE2\x80\x9C",
                                        "\xE2\x80\x9D", "\xE2\x80\x9E",
                                        "\xC2\xAB",     "\xC2\xBB"};

    for (size_t i = 0; i < sizeof quote / sizeof *quote; i++) {
        struct morgue_str q = str_of(quote[i]);

        if (at < s.len && str_starts(str_slice(s.s + at, s.len - at), q))
            return q.len;
    }
    return 0;
}

static bool
space_at(struct morgue_str s, size_t at, size_t *len)
{
    static const char ideographic[] = "\xE3\x80\x80", hard[] = "\xC2\xA0";
    struct morgue_str rest = str_slice(s.s + at, s.len - at);

    *len = 1;
    if (is_space(s.s[at]))
        return true;
    *len = sizeof ideographic - 1;
    if (str_starts(rest, STR(ideographic)))
        return true;
    *len = sizeof hard - 1;
    return str_starts(rest, STR(hard));
}

static void
skip_space(struct parser *p)
{
    size_t len;

    while (p->at < p->text.len && space_at(p->text, p->at, &len))
        p->at += len;
}

/* Whether something that is no space comes at `at`. */
static bool
more_at(const struct parser *p, size_t at)
{
    size_t len;

    return at < p->text.len && !space_at(p->text, at, &len);
}

static void
take_field(struct parser *p, struct item *item)
{
    size_t end = p->at;
    char name[16];

    while (end < p->text.len && is_alpha(p->text.s[end]))
        end++;
    if (end == p->at || end - p->at > sizeof name || !more_at(p, end + 1) ||
        p->text.s[end] != ':')
        return;
    for (size_t i = p->at; i < end; i++)
        name[i - p->at] = to_lower(p->text.s[i]);
    item->field = field_of_query(str_slice(name, end - p->at));
    if (item->field)
        p->at = end + 1;
}

/* Take what is between the quote here and the next one, if there is one. */
static bool
take_quoted(struct parser *p, struct item *item)
{
    size_t open = quote_at(p->text, p->at), from = p->at + open, close = 0;

    if (open == 0)
        return false;
    for (size_t i = from; i < p->text.len; i++) {
        close = quote_at(p->text, i);
        if (close > 0) {
            item->text = str_slice(p->text.s + from, i - from);
            item->quoted = true;
            p->at = i + close;
            return true;
        }
    }
    return false;
}

static void
take_chunk(struct parser *p, struct item *item)
{
    size_t from = p->at, len;

    while (p->at < p->text.len && !space_at(p->text, p->at, &len))
        p->at++;
    item->text = str_slice(p->text.s + from, p->at - from);
}

static bool
next_item(struct parser *p, struct item *item)
{
    skip_space(p);
    if (p->at == p->text.len)
        return false;
    *item = (struct item){.at = p->at};
    if (p->text.s[p->at] == '-' && more_at(p, p->at + 1)) {
        item->excluded = true;
        p->at++;
    }
    take_field(p, item);
    if (p->text.s[p->at] == '=' && more_at(p, p->at + 1)) {
        item->exact = true;
        p->at++;
    }
    if (!take_quoted(p, item))
        take_chunk(p, item);
    return true;
}

/* ---- words -------------------------------------------------------------- */

static enum morgue_status
note_sought(struct parser *p, const struct item *item, struct morgue_str *term,
            size_t n, bool phrase)
{
    if (item->excluded || item->field)
        return MORGUE_OK;
    if (p->sought_n == p->sought_cap) {
        size_t cap = p->sought_cap ? p->sought_cap * 2 : 16;
        struct sought *grown = arena_zero(p->arena, cap, sizeof *grown);

        if (!grown)
            return error_nomem(p->err);
        for (size_t i = 0; i < p->sought_n; i++)
            grown[i] = p->sought[i];
        p->sought = grown;
        p->sought_cap = cap;
    }
    p->sought[p->sought_n++] =
        (struct sought){.term = term, .term_n = n, .phrase = phrase};
    return MORGUE_OK;
}

/* Whether an ASCII letter in it is small; others do not matter. */
static bool
has_small(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] >= 'a' && s.s[i] <= 'z')
            return true;
    return false;
}

static const char *
prefix_of(const struct item *item)
{
    return item->field ? item->field->prefix : "";
}

static enum morgue_status
count_token(struct parser *p, const struct item *item)
{
    enum morgue_status st = MORGUE_OK;

    if (++p->tokens_n > QUERY_WORDS_MAX) {
        st = error_set(p->err, MORGUE_QUERY,
                       "the query has more than %d words", QUERY_WORDS_MAX);
        if (p->err)
            p->err->at = item->at;
    }
    return st;
}

/* Whether a token is to be left out, being a stop word. */
static bool
leave_out(struct parser *p, const struct item *item, const struct token *tok)
{
    struct morgue_str shown =
        str_slice(item->text.s + tok->start, tok->end - tok->start);

    if (item->quoted || item->exact || item->field || item->excluded ||
        !stopword(p->stop_lang, str_slice(tok->s, tok->len)))
        return false;
    if (!p->capitals && shown.len > 1 && !has_small(shown))
        return false;
    p->stopwords_n++;
    return p->drop;
}

/* A node for a word in all of its forms, or as it stands. */
static enum morgue_status
word_node(struct query **out, struct parser *p, const struct item *item,
          const struct token *tok, bool as_it_stands)
{
    const struct parse_context *c = p->context;
    struct term_forms forms = {0};
    struct query **form;
    enum morgue_status st;

    if (as_it_stands || (item->field && !item->field->stems) ||
        (tok->flags & TOKEN_NGRAM)) {
        forms.form = arena_zero(p->arena, 1, sizeof *forms.form);
        forms.n = 1;
        st = forms.form ? term_word(forms.form, p->arena, prefix_of(item), tok,
                                    p->err)
                        : error_nomem(p->err);
    } else {
        st = term_stems(&forms, p->arena, c->stemmer, prefix_of(item), tok,
                        c->lang, c->lang_n, p->err);
    }
    if (!st)
        st = note_sought(p, item, forms.form, forms.n, false);
    if (st)
        return st;
    form = arena_zero(p->arena, forms.n, sizeof(struct query *));
    if (!form)
        return error_nomem(p->err);
    for (size_t i = 0; i < forms.n; i++)
        form[i] = query_term(p->arena, forms.form[i], 1);
    *out = forms.n == 1 ? form[0]
                        : query_node(p->arena, QUERY_FORMS, form, forms.n);
    return *out ? MORGUE_OK : error_nomem(p->err);
}

/* What the tokens of an item are. */
struct shape {
    size_t parts;  /* tokens that are not COLOCATED */
    size_t ngrams; /* of them, those that are NGRAM */
    size_t start, end;
    bool gap; /* white space between two of them */
};

static struct shape
look(struct parser *p, struct morgue_str text)
{
    struct tokenizer *t = p->context->tokenizer;
    struct shape s = {0};
    const struct token *tok;

    tokenizer_start(t, text, TOKEN_QUERY);
    for (tok = tokenizer_next(t); tok; tok = tokenizer_next(t)) {
        if (tok->flags & TOKEN_COLOCATED)
            continue;
        if (s.parts == 0)
            s.start = tok->start;
        else if (!(tok->flags & TOKEN_LINKED))
            s.gap = true;
        s.parts++;
        s.ngrams += (tok->flags & TOKEN_NGRAM) != 0;
        s.end = tok->end;
    }
    return s;
}

/* A node for all parts of the text in a row.  A run of one script without
 * spaces goes by its bigrams; what is mixed goes by single words and
 * characters, which follow each other without gaps. */
static enum morgue_status
phrase_node(struct query **out, struct parser *p, const struct item *item,
            const struct shape *shape)
{
    struct tokenizer *t = p->context->tokenizer;
    bool one_run = shape->ngrams == shape->parts && !shape->gap;
    struct nodes parts = {0};
    const struct token *tok;
    struct morgue_str *term;
    enum morgue_status st = MORGUE_OK;

    tokenizer_start(t, item->text, one_run ? TOKEN_QUERY : TOKEN_DOCUMENT);
    for (tok = tokenizer_next(t); tok && !st; tok = tokenizer_next(t)) {
        struct morgue_str s;

        if (tok->flags & TOKEN_COLOCATED)
            continue;
        st = count_token(p, item);
        if (!st)
            st = term_word(&s, p->arena, prefix_of(item), tok, p->err);
        if (!st)
            st = push(p, &parts, query_term(p->arena, s, 1));
    }
    if (st)
        return st;
    *out = query_node(p->arena, QUERY_PHRASE, parts.node, parts.n);
    term = arena_zero(p->arena, parts.n, sizeof *term);
    if (!*out || !term)
        return error_nomem(p->err);
    for (size_t i = 0; i < parts.n; i++)
        term[i] = parts.node[i]->term;
    return note_sought(p, item, term, parts.n, true);
}

/* A node for the form in which all parts are written as one word, if the
 * tokenizer gives one; else *out is NULL. */
static enum morgue_status
joined_node(struct query **out, struct parser *p, const struct item *item,
            const struct shape *shape)
{
    struct tokenizer *t = p->context->tokenizer;
    const struct token *tok;

    *out = NULL;
    tokenizer_start(t, item->text, TOKEN_QUERY);
    for (tok = tokenizer_next(t); tok; tok = tokenizer_next(t))
        if ((tok->flags & TOKEN_JOINED) && tok->start == shape->start &&
            tok->end == shape->end)
            return word_node(out, p, item, tok, item->exact);
    return MORGUE_OK;
}

/* A node for the one word of the item; NULL where it is left out. */
static enum morgue_status
single_node(struct query **out, struct parser *p, const struct item *item)
{
    struct tokenizer *t = p->context->tokenizer;
    const struct token *tok;
    enum morgue_status st = count_token(p, item);

    if (st)
        return st;
    tokenizer_start(t, item->text, TOKEN_QUERY);
    tok = tokenizer_next(t);
    if (leave_out(p, item, tok))
        return MORGUE_OK;
    return word_node(out, p, item, tok, item->exact || item->quoted);
}

/* ---- the tree ----------------------------------------------------------- */

/* Whether two nodes of words look for the same. */
static bool
same_node(const struct query *a, const struct query *b)
{
    if (a->op != b->op || a->child_n != b->child_n ||
        !str_eq(a->term, b->term))
        return false;
    for (size_t i = 0; i < a->child_n; i++)
        if (!same_node(a->child[i], b->child[i]))
            return false;
    return true;
}

static void
raise_wqf(struct query *q)
{
    if (q->op == QUERY_TERM)
        q->wqf++;
    for (size_t i = 0; i < q->child_n; i++)
        raise_wqf(q->child[i]);
}

static enum morgue_status
add_words(struct parser *p, const struct item *item, struct query *node)
{
    if (item->excluded)
        return push(p, &p->excluded, node);
    for (size_t i = 0; i < p->words.n; i++)
        if (same_node(p->words.node[i], node)) {
            raise_wqf(p->words.node[i]);
            return MORGUE_OK;
        }
    return push(p, &p->words, node);
}

static enum morgue_status
add_value(struct parser *p, const struct item *item)
{
    struct morgue_str term = {0};
    enum morgue_status st = count_token(p, item);

    if (!st)
        st = term_value(&term, p->arena, item->field,
                        tokenizer_fold(p->context->tokenizer), item->text,
                        p->err);
    if (st || term.len == 0)
        return st;
    return push(p, item->excluded ? &p->excluded : &p->filters,
                query_term(p->arena, term, 1));
}

/* The parts of a compound as words of their own, and its joined form: where
 * one word is enough, each of them is one. */
static enum morgue_status
add_parts(struct parser *p, const struct item *item, const struct shape *shape)
{
    struct tokenizer *t = p->context->tokenizer;
    const struct token *tok;
    struct query *node = NULL;
    enum morgue_status st = MORGUE_OK;

    tokenizer_start(t, item->text, TOKEN_QUERY);
    for (tok = tokenizer_next(t); tok && !st; tok = tokenizer_next(t)) {
        if (tok->flags & TOKEN_COLOCATED)
            continue;
        st = count_token(p, item);
        if (st || leave_out(p, item, tok))
            continue;
        st = word_node(&node, p, item, tok, item->exact);
        if (!st)
            st = add_words(p, item, node);
    }
    if (!st)
        st = joined_node(&node, p, item, shape);
    return st || !node ? st : add_words(p, item, node);
}

static enum morgue_status
add_item(struct parser *p, const struct item *item)
{
    struct query *node[2] = {NULL, NULL};
    struct shape shape;
    enum morgue_status st;

    if (item->field && item->field->kind != FIELD_WORDS)
        return add_value(p, item);
    shape = look(p, item->text);
    if (shape.parts == 0)
        return MORGUE_OK;
    if (shape.parts == 1) {
        st = single_node(&node[0], p, item);
        return st || !node[0] ? st : add_words(p, item, node[0]);
    }
    if (!item->quoted && !item->excluded &&
        p->context->match == MORGUE_MATCH_ANY && shape.ngrams == 0)
        return add_parts(p, item, &shape);
    st = phrase_node(&node[0], p, item, &shape);
    if (!st && !item->quoted)
        st = joined_node(&node[1], p, item, &shape);
    if (st)
        return st;
    if (node[1])
        node[0] = query_node(p->arena, QUERY_BEST, node, 2);
    return node[0] ? add_words(p, item, node[0]) : error_nomem(p->err);
}

/* `op` over the nodes; one alone is itself. */
static struct query *
together(struct parser *p, enum query_op op, const struct nodes *list)
{
    if (list->n == 1)
        return list->node[0];
    return query_node(p->arena, op, list->node, list->n);
}

/* The node with those of `rest` behind it, under `op`. */
static struct query *
with_rest(struct parser *p, enum query_op op, struct query *first,
          const struct nodes *rest)
{
    struct nodes all = {0};

    if (rest->n == 0 || !first)
        return first;
    if (push(p, &all, first))
        return NULL;
    for (size_t i = 0; i < rest->n; i++)
        if (push(p, &all, rest->node[i]))
            return NULL;
    return query_node(p->arena, op, all.node, all.n);
}

static enum morgue_status
build_tree(struct parser *p, struct query **out)
{
    struct query *q;

    if (p->words.n == 0)
        q = query_node(p->arena, QUERY_EVERY, NULL, 0);
    else
        q = together(
            p, p->context->match == MORGUE_MATCH_ANY ? QUERY_ANY : QUERY_ALL,
            &p->words);
    q = with_rest(p, QUERY_FILTER, q, &p->filters);
    q = with_rest(p, QUERY_NOT, q, &p->excluded);
    *out = q;
    return q ? MORGUE_OK : error_nomem(p->err);
}

static enum morgue_status
read_items(struct parser *p)
{
    struct item item;
    enum morgue_status st = MORGUE_OK;

    while (!st && next_item(p, &item))
        st = add_item(p, &item);
    return st;
}

enum morgue_status
query_parse(struct parsed *out, struct arena *arena, struct morgue_str text,
            const struct parse_context *context, struct morgue_error *err)
{
    bool any = context->match == MORGUE_MATCH_ANY;
    struct parser p = {.context = context,
                       .arena = arena,
                       .err = err,
                       .text = text,
                       .stop_lang =
                           any ? language_guess(text, STR("")).code : "",
                       .capitals = !has_small(text)};
    struct parser again = p;
    enum morgue_status st = read_items(&p);

    *out = (struct parsed){0};
    if (!st && p.stopwords_n >= STOPWORDS_MIN) {
        again.drop = true;
        st = read_items(&again);
        if (again.words.n > 0)
            p = again;
    }
    if (st)
        return st;
    if (p.words.n + p.filters.n + p.excluded.n == 0 && !context->may_be_empty)
        return error_set(err, MORGUE_QUERY,
                         "the query has no words to look for");
    out->sought = p.sought;
    out->sought_n = p.sought_n;
    out->words_n = p.words.n;
    return build_tree(&p, &out->query);
}
