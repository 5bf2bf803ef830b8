/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexer.c - the text of a query into tokens
 *
 * One pass from left to right.  A token begins behind white space, a bracket,
 * something quoted, or a sign that stands before others.
 */
#include "lexer.h"

#include <inttypes.h>

/* ---- bytes -------------------------------------------------------------- */

/* Whether one of some strings stands at `at`; its length, or 0. */
static size_t
one_of(const char *const *list, size_t n, struct morgue_str s, size_t at)
{
    struct morgue_str rest = str_slice(s.s + at, s.len - at);

    for (size_t i = 0; i < n; i++)
        if (str_starts(rest, str_of(list[i])))
            return strlen(list[i]);
    return 0;
}

size_t
lexer_quote_at(struct morgue_str s, size_t at)
{
    static const char *const quote[] = {
        "\"",           "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
        "\xE2\x80\x9F", "\xC2\xAB",     "\xC2\xBB"};

    if (at >= s.len || (s.s[at] != '"' && (s.s[at] & 0x80) == 0))
        return 0;
    return one_of(quote, sizeof quote / sizeof *quote, s, at);
}

/* Whether a Hebrew letter begins at `at`, which may be behind the end. */
static bool
hebrew_at(struct morgue_str s, size_t at)
{
    const unsigned char *u = (const unsigned char *)s.s + at;

    return at + 1 < s.len && u[0] == 0xD7 && u[1] >= 0x90 && u[1] <= 0xAA;
}

/* The quotation mark at `at` that closes; 0 where there is none, or it stands
 * between two letters of Hebrew, as of an abbreviation it does. */
static size_t
close_at(struct morgue_str s, size_t at)
{
    size_t len = lexer_quote_at(s, at);

    return len > 0 && at >= 2 && hebrew_at(s, at - 2) && hebrew_at(s, at + len)
               ? 0
               : len;
}

size_t
lexer_space_at(struct morgue_str s, size_t at)
{
    static const char *const space[] = {"\xE3\x80\x80", "\xC2\xA0",
                                        "\xE2\x80\xAF"};

    if (is_space(s.s[at]))
        return 1;
    return (s.s[at] & 0x80) == 0
               ? 0
               : one_of(space, sizeof space / sizeof *space, s, at);
}

/* A minus sign, or an en dash for one. */
static size_t
minus_at(struct morgue_str s, size_t at)
{
    static const char *const minus[] = {"-", "\xE2\x80\x93", "\xE2\x88\x92"};

    return one_of(minus, sizeof minus / sizeof *minus, s, at);
}

bool
lexer_more_at(const struct lexer *l, size_t at)
{
    return at < l->text.len && lexer_space_at(l->text, at) == 0;
}

void
lexer_space(struct lexer *l)
{
    size_t len = 1;

    while (l->at < l->text.len && len > 0) {
        len = lexer_space_at(l->text, l->at);
        l->at += len;
    }
}

bool
lexer_number(struct morgue_str s, size_t *at, uint32_t max, uint32_t *out)
{
    uint64_t n = 0;
    size_t i = *at;

    for (; i < s.len && is_digit(s.s[i]); i++)
        n = n * 10 + (uint64_t)(s.s[i] - '0') < max
                ? n * 10 + (uint64_t)(s.s[i] - '0')
                : max;
    if (i == *at)
        return false;
    *at = i;
    *out = (uint32_t)n;
    return true;
}

/* A dash, a bullet, dots (U+2010 to U+2027), or a minus sign; its length, or
 * 0. */
static size_t
dash_at(struct morgue_str s, size_t at)
{
    const unsigned char *u = (const unsigned char *)s.s + at;

    if (s.len - at < 3 || u[0] != 0xE2)
        return 0;
    return (u[1] == 0x80 && u[2] >= 0x90 && u[2] <= 0xA7) ||
                   (u[1] == 0x88 && u[2] == 0x92)
               ? 3
               : 0;
}

