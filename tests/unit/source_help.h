/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_help.h - what the tests of sources share: a folder for files, and a
 * sink that writes down all it is given
 *
 * A record is written as
 *
 *     + POSITION ID [converted] [repaired]
 *     FIELD: VALUE                    of each field that is not empty
 *
 * and a problem as
 *
 *     skipped POSITION [ID]: REASON
 *
 * with the test's folder written as DIR and line ends as \n, CR as \r, other
 * controls as \xNN.  Fields come in the order of enum field, the date last.
 */
#ifndef MORGUE_SOURCE_HELP_H
#define MORGUE_SOURCE_HELP_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/article/date.h"
#include "../../common/base/utf8.h"
#include "../../indexer/source/source.h"
#include "scratch.h"

static char folder[128];
static const struct key_map *map; /* that sources are read with, or NULL */
static enum morgue_follow follow; /* in them */

static struct {
    struct buf log;
    bool quiet; /* count only */
    size_t records, skipped, failed, converted, repaired, undated;
    size_t wrong; /* broke a promise of sink.h */
} seen;

/* ---- files -------------------------------------------------------------- */

static inline void
begin_folder(void)
{
    if (!scratch_make(folder, sizeof folder, "t_source")) {
        perror("a folder for the test");
        exit(1);
    }
    buf_init(&seen.log, 1 << 28);
}

static inline int
end_folder(void)
{
    buf_free(&seen.log);
    return !scratch_drop(folder) || test_end();
}

/* The path of a file in the folder, valid until the next call but one. */
static inline const char *
in_folder(const char *name)
{
    static char room[2][sizeof folder + 400];
    static int i;

    i = !i;
    snprintf(room[i], sizeof room[i], "%s/%s", folder, name);
    return room[i];
}

static inline void
write_file(const char *name, struct morgue_str data)
{
    const char *path = in_folder(name);
    FILE *f;

    unlink(path); /* a file that is truncated is flushed when it is closed */
    f = fopen(path, "wb");
    CHECK(f != NULL);
    if (!f)
        return;
    CHECK_INT(data.len ? fwrite(data.s, 1, data.len, f) : 0, data.len);
    CHECK_INT(fclose(f), 0);
}

/* The shared corpora, or NULL where they are not there. */
static inline const char *
shared(const char *name)
{
    static char room[1000];
    const char *top = getenv("MORGUE_SHARED");

    snprintf(room, sizeof room, "%s/%s", top ? top : "../shared/corpora",
             name);
    return access(room, R_OK) == 0 ? room : NULL;
}

/* ---- the sink ----------------------------------------------------------- */

static inline void
log_text(struct morgue_str s)
{
    size_t n = strlen(folder);

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];

        if (s.len - i >= n && memcmp(s.s + i, folder, n) == 0) {
            buf_str(&seen.log, STR("DIR"));
            i += n - 1;
        } else if (c == '\n') {
            buf_str(&seen.log, STR("\\n"));
        } else if (c == '\r') {
            buf_str(&seen.log, STR("\\r"));
        } else if (c < ' ' || c == 0x7f) {
            buf_printf(&seen.log, "\\x%02x", c);
        } else {
            buf_char(&seen.log, s.s[i]);
        }
    }
}

/* What sink.h promises of each record. */
static inline bool
is_clean(const struct morgue_article *a)
{
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        if (!s.s || !utf8_valid(s) || s.len > field_info[f].max)
            return false;
        if (f == FIELD_BODY || s.len == 0)
            continue;
        if (is_space(s.s[0]) || is_space(s.s[s.len - 1]))
            return false;
        for (size_t i = 0; i < s.len; i++)
            if ((unsigned char)s.s[i] < ' ' &&
                !(s.s[i] == '\n' && field_info[f].many))
                return false;
    }
    /* What is told of a story that is gone has no text. */
    return a->id.len > 0 &&
           (str_trim(a->title).len + str_trim(a->body).len > 0 ||
            str_eq(a->status, STR("canceled")) ||
            str_eq(a->status, STR("withheld")));
}

