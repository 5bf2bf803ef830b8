/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mailbox.h - where messages begin in a mailbox
 */
#ifndef MORGUE_INDEXER_FORMAT_MAILBOX_H
#define MORGUE_INDEXER_FORMAT_MAILBOX_H

#include "../../common/base/str.h"

/** Whether a text begins with the line before a message: "From ...". */
bool mailbox_begins(struct morgue_str text);

/** Where the next such line begins in `s`, which begins behind one; s.len
 *  where there is none.  What is before *from was looked at; where `s` may go
 *  on (not `ended`), *from becomes what need not be looked at again. */
size_t mailbox_next(struct morgue_str s, size_t *from, bool ended);

/** Take the first ">" off lines ">From ", ">>From " and so on of a message, in
 *  place; its new length. */
size_t mailbox_unquote(char *s, size_t len);

#endif