bool
lexer_is_punctuation(struct morgue_str word)
{
    size_t len;

    for (size_t i = 0; i < word.len; i += len) {
        len = dash_at(word, i);
        if (len == 0 &&
            (is_alpha(word.s[i]) || is_digit(word.s[i]) || (word.s[i] & 0x80)))
            return false;
        len = len ? len : 1;
    }
    return true;
}

/* ---- tokens ------------------------------------------------------------- */

void
lexer_start(struct lexer *l, struct query_tokens *out, struct arena *arena,
            struct morgue_str text, struct query_notes *notes,
            struct morgue_error *err)
{
    *out = (struct query_tokens){.n = 0};
    *l = (struct lexer){
        .text = text, .notes = notes, .arena = arena, .out = out, .err = err};
}

/* Room for one more token than there are. */
static bool
room(struct lexer *l)
{
    size_t cap = l->cap ? l->cap * 2 : 8;
    struct query_token *more;

    if (l->out->n < l->cap)
        return true;
    more = arena_zero(l->arena, cap, sizeof *more);
    if (!more) {
        l->status = error_nomem(l->err);
        return false;
    }
    if (l->out->n > 0)
        memcpy(more, l->out->v, l->out->n * sizeof *more);
    l->out->v = more;
    l->cap = cap;
    return true;
}

struct query_token *
lexer_add(struct lexer *l, enum query_token_kind kind, size_t start)
{
    static _Thread_local struct query_token dropped;
    struct query_token *t = &dropped;

    if (!l->status && l->out->n == QUERY_TOKENS_MAX) {
        l->status = error_set(l->err, MORGUE_QUERY,
                              "the query has more than %d words and signs",
                              QUERY_TOKENS_MAX);
        if (l->err)
            l->err->at = start;
    }
    if (!l->status && room(l))
        t = &l->out->v[l->out->n++];
    *t = (struct query_token){
        .kind = kind, .span = {start, l->at}, .suffix = QUERY_SUFFIX_NONE};
    return t;
}

enum morgue_status
lexer_end(struct lexer *l)
{
    if (!l->status && room(l))
        l->out->v[l->out->n] = (struct query_token){
            .kind = QUERY_TOKEN_END, .span = {l->text.len, l->text.len}};
    return l->status;
}

/* ---- what stands behind ------------------------------------------------- */

/* A decimal number at *at, as 2 or 2.5 or .5. */
static bool
take_decimal(struct morgue_str s, size_t *at, double *out)
{
    char digits[24];
    size_t i = *at, n = 0;

    while (i < s.len && n + 1 < sizeof digits &&
           (is_digit(s.s[i]) ||
            (s.s[i] == '.' && i + 1 < s.len && is_digit(s.s[i + 1]) &&
             !memchr(digits, '.', n))))
        digits[n++] = s.s[i++];
    digits[n] = '\0';
    if (n == 0)
        return false;
    *out = 0;
    for (size_t k = 0; k < n && digits[k] != '.'; k++)
        *out = *out * 10 + (digits[k] - '0');
    if (memchr(digits, '.', n)) {
        double unit = 0.1;

        for (const char *p = strchr(digits, '.') + 1; *p; p++, unit /= 10)
            *out += (*p - '0') * unit;
    }
    *at = i;
    return true;
}

/* ^2.5 at *at. */
static bool
take_weight(struct morgue_str s, size_t *at, double *out)
{
    size_t i = *at + 1;

    if (*at >= s.len || s.s[*at] != '^' || !take_decimal(s, &i, out) ||
        *out > WEIGHT_MAX)
        return false;
    if (*out > 0 && *out < 1.0 / WEIGHT_MAX)
        *out = 1.0 / WEIGHT_MAX;
    *at = i;
    return true;
}

/* Edits as typed: ~ or ~1, ~2; those that there are not become two. */
static void
set_edits(struct lexer *l, struct query_token *t, bool typed, uint32_t n,
          struct morgue_span span)
{
    static const enum query_edits edits[] = {EDITS_NO, EDITS_ONE, EDITS_TWO};

