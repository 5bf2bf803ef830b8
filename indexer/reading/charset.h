/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.h - text of unknown charset into UTF-8
 */
#ifndef MORGUE_INDEXER_READING_CHARSET_H
#define MORGUE_INDEXER_READING_CHARSET_H

#include "../../common/base/buf.h"
#include "charset_name.h"

/** The name of the charset that `text` seems to be in; "" where it is UTF-8
 *  already, or UTF-8 with a few broken bytes, which cannot be told better.
 *  `declared` (may be empty) is what the text itself says, by any name; it is
 *  believed unless the text is valid UTF-8. */
enum morgue_status charset_guess(char out[CHARSET_MAX], struct morgue_str text,
                                 struct morgue_str declared,
                                 struct morgue_error *err);

/** Append `text`, read as `charset`, in UTF-8; a byte that has no meaning in
 *  it becomes a byte FF, which is in no UTF-8 and so is repaired with the
 *  rest later.  A charset of which the bytes mean little gives way to
 *  windows-1252. */
enum morgue_status charset_convert(struct buf *out, struct morgue_str text,
                                   const char *charset,
                                   struct morgue_error *err);

/** Both in one: where *text was converted it becomes what was put into
 *  `scratch`, and *converted becomes true; else both stay. */
enum morgue_status charset_to_utf8(struct morgue_str *text, bool *converted,
                                   struct morgue_str declared,
                                   struct buf *scratch,
                                   struct morgue_error *err);

#endif
