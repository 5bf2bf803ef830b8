/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_lex.c - other systems' queries: their text into tokens
 */
#include "dialect_lex.h"

#include <inttypes.h>
#include <stdio.h>

#include "../../common/article/date.h"
#include "../../common/base/buf.h"

/* Letters that a number may stand for, a date's bytes as typed, and those of a
 * period in our spelling. */
enum { LETTERS_MAX = 20, DATE_BYTES = 64, PERIOD_BYTES = 120 };

/* ---- bytes and tokens --------------------------------------------------- */

struct morgue_str
dialect_copy(struct lexer *l, struct morgue_str s)
{
    struct morgue_str copy = STR("");

    if (!arena_str(l->arena, s, &copy) && !l->status)
        l->status = error_nomem(l->err);
    return copy;
}

void
dialect_add_field(struct lexer *l, const char *field, size_t start)
{
    lexer_add(l, QUERY_TOKEN_FIELD, start)->name = name_find(str_of(field));
}

struct query_token *
dialect_add_text(struct lexer *l, enum query_token_kind kind, size_t start,
                 struct morgue_str text)
{
    struct query_token *t = lexer_add(l, kind, start);

    t->text = text;
    return t;
}

void
dialect_add_function(struct lexer *l, enum query_function function, uint32_t n,
                     size_t start)
{
    struct query_token *t = lexer_add(l, QUERY_TOKEN_FUNCTION, start);

    t->function = function;
    t->n = n > 0 ? n : 1;
    t->text = str_slice(l->text.s + start, l->at - start);
}

void
dialect_left_out(struct lexer *l, size_t start, const char *why)
{
    struct morgue_span span = {start, l->at};
    struct morgue_str shown = note_shown(l->text, span);

    note_add(l->notes, span, "'%.*s' is left out: %s", (int)shown.len, shown.s,
             why);
    (void)lexer_add(l, QUERY_TOKEN_END, start);
}

struct morgue_str
dialect_peek(const struct lexer *l, size_t at)
{
    struct lexer here = *l;

    here.at = at;
    return str_slice(l->text.s + at, lexer_word_end(&here, false) - at);
}

size_t
dialect_name_end(struct morgue_str s, size_t at)
{
    size_t end = at;

    while (end < s.len && (is_alpha(s.s[end]) ||
                           (end > at && (s.s[end] == '-' || s.s[end] == '_'))))
        end++;
    return end;
}

/* ---- words -------------------------------------------------------------- */

/* Whether no letter and no digit stands from `at` on. */
static bool
is_end(struct morgue_str s, size_t at)
{
    return lexer_is_punctuation(str_slice(s.s + at, s.len - at));
}

/* A letter, or a byte of one. */
static bool
is_letter(char c)
{
    return is_alpha(c) || (c & 0x80) != 0;
}

/* What a sign at *at of a word is for us; 0: a letter.  *many is how often;
 * *at is then at its last byte. */
static char
sign_at(const struct dialect_rules *r, struct morgue_str s, size_t *at,
        uint32_t *many)
{
    char c = s.s[*at];
    size_t i = *at + 1;

    *many = 1;
    if (r->up_to && c == '[' && i < s.len && s.s[i] == '*' &&
        lexer_number(s, (i++, &i), LETTERS_MAX, many) && i < s.len &&
        s.s[i] == ']') {
        *at = i;
        return DIALECT_OPTIONAL;
    }
    i = *at + 1;
    if (r->up_to && c == r->up_to && *at > 0) {
        if (!lexer_number(s, &i, LETTERS_MAX, many))
            return '*';
        *at = i - 1;
        return DIALECT_OPTIONAL;
    }
    if (c == r->optional && c && is_end(s, *at))
        return DIALECT_OPTIONAL;
    if (c == r->inner && c && *at > 0 && is_letter(s.s[*at - 1]) &&
        *at + 1 < s.len && is_letter(s.s[*at + 1]))
        return '?';
    if (strchr(r->any, c))
        return '*';
    return strchr(r->one, c) ? '?' : 0;
}

/* A word's text in our spelling: what is no wildcard there, and would be one
 * here, is a space. */
static struct morgue_str
our_spelling(struct lexer *l, const struct dialect_rules *r,
             struct morgue_str s)
{
    bool same = true;
    size_t len = 0;
    char *out;

