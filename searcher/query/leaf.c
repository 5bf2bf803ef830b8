/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaf.c - the words of the leaves of a query
 *
 * Each leaf is read once, by the tokenizer that indexed the articles.  Its
 * wildcards are letters to the tokenizer (analysis.h), so that what stands
 * around them is read as it would be in a text.
 *
 * A question mark before or behind a word is no wildcard in a query without
 * other signs than brackets and quotation marks, of three words or more, if it
 * is the only one and ends the query (will oil prices rise?), or if one of the
 * words is a stop word of their language (Who shot JFK? and why?).
 *
 * Where one word is enough, a query may be a sentence: one whose language can
 * be told and that has STOPWORDS_MIN of its stop words or more.  Those are
 * left out then, unless nothing else is there, for of what the query is about
 * they say nothing, and would be most of what is found.  A stop word in
 * capitals, in a query that is not all in capitals, is an abbreviation (WHO).
 */
#include "../../common/base/utf8.h"
#include "../../common/text/language.h"
#include "../../common/text/stopword.h"
#include "analysis.h"

/* One alone may well be meant: who vaccine.  The mean MAP of judged queries
 * is the same for 1 to 3, to 0.001. */
enum { STOPWORDS_MIN = 2, QUESTION_WORDS = 3 };

/* What can be read behind the bytes of a token (token.h). */
enum { TOKEN_MARGIN = 8 };

void *
analysis_grown(struct analysis *a, void *list, size_t n, size_t *cap,
               size_t size)
{
    size_t more = *cap ? *cap * 2 : 4;
    void *to = list;

    if (n < *cap)
        return list;
    to = arena_zero(a->arena, more, size);
    if (to && n > 0)
        memcpy(to, list, n * size);
    if (to)
        *cap = more;
    return to;
}

enum morgue_status
too_many(struct analysis *a, size_t at, int max, const char *what)
{
    enum morgue_status st = error_set(
        a->err, MORGUE_QUERY, "the query has more than %d %s", max, what);

    if (a->err)
        a->err->at = at;
    return st;
}

/* Count `n` words that were read at `at`. */
static enum morgue_status
count_words(struct analysis *a, size_t n, size_t at)
{
    a->words_n += n;
    if (a->words_n <= QUERY_WORDS_MAX)
        return MORGUE_OK;
    return too_many(a, at, QUERY_WORDS_MAX, "words");
}

/* ---- tokens ------------------------------------------------------------- */

/* A copy of bytes of a token with what can be read behind them. */
static const char *
copy_bytes(struct analysis *a, const char *s, size_t len)
{
    char *p = arena_alloc(a->arena, len + TOKEN_MARGIN);

    return p ? memcpy(p, s, len + TOKEN_MARGIN) : NULL;
}

/* A copy of a token that stays. */
static enum morgue_status
copy_token(struct token *out, struct analysis *a, const struct token *tok)
{
    *out = *tok;
    out->s = copy_bytes(a, tok->s, tok->len);
    out->lower = tok->lower == tok->s
                     ? out->s
                     : copy_bytes(a, tok->lower, tok->lower_len);
    return out->s && out->lower ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
add_part(struct leaf_words *w, struct analysis *a, const struct token *tok)
{
    struct token *part =
        analysis_grown(a, w->part, w->n, &w->cap, sizeof *w->part);

    if (!part)
        return error_nomem(a->err);
    w->part = part;
    w->gap = w->gap || (w->n > 0 && tok->start >= part[w->n - 1].end);
    w->ngrams += (tok->flags & TOKEN_NGRAM) != 0;
    return copy_token(&part[w->n++], a, tok);
}

/* Take the form that has all parts up to here, if it is one of a compound. */
static enum morgue_status
add_joined(struct leaf_words *w, struct analysis *a, const struct token *tok)
{
    if (!(tok->flags & TOKEN_JOINED) || w->n == 0 ||
        tok->start != w->part[0].start ||
        (w->joined.len > 0 && w->joined.end == tok->end))
        return MORGUE_OK;
    return copy_token(&w->joined, a, tok);
}

static enum morgue_status
read_words(struct leaf_words *w, struct analysis *a, const struct ast *leaf,
           enum token_mode mode)
{
    struct tokenizer *t = a->context->tokenizer;
    const struct token *tok;
    enum morgue_status st = MORGUE_OK;

    w->n = w->ngrams = 0;
    tokenizer_start(t, w->text, mode);
    for (tok = tokenizer_next(t); tok && !st; tok = tokenizer_next(t)) {
        if (tok->flags & TOKEN_COLOCATED)
            st = add_joined(w, a, tok);
        else if (tok->len == 0) /* a lone mark, of which folding leaves none */
            continue;
        else if (a->words_n + w->n == QUERY_WORDS_MAX)
            st = too_many(a, leaf->span.start, QUERY_WORDS_MAX, "words");
        else
            st = add_part(w, a, tok);
    }
    if (w->joined.len > 0 && w->joined.end != w->part[w->n - 1].end)
        w->joined.len = 0;
    return st;
}

/* ---- wildcards ---------------------------------------------------------- */

/* Addresses have none. */
static bool
has_wildcard(struct morgue_str s)
{
    if (str_find(s, 0, STR("://")) < s.len)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] == '*' || s.s[i] == '?')
            return true;
    return false;
}

