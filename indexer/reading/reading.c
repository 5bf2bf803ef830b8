/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reading.c - what becomes of an article between its reader and the sink
 *
 * Every field is made valid UTF-8; U+0080 to U+009F are read as windows-1252,
 * which was taken for Latin-1 where a text has them.  In all but the body,
 * white space at the ends goes, that of Unicode too, and a line end or control
 * character becomes a space; in fields with several values, each line is one
 * of them.  Fields are cut to their ceilings, a body beyond it fails.  What
 * the source says of state and date is made plain (story.h).
 *
 * An article's id is its own, else its url, else where it stands: the
 * absolute path of its file, with # and its number in it where the format has
 * many in a file (bytes of a path that are no UTF-8, and controls, as %FF),
 * else `content-` and the hash of what it says.  An id beyond the ceiling is
 * cut, with ~ and its hash behind.
 */
#include "reading.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../common/article/date.h"
#include "../../common/base/utf8.h"
#include "charset.h"
#include "story.h"
#include "written.h"

/* What one record may take: its fields, converted and repaired. */
static const size_t arena_max = (size_t)RECORD_MAX * 8;

void
reading_init(struct reading *r, const char *path, const struct sink *sink)
{
    *r = (struct reading){.path = path, .sink = sink, .now = time(NULL)};
    r->url = r->crawled = r->charset = STR("");
    r->written = r->unread = STR("");
    arena_init(&r->arena, arena_max);
    buf_init(&r->scratch, (size_t)RECORD_MAX * 4);
    buf_init(&r->text, RECORD_MAX);
    buf_init(&r->extra, field_info[FIELD_EXTRA].max);
}

void
reading_free(struct reading *r)
{
    input_free(&r->in);
    arena_free(&r->arena);
    buf_free(&r->scratch);
    buf_free(&r->text);
    buf_free(&r->extra);
}

void
reading_next(struct reading *r)
{
    arena_reset(&r->arena);
    buf_reset(&r->extra);
    r->written = r->unread = STR("");
    r->impossible[0] = '\0';
}

enum morgue_status
reading_utf8(struct reading *r, struct morgue_str *text,
             struct morgue_str declared, bool *converted,
             struct morgue_error *err)
{
    *converted = false;
    if (r->in.coding != INPUT_BYTES)
        return MORGUE_OK;
    return charset_to_utf8(text, converted, declared, &r->scratch, err);
}

/* ---- cleaning ----------------------------------------------------------- */

/* What stands between words. */
enum gap { GAP_NONE, GAP_SPACE, GAP_CONTROL, GAP_LINE };

/* Which of them begins at `s`, and its length. */
static enum gap
gap_at(const unsigned char *s, const unsigned char *end, size_t *len)
{
    *len = 1;
    if (*s == '\n' || *s == '\r')
        return GAP_LINE;
    if (*s <= ' ' || *s == 0x7f)
        return *s == ' ' ? GAP_SPACE : GAP_CONTROL;
    *len = 2;
    if (*s == 0xC2 && end - s >= 2 && s[1] >= 0x80 && s[1] <= 0xA0)
        return s[1] == 0xA0 ? GAP_SPACE : GAP_CONTROL; /* C1 */
    *len = 3;
    if (end - s < 3)
        return GAP_NONE;
    if (*s == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9))
        return GAP_CONTROL; /* line and paragraph separator */
    if ((*s == 0xE2 && s[1] == 0x80 && (s[2] <= 0x8A || s[2] == 0xAF)) ||
        (*s == 0xE3 && s[1] == 0x80 && s[2] == 0x80))
        return GAP_SPACE; /* of other widths */
    return GAP_NONE;
}

/* The run of them at `s`: its end, and the strongest of them. */
static const unsigned char *
gap_run(const unsigned char *s, const unsigned char *end, enum gap *worst)
{
    size_t len;

    for (*worst = GAP_NONE; s < end; s += len) {
        enum gap g = gap_at(s, end, &len);

        if (g == GAP_NONE)
            break;
        if (g > *worst)
            *worst = g;
    }
    return s;
}

/* Write a run with a space for each control and line end. */
static char *
put_gap(char *to, const unsigned char *s, const unsigned char *end)
{
    size_t len;

    for (; s < end; s += len) {
        if (gap_at(s, end, &len) == GAP_SPACE) {
            memcpy(to, s, len);
            to += len;
            continue;
        }
        if (*s == '\r' && end - s > 1 && s[1] == '\n')
            len = 2;
        *to++ = ' ';
    }
    return to;
}

