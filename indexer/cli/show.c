/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.c - articles of sources as JSON lines on stdout
 *
 * Keys are those that JSON sources are read by, so that what is shown can be
 * indexed, and format, path and position, which say where it came from.  Empty
 * fields are left out, but for date_precision ("none") and status ("usable");
 * a field with several values is an array.
 */
#include "show.h"

#include <inttypes.h>
#include <string.h>

#include "report.h"

static struct morgue_str
str(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static void
pair(const char *key, struct morgue_str value)
{
    if (value.len == 0)
        return;
    printf(", \"%s\": ", key);
    put_json(stdout, value);
}

/* A value for each line. */
static void
values(const char *key, struct morgue_str s)
{
    const char *separator = "[";

    if (s.len == 0)
        return;
    printf(", \"%s\": ", key);
    while (s.len > 0) {
        const char *end = memchr(s.s, '\n', s.len);
        size_t len = end ? (size_t)(end - s.s) : s.len;

        fputs(separator, stdout);
        put_json(stdout, (struct morgue_str){.s = s.s, .len = len});
        separator = ", ";
        len += end != NULL;
        s = (struct morgue_str){.s = s.s + len, .len = s.len - len};
    }
    putchar(']');
}

static void
date(const struct morgue_article *a)
{
    static const char *const precision[] = {"none", "year", "month", "day",
                                            "second"};
    char text[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];

    morgue_date_print(text, a->date);
    morgue_date_print_local(local, a->date);
    pair("date", str(text));
    pair("date_local", str(local));
    printf(", \"date_precision\": \"%s\"", precision[a->date.precision]);
    pair("date_source", a->date_source);
    pair("date_suspect", a->date_suspect);
}

/* What comes first, and even where it is empty. */
static bool
is_shown(const char *field)
{
    return strcmp(field, "id") == 0 || strcmp(field, "status") == 0 ||
           strncmp(field, "date_", 5) == 0;
}

bool
show_article(const struct morgue_article *a,
             const struct morgue_origin *origin, void *payload)
{
    struct morgue_field f = MORGUE_FIELD_INIT;
    struct morgue_str value;

    (void)payload;
    printf("{\"format\": \"%s\", \"path\": ", origin->format);
    put_json(stdout, str(origin->path));
    if (origin->position > 0)
        printf(", \"position\": %" PRIu64, origin->position);
    pair("id", a->id);
    date(a);
    pair("status", a->status.len > 0 ? a->status : str("usable"));
    for (size_t i = 0; morgue_field_get(i, &f); i++) {
        if (is_shown(f.name) || !morgue_article_get(a, f.name, &value))
            continue;
        if (f.many)
            values(f.name, value);
        else
            pair(f.name, value);
    }
    puts("}");
    return !ferror(stdout);
}

void
show_formats(void)
{
    struct morgue_format f = MORGUE_FORMAT_INIT;

    for (size_t i = 0; morgue_format_get(i, &f); i++)
        printf("%s\t%s\n", f.name, f.what);
}
