/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_factiva.c - queries as Factiva reads them
 *
 * Words beside each other are a phrase.  Proximities (same, adjN, w/N, nearN,
 * /Nn/) bind tightest, from left to right, then what is for one side (field=,
 * atleastN, /Fn/), then not, and, or.  adj and w are ordered.  ( ) and [ ] are
 * brackets.  * and $ are any ending, $n up to n letters, ? is one.
 */
#include <stdio.h>

#include "../../common/article/date.h"
#include "dialect.h"
#include "dialect_lex.h"

/* How a word may be told to stand among the first ones of an article. */
enum { FIRST_MAX = 100000 };

static const struct dialect_operator operators[] = {
    {"and", QUERY_TOKEN_AND, {.n = 0}, NULL},
    {"or", QUERY_TOKEN_OR, {.n = 0}, NULL},
    {"not", QUERY_TOKEN_NOT, {.n = 0}, NULL},
    {"same", QUERY_TOKEN_NEAR, {.unit = REACH_PARAGRAPH}, NULL},
    {"%",
     QUERY_TOKEN_NEAR,
     {.n = 2, .ordered = true},
     "one word between two; read as pre/2"},
};

static const struct dialect_near near[] = {
    {"adj", true, false, 1},
    {"near", false, false, 1},
    {"w/", true, false, 1},
};

static const char code_note[] =
    "there are no such codes here: words of the body",
                  lead_note[] = "the lead is the first 80 words here",
                  subject_note[] = "codes of subjects are topics here",
                  place_note[] = "codes of regions are places here",
                  source_note[] = "codes of sources are names here";

static const struct dialect_field fields[] = {
    {"hd", MEANS_FIELD, "title", NULL},
    {"hlp", MEANS_HEADLEAD, NULL, NULL},
    {"hl", MEANS_HEADLEAD, NULL, NULL},
    {"lp", MEANS_LEAD, NULL, lead_note},
    {"tdp", MEANS_FIELD, "body", NULL},
    {"td", MEANS_FIELD, "body", NULL},
    {"by", MEANS_FIELD, "author", NULL},
    {"se", MEANS_FIELD, "section", NULL},
    {"la", MEANS_FIELD, "lang", NULL},
    {"rst", MEANS_FIELD, "source", source_note},
    {"sc", MEANS_FIELD, "source", source_note},
    {"sn", MEANS_FIELD, "source", NULL},
    {"pub", MEANS_FIELD, "source", NULL},
    {"ns", MEANS_FIELD, "topic", subject_note},
    {"re", MEANS_FIELD, "place", place_note},
    {"de", MEANS_FIELD, "topic", NULL},
    {"an", MEANS_FIELD, "id", NULL},
    {"co", MEANS_WORDS, NULL, code_note},
    {"fds", MEANS_WORDS, NULL, code_note},
    {"in", MEANS_WORDS, NULL, code_note},
    {"pe", MEANS_WORDS, NULL, code_note},
    {"art", MEANS_WORDS, NULL, code_note},
    {"cr", MEANS_WORDS, NULL, code_note},
    {"ct", MEANS_WORDS, NULL, code_note},
    {"clm", MEANS_WORDS, NULL, code_note},
    {"wc", MEANS_LENGTH, NULL, NULL},
    {"pd", MEANS_PERIOD, NULL, NULL},
};

/* ---- periods ------------------------------------------------------------ */

/* The word of a query at *at, before white space or a bracket. */
static struct morgue_str
next_word(const struct lexer *l, size_t *at)
{
    struct lexer here = *l;
    size_t start;

    here.at = *at;
    lexer_space(&here);
    start = here.at;
    *at = lexer_word_end(&here, false);
    return str_slice(l->text.s + start, *at - start);
}

/* -7: days before today. */
static bool
take_days(struct lexer *l, struct morgue_str word, size_t start)
{
    char text[40];
    size_t at = 1;
    uint32_t n;

    if (word.len < 2 || word.s[0] != '-' ||
        !lexer_number(word, &at, 1000000, &n) || at < word.len || n == 0)
        return false;
    snprintf(text, sizeof text, "last %lu days", (unsigned long)n);
    dialect_add_field(l, "date", start);
    (void)dialect_add_text(l, QUERY_TOKEN_QUOTED, start,
                           dialect_copy(l, str_of(text)));
    return true;
}

/* The date behind *at, of three words or fewer, and *at behind it. */
static bool
take_date(const struct lexer *l, size_t *at, struct morgue_date *out)
{
    size_t ends[3], first = *at, n = 0;

    for (size_t end = *at; n < 3; n++) {
        (void)next_word(l, &end);
        ends[n] = end;
    }
    while (n-- > 0)
        if (dialect_date(str_slice(l->text.s + first, ends[n] - first), out)) {
            *at = ends[n];
            return true;
        }
    return false;
}

