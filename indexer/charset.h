/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.h - text of unknown charset into UTF-8
 */
#ifndef MORGUE_INDEXER_CHARSET_H
#define MORGUE_INDEXER_CHARSET_H

#include "../common/base/buf.h"

/** See to it that *text is in UTF-8.  Where it is already (a byte order mark
 *  is cut off) it stays; else it becomes what was put into `scratch` and
 *  *converted becomes true.
 *
 *  `declared` is the charset's name as the text itself gives it, or NULL.  It
 *  is taken if it is known and nearly all of the text has a meaning in it;
 *  else what libuchardet makes of the text; else, and where there are only a
 *  few bytes above 127 to judge by, windows-1252, which is also what is meant
 *  by ISO-8859-1 and ASCII.  A text of which most bytes above 127 are valid
 *  UTF-8 is UTF-8 with a few broken bytes, and stays.  Bytes that are not
 *  UTF-8 may be left in either case, to be repaired.  UTF-16 is not looked
 *  for. */
enum morgue_status charset_to_utf8(struct morgue_str *text,
                                   const char *declared, bool *converted,
                                   struct buf *scratch,
                                   struct morgue_error *err);

#endif
