/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_proquest.c - queries as ProQuest reads them
 *
 * Operators are in any case and bind in the order PRE, NEAR, AND, OR, NOT, so
 * that a b NOT c OR d is (a AND b) NOT (c OR d).  Words beside each other all
 * have to be there.  A field is a code before brackets, TI(x), or before a
 * colon, ti: x; SU.EXACT(x) is a whole phrase, and TI,AB(x) is in any of these
 * fields.  * is any letters, ? is one, $n and [*n] are up to n.  { } are
 * quotation marks.
 *
 * What is not handled: sets (S1 AND S2), and lists of fields other than
 * headline and abstract, which are read as words wherever they are; a note
 * tells.
 */
#include <string.h>

#include "dialect.h"
#include "dialect_lex.h"

static const struct dialect_operator operators[] = {
    {"and", QUERY_TOKEN_AND, {.n = 0}, NULL},
    {"or", QUERY_TOKEN_OR, {.n = 0}, NULL},
    {"not", QUERY_TOKEN_NOT, {.n = 0}, NULL},
    {"lnk", QUERY_TOKEN_AND, {.n = 0}, "topics have no links; read as AND"},
};

static const struct dialect_near near[] = {
    {"near", false, false, 4}, {"n/", false, false, 0},
    {"w/", false, false, 0},   {"pre", true, false, 4},
    {"p/", true, false, 0},
};

static const char code_note[] =
    "there are no such codes here: words of the body",
                  abstract_note[] = "abstracts are the first 80 words here",
                  no_text_note[] =
                      "read as the headline and the first 80 words",
                  anywhere_note[] = "read as words wherever they are",
                  exact_note[] = "read as a phrase",
                  case_note[] = "case does not matter here",
                  link_note[] = "topics have no links; read as its words";

static const struct dialect_field fields[] = {
    {"ti", MEANS_FIELD, "title", NULL},
    {"title", MEANS_FIELD, "title", NULL},
    {"au", MEANS_FIELD, "author", NULL},
    {"author", MEANS_FIELD, "author", NULL},
    {"pub", MEANS_FIELD, "source", NULL},
    {"pubtitle", MEANS_FIELD, "source", NULL},
    {"publication", MEANS_FIELD, "source", NULL},
    {"ft", MEANS_FIELD, "body", NULL},
    {"fulltext", MEANS_FIELD, "body", NULL},
    {"text", MEANS_FIELD, "body", NULL},
    {"su", MEANS_FIELD, "topic", NULL},
    {"subject", MEANS_FIELD, "topic", NULL},
    {"mainsubject", MEANS_FIELD, "topic", NULL},
    {"if", MEANS_FIELD, "topic", NULL},
    {"loc", MEANS_FIELD, "place", NULL},
    {"location", MEANS_FIELD, "place", NULL},
    {"la", MEANS_FIELD, "lang", NULL},
    {"language", MEANS_FIELD, "lang", NULL},
    {"sec", MEANS_FIELD, "section", NULL},
    {"section", MEANS_FIELD, "section", NULL},
    {"an", MEANS_FIELD, "id", NULL},
    {"ab", MEANS_LEAD, NULL, abstract_note},
    {"abstract", MEANS_LEAD, NULL, abstract_note},
    {"noft", MEANS_HEADLEAD, NULL, no_text_note},
    {"yr", MEANS_PERIOD, NULL, NULL},
    {"year", MEANS_PERIOD, NULL, NULL},
    {"pd", MEANS_PERIOD, NULL, NULL},
    {"pubdate", MEANS_PERIOD, NULL, NULL},
    {"all", MEANS_ITSELF, NULL, NULL},
    {"allcaps", MEANS_ITSELF, NULL, case_note},
    {"lnk", MEANS_ITSELF, NULL, link_note},
    {"exact", MEANS_EXACT, NULL, exact_note},
    {"x", MEANS_EXACT, NULL, exact_note},
    {"dtype", MEANS_WORDS, NULL, code_note},
    {"stype", MEANS_WORDS, NULL, code_note},
    {"at", MEANS_WORDS, NULL, code_note},
    {"cap", MEANS_WORDS, NULL, code_note},
    {"comp", MEANS_WORDS, NULL, code_note},
    {"org", MEANS_WORDS, NULL, code_note},
    {"per", MEANS_WORDS, NULL, code_note},
    {"naics", MEANS_WORDS, NULL, code_note},
    {"issn", MEANS_WORDS, NULL, code_note},
    {"isbn", MEANS_WORDS, NULL, code_note},
    {"pubid", MEANS_WORDS, NULL, code_note},
    {"place", MEANS_WORDS, NULL, code_note},
};

/* Of a list of codes. */
static const struct dialect_field headlead = {"", MEANS_HEADLEAD, NULL, NULL},
                                  anywhere = {"", MEANS_ITSELF, NULL, NULL};

