/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * note.c - what is told about a query that is not read as its signs suggest
 */
#include "note.h"

#include <stdarg.h>
#include <stdio.h>

#include "../../common/base/printable.h"
#include "../../common/base/utf8.h"

enum { SHOWN = 60 }; /* bytes of a query in a note */

void
notes_begin(struct query_notes *n, struct arena *arena)
{
    *n = (struct query_notes){.arena = arena};
}

struct morgue_str
note_shown(struct morgue_str query, struct morgue_span span)
{
    struct morgue_str s =
        str_slice(query.s + span.start, span.end - span.start);

    return s.len <= SHOWN ? s : str_slice(s.s, utf8_floor(s, SHOWN));
}

/* Whether the same was told of the same bytes: what stands in several places
 * of a tree is looked at in each. */
static bool
is_told(const struct query_notes *n, struct morgue_span span, const char *text)
{
    for (const struct query_note *old = n->first; old; old = old->next)
        if (old->span.start == span.start && old->span.end == span.end &&
            str_eq(old->text, str_of(text)))
            return true;
    return false;
}

void
note_add(struct query_notes *n, struct morgue_span span, const char *fmt, ...)
{
    struct query_note *note, **at = &n->first;
    char text[NOTE_BYTES];
    va_list args;

    if (n->n == NOTES_MAX)
        return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    text[printable_line(text, strlen(text))] = '\0';
    if (is_told(n, span, text))
        return;
    if (n->n == NOTES_MAX - 1)
        snprintf(text, sizeof text, "more notes than this are left out");
    note = arena_zero(n->arena, 1, sizeof *note);
    if (!note || !arena_str(n->arena, str_of(text), &note->text)) {
        n->nomem = true;
        return;
    }
    note->span = span;
    while (*at && (*at)->span.start <= span.start)
        at = &(*at)->next;
    note->next = *at;
    *at = note;
    n->n++;
}