static enum morgue_status
clean_head(struct morgue_str *s, struct arena *arena, bool many,
           struct morgue_error *err)
{
    const unsigned char *at = (const unsigned char *)s->s;
    const unsigned char *end = at + s->len;
    char *begin = arena_alloc(arena, s->len + 1), *to = begin;
    size_t n;

    if (!begin)
        return error_nomem(err);
    while (at < end) {
        const unsigned char *from = at;
        enum gap gap;

        at = gap_run(at, end, &gap);
        if (at == end)
            break;
        if (to > begin && many && gap == GAP_LINE)
            *to++ = '\n';
        else if (to > begin)
            to = put_gap(to, from, at);
        for (; at < end && gap_at(at, end, &n) == GAP_NONE; at++)
            *to++ = (char)*at;
    }
    *s = str_slice(begin, (size_t)(to - begin));
    return MORGUE_OK;
}

/* The text in valid UTF-8 and without the controls of Latin-1, in the arena if
 * it has to be repaired. */
static enum morgue_status
repair(struct morgue_str *s, struct arena *arena, unsigned *how,
       struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    bool valid = utf8_valid(*s);

    if (valid && !utf8_has_controls(*s))
        return MORGUE_OK;
    buf_init(&b, arena_max);
    if (valid) {
        utf8_add_western(&b, *s);
    } else {
        *how |= READ_REPAIRED;
        utf8_repair(&b, *s);
    }
    st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), s))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

/* An id that fits, and is still its own. */
static enum morgue_status
shorten_id(struct morgue_str *id, struct arena *arena,
           struct morgue_error *err)
{
    const size_t max = field_info[FIELD_ID].max, tail = 33;
    struct hash128 h;
    size_t len;
    char *s;

    if (id->len <= max)
        return MORGUE_OK;
    s = arena_alloc(arena, max + 1);
    if (!s)
        return error_nomem(err);
    h = hash128(id->s, id->len);
    len = utf8_floor(*id, max - tail);
    memcpy(s, id->s, len);
    snprintf(s + len, tail + 1, "~%016" PRIx64 "%016" PRIx64, h.high, h.low);
    *id = str_slice(s, len + tail);
    return MORGUE_OK;
}

static enum morgue_status
clean_field(struct morgue_article *a, enum field f, struct arena *arena,
            unsigned *how, struct morgue_error *err)
{
    struct morgue_str *s = record_field(a, f);
    enum morgue_status st;

    if (s->len == 0) {
        *s = STR("");
        return MORGUE_OK;
    }
    st = repair(s, arena, how, err);
    if (st || f == FIELD_BODY)
        return st;
    st = clean_head(s, arena, field_info[f].many, err);
    if (!st && f == FIELD_ID)
        return shorten_id(s, arena, err);
    if (s->len > field_info[f].max)
        *s = str_trim(str_slice(s->s, utf8_floor(*s, field_info[f].max)));
    return st;
}

/* Where fields may be in any charset: all of them in the one that they
 * together seem to be in. */
static enum morgue_status
convert_fields(struct reading *r, struct morgue_article *a, unsigned *how,
               struct morgue_error *err)
{
    char charset[CHARSET_MAX];
    enum morgue_status st;

    buf_reset(&r->scratch);
    for (int f = 0; f < FIELD_N; f++)
        if (!utf8_valid(record_get(a, (enum field)f)))
            buf_str(&r->scratch, record_get(a, (enum field)f));
    st = buf_status(&r->scratch, err);
    if (st || r->scratch.len == 0)
        return st;
    st = charset_guess(charset, buf_view(&r->scratch), STR(""), err);
    if (st || charset[0] == '\0')
        return st;
    *how |= READ_CONVERTED;
    for (int f = 0; f < FIELD_N && !st; f++) {
        struct morgue_str *s = record_field(a, (enum field)f);

        if (utf8_valid(*s))
            continue;
        buf_reset(&r->scratch);
        st = charset_convert(&r->scratch, *s, charset, err);
        if (!st && !arena_str(&r->arena, buf_view(&r->scratch), s))
            st = error_nomem(err);
    }
    return st;
}

static enum morgue_status
clean(struct reading *r, struct morgue_article *a, unsigned *how,
      struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    char code[LANG_CODE_MAX];

    if (r->in.coding != INPUT_BYTES)
        *how |= READ_CONVERTED;
    else if (r->unsure)
        st = convert_fields(r, a, how, err);
    for (int f = 0; f < FIELD_N && !st; f++)
        st = clean_field(a, (enum field)f, &r->arena, how, err);
    if (!st)
        st = written_settle(r, a, err);
    if (!st)
        st = story_settle(a, &r->arena, r->now, err);
    if (st || a->lang.len == 0)
        return st;
    value_lang(code, a->lang);
    return arena_str(&r->arena, str_of(code), &a->lang) ? MORGUE_OK
                                                        : error_nomem(err);
}

