/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_mend.h - XML as it is met into XML as a strict parser takes it
 *
 * Bytes go through a machine that knows where in the markup it is, and come
 * out a whole tag or section at a time, with as many line ends as before:
 *
 *   <!DOCTYPE ...>, <?...?>, comments     go
 *   &name; of HTML, &#N; above 127        become the character, N from 128 to
 *                                         159 as in windows-1252
 *   &name; that the document declares     becomes its text (xml_entity.h)
 *   & and < that begin nothing, &other;   become &amp; and &lt; and what is
 *                                         behind them stays
 *   control characters                    become spaces
 *   U+FFFE, U+FFFF                        become U+FFFD
 *
 * As no DTD goes through, nothing of it is parsed; what entities add is bound.
 */
#ifndef MORGUE_INDEXER_MARKUP_XML_MEND_H
#define MORGUE_INDEXER_MARKUP_XML_MEND_H

#include "../../common/base/buf.h"
#include "xml_entity.h"

enum mend_state {
    MEND_TEXT,
    MEND_MARKUP, /* behind a "<", what it begins is not told yet */
    MEND_TAG,
    MEND_REFERENCE,
    MEND_CDATA,
    MEND_COMMENT,
    MEND_INSTRUCTION,
    MEND_DOCTYPE
};

struct mend {
    struct buf out;
    size_t token; /* where what is not whole begins in `out` */
    size_t reference;
    enum mend_state state, back; /* and where a reference leads back to */
    char quote;                  /* that is open; 0: none */
    bool subset;                 /* inside of the [] of a DOCTYPE */
    unsigned attributes;         /* of the tag */
    const char *wrong;           /* why it cannot go on; NULL */
    struct entities entities;
};

void mend_init(struct mend *m);
void mend_free(struct mend *m);

enum {
    REFERENCE_MAX = 32,              /* bytes of one that may be a name */
    ENTITY_VALUES_MAX = 1024 * 1024, /* that entities add to a document */
};

/** How much may be added before what is ready is taken. */
enum { MEND_SLICE = 64 * 1024 };

/** Take `bytes`, UTF-8 of whole characters.  MORGUE_FORMAT where a tag or
 *  section is too long. */
enum morgue_status mend_add(struct mend *m, struct morgue_str bytes,
                            struct morgue_error *err);

/** What is whole so far, lent until the next call. */
struct morgue_str mend_ready(const struct mend *m);

/** Drop that. */
void mend_take(struct mend *m);

/** Whether the next byte is inside of a CDATA section, a comment, ... */
static inline bool
mend_is_inside(const struct mend *m)
{
    return m->state != MEND_TEXT;
}

#endif
