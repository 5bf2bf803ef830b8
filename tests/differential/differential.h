/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * differential.h - what the files of the differential test share
 *
 *   archives.c  the same articles into two archives, one of each engine
 *   facts.c     what is known of a state of them, and whether both say it
 *   queries.c   random questions, and smaller ones
 *   placed.c    nodes of them that look at places
 *   typed.c     questions that are texts
 *   plain.c     the answer to a tree by plain code over the stored texts
 *   judge.c     whether both engines answer like that, collectors too
 *   laws.c      what holds for all trees, whoever answers
 *
 * All that is random comes from one seed, in an order that no clock changes:
 * a seed says which archives and which questions.
 */
#ifndef MORGUE_TESTS_DIFFERENTIAL_H
#define MORGUE_TESTS_DIFFERENTIAL_H

#include "../../common/base/buf.h"
#include "../../searcher/handle.h"

/* ---- chance ---- */

struct rng {
    uint64_t state;
};

uint64_t rng_next(struct rng *r);
/** Less than n, which is not 0. */
size_t rng_below(struct rng *r, size_t n);
/** True in `percent` of 100 cases. */
bool rng_chance(struct rng *r, unsigned percent);

/* ---- two archives (archives.c) ---- */

enum { SIDES = 2 };

struct pair {
    const char *engine[SIDES];
    char dir[SIDES][400];
    morgue *m[SIDES];
    struct session *s[SIDES]; /* of the state that is asked about */
};

/** Print what failed on stderr and return false. */
bool complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** Open both archives, or have open ones see the newest state. */
bool pair_open(struct pair *p);
/** Close one or the other, by chance. */
void pair_close(struct pair *p, struct rng *r);
/** Close both and remove their directories. */
void pair_remove(struct pair *p);

/** Fill both with some of the files of Reuters-21578 in `folder`. */
bool reuters_build(struct pair *p, const char *folder, unsigned files,
                   struct rng *r);

/** The articles that generated archives are made from. */
struct stock {
    morgue_text **text;
    size_t n;
};

/** Read `n` of the generator, which is the program at `path`, through an
 *  archive at `dir`. */
bool stock_make(struct stock *out, const char *path, const char *dir,
                size_t n);
void stock_free(struct stock *s);

/** Articles that come and go. */
struct world {
    const struct stock *stock;
    struct rng rng;
    size_t ids;        /* ids that were ever used: w-0, w-1 ... */
    uint64_t *content; /* of each, what its last article was made from; 0:
                          it is not there */
    size_t size;       /* articles, about */
    unsigned commits, commits_max;
};

bool world_start(struct world *w, const struct stock *stock, uint64_t seed);
/** One more update of both archives, and perhaps a compaction of one. */
bool world_step(struct world *w, struct pair *p);
void world_free(struct world *w);

/* ---- what a state holds (facts.c) ---- */

struct fact {
    struct morgue_str id;
    struct morgue_date date;
    uint64_t number[SIDES];
    uint32_t newest, oldest; /* its places in lists by date */
    uint32_t arrival;        /* and in that as they came */
};

struct known_term {
    struct morgue_str s;
    uint64_t articles;
};

struct by_number {
    uint64_t number;
    uint32_t article;
};

struct facts {
    struct pair *pair;
    struct arena arena;
    struct fact *article; /* in the order of ids */
    size_t n;
    struct by_number *by_number[SIDES];
    struct known_term *term; /* most frequent first */
    size_t term_n, term_cap;
    struct term_maker *maker;
};

/** Read all of a state; false, with a complaint, where the two differ. */
bool facts_read(struct facts *f, struct pair *p);
void facts_free(struct facts *f);
/** The article with that number of that side; SIZE_MAX. */
size_t facts_of_number(const struct facts *f, int side, uint64_t number);
size_t facts_of_id(const struct facts *f, struct morgue_str id);
/** Whether both say the same of some articles, drawn by chance. */
bool facts_articles_agree(struct facts *f, struct rng *r, unsigned n);

/* ---- questions (queries.c) ---- */

enum { COLLECTORS_MAX = 4 };

/** A tree and what is to be collected, or else a text and options. */
struct question {
    const struct query *tree;
    struct collector collect[COLLECTORS_MAX];
    size_t collect_n;
    size_t after[COLLECTORS_MAX]; /* behind which hit, modulo how many there
                                     are; 0: none */
    const char *text;
    struct morgue_search_options options;
    struct engine_params params;
};

/** Draw a question; its memory is the arena's.  False when out of it. */
bool question_draw(struct question *out, struct arena *a, struct facts *f,
                   struct rng *r);
/** The `i`th question that is like `q` but smaller or, where that is none, the
 *  next after it, whose number *i becomes; false behind the last. */
bool question_smaller(struct question *out, struct arena *a,
                      const struct question *q, size_t *i);
void question_print(struct buf *out, const struct question *q);
/** The tree of a text, as morgue_search makes it. */
enum morgue_status question_parse(const struct query **out,
                                  const struct facts *f, struct arena *arena,
                                  const struct question *q,
                                  struct morgue_error *err);

/* ---- answers (judge.c) ---- */

struct plain;

/** Whether both engines answer as plain code does; else `why`, if not NULL,
 *  says what differs. */
bool judge(const struct facts *f, const struct plain *p,
           const struct question *q, struct buf *why);

/** How many questions were judged so far. */
struct judged {
    unsigned long with_hits;
    unsigned long placed; /* with nodes that look at places */
    unsigned long placed_with_hits;
    unsigned long left_out; /* because there is too much to look at */
};
struct judged judge_counts(void);

#endif
