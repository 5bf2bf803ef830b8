/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * story.c - what a source says of a story's state and date, made plain
 *
 * Status: the words of ninjs and NewsML-G2 (usable, withheld, canceled, with
 * "stat:" before them or not), NewsML 1.2 (Usable, Embargoed, Withheld,
 * Canceled), AP, and the publishing systems (publish, draft, trash, ...).
 * What is not yet or no longer public counts as withheld; a word that is not
 * known says nothing.
 *
 * Embargo: a time in any form that date_parse reads.  One that cannot be read
 * ("true", "until further notice") withholds the story, for it must not be
 * shown too early; "false" and the like are none.
 *
 * Date: suspect are dates more than a day after now (a day, for zones that are
 * missing), those before the first newspaper (Strasbourg, 1605), and the first
 * second of 1970, which is what clocks say that were not set.
 */
#include "story.h"

#include "../../common/article/date.h"

static const struct morgue_str corrected = {"corrected", 9},
                               withheld = {"withheld", 8},
                               canceled = {"canceled", 8};

enum { DAY = 24 * 60 * 60, FIRST_NEWSPAPER = 1605 };

/* ---- status ------------------------------------------------------------- */

static bool
is_one_of(struct morgue_str s, const char *const *word)
{
    for (; *word; word++)
        if (str_eq_nocase(s, str_of(*word)))
            return true;
    return false;
}

static struct morgue_str
plain_status(struct morgue_str s)
{
    static const char *const canceled_words[] = {
        "canceled",   "cancelled", "cancel",  "killed",  "kill", "retracted",
        "retraction", "withdrawn", "deleted", "removed", NULL};
    static const char *const withheld_words[] = {
        "withheld",  "withhold",    "draft",  "pending",
        "private",   "trash",       "future", "auto-draft",
        "embargoed", "unpublished", NULL};
    static const char *const corrected_words[] = {
        "corrected", "correction", "corrective", "correct", NULL};
    const char *colon = s.len > 0 ? memchr(s.s, ':', s.len) : NULL;

    if (colon)
        s = str_slice(colon + 1, (size_t)(s.s + s.len - colon - 1));
    s = str_trim(s);
    if (s.len == 0)
        return STR("");
    if (is_one_of(s, canceled_words))
        return canceled;
    if (is_one_of(s, withheld_words))
        return withheld;
    return is_one_of(s, corrected_words) ? corrected : STR("");
}

/* ---- embargo ------------------------------------------------------------ */

static enum morgue_status
put_date(struct morgue_str *out, struct arena *arena, struct morgue_date date,
         struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    buf_init(&b, MORGUE_DATE_MAX);
    date_print(&b, date);
    st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), out))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
settle_embargo(struct morgue_article *a, struct arena *arena,
               struct morgue_error *err)
{
    static const char *const none[] = {"",     "false", "0",   "no",
                                       "none", "null",  "off", NULL};
    struct morgue_str said = str_trim(a->embargo);
    struct morgue_date until;

    a->embargo = STR("");
    if (is_one_of(said, none))
        return MORGUE_OK;
    if (!date_parse(said, &until)) {
        if (!str_eq(a->status, canceled))
            a->status = withheld;
        return MORGUE_OK;
    }
    /* That a story is embargoed until then is no reason to withhold it. */
    until.precision = MORGUE_DATE_SECOND;
    return put_date(&a->embargo, arena, until, err);
}

/* ---- date --------------------------------------------------------------- */

static bool
is_suspect(struct morgue_date date, int64_t now)
{
    if (date.precision == MORGUE_DATE_NONE)
        return false;
    return date.seconds > now + DAY ||
           date.seconds < date_seconds(FIRST_NEWSPAPER, 1, 1, 0, 0, 0) ||
           (date.seconds == 0 && date.precision == MORGUE_DATE_SECOND);
}

enum morgue_status
story_settle(struct morgue_article *a, struct arena *arena, int64_t now,
             struct morgue_error *err)
{
    bool embargoed = str_eq_nocase(str_trim(a->status), STR("embargoed"));
    enum morgue_status st;

    a->status = plain_status(str_trim(a->status));
    if (embargoed && str_trim(a->embargo).len > 0)
        a->status = STR("");
    st = settle_embargo(a, arena, err);
    if (st || !is_suspect(a->date, now))
        return st;
    st = put_date(&a->date_suspect, arena, a->date, err);
    a->date = (struct morgue_date){0};
    return st;
}

/* ---- of a story that is settled ----------------------------------------- */

bool
story_is_gone(const struct morgue_article *a)
{
    return str_eq(a->status, withheld) || str_eq(a->status, canceled);
}

uint64_t
story_version(struct morgue_str s)
{
    uint64_t v = 0;

    s = str_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.s[i]) || v > (UINT64_MAX - 9) / 10)
            return 0;
        v = v * 10 + (uint64_t)(s.s[i] - '0');
    }
    return v;
}
