/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine.h - what every engine does
 *
 *   term lists, articles -> writer, runs -> (files) -> reader -> hits,
 * articles
 *
 * An engine keeps the articles and the inverted index of an archive in files
 * of its own inside the archive's directory.  What is above this seam neither
 * knows nor asks which engine it is.  All engines answer alike: the same
 * articles in the same order with the same scores.
 *
 * Writing.  An update is one writer.  Articles arrive in an order, and are
 * handed over in batches to runs: a run is filled by one thread from begin to
 * end, several runs by several threads at a time.  An engine whose runs have
 * one batch each (batch_bytes and run_bytes are the same) gets them numbered
 * 0, 1, 2... in the order of arrival; with more, the batches of a run are in
 * order, and those between them are in other runs.
 * Nothing is seen by readers before writer_commit, and then all of it.  Which
 * articles with the same id stay is told by writer_settle before the commit.
 *
 * Reading.  A reader sees the state at its opening or last refresh.  Where an
 * engine cannot keep that state while writers go on, a call returns
 * MORGUE_BUSY; then nothing that was read before may be mixed with what is
 * read after reader_refresh.
 *
 * Ties.  Hits with equal scores come newest date first, then in the order of
 * arrival, articles without a date last; hits by date likewise in the order
 * of arrival where dates are equal.
 *
 * The handles are the engine's own structs behind void pointers; every call
 * on one that is given back or on another engine's is a fault of the caller.
 * The open directory that a reader or writer is made with must outlive it.
 * A writer may be used by several threads at a time only for runs of their
 * own; a reader by one, for which reader_copy makes others.  Each call that
 * fails sets *err.
 */
#ifndef MORGUE_ENGINE_ENGINE_H
#define MORGUE_ENGINE_ENGINE_H

#include "../article/record.h"
#include "../base/dir.h"
#include "../text/terms.h"
#include "query.h"

/** An article on its way down.  All of it is lent for the call.  The engine
 *  has its terms made in the shape that it wants: term_maker_run, or the words
 *  they come from by word_maker_run. */
struct engine_doc {
    const struct morgue_article *article; /* its id must not be empty */
    struct term_maker *maker;             /* the same one for all of a run */
    uint64_t hash;    /* of its content, kept for writer_find */
    uint64_t arrival; /* counts the articles of the update from 0 */
};

/** BM25's k3: a word that a query has wqf times weighs
 *  (k3 + 1) * wqf / (k3 + wqf) as much as one that it has once.  8 is usual;
 *  measured against 1 (k1 1.2, b 0.75) it adds 0.023 to the MAP of cisi (36
 *  queries better, 13 worse, p = 0.0002) and 0.029 to that of cacm (17, 11,
 *  p = 0.14), takes 0.008 from med (4, 8, p = 0.12), and changes time,
 *  cranfield and npl, whose queries seldom repeat a word, by less than 0.003.
 *  No value from 0 to 1000 has a mean that is more than 0.001 better. */
#define ENGINE_K3 8.0

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

    /* Set by the engine when the writer is opened: bytes of text that should
     * be in a batch, and in a run. */
    size_t batch_bytes, run_bytes;
};

struct engine {
    const char *name;

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

    /* ---- reading ---- */

    enum morgue_status (*reader_open)(void **out, const struct dir *dir,
                                      struct morgue_error *err);
    enum morgue_status (*reader_refresh)(void *reader,
                                         struct morgue_error *err);
    void (*reader_close)(void *reader);

    /** Another reader of the same state, for another thread: cheap, what can
     *  be shared is.  Any number of threads at a time may copy a reader that
     *  nobody uses otherwise.  MORGUE_BUSY where the engine has the state no
     *  more. */
    enum morgue_status (*reader_copy)(void **out, const void *reader,
                                      struct morgue_error *err);

    /** What tells a reader's state from others of the archive. */
    uint64_t (*reader_state)(const void *reader);

    /** Search; *out and its hits are in the arena. */
    enum morgue_status (*search)(struct engine_hits *out, void *reader,
                                 struct arena *arena,
                                 const struct query *query,
                                 const struct engine_params *params,
                                 struct morgue_error *err);

    /** The stored article with that number, its strings in the arena; its
     *  body only if asked for. */
    enum morgue_status (*article)(struct morgue_article *out, void *reader,
                                  struct arena *arena, uint64_t number,
                                  bool with_body, struct morgue_error *err);

    /** The number of the article named `id`; MORGUE_NO_ARTICLE. */
    enum morgue_status (*find)(uint64_t *out, void *reader,
                               struct morgue_str id, struct morgue_error *err);

    /** Hand each term that begins with `prefix`, in byte order, to `each`
     *  with the number of articles that have it, until it returns false. */
    enum morgue_status (*terms)(void *reader, struct morgue_str prefix,
                                bool (*each)(struct morgue_str term,
                                             uint64_t articles, void *payload),
                                void *payload, struct morgue_error *err);

    enum morgue_status (*counts)(struct engine_counts *out, void *reader,
                                 struct morgue_error *err);

    /** Hand each value that the articles which match have in a field with
     *  values (field.h) to `each`, with how many have it, until it returns
     *  false: in no order, and perhaps one in several parts.  Reads no
     *  article. */
    enum morgue_status (*tally)(void *reader, const struct query *query,
                                enum field field,
                                bool (*each)(struct morgue_str value,
                                             uint64_t articles, void *payload),
                                void *payload, struct morgue_error *err);

    /** How many words the body of the article with that number has. */
    enum morgue_status (*words)(uint64_t *out, void *reader, uint64_t number,
                                struct morgue_error *err);

    /* ---- writing: the caller holds the archive's lock ---- */

    enum morgue_status (*writer_open)(void **out, const struct dir *dir,
                                      struct engine_tuning *tuning,
                                      struct morgue_error *err);

    /** Whether the archive, as it was when the writer was opened, has an
     *  article named `id`, and the hash of its content. */
    enum morgue_status (*writer_find)(bool *found, uint64_t *hash,
                                      void *writer, struct morgue_str id,
                                      struct morgue_error *err);

    enum morgue_status (*run_open)(void **out, void *writer, uint64_t number,
                                   struct morgue_error *err);
    enum morgue_status (*run_add)(void *run, const struct engine_doc *doc,
                                  struct morgue_error *err);

    /** Finish a run.  It is given back, whatever the status. */
    enum morgue_status (*run_close)(void *run, struct morgue_error *err);

    /** Give a run back without finishing it: after a failure. */
    void (*run_drop)(void *run);

    /** What becomes of the articles named `id`, of the archive and of this
     *  update's runs.  At most once for each id; ids that are not named and
     *  occur once are kept. */
    enum morgue_status (*writer_settle)(void *writer, struct morgue_str id,
                                        enum engine_keep keep,
                                        struct morgue_error *err);

    /** Publish, durably.  All runs must have been closed. */
    enum morgue_status (*writer_commit)(void *writer,
                                        struct morgue_error *err);

    /** Write everything anew, as small as it gets, and publish that.  For a
     *  writer with nothing else to commit. */
    enum morgue_status (*writer_compact)(void *writer,
                                         struct morgue_error *err);

    /** Give back; what was not committed is dropped and its files removed. */
    void (*writer_close)(void *writer);

    /* ---- checking ---- */

    /** Read all files; a line for each finding.  MORGUE_DAMAGED where there
     *  is any. */
    enum morgue_status (*check)(const struct dir *dir,
                                void (*finding)(const char *line,
                                                void *payload),
                                void *payload, struct morgue_error *err);
};

extern const struct engine engine_xapian, engine_segment;

#endif
