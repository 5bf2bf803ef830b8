/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian.h - what the files of the xapian engine share
 */
#ifndef MORGUE_XAPIAN_ENGINE_XAPIAN_H
#define MORGUE_XAPIAN_ENGINE_XAPIAN_H

#include "../engine/engine.h"
#include "../engine/id_term.h"
#include "xapian_c.h"

/* Value slots of a document. */
enum {
    SLOT_NEWEST = 0, /* the date as 8 bytes that sort as it does; none: "" */
    SLOT_OLDEST = 1, /* the same with all bits inverted, so that descending
                        order has the oldest first and undated ones last */
    SLOT_HASH = 2    /* 8 bytes: the hash of the content */
};

enum { DATE_KEY = 8 };

void date_key(char out[DATE_KEY], int64_t seconds);

/* The status of a failed call of the binding, with its message about `what`
 * ("cannot WHAT: MESSAGE"). */
enum morgue_status from_xapian(struct morgue_error *err, enum xc_status xst,
                               const struct xc_error *xerr, const char *what);

/* The number of the current generation, from the stub file. */
enum morgue_status stub_read(unsigned long *generation, const char *dir,
                             struct morgue_error *err);
/* Name another one, durably: this publishes it. */
enum morgue_status stub_write(const char *dir, unsigned long generation,
                              struct morgue_error *err);

/* DIR/gen-NNNNNN, freed with free(); NULL when out of memory. */
char *generation_path(const char *dir, unsigned long generation);

/* engine_xapian_read.c */
enum morgue_status xe_reader_open(void **, const char *,
                                  struct morgue_error *);
enum morgue_status xe_reader_refresh(void *, struct morgue_error *);
void xe_reader_close(void *);
enum morgue_status xe_search(struct engine_hits *, void *, struct arena *,
                             const struct query *,
                             const struct engine_params *,
                             struct morgue_error *);
enum morgue_status xe_article(struct morgue_article *, void *, struct arena *,
                              uint64_t, bool, struct morgue_error *);
enum morgue_status xe_find(uint64_t *, void *, struct morgue_str,
                           struct morgue_error *);
enum morgue_status xe_terms(void *, struct morgue_str,
                            bool (*)(struct morgue_str, uint64_t, void *),
                            void *, struct morgue_error *);
enum morgue_status xe_counts(struct engine_counts *, void *,
                             struct morgue_error *);

/* engine_xapian_write.c */
enum morgue_status xe_writer_open(void **, const char *,
                                  struct engine_tuning *,
                                  struct morgue_error *);
enum morgue_status xe_writer_find(bool *, uint64_t *, void *,
                                  struct morgue_str, struct morgue_error *);
enum morgue_status xe_run_open(void **, void *, uint64_t,
                               struct morgue_error *);
enum morgue_status xe_run_add(void *, const struct engine_doc *,
                              struct morgue_error *);
enum morgue_status xe_run_close(void *, struct morgue_error *);
void xe_run_drop(void *);
enum morgue_status xe_writer_settle(void *, struct morgue_str,
                                    enum engine_keep, struct morgue_error *);
enum morgue_status xe_writer_commit(void *, struct morgue_error *);
enum morgue_status xe_writer_compact(void *, struct morgue_error *);
void xe_writer_close(void *);

#endif
