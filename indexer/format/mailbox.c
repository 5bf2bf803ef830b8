/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mailbox.c - where messages begin in a mailbox (mbox, RFC 4155)
 *
 * A line is the beginning of a message by what is in it and around it:
 *
 *     From SENDER DATE
 *
 * DATE is a month and a day, a time and a year, with nothing but a weekday, a
 * zone and "remote from HOST" beside (asctime, RFC 5322 and ISO dates); SENDER
 * is "-", one word, or an address, also `vera at mill.example`, as archives of
 * lists have it.  Such a line needs an empty line before it or a head behind
 * it.  With any other SENDER, or none, it needs both; without a DATE, the
 * empty line and two heads that mail has everywhere.
 *
 * In the text of a message such a line has a ">" before it (mboxrd); one is
 * taken away wherever a line begins with ">From ", ">>From ", ...  Lines may
 * end in CR alone.  Cost is linear.
 */
#include "mailbox.h"

#include "mime.h"

enum { LINE_MAX_LEN = 1000 };

/* What the words of such a line say. */
struct from_line {
    size_t words; /* before the date */
    bool date, address;
};

/* ---- words of a date ---------------------------------------------------- */

enum { IS_MONTH = 1, IS_DAY = 2, IS_TIME = 4, IS_YEAR = 8, IS_DATED = 15 };

static bool
is_one_of(struct morgue_str word, const char *names)
{
    if (word.len < 3 || word.len > 9)
        return false;
    for (; *names; names += 3)
        if (str_eq_nocase(str_slice(word.s, 3), str_slice(names, 3)))
            break;
    if (*names == '\0')
        return false;
    for (size_t i = 3; i < word.len; i++)
        if (!is_alpha(word.s[i]))
            return false;
    return true;
}

/* Digits and the marks of a time or a date of numbers; the count of marks. */
static bool
is_numbers(struct morgue_str word, char mark, int *marks)
{
    *marks = 0;
    for (size_t i = 0; i < word.len; i++) {
        bool is_mark = word.s[i] == mark && i > 0 && is_digit(word.s[i - 1]) &&
                       i + 1 < word.len;

        if (!is_digit(word.s[i]) && !is_mark)
            return false;
        *marks += is_mark;
    }
    return word.len > 0;
}

static bool
is_zone(struct morgue_str word)
{
    size_t i = word.len > 0 && (word.s[0] == '+' || word.s[0] == '-');
    bool digits = i > 0;

    if (digits && word.len != 5 && word.len != 6)
        return false;
    if (!digits && (word.len < 1 || word.len > 5))
        return false;
    for (; i < word.len; i++)
        if (digits ? !is_digit(word.s[i]) && word.s[i] != ':'
                   : word.s[i] < 'A' || word.s[i] > 'Z')
            return false;
    return true;
}

/* What a word is of a date, IS_ flags; 0 where it belongs to one and says
 * none of these; -1 where it does not belong to one. */
static int
date_word(struct morgue_str word)
{
    int marks;

    while (word.len > 0 && strchr(",().", word.s[word.len - 1]))
        word.len--;
    if (word.len > 0 && word.s[0] == '(')
        word = str_slice(word.s + 1, word.len - 1);
    if (is_one_of(word, "JanFebMarAprMayJunJulAugSepOctNovDec"))
        return IS_MONTH;
    if (is_one_of(word, "MonTueWedThuFriSatSun"))
        return 0;
    if (is_numbers(word, ':', &marks) && marks > 0)
        return marks <= 2 && word.len <= 8 ? IS_TIME : -1;
    if (is_numbers(word, '-', &marks) && marks == 2 && word.len >= 8)
        return IS_MONTH | IS_DAY | IS_YEAR;
    if (is_numbers(word, ':', &marks))
        return word.len == 4 ? IS_YEAR : word.len <= 2 ? IS_DAY : -1;
    return is_zone(word) ? 0 : -1;
}

/* ---- lines -------------------------------------------------------------- */

/* Take the last word off *s. */
static struct morgue_str
last_word(struct morgue_str *s)
{
    size_t n = 0;

    *s = str_trim(*s);
    while (n < s->len && !is_space(s->s[s->len - n - 1]))
        n++;
    s->len -= n;
    return str_slice(s->s + s->len, n);
}