/* How a date is a bound. */
enum bound {
    BOUND_NONE,
    BOUND_FROM,
    BOUND_AFTER,
    BOUND_BEFORE,
    BOUND_TO,
    BOUND_ON
};

static enum bound
bound_of(struct morgue_str word)
{
    static const struct {
        const char *word;
        enum bound bound;
    } words[] = {{"from", BOUND_FROM},  {"after", BOUND_AFTER},
                 {"aft", BOUND_AFTER},  {"before", BOUND_BEFORE},
                 {"bef", BOUND_BEFORE}, {"to", BOUND_TO},
                 {"on", BOUND_ON}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i].word)))
            return words[i].bound;
    return BOUND_NONE;
}

/* date from 20010101 to 20011231, date after 2001, date -7 */
static bool
take_period(struct lexer *l, size_t start, size_t end)
{
    size_t at = end, behind;
    enum bound bound = bound_of(next_word(l, &at));
    struct morgue_date date, to = {.precision = MORGUE_DATE_NONE}, from = to;
    struct morgue_str word;

    if (bound == BOUND_NONE)
        at = end;
    behind = at;
    word = next_word(l, &behind);
    l->at = behind;
    if ((bound != BOUND_NONE) != (bound == BOUND_BEFORE) &&
        take_days(l, word, start))
        return true;
    if (!take_date(l, &at, &date))
        return false;
    l->at = at;
    from = bound == BOUND_AFTER                         ? dialect_after(date)
           : bound == BOUND_BEFORE || bound == BOUND_TO ? from
                                                        : date;
    to = bound == BOUND_BEFORE                         ? dialect_before(date)
         : bound == BOUND_AFTER || bound == BOUND_FROM ? to
                                                       : date;
    if (bound == BOUND_FROM && str_eq_nocase(next_word(l, &at), STR("to")) &&
        take_date(l, &at, &date)) {
        to = date;
        l->at = at;
    }
    dialect_add_period(l, from, to, start);
    return true;
}

/* Tell of "date" that is no period here, where a date seems to follow. */
static void
note_period(struct lexer *l, size_t start, size_t end)
{
    size_t at = end;
    struct morgue_str word = next_word(l, &at);

    if (bound_of(word) != BOUND_NONE || str_eq_nocase(word, STR("last")))
        word = next_word(l, &at);
    else if (word.len == 0 || !strchr("<>=", word.s[0]))
        return;
    if (word.len > 0 && (is_digit(word.s[0]) || strchr("-<>=", word.s[0])))
        note_add(l->notes, (struct morgue_span){start, end},
                 "'%.*s' is read as a word; a period is date from 20010101 "
                 "to 20011231",
                 (int)(end - start), l->text.s + start);
}

/* ---- what stands in the middle of words --------------------------------- */

/* /F50/ and /N5/ at `at`: the letter, the number, and where it ends; 0: it is
 * none. */
static char
stroke_at(struct morgue_str s, size_t at, uint32_t *n, size_t *end)
{
    char letter;

    if (at + 3 >= s.len || s.s[at] != '/')
        return 0;
    letter = to_lower(s.s[at + 1]);
    *end = at + 2;
    if ((letter != 'f' && letter != 'n') ||
        !lexer_number(s, end, FIRST_MAX, n) || *end >= s.len ||
        s.s[*end] != '/')
        return 0;
    ++*end;
    return letter;
}

/* What was said of the operand before: it is in the first n words. */
static bool
take_stroke(struct lexer *l)
{
    size_t start = l->at, end;
    struct query_token *before =
                           l->out->n > 0 ? &l->out->v[l->out->n - 1] : NULL,
                       *t;
    uint32_t n;
    char letter = stroke_at(l->text, start, &n, &end);

    if (!letter)
        return false;
    l->at = end;
    if (letter == 'n') {
        t = lexer_add(l, QUERY_TOKEN_NEAR, start);
        lexer_distance(l, t, n);
    } else if (before && (before->kind == QUERY_TOKEN_WORD ||
                          before->kind == QUERY_TOKEN_QUOTED ||
                          before->kind == QUERY_TOKEN_CLOSE)) {
        before->n = n > 0 ? n : 1;
        before->function = FUNCTION_HEADLEAD;
        before->span.end = end;
    } else {
        note_add(l->notes, (struct morgue_span){start, end},
                 "nothing stands before this and it is passed over");
    }
    return true;
}

/* Where a word ends before a stroke that belongs to it; where it begins: there
 * is none. */
