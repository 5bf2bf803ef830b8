/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.c - what keys of JSON objects and of heads mean
 *
 * One table, searched by a key in lower case with "_" for "-" and " ".  It
 * has the names of our own output and those that scrapers, archives and the
 * interfaces of publishers use.  A field may have several keys in a record:
 * the first in the table is the best.
 */
#include "../common/article/date.h"
#include "reader.h"

enum { KEY_MAX = 40, EXTRA_VALUE_MAX = 2000 };

#define KEY(name, field)                                                      \
    {                                                                         \
        name, sizeof(name) - 1, field                                         \
    }

static const struct {
    const char *name;
    size_t len;
    enum field field;
} table[] = {
    KEY("id", FIELD_ID),
    KEY("_id", FIELD_ID),
    KEY("uuid", FIELD_ID),
    KEY("guid", FIELD_ID),
    KEY("uri", FIELD_ID),
    KEY("doc_id", FIELD_ID),
    KEY("docid", FIELD_ID),
    KEY("docno", FIELD_ID),
    KEY("article_id", FIELD_ID),
    KEY("articleid", FIELD_ID),
    KEY("identifier", FIELD_ID),
    KEY("url", FIELD_URL),
    KEY("link", FIELD_URL),
    KEY("web_url", FIELD_URL),
    KEY("weburl", FIELD_URL),
    KEY("permalink", FIELD_URL),
    KEY("canonical_url", FIELD_URL),
    KEY("title", FIELD_TITLE),
    KEY("headline", FIELD_TITLE),
    KEY("headline.main", FIELD_TITLE),
    KEY("titel", FIELD_TITLE),
    KEY("heading", FIELD_TITLE),
    KEY("name", FIELD_TITLE),
    KEY("body", FIELD_BODY),
    KEY("text", FIELD_BODY),
    KEY("content", FIELD_BODY),
    KEY("maintext", FIELD_BODY),
    KEY("article", FIELD_BODY),
    KEY("articlebody", FIELD_BODY),
    KEY("article_body", FIELD_BODY),
    KEY("body_text", FIELD_BODY),
    KEY("bodytext", FIELD_BODY),
    KEY("full_text", FIELD_BODY),
    KEY("fulltext", FIELD_BODY),
    KEY("story", FIELD_BODY),
    KEY("section", FIELD_SECTION),
    KEY("sectionname", FIELD_SECTION),
    KEY("section_name", FIELD_SECTION),
    KEY("category", FIELD_SECTION),
    KEY("desk", FIELD_SECTION),
    KEY("news_desk", FIELD_SECTION),
    KEY("newsdesk", FIELD_SECTION),
    KEY("ressort", FIELD_SECTION),
    KEY("source", FIELD_SOURCE),
    KEY("publisher", FIELD_SOURCE),
    KEY("source_name", FIELD_SOURCE),
    KEY("sourcename", FIELD_SOURCE),
    KEY("source_domain", FIELD_SOURCE),
    KEY("newspaper", FIELD_SOURCE),
    KEY("publication", FIELD_SOURCE),
    KEY("outlet", FIELD_SOURCE),
    KEY("agency", FIELD_SOURCE),
    KEY("quelle", FIELD_SOURCE),
    KEY("author", FIELD_AUTHOR),
    KEY("authors", FIELD_AUTHOR),
    KEY("byline", FIELD_AUTHOR),
    KEY("by", FIELD_AUTHOR),
    KEY("creator", FIELD_AUTHOR),
    KEY("writer", FIELD_AUTHOR),
    KEY("lang", FIELD_LANG),
    KEY("language", FIELD_LANG),
    KEY("inlanguage", FIELD_LANG),
    KEY("locale", FIELD_LANG),
    KEY("places", FIELD_PLACE),
    KEY("place", FIELD_PLACE),
    KEY("location", FIELD_PLACE),
    KEY("locations", FIELD_PLACE),
    KEY("geo", FIELD_PLACE),
    KEY("topics", FIELD_TOPICS),
    KEY("topic", FIELD_TOPICS),
    KEY("tags", FIELD_TOPICS),
    KEY("keywords", FIELD_TOPICS),
    KEY("subjects", FIELD_TOPICS),
    KEY("subject", FIELD_TOPICS),
    KEY("categories", FIELD_TOPICS),
    KEY("dateline", FIELD_DATELINE),
    KEY("extra", FIELD_EXTRA),
    KEY("date", FIELD_N),
    KEY("published", FIELD_N),
    KEY("published_at", FIELD_N),
    KEY("publishedat", FIELD_N),
    KEY("date_publish", FIELD_N),
    KEY("date_published", FIELD_N),
    KEY("datepublished", FIELD_N),
    KEY("publication_date", FIELD_N),
    KEY("pub_date", FIELD_N),
    KEY("pubdate", FIELD_N),
    KEY("webpublicationdate", FIELD_N),
    KEY("publish_date", FIELD_N),
    KEY("datum", FIELD_N),
    KEY("created", FIELD_N),
    KEY("created_at", FIELD_N),
    KEY("timestamp", FIELD_N),
};

