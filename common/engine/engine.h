/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine.h - what every engine does
 *
 *   articles -> writer, runs -> (files) -> reader -> hits, articles
 *
 * An engine keeps the articles and the inverted index of an archive in files
 * of its own inside the archive's directory.  What is above this seam neither
 * knows nor asks which engine it is.  All engines answer alike: the same
 * articles in the same order with the same scores.
 *
 * The functions here are the one door to the engines.  They hold what only
 * our own code can get wrong by asserts (a malformed tree, a handle of another
 * engine, a status whose detail says another), and call the engine that the
 * handle is of.
 *
 * Writing.  An update is one writer.  Articles arrive in an order, and are
 * handed over in batches to runs: a run is filled by one thread from begin to
 * end, several runs by several threads at a time.  An engine whose runs have
 * one batch each (batch_bytes and run_bytes are the same) gets them numbered
 * 0, 1, 2... in the order of arrival; with more, the batches of a run are in
 * order, and those between them are in other runs.
 * Nothing is seen by readers before engine_writer_commit, and then all of it.
 * Which articles with the same id stay is told by engine_writer_settle before
 * the commit.
 *
 * Reading.  A reader sees the state at its opening or last refresh, whatever
 * is written meanwhile.
 *
 * Ties.  Hits with equal scores come newest date first, then in the order of
 * arrival, articles without a date last; hits by date likewise in the order
 * of arrival where dates are equal.
 *
 * Threads.  A writer may be used by several at a time only for runs of their
 * own; a reader by one, for which engine_reader_copy makes others.  The open
 * directory that a reader or writer is made with must outlive it.  Each call
 * that fails sets *err.
 */
#ifndef MORGUE_ENGINE_ENGINE_H
#define MORGUE_ENGINE_ENGINE_H

#include <pthread.h>

#include "../article/field.h"
#include "../article/record.h"
#include "../base/dir.h"
#include "../base/stop.h"
#include "../text/pattern.h"
#include "../text/terms.h"
#include "query.h"

struct engine;

/* What an engine's own handles begin with. */
struct engine_reader {
    const struct engine *engine;
};

struct engine_writer {
    const struct engine *engine;
    pthread_mutex_t lock; /* of what follows */
    struct term_maker **idle;
    size_t idle_n, idle_cap; /* cap: of all makers that there are */
};

struct engine_run {
    struct engine_writer *writer;
    struct term_maker *maker; /* this run's alone until it is closed */
};

/** An article on its way down.  All of it is lent for the call. */
struct engine_doc {
    const struct morgue_article *article; /* its id must not be empty */
    uint64_t hash;    /* of its content, kept for engine_writer_find */
    uint64_t arrival; /* counts the articles of the update from 0 */
};

/** How to search. */
struct engine_params {
    double k1, b;
    enum morgue_sort sort;
    size_t offset, limit;
    bool exact_total;
};

/** An article that matches, by the engine's number for it, which is good
 *  until the next refresh. */
struct engine_hit {
    uint64_t number;
    double score;
};

/** Hits in the order asked for. */
struct engine_hits {
    struct engine_hit *hit;
    size_t n;
    uint64_t total; /* of articles that match, or less */
    bool exact;     /* not less */
};

/** What is done with the articles that match.  Several things in one pass;
 *  what is answered is in the arena of the call. */
enum collect {
    COLLECT_FIRST,   /* the first of them in an order */
    COLLECT_COUNT,   /* how many there are, exactly */
    COLLECT_VALUES,  /* how many have which value of a field */
    COLLECT_PERIODS, /* how many are of which day, month or year */
    COLLECT_GROUPS   /* the first ones with each value of a field */
};

/** Days of each article's own clock (date_local), and longer. */
enum date_unit { UNIT_DAY, UNIT_MONTH, UNIT_YEAR };

/** That of a date which is one of these. */
static inline enum morgue_date_precision
date_unit_precision(enum date_unit unit)
{
    return unit == UNIT_DAY     ? MORGUE_DATE_DAY
           : unit == UNIT_MONTH ? MORGUE_DATE_MONTH
                                : MORGUE_DATE_YEAR;
}

struct value_count {
    struct morgue_str value;
    uint64_t articles;
};

struct period_count {
    int64_t begin; /* 00:00 of its first day, as seconds since 1970 */
    uint64_t articles;
};

struct engine_group {
    struct morgue_str value; /* "": of articles without any */
    uint64_t articles;       /* that match and have it */
    struct engine_hit *hit;  /* the first of these, in the order asked for */
    size_t n;
};

