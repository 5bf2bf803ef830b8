/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * operators.c - which tokens of a query are operators where they stand
 *
 * Brackets are matched first; then proximities that cannot be any become
 * words, so that these can be a side of others (-w5, a AND w/5); then from
 * right to left what needs something behind it; then from left to right what
 * needs something on both sides.
 */
#include "../../common/text/language.h"
#include "../../common/text/stopword.h"
#include "operators.h"

enum { DROPPED = QUERY_TOKEN_KINDS };

struct settling {
    struct query_tokens *tokens;
    struct morgue_str text;
    struct query_notes *notes;
};

static void
drop(struct query_token *t)
{
    t->kind = (enum query_token_kind)DROPPED;
}

/* The token is a word after all. */
static void
make_word(struct settling *s, struct query_token *t)
{
    if (!t->soft)
        note_add(s->notes, t->span, "'%.*s' is read as a word here",
                 (int)note_shown(s->text, t->span).len,
                 note_shown(s->text, t->span).s);
    t->kind = QUERY_TOKEN_WORD;
    t->text =
        str_slice(s->text.s + t->span.start, t->span.end - t->span.start);
}

/* ---- brackets ----------------------------------------------------------- */

/* A bracket, or what stands before it, that is none. */
static void
drop_bracket(struct settling *s, size_t i, const char *why)
{
    struct query_token *t = &s->tokens->v[i];

    note_add(s->notes, t->span, "this bracket has no %s and is passed over",
             why);
    if (i > 0 && t->kind == QUERY_TOKEN_OPEN &&
        t[-1].kind == QUERY_TOKEN_FUNCTION)
        t[-1].kind = QUERY_TOKEN_WORD;
    drop(t);
}

/* Brackets that are not closed yet. */
struct open_brackets {
    struct {
        size_t at;
        size_t before; /* what can be looked for, in front of it */
    } * v;
    size_t n;
    size_t so_far; /* the same, in front of the token at hand */
};

/* Whether something can be looked for by a token, or, if it is an operator
 * without sides, by its letters.  Signs, and operators that a dialect put
 * between words, come to nothing where these are missing. */
static bool
has_content(const struct query_token *t)
{
    return t->kind != QUERY_TOKEN_MINUS && t->kind != QUERY_TOKEN_PLUS &&
           t->kind != QUERY_TOKEN_EQUALS && t->span.start < t->span.end;
}

/* Drop all from an open bracket to its partner. */
static void
drop_all(struct settling *s, size_t open, size_t close)
{
    drop_bracket(s, open, "content");
    for (size_t i = open; i <= close; i++)
        drop(&s->tokens->v[i]);
}

/* Whether a field or a function stands before the i-th token. */
static bool
is_asked_for(const struct query_tokens *tokens, size_t i)
{
    return i > 0 && (tokens->v[i - 1].kind == QUERY_TOKEN_FIELD ||
                     tokens->v[i - 1].kind == QUERY_TOKEN_FUNCTION);
}

/* Close, at the end of the query, what fields and functions are for; the other
 * brackets without a partner are none. */
static enum morgue_status
close_at_end(struct settling *s, struct arena *arena,
             struct open_brackets *open, struct morgue_error *err)
{
    struct query_tokens *tokens = s->tokens;
    const size_t end = s->text.len;
    struct query_token *v =
        arena_zero(arena, tokens->n + open->n + 1, sizeof *v);

    if (!v)
        return error_nomem(err);
    memcpy(v, tokens->v, tokens->n * sizeof *v);
    tokens->v = v;
    while (open->n-- > 0) {
        size_t i = open->v[open->n].at;

        if (!is_asked_for(tokens, i) ||
            open->v[open->n].before == open->so_far) {
            drop_bracket(s, i, "partner");
            continue;
        }
        note_add(s->notes, v[i].span,
                 "this bracket has no partner and is closed at the end");
        v[tokens->n++] = (struct query_token){.kind = QUERY_TOKEN_CLOSE,
                                              .span = {end, end},
                                              .suffix = QUERY_SUFFIX_NONE};
    }
    v[tokens->n] =
        (struct query_token){.kind = QUERY_TOKEN_END, .span = {end, end}};
    return MORGUE_OK;
}

/* Find the brackets without a partner, and those with nothing between them,
 * which are dropped when the outermost of them is known: close[i] is where
 * the i-th token, which opens it, is closed. */