bool
key_find(struct morgue_str key, struct key_meaning *out)
{
    char name[KEY_MAX];

    if (key.len == 0 || key.len > KEY_MAX)
        return false;
    for (size_t i = 0; i < key.len; i++)
        name[i] =
            key.s[i] == '-' || key.s[i] == ' ' ? '_' : to_lower(key.s[i]);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].len == key.len && table[i].name[0] == name[0] &&
            memcmp(table[i].name, name, key.len) == 0) {
            out->field = table[i].field;
            out->priority = (int)i + 1;
            return true;
        }
    return false;
}

/* ---- strings that grow -------------------------------------------------- */

/* A string that grows has room for a power of two, which is told by its
 * length, so that many appends copy each byte but a few times. */
static size_t
room_of(size_t len)
{
    size_t room = 64;

    while (room <= len)
        room *= 2;
    return room;
}

/* Room for `more` bytes behind the string; NULL when out of memory. */
static char *
extend(struct morgue_str *s, struct arena *arena, size_t more)
{
    size_t len = s->len + more;
    char *data = (char *)s->s; /* ours, from the arena */

    if (s->len == 0 || room_of(s->len) < room_of(len)) {
        data = arena_alloc(arena, room_of(len));
        if (!data)
            return NULL;
        memcpy(data, s->s ? s->s : "", s->len);
    }
    *s = str_slice(data, len);
    return data + len - more;
}

enum morgue_status
add_line(struct morgue_str *to, struct arena *arena, struct morgue_str value,
         struct morgue_error *err)
{
    bool first = to->len == 0;
    char *at = extend(to, arena, value.len + !first);

    if (!at)
        return error_nomem(err);
    if (!first)
        *at++ = '\n';
    memcpy(at, value.s, value.len);
    return MORGUE_OK;
}

enum morgue_status
add_extra(struct morgue_str *extra, struct arena *arena, struct morgue_str key,
          struct morgue_str value, struct morgue_error *err)
{
    bool first = extra->len == 0;
    size_t len = key.len + 2 + value.len + !first;
    char *at;

    value = str_trim(value);
    if (value.len == 0 || value.len > EXTRA_VALUE_MAX || key.len > KEY_MAX ||
        extra->len + len > field_info[FIELD_EXTRA].max)
        return MORGUE_OK;
    at = extend(extra, arena, key.len + 2 + value.len + !first);
    if (!at)
        return error_nomem(err);
    if (!first)
        *at++ = '\n';
    for (size_t i = 0; i < key.len; i++)
        *at++ = key.s[i] == '\n' || key.s[i] == '\r' ? ' ' : key.s[i];
    *at++ = ':';
    *at++ = ' ';
    for (size_t i = 0; i < value.len; i++)
        *at++ = value.s[i] == '\n' || value.s[i] == '\r' ? ' ' : value.s[i];
    return MORGUE_OK;
}

/* ---- values ------------------------------------------------------------- */

/* Another value of the key that the field has its value from. */
static enum morgue_status
add_more(struct morgue_str *slot, struct arena *arena, enum field f,
         struct morgue_str value, bool listed, struct morgue_error *err)
{
    bool line =
        f < FIELD_N && (field_info[f].many || (f == FIELD_BODY && listed));

    /* Of several values for one, the first. */
    if (!line || slot->len > field_info[f].max)
        return MORGUE_OK;
    return add_line(slot, arena, value, err);
}

enum morgue_status
keyed_add(struct keyed *k, struct arena *arena, struct morgue_str key,
          struct morgue_str value, bool listed, struct morgue_error *err)
{
    struct key_meaning meaning;
    struct morgue_str *slot;
    enum morgue_status st = MORGUE_OK;
    enum field f;
    int before;

    if (str_trim(value).len == 0)
        return MORGUE_OK;
    if (!key_find(key, &meaning))
        return add_extra(&k->article.extra, arena, key, value, err);
    f = meaning.field;
    slot = f == FIELD_N ? &k->date : record_field(&k->article, f);
    before = k->priority[f];
    if (f == FIELD_EXTRA || before == meaning.priority)
        return add_more(slot, arena, f, value, listed, err);
    if (before != 0 && str_eq(*slot, value))
        return MORGUE_OK;
    if (before != 0 && before < meaning.priority)
        return add_extra(&k->article.extra, arena, key, value, err);
    if (before != 0)
        st = add_extra(&k->article.extra, arena, k->key[f], *slot, err);
    k->priority[f] = meaning.priority;
    *slot = str_slice("", 0);
    if (!st)
        st = add_line(slot, arena, value, err);
    if (!st && !arena_str(arena, key, &k->key[f]))
        st = error_nomem(err);
    return st;
}