/* ---- periods ------------------------------------------------------------ */

/* Bytes of a range, at most. */
enum { PERIOD_MAX = 80 };

/* 1990-1995, 19900101-19951231, 1990-, -1995: the hyphen that has a date, or
 * nothing, on either side. */
static bool
read_range(struct morgue_str s, struct morgue_date *from,
           struct morgue_date *to)
{
    const struct morgue_date none = {.precision = MORGUE_DATE_NONE};

    for (size_t i = 0; i < s.len && s.len <= PERIOD_MAX; i++) {
        struct morgue_str left = str_trim(str_slice(s.s, i)),
                          right =
                              str_trim(str_slice(s.s + i + 1, s.len - i - 1));

        if (s.s[i] != '-' || left.len + right.len == 0)
            continue;
        *from = *to = none;
        if ((left.len == 0 || (left.len >= 4 && dialect_date(left, from))) &&
            (right.len == 0 || (right.len >= 4 && dialect_date(right, to))))
            return true;
    }
    return false;
}

/* A range, one date, or > and < and one. */
static bool
read_period(struct morgue_str s, struct morgue_date *from,
            struct morgue_date *to)
{
    const struct morgue_date none = {.precision = MORGUE_DATE_NONE};
    enum dialect_compare compare;
    struct morgue_date date;
    size_t at = 0;

