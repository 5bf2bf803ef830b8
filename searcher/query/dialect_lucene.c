/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_lucene.c - queries as Lucene's classic query parser reads them
 *
 * A query, and what is in brackets, is a list of clauses of which one is
 * enough, but for what + requires and - excludes.  AND requires the clause
 * before it and the one behind it, OR and nothing require none, NOT excludes;
 * they do not bind differently: a OR b AND c is a +b +c.  As
 * QueryParserBase.addClause of Lucene 8 has it.
 *
 * What is behind \ is text: a word that has such a sign is quoted, for ours
 * has no other way to write it.  Ranges are those of dates and lengths; other
 * ones, and /regular expressions/, are left out.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../../common/base/buf.h"
#include "dialect.h"
#include "dialect_lex.h"

/* A token in the place where a clause begins that has no sign yet. */
#define NO_SIGN QUERY_TOKEN_END

/* What is known of the clauses in one pair of brackets. */
struct clauses {
    size_t last; /* where the one before begins, as a token, from 1; 0: none */
    bool and;    /* the next one is behind AND */
    struct morgue_span waits; /* AND or OR that has nothing behind it so far */
};

struct lucene_reading {
    struct lexer l;
    struct clauses at[AST_DEPTH_MAX + 1];
    size_t depth; /* of brackets; deeper ones are as the deepest */
    bool open;    /* a sign or a name stands before what follows */
};

/* ---- clauses ------------------------------------------------------------ */

static struct clauses *
here(struct lucene_reading *r)
{
    return &r->at[r->depth < AST_DEPTH_MAX ? r->depth : AST_DEPTH_MAX];
}

/* A clause begins at `start`: with a sign, or a place for one. */
static void
begin_clause(struct lucene_reading *r, enum query_token_kind sign,
             size_t start)
{
    struct clauses *c = here(r);

    if (r->open)
        return;
    if (sign == NO_SIGN && c->and)
        sign = QUERY_TOKEN_PLUS;
    (void)lexer_add(&r->l, sign, start);
    c->last = r->l.out->n;
    c->and = false;
    c->waits.end = 0;
    r->open = true;
}

/* The clause that was begun is left out, with its sign. */
static void
drop_clause(struct lucene_reading *r)
{
    r->open = false;
    if (here(r)->last > 0 && !r->l.status)
        r->l.out->v[here(r)->last - 1].kind = NO_SIGN;
}

/* There is no clause any more in these brackets. */
static void
end_clauses(struct lucene_reading *r)
{
    struct clauses *c = here(r);

    if (c->waits.end > 0)
        note_add(r->l.notes, c->waits,
                 "this operator has nothing behind it and is passed over");
    c->waits.end = 0;
}

/* AND and OR; where nothing is before them they stay, and are told to be
 * words. */
static void
take_conjunction(struct lucene_reading *r, bool and, size_t start)
{
    struct clauses *c = here(r);
    struct query_token *before;

    if (c->last == 0 || r->open) {
        r->open = false;
        lexer_add(&r->l, QUERY_TOKEN_OR, start)->text =
            str_slice(r->l.text.s + start, r->l.at - start);
        return;
    }
    end_clauses(r); /* of two operators the second counts */
    before = &r->l.out->v[c->last - 1];
    if (and&&before->kind == NO_SIGN)
        before->kind = QUERY_TOKEN_PLUS;
    c->and = and;
    c->waits = (struct morgue_span){start, r->l.at};
}

/* ---- words -------------------------------------------------------------- */

static bool
ends_word(char c)
{
    return memchr("()\"[]{}", c, 7) != NULL;
}

/* Where the word at l->at ends, and whether it has escaped signs. */
static size_t
end_of_word(const struct lexer *l, bool *escaped)
{
    size_t at = l->at;

    *escaped = false;
    while (at < l->text.len && lexer_space_at(l->text, at) == 0 &&
           !ends_word(l->text.s[at])) {
        if (l->text.s[at] == '\\' && at + 1 < l->text.len) {
            *escaped = true;
            at++;
        }
        at++;
    }
    return at < l->text.len ? at : l->text.len;
}

