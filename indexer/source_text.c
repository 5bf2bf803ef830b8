/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source_text.c - an article as a text file
 *
 * As news sites print it:
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
 * or with heads, `Key: value` lines up to a blank line, at least two of whose
 * keys are known (keys.c); a line that begins with white space continues the
 * one before, and ";" stands between several authors, places or topics.
 *
 * The body is what is left, byte for byte.  A text of which the first
 * paragraph is no headline has no title; one line alone is a title if it is
 * short.
 */
#include "../common/article/date.h"
#include "reader.h"

enum {
    SECTION_MAX = 40,
    SECTION_WORDS = 4,
    HEADLINE_MAX = 250,
    DATE_LINE_MAX = 60,
    SHORT_MAX = 100, /* of a headline that no blank line follows */
    FURNITURE_MAX = 120,
    HEADS_MAX = 64,  /* lines of heads */
    CHARSET_MAX = 40 /* of a charset's name, with NUL */
};

/* Lines that are furniture when they stand at the end: those that begin so. */
static const char *const furniture[] = {
    "more in ",
    "more from ",
    "more on this story",
    "more news",
    "read more",
    "read also",
    "read next",
    "related articles",
    "related stories",
    "related topics",
    "related:",
    "see also:",
    "share this",
    "share on",
    "follow us",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "copyright ",
    "\xC2\xA9",
    "(c) ",
    "all rights reserved",
    "print this",
    "back to top",
    "most read",
    "most popular",
    "click here",
    "load more",
    "view comments",
    "leave a comment",
    "comments (",
};

/* And those that are just so. */
static const char *const furniture_line[] = {
    "share",     "print",    "email", "tweet",       "advertisement",
    "subscribe", "comments", "more",  "recommended", "trending",
    "related",   "sign up",  "top",   "next article"};

static size_t
count_words(struct morgue_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += !is_space(s.s[i]) && (i == 0 || is_space(s.s[i - 1]));
    return n;
}

static bool
starts_nocase(struct morgue_str s, struct morgue_str prefix)
{
    return s.len >= prefix.len &&
           str_eq_nocase(str_slice(s.s, prefix.len), prefix);
}

static bool
ends_with(struct morgue_str s, struct morgue_str end)
{
    return s.len >= end.len &&
           memcmp(s.s + s.len - end.len, end.s, end.len) == 0;
}

static bool
is_furniture(struct morgue_str line)
{
    if (line.len > FURNITURE_MAX)
        return false;
    for (size_t i = 0; i < sizeof furniture_line / sizeof *furniture_line; i++)
        if (str_eq_nocase(line, str_of(furniture_line[i])))
            return true;
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++)
        if (starts_nocase(line, str_of(furniture[i])))
            return line.s[line.len - 1] != '.' || line.len < 40 ||
                   ends_with(line, STR("..."));
    return false;
}

/* What follows `Source:` in a line, in one of the languages it is known in;
 * empty where it is no such line. */
static struct morgue_str
source_name(struct morgue_str line)
{
    static const char *const words[] = {"source", "sources", "quelle",
                                        "fuente", "fonte",   "bron"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct morgue_str word = str_of(words[i]), rest;

        if (!starts_nocase(line, word))
            continue;
        rest = str_trim(str_slice(line.s + word.len, line.len - word.len));
        if (rest.len > 1 && rest.len < FURNITURE_MAX && rest.s[0] == ':')
            return str_trim(str_slice(rest.s + 1, rest.len - 1));
    }
    return str_slice("", 0);
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
    *line = str_trim(str_slice(text.s + from, end - from));
    *before = str_slice(text.s, from);
    return line->len > 0;
}

/* Cut furniture and the source line off the end. */
static struct morgue_str
cut_end(struct morgue_str text, struct morgue_str *source)
{
    struct morgue_str line, before, name;

    while (last_line(text, &line, &before)) {
        name = source_name(line);
        if (name.len > 0 && source->len == 0)
            *source = name;
        else if (!is_furniture(line))
            break;
        text = before;
    }
    return text;
}

