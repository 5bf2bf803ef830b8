/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * position.h - how the words of an article's fields are counted
 *
 * Positions are what term.h says: those of title, dateline and body are one
 * run, in the order of field.c, and each of author, place and topics is a run,
 * line by line.  For each text of a run:
 *
 *     struct position_scan scan;
 *
 *     position_start(&scan, field, fold, text, lang);
 *     for each of its tokens
 *         if (position_begins(&scan, tok->start, &paragraph))
 *             a sentence begins at first + tok->position
 *     first = position_behind(field, first, the last token, if there is one);
 *
 * Who indexes and who marks what was found read articles by this, so that they
 * cannot disagree about where a word is.
 */
#ifndef MORGUE_TEXT_POSITION_H
#define MORGUE_TEXT_POSITION_H

#include "../article/field.h"
#include "sentence.h"
#include "token.h"

/** The first position of each run. */
#define POSITION_FIRST 1

/** The sentences of a text, as far as its words were read. */
struct position_scan {
    struct sentence_scan scan;
    size_t next;    /* where the next one begins; SIZE_MAX: none */
    bool paragraph; /* with a paragraph */
    bool in_text;   /* false: the text is one sentence */
};

/** Begin with a text of `field`, in the language with the code `lang`, lent
 *  with `fold` until its last word. */
void position_start(struct position_scan *s, const struct field_info *field,
                    struct fold *fold, struct morgue_str text,
                    const char *lang);

/** The same where it is known that a sentence begins. */
void position_begin(struct position_scan *s, size_t at, bool *paragraph);

/** Whether a sentence begins with the word whose first byte is at `at`, or
 *  with what has no words before it; *paragraph, only then: and a paragraph.
 */
static inline bool
position_begins(struct position_scan *s, size_t at, bool *paragraph)
{
    if (at < s->next)
        return false;
    position_begin(s, at, paragraph);
    return true;
}

/** Where the next text of the run begins, behind one of `field` that began at
 *  `first` and has `last` as its last token. */
uint32_t position_behind(const struct field_info *field, uint32_t first,
                         const struct token *last);

#endif
