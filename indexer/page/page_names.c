/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_names.c - names of people, topics and sites as they should stand
 *
 * Authors: without "By" and its like, without addresses and what somebody is,
 * several of a line apart where "and", "&", ";" or a comma stands between full
 * names.  Topics:
 * each that a comma parts from the next.  Headlines: without the name of the
 * site before or behind a bar or dash.
 */
#include "page_names.h"

enum { NAME_MAX_LEN = 100, LINES_MAX = 50 };

/* ---- lines -------------------------------------------------------------- */

/* Append a line unless it is there already. */
static void
add_line(struct buf *out, struct morgue_str line, size_t *n)
{
    struct morgue_str rest = buf_view(out), have;

    line = str_trim(line);
    if (line.len == 0 || *n >= LINES_MAX)
        return;
    while (str_line(&rest, &have))
        if (str_eq_nocase(have, line))
            return;
    if (out->len > 0)
        buf_char(out, '\n');
    buf_str(out, line);
    ++*n;
}

/* ---- authors ------------------------------------------------------------ */

static struct morgue_str
without_by(struct morgue_str s)
{
    static const char *const words[] = {
        "by ",     "by: ",  "by:",         "von ",      "par ",
        "por ",    "door ", "da ",         "autor: ",   "autor:",
        "author:", "text:", "Текст:",      "текст:",    "Автор:",
        "автор:",  "oleh ", "written by ", "posted by "};

    s = str_trim(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str w = str_of(words[i]);

        if (str_starts_nocase(s, w) && s.len > w.len)
            return str_trim(str_slice(s.s + w.len, s.len - w.len));
    }
    return s;
}

/* The word that a byline begins with, and what is behind it. */
static bool
behind_by(struct morgue_str *rest, struct morgue_str s)
{
    static const char *const words[] = {"by", "von", "par", "por"};

    s = str_trim(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str w = str_of(words[i]);

        if (!str_starts_nocase(s, w) ||
            (s.len > w.len && !is_space(s.s[w.len]) && s.s[w.len] != ':'))
            continue;
        *rest = str_trim(str_slice(s.s + w.len, s.len - w.len));
        if (rest->len > 0 && rest->s[0] == ':')
            *rest = str_trim(str_slice(rest->s + 1, rest->len - 1));
        return true;
    }
    return false;
}

bool
names_is_by(struct morgue_str text)
{
    struct morgue_str rest;

    return behind_by(&rest, text) && rest.len == 0;
}

struct morgue_str
names_byline(struct morgue_str text)
{
    static const char *const ends[] = {",",      "|",      " - ",   "\u2022",
                                       "\u00B7", "\u2013", "\u2014"};
    struct morgue_str name;
    size_t words = 0, capitals = 0;

    if (!behind_by(&name, text))
        return STR("");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        name.len = str_find(name, 0, str_of(ends[i]));
    name = str_trim(name);
    for (size_t i = 0; i < name.len; i++) {
        bool begins = i == 0 || is_space(name.s[i - 1]);

        if (is_digit(name.s[i]))
            return STR("");
        words += begins && !is_space(name.s[i]);
        capitals += begins && ((name.s[i] >= 'A' && name.s[i] <= 'Z') ||
                               (name.s[i] & 0x80));
    }
    return words >= 2 && words <= 5 && capitals >= 2 && capitals + 2 >= words
               ? name
               : STR("");
}

static bool
is_address(struct morgue_str s)
{
    return str_starts_nocase(s, STR("http")) ||
           str_starts_nocase(s, STR("www.")) || memchr(s.s, '@', s.len) ||
           memchr(s.s, '/', s.len);
}

/* Where the first of several names ends, and the next begins. */
static bool
split(struct morgue_str s, struct morgue_str *first, struct morgue_str *rest)
{
    static const char *const between[] = {" and ", " und ", " et ", " y ",
                                          " & ",   "; ",    ", ",   " | "};
    size_t cut = s.len, len = 0;

    for (size_t i = 1; i < s.len && len == 0; i++)
        for (size_t b = 0; b < sizeof between / sizeof *between; b++)
            if (str_starts_nocase(str_slice(s.s + i, s.len - i),
                                  str_of(between[b]))) {
                cut = i;
                len = strlen(between[b]);
                break;
            }
    *first = str_slice(s.s, cut);
    *rest = str_slice(s.s + cut + len, s.len - cut - len);
    return len > 0;
}

static bool
has_capital(struct morgue_str s)
{
    return s.len > 0 && ((s.s[0] >= 'A' && s.s[0] <= 'Z') || (s.s[0] & 0x80));
}

/* Whether what stands behind a name and a comma tells what somebody is or
 * writes for, "BBC News", "chief reporter", "Reuters", and is no other name.
 */
static bool
is_role(struct morgue_str s)
{
    static const char *const words[] = {
        "news",        "times",        "post",
        "press",       "agency",       "media",
        "magazine",    "staff",        "writer",
        "reporter",    "editor",       "editorial",
        "guardian",    "herald",       "daily",
        "contributor", "journalist",   "correspondent",
        "columnist",   "author",       "director",
        "professor",   "redaktion",    "redakteur",
        "redakteurin", "journalistin", "autor",
        "autorin",     "journaliste",  "periodista",
        "radio",       "tv",           "online",
        "university",  "institute",    "phd",
        "ph.d.",       "md",           "m.d."};
    struct morgue_str word, rest = s;
    size_t n = 0;
    bool small = false;

    while ((word = str_word(&rest)).len > 0) {
        size_t capitals = 0;

        n++;
        small = small || !has_capital(word);
        for (size_t i = 0; i < word.len; i++)
            capitals += word.s[i] >= 'A' && word.s[i] <= 'Z';
        if (word.len >= 2 && capitals == word.len)
            return true; /* AFP */
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq_nocase(word, str_of(words[i])))
                return true;
    }
    return n < 2 || n > 4 || small;
}

