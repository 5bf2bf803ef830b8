/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet.c - the passage of an article that shows why it was found
 *
 * What made the query match is marked in the body (query/locate.h).  Of all
 * windows of SNIPPET_BYTES that begin with a mark the one with most different
 * things that are looked for wins, then the one with most of them, then the
 * first; a phrase or proximity counts where all of it is in the window, or
 * each mark of it where that is too long for any.  The window is moved back to
 * the beginning of its sentence (sentence.h, as the index has it) if that is
 * near, and its ends are put between words.
 *
 * Time is linear in the body.
 */
#include "snippet.h"

#include <stdlib.h>

#include "../common/base/utf8.h"
#include "../common/text/sentence.h"
#include "../common/text/words.h"
#include "query/locate.h"

enum {
    LEAD = 60, /* bytes before the first mark, if no sentence begins */
    BACK = 110 /* how far back the beginning of the sentence may be */
};

struct snippet_maker {
    struct locator *locator;
    struct fold *fold;
    size_t *seen;               /* scratch: how often a unit is in a window */
    const struct located *mark; /* of the body at hand */
    size_t mark_n;
    struct located *whole; /* what should be in a window together */
    size_t whole_n, whole_cap;
};

enum morgue_status
snippet_maker_new(struct snippet_maker **out, const struct query *query,
                  const struct parse_context *context,
                  struct morgue_error *err)
{
    struct snippet_maker *m = calloc(1, sizeof *m);
    enum morgue_status st;

    *out = NULL;
    if (!m)
        return error_nomem(err);
    m->fold = tokenizer_fold(context->tokenizer);
    st = locator_new(&m->locator, query, context->tokenizer, context->stemmer,
                     LOCATE_BODY, err);
    if (!st) {
        m->seen = calloc(locator_units_n(m->locator) + 1, sizeof *m->seen);
        st = m->seen ? MORGUE_OK : error_nomem(err);
    }
    if (st)
        snippet_maker_free(m);
    else
        *out = m;
    return st;
}

void
snippet_maker_free(struct snippet_maker *m)
{
    if (!m)
        return;
    locator_free(m->locator);
    free(m->seen);
    free(m->whole);
    free(m);
}

/* ---- marks -------------------------------------------------------------- */

