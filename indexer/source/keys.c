/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.c - what keys of JSON objects and of heads mean
 *
 * One table, searched by a key in lower case and without "-", spaces and
 * inner "_".  It has the names of our own output and those that scrapers,
 * archives and the interfaces of publishers use.  Where a record has several
 * keys of one field, the first in the table is the best, and the others go to
 * the extra lines, as do keys without a meaning.
 */
#include "../../common/article/date.h"
#include "../../common/text/stem.h"
#include "reader.h"

enum { KEY_MAX = 64, EXTRA_VALUE_MAX = 2000 };

#define KEY(literal)                                                          \
    {                                                                         \
        .s = (literal), .len = sizeof(literal) - 1                            \
    }

static const struct {
    struct morgue_str name;
    enum field field;
} keys[] = {
    {KEY("id"), FIELD_ID},
    {KEY("_id"), FIELD_ID},
    {KEY("uuid"), FIELD_ID},
    {KEY("guid"), FIELD_ID},
    {KEY("uri"), FIELD_ID},
    {KEY("docid"), FIELD_ID},
    {KEY("docno"), FIELD_ID},
    {KEY("articleid"), FIELD_ID},
    {KEY("storyid"), FIELD_ID},
    {KEY("newsid"), FIELD_ID},
    {KEY("documentid"), FIELD_ID},
    {KEY("identifier"), FIELD_ID},
    {KEY("@id"), FIELD_ID},
    {KEY("url"), FIELD_URL},
    {KEY("link"), FIELD_URL},
    {KEY("weburl"), FIELD_URL},
    {KEY("permalink"), FIELD_URL},
    {KEY("canonicalurl"), FIELD_URL},
    {KEY("canonical"), FIELD_URL},
    {KEY("articleurl"), FIELD_URL},
    {KEY("title"), FIELD_TITLE},
    {KEY("headline"), FIELD_TITLE},
    {KEY("headline.main"), FIELD_TITLE},
    {KEY("webtitle"), FIELD_TITLE},
    {KEY("titel"), FIELD_TITLE},
    {KEY("titre"), FIELD_TITLE},
    {KEY("heading"), FIELD_TITLE},
    {KEY("name"), FIELD_TITLE},
    {KEY("body"), FIELD_BODY},
    {KEY("text"), FIELD_BODY},
    {KEY("maintext"), FIELD_BODY},
    {KEY("articlebody"), FIELD_BODY},
    {KEY("articletext"), FIELD_BODY},
    {KEY("bodytext"), FIELD_BODY},
    {KEY("fulltext"), FIELD_BODY},
    {KEY("content"), FIELD_BODY},
    {KEY("article"), FIELD_BODY},
    {KEY("story"), FIELD_BODY},
    {KEY("section"), FIELD_SECTION},
    {KEY("sectionname"), FIELD_SECTION},
    {KEY("category"), FIELD_SECTION},
    {KEY("desk"), FIELD_SECTION},
    {KEY("newsdesk"), FIELD_SECTION},
    {KEY("ressort"), FIELD_SECTION},
    {KEY("rubrik"), FIELD_SECTION},
    {KEY("rubrique"), FIELD_SECTION},
    {KEY("source"), FIELD_SOURCE},
    {KEY("publisher"), FIELD_SOURCE},
    {KEY("sourcename"), FIELD_SOURCE},
    {KEY("newspaper"), FIELD_SOURCE},
    {KEY("publication"), FIELD_SOURCE},
    {KEY("outlet"), FIELD_SOURCE},
    {KEY("agency"), FIELD_SOURCE},
    {KEY("provider"), FIELD_SOURCE},
    {KEY("sitename"), FIELD_SOURCE},
    {KEY("sourcedomain"), FIELD_SOURCE},
    {KEY("quelle"), FIELD_SOURCE},
    {KEY("author"), FIELD_AUTHOR},
    {KEY("authors"), FIELD_AUTHOR},
    {KEY("byline"), FIELD_AUTHOR},
    {KEY("by"), FIELD_AUTHOR},
    {KEY("creator"), FIELD_AUTHOR},
    {KEY("writer"), FIELD_AUTHOR},
    {KEY("autor"), FIELD_AUTHOR},
    {KEY("auteur"), FIELD_AUTHOR},
    {KEY("lang"), FIELD_LANG},
    {KEY("language"), FIELD_LANG},
    {KEY("inlanguage"), FIELD_LANG},
    {KEY("languagecode"), FIELD_LANG},
    {KEY("locale"), FIELD_LANG},
    {KEY("sprache"), FIELD_LANG},
    {KEY("places"), FIELD_PLACE},
    {KEY("place"), FIELD_PLACE},
    {KEY("location"), FIELD_PLACE},
    {KEY("locations"), FIELD_PLACE},
    {KEY("geo"), FIELD_PLACE},
    {KEY("topics"), FIELD_TOPICS},
    {KEY("topic"), FIELD_TOPICS},
    {KEY("tags"), FIELD_TOPICS},
    {KEY("keywords"), FIELD_TOPICS},
    {KEY("subjects"), FIELD_TOPICS},
    {KEY("subject"), FIELD_TOPICS},
    {KEY("categories"), FIELD_TOPICS},
    {KEY("dateline"), FIELD_DATELINE},
    {KEY("extra"), FIELD_EXTRA},
    {KEY("date"), FIELD_N},
    {KEY("published"), FIELD_N},
    {KEY("publishedat"), FIELD_N},
    {KEY("publishedon"), FIELD_N},
    {KEY("publisheddate"), FIELD_N},
    {KEY("publishdate"), FIELD_N},
    {KEY("datepublish"), FIELD_N},
    {KEY("datepublished"), FIELD_N},
    {KEY("publicationdate"), FIELD_N},
    {KEY("pubdate"), FIELD_N},
    {KEY("webpublicationdate"), FIELD_N},
    {KEY("firstpublished"), FIELD_N},
    {KEY("datetime"), FIELD_N},
    {KEY("datum"), FIELD_N},
    {KEY("versioncreated"), FIELD_N},
    {KEY("firstcreated"), FIELD_N},
    {KEY("created"), FIELD_N},
    {KEY("createdat"), FIELD_N},
    {KEY("datecreated"), FIELD_N},
    {KEY("timestamp"), FIELD_N},
};

