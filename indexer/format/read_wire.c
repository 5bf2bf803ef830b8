/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_wire.c - messages of the text wires: IPTC 7901 and ANPA 1312
 *
 * Both send a story as lines between control characters:
 *
 *     SOH  header: what it is         (IPTC 7901)  eca062 4 i 211  dpa 061
 *          keywords                   (ANPA 1312)  W2870 US asian
 *     STX  heading and text
 *     ETX  when it was sent           131137 GMT Nov 13
 *     EOT                             AP-WF-11-13-13 1509GMT
 *
 * ("The IPTC Recommended Message Format", IPTC 7901, 5th edition; ANPA 1312,
 * "Bureau of Standards: high speed wire service transmission guidelines").
 * What stands between messages is passed over; one without EOT ends where the
 * next begins.
 *
 * The heading of IPTC 7901 ends in "=": flags in capitals (1ST LEAD), the
 * headline, "By ...".  Lines of ANPA begin with "^" (heading, centred), TAB
 * (paragraph) or BS (row of a table) and may end in "<" or "=", which set
 * type; the headings are slug, headline, notes to editors ("Eds:"), byline.
 *
 * An article's id is its service, number and time, since numbers begin again.
 * What is not for publication ("# Notebook", the initials at the end) goes to
 * the extra lines.  Kills name a story by its slug alone, which later stories
 * may share, so they are articles like others here.
 */
#include <stdio.h>

#include "../../common/article/date.h"
#include "../reading/format.h"

enum {
    SOH = 1,
    STX = 2,
    ETX = 3,
    EOT = 4,
    BS = 8,
    SYN = 0x16,
    HEADING_LINES = 8,
    MESSAGE_MAX = 16 * 1024 * 1024
};

/* The parts of a message. */
struct message {
    struct morgue_str header, text, end;
    bool whole; /* it has its ETX */
};

struct wire {
    struct reading *r;
    struct morgue_article a;
    struct morgue_str number; /* of the message, with its service */
    bool in_text;             /* the heading is over */
    bool row;                 /* the body's last line is of a table */
};

/* ---- lines -------------------------------------------------------------- */

/* Without the signs that set type, at both ends. */
static struct morgue_str
bare(struct morgue_str s)
{
    s = str_trim(s);
    while (s.len > 0 && (s.s[0] == '^' || (unsigned char)s.s[0] <= ' '))
        s = str_slice(s.s + 1, s.len - 1);
    while (s.len > 0 && (s.s[s.len - 1] == '<' || s.s[s.len - 1] == '=' ||
                         (unsigned char)s.s[s.len - 1] <= ' '))
        s.len--;
    return s;
}

/* Append a line as it is read: controls and runs of space as one space, the
 * quotes and halves of the wires as such. */
static void
put_plain(struct buf *out, struct morgue_str s)
{
    bool gap = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];
        bool twice = i + 1 < s.len && s.s[i + 1] == s.s[i];

        if (c == 0x10) /* a space that does not break */
            continue;
        if (c <= ' ' || c == 0x7f) {
            gap = true;
            continue;
        }
        if (gap)
            buf_char(out, ' ');
        gap = false;
        if ((c == '`' || c == '\'') && twice) {
            buf_str(out, c == '`' ? STR("\u201c") : STR("\u201d"));
            i++;
        } else if (c == '{' && i > 0 && is_digit(s.s[i - 1])) {
            buf_str(out, STR("\u00bd"));
        } else if (c == '_' && i > 0 && s.s[i - 1] == ' ' &&
                   (i + 1 == s.len || s.s[i + 1] == ' ')) {
            buf_str(out, STR("\u2014"));
        } else {
            buf_char(out, (char)c);
        }
    }
}

/* The same into the arena. */
static enum morgue_status
keep(struct morgue_str *out, struct wire *w, struct morgue_str s,
     struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    buf_init(&b, MESSAGE_MAX * 2);
    put_plain(&b, bare(s));
    st = buf_status(&b, err);
    if (!st && !arena_str(&w->r->arena, buf_view(&b), out))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
keep_extra(struct wire *w, struct morgue_str key, struct morgue_str value,
           struct morgue_error *err)
{
    struct morgue_str plain;
    enum morgue_status st = keep(&plain, w, value, err);

    if (!st)
        extra_add(&w->r->extra, key, plain);
    return st;
}

/* ---- the body ----------------------------------------------------------- */

/* Whether it only parts one piece from the next: "___". */
static bool
is_rule(struct morgue_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.s[i] != '_' && line.s[i] != '-' && line.s[i] != '*')
            return false;
    return true;
}

