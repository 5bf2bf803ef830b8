/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keyed.c - values by keys into an article
 *
 * Of several keys of a field the best is taken (key_table.c); the others go
 * to the extra lines, as do keys without a meaning.  Not so another form of
 * the same text: of two, HTML is taken where it alone has paragraphs.
 *
 * Values that are HTML, by their key or as they look, become plain text,
 * without captions.  What an interface cut off and marked ("[+1234 chars]")
 * is noted.  A status is understood in the words of several standards.  An
 * item that is a picture, a list of others or an event is skipped, unless it
 * has a text of its own.
 */
#include "keyed.h"

#include "../../common/article/date.h"
#include "../reading/written.h"
#include "html_value.h"
#include "key_map.h"

/* ---- other values ------------------------------------------------------- */

/* A value that is not wanted for its field; several go on one line. */
static void
add_other(struct keyed *k, struct morgue_str key, struct morgue_str value,
          bool several)
{
    struct buf *extra = &k->r->extra;
    struct morgue_str line;
    struct buf b;

    if (!several) {
        extra_add(extra, key, value);
        return;
    }
    buf_init(&b, EXTRA_VALUE_MAX);
    while (str_line(&value, &line)) {
        if (b.len > 0)
            buf_str(&b, STR(", "));
        buf_str(&b, line);
    }
    if (!b.full)
        extra_add(extra, key, buf_view(&b));
    extra->nomem |= b.nomem;
    buf_free(&b);
}

static struct morgue_str
from(struct morgue_str s, size_t at)
{
    return str_slice(s.s + at, s.len - at);
}

/* ---- values by keys ----------------------------------------------------- */

void
keyed_begin(struct keyed *k, struct reading *r)
{
    reading_next(r);
    *k = (struct keyed){.r = r, .article = MORGUE_ARTICLE_INIT};
}

static struct morgue_str *
slot(struct keyed *k, enum field f)
{
    return f == FIELD_N ? &k->date : record_field(&k->article, f);
}

/* Put the value to the field; what was there gives way. */
static enum morgue_status
take(struct keyed *k, enum field f, int rank, struct morgue_str key,
     struct morgue_str value, struct morgue_error *err)
{
    struct morgue_str *to = slot(k, f);

    if (k->rank[f] != 0 && !str_eq(*to, value))
        add_other(k, k->key[f], *to, f < FIELD_N && field_info[f].many);
    k->rank[f] = rank;
    k->room[f] = 0;
    if (!arena_str(&k->r->arena, key, &k->key[f]) ||
        !arena_str(&k->r->arena, value, to))
        return error_nomem(err);
    return MORGUE_OK;
}

/* Put `value` behind what is there, on a line of its own. */
static enum morgue_status
add_line(struct keyed *k, enum field f, struct morgue_str value,
         struct morgue_error *err)
{
    struct morgue_str *to = record_field(&k->article, f);

    if (to->len > field_info[f].max ||
        arena_add_line(&k->r->arena, to, &k->room[f], value))
        return MORGUE_OK;
    return error_nomem(err);
}

/* Whether the record's date is the same instant, which one of the two has by
 * another clock than UTC's; the record then has it so. */
static bool
is_same_instant(struct keyed *k, const struct morgue_date *date)
{
    struct morgue_date *old = &k->article.date;

    if (date->precision != MORGUE_DATE_SECOND ||
        old->precision != MORGUE_DATE_SECOND ||
        old->seconds != date->seconds || old->offset == date->offset)
        return false;
    if (old->offset == 0)
        old->offset = date->offset;
    return old->offset == date->offset || date->offset == 0;
}

static enum morgue_status
add_date(struct keyed *k, int rank, struct morgue_str key,
         struct morgue_str value, struct morgue_error *err)
{
    struct morgue_date date;

    if (!written_read(k->r, value, &date)) {
        extra_add(&k->r->extra, key, value);
        return MORGUE_OK;
    }
    if (is_same_instant(k, &date)) {
        if (k->rank[FIELD_N] <= rank)
            return MORGUE_OK;
        date = k->article.date;
        k->date = value; /* says no more than what came before */
    }
    if (k->rank[FIELD_N] != 0 && k->rank[FIELD_N] <= rank) {
        if (!str_eq(value, k->date))
            extra_add(&k->r->extra, key, value);
        return MORGUE_OK;
    }
    k->article.date = date;
    return take(k, FIELD_N, rank, key, value, err);
}