    if (!typed) {
        t->suffix.edits = EDITS_BY_LENGTH;
        return;
    }
    if (n > 2)
        note_add(l->notes, span,
                 "a word can have at most 2 edits, not %" PRIu32, n);
    if (n == 0)
        note_add(l->notes, span,
                 "no edits are none at all; =word is a word as written");
    t->suffix.edits = edits[n > 2 ? 2 : n];
}

void
lexer_suffixes(struct lexer *l, struct query_token *t)
{
    struct morgue_str s = l->text;
    size_t at = l->at, from;
    uint32_t n = 0;

    if (t->kind == QUERY_TOKEN_QUOTED && at < s.len && s.s[at] == '~') {
        from = at++;
        if (lexer_number(s, &at, UINT32_MAX, &n)) {
            l->at = at;
            t->suffix.slop = n > REACH_MAX ? REACH_MAX : n;
            if (n > REACH_MAX)
                note_add(l->notes, (struct morgue_span){from, at},
                         "at most %d words can stand between", REACH_MAX);
        }
    }
    at = l->at + 1;
    if (t->kind == QUERY_TOKEN_CLOSE && l->at < s.len && s.s[l->at] == ':' &&
        lexer_number(s, &at, 1000000, &n)) {
        if (n == 0)
            note_add(l->notes, (struct morgue_span){l->at, at},
                     "at least none of these is passed over");
        l->at = at;
        t->suffix.some = n;
    }
    at = l->at;
    if (take_weight(s, &at, &t->suffix.weight))
        l->at = at;
    t->span.end = l->at;
}

/* Take weight and edits off the end of a word. */
static void
word_suffixes(struct lexer *l, struct query_token *t)
{
    struct morgue_str s = t->text;
    size_t at = s.len, end;
    uint32_t n = 0;
    double weight;

    while (at > 1 && (is_digit(s.s[at - 1]) || s.s[at - 1] == '.'))
        at--;
    end = at > 1 ? at - 1 : 0;
    if (end > 0 && take_weight(s, &end, &weight) && end == s.len &&
        !lexer_is_punctuation(str_slice(s.s, at - 1))) {
        t->suffix.weight = weight;
        s.len = at - 1;
    }
    at = s.len;
    while (at > 1 && is_digit(s.s[at - 1]))
        at--;
    if (at > 1 && s.s[at - 1] == '~' &&
        !lexer_is_punctuation(str_slice(s.s, at - 1))) {
        bool typed;

        end = at;
        typed = lexer_number(s, &end, UINT32_MAX, &n);
        set_edits(l, t, typed, n,
                  (struct morgue_span){t->span.start + at - 1,
                                       t->span.start + s.len});
        s.len = at - 1;
    }
    t->text = s;
}

/* ---- operators ---------------------------------------------------------- */

void
lexer_distance(struct lexer *l, struct query_token *t, uint32_t n)
{
    t->reach.unit = REACH_POSITIONS;
    t->reach.n = n < 1 ? 1 : n > REACH_MAX ? REACH_MAX : n;
    if (n < 1 || n > REACH_MAX)
        note_add(l->notes, t->span, "a distance is 1 to %d; read as %" PRIu32,
                 REACH_MAX, t->reach.n);
}

/* How proximities are called, the longer before the shorter. */
static const struct {
    const char *name;
    bool ordered;
    bool bare; /* what may stand without the stroke: w5; told to nobody where
                  it is a word after all */
} proximity[] = {
    {"within", false, true}, {"onear", true, true}, {"near", false, true},
    {"pre", true, true},     {"adj", true, true},   {"w", false, true},
};

/* What is behind a proximity's name: /5, 5, /s or /p, and f for forwards. */
static bool
read_distance(struct morgue_str s, uint32_t *n, char *unit, bool *bare,
              bool *forwards)
{
    size_t at = 0;

    *bare = s.len == 0 || s.s[0] != '/';
    at += !*bare;
    *unit = '\0';
    *forwards = false;
    if (!*bare && s.len == 2 && strchr("sSpP", s.s[1])) {
        *unit = to_lower(s.s[1]);
        return true;
    }
    if (!lexer_number(s, &at, UINT32_MAX, n))
        return false;
    *forwards = at + 1 == s.len && to_lower(s.s[at]) == 'f';
    return at == s.len || *forwards;
}

