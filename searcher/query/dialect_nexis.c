/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_nexis.c - queries as Nexis and Lexis read them
 *
 * Terms and connectors: OR binds tightest, then proximities, the nearest
 * first, then those of a sentence and of a paragraph, then AND, then AND NOT.
 * Words beside each other are a phrase.  ! is any ending; * one letter, which
 * at the end of a word may be none; ? between letters one.  A segment is a
 * name before brackets.
 */
#include "dialect.h"
#include "dialect_lex.h"

#define REACH_NONE                                                            \
    {                                                                         \
        .n = 0                                                                \
    }

static const struct dialect_operator operators[] = {
    {"and", QUERY_TOKEN_AND, REACH_NONE, NULL},
    {"&", QUERY_TOKEN_AND, REACH_NONE, NULL},
    {"or", QUERY_TOKEN_OR, REACH_NONE, NULL},
    {"not", QUERY_TOKEN_NOT, REACH_NONE, NULL},
    {"but", QUERY_TOKEN_AND, REACH_NONE, NULL},
};

static const struct dialect_near near[] = {
    {"w/", false, true, 0},      {"pre/", true, true, 0},
    {"onear/", true, true, 0},   {"near/", false, true, 0},
    {"within/", false, true, 0}, {"/", false, true, 0},
    {"+", true, true, 0},        {"adj/", true, true, 0},
};

static const char case_note[] = "case does not matter here",
                  number_note[] = "only the word as written is looked for",
                  words_note[] =
                      "there is no such segment here: words of the body";

static const struct dialect_field fields[] = {
    {"headline", MEANS_FIELD, "title", NULL},
    {"title", MEANS_FIELD, "title", NULL},
    {"byline", MEANS_FIELD, "author", NULL},
    {"author", MEANS_FIELD, "author", NULL},
    {"body", MEANS_FIELD, "body", NULL},
    {"text", MEANS_FIELD, "body", NULL},
    {"publication", MEANS_FIELD, "source", NULL},
    {"pub", MEANS_FIELD, "source", NULL},
    {"source", MEANS_FIELD, "source", NULL},
    {"publisher", MEANS_FIELD, "source", NULL},
    {"section", MEANS_FIELD, "section", NULL},
    {"language", MEANS_FIELD, "lang", NULL},
    {"term", MEANS_FIELD, "topic", NULL},
    {"terms", MEANS_FIELD, "topic", NULL},
    {"subject", MEANS_FIELD, "topic", NULL},
    {"subject-terms", MEANS_FIELD, "topic", NULL},
    {"geographic", MEANS_FIELD, "place", NULL},
    {"city", MEANS_FIELD, "place", NULL},
    {"state", MEANS_FIELD, "place", NULL},
    {"country", MEANS_FIELD, "place", NULL},
    {"dateline", MEANS_FIELD, "place", "the dateline is part of places here"},
    {"hlead", MEANS_HEADLEAD, NULL, NULL},
    {"lead", MEANS_LEAD, NULL, NULL},
    {"length", MEANS_LENGTH, NULL, NULL},
    {"date", MEANS_PERIOD, NULL, NULL},
    {"pub-date", MEANS_PERIOD, NULL, NULL},
    {"load-date", MEANS_PERIOD, NULL, NULL},
    {"allcaps", MEANS_ITSELF, NULL, case_note},
    {"caps", MEANS_ITSELF, NULL, case_note},
    {"nocaps", MEANS_ITSELF, NULL, case_note},
    {"singular", MEANS_EXACT, NULL, number_note},
    {"plural", MEANS_EXACT, NULL, number_note},
    {"company", MEANS_WORDS, NULL, words_note},
    {"organization", MEANS_WORDS, NULL, words_note},
    {"person", MEANS_WORDS, NULL, words_note},
    {"ticker", MEANS_WORDS, NULL, words_note},
    {"industry", MEANS_WORDS, NULL, words_note},
    {"type", MEANS_WORDS, NULL, words_note},
    {"publication-type", MEANS_WORDS, NULL, words_note},
    {"graphic", MEANS_WORDS, NULL, words_note},
    {"caption", MEANS_WORDS, NULL, words_note},
    {"correction", MEANS_WORDS, NULL, words_note},
    {"highlight", MEANS_WORDS, NULL, words_note},
    {"series", MEANS_WORDS, NULL, words_note},
    {"cite", MEANS_WORDS, NULL, words_note},
    {"copyright", MEANS_WORDS, NULL, words_note},
    {"notes", MEANS_WORDS, NULL, words_note},
    {"memo", MEANS_WORDS, NULL, words_note},
};

