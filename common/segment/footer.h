/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * footer.h - what writer and reader of a segment's frame share
 *
 * The footer's layout is at the head of segment_open.c.
 */
#ifndef MORGUE_SEGMENT_FOOTER_H
#define MORGUE_SEGMENT_FOOTER_H

#include "segment.h"

#define SEGMENT_MAGIC "morgue segment 2"

enum {
    SEGMENT_MAGIC_LEN = sizeof SEGMENT_MAGIC - 1,
    SEGMENT_DOCS_MAX = 1 << 30,
    FOOTER_FIXED = 40,
    FOOTER = FOOTER_FIXED + PART_N * 16 + COLUMN_N * 24 + 16
};

#endif
