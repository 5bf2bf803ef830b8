/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_text.c - an article as a text file, as news sites print it
 *
 *     Politics                       a section, perhaps
 *                                    (blank)
 *     Council votes on the bridge    the headline
 *     By A. N. Other                 its author and date, perhaps
 *     3 May 1934
 *                                    (blank)
 *     The council ...                paragraphs
 *     Source: The Courier            perhaps
 *     More In Politics MORE...       furniture of the page, which is cut off
 *
 * Section: a first paragraph of one line, at most 40 bytes and 4 words, each
 * with a capital, before a headline.  Headline: a first paragraph of one line
 * of at most 250 bytes, 120 where it ends like a sentence; or the first line
 * of a longer paragraph where it is short and the next is much longer.  A
 * text that begins otherwise has none.  Furniture: lines of the table below,
 * before the article and behind it, and a list of headlines under one of the
 * titles that such lists have; the first line that is none of it ends it.
 *
 * A headline may be one of Markdown, `# Headline` or with a line of = or -
 * below, and is without that then.  A section may have no blank line behind
 * it, where the headline stands alone then.
 *
 * The body is what is left, byte for byte, from its first line that is not
 * blank to its last letter.
 */
#include "../../common/article/date.h"
#include "../reading/format.h"
#include "markdown.h"
#include "whole.h"

enum {
    SECTION_MAX = 40,
    SECTION_WORDS = 4,
    TIGHT_WORDS = 2, /* of one without a blank line behind it */
    HEADLINE_MAX = 250,
    SENTENCE_MAX = 120, /* of a headline that ends like a sentence */
    SHORT_MAX = 100,    /* of a headline with text right behind it */
    CREDIT_MAX = 100,
    LIST_MAX = 15 /* lines of a list of headlines */
};

/* ---- lines -------------------------------------------------------------- */

static bool
ends_with(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len &&
           str_eq(str_slice(s.s + s.len - end.len, end.len), end);
}

/* Without white space at both ends, to which pages add no-break spaces. */
static struct morgue_str
trim(struct morgue_str s)
{
    const struct morgue_str nbsp = STR("\xC2\xA0");

    for (;;) {
        s = str_trim(s);
        if (str_starts(s, nbsp))
            s = str_slice(s.s + nbsp.len, s.len - nbsp.len);
        else if (ends_with(s, nbsp))
            s.len -= nbsp.len;
        else
            return s;
    }
}

/* The last sign of a line that is no closing quotation mark or bracket. */
static char
last_sign(struct morgue_str s)
{
    static const struct morgue_str quotes[] = {{"\"", 1},
                                               {"'", 1},
                                               {")", 1},
                                               {"\xE2\x80\x9D", 3},
                                               {"\xE2\x80\x99", 3},
                                               {"\xC2\xBB", 2},
                                               {"\xE2\x80\x9C", 3}};

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (ends_with(s, quotes[i])) {
            s.len -= quotes[i].len;
            i = (size_t)-1;
        }
    if (ends_with(s, STR("\xE3\x80\x82"))) /* ideographic full stop */
        return '.';
    return s.len > 0 ? s.s[s.len - 1] : '\0';
}

static bool
ends_like_sentence(struct morgue_str s)
{
    char c = last_sign(s);

    return c != '\0' && strchr(".,;:", c) && !ends_with(s, STR("..."));
}

static struct morgue_str
skip_blank_lines(struct morgue_str text)
{
    struct morgue_str rest = text, line;

    while (str_line(&rest, &line) && trim(line).len == 0)
        text = rest;
    if (trim(text).len == 0)
        text.len = 0;
    return text;
}

/* Take the next line that is not blank; false, and an empty one, where there
 * is none. */
static bool
next_line(struct morgue_str *rest, struct morgue_str *line)
{
    bool found;

    *line = STR("");
    *rest = skip_blank_lines(*rest);
    found = str_line(rest, line);
    *line = trim(*line);
    return found;
}