/* ---- periods and lengths ------------------------------------------------ */

struct bounds {
    struct morgue_date from, to;
};

static void
narrow(struct bounds *b, enum dialect_compare compare, struct morgue_date date)
{
    if (compare != CMP_LT && compare != CMP_LE)
        b->from = compare == CMP_GT ? dialect_after(date) : date;
    if (compare != CMP_GT && compare != CMP_GE)
        b->to = compare == CMP_LT ? dialect_before(date) : date;
}

/* Where what is compared with ends: at a bracket, before "and"; at white
 * space where there are no brackets around all. */
static size_t
value_end(struct morgue_str s, size_t at, size_t end, bool bare)
{
    size_t i = at;

    while (i < end && s.s[i] != '(' && s.s[i] != ')') {
        if (is_space(s.s[i]) &&
            (bare || str_starts_nocase(str_slice(s.s + i + 1, end - i - 1),
                                       STR("and "))))
            break;
        i++;
    }
    return i;
}

static void
pass_over(struct morgue_str s, size_t *at, size_t end, const char *these)
{
    while (*at < end &&
           (is_space(s.s[*at]) || (s.s[*at] && strchr(these, s.s[*at]))))
        ++*at;
}

/* "> 1990 and < 2000" from *at to `end`, or, without brackets around, as far
 * as it goes. */
static bool
read_bounds(struct morgue_str s, size_t *at, size_t end, bool bare,
            struct bounds *out)
{
    size_t i = *at, behind;

    *out = (struct bounds){.from = {.precision = MORGUE_DATE_NONE}};
    for (;;) {
        struct morgue_date date;
        enum dialect_compare compare;
        size_t stop;

        pass_over(s, &i, end, "(");
        compare = dialect_comparison(str_slice(s.s, end), &i);
        pass_over(s, &i, end, "(");
        stop = value_end(s, i, end, bare);
        if ((bare && compare == CMP_NONE) ||
            !dialect_date(str_slice(s.s + i, stop - i), &date))
            return false;
        narrow(out, compare, date);
        *at = i = stop;
        pass_over(s, &i, end, bare ? "" : ")");
        if (i == end)
            *at = end;
        if (!str_starts_nocase(str_slice(s.s + i, end - i), STR("and ")))
            return bare || i == end;
        behind = i + 4;
        if (bare && dialect_comparison(s, &behind) == CMP_NONE)
            return true;
        i += 4;
    }
}

/* Where the bracket that opens at `at` is closed; the text's end. */
static size_t
bracket_end(struct morgue_str s, size_t at)
{
    size_t depth = 0;

    for (size_t i = at; i < s.len; i++) {
        depth += s.s[i] == '(';
        if (s.s[i] == ')' && --depth == 0)
            return i;
    }
    return s.len;
}

/* Tell of a name of a period that is none here, where a date seems to follow.
 */
static void
note_period(struct lexer *l, size_t start, size_t end)
{
    static const char *const words[] = {"between ", "from ", "("};
    struct morgue_str s = l->text, rest;
    size_t at = end, behind;

    pass_over(s, &at, s.len, "");
    behind = at;
    rest = str_slice(s.s + at, s.len - at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_nocase(rest, str_of(words[i])))
            behind = at + strlen(words[i]);
    if (behind == at && dialect_comparison(s, &behind) == CMP_NONE)
        return;
    pass_over(s, &behind, s.len, "(");
    if (behind < s.len && is_digit(s.s[behind]))
        note_add(l->notes, (struct morgue_span){start, end},
                 "'%.*s' is read as a word; a period is date(geq 1/1/1990 "
                 "and leq 12/31/1999)",
                 (int)(end - start), s.s + start);
}

