/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence.h - where the sentences and paragraphs of a text begin
 *
 *     struct sentence_scan scan;
 *     size_t at;
 *     bool paragraph;
 *
 *     sentence_scan_init(&scan, &fold, text, "en");
 *     while (sentence_next(&scan, &at, &paragraph))
 *         ...
 *
 * The rules stand in sentence.c.  Nothing is allocated but what `fold` loads;
 * time is linear in the text, whatever it is.
 */
#ifndef MORGUE_TEXT_SENTENCE_H
#define MORGUE_TEXT_SENTENCE_H

#include "abbreviation.h"

/** A text that is read; its fields are sentence.c's. */
struct sentence_scan {
    const char *text;
    const char *start; /* of the sentence that was told last */
    const char *end;   /* of the text */
    const struct abbreviations *words;
    struct fold *fold;
    char mark;    /* an ASCII byte that ends sentences in this language alone,
                     or '.' */
    bool by_line; /* each line is a paragraph */
    bool begun;   /* a sentence was told */
};

/** Begin with `text`, which is lent, as `fold` is, until its last sentence was
 *  told, and may have bytes that are not UTF-8.  `lang` is the code of its
 *  language, as "en" or "pt-BR"; "" where it is not known. */
void sentence_scan_init(struct sentence_scan *s, struct fold *fold,
                        struct morgue_str text, const char *lang);

/** Where the next sentence begins: the offset of its first byte that is not
 *  white space, which ascends.  *paragraph: whether a paragraph begins there
 *  too, as with the first.  False at the end, and then again. */
bool sentence_next(struct sentence_scan *s, size_t *at, bool *paragraph);

#endif
