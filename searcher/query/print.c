/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c - syntax trees in the query language, with all brackets
 *
 * What is printed is read as the same tree again, whatever the default
 * operator is; but a word that looks like an operator is quoted.
 */
#include <inttypes.h>
#include <stdio.h>

#include "../../common/article/date.h"
#include "ast.h"

/* ---- leaves ------------------------------------------------------------- */

/* Whether it would be read as a lone star. */
static bool
is_stars(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] != '*')
            return false;
    return true;
}

/* Whether a text has to be quoted to be one leaf, and no operator. */
static bool
needs_quotes(const struct ast *leaf)
{
    const struct morgue_str s = leaf->text;
    bool noted;

    for (size_t i = 0; i < s.len; i++)
        if (lexer_quote_at(s, i) > 0) /* there would be no end of it */
            return false;
    for (size_t i = 0; i < s.len; i++)
        if (lexer_space_at(s, i) > 0 || s.s[i] == '(' || s.s[i] == ')')
            return true;
    if (s.len == 0 || leaf->kind != AST_WORDS)
        return s.len == 0 || (s.len > 1 && s.s[0] == '=') || is_stars(s);
    return leaf->edits == EDITS_NO && leaf->weight < 0 &&
           !memchr(s.s, ':', s.len) && (!lexer_is_word(s, &noted) || noted);
}

static void
print_text(struct buf *out, const struct ast *leaf)
{
    bool quotes = leaf->kind == AST_WORDS && leaf->quoted;

    quotes = quotes || needs_quotes(leaf);
    buf_str(out, quotes ? STR("\"") : STR(""));
    buf_str(out, leaf->text);
    buf_str(out, quotes ? STR("\"") : STR(""));
    if (!quotes && memchr(leaf->text.s, '(', leaf->text.len))
        buf_char(out, ' '); /* else what follows might be within */
}

static void
print_words(struct buf *out, const struct ast *leaf)
{
    if (leaf->exact && !leaf->quoted && !needs_quotes(leaf))
        buf_char(out, '=');
    print_text(out, leaf);
    if (leaf->quoted && leaf->n > 0)
        buf_printf(out, "~%" PRIu32, leaf->n);
    if (leaf->edits != EDITS_NO)
        buf_printf(out, "~%d", (int)leaf->edits);
}

static void
print_period(struct buf *out, const struct ast *leaf)
{
    bool same = leaf->from.precision == leaf->to.precision &&
                leaf->from.seconds == leaf->to.seconds;

    date_print(out, leaf->from);
    if (same && leaf->from.precision != MORGUE_DATE_NONE)
        return;
    buf_str(out, STR(".."));
    date_print(out, leaf->to);
}

static void
print_length(struct buf *out, const struct ast *leaf)
{
    if (leaf->least > 0 || leaf->most == UINT64_MAX ||
        leaf->least == leaf->most)
        buf_printf(out, "%" PRIu64, leaf->least);
    if (leaf->least == leaf->most)
        return;
    buf_str(out, STR(".."));
    if (leaf->most != UINT64_MAX)
        buf_printf(out, "%" PRIu64, leaf->most);
}

static void
print_leaf(struct buf *out, const struct ast *leaf)
{
    if (leaf->name && leaf->kind != AST_EVERY) {
        buf_str(out, str_of(leaf->name->name));
        buf_char(out, ':');
    }
    switch (leaf->kind) {
    case AST_WORDS:
        print_words(out, leaf);
        break;
    case AST_DATE:
        print_period(out, leaf);
        break;
    case AST_LENGTH:
        print_length(out, leaf);
        break;
    case AST_HAS:
        buf_str(out, str_of(!leaf->field         ? "date"
                            : leaf->field->query ? leaf->field->query
                                                 : leaf->field->name));
        break;
    case AST_EVERY:
        buf_char(out, '*');
        break;
    default:
        print_text(out, leaf);
    }
}