/* What stands behind "From ". */
static struct from_line
read_from_line(struct morgue_str line)
{
    struct from_line f = {0};
    struct morgue_str rest = str_slice(line.s + 5, line.len - 5), word;
    size_t remote = str_find(rest, 0, STR(" remote from "));
    int seen = 0;

    rest.len = remote;
    for (;;) {
        struct morgue_str before = rest;
        int what;

        word = last_word(&rest);
        what = word.len > 0 ? date_word(word) : -1;
        if (what < 0 || (what & seen)) {
            rest = before;
            break;
        }
        seen |= what;
    }
    f.date = seen == IS_DATED;
    if (!f.date) {
        rest = str_slice(line.s + 5, line.len - 5);
        rest.len = remote;
    }
    f.words = str_words_n(rest);
    f.address = f.words == 1 || memchr(rest.s, '@', rest.len) ||
                (f.words == 3 && str_find(rest, 0, STR(" at ")) < rest.len);
    return f;
}

/* Whether the line, and what stands behind it, begin a message. */
static bool
is_beginning(struct morgue_str line, struct morgue_str behind, bool blank)
{
    struct from_line f = read_from_line(line);
    struct morgue_str next = STR(""), second = STR("");
    bool head;

    str_line(&behind, &next);
    head = mime_field_name(next) > 0 || str_starts(next, STR(">From ")) ||
           str_starts(next, STR("From "));
    if (f.date && f.address)
        return blank || head;
    if (f.date)
        return blank && head;
    str_line(&behind, &second);
    return blank && mime_is_known_field(next) &&
           (mime_is_known_field(second) ||
            (second.len > 0 && is_space(second.s[0])));
}

bool
mailbox_begins(struct morgue_str text)
{
    struct morgue_str line;

    return str_starts(text, STR("From ")) && str_line(&text, &line) &&
           line.len <= LINE_MAX_LEN && is_beginning(line, text, true);
}

/* Whether the line before `at`, where one begins, is empty. */
static bool
is_behind_blank(struct morgue_str s, size_t at)
{
    size_t i = at;

    if (i > 0 && s.s[i - 1] == '\n')
        i--;
    if (i > 0 && s.s[i - 1] == '\r')
        i--;
    if (i == at || i == 0)
        return true;
    while (i > 0 && (s.s[i - 1] == ' ' || s.s[i - 1] == '\t'))
        i--;
    return i == 0 || s.s[i - 1] == '\n' || s.s[i - 1] == '\r';
}

/* Whether three lines are whole from `at` on, or more than they may have. */
static bool
is_enough(struct morgue_str s, size_t at)
{
    struct morgue_str rest = str_slice(s.s + at, s.len - at), line;

    if (rest.len > (size_t)LINE_MAX_LEN * 3)
        return true;
    for (int i = 0; i < 3; i++)
        if (!str_line(&rest, &line))
            return false;
    return rest.len > 0;
}

size_t
mailbox_next(struct morgue_str s, size_t *from, bool ended)
{
    const struct morgue_str mark = STR("From ");

    for (size_t at = *from;; at++) {
        struct morgue_str rest, line;

        at = str_find(s, at, mark);
        if (at == s.len) {
            /* A piece of the mark may stand at the end. */
            if (s.len > *from + mark.len)
                *from = s.len - mark.len;
            return at;
        }
        if (at > 0 && s.s[at - 1] != '\n' && s.s[at - 1] != '\r')
            continue;
        *from = at;
        if (!ended && !is_enough(s, at))
            return s.len;
        rest = str_slice(s.s + at, s.len - at);
        /* What comes behind these lines does not matter. */
        if (rest.len > (size_t)LINE_MAX_LEN * 3)
            rest.len = (size_t)LINE_MAX_LEN * 3;
        str_line(&rest, &line);
        if (line.len <= LINE_MAX_LEN &&
            is_beginning(line, rest, is_behind_blank(s, at)))
            return at;
    }
}

size_t
mailbox_unquote(char *s, size_t len)
{
    const struct morgue_str mark = STR(">From ");
    struct morgue_str all = str_slice(s, len);
    size_t from = 0, to = 0;

    for (;;) {
        size_t at = str_find(all, from, mark), begin = at;

        while (begin > from && s[begin - 1] == '>')
            begin--;
        if (at < len &&
            (begin == 0 || s[begin - 1] == '\n' || s[begin - 1] == '\r')) {
            memmove(s + to, s + from, at - from);
            to += at - from;
            from = at + 1; /* without its ">" */
            continue;
        }
        if (at < len)
            at += mark.len;
        memmove(s + to, s + from, at - from);
        to += at - from;
        from = at;
        if (at == len)
            return to;
    }
}