/* The same, where a blank line or the end follows it. */
static bool
next_line_alone(struct morgue_str *rest, struct morgue_str *line)
{
    struct morgue_str after, next;

    if (!next_line(rest, line))
        return false;
    after = *rest;
    return !str_line(&after, &next) || trim(next).len == 0;
}

/* The last line that is not blank, and the text before it. */
static bool
last_line(struct morgue_str text, struct morgue_str *line,
          struct morgue_str *before)
{
    size_t end = text.len, from;

    while (end > 0 && is_space(text.s[end - 1]))
        end--;
    from = end;
    while (from > 0 && text.s[from - 1] != '\n' && text.s[from - 1] != '\r')
        from--;
    *line = trim(str_slice(text.s + from, end - from));
    *before = str_slice(text.s, from);
    return line->len > 0;
}

/* ---- furniture ---------------------------------------------------------- */

enum {
    WHOLE = 1,    /* the line is this, but for signs behind it */
    SURE = 2,     /* even where the line is a sentence */
    AT_START = 4, /* before an article, too */
    LIST = 8      /* a list of headlines may follow */
};

static const struct {
    const char *text;
    unsigned flags;
} furniture[] = {
    {"advertisement", WHOLE | AT_START},
    {"advertisements", WHOLE | AT_START},
    {"skip to content", WHOLE | AT_START},
    {"skip to main content", WHOLE | AT_START},
    {"share", WHOLE | AT_START},
    {"share this", AT_START},
    {"share on ", AT_START},
    {"tweet", WHOLE | AT_START},
    {"print", WHOLE | AT_START},
    {"email", WHOLE | AT_START},
    {"facebook", WHOLE | AT_START},
    {"twitter", WHOLE | AT_START},
    {"whatsapp", WHOLE | AT_START},
    {"linkedin", WHOLE | AT_START},
    {"telegram", WHOLE | AT_START},
    {"copy link", WHOLE | AT_START},
    {"menu", WHOLE | AT_START},
    {"comments", WHOLE},
    {"comment", WHOLE},
    {"leave a comment", 0},
    {"view comments", 0},
    {"load more", 0},
    {"show more", WHOLE},
    {"more", WHOLE},
    {"back to top", WHOLE},
    {"newsletter", WHOLE},
    {"print this", 0},
    {"more in ", LIST},
    {"more from ", LIST},
    {"more on this", LIST},
    {"read more", LIST},
    {"read also", LIST},
    {"read next", LIST},
    {"see also", LIST},
    {"related", WHOLE | LIST},
    {"related:", LIST},
    {"related articles", WHOLE | LIST},
    {"related stories", WHOLE | LIST},
    {"related news", WHOLE | LIST},
    {"related topics", WHOLE | LIST},
    {"most read", WHOLE | LIST},
    {"most popular", WHOLE | LIST},
    {"trending", WHOLE | LIST},
    {"recommended", WHOLE | LIST},
    {"you may also like", WHOLE | LIST},
    {"you might also like", WHOLE | LIST},
    {"follow us", SURE},
    {"sign up for", SURE},
    {"sign up to", SURE},
    {"subscribe to", SURE},
    {"subscribe now", SURE},
    {"click here", SURE},
    {"all rights reserved", SURE},
    {"\xC2\xA9", SURE},
    {"(c) 19", SURE},
    {"(c) 20", SURE},
    {"copyright \xC2\xA9", SURE},
    {"copyright (c)", SURE},
    {"copyright 19", SURE},
    {"copyright 20", SURE},
    {"anzeige", WHOLE | AT_START},
    {"werbung", WHOLE | AT_START},
    {"teilen", WHOLE | AT_START},
    {"drucken", WHOLE},
    {"kommentare", WHOLE},
    {"mehr zum thema", LIST},
    {"lesen sie auch", LIST},
    {"alle rechte vorbehalten", SURE},
    {"publicit\xC3\xA9", WHOLE | AT_START},
    {"partager", WHOLE | AT_START},
    {"lire aussi", LIST},
    {"\xC3\xA0 lire aussi", LIST},
    {"lire la suite", 0},
    {"tous droits r\xC3\xA9serv\xC3\xA9s", SURE},
    {"publicidad", WHOLE | AT_START},
    {"compartir", WHOLE | AT_START},
    {"lea tambi\xC3\xA9n", LIST},
    {"todos los derechos reservados", SURE},
    {"publicidade", WHOLE | AT_START},
    {"leia tamb\xC3\xA9m", LIST},
    {"todos os direitos reservados", SURE},
    {"pubblicit\xC3\xA0", WHOLE | AT_START},
    {"leggi anche", LIST},
    {"reklama", WHOLE | AT_START},
    {"udost\xC4\x99pnij", WHOLE | AT_START},
    {"czytaj te\xC5\xBC", LIST},
    {"czytaj tak\xC5\xBC"
     "e",
     LIST},
    {"zobacz te\xC5\xBC", LIST},
    {"zobacz tak\xC5\xBC"
     "e",
     LIST},
    {"wszelkie prawa zastrze\xC5\xBCone", SURE},
};

