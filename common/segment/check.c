/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.c - holding an archive's files against their checksums and against
 * themselves
 *
 * Every page is read.  Then of each segment: the terms ascend, which
 * term_walk_next sees to, and the filter has those that it covers; every list
 * reads to its end, has what its skips and impacts say, and as many deleted
 * articles as is told of its term; the wdf of all lists together are the
 * lengths of the articles; every stem has words; the grams are those that the
 * words have, byte for byte; every stored article can be
 * read, is named by its term once, and has the date and the values that the
 * columns say.  Not looked at: the hash, which is of the article as it came,
 * and how many words a body has.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../engine/id_term.h"
#include "file/bytes.h"
#include "file/deletes.h"
#include "engine_segment.h"
#include "file/filter.h"
#include "file/grams.h"
#include "file/list_read.h"
#include "file/stem_words.h"
#include "file/values.h"

struct check {
    void (*finding)(const char *line, void *payload);
    void *payload;
    uint64_t findings;

    struct segment *s;
    struct list_reader list;
    uint64_t *length; /* of each article, summed from the lists */
    uint64_t terms;
    struct gram_writer grams; /* made anew from the terms */

    struct arena arena; /* of sets */
    struct field_values values[FIELD_VALUES_N];
    struct value_list sets[FIELD_VALUES_N];
};

static void __attribute__((format(printf, 2, 3)))
found(struct check *c, const char *fmt, ...)
{
    char line[600];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    c->findings++;
    if (c->finding)
        c->finding(line, c->payload);
}

/* ---- pages -------------------------------------------------------------- */

static void
check_pages(struct check *c)
{
    struct segment *s = c->s;

    for (uint64_t at = 0; at < s->body; at += PAGE) {
        uint64_t len = s->body - at < PAGE ? s->body - at : PAGE;

        if (!segment_check_pages(s, at, len))
            found(c, "%s: damaged at byte %" PRIu64, s->name, at);
    }
}

/* ---- lists -------------------------------------------------------------- */

/* Whether a pair of the impact covers the posting. */
static bool
covers(const uint8_t *impact, uint32_t wdf, uint8_t code)
{
    uint32_t w = wdf < 255 ? wdf : 255;

    for (int i = 0; i < IMPACT_PAIRS; i++)
        if (impact[2 * i] >= w && impact[2 * i + 1] <= code)
            return true;
    return false;
}

/* Whether the impacts at `impact` cover each posting of the list's block. */
static bool
covers_block(const struct check *c, const uint8_t *impact)
{
    const struct list_reader *l = &c->list;
    const uint8_t *code = c->s->column[COLUMN_CODE].data;

    for (uint32_t i = 0; i < l->n; i++)
        if (!covers(impact, l->wdf[i], code[l->doc[i]]))
            return false;
    return true;
}

/* Hold the `i`th of `n` blocks, which was just read, against the skips. */
static bool
fits_skips(struct check *c, uint64_t i, uint64_t n)
{
    const struct list_reader *l = &c->list;
    const struct term_info *info = &l->info;
    bool pos = info->flags & (TERM_POSITIONS | TERM_SHARED);
    uint64_t impacts = 8 + n * (pos ? 12 : 8), bytes, blocks;
    const uint8_t *p;

    bytes = impacts + 8 * n + 8 * ((n + GROUP - 1) / GROUP);
    p = segment_bytes(c->s, PART_POSTINGS, info->post, bytes);
    if (!p)
        return false;
    blocks = info->post + bytes;
    return get_u32(p + 8 + 4 * i) == l->doc[l->n - 1] &&
           get_u32(p + 8 + 4 * n + 4 * i) == l->at - blocks &&
           covers_block(c, p) && covers_block(c, p + impacts + 8 * i) &&
           covers_block(c, p + impacts + 8 * n + 8 * (i / GROUP));
}

static enum morgue_status
check_list(struct check *c, const char *term, const struct term_info *info,
           struct morgue_error *err)
{
    struct list_reader *l = &c->list;
    uint64_t blocks = ((uint64_t)info->df + BLOCK - 1) / BLOCK, i = 0;
    uint32_t live = 0;
    bool fits = true;
    enum morgue_status st;