    for (size_t i = 0; i < s.len && same; i++)
        same = s.s[i] && !strchr("*?\1", s.s[i]) && !strchr(r->any, s.s[i]) &&
               !strchr(r->one, s.s[i]) && s.s[i] != r->up_to && s.s[i] != '[';
    if (same)
        return s;
    out = arena_alloc(l->arena, s.len * LETTERS_MAX / 2);
    if (!out) {
        if (!l->status)
            l->status = error_nomem(l->err);
        return STR("");
    }
    for (size_t i = 0; i < s.len; i++) {
        uint32_t many = 1;
        char c = s.s[i], sign = c ? sign_at(r, s, &i, &many) : 0;

        for (uint32_t k = 0; sign && k < many; k++)
            out[len++] = sign;
        if (!sign)
            out[len++] = !c || strchr("*?\1", c) ? ' ' : c;
    }
    return str_trim(str_slice(out, len));
}

void
dialect_add_word(struct lexer *l, const struct dialect_rules *r, size_t start)
{
    struct morgue_str word = str_slice(l->text.s + start, l->at - start);

    /* signs alone are punctuation, which dialect_finish drops */
    (void)dialect_add_text(
        l, QUERY_TOKEN_WORD, start,
        lexer_is_punctuation(word) ? word : our_spelling(l, r, word));
}

/* ---- operators ---------------------------------------------------------- */

static bool
ends_operand(enum query_token_kind kind)
{
    return kind == QUERY_TOKEN_WORD || kind == QUERY_TOKEN_QUOTED ||
           kind == QUERY_TOKEN_CLOSE;
}

/* An operator, which with the one before may be another: AND NOT, NOT W/5;
 * and NOT behind an operand is AND NOT. */
static struct query_token *
add_operator(struct lexer *l, enum query_token_kind kind, struct reach reach,
             size_t start)
{
    struct query_token *before =
        l->out->n > 0 ? &l->out->v[l->out->n - 1] : NULL;
    struct query_token *t;

    if (before && kind == QUERY_TOKEN_NEAR &&
        (before->kind == QUERY_TOKEN_NOT ||
         (before->kind == QUERY_TOKEN_BUT && !before->soft))) {
        before->kind = QUERY_TOKEN_APART;
        before->reach = reach;
        before->span.end = l->at;
        return before;
    }
    if (before && kind == QUERY_TOKEN_NOT && before->kind == QUERY_TOKEN_AND) {
        before->kind = QUERY_TOKEN_BUT;
        before->soft = true; /* AND NOT, until dialect_finish */
        before->span.end = l->at;
        return before;
    }
    if (before && kind == QUERY_TOKEN_NOT && ends_operand(before->kind))
        kind = QUERY_TOKEN_BUT;
    t = lexer_add(l, kind, start);
    t->reach = reach;
    return t;
}

static bool
take_operator(struct lexer *l, const struct dialect_rules *r,
              struct morgue_str word)
{
    size_t start = l->at;

    for (size_t i = 0; i < r->operators_n; i++) {
        const struct dialect_operator *o = &r->operators[i];

        if (!str_eq_nocase(word, str_of(o->word)))
            continue;
        l->at += word.len;
        (void)add_operator(l, o->kind, o->reach, start);
        if (o->note)
            note_add(l->notes, (struct morgue_span){start, l->at}, "'%s': %s",
                     o->word, o->note);
        return true;
    }
    return false;
}

/* How units of a text are called, for a number. */
static bool
read_unit(struct morgue_str s, struct reach *reach, bool *segment)
{
    static const struct {
        const char *name;
        struct reach reach;
        bool segment;
    } units[] = {{"s", {.unit = REACH_SENTENCE}, false},
                 {"sent", {.unit = REACH_SENTENCE}, false},
                 {"sentence", {.unit = REACH_SENTENCE}, false},
                 {"p", {.unit = REACH_PARAGRAPH}, false},
                 {"para", {.unit = REACH_PARAGRAPH}, false},
                 {"paragraph", {.unit = REACH_PARAGRAPH}, false},
                 {"seg", {.n = 1}, true},
                 {"segment", {.n = 1}, true}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_eq_nocase(s, str_of(units[i].name))) {
            reach->unit = units[i].reach.unit;
            *segment = units[i].segment;
            return true;
        }
    return false;
}

/* In one segment: an article is one for us. */
static void
add_segment(struct lexer *l, size_t start)
{
    (void)add_operator(l, QUERY_TOKEN_AND, (struct reach){.n = 0}, start);
    note_add(l->notes, (struct morgue_span){start, l->at},
             "there are no segments here: 'w/seg' is read as AND");
}

/* The name and the number of a proximity are together `word`. */
static bool
take_near(struct lexer *l, const struct dialect_near *n,
          struct morgue_str word)
{
    struct morgue_str rest =
        str_slice(word.s + strlen(n->name), word.len - strlen(n->name));
    struct reach reach = {.ordered = n->ordered};
    struct query_token *t;
    uint32_t many = n->bare;
    size_t at = rest.len > 0 && rest.s[0] == '/', start = l->at;
    bool segment = false, unit;