struct collector {
    enum collect kind;

    /* What is asked.  FIRST, GROUPS: */
    enum morgue_sort sort; /* GROUPS: not by id */
    size_t limit;          /* hits; in each group */
    /* FIRST: */
    size_t offset;                  /* hits that are left out first */
    const struct engine_hit *after; /* only what comes behind it in the order:
                                       a hit of the same query and state; NULL:
                                       from the beginning */
    /* VALUES, GROUPS: */
    enum field field; /* with values (field.h) */
    size_t groups;    /* those with the first hits; SIZE_MAX: all */
    /* PERIODS: */
    enum date_unit unit;

    /* What is answered. */
    struct engine_hits hits;     /* FIRST */
    uint64_t count;              /* COUNT */
    struct value_count *value;   /* VALUES: by their bytes */
    struct period_count *period; /* PERIODS: ascending, none is 0 */
    uint64_t undated, imprecise; /* PERIODS: without a date, and with one that
                                    is longer than the unit */
    struct engine_group *group;  /* GROUPS: by their first hits */
    size_t n;                    /* of values, periods or groups */
};

/** How many have to be found for a FIRST. */
static inline size_t
first_k(const struct collector *c)
{
    if (c->limit == 0)
        return 0;
    return c->limit < SIZE_MAX - c->offset ? c->offset + c->limit : SIZE_MAX;
}

/** What a reader counts of its state. */
struct engine_counts {
    uint64_t articles, terms;
    double mean_length; /* the mean over articles of the sum of wdf */
};

/** What becomes of articles with one id at a commit. */
enum engine_keep {
    ENGINE_KEEP_NONE, /* all go */
    ENGINE_KEEP_LAST  /* the last to arrive stays */
};

/** How to write. */
struct engine_tuning {
    unsigned threads; /* runs that will be open at a time, at most */
    size_t memory;    /* bytes that all of them together may take, about */
    const char *anew; /* NULL, or which analysis makes the terms anew: what is
                         committed is all that there is after it */
    const struct stop *stop; /* ends what takes long, and a commit up to where
                                it publishes; copied; NULL: nothing */

    /* Set by the engine when the writer is opened: bytes of text that should
     * be in a batch, and in a run. */
    size_t batch_bytes, run_bytes;
};

/** What takes values, and terms, with how many articles have each: false where
 *  no more is wanted.  The bytes are lent for the call. */
typedef bool engine_each(struct morgue_str value, uint64_t articles,
                         void *payload);

/** A term that a pattern stands for. */
struct expansion {
    struct morgue_str term; /* whole, with its prefix */
    uint64_t articles;      /* that have it, at least one */
    const void *known;      /* what the engine knows of it, so that it need not
                               look it up again (query.h); NULL */
};

/** The most frequent of those, the first first; those in equally many articles
 *  by their bytes. */
struct expansions {
    struct expansion *v;
    size_t n;
    uint64_t all; /* how many there are */
};

/* ---- reading ------------------------------------------------------------ */

enum morgue_status engine_reader_open(struct engine_reader **out,
                                      const struct engine *engine,
                                      const struct dir *dir,
                                      struct morgue_error *err);

/** Bytes of the files that the reader's state is kept in. */
uint64_t engine_reader_bytes(const struct engine_reader *r);

/** See the newest state; after a failure the reader sees what it saw. */
enum morgue_status engine_reader_refresh(struct engine_reader *r,
                                         struct morgue_error *err);

/** NULL is allowed. */
void engine_reader_close(struct engine_reader *r);

/** Another reader of the same state, for another thread: cheap, what can be
 *  shared is.  Any number of threads at a time may copy a reader that nobody
 *  uses otherwise. */
enum morgue_status engine_reader_copy(struct engine_reader **out,
                                      const struct engine_reader *r,
                                      struct morgue_error *err);

/** What tells a reader's state from others of the archive. */
uint64_t engine_reader_state(const struct engine_reader *r);

/** Which analysis made the terms of a reader's state, lent until it is
 *  refreshed. */
const char *engine_reader_analysis(const struct engine_reader *r);

/** Search; *out and its hits are in the arena. */
enum morgue_status engine_search(struct engine_hits *out,
                                 struct engine_reader *r, struct arena *arena,
                                 const struct query *query,
                                 const struct engine_params *params,
                                 struct morgue_error *err);