/* A line of text: on its own (`fresh`), as a row of a table, or as what goes
 * on in a paragraph. */
static void
put_line(struct wire *w, struct morgue_str line, bool fresh, bool row)
{
    struct buf *text = &w->r->text;

    line = bare(line);
    if (line.len == 0 || is_rule(line))
        return;
    if (text->len > 0) {
        if (row && w->row)
            buf_char(text, '\n');
        else if (fresh || row || w->row)
            buf_str(text, STR("\n\n"));
        else
            buf_char(text, ' ');
    }
    put_plain(text, line);
    w->row = row;
}

/* "BUENOS AIRES, Argentina (AP) _ " and "Berlin (dpa) - " begin a story: the
 * dateline, and the place in it. */
static size_t
dateline_len(struct morgue_str s, size_t *place_len)
{
    static const char *const dash[] = {" _ ", " - ", " -- ", " \u2014 ",
                                       " \u2013 "};
    const char *open = memchr(s.s, '(', s.len < 80 ? s.len : 80);
    const char *close;

    if (!open || open == s.s)
        return 0;
    close = memchr(open, ')', (size_t)(s.s + s.len - open));
    if (!close || close - open > 24)
        return 0;
    *place_len = (size_t)(open - s.s);
    close++;
    for (size_t i = 0; i < sizeof dash / sizeof *dash; i++)
        if (str_starts(str_slice(close, (size_t)(s.s + s.len - close)),
                       str_of(dash[i])))
            return (size_t)(close - s.s) + strlen(dash[i]);
    return 0;
}

static enum morgue_status
take_dateline(struct wire *w, struct morgue_error *err)
{
    struct arena *arena = &w->r->arena;
    struct morgue_str body = buf_view(&w->r->text);
    size_t place = 0, len = body.len > 0 ? dateline_len(body, &place) : 0;

    w->a.body = str_slice(body.s + len, body.len - len);
    if (len == 0)
        return MORGUE_OK;
    if (!arena_str(arena, str_trim(str_slice(body.s, len)), &w->a.dateline) ||
        !arena_str(arena, str_trim(str_slice(body.s, place)), &w->a.place))
        return error_nomem(err);
    return MORGUE_OK;
}

/* ---- the heading -------------------------------------------------------- */

/* Whether it is such as 1ST LEAD, REFILE or EXTRA: which version it is. */
static bool
is_flag(struct morgue_str s)
{
    static const char *const word[] = {
        "lead",    "ld",    "writethru", "refile", "extra",
        "urgent",  "flash", "bulletin",  "update", "correction",
        "correct", "kill",  "advisory",  "repeat", "repetition"};

    if (s.len > 60)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] >= 'a' && s.s[i] <= 'z')
            return false;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (str_has_nocase(s, str_of(word[i])))
            return true;
    return false;
}

static enum morgue_status
take_flag(struct wire *w, struct morgue_str line, struct morgue_error *err)
{
    if (str_has_nocase(line, STR("correct")))
        w->a.status = STR("corrected");
    return keep_extra(w, STR("flag"), line, err);
}

