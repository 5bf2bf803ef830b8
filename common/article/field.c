/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * field.c - the fields of an article: the one table of them
 */
#include "field.h"

#include "../base/error.h"
#include "../base/sized.h"

enum { KIB = 1024, MIB = 1024 * 1024 };

#define AT(member) offsetof(struct morgue_article, member)

const struct field_info field_info[FIELD_N] = {
    [FIELD_ID] = {.name = "id",
                  .what = "what names the article",
                  .offset = AT(id),
                  .max = 4 * KIB},
    [FIELD_URL] = {.name = "url",
                   .what = "where it was published",
                   .offset = AT(url),
                   .max = 8 * KIB,
                   .kind = FIELD_ADDRESS,
                   .prefix = FIELD_URL_PREFIX},
    [FIELD_TITLE] = {.name = "title",
                     .query = "title",
                     .what = "the headline",
                     .offset = AT(title),
                     .max = 64 * KIB,
                     .kind = FIELD_WORDS,
                     .prefix = FIELD_TITLE_PREFIX,
                     /* Measured by MAP: 1 takes 0.008 from cranfield (74
                      * queries better, 132 worse, p = 0.001), 0.003 from cisi,
                      * 0.012 from cacm; 2 to 5 are alike.  In the length of an
                      * article the words of the title count as often, and once
                      * more by the title's own terms; were each counted once,
                      * cacm, half of whose articles are a title alone, would
                      * lose 0.036 (p = 0.0002). */
                     .wdf = FIELD_TITLE_WDF,
                     .stems = true},
    [FIELD_SECTION] = {.name = "section",
                       .query = "section",
                       .what = "the part of the paper: \"Politics\"",
                       .offset = AT(section),
                       .max = 4 * KIB,
                       .kind = FIELD_EXACT,
                       .prefix = "XS:"},
    [FIELD_SOURCE] = {.name = "source",
                      .query = "source",
                      .what = "who published it",
                      .offset = AT(source),
                      .max = 4 * KIB,
                      .kind = FIELD_EXACT,
                      .prefix = "XO:"},
    [FIELD_AUTHOR] = {.name = "author",
                      .query = "author",
                      .what = "who wrote it",
                      .offset = AT(author),
                      .max = 16 * KIB,
                      .many = true,
                      .kind = FIELD_WORDS,
                      .prefix = "A"},
    [FIELD_LANG] = {.name = "lang",
                    .query = "lang",
                    .what = "its language, ISO 639-1 or 639-3",
                    .offset = AT(lang),
                    .max = 64,
                    .kind = FIELD_CODE,
                    .prefix = "L"},
    [FIELD_PLACE] = {.name = "places",
                     .query = "place",
                     .what = "what places it is about",
                     .offset = AT(place),
                     .max = 64 * KIB,
                     .many = true,
                     .kind = FIELD_WORDS,
                     .prefix = "XP"},
    [FIELD_TOPICS] = {.name = "topics",
                      .query = "topic",
                      .what = "what it is about",
                      .offset = AT(topics),
                      .max = 64 * KIB,
                      .many = true,
                      .kind = FIELD_WORDS,
                      .prefix = "XT"},
    [FIELD_DATELINE] = {.name = "dateline",
                        .what = "where and when it was written",
                        .offset = AT(dateline),
                        .max = 4 * KIB,
                        .kind = FIELD_WORDS,
                        .prefix = "",
                        .wdf = 1},
    [FIELD_EXTRA] = {.name = "extra",
                     .what = "what else came with it, \"key: value\"",
                     .offset = AT(extra),
                     .max = 64 * KIB,
                     .many = true},
    [FIELD_DATE_SOURCE] = {.name = "date_source",
                           .what = "what named the date",
                           .offset = AT(date_source),
                           .max = 64},
    [FIELD_DATE_SUSPECT] = {.name = "date_suspect",
                            .what = "a date that cannot be right",
                            .offset = AT(date_suspect),
                            .max = 64},
    [FIELD_STATUS] = {.name = "status",
                      .what = "of the story: \"corrected\"",
                      .offset = AT(status),
                      .max = 64},
    [FIELD_VERSION] = {.name = "version",
                       .what = "its number among those of one id",
                       .offset = AT(version),
                       .max = 64},
    [FIELD_EMBARGO] = {.name = "embargo",
                       .what = "when it may be shown, in UTC",
                       .offset = AT(embargo),
                       .max = 64,
                       .kind = FIELD_EXACT,
                       .prefix = FIELD_EMBARGO_PREFIX},
    [FIELD_BODY] = {.name = "body",
                    .what = "the text",
                    .offset = AT(body),
                    .max = 256 * MIB,
                    .kind = FIELD_WORDS,
                    .prefix = "",
                    .wdf = 1,
                    .text = true},
};

const struct field_info *
field_of_query(struct morgue_str query)
{
    for (int f = 0; f < FIELD_N; f++)
        if (field_info[f].query && str_eq(str_of(field_info[f].query), query))
            return &field_info[f];
    return NULL;
}

const struct field_info *
field_named(struct morgue_str name)
{
    for (int f = 0; f < FIELD_N; f++)
        if (str_eq(str_of(field_info[f].name), name))
            return &field_info[f];
    return NULL;
}

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

/* ---- the public functions ----------------------------------------------- */

bool
morgue_field_get(size_t i, struct morgue_field *out)
{
    struct morgue_field f = MORGUE_FIELD_INIT;

    if (i >= FIELD_N || !out)
        return false;
    f.many = field_info[i].many;
    f.values = field_has_values((enum field)i);
    f.name = field_info[i].name;
    f.query = field_info[i].query ? field_info[i].query : "";
    f.what = field_info[i].what;
    f.max = field_info[i].max;
    return sized_out(out, &f, &sized_field, NULL) == MORGUE_OK;
}

bool
morgue_article_get(const struct morgue_article *article, const char *field,
                   struct morgue_str *out)
{
    const struct field_info *info = field ? field_named(str_of(field)) : NULL;

    if (!article || !info || !out ||
        sized_check(article, &sized_article, NULL))
        return false;
    *out = STR("");
    if (info->offset + sizeof *out <= article->size)
        *out = record_get(article, (enum field)(info - field_info));
    if (!out->s)
        *out = STR("");
    return true;
}
