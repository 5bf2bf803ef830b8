/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset_name.h - charsets by the names that people write
 */
#ifndef MORGUE_INDEXER_READING_CHARSET_NAME_H
#define MORGUE_INDEXER_READING_CHARSET_NAME_H

#include "../../common/base/str.h"

enum { CHARSET_MAX = 64 };

/* What ISO-8859-1 and ASCII always mean as well. */
#define CHARSET_WESTERN "WINDOWS-1252"

/* Chinese in 7 bits (RFC 1843), which iconv does not have. */
#define CHARSET_HZ "HZ"

/** The name that iconv has for it; "" where it is too long, says nothing, or
 * is UTF-8.  A name that is not known stays as it is. */
void charset_name(char out[CHARSET_MAX], struct morgue_str name);

#endif