/* ---- languages ---------------------------------------------------------- */

/* The code of two letters for one of three, or for an English name. */
static struct morgue_str
short_code(struct morgue_str s)
{
    static const struct {
        const char *name, *iso3, *alternative, *code;
    } languages[] = {
        {"albanian", "sqi", "alb", "sq"}, {"amharic", "amh", "", "am"},
        {"arabic", "ara", "", "ar"},      {"basque", "eus", "baq", "eu"},
        {"bulgarian", "bul", "", "bg"},   {"catalan", "cat", "", "ca"},
        {"chinese", "zho", "chi", "zh"},  {"croatian", "hrv", "", "hr"},
        {"czech", "ces", "cze", "cs"},    {"danish", "dan", "", "da"},
        {"dutch", "nld", "dut", "nl"},    {"english", "eng", "", "en"},
        {"estonian", "est", "", "et"},    {"finnish", "fin", "", "fi"},
        {"french", "fra", "fre", "fr"},   {"german", "deu", "ger", "de"},
        {"greek", "ell", "gre", "el"},    {"hausa", "hau", "", "ha"},
        {"hebrew", "heb", "", "he"},      {"hindi", "hin", "", "hi"},
        {"hungarian", "hun", "", "hu"},   {"indonesian", "ind", "", "id"},
        {"irish", "gle", "", "ga"},       {"italian", "ita", "", "it"},
        {"japanese", "jpn", "", "ja"},    {"korean", "kor", "", "ko"},
        {"latvian", "lav", "", "lv"},     {"lithuanian", "lit", "", "lt"},
        {"norwegian", "nor", "", "no"},   {"persian", "fas", "per", "fa"},
        {"polish", "pol", "", "pl"},      {"portuguese", "por", "", "pt"},
        {"romanian", "ron", "rum", "ro"}, {"russian", "rus", "", "ru"},
        {"serbian", "srp", "", "sr"},     {"slovak", "slk", "slo", "sk"},
        {"spanish", "spa", "", "es"},     {"swahili", "swa", "", "sw"},
        {"swedish", "swe", "", "sv"},     {"thai", "tha", "", "th"},
        {"turkish", "tur", "", "tr"},     {"ukrainian", "ukr", "", "uk"},
        {"urdu", "urd", "", "ur"},        {"vietnamese", "vie", "", "vi"},
        {"yoruba", "yor", "", "yo"},
    };

    for (size_t i = 0; s.len > 0 && i < sizeof languages / sizeof *languages;
         i++)
        if (str_eq_nocase(s, str_of(languages[i].name)) ||
            str_eq_nocase(s, str_of(languages[i].iso3)) ||
            str_eq_nocase(s, str_of(languages[i].alternative)))
            return str_of(languages[i].code);
    return s;
}

/* A language as ISO 639 in lower case: en for en-US, eng and English.  What
 * is none becomes an extra line. */
static enum morgue_status
set_language(struct keyed *k, struct arena *arena, struct morgue_error *err)
{
    struct morgue_str all = str_trim(k->article.lang), s = all, code;
    char *lower;

    k->article.lang = str_slice("", 0);
    for (s.len = 0; s.len < all.len && is_alpha(all.s[s.len]); s.len++)
        ;
    code = short_code(s);
    if (code.len == 0 && all.len == 0)
        return MORGUE_OK;
    if (code.len < 2 || code.len > 3 ||
        (s.len < all.len && all.s[s.len] != '-' && all.s[s.len] != '_'))
        return add_extra(&k->article.extra, arena, STR("lang"), all, err);
    lower = arena_alloc(arena, code.len);
    if (!lower)
        return error_nomem(err);
    for (size_t i = 0; i < code.len; i++)
        lower[i] = to_lower(code.s[i]);
    k->article.lang = str_slice(lower, code.len);
    return MORGUE_OK;
}

enum morgue_status
keyed_end(struct keyed *k, struct arena *arena, struct morgue_error *err)
{
    enum morgue_status st = set_language(k, arena, err);

    if (st || k->date.len == 0 || date_parse(k->date, &k->article.date))
        return st;
    return add_extra(&k->article.extra, arena, STR("date"), k->date, err);
}
