/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_self.c - the plain reading itself against answers made by hand
 *
 * Some short articles, and for each query those of them that have it, as
 * somebody who reads the page of the language and the articles would say.
 */
#include <stdio.h>

#include "brute.h"

/* What articles have: title, dateline, body.  Article 3 has "harvest" as the
 * 81st word of its body and "barley" as the 80th. */
static const char *const text[][3] = {
    {"Oil prices rise", "VIENNA, Feb 26 -",
     "OPEC said the price of oil rose.\\nMr. Smith of OPEC denied it."
     "\\n\\nCoffee fell."},
    {"Coffee", "", "oil price oil. Oil with a price"},
    {"", "", "price one two three four oil, said the e-mail"},
    {"Wheat", "",
     "w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w "
     "w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w "
     "w w w w w w w barley harvest"},
    {"Smith and Jones", "PARIS", "opec wheat wheat bonds"}};

enum { TEXTS = sizeof text / sizeof *text };

bool
brute_self_source(const char *path)
{
    FILE *f = fopen(path, "w");

    for (size_t i = 0; f && i < TEXTS; i++)
        fprintf(f,
                "{\"id\": \"%zu\", \"title\": \"%s\", \"dateline\": \"%s\", "
                "\"body\": \"%s\", \"lang\": \"en\", \"places\": "
                "[\"west-germany\", \"uk\"], \"date\": \"1987-03-11\"}\n",
                i, text[i][0], text[i][1], text[i][2]);
    return f && fclose(f) == 0;
}

/* ---- queries ---- */

static struct brute_drawing d; /* what they are made in */

static struct brute_node *
leaf(enum brute_op op, const char *word, unsigned n)
{
    return brute_leaf(&d, op, word, n);
}

static struct brute_node *
node(enum brute_op op, unsigned n, struct brute_node *a, struct brute_node *b)
{
    struct brute_node *to = brute_new(&d, op);

    if (!to)
        return NULL;
    to->n = n;
    to->child[to->child_n++] = a;
    if (b)
        to->child[to->child_n++] = b;
    return a ? to : NULL;
}

static struct brute_node *
near(unsigned n, bool ordered, struct brute_node *a, struct brute_node *b)
{
    struct brute_node *to = node(BRUTE_NEAR, n, a, b);

    if (to)
        to->ordered = ordered;
    return to;
}

static struct brute_node *
within(enum brute_unit unit, struct brute_node *a, struct brute_node *b)
{
    struct brute_node *to = node(BRUTE_NEAR, 0, a, b);

    if (to)
        to->unit = unit;
    return to;
}

static struct brute_node *
field(enum brute_kind kind, struct brute_node *a)
{
    struct brute_node *to = node(BRUTE_FIELD, 0, a, NULL);

    if (to)
        to->field = kind;
    return to;
}

#define W(s)           leaf(BRUTE_WORD, s, 0)
#define EXACT(s)       leaf(BRUTE_EXACT, s, 0)
#define WILD(s)        leaf(BRUTE_WILD, s, 0)
#define FUZZY(s, n)    leaf(BRUTE_FUZZY, s, n)
#define PHRASE(s, n)   leaf(BRUTE_PHRASE, s, n)
#define OR(a, b)       node(BRUTE_OR, 0, a, b)
#define AND(a, b)      node(BRUTE_AND, 0, a, b)
#define NOT(a)         node(BRUTE_NOT, 0, a, NULL)
#define TIMES(n, a)    node(BRUTE_ATLEAST, n, a, NULL)
#define HLEAD(a)       node(BRUTE_HLEAD, 0, a, NULL)
#define LEAD(a)        node(BRUTE_LEAD, 0, a, NULL)
#define APART(n, a, b) node(BRUTE_APART, n, a, b)

static unsigned bad;

/* `want` has a 1 for each article, the first one first. */
static void
try(struct brute_node *root, const char *want)
{
    struct brute_query q = {.root = root};
    bool hit[TEXTS] = {false};
    char got[TEXTS + 1] = "";
    struct buf b;

    if (root)
        brute_answer(hit, d.c, &q);
    for (size_t i = 0; i < TEXTS; i++)
        got[i] = hit[i] ? '1' : '0';
    if (root && strcmp(got, want) == 0)
        return;
    buf_init(&b, 1 << 16);
    if (root)
        brute_print(&b, &q);
    brute_complain("the plain reading of %s is %s, and should be %s",
                   b.data ? b.data : "nothing", got, want);
    buf_free(&b);
    bad++;
}