/* Whether a word ends as proximities do: 5, 5f, /s.  Few others do. */
static bool
ends_in_distance(struct morgue_str s)
{
    return s.len >= 2 && (is_digit(s.s[s.len - 1]) ||
                          is_digit(s.s[s.len - 2]) || s.s[s.len - 2] == '/');
}

/* Make `t`, a word, the proximity that it says. */
static bool
read_proximity(struct lexer *l, struct query_token *t)
{
    struct morgue_str word = t->text;
    bool bare, forwards, ordered = false;
    uint32_t n = 10;
    char unit = '\0';
    size_t len = 0;

    if (str_eq(word, STR("NEAR"))) {
        t->reach = (struct reach){.unit = REACH_POSITIONS, .n = n};
        t->kind = QUERY_TOKEN_NEAR;
        return true;
    }
    if (!ends_in_distance(word))
        return false;
    for (size_t i = 0; i < sizeof proximity / sizeof *proximity; i++)
        if (str_starts_nocase(word, str_of(proximity[i].name))) {
            len = strlen(proximity[i].name);
            ordered = proximity[i].ordered;
            break;
        }
    word = str_slice(word.s + len, word.len - len);
    if (!read_distance(word, &n, &unit, &bare, &forwards) ||
        (len == 0 && (bare || unit)))
        return false;
    t->soft = bare || len == 0;
    t->kind = QUERY_TOKEN_NEAR;
    t->reach.ordered = ordered || forwards;
    if (unit)
        t->reach.unit = unit == 's' ? REACH_SENTENCE : REACH_PARAGRAPH;
    else
        lexer_distance(l, t, n);
    return true;
}

/* Whether a word is an operator, and `t` becomes one. */
static bool
read_operator(struct lexer *l, struct query_token *t)
{
    static const struct {
        const char *word;
        enum query_token_kind kind;
    } operators[] = {{"AND", QUERY_TOKEN_AND},
                     {"OR", QUERY_TOKEN_OR},
                     {"NOT", QUERY_TOKEN_NOT}};

    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_eq(t->text, str_of(operators[i].word))) {
            t->kind = operators[i].kind;
            return true;
        }
    return read_proximity(l, t);
}

/* Tell of a word that would be an operator without the punctuation behind it:
 * oil OR, gas. */
static void
note_punctuated(struct lexer *l, const struct query_token *t)
{
    struct query_token bare = *t;

    while (bare.text.len > 0 &&
           strchr(",.;:!", bare.text.s[bare.text.len - 1]))
        bare.text.len--;
    if (bare.text.len == t->text.len || bare.text.len == 0 ||
        !read_operator(l, &bare) || bare.soft)
        return;
    note_add(l->notes, t->span,
             "'%.*s' is read as a word; the operator is %.*s",
             (int)t->text.len, t->text.s, (int)bare.text.len, bare.text.s);
}

/* Tell of the TO of other languages behind a date: date:1987 TO 1990. */
static void
note_to(struct lexer *l, const struct query_token *t)
{
    const struct query_token *date = t - 1;

    if (str_eq(t->text, STR("TO")) && l->out->n > 2 &&
        date->kind == QUERY_TOKEN_WORD && date[-1].kind == QUERY_TOKEN_FIELD &&
        date[-1].name->kind == NAME_DATE)
        note_add(l->notes, t->span,
                 "'TO' is read as a word; a period is date:1987..1990");
}

/* ---- what stands before ------------------------------------------------- */

/* Whether something stands at `at` that is no end of a bracket. */
static bool
more_inside(const struct lexer *l, size_t at)
{
    return lexer_more_at(l, at) && l->text.s[at] != ')';
}

