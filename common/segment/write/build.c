/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * build.c - writing a segment's file
 */
#include "build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../base/file.h"
#include "../../base/hash.h"
#include "../../base/preset.h"
#include "../file/bytes.h"
#include "../file/filter.h"
#include "../file/front_coding.h"
#include "../file/stem_words.h"
#include "../file/footer.h"

enum {
    TEXT_BLOCK = 64 * 1024,             /* bytes of bodies in a block, about */
    HEAD_FIRST = PRESET_DICTIONARY_MAX, /* of heads in the first block */
    HEAD_BLOCK = 768,                   /* and in each later one */
    HEAD_LEVEL = 6,
    OUT = 64 * PAGE, /* what is written at once */
    DICT_SPOOL = 16 << 20
};

/* ---- the file ----------------------------------------------------------- */

/* Write all whole pages that are in memory; with `rest`, the last too. */
static enum morgue_status
write_pages(struct builder *b, bool rest, struct morgue_error *err)
{
    size_t n = rest ? b->out.len : b->out.len / PAGE * PAGE;
    enum morgue_status st = buf_status(&b->out, err);

    if (st)
        return st;
    for (size_t at = 0; at < n; at += PAGE)
        buf_u64(&b->sums,
                hash64(b->out.data + at, n - at < PAGE ? n - at : PAGE));
    st = n > 0 ? file_write(b->fd, str_slice(b->out.data, n), b->path, err)
               : MORGUE_OK;
    if (st)
        return st;
    b->filed += n;
    if (b->out.len > n)
        memmove(b->out.data, b->out.data + n, b->out.len - n);
    buf_cut(&b->out, b->out.len - n);
    return MORGUE_OK;
}

static enum morgue_status
add(void *builder, const void *data, size_t len, struct morgue_error *err)
{
    struct builder *b = builder;

    buf_add(&b->out, data, len);
    return b->out.len >= OUT ? write_pages(b, false, err) : MORGUE_OK;
}

static uint64_t
out_len(const struct builder *b)
{
    return b->filed + b->out.len;
}

static enum morgue_status
end_part(struct builder *b, enum segment_part part, uint64_t from,
         struct morgue_error *err)
{
    static const char zeros[PART_PAD];

    b->part[part][0] = from;
    b->part[part][1] = out_len(b) - from;
    return add(b, zeros, sizeof zeros, err);
}

static enum morgue_status
add_part(struct builder *b, enum segment_part part, const struct buf *data,
         struct morgue_error *err)
{
    uint64_t from = out_len(b);
    enum morgue_status st = buf_status(data, err);

    if (!st)
        st = add(b, data->data ? data->data : "", data->len, err);
    return st ? st : end_part(b, part, from, err);
}

static enum morgue_status
add_spool(struct builder *b, enum segment_part part, struct spool *spool,
          struct morgue_error *err)
{
    uint64_t from = out_len(b);
    enum morgue_status st = spool_status(spool, err);

    if (!st)
        st = spool_each(spool, add, b, err);
    return st ? st : end_part(b, part, from, err);
}

/* ---- beginning and end -------------------------------------------------- */

static enum morgue_status end_dict_block(struct builder *b,
                                         struct morgue_error *err);
static enum morgue_status store_init(struct record_store *s, struct buf *to,
                                     size_t block_bytes, int level,
                                     struct morgue_error *err);
static void store_free(struct record_store *s);

