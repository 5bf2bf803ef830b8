/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_print.c - trees as somebody types them
 *
 * With no more brackets than how tight operators bind asks for, or with some;
 * operators in any of their spellings.  A node is spelled the same whenever it
 * is printed, so that a tree that was made smaller is still the same text.
 *
 * Under any-of words beside each other are not joined by AND, and what that
 * binds against AND is not said: AND is written out there, and a list stands
 * in brackets unless it is all.
 */
#include <stdio.h>

#include "brute.h"

enum level { IS_LIST, IS_OR, IS_AND, IS_NOT, IS_NEAR, IS_ONE };

struct printing {
    struct buf *out;
    bool any;
};

static void print(const struct printing *p, const struct brute_node *n,
                  enum level least);

/* One of `n` ways in which a node is written; `which` tells questions about
 * it from each other. */
static size_t
way(const struct brute_node *n, unsigned which, size_t ways)
{
    struct brute_rng r = {n->spelling + which * 7919u};

    return brute_below(&r, ways);
}

static enum level
level_of(const struct brute_node *n)
{
    switch (n->op) {
    case BRUTE_LIST:
        return IS_LIST;
    case BRUTE_OR:
        return IS_OR;
    case BRUTE_AND:
        return IS_AND;
    case BRUTE_NOT:
        return IS_NOT;
    case BRUTE_NEAR:
    case BRUTE_APART:
        return IS_NEAR;
    default:
        return IS_ONE;
    }
}

/* ---- leaves ---- */

static void
print_phrase(struct buf *out, const struct brute_node *n)
{
    static const char *const quote[][2] = {{"\"", "\""},
                                           {"\"", "\""},
                                           {"\"", "\""},
                                           {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                           {"\xE2\x80\x9E", "\xE2\x80\x9C"},
                                           {"\xC2\xAB", "\xC2\xBB"}};
    size_t how = way(n, 1, 6);

    buf_str(out, str_of(quote[how][0]));
    for (size_t i = 0; i < n->word_n; i++) {
        if (i > 0)
            buf_char(out, ' ');
        buf_str(out, n->word[i]);
    }
    buf_str(out, str_of(quote[how][1]));
    if (n->n > 0)
        buf_printf(out, "~%u", n->n);
}

static bool
needs_quotes(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_alpha(s.s[i]) && !is_digit(s.s[i]) && s.s[i] != '*')
            return true;
    return false;
}

static void
print_value(struct buf *out, struct morgue_str s)
{
    bool quotes = needs_quotes(s);

    if (quotes)
        buf_char(out, '"');
    buf_str(out, s);
    if (quotes)
        buf_char(out, '"');
}

static void
print_values(struct buf *out, const struct brute_node *n, const char *field,
             bool bare)
{
    buf_printf(out, "%s:%s", field, n->word_n > 1 ? "(" : "");
    for (size_t i = 0; i < n->word_n; i++) {
        if (i > 0)
            buf_str(out, STR(" OR "));
        if (bare)
            buf_str(out, n->word[i]);
        else
            print_value(out, n->word[i]);
    }
    if (n->word_n > 1)
        buf_char(out, ')');
}

static void
print_filter(struct buf *out, const struct brute_node *n)
{
    static const char *const value[] = {"section", "source", "lang"};

    switch (n->op) {
    case BRUTE_VALUE:
        print_values(out, n, value[n->value], false);
        break;
    case BRUTE_ID:
        print_values(out, n, "id", true);
        break;
    case BRUTE_URL:
        buf_printf(out, "url:%s", n->text.s);
        break;
    case BRUTE_SITE:
        buf_printf(out, "site:%s", n->text.s);
        break;
    case BRUTE_DATE:
        buf_printf(out, "date:%s", n->text.s);
        break;
    case BRUTE_HAS:
        buf_printf(out, "has:%s", n->text.s);
        break;
    default: /* wc>n and the like */
        buf_str(out, n->text);
    }
}

