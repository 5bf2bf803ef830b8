/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime.h - what mail wraps text in (RFC 2045 to 2047)
 */
#ifndef MORGUE_INDEXER_FORMAT_MIME_H
#define MORGUE_INDEXER_FORMAT_MIME_H

#include "../../common/base/buf.h"

/* A message, or a part of one. */
struct mime_part {
    struct morgue_str head, body;
};

/** Cut at the first blank line. */
struct mime_part mime_cut(struct morgue_str message);

/** The value of the head named `name`, with its further lines; "" where there
 *  is none. */
struct morgue_str mime_head(struct morgue_str head, const char *name);

/** The parameter `name` in a head's value: of `text/plain; charset="x"`. */
struct morgue_str mime_parameter(struct morgue_str value, const char *name);

/** Take the next part of a multipart body off *rest; false where there is
 *  none. */
bool mime_next_part(struct mime_part *out, struct morgue_str *rest,
                    struct morgue_str boundary);

/** Append what `body` is in the transfer encoding: base64, quoted-printable;
 *  in others as it stands.  What is broken in it is passed over. */
void mime_decode(struct buf *out, struct morgue_str body,
                 struct morgue_str encoding);

/** Append the value of a head in UTF-8: lines unfolded, =?charset?Q?words?=
 *  decoded. */
enum morgue_status mime_words(struct buf *out, struct morgue_str value,
                              struct morgue_error *err);

#endif