bool
key_find(struct morgue_str key, enum field *field, int *rank)
{
    char name[KEY_MAX];
    size_t len = 0;

    if (key.len > KEY_MAX)
        return false;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.s[i];

        if (c != '-' && c != ' ' && (c != '_' || i == 0))
            name[len++] = to_lower(c);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_eq(str_slice(name, len), keys[i].name)) {
            *field = keys[i].field;
            *rank = (int)i + 1;
            return true;
        }
    return false;
}

/* ---- extra lines -------------------------------------------------------- */

static void
add_on_one_line(struct buf *to, struct morgue_str s, char gap)
{
    for (size_t i = 0; i < s.len; i++)
        buf_char(to, (unsigned char)s.s[i] < ' ' ? gap : s.s[i]);
}

void
extra_add(struct buf *extra, struct morgue_str key, struct morgue_str value)
{
    size_t len = extra->len;

    value = str_trim(value);
    if (value.len == 0 || value.len > EXTRA_VALUE_MAX || key.len == 0 ||
        key.len > KEY_MAX)
        return;
    if (len > 0)
        buf_char(extra, '\n');
    add_on_one_line(extra, key, '_');
    buf_str(extra, STR(": "));
    add_on_one_line(extra, value, ' ');
    if (extra->full) { /* there is no room for this line */
        extra->full = false;
        buf_cut(extra, len);
    }
}

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

/* ---- values by keys ----------------------------------------------------- */

void
keyed_begin(struct keyed *k, struct reading *r)
{
    reading_next(r);
    *k = (struct keyed){.r = r, .article = MORGUE_ARTICLE_INIT};
}

/* Put the value to the field; what was there gives way. */
static enum morgue_status
take(struct keyed *k, enum field f, int rank, struct morgue_str key,
     struct morgue_str value, struct morgue_error *err)
{
    struct morgue_str *slot =
        f == FIELD_N ? &k->date : record_field(&k->article, f);

    if (k->rank[f] != 0 && !str_eq(*slot, value))
        add_other(k, k->key[f], *slot, f < FIELD_N && field_info[f].many);
    k->rank[f] = rank;
    if (!arena_str(&k->r->arena, key, &k->key[f]) ||
        !arena_str(&k->r->arena, value, slot))
        return error_nomem(err);
    return MORGUE_OK;
}

/* Put `value` behind what is there, on a line of its own. */
static enum morgue_status
add_line(struct keyed *k, enum field f, struct morgue_str value,
         struct morgue_error *err)
{
    struct morgue_str *to = record_field(&k->article, f);
    char *s;

    if (to->len > field_info[f].max)
        return MORGUE_OK;
    s = arena_alloc(&k->r->arena, to->len + value.len + 2);
    if (!s)
        return error_nomem(err);
    memcpy(s, to->s, to->len);
    s[to->len] = '\n';
    memcpy(s + to->len + 1, value.s, value.len);
    *to = str_slice(s, to->len + value.len + 1);
    return MORGUE_OK;
}

