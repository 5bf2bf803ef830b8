/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analyse.c - the syntax tree of a query into a tree for the engine
 *
 * First the words of each leaf are read, then it is decided which of them
 * count, then the tree is built, leaf by leaf:
 *
 *     (not (filter (all|any WORD...) FILTER...) EXCLUDED...)
 *
 * where a leaf is a word (required, or one of them, as the match is), a filter
 * (whole values of fields) or an exclusion.  Words that occur twice become one
 * with a higher wqf.
 *
 * Where one word is enough, a query may be a sentence: one whose language can
 * be told and that has STOPWORDS_MIN of its stop words or more.  Those are
 * left out then, unless nothing else is there, for of what the query is about
 * they say nothing, and would be most of what is found.  A stop word in
 * capitals, in a query that is not all in capitals, is an abbreviation (WHO).
 */
#include "analyse.h"

#include "../../common/text/language.h"
#include "../../common/text/stopword.h"
#include "parse.h"

/* One alone may well be meant: who vaccine.  The mean MAP of judged queries
 * is the same for 1 to 3, to 0.001. */
enum { STOPWORDS_MIN = 2 };

/* What can be read behind the bytes of a token (token.h). */
enum { TOKEN_MARGIN = 8 };

/* The words of a leaf. */
struct leaf_words {
    struct token *part; /* those that are not COLOCATED */
    size_t n, cap;
    size_t ngrams;       /* how many of them are NGRAM */
    bool gap;            /* something stands between two of them */
    bool apart;          /* each part is a word of the query */
    struct token joined; /* all parts as one word; len 0: there is none */
};

/* A list of nodes that grows in the arena. */
struct node_list {
    struct query **node;
    size_t n, cap;
};

struct analysis {
    const struct parse_context *context;
    struct arena *arena;
    struct morgue_error *err;
    const struct ast_tree *ast;
    size_t words_n;        /* that were read */
    const char *stop_lang; /* "": there are no stop words */
    bool capitals;         /* the query has no small letter */
    bool drop;             /* stop words are left out */
};

/* What the children of a list became. */
struct list_nodes {
    struct node_list words, filters, excluded;
};

/* `list` with room for one more than `n` items of `size` bytes; NULL when out
 * of memory. */
static void *
grown(struct arena *arena, void *list, size_t n, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 4;
    void *to = list;

    if (n < *cap)
        return list;
    to = arena_zero(arena, more, size);
    if (to && n > 0)
        memcpy(to, list, n * size);
    if (to)
        *cap = more;
    return to;
}

static enum morgue_status
push(struct analysis *a, struct node_list *list, struct query *q)
{
    struct query **node =
        grown(a->arena, list->node, list->n, &list->cap, sizeof *node);

    if (!q || !node)
        return error_nomem(a->err);
    list->node = node;
    list->node[list->n++] = q;
    return MORGUE_OK;
}

/* ---- the words of leaves ------------------------------------------------ */

/* There are more than `max` of `what`, the first that is too many at `at`. */
static enum morgue_status
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
        grown(a->arena, w->part, w->n, &w->cap, sizeof *w->part);

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
    if (!(tok->flags & TOKEN_JOINED) || tok->start != w->part[0].start ||
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
    tokenizer_start(t, leaf->text, mode);
    for (tok = tokenizer_next(t); tok && !st; tok = tokenizer_next(t)) {
        if (tok->flags & TOKEN_COLOCATED)
            st = add_joined(w, a, tok);
        else if (a->words_n + w->n == QUERY_WORDS_MAX)
            st = too_many(a, leaf->span.start, QUERY_WORDS_MAX, "words");
        else
            st = add_part(w, a, tok);
    }
    if (w->joined.len > 0 && w->joined.end != w->part[w->n - 1].end)
        w->joined.len = 0;
    return st;
}

/* The words of a leaf.  A run of one script without spaces goes by its
 * bigrams, which overlap; what is mixed, or has more than one run, goes by
 * single words and characters, which follow each other in articles too. */