/* ---- ids ---------------------------------------------------------------- */

static void
add_path(struct buf *b, const char *path)
{
    const char *at = path, *end = path + strlen(path);

    while (at < end) {
        uint32_t cp;
        bool valid = true;
        size_t n = utf8_decode(at, end, &cp, &valid), gap_len;

        if (valid &&
            ((*at == ' ' && at + 1 < end) ||
             gap_at((const unsigned char *)at, (const unsigned char *)end,
                    &gap_len) == GAP_NONE))
            buf_add(b, at, n);
        else
            for (size_t i = 0; i < n; i++)
                buf_printf(b, "%%%02X", (unsigned)(unsigned char)at[i]);
        at += n;
    }
}

/* What the id that the article brings is put behind, into r->text. */
static void
add_scope(struct reading *r, const struct morgue_article *a)
{
    if (r->sink->scope == MORGUE_ID_SOURCE)
        buf_str(&r->text, a->source);
    else if (r->sink->scope == MORGUE_ID_FILE && r->whole)
        add_path(&r->text, r->whole);
    else if (r->sink->scope == MORGUE_ID_FILE && r->path[0])
        buf_char(&r->text, '-');
    if (r->text.len > 0)
        buf_char(&r->text, ':');
}

/* Put its own id into its scope, unless it was there already, as one is that
 * an archive gave out. */
static enum morgue_status
scope_id(struct reading *r, struct morgue_article *a, struct morgue_error *err)
{
    enum morgue_status st;

    buf_reset(&r->text);
    add_scope(r, a);
    if (r->text.len == 0 || str_starts(a->id, buf_view(&r->text)))
        return buf_status(&r->text, err);
    buf_str(&r->text, a->id);
    st = buf_status(&r->text, err);
    if (!st && !arena_str(&r->arena, buf_view(&r->text), &a->id))
        st = error_nomem(err);
    return st ? st : shorten_id(&a->id, &r->arena, err);
}

/* An id for an article that has none. */
static enum morgue_status
make_id(struct reading *r, struct morgue_article *a, struct morgue_error *err)
{
    struct hash128 h;
    enum morgue_status st;

    if (a->id.len > 0)
        return scope_id(r, a, err);
    buf_reset(&r->text);
    if (a->url.len > 0) {
        buf_str(&r->text, a->url);
    } else if (r->whole) {
        add_path(&r->text, r->whole);
        if (r->many)
            buf_printf(&r->text, "#%" PRIu64, r->position);
    } else {
        h = record_hash(a);
        buf_printf(&r->text, "content-%016" PRIx64 "%016" PRIx64, h.high,
                   h.low);
    }
    st = buf_status(&r->text, err);
    if (!st && !arena_str(&r->arena, buf_view(&r->text), &a->id))
        st = error_nomem(err);
    return st ? st : shorten_id(&a->id, &r->arena, err);
}

/* ---- reports ------------------------------------------------------------ */

static struct morgue_origin
reading_origin(const struct reading *r)
{
    return (struct morgue_origin){.size = sizeof(struct morgue_origin),
                                  .path = r->path,
                                  .format = r->format ? r->format : ""};
}

/* Reasons may hold parts of files' names, which may be anything. */
static enum morgue_status
report(struct reading *r, enum morgue_outcome outcome,
       const struct morgue_origin *origin, const char *id, const char *reason,
       struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    r->reported++;
    buf_init(&b, 4096);
    utf8_repair(&b, str_of(reason));
    st = buf_status(&b, err);
    if (!st)
        st = r->sink->problem(outcome, origin, id, buf_view(&b).s,
                              r->sink->payload, err);
    buf_free(&b);
    return st;
}

/* Of captures of one page the last is its version: 20200501100000 for
 * 2020-05-01T10:00:00Z, so that the order they are read in does not matter. */
static bool
add_capture_version(struct reading *r, struct morgue_article *a)
{
    enum { DIGITS = 14 };
    char *to = arena_alloc(&r->arena, DIGITS + 1);
    size_t n = 0;

    if (!to)
        return false;
    for (size_t i = 0; i < r->crawled.len && n < DIGITS; i++)
        if (is_digit(r->crawled.s[i]))
            to[n++] = r->crawled.s[i];
    to[n] = '\0';
    if (n == DIGITS)
        a->version = str_slice(to, n);
    return true;
}