static size_t
before_stroke(const struct lexer *l)
{
    uint32_t n;
    size_t behind;

    for (size_t i = l->at; lexer_more_at(l, i); i++) {
        if (memchr("()[]", l->text.s[i], 4))
            break;
        if (l->text.s[i] == '/' && stroke_at(l->text, i, &n, &behind))
            return i;
    }
    return l->at;
}

/* ---- names -------------------------------------------------------------- */

/* Where < > = stands behind white space from `end` on; else `end`. */
static size_t
sign_behind(const struct lexer *l, size_t end)
{
    size_t at = end;

    while (at < l->text.len && is_space(l->text.s[at]))
        at++;
    return at < l->text.len && l->text.s[at] && strchr("<>=", l->text.s[at])
               ? at
               : end;
}

/* hd=x, wc>500 */
static bool
take_field(struct lexer *l, const struct dialect_rules *r, size_t end)
{
    size_t start = l->at, at = end;
    const struct dialect_field *f =
        dialect_field_find(r, str_slice(l->text.s + start, end - start));
    struct morgue_str text;

    if (!f)
        return false;
    if (f->meaning == MEANS_LENGTH)
        at = sign_behind(l, end);
    if (f->meaning == MEANS_LENGTH && dialect_length(l, &at, &text)) {
        l->at = at;
        dialect_add_field(l, "wc", start);
        (void)dialect_add_text(l, QUERY_TOKEN_WORD, start, text);
        return true;
    }
    if (end >= l->text.len || l->text.s[end] != '=' ||
        !lexer_more_at(l, end + 1))
        return false;
    if (f->meaning == MEANS_PERIOD) {
        if (!take_period(l, start, end + 1))
            l->at = start;
        return l->at > start;
    }
    if (f->meaning == MEANS_LENGTH)
        return false;
    dialect_take_name(l, f, start, end + 1);
    return true;
}

/* What looks like a field and is none. */
static void
note_unknown(struct lexer *l, size_t end)
{
    size_t start = l->at;

    if (end - start < 2 || end - start > 5 || end >= l->text.len ||
        l->text.s[end] != '=' || !lexer_more_at(l, end + 1))
        return;
    note_add(l->notes, (struct morgue_span){start, end + 1},
             "there is no field '%.*s=' and it is read as a word",
             (int)(end - start), l->text.s + start);
}

/* atleast5, whose operand needs no brackets. */
static bool
take_atleast(struct lexer *l, size_t end)
{
    size_t start = l->at;
    uint32_t n;

    if (!str_eq_nocase(str_slice(l->text.s + start, end - start),
                       STR("atleast")) ||
        !lexer_number(l->text, &end, 1000000, &n) ||
        (lexer_more_at(l, end) && !strchr("([", l->text.s[end])))
        return false;
    l->at = end;
    dialect_add_function(l, FUNCTION_TIMES, n, start);
    return true;
}

/* A word before a stroke that belongs to it. */
static bool
take_word_before(struct lexer *l, const struct dialect_rules *r)
{
    size_t start = l->at, stop = lexer_quote_at(l->text, start) > 0
                                     ? start
                                     : before_stroke(l);

    if (stop == start)
        return false;
    l->at = stop;
    dialect_add_word(l, r, start);
    return true;
}

static bool
take(struct lexer *l, const struct dialect_rules *r)
{
    size_t start = l->at, end = dialect_name_end(l->text, start);

    if (take_stroke(l) || take_atleast(l, end) || take_field(l, r, end))
        return true;
    if (str_eq_nocase(str_slice(l->text.s + start, end - start),
                      STR("date")) &&
        end < l->text.len && is_space(l->text.s[end])) {
        if (take_period(l, start, end))
            return true;
        l->at = start;
        note_period(l, start, end);
    }
    note_unknown(l, end);
    return take_word_before(l, r);
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
    .phrase = true,
    .wide_fields = true,
    .square = true,
    .take = take,
};

static enum morgue_status
lex(struct query_tokens *out, struct arena *arena, struct morgue_str text,
    struct query_notes *notes, struct morgue_error *err)
{
    return dialect_lex(&rules, out, arena, text, notes, err);
}

static const struct grammar grammar = {
    .power = {[QUERY_TOKEN_NEAR] = 6,
              [QUERY_TOKEN_APART] = 6,
              [QUERY_TOKEN_BUT] = 4,
              [QUERY_TOKEN_AND] = 3,
              [QUERY_TOKEN_OR] = 2},
    .sign = 5,
    .beside = 3,
    .beside_kind = AST_AND,
};

const struct dialect dialect_factiva = {"factiva", lex, &grammar};