enum morgue_status
builder_new(struct builder **out, const struct dir *dir, const char *name,
            int text_level, struct morgue_error *err)
{
    struct builder *b = calloc(1, sizeof *b);
    enum morgue_status st = MORGUE_OK;

    *out = NULL;
    if (!b)
        return error_nomem(err);
    buf_init(&b->out, SIZE_MAX / 2);
    buf_init(&b->sums, SIZE_MAX / 2);
    buf_init(&b->dict_index, SIZE_MAX / 2);
    buf_init(&b->block_terms, SIZE_MAX / 2);
    buf_init(&b->block_infos, SIZE_MAX / 2);
    buf_init(&b->columns, SIZE_MAX / 2);
    buf_init(&b->stem_index, SIZE_MAX / 2);
    gram_writer_init(&b->grams);
    list_writer_init(&b->lists, dir);
    spool_init(&b->dictionary, dir, DICT_SPOOL);
    spool_init(&b->filtered, dir, DICT_SPOOL);
    spool_init(&b->head_blocks, dir, DICT_SPOOL);
    spool_init(&b->values, dir, DICT_SPOOL);
    spool_init(&b->stem_words, dir, DICT_SPOOL);
    b->fd = -1;
    b->dir = dir;
    b->path = path_join(dir->path, name);
    st = store_init(&b->bodies, &b->out, TEXT_BLOCK, text_level, err);
    if (!st)
        st = store_init(&b->heads, &b->head_blocks.buf, HEAD_FIRST, HEAD_LEVEL,
                        err);
    b->heads.with_preset = true;
    if (!st && !b->path)
        st = error_nomem(err);
    if (!st) {
        b->name = b->path + strlen(b->path) - strlen(name);
        st = dir_create_file(&b->fd, dir, name, err);
    }
    if (!st)
        st = add(b, SEGMENT_MAGIC, SEGMENT_MAGIC_LEN, err);
    if (st)
        builder_free(b, false);
    else
        *out = b;
    return st;
}

void
builder_free(struct builder *b, bool finished)
{
    if (!b)
        return;
    if (b->fd >= 0) {
        close(b->fd);
        if (!finished)
            (void)dir_remove(b->dir, b->name, NULL);
    }
    list_writer_free(&b->lists);
    spool_free(&b->dictionary);
    spool_free(&b->filtered);
    spool_free(&b->head_blocks);
    spool_free(&b->values);
    spool_free(&b->stem_words);
    store_free(&b->bodies);
    store_free(&b->heads);
    buf_free(&b->out);
    buf_free(&b->sums);
    buf_free(&b->dict_index);
    buf_free(&b->block_terms);
    buf_free(&b->block_infos);
    buf_free(&b->columns);
    buf_free(&b->stem_index);
    gram_writer_free(&b->grams);
    free(b->path);
    free(b);
}

static void
put_footer(struct buf *f, const struct builder *b,
           const struct segment_counts *counts, uint64_t body)
{
    buf_u32(f, SEGMENT_VERSION);
    buf_u32(f, counts->docs);
    buf_u32(f, counts->dated);
    buf_u32(f, COLUMN_N);
    buf_u64(f, counts->length);
    buf_u64(f, b->terms);
    buf_u64(f, body);
    buf_u32(f, PART_N);
    buf_u32(f, SEGMENT_FEATURES);
    for (int i = 0; i < PART_N; i++) {
        buf_u64(f, b->part[i][0]);
        buf_u64(f, b->part[i][1]);
    }
    for (int i = 0; i < COLUMN_N; i++)
        for (int k = 0; k < 3; k++)
            buf_u64(f, b->column[i][k]);
    buf_u64(f, hash64(b->sums.data, b->sums.len));
    buf_u32(f, FOOTER);
    buf_u32(f, 0);
}

static enum morgue_status
add_footer(struct builder *b, const struct segment_counts *counts,
           uint64_t *sum, struct morgue_error *err)
{
    struct buf f;
    enum morgue_status st;
    uint64_t body = out_len(b);

    buf_init(&f, SIZE_MAX / 2);
    st = write_pages(b, true, err);
    if (!st)
        st = buf_status(&b->sums, err);
    if (st)
        return st;
    buf_add(&f, b->sums.data, b->sums.len);
    put_footer(&f, b, counts, body);
    st = buf_status(&f, err);
    if (!st) {
        *sum = hash64(f.data + b->sums.len, f.len - b->sums.len);
        buf_u64(&f, *sum);
        st = buf_status(&f, err);
    }
    if (!st)
        st = file_write(b->fd, buf_view(&f), b->path, err);
    b->filed += f.len;
    buf_free(&f);
    return st;
}

