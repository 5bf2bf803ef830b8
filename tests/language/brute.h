/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute.h - what the files of the brute-force test of the query language share
 *
 *   brute_archive.c  real articles into two archives, one of each engine
 *   brute_text.c     the stored articles as plain lists of words
 *   brute_draw.c     random trees of every operator
 *   brute_leaf.c     their leaves
 *   brute_print.c    trees as somebody types them
 *   brute_shrink.c   smaller trees
 *   brute_answer.c   which articles a tree matches, read word by word
 *   brute_place.c    where in an article something stands
 *   brute_value.c    fields that are no text, dates, numbers
 *   brute_ask.c      what both engines say to a text
 *   brute_law.c      what holds for all queries, whoever answers
 *   brute_self.c     the plain code against answers made by hand
 *   brute.c          the program
 *
 * Nothing here uses the query language or the engines' own nodes: what is
 * shared with them is the tokenizer, stemmer, folding and sentences of
 * common/text and the dates of common/article.
 */
#ifndef MORGUE_TESTS_BRUTE_H
#define MORGUE_TESTS_BRUTE_H

#include "../../common/article/date.h"
#include "../../common/article/zone.h"
#include "../../common/base/arena.h"
#include "../../common/base/buf.h"
#include "../../common/text/stem.h"
#include "../../common/text/token.h"

/* ---- chance ---- */

struct brute_rng {
    uint64_t state;
};

/** Less than n, which is not 0. */
size_t brute_below(struct brute_rng *r, size_t n);
/** True in `percent` of 100 cases. */
bool brute_chance(struct brute_rng *r, unsigned percent);

