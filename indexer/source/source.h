/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source.h - from files to records
 *
 *   path -> (walk) -> file -> (unpack) -> (format by content) -> records
 *
 * A source is a file, a folder or standard input.  Each file is read by the
 * reader of its format, which is told by content and never by name, and is
 * unpacked first where its content is packed: the files in a container are
 * files, too, and shown as CONTAINER/NAME.  Readers see a file as a stream:
 * memory grows with the largest record, not with the file, and a record has a
 * ceiling (RECORD_MAX).  What was readable before a break is handed on.
 */
#ifndef MORGUE_INDEXER_SOURCE_H
#define MORGUE_INDEXER_SOURCE_H

#include "../../common/article/id_rule.h"
#include "../keys/key_map.h"
#include "../reading/order_book.h"
#include "../reading/sink.h"

/* How to read sources; all zero: as they are. */
struct source_how {
    const char *format;        /* NULL: by content */
    const struct key_map *map; /* NULL: keys are those that we know */
    enum morgue_follow follow;
    enum morgue_order date_order; /* of dates in numbers */
    unsigned date_from_path;      /* 1: where an article has no date */
    struct order_book *book;      /* of sources' orders; NULL: none is kept */
    enum id_paths paths; /* what ids are made of where there is a file */
    const char *root;    /* of ID_PATHS_BELOW */
};

/** MORGUE_USAGE where it asks for what there is not. */
enum morgue_status source_how_check(const struct source_how *how,
                                    struct morgue_error *err);

/** Read a file, a folder (all files below it, in byte order of their names;
 *  names that begin with a dot are left out) or "-".  `how` NULL: as it is.
 *  MORGUE_NO_INPUT where the source itself is not there or may not be read;
 *  MORGUE_USAGE where it is a file or folder that is not below the root, or
 *  none is named that should be, or there is no such folder; what is wrong
 * inside of it goes to the sink. */
enum morgue_status source_read(const char *source,
                               const struct source_how *how,
                               const struct sink *sink,
                               struct morgue_error *err);

#endif