/* date(aft 1/1/1990), date > 1990; what is no period there is a word. */
static bool
take_period(struct lexer *l, size_t start, size_t end)
{
    struct morgue_str s = l->text;
    bool apart = end >= s.len || s.s[end] != '(', bare;
    size_t at = end, close;
    struct bounds b;

    pass_over(s, &at, s.len, "");
    bare = at >= s.len || s.s[at] != '(';
    close = bare ? s.len : bracket_end(s, at);
    at += !bare;
    if (read_bounds(s, &at, close, bare, &b)) {
        l->at = bare ? at : close + (close < s.len);
        dialect_add_period(l, b.from, b.to, start);
        return true;
    }
    if (apart) {
        note_period(l, start, end);
        return false;
    }
    l->at = close + (close < s.len);
    dialect_left_out(l, start, "it is not understood as a period");
    return true;
}

/* length > 500, length(>500). */
static bool
take_length(struct lexer *l, size_t start, size_t end)
{
    struct morgue_str text;
    size_t at = end;
    bool open;

    pass_over(l->text, &at, l->text.len, "");
    open = at < l->text.len && l->text.s[at] == '(';
    at += open;
    pass_over(l->text, &at, l->text.len, "");
    if (!dialect_length(l, &at, &text))
        return false;
    if (open) {
        pass_over(l->text, &at, l->text.len, "");
        if (at < l->text.len && l->text.s[at] != ')')
            return false;
        at += at < l->text.len;
    }
    l->at = at;
    dialect_add_field(l, "wc", start);
    (void)dialect_add_text(l, QUERY_TOKEN_WORD, start, text);
    return true;
}

/* ---- names -------------------------------------------------------------- */

/* singular(bank): the one word in the brackets, as it is written. */
static bool
take_exact(struct lexer *l, size_t end)
{
    struct lexer inner = *l;
    size_t close = bracket_end(l->text, end);
    struct query_token *t;

    inner.at = end + 1;
    if (close >= l->text.len || inner.at == close ||
        lexer_word_end(&inner, false) != close)
        return false;
    l->at = close;
    t = dialect_add_text(
        l, QUERY_TOKEN_WORD, end + 1,
        dialect_copy(l, str_slice(l->text.s + end + 1, close - end - 1)));
    t->soft = true;
    l->at = close + 1;
    t->span.end = l->at;
    return true;
}

/* Tell of a name that is not followed by what it is for in brackets. */
static void
note_brackets(struct lexer *l, size_t start, size_t end)
{
    struct morgue_span span = {start, end};
    struct morgue_str name = note_shown(l->text, span);

    note_add(l->notes, span,
             "'%.*s' is read as a word; what it is for stands in brackets",
             (int)name.len, name.s);
}

/* atleast5(x) */
static bool
take_atleast(struct lexer *l, size_t start, size_t end)
{
    size_t at = end;
    uint32_t n;

    if (!lexer_number(l->text, &at, 1000000, &n)) {
        pass_over(l->text, &at, l->text.len, "");
        if (at > end && lexer_number(l->text, &at, 1000000, &n))
            note_add(l->notes, (struct morgue_span){start, end},
                     "'%.*s' is read as a word; its number directly behind "
                     "it, as in atleast5(x)",
                     (int)(end - start), l->text.s + start);
        return false;
    }
    end = at;
    pass_over(l->text, &at, l->text.len, "");
    if (at >= l->text.len || l->text.s[at] != '(') {
        note_brackets(l, start, end);
        return false;
    }
    l->at = end;
    dialect_add_function(l, FUNCTION_TIMES, n, start);
    return true;
}

static bool
is_operator(const struct dialect_rules *r, struct morgue_str name)
{
    for (size_t i = 0; i < r->operators_n; i++)
        if (str_eq_nocase(name, str_of(r->operators[i].word)))
            return true;
    return false;
}

/* What is left out of term(new products #90plus#): how much of an article is
 * about it. */
