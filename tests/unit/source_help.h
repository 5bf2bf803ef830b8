/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_help.h - what a source gives, as text to compare
 *
 * A line for each thing that came to the sink: `+` a record, with the fields
 * that it has, `~` where it was converted and `?` where it was repaired; `!`
 * a failure and `-` what was skipped, with position and reason.  In values, a
 * line feed is written `\n`, and the path of the scratch file `FILE`.
 */
#ifndef MORGUE_SOURCE_HELP_H
#define MORGUE_SOURCE_HELP_H

#include <stdlib.h>
#include <unistd.h>

#include "../../common/article/date.h"
#include "../../common/base/file.h"
#include "../../common/base/utf8.h"
#include "../../indexer/source.h"
#include "../test.h"

struct heard {
    struct buf text;
    size_t records, problems, bad; /* bad: not as a sink may expect it */
    size_t room;                   /* what comes after so many is refused */
};

static char scratch_path[128];

static void
heard_value(struct buf *out, struct morgue_str s)
{
    struct morgue_str path = str_of(scratch_path);

    for (size_t i = 0; i < s.len; i++) {
        struct morgue_str rest = str_slice(s.s + i, s.len - i);

        if (path.len > 0 && str_starts(rest, path)) {
            buf_str(out, STR("FILE"));
            i += path.len - 1;
        } else if (s.s[i] == '\n') {
            buf_str(out, STR("\\n"));
        } else {
            buf_char(out, s.s[i]);
        }
    }
}

static enum morgue_status
heard_record(const struct morgue_article *a, const struct origin *origin,
             void *payload, struct morgue_error *err)
{
    struct heard *h = payload;

    if (h->records + h->problems == h->room)
        return error_set(err, MORGUE_BUSY, "refused");
    h->records++;
    h->bad += a->id.len == 0;
    buf_str(&h->text, STR("+"));
    buf_str(&h->text, origin->converted ? STR("~") : STR(""));
    buf_str(&h->text, origin->repaired ? STR("?") : STR(""));
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        h->bad += !utf8_valid(s) || s.len > field_info[f].max || !s.s;
        if (s.len == 0)
            continue;
        buf_printf(&h->text, " %s=", field_info[f].name);
        heard_value(&h->text, s);
    }
    if (a->date.precision != MORGUE_DATE_NONE) {
        buf_str(&h->text, STR(" date="));
        date_print(&h->text, a->date);
    }
    buf_char(&h->text, '\n');
    return MORGUE_OK;
}

static enum morgue_status
heard_problem(enum morgue_outcome outcome, const struct origin *origin,
              const char *id, const char *reason, void *payload,
              struct morgue_error *err)
{
    struct heard *h = payload;

    if (h->records + h->problems == h->room)
        return error_set(err, MORGUE_BUSY, "refused");
    h->problems++;
    h->bad += !utf8_valid(str_of(id)) || !reason[0] ||
              strchr(reason, '\n') != NULL ||
              (outcome != MORGUE_FAILED && outcome != MORGUE_SKIPPED);
    buf_printf(&h->text, "%c %llu: ", outcome == MORGUE_FAILED ? '!' : '-',
               (unsigned long long)origin->position);
    heard_value(&h->text, str_of(reason));
    buf_char(&h->text, '\n');
    return MORGUE_OK;
}

static void
heard_init(struct heard *h)
{
    *h = (struct heard){.room = SIZE_MAX};
    buf_init(&h->text, 1 << 28);
}

static struct sink
heard_sink(struct heard *h)
{
    return (struct sink){heard_record, heard_problem, h};
}

/* Make the scratch file's content these bytes.  It is written over, as file
 * systems sync one that was made anew. */
static void
scratch_write(const void *data, size_t len)
{
    static int fd = -1;

    if (fd < 0) {
        const char *dir = getenv("SCRATCH");

        snprintf(scratch_path, sizeof scratch_path, "%s/source-XXXXXX",
                 dir && strlen(dir) < 100 ? dir : "/tmp");
        fd = mkstemp(scratch_path);
    }
    if (pwrite(fd, data, len, 0) != (ssize_t)len ||
        ftruncate(fd, (off_t)len) != 0) {
        perror(scratch_path);
        exit(2);
    }
}

static void
scratch_remove(void)
{
    unlink(scratch_path);
}

/* Read the scratch file into *h, which is initialised and to be freed. */
static enum morgue_status
heard_file(struct heard *h, const char *format)
{
    struct sink sink;
    struct morgue_error err = {.message = ""};
    enum morgue_status st;

    heard_init(h);
    sink = heard_sink(h);
    st = source_read(scratch_path, format, &sink, &err);
    test_that(h->bad == 0, __FILE__, __LINE__, "%zu ill-formed", h->bad);
    return st;
}

/* What the bytes are read as must be `want`. */
__attribute__((unused)) static void
check_read(const char *file, int line, const char *format, const char *data,
           size_t len, const char *want)
{
    struct heard h;

    scratch_write(data, len);
    test_that(heard_file(&h, format) == MORGUE_OK, file, line, "failed");
    test_that(strcmp(buf_view(&h.text).s, want) == 0, file, line,
              "got\n%swhere wanted was\n%s", buf_view(&h.text).s, want);
    buf_free(&h.text);
}

#define READS(format, literal, want)                                          \
    check_read(__FILE__, __LINE__, format, literal, sizeof(literal) - 1, want)

#endif