static void
match_brackets(struct settling *s, struct open_brackets *open, size_t *close)
{
    struct query_tokens *tokens = s->tokens;

    for (size_t i = 0; i < tokens->n; i++) {
        const struct query_token *t = &tokens->v[i];

        if (t->kind == QUERY_TOKEN_OPEN) {
            open->v[open->n].at = i;
            open->v[open->n++].before = open->so_far;
        } else if (t->kind != QUERY_TOKEN_CLOSE) {
            open->so_far += has_content(t);
        } else if (open->n == 0) {
            drop_bracket(s, i, "partner");
        } else if (open->v[--open->n].before == open->so_far) {
            close[open->v[open->n].at] = i;
        }
    }
    for (size_t i = 0; i < tokens->n; i++)
        if (close[i] > 0) {
            drop_all(s, i, close[i]);
            i = close[i];
        }
}

static enum morgue_status
settle_brackets(struct settling *s, struct arena *arena,
                struct morgue_error *err)
{
    struct open_brackets open = {NULL, 0, 0};
    size_t n = s->tokens->n + 1, *close = arena_zero(arena, n, sizeof *close);

    open.v = arena_zero(arena, n, sizeof *open.v);
    if (!open.v || !close)
        return error_nomem(err);
    match_brackets(s, &open, close);
    return open.n > 0 ? close_at_end(s, arena, &open, err) : MORGUE_OK;
}

/* ---- operators ---------------------------------------------------------- */

bool
operator_begins(enum query_token_kind kind)
{
    return (kind >= QUERY_TOKEN_NOT && kind <= QUERY_TOKEN_OPEN) ||
           kind == QUERY_TOKEN_QUOTED || kind == QUERY_TOKEN_WORD;
}

/* Whether the side of a proximity, or what a field is for, may begin so. */
static bool
begins_side(enum query_token_kind kind)
{
    return operator_begins(kind) && kind != QUERY_TOKEN_NOT &&
           kind != QUERY_TOKEN_MINUS && kind != QUERY_TOKEN_PLUS;
}

static bool
ends_side(enum query_token_kind kind)
{
    return kind == QUERY_TOKEN_WORD || kind == QUERY_TOKEN_QUOTED ||
           kind == QUERY_TOKEN_CLOSE;
}

/* Whether what stands before others has something behind it. */
static bool
can_stand_before(enum query_token_kind kind, enum query_token_kind next)
{
    switch (kind) {
    case QUERY_TOKEN_NOT:
    case QUERY_TOKEN_MINUS:
    case QUERY_TOKEN_PLUS:
        return operator_begins(next);
    case QUERY_TOKEN_FIELD:
        return begins_side(next);
    case QUERY_TOKEN_FUNCTION:
        return next == QUERY_TOKEN_OPEN;
    case QUERY_TOKEN_EQUALS:
        return next == QUERY_TOKEN_WORD || next == QUERY_TOKEN_QUOTED;
    default:
        return true;
    }
}

/* The first token behind the i-th that is there. */
static enum query_token_kind
kind_behind(const struct query_tokens *tokens, size_t i)
{
    while (++i < tokens->n)
        if (tokens->v[i].kind != (enum query_token_kind)DROPPED)
            return tokens->v[i].kind;
    return QUERY_TOKEN_END;
}

/* An operator without sides: a word, or nothing where it has no bytes, as a
 * dialect's lexer puts some.  Whether it is a word. */
static bool
is_word_after_all(struct settling *s, struct query_token *t)
{
    if (t->span.start == t->span.end) {
        drop(t);
        return false;
    }
    make_word(s, t);
    return true;
}

/* A NOT directly before a proximity is a part of it, where that has sides. */
static bool
join_not(struct settling *s, struct query_token *not_,
         struct query_token *near)
{
    if (not_->kind != QUERY_TOKEN_NOT || near->kind != QUERY_TOKEN_NEAR)
        return false;
    not_->kind = QUERY_TOKEN_APART;
    not_->reach = near->reach;
    not_->span.end = near->span.end;
    not_->text = str_slice(s->text.s + not_->span.start,
                           not_->span.end - not_->span.start);
    drop(near);
    return true;
}

/* Proximities that have no sides become words. */
static void
settle_proximities(struct settling *s)
{
    struct query_token none = {.kind = QUERY_TOKEN_END};
    struct query_token *last = &none, *before = &none;

    for (size_t i = 0; i < s->tokens->n; i++) {
        struct query_token *t = &s->tokens->v[i];

        if (t->kind == (enum query_token_kind)DROPPED)
            continue;
        if (t->kind == QUERY_TOKEN_NEAR || t->kind == QUERY_TOKEN_APART) {
            bool behind = begins_side(kind_behind(s->tokens, i));

            if (behind && ends_side(before->kind) && join_not(s, last, t))
                continue;
            if ((!behind || !ends_side(last->kind)) &&
                !is_word_after_all(s, t))
                continue;
        }
        before = last;
        last = t;
    }
}

