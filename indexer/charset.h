/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.h - text of unknown charset into UTF-8
 */
#ifndef MORGUE_INDEXER_CHARSET_H
#define MORGUE_INDEXER_CHARSET_H

#include "../common/base/buf.h"

/** See to it that *text is in UTF-8.  Where it is already (a byte order mark
 *  is cut off), or where no charset fits, it stays; else it becomes what was
 *  put into `scratch` and *converted becomes true.
 *
 *  By its byte order mark UTF-16; else what libuchardet makes of it, with
 *  windows-1252 for ISO-8859-1 and where it has no opinion.  A text of which
 *  most bytes above 127 are valid UTF-8 is UTF-8 with a few broken bytes, and
 *  stays, to be repaired. */
enum morgue_status charset_to_utf8(struct morgue_str *text, bool *converted,
                                   struct buf *scratch,
                                   struct morgue_error *err);

#endif