/* By where they begin, the longer first. */
static int
by_start(const void *a, const void *b)
{
    const struct located *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* Take what should be in a window together; of a unit of which something does
 * not fit into one, each mark. */
static enum morgue_status
take_wholes(struct snippet_maker *m, struct morgue_error *err)
{
    enum { FITS = SNIPPET_BYTES - LEAD };
    size_t n, *apart = m->seen;
    const struct located *from = locator_wholes(m->locator, &n);
    struct located *to =
        list_grown(m->whole, &m->whole_cap, n + m->mark_n + 1, sizeof *to);

    if (!to)
        return error_nomem(err);
    m->whole = to;
    m->whole_n = 0;
    memset(apart, 0, locator_units_n(m->locator) * sizeof *apart);
    for (size_t i = 0; i < n; i++) {
        if (from[i].end - from[i].start > FITS)
            apart[from[i].unit] = 1;
        else if (m->mark_n > 0 &&
                 from[i].start <= m->mark[m->mark_n - 1].start)
            to[m->whole_n++] = from[i];
    }
    for (size_t i = 0; i < m->mark_n; i++)
        if (apart[m->mark[i].unit])
            to[m->whole_n++] = m->mark[i];
    qsort(to, m->whole_n, sizeof *to, by_start);
    return MORGUE_OK;
}

/* ---- the window --------------------------------------------------------- */

/* The first of the wholes in the best window; *need is where the last of them
 * ends. */
static size_t
best_window(struct snippet_maker *m, size_t *need)
{
    const struct located *whole = m->whole;
    size_t best = 0, best_value = 0, distinct = 0;

    memset(m->seen, 0, locator_units_n(m->locator) * sizeof *m->seen);
    *need = whole[0].end;
    for (size_t i = 0, j = 0; i < m->whole_n; i++) {
        size_t value;

        for (; j < m->whole_n &&
               whole[j].end <= whole[i].start + SNIPPET_BYTES - LEAD;
             j++)
            distinct += m->seen[whole[j].unit]++ == 0;
        value = distinct * 1000 + (j > i ? j - i : 0);
        if (value > best_value) {
            best_value = value;
            best = i;
            *need = whole[i].end;
            for (size_t k = i; k < j; k++)
                if (whole[k].end > *need)
                    *need = whole[k].end;
        }
        if (j > i)
            distinct -= --m->seen[whole[i].unit] == 0;
        else
            j = i + 1;
    }
    return best;
}

/* Where the sentence begins that the byte at `at` is in. */
static size_t
sentence_of(const struct snippet_maker *m,
            const struct morgue_article *article, size_t at)
{
    struct sentence_scan scan;
    char lang[LANG_MAX];
    size_t begin = 0, next;
    bool paragraph;

    stem_code(lang, article->lang);
    sentence_scan_init(&scan, m->fold, article->body, lang);
    while (sentence_next(&scan, &next, &paragraph) && next <= at)
        begin = next;
    return begin;
}

/* Where the window begins whose first mark is at `mark`. */
static size_t
window_start(const struct snippet_maker *m,
             const struct morgue_article *article, size_t mark)
{
    struct morgue_str body = article->body;
    size_t at = sentence_of(m, article, mark);

    if (mark - at <= BACK)
        return at;
    at = utf8_floor(body, mark - LEAD);
    for (size_t i = at; i < mark; i++)
        if (is_space(body.s[i]))
            return i + 1;
    return at;
}

/* Where a window from `start` ends that has everything up to `need`. */
static size_t
window_end(struct morgue_str body, size_t start, size_t need)
{
    size_t end = start + SNIPPET_BYTES;

    if (end < need)
        end = need;
    if (end >= body.len)
        return body.len;
    for (size_t i = end; i > need && i > end - 40; i--)
        if (is_space(body.s[i]))
            return i;
    if (need + 40 > end) /* else within a word */
        return need;
    return utf8_floor(body, end);
}

/* ---- the text ----------------------------------------------------------- */

/* Copy the window with each run of white space and controls as one space, and
 * the marks with it; those that overlap become one. */
static enum morgue_status
copy_window(struct morgue_snippet *out, struct snippet_maker *m,
            struct arena *arena, struct morgue_str body, size_t start,
            size_t end, struct morgue_error *err)
{
    char *text = arena_alloc(arena, end - start + 1);
    struct morgue_span *span = arena_zero(arena, m->mark_n + 1, sizeof *span);
    size_t len = 0, n = 0, k = 0, close = 0;
    bool open = false;

    if (!text || !span)
        return error_nomem(err);
    for (size_t i = start; i <= end; i++) {
        if (open && i >= close) {
            span[n++].end = len;
            open = false;
        }
        if (i == end)
            break;
        for (; k < m->mark_n && m->mark[k].start <= i; k++)
            if (m->mark[k].start == i && m->mark[k].end <= end &&
                m->mark[k].end > close)
                close = m->mark[k].end;
        if ((unsigned char)body.s[i] <= ' ' || body.s[i] == 0x7f) {
            if (len > 0 && text[len - 1] != ' ')
                text[len++] = ' ';
            continue;
        }
        if (!open && i < close) {
            span[n].start = len;
            open = true;
        }
        text[len++] = body.s[i];
    }
    if (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    out->text = str_slice(text, len);
    out->mark = span;
    out->mark_n = n;
    return MORGUE_OK;
}

static bool
blank(struct morgue_str s)
{
    return str_trim(s).len == 0;
}

enum morgue_status
snippet_make(struct morgue_snippet *out, struct snippet_maker *m,
             struct arena *arena, const struct morgue_article *article,
             struct morgue_error *err)
{
    struct morgue_str body = article->body;
    size_t start = 0, need = 0, end, i;
    enum morgue_status st;

    *out = (struct morgue_snippet)MORGUE_SNIPPET_INIT;
    out->text = STR("");
    if (body.len == 0)
        return MORGUE_OK;
    st = locator_run(m->locator, article, err);
    m->mark = locator_marks(m->locator, FIELD_BODY, &m->mark_n);
    if (!st)
        st = take_wholes(m, err);
    if (st)
        return st;
    if (m->whole_n > 0) {
        i = best_window(m, &need);
        start = window_start(m, article, m->whole[i].start);
    } else {
        while (start < body.len && is_space(body.s[start]))
            start++;
    }
    end = window_end(body, start, need);
    out->starts_inside = !blank(str_slice(body.s, start));
    out->ends_inside = !blank(str_slice(body.s + end, body.len - end));
    return copy_window(out, m, arena, body, start, end, err);
}
