/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.c - articles in fields and in bytes
 *
 * A stored article (all integers little-endian, varints as in LEB128):
 *
 *     u8      2, the version of this form
 *     u8      the date's precision
 *     i64     the date's seconds
 *     for each field but the body, in the order of enum field:
 *         varint  length
 *         bytes
 *     varint  length of the body
 *     bytes   the body as one zlib stream (RFC 1950), to the end; nothing
 *             where its length is 0
 *     u64     XXH3 of all bytes before it
 *
 * The head is not compressed, so that a page of hits is shown without
 * unpacking bodies.
 *
 * Its head, stored with others (record_put_head), which are compressed and
 * checked together:
 *
 *     u8      the date's precision
 *     i64     the date's seconds
 *     for each field but the body, in the order of enum field:
 *         varint  length
 *         bytes, and a NUL
 */
#include "record.h"

#include "../base/zip.h"

enum { VERSION = 2, KIB = 1024, MIB = 1024 * 1024 };

#define AT(member) offsetof(struct morgue_article, member)

const struct field_info field_info[FIELD_N] = {
    [FIELD_ID] = {"id", AT(id), 4 * KIB, false},
    [FIELD_URL] = {"url", AT(url), 8 * KIB, false},
    [FIELD_TITLE] = {"title", AT(title), 64 * KIB, false},
    [FIELD_SECTION] = {"section", AT(section), 4 * KIB, false},
    [FIELD_SOURCE] = {"source", AT(source), 4 * KIB, false},
    [FIELD_AUTHOR] = {"author", AT(author), 16 * KIB, true},
    [FIELD_LANG] = {"lang", AT(lang), 64, false},
    [FIELD_PLACE] = {"places", AT(place), 64 * KIB, true},
    [FIELD_TOPICS] = {"topics", AT(topics), 64 * KIB, true},
    [FIELD_DATELINE] = {"dateline", AT(dateline), 4 * KIB, false},
    [FIELD_EXTRA] = {"extra", AT(extra), 64 * KIB, true},
    [FIELD_DATE_SOURCE] = {"date_source", AT(date_source), 64, false},
    [FIELD_DATE_SUSPECT] = {"date_suspect", AT(date_suspect), 64, false},
    [FIELD_STATUS] = {"status", AT(status), 64, false},
    [FIELD_VERSION] = {"version", AT(version), 64, false},
    [FIELD_EMBARGO] = {"embargo", AT(embargo), 64, false},
    [FIELD_BODY] = {"body", AT(body), 256 * MIB, false},
};

struct morgue_str *
record_field(struct morgue_article *article, enum field f)
{
    return (struct morgue_str *)(void *)((char *)article +
                                         field_info[f].offset);
}

struct morgue_str
record_get(const struct morgue_article *article, enum field f)
{
    return *(const struct morgue_str *)(const void *)((const char *)article +
                                                      field_info[f].offset);
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
    part[FIELD_N].high = (uint64_t)article->date.precision;
    return hash128(part, sizeof part);
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

enum morgue_status
record_pack(struct buf *out, const struct morgue_article *article,
            struct morgue_error *err)
{
    enum morgue_status st;
    size_t from = out->len;

    buf_char(out, VERSION);
    buf_char(out, (char)article->date.precision);
    put_u64(out, (uint64_t)article->date.seconds);
    for (int f = 0; f < FIELD_BODY; f++) {
        struct morgue_str s = record_get(article, (enum field)f);

        put_varint(out, s.len);
        buf_str(out, s);
    }
    put_varint(out, article->body.len);
    if (article->body.len > 0) {
        st = zip_pack(out, article->body, err);
        if (st)
            return st;
    }
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

/* The version, the date and the checksum; *in becomes what is between. */
static bool
get_frame(struct morgue_str *in, struct morgue_date *date)
{
    struct morgue_str rest = *in, sum;
    uint64_t seconds, want;

    if (rest.len < 18 || rest.s[0] != VERSION || rest.s[1] < 0 ||
        rest.s[1] > MORGUE_DATE_SECOND)
        return false;
    sum = str_slice(rest.s + rest.len - 8, 8);
    if (!get_u64(&sum, &want) || hash64(rest.s, rest.len - 8) != want)
        return false;
    date->precision = (enum morgue_date_precision)rest.s[1];
    rest = str_slice(rest.s + 2, rest.len - 10);
    if (!get_u64(&rest, &seconds))
        return false;
    date->seconds = (int64_t)seconds;
    *in = rest;
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

enum morgue_status
record_unpack(struct morgue_article *out, struct arena *arena,
              struct morgue_str packed, bool with_body,
              struct morgue_error *err)
{
    uint64_t len = 0;

    *out = (struct morgue_article)MORGUE_ARTICLE_INIT;
    if (!get_frame(&packed, &out->date))
        goto damaged;
    for (int f = 0; f <= FIELD_BODY; f++) {
        if (!get_varint(&packed, &len) || len > field_info[f].max)
            goto damaged;
        if (f == FIELD_BODY)
            break;
        if (len > packed.len)
            goto damaged;
        if (!arena_str(arena, str_slice(packed.s, (size_t)len),
                       record_field(out, (enum field)f)))
            return error_nomem(err);
        packed = str_slice(packed.s + len, packed.len - (size_t)len);
    }
    out->body = STR("");
    if (len > 0 && with_body)
        return get_body(&out->body, arena, packed, (size_t)len, err);
    return MORGUE_OK;
damaged:
    return error_set(err, MORGUE_DAMAGED, "a stored article is damaged");
}

/* ---- with others -------------------------------------------------------- */

void
record_put_head(struct buf *out, const struct morgue_article *article)
{
    buf_char(out, (char)article->date.precision);
    put_u64(out, (uint64_t)article->date.seconds);
    for (int f = 0; f < FIELD_BODY; f++) {
        struct morgue_str s = record_get(article, (enum field)f);

        put_varint(out, s.len);
        buf_str(out, s);
        buf_char(out, '\0');
    }
}

bool
record_view_head(struct morgue_article *out, struct morgue_str head)
{
    struct morgue_str rest = head;
    uint64_t v = 0;

    *out = (struct morgue_article)MORGUE_ARTICLE_INIT;
    out->body = STR("");
    if (rest.len < 1 || rest.s[0] < 0 || rest.s[0] > MORGUE_DATE_SECOND)
        return false;
    out->date.precision = (enum morgue_date_precision)rest.s[0];
    rest = str_slice(rest.s + 1, rest.len - 1);
    if (!get_u64(&rest, &v))
        return false;
    out->date.seconds = (int64_t)v;
    for (int f = 0; f < FIELD_BODY; f++) {
        if (!get_varint(&rest, &v) || v > field_info[f].max || v >= rest.len ||
            rest.s[v] != '\0')
            return false;
        *record_field(out, (enum field)f) = str_slice(rest.s, (size_t)v);
        rest = str_slice(rest.s + v + 1, rest.len - (size_t)v - 1);
    }
    return rest.len == 0;
}
