/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_leaf.c - random leaves of queries
 *
 * Words come from one article of the archive, mostly, so that those of a query
 * occur together; some from anywhere, by how often they are used; a few are in
 * no article.  Wildcards and fuzzy words that stand for more than WORDS_MAX
 * words are drawn again, and so are fuzzy words where it matters how often a
 * letter may be edited: whether "ca" is two or three edits from "abc" is not
 * said.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "brute.h"

enum { TRIES = 40, WORDS_MAX = 1000 };

/* ---- memory ---- */

static struct morgue_str
kept(struct brute_drawing *d, struct morgue_str s)
{
    struct morgue_str out = STR("");

    if (!arena_str(d->a, s, &out))
        d->failed = true;
    return out;
}

static struct morgue_str
kept_text(struct brute_drawing *d, const char *text)
{
    return kept(d, str_of(text));
}

static brute_table
table_new(struct brute_drawing *d)
{
    brute_table t = arena_zero(d->a, d->c->form_n + 1, 1);

    d->failed |= !t;
    return t;
}

struct brute_node *
brute_new(struct brute_drawing *d, enum brute_op op)
{
    struct brute_node *n = arena_zero(d->a, 1, sizeof *n);

    if (!n) {
        d->failed = true;
        return NULL;
    }
    n->op = op;
    n->spelling = brute_below(d->r, SIZE_MAX);
    return n;
}

/* ---- words ---- */

/* A token of the article, or of any, in an area of that kind or, of the text,
 * in all of it; SIZE_MAX. */
static size_t
some_token(struct brute_drawing *d, enum brute_kind kind)
{
    const struct brute_corpus *c = d->c;

    for (int i = 0; i < TRIES; i++) {
        const struct brute_article *a =
            &c->article[brute_chance(d->r, 75) ? d->article
                                               : brute_below(d->r, c->n)];
        const struct brute_area *area;

        if (a->area_n == 0)
            continue;
        area = &c->area[a->area + brute_below(d->r, a->area_n)];
        if (area->kind == kind ||
            (kind == BRUTE_BODY && area->kind < BRUTE_BODY))
            return area->first + brute_below(d->r, area->n);
    }
    return SIZE_MAX;
}

/* A form that a query can have as one word. */
static const struct brute_form *
some_form(struct brute_drawing *d, enum brute_kind kind)
{
    const struct brute_corpus *c = d->c;
    const struct brute_form *f;

    for (int i = 0; i < TRIES; i++) {
        size_t t = some_token(d, kind);

        f = t == SIZE_MAX || (kind <= BRUTE_BODY && brute_chance(d->r, 5))
                ? &c->form[brute_below(d->r, c->form_n)]
                : &c->form[c->token[t].form];
        if (f->typed && (!f->stop || brute_chance(d->r, 20)))
            return f;
    }
    return NULL;
}

/* The word as somebody types it; capitals alone could be an operator. */
static struct morgue_str
typed(struct brute_drawing *d, struct morgue_str s)
{
    struct morgue_str out = kept(d, s);
    char *p = (char *)(size_t)out.s;
    size_t how = brute_below(d->r, 8);

    for (size_t i = 0; i < out.len; i++)
        if (p[i] >= 'a' && p[i] <= 'z' &&
            ((how == 0 && i == 0) || (how == 1 && out.len > 6)))
            p[i] = (char)(p[i] - ('a' - 'A'));
    return out;
}

/* ---- what a word stands for ---- */

/* As written: the folded form, in all languages. */
static brute_table
table_exact(struct brute_drawing *d, struct morgue_str folded)
{
    brute_table t = table_new(d);

    for (size_t i = 0; t && i < d->c->form_n; i++)
        if (str_eq(d->c->form[i].folded, folded))
            t[i] = 0xFF;
    return t;
}

/* Any form: in each language what has a stem of its own there; in fields of
 * names as written. */
