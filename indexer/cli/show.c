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

#include "../../common/cli/json_out.h"

static struct morgue_str
str(const char *s)
{
    return (struct morgue_str){.s = s, .len = strlen(s)};
}

static void
pair(struct json_out *o, const char *key, struct morgue_str value)
{
    if (value.len > 0)
        json_out_text(o, key, value);
}

static void
date(struct json_out *o, const struct morgue_article *a)
{
    static const char *const precision[] = {"none", "year", "month", "day",
                                            "second"};
    char text[MORGUE_DATE_MAX], local[MORGUE_DATE_LOCAL_MAX];

    morgue_date_print(text, a->date);
    morgue_date_print_local(local, a->date);
    pair(o, "date", str(text));
    pair(o, "date_local", str(local));
    json_out_str(o, "date_precision", precision[a->date.precision]);
    pair(o, "date_source", a->date_source);
    pair(o, "date_suspect", a->date_suspect);
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
    struct json_out o = {.to = stdout};
    struct morgue_field f = MORGUE_FIELD_INIT;
    struct morgue_str value;

    (void)payload;
    json_out_open(&o, NULL, '{');
    json_out_str(&o, "format", origin->format);
    json_out_str(&o, "path", origin->path);
    if (origin->position > 0)
        json_out_plain(&o, "position", "%" PRIu64, origin->position);
    pair(&o, "id", a->id);
    date(&o, a);
    pair(&o, "status", a->status.len > 0 ? a->status : str("usable"));
    for (size_t i = 0; morgue_field_get(i, &f); i++) {
        if (is_shown(f.name) || !morgue_article_get(a, f.name, &value) ||
            value.len == 0)
            continue;
        if (f.many)
            json_out_lines(&o, f.name, value);
        else
            json_out_text(&o, f.name, value);
    }
    json_out_close(&o, '}');
    json_out_end(&o);
    return !ferror(stdout);
}

void
show_formats(void)
{
    struct morgue_format f = MORGUE_FORMAT_INIT;

    for (size_t i = 0; morgue_format_get(i, &f); i++)
        printf("%s\t%s\n", f.name, f.what);
}
