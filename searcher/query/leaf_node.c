/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaf_node.c - the words of a leaf into nodes of the tree for the engine
 *
 *   one word              its stems in each language, or as it stands
 *   several               in a row; typed without a space between, also
 *                         written as one word
 *   with * or ?           the words of the archive that the pattern has
 *   with edits            those that are so near to it
 *
 * Several runs of a script without spaces, which a mark joins, are found in a
 * row with any mark between, and where each but the last has its rank behind
 * it: 東京、大阪 is found in 東京都、大阪府.
 *
 * What stands for no word of the archive is a term that there is none of.
 */
#include "../../common/base/utf8.h"
#include "../../common/text/pattern.h"
#include "analysis.h"

/* So many letters or digits a pattern must have beside its wildcards. */
enum { PATTERN_LETTERS_MIN = 2 };

static const char *
prefix_of(const struct ast *leaf)
{
    const struct field_info *field = leaf_field(leaf);

    return field ? field->prefix : "";
}

/* `op` of nodes; one alone is itself. */
static enum morgue_status
together(struct query **out, struct analysis *a, enum query_op op,
         struct query *const *node, size_t n)
{
    *out = n == 1 ? node[0] : query_node(a->arena, op, node, n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* ---- patterns ----------------------------------------------------------- */

/* The characters of a token, wildcards among them. */
static enum morgue_status
read_pattern(struct pattern *out, struct analysis *a, const struct token *tok)
{
    uint32_t *c = arena_zero(a->arena, tok->len + (size_t)1, sizeof *c);
    const char *s = tok->s, *end = tok->s + tok->len;

    *out = (struct pattern){.c = c};
    if (!c)
        return error_nomem(a->err);
    while (s < end) {
        uint32_t one;

        s += utf8_decode(s, end, &one, NULL);
        c[out->n++] = one == PATTERN_MANY_LETTER  ? PATTERN_MANY
                      : one == PATTERN_ONE_LETTER ? PATTERN_ONE
                                                  : one;
    }
    return MORGUE_OK;
}

/* How many of the characters are no wildcards. */
static size_t
letters_of(const struct pattern *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        n += p->c[i] < PATTERN_MANY;
    return n;
}

/* Whether it has letters that stand for wildcards. */
static bool
has_wildcards(const struct token *tok)
{
    char many[4], one[4];

    utf8_encode(PATTERN_MANY_LETTER, many);
    utf8_encode(PATTERN_ONE_LETTER, one);
    for (size_t i = 0; i + 4 <= tok->len; i++)
        if (memcmp(tok->s + i, many, 4) == 0 ||
            memcmp(tok->s + i, one, 4) == 0)
            return true;
    return false;
}

/* A node for the words that a pattern, or a token with edits, stands for. */
static enum morgue_status
pattern_node(struct query **out, struct analysis *a, const struct ast *leaf,
             const struct token *tok, const struct pattern *pattern)
{
    struct morgue_str term;
    enum morgue_status st =
        leaf_expand(out, a, leaf, QUERY_WORDS, str_of(prefix_of(leaf)),
                    pattern, a->context->max_words);

    if (st || *out)
        return st;
    st = term_word(&term, a->arena, prefix_of(leaf), tok, a->err);
    if (st)
        return st;
    return leaf_term(out, a, leaf, term);
}

/* A pattern with too few letters: the word without its wildcards, if there is
 * one. */
static enum morgue_status
bare_word(struct query **out, struct analysis *a, const struct ast *leaf,
          const struct pattern *p)
{
    char *s = arena_alloc(a->arena, p->n * 4 + 1);
    struct token tok = {.s = s};
    struct morgue_str term;
    enum morgue_status st;

    if (!s)
        return error_nomem(a->err);
    for (size_t i = 0; i < p->n; i++)
        if (p->c[i] < PATTERN_MANY)
            tok.len += (uint32_t)utf8_encode(p->c[i], s + tok.len);
    *out = NULL;
    if (tok.len == 0)
        return MORGUE_OK;
    st = term_word(&term, a->arena, prefix_of(leaf), &tok, a->err);
    if (st)
        return st;
    return leaf_term(out, a, leaf, term);
}

static enum morgue_status
wildcard_node(struct query **out, struct analysis *a, const struct ast *leaf,
              const struct token *tok)
{
    struct pattern pattern;
    enum morgue_status st = read_pattern(&pattern, a, tok);

    if (st)
        return st;
    if (letters_of(&pattern) >= PATTERN_LETTERS_MIN)
        return pattern_node(out, a, leaf, tok, &pattern);
    /* beside characters of a script without spaces, * says what is so anyway
     */
    if (leaf->words->ngrams == 0)
        note_add(a->notes, leaf->span,
                 "a wildcard needs two letters or more beside it, and is "
                 "passed over");
    return bare_word(out, a, leaf, &pattern);
}

static enum morgue_status
edits_node(struct query **out, struct analysis *a, const struct ast *leaf,
           const struct token *tok)
{
    struct pattern pattern;
    enum morgue_status st = read_pattern(&pattern, a, tok);

    pattern.edits = leaf->edits == EDITS_ONE ? 1 : 2;
    return st ? st : pattern_node(out, a, leaf, tok, &pattern);
}

/* ---- words -------------------------------------------------------------- */

/* The terms of a word: its stems, or one as it stands. */
static enum morgue_status
word_forms(struct term_forms *out, struct analysis *a, const struct ast *leaf,
           const struct token *tok)
{
    const struct parse_context *c = a->context;
    const struct field_info *field = leaf_field(leaf);

    if (!leaf->exact && !leaf->quoted && !(tok->flags & TOKEN_NGRAM) &&
        (!field || field->stems))
        return term_stems(out, a->arena, c->stemmer, prefix_of(leaf), tok,
                          c->lang, c->lang_n, a->err);
    out->n = 1;
    out->form = arena_zero(a->arena, 1, sizeof *out->form);
    if (!out->form)
        return error_nomem(a->err);
    return term_word(out->form, a->arena, prefix_of(leaf), tok, a->err);
}

enum morgue_status
leaf_word_node(struct query **out, struct analysis *a, const struct ast *leaf,
               const struct token *tok)
{
    struct term_forms forms;
    struct query **form;
    enum morgue_status st;

    if (has_wildcards(tok))
        return wildcard_node(out, a, leaf, tok);
    if (leaf->edits != EDITS_NO && !(tok->flags & TOKEN_NGRAM))
        return edits_node(out, a, leaf, tok);
    st = word_forms(&forms, a, leaf, tok);
    if (st)
        return st;
    form = arena_zero(a->arena, forms.n + 1, sizeof(struct query *));
    if (!form)
        return error_nomem(a->err);
    for (size_t i = 0; i < forms.n && !st; i++)
        st = leaf_term(&form[i], a, leaf, forms.form[i]);
    return st ? st : together(out, a, QUERY_FORMS, form, forms.n);
}

/* ---- rows --------------------------------------------------------------- */

/* A node for a word of a row, as it stands; *out is NULL where there is
 * none. */
static enum morgue_status
row_word(struct query **out, struct analysis *a, const struct ast *leaf,
         const struct token *tok)
{
    struct morgue_str term;
    enum morgue_status st;

    if (has_wildcards(tok))
        return wildcard_node(out, a, leaf, tok);
    if (leaf->edits != EDITS_NO && !(tok->flags & TOKEN_NGRAM))
        return edits_node(out, a, leaf, tok);
    st = term_word(&term, a->arena, prefix_of(leaf), tok, a->err);
    if (st)
        return st;
    return leaf_term(out, a, leaf, term);
}

/* What stands behind the names of places and people: prefecture, city, Mr. */
static const char *const ranks[] = {
    "都", "道", "府", "県", "縣", "县", "市", "区", "區", "町", "村", "郡",
    "州", "省", "国", "國", "島", "岛", "氏", "시", "도", "군", "구", "씨"};
enum { RANKS = sizeof ranks / sizeof *ranks };

/* A node for any of them. */
static enum morgue_status
rank_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    struct query *node[RANKS];
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < RANKS && !st; i++) {
        struct token tok = {.s = ranks[i], .len = (uint32_t)strlen(ranks[i])};
        struct morgue_str term;

        st = term_word(&term, a->arena, prefix_of(leaf), &tok, a->err);
        if (!st)
            st = leaf_term(&node[i], a, leaf, term);
    }
    return st ? st : together(out, a, QUERY_FORMS, node, RANKS);
}