/* What is known from outside of the record. */
static enum morgue_status
add_fetch(struct reading *r, struct morgue_article *a,
          struct morgue_error *err)
{
    if (a->url.len == 0)
        a->url = r->url;
    if (r->crawled.len == 0)
        return MORGUE_OK;
    if (a->extra.s != r->extra.data) {
        buf_reset(&r->extra);
        buf_str(&r->extra, a->extra);
    }
    extra_add(&r->extra, STR("crawled"), r->crawled);
    if (a->version.len == 0 && !add_capture_version(r, a))
        return error_nomem(err);
    a->extra = buf_view(&r->extra);
    return buf_status(&r->extra, err);
}

/* Clean the article, give it an id and say where it comes from. */
static enum morgue_status
take_record(struct reading *r, struct morgue_article *a, unsigned *how,
            struct morgue_origin *origin, struct morgue_error *err)
{
    enum morgue_status st;

    *origin = reading_origin(r);
    r->position++;
    if (r->many)
        origin->position = r->position;
    st = add_fetch(r, a, err);
    if (!st)
        st = clean(r, a, how, err);
    if (!st)
        st = make_id(r, a, err);
    /* With a NUL, for those who are told of it. */
    if (!st && !arena_str(&r->arena, a->id, &a->id))
        st = error_nomem(err);
    return st;
}

enum morgue_status
reading_skipped(struct reading *r, struct morgue_article *a,
                const char *reason, struct morgue_error *err)
{
    unsigned how = 0;
    struct morgue_origin origin;
    enum morgue_status st = take_record(r, a, &how, &origin, err);

    return st ? st : report(r, MORGUE_SKIPPED, &origin, a->id.s, reason, err);
}

enum morgue_status
reading_record(struct reading *r, struct morgue_article *a, unsigned how,
               struct morgue_error *err)
{
    struct morgue_origin origin;
    enum morgue_status st = take_record(r, a, &how, &origin, err);

    if (st)
        return st;
    if (str_trim(a->title).len == 0 && str_trim(a->body).len == 0 &&
        !story_is_gone(a))
        return report(r, MORGUE_SKIPPED, &origin, a->id.s, "no text", err);
    if (a->body.len > field_info[FIELD_BODY].max)
        return report(r, MORGUE_FAILED, &origin, a->id.s,
                      "the article is longer than 256 MB", err);
    origin.converted = (how & READ_CONVERTED) != 0;
    origin.repaired = (how & READ_REPAIRED) != 0;
    st = written_doubt(&origin.undated, r, a, err);
    if (st)
        return st;
    r->reported++;
    if (r->orders && r->group && !r->order_said)
        return orders_record(r->orders, r->group, a, &origin, r->written,
                             r->now, err);
    return r->sink->record(a, &origin, r->sink->payload, err);
}

enum morgue_status
reading_failed(struct reading *r, uint64_t line, const char *reason,
               struct morgue_error *err)
{
    struct morgue_origin origin = reading_origin(r);
    char text[600];

    r->position++;
    if (r->many)
        origin.position = r->position;
    if (line > 0)
        snprintf(text, sizeof text, "line %" PRIu64 ": %s", line, reason);
    else
        snprintf(text, sizeof text, "%s", reason);
    return report(r, MORGUE_FAILED, &origin, "", text, err);
}

enum morgue_status
reading_broken(struct reading *r, enum morgue_outcome outcome,
               const char *reason, struct morgue_error *err)
{
    struct morgue_origin origin = reading_origin(r);

    return report(r, outcome, &origin, "", reason, err);
}

/* Report an article that cannot be one, by its id if that can be read. */
static enum morgue_status
refuse(struct reading *r, const struct morgue_article *article,
       const char *reason, struct morgue_error *err)
{
    struct morgue_article named = MORGUE_ARTICLE_INIT;
    struct morgue_origin origin = reading_origin(r);
    unsigned how = 0;
    enum morgue_status st;

    if (article->id.s && article->id.len <= RECORD_MAX)
        named.id = article->id;
    st = clean_field(&named, FIELD_ID, &r->arena, &how, err);
    if (!st && !arena_str(&r->arena, named.id, &named.id))
        st = error_nomem(err);
    return st ? st
              : report(r, MORGUE_FAILED, &origin, named.id.s, reason, err);
}

enum morgue_status
reading_article(const struct morgue_article *article, const struct sink *sink,
                struct morgue_error *err)
{
    struct reading r;
    struct morgue_article copy = *article;
    struct morgue_error why;
    enum morgue_status st;

    reading_init(&r, "", sink);
    if (record_check(article, &why)) {
        st = refuse(&r, article, why.message, err);
    } else {
        copy.date = date_floor(copy.date);
        st = reading_record(&r, &copy, 0, err);
    }
    reading_free(&r);
    return st;
}