/* Our own output has the extra lines of an article under one key. */
static void
add_extra_lines(struct keyed *k, struct morgue_str value)
{
    struct buf *extra = &k->r->extra;
    struct morgue_str line;

    while (str_line(&value, &line)) {
        const char *colon =
            line.len > 0 ? memchr(line.s, ':', line.len) : NULL;
        size_t len = colon ? (size_t)(colon - line.s) : 0;

        if (colon)
            extra_add(extra, str_slice(line.s, len),
                      str_slice(colon + 1, line.len - len - 1));
        else
            extra_add(extra, STR("extra"), line);
    }
}

/* ---- values of some fields ---------------------------------------------- */

/* Words for the state of a story, the gravest last.  Of one with a ":" before
 * it ("stat:canceled") that is no part. */
static const struct {
    const char *word, *status;
    int weight;
} states[] = {
    {"usable", "", 1},
    {"corrected", "corrected", 2},
    {"correction", "corrected", 2},
    {"corrective", "corrected", 2},
    {"withheld", "withheld", 3},
    {"embargoed", "withheld", 3},
    {"canceled", "canceled", 4},
    {"cancelled", "canceled", 4},
    {"killed", "canceled", 4},
    {"kill", "canceled", 4},
    {"withdrawn", "canceled", 4},
    {"retracted", "canceled", 4},
};
enum { STATES = sizeof states / sizeof *states };

static size_t
state_of(struct morgue_str word)
{
    const char *colon;
    size_t i = 0;

    word = str_trim(word);
    colon = word.len > 0 ? memchr(word.s, ':', word.len) : NULL;
    if (colon)
        word = from(word, (size_t)(colon - word.s) + 1);
    while (i < STATES && !str_eq_nocase(word, str_of(states[i].word)))
        i++;
    return i;
}

/* The gravest of the words counts; those that say nothing to us are kept. */
static void
add_status(struct keyed *k, struct morgue_str key, struct morgue_str value,
           bool several)
{
    struct morgue_str rest = value, line;
    bool known = false;

    while (str_line(&rest, &line)) {
        size_t i = state_of(line);

        if (i == STATES)
            continue;
        known = true;
        if (states[i].weight > k->rank[FIELD_STATUS]) {
            k->rank[FIELD_STATUS] = states[i].weight;
            k->article.status = str_of(states[i].status);
        }
    }
    if (!known)
        add_other(k, key, value, several);
}

/* Of a list of corrections it matters that there is one. */
static void
add_corrections(struct keyed *k, struct morgue_str key,
                struct morgue_str value, bool several)
{
    add_status(k, key, STR("corrected"), false);
    add_other(k, key, value, several);
}

static enum morgue_status
add_embargo(struct keyed *k, struct morgue_str value, struct morgue_error *err)
{
    struct morgue_date date;
    char text[MORGUE_DATE_MAX];

    if (date_parse(value, &date)) {
        date.precision = MORGUE_DATE_SECOND;
        morgue_date_print(text, date);
        value = str_of(text);
    }
    return arena_str(&k->r->arena, value, &k->article.embargo)
               ? MORGUE_OK
               : error_nomem(err);
}

/* "... the council will [+1234 chars]": without what only counts what is
 * missing. */
static void
cut_mark(struct keyed *k, struct morgue_str *body)
{
    struct morgue_str s = str_trim(*body), mark;
    size_t at = s.len;

    if (!(s.len > 10 && memcmp(s.s + s.len - 7, " chars]", 7) == 0))
        return;
    while (at > 0 && s.len - at < 24 && s.s[at - 1] != '[')
        at--;
    if (at == 0 || s.s[at - 1] != '[' || s.s[at] != '+' ||
        !is_digit(s.s[at + 1]))
        return;
    mark = str_slice(s.s + at + 1, s.len - at - 2);
    extra_add(&k->r->extra, STR("truncated"), mark);
    *body = str_trim(str_slice(s.s, at - 1));
}

static bool
has_lines(struct morgue_str s)
{
    return memchr(s.s, '\n', s.len) != NULL;
}