static void
try_words(void)
{
    try(W("Price"), "11100");
    try(EXACT("price"), "11100");
    try(EXACT("rising"), "00000");
    try(W("rising"), "10000");
    try(WILD("p?ice*"), "11100");
    try(WILD("*ice"), "11100");
    try(WILD("pr*es"), "10000");
    try(FUZZY("whaet", 0), "00011");
    try(FUZZY("heat", 0), "00011");
    try(FUZZY("teh", 1), "10100");
    try(FUZZY("covfefe", 2), "11000");
    try(W("email"), "00100");
    try(PHRASE("e mail", 0), "00100");
    try(PHRASE("price oil", 0), "01000");
    try(PHRASE("oil price", 0), "01000");
    try(PHRASE("price oil", 3), "11000");
    try(PHRASE("price oil", 4), "11100");
    try(PHRASE("pr* oi?", 1), "11000");
    try(PHRASE("rise vienna", 0), "00000");
    try(field(BRUTE_TITLE, W("oil")), "10000");
    try(field(BRUTE_BODY, W("paris")), "00001");
    try(field(BRUTE_PLACE, PHRASE("west germany", 0)), "11111");
    try(field(BRUTE_PLACE, PHRASE("germany uk", 0)), "00000");
}

static void
try_places(void)
{
    try(near(1, false, W("price"), W("oil")), "11000");
    try(near(2, true, W("price"), W("oil")), "11000");
    try(near(4, true, W("price"), W("oil")), "11000");
    try(near(5, true, W("price"), W("oil")), "11100");
    try(near(500, true, W("oil"), W("price")), "11000");
    try(near(500, false, W("oil"), W("coffee")), "10000");
    try(near(500, false, W("oil"), W("oil")), "01000");
    try(near(3, false, near(1, false, W("price"), W("one")), W("four")),
        "00100");
    try(near(2, false, near(1, false, W("price"), W("one")), W("four")),
        "00000");
    try(near(2, false, OR(W("two"), W("of")), PHRASE("four oil", 0)), "00100");
    try(within(BRUTE_SENTENCE, W("smith"), W("deny")), "10000");
    try(within(BRUTE_SENTENCE, W("oil"), W("smith")), "00000");
    try(within(BRUTE_PARAGRAPH, W("oil"), W("smith")), "10000");
    try(within(BRUTE_PARAGRAPH, W("coffee"), W("smith")), "00000");
    try(within(BRUTE_SENTENCE, W("oil"), W("with")), "01000");
    try(APART(1, W("oil"), W("price")), "11100");
    try(APART(3, W("oil"), W("price")), "00100");
    try(APART(5, W("oil"), W("price")), "00000");
    try(APART(5, W("opec"), W("price")), "10001");
    try(TIMES(2, W("oil")), "11000");
    try(TIMES(3, W("oil")), "01000");
    try(TIMES(4, OR(W("oil"), W("price"))), "11000");
    try(TIMES(5, OR(W("oil"), W("price"))), "01000");
    try(TIMES(2, PHRASE("wheat", 0)), "00001");
    try(HLEAD(W("barley")), "00010");
    try(HLEAD(W("harvest")), "00000");
    try(HLEAD(PHRASE("barley harvest", 0)), "00000");
    try(HLEAD(W("wheat")), "00011");
    try(LEAD(W("wheat")), "00001");
    try(LEAD(W("vienna")), "10000");
    try(LEAD(field(BRUTE_TITLE, W("smith"))), "00000");
    try(HLEAD(field(BRUTE_TITLE, W("smith"))), "00001");
}

static void
try_articles(void)
{
    try(NOT(W("price")), "00011");
    try(AND(W("coffee"), NOT(W("opec"))), "01000");
    try(OR(W("wheat"), NOT(W("oil"))), "00011");
    try(node(BRUTE_SOME, 2, W("wheat"), W("opec")), "00001");
    try(node(BRUTE_SOME, 1, W("wheat"), W("opec")), "10011");
    try(node(BRUTE_EVERY, 0, W("wheat"), NULL), "11111");
}

bool
brute_self(struct brute_corpus *c, struct arena *a)
{
    struct brute_rng r = {1};

    bad = 0;
    brute_begin(&d, c, a, &r);
    try_words();
    try_places();
    try_articles();
    return bad == 0 && !d.failed;
}
