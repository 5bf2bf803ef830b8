/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sink.h - where readers put what they find
 */
#ifndef MORGUE_INDEXER_READING_SINK_H
#define MORGUE_INDEXER_READING_SINK_H

#include "../../common/article/record.h"

/** Where readers put what they find.  A status other than MORGUE_OK ends the
 *  reading and is passed up. */
struct sink {
    /** A record; its strings are lent for the call.  It has an id, with a NUL
     *  behind it: its own within `scope`, else one from its url, else from
     * path and position.  Its text is UTF-8 and its fields are within their
     * ceilings (record.h). */
    enum morgue_status (*record)(const struct morgue_article *article,
                                 const struct morgue_origin *origin,
                                 void *payload, struct morgue_error *err);
    /** A record or (position 0) a file that gives none; `id` may be "". */
    enum morgue_status (*problem)(enum morgue_outcome outcome,
                                  const struct morgue_origin *origin,
                                  const char *id, const char *reason,
                                  void *payload, struct morgue_error *err);
    void *payload;
    struct stop *stop; /* ends the reading, at the latest with the next record
                          or problem, which the sink then refuses; NULL:
                          nothing does */
    enum morgue_id_scope scope; /* of ids that articles bring */
};

/** A problem as the outside is told of it; strings are those given. */
static inline struct morgue_event
sink_event(enum morgue_outcome outcome, const struct morgue_origin *origin,
           const char *id, const char *reason)
{
    return (struct morgue_event){.size = sizeof(struct morgue_event),
                                 .outcome = outcome,
                                 .path = origin->path,
                                 .position = origin->position,
                                 .id = id ? id : "",
                                 .reason = reason};
}

#endif