/* Whether it begins with a full name of two to four words. */
static bool
is_full_name(struct morgue_str s)
{
    return str_words_n(s) >= 2 && str_words_n(s) <= 4;
}

/* The line without what stands behind a full name and a comma if that is no
 * name: "Anna Berg, BBC News". */
static struct morgue_str
without_role(struct morgue_str line)
{
    size_t comma = str_find(line, 0, STR(", "));
    struct morgue_str name = str_slice(line.s, comma), next;

    if (comma == line.len || !is_full_name(name) || is_role(name))
        return line;
    next = str_slice(line.s + comma + 2, line.len - comma - 2);
    next.len = str_find(next, 0, STR(", "));
    next.len = str_find(next, 0, STR(" and "));
    return is_role(str_trim(next)) ? name : line;
}

/* Whether each part is a full name. */
static bool
are_names(struct morgue_str s)
{
    struct morgue_str first, rest = s;
    bool more = true;

    while (more) {
        more = split(rest, &first, &rest);
        if (str_starts_nocase(first, STR("and ")))
            first = str_slice(first.s + 4, first.len - 4);
        if (!is_full_name(first))
            return false;
    }
    return true;
}

void
names_authors(struct buf *out, struct morgue_str lines,
              struct morgue_str source)
{
    struct morgue_str line, first;
    size_t n = 0;
    bool several;

    several = lines.len > 0 && memchr(lines.s, '\n', lines.len);
    while (str_line(&lines, &line)) {
        bool more = true;

        line = without_role(without_by(line));
        if (is_address(line) || str_eq_nocase(line, STR("by")) ||
            line.len > NAME_MAX_LEN * 4 ||
            (several && str_eq_nocase(line, source)))
            continue;
        while (more && are_names(line)) {
            more = split(line, &first, &line);
            if (str_starts_nocase(first, STR("and ")))
                first = str_slice(first.s + 4, first.len - 4);
            add_line(out, first, &n);
            if (!more)
                line.len = 0;
        }
        if (line.len > 0 && line.len <= NAME_MAX_LEN)
            add_line(out, line, &n);
    }
}

/* ---- topics ------------------------------------------------------------- */

void
names_topics(struct buf *out, struct morgue_str lines)
{
    struct morgue_str line;
    size_t n = 0;

    while (str_line(&lines, &line))
        while (line.len > 0) {
            size_t len = 0;

            while (len < line.len && line.s[len] != ',' && line.s[len] != ';')
                len++;
            if (len <= NAME_MAX_LEN)
                add_line(out, str_slice(line.s, len), &n);
            len += len < line.len;
            line = str_slice(line.s + len, line.len - len);
        }
}

/* ---- headlines ---------------------------------------------------------- */

/* Letters and digits only, in lower case. */
static size_t
bare(char *to, size_t max, struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < max; i++)
        if (is_alpha(s.s[i]) || is_digit(s.s[i]) || (s.s[i] & 0x80))
            to[n++] = to_lower(s.s[i]);
    return n;
}

static bool
is_part(const char *in, size_t n, const char *part, size_t len)
{
    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(in + i, part, len) == 0)
            return true;
    return false;
}

/* Whether one name holds the other: "The Lurne Herald", "lurneherald.com". */
static bool
same_site(struct morgue_str a, struct morgue_str b)
{
    char x[64], y[64], *in = x, *what = y;
    size_t nx = bare(x, sizeof x, a), ny = bare(y, sizeof y, b);

    if (nx < ny) {
        size_t n = nx;

        in = y;
        what = x;
        nx = ny;
        ny = n;
    }
    if (ny < 3)
        return false;
    return is_part(in, nx, what, ny);
}

bool
names_title(struct morgue_str heading, struct morgue_str title)
{
    enum { MIN = 6, MAX = 400 };
    char x[MAX], y[MAX];
    size_t nx = bare(x, sizeof x, heading), ny = bare(y, sizeof y, title);

    if (nx < MIN || ny < MIN)
        return false;
    return nx < ny ? nx * 2 >= ny && is_part(y, ny, x, nx)
                   : ny * 2 >= nx && is_part(x, nx, y, ny);
}

/* The length of a bar or dash with spaces around at `s`; 0: there is none. */
static size_t
bar_len(struct morgue_str s)
{
    static const char *const bars[] = {" | ",      " - ",     " \u2013 ",
                                       " \u2014 ", " :: ",    " \u00BB ",
                                       " \u00B7 ", " \u2022 "};

    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        if (str_starts(s, str_of(bars[i])))
            return strlen(bars[i]);
    return 0;
}

struct morgue_str
names_headline(struct morgue_str title, struct morgue_str source,
               struct morgue_str host)
{
    for (size_t i = title.len; i-- > 1;) {
        size_t n = bar_len(str_slice(title.s + i, title.len - i));
        struct morgue_str tail;

        if (n == 0)
            continue;
        tail = str_slice(title.s + i + n, title.len - i - n);
        if (same_site(tail, source) || same_site(tail, host))
            return names_headline(str_trim(str_slice(title.s, i)), source,
                                  host);
    }
    for (size_t i = 1; i < title.len; i++) {
        size_t n = bar_len(str_slice(title.s + i, title.len - i));

        if (n > 0 && str_eq_nocase(str_slice(title.s, i), source))
            return str_trim(str_slice(title.s + i + n, title.len - i - n));
    }
    return title;
}
