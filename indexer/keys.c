/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.c - what keys of JSON objects and of heads mean
 *
 * One table, searched by a key in lower case with "_" for "-" and " ".  It
 * has the names of our own output and those that scrapers, archives and the
 * interfaces of publishers use.  A field may have several keys in a record:
 * the first in the table is the best.
 */
#include <stdlib.h>

#include "../common/article/date.h"
#include "reader.h"

enum { KEY_MAX = 40, EXTRA_VALUE_MAX = 2000 };

static const struct {
    const char *name;
    enum field field;
} table[] = {
    {"id", FIELD_ID},
    {"_id", FIELD_ID},
    {"uuid", FIELD_ID},
    {"guid", FIELD_ID},
    {"uri", FIELD_ID},
    {"doc_id", FIELD_ID},
    {"docid", FIELD_ID},
    {"docno", FIELD_ID},
    {"article_id", FIELD_ID},
    {"articleid", FIELD_ID},
    {"identifier", FIELD_ID},
    {"url", FIELD_URL},
    {"link", FIELD_URL},
    {"web_url", FIELD_URL},
    {"weburl", FIELD_URL},
    {"permalink", FIELD_URL},
    {"canonical_url", FIELD_URL},
    {"title", FIELD_TITLE},
    {"headline", FIELD_TITLE},
    {"titel", FIELD_TITLE},
    {"heading", FIELD_TITLE},
    {"name", FIELD_TITLE},
    {"body", FIELD_BODY},
    {"text", FIELD_BODY},
    {"maintext", FIELD_BODY},
    {"articlebody", FIELD_BODY},
    {"article_body", FIELD_BODY},
    {"body_text", FIELD_BODY},
    {"bodytext", FIELD_BODY},
    {"full_text", FIELD_BODY},
    {"fulltext", FIELD_BODY},
    {"content", FIELD_BODY},
    {"article", FIELD_BODY},
    {"story", FIELD_BODY},
    {"section", FIELD_SECTION},
    {"sectionname", FIELD_SECTION},
    {"section_name", FIELD_SECTION},
    {"category", FIELD_SECTION},
    {"desk", FIELD_SECTION},
    {"news_desk", FIELD_SECTION},
    {"ressort", FIELD_SECTION},
    {"source", FIELD_SOURCE},
    {"publisher", FIELD_SOURCE},
    {"source_name", FIELD_SOURCE},
    {"newspaper", FIELD_SOURCE},
    {"publication", FIELD_SOURCE},
    {"outlet", FIELD_SOURCE},
    {"agency", FIELD_SOURCE},
    {"source_domain", FIELD_SOURCE},
    {"quelle", FIELD_SOURCE},
    {"author", FIELD_AUTHOR},
    {"authors", FIELD_AUTHOR},
    {"byline", FIELD_AUTHOR},
    {"by", FIELD_AUTHOR},
    {"creator", FIELD_AUTHOR},
    {"writer", FIELD_AUTHOR},
    {"lang", FIELD_LANG},
    {"language", FIELD_LANG},
    {"inlanguage", FIELD_LANG},
    {"locale", FIELD_LANG},
    {"places", FIELD_PLACE},
    {"place", FIELD_PLACE},
    {"location", FIELD_PLACE},
    {"locations", FIELD_PLACE},
    {"geo", FIELD_PLACE},
    {"topics", FIELD_TOPICS},
    {"topic", FIELD_TOPICS},
    {"tags", FIELD_TOPICS},
    {"keywords", FIELD_TOPICS},
    {"subjects", FIELD_TOPICS},
    {"subject", FIELD_TOPICS},
    {"categories", FIELD_TOPICS},
    {"dateline", FIELD_DATELINE},
    {"extra", FIELD_EXTRA},
    {"date", FIELD_N},
    {"published", FIELD_N},
    {"published_at", FIELD_N},
    {"publishedat", FIELD_N},
    {"date_publish", FIELD_N},
    {"date_published", FIELD_N},
    {"datepublished", FIELD_N},
    {"publication_date", FIELD_N},
    {"pub_date", FIELD_N},
    {"pubdate", FIELD_N},
    {"webpublicationdate", FIELD_N},
    {"publish_date", FIELD_N},
    {"datum", FIELD_N},
    {"created", FIELD_N},
    {"created_at", FIELD_N},
    {"timestamp", FIELD_N},
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
        if (str_eq(str_slice(name, key.len), str_of(table[i].name))) {
            out->field = table[i].field;
            out->priority = (int)i + 1;
            return true;
        }
    return false;
}

