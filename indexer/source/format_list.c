/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format_list.c - the formats that are read
 *
 * Each is defined at the end of its reader's file as format_NAME.
 */
#include "format_list.h"

#include "../../common/base/sized.h"

/* A file is held against one after the other, up to the first that it looks
 * like; the last is any text. */
#define FORMATS(F)                                                            \
    F(warc)                                                                   \
    F(arc)                                                                    \
    F(sgml)                                                                   \
    F(trec)                                                                   \
    F(jsonl)                                                                  \
    F(iptc7901)                                                               \
    F(anpa)                                                                   \
    F(mail)                                                                   \
    F(html)                                                                   \
    F(newsmlg2)                                                               \
    F(newsml)                                                                 \
    F(rss)                                                                    \
    F(rcv)                                                                    \
    F(nitf)                                                                   \
    F(markdown)                                                               \
    F(csv)                                                                    \
    F(heads)                                                                  \
    F(text)

#define DECLARE(name) extern const struct format format_##name;
FORMATS(DECLARE)

#define LIST(name) &format_##name,
const struct format *const format_list[] = {FORMATS(LIST) NULL};
enum { FORMATS_N = sizeof format_list / sizeof *format_list - 1 };

bool
morgue_format_get(size_t i, struct morgue_format *out)
{
    struct morgue_format f = MORGUE_FORMAT_INIT;

    if (i >= FORMATS_N || !out)
        return false;
    f.name = format_list[i]->name;
    f.what = format_list[i]->what;
    return sized_out(out, &f, &sized_format, NULL) == MORGUE_OK;
}