    list_read_start(l, c->s, info);
    for (st = list_read_block(l, true, err); !st && l->n > 0;
         st = list_read_block(l, true, err)) {
        for (uint32_t k = 0; k < l->n; k++) {
            live += !segment_deleted(c->s, l->doc[k]);
            c->length[l->doc[k]] += l->wdf[k];
        }
        if (blocks > 1)
            fits = fits && fits_skips(c, i, blocks);
        i++;
    }
    if (st == MORGUE_NOMEM)
        return st;
    if (st || l->left > 0)
        found(c, "%s: the list of '%s' is damaged", c->s->name, term);
    else if (!fits)
        found(c, "%s: the skips of '%s' do not fit its list", c->s->name,
              term);
    else if (live != info->live)
        found(c, "%s: '%s' is counted in %u article%s and is in %u",
              c->s->name, term, info->live, info->live == 1 ? "" : "s", live);
    return MORGUE_OK;
}

/* A stem that an article has became so from a word, and its words ascend. */
static void
check_stem_words(struct check *c, struct stem_words *words,
                 const struct term_walk *at)
{
    char last[DICT_TERM_MAX];
    struct morgue_str word, before = str_slice(last, 0);
    bool itself = false, ascends = true;
    size_t n = 0;

    if (stem_words_start(words, at)) {
        for (; stem_words_next(words, &word); n++) {
            ascends &= !itself && (n == 0 || str_compare(before, word) < 0 ||
                                   word.s != words->word);
            itself = word.s != words->word;
            memcpy(last, word.s, word.len);
            before.len = word.len;
        }
    }
    if (n == 0 || !ascends)
        found(c, "%s: the words of the stem '%.*s' are damaged", c->s->name,
              (int)at->len, at->term);
}

static enum morgue_status
check_grams(struct check *c, struct morgue_error *err)
{
    uint64_t len = c->s->part[PART_GRAMS].len;
    const uint8_t *part = segment_bytes(c->s, PART_GRAMS, 0, len);
    struct buf anew;
    enum morgue_status st;

    buf_init(&anew, SIZE_MAX / 2);
    st = grams_make(&anew, &c->grams, err);
    if (!st && part && !c->s->damaged &&
        !str_eq(buf_view(&anew), str_slice((const char *)part, len)))
        found(c, "%s: the grams are not those of its words", c->s->name);
    buf_free(&anew);
    return st;
}

static enum morgue_status
check_terms(struct check *c, struct morgue_error *err)
{
    struct term_walk w;
    struct stem_words words;
    char term[sizeof w.term + 1];
    enum morgue_status st = MORGUE_OK;

    stem_words_init(&words, c->s);
    c->terms = 0;
    term_walk_start(&w, c->s, STR(""));
    while (!st && term_walk_next(&w)) {
        memcpy(term, w.term, w.len);
        term[w.len] = '\0';
        gram_writer_add(&c->grams, c->terms / DICT_BLOCK,
                        str_slice(w.term, w.len), 0);
        c->terms++;
        if (filter_covers(str_slice(term, w.len)) &&
            !filter_passes(c->s, str_slice(term, w.len)))
            found(c, "%s: the filter lacks the term '%s'", c->s->name, term);
        if (is_stem(str_slice(w.term, w.len)))
            check_stem_words(c, &words, &w);
        st = check_list(c, term, &w.info, err);
    }
    if (!st)
        st = check_grams(c, err);
    if (!st && words.at != words.end)
        found(c, "%s: stems have more words than are told", c->s->name);
    if (!st && !c->s->damaged && c->terms != c->s->terms)
        found(c, "%s: %" PRIu64 " terms, not %" PRIu64, c->s->name, c->terms,
              c->s->terms);
    return st;
}

/* ---- articles ----------------------------------------------------------- */

/* Take a field's values in, by which articles' fields become numbers again: so
 * each has to be there once. */
static enum morgue_status
take_values(struct check *c, enum field f, struct morgue_error *err)
{
    struct field_values *v = &c->values[f - FIELD_VALUES];
    struct value_list list;
    struct morgue_str value;
    uint64_t number, i = 1;
    enum morgue_status st = MORGUE_OK;

    field_values_init(v, f, NULL, &c->arena);
    value_list_open(&list, c->s, f, false);
    for (; !st && value_list_next(&list, &value); i++) {
        st = field_values_one(&number, v, value, err);
        if (!st && number != i)
            c->s->damaged = true;
    }
    v->value.arena = &c->arena; /* of what more there is in articles */
    value_list_open(&c->sets[f - FIELD_VALUES], c->s, f, true);
    if (!st && c->s->damaged)
        found(c, "%s: the values of %s are damaged", c->s->name,
              field_info[f].name);
    return st;
}