static enum morgue_status add_stores(struct builder *b,
                                     struct morgue_error *err);

static enum morgue_status
add_filter(struct builder *b, struct morgue_error *err)
{
    struct buf filter;
    enum morgue_status st;

    buf_init(&filter, SIZE_MAX / 2);
    st = filter_make(&filter, &b->filtered, err);
    if (!st)
        st = add_part(b, PART_FILTER, &filter, err);
    buf_free(&filter);
    return st;
}

static enum morgue_status
add_grams(struct builder *b, struct morgue_error *err)
{
    struct buf grams;
    enum morgue_status st;

    buf_init(&grams, SIZE_MAX / 2);
    st = grams_make(&grams, &b->grams, err);
    if (!st)
        st = add_part(b, PART_GRAMS, &grams, err);
    buf_free(&grams);
    return st;
}

static enum morgue_status
add_values(struct builder *b, struct morgue_error *err)
{
    uint8_t places[sizeof b->value_place];
    uint64_t from = out_len(b);
    enum morgue_status st;

    for (size_t i = 0; i < FIELD_VALUES_N; i++)
        for (size_t k = 0; k < 2; k++)
            put_u64(places + 16 * i + 8 * k, b->value_place[i][k]);
    st = add(b, places, sizeof places, err);
    if (!st)
        st = spool_each(&b->values, add, b, err);
    return st ? st : end_part(b, PART_VALUES, from, err);
}

enum morgue_status
builder_finish(struct builder *b, const struct segment_counts *counts,
               uint64_t *size, uint64_t *sum, struct morgue_error *err)
{
    enum morgue_status st = add_stores(b, err);

    if (!st)
        st = add_spool(b, PART_POSTINGS, &b->lists.postings, err);
    if (!st)
        st = add_spool(b, PART_POSITIONS, &b->lists.positions, err);
    if (!st)
        st = end_dict_block(b, err);
    if (!st)
        st = add_spool(b, PART_DICTIONARY, &b->dictionary, err);
    if (!st)
        st = add_part(b, PART_DICT_INDEX, &b->dict_index, err);
    if (!st)
        st = add_filter(b, err);
    if (!st)
        st = add_spool(b, PART_STEM_WORDS, &b->stem_words, err);
    if (!st)
        st = add_part(b, PART_STEM_INDEX, &b->stem_index, err);
    if (!st)
        st = add_grams(b, err);
    if (!st)
        st = add_part(b, PART_COLUMNS, &b->columns, err);
    if (!st)
        st = add_values(b, err);
    if (!st)
        st = add_footer(b, counts, sum, err);
    *size = b->filed;
    if (!st)
        file_write_back(b->fd);
    return st;
}

/* ---- stored articles ---------------------------------------------------- */

static enum morgue_status
store_init(struct record_store *s, struct buf *to, size_t block_bytes,
           int level, struct morgue_error *err)
{
    s->to = to;
    s->block_bytes = block_bytes;
    buf_init(&s->record, SIZE_MAX / 2);
    buf_init(&s->ends, SIZE_MAX / 2);
    buf_init(&s->whole, SIZE_MAX / 2);
    buf_init(&s->first, SIZE_MAX / 2);
    buf_init(&s->size, SIZE_MAX / 2);
    buf_init(&s->end, SIZE_MAX / 2);
    return deflater_new(&s->deflater, level, err);
}

static void
store_free(struct record_store *s)
{
    deflater_free(s->deflater);
    preset_packer_free(s->preset);
    buf_free(&s->record);
    buf_free(&s->ends);
    buf_free(&s->whole);
    buf_free(&s->first);
    buf_free(&s->size);
    buf_free(&s->end);
}

