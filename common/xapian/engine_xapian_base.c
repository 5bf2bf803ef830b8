/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_base.c - what all files of the engine stand on
 */
#include <errno.h>
#include <stdio.h>

#include "engine_xapian.h"

const char xe_name[] = "xapian";

void
date_key(char out[DATE_KEY], int64_t seconds)
{
    uint64_t biased = (uint64_t)seconds ^ (uint64_t)1 << 63;

    for (int i = 0; i < DATE_KEY; i++)
        out[i] = (char)(biased >> (56 - 8 * i));
}

enum morgue_status
from_xapian(struct morgue_error *err, enum xc_status xst,
            const struct xc_error *xerr, const char *what)
{
    static const enum morgue_status map[] = {
        [XC_OK] = MORGUE_OK,
        [XC_NOMEM] = MORGUE_NOMEM,
        [XC_NOT_FOUND] = MORGUE_NO_ARTICLE,
        [XC_NO_DATABASE] = MORGUE_DAMAGED,
        [XC_OPENING] = MORGUE_DAMAGED,
        [XC_CORRUPT] = MORGUE_DAMAGED,
        [XC_FORMAT] = MORGUE_VERSION_DIFFERS,
        [XC_LOCKED] = MORGUE_BUSY,
        [XC_MODIFIED] = MORGUE_BUSY,
        [XC_CLOSED] = MORGUE_INTERNAL,
        [XC_DATABASE] = MORGUE_IO,
        [XC_NETWORK] = MORGUE_IO,
        [XC_TIMEOUT] = MORGUE_IO,
        [XC_INVALID] = MORGUE_INTERNAL,
        [XC_QUERY] = MORGUE_INTERNAL,
        [XC_RANGE] = MORGUE_DAMAGED, /* a stored number out of its range */
        [XC_UNIMPLEMENTED] = MORGUE_UNSUPPORTED,
        [XC_OTHER] = MORGUE_INTERNAL,
    };
    int e = xerr->system_errno;

    if (xst == XC_OK)
        return MORGUE_OK;
    if (xst == XC_NOMEM)
        return error_nomem(err);
    if (error_is_no_space(e))
        return error_set(err, MORGUE_NO_SPACE, "cannot %s: %s", what,
                         xerr->message);
    if (e != 0 && e != ENOENT)
        return error_set(err, MORGUE_IO, "cannot %s: %s", what, xerr->message);
    return error_set(err, map[xst], "cannot %s: %s", what, xerr->message);
}

enum morgue_status
database_create(const char *path, struct morgue_error *err)
{
    struct xc_error xerr;
    xc_db *db = NULL;
    enum xc_status xst = xc_db_open_write(&db, path, XC_CREATE, 0, &xerr);

    if (!xst)
        xst = xc_db_commit(db, &xerr);
    xc_db_close(db);
    return from_xapian(err, xst, &xerr, "create the database");
}

enum xc_status
xe_nomem(struct xc_error *xerr)
{
    *xerr = (struct xc_error){.status = XC_NOMEM};
    snprintf(xerr->message, sizeof xerr->message, "out of memory");
    return XC_NOMEM;
}

enum xc_status
xe_document_of(uint32_t *out, xc_db *db, struct morgue_str id,
               struct xc_error *xerr)
{
    struct id_term t = id_term(id);
    xc_iter *it = NULL;
    bool more = false;
    enum xc_status xst = xc_iter_postings(&it, db, t.s, t.len, xerr);

    *out = 0;
    if (!xst)
        xst = xc_iter_next(&more, it, xerr);
    if (!xst && more)
        *out = xc_iter_id(it);
    xc_iter_free(it);
    return xst;
}