/* The text without the signs that escape; what ours would read as a sign in
 * quotes is punctuation, and becomes a space. */
static struct morgue_str
unescaped(struct lexer *l, struct morgue_str s)
{
    struct morgue_str copy = dialect_copy(l, s);
    char *to = (char *)(uintptr_t)copy.s;
    size_t n = 0;

    for (size_t i = 0; i < copy.len; i++) {
        bool sign = s.s[i] == '\\' && i + 1 < copy.len;
        char c = s.s[i + sign];

        to[n++] = sign && memchr("*?", c, 2) ? ' ' : c;
        i += sign;
    }
    copy.len = n;
    for (size_t i = 0; i < n; i++)
        for (size_t k = lexer_quote_at(copy, i); k > 0; k--)
            to[i + k - 1] = ' ';
    return copy;
}

/* Whether ours would read a sign in a text. */
static bool
has_signs(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (lexer_space_at(s, i) > 0 || strchr("*?\"()~^:<>=", s.s[i]) ||
            lexer_quote_at(s, i) > 0)
            return true;
    return s.len > 0 && lexer_is_punctuation(str_slice(s.s, 1));
}

/* ~, ~1, ~0.8 at the end of a word: its edits. */
static void
take_edits(struct lexer *l, struct query_token *t)
{
    struct morgue_str s = t->text;
    size_t at = s.len, from;
    uint32_t n = 2;

    while (at > 0 && (is_digit(s.s[at - 1]) || s.s[at - 1] == '.'))
        at--;
    if (at < 2 || s.s[at - 1] != '~')
        return;
    from = at;
    t->suffix.edits = EDITS_TWO;
    t->text = str_slice(s.s, at - 1);
    if (at == s.len)
        return;
    if (!lexer_number(s, &at, 100, &n) || at < s.len) {
        note_add(l->notes,
                 (struct morgue_span){t->span.start + from - 1,
                                      t->span.start + s.len},
                 "a likeness from 0 to 1 is read as up to 2 edits");
        return;
    }
    if (n > 2)
        note_add(l->notes, t->span, "a word can have at most 2 edits");
    t->suffix.edits = n == 0 ? EDITS_NO : n == 1 ? EDITS_ONE : EDITS_TWO;
}

/* ^2.5 at the end of a word. */
static void
take_weight(struct query_token *t)
{
    struct morgue_str s = t->text;
    size_t at = s.len;
    double weight = 0, unit = 0;

    while (at > 0 && (is_digit(s.s[at - 1]) || s.s[at - 1] == '.'))
        at--;
    if (at < 2 || at == s.len || s.s[at - 1] != '^')
        return;
    for (size_t i = at; i < s.len && weight < WEIGHT_MAX / 10; i++) {
        if (s.s[i] == '.') {
            unit = 1;
        } else if (unit > 0) {
            unit /= 10;
            weight += (s.s[i] - '0') * unit;
        } else {
            weight = weight * 10 + (s.s[i] - '0');
        }
    }
    t->suffix.weight = weight;
    t->text = str_slice(s.s, at - 1);
}

static void
take_word(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at;
    bool escaped;
    struct query_token *t;

    l->at = end_of_word(l, &escaped);
    begin_clause(r, NO_SIGN, start);
    r->open = false;
    t = lexer_add(l, QUERY_TOKEN_WORD, start);
    t->text = str_slice(l->text.s + start, l->at - start);
    if (!escaped) {
        take_weight(t);
        take_edits(l, t);
        return;
    }
    t->text = unescaped(l, t->text);
    if (has_signs(t->text))
        t->kind = QUERY_TOKEN_QUOTED;
}

/* ---- ranges ------------------------------------------------------------- */

/* A bound of a range, up to white space or a bracket; * is none. */
static struct morgue_str
take_bound(struct lexer *l)
{
    size_t start, end;

    lexer_space(l);
    start = l->at;
    while (l->at < l->text.len && lexer_space_at(l->text, l->at) == 0 &&
           !ends_word(l->text.s[l->at]))
        l->at++;
    end = l->at;
    if (end == start + 1 && l->text.s[start] == '*')
        end = start;
    return str_slice(l->text.s + start, end - start);
}

