/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.c - an article's bytes in an archive
 *
 * A stored article (all integers little-endian, varints as in LEB128):
 *
 *     u8      3, the version of this form
 *     varint  length of the head
 *     bytes   the head, see below; it is not compressed, so that a page of
 *             hits is shown without unpacking bodies
 *     varint  length of the body
 *     bytes   the body as one zlib stream (RFC 1950), to the end; nothing
 *             where its length is 0
 *     u64     XXH3 of all bytes before it
 *
 * The head, which the segment engine stores by itself (record_put_head), many
 * compressed and checked together, is what the article has, each as
 *
 *     varint  tag, ascending: TAG_DATE, TAG_OFFSET, or TAG_TEXT and the number
 *             of a field
 *     varint  length
 *     bytes, and a NUL
 *
 * A date is u8 precision and i64 seconds, its offset i16 minutes, left out
 * where it is 0.  Fields that are empty are left out, and a reader passes over
 * tags that it does not know.
 */
#include "record.h"

#include "../base/zip.h"
#include "date.h"

/* Of what is in a head; those between are for what is no text. */
enum { TAG_DATE = 1, TAG_OFFSET = 2, TAG_TEXT = 16 };

enum { VERSION = 3 };

_Static_assert(FIELD_BODY == FIELD_N - 1, "all but the last is in the head");

enum morgue_status
record_check(const struct morgue_article *article, struct morgue_error *err)
{
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(article, (enum field)f);

        if (!s.s && s.len > 0)
            return error_set(err, MORGUE_USAGE, "%s is NULL and has a length",
                             field_info[f].name);
        if (s.len > field_info[FIELD_BODY].max)
            return error_set(err, MORGUE_USAGE, "%s is longer than 256 MB",
                             field_info[f].name);
    }
    if (!date_is_valid(article->date))
        return error_set(err, MORGUE_USAGE,
                         "date is not of the years 1 to 9999, or its "
                         "precision is none that there is");
    return MORGUE_OK;
}

struct hash128
record_hash(const struct morgue_article *article)
{
    struct hash128 part[FIELD_N + 1];

    memset(part, 0, sizeof part);
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(article, (enum field)f);

        part[f] = hash128(s.s ? s.s : "", s.len);
    }
    part[FIELD_N].low = (uint64_t)article->date.seconds;
    part[FIELD_N].high = (uint64_t)article->date.precision |
                         (uint64_t)(uint32_t)article->date.offset << 32;
    return hash128(part, sizeof part);
}

uint32_t
record_fields(const struct morgue_article *article)
{
    uint32_t fields = 0;

    _Static_assert(FIELD_N <= 32, "each field has a bit");
    for (int f = 0; f < FIELD_N; f++)
        fields |= (uint32_t)!str_is_blank(record_get(article, (enum field)f))
                  << f;
    return fields;
}

enum morgue_status
record_copy(struct morgue_article *out, struct arena *arena,
            const struct morgue_article *from, struct morgue_error *err)
{
    *out = (struct morgue_article)MORGUE_ARTICLE_INIT;
    out->date = from->date;
    for (int f = 0; f < FIELD_N; f++)
        if (!arena_str(arena, record_get(from, (enum field)f),
                       record_field(out, (enum field)f)))
            return error_nomem(err);
    return MORGUE_OK;
}

/* ---- writing ------------------------------------------------------------ */

static void
put_varint(struct buf *out, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        buf_char(out, (char)(v | 0x80));
    buf_char(out, (char)v);
}

static void
put_u64(struct buf *out, uint64_t v)
{
    for (int i = 0; i < 8; i++)
        buf_char(out, (char)(v >> (8 * i)));
}

static void
put_tagged(struct buf *out, unsigned tag, struct morgue_str s)
{
    put_varint(out, tag);
    put_varint(out, s.len);
    buf_str(out, s);
    buf_char(out, '\0');
}

void
record_put_head(struct buf *out, const struct morgue_article *article)
{
    const struct morgue_date *date = &article->date;

    if (date->precision != MORGUE_DATE_NONE || date->seconds != 0) {
        put_varint(out, TAG_DATE);
        put_varint(out, 1 + 8);
        buf_char(out, (char)date->precision);
        put_u64(out, (uint64_t)date->seconds);
        buf_char(out, '\0');
    }
    if (date->offset != 0) {
        uint16_t minutes = (uint16_t)(date->offset / 60);
        const char bytes[] = {(char)minutes, (char)(minutes >> 8)};

        put_tagged(out, TAG_OFFSET, str_slice(bytes, sizeof bytes));
    }
    for (unsigned f = 0; f < FIELD_BODY; f++) {
        struct morgue_str s = record_get(article, (enum field)f);

        if (s.len > 0)
            put_tagged(out, TAG_TEXT + f, s);
    }
}

enum morgue_status
record_pack(struct buf *out, const struct morgue_article *article,
            struct morgue_error *err)
{
    struct buf head;
    enum morgue_status st;
    size_t from = out->len;

    buf_init(&head, SIZE_MAX / 2);
    record_put_head(&head, article);
    st = buf_status(&head, err);
    buf_char(out, VERSION);
    put_varint(out, head.len);
    buf_str(out, buf_view(&head));
    buf_free(&head);
    put_varint(out, article->body.len);
    if (!st && article->body.len > 0)
        st = zip_pack(out, article->body, err);
    if (!st)
        st = buf_status(out, err);
    if (st)
        return st;
    put_u64(out, hash64(out->data + from, out->len - from));
    return buf_status(out, err);
}