static bool
take_score(struct lexer *l)
{
    size_t start = l->at;
    struct morgue_str word =
        l->text.s[start] == '#' ? dialect_peek(l, start) : STR("");

    if (word.len < 3 || word.s[word.len - 1] != '#')
        return false;
    l->at += word.len;
    dialect_left_out(l, start, "topics have no scores here");
    return true;
}

/* Whether digits and an opening bracket stand at `at`. */
static bool
is_numbered(struct morgue_str s, size_t at)
{
    uint32_t n;

    return lexer_number(s, &at, UINT32_MAX, &n) && at < s.len &&
           s.s[at] == '(';
}

/* not/5, notnear/5, not/seg: NOT, and the proximity is what follows. */
static bool
take_not(struct lexer *l, struct morgue_str name, size_t end)
{
    struct morgue_str behind = dialect_peek(l, end);

    if ((!str_eq_nocase(name, STR("not")) &&
         !str_eq_nocase(name, STR("notnear"))) ||
        behind.len < 2 || behind.s[0] != '/' ||
        (!is_digit(behind.s[1]) && !str_eq_nocase(behind, STR("/seg"))))
        return false;
    l->at += strlen("not");
    (void)lexer_add(l, QUERY_TOKEN_NOT, l->at - strlen("not"));
    return true;
}

static bool
take(struct lexer *l, const struct dialect_rules *r)
{
    size_t start = l->at, end = dialect_name_end(l->text, start);
    struct morgue_str name = str_slice(l->text.s + start, end - start);
    const struct dialect_field *f =
        name.len > 0 ? dialect_field_find(r, name) : NULL;
    bool open = end < l->text.len && l->text.s[end] == '(';

    if (name.len == 0)
        return take_score(l);
    if (str_eq_nocase(name, STR("atleast")) ||
        (str_eq_nocase(name, STR("atl")) && is_numbered(l->text, end)))
        return take_atleast(l, start, end);
    if (take_not(l, name, end))
        return true;
    if (f && f->meaning == MEANS_LENGTH)
        return take_length(l, start, end);
    if (f && f->meaning == MEANS_PERIOD)
        return take_period(l, start, end);
    if (f && end < l->text.len && l->text.s[end] == ':')
        note_brackets(l, start, end);
    if (!open)
        return false;
    if (!f && name.len > 2 && !is_operator(r, name))
        note_add(
            l->notes, (struct morgue_span){start, end},
            "there is no segment '%.*s' and it is read as a word",
            (int)note_shown(l->text, (struct morgue_span){start, end}).len,
            name.s);
    if (!f)
        return false;
    dialect_take_name(l, f, start, end);
    if (f->meaning == MEANS_EXACT)
        (void)take_exact(l, end);
    return true;
}

/* ---- the dialect -------------------------------------------------------- */

static const struct dialect_rules rules = {
    .operators = operators,
    .operators_n = sizeof operators / sizeof *operators,
    .near = near,
    .near_n = sizeof near / sizeof *near,
    .fields = fields,
    .fields_n = sizeof fields / sizeof *fields,
    .any = "!",
    .one = "*",
    .optional = '*',
    .inner = '?',
    .phrase = true,
    .take = take,
};

static enum morgue_status
lex(struct query_tokens *out, struct arena *arena, struct morgue_str text,
    struct query_notes *notes, struct morgue_error *err)
{
    return dialect_lex(&rules, out, arena, text, notes, err);
}

/* The nearest first; then of a sentence, then of a paragraph. */
static unsigned
nearest_first(const struct reach *reach)
{
    return reach->unit == REACH_SENTENCE    ? 2
           : reach->unit == REACH_PARAGRAPH ? 1
                                            : GRAMMAR_REACHES - 1 - reach->n;
}

static const struct grammar grammar = {
    .power = {[QUERY_TOKEN_OR] = 6,
              [QUERY_TOKEN_NEAR] = 5,
              [QUERY_TOKEN_APART] = 5,
              [QUERY_TOKEN_AND] = 3,
              [QUERY_TOKEN_BUT] = 2},
    .sign = 4,
    .beside = 3,
    .beside_kind = AST_AND,
    .reach_power = nearest_first,
};

const struct dialect dialect_nexis = {"nexis", lex, &grammar};