/* Note a block that was just packed. */
static enum morgue_status
note_block(struct record_store *s, size_t packed, size_t size,
           uint32_t records, struct morgue_error *err)
{
    enum morgue_status st;

    s->packed += packed;
    buf_u32(&s->first, s->records);
    buf_u32(&s->size, (uint32_t)size);
    buf_u64(&s->end, s->packed);
    s->records += records;
    st = buf_status(&s->first, err);
    if (!st)
        st = buf_status(&s->size, err);
    return st ? st : buf_status(&s->end, err);
}

/* The first block of heads is the dictionary of the others, but of those that
 * are too large for it to matter. */
static enum morgue_status
pack_block(struct record_store *s, struct morgue_error *err)
{
    struct morgue_str whole = buf_view(&s->whole);
    enum morgue_status st;

    if (s->preset && whole.len <= PRESET_DATA_MAX)
        return preset_pack(s->to, s->preset, whole, err);
    st = deflater_pack(s->to, s->deflater, whole, err);
    if (st || !s->with_preset || s->preset)
        return st;
    s->block_bytes = HEAD_BLOCK;
    return preset_packer_new(&s->preset, whole, err);
}

static enum morgue_status
end_block(struct record_store *s, struct morgue_error *err)
{
    struct buf *whole = &s->whole;
    enum morgue_status st;
    size_t size, before = s->to->len;

    if (s->block_records == 0)
        return MORGUE_OK;
    buf_reset(whole);
    buf_u32(whole, s->block_records);
    buf_add(whole, s->ends.data, s->ends.len);
    buf_add(whole, s->record.data, s->record.len);
    size = whole->len;
    st = buf_status(whole, err);
    if (!st)
        st = pack_block(s, err);
    if (!st)
        st = note_block(s, s->to->len - before, size, s->block_records, err);
    s->block_records = 0;
    buf_cut(&s->record, 0);
    buf_cut(&s->ends, 0);
    return st;
}

static enum morgue_status
store_add(struct record_store *s, struct morgue_str record,
          struct morgue_error *err)
{
    enum morgue_status st;

    if (record.len > UINT32_MAX / 2)
        return error_set(err, MORGUE_UNSUPPORTED, "an article of 2 GB");
    buf_str(&s->record, record);
    buf_u32(&s->ends, (uint32_t)s->record.len);
    s->block_records++;
    st = buf_status(&s->record, err);
    if (!st)
        st = buf_status(&s->ends, err);
    if (!st && s->record.len >= s->block_bytes)
        st = end_block(s, err);
    return st;
}

enum morgue_status
builder_body(struct builder *b, struct morgue_str body,
             struct morgue_error *err)
{
    enum morgue_status st = store_add(&b->bodies, body, err);

    return st ? st : add(b, "", 0, err);
}

enum morgue_status
builder_head(struct builder *b, struct morgue_str head,
             struct morgue_error *err)
{
    enum morgue_status st = store_add(&b->heads, head, err);

    return st ? st : spool_status(&b->head_blocks, err);
}

enum morgue_status
builder_copy_block(struct builder *b, struct morgue_str packed, uint32_t size,
                   uint32_t records, struct morgue_error *err)
{
    enum morgue_status st = end_block(&b->bodies, err);

    if (!st)
        st = add(b, packed.s, packed.len, err);
    return st ? st : note_block(&b->bodies, packed.len, size, records, err);
}

static enum morgue_status
add_store_index(struct builder *b, enum segment_part part,
                const struct record_store *s, struct morgue_error *err)
{
    uint64_t from = out_len(b);
    uint8_t n[4];
    enum morgue_status st = add(b, s->first.data, s->first.len, err);

    put_u32(n, s->records);
    if (!st)
        st = add(b, n, sizeof n, err);
    if (!st)
        st = add(b, s->size.data, s->size.len, err);
    if (!st)
        st = add(b, s->end.data, s->end.len, err);
    return st ? st : end_part(b, part, from, err);
}