    unit = n->units && read_unit(rest, &reach, &segment);
    if (!unit && rest.len > 0 &&
        (!lexer_number(rest, &at, UINT32_MAX, &many) || at < rest.len))
        return false;
    if (!unit && rest.len == 0 && n->bare == 0)
        return false;
    l->at += word.len;
    if (segment && l->out->n > 0 &&
        ends_operand(l->out->v[l->out->n - 1].kind)) {
        add_segment(l, start);
        return true;
    }
    t = add_operator(l, QUERY_TOKEN_NEAR, reach, start);
    if (segment) { /* not in one segment: not in one article */
        t->kind = QUERY_TOKEN_BUT;
        note_add(l->notes, t->span,
                 "there are no segments here: this is read as AND NOT");
    } else if (!unit) {
        lexer_distance(l, t, many);
    }
    return true;
}

static bool
take_proximity(struct lexer *l, const struct dialect_rules *r,
               struct morgue_str word)
{
    for (size_t i = 0; i < r->near_n; i++)
        if (str_starts_nocase(word, str_of(r->near[i].name)) &&
            take_near(l, &r->near[i], word))
            return true;
    return false;
}

/* ---- comparisons and periods -------------------------------------------- */

enum dialect_compare
dialect_comparison(struct morgue_str s, size_t *at)
{
    static const struct {
        const char *name;
        enum dialect_compare compare;
    } names[] = {
        {">=", CMP_GE},   {"<=", CMP_LE},     {"=>", CMP_GE},
        {"=<", CMP_LE},   {">", CMP_GT},      {"<", CMP_LT},
        {"=", CMP_EQ},    {"geq ", CMP_GE},   {"leq ", CMP_LE},
        {"gt ", CMP_GT},  {"lt ", CMP_LT},    {"eq ", CMP_EQ},
        {"is ", CMP_EQ},  {"after ", CMP_GT}, {"before ", CMP_LT},
        {"aft ", CMP_GT}, {"bef ", CMP_LT},   {"geq(", CMP_GE},
        {"leq(", CMP_LE}, {"aft(", CMP_GT},   {"bef(", CMP_LT},
    };
    struct morgue_str rest = str_slice(s.s + *at, s.len - *at);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts_nocase(rest, str_of(names[i].name))) {
            *at += strlen(names[i].name);
            *at -= s.s[*at - 1] == '(';
            while (*at < s.len && is_space(s.s[*at]))
                ++*at;
            return names[i].compare;
        }
    return CMP_NONE;
}

bool
dialect_length(struct lexer *l, size_t *at, struct morgue_str *out)
{
    static const char *const sign[] = {[CMP_EQ] = "",
                                       [CMP_GT] = ">",
                                       [CMP_GE] = ">=",
                                       [CMP_LT] = "<",
                                       [CMP_LE] = "<="};
    enum dialect_compare compare = dialect_comparison(l->text, at);
    char text[24];
    uint32_t n;

    if (compare == CMP_NONE ||
        !lexer_number(l->text, at, UINT32_MAX - 1, &n) ||
        (*at < l->text.len && lexer_more_at(l, *at) &&
         !strchr(")]", l->text.s[*at])))
        return false;
    if (compare == CMP_LT && n == 0)
        compare = CMP_LE;
    snprintf(text, sizeof text, "%s%" PRIu32, sign[compare], n);
    *out = dialect_copy(l, str_of(text));
    return true;
}

/* month/day/year, as in the United States, or month/year. */
static bool
read_american(struct morgue_str s, struct morgue_date *out)
{
    uint32_t part[3], month, day, year;
    size_t at = 0;
    int n = 0;

    while (n < 3 && lexer_number(s, &at, 10000, &part[n])) {
        n++;
        if (at < s.len && (s.s[at] == '/' || s.s[at] == '-'))
            at++;
        else
            break;
    }
    if (at < s.len || n < 2 || !is_digit(s.s[s.len - 1]))
        return false;
    month = part[0];
    day = n == 3 ? part[1] : 1;
    year = part[n - 1];
    if (month < 1 || month > 12 || year < DATE_YEAR_MIN ||
        year > DATE_YEAR_MAX || day < 1 ||
        day > (uint32_t)date_month_days((int)year, (int)month))
        return false;
    *out = (struct morgue_date){
        .seconds = date_seconds((int)year, (int)month, (int)day, 0, 0, 0),
        .precision = n == 3 ? MORGUE_DATE_DAY : MORGUE_DATE_MONTH};
    return true;
}