/* A further line of the headline. */
static enum morgue_status
add_title(struct wire *w, struct morgue_str line, struct morgue_error *err)
{
    struct buf b;
    struct morgue_str s;
    enum morgue_status st = keep(&s, w, line, err);

    if (st || w->a.title.len == 0) {
        w->a.title = s;
        return st;
    }
    buf_init(&b, MESSAGE_MAX * 2);
    buf_str(&b, w->a.title);
    buf_char(&b, ' ');
    buf_str(&b, s);
    st = buf_status(&b, err);
    if (!st && !arena_str(&w->r->arena, buf_view(&b), &w->a.title))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
take_byline(struct wire *w, struct morgue_str line, struct morgue_error *err)
{
    enum morgue_status st = keep(&w->a.author, w, line, err);

    w->a.author = value_without_by(w->a.author);
    return st;
}

/* ---- IPTC 7901 ---------------------------------------------------------- */

/* What a category letter of both wires means; NULL where it is of a service's
 * own. */
static const char *
category(struct morgue_str letter)
{
    static const struct {
        char letter;
        const char *name;
    } table[] = {
        {'a', "Domestic"},      {'e', "Entertainment"}, {'f', "Financial"},
        {'i', "International"}, {'k', "Commentary"},    {'l', "Lifestyle"},
        {'n', "Regional"},      {'p', "Politics"},      {'s', "Sports"},
        {'t', "Travel"},        {'w', "Washington"}};

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (letter.len == 1 && to_lower(letter.s[0]) == table[i].letter)
            return table[i].name;
    return NULL;
}

static void
take_category(struct wire *w, struct morgue_str letter)
{
    const char *name = category(letter);

    if (name)
        w->a.section = str_of(name);
    else
        extra_add(&w->r->extra, STR("category"), letter);
}

/* eca062 4 i 211 ccccb   dpa 061: number, priority, category, words, and at
 * the end the service and its own number. */
static void
header_7901(struct wire *w, struct morgue_str line)
{
    struct morgue_str word, before = STR("");

    w->number = str_word(&line);
    extra_add(&w->r->extra, STR("priority"), str_word(&line));
    take_category(w, str_word(&line));
    str_word(&line); /* how many words it has */
    for (;;) {
        word = str_word(&line);
        if (word.len == 0)
            break;
        if (is_digit(word.s[0]) && before.len > 0)
            w->a.source = before;
        before = word;
    }
}

/* Whether the lines of the heading end in one with "=". */
static bool
has_heading(struct morgue_str text)
{
    struct morgue_str line;

    for (int i = 0; i < HEADING_LINES && str_line(&text, &line); i++) {
        line = str_trim(line);
        if (line.len > 0 && line.s[line.len - 1] == '=')
            return true;
    }
    return false;
}

static enum morgue_status
heading_7901(struct wire *w, struct morgue_str *text, struct morgue_error *err)
{
    bool marked = has_heading(*text), last = false;
    enum morgue_status st = MORGUE_OK;
    struct morgue_str line;

    while (!st && !last && str_line(text, &line)) {
        line = str_trim(line);
        last = marked ? line.len > 0 && line.s[line.len - 1] == '='
                      : bare(line).len > 0;
        line = bare(line);
        if (line.len == 0)
            continue;
        if (is_flag(line) || line.s[0] == '(')
            st = take_flag(w, line, err);
        else if (str_starts_nocase(line, STR("by ")) && w->a.title.len > 0)
            st = take_byline(w, line, err);
        else
            st = add_title(w, line, err);
    }
    return st;
}

/* Where the part that is not for publication begins. */
static bool
is_notebook(struct morgue_str line)
{
    return str_starts_nocase(line, STR("# ")) ||
           (str_starts_nocase(line, STR("the following information is")) &&
            line.len < 100);
}

/* The initials of those who worked on it: "dpa wsz jln npr". */
static bool
is_signature(struct morgue_str line, struct morgue_str source)
{
    struct morgue_str word = str_word(&line);
    int n = 0;

    if (source.len == 0 || !str_starts(source, word) || word.len < 2)
        return false;
    for (; (word = str_word(&line)).len > 0; n++)
        for (size_t i = 0; i < word.len; i++)
            if (word.len > 4 || !is_alpha(word.s[i]))
                return false;
    return n > 0 && n < 8;
}

static enum morgue_status
text_7901(struct wire *w, struct morgue_str text, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    bool fresh = true, notes = false;
    struct morgue_str line;

    while (!st && str_line(&text, &line)) {
        struct morgue_str s = bare(line);

        if (s.len == 0 || is_signature(s, w->a.source)) {
            fresh = true;
            continue;
        }
        notes = notes || is_notebook(s);
        if (notes) {
            st = keep_extra(w, STR("note"), s, err);
            continue;
        }
        put_line(w, s, fresh || str_starts(line, STR("  ")), false);
        fresh = false;
    }
    return st;
}

/* DDHHMM [GMT] Mon YY, the months in English or German. */
static void
date_7901(struct wire *w, struct morgue_str end)
{
    struct morgue_str time = str_word(&end), month = str_word(&end), year;
    char text[64];

    if (str_eq_nocase(month, STR("GMT")) || str_eq_nocase(month, STR("UTC")))
        month = str_word(&end);
    year = str_word(&end);
    if (time.len != 6 || month.len < 3 || year.len < 2 ||
        (year.len != 2 && year.len != 4))
        return;
    snprintf(text, sizeof text, "%.2s %.*s %s%.*s %.2s:%.2s GMT", time.s,
             month.len < 12 ? (int)month.len : 12, month.s,
             year.len == 4      ? ""
             : year.s[0] >= '7' ? "19"
                                : "20",
             (int)year.len, year.s, time.s + 2, time.s + 4);
    if (date_parse(str_of(text), &w->a.date))
        w->a.date_source = STR("IPTC 7901 date-time group");
}

static enum morgue_status
story_7901(struct wire *w, const struct message *m, struct morgue_error *err)
{
    struct morgue_str header = m->header, text = m->text, line;
    enum morgue_status st = MORGUE_OK;

    if (str_line(&header, &line))
        header_7901(w, line);
    while (!st && str_line(&header, &line)) {
        line = str_trim(line);
        if (line.len > 1 && line.s[line.len - 1] == '/')
            line.len--;
        if (line.len > 0)
            st = keep(&w->a.topics, w, line, err);
    }
    if (!st)
        st = heading_7901(w, &text, err);
    if (!st)
        st = text_7901(w, text, err);
    date_7901(w, m->end);
    return st;
}

/* ---- ANPA 1312 ---------------------------------------------------------- */

/* W2870 US asian / f l DC3 DC1 BC-LT--Argentina-CancerB     11-13 1049 */
static void
header_anpa(struct wire *w, struct morgue_str header)
{
    struct morgue_str line, word;
    size_t n = 0;

    if (!str_line(&header, &line))
        return;
    while (n < line.len && (unsigned char)line.s[n] > ' ')
        n++;
    w->number = str_slice(line.s, n);
    if (!str_line(&header, &line))
        return;
    word = str_word(&line);
    extra_add(&w->r->extra, STR("priority"), word);
    line = str_trim(line);
    if (line.len > 0)
        take_category(w, str_slice(line.s, 1));
}

/* Take what is before the next comma off *s. */
static struct morgue_str
until_comma(struct morgue_str *s)
{
    const char *comma = s->len > 0 ? memchr(s->s, ',', s->len) : NULL;
    struct morgue_str part = *s;

    if (comma)
        part.len = (size_t)(comma - s->s);
    *s = str_slice(s->s + part.len + (comma != NULL),
                   s->len - part.len - (comma != NULL));
    return part;
}

static bool
is_number(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.s[i]))
            return false;
    return s.len > 0;
}

