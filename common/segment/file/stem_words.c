/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem_words.c - the words whose stem a stem is
 *
 * Of a stem, whose text is what stands behind its term's colon:
 *
 *     varint  how many words follow << 1, and 1 if the text is a word, too
 *     each, by what it has in common with the text (front_coding.h)
 *
 * Looking one up costs the same as finding it in the dictionary.
 */
#include "stem_words.h"

#include "front_coding.h"

/* ---- writing ------------------------------------------------------------ */

static struct morgue_str
text_of(struct morgue_str stem)
{
    const char *colon = memchr(stem.s, ':', stem.len);
    size_t at = colon ? (size_t)(colon - stem.s) + 1 : stem.len;

    return str_slice(stem.s + at, stem.len - at);
}

void
stem_words_put(struct buf *to, struct morgue_str stem,
               const struct morgue_str *word, size_t n)
{
    struct morgue_str text = text_of(stem);
    size_t itself = 0;

    for (size_t i = 0; i < n; i++)
        itself += str_eq(word[i], text);
    buf_varint(to, (n - itself) << 1 | itself);
    for (size_t i = 0; i < n; i++)
        if (!str_eq(word[i], text))
            front_put(to, word[i], front_shared(text, word[i]));
}

/* ---- reading ------------------------------------------------------------ */

void
stem_words_init(struct stem_words *w, struct segment *s)
{
    w->segment = s;
    w->block = 0;
    w->at = w->end = NULL;
    w->left = 0;
    w->itself = false;
}

/* Where the words of a block of the dictionary begin; those behind the last
 * at the end of all. */
static bool
place_of(struct segment *s, uint64_t block, uint64_t *at)
{
    const uint8_t *p;

    *at = s->part[PART_STEM_WORDS].len;
    if (block == s->part[PART_STEM_INDEX].len / 8)
        return true;
    p = segment_bytes(s, PART_STEM_INDEX, block * 8, 8);
    if (p)
        *at = get_u64(p);
    return p != NULL;
}

/* Enter what the stems of a block, from 1, have. */
static bool
enter(struct stem_words *w, uint64_t block)
{
    struct segment *s = w->segment;
    uint64_t from, to;
    const uint8_t *p;

    w->block = block;
    w->at = w->end = NULL;
    w->left = 0;
    w->itself = false;
    if (!place_of(s, block - 1, &from) || !place_of(s, block, &to))
        return false;
    p = from < to ? segment_bytes(s, PART_STEM_WORDS, from, to - from) : NULL;
    if (!p) {
        s->damaged = true;
        return false;
    }
    w->at = p;
    w->end = p + (to - from);
    return true;
}

bool
stem_words_start(struct stem_words *w, const struct term_walk *at)
{
    struct morgue_str term = str_slice(at->term, at->len), skipped;
    uint64_t head;

    if (w->block != at->block && !enter(w, at->block))
        return false;
    while (stem_words_next(w, &skipped))
        ;
    if (w->segment->damaged || !get_varint(&w->at, w->end, &head)) {
        w->segment->damaged = true;
        return false;
    }
    w->left = head >> 1;
    w->itself = head & 1;
    memcpy(w->term, term.s, term.len);
    w->term_len = term.len;
    w->stem_at = term.len - text_of(term).len;
    return true;
}

bool
stem_words_find(struct stem_words *w, struct morgue_str stem)
{
    struct term_walk at;
    struct morgue_str term;
    bool more;

    for (more = term_walk_enter(&at, w->segment, stem); more;
         more = term_walk_next(&at)) {
        term = str_slice(at.term, at.len);
        if (is_stem(term) && !stem_words_start(w, &at))
            return false;
        if (str_compare(term, stem) >= 0)
            return str_eq(term, stem);
    }
    return false;
}

static bool
read_word(struct stem_words *w, struct morgue_str *word)
{
    size_t shared, rest;

    if (!front_read(&w->at, w->end, w->term_len - w->stem_at, &shared, &rest))
        return false;
    memcpy(w->word, w->term + w->stem_at, shared);
    memcpy(w->word + shared, w->at, rest);
    w->at += rest;
    *word = str_slice(w->word, shared + rest);
    return true;
}

bool
stem_words_next(struct stem_words *w, struct morgue_str *word)
{
    if (w->left > 0 && !w->segment->damaged) {
        w->left--;
        if (read_word(w, word))
            return true;
        w->segment->damaged = true;
    }
    if (w->segment->damaged || !w->itself)
        return false;
    w->itself = false;
    *word = str_slice(w->term + w->stem_at, w->term_len - w->stem_at);
    return true;
}