/* A text, which may be there in another form already. */
static enum morgue_status
add_body(struct keyed *k, struct meaning m, struct morgue_str key,
         struct morgue_str value, bool html, bool several,
         struct morgue_error *err)
{
    const struct morgue_str have = k->article.body;
    bool summary = (m.flags & KEY_SUMMARY) != 0;
    bool own = m.rank <= KEY_RANKS * KEY_OWN_MAX || /* by the user's map */
               k->rank[FIELD_BODY] <= KEY_RANKS * KEY_OWN_MAX;
    bool form = !own && summary == k->summary &&
                (html || k->html || (m.flags & KEY_VARIANT));
    bool better = k->rank[FIELD_BODY] == 0 || m.rank < k->rank[FIELD_BODY];

    if (form && html != k->html)
        better = html ? has_lines(value) && !has_lines(have)
                      : has_lines(value) || !has_lines(have);
    if (!better) {
        if (summary && !k->summary && str_eq(str_trim(value), str_trim(have)))
            k->summary = true; /* the body says no more */
        else if (!form && !str_eq(value, have) &&
                 !(summary && (m.flags & KEY_HTML)))
            add_other(k, key, str_trim(value), several);
        return MORGUE_OK;
    }
    if (form)
        k->rank[FIELD_BODY] = 0; /* it is not another text that goes */
    k->html = html;
    k->summary =
        summary || (k->summary && str_eq(str_trim(value), str_trim(have)));
    return take(k, FIELD_BODY, m.rank, key, value, err);
}

/* ---- adding ------------------------------------------------------------- */

/* What is no field of an article. */
static enum morgue_status
put_other(struct keyed *k, struct meaning m, struct morgue_str key,
          struct morgue_str value, bool several, struct morgue_error *err)
{
    if (m.field == KEY_KIND && k->kind.len == 0) {
        if (!arena_str(&k->r->arena, value, &k->kind))
            return error_nomem(err);
        if (str_eq_nocase(value, STR("text")) ||
            str_eq_nocase(value, STR("article")))
            return MORGUE_OK;
    }
    if (!(m.flags & KEY_IGNORE))
        add_other(k, key, value, several);
    return MORGUE_OK;
}

/* Whether the value is one of the lines; of many lines it is not asked. */
static bool
has_line(struct morgue_str lines, struct morgue_str value)
{
    struct morgue_str line;

    while (lines.len < LINES_SEARCHED && str_line(&lines, &line))
        if (str_eq(line, value))
            return true;
    return false;
}

/* Topics of several keys all count. */
static enum morgue_status
add_topics(struct keyed *k, struct meaning m, struct morgue_str key,
           struct morgue_str value, struct morgue_error *err)
{
    struct morgue_str line;
    enum morgue_status st = MORGUE_OK;

    while (!st && str_line(&value, &line)) {
        line = str_trim(line);
        if (line.len == 0 || has_line(k->article.topics, line))
            continue;
        st = k->rank[FIELD_TOPICS] == 0
                 ? take(k, FIELD_TOPICS, m.rank, key, line, err)
                 : add_line(k, FIELD_TOPICS, line, err);
    }
    return st;
}

