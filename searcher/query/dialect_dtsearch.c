/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_dtsearch.c - queries as dtSearch reads them
 *
 * A boolean request has connectors (and, or, not, w/N, pre/N, contains);
 * words beside each other are a phrase then.  One that has none of these but
 * signs or weights (+word -word word:5) asks for any of its words.  Words are
 * as written; word~ is any of its forms, wo%rd has as many edits as signs.
 * x w/N xfirstword is within the first N words of an article.
 */
#include <string.h>

#include "dialect.h"
#include "dialect_lex.h"

enum { FIRST_MAX = 100000, WEIGHT_WORD_MAX = 1000 };

static const struct dialect_operator operators[] = {
    {"and", QUERY_TOKEN_AND, {.n = 0}, NULL},
    {"or", QUERY_TOKEN_OR, {.n = 0}, NULL},
    {"not", QUERY_TOKEN_NOT, {.n = 0}, NULL},
};

static const struct dialect_near near[] = {
    {"w/", false, false, 0},
    {"pre/", true, false, 0},
};

static const struct dialect_field fields[] = {
    {"title", MEANS_FIELD, "title", NULL},
    {"subject", MEANS_FIELD, "title", NULL},
    {"headline", MEANS_FIELD, "title", NULL},
    {"body", MEANS_FIELD, "body", NULL},
    {"text", MEANS_FIELD, "body", NULL},
    {"author", MEANS_FIELD, "author", NULL},
    {"byline", MEANS_FIELD, "author", NULL},
    {"from", MEANS_FIELD, "author", NULL},
    {"place", MEANS_FIELD, "place", NULL},
    {"location", MEANS_FIELD, "place", NULL},
    {"topic", MEANS_FIELD, "topic", NULL},
    {"keywords", MEANS_FIELD, "topic", NULL},
    {"section", MEANS_FIELD, "section", NULL},
    {"source", MEANS_FIELD, "source", NULL},
    {"publication", MEANS_FIELD, "source", NULL},
    {"language", MEANS_FIELD, "lang", NULL},
};

/* ---- words of a query --------------------------------------------------- */

/* Where the word at `at` ends. */
static size_t
end_of_word(const struct lexer *l, size_t at)
{
    struct lexer here = *l;

    here.at = at;
    return lexer_word_end(&here, false);
}

/* The word behind white space from `at` on, whose end is in *end. */
static struct morgue_str
word_behind(const struct lexer *l, size_t at, size_t *end)
{
    struct lexer here = *l;

    here.at = at;
    lexer_space(&here);
    *end = lexer_word_end(&here, false);
    return str_slice(l->text.s + here.at, *end - here.at);
}

static bool
is_near(struct morgue_str word)
{
    return str_starts_nocase(word, STR("w/")) ||
           str_starts_nocase(word, STR("pre/"));
}