/* ---- operators ---- */

static void
print_distance(struct buf *out, const struct brute_node *n)
{
    static const char *const ordered[] = {"pre/%u", "PRE/%u", "adj%u",
                                          "pre/%u"};
    static const char *const near[] = {"w/%u", "W/%u", "NEAR/%u",   "near/%u",
                                       "/%u",  "w%u",  "within/%u", "NEAR%u"};
    static const char *const apart[] = {"w/%u", "NEAR/%u", "W/%u"};

    if (n->unit == BRUTE_SENTENCE)
        buf_str(out, way(n, 2, 4) ? STR("w/s") : STR("W/S"));
    else if (n->unit == BRUTE_PARAGRAPH)
        buf_str(out, way(n, 2, 4) ? STR("w/p") : STR("W/P"));
    else if (n->op == BRUTE_APART)
        buf_printf(out, apart[way(n, 2, 3)], n->n);
    else if (n->ordered)
        buf_printf(out, ordered[way(n, 2, 4)], n->n);
    else if (n->n == 10 && way(n, 3, 2))
        buf_str(out, STR("NEAR"));
    else
        buf_printf(out, near[way(n, 2, 8)], n->n);
}

/* Left to right: a chain needs no brackets at its left.  Behind NOT w/n they
 * make it plain what is meant. */
static void
print_near(const struct printing *p, const struct brute_node *n)
{
    print(p, n->child[0],
          n->child[0]->op == BRUTE_NEAR && n->op == BRUTE_NEAR ? IS_NEAR
                                                               : IS_ONE);
    buf_str(p->out, n->op == BRUTE_APART ? STR(" NOT ") : STR(" "));
    print_distance(p->out, n);
    buf_char(p->out, ' ');
    print(p, n->child[1], IS_ONE);
}

static void
print_not(const struct printing *p, const struct brute_node *n, bool word)
{
    static const char *const minus[] = {"-", "-", "-", "\xE2\x80\x93",
                                        "\xE2\x88\x92"};

    if (word)
        buf_str(p->out, STR("NOT "));
    else
        buf_str(p->out, str_of(minus[way(n, 4, 5)]));
    print(p, n->child[0], word || way(n, 5, 4) ? IS_NEAR : IS_ONE);
}

static void
print_and(const struct printing *p, const struct brute_node *n)
{
    for (size_t i = 0; i < n->child_n; i++) {
        const struct brute_node *x = n->child[i];
        size_t how = p->any ? 0 : way(x, 6, 5);

        if (i > 0)
            buf_str(p->out, how > 1 ? STR(" ") : STR(" AND "));
        if (x->op == BRUTE_NOT && how > 1)
            print_not(p, x, how == 3 || x->child[0]->op == BRUTE_EVERY);
        else if (how == 4 && level_of(x) >= IS_NEAR && x->op != BRUTE_EVERY) {
            buf_char(p->out, '+');
            print(p, x, IS_ONE);
        } else {
            print(p, x, IS_NOT);
        }
    }
}

static void
print_list(const struct printing *p, const struct brute_node *n)
{
    for (size_t i = 0; i < n->child_n; i++) {
        const struct brute_node *x = n->child[i];

        if (i > 0)
            buf_char(p->out, ' ');
        if (n->sign[i] == '-' && way(x, 7, 2))
            buf_str(p->out, STR("NOT "));
        else if (n->sign[i] != ' ')
            buf_char(p->out, n->sign[i]);
        print(p, x, IS_ONE);
    }
}

static void
print_or(const struct printing *p, const struct brute_node *n)
{
    for (size_t i = 0; i < n->child_n; i++) {
        if (i > 0)
            buf_str(p->out, STR(" OR "));
        print(p, n->child[i], IS_AND);
    }
}

