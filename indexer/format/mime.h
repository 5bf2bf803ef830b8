/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mime.h - what mail wraps text in (RFC 2045 to 2047, 2231)
 *
 * Strings that come back are slices of what was given.
 */
#ifndef MORGUE_INDEXER_FORMAT_MIME_H
#define MORGUE_INDEXER_FORMAT_MIME_H

#include "../../common/base/buf.h"

/* A message, or a part of one. */
struct mime_part {
    struct morgue_str head, body;
};

/* What a part is, by its Content-Type. */
enum mime_kind {
    MIME_PLAIN,
    MIME_HTML,
    MIME_ENRICHED,
    MIME_ALTERNATIVE,
    MIME_DIGEST,
    MIME_MULTIPART, /* any other */
    MIME_MESSAGE,
    MIME_UNKNOWN, /* of no type that there is */
    MIME_OTHER
};

/** The length of the name in a line `Name: value`; 0 where it is none. */
size_t mime_field_name(struct morgue_str line);

/** Whether a line begins with one of the names that mail has everywhere. */
bool mime_is_known_field(struct morgue_str line);

/** Cut heads from body: at the first empty line, or before the first line
 *  that cannot belong to heads. */
struct mime_part mime_cut(struct morgue_str message);

/** The value of the first head named `name` that has one, with its further
 *  lines; "" where there is none. */
struct morgue_str mime_head(struct morgue_str head, const char *name);

/** What the value of Content-Type says; `alone` where it is "". */
enum mime_kind mime_kind(struct morgue_str type, enum mime_kind alone);

/** Append the parameter `name` of a head's value, put together from its
 *  sections and with %XX decoded; nothing where it is not there. */
void mime_parameter(struct buf *out, struct morgue_str value,
                    const char *name);

/** Take the next part of a multipart body off *rest; false where there is
 *  none. */
bool mime_next_part(struct mime_part *out, struct morgue_str *rest,
                    struct morgue_str boundary);

/** Whether a line of a body is that boundary, or its last. */
bool mime_has_boundary(struct morgue_str body, struct morgue_str boundary);

/** The boundary of a multipart body by its looks: the first line that begins
 *  with "--" and stands before a head of a part; "" where there is none. */
struct morgue_str mime_guess_boundary(struct morgue_str body);

/** Append what `body` is in the transfer encoding: base64, quoted-printable,
 *  uuencode; in others as it stands.  What is broken in it is passed over. */
void mime_decode(struct buf *out, struct morgue_str body,
                 struct morgue_str encoding);

/** Append the value of a head in UTF-8: lines unfolded, =?charset?Q?words?=
 *  decoded. */
enum morgue_status mime_words(struct buf *out, struct morgue_str value,
                              struct morgue_error *err);

/** The length of the encoded word that `s` begins with; 0 where it is none. */
size_t mime_word_len(struct morgue_str s);

/** Append quoted-printable; `word`: as in heads, where "_" is a space. */
void mime_quoted(struct buf *out, struct morgue_str s, bool word);

#endif