static brute_table
table_forms(struct brute_drawing *d, struct morgue_str text)
{
    brute_table t = table_new(d);
    uint32_t stem[BRUTE_LANGS][2];
    struct morgue_str folded;
    const struct token *tok;

    tokenizer_start(d->c->tokenizer, text, TOKEN_QUERY);
    tok = tokenizer_next(d->c->tokenizer);
    if (!t || !tok || !brute_stems(d->c, tok, stem)) {
        d->failed = true;
        return t;
    }
    folded = kept(d, str_slice(tok->s, tok->len));
    for (size_t i = 0; i < d->c->form_n; i++) {
        const struct brute_form *f = &d->c->form[i];

        if (str_eq(f->folded, folded))
            t[i] |= BRUTE_AS_WRITTEN;
        for (int l = 0; l < d->c->lang_n; l++)
            for (int k = 0; k < 4; k++)
                if (f->stem[l][k / 2] && f->stem[l][k / 2] == stem[l][k % 2])
                    t[i] |= (uint8_t)(1u << l);
    }
    return t;
}

/* The places of letters, for ? is one. */
static size_t
char_len(struct morgue_str s)
{
    size_t n = 1;

    while (n < s.len && ((unsigned char)s.s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

bool
brute_like(struct morgue_str pattern, struct morgue_str s)
{
    for (; pattern.len > 0; pattern.s++, pattern.len--) {
        if (*pattern.s == '*') {
            struct morgue_str rest = str_slice(pattern.s + 1, pattern.len - 1);

            for (;; s.s++, s.len--) {
                if (brute_like(rest, s))
                    return true;
                if (s.len == 0)
                    return false;
            }
        }
        if (s.len == 0 || (*pattern.s != '?' && *pattern.s != *s.s))
            return false;
        if (*pattern.s == '?') {
            size_t n = char_len(s);

            s.s += n - 1;
            s.len -= n - 1;
        }
        s.s++;
        s.len--;
    }
    return s.len == 0;
}

/* What a pattern stands for; NULL where that is too much. */
static brute_table
table_wild(struct brute_drawing *d, struct morgue_str pattern)
{
    brute_table t = table_new(d);
    size_t n = 0;

    for (size_t i = 0; t && i < d->c->form_n && n <= WORDS_MAX; i++)
        if (brute_like(pattern, d->c->form[i].folded)) {
            t[i] = 0xFF;
            n += d->c->form[i].in_text;
        }
    return n <= WORDS_MAX ? t : NULL;
}

/* ---- edits ---- */

/* How many edits lead from one word to another; `again`: a letter that was
 * swapped may be edited once more (Damerau), else not. */
static size_t
edits(struct morgue_str a, struct morgue_str b, bool again)
{
    size_t cell[40][40];
    size_t seen[256] = {0};

    if (a.len > 38 || b.len > 38)
        return SIZE_MAX;
    for (size_t i = 0; i <= a.len; i++)
        cell[i][0] = i;
    for (size_t k = 0; k <= b.len; k++)
        cell[0][k] = k;
    for (size_t i = 1; i <= a.len; i++) {
        size_t match = 0; /* where in b the letter of a was last */

        for (size_t k = 1; k <= b.len; k++) {
            bool same = a.s[i - 1] == b.s[k - 1];
            size_t from = seen[(unsigned char)b.s[k - 1]], at = match;
            size_t best = cell[i - 1][k - 1] + !same;

            if (cell[i - 1][k] + 1 < best)
                best = cell[i - 1][k] + 1;
            if (cell[i][k - 1] + 1 < best)
                best = cell[i][k - 1] + 1;
            if (from > 0 && at > 0 &&
                (again || (from == i - 1 && at == k - 1))) {
                size_t swap =
                    cell[from - 1][at - 1] + (i - from - 1) + 1 + (k - at - 1);

                best = swap < best ? swap : best;
            }
            cell[i][k] = best;
            match = same ? k : match;
        }
        seen[(unsigned char)a.s[i - 1]] = i;
    }
    return cell[a.len][b.len];
}

/* Words with other bytes than ASCII are compared by letters: folded to one
 * byte each here, of which none is a letter of the query's. */
static struct morgue_str
by_letters(char out[TOKEN_MAX], struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < TOKEN_MAX; i++)
        if (((unsigned char)s.s[i] & 0xC0) != 0x80)
            out[n++] = s.s[i];
    return str_slice(out, n);
}

/* NULL where it stands for too much, or that is not clear. */
static brute_table
table_fuzzy(struct brute_drawing *d, struct morgue_str word, size_t max)
{
    brute_table t = table_new(d);
    char bytes[TOKEN_MAX];
    size_t n = 0;

    for (size_t i = 0; t && i < d->c->form_n && n <= WORDS_MAX; i++) {
        struct morgue_str s = d->c->form[i].folded;

        if (s.len + max < word.len)
            continue;
        s = by_letters(bytes, s);
        if (s.len > word.len + max)
            continue;
        if (edits(word, s, true) > max)
            continue;
        if (edits(word, s, false) > max)
            return NULL;
        t[i] = 0xFF;
        n += d->c->form[i].in_text;
    }
    return n <= WORDS_MAX ? t : NULL;
}

/* ---- what a text stands for ---- */

static brute_table
table_of(struct brute_drawing *d, enum brute_op op, struct morgue_str s,
         unsigned n)
{
    struct morgue_str word = kept(d, s);

    for (size_t i = 0; i < word.len; i++)
        ((char *)(size_t)word.s)[i] = to_lower(word.s[i]);
    if (op == BRUTE_WORD)
        return table_forms(d, s);
    if (op == BRUTE_FUZZY)
        return table_fuzzy(d, word, n ? n : word.len <= 5 ? 1 : 2);
    if (memchr(word.s, '*', word.len) || memchr(word.s, '?', word.len))
        return table_wild(d, word);
    return table_exact(d, word);
}

struct brute_node *
brute_leaf(struct brute_drawing *d, enum brute_op op, const char *text,
           unsigned n)
{
    struct brute_node *to = brute_new(d, op);
    struct morgue_str rest = str_of(text), s;

    if (!to)
        return NULL;
    to->n = n;
    to->text = rest;
    if (op != BRUTE_PHRASE) {
        to->table[0] = table_of(d, op, rest, n);
        return to->table[0] ? to : NULL;
    }
    for (s = str_word(&rest); s.len > 0 && to->word_n < BRUTE_PHRASE_MAX;
         s = str_word(&rest)) {
        to->word[to->word_n] = kept(d, s);
        to->table[to->word_n] = table_of(d, op, s, n);
        if (!to->table[to->word_n++])
            return NULL;
    }
    return to;
}

/* ---- words, patterns, phrases ---- */

static struct brute_node *
draw_word(struct brute_drawing *d, enum brute_kind kind)
{
    const struct brute_form *f = some_form(d, kind);
    bool exact = brute_chance(d->r, 25) || (f && f->stop && d->any);
    struct brute_node *n = brute_new(d, exact ? BRUTE_EXACT : BRUTE_WORD);
    bool none = brute_chance(d->r, 2);

    if (!n)
        return NULL;
    n->text = none || !f ? kept(d, STR("zzqxj")) : typed(d, f->folded);
    n->table[0] = exact ? table_exact(d, none || !f ? n->text : f->folded)
                        : table_forms(d, n->text);
    return n;
}

/* A word with some of its letters replaced: pre* *fix in*x w?rd and more. */
static struct morgue_str
draw_pattern(struct brute_drawing *d, struct morgue_str word)
{
    char out[TOKEN_MAX + 4];
    size_t len = word.len, cut = brute_below(d->r, len - 1);
    size_t from = 1 + brute_below(d->r, len - 1);
    int n = 0;

    switch (brute_below(d->r, 7)) {
    case 0:
    case 1:
        n = snprintf(out, sizeof out, "%.*s*", (int)(cut + 2), word.s);
        break;
    case 2:
        n = snprintf(out, sizeof out, "*%s", word.s + cut);
        break;
    case 3:
        n = snprintf(out, sizeof out, "%.*s*%s", (int)from, word.s,
                     word.s + from + brute_below(d->r, len - from));
        break;
    case 4:
        n = snprintf(out, sizeof out, "%.*s?%s", (int)from, word.s,
                     word.s + from + 1);
        break;
    case 5:
        n = snprintf(out, sizeof out, "*%.*s*", (int)(len - from) + 1,
                     word.s + from / 2);
        break;
    default:
        n = snprintf(out, sizeof out, "%.*s?%.*s*", (int)from, word.s,
                     (int)brute_below(d->r, len - from + 1),
                     word.s + from + 1);
    }
    return kept(d, str_slice(out, (size_t)n));
}

static size_t
letters_of(struct morgue_str pattern)
{
    size_t n = 0;

    for (size_t i = 0; i < pattern.len; i++)
        n += is_alpha(pattern.s[i]) || is_digit(pattern.s[i]);
    return n;
}

static struct brute_node *
draw_wild(struct brute_drawing *d, enum brute_kind kind)
{
    struct brute_node *n = brute_new(d, BRUTE_WILD);

    for (int i = 0; i < TRIES && n; i++) {
        const struct brute_form *f = some_form(d, kind);

        if (!f || !f->letters || f->folded.len < 3)
            continue;
        n->text = draw_pattern(d, f->folded);
        if (letters_of(n->text) < 2 || n->text.s[n->text.len - 1] == '?')
            continue;
        n->table[0] = table_wild(d, n->text);
        n->text = typed(d, n->text);
        if (n->table[0])
            return n;
    }
    return draw_word(d, kind);
}

/* One letter of a word otherwise. */
static struct morgue_str
misspelt(struct brute_drawing *d, struct morgue_str word)
{
    char out[TOKEN_MAX];
    size_t at = brute_below(d->r, word.len);

    memcpy(out, word.s, word.len);
    out[at] = (char)('a' + brute_below(d->r, 26));
    if (at > 0 && brute_chance(d->r, 40)) {
        out[at] = word.s[at - 1];
        out[at - 1] = word.s[at];
    }
    return kept(d, str_slice(out, word.len));
}

static struct brute_node *
draw_fuzzy(struct brute_drawing *d, enum brute_kind kind)
{
    struct brute_node *n = brute_new(d, BRUTE_FUZZY);

    for (int i = 0; i < TRIES && n; i++) {
        const struct brute_form *f = some_form(d, kind);
        struct morgue_str word;

        if (!f || !f->letters || f->folded.len < 3 || f->folded.len > 30)
            continue;
        word = brute_chance(d->r, 50) ? misspelt(d, f->folded) : f->folded;
        n->n = (unsigned)brute_below(d->r, 3);
        n->table[0] = table_fuzzy(d, word,
                                  n->n            ? n->n
                                  : word.len <= 5 ? 1
                                                  : 2);
        n->text = typed(d, word);
        if (n->table[0])
            return n;
    }
    return draw_word(d, kind);
}

/* Words from one place of an article, with some left out between them. */
static size_t
draw_row(struct brute_drawing *d, enum brute_kind kind, unsigned gap,
         const struct brute_form **out, size_t max)
{
    const struct brute_corpus *c = d->c;
    size_t t = some_token(d, kind), n = 0;

    for (; t < c->token_n && n < max; t += 1 + brute_below(d->r, gap + 1)) {
        const struct brute_form *f = &c->form[c->token[t].form];

        if (n > 0 && c->token[t].pos == 0)
            break;
        if (!f->typed)
            break;
        out[n++] = f;
    }
    return n;
}

struct brute_node *
brute_draw_phrase(struct brute_drawing *d, enum brute_kind kind,
                  unsigned words)
{
    struct brute_node *n = brute_new(d, BRUTE_PHRASE);
    const struct brute_form *row[BRUTE_PHRASE_MAX] = {NULL};
    unsigned slop =
        brute_chance(d->r, 35) ? (unsigned)brute_below(d->r, 6) : 0;

    for (int i = 0; i < TRIES && n && n->word_n < 2; i++)
        n->word_n = draw_row(d, kind, slop ? 1 : 0, row, words);
    if (!n || n->word_n < 2)
        return draw_word(d, kind);
    n->n = slop;
    for (size_t i = 0; i < n->word_n; i++) {
        struct morgue_str s = row[i]->folded, pattern;
        brute_table wild = NULL;

        if (row[i]->letters && s.len > 3 && brute_chance(d->r, 12)) {
            pattern = draw_pattern(d, s);
            wild = letters_of(pattern) > 1 && pattern.s[pattern.len - 1] != '?'
                       ? table_wild(d, pattern)
                       : NULL;
        }
        n->word[i] = typed(d, wild ? pattern : s);
        n->table[i] = wild ? wild : table_exact(d, s);
    }
    return n;
}

struct brute_node *
brute_draw_leaf(struct brute_drawing *d, enum brute_kind kind)
{
    size_t how = brute_below(d->r, 100);

    if (d->leaves > 0)
        d->leaves--;
    if (how < 50)
        return draw_word(d, kind);
    if (how < 70)
        return brute_draw_phrase(d, kind, 2 + (unsigned)brute_below(d->r, 3));
    return how < 86 ? draw_wild(d, kind) : draw_fuzzy(d, kind);
}

/* ---- filters ---- */

static struct morgue_str printed(struct brute_drawing *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static struct morgue_str
printed(struct brute_drawing *d, const char *fmt, ...)
{
    char out[300];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(out, sizeof out, fmt, ap);
    va_end(ap);
    return kept_text(d, out);
}

/* A value of some article, or a piece of it with an asterisk. */
static struct morgue_str
draw_value_text(struct brute_drawing *d, enum brute_value v)
{
    struct morgue_str s = STR("");

    for (int i = 0; i < TRIES && s.len == 0; i++)
        s = d->c->article[brute_below(d->r, d->c->n)].folded[v];
    if (s.len == 0 || brute_chance(d->r, 5))
        return STR("nosuch");
    if (v == BRUTE_LANG || s.len < 4 || brute_chance(d->r, 75))
        return s;
    if (brute_chance(d->r, 60))
        return printed(d, "%.*s*", 2 + (int)brute_below(d->r, s.len - 2), s.s);
    return printed(d, "*%s", s.s + brute_below(d->r, s.len - 2));
}

static struct brute_node *
draw_value(struct brute_drawing *d)
{
    struct brute_node *n = brute_new(d, BRUTE_VALUE);

    if (!n)
        return NULL;
    n->value = (enum brute_value)brute_below(d->r, BRUTE_VALUES);
    n->word_n = brute_chance(d->r, 30) ? 2 + brute_below(d->r, 2) : 1;
    for (size_t i = 0; i < n->word_n; i++)
        n->word[i] = draw_value_text(d, n->value);
    return n;
}

static struct brute_node *
draw_id(struct brute_drawing *d)
{
    struct brute_node *n = brute_new(d, BRUTE_ID);
    size_t some = brute_below(d->r, d->c->n);

    if (!n)
        return NULL;
    n->word_n = brute_chance(d->r, 30) ? 2 : 1;
    for (size_t i = 0; i < n->word_n; i++)
        n->word[i] = printed(
            d, brute_chance(d->r, 30) ? "rtr-%.3s*" : "rtr-%.5s",
            d->c->article[i > 0 ? brute_below(d->r, d->c->n) : some].id.s + 4);
    return n;
}

/* An address, without its scheme and www. where that is left out. */
static struct brute_node *
draw_url(struct brute_drawing *d)
{
    static const char *const host[] = {
        "example.org",           "news.example.org",
        "www.example.org",       "example.com",
        "otherexample.org",      "archive.news.example.org",
        "daily-post.example.com"};
    bool site = brute_chance(d->r, 50);
    struct brute_node *n = brute_new(d, site ? BRUTE_SITE : BRUTE_URL);
    struct morgue_str url = d->c->article[d->article].url;
    size_t h = brute_below(d->r, sizeof host / sizeof *host);

    if (!n)
        return NULL;
    if (site) /* whether www. may be left out there is not said */
        n->text = str_of(host[h == 2 ? 0 : h]);
    else if (url.len == 0 || brute_chance(d->r, 40))
        n->text = printed(d, "%s/%s*", host[h == 2 ? 0 : h],
                          brute_chance(d->r, 50) ? "sport/" : "");
    else if (brute_chance(d->r, 50))
        n->text = url;
    else
        n->text =
            kept_text(d, strstr(url.s, "//www.") ? strstr(url.s, "//www.") + 6
                                                 : strstr(url.s, "//") + 2);
    return n;
}

/* A date as it is typed, and its period. */
static struct morgue_str
draw_day(struct brute_drawing *d, int64_t *from, int64_t *to)
{
    struct morgue_date date = d->c->article[d->article].date;
    char text[MORGUE_DATE_LOCAL_MAX];
    struct morgue_str out;
    static const size_t length[] = {4, 7, 10};

    if (date.precision == MORGUE_DATE_NONE || brute_chance(d->r, 20))
        date.seconds = date_seconds(1987, 1 + (int)brute_below(d->r, 11),
                                    1 + (int)brute_below(d->r, 28), 0, 0, 0);
    date.precision = MORGUE_DATE_SECOND;
    morgue_date_print_local(text, date);
    out = kept(d, str_slice(text, length[brute_below(d->r, 3)]));
    if (!morgue_date_parse(out.s, &date))
        return STR("");
    *from = date.seconds;
    *to = date_end(date);
    return out;
}

static void
draw_recent(struct brute_drawing *d, struct brute_node *n)
{
    static const unsigned days[] = {5, 6, 7, 10, 14};
    int64_t today = (int64_t)time(NULL) / 86400 * 86400;
    unsigned some = days[brute_below(d->r, 5)];

    n->from = today;
    n->to = today + 86400;
    switch (brute_below(d->r, 3)) {
    case 0:
        n->text = STR("today");
        break;
    case 1:
        n->text = STR("yesterday");
        n->from -= 86400;
        n->to -= 86400;
        break;
    default:
        n->text = printed(d, "\"last %u days\"", some);
        n->from = today - (int64_t)(some - 1) * 86400;
    }
}

static struct brute_node *
draw_date(struct brute_drawing *d)
{
    struct brute_node *n = brute_new(d, BRUTE_DATE);
    int64_t from[2] = {0}, to[2] = {0};
    struct morgue_str one, other;

    if (!n)
        return NULL;
    if (!d->tz && brute_chance(d->r, 10)) {
        draw_recent(d, n);
        return n;
    }
    one = draw_day(d, &from[0], &to[0]);
    other = draw_day(d, &from[1], &to[1]);
    n->from = INT64_MIN;
    n->to = INT64_MAX;
    switch (brute_below(d->r, 5)) {
    case 0:
        n->text = printed(d, "..%s", one.s);
        n->to = to[0];
        break;
    case 1:
        n->text = printed(d, "%s..", one.s);
        n->from = from[0];
        break;
    case 2:
        n->text = one;
        n->from = from[0];
        n->to = to[0];
        break;
    default:
        n->text = from[0] <= from[1] ? printed(d, "%s..%s", one.s, other.s)
                                     : printed(d, "%s..%s", other.s, one.s);
        n->from = from[0] <= from[1] ? from[0] : from[1];
        n->to = from[0] <= from[1] ? to[1] : to[0];
    }
    return n;
}

static struct brute_node *
draw_wc(struct brute_drawing *d)
{
    struct brute_node *n = brute_new(d, BRUTE_WC);
    unsigned words = (unsigned)d->c->article[d->article].words;
    unsigned wide = (unsigned)brute_below(d->r, 100);

    if (!n)
        return NULL;
    n->n2 = UINT32_MAX;
    switch (brute_below(d->r, 3)) {
    case 0:
        n->text = printed(d, "wc>%u", words);
        n->n = words + 1;
        break;
    case 1:
        n->text = printed(d, "wc<%u", words + 1);
        n->n2 = words;
        break;
    default:
        n->text = printed(d, "wc:%u..%u", words, words + wide);
        n->n = words;
        n->n2 = words + wide;
    }
    return n;
}

static struct brute_node *
draw_has(struct brute_drawing *d)
{
    static const char *const field[] = {"title",  "body",  "author",
                                        "place",  "topic", "section",
                                        "source", "date",  "url"};
    struct brute_node *n = brute_new(d, BRUTE_HAS);

    if (n)
        n->text = str_of(field[brute_below(d->r, 9)]);
    return n;
}

struct brute_node *
brute_draw_filter(struct brute_drawing *d)
{
    switch (brute_below(d->r, 9)) {
    case 0:
    case 1:
        return draw_value(d);
    case 2:
        return draw_id(d);
    case 3:
        if (getenv("NOURL"))
            return draw_date(d);
        return draw_url(d);
    case 4:
    case 5:
    case 6:
        return draw_date(d);
    case 7:
        return draw_wc(d);
    default:
        return draw_has(d);
    }
}