/* Whether a run of a script without spaces ends before the part `i`, and
 * another begins there behind a mark that is no space. */
static bool
begins_run(const struct leaf_words *w, size_t i)
{
    return i > 0 && w->ngrams == w->n && (w->part[i].flags & TOKEN_LINKED) &&
           w->part[i].start > w->part[i - 1].end;
}

/* A node for all parts of a leaf in a row, `ranked`: with ranks behind its
 * runs. */
static enum morgue_status
row_node(struct query **out, struct analysis *a, const struct ast *leaf,
         bool ranked)
{
    const struct leaf_words *w = leaf->words;
    struct query **node =
        arena_zero(a->arena, 2 * w->n + 1, sizeof(struct query *));
    enum morgue_status st = MORGUE_OK;
    size_t n = 0;

    *out = NULL;
    if (!node)
        return error_nomem(a->err);
    for (size_t i = 0; i < w->n && !st; i++) {
        if (ranked && begins_run(w, i))
            st = rank_node(&node[n++], a, leaf);
        if (!st)
            st = row_word(&node[n], a, leaf, &w->part[i]);
        n += !st && node[n];
    }
    if (st || n == 0)
        return st;
    if (n == 1) {
        *out = node[0];
        return MORGUE_OK;
    }
    *out = query_counted(a->arena, QUERY_PHRASE, leaf->quoted ? leaf->n : 0,
                         node, n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* Whether there are several runs of a script without spaces. */
static bool
has_runs(const struct leaf_words *w)
{
    for (size_t i = 1; i < w->n; i++)
        if (begins_run(w, i))
            return true;
    return false;
}

/* A node for the parts of a leaf in a row, or written as one word, or with
 * ranks behind its runs. */
static enum morgue_status
compound_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    struct query *node[2] = {NULL, NULL};
    enum morgue_status st = row_node(&node[0], a, leaf, false);

    *out = node[0];
    if (st || !node[0])
        return st;
    if (has_runs(leaf->words)) {
        st = row_node(&node[1], a, leaf, true);
        return st ? st : together(out, a, QUERY_BEST, node, 2);
    }
    if (leaf->quoted || leaf->words->joined.len == 0)
        return st;
    st = leaf_word_node(&node[1], a, leaf, &leaf->words->joined);
    if (st || !node[1])
        return st;
    return together(out, a, QUERY_BEST, node, 2);
}

/* ---- leaves ------------------------------------------------------------- */

enum morgue_status
leaf_words_node(struct query **out, struct analysis *a, const struct ast *leaf)
{
    const struct leaf_words *w = leaf->words;
    enum morgue_status st;

    *out = NULL;
    if (w->n == 0)
        return MORGUE_OK;
    st = w->n == 1 ? leaf_word_node(out, a, leaf, &w->part[0])
                   : compound_node(out, a, leaf);
    if (st || !*out || !leaf->name || leaf_field(leaf))
        return st;
    *out = query_within(a->arena, PART_BODY, 0, *out);
    return *out ? MORGUE_OK : error_nomem(a->err);
}
