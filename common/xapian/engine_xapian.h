/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian.h - what the files of the xapian engine share
 */
#ifndef MORGUE_XAPIAN_ENGINE_XAPIAN_H
#define MORGUE_XAPIAN_ENGINE_XAPIAN_H

#include "../engine/engine.h"
#include "../engine/id_term.h"
#include "xapian_c.h"

extern const struct engine engine_xapian;

/* Value slots of a document. */
enum {
    SLOT_NEWEST = 0, /* the date as 8 bytes that sort as it does; none: "" */
    SLOT_OLDEST = 1, /* the same with all bits inverted, so that descending
                        order has the oldest first and undated ones last */
    SLOT_HASH = 2,   /* 8 bytes: the hash of the content */
    SLOT_BEGINS = 3, /* where the date's period begins by its own clock, as
                        8 bytes likewise */
    SLOT_ENDS = 4,   /* and its last second */
    SLOT_EXACT = 5,  /* "1" where the date is to the second */
    SLOT_WORDS = 6,  /* 4 bytes, the highest first: words of the body */
    SLOT_ID = 7,     /* the term that names it, without its Q */
    SLOT_FIELDS = 8, /* 4 bytes likewise: which fields have something in them
                        (record_fields) */
    SLOT_VALUES = 9  /* and on: fields with values (field.h), as they are */
};

enum { DATE_KEY = 8, NUMBER_KEY = 4 };

/* The engine's name; its address tells handles of the engine. */
extern const char xe_name[];

void date_key(char out[DATE_KEY], int64_t seconds);

/* A number as bytes that sort as it does, and back. */
static inline void
number_key(char out[NUMBER_KEY], uint32_t number)
{
    for (int i = 0; i < NUMBER_KEY; i++)
        out[i] = (char)(number >> 8 * (NUMBER_KEY - 1 - i));
}

static inline uint32_t
key_number(const char key[NUMBER_KEY])
{
    uint32_t number = 0;

    for (int i = 0; i < NUMBER_KEY; i++)
        number = number << 8 | (uint8_t)key[i];
    return number;
}

/* The status of a failed call of the binding, with its message about `what`
 * ("cannot WHAT: MESSAGE"). */
enum morgue_status from_xapian(struct morgue_error *err, enum xc_status xst,
                               const struct xc_error *xerr, const char *what);

/* "out of memory", as the binding tells it. */
enum xc_status xe_nomem(struct xc_error *xerr);

/* The document of the article that is named `id`, 0 where there is none. */
enum xc_status xe_document_of(uint32_t *out, xc_db *db, struct morgue_str id,
                              struct xc_error *xerr);

#define STUB_NAME "XAPIANDB"

/* What the stub file says. */
struct stub {
    uint64_t generation;         /* the current one */
    char analysis[ANALYSIS_MAX]; /* which made the terms; "": not told */
};

enum morgue_status stub_read(struct stub *out, const struct dir *dir,
                             struct morgue_error *err);
/* Replace it, durably: this publishes a generation. */
enum morgue_status stub_write(const struct dir *dir, const struct stub *stub,
                              struct morgue_error *err);

enum { GENERATION_NAME = 32 };

/* "gen-NNNNNN" */
void generation_name(char out[GENERATION_NAME], uint64_t generation);
/* Whether it is such a name; of which generation. */
bool generation_of_name(const char *name, uint64_t *out);

/* A generation that is there as long as it is held.  libxapian opens databases
 * by paths, and follows links: dir.path is for it. */
struct generation {
    uint64_t number;
    struct dir dir;
};

/* Hold one.  MORGUE_DAMAGED where it is missing, or anything in it is not a
 * plain file.  Give back: generation_let_go. */
enum morgue_status generation_hold(struct generation *out,
                                   const struct dir *dir, uint64_t number,
                                   struct morgue_error *err);
