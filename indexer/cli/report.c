/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.c - the accounts of an update
 */
#include "report.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether something is at `path` that is not to be replaced by a file. */
static bool
is_special(const char *path)
{
    struct stat s;

    return lstat(path, &s) == 0 && !S_ISREG(s.st_mode);
}

/* The permissions that a new file gets, or those of the one that is there. */
static mode_t
mode_for(const char *path)
{
    struct stat s;
    mode_t mask;

    if (stat(path, &s) == 0)
        return s.st_mode & 07777;
    mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Open a file beside `path`, to take its place. */
static bool
open_beside(struct report *r, const char *path)
{
    static const char ending[] = ".XXXXXX";
    size_t len = strlen(path);
    int fd, e;

    r->temp = malloc(len + sizeof ending);
    if (!r->temp)
        return false;
    memcpy(r->temp, path, len);
    memcpy(r->temp + len, ending, sizeof ending);
    fd = mkstemp(r->temp);
    if (fd < 0)
        return false;
    r->to = fchmod(fd, mode_for(path)) == 0 ? fdopen(fd, "w") : NULL;
    if (r->to)
        return true;
    e = errno;
    close(fd);
    unlink(r->temp);
    errno = e;
    return false;
}

/* The folder that a file of that name is written in: where it is a link, that
 * of what the link leads to, which need not be there. */
static bool
folder_of(char out[PATH_MAX], const char *path)
{
    enum { LINKS_MAX = 40 };
    char at[PATH_MAX], to[PATH_MAX], *slash;
    int len = snprintf(at, sizeof at, "%s", path);
    ssize_t n = 0;

    for (int i = 0; i < LINKS_MAX && len < PATH_MAX; i++) {
        n = readlink(at, to, sizeof to);
        if (n <= 0)
            break;
        slash = to[0] == '/' ? NULL : strrchr(at, '/');
        len = snprintf(out, PATH_MAX, "%.*s%.*s",
                       slash ? (int)(slash + 1 - at) : 0, at, (int)n, to);
        memcpy(at, out, sizeof at);
    }
    if (n > 0 || len >= PATH_MAX)
        return false; /* it cannot be opened either */
    slash = strrchr(at, '/');
    if (slash)
        slash[1] = '\0';
    return realpath(slash ? at : ".", out) != NULL;
}

bool
report_is_in(const char *path, const char *archive)
{
    char folder[PATH_MAX], *slash;
    struct stat a, b;

    if (strcmp(path, "-") == 0 || stat(archive, &b) != 0 ||
        !folder_of(folder, path))
        return false;
    for (;;) {
        if (stat(folder, &a) == 0 && a.st_dev == b.st_dev &&
            a.st_ino == b.st_ino)
            return true;
        slash = strrchr(folder, '/');
        if (!slash || slash == folder)
            return false;
        *slash = '\0';
    }
}

bool
report_open(struct report *r, const char *path, bool quiet)
{
    *r = (struct report){.quiet = quiet};
    clock_gettime(CLOCK_MONOTONIC, &r->begin);
    r->shown = r->begin;
    if (!path)
        return true;
    if (strcmp(path, "-") == 0) {
        r->to = stdout;
    } else {
        r->path = path;
        if (is_special(path))
            r->to = fopen(path, "w");
        else if (!open_beside(r, path))
            r->to = NULL;
    }
    if (!r->to) {
        int e = errno;

        report_drop(r);
        errno = e;
        return false;
    }
    r->json.to = r->to;
    json_out_open(&r->json, NULL, '{');
    json_out_open(&r->json, "problems", '[');
    return true;
}

static void
write_event(struct report *r, const struct morgue_event *e)
{
    struct json_out *o = &r->json;

    o->line = true;
    json_out_open(o, NULL, '{');
    json_out_str(o, "outcome", morgue_outcome_name(e->outcome));
    json_out_str(o, "path", e->path);
    json_out_plain(o, "position", "%" PRIu64, e->position);
    json_out_str(o, "id", e->id);
    json_out_str(o, "reason", e->reason);
    if (e->replaced) {
        json_out_open(o, "collision", '{');
        json_out_text(o, "title", e->article->title);
        json_out_text(o, "source", e->article->source);
        json_out_text(o, "replaced_title", e->replaced->title);
        json_out_text(o, "replaced_source", e->replaced->source);
        json_out_close(o, '}');
    }
    json_out_close(o, '}');
}

/* The line about a problem, with NUL, at most as long as say() writes; NULL
 * when out of memory. */
static char *
line_of(const struct morgue_event *e)
{
    enum { LINE_MAX_SAID = 8 * 1024 };
    const char *outcome =
        e->replaced ? "collision" : morgue_outcome_name(e->outcome);
    char *line = malloc(LINE_MAX_SAID), *fit;
    int n;

    if (!line)
        return NULL;
    n = e->position > 0
            ? snprintf(line, LINE_MAX_SAID, "%s: %s #%" PRIu64 ": ", outcome,
                       e->path, e->position)
            : snprintf(line, LINE_MAX_SAID, "%s: %s: ", outcome, e->path);
    if (n > 0 && n < LINE_MAX_SAID)
        snprintf(line + n, (size_t)(LINE_MAX_SAID - n), "%s%s%s%s",
                 e->replaced ? "id '" : "", e->replaced ? e->id : "",
                 e->replaced ? "' " : "", e->reason);
    fit = realloc(line, strlen(line) + 1);
    return fit ? fit : line;
}

void
report_undated(const struct morgue_event *event, void *report)
{
    struct report *r = report;

    if (r->to)
        write_event(r, event);
}

void
report_name(const struct morgue_event *event)
{
    char *line = line_of(event);

    say("%s", line ? line : event->reason);
    free(line);
}

static enum report_kind
kind_of(const struct morgue_event *e)
{
    if (e->outcome == MORGUE_FAILED)
        return REPORT_FAILED;
    return e->replaced ? REPORT_COLLISION : REPORT_SKIPPED;
}

/* Keep the line for the end, or where there is no memory say it now. */
static void
hold(struct report *r, const struct morgue_event *event)
{
    struct report_lines *held = &r->held[kind_of(event)];
    char *line = line_of(event);

    if (line)
        held->line[held->n++] = line;
    else
        report_name(event);
}

void
report_event(const struct morgue_event *event, void *report)
{
    struct report *r = report;
    enum report_kind kind = kind_of(event);
    bool first = r->met[kind]++ < REPORT_SHOWN_MAX;

    if (r->to)
        write_event(r, event);
    if (!first || (r->quiet && kind == REPORT_SKIPPED))
        return;
    if (kind != REPORT_FAILED) {
        hold(r, event);
    } else {
        report_progress_end(r);
        report_name(event);
    }
}

/* Say how many of a kind were not named. */
static void
say_more(const struct report *r, enum report_kind kind, const char *what)
{
    if (r->met[kind] > REPORT_SHOWN_MAX)
        say("%" PRIu64 " more %s; --report=FILE names all",
            r->met[kind] - REPORT_SHOWN_MAX, what);
}

/* Say, or only drop, what was held back. */
static void
release(struct report_lines *held, bool spoken)
{
    for (size_t i = 0; i < held->n; i++) {
        if (spoken)
            say("%s", held->line[i]);
        free(held->line[i]);
    }
    held->n = 0;
}

void
report_rest(struct report *r)
{
    report_progress_end(r);
    say_more(r, REPORT_FAILED, "failed");
    release(&r->held[REPORT_COLLISION], true);
    say_more(r, REPORT_COLLISION, "collisions");
    if (r->met[REPORT_COLLISION] > 0 && !r->quiet)
        say("a new archive with --id-scope=source or file keeps what has the "
            "same id apart");
    release(&r->held[REPORT_SKIPPED], true);
    if (!r->quiet)
        say_more(r, REPORT_SKIPPED, "skipped");
    memset(r->met, 0, sizeof r->met);
}

static double
seconds_since(struct timespec t)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - t.tv_sec) +
           (double)(now.tv_nsec - t.tv_nsec) / 1e9;
}

