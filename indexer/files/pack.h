/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.h - what files are packed in: compressed streams and containers
 *
 * Told by content, never by name.  Both stand on a stream and are read as
 * streams; nothing is unpacked to disk, and no name in a container is ever
 * opened.
 */
#ifndef MORGUE_INDEXER_FILES_PACK_H
#define MORGUE_INDEXER_FILES_PACK_H

#include "../../common/base/stream.h"

struct pack;

/** How much of a stream a pack is told by. */
enum { PACK_PROBE = 1024 };

/** What bytes that begin with `head` are packed in; NULL where they are not,
 *  or in nothing that can be unpacked. */
const struct pack *pack_tell(struct morgue_str head);

/** Whether it has entries, or else is one stream. */
bool pack_has_entries(const struct pack *pack);

/** What the one stream holds.  `from` is taken over, whatever happens. */
enum morgue_status pack_unpack(struct stream **out, const struct pack *pack,
                               struct stream *from, struct morgue_error *err);

/* ---- containers --------------------------------------------------------- */

struct container;

struct pack_entry {
    const char *name;      /* as it stands, any bytes; "" for the container */
    struct stream *stream; /* to be closed before the next; NULL: not there */
    const char *wrong;     /* why it is not there */
    bool skipped;          /* since it is none to be read */
};

/** `from` is taken over, whatever happens.  Give back: container_close. */
enum morgue_status container_open(struct container **out,
                                  const struct pack *pack, struct stream *from,
                                  struct morgue_error *err);

/** The next entry that is not hidden and no folder: a file, or why it is none
 *  (a link, a device), or what is wrong with it or with the container; lent
 *  until the next call.  *more becomes false at the end.  What is broken
 * inside of an entry comes from its stream. */
enum morgue_status container_next(struct pack_entry *out, bool *more,
                                  struct container *c,
                                  struct morgue_error *err);

/** NULL is allowed. */
void container_close(struct container *c);

#endif