static enum morgue_status
add_date(struct keyed *k, int rank, struct morgue_str key,
         struct morgue_str value, struct morgue_error *err)
{
    struct morgue_date date;

    if (!date_parse(value, &date)) {
        extra_add(&k->r->extra, key, value);
        return MORGUE_OK;
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

enum morgue_status
keyed_add(struct keyed *k, struct morgue_str key, struct morgue_str value,
          bool several, struct morgue_error *err)
{
    struct morgue_str trimmed = str_trim(value), line;
    enum field f;
    int rank;

    if (trimmed.len == 0)
        return MORGUE_OK;
    if (!key_find(key, &f, &rank)) {
        add_other(k, key, trimmed, several);
        return MORGUE_OK;
    }
    if (f == FIELD_EXTRA) {
        add_extra_lines(k, value);
        return MORGUE_OK;
    }
    if (f != FIELD_BODY)
        value = trimmed;
    if (several && f != FIELD_BODY && (f == FIELD_N || !field_info[f].many) &&
        str_line(&trimmed, &line))
        value = line;
    if (f == FIELD_AUTHOR)
        value = without_by(value);
    if (f == FIELD_N)
        return add_date(k, rank, key, value, err);
    if (k->rank[f] == 0 || rank < k->rank[f])
        return take(k, f, rank, key, value, err);
    if (k->rank[f] == rank && field_info[f].many)
        return add_line(k, f, value, err);
    if (!str_eq(value, record_get(&k->article, f)))
        add_other(k, key, str_trim(value), several);
    return MORGUE_OK;
}

enum morgue_status
keyed_end(struct keyed *k, unsigned how, struct morgue_error *err)
{
    struct morgue_article *a = &k->article;
    char code[LANG_CODE_MAX];
    enum morgue_status st;

    lang_code(code, a->lang);
    if (code[0] == '\0')
        extra_add(&k->r->extra, k->key[FIELD_LANG], a->lang);
    if (a->url.len == 0 && (str_starts(a->id, STR("http://")) ||
                            str_starts(a->id, STR("https://"))))
        a->url = a->id;
    st = buf_status(&k->r->extra, err);
    if (st)
        return st;
    a->extra = buf_view(&k->r->extra);
    return reading_record(k->r, a, how, err);
}

/* ---- values ------------------------------------------------------------- */

struct morgue_str
without_by(struct morgue_str name)
{
    if (name.len > 3 && str_eq_nocase(str_slice(name.s, 3), STR("by ")))
        return str_trim(str_slice(name.s + 3, name.len - 3));
    return name;
}

void
lang_code(char out[LANG_CODE_MAX], struct morgue_str lang)
{
    static const struct {
        const char *name, *code;
    } names[] = {
        {"arabic", "ar"},     {"albanian", "sq"},   {"amharic", "am"},
        {"bengali", "bn"},    {"bulgarian", "bg"},  {"catalan", "ca"},
        {"chinese", "zh"},    {"croatian", "hr"},   {"czech", "cs"},
        {"danish", "da"},     {"dutch", "nl"},      {"english", "en"},
        {"estonian", "et"},   {"finnish", "fi"},    {"french", "fr"},
        {"german", "de"},     {"greek", "el"},      {"hausa", "ha"},
        {"hebrew", "he"},     {"hindi", "hi"},      {"hungarian", "hu"},
        {"indonesian", "id"}, {"irish", "ga"},      {"italian", "it"},
        {"japanese", "ja"},   {"korean", "ko"},     {"latvian", "lv"},
        {"lithuanian", "lt"}, {"norwegian", "no"},  {"persian", "fa"},
        {"polish", "pl"},     {"portuguese", "pt"}, {"romanian", "ro"},
        {"russian", "ru"},    {"serbian", "sr"},    {"slovak", "sk"},
        {"slovenian", "sl"},  {"spanish", "es"},    {"swahili", "sw"},
        {"swedish", "sv"},    {"thai", "th"},       {"turkish", "tr"},
        {"ukrainian", "uk"},  {"urdu", "ur"},       {"vietnamese", "vi"},
        {"welsh", "cy"},      {"deutsch", "de"},    {"yoruba", "yo"},
    };
    _Static_assert(LANG_CODE_MAX == LANG_MAX, "codes are as long everywhere");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(str_trim(lang), str_of(names[i].name)))
            lang = str_of(names[i].code);
    stem_code(out, lang);
    /* Undetermined, several, none, and one without a code. */
    if (strcmp(out, "und") == 0 || strcmp(out, "mul") == 0 ||
        strcmp(out, "zxx") == 0 || strcmp(out, "mis") == 0)
        out[0] = '\0';
}