/* Without the signs that pages put behind a title. */
static struct morgue_str
without_signs(struct morgue_str line)
{
    while (line.len > 0 && strchr(":.>! |", line.s[line.len - 1]))
        line.len--;
    for (;;) {
        if (ends_with(line, STR("\xC2\xBB")))
            line.len -= 2;
        else if (ends_with(line, STR("\xE2\x86\x92")) ||
                 ends_with(line, STR("\xE2\x80\xA6")))
            line.len -= 3;
        else
            return trim(line);
    }
}

/* What kind of furniture a line is; false where it is none. */
static bool
is_furniture(struct morgue_str line, unsigned *flags)
{
    bool sentence = ends_like_sentence(line);

    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++) {
        struct morgue_str text = str_of(furniture[i].text);
        unsigned f = furniture[i].flags;

        if (!str_starts_nocase(line, text))
            continue;
        if (f & WHOLE  ? str_eq_nocase(without_signs(line), text)
            : f & SURE ? line.len <= 160
                       : line.len <= 80 && str_words_n(line) <= 10 &&
                             (!sentence || line.len <= text.len + 1)) {
            *flags = f;
            return true;
        }
    }
    return false;
}

/* What follows `Source:` in a line, in one of the languages it is known in;
 * empty where it is no such line. */
static struct morgue_str
source_name(struct morgue_str line)
{
    static const char *const words[] = {"source",
                                        "sources",
                                        "quelle",
                                        "quellen",
                                        "fuente",
                                        "fonte",
                                        "bron",
                                        "k\xC3\xA4lla",
                                        "zdroj",
                                        "\xC5\xBAr\xC3\xB3"
                                        "d\xC5\x82o",
                                        "\xC5\xB9r\xC3\xB3"
                                        "d\xC5\x82o"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str word = str_of(words[i]), rest;

        if (!str_starts_nocase(line, word))
            continue;
        rest = str_slice(line.s + word.len, line.len - word.len);
        rest = trim(rest);
        if (rest.len < 2 || rest.len > CREDIT_MAX || rest.s[0] != ':')
            continue;
        rest = trim(str_slice(rest.s + 1, rest.len - 1));
        return str_words_n(rest) <= 10 ? rest : STR("");
    }
    return STR("");
}

/* Cut a list of headlines with its title off the end, if there is one. */
static bool
cut_list(struct morgue_str *text)
{
    struct morgue_str rest = *text, line, before;
    unsigned flags = 0;

    for (int i = 0; i <= LIST_MAX && last_line(rest, &line, &before); i++) {
        if (is_furniture(line, &flags) && (flags & LIST)) {
            *text = before;
            return true;
        }
        if (line.len > SENTENCE_MAX || ends_like_sentence(line) ||
            source_name(line).len > 0)
            return false;
        rest = before;
    }
    return false;
}