/* Whether the column has what is stored of a field. */
static enum morgue_status
value_fits(bool *fits, struct check *c, uint32_t doc, enum field f,
           struct morgue_str stored, struct morgue_error *err)
{
    struct field_values *v = &c->values[f - FIELD_VALUES];
    struct value_list *sets = &c->sets[f - FIELD_VALUES];
    uint64_t number = segment_value(c->s, column_of_field(f), doc), want;
    struct morgue_str set = STR("");
    enum morgue_status st = field_values_add(&want, v, stored, err);

    if (st || !v->many) {
        *fits = number == want;
        return st;
    }
    if (number > 0 && value_list_seek(sets, number))
        (void)value_list_next(sets, &set);
    *fits = str_eq(set, want > 0 ? v->set.value[want - 1] : STR(""));
    return MORGUE_OK;
}

/* Whether the columns say of an article what is stored with it. */
static enum morgue_status
columns_fit(bool *fit, struct check *c, uint32_t doc,
            const struct morgue_article *a, struct morgue_error *err)
{
    struct segment *s = c->s;
    struct morgue_date date = segment_date(s, doc);
    bool fits = true;
    enum morgue_status st = MORGUE_OK;

    *fit = date.precision == a->date.precision &&
           date.offset == a->date.offset &&
           (date.seconds == a->date.seconds ||
            date.precision == MORGUE_DATE_NONE) &&
           segment_value(s, COLUMN_FIELDS, doc) == record_fields(a) &&
           segment_value(s, COLUMN_CODE, doc) ==
               length_code(segment_value(s, COLUMN_LENGTH, doc));
    for (int i = 0; i < FIELD_VALUES_N && !st; i++) {
        enum field f = (enum field)(FIELD_VALUES + i);

        st = value_fits(&fits, c, doc, f, record_get(a, f), err);
        *fit = *fit && fits;
    }
    return st;
}

static enum morgue_status
check_article(struct check *c, uint32_t doc, struct inflater *inflater,
              struct arena *arena, struct morgue_error *err)
{
    struct morgue_article a;
    struct term_info info;
    struct id_term t;
    bool fit = true;
    enum morgue_status st =
        store_article(&a, c->s, inflater, arena, doc, true, err);

    if (st == MORGUE_NOMEM)
        return st;
    if (st) {
        found(c, "%s: article %u is damaged", c->s->name, doc);
        c->s->damaged = true;
        return MORGUE_OK;
    }
    t = id_term(a.id);
    if (!segment_term(&info, c->s, str_slice(t.s, t.len)) ||
        (info.df == 1 && info.doc != doc))
        found(c, "%s: article %u is not named by its id", c->s->name, doc);
    if (segment_value(c->s, COLUMN_LENGTH, doc) != c->length[doc])
        found(c, "%s: article %u has another length than its terms",
              c->s->name, doc);
    st = columns_fit(&fit, c, doc, &a, err);
    if (!st && !fit)
        found(c, "%s: article %u has other values than are stored with it",
              c->s->name, doc);
    return st;
}

static enum morgue_status
check_articles(struct check *c, struct morgue_error *err)
{
    enum morgue_status st;
    struct inflater *inflater = NULL;
    struct arena arena;
    uint64_t sum = 0;

    arena_init(&arena, SIZE_MAX / 2);
    st = inflater_new(&inflater, err);
    for (uint32_t doc = 0; doc < c->s->docs && !st && !c->s->damaged; doc++) {
        st = check_article(c, doc, inflater, &arena, err);
        sum += c->length[doc];
        arena_reset(&arena);
    }
    if (!st && !c->s->damaged && sum != c->s->length)
        found(c, "%s: another length in all than its articles", c->s->name);
    arena_free(&arena);
    inflater_free(inflater);
    return st;
}

static void
check_deletes(struct check *c)
{
    const struct deletes *d = c->s->deletes;
    uint64_t length = 0;
    uint32_t n = 0;

    for (uint32_t doc = 0; d && doc < c->s->docs; doc++)
        if (segment_deleted(c->s, doc)) {
            n++;
            length += segment_value(c->s, COLUMN_LENGTH, doc);
        }
    if (d && (n != d->n || length != d->length))
        found(c, "%s: its deletions do not add up", c->s->name);
}