/* Whether the token before is a sign that ends here. */
static bool
is_behind_sign(const struct lexer *l, size_t at)
{
    const struct query_token *before =
        l->out->n > 0 ? &l->out->v[l->out->n - 1] : NULL;

    return before && before->span.end == at &&
           (before->kind == QUERY_TOKEN_MINUS ||
            before->kind == QUERY_TOKEN_PLUS ||
            before->kind == QUERY_TOKEN_EQUALS);
}

/* A dash of a text: two or more of them, and one behind a bracket. */
static bool
take_dashes(struct lexer *l)
{
    size_t start = l->at, n = 0, len;

    while (l->at < l->text.len && (len = minus_at(l->text, l->at)) > 0) {
        l->at += len;
        n++;
    }
    if (n > 1 || (n == 1 && start > 0 && l->text.s[start - 1] == ')'))
        return true;
    l->at = start;
    return false;
}

/* A sign of `len` bytes before something; several alike are one. */
static bool
take_sign(struct lexer *l, size_t len, enum query_token_kind kind)
{
    size_t start = l->at;

    if (len == 0 || !more_inside(l, l->at + len))
        return false;
    l->at += len;
    if (!is_behind_sign(l, start) || l->out->v[l->out->n - 1].kind != kind)
        (void)lexer_add(l, kind, start);
    return true;
}

/* Where the letters that begin here end. */
static size_t
letters_end(const struct lexer *l)
{
    size_t end = l->at;

    while (end < l->text.len && is_alpha(l->text.s[end]))
        end++;
    return end;
}

/* There is no such field: tell, and what there is. */
static void
note_name(struct lexer *l, struct morgue_str name)
{
    const char *meant = name_meant(name);
    struct morgue_span span = {l->at, l->at + name.len + 1};

    if (meant)
        note_add(l->notes, span,
                 "there is no field '%.*s:'; did you mean %s:", (int)name.len,
                 name.s, meant);
    else
        note_add(l->notes, span,
                 "there is no field '%.*s:' and it is read as a word; there "
                 "are %s",
                 (int)name.len, name.s, names_all());
}

/* Where the sign of a field is, behind a name that ends at `end` and behind
 * spaces; the text's end: nowhere. */
static size_t
field_sign(const struct lexer *l, size_t end)
{
    while (end < l->text.len && lexer_space_at(l->text, end) == 1)
        end++;
    return end < l->text.len && l->text.s[end] &&
                   strchr(":<>=", l->text.s[end])
               ? end
               : l->text.len;
}

/* Tell of a field whose sign at `at` is none here: section=sport, title : oil,
 * wc > 500. */
static void
note_field(struct lexer *l, struct morgue_str name, size_t at)
{
    const struct query_name *found = name_find(name);
    const char *meant = found ? found->name : name_meant(name);
    struct morgue_span span = {l->at, at + 1};
    char sign = l->text.s[at];

    if (meant && sign == '=' && at == l->at + name.len &&
        more_inside(l, at + 1))
        note_add(l->notes, span,
                 "'%.*s=' is read as a word; a field is asked for as %s:",
                 (int)name.len, name.s, meant);
    else if (found && sign == ':')
        note_add(l->notes, span,
                 "%s: has to stand directly before what it is for", meant);
    else if (found && found->kind == NAME_LENGTH)
        note_add(l->notes, span,
                 "a number of words is asked for without spaces, as wc>500");
}

/* Take name: if there is one, and what compares a number, wc>500. */
static bool
take_field(struct lexer *l)
{
    size_t start = l->at, end = letters_end(l), at;
    struct morgue_str name = str_slice(l->text.s + start, end - start);
    const struct query_name *found;
    bool direct, compares;

    if (name.len == 0 || name.len > 30)
        return false;
    at = field_sign(l, end);
    if (at == l->text.len)
        return false;
    direct = at == end && more_inside(l, end + 1);
    compares = l->text.s[at] != ':';
    found = name_find(name);
    if (found && found->kind == NAME_LENGTH && compares && direct) {
        l->at = end;
    } else if (compares || !direct) {
        note_field(l, name, at);
        return false;
    } else if (!found) {
        if (name.len > 1 && l->text.s[end + 1] != '/')
            note_name(l, name);
        return false;
    } else {
        l->at = end + 1;
    }
    lexer_add(l, QUERY_TOKEN_FIELD, start)->name = found;
    return true;
}