/* The slug's line: BC-US--Giant Lobster Death, 1st Ld-Writethru,127; before
 * it may be a number of its own. */
static enum morgue_status
take_slug(struct wire *w, struct morgue_str line, struct morgue_error *err)
{
    size_t from = line.len;
    struct morgue_str rest, part;
    enum morgue_status st;

    while (from > 0 && line.s[from - 1] != '^')
        from--;
    rest = bare(str_slice(line.s + from, line.len - from));
    st = keep(&w->a.topics, w, until_comma(&rest), err);
    while (!st && rest.len > 0) {
        part = str_trim(until_comma(&rest));
        if (part.len > 0 && !is_number(part)) /* else how many words it has */
            st = take_flag(w, part, err);
    }
    return st;
}

/* A line "^..." of the heading. */
static enum morgue_status
heading_anpa(struct wire *w, struct morgue_str line, bool text_follows,
             struct morgue_error *err)
{
    line = bare(line);
    if (line.len == 0)
        return MORGUE_OK;
    if (str_starts_nocase(line, STR("by ")) && line.len < 120)
        return take_byline(w, line, err);
    if (str_starts_nocase(line, STR("eds:")) ||
        str_starts_nocase(line, STR("(eds:")) ||
        str_starts_nocase(line, STR("editor's note")) ||
        str_starts_nocase(line, STR("ap photo")) ||
        str_starts_nocase(line, STR("ap video")) ||
        str_starts_nocase(line, STR("ap graphic"))) {
        if (str_has_nocase(line, STR("eds: correct")))
            w->a.status = STR("corrected");
        return keep_extra(w, STR("note"), line, err);
    }
    if (w->a.title.len == 0)
        return add_title(w, line, err);
    if (w->a.author.len > 0 && line.len < 60 &&
        (str_has_nocase(line, STR("press")) ||
         str_has_nocase(line, STR("writer")) ||
         str_has_nocase(line, STR("editor"))))
        return keep_extra(w, STR("byline"), line, err);
    if (text_follows && line.len > 80)
        return keep_extra(w, STR("summary"), line, err);
    put_line(w, line, true, false);
    return MORGUE_OK;
}

/* The last line of text, with TAB or as a table's row; NULL where there is
 * none. */