/* Without the blank lines at both ends; the lines themselves stay. */
static struct morgue_str
trim_lines(struct morgue_str text)
{
    struct morgue_str rest = text, line;
    size_t end = text.len;

    while (str_line(&rest, &line) && str_trim(line).len == 0)
        text = rest;
    for (end = text.len; end > 0 && is_space(text.s[end - 1]); end--)
        if (text.s[end - 1] == '\n' || text.s[end - 1] == '\r')
            text.len = end - 1;
    return text;
}

static bool
ends_like_sentence(struct morgue_str s)
{
    char c = s.s[s.len - 1];

    return c == ',' || c == ';' || c == ':' ||
           (c == '.' && !ends_with(s, STR("...")) && s.len > 2 &&
            s.s[s.len - 3] != '.'); /* U.S. */
}

/* Whether it may be a by-line, and not how a sentence begins. */
static bool
is_byline(struct morgue_str line)
{
    return line.len > 4 && line.len < SHORT_MAX &&
           starts_nocase(line, STR("by ")) && !ends_like_sentence(line) &&
           !is_digit(line.s[3]) && !(line.s[3] >= 'a' && line.s[3] <= 'z') &&
           count_words(line) <= 10;
}

/* Whether it is a date, and no mere year. */
static bool
is_date_line(struct morgue_str line, struct morgue_date *out)
{
    return line.len <= DATE_LINE_MAX && date_parse(line, out) &&
           out->precision >= MORGUE_DATE_MONTH;
}

/* Take the first paragraph if it is one line, but for by-lines and dates
 * where there may be such (`credits`): into *line, with the blank lines before
 * it. */
static bool
line_alone(struct morgue_str text, bool credits, struct morgue_str *line,
           struct morgue_str *rest)
{
    struct morgue_str next, after;
    struct morgue_date date;

    *rest = text;
    do {
        if (!str_line(rest, line))
            return false;
        *line = str_trim(*line);
    } while (line->len == 0);
    after = *rest;
    while (str_line(&after, &next)) {
        next = str_trim(next);
        if (next.len == 0)
            break;
        if (!credits || (!is_byline(next) && !is_date_line(next, &date)))
            return false;
    }
    return true;
}

/* By-lines and dates behind the headline.  Each is a paragraph, or one of
 * them alone on its line. */
static void
take_credits(struct morgue_article *a, struct morgue_str *text)
{
    struct morgue_str rest = *text, line, author = {0};
    struct morgue_date date = {0};
    bool blank = true;

    while (str_line(&rest, &line)) {
        line = str_trim(line);
        blank = line.len == 0;
        if (is_byline(line) && author.len == 0)
            author = str_trim(str_slice(line.s + 3, line.len - 3));
        else if (!blank && (date.precision != MORGUE_DATE_NONE ||
                            !is_date_line(line, &date)))
            break;
        if (!blank)
            continue;
        /* What was found was a paragraph of its own. */
        a->author = author;
        a->date = date;
        *text = rest;
    }
}

static bool
like_headline(struct morgue_str line)
{
    return line.len > 0 && line.len <= HEADLINE_MAX &&
           !ends_like_sentence(line);
}

/* Whether the word may be small in the name of a section. */
static bool
small_word(struct morgue_str word)
{
    static const char *const small[] = {
        "and", "of",       "the",      "in",   "und",   "et",
        "y",   "news",     "politics", "desk", "sport", "sports",
        "a",   "business", "briefs",   "page", "from",  "opinion"};

    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (str_eq(word, str_of(small[i])))
            return true;
    return word.len == 1 && !is_alpha(word.s[0]); /* & */
}

