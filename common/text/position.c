/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * position.c - how the words of an article's fields are counted
 */
#include "position.h"

#include "term.h"

static void
next_sentence(struct position_scan *s)
{
    if (!s->in_text || !sentence_next(&s->scan, &s->next, &s->paragraph))
        s->next = SIZE_MAX;
}

void
position_start(struct position_scan *s, const struct field_info *field,
               struct fold *fold, struct morgue_str text, const char *lang)
{
    s->next = 0;
    s->paragraph = true;
    s->in_text = field->text;
    if (!field->text)
        return;
    sentence_scan_init(&s->scan, fold, text, lang);
    next_sentence(s);
}

void
position_begin(struct position_scan *s, size_t at, bool *paragraph)
{
    *paragraph = false;
    for (; s->next <= at; next_sentence(s))
        *paragraph |= s->paragraph;
}

uint32_t
position_behind(const struct field_info *field, uint32_t first,
                const struct token *last)
{
    const uint32_t gap = field->wdf > 0 ? TERM_GAP : TERM_VALUE_GAP;

    return first + last->position + 1 + gap;
}
