/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analyse.c - the syntax tree of a query into a tree for the engine
 *
 * The words of each leaf are read first, then the tree is shaped and built
 * from the leaves up.  What an AND has becomes
 *
 *     (not (filter (all WORD...) FILTER...) EXCLUDED...)
 *
 * and an OR `any`, under a filter of what it requires.  Words that occur twice
 * beside each other become one with a higher wqf.  A part of the article
 * (hlead) goes down to what has places.
 */
#include "analysis.h"
#include "dialect.h"
#include "filters.h"
#include "operators.h"
#include "shape.h"

/* Parts of the article that what is built has to be in, the innermost
 * first. */
struct scope {
    const struct ast *node; /* AST_LEAD */
    const struct scope *up;
};

/* A list of nodes that grows in the arena. */
struct node_list {
    struct query **node;
    size_t n, cap;
};

/* What the children of a node became. */
struct built_children {
    struct node_list words, filters, excluded, required;
};

static enum morgue_status build(struct query **out, struct analysis *a,
                                struct ast *node, const struct scope *scope);

static enum morgue_status
push(struct analysis *a, struct node_list *list, struct query *q)
{
    struct query **node = analysis_grown(a, list->node, list->n, &list->cap,
                                         sizeof(struct query *));

    if (!q || !node)
        return error_nomem(a->err);
    list->node = node;
    list->node[list->n++] = q;
    return MORGUE_OK;
}

/* ---- nodes -------------------------------------------------------------- */

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

/* With the weight that was typed behind it; of 0 it only says which articles.
 */
static enum morgue_status
weigh(struct query **q, struct analysis *a, const struct ast *node)
{
    struct query *part[2] = {NULL, *q};

    if (!*q || node->weight < 0 || node->weight == 1)
        return MORGUE_OK;
    if (node->weight > 0) {
        *q = query_scale(a->arena, node->weight, *q);
    } else {
        part[0] = query_node(a->arena, QUERY_EVERY, NULL, 0);
        *q = query_node(a->arena, QUERY_FILTER, part, 2);
    }
    return *q ? MORGUE_OK : error_nomem(a->err);
}