/* Whether it may be the name of a section: a few words with capitals. */
static bool
like_section(struct morgue_str s)
{
    if (s.len == 0 || s.len > SECTION_MAX || count_words(s) > SECTION_WORDS ||
        ends_like_sentence(s) || memchr(s.s, '(', s.len) ||
        memchr(s.s, '!', s.len) || memchr(s.s, '?', s.len) ||
        memchr(s.s, '"', s.len))
        return false;
    for (size_t i = 0, n; i < s.len; i += n + 1) {
        for (n = 0; i + n < s.len && !is_space(s.s[i + n]); n++)
            ;
        if (i > 0 && n > 0 && s.s[i] >= 'a' && s.s[i] <= 'z' &&
            !small_word(str_slice(s.s + i, n)))
            return false;
    }
    return true;
}

/* A text without a blank line behind its first line: that is the headline if
 * the next is so long that it must be a paragraph. */
static bool
short_first_line(struct morgue_str text, struct morgue_str *line,
                 struct morgue_str *rest)
{
    struct morgue_str second, after;

    *rest = text;
    if (!str_line(rest, line))
        return false;
    *line = str_trim(*line);
    after = *rest;
    return line->len <= SHORT_MAX && like_headline(*line) &&
           str_line(&after, &second) && second.len > line->len &&
           (second.len > SHORT_MAX || second.len > line->len * 3 / 2);
}

static void
split_text(struct morgue_article *a, struct morgue_str text)
{
    struct morgue_str line, rest, second, after;

    text = trim_lines(cut_end(text, &a->source));
    if (line_alone(text, false, &line, &rest) && like_section(line) &&
        line_alone(rest, true, &second, &after) && like_headline(second) &&
        second.len > line.len && count_words(second) > 2 &&
        str_trim(after).len > 0) {
        a->section = line;
        text = rest;
    }
    if (line_alone(text, true, &line, &rest) && like_headline(line) &&
        (str_trim(rest).len > 0 || line.len <= SHORT_MAX)) {
        a->title = line;
        text = rest;
        take_credits(a, &text);
    } else if (short_first_line(text, &line, &rest)) {
        a->title = line;
        text = rest;
    }
    a->body = trim_lines(text);
}

/* Cut `Key: value`; a key is letters, digits, "-", "_" and single spaces. */
static bool cut_head(struct morgue_str line, struct morgue_str *key,
                     struct morgue_str *value);

/* The charset that heads name, as `charset` or in `content-type`; "" where
 * they do not. */
static void
declared_charset(struct morgue_str text, char out[CHARSET_MAX])
{
    struct morgue_str line, key, value;

    out[0] = '\0';
    for (int i = 0; i < HEADS_MAX && str_line(&text, &line); i++) {
        if (!cut_head(line, &key, &value))
            break;
        if (str_eq_nocase(key, STR("content-type"))) {
            while (value.len > 0 && !starts_nocase(value, STR("charset=")))
                value = str_slice(value.s + 1, value.len - 1);
            if (value.len > 8)
                value = str_slice(value.s + 8, value.len - 8);
        } else if (!str_eq_nocase(key, STR("charset"))) {
            continue;
        }
        if (value.len > 0 && value.len < CHARSET_MAX) {
            memcpy(out, value.s, value.len);
            out[value.len] = '\0';
        }
    }
}

/* The whole file, in UTF-8; text->s becomes NULL where it was too long, which
 * the sink then knows. */
static enum morgue_status
whole_text(struct reading *r, struct morgue_str *text, bool *converted,
           struct morgue_error *err)
{
    char charset[CHARSET_MAX];
    enum morgue_status st = input_need(&r->in, RECORD_MAX + 1, err);

    if (st)
        return st;
    *text = input_view(&r->in);
    if (text->len > RECORD_MAX) {
        text->s = NULL;
        return reading_failed(r, "a text of more than 256 MB", err);
    }
    input_take(&r->in, text->len);
    declared_charset(*text, charset);
    return reading_utf8(r, text, charset[0] ? charset : NULL, converted, err);
}

