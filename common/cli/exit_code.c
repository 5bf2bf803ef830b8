/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exit_code.c - what the programs end with
 */
#include "exit_code.h"

#include <sysexits.h>

struct exit_codes
exit_codes(enum morgue_status status)
{
    switch (status) { /* no default: the compiler names what is left out */
    case MORGUE_OK:
        return (struct exit_codes){EX_OK, SEARCHER_HITS};
    case MORGUE_USAGE:
    case MORGUE_QUERY:
        return (struct exit_codes){EX_USAGE, SEARCHER_WRONG};
    case MORGUE_NO_ARTICLE:
        return (struct exit_codes){EX_NOINPUT, SEARCHER_NONE};
    case MORGUE_NO_INPUT:
    case MORGUE_NO_ARCHIVE:
        return (struct exit_codes){EX_NOINPUT, SEARCHER_UNREADABLE};
    case MORGUE_NOT_ARCHIVE:
    case MORGUE_CREATE:
        return (struct exit_codes){EX_CANTCREAT, SEARCHER_UNREADABLE};
    case MORGUE_VERSION_DIFFERS:
    case MORGUE_DAMAGED:
        return (struct exit_codes){EX_DATAERR, SEARCHER_UNREADABLE};
    case MORGUE_BUSY:
    case MORGUE_NOMEM:
    case MORGUE_INTERRUPTED:
    case MORGUE_TIMED_OUT:
        return (struct exit_codes){EX_TEMPFAIL, SEARCHER_AGAIN};
    case MORGUE_NO_SPACE:
        return (struct exit_codes){EX_TEMPFAIL, SEARCHER_UNREADABLE};
    case MORGUE_IO:
    case MORGUE_FORMAT:
    case MORGUE_UNSUPPORTED:
    case MORGUE_INTERNAL:
        break;
    }
    return (struct exit_codes){EX_IOERR, SEARCHER_UNREADABLE};
}