static bool
is_address(struct morgue_str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

/* A value of a field, clean. */
static enum morgue_status
put_field(struct keyed *k, struct meaning m, struct morgue_str key,
          struct morgue_str value, bool several, struct morgue_error *err)
{
    enum field f = m.field;

    if (f == FIELD_TOPICS)
        return add_topics(k, m, key, value, err);
    if (f == FIELD_ID && is_address(value) && k->address.len == 0 &&
        !arena_str(&k->r->arena, value, &k->address))
        return error_nomem(err);
    if (k->rank[f] == 0 || m.rank < k->rank[f])
        return take(k, f, m.rank, key, value, err);
    if (k->rank[f] == m.rank && field_info[f].many)
        return add_line(k, f, value, err);
    if (!str_eq(value, record_get(&k->article, f)))
        add_other(k, key, str_trim(value), several);
    return MORGUE_OK;
}

/* Whether it is the address of a page rather than of a site. */
static bool
is_page(struct morgue_str s)
{
    size_t at = str_find(s, 0, STR("://"));

    if (!is_address(s) || at == s.len)
        return false;
    at = str_find(s, at + 3, STR("/"));
    return at + 1 < s.len;
}

/* Words between commas, each a value. */
static enum morgue_status
add_commas(struct keyed *k, struct meaning m, struct morgue_str key,
           struct morgue_str value, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    while (!st && value.len > 0) {
        const char *comma = memchr(value.s, ',', value.len);
        size_t len = comma ? (size_t)(comma - value.s) : value.len;

        st = put_field(k, m, key, str_trim(str_slice(value.s, len)), false,
                       err);
        value = from(value, len + (comma != NULL));
    }
    return st;
}

/* A field whose values are not taken as they are written. */
static enum morgue_status
put_special(struct keyed *k, struct meaning m, struct morgue_str key,
            struct morgue_str value, bool several, struct morgue_error *err)
{
    if (m.field == FIELD_EMBARGO)
        return add_embargo(k, value, err);
    if (m.field == FIELD_EXTRA)
        add_extra_lines(k, value);
    else if (m.flags & KEY_KEEP)
        add_corrections(k, key, value, several);
    else
        add_status(k, key, value, several);
    return MORGUE_OK;
}

/* Whether it is a list as Python prints it, which tables are full of:
 * ['Jane Roe', "Pat O'Hara"], {'ferries'}, []. */
static bool
is_printed_list(struct morgue_str s)
{
    char first, last;

    if (s.len < 2 || !((s.s[0] == '[' && s.s[s.len - 1] == ']') ||
                       (s.s[0] == '{' && s.s[s.len - 1] == '}')))
        return false;
    if (s.len == 2)
        return true;
    first = s.s[1];
    last = s.s[s.len - 2];
    return s.len > 3 && (first == '\'' || first == '"') &&
           (last == '\'' || last == '"');
}

/* Each of its strings is a value. */
static enum morgue_status
add_printed_list(struct keyed *k, struct meaning m, struct morgue_str key,
                 struct morgue_str value, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 1; i < value.len && !st;) {
        char quote = value.s[i++];
        size_t from_at = i;

        if (quote != '\'' && quote != '"')
            continue;
        while (i < value.len &&
               (value.s[i] != quote || value.s[i - 1] == '\\'))
            i++;
        st = put_field(k, m, key, str_slice(value.s + from_at, i - from_at),
                       false, err);
        i++;
    }
    return st;
}

/* A value that says what its field wants to know, as plain text. */
static enum morgue_status
put_text(struct keyed *k, struct meaning m, struct morgue_str key,
         struct morgue_str value, bool several, struct morgue_error *err)
{
    struct morgue_str rest = value, line;
    enum field f = m.field;

    if (!several && f < FIELD_N && field_info[f].many &&
        is_printed_list(value))
        return add_printed_list(k, m, key, value, err);
    if (!several && (m.flags & KEY_COMMAS))
        return add_commas(k, m, key, value, err);
    if (several && (f == FIELD_N || !field_info[f].many) &&
        str_line(&rest, &line))
        value = line;
    if (f == FIELD_N)
        return add_date(k, m.rank, key, value, err);
    if (f == FIELD_AUTHOR)
        value = value_without_by(value);
    if (f == FIELD_SOURCE && is_page(value)) /* where it is from */
        m = key_means(NULL, STR("requested_url"));
    return put_field(k, m, key, value, several, err);
}

enum morgue_status
keyed_put(struct keyed *k, struct meaning m, struct morgue_str key,
          struct morgue_str value, bool several, struct morgue_error *err)
{
    struct morgue_str trimmed = str_trim(value);
    enum field f = m.field;
    bool html;
    enum morgue_status st;

    k->event |= f == KEY_EVENT;
    if (trimmed.len == 0)
        return MORGUE_OK;
    if (f > FIELD_N)
        return put_other(k, m, key, trimmed, several, err);
    if (f == FIELD_EXTRA || f == FIELD_STATUS || f == FIELD_EMBARGO)
        return put_special(k, m, key, trimmed, several, err);
    if (f != FIELD_BODY)
        value = trimmed;
    html = f != FIELD_ID && f != FIELD_URL &&
           ((m.flags & KEY_HTML) || html_value_is(value, f == FIELD_BODY));
    if (html) {
        st = html_value_text(&value, &k->r->arena, !(m.flags & KEY_HTML), err);
        if (st || value.len == 0)
            return st;
    }
    if (f != FIELD_BODY)
        return put_text(k, m, key, value, several, err);
    cut_mark(k, &value);
    return add_body(k, m, key, value, html, several, err);
}