/** Do what `n` collectors say with the articles that match, in one pass.
 *  `stop` (NULL: nothing) ends it early: at a deadline with what was found so
 *  far, and stop->timed_out set; totals and counts are of that.  params->sort,
 *  offset and limit are not looked at; with exact_total FIRST counts all. */
enum morgue_status engine_collect(struct collector *c, size_t n,
                                  struct engine_reader *r, struct arena *arena,
                                  const struct query *query,
                                  const struct engine_params *params,
                                  struct stop *stop, struct morgue_error *err);

/** The stored article with that number, its strings in the arena; its body
 *  only if asked for. */
enum morgue_status engine_article(struct morgue_article *out,
                                  struct engine_reader *r, struct arena *arena,
                                  uint64_t number, bool with_body,
                                  struct morgue_error *err);

/** The number of the article named `id`; MORGUE_NO_ARTICLE. */
enum morgue_status engine_find(uint64_t *out, struct engine_reader *r,
                               struct morgue_str id, struct morgue_error *err);

/** Hand out each term that begins with `prefix`, in byte order. */
enum morgue_status engine_terms(struct engine_reader *r,
                                struct morgue_str prefix, engine_each *each,
                                void *payload, struct morgue_error *err);

enum morgue_status engine_counts(struct engine_counts *out,
                                 struct engine_reader *r,
                                 struct morgue_error *err);

/** The terms that are `prefix` and something that the pattern has, at most
 *  `max` of them; what is answered is in the arena, where memory grows with
 *  what is answered.  Behind a prefix that ends in a capital letter, as behind
 *  "", which words as written have, no capital letter follows: it would be
 *  another prefix; but behind those of ids, addresses and hosts it may. `stop`
 * (NULL: nothing) ends it early: at a deadline with what was found so far, and
 * stop->timed_out set. */
enum morgue_status engine_expand(struct expansions *out,
                                 struct engine_reader *r, struct arena *arena,
                                 struct morgue_str prefix,
                                 const struct pattern *pattern, size_t max,
                                 struct stop *stop, struct morgue_error *err);

/** How many articles have the term. */
enum morgue_status engine_frequency(uint64_t *articles,
                                    struct engine_reader *r,
                                    struct morgue_str term,
                                    struct morgue_error *err);

/** How many words the body of the article with that number has. */
enum morgue_status engine_words(uint64_t *out, struct engine_reader *r,
                                uint64_t number, struct morgue_error *err);

/** The hash of the content of the article with that number, as it was added
 *  with. */
enum morgue_status engine_hash(uint64_t *out, struct engine_reader *r,
                               uint64_t number, struct morgue_error *err);

/* ---- writing: the caller holds the archive's lock ----------------------- */

enum morgue_status engine_writer_open(struct engine_writer **out,
                                      const struct engine *engine,
                                      const struct dir *dir,
                                      struct engine_tuning *tuning,
                                      struct morgue_error *err);

/** Whether the archive, as it was when the writer was opened, has an article
 *  named `id`, and the hash of its content. */
enum morgue_status engine_writer_find(bool *found, uint64_t *hash,
                                      struct engine_writer *w,
                                      struct morgue_str id,
                                      struct morgue_error *err);

/** Begin a run, with a maker of terms that is its own until it is closed; the
 *  writer keeps makers, and what they have learnt, from one run to the next.
 */
enum morgue_status engine_run_open(struct engine_run **out,
                                   struct engine_writer *w, uint64_t number,
                                   struct morgue_error *err);
enum morgue_status engine_run_add(struct engine_run *run,
                                  const struct engine_doc *doc,
                                  struct morgue_error *err);

/** Finish a run.  It is given back, whatever the status. */
enum morgue_status engine_run_close(struct engine_run *run,
                                    struct morgue_error *err);

/** Give a run back without finishing it: after a failure. */
void engine_run_drop(struct engine_run *run);

/** What becomes of the articles named `id`, of the archive and of this
 *  update's runs.  At most once for each id; ids that are not named and occur
 *  once are kept. */
enum morgue_status engine_writer_settle(struct engine_writer *w,
                                        struct morgue_str id,
                                        enum engine_keep keep,
                                        struct morgue_error *err);

/** Publish, durably.  All runs must have been closed, and no other will be
 *  opened. */
enum morgue_status engine_writer_commit(struct engine_writer *w,
                                        struct morgue_error *err);

/** Write everything anew, as small as it gets, and publish that.  For a writer
 *  with nothing else to commit. */
enum morgue_status engine_writer_compact(struct engine_writer *w,
                                         struct morgue_error *err);

/** Give back; what was not committed is dropped and its files removed.  NULL
 *  is allowed. */