/* The text with letters for its wildcards. */
static enum morgue_status
put_letters(struct morgue_str *out, struct analysis *a, struct morgue_str s)
{
    char *to = arena_alloc(a->arena, s.len * 4 + 1);
    size_t n = 0;

    if (!to)
        return error_nomem(a->err);
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] == '*' || s.s[i] == '?')
            n += utf8_encode(s.s[i] == '*' ? PATTERN_MANY_LETTER
                                           : PATTERN_ONE_LETTER,
                             to + n);
        else
            to[n++] = s.s[i];
    to[n] = '\0';
    *out = str_slice(to, n);
    return MORGUE_OK;
}

/* Without the question marks around it. */
static struct morgue_str
without_mark(struct morgue_str s)
{
    while (s.len > 0 && s.s[s.len - 1] == '?')
        s.len--;
    while (s.len > 0 && s.s[0] == '?')
        s = str_slice(s.s + 1, s.len - 1);
    return s;
}

/* Whether the only question mark of a text is its last character. */
static bool
ends_in_mark(struct morgue_str s)
{
    s = str_trim(s);
    return s.len > 0 &&
           (const char *)memchr(s.s, '?', s.len) == s.s + s.len - 1;
}

/* Whether a text is a question: its words, without the mark. */
static bool
is_question(struct analysis *a, struct morgue_str s)
{
    const char *lang = language_guess(s, STR("")).code;
    struct tokenizer *t = a->context->tokenizer;
    const struct token *tok;
    size_t words = 0, stops = 0;

    tokenizer_start(t, s, TOKEN_DOCUMENT);
    for (tok = tokenizer_next(t); tok; tok = tokenizer_next(t)) {
        words += (tok->flags & TOKEN_COLOCATED) == 0;
        stops += lang[0] && stopword(lang, str_slice(tok->s, tok->len));
    }
    return words >= QUESTION_WORDS && a->ast->leaf_n >= QUESTION_WORDS &&
           (stops > 0 || ends_in_mark(s));
}

/* Whether nothing but words, brackets, quotes and question marks behind words
 * were typed. */
static bool
only_words(const struct ast *node)
{
    if (node->kind == AST_WORDS)
        return !node->exact && !node->name && node->n == 0 &&
               node->edits == EDITS_NO && node->weight < 0 &&
               !has_wildcard(without_mark(node->text));
    if (node->kind != AST_AND && node->kind != AST_LIST)
        return false;
    for (const struct ast *c = node->child; c; c = c->next)
        if (c->typed || !only_words(c))
            return false;
    return true;
}

/* Whether the mark at the end of the leaf ends a question. */
static bool
ends_question(struct analysis *a, const struct ast *leaf)
{
    struct morgue_str bare = without_mark(leaf->text);

    return bare.len < leaf->text.len && !leaf->quoted && !has_wildcard(bare) &&
           only_words(a->ast->root) && is_question(a, a->text);
}

/* ---- leaves ------------------------------------------------------------- */

const struct field_info *
leaf_field(const struct ast *leaf)
{
    return leaf->name && leaf->name->field != &field_info[FIELD_BODY]
               ? leaf->name->field
               : NULL;
}

/* The words of a leaf.  A run of one script without spaces goes by its
 * bigrams, which overlap; what is mixed, or has more than one run, goes by
 * single words and characters, which follow each other in articles too. */