/** Print on stderr and return false. */
bool brute_complain(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* ---- two archives (brute_archive.c) ---- */

enum { BRUTE_SIDES = 2 };
extern const char *const brute_engine[BRUTE_SIDES];

struct brute_archives {
    char dir[BRUTE_SIDES][400];
    morgue *m[BRUTE_SIDES];
    unsigned articles; /* that were put in; their ids are rtr-00000 and on */
};

/** Index `n` sources. */
bool brute_build(struct brute_archives *a, const char *const *source,
                 size_t n);
void brute_remove(struct brute_archives *a);

/* ---- plain articles (brute_text.c) ---- */

enum brute_kind {
    BRUTE_TITLE,
    BRUTE_DATELINE,
    BRUTE_BODY,
    BRUTE_AUTHOR,
    BRUTE_PLACE,
    BRUTE_TOPIC,
    BRUTE_KINDS
};

/* Fields that are whole values. */
enum brute_value { BRUTE_SECTION, BRUTE_SOURCE, BRUTE_LANG, BRUTE_VALUES };

enum { BRUTE_LANGS = 7, BRUTE_AS_WRITTEN = 0x80 };

/** A word as it stands in articles. */
struct brute_form {
    struct morgue_str folded, lower;
    uint32_t stem[BRUTE_LANGS][2]; /* by numbers; the same twice where there
                                      is one; 0: none */
    bool typed;                    /* a query can have it as one word */
    bool letters;                  /* a to z alone */
    bool stop;                     /* a stop word in one of the languages */
    bool in_text;                  /* in a title, dateline or body */
};

struct brute_token {
    uint32_t form, pos, sentence, paragraph;
};

/** A title, dateline, body, or a line of the others. */
struct brute_area {
    enum brute_kind kind;
    size_t first, n; /* its tokens; positions ascend */
};

struct brute_article {
    size_t area, area_n;
    int lang; /* number in brute_corpus.lang */
    uint64_t words;
    struct morgue_date date;
    struct morgue_str id, url, title, dateline, body, author, place, topic;
    struct morgue_str value[BRUTE_VALUES];  /* as stored */
    struct morgue_str folded[BRUTE_VALUES]; /* as compared */
};

struct brute_corpus {
    struct arena arena;
    struct tokenizer *tokenizer;
    struct stemmer *stemmer;
    int lang[BRUTE_LANGS]; /* as stem_find counts */
    int lang_n;
    struct brute_article *article;
    size_t n, cap;
    struct brute_area *area;
    size_t area_n, area_cap;
    struct brute_token *token;
    size_t token_n, token_cap;
    struct brute_form *form;
    size_t form_n, form_cap;
    struct brute_words {
        struct morgue_str *key;
        uint32_t *number;
        size_t size, n;
    } forms, stems; /* hash tables */
};

bool brute_read(struct brute_corpus *c, struct brute_archives *a);
void brute_forget(struct brute_corpus *c);
/** A whole value as values are compared, in the arena. */
struct morgue_str brute_fold(struct brute_corpus *c, struct arena *a,
                             enum brute_value v, struct morgue_str s);
/** The numbers of a token's stems in each of the languages. */
bool brute_stems(struct brute_corpus *c, const struct token *tok,
                 uint32_t stem[BRUTE_LANGS][2]);

/* ---- trees ---- */

enum brute_op {
    /* leaves with places */
    BRUTE_WORD,   /* text */
    BRUTE_EXACT,  /* =text */
    BRUTE_PHRASE, /* word[], slop n */
    BRUTE_WILD,   /* text */
    BRUTE_FUZZY,  /* text; n: edits, 0: by its length */
    /* places */
    BRUTE_NEAR,  /* two children; n, unit, ordered */
    BRUTE_APART, /* likewise: NOT w/n */
    /* of articles */
    BRUTE_AND,
    BRUTE_OR,
    BRUTE_NOT,
    BRUTE_LIST, /* words beside each other under any-of; sign[] */
    BRUTE_SOME, /* n of */
    BRUTE_WEIGHT,
    BRUTE_FIELD, /* field */
    BRUTE_HLEAD,
    BRUTE_LEAD,
    BRUTE_ATLEAST, /* n */
    BRUTE_EVERY,
    /* filters */
    BRUTE_VALUE, /* field: enum brute_value; word[] are the values */
    BRUTE_ID,    /* word[] */
    BRUTE_URL,   /* text */
    BRUTE_SITE,  /* text */
    BRUTE_DATE,  /* text; from, to */
    BRUTE_WC,    /* n to n2 */
    BRUTE_HAS,   /* text */
    BRUTE_OPS
};

enum { BRUTE_CHILDREN = 6, BRUTE_PHRASE_MAX = 5 };

enum brute_unit { BRUTE_POSITIONS, BRUTE_SENTENCE, BRUTE_PARAGRAPH };

/** What a word of a query stands for: by number of form, a bit for each
 *  language in which it is meant, and BRUTE_AS_WRITTEN in author, place and
 *  topics. */
typedef uint8_t *brute_table;

struct brute_node {
    enum brute_op op;
    struct brute_node *child[BRUTE_CHILDREN];
    char sign[BRUTE_CHILDREN]; /* LIST: '+', '-' or ' ' */
    size_t child_n;
    struct morgue_str text, word[BRUTE_PHRASE_MAX];
    brute_table table[BRUTE_PHRASE_MAX];
    size_t word_n;
    unsigned n, n2;
    enum brute_unit unit;
    bool ordered;
    enum brute_kind field;
    enum brute_value value;
    int64_t from, to; /* DATE: from <= local second < to */
    double weight;
    uint64_t spelling; /* of what can be written in several ways */
};

struct brute_query {
    struct brute_node *root;
    bool any;       /* under any-of */
    const char *tz; /* NULL: each article's own clock */
};

/** Draw one; nodes and bytes are the arena's.  False when out of memory. */
bool brute_draw(struct brute_query *out, struct brute_corpus *c,
                struct arena *a, struct brute_rng *r);

/* What is being drawn. */
struct brute_drawing {
    struct brute_corpus *c;
    struct arena *a;
    struct brute_rng *r;
    bool any;
    const char *tz;
    size_t article; /* the one that words are taken from, mostly */
    size_t leaves;  /* that may still be drawn */
    bool failed;    /* out of memory */
};

void brute_begin(struct brute_drawing *d, struct brute_corpus *c,
                 struct arena *a, struct brute_rng *r);
struct brute_node *brute_new(struct brute_drawing *d, enum brute_op op);
/** A leaf that stands for what `text` says: of a phrase, words between spaces;
 *  `n` are its slop or edits.  NULL when out of memory, and where what it
 *  stands for is too much. */
struct brute_node *brute_leaf(struct brute_drawing *d, enum brute_op op,
                              const char *text, unsigned n);
/** A leaf with places, in the text or in a field of names. */
struct brute_node *brute_draw_leaf(struct brute_drawing *d,
                                   enum brute_kind kind);
struct brute_node *brute_draw_phrase(struct brute_drawing *d,
                                     enum brute_kind kind, unsigned words);
struct brute_node *brute_draw_filter(struct brute_drawing *d);
struct brute_node *brute_draw_side(struct brute_drawing *d, unsigned depth);
struct brute_node *brute_draw_tree(struct brute_drawing *d, unsigned depth);

/** The `i`th tree that is smaller than that of `q`, in the arena; false behind
 *  the last. */
bool brute_smaller(struct brute_query *out, const struct brute_query *q,
                   struct arena *a, size_t i);

/** As somebody types it. */
void brute_print(struct buf *out, const struct brute_query *q);
void brute_print_node(struct buf *out, const struct brute_node *n, bool any);

/* ---- answers ---- */

/** What of an article is looked at: kinds of areas as bits, and how many words
 *  of the body. */
struct brute_scope {
    unsigned kinds;
    uint32_t body;
};

/** A run of positions in an area of an article. */
struct brute_span {
    size_t area;
    uint32_t from, to;                  /* positions, both included */
    uint32_t sentence[2], paragraph[2]; /* of its first and last word */
};

struct brute_spans {
    struct brute_span *s;
    size_t n, cap;
};

/** Where it stands in an article, each place once; false when out of
 *  memory. */
bool brute_places(struct brute_spans *out, const struct brute_corpus *c,
                  const struct brute_node *n, size_t article,
                  struct brute_scope scope);

/** Whether a leaf, one that is a word, stands in there. */
bool brute_stands(const struct brute_corpus *c, const struct brute_node *n,
                  size_t article, struct brute_scope scope);

struct brute_scope brute_scope_of(enum brute_kind field,
                                  struct brute_scope scope);

/** Whether an article passes a filter. */
bool brute_passes(const struct brute_corpus *c, const struct brute_node *n,
                  size_t article, const struct zone *zone);

/** Whether `pattern`, whose * and ? are wildcards, is all of `s`. */
bool brute_like(struct morgue_str pattern, struct morgue_str s);

/** Set hit[i] for each article that matches; their number, SIZE_MAX when out
 *  of memory. */
size_t brute_answer(bool *hit, const struct brute_corpus *c,
                    const struct brute_query *q);

/* ---- the plain reading itself (brute_self.c) ---- */

/** Write a source whose articles brute_self knows. */
bool brute_self_source(const char *path);
/** Whether what it says of them is what was said by hand. */
bool brute_self(struct brute_corpus *c, struct arena *a);

/* ---- engines ---- */

struct brute_hit {
    uint32_t article;
    double score;
};

struct brute_hits {
    struct brute_hit *hit;
    size_t n;
};

/** All hits of a text; false, with `why`, where it failed. */
bool brute_ask(struct brute_hits *out, const struct brute_archives *a,
               int side, struct morgue_str text, bool any, const char *tz,
               struct buf *why);
void brute_hits_free(struct brute_hits *h);

/** Whether both engines answer as plain code does; else `why` says what
 *  differs.  *hits becomes the number of articles. */
bool brute_judge(const struct brute_archives *a, const struct brute_corpus *c,
                 const struct brute_query *q, struct buf *why, size_t *hits);

/** Whether the laws hold for some random queries; else `why`. */
bool brute_laws(const struct brute_archives *a, struct brute_corpus *c,
                struct arena *arena, struct brute_rng *r, struct buf *why);

#endif