void engine_writer_close(struct engine_writer *w);

/* ---- an engine ---------------------------------------------------------- */

struct engine {
    const char *name;

    /** Bytes of its files for a byte of stored text, about: of much text. */
    double bulk;

    /** Make the files of an empty archive in the directory `dir`; they say
     *  which analysis makes its terms, less than ANALYSIS_MAX bytes. */
    enum morgue_status (*create)(const struct dir *dir, const char *analysis,
                                 struct morgue_error *err);

    /** Whether a name in the archive's directory is of this engine's files.
     *  Those and no others are ever removed. */
    bool (*owns)(const char *name);

    /** Whether `create` makes a file of that name. */
    bool (*creates)(const char *name);

    /** Which analysis made the terms, as those files say.  MORGUE_DAMAGED
     *  where they are not there or not whole. */
    enum morgue_status (*analysis)(char out[ANALYSIS_MAX],
                                   const struct dir *dir,
                                   struct morgue_error *err);

    /** Read all files; a line for each finding.  MORGUE_DAMAGED where there
     *  is any. */
    enum morgue_status (*check)(const struct dir *dir,
                                void (*finding)(const char *line,
                                                void *payload),
                                void *payload, struct morgue_error *err);

    /* What the functions above of the same names call.  `engine` and what
     * else is in the base of a handle is set by them, after the handle was
     * made. */
    enum morgue_status (*reader_open)(struct engine_reader **,
                                      const struct dir *,
                                      struct morgue_error *);
    enum morgue_status (*reader_refresh)(struct engine_reader *,
                                         struct morgue_error *);
    void (*reader_close)(struct engine_reader *);
    enum morgue_status (*reader_copy)(struct engine_reader **,
                                      const struct engine_reader *,
                                      struct morgue_error *);
    uint64_t (*reader_state)(const struct engine_reader *);
    const char *(*reader_analysis)(const struct engine_reader *);
    uint64_t (*reader_bytes)(const struct engine_reader *);
    enum morgue_status (*collect)(struct collector *, size_t,
                                  struct engine_reader *, struct arena *,
                                  const struct query *,
                                  const struct engine_params *, struct stop *,
                                  struct morgue_error *);
    enum morgue_status (*article)(struct morgue_article *,
                                  struct engine_reader *, struct arena *,
                                  uint64_t, bool, struct morgue_error *);
    enum morgue_status (*find)(uint64_t *, struct engine_reader *,
                               struct morgue_str, struct morgue_error *);
    enum morgue_status (*terms)(struct engine_reader *, struct morgue_str,
                                engine_each *, void *, struct morgue_error *);
    enum morgue_status (*counts)(struct engine_counts *,
                                 struct engine_reader *,
                                 struct morgue_error *);
    enum morgue_status (*words)(uint64_t *, struct engine_reader *, uint64_t,
                                struct morgue_error *);
    enum morgue_status (*hash)(uint64_t *, struct engine_reader *, uint64_t,
                               struct morgue_error *);
    enum morgue_status (*writer_open)(struct engine_writer **,
                                      const struct dir *,
                                      struct engine_tuning *,
                                      struct morgue_error *);
    enum morgue_status (*writer_find)(bool *, uint64_t *,
                                      struct engine_writer *,
                                      struct morgue_str,
                                      struct morgue_error *);
    enum morgue_status (*run_open)(struct engine_run **,
                                   struct engine_writer *, uint64_t,
                                   struct morgue_error *);
    enum morgue_status (*run_add)(struct engine_run *,
                                  const struct engine_doc *,
                                  struct morgue_error *);
    enum morgue_status (*run_close)(struct engine_run *,
                                    struct morgue_error *);
    void (*run_drop)(struct engine_run *);
    enum morgue_status (*writer_settle)(struct engine_writer *,
                                        struct morgue_str, enum engine_keep,
                                        struct morgue_error *);
    enum morgue_status (*writer_commit)(struct engine_writer *,
                                        struct morgue_error *);
    enum morgue_status (*writer_compact)(struct engine_writer *,
                                         struct morgue_error *);
    void (*writer_close)(struct engine_writer *);
    enum morgue_status (*expand)(struct expansions *, struct engine_reader *,
                                 struct arena *, struct morgue_str,
                                 const struct pattern *, size_t, struct stop *,
                                 struct morgue_error *);
    enum morgue_status (*frequency)(uint64_t *, struct engine_reader *,
                                    struct morgue_str, struct morgue_error *);
};

#endif
