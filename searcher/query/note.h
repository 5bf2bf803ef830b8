/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * note.h - what is told about a query that is not read as its signs suggest
 *
 * Nothing of a query is dropped, or read as something else, in silence: the
 * stage that does it adds a note with the bytes that it is about.  Text
 * without operators never gives one.
 */
#ifndef MORGUE_QUERY_NOTE_H
#define MORGUE_QUERY_NOTE_H

#include "../../common/base/arena.h"

/** Of a query, no more are kept; the last one to come says that there are
 *  more. */
enum { NOTES_MAX = 100, NOTE_BYTES = 400 };

struct query_note {
    struct morgue_span span; /* bytes of the query */
    struct morgue_str text;  /* one line, without a full stop */
    struct query_note *next;
};

struct query_notes {
    struct arena *arena;
    struct query_note *first; /* by where they begin */
    size_t n;
    bool nomem;
};

void notes_begin(struct query_notes *n, struct arena *arena);

/** Add one, whose text is cut to NOTE_BYTES, unless it was told before of the
 *  same bytes; when out of memory that is noted in n->nomem. */
void note_add(struct query_notes *n, struct morgue_span span, const char *fmt,
              ...) __attribute__((format(printf, 3, 4)));

/** The bytes of a span, cut so that they fit into a note; for "%.*s". */
struct morgue_str note_shown(struct morgue_str query, struct morgue_span span);

#endif