/* A date of a bound; false where it is none. */
static bool
read_date(struct morgue_str s, struct morgue_date *out)
{
    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    return s.len == 0 || dialect_date(s, out);
}

static bool
add_period(struct lexer *l, struct morgue_str from, struct morgue_str to,
           bool from_out, bool to_out, size_t start)
{
    struct morgue_date first, last;

    if (!read_date(from, &first) || !read_date(to, &last))
        return false;
    if (from_out && first.precision != MORGUE_DATE_NONE)
        first = dialect_after(first);
    if (to_out && last.precision != MORGUE_DATE_NONE)
        last = dialect_before(last);
    dialect_add_period(l, first, last, start);
    return true;
}

/* A number of a bound, `other` where it is none. */
static bool
read_number(struct morgue_str s, uint32_t other, uint32_t *out)
{
    size_t at = 0;

    *out = other;
    return s.len == 0 ||
           (lexer_number(s, &at, UINT32_MAX - 1, out) && at == s.len);
}

static bool
add_length(struct lexer *l, struct morgue_str from, struct morgue_str to,
           bool from_out, bool to_out, size_t start)
{
    uint32_t least, most;
    char text[40];

    if (!read_number(from, 0, &least) || !read_number(to, 0, &most))
        return false;
    least += from_out && from.len > 0;
    most -= to_out && most > 0;
    if (to.len > 0)
        snprintf(text, sizeof text, "%" PRIu32 "..%" PRIu32, least, most);
    else
        snprintf(text, sizeof text, "%" PRIu32 "..", least);
    dialect_add_field(l, "wc", start);
    (void)dialect_add_text(l, QUERY_TOKEN_WORD, start,
                           dialect_copy(l, str_of(text)));
    return true;
}

/* [a TO b], {a TO b} behind a name; what cannot be read is left out. */
static bool
take_range(struct lucene_reading *r, const struct query_name *name,
           size_t start)
{
    struct lexer *l = &r->l;
    bool from_out = l->text.s[l->at] == '{', to_out, known = false;
    struct morgue_str from, to, word;

    l->at++;
    from = take_bound(l);
    word = take_bound(l);
    to = take_bound(l);
    lexer_space(l);
    if (l->at >= l->text.len || !memchr("]}", l->text.s[l->at], 2) ||
        !str_eq(word, STR("TO")))
        return false;
    to_out = l->text.s[l->at++] == '}';
    begin_clause(r, NO_SIGN, start);
    if (name && name->kind == NAME_DATE && from.len + to.len > 0)
        known = add_period(l, from, to, from_out, to_out, start);
    else if (name && name->kind == NAME_LENGTH)
        known = add_length(l, from, to, from_out, to_out, start);
    if (!known && name && from.len == 0 && to.len == 0) {
        lexer_add(l, QUERY_TOKEN_FIELD, start)->name = name;
        (void)dialect_add_text(l, QUERY_TOKEN_WORD, start, STR("*"));
        known = true;
    }
    r->open = false;
    if (known)
        return true;
    drop_clause(r);
    note_add(l->notes, (struct morgue_span){start, l->at},
             "there are ranges of date: and wc: alone here; this one is "
             "left out");
    return true;
}

/* ---- names -------------------------------------------------------------- */

/* Whether the text goes on with `s`, from `at` or here on. */
static bool
goes_on_at(const struct lexer *l, size_t at, const char *s)
{
    return str_starts(str_slice(l->text.s + at, l->text.len - at), str_of(s));
}

static bool
goes_on(const struct lexer *l, const char *s)
{
    return goes_on_at(l, l->at, s);
}

/* /regular expression/, of which a name is at `start`. */
static bool
take_regex(struct lucene_reading *r, size_t start)
{
    struct lexer *l = &r->l;
    size_t at = l->at + 1;

    if (l->text.s[l->at] != '/')
        return false;
    while (at < l->text.len && l->text.s[at] != '/')
        at += l->text.s[at] == '\\' ? 2 : 1;
    if (at >= l->text.len || at == l->at + 1)
        return false;
    note_add(l->notes, (struct morgue_span){start, at + 1},
             "there are no regular expressions here; it is left out");
    l->at = at + 1;
    begin_clause(r, NO_SIGN, start);
    drop_clause(r);
    return true;
}