static const char *
last_text(struct morgue_str rest)
{
    struct morgue_str line;
    const char *last = NULL;

    while (str_line(&rest, &line))
        if (line.len > 0 && (line.s[0] == '\t' || line.s[0] == BS) &&
            bare(line).len > 0)
            last = line.s;
    return last;
}

static enum morgue_status
text_anpa(struct wire *w, struct morgue_str text, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    const char *last = last_text(text);
    struct morgue_str line;
    bool fresh = true, slug = true;

    while (!st && str_line(&text, &line)) {
        bool heading = line.len > 0 && line.s[0] == '^';

        if (bare(line).len == 0) {
            fresh = true;
        } else if (slug) {
            st = take_slug(w, line, err);
            slug = false;
        } else if (heading && !w->in_text) {
            st = heading_anpa(w, line, last && last > line.s, err);
        } else {
            w->in_text = true;
            put_line(w, line, fresh || heading || is_space(line.s[0]),
                     line.s[0] == BS);
            fresh = false;
        }
    }
    if (!st && w->a.title.len == 0)
        w->a.title = w->a.topics;
    return st;
}

/* AP-WF-11-13-13 1509GMT: service, month, day and year, time. */
static void
date_anpa(struct wire *w, struct morgue_str end)
{
    struct morgue_str line = bare(end);
    const char *dash = line.len > 0 ? memchr(line.s, '-', line.len) : NULL;
    int month, day, year, hour, minute;
    char text[80];

    if (!dash || line.len >= sizeof text)
        return;
    w->a.source = str_slice(line.s, (size_t)(dash - line.s));
    memcpy(text, line.s, line.len);
    text[line.len] = '\0';
    if (sscanf(text, "%*[A-Za-z]-%*[A-Za-z]-%2d-%2d-%2d %2d%2d", &month, &day,
               &year, &hour, &minute) != 5)
        return;
    snprintf(text, sizeof text, "%d-%02d-%02dT%02d:%02dZ",
             year >= 70 ? 1900 + year : 2000 + year, month, day, hour, minute);
    if (date_parse(str_of(text), &w->a.date))
        w->a.date_source = STR("ANPA time of sending");
}

static enum morgue_status
story_anpa(struct wire *w, const struct message *m, struct morgue_error *err)
{
    header_anpa(w, m->header);
    date_anpa(w, m->end);
    return text_anpa(w, m->text, err);
}

/* ---- messages ----------------------------------------------------------- */