/* The one that the stub names, which is read into *stub. */
enum morgue_status generation_hold_current(struct generation *out,
                                           struct stub *stub,
                                           const struct dir *dir,
                                           struct morgue_error *err);
void generation_let_go(struct generation *g);

/* A number that no generation in `dir` has, nor had since there is any. */
enum morgue_status generation_next(uint64_t *out, const struct dir *dir,
                                   struct morgue_error *err);

/* Make an empty database at `path`. */
enum morgue_status database_create(const char *path, struct morgue_error *err);

/* Whether it is the name of a run (engine_xapian_runs.c). */
bool is_run_name(const char *name);

/* engine_xapian_read.c */
struct xe_reader {
    struct engine_reader base;
    const struct dir *dir;
    struct generation generation;
    char analysis[ANALYSIS_MAX];
    xc_db *db;
};

struct xe_reader *xe_reader(struct engine_reader *r);

enum morgue_status xe_reader_open(struct engine_reader **, const struct dir *,
                                  struct morgue_error *);
enum morgue_status xe_reader_refresh(struct engine_reader *,
                                     struct morgue_error *);
void xe_reader_close(struct engine_reader *);
enum morgue_status xe_reader_copy(struct engine_reader **,
                                  const struct engine_reader *,
                                  struct morgue_error *);
uint64_t xe_reader_state(const struct engine_reader *);
const char *xe_reader_analysis(const struct engine_reader *);
uint64_t xe_reader_bytes(const struct engine_reader *);
enum morgue_status xe_article(struct morgue_article *, struct engine_reader *,
                              struct arena *, uint64_t, bool,
                              struct morgue_error *);
enum morgue_status xe_find(uint64_t *, struct engine_reader *,
                           struct morgue_str, struct morgue_error *);
enum morgue_status xe_terms(struct engine_reader *, struct morgue_str,
                            engine_each *, void *, struct morgue_error *);
enum morgue_status xe_expand(struct expansions *, struct engine_reader *,
                             struct arena *, struct morgue_str,
                             const struct pattern *, size_t, struct stop *,
                             struct morgue_error *);
enum morgue_status xe_frequency(uint64_t *, struct engine_reader *,
                                struct morgue_str, struct morgue_error *);
enum morgue_status xe_counts(struct engine_counts *, struct engine_reader *,
                             struct morgue_error *);
enum morgue_status xe_words(uint64_t *, struct engine_reader *, uint64_t,
                            struct morgue_error *);
enum morgue_status xe_hash(uint64_t *, struct engine_reader *, uint64_t,
                           struct morgue_error *);

/* engine_xapian_collect.c */
enum morgue_status xe_collect(struct collector *, size_t,
                              struct engine_reader *, struct arena *,
                              const struct query *,
                              const struct engine_params *, struct stop *,
                              struct morgue_error *);

/* engine_xapian_write.c */
enum morgue_status xe_writer_open(struct engine_writer **, const struct dir *,
                                  struct engine_tuning *,
                                  struct morgue_error *);
enum morgue_status xe_writer_find(bool *, uint64_t *, struct engine_writer *,
                                  struct morgue_str, struct morgue_error *);
enum morgue_status xe_run_open(struct engine_run **, struct engine_writer *,
                               uint64_t, struct morgue_error *);
enum morgue_status xe_run_add(struct engine_run *, const struct engine_doc *,
                              struct morgue_error *);
enum morgue_status xe_run_close(struct engine_run *, struct morgue_error *);
void xe_run_drop(struct engine_run *);
enum morgue_status xe_writer_settle(struct engine_writer *, struct morgue_str,
                                    enum engine_keep, struct morgue_error *);
void xe_writer_close(struct engine_writer *);

/* engine_xapian_commit.c */
enum morgue_status xe_writer_commit(struct engine_writer *,
                                    struct morgue_error *);
enum morgue_status xe_writer_compact(struct engine_writer *,
                                     struct morgue_error *);

#endif