/* End both; the bodies are in the file already. */
static enum morgue_status
add_stores(struct builder *b, struct morgue_error *err)
{
    enum morgue_status st = end_block(&b->bodies, err);

    if (!st)
        st = end_part(b, PART_TEXT, SEGMENT_MAGIC_LEN, err);
    if (!st)
        st = add_store_index(b, PART_TEXT_INDEX, &b->bodies, err);
    if (!st)
        st = end_block(&b->heads, err);
    if (!st)
        st = add_spool(b, PART_HEADS, &b->head_blocks, err);
    return st ? st : add_store_index(b, PART_HEADS_INDEX, &b->heads, err);
}

/* ---- terms -------------------------------------------------------------- */

/* What is known of a term that only one article has; this is stored already,
 * as all are. */
static void
put_inline(const struct builder *b, struct buf *to, const struct list_place *p)
{
    const uint32_t docs = b->heads.records + b->heads.block_records;
    const bool once = p->wdf == 1;

    buf_char(to, (char)(p->flags | (once ? DICT_ONCE : 0u)));
    for (unsigned i = 0; i < dict_doc_width(docs); i++)
        buf_char(to, (char)(p->doc >> (8 * i)));
    if (!once && !(p->flags & TERM_ZERO_WDF))
        buf_varint(to, p->wdf);
    if (!(p->flags & TERM_POSITIONS))
        return;
    if (!once)
        buf_varint(to, p->pos_n);
    for (uint32_t i = 0; i < p->pos_n; i++)
        buf_varint(to, p->delta[i]);
}

static void
put_place(struct builder *b, const struct list_place *p)
{
    struct buf *to = &b->block_infos;

    if (p->flags & TERM_INLINE) {
        put_inline(b, to, p);
        return;
    }
    buf_varint(to, (uint64_t)p->df << 4 | p->flags);
    buf_varint(to, zigzag(p->post - b->last_post));
    b->last_post = p->post;
    if (!(p->flags & TERM_POSITIONS))
        return;
    buf_varint(to, zigzag(p->pos - b->last_pos));
    b->last_pos = p->pos;
}

/* Write the block of the dictionary that is at hand, if there is one. */
static enum morgue_status
end_dict_block(struct builder *b, struct morgue_error *err)
{
    struct buf *to = &b->dictionary.buf;
    enum morgue_status st = buf_status(&b->block_terms, err);

    if (!st)
        st = buf_status(&b->block_infos, err);
    if (st || b->block_terms.len == 0)
        return st;
    buf_varint(to, b->block_terms.len);
    buf_str(to, buf_view(&b->block_terms));
    buf_str(to, buf_view(&b->block_infos));
    buf_reset(&b->block_terms);
    buf_reset(&b->block_infos);
    return spool_status(&b->dictionary, err);
}

/* A block of the dictionary begins with the term. */
static enum morgue_status
add_dict_entry(struct builder *b, struct morgue_str term,
               struct morgue_error *err)
{
    uint64_t at = spool_len(&b->dictionary);
    uint8_t entry[DICT_ENTRY], place[8];

    if (at > DICT_PLACE_MAX)
        return error_set(err, MORGUE_UNSUPPORTED,
                         "a dictionary has more than 1 TB");
    put_u64(place, at);
    memcpy(entry, place, DICT_PLACE);
    dict_put_key(entry + DICT_PLACE, term);
    buf_add(&b->dict_index, entry, sizeof entry);
    buf_u64(&b->stem_index, spool_len(&b->stem_words));
    return buf_status(&b->stem_index, err);
}