/* Tell of a function that ends at `end` and is apart from its bracket, if it
 * is no word of a text, as in lead (Pb). */
static void
note_function(struct lexer *l, size_t end, bool certain)
{
    size_t at = end;

    while (at < l->text.len && lexer_space_at(l->text, at) == 1)
        at++;
    if (certain && at > end && at < l->text.len && l->text.s[at] == '(')
        note_add(l->notes, (struct morgue_span){l->at, end},
                 "'%.*s' is read as a word; its bracket has to stand directly "
                 "behind it",
                 (int)(end - l->at), l->text.s + l->at);
}

/* Take hlead, lead (or lead20, of other lengths) or atleast3 before a
 * bracket. */
static bool
take_function(struct lexer *l)
{
    static const struct {
        const char *name;
        enum query_function function;
        uint32_t n; /* where none is typed; 0: one has to be */
    } functions[] = {{"hlead", FUNCTION_HEADLEAD, LEAD_WORDS},
                     {"lead", FUNCTION_LEAD, LEAD_WORDS},
                     {"atleast", FUNCTION_TIMES, 0}};
    size_t start = l->at, end = letters_end(l);
    struct morgue_str name = str_slice(l->text.s + start, end - start);

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        struct query_token *t;
        bool numbered;
        uint32_t n = 0;

        if (!str_eq_nocase(name, str_of(functions[i].name)))
            continue;
        n = functions[i].n;
        numbered = lexer_number(l->text, &end, 1000000, &n);
        if ((!numbered && n == 0) || end >= l->text.len ||
            l->text.s[end] != '(') {
            note_function(l, end, numbered || name.len > 4);
            return false;
        }
        l->at = end;
        t = lexer_add(l, QUERY_TOKEN_FUNCTION, start);
        t->function = functions[i].function;
        t->n = n > 0 ? n : 1;
        if (n == 0)
            note_add(l->notes, t->span, "at least 0 times is read as once");
        t->text = str_slice(l->text.s + start, end - start);
        return true;
    }
    return false;
}

/* ---- words -------------------------------------------------------------- */

struct query_token *
lexer_quoted(struct lexer *l)
{
    size_t start = l->at, open = lexer_quote_at(l->text, l->at),
           from = l->at + open;

    if (open == 0)
        return NULL;
    for (size_t i = from; i < l->text.len; i++) {
        size_t close = close_at(l->text, i);
        struct query_token *t;

        if (close == 0)
            continue;
        l->at = i + close;
        t = lexer_add(l, QUERY_TOKEN_QUOTED, start);
        t->text = str_slice(l->text.s + from, i - from);
        return t;
    }
    return NULL;
}

size_t
lexer_word_end(const struct lexer *l, bool brackets)
{
    size_t at = l->at, open = 0;

    for (; lexer_more_at(l, at); at++) {
        if (l->text.s[at] == '(') {
            if (!brackets)
                break;
            open++;
        } else if (l->text.s[at] == ')') {
            if (open == 0)
                break;
            open--;
        }
    }
    return at;
}

/* Whether the token before says that a value follows: which has no suffixes,
 * and of an address brackets of its own. */
static const struct query_name *
value_name(const struct lexer *l)
{
    const struct query_token *before;
    size_t n = l->out->n;

    if (n > 1 && l->out->v[n - 1].kind == QUERY_TOKEN_EQUALS)
        n--;
    if (n == 0)
        return NULL;
    before = &l->out->v[n - 1];
    return before->kind == QUERY_TOKEN_FIELD &&
                   before->name->kind != NAME_WORDS
               ? before->name
               : NULL;
}

