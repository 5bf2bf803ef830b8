/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * story.h - what a source says of a story's state and date, made plain
 */
#ifndef MORGUE_INDEXER_READING_STORY_H
#define MORGUE_INDEXER_READING_STORY_H

#include "../../common/article/record.h"

/** Make status, embargo and date of `a` what morgue.h says of them; `now` is
 *  in seconds since 1970.  What it makes is put into the arena. */
enum morgue_status story_settle(struct morgue_article *a, struct arena *arena,
                                int64_t now, struct morgue_error *err);

/** Whether the story is not to be had: it is withheld or canceled. */
bool story_is_gone(const struct morgue_article *a);

/** The number of a version; 0 where it is none, or too large for 64 bits. */
uint64_t story_version(struct morgue_str version);

#endif