void
report_progress(uint64_t inputs, uint64_t bytes, void *report)
{
    struct report *r = report;

    if (seconds_since(r->shown) < 0.2)
        return;
    clock_gettime(CLOCK_MONOTONIC, &r->shown);
    fprintf(stderr, "\r%" PRIu64 " article%s, %.1f MB ", inputs,
            inputs == 1 ? "" : "s", (double)bytes / 1e6);
    r->in_progress = true;
}

void
report_progress_end(struct report *r)
{
    if (r->in_progress)
        fputs("\r\033[K", stderr);
    r->in_progress = false;
}

static void
print_bytes(uint64_t bytes)
{
    if (bytes < 100000)
        fprintf(stderr, "%.1f KB", (double)bytes / 1e3);
    else
        fprintf(stderr, "%.1f MB", (double)bytes / 1e6);
}

static void
print_counts(const struct morgue_report *c, double seconds)
{
    const char *separator = ":";

    fprintf(stderr, "%s: %" PRIu64 " input%s", say_name(), c->inputs,
            c->inputs == 1 ? "" : "s");
    for (int i = 0; i < MORGUE_OUTCOME_N; i++) {
        if (c->outcome[i] == 0)
            continue;
        fprintf(stderr, "%s %" PRIu64 " %s", separator, c->outcome[i],
                morgue_outcome_name((enum morgue_outcome)i));
        separator = ",";
    }
    if (c->removed > 0)
        fprintf(stderr, "; %" PRIu64 " removed", c->removed);
    if (c->collisions > 0)
        fprintf(stderr, "; %" PRIu64 " collision%s", c->collisions,
                c->collisions == 1 ? "" : "s");
    if (c->converted > 0)
        fprintf(stderr, "; %" PRIu64 " converted to UTF-8", c->converted);
    if (c->repaired > 0)
        fprintf(stderr, "; %" PRIu64 " repaired", c->repaired);
    if (c->undated > 0)
        fprintf(stderr, "; %" PRIu64 " without a date", c->undated);
    if (c->unordered > 0)
        fprintf(stderr,
                "; %" PRIu64 " dated by year, for nothing tells day from "
                "month (--date-order)",
                c->unordered);
    fputs("; ", stderr);
    print_bytes(c->bytes);
    fprintf(stderr, " in %.1f s\n", seconds);
}

