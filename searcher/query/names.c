/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names.c - what may stand before a colon in a query
 */
#include "names.h"

#define OF(f) &field_info[f]

static const struct query_name table[] = {
    {"title", NAME_WORDS, OF(FIELD_TITLE)},
    {"body", NAME_WORDS, OF(FIELD_BODY)},
    {"author", NAME_WORDS, OF(FIELD_AUTHOR)},
    {"place", NAME_WORDS, OF(FIELD_PLACE)},
    {"topic", NAME_WORDS, OF(FIELD_TOPICS)},
    {"section", NAME_VALUE, OF(FIELD_SECTION)},
    {"source", NAME_VALUE, OF(FIELD_SOURCE)},
    {"lang", NAME_VALUE, OF(FIELD_LANG)},
    {"id", NAME_ID, NULL},
    {"url", NAME_URL, NULL},
    {"site", NAME_SITE, NULL},
    {"date", NAME_DATE, NULL},
    {"wc", NAME_LENGTH, NULL},
    {"has", NAME_HAS, NULL},
};

enum { NAMES = sizeof table / sizeof *table };

static const char all[] =
    "title:, body:, author:, place:, topic:, section:, source:, lang:, id:, "
    "url:, site:, date:, wc:, has:";

/* Other names: those that are read as well, and those that only tell what was
 * meant. */
static const struct {
    const char *other, *name;
    bool read;
} others[] = {
    {"headline", "title", true},      {"byline", "author", true},
    {"by", "author", true},           {"places", "place", true},
    {"topics", "topic", true},        {"heading", "title", false},
    {"head", "title", false},         {"hd", "title", false},
    {"subject", "title", false},      {"intitle", "title", false},
    {"text", "body", false},          {"content", "body", false},
    {"fulltext", "body", false},      {"writer", "author", false},
    {"reporter", "author", false},    {"journalist", "author", false},
    {"creator", "author", false},     {"location", "place", false},
    {"city", "place", false},         {"country", "place", false},
    {"geo", "place", false},          {"tag", "topic", false},
    {"tags", "topic", false},         {"keyword", "topic", false},
    {"keywords", "topic", false},     {"category", "section", false},
    {"rubric", "section", false},     {"desk", "section", false},
    {"publication", "source", false}, {"publisher", "source", false},
    {"newspaper", "source", false},   {"paper", "source", false},
    {"outlet", "source", false},      {"srcorg", "source", false},
    {"language", "lang", false},      {"la", "lang", false},
    {"link", "url", false},           {"address", "url", false},
    {"inurl", "url", false},          {"host", "site", false},
    {"domain", "site", false},        {"day", "date", false},
    {"year", "date", false},          {"month", "date", false},
    {"published", "date", false},     {"pubdate", "date", false},
    {"when", "date", false},          {"length", "wc", false},
    {"words", "wc", false},           {"wordcount", "wc", false},
};

static const struct query_name *
named(struct morgue_str name)
{
    for (size_t i = 0; i < NAMES; i++)
        if (str_eq_nocase(str_of(table[i].name), name))
            return &table[i];
    return NULL;
}

/* Which of the other names it is; -1: none. */
static int
other(struct morgue_str name)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq_nocase(str_of(others[i].other), name))
            return (int)i;
    return -1;
}

const struct query_name *
name_find(struct morgue_str name)
{
    const struct query_name *found = named(name);
    int i = found ? -1 : other(name);

    return i >= 0 && others[i].read ? named(str_of(others[i].name)) : found;
}

/* Whether a letter more, less or other, or two that changed places, make one
 * of the other. */
static bool
one_slip(struct morgue_str a, struct morgue_str b)
{
    size_t head = 0, tail = 0, rest_a, rest_b;

    while (head < a.len && head < b.len &&
           to_lower(a.s[head]) == to_lower(b.s[head]))
        head++;
    while (tail < a.len - head && tail < b.len - head &&
           to_lower(a.s[a.len - 1 - tail]) == to_lower(b.s[b.len - 1 - tail]))
        tail++;
    rest_a = a.len - head - tail;
    rest_b = b.len - head - tail;
    if (rest_a == 2 && rest_b == 2)
        return to_lower(a.s[head]) == to_lower(b.s[head + 1]) &&
               to_lower(a.s[head + 1]) == to_lower(b.s[head]);
    return rest_a <= 1 && rest_b <= 1;
}

const char *
name_meant(struct morgue_str name)
{
    int i = other(name);

    if (i >= 0)
        return others[i].name;
    for (size_t k = 0; k < NAMES; k++)
        if (name.len > 2 && one_slip(name, str_of(table[k].name)))
            return table[k].name;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (name.len > 3 && one_slip(name, str_of(others[k].other)))
            return others[k].name;
    return NULL;
}

const struct field_info *
name_of_field(struct morgue_str name)
{
    const struct query_name *q = name_find(name);

    if (q && q->field)
        return q->field;
    for (int f = 0; f < FIELD_N; f++)
        if (str_eq_nocase(str_of(field_info[f].name), name))
            return &field_info[f];
    return NULL;
}

const char *
names_all(void)
{
    return all;
}