/* Cut furniture and the source line off the end. */
static struct morgue_str
cut_end(struct morgue_str text, struct morgue_str *source)
{
    struct morgue_str rest = text, line, before, name;
    unsigned flags;

    while (last_line(rest, &line, &before)) {
        name = source_name(line);
        if (name.len > 0 && source->len == 0)
            *source = name;
        else if (!is_furniture(line, &flags)) {
            if (!cut_list(&rest))
                break;
            continue;
        }
        rest = before;
    }
    /* Nothing but furniture: it is the article. */
    if (trim(rest).len == 0)
        rest = text;
    while (rest.len > 0 && is_space(rest.s[rest.len - 1]))
        rest.len--;
    return rest;
}

static struct morgue_str
cut_start(struct morgue_str text)
{
    struct morgue_str rest = text, line;
    unsigned flags;

    while (next_line(&rest, &line) && is_furniture(line, &flags) &&
           (flags & AT_START) && rest.len > 0)
        text = rest;
    return skip_blank_lines(text);
}

/* ---- section, headline, credits ----------------------------------------- */

/* Whether each word begins with a capital, or is a small word between. */
static bool
is_capitalised(struct morgue_str s)
{
    bool first = true;

    for (size_t i = 0; i < s.len;) {
        struct morgue_str word;
        size_t from;

        for (; i < s.len && is_space(s.s[i]); i++)
            ;
        for (from = i; i < s.len && !is_space(s.s[i]); i++)
            ;
        word = str_slice(s.s + from, i - from);
        if (word.len == 0)
            break;
        if (!(word.s[0] >= 'A' && word.s[0] <= 'Z') && !(word.s[0] & 0x80) &&
            (first || !(str_eq(word, STR("&")) || str_eq(word, STR("/")) ||
                        str_eq(word, STR("and")) || str_eq(word, STR("of")) ||
                        str_eq(word, STR("und")) || str_eq(word, STR("et")) ||
                        str_eq(word, STR("y")) || str_eq(word, STR("i")) ||
                        str_eq(word, STR("e")))))
            return false;
        first = false;
    }
    return true;
}

static bool
is_section(struct morgue_str line)
{
    return line.len <= SECTION_MAX && str_words_n(line) <= SECTION_WORDS &&
           !ends_like_sentence(line) && last_sign(line) != '?' &&
           last_sign(line) != '!' && is_capitalised(line);
}

/* A headline below a section has to look like one. */
static bool
is_plain_headline(struct morgue_str line, struct morgue_str section)
{
    bool spaced =
        str_words_n(line) >= 3 || (line.len > 12 && (line.s[0] & 0x80) != 0);

    return line.len <= HEADLINE_MAX && line.len > section.len && spaced &&
           !ends_like_sentence(line);
}

static bool
is_headline(struct morgue_str line)
{
    char c = last_sign(line);

    if (c == ',' || c == ';' || line.len > HEADLINE_MAX)
        return false;
    return !ends_like_sentence(line) || line.len <= SENTENCE_MAX;
}

/* A date on a line of its own, with "Published" or the like before it. */
static bool
is_date_line(struct morgue_str line, struct morgue_date *date)
{
    static const char *const words[] = {
        "published on", "published", "posted on", "posted",
        "last updated", "updated",   "date"};

    if (line.len > CREDIT_MAX)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str word = str_of(words[i]);

        if (str_starts_nocase(line, word)) {
            line = str_slice(line.s + word.len, line.len - word.len);
            while (line.len > 0 && (is_space(line.s[0]) || line.s[0] == ':'))
                line = str_slice(line.s + 1, line.len - 1);
            break;
        }
    }
    return date_parse(line, date) && date->precision >= MORGUE_DATE_DAY;
}

/* The name in a line `By NAME`; empty where it is none. */
static struct morgue_str
author_name(struct morgue_str line)
{
    static const char *const words[] = {"by ", "von ", "par ", "por "};

    if (line.len > CREDIT_MAX || ends_like_sentence(line) ||
        str_words_n(line) > 12)
        return STR("");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str word = str_of(words[i]), name;

        if (!str_starts_nocase(line, word) || line.len == word.len)
            continue;
        name = trim(str_slice(line.s + word.len, line.len - word.len));
        if ((name.s[0] >= 'A' && name.s[0] <= 'Z') || (name.s[0] & 0x80))
            return name;
    }
    return STR("");
}

