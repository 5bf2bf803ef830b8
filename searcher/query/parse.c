/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - the tokens of a query into its syntax tree
 *
 * By precedence climbing (M. Richards, C. Whitby-Strevens, "BCPL: the language
 * and its compiler", 1979): what binds less tightly waits for what binds more.
 * Children of one AND, OR or list are in one node, however many they are, so
 * that only brackets and signs make a tree deep.
 */
#include "parse.h"

#include "../../common/base/utf8.h"

/* Ours, but for what is meant where no operator stands. */
#define OURS                                                                  \
    .power = {[QUERY_TOKEN_OR] = 1,                                           \
              [QUERY_TOKEN_AND] = 2,                                          \
              [QUERY_TOKEN_BUT] = 2,                                          \
              [QUERY_TOKEN_NEAR] = 4,                                         \
              [QUERY_TOKEN_APART] = 4},                                       \
    .sign = 3

const struct grammar grammar_all = {OURS, .beside = 2, .beside_kind = AST_AND};
const struct grammar grammar_any = {OURS, .beside = 1,
                                    .beside_kind = AST_LIST};

struct ast_parser {
    const struct query_token *token;
    const struct grammar *grammar;
    const struct query_name *field; /* that is asked for here */
    struct ast_tree *tree;
    struct arena *arena;
    struct morgue_error *err;
    enum morgue_status status;
    unsigned depth;
};

static struct ast *read_query(struct ast_parser *p, unsigned least);

/* A node, or NULL and p->status is set. */
static struct ast *
node(struct ast_parser *p, enum ast_kind kind, struct morgue_span span)
{
    struct ast *n = ast_new(p->arena, kind, span);

    if (!n && !p->status)
        p->status = error_nomem(p->err);
    return n;
}

/* One level down; false where that is too deep. */
static bool
enter(struct ast_parser *p)
{
    if (p->depth == AST_DEPTH_MAX && !p->status) {
        p->status =
            error_set(p->err, MORGUE_QUERY,
                      "the query is nested deeper than %d", AST_DEPTH_MAX);
        if (p->err)
            p->err->at = p->token->span.start;
    }
    if (p->status)
        return false;
    p->depth++;
    return true;
}

/* ---- leaves ------------------------------------------------------------- */

/* Whether it is "*" alone, or several. */
static bool
is_star(const struct query_token *t)
{
    for (size_t i = 0; i < t->text.len; i++)
        if (t->text.s[i] != '*')
            return false;
    return t->kind == QUERY_TOKEN_WORD && t->text.len > 0;
}

/* What a leaf is by its field. */
static enum ast_kind
leaf_kind(const struct query_name *name)
{
    static const enum ast_kind kinds[] = {
        [NAME_WORDS] = AST_WORDS,   [NAME_VALUE] = AST_VALUE,
        [NAME_ID] = AST_ID,         [NAME_URL] = AST_URL,
        [NAME_SITE] = AST_SITE,     [NAME_DATE] = AST_DATE,
        [NAME_LENGTH] = AST_LENGTH, [NAME_HAS] = AST_HAS};

    return name ? kinds[name->kind] : AST_WORDS;
}

/* A lone star: all articles, or those that have something in the field. */
static void
make_star(struct ast *leaf, const struct query_name *name)
{
    static const struct morgue_str date = {"date", 4};

    leaf->kind = AST_EVERY;
    if (!name || name->kind == NAME_HAS || name->kind == NAME_LENGTH)
        return;
    leaf->kind = AST_HAS;
    leaf->name = name_find(STR("has"));
    leaf->text = name->kind == NAME_DATE   ? date
                 : name->kind == NAME_SITE ? str_of("url")
                                           : str_of(name->name);
}

static struct ast *
read_leaf(struct ast_parser *p, bool exact)
{
    const struct query_token *t = p->token++;
    struct ast *leaf = node(p, leaf_kind(p->field), t->span);

    if (!leaf)
        return NULL;
    leaf->name = p->field;
    leaf->text = t->text;
    leaf->quoted = t->kind == QUERY_TOKEN_QUOTED;
    leaf->exact = exact;
    leaf->n = t->suffix.slop;
    leaf->edits = t->suffix.edits;
    if (leaf->edits == EDITS_BY_LENGTH)
        leaf->edits = utf8_count(leaf->text) <= 5 ? EDITS_ONE : EDITS_TWO;
    leaf->weight = t->suffix.weight;
    if (is_star(t))
        make_star(leaf, p->field);
    ast_add_leaf(p->tree, leaf);
    return leaf;
}

/* ---- brackets ----------------------------------------------------------- */

/* "at least n of", made of what is in the brackets. */
static struct ast *
make_some(struct ast_parser *p, struct ast *inner, uint32_t n)
{
    struct ast *some;

    if (inner->weight < 0 &&
        (inner->kind == AST_LIST || inner->kind == AST_AND ||
         inner->kind == AST_OR)) {
        inner->kind = AST_SOME;
        inner->n = n;
        return inner;
    }
    some = node(p, AST_SOME, inner->span);
    if (some) {
        some->n = n;
        ast_add(some, inner);
    }
    return some;
}

/* What is between two brackets, the first of which is at hand. */
static struct ast *
read_brackets(struct ast_parser *p)
{
    const struct query_token *open = p->token, *close;
    struct ast *inner;

    if (!enter(p))
        return NULL;
    p->token++;
    inner = read_query(p, 0);
    p->depth--;
    close = p->token++;
    if (!inner)
        return NULL;
    if (close->suffix.some > 0)
        inner = make_some(p, inner, close->suffix.some);
    if (!inner)
        return NULL;
    inner->span = (struct morgue_span){open->span.start, close->span.end};
    inner->closed = true;
    inner->weight = ast_weight(close->suffix.weight, inner->weight);
    return inner;
}

static struct ast *
read_function(struct ast_parser *p)
{
    const struct query_token *t = p->token++;
    struct ast *of =
        node(p, t->function == FUNCTION_TIMES ? AST_TIMES : AST_LEAD, t->span);
    struct ast *inner = of ? read_brackets(p) : NULL;

    if (!inner)
        return NULL;
    of->n = t->n;
    of->part = t->function == FUNCTION_HEADLEAD ? PART_HEADLEAD : PART_LEAD;
    of->weight = inner->weight;
    inner->weight = -1;
    ast_add(of, inner);
    return of;
}

/* ---- operands ----------------------------------------------------------- */

/* What a field, or an equals sign, is for. */
static struct ast *
read_side(struct ast_parser *p)
{
    const struct query_name *field = p->field;
    size_t start = p->token->span.start;
    struct ast *side = NULL;
    bool exact = false;

    while (p->token->kind == QUERY_TOKEN_FIELD)
        p->field = p->token++->name;
    if (p->token->kind == QUERY_TOKEN_EQUALS) {
        exact = true;
        p->token++;
    }
    if (p->token->kind == QUERY_TOKEN_OPEN)
        side = read_brackets(p);
    else if (p->token->kind == QUERY_TOKEN_FUNCTION)
        side = read_function(p);
    else
        side = read_leaf(p, exact);
    p->field = field;
    if (side)
        side->span.start = start;
    return side;
}

static struct ast *
read_operand(struct ast_parser *p)
{
    const struct query_token *t = p->token;
    bool plus = t->kind == QUERY_TOKEN_PLUS;
    struct ast *sign, *side;

    if (t->kind != QUERY_TOKEN_NOT && t->kind != QUERY_TOKEN_MINUS && !plus)
        return read_side(p);
    if (!enter(p))
        return NULL;
    p->token++;
    side = read_query(p, GRAMMAR_REACHES * (unsigned)p->grammar->sign);
    p->depth--;
    sign = side ? node(p, plus ? AST_REQUIRED : AST_NOT, t->span) : NULL;
    if (sign)
        ast_add(sign, side);
    return sign;
}

/* ---- operators ---------------------------------------------------------- */

/* The kind of node that an operator makes. */
static enum ast_kind
operator_kind(const struct ast_parser *p, enum query_token_kind kind)
{
    switch (kind) {
    case QUERY_TOKEN_AND:
    case QUERY_TOKEN_BUT:
        return AST_AND;
    case QUERY_TOKEN_OR: /* one level with what has no operator */
        return p->grammar->beside_kind == AST_LIST ? AST_LIST : AST_OR;
    case QUERY_TOKEN_NEAR:
        return AST_NEAR;
    case QUERY_TOKEN_APART:
        return AST_APART;
    default:
        return p->grammar->beside_kind;
    }
}

static struct ast *
negated(struct ast_parser *p, struct ast *of)
{
    struct ast *sign = node(p, AST_NOT, of->span);

    if (sign)
        ast_add(sign, of);
    return sign;
}

/* Whether a side belongs to what is between it and the other, NULL: nothing.
 */
static bool
is_typed(const struct ast_parser *p, const struct query_token *op,
         const struct ast *side)
{
    return op != NULL || (p->grammar->filters_too && side->kind != AST_NOT);
}

/* Whether it is a list of leaves alone, typed beside each other. */
static bool
is_plain_list(const struct ast *node)
{
    if (node->kind != AST_LIST || node->weight >= 0)
        return false;
    for (const struct ast *c = node->child; c; c = c->next)
        if (!ast_is_leaf(c) || c->typed)
            return false;
    return true;
}

/* Put `right` into the list; brackets around words of a text, of which one is
 * enough anyway, say nothing. */
static void
add_to_list(struct ast *list, struct ast *right)
{
    struct ast *child = right->child;

    if (list->kind != AST_LIST || right->typed || !is_plain_list(right)) {
        ast_add(list, right);
        return;
    }
    while (child) {
        struct ast *next = child->next;

        ast_add(list, child);
        child = next;
    }
}

/* Two sides and what stands between them, NULL: nothing. */
static struct ast *
joined(struct ast_parser *p, struct ast *left, const struct query_token *op,
       struct ast *right)
{
    enum ast_kind kind = operator_kind(p, op ? op->kind : QUERY_TOKEN_WORD);
    bool grows = kind != AST_NEAR && kind != AST_APART;
    struct ast *both = left;

    if (op && op->kind == QUERY_TOKEN_BUT)
        right = negated(p, right);
    if (!right)
        return NULL;
    if (!op && kind == AST_LIST && is_plain_list(left))
        left->closed = false;
    if (left->kind != kind || left->closed || !grows) {
        both = node(p, kind, left->span);
        if (!both)
            return NULL;
        left->typed = is_typed(p, op, left);
        ast_add(both, left);
    }
    right->typed = is_typed(p, op, right);
    add_to_list(both, right);
    if (op)
        both->reach = op->reach;
    return both;
}

/* How tightly what stands between two sides binds. */
static unsigned
power_of(const struct grammar *g, const struct query_token *op)
{
    unsigned power =
        GRAMMAR_REACHES * (unsigned)(op ? g->power[op->kind] : g->beside);

    if (op && g->reach_power &&
        (op->kind == QUERY_TOKEN_NEAR || op->kind == QUERY_TOKEN_APART))
        power += g->reach_power(&op->reach);
    return power;
}

/* Everything whose operators bind as tightly as `least`, or more. */
static struct ast *
read_query(struct ast_parser *p, unsigned least)
{
    struct ast *left = read_operand(p);

    while (left && p->token->kind != QUERY_TOKEN_END &&
           p->token->kind != QUERY_TOKEN_CLOSE) {
        const struct query_token *op =
            p->token->kind <= QUERY_TOKEN_APART ? p->token : NULL;
        unsigned power = power_of(p->grammar, op);
        struct ast *right;

        if (power < least)
            break;
        if (op)
            p->token++;
        right = read_query(p, power + 1);
        left = right ? joined(p, left, op, right) : NULL;
    }
    return left;
}

/* Leaves that were typed beside each other, and no more. */
static void
note_plain(struct ast *root)
{
    struct ast *first =
        root->kind == AST_LIST || root->kind == AST_AND ? root->child : NULL;

    if (ast_is_leaf(root))
        root->plain = true;
    for (struct ast *c = first; c; c = c->next)
        c->plain =
            ast_is_leaf(c) && !c->typed && (!c->next || !c->next->typed);
}

enum morgue_status
ast_parse(struct ast_tree *out, struct arena *arena,
          const struct query_tokens *tokens, const struct grammar *grammar,
          struct morgue_error *err)
{
    struct ast_parser p = {.token = tokens->v,
                           .grammar = grammar,
                           .tree = out,
                           .arena = arena,
                           .err = err};

    *out = (struct ast_tree){0};
    if (tokens->n == 0)
        return MORGUE_OK;
    out->root = read_query(&p, 0);
    if (out->root)
        note_plain(out->root);
    return p.status;
}