/* *:* is every article. */
static bool
take_all(struct lucene_reading *r)
{
    size_t start = r->l.at;

    if (!goes_on(&r->l, "*:*"))
        return false;
    r->l.at += 3;
    begin_clause(r, NO_SIGN, start);
    r->open = false;
    (void)dialect_add_text(&r->l, QUERY_TOKEN_WORD, start, STR("*"));
    return true;
}

static void
note_name(struct lexer *l, struct morgue_str name, size_t start)
{
    const char *meant = name_meant(name);

    note_add(l->notes, (struct morgue_span){start, l->at},
             "there is no field '%.*s:'%s%s", (int)name.len, name.s,
             meant ? "; did you mean " : " and it is passed over",
             meant ? meant : "");
}

/* date:>2019, behind the name. */
static bool
take_bound_date(struct lucene_reading *r, size_t start)
{
    struct lexer *l = &r->l;
    size_t at = l->at;
    enum dialect_compare compare = memchr("<>", l->text.s[at], 2)
                                       ? dialect_comparison(l->text, &at)
                                       : CMP_NONE;
    struct morgue_date date, none = {.precision = MORGUE_DATE_NONE};
    struct morgue_str word;

    if (compare == CMP_NONE)
        return false;
    word = dialect_peek(l, at);
    if (!dialect_date(word, &date))
        return false;
    l->at = at + word.len;
    begin_clause(r, NO_SIGN, start);
    r->open = false;
    dialect_add_period(l,
                       compare == CMP_GT   ? dialect_after(date)
                       : compare == CMP_GE ? date
                                           : none,
                       compare == CMP_LT   ? dialect_before(date)
                       : compare == CMP_LE ? date
                                           : none,
                       start);
    return true;
}

/* _missing_:name: it is empty. */
static bool
take_missing(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at;
    static const char missing[] = "_missing_:";

    if (!goes_on(l, missing) || !lexer_more_at(l, start + strlen(missing)))
        return false;
    l->at += strlen(missing);
    begin_clause(r, NO_SIGN, start);
    (void)lexer_add(l, QUERY_TOKEN_MINUS, start);
    dialect_add_field(l, "has", start);
    return true;
}

/* name: before something. */
static bool
take_name(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at, end = dialect_name_end(l->text, start);
    bool exists = goes_on(l, "_exists_:");
    const struct query_name *name;
    struct morgue_str typed;

    if (exists)
        end = start + strlen("_exists_");
    typed = str_slice(l->text.s + start, end - start);
    if (typed.len == 0 || end >= l->text.len || l->text.s[end] != ':' ||
        !lexer_more_at(l, end + 1) || goes_on_at(l, end, "://"))
        return false;
    name = name_find(exists ? STR("has") : typed);
    l->at = end + 1;
    if (take_regex(r, start))
        return true;
    if (name && name->kind == NAME_DATE && take_bound_date(r, start))
        return true;
    if (l->text.s[l->at] == '[' || l->text.s[l->at] == '{') {
        if (take_range(r, name, start))
            return true;
        l->at = end + 1;
    }
    begin_clause(r, NO_SIGN, start);
    if (name)
        lexer_add(l, QUERY_TOKEN_FIELD, start)->name = name;
    else
        note_name(l, typed, start);
    return true;
}

/* ---- the text ----------------------------------------------------------- */

/* + - ! before something; white space may stand behind !. */
static bool
take_sign(struct lucene_reading *r)
{
    char c = r->l.text.s[r->l.at];
    size_t start = r->l.at;
    struct lexer behind = r->l;

    behind.at++;
    if (c == '!')
        lexer_space(&behind);
    if (!memchr("+-!", c, 3) || !lexer_more_at(&behind, behind.at) || r->open)
        return false;
    r->l.at++;
    begin_clause(r, c == '+' ? QUERY_TOKEN_PLUS : QUERY_TOKEN_MINUS, start);
    return true;
}