bool
dialect_date(struct morgue_str s, struct morgue_date *out)
{
    s = str_trim(s);
    if (s.len > DATE_BYTES)
        return false;
    if (read_american(s, out))
        return true;
    if (!date_parse(s, out) || out->precision == MORGUE_DATE_NONE)
        return false;
    *out = date_floor(*out);
    if (out->precision > MORGUE_DATE_DAY) /* ours are days */
        *out = date_floor((struct morgue_date){.seconds = date_local(*out),
                                               .precision = MORGUE_DATE_DAY});
    return date_in_range(*out);
}

struct morgue_date
dialect_after(struct morgue_date date)
{
    date.seconds = date_end(date);
    return date_floor(date);
}

struct morgue_date
dialect_before(struct morgue_date date)
{
    date.seconds = date_floor(date).seconds - 1;
    return date_floor(date);
}

void
dialect_add_period(struct lexer *l, struct morgue_date from,
                   struct morgue_date to, size_t start)
{
    struct buf b;

    if ((from.precision != MORGUE_DATE_NONE && !date_in_range(from)) ||
        (to.precision != MORGUE_DATE_NONE && !date_in_range(to))) {
        dialect_left_out(l, start, "dates are from 1600 to 2200");
        return;
    }
    buf_init(&b, PERIOD_BYTES);
    date_print(&b, from);
    if (from.precision != to.precision || from.seconds != to.seconds) {
        buf_str(&b, STR(".."));
        date_print(&b, to);
    }
    if (buf_status(&b, l->err) && !l->status)
        l->status = error_nomem(l->err);
    dialect_add_field(l, "date", start);
    (void)dialect_add_text(l, QUERY_TOKEN_WORD, start,
                           dialect_copy(l, buf_view(&b)));
    buf_free(&b);
}

/* ---- names -------------------------------------------------------------- */

const struct dialect_field *
dialect_field_find(const struct dialect_rules *r, struct morgue_str name)
{
    for (size_t i = 0; i < r->fields_n; i++)
        if (str_eq_nocase(str_of(r->fields[i].name), name))
            return &r->fields[i];
    return NULL;
}

void
dialect_take_name(struct lexer *l, const struct dialect_field *f, size_t start,
                  size_t end)
{
    l->at = end;
    if (f->note)
        note_add(l->notes, (struct morgue_span){start, end}, "'%s': %s",
                 f->name, f->note);
    switch (f->meaning) {
    case MEANS_FIELD:
        dialect_add_field(l, f->field, start);
        break;
    case MEANS_HEADLEAD:
        dialect_add_function(l, FUNCTION_HEADLEAD, LEAD_WORDS, start);
        break;
    case MEANS_WORDS:
        dialect_add_field(l, "body", start);
        break;
    case MEANS_LEAD:
        dialect_add_function(l, FUNCTION_LEAD, LEAD_WORDS, start);
        break;
    default:
        break;
    }
}

/* ---- the text ----------------------------------------------------------- */

/* A bracket; `open` and `close` are those of another form, or the same. */
static bool
take_bracket(struct lexer *l, const struct dialect_rules *r)
{
    char c = l->text.s[l->at];
    bool open = c == '(' || (r->square && c == '['),
         close = c == ')' || (r->square && c == ']');

    if (!open && !close)
        return false;
    l->at++;
    (void)lexer_add(l, open ? QUERY_TOKEN_OPEN : QUERY_TOKEN_CLOSE, l->at - 1);
    return true;
}

static bool
take_quoted(struct lexer *l, const struct dialect_rules *r)
{
    struct query_token *t = lexer_quoted(l);
    size_t quote = t ? 0 : lexer_quote_at(l->text, l->at);

    if (t) {
        struct morgue_str text = t->text;

        t->text = our_spelling(l, r, text);
    } else if (quote > 0) {
        l->at += quote;
        note_add(l->notes, (struct morgue_span){l->at - quote, l->at},
                 "this quotation mark has no partner and is passed over");
    }
    return t || quote > 0;
}

/* Where a word ends; before a square bracket that is one, too. */
static size_t
word_end(const struct lexer *l, const struct dialect_rules *r)
{
    size_t at = l->at;

    if (!r->square)
        return lexer_word_end(l, false);
    while (lexer_more_at(l, at) && !memchr("()[]", l->text.s[at], 4))
        at++;
    return at;
}

void
dialect_scan(struct lexer *l, const struct dialect_rules *r)
{
    for (lexer_space(l); l->at < l->text.len && !l->status; lexer_space(l)) {
        size_t start = l->at;
        struct morgue_str word;

        if (take_bracket(l, r) || (r->take && r->take(l, r)) ||
            take_quoted(l, r))
            continue;
        word = str_slice(l->text.s + start, word_end(l, r) - start);
        if (take_operator(l, r, word) || take_proximity(l, r, word))
            continue;
        l->at += word.len;
        dialect_add_word(l, r, start);
    }
}