void
report_rebuilt(const struct report *r, uint64_t articles)
{
    if (!r->quiet)
        fprintf(stderr, "%s: %" PRIu64 " article%s made anew in %.1f s\n",
                say_name(), articles, articles == 1 ? "" : "s",
                seconds_since(r->begin));
}

static void
write_counts(struct json_out *o, const struct morgue_report *c, double seconds)
{
    const struct {
        const char *name;
        uint64_t n;
    } counts[] = {{"removed", c->removed},      {"converted", c->converted},
                  {"repaired", c->repaired},    {"undated", c->undated},
                  {"unordered", c->unordered},  {"bytes", c->bytes},
                  {"collisions", c->collisions}};

    json_out_close(o, ']');
    o->line = true;
    json_out_plain(o, "inputs", "%" PRIu64, c->inputs);
    for (int i = 0; i < MORGUE_OUTCOME_N; i++)
        json_out_plain(o, morgue_outcome_name((enum morgue_outcome)i),
                       "%" PRIu64, c->outcome[i]);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        json_out_plain(o, counts[i].name, "%" PRIu64, counts[i].n);
    json_out_plain(o, "seconds", "%.3f", seconds);
    json_out_close(o, '}');
    json_out_end(o);
}

/* End the file and give it its name; false, with errno, where that fails. */
static bool
publish(struct report *r)
{
    bool broken = ferror(r->to), good = !broken && fflush(r->to) == 0;
    int e = broken ? EIO : errno; /* what was wrong then is not known now */

    if (fclose(r->to) != 0 && good) {
        good = false;
        e = errno;
    }
    if (!r->temp)
        ;
    else if (!good)
        unlink(r->temp);
    else if (rename(r->temp, r->path) != 0) {
        good = false;
        e = errno;
        unlink(r->temp);
    }
    errno = e;
    return good;
}

bool
report_close(struct report *r, const struct morgue_report *counts)
{
    double seconds = seconds_since(r->begin);
    bool good = true;

    if (!r->quiet)
        print_counts(counts, seconds);
    if (r->to)
        write_counts(&r->json, counts, seconds);
    if (r->to && r->path) {
        good = publish(r);
        r->to = NULL;
    }
    return good;
}

void
report_drop(struct report *r)
{
    if (r->to && r->path) {
        fclose(r->to);
        if (r->temp)
            unlink(r->temp);
    }
    for (int k = 0; k < REPORT_KINDS; k++)
        release(&r->held[k], false);
    free(r->temp);
    *r = (struct report){0};
}