/* AND OR NOT && ||. */
static bool
take_operator(struct lucene_reading *r)
{
    static const struct {
        const char *word;
        enum query_token_kind kind;
    } words[] = {{"AND", QUERY_TOKEN_AND},
                 {"OR", QUERY_TOKEN_OR},
                 {"NOT", QUERY_TOKEN_NOT},
                 {"&&", QUERY_TOKEN_AND},
                 {"||", QUERY_TOKEN_OR}};
    size_t start = r->l.at, end;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        end = start + strlen(words[i].word);
        if (!goes_on(&r->l, words[i].word) ||
            (lexer_more_at(&r->l, end) && !ends_word(r->l.text.s[end])))
            continue;
        r->l.at = end;
        if (words[i].kind == QUERY_TOKEN_NOT)
            begin_clause(r, QUERY_TOKEN_NOT, start);
        else
            take_conjunction(r, words[i].kind == QUERY_TOKEN_AND, start);
        return true;
    }
    return false;
}

static bool
take_bracket(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at;
    char c = l->text.s[start];

    if (c != '(' && c != ')')
        return false;
    l->at++;
    if (c == '(') {
        begin_clause(r, NO_SIGN, start);
        r->open = false;
        (void)lexer_add(l, QUERY_TOKEN_OPEN, start);
        r->depth++;
        *here(r) = (struct clauses){.last = 0};
        return true;
    }
    r->open = false;
    end_clauses(r);
    r->depth -= r->depth > 0;
    lexer_suffixes(l, lexer_add(l, QUERY_TOKEN_CLOSE, start));
    return true;
}

static bool
take_quoted(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at, quote = lexer_quote_at(l->text, start);
    struct query_token *t;

    if (quote == 0)
        return false;
    begin_clause(r, NO_SIGN, start);
    r->open = false;
    t = lexer_quoted(l);
    if (t) {
        lexer_suffixes(l, t);
        return true;
    }
    l->at += quote;
    note_add(l->notes, (struct morgue_span){start, l->at},
             "this quotation mark has no partner and is passed over");
    return true;
}

static void
take_token(struct lucene_reading *r)
{
    struct lexer *l = &r->l;
    size_t start = l->at, end;
    bool escaped;

    if (take_bracket(r) || take_quoted(r) || take_operator(r) ||
        take_sign(r) || take_regex(r, start) || take_all(r) ||
        take_missing(r) || take_name(r))
        return;
    end = end_of_word(l, &escaped);
    if (end == start) {
        note_add(l->notes, (struct morgue_span){start, start + 1},
                 "this bracket belongs to no range and is passed over");
        l->at++;
    } else if (l->text.s[start] != '*' &&
               lexer_is_punctuation(
                   str_slice(l->text.s + start, end - start))) {
        l->at = end;
    } else {
        take_word(r);
    }
}

/* Take out what stands where a sign might have been. */
static void
drop_no_signs(struct query_tokens *out)
{
    size_t n = 0;

    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].kind != NO_SIGN)
            out->v[n++] = out->v[i];
    out->v[n] = out->v[out->n]; /* the END */
    out->n = n;
}

static enum morgue_status
lex(struct query_tokens *out, struct arena *arena, struct morgue_str text,
    struct query_notes *notes, struct morgue_error *err)
{
    struct lucene_reading r = {.depth = 0};
    enum morgue_status st;

    lexer_start(&r.l, out, arena, text, notes, err);
    for (lexer_space(&r.l); r.l.at < text.len && !r.l.status;
         lexer_space(&r.l))
        take_token(&r);
    for (end_clauses(&r); r.depth > 0; end_clauses(&r))
        r.depth--;
    st = lexer_end(&r.l);
    if (!st)
        drop_no_signs(out);
    return st;
}

static const struct grammar grammar = {
    .power = {[QUERY_TOKEN_OR] = 1,
              [QUERY_TOKEN_AND] = 2,
              [QUERY_TOKEN_BUT] = 2,
              [QUERY_TOKEN_NEAR] = 4,
              [QUERY_TOKEN_APART] = 4},
    .sign = 3,
    .beside = 1,
    .beside_kind = AST_LIST,
    .filters_too = true,
};

const struct dialect dialect_lucene = {"lucene", lex, &grammar};