/* Whether two nodes of words look for the same. */
static bool
same_node(const struct query *a, const struct query *b)
{
    if (a->op != b->op || a->child_n != b->child_n ||
        !str_eq(a->term, b->term))
        return false;
    if (a->op != QUERY_TERM && a->op != QUERY_FORMS && a->op != QUERY_BEST &&
        (a->op != QUERY_PHRASE || a->n != b->n))
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

/* A word beside others: once, however often it is there. */
static enum morgue_status
push_word(struct analysis *a, struct node_list *to, struct query *node)
{
    for (size_t i = 0; i < to->n; i++)
        if (same_node(to->node[i], node)) {
            raise_wqf(to->node[i]);
            return MORGUE_OK;
        }
    return push(a, to, node);
}

/* ---- children ----------------------------------------------------------- */

/* The parts of a compound where some of the words are enough, and the joined
 * form, each as a word of its own; but stop words that are left out. */
static enum morgue_status
push_apart(struct analysis *a, struct node_list *to, const struct ast *leaf)
{
    struct leaf_words *w = leaf->words;
    struct node_list parts = {0};
    enum morgue_status st = MORGUE_OK;
    struct query *node;

    for (size_t i = 0; i < w->n + (w->joined.len > 0) && !st; i++) {
        const struct token *tok = i < w->n ? &w->part[i] : &w->joined;

        if (i < w->n && a->drop && is_stopword(a, leaf, tok))
            continue;
        st = leaf_word_node(&node, a, leaf, tok);
        if (!st && node)
            st = push(a, &parts, node);
        if (!st && node)
            st = push_word(a, to, node);
    }
    if (st || parts.n == 0)
        return st;
    w->query = together(a, QUERY_ANY, &parts);
    return w->query ? MORGUE_OK : error_nomem(a->err);
}

/* Whether the leaf is a stop word that is left out. */
static bool
is_dropped(const struct analysis *a, const struct ast *leaf)
{
    return a->drop && leaf->kind == AST_WORDS && leaf->words->n == 1 &&
           is_stopword(a, leaf, &leaf->words->part[0]);
}

/* Whether it scores nothing, so that it only says which articles. */
static bool
is_silent(const struct ast *node)
{
    if (ast_is_leaf(node))
        return ast_is_filter(node);
    if (node->kind != AST_AND && node->kind != AST_OR)
        return false;
    for (const struct ast *c = node->child; c; c = c->next)
        if (!is_silent(c))
            return false;
    return true;
}

static enum morgue_status
add_child(struct built_children *to, struct analysis *a, struct ast *child,
          bool is_or, const struct scope *scope)
{
    bool plus = child->kind == AST_REQUIRED;
    struct ast *of =
        plus || (child->kind == AST_NOT && !is_or) ? child->child : child;
    struct query *node = NULL;
    enum morgue_status st;

    if (is_dropped(a, of))
        return MORGUE_OK;
    if (of->kind == AST_WORDS && of->words->apart && is_or && !plus && !scope)
        return push_apart(a, &to->words, of);
    st = build(&node, a, of, scope);
    if (st || !node)
        return st;
    if (child->kind == AST_NOT && !is_or)
        return push(a, &to->excluded, node);
    if (plus) /* a tree of its own, which no wqf is raised in */
        st = push(a, &to->required, node);
    if (is_silent(of) && !is_or)
        return push(a, &to->filters, node);
    return st ? st : push_word(a, &to->words, node);
}

static enum morgue_status
build_children(struct built_children *to, struct analysis *a,
               const struct ast *node, const struct scope *scope)
{
    enum morgue_status st = MORGUE_OK;

    for (struct ast *c = node->child; c && !st; c = c->next)
        st = add_child(to, a, c, node->kind != AST_AND, scope);
    return st;
}

static enum morgue_status
build_and(struct query **out, struct analysis *a, const struct ast *node,
          const struct scope *scope)
{
    struct built_children to = {0};
    enum morgue_status st = build_children(&to, a, node, scope);
    struct query *q;

    *out = NULL;
    if (st || to.words.n + to.filters.n + to.excluded.n == 0)
        return st;
    if (to.words.n == 0)
        q = query_node(a->arena, QUERY_EVERY, NULL, 0);
    else
        q = together(a, QUERY_ALL, &to.words);
    q = with_rest(a, QUERY_FILTER, q, &to.filters);
    *out = with_rest(a, QUERY_NOT, q, &to.excluded);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
build_or(struct query **out, struct analysis *a, const struct ast *node,
         const struct scope *scope)
{
    struct built_children to = {0};
    enum morgue_status st = build_children(&to, a, node, scope);

    *out = NULL;
    if (st || to.words.n == 0)
        return st;
    *out = with_rest(a, QUERY_FILTER, together(a, QUERY_ANY, &to.words),
                     &to.required);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* ---- the others --------------------------------------------------------- */

static enum morgue_status
build_not(struct query **out, struct analysis *a, const struct ast *node,
          const struct scope *scope)
{
    struct query *part[2] = {NULL, NULL};
    enum morgue_status st = build(&part[1], a, node->child, scope);

    *out = NULL;
    if (st || !part[1])
        return st;
    part[0] = query_node(a->arena, QUERY_EVERY, NULL, 0);
    *out = query_node(a->arena, QUERY_NOT, part, 2);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
build_some(struct query **out, struct analysis *a, const struct ast *node,
           const struct scope *scope)
{
    struct node_list list = {0};
    struct query *child;
    enum morgue_status st = MORGUE_OK;

    *out = NULL;
    for (struct ast *c = node->child; c && !st; c = c->next) {
        st = build(&child, a, c, scope);
        if (!st && child)
            st = push(a, &list, child);
    }
    if (st || list.n == 0)
        return st;
    if (node->n > list.n)
        note_add(a->notes, node->span,
                 "of %zu there are never %u, so nothing matches", list.n,
                 (unsigned)node->n);
    *out = node->n > list.n ? query_node(a->arena, QUERY_NONE, NULL, 0)
           : node->n == 1   ? together(a, QUERY_ANY, &list)
                            : query_counted(a->arena, QUERY_SOME, node->n,
                                            list.node, list.n);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* Two sides; one alone, where the other has no words, is itself. */
static enum morgue_status
build_reach(struct query **out, struct analysis *a, const struct ast *node)
{
    struct query *first = NULL, *second = NULL;
    enum morgue_status st = build(&first, a, node->child, NULL);

    if (!st)
        st = build(&second, a, node->child->next, NULL);
    *out = first ? first : second;
    if (st || !first || !second)
        return st;
    *out = query_reach(a->arena,
                       node->kind == AST_NEAR ? QUERY_NEAR : QUERY_APART,
                       &node->reach, first, second);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

static enum morgue_status
build_times(struct query **out, struct analysis *a, const struct ast *node)
{
    struct query *child = NULL;
    enum morgue_status st = build(&child, a, node->child, NULL);

    *out = NULL;
    if (st || !child)
        return st;
    *out = query_counted(a->arena, QUERY_TIMES, node->n, &child, 1);
    return *out ? MORGUE_OK : error_nomem(a->err);
}

/* What has places, within all parts that are asked for. */
static enum morgue_status
within(struct query **q, struct analysis *a, const struct scope *scope)
{
    for (; *q && scope; scope = scope->up) {
        *q = query_within(a->arena, scope->node->part, scope->node->n, *q);
        if (!*q)
            return error_nomem(a->err);
    }
    return MORGUE_OK;
}

static bool
any_with_places(const struct ast *node)
{
    return node->kind == AST_WORDS || node->kind == AST_NEAR ||
           node->kind == AST_APART || node->kind == AST_TIMES;
}

/* A node for a leaf, which the leaf remembers. */
static enum morgue_status
build_leaf(struct query **out, struct analysis *a, const struct ast *leaf)
{
    enum morgue_status st = leaf->kind == AST_WORDS
                                ? leaf_words_node(out, a, leaf)
                                : leaf_filter_node(out, a, leaf);

    if (!st)
        leaf->words->query = *out;
    return st;
}

static enum morgue_status
build_placed(struct query **out, struct analysis *a, struct ast *node,
             const struct scope *scope)
{
    enum morgue_status st;

    if (node->kind == AST_WORDS)
        st = build_leaf(out, a, node);
    else if (node->kind == AST_TIMES)
        st = build_times(out, a, node);
    else
        st = build_reach(out, a, node);
    return st ? st : within(out, a, scope);
}

static enum morgue_status
build_other(struct query **out, struct analysis *a, struct ast *node,
            const struct scope *scope)
{
    const struct scope inner = {node, scope};

    switch (node->kind) {
    case AST_AND:
        return build_and(out, a, node, scope);
    case AST_OR:
        return build_or(out, a, node, scope);
    case AST_NOT:
        return build_not(out, a, node, scope);
    case AST_SOME:
        return build_some(out, a, node, scope);
    case AST_LEAD:
        return build(out, a, node->child, &inner);
    case AST_REQUIRED:
        return build(out, a, node->child, scope);
    default:
        return build_leaf(out, a, node);
    }
}

/* A node, or *out is NULL where there is nothing to look for in it. */
static enum morgue_status
build(struct query **out, struct analysis *a, struct ast *node,
      const struct scope *scope)
{
    enum morgue_status st = any_with_places(node)
                                ? build_placed(out, a, node, scope)
                                : build_other(out, a, node, scope);

    return st ? st : weigh(out, a, node);
}

/* ---- the whole ---------------------------------------------------------- */

/* How tightly operators bind in the query. */
static const struct grammar *
grammar_of(const struct parse_context *c)
{
    if (c->dialect && c->dialect->grammar)
        return c->dialect->grammar;
    return c->match == MORGUE_MATCH_ANY ? &grammar_any : &grammar_all;
}

/* The syntax tree of a text. */
static enum morgue_status
read_text(struct analysis *a)
{
    const struct dialect *dialect = a->context->dialect;
    struct query_tokens tokens;
    enum morgue_status st = MORGUE_OK;

    if (a->text.len > QUERY_BYTES_MAX)
        return too_many(a, QUERY_BYTES_MAX, QUERY_BYTES_MAX, "bytes");
    st = (dialect ? dialect->lex : query_lex)(&tokens, a->arena, a->text,
                                              a->notes, a->err);
    if (!st)
        st = operators_settle(&tokens, a->arena, a->text, a->notes, a->err);
    if (!st)
        st = ast_parse(a->ast, a->arena, &tokens, grammar_of(a->context),
                       a->err);
    if (!st)
        filters_read(a->ast, a->text, a->context->today, a->notes);
    if (!st)
        st = read_leaves(a);
    if (!st)
        find_stopwords(a);
    return st ? st : ast_shape(a->ast, a->arena, a->notes, a->err);
}

static size_t
depth_of(const struct query *q)
{
    size_t most = 0;

    for (size_t i = 0; i < q->child_n; i++) {
        size_t d = depth_of(q->child[i]);

        most = d > most ? d : most;
    }
    return most + 1;
}

/* How many words stand beside each other; 1 where they do not. */
static size_t
count_beside(const struct ast *root, const struct query *q)
{
    if (ast_is_filter(root))
        return 0;
    while (q->op == QUERY_FILTER || q->op == QUERY_NOT)
        q = q->child[0];
    if (q->op == QUERY_EVERY)
        return 0;
    if (q->op != QUERY_ALL && q->op != QUERY_ANY)
        return 1;
    for (const struct ast *c = root->child; c; c = c->next)
        if (c->typed || (!ast_is_leaf(c) && c->kind != AST_NOT))
            return 1;
    return q->child_n;
}

/* What is wrong with the query as a whole. */
static enum morgue_status
check(const struct parsed *p, struct analysis *a)
{
    enum morgue_status st = MORGUE_OK;
    size_t at = 0;

    if (a->notes->nomem)
        return error_nomem(a->err);
    if (a->context->strict && p->notes.first) {
        at = p->notes.first->span.start;
        st = error_set(a->err, MORGUE_QUERY, "%s", p->notes.first->text.s);
    } else if (p->query && depth_of(p->query) > QUERY_DEPTH_MAX) {
        st = error_set(a->err, MORGUE_QUERY,
                       "the query is nested deeper than %d operators",
                       QUERY_DEPTH_MAX);
    } else if (!p->query && !a->context->may_be_empty) {
        st = error_set(a->err, MORGUE_QUERY,
                       "the query has no words to look for");
    }
    if (st && a->err)
        a->err->at = at;
    return st;
}

/* The tree for the engine; a compound alone, where some of the words are
 * enough, is a list of its parts. */
static enum morgue_status
build_root(struct query **out, struct analysis *a, struct ast *root)
{
    struct ast *list;

    if (root->kind != AST_WORDS || !root->words->apart)
        return build(out, a, root, NULL);
    list = ast_new(a->arena, AST_OR, root->span);
    if (!list)
        return error_nomem(a->err);
    ast_add(list, root);
    return build(out, a, list, NULL);
}

const struct query *
leaf_query(const struct ast *leaf)
{
    return leaf->words ? leaf->words->query : NULL;
}

enum morgue_status
query_parse(struct parsed *out, struct arena *arena, struct morgue_str text,
            const struct parse_context *context, struct morgue_error *err)
{
    struct analysis a = {.context = context,
                         .arena = arena,
                         .err = err,
                         .text = text,
                         .ast = &out->ast,
                         .notes = &out->notes,
                         .stop_lang = ""};
    enum morgue_status st;

    *out = (struct parsed){0};
    notes_begin(&out->notes, arena);
    st = read_text(&a);
    if (!st && out->ast.root)
        st = build_root(&out->query, &a, out->ast.root);
    if (!st)
        st = check(out, &a);
    if (st)
        return st;
    if (out->query)
        out->words_n = count_beside(out->ast.root, out->query);
    else
        out->query = query_node(arena, QUERY_EVERY, NULL, 0);
    out->words = out->query;
    return out->query ? MORGUE_OK : error_nomem(err);
}