/* ---- reading ------------------------------------------------------------ */

static bool
get_u64(struct morgue_str *in, uint64_t *v)
{
    if (in->len < 8)
        return false;
    *v = 0;
    for (int i = 0; i < 8; i++)
        *v |= (uint64_t)(unsigned char)in->s[i] << (8 * i);
    *in = str_slice(in->s + 8, in->len - 8);
    return true;
}

static bool
get_varint(struct morgue_str *in, uint64_t *v)
{
    *v = 0;
    for (int shift = 0; shift < 63 && in->len > 0; shift += 7) {
        unsigned char c = (unsigned char)in->s[0];

        *in = str_slice(in->s + 1, in->len - 1);
        *v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return true;
    }
    return false;
}

/* The version and the checksum; *in becomes what is between. */
static bool
get_frame(struct morgue_str *in)
{
    struct morgue_str sum;
    uint64_t want;

    if (in->len < 9 || in->s[0] != VERSION)
        return false;
    sum = str_slice(in->s + in->len - 8, 8);
    if (!get_u64(&sum, &want) || hash64(in->s, in->len - 8) != want)
        return false;
    *in = str_slice(in->s + 1, in->len - 9);
    return true;
}

static enum morgue_status
get_body(struct morgue_str *out, struct arena *arena, struct morgue_str packed,
         size_t len, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf body;
    /* zlib wants a byte of room more than the body has. */
    char *room = arena_alloc(arena, len + 2);

    if (!room)
        return error_nomem(err);
    buf_init(&body, len + 1);
    body.data = room;
    body.cap = len + 2;
    st = zip_unpack(&body, packed, len, err);
    if (!st)
        *out = str_slice(room, len);
    return st;
}

static bool
view_date(struct morgue_date *out, struct morgue_str s)
{
    uint64_t seconds;

    if (s.len != 9 || s.s[0] < MORGUE_DATE_NONE || s.s[0] > MORGUE_DATE_SECOND)
        return false;
    out->precision = (enum morgue_date_precision)s.s[0];
    s = str_slice(s.s + 1, 8);
    if (!get_u64(&s, &seconds))
        return false;
    out->seconds = (int64_t)seconds;
    return true;
}

static bool
view_offset(struct morgue_date *out, struct morgue_str s)
{
    if (s.len != 2)
        return false;
    out->offset = (int16_t)((unsigned)(unsigned char)s.s[0] |
                            (unsigned)(unsigned char)s.s[1] << 8) *
                  60;
    return date_is_valid(*out);
}

/* Take in what has a tag; what is not known is passed over. */
static bool
view_tagged(struct morgue_article *out, uint64_t tag, struct morgue_str s)
{
    uint64_t f = tag - TAG_TEXT;

    if (tag == TAG_DATE)
        return view_date(&out->date, s);
    if (tag == TAG_OFFSET)
        return view_offset(&out->date, s);
    if (tag < TAG_TEXT || f >= FIELD_BODY)
        return true;
    *record_field(out, (enum field)f) = s;
    return s.len <= field_info[f].max;
}

bool
record_view_head(struct morgue_article *out, struct morgue_str head)
{
    struct morgue_str rest = head;
    uint64_t tag, last = 0, len;

    *out = (struct morgue_article)MORGUE_ARTICLE_INIT;
    for (int f = 0; f <= FIELD_BODY; f++)
        *record_field(out, (enum field)f) = STR("");
    while (rest.len > 0) {
        if (!get_varint(&rest, &tag) || tag <= last ||
            !get_varint(&rest, &len) || len >= rest.len ||
            rest.s[len] != '\0' ||
            !view_tagged(out, tag, str_slice(rest.s, (size_t)len)))
            return false;
        rest = str_slice(rest.s + len + 1, rest.len - (size_t)len - 1);
        last = tag;
    }
    return true;
}

/* Copy the texts of the head into the arena. */
static enum morgue_status
keep_head(struct morgue_article *a, struct arena *arena,
          struct morgue_error *err)
{
    for (int f = 0; f < FIELD_BODY; f++) {
        struct morgue_str *s = record_field(a, (enum field)f);

        if (!arena_str(arena, *s, s))
            return error_nomem(err);
    }
    return MORGUE_OK;
}

enum morgue_status
record_unpack(struct morgue_article *out, struct arena *arena,
              struct morgue_str packed, bool with_body,
              struct morgue_error *err)
{
    uint64_t len = 0;
    enum morgue_status st;

    *out = (struct morgue_article)MORGUE_ARTICLE_INIT;
    if (!get_frame(&packed) || !get_varint(&packed, &len) ||
        len > packed.len ||
        !record_view_head(out, str_slice(packed.s, (size_t)len)))
        goto damaged;
    packed = str_slice(packed.s + len, packed.len - (size_t)len);
    if (!get_varint(&packed, &len) || len > field_info[FIELD_BODY].max)
        goto damaged;
    st = keep_head(out, arena, err);
    if (st || len == 0 || !with_body)
        return st;
    return get_body(&out->body, arena, packed, (size_t)len, err);
damaged:
    return error_set(err, MORGUE_DAMAGED, "a stored article is damaged");
}