enum morgue_status
builder_term(struct builder *b, struct morgue_str term,
             const struct list_place *place, struct morgue_error *err)
{
    size_t shared;
    enum morgue_status st = MORGUE_OK;

    if (term.len > sizeof b->term)
        return error_set(err, MORGUE_INTERNAL, "a term of %zu bytes",
                         term.len);
    if (b->terms % DICT_BLOCK == 0) {
        st = end_dict_block(b, err);
        if (!st)
            st = add_dict_entry(b, term, err);
        if (st)
            return st;
        b->term_len = 0;
        b->last_post = b->last_pos = 0;
    }
    shared = front_shared(str_slice(b->term, b->term_len), term);
    front_put(&b->block_terms, term, shared);
    put_place(b, place);
    memcpy(b->term, term.s, term.len);
    b->term_len = term.len;
    gram_writer_add(&b->grams, b->terms / DICT_BLOCK, term, shared);
    b->terms++;
    if (filter_covers(term))
        filter_note(&b->filtered, term);
    st = buf_status(&b->dict_index, err);
    return st ? st : spool_status(&b->filtered, err);
}

static int
by_bytes(const void *a, const void *b)
{
    return str_compare(*(const struct morgue_str *)a,
                       *(const struct morgue_str *)b);
}

enum morgue_status
builder_stem_words(struct builder *b, struct morgue_str *word, size_t n,
                   struct morgue_error *err)
{
    size_t kept = 0;

    if (n > 1)
        qsort(word, n, sizeof *word, by_bytes);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !str_eq(word[kept - 1], word[i]))
            word[kept++] = word[i];
    stem_words_put(&b->stem_words.buf, str_slice(b->term, b->term_len), word,
                   kept);
    return spool_status(&b->stem_words, err);
}

/* ---- columns ------------------------------------------------------------ */

/* The bits that a column's values need.  Lengths are read in whole bytes. */
static uint32_t
width_of(enum segment_column c, uint64_t max)
{
    uint32_t width = 0;

    if (c == COLUMN_CODE)
        return 8;
    while (width < 64 && max >> width != 0)
        width++;
    if (c == COLUMN_LENGTH)
        width = (width + 7) / 8 * 8;
    return width > COLUMN_WIDTH_MAX ? 64 : width;
}

/* Append n values of `width` bits, less `min` each. */
static void
put_bits(struct buf *out, const uint64_t *value, uint32_t n, uint64_t min,
         uint32_t width)
{
    size_t bytes = (size_t)(((uint64_t)n * width + 7) / 8);
    uint8_t *to = (uint8_t *)buf_room(out, bytes + sizeof(uint64_t));
    uint64_t held = 0; /* bits that make no whole byte yet */
    uint32_t bits = 0;

    if (!to)
        return;
    for (uint32_t i = 0; i < n; i++) {
        held |= (value[i] - min) << bits;
        bits += width;
        put_u64(to, held);
        to += bits / 8;
        held = bits < 64 ? held >> (bits & ~7u) : 0;
        bits &= 7;
    }
    if (bits > 0)
        *to = (uint8_t)held;
    buf_cut(out, out->len + bytes);
}

enum morgue_status
builder_column(struct builder *b, enum segment_column c, const uint64_t *value,
               uint32_t n, struct morgue_error *err)
{
    uint64_t min = n > 0 ? UINT64_MAX : 0, max = 0;
    uint32_t width;

    for (uint32_t i = 0; i < n; i++) {
        min = value[i] < min ? value[i] : min;
        max = value[i] > max ? value[i] : max;
    }
    if (c == COLUMN_CODE)
        min = 0;
    width = width_of(c, max - min);
    b->column[c][0] = b->columns.len;
    b->column[c][1] = min;
    b->column[c][2] = width;
    put_bits(&b->columns, value, n, min, width);
    return buf_status(&b->columns, err);
}

enum morgue_status
builder_values(struct builder *b, enum field f, const struct field_values *v,
               const uint64_t *number, uint32_t n, struct morgue_error *err)
{
    uint64_t *place = b->value_place[f - FIELD_VALUES];
    enum morgue_status st;

    place[0] = sizeof b->value_place + spool_len(&b->values);
    st = value_table_put(&b->values, &v->value, err);
    place[1] = sizeof b->value_place + spool_len(&b->values);
    if (!st)
        st = value_table_put(&b->values, &v->set, err);
    return st ? st : builder_column(b, column_of_field(f), number, n, err);
}