enum morgue_status
add_extra(struct morgue_str *extra, struct arena *arena, struct morgue_str key,
          struct morgue_str value, struct morgue_error *err)
{
    size_t len = extra->len + (extra->len > 0) + key.len + 2 + value.len;
    char *s, *at;

    if (value.len == 0 || value.len > EXTRA_VALUE_MAX || key.len > KEY_MAX ||
        len > field_info[FIELD_EXTRA].max)
        return MORGUE_OK;
    s = at = arena_alloc(arena, len + 1);
    if (!s)
        return error_nomem(err);
    if (extra->len > 0) {
        memcpy(at, extra->s, extra->len);
        at += extra->len;
        *at++ = '\n';
    }
    memcpy(at, key.s, key.len);
    at += key.len;
    *at++ = ':';
    *at++ = ' ';
    for (size_t i = 0; i < value.len; i++)
        *at++ = value.s[i] == '\n' || value.s[i] == '\r' ? ' ' : value.s[i];
    *at = '\0';
    *extra = str_slice(s, len);
    return MORGUE_OK;
}

/* Put `value` behind what is there, on a line of its own. */
static enum morgue_status
add_line(struct morgue_str *to, struct arena *arena, struct morgue_str value,
         struct morgue_error *err)
{
    char *s = arena_alloc(arena, to->len + value.len + 2);

    if (!s)
        return error_nomem(err);
    memcpy(s, to->s, to->len);
    s[to->len] = '\n';
    memcpy(s + to->len + 1, value.s, value.len);
    *to = str_slice(s, to->len + value.len + 1);
    return MORGUE_OK;
}

enum morgue_status
keyed_add(struct keyed *k, struct arena *arena, struct morgue_str key,
          struct morgue_str value, struct morgue_error *err)
{
    struct key_meaning meaning;
    struct morgue_str *slot, copy, old;
    enum morgue_status st = MORGUE_OK;
    enum field f;

    if (value.len == 0)
        return MORGUE_OK;
    if (!key_find(key, &meaning))
        return add_extra(&k->article.extra, arena, key, value, err);
    f = meaning.field;
    slot = f == FIELD_N ? &k->date : record_field(&k->article, f);
    if (f == FIELD_EXTRA)
        return slot->len > 0 ? add_line(slot, arena, value, err)
               : arena_str(arena, value, slot) ? MORGUE_OK
                                               : error_nomem(err);
    if (k->priority[f] == meaning.priority) {
        if (f < FIELD_N && field_info[f].many)
            st = slot->len < field_info[f].max
                     ? add_line(slot, arena, value, err)
                     : MORGUE_OK;
        return st; /* of several values for one, the first */
    }
    if (!arena_str(arena, key, &copy))
        return error_nomem(err);
    if (k->priority[f] != 0 && k->priority[f] < meaning.priority)
        return str_eq(*slot, value)
                   ? MORGUE_OK
                   : add_extra(&k->article.extra, arena, key, value, err);
    old = *slot;
    if (k->priority[f] != 0 && !str_eq(old, value))
        st = add_extra(&k->article.extra, arena, k->key[f], old, err);
    k->priority[f] = meaning.priority;
    k->key[f] = copy;
    if (!st && !arena_str(arena, value, slot))
        st = error_nomem(err);
    return st;
}

/* The code of a language that is given by its English name. */
static struct morgue_str
language_code(struct morgue_str s)
{
    static const struct {
        const char *name, *code;
    } names[] = {{"arabic", "ar"},  {"chinese", "zh"},    {"dutch", "nl"},
                 {"english", "en"}, {"french", "fr"},     {"german", "de"},
                 {"greek", "el"},   {"hebrew", "he"},     {"hindi", "hi"},
                 {"italian", "it"}, {"japanese", "ja"},   {"korean", "ko"},
                 {"polish", "pl"},  {"portuguese", "pt"}, {"russian", "ru"},
                 {"spanish", "es"}, {"swedish", "sv"},    {"thai", "th"},
                 {"turkish", "tr"}, {"ukrainian", "uk"},  {"urdu", "ur"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(s, str_of(names[i].name)))
            return str_of(names[i].code);
    return s;
}

enum morgue_status
keyed_end(struct keyed *k, struct arena *arena, struct morgue_error *err)
{
    k->article.lang = language_code(str_trim(k->article.lang));
    if (k->date.len == 0 || date_parse(k->date, &k->article.date))
        return MORGUE_OK;
    return add_extra(&k->article.extra, arena, STR("date"), k->date, err);
}