    s = str_trim(s);
    if (read_range(s, from, to))
        return true;
    compare = dialect_comparison(s, &at);
    if (!dialect_date(str_slice(s.s + at, s.len - at), &date))
        return false;
    *from = *to = date;
    if (compare == CMP_GT)
        *from = dialect_after(date);
    if (compare == CMP_LT)
        *to = dialect_before(date);
    if (compare == CMP_GT || compare == CMP_GE)
        *to = none;
    if (compare == CMP_LT || compare == CMP_LE)
        *from = none;
    return true;
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

/* YR(1990-1995), pd: 19900101; `end` is where what it is for begins.  What is
 * no period is left out, in brackets; behind a colon it is words. */
static bool
take_period(struct lexer *l, size_t start, size_t end)
{
    bool open = l->text.s[end] == '(';
    size_t from = end + open, close = open ? bracket_end(l->text, end)
                                           : end + dialect_peek(l, end).len;
    struct morgue_date first, last;
    bool read =
        read_period(str_slice(l->text.s + from, close - from), &first, &last);

    if (!read && !open)
        return false;
    l->at = close + (open && close < l->text.len);
    if (read)
        dialect_add_period(l, first, last, start);
    else
        dialect_left_out(l, start, "it is not understood as a period");
    return true;
}

/* ---- names -------------------------------------------------------------- */

/* A code as it is typed: ti, ti,ab, su.exact. */
struct proquest_code {
    const struct dialect_field *field; /* NULL: there is none */
    size_t end;                        /* behind the last name */
    bool many, exact;
};

static bool
is_exact(struct morgue_str name)
{
    return str_eq_nocase(name, STR("exact")) || str_eq_nocase(name, STR("x"));
}

/* Names from `at` on, with dots and commas between. */
static struct proquest_code
read_code(const struct lexer *l, const struct dialect_rules *r, size_t at)
{
    struct proquest_code code = {.end = dialect_name_end(l->text, at)};
    bool title = false, abstract = false, all = true;

    for (size_t start = at, end = code.end; end > start;) {
        struct morgue_str name = str_slice(l->text.s + start, end - start);
        const struct dialect_field *f = dialect_field_find(r, name);
        char before = start > at ? l->text.s[start - 1] : ',';

        code.exact = code.exact || (before == '.' && is_exact(name));
        if (before == ',') {
            code.many = start > at;
            code.field = f;
            all = all && f;
            title = title || (f && f->field && !strcmp(f->field, "title"));
            abstract = abstract || (f && f->meaning == MEANS_LEAD);
        }
        code.end = end;
        if (end >= l->text.len ||
            (l->text.s[end] != '.' && l->text.s[end] != ','))
            break;
        start = end + 1;
        end = dialect_name_end(l->text, start);
    }
    if (code.many)
        code.field = !all ? NULL : title && abstract ? &headlead : &anywhere;
    return code;
}

/* A phrase without quotation marks: the words from `from` to `to`, which l->at
 * comes behind. */
static void
add_phrase(struct lexer *l, size_t start, size_t from, size_t to)
{
    l->at = to + (to < l->text.len);
    (void)dialect_add_text(
        l, QUERY_TOKEN_QUOTED, start,
        dialect_copy(l, str_slice(l->text.s + from, to - from)));
}

/* EXACT(a b): words alone in the brackets at `end` are a phrase. */
static void
take_exact(struct lexer *l, size_t end)
{
    struct morgue_str s = l->text;
    bool letter = false;
    size_t to = end + 1;

    for (; to < s.len && s.s[to] != ')'; to++) {
        struct morgue_str rest = str_slice(s.s + to, s.len - to);

        if ((s.s[to] && strchr("(*?$[{", s.s[to])) ||
            lexer_quote_at(s, to) > 0 || str_starts_nocase(rest, STR(" or ")))
            return;
        letter = letter || !is_space(s.s[to]);
    }
    if (letter)
        add_phrase(l, end, end + 1, to);
}

/* { } around words are quotation marks. */
static bool
take_braces(struct lexer *l)
{
    size_t start = l->at, to = start + 1;

    if (l->text.s[start] != '{')
        return false;
    while (to < l->text.len && !strchr("{}", l->text.s[to]))
        to++;
    if (to < l->text.len && l->text.s[to] == '}' && to > start + 1) {
        add_phrase(l, start, start + 1, to);
        return true;
    }
    l->at++;
    note_add(l->notes, (struct morgue_span){start, l->at},
             "this brace has no partner and is passed over");
    return true;
}

static bool
is_operator(const struct dialect_rules *r, struct morgue_str name)
{
    for (size_t i = 0; i < r->operators_n; i++)
        if (str_eq_nocase(name, str_of(r->operators[i].word)))
            return true;
    return str_eq_nocase(name, STR("near")) || str_eq_nocase(name, STR("pre"));
}

/* A name before brackets that is no code. */
static void
note_unknown(struct lexer *l, const struct dialect_rules *r, size_t end)
{
    struct morgue_span span = {l->at, end};
    struct morgue_str shown = note_shown(l->text, span);

    if (end - l->at >= 2 &&
        !is_operator(r, str_slice(l->text.s + l->at, end - l->at)))
        note_add(l->notes, span,
                 "there is no field '%.*s' and it is read as a word",
                 (int)shown.len, shown.s);
}

/* What is told of a list, and of su.exact. */
static void
note_code(struct lexer *l, const struct proquest_code *code, size_t start)
{
    struct morgue_span span = {start, code->end};
    struct morgue_str shown = note_shown(l->text, span);

    if (code->many || code->exact)
        note_add(l->notes, span, "'%.*s': %s", (int)shown.len, shown.s,
                 code->exact                ? exact_note
                 : code->field == &headlead ? no_text_note
                                            : anywhere_note);
}

/* Where what a code is for begins: at a bracket behind it, or what comes
 * behind a colon; 0: there is nothing. */
static size_t
operand_at(const struct lexer *l, const struct proquest_code *code)
{
    struct lexer here = *l;

    here.at = code->end;
    if (here.at >= l->text.len)
        return 0;
    if (l->text.s[here.at] == '(')
        return here.at;
    if (l->text.s[here.at] != ':' || !code->field ||
        code->field->meaning == MEANS_ITSELF ||
        code->field->meaning == MEANS_EXACT)
        return 0;
    here.at++;
    lexer_space(&here);
    return here.at < l->text.len && l->text.s[here.at] != ')' ? here.at : 0;
}

static bool
take(struct lexer *l, const struct dialect_rules *r)
{
    size_t start = l->at, at;
    struct proquest_code code;

    if (take_braces(l))
        return true;
    code = read_code(l, r, start);
    at = code.end > start ? operand_at(l, &code) : 0;
    if (at == 0)
        return false;
    if (!code.field) {
        note_unknown(l, r, code.end);
        return false;
    }
    if (code.field->meaning == MEANS_PERIOD)
        return take_period(l, start, at);
    dialect_take_name(l, code.field, start, at);
    note_code(l, &code, start);
    if ((code.exact || code.field->meaning == MEANS_EXACT) &&
        l->text.s[at] == '(')
        take_exact(l, at);
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
    .any = "*",
    .one = "?",
    .up_to = '$',
    .take = take,
};

static enum morgue_status
lex(struct query_tokens *out, struct arena *arena, struct morgue_str text,
    struct query_notes *notes, struct morgue_error *err)
{
    return dialect_lex(&rules, out, arena, text, notes, err);
}

/* PRE before NEAR. */
static unsigned
ordered_first(const struct reach *reach)
{
    return reach->ordered ? 1 : 0;
}

static const struct grammar grammar = {
    .power = {[QUERY_TOKEN_NEAR] = 6,
              [QUERY_TOKEN_APART] = 6,
              [QUERY_TOKEN_AND] = 4,
              [QUERY_TOKEN_OR] = 3,
              [QUERY_TOKEN_BUT] = 2},
    .sign = 5,
    .beside = 4,
    .beside_kind = AST_AND,
    .reach_power = ordered_first,
};

const struct dialect dialect_proquest = {"proquest", lex, &grammar};