static enum morgue_status
make_id(struct wire *w, struct morgue_error *err)
{
    struct buf b;
    enum morgue_status st;

    if (w->number.len == 0 || w->a.date.precision == MORGUE_DATE_NONE)
        return MORGUE_OK; /* from where it stands */
    buf_init(&b, 400);
    buf_str(&b, w->a.source);
    buf_char(&b, '-');
    buf_str(&b, w->number);
    buf_char(&b, '-');
    date_print(&b, w->a.date);
    st = buf_status(&b, err);
    if (st == MORGUE_FORMAT)
        st = MORGUE_OK;
    else if (!st && !arena_str(&w->r->arena, buf_view(&b), &w->a.id))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

/* The parts of the message between SOH and EOT. */
static struct message
parts(struct morgue_str s)
{
    struct message m = {.header = s, .text = STR(""), .end = STR("")};
    const char *stx = memchr(s.s, STX, s.len), *etx;

    if (!stx)
        return m;
    m.header.len = (size_t)(stx - s.s);
    m.text = str_slice(stx + 1, s.len - m.header.len - 1);
    etx = m.text.len > 0 ? memchr(m.text.s, ETX, m.text.len) : NULL;
    if (etx) {
        m.end = str_slice(etx + 1, (size_t)(m.text.s + m.text.len - etx - 1));
        m.text.len = (size_t)(etx - m.text.s);
        m.whole = true;
    }
    return m;
}

static enum morgue_status
read_message(struct reading *r, struct morgue_str bytes, bool anpa,
             struct morgue_error *err)
{
    struct wire w = {.r = r, .a = MORGUE_ARTICLE_INIT};
    uint64_t line = r->in.line;
    struct message m;
    bool converted;
    enum morgue_status st;

    reading_next(r);
    buf_reset(&r->text);
    st = reading_utf8(r, &bytes, STR(""), &converted, err);
    if (st)
        return st;
    m = parts(bytes);
    if (m.text.len == 0)
        return reading_failed(r, line, "a message without text", err);
    st = anpa ? story_anpa(&w, &m, err) : story_7901(&w, &m, err);
    if (!st)
        st = buf_status(&r->text, err);
    if (!st)
        st = take_dateline(&w, err);
    if (!st)
        st = make_id(&w, err);
    if (!st)
        st = buf_status(&r->extra, err);
    if (st)
        return st;
    w.a.extra = buf_view(&r->extra);
    /* The body is in r->text, which ids are made in. */
    if (!arena_str(&r->arena, w.a.body, &w.a.body))
        return error_nomem(err);
    st = reading_record(r, &w.a, converted ? READ_CONVERTED : 0, err);
    if (!st && !m.whole)
        st = reading_failed(r, line, "the message is cut short", err);
    return st;
}

/* Where the message in `s`, which is behind its SOH, ends; s.len: not yet. */
static size_t
message_len(struct morgue_str s)
{
    const char *soh = memchr(s.s, SOH, s.len);
    const char *eot = memchr(s.s, EOT, soh ? (size_t)(soh - s.s) : s.len);
    const char *end = eot ? eot : soh;

    return end ? (size_t)(end - s.s) : s.len;
}

static enum morgue_status
read_messages(struct reading *r, bool anpa, struct morgue_error *err)
{
    struct input *in = &r->in;
    enum morgue_status st = MORGUE_OK;

    while (!st) {
        struct morgue_str v = input_view(in);
        const char *soh = v.len > 0 ? memchr(v.s, SOH, v.len) : NULL;
        size_t len;

        if (!soh) {
            input_take(in, v.len);
            if (in->ended)
                break;
            st = input_need(in, 1, err);
            continue;
        }
        input_take(in, (size_t)(soh - v.s));
        v = input_view(in);
        len = message_len(str_slice(v.s + 1, v.len - 1));
        if (len == v.len - 1 && !in->ended && v.len < MESSAGE_MAX) {
            st = input_need(in, v.len * 2, err);
            continue;
        }
        if (len > MESSAGE_MAX)
            st = reading_failed(r, in->line, "a message of more than 16 MB",
                                err);
        else if (len > 0 && (!in->broken || len < v.len - 1 || len > 1))
            st = read_message(r, str_slice(v.s + 1, len), anpa, err);
        input_take(in, len + 1);
    }
    return st;
}

static enum morgue_status
read_iptc7901(struct reading *r, struct morgue_error *err)
{
    return read_messages(r, false, err);
}

static enum morgue_status
read_anpa(struct reading *r, struct morgue_error *err)
{
    return read_messages(r, true, err);
}

/* ---- telling ------------------------------------------------------------ */

/* The header of the first message, behind its SOH; empty where none begins
 * the file. */
static struct morgue_str
first_header(struct morgue_str head)
{
    struct morgue_str s = head;
    const char *stx;

    while (s.len > 0 && (is_space(s.s[0]) || s.s[0] == SYN || s.s[0] == 0x7f))
        s = str_slice(s.s + 1, s.len - 1);
    if (s.len == 0 || s.s[0] != SOH)
        return STR("");
    s = str_slice(s.s + 1, s.len - 1);
    stx = memchr(s.s, STX, s.len < 1000 ? s.len : 1000);
    return stx ? str_slice(s.s, (size_t)(stx - s.s)) : STR("");
}

static bool
looks_like_anpa(struct morgue_str head)
{
    struct morgue_str h = first_header(head), line;

    if (h.len == 0 || !str_line(&h, &line))
        return false;
    return memchr(head.s, SYN, 2) ||
           (line.len > 0 && memchr(line.s, 0x1f, line.len));
}

static bool
looks_like_iptc7901(struct morgue_str head)
{
    struct morgue_str h = first_header(head), line, word;

    if (h.len == 0 || looks_like_anpa(head) || !str_line(&h, &line))
        return false;
    word = str_word(&line); /* eca062, and a priority */
    if (word.len < 2 || !is_alpha(word.s[0]) ||
        !is_digit(word.s[word.len - 1]))
        return false;
    word = str_word(&line);
    return word.len == 1 && is_digit(word.s[0]);
}

const struct format format_iptc7901 = {
    .name = "iptc7901",
    .what = "IPTC 7901 wire messages",
    .many = true,
    .tell = looks_like_iptc7901,
    .read = read_iptc7901,
};

const struct format format_anpa = {
    .name = "anpa",
    .what = "ANPA 1312 wire messages",
    .many = true,
    .tell = looks_like_anpa,
    .read = read_anpa,
};