/* ---- others ------------------------------------------------------------- */

static void
print_reach(struct buf *out, const struct ast *node)
{
    const struct reach *r = &node->reach;

    buf_str(out, node->kind == AST_APART ? STR(" NOT ") : STR(" "));
    buf_str(out, r->ordered ? STR("pre/") : STR("w/"));
    if (r->unit == REACH_POSITIONS)
        buf_printf(out, "%" PRIu32, r->n);
    else
        buf_char(out, r->unit == REACH_SENTENCE ? 's' : 'p');
    buf_char(out, ' ');
}

static void
print_between(struct buf *out, const struct ast *node)
{
    if (node->kind == AST_AND)
        buf_str(out, STR(" AND "));
    else if (node->kind == AST_OR || node->kind == AST_LIST)
        buf_str(out, STR(" OR "));
    else if (node->kind == AST_SOME)
        buf_char(out, ' ');
    else
        print_reach(out, node);
}

/* The children with what stands between them, without brackets. */
static void
print_children(struct buf *out, const struct ast *node)
{
    for (const struct ast *c = node->child; c; c = c->next) {
        if (c != node->child)
            print_between(out, node);
        ast_print(out, c);
    }
}

static void
print_function(struct buf *out, const struct ast *node)
{
    const struct ast *c = node->child;

    if (node->kind == AST_TIMES) {
        buf_printf(out, "atleast%" PRIu32, node->n);
    } else {
        buf_str(out, node->part == PART_HEADLEAD ? STR("hlead") : STR("lead"));
        if (node->n != LEAD_WORDS)
            buf_printf(out, "%" PRIu32, node->n);
    }
    buf_char(out, '(');
    if (c->kind >= AST_LIST && c->kind != AST_NOT && c->kind <= AST_APART &&
        c->kind != AST_REQUIRED && c->weight < 0)
        print_children(out, c);
    else
        ast_print(out, c);
    buf_char(out, ')');
}

/* A weight without an exponent, which it could not be typed with. */
static void
print_weight(struct buf *out, double weight)
{
    char s[40];
    int n = snprintf(s, sizeof s, "%.9f", weight);

    while (s[n - 1] == '0')
        n--;
    n -= s[n - 1] == '.';
    buf_char(out, '^');
    buf_add(out, s, (size_t)n);
}

/* Whether a weight behind the leaf would be read as a part of it. */
static bool
takes_weight(const struct ast *leaf)
{
    const struct morgue_str s = leaf->text;
    char last = s.len > 0 ? s.s[s.len - 1] : ' ';

    if (leaf->kind != AST_WORDS)
        return true;
    return !leaf->quoted && leaf->edits == EDITS_NO &&
           (lexer_is_punctuation(s) ||
            !(is_alpha(last) || is_digit(last) || (last & 0x80) ||
              last == '*' || last == '?'));
}

void
ast_print(struct buf *out, const struct ast *node)
{
    if (ast_is_leaf(node)) {
        bool brackets = node->weight >= 0 && takes_weight(node);

        buf_str(out, brackets ? STR("(") : STR(""));
        print_leaf(out, node);
        buf_str(out, brackets ? STR(")") : STR(""));
    } else if (node->kind == AST_NOT || node->kind == AST_REQUIRED) {
        buf_str(out, node->weight >= 0 ? STR("(") : STR(""));
        buf_str(out, node->kind == AST_NOT ? STR("NOT ") : STR("+"));
        ast_print(out, node->child);
        buf_str(out, node->weight >= 0 ? STR(")") : STR(""));
    } else if (node->kind == AST_LEAD || node->kind == AST_TIMES) {
        print_function(out, node);
    } else {
        buf_char(out, '(');
        print_children(out, node);
        buf_char(out, ')');
        if (node->kind == AST_SOME)
            buf_printf(out, ":%" PRIu32, node->n);
    }
    if (node->weight >= 0)
        print_weight(out, node->weight);
}