static enum morgue_status
read_leaf(struct analysis *a, struct ast *leaf)
{
    struct leaf_words *w = arena_zero(a->arena, 1, sizeof *w);
    enum morgue_status st = MORGUE_OK;

    if (!w)
        return error_nomem(a->err);
    leaf->words = w;
    if (leaf->kind != AST_WORDS)
        return count_words(a, 1, leaf->span.start);
    if (ends_question(a, leaf))
        leaf->text = without_mark(leaf->text);
    w->text = leaf->text;
    if (has_wildcard(w->text))
        st = put_letters(&w->text, a, w->text);
    if (!st)
        st = read_words(w, a, leaf, TOKEN_QUERY);
    if (!st && w->n > 1 && w->ngrams > 0 && (w->ngrams < w->n || w->gap))
        st = read_words(w, a, leaf, TOKEN_DOCUMENT);
    w->apart = w->n > 1 && w->ngrams == 0 && !leaf->quoted && leaf->plain &&
               a->context->match == MORGUE_MATCH_ANY;
    if (!st && w->n == 0 && (!leaf->plain || leaf->quoted || leaf->name))
        note_add(a->notes, leaf->span,
                 "there is no word in this, and it is passed over");
    return st ? st : count_words(a, w->n, leaf->span.start);
}

/* Whether it was typed beside others and has nothing to look for, as a sign
 * that is no word: nobody is told of it. */
static bool
is_void(const struct ast *leaf)
{
    return leaf->kind == AST_WORDS && leaf->plain && !leaf->quoted &&
           !leaf->name && leaf->words->n == 0;
}

static void
drop_leaves(struct ast_tree *tree)
{
    struct ast *leaf = tree->leaf;

    tree->leaf = tree->last_leaf = NULL;
    tree->leaf_n = 0;
    while (leaf) {
        struct ast *next = leaf->next_leaf;

        leaf->next_leaf = NULL;
        if (!is_void(leaf))
            ast_add_leaf(tree, leaf);
        leaf = next;
    }
}

/* Take what is void out of the tree; it is all under the root, if not the root
 * itself. */
static void
drop_void(struct ast_tree *tree)
{
    struct ast *root = tree->root, *child = root ? root->child : NULL;

    drop_leaves(tree);
    if (root && ast_is_leaf(root)) {
        tree->root = is_void(root) ? NULL : root;
        return;
    }
    if (!root || (root->kind != AST_LIST && root->kind != AST_AND))
        return;
    root->child = root->last_child = NULL;
    root->child_n = 0;
    while (child) {
        struct ast *next = child->next;

        if (!is_void(child))
            ast_add(root, child);
        child = next;
    }
    if (root->child_n > 1)
        return;
    tree->root = root->child;
    if (tree->root)
        tree->root->weight = ast_weight(root->weight, tree->root->weight);
}

enum morgue_status
read_leaves(struct analysis *a)
{
    enum morgue_status st = MORGUE_OK;

    for (struct ast *leaf = a->ast->leaf; leaf && !st; leaf = leaf->next_leaf)
        st = read_leaf(a, leaf);
    if (!st)
        drop_void(a->ast);
    return st;
}

/* ---- stop words --------------------------------------------------------- */

/* Whether an ASCII letter in it is small; others do not matter. */
static bool
has_small(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] >= 'a' && s.s[i] <= 'z')
            return true;
    return false;
}

bool
is_stopword(const struct analysis *a, const struct ast *leaf,
            const struct token *part)
{
    struct morgue_str shown =
        str_slice(leaf->words->text.s + part->start, part->end - part->start);

    if (!leaf->plain || leaf->quoted || leaf->exact || leaf->name ||
        (leaf->words->n > 1 && !leaf->words->apart) ||
        !stopword(a->stop_lang, str_slice(part->s, part->len)))
        return false;
    return a->capitals || shown.len == 1 || has_small(shown);
}

void
find_stopwords(struct analysis *a)
{
    size_t all = 0;
    bool rest = false;

    a->capitals = !has_small(a->text);
    if (a->context->match == MORGUE_MATCH_ANY)
        a->stop_lang = language_guess(a->text, STR("")).code;
    for (const struct ast *leaf = a->ast->leaf; leaf && a->stop_lang[0];
         leaf = leaf->next_leaf) {
        const struct leaf_words *w = leaf->words;
        size_t n = 0;

        for (size_t i = 0; i < w->n; i++)
            n += is_stopword(a, leaf, &w->part[i]);
        all += n;
        rest = rest ||
               (leaf->plain && (n < w->n || (w->apart && w->joined.len > 0)));
    }
    a->drop = rest && all >= STOPWORDS_MIN;
}