enum morgue_status
read_text(struct reading *r, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct morgue_str text;
    bool converted;
    enum morgue_status st = whole_text(r, &text, &converted, err);

    if (st || !text.s)
        return st;
    split_text(&a, text);
    return reading_record(r, &a, converted, err);
}

/* ---- heads -------------------------------------------------------------- */

static bool
cut_head(struct morgue_str line, struct morgue_str *key,
         struct morgue_str *value)
{
    const char *colon = memchr(line.s, ':', line.len);
    size_t len = colon ? (size_t)(colon - line.s) : 0;

    if (len == 0 || len > SECTION_MAX || is_space(line.s[0]))
        return false;
    *key = str_trim(str_slice(line.s, len));
    for (size_t i = 0; i < key->len; i++)
        if (!is_alpha(key->s[i]) && !is_digit(key->s[i]) && key->s[i] != '-' &&
            key->s[i] != '_' && key->s[i] != ' ')
            return false;
    *value = str_trim(str_slice(colon + 1, line.len - len - 1));
    return key->len > 0;
}

bool
looks_like_heads(struct morgue_str text)
{
    struct morgue_str line, key, value;
    struct key_meaning meaning;
    int known = 0;

    for (int i = 0; i < HEADS_MAX && str_line(&text, &line); i++) {
        if (str_trim(line).len == 0)
            break;
        if (is_space(line.s[0]) && i > 0)
            continue;
        if (!cut_head(line, &key, &value))
            return false;
        known += key_find(key, &meaning);
    }
    return known >= 2;
}

/* A value; of a field with many, each that ";" parts from the next. */
static enum morgue_status
add_head(struct reading *r, struct keyed *k, struct morgue_str key,
         struct morgue_str value, struct morgue_error *err)
{
    struct key_meaning m;
    enum morgue_status st = MORGUE_OK;
    bool many = key_find(key, &m) && m.field < FIELD_N &&
                field_info[m.field].many && m.field != FIELD_EXTRA;

    while (!st && value.len > 0) {
        const char *end = many ? memchr(value.s, ';', value.len) : NULL;
        size_t len = end ? (size_t)(end - value.s) : value.len;

        st = keyed_add(k, &r->arena, key, str_trim(str_slice(value.s, len)),
                       false, err);
        len += end != NULL;
        value = str_slice(value.s + len, value.len - len);
    }
    return st;
}

/* The value of a head with the lines that continue it. */
static enum morgue_status
whole_value(struct reading *r, struct morgue_str *value,
            struct morgue_str *rest, struct morgue_error *err)
{
    struct morgue_str line, after = *rest;
    enum morgue_status st;

    buf_reset(&r->text);
    buf_str(&r->text, *value);
    while (str_line(&after, &line) && line.len > 0 && is_space(line.s[0]) &&
           str_trim(line).len > 0) {
        buf_char(&r->text, ' ');
        buf_str(&r->text, str_trim(line));
        *rest = after;
    }
    st = buf_status(&r->text, err);
    *value = buf_view(&r->text);
    return st;
}

enum morgue_status
read_heads(struct reading *r, struct morgue_error *err)
{
    struct keyed k = {.article = MORGUE_ARTICLE_INIT};
    struct morgue_str text, rest, line, key, value;
    bool converted;
    enum morgue_status st = whole_text(r, &text, &converted, err);

    if (st || !text.s)
        return st;
    if (!looks_like_heads(text))
        return reading_failed(r, "does not begin with `Key: value` lines",
                              err);
    rest = text;
    while (!st && str_line(&rest, &line) && str_trim(line).len > 0) {
        if (!cut_head(line, &key, &value))
            continue;
        st = whole_value(r, &value, &rest, err);
        if (!st)
            st = add_head(r, &k, key, value, err);
    }
    rest = trim_lines(rest);
    if (rest.len > 0)
        k.article.body = rest;
    if (!st)
        st = keyed_end(&k, &r->arena, err);
    return st ? st : reading_record(r, &k.article, converted, err);
}