enum morgue_status
keyed_add(struct keyed *k, struct morgue_str key, struct morgue_str value,
          bool several, struct morgue_error *err)
{
    return keyed_put(k, key_means(k->r->map, key), key, value, several, err);
}

enum morgue_status
keyed_add_list(struct keyed *k, struct morgue_str key, struct morgue_str value,
               struct morgue_error *err)
{
    struct meaning m = key_means(k->r->map, key);
    enum morgue_status st = MORGUE_OK;
    bool many = m.field < FIELD_N && field_info[m.field].many &&
                m.field != FIELD_EXTRA;

    while (!st && value.len > 0) {
        const char *end = many ? memchr(value.s, ';', value.len) : NULL;
        size_t len = end ? (size_t)(end - value.s) : value.len;

        st = keyed_put(k, m, key, str_slice(value.s, len), false, err);
        len += end != NULL;
        value = from(value, len);
    }
    return st;
}

/* ---- the end of a record ------------------------------------------------ */

/* Items that are no articles, as ninjs and its kin call them. */
static const struct {
    const char *kind;
    bool always; /* even where there is a text */
    const char *reason;
} kinds[] = {
    {"picture", false, "a picture, not an article"},
    {"photo", false, "a picture, not an article"},
    {"image", false, "a picture, not an article"},
    {"graphic", false, "a graphic, not an article"},
    {"video", false, "a video, not an article"},
    {"audio", false, "a recording, not an article"},
    {"composite", false, "a package without a text of its own"},
    {"package", false, "a package without a text of its own"},
    {"collection", false, "a package without a text of its own"},
    {"event", true, "an event, not an article"},
    {"planning", true, "a planning item, not an article"},
    {"assignment", true, "a planning item, not an article"},
    {"object", true, "a description of data, not an article"},
};

/* Why the record is no article; NULL where it is one, or takes one back. */
static const char *
no_article(const struct keyed *k)
{
    struct morgue_str body = str_trim(k->article.body);
    bool text = body.len > 0 && !k->summary && !str_eq(body, k->article.title);

    if (str_eq(k->article.status, STR("canceled")) ||
        str_eq(k->article.status, STR("withheld")))
        return NULL;
    for (size_t i = 0; k->kind.len > 0 && i < sizeof kinds / sizeof *kinds;
         i++)
        if (str_eq_nocase(k->kind, str_of(kinds[i].kind)) &&
            (kinds[i].always || !text))
            return kinds[i].reason;
    return k->event && !text ? "an event, not an article" : NULL;
}

/* What the user's map has for every record. */
static enum morgue_status
put_constants(struct keyed *k, struct morgue_error *err)
{
    const struct key_map *map = k->r->map;
    enum morgue_status st = MORGUE_OK;

    for (int f = 0; map && f <= FIELD_N && !st; f++) {
        struct meaning m = {(enum field)f, map->constant[f].rank, 0};

        if (m.rank > 0 && (k->rank[f] == 0 || m.rank < k->rank[f]))
            st = keyed_put(k, m, STR("map"), map->constant[f].value, false,
                           err);
    }
    return st;
}

enum morgue_status
keyed_end(struct keyed *k, unsigned how, struct morgue_error *err)
{
    struct morgue_article *a = &k->article;
    char code[LANG_CODE_MAX];
    enum morgue_status st = put_constants(k, err);

    if (st)
        return st;
    value_lang(code, a->lang);
    if (code[0] == '\0')
        extra_add(&k->r->extra, k->key[FIELD_LANG], a->lang);
    if (a->url.len == 0)
        a->url = k->address;
    if (a->date_source.len == 0)
        a->date_source = k->key[FIELD_N];
    if (k->rank[FIELD_N] != 0)
        k->r->written = k->date;
    st = buf_status(&k->r->extra, err);
    if (st)
        return st;
    a->extra = buf_view(&k->r->extra);
    return no_article(k) ? reading_skipped(k->r, a, no_article(k), err)
                         : reading_record(k->r, a, how, err);
}