static void
settle_prefixes(struct settling *s)
{
    enum query_token_kind next = QUERY_TOKEN_END;

    for (size_t i = s->tokens->n; i-- > 0;) {
        struct query_token *t = &s->tokens->v[i];

        if (t->kind == (enum query_token_kind)DROPPED)
            continue;
        if (!can_stand_before(t->kind, next)) {
            if (t->kind == QUERY_TOKEN_NOT || t->kind == QUERY_TOKEN_FIELD ||
                t->kind == QUERY_TOKEN_FUNCTION) {
                make_word(s, t);
            } else { /* a lone sign is punctuation, as between spaces */
                drop(t);
                continue;
            }
        }
        next = t->kind;
    }
}

static void
settle_infixes(struct settling *s)
{
    enum query_token_kind before = QUERY_TOKEN_END;

    for (size_t i = 0; i < s->tokens->n; i++) {
        struct query_token *t = &s->tokens->v[i];
        bool near =
            t->kind == QUERY_TOKEN_NEAR || t->kind == QUERY_TOKEN_APART;

        if (t->kind == (enum query_token_kind)DROPPED)
            continue;
        if (t->kind <= QUERY_TOKEN_APART) {
            enum query_token_kind next = kind_behind(s->tokens, i);

            if (!ends_side(before) ||
                !(near ? begins_side(next) : operator_begins(next)))
                if (!is_word_after_all(s, t))
                    continue;
        }
        before = t->kind;
    }
}

/* ---- capitals ----------------------------------------------------------- */

/* Whether it is one of the operators that are words in capitals. */
static bool
is_word_in_capitals(const struct settling *s, const struct query_token *t)
{
    return t->kind == QUERY_TOKEN_AND || t->kind == QUERY_TOKEN_OR ||
           t->kind == QUERY_TOKEN_NOT ||
           (t->kind == QUERY_TOKEN_NEAR && t->span.end - t->span.start == 4 &&
            s->text.s[t->span.start] == 'N');
}

static bool
is_stopword_in_capitals(const char *lang, struct morgue_str word)
{
    char small[16];

    if (word.len > sizeof small)
        return false;
    for (size_t i = 0; i < word.len; i++)
        small[i] = to_lower(word.s[i]);
    return stopword(lang, str_slice(small, word.len));
}

/* Whether the query is a sentence all in capitals. */
static bool
is_shouted(const struct settling *s)
{
    enum { WORDS = 5 };
    const char *lang;
    size_t words = 0, stops = 0, n = s->tokens->n;

    if (n > 0 && s->tokens->v[0].kind == QUERY_TOKEN_OPEN &&
        s->tokens->v[n - 1].kind == QUERY_TOKEN_CLOSE)
        return false; /* as queries are printed */
    for (size_t i = 0; i < s->text.len; i++)
        if (s->text.s[i] >= 'a' && s->text.s[i] <= 'z')
            return false;
    for (size_t i = 0; i < s->tokens->n; i++)
        if (s->tokens->v[i].kind == QUERY_TOKEN_WORD)
            words++;
        else if (s->tokens->v[i].kind != QUERY_TOKEN_OPEN &&
                 s->tokens->v[i].kind != QUERY_TOKEN_CLOSE &&
                 !is_word_in_capitals(s, &s->tokens->v[i]))
            return false;
    lang = language_guess(s->text, STR("")).code;
    for (size_t i = 0; lang[0] && i < s->tokens->n; i++)
        stops += s->tokens->v[i].kind == QUERY_TOKEN_WORD &&
                 is_stopword_in_capitals(lang, s->tokens->v[i].text);
    return stops > 0 && words >= WORDS;
}

/* Where it is, its operators are words, of which the first is told. */
static void
settle_capitals(struct settling *s)
{
    bool told = false;

    if (!is_shouted(s))
        return;
    for (size_t i = 0; i < s->tokens->n; i++) {
        struct query_token *t = &s->tokens->v[i];

        if (!is_word_in_capitals(s, t))
            continue;
        if (!told)
            note_add(s->notes, t->span,
                     "in a sentence all in capitals this is a word; beside "
                     "words in small letters it is an operator");
        told = true;
        t->soft = true;
        make_word(s, t);
    }
}

/* ---- all ---------------------------------------------------------------- */

enum morgue_status
operators_settle(struct query_tokens *tokens, struct arena *arena,
                 struct morgue_str text, struct query_notes *notes,
                 struct morgue_error *err)
{
    struct settling s = {tokens, text, notes};
    enum morgue_status st;
    size_t n = 0;

    settle_capitals(&s);
    st = settle_brackets(&s, arena, err);
    if (st)
        return st;
    settle_proximities(&s);
    settle_prefixes(&s);
    settle_infixes(&s);
    for (size_t i = 0; i <= tokens->n; i++) /* the END too */
        if (tokens->v[i].kind != (enum query_token_kind)DROPPED)
            tokens->v[n++] = tokens->v[i];
    tokens->n = n - 1;
    return MORGUE_OK;
}