/* Author and date behind the headline. */
static void
take_credits(struct morgue_article *a, struct morgue_str *text)
{
    struct morgue_str rest = *text, line;

    while (next_line(&rest, &line)) {
        struct morgue_str after = rest, next, name = author_name(line);
        struct morgue_date date;
        bool ends = !str_line(&after, &next) || trim(next).len == 0 ||
                    is_date_line(trim(next), &date);

        if (trim(rest).len == 0)
            return; /* some text must be left */
        if (name.len > 0 && ends && a->author.len == 0) {
            a->author = name;
        } else if (a->date.precision == MORGUE_DATE_NONE &&
                   is_date_line(line, &date)) {
            a->date = date;
            a->date_source = STR("a line of the text");
        } else {
            return;
        }
        *text = rest;
    }
}

static bool
is_blank_line(struct morgue_str text)
{
    struct morgue_str line;

    return !str_line(&text, &line) || trim(line).len == 0;
}

/* Take the section, if the text begins with one. */
static void
take_section(struct morgue_article *a, struct morgue_str *text)
{
    struct morgue_str rest = *text, after, section, headline;

    if (!next_line(&rest, &section) || !is_section(section))
        return;
    after = rest;
    if (str_words_n(section) > TIGHT_WORDS && !is_blank_line(after))
        return;
    if (!next_line(&after, &headline) || trim(after).len == 0)
        return;
    if (!markdown_heading(headline, &headline) &&
        (!is_blank_line(after) || !is_plain_headline(headline, section)))
        return;
    a->section = section;
    *text = rest;
}

/* Take a headline of Markdown, if the text begins with one. */
static bool
take_heading(struct morgue_article *a, struct morgue_str *text)
{
    struct morgue_str rest = *text, line, next, after, title;

    if (!next_line(&rest, &line))
        return false;
    after = rest;
    if (markdown_heading(line, &title)) {
        after = rest;
    } else if (str_line(&after, &next) && markdown_underline(next) &&
               line.len <= HEADLINE_MAX) {
        title = line;
    } else {
        return false;
    }
    if (trim(after).len == 0)
        return false;
    a->title = title;
    *text = after;
    return true;
}

static void
take_headline(struct morgue_article *a, struct morgue_str *text)
{
    struct morgue_str rest = *text, line, after, next;
    bool alone = next_line_alone(&rest, &line);

    if (take_heading(a, text)) {
        take_credits(a, text);
        return;
    }
    if (markdown_underline(line))
        return;                         /* a rule */
    if (alone && trim(rest).len == 0) { /* there is nothing else */
        if (line.len > SENTENCE_MAX || ends_like_sentence(line))
            return;
    } else if (alone) {
        if (!is_headline(line))
            return;
    } else {
        after = rest;
        if (line.len == 0 || line.len > SHORT_MAX ||
            ends_like_sentence(line) || !str_line(&after, &next))
            return;
        next = trim(next);
        if (author_name(next).len == 0 && next.len * 2 <= line.len * 3)
            return;
    }
    a->title = line;
    *text = rest;
    take_credits(a, text);
}

/* ---- the file ----------------------------------------------------------- */

static enum morgue_status
read_text(struct reading *r, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str text;
    unsigned how;
    enum morgue_status st = whole_read(&text, &how, r, err);

    if (st || !text.s)
        return st;
    reading_next(r);
    text = cut_start(cut_end(text, &a.source));
    take_section(&a, &text);
    take_headline(&a, &text);
    a.body = skip_blank_lines(text);
    return reading_record(r, &a, how, err);
}

/* Every text may be one. */
static bool
looks_like_text(struct morgue_str head)
{
    (void)head;
    return true;
}

const struct format format_text = {
    .name = "text",
    .what = "an article as plain text",
    .plain = true,
    .tell = looks_like_text,
    .read = read_text,
};
