/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_answer.c - which articles a tree matches, read word by word
 *
 * Where the page of the language is silent, this is how it is read here:
 *
 *   - body: is the dateline and the body, which a reader sees as one; for a
 *     distance they are two fields.
 *   - A word in author:, place: and topic: is meant as written: names have no
 *     other forms.
 *   - A query of NOT alone is all articles but those.
 *   - Two places of a proximity do not overlap: `oil w/5 oil` asks for two.
 *     In `(a w/9 b) w/3 c`, a c between a and b is thus none.
 *   - A b that overlaps an a, as a word of a phrase does, is within any
 *     distance of it, for `a NOT w/5 b`; the same place is no other.
 *   - atleastN counts positions at which something begins.
 *   - hlead(a b) asks for each of them there.
 *   - A ? behind the last word of a phrase, or of a list of words, may be a
 *     question mark and no wildcard; it is typed behind no word.
 *   - Under any-of, a list with +words needs these, and else one of its words;
 *     one of -words alone is all but those.  What holds filters alone, as
 *     lang:de does, is needed too: it says where to look, and not for what.
 *   - The words of a compound count one position each, and its joined form has
 *     that of the last, as token.h says.
 */
#include <stdlib.h>

#include "brute.h"

struct answering {
    const struct brute_corpus *c;
    size_t article;
    const struct zone *zone;
    bool failed;
};

static bool matches(struct answering *a, const struct brute_node *n,
                    struct brute_scope scope);

static const struct brute_scope whole = {
    1u << BRUTE_TITLE | 1u << BRUTE_DATELINE | 1u << BRUTE_BODY, UINT32_MAX};

enum { LEAD_WORDS = 80 };

/* All of it in the first words of the body, if it is there. */
static bool
is_inside(const struct answering *a, const struct brute_span *s,
          struct brute_scope scope)
{
    return a->c->area[s->area].kind != BRUTE_BODY || s->to < scope.body;
}

/* How many positions of the scope it begins at. */
static size_t
places_n(struct answering *a, const struct brute_node *n,
         struct brute_scope scope)
{
    struct brute_scope all = {scope.kinds, UINT32_MAX};
    struct brute_spans s = {NULL, 0, 0};
    const struct brute_span *last = NULL;
    size_t count = 0;

    if (!brute_places(&s, a->c, n, a->article, all))
        a->failed = true;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_inside(a, &s.s[i], scope))
            continue;
        count +=
            !last || s.s[i].area != last->area || s.s[i].from != last->from;
        last = &s.s[i];
    }
    free(s.s);
    return count;
}

static size_t
matching(struct answering *a, const struct brute_node *n,
         struct brute_scope scope)
{
    size_t count = 0;

    for (size_t i = 0; i < n->child_n; i++)
        count += matches(a, n->child[i], scope);
    return count;
}

static bool
is_filter(const struct brute_node *n)
{
    for (size_t i = 0; i < n->child_n; i++)
        if (!is_filter(n->child[i]))
            return false;
    return n->child_n > 0 || n->op >= BRUTE_VALUE;
}

static bool
list_matches(struct answering *a, const struct brute_node *n,
             struct brute_scope scope)
{
    bool needed = false, one = false, words = false;

    for (size_t i = 0; i < n->child_n; i++) {
        bool m = matches(a, n->child[i], scope);
        char sign = n->sign[i];
        bool filter = sign != '-' && is_filter(n->child[i]);

        if (sign == '-' ? m : (sign == '+' || filter) && !m)
            return false;
        needed |= sign == '+';
        words |= sign == ' ' && !filter;
        one |= sign == ' ' && !filter && m;
    }
    return needed || one || !words;
}

static bool
matches_part(struct answering *a, const struct brute_node *n,
             struct brute_scope scope)
{
    scope.body = LEAD_WORDS;
    if (n->op == BRUTE_LEAD)
        scope.kinds &= ~(1u << BRUTE_TITLE);
    return matches(a, n->child[0], scope);
}

static bool
matches(struct answering *a, const struct brute_node *n,
        struct brute_scope scope)
{
    switch (n->op) {
    case BRUTE_WORD:
    case BRUTE_EXACT:
    case BRUTE_WILD:
    case BRUTE_FUZZY:
        return brute_stands(a->c, n, a->article, scope);
    case BRUTE_PHRASE:
    case BRUTE_NEAR:
    case BRUTE_APART:
        return places_n(a, n, scope) > 0;
    case BRUTE_ATLEAST:
        return places_n(a, n->child[0], scope) >= n->n;
    case BRUTE_AND:
        for (size_t i = 0; i < n->child_n; i++)
            if (!matches(a, n->child[i], scope))
                return false;
        return true;
    case BRUTE_OR:
        return matching(a, n, scope) > 0;
    case BRUTE_SOME:
        return matching(a, n, scope) >= n->n;
    case BRUTE_NOT:
        return !matches(a, n->child[0], scope);
    case BRUTE_LIST:
        return list_matches(a, n, scope);
    case BRUTE_WEIGHT:
        return matches(a, n->child[0], scope);
    case BRUTE_FIELD:
        return matches(a, n->child[0], brute_scope_of(n->field, scope));
    case BRUTE_HLEAD:
    case BRUTE_LEAD:
        return matches_part(a, n, scope);
    case BRUTE_EVERY:
        return true;
    default:
        return brute_passes(a->c, n, a->article, a->zone);
    }
}

size_t
brute_answer(bool *hit, const struct brute_corpus *c,
             const struct brute_query *q)
{
    struct answering a = {.c = c};
    struct zone *zone = NULL;
    size_t n = 0;

    if (q->tz && zone_open(&zone, q->tz, NULL))
        return SIZE_MAX;
    a.zone = zone;
    for (; a.article < c->n; a.article++) {
        hit[a.article] = matches(&a, q->root, whole);
        n += hit[a.article];
    }
    zone_free(zone);
    return a.failed ? SIZE_MAX : n;
}