static void
take_word(struct lexer *l)
{
    const struct query_name *value = value_name(l);
    size_t start = l->at;
    struct query_token *t;

    l->at = lexer_word_end(
        l, value && (value->kind == NAME_URL || value->kind == NAME_ID));
    if (!value && l->text.s[start] != '*' &&
        lexer_is_punctuation(str_slice(l->text.s + start, l->at - start))) {
        while (is_behind_sign(l, start)) /* as of an arrow, -> */
            start = l->out->v[--l->out->n].span.start;
        return;
    }
    t = lexer_add(l, QUERY_TOKEN_WORD, start);
    t->text = str_slice(l->text.s + start, l->at - start);
    if (value)
        return;
    if (read_operator(l, t))
        return;
    note_punctuated(l, t);
    note_to(l, t);
    word_suffixes(l, t);
}

/* ---- all ---------------------------------------------------------------- */

/* A sign of exclusion that other systems have. */
static void
note_exclamation(struct lexer *l)
{
    if (l->text.s[l->at] == '!' && l->at + 1 < l->text.len &&
        (l->text.s[l->at + 1] == '(' || lexer_quote_at(l->text, l->at + 1)))
        note_add(l->notes, (struct morgue_span){l->at, l->at + 1},
                 "'!' is passed over; NOT or - excludes what follows");
}

/* section:=sport is section:sport. */
static bool
take_value_sign(struct lexer *l)
{
    return value_name(l)->kind == NAME_VALUE &&
           l->out->v[l->out->n - 1].kind == QUERY_TOKEN_FIELD &&
           take_sign(l, l->text.s[l->at] == '=', QUERY_TOKEN_EQUALS);
}

static void
take_token(struct lexer *l)
{
    struct morgue_str s = l->text;
    size_t start = l->at;
    struct query_token *t;

    if (s.s[l->at] == '(' || s.s[l->at] == ')') {
        l->at++;
        t = lexer_add(l,
                      s.s[start] == '(' ? QUERY_TOKEN_OPEN : QUERY_TOKEN_CLOSE,
                      start);
        if (t->kind == QUERY_TOKEN_CLOSE)
            lexer_suffixes(l, t);
        return;
    }
    t = lexer_quoted(l);
    if (t) {
        lexer_suffixes(l, t);
        return;
    }
    if (lexer_quote_at(s, l->at) > 0) {
        l->at += lexer_quote_at(s, l->at);
        note_add(l->notes, (struct morgue_span){start, l->at},
                 "this quotation mark has no partner and is passed over");
        return;
    }
    note_exclamation(l);
    if (value_name(l)) {
        if (!take_value_sign(l))
            take_word(l);
    } else if (!take_dashes(l) &&
               !take_sign(l, minus_at(s, l->at), QUERY_TOKEN_MINUS) &&
               !take_sign(l, s.s[l->at] == '+', QUERY_TOKEN_PLUS) &&
               !take_sign(l, s.s[l->at] == '=', QUERY_TOKEN_EQUALS) &&
               !take_field(l) && !take_function(l)) {
        take_word(l);
    }
}

enum morgue_status
query_lex(struct query_tokens *out, struct arena *arena,
          struct morgue_str text, struct query_notes *notes,
          struct morgue_error *err)
{
    struct lexer l;

    lexer_start(&l, out, arena, text, notes, err);
    for (lexer_space(&l); l.at < text.len && !l.status; lexer_space(&l))
        take_token(&l);
    return lexer_end(&l);
}

bool
lexer_is_word(struct morgue_str text, bool *noted)
{
    enum { BYTES = 1 << 16 };
    struct query_notes notes;
    struct query_tokens tokens;
    struct arena arena;
    bool is;

    arena_init(&arena, BYTES + 16 * text.len);
    notes_begin(&notes, &arena);
    is = query_lex(&tokens, &arena, text, &notes, NULL) == MORGUE_OK &&
         tokens.n == 1 && tokens.v[0].kind == QUERY_TOKEN_WORD &&
         str_eq(tokens.v[0].text, text);
    if (noted)
        *noted = notes.n > 0;
    arena_free(&arena);
    return is;
}