/* ---- all of it ---------------------------------------------------------- */

static enum morgue_status
check_values_and_articles(struct check *c, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    int n = 0;

    arena_init(&c->arena, SIZE_MAX / 2);
    for (; n < FIELD_VALUES_N && !st; n++)
        st = take_values(c, (enum field)(FIELD_VALUES + n), err);
    if (!st && !c->s->damaged)
        st = check_articles(c, err);
    while (n > 0)
        field_values_free(&c->values[--n]);
    arena_free(&c->arena);
    return st;
}

static enum morgue_status
check_segment(struct check *c, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    check_pages(c);
    if (c->s->damaged)
        return MORGUE_OK;
    c->length = calloc(c->s->docs + (size_t)1, sizeof *c->length);
    if (!c->length)
        return error_nomem(err);
    list_reader_init(&c->list);
    gram_writer_init(&c->grams);
    st = check_terms(c, err);
    if (!st && !c->s->damaged)
        st = check_values_and_articles(c, err);
    if (!st && !c->s->damaged)
        check_deletes(c);
    if (!st && c->s->damaged && c->findings == 0)
        found(c, "%s: damaged", c->s->name);
    list_reader_free(&c->list);
    gram_writer_free(&c->grams);
    free(c->length);
    return st;
}

/* A state whose segments are opened one by one, so that one that is damaged
 * does not hide the others. */
struct held {
    struct manifest manifest;
    struct snapshot *entry; /* one of a single segment for each; empty where
                               it did not open */
    struct morgue_error *wrong; /* and why */
};

static void
release(struct held *h)
{
    for (size_t i = 0; h->entry && i < h->manifest.n; i++)
        snapshot_close(&h->entry[i]);
    free(h->entry);
    free(h->wrong);
    manifest_free(&h->manifest);
}

/* Open everything that the manifest names: from then on nobody can take it
 * away.  *missing tells whether a file was not there. */
static enum morgue_status
hold(struct held *h, bool *missing, const struct dir *dir,
     struct morgue_error *err)
{
    enum morgue_status st = manifest_read(&h->manifest, dir, err);
    size_t n = h->manifest.n;

    *missing = false;
    h->entry = st ? NULL : calloc(n + 1, sizeof *h->entry);
    h->wrong = st ? NULL : calloc(n + 1, sizeof *h->wrong);
    if (!st && (!h->entry || !h->wrong))
        st = error_nomem(err);
    for (size_t i = 0; i < n && !st; i++) {
        struct manifest one = {.entry = h->manifest.entry + i, .n = 1};

        st = snapshot_open(&h->entry[i], &one, dir, NULL, &h->wrong[i]);
        *missing = *missing || st == MORGUE_NO_INPUT;
        if (st == MORGUE_NOMEM || st == MORGUE_IO) {
            if (err)
                *err = h->wrong[i];
        } else {
            st = MORGUE_OK;
        }
    }
    return st;
}

/* Hold the newest state.  Between reading the manifest and opening what it
 * names a writer may have taken a file away: then there is a newer one. */
static enum morgue_status
hold_newest(struct held *h, const struct dir *dir, struct morgue_error *err)
{
    uint64_t before = 0;
    bool missing = true, again = true;
    enum morgue_status st = MORGUE_OK;

    for (int i = 0; missing && again; i++) {
        release(h);
        *h = (struct held){.entry = NULL};
        st = hold(h, &missing, dir, err);
        if (st)
            return st;
        again = i == 0 || h->manifest.sum != before;
        before = h->manifest.sum;
    }
    return MORGUE_OK;
}

enum morgue_status
sg_check(const struct dir *dir,
         void (*finding)(const char *line, void *payload), void *payload,
         struct morgue_error *err)
{
    struct check c = {.finding = finding, .payload = payload};
    struct held h = {.entry = NULL};
    enum morgue_status st = hold_newest(&h, dir, err);

    for (size_t i = 0; i < h.manifest.n && !st; i++)
        if (h.entry[i].n == 0) {
            found(&c, "%s", h.wrong[i].message);
        } else {
            c.s = h.entry[i].segment[0];
            st = check_segment(&c, err);
        }
    release(&h);
    if (!st && c.findings > 0)
        st = error_set(err, MORGUE_DAMAGED, "'%s' is damaged: %llu finding%s",
                       dir->path, (unsigned long long)c.findings,
                       c.findings == 1 ? "" : "s");
    return st;
}