static enum morgue_status
read_leaf(struct analysis *a, struct ast *leaf)
{
    struct leaf_words *w = arena_zero(a->arena, 1, sizeof *w);
    enum morgue_status st;

    if (!w)
        return error_nomem(a->err);
    leaf->words = w;
    if (leaf->kind == AST_VALUE)
        return count_words(a, 1, leaf->span.start);
    st = read_words(w, a, leaf, TOKEN_QUERY);
    if (!st && w->n > 1 && w->ngrams > 0 && (w->ngrams < w->n || w->gap))
        st = read_words(w, a, leaf, TOKEN_DOCUMENT);
    w->apart = w->n > 1 && w->ngrams == 0 && !leaf->quoted &&
               !leaf->excluded && a->context->match == MORGUE_MATCH_ANY;
    return st ? st : count_words(a, w->n, leaf->span.start);
}

static enum morgue_status
read_leaves(struct analysis *a)
{
    enum morgue_status st = MORGUE_OK;

    for (struct ast *leaf = a->ast->leaf; leaf && !st; leaf = leaf->next_leaf)
        st = read_leaf(a, leaf);
    if (!st && a->ast->cut)
        st = too_many(a, a->ast->end, AST_LEAVES_MAX, "words and signs");
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

/* Whether a part of the leaf is a stop word that nothing marks as meant. */
static bool
is_stopword(const struct analysis *a, const struct ast *leaf,
            const struct token *part)
{
    struct morgue_str shown =
        str_slice(leaf->text.s + part->start, part->end - part->start);

    if (leaf->quoted || leaf->exact || leaf->field || leaf->excluded ||
        (leaf->words->n > 1 && !leaf->words->apart) ||
        !stopword(a->stop_lang, str_slice(part->s, part->len)))
        return false;
    return a->capitals || shown.len == 1 || has_small(shown);
}

/* Whether stop words are to be left out. */
static bool
is_sentence(const struct analysis *a)
{
    size_t all = 0;
    bool rest = false;

    for (const struct ast *leaf = a->ast->leaf; leaf; leaf = leaf->next_leaf) {
        const struct leaf_words *w = leaf->words;
        size_t n = 0;

        for (size_t i = 0; i < w->n; i++)
            n += is_stopword(a, leaf, &w->part[i]);
        all += n;
        if (!leaf->excluded)
            rest = rest || n < w->n || (w->apart && w->joined.len > 0);
    }
    return rest && all >= STOPWORDS_MIN;
}

/* ---- the leaves --------------------------------------------------------- */

static enum morgue_status
add_target(struct analysis *a, struct ast *leaf, const struct morgue_str *term,
           size_t n, bool phrase)
{
    struct ast_target *target = arena_zero(a->arena, 1, sizeof *target);
    struct ast_target **end = &leaf->target;

    if (!target)
        return error_nomem(a->err);
    *target = (struct ast_target){.term = term, .term_n = n, .phrase = phrase};
    while (*end)
        end = &(*end)->next;
    *end = target;
    return MORGUE_OK;
}

static const char *
prefix_of(const struct ast *leaf)
{
    return leaf->field ? leaf->field->prefix : "";
}

/* The terms of a word: its stems, or one as it stands. */
static enum morgue_status
word_forms(struct term_forms *out, struct analysis *a, const struct ast *leaf,
           const struct token *tok)
{
    const struct parse_context *c = a->context;
    const char *prefix = prefix_of(leaf);

    if (!leaf->exact && !leaf->quoted && !(tok->flags & TOKEN_NGRAM) &&
        (!leaf->field || leaf->field->stems))
        return term_stems(out, a->arena, c->stemmer, prefix, tok, c->lang,
                          c->lang_n, a->err);
    out->n = 1;
    out->form = arena_zero(a->arena, 1, sizeof *out->form);
    if (!out->form)
        return error_nomem(a->err);
    return term_word(out->form, a->arena, prefix, tok, a->err);
}

/* A node for a word. */
static enum morgue_status
word_node(struct query **out, struct analysis *a, struct ast *leaf,
          const struct token *tok)
{
    struct term_forms forms;
    struct query **form;
    enum morgue_status st = word_forms(&forms, a, leaf, tok);

    if (!st)
        st = add_target(a, leaf, forms.form, forms.n, false);
    if (st)
        return st;
    form = arena_zero(a->arena, forms.n, sizeof(struct query *));
    if (!form)
        return error_nomem(a->err);
    for (size_t i = 0; i < forms.n; i++)
        form[i] = query_term(a->arena, forms.form[i], 1);
    *out = forms.n == 1 ? form[0]
                        : query_node(a->arena, QUERY_FORMS, form, forms.n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* A node for all parts of a leaf in a row. */
static enum morgue_status
phrase_node(struct query **out, struct analysis *a, struct ast *leaf)
{
    const struct leaf_words *w = leaf->words;
    struct morgue_str *term = arena_zero(a->arena, w->n, sizeof *term);
    struct query **node = arena_zero(a->arena, w->n, sizeof(struct query *));
    enum morgue_status st = MORGUE_OK;

    if (!term || !node)
        return error_nomem(a->err);
    for (size_t i = 0; i < w->n && !st; i++) {
        st = term_word(&term[i], a->arena, prefix_of(leaf), &w->part[i],
                       a->err);
        if (!st)
            node[i] = query_term(a->arena, term[i], 1);
    }
    if (st)
        return st;
    *out = query_node(a->arena, QUERY_PHRASE, node, w->n);
    return *out ? add_target(a, leaf, term, w->n, true) : error_nomem(a->err);
}

/* A node for the parts of a leaf in a row, or written as one word. */
static enum morgue_status
compound_node(struct query **out, struct analysis *a, struct ast *leaf)
{
    struct query *node[2] = {NULL, NULL};
    enum morgue_status st = phrase_node(out, a, leaf);

    if (st || leaf->quoted || leaf->words->joined.len == 0)
        return st;
    node[0] = *out;
    st = word_node(&node[1], a, leaf, &leaf->words->joined);
    if (st)
        return st;
    *out = query_node(a->arena, QUERY_BEST, node, 2);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* Whether two nodes of words look for the same. */
static bool
same_node(const struct query *a, const struct query *b)
{
    if (a->op != b->op || a->child_n != b->child_n ||
        !str_eq(a->term, b->term))
        return false;
    for (size_t i = 0; i < a->child_n; i++)
        if (!same_node(a->child[i], b->child[i]))
            return false;
    return true;
}

static void
raise_wqf(struct query *q)
{
    if (q->op == QUERY_TERM)
        q->wqf++;
    for (size_t i = 0; i < q->child_n; i++)
        raise_wqf(q->child[i]);
}

static enum morgue_status
add_node(struct list_nodes *to, struct analysis *a, const struct ast *leaf,
         struct query *node)
{
    if (leaf->excluded)
        return push(a, &to->excluded, node);
    for (size_t i = 0; i < to->words.n; i++)
        if (same_node(to->words.node[i], node)) {
            raise_wqf(to->words.node[i]);
            return MORGUE_OK;
        }
    return push(a, &to->words, node);
}

static enum morgue_status
add_word(struct list_nodes *to, struct analysis *a, struct ast *leaf,
         const struct token *tok)
{
    struct query *node = NULL;
    enum morgue_status st = word_node(&node, a, leaf, tok);

    return st ? st : add_node(to, a, leaf, node);
}

/* The word of a leaf of one; of a compound where some of the words are enough,
 * each part and the joined form, each as a word of its own. */
static enum morgue_status
add_words(struct list_nodes *to, struct analysis *a, struct ast *leaf)
{
    const struct leaf_words *w = leaf->words;
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < w->n && !st; i++)
        if (!a->drop || !is_stopword(a, leaf, &w->part[i]))
            st = add_word(to, a, leaf, &w->part[i]);
    if (!st && w->apart && w->joined.len > 0)
        st = add_word(to, a, leaf, &w->joined);
    return st;
}

static enum morgue_status
add_value(struct list_nodes *to, struct analysis *a, const struct ast *leaf)
{
    struct morgue_str term = {0};
    enum morgue_status st =
        term_value(&term, a->arena, leaf->field,
                   tokenizer_fold(a->context->tokenizer), leaf->text, a->err);

    if (st || term.len == 0)
        return st;
    return push(a, leaf->excluded ? &to->excluded : &to->filters,
                query_term(a->arena, term, 1));
}

static enum morgue_status
add_leaf(struct list_nodes *to, struct analysis *a, struct ast *leaf)
{
    struct query *node = NULL;
    enum morgue_status st;

    if (leaf->kind == AST_VALUE)
        return add_value(to, a, leaf);
    if (leaf->words->n <= 1 || leaf->words->apart)
        return add_words(to, a, leaf);
    st = compound_node(&node, a, leaf);
    return st ? st : add_node(to, a, leaf, node);
}

/* ---- the tree ----------------------------------------------------------- */

/* `op` over the nodes; one alone is itself. */
static struct query *
together(struct analysis *a, enum query_op op, const struct node_list *list)
{
    if (list->n == 1)
        return list->node[0];
    return query_node(a->arena, op, list->node, list->n);
}

/* The node with those of `rest` behind it, under `op`. */
static struct query *
with_rest(struct analysis *a, enum query_op op, struct query *first,
          const struct node_list *rest)
{
    struct node_list all = {0};

    if (rest->n == 0 || !first)
        return first;
    if (push(a, &all, first))
        return NULL;
    for (size_t i = 0; i < rest->n; i++)
        if (push(a, &all, rest->node[i]))
            return NULL;
    return query_node(a->arena, op, all.node, all.n);
}

static enum morgue_status
build_list(struct query **out, struct list_nodes *to, struct analysis *a,
           const struct ast *list)
{
    bool any = a->context->match == MORGUE_MATCH_ANY;
    struct query *q;
    enum morgue_status st = MORGUE_OK;

    for (struct ast *leaf = list->child; leaf && !st; leaf = leaf->next)
        st = add_leaf(to, a, leaf);
    if (st)
        return st;
    if (to->words.n == 0)
        q = query_node(a->arena, QUERY_EVERY, NULL, 0);
    else
        q = together(a, any ? QUERY_ANY : QUERY_ALL, &to->words);
    q = with_rest(a, QUERY_FILTER, q, &to->filters);
    *out = with_rest(a, QUERY_NOT, q, &to->excluded);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

enum morgue_status
query_parse(struct parsed *out, struct arena *arena, struct morgue_str text,
            const struct parse_context *context, struct morgue_error *err)
{
    struct analysis a = {.context = context,
                         .arena = arena,
                         .err = err,
                         .ast = &out->ast,
                         .stop_lang = "",
                         .capitals = !has_small(text)};
    struct list_nodes nodes = {0};
    enum morgue_status st;

    *out = (struct parsed){0};
    st = ast_parse(&out->ast, arena, text, err);
    if (!st)
        st = read_leaves(&a);
    if (!st && context->match == MORGUE_MATCH_ANY)
        a.stop_lang = language_guess(text, STR("")).code;
    a.drop = !st && a.stop_lang[0] && is_sentence(&a);
    if (!st)
        st = build_list(&out->query, &nodes, &a, out->ast.root);
    if (st)
        return st;
    if (nodes.words.n + nodes.filters.n + nodes.excluded.n == 0 &&
        !context->may_be_empty)
        return error_set(err, MORGUE_QUERY,
                         "the query has no words to look for");
    out->words_n = nodes.words.n;
    return MORGUE_OK;
}