/* For sinks that only look at records. */
static inline enum morgue_status
ignore_problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
               const char *id, const char *reason, void *payload,
               struct morgue_error *err)
{
    (void)outcome;
    (void)origin;
    (void)id;
    (void)reason;
    (void)payload;
    (void)err;
    return MORGUE_OK;
}

static inline enum morgue_status
seen_record(const struct morgue_article *a, const struct morgue_origin *origin,
            void *payload, struct morgue_error *err)
{
    char date[MORGUE_DATE_MAX];

    (void)payload;
    (void)err;
    seen.records++;
    seen.converted += origin->converted;
    seen.repaired += origin->repaired;
    seen.undated += a->date.precision == MORGUE_DATE_NONE;
    if (!is_clean(a) || (origin->path[0] && !origin->format[0])) {
        seen.wrong++;
        test_that(0, __FILE__, __LINE__, "%s:%lu is not clean", origin->path,
                  (unsigned long)origin->position);
    }
    if (seen.quiet)
        return MORGUE_OK;
    buf_printf(&seen.log, "+ %lu ", (unsigned long)origin->position);
    log_text(a->id);
    buf_printf(&seen.log, "%s%s\n", origin->converted ? " converted" : "",
               origin->repaired ? " repaired" : "");
    for (int f = FIELD_ID + 1; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        if (s.len == 0)
            continue;
        buf_printf(&seen.log, "%s: ", field_info[f].name);
        log_text(s);
        buf_char(&seen.log, '\n');
    }
    morgue_date_print(date, a->date);
    if (date[0])
        buf_printf(&seen.log, "date: %s\n", date);
    return MORGUE_OK;
}

static inline enum morgue_status
seen_problem(enum morgue_outcome outcome, const struct morgue_origin *origin,
             const char *id, const char *reason, void *payload,
             struct morgue_error *err)
{
    (void)payload;
    (void)err;
    if (outcome == MORGUE_SKIPPED)
        seen.skipped++;
    else
        seen.failed++;
    if (!utf8_valid(str_of(id)) || !utf8_valid(str_of(reason)) ||
        reason[0] == '\0' || strchr(reason, '\n') ||
        (outcome != MORGUE_SKIPPED && outcome != MORGUE_FAILED))
        seen.wrong++;
    if (seen.quiet)
        return MORGUE_OK;
    buf_printf(&seen.log, "%s %lu [",
               outcome == MORGUE_SKIPPED ? "skipped" : "failed",
               (unsigned long)origin->position);
    log_text(str_of(id));
    buf_str(&seen.log, STR("]: "));
    log_text(str_of(reason));
    buf_char(&seen.log, '\n');
    return MORGUE_OK;
}

static const struct sink seen_sink = {seen_record, seen_problem, NULL, NULL,
                                      MORGUE_ID_NONE};

/* Forget what was seen. */
static inline void
seen_reset(void)
{
    buf_reset(&seen.log);
    seen.records = seen.skipped = seen.failed = 0;
    seen.converted = seen.repaired = seen.undated = seen.wrong = 0;
}

/* Read a source; what was seen is lent until the next call. */
static inline const char *
read_source(const char *path, const char *format)
{
    struct source_how how = {.format = format,
                             .map = map,
                             .follow = follow,
                             .paths = ID_PATHS_REAL};
    struct morgue_error err;
    enum morgue_status st;

    seen_reset();
    st = source_read(path, &how, &seen_sink, &err);
    if (st)
        buf_printf(&seen.log, "status %d\n", (int)st);
    CHECK_INT(seen.wrong, 0);
    return buf_view(&seen.log).s;
}

/* The same of a file `f` in the folder with this content. */
static inline const char *
read_bytes(struct morgue_str data, const char *format)
{
    write_file("f", data);
    return read_source(in_folder("f"), format);
}

#define READ(literal) read_bytes(STR(literal), NULL)

#endif