/* Whether it makes a request a boolean one. */
static bool
is_connector(struct morgue_str word)
{
    static const char *const words[] = {"and", "or", "not", "contains",
                                        "andany"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return is_near(word);
}

/* word:5 and word:-2: where the colon is, 0: nowhere. */
static size_t
weight_at(struct morgue_str word, bool *less, uint32_t *n)
{
    const char *colon = memchr(word.s, ':', word.len);
    size_t at = colon ? (size_t)(colon - word.s) + 1 : 0;

    *less = at > 0 && at < word.len && word.s[at] == '-';
    at += *less;
    if (!colon || colon == word.s ||
        !lexer_number(word, &at, WEIGHT_WORD_MAX, n) || at < word.len)
        return 0;
    return (size_t)(colon - word.s);
}

static bool
has_sign(struct morgue_str word)
{
    return word.len > 1 && (word.s[0] == '+' || word.s[0] == '-');
}

/* Whether a request asks for any of its words. */
static bool
asks_for_any(struct morgue_str text)
{
    struct lexer l = {.text = text};
    bool signs = false;

    for (lexer_space(&l); l.at < text.len; lexer_space(&l)) {
        size_t end = lexer_word_end(&l, false);
        struct morgue_str word = str_slice(text.s + l.at, end - l.at);
        bool less;
        uint32_t n;

        if (end == l.at || is_connector(word))
            return false;
        signs = signs || has_sign(word) || weight_at(word, &less, &n) > 0;
        l.at = end;
    }
    return signs;
}

/* ---- what stands for more than itself ----------------------------------- */

/* Take the word up to `end` as a token whose text is `text`. */
static struct query_token *
take_text(struct lexer *l, size_t end, struct morgue_str text)
{
    size_t start = l->at;

    l->at = end;
    return dialect_add_text(l, QUERY_TOKEN_WORD, start, text);
}

/* A copy of the word without a sign. */
static struct morgue_str
without(struct lexer *l, struct morgue_str word, char sign)
{
    struct morgue_str copy = dialect_copy(l, word);
    char *to = (char *)(uintptr_t)copy.s;
    size_t n = 0;

    for (size_t i = 0; i < copy.len; i++)
        if (word.s[i] != sign)
            to[n++] = word.s[i];
    return str_slice(copy.s, n);
}

static size_t
count_of(struct morgue_str word, char sign)
{
    size_t n = 0;

    for (size_t i = 0; i < word.len; i++)
        n += word.s[i] == sign;
    return n;
}

/* wo%rd: as many edits as signs. */
static bool
take_edits(struct lexer *l, struct morgue_str word, size_t end)
{
    size_t n = count_of(word, '%');
    struct morgue_span span = {l->at, end};
    struct morgue_str text;

    if (n == 0 || n == word.len)
        return false;
    text = without(l, word, '%');
    if (lexer_is_punctuation(text))
        return false;
    if (n > 2)
        note_add(l->notes, span, "a word can have at most 2 edits, not %zu",
                 n);
    if (word.s[0] != '%')
        note_add(l->notes, span,
                 "letters before %% may have edits, too, here");
    take_text(l, end, text)->suffix.edits = n > 1 ? EDITS_TWO : EDITS_ONE;
    return true;
}

/* word~, any of its forms; 12~~24, of which we have none. */
static bool
take_stem(struct lexer *l, struct morgue_str word, size_t end)
{
    size_t at = str_find(word, 0, STR("~~"));

    if (at > 0 && at < word.len && is_digit(word.s[0])) {
        l->at = end;
        dialect_left_out(l, end - word.len,
                         "there are no ranges of numbers here");
        return true;
    }
    if (word.len < 2 || word.s[word.len - 1] != '~')
        return false;
    (void)take_text(l, end, str_slice(word.s, word.len - 1));
    return true;
}

/* #word sounds like it, word& means the like: the word itself. */
static bool
take_alike(struct lexer *l, struct morgue_str word, size_t end)
{
    bool sound = word.len > 1 && word.s[0] == '#' && word.s[1] != '#';
    bool mean = word.len > 1 && word.s[word.len - 1] == '&';

    if (!sound && !mean)
        return false;
    note_add(l->notes, (struct morgue_span){l->at, end}, "%s",
             sound ? "there are no words that sound alike here: the word "
                     "itself"
                   : "there are no synonyms here: the word itself");
    (void)take_text(l, end, str_slice(word.s + sound, word.len - 1));
    return true;
}

/* word:5 */
static bool
take_weight(struct lexer *l, struct morgue_str word, size_t end)
{
    bool less;
    uint32_t n;
    size_t colon = weight_at(word, &less, &n);
    struct query_token *t;

    if (colon == 0)
        return false;
    if (less)
        note_add(l->notes, (struct morgue_span){l->at + colon, end},
                 "a weight below 0 is passed over here");
    t = take_text(l, end, str_slice(word.s, colon));
    if (!less)
        t->suffix.weight = n;
    return true;
}

/* wo=d: a digit. */
static bool
take_digit(struct lexer *l, const struct dialect_rules *r,
           struct morgue_str word, size_t end)
{
    size_t start = l->at;

    if (count_of(word, '=') == 0 || lexer_is_punctuation(word))
        return false;
    note_add(l->notes, (struct morgue_span){start, end},
             "'=' is any letter here, not a digit alone");
    l->at = end;
    dialect_add_word(l, r, start);
    return true;
}

/* ---- connectors --------------------------------------------------------- */

/* w/10 xfirstword, of the operand before. */
static bool
take_first(struct lexer *l, struct morgue_str word, size_t end)
{
    struct query_token *before =
        l->out->n > 0 ? &l->out->v[l->out->n - 1] : NULL;
    size_t start = l->at, behind, at = 2;
    struct morgue_str next = word_behind(l, end, &behind);
    bool first = str_eq_nocase(next, STR("xfirstword"));
    uint32_t n;

    if (!str_starts_nocase(word, STR("w/")) ||
        !lexer_number(word, &at, FIRST_MAX, &n) || at < word.len ||
        (!first && !str_eq_nocase(next, STR("xlastword"))))
        return false;
    l->at = behind;
    if (!first) {
        note_add(l->notes, (struct morgue_span){start, behind},
                 "the last words of an article are not known here");
        return true;
    }
    if (before && (before->kind == QUERY_TOKEN_WORD ||
                   before->kind == QUERY_TOKEN_QUOTED ||
                   before->kind == QUERY_TOKEN_CLOSE)) {
        before->n = n > 0 ? n : 1;
        before->function = FUNCTION_LEAD;
        before->span.end = behind;
    } else {
        note_add(l->notes, (struct morgue_span){start, behind},
                 "nothing stands before this and it is passed over");
    }
    return true;
}

/* field contains x */
static bool
take_contains(struct lexer *l, const struct dialect_rules *r)
{
    size_t start = l->at, end = dialect_name_end(l->text, start), behind;
    struct morgue_str name = str_slice(l->text.s + start, end - start),
                      next = word_behind(l, end, &behind);
    const struct dialect_field *f;
    struct lexer here = *l;

    here.at = behind;
    lexer_space(&here);
    if (name.len == 0 || !str_eq_nocase(next, STR("contains")) ||
        here.at >= l->text.len || here.at == behind)
        return false;
    f = dialect_field_find(r, name);
    if (f) {
        dialect_take_name(l, f, start, behind);
        return true;
    }
    note_add(l->notes, (struct morgue_span){start, behind},
             "there is no field '%.*s' here: words anywhere", (int)name.len,
             name.s);
    l->at = behind;
    return true;
}

/* xfilter(...), date(...), mail(...): left out with what is in the brackets.
 */
static bool
take_filter(struct lexer *l)
{
    static const char *const names[] = {"xfilter", "date", "mail",
                                        "creditcard"};
    size_t start = l->at, end = dialect_name_end(l->text, start), open = 0;
    struct morgue_str name = str_slice(l->text.s + start, end - start);
    bool known = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        known = known || str_eq_nocase(name, str_of(names[i]));
    if (!known || end >= l->text.len || l->text.s[end] != '(')
        return false;
    for (; end < l->text.len; end++) {
        open += l->text.s[end] == '(';
        open -= l->text.s[end] == ')';
        if (open == 0)
            break;
    }
    l->at = end < l->text.len ? end + 1 : end;
    dialect_left_out(l, start, "there is nothing like this here");
    return true;
}

/* ---- all ---------------------------------------------------------------- */

/* andany x: x may be there or not.  Left out, up to what ends its operand. */
static bool
take_andany(struct lexer *l, struct morgue_str word, size_t end)
{
    size_t start = l->at, depth = 0, behind;

    if (!str_eq_nocase(word, STR("andany")) || l->out->n == 0)
        return false;
    for (l->at = end; l->at < l->text.len; l->at = end) {
        char c;

        end = l->at;
        lexer_space(l);
        c = l->at < l->text.len ? l->text.s[l->at] : ')';
        if (depth == 0 &&
            (c == ')' || is_connector(word_behind(l, l->at, &behind))))
            break;
        depth += c == '(';
        depth -= c == ')';
        end = c == '(' || c == ')' ? l->at + 1 : end_of_word(l, l->at);
    }
    l->at = end;
    note_add(l->notes, (struct morgue_span){start, end},
             "'%.*s' may be there or not, and is left out",
             (int)note_shown(l->text, (struct morgue_span){start, end}).len,
             note_shown(l->text, (struct morgue_span){start, end}).s);
    return true;
}

/* ##x and "##x", a regular expression. */
static bool
take_regex(struct lexer *l)
{
    size_t start = l->at, quote = lexer_quote_at(l->text, start);
    struct lexer here = *l;

    here.at += quote;
    if (!str_starts(str_slice(l->text.s + here.at, l->text.len - here.at),
                    STR("##")))
        return false;
    while (here.at < l->text.len &&
           (quote ? lexer_quote_at(l->text, here.at) == 0
                  : lexer_more_at(&here, here.at)))
        here.at++;
    if (here.at < l->text.len)
        here.at += lexer_quote_at(l->text, here.at);
    l->at = here.at;
    dialect_left_out(l, start, "there are no regular expressions here");
    return true;
}

/* Tell of "contains" that stands behind no name. */
static void
note_contains(struct lexer *l, struct morgue_str word, size_t end)
{
    size_t behind;

    if (str_eq_nocase(word, STR("contains")) && l->out->n > 0 &&
        word_behind(l, end, &behind).len > 0)
        note_add(l->notes, (struct morgue_span){l->at, end},
                 "'%.*s' is read as a word; the name of a field stands "
                 "before it",
                 (int)word.len, word.s);
}

/* + and - before a word, in a request for any words. */
static bool
take_sign(struct lexer *l)
{
    char c = l->text.s[l->at];

    if ((c != '+' && c != '-') || !lexer_more_at(l, l->at + 1))
        return false;
    l->at++;
    (void)lexer_add(l, c == '+' ? QUERY_TOKEN_PLUS : QUERY_TOKEN_MINUS,
                    l->at - 1);
    return true;
}

static bool
take(struct lexer *l, const struct dialect_rules *r)
{
    size_t end;
    struct morgue_str word;

    if (take_regex(l))
        return true;
    if (lexer_quote_at(l->text, l->at) > 0)
        return false;
    end = end_of_word(l, l->at);
    word = str_slice(l->text.s + l->at, end - l->at);
    note_contains(l, word, end);
    if (str_eq_nocase(word, STR("xfirstword")) ||
        str_eq_nocase(word, STR("xlastword"))) {
        l->at = end;
        dialect_left_out(l, end - word.len,
                         "it stands behind w/ and a number");
        return true;
    }
    return take_andany(l, word, end) || take_first(l, word, end) ||
           take_contains(l, r) || take_filter(l) || take_edits(l, word, end) ||
           take_stem(l, word, end) || take_alike(l, word, end) ||
           take_weight(l, word, end) || take_digit(l, r, word, end);
}

static bool
take_any(struct lexer *l, const struct dialect_rules *r)
{
    return take_sign(l) || take(l, r);
}

#define OPERATORS                                                             \
    .operators = operators, .operators_n = sizeof operators / sizeof *operators
#define OTHERS                                                                \
    .near = near, .near_n = sizeof near / sizeof *near, .fields = fields,     \
    .fields_n = sizeof fields / sizeof *fields, .any = "*", .one = "?="

static const struct dialect_rules rules_boolean = {
    OPERATORS, OTHERS, .phrase = true, .take = take};
static const struct dialect_rules rules_any = {OPERATORS, OTHERS,
                                               .take = take_any};

/* Whether a word was typed with a sign that says more than the word. */
static bool
is_as_written(const struct lexer *l, const struct query_token *t)
{
    size_t end = t->span.end;

    return t->kind == QUERY_TOKEN_WORD && t->suffix.edits == EDITS_NO &&
           !memchr(t->text.s, '*', t->text.len) &&
           !memchr(t->text.s, '?', t->text.len) &&
           !lexer_is_punctuation(t->text) &&
           !(end > 0 && end <= l->text.len && l->text.s[end - 1] == '~');
}

/* Put = before words as written. */
static enum morgue_status
put_equals(struct lexer *l)
{
    struct query_tokens *out = l->out;
    size_t room = out->n * 2 + 1, n = 0;
    struct query_token *v = arena_zero(l->arena, room, sizeof *v);

    if (!v)
        return error_nomem(l->err);
    for (size_t i = 0; i <= out->n; i++) { /* the END too */
        bool after = i > 0 && out->v[i - 1].kind == QUERY_TOKEN_EQUALS;

        if (!after && is_as_written(l, &out->v[i]))
            v[n++] = (struct query_token){
                .kind = QUERY_TOKEN_EQUALS,
                .span = {out->v[i].span.start, out->v[i].span.start},
                .suffix = QUERY_SUFFIX_NONE};
        v[n++] = out->v[i];
    }
    out->v = v;
    out->n = n - 1;
    return MORGUE_OK;
}

static enum morgue_status
lex(struct query_tokens *out, struct arena *arena, struct morgue_str text,
    struct query_notes *notes, struct morgue_error *err)
{
    struct lexer l;
    enum morgue_status st =
        dialect_lex(asks_for_any(text) ? &rules_any : &rules_boolean, out,
                    arena, text, notes, err);

    l = (struct lexer){.text = text, .arena = arena, .out = out, .err = err};
    return st ? st : put_equals(&l);
}

static const struct grammar grammar = {
    .power = {[QUERY_TOKEN_NEAR] = 6,
              [QUERY_TOKEN_APART] = 6,
              [QUERY_TOKEN_BUT] = 3,
              [QUERY_TOKEN_AND] = 3,
              [QUERY_TOKEN_OR] = 2},
    .sign = 5,
    .beside = 2,
    .beside_kind = AST_LIST,
};

const struct dialect dialect_dtsearch = {"dtsearch", lex, &grammar};