/* f(x) */
static void
print_call(const struct printing *p, const struct brute_node *n,
           const char *name)
{
    buf_printf(p->out, "%s(", name);
    print(p, n->child[0], IS_OR);
    buf_char(p->out, ')');
}

static void
print_field(const struct printing *p, const struct brute_node *n)
{
    static const char *const name[][4] = {
        {"title", "headline", "title", "title"},
        {"", "", "", ""},
        {"body", "body", "body", "body"},
        {"author", "byline", "by", "author"},
        {"place", "places", "place", "place"},
        {"topic", "topics", "topic", "topic"}};

    buf_printf(p->out, "%s:", name[n->field][way(n, 8, 4)]);
    print(p, n->child[0], IS_ONE);
}

static void
print_some(const struct printing *p, const struct brute_node *n)
{
    buf_char(p->out, '(');
    for (size_t i = 0; i < n->child_n; i++) {
        if (i > 0)
            buf_char(p->out, ' ');
        print(p, n->child[i], IS_ONE);
    }
    buf_printf(p->out, "):%u", n->n);
}

static void
print_bare(const struct printing *p, const struct brute_node *n)
{
    char name[20];

    switch (n->op) {
    case BRUTE_WORD:
    case BRUTE_WILD:
        buf_str(p->out, n->text);
        break;
    case BRUTE_EXACT:
        buf_printf(p->out, way(n, 9, 2) ? "=%s" : "\"%s\"", n->text.s);
        break;
    case BRUTE_PHRASE:
        print_phrase(p->out, n);
        break;
    case BRUTE_FUZZY:
        buf_printf(p->out, n->n ? "%s~%u" : "%s~", n->text.s, n->n);
        break;
    case BRUTE_NEAR:
    case BRUTE_APART:
        print_near(p, n);
        break;
    case BRUTE_AND:
        print_and(p, n);
        break;
    case BRUTE_OR:
        print_or(p, n);
        break;
    case BRUTE_NOT:
        print_not(p, n, true);
        break;
    case BRUTE_LIST:
        print_list(p, n);
        break;
    case BRUTE_SOME:
        print_some(p, n);
        break;
    case BRUTE_WEIGHT:
        print(p, n->child[0], IS_ONE);
        buf_printf(p->out, "^%g", n->weight);
        break;
    case BRUTE_FIELD:
        print_field(p, n);
        break;
    case BRUTE_HLEAD:
        print_call(p, n, "hlead");
        break;
    case BRUTE_LEAD:
        print_call(p, n, "lead");
        break;
    case BRUTE_ATLEAST:
        snprintf(name, sizeof name, "atleast%u", n->n);
        print_call(p, n, name);
        break;
    case BRUTE_EVERY:
        buf_char(p->out, '*');
        break;
    default:
        print_filter(p->out, n);
    }
}

/* What is weighted is a leaf with places, or stands in brackets. */
static bool
weighs_group(const struct brute_node *n)
{
    return level_of(n) == IS_ONE && n->op > BRUTE_FUZZY &&
           n->op != BRUTE_FIELD;
}

static void
print(const struct printing *p, const struct brute_node *n, enum level least)
{
    bool brackets =
        level_of(n) < least || (level_of(n) < IS_ONE && way(n, 10, 8) == 0);

    if (brackets)
        buf_char(p->out, '(');
    if (n->op == BRUTE_WEIGHT && weighs_group(n->child[0])) {
        buf_char(p->out, '(');
        print(p, n->child[0], IS_LIST);
        buf_printf(p->out, ")^%g", n->weight);
    } else {
        print_bare(p, n);
    }
    if (brackets)
        buf_char(p->out, ')');
}

void
brute_print_node(struct buf *out, const struct brute_node *n, bool any)
{
    struct printing p = {out, any};

    print(&p, n, IS_LIST);
}

void
brute_print(struct buf *out, const struct brute_query *q)
{
    brute_print_node(out, q->root, q->any);
}
