/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_mend.c - a machine over the bytes of XML, before they are parsed
 *
 * Linear: bytes that mean nothing to it are copied in runs, and a token is
 * looked at again only where it ends.
 */
#include "xml_mend.h"

#include "../../common/base/utf8.h"

enum {
    TOKEN_MAX = 9 * 1024 * 1024, /* libxml2 takes 10 MB */
    ATTRIBUTES_MAX = 500
};

void
mend_init(struct mend *m)
{
    *m = (struct mend){.state = MEND_TEXT};
    buf_init(&m->out, TOKEN_MAX + MEND_SLICE * 8 + ENTITY_VALUES_MAX * 6);
    entities_init(&m->entities);
}

void
mend_free(struct mend *m)
{
    buf_free(&m->out);
    entities_free(&m->entities);
}

/* ---- tokens ------------------------------------------------------------- */

static struct morgue_str
since(const struct mend *m, size_t from)
{
    return str_slice(m->out.data + from, m->out.len - from);
}

static bool
ends(const struct mend *m, struct morgue_str with)
{
    struct morgue_str t = since(m, m->token);

    return t.len >= with.len &&
           memcmp(t.s + t.len - with.len, with.s, with.len) == 0;
}

static void
begin(struct mend *m, enum mend_state state, char c)
{
    m->token = m->out.len;
    m->state = state;
    m->quote = 0;
    m->subset = false;
    m->attributes = 0;
    buf_char(&m->out, c);
}

static void
whole(struct mend *m)
{
    m->state = MEND_TEXT;
    m->token = m->out.len;
}

/* The token goes, but for its line ends. */
static void
drop(struct mend *m)
{
    struct morgue_str t = since(m, m->token);
    size_t lines = 0;

    for (size_t i = 0; i < t.len; i++)
        lines += t.s[i] == '\n';
    buf_cut(&m->out, m->token);
    while (lines-- > 0)
        buf_char(&m->out, '\n');
    whole(m);
}

/* ---- references --------------------------------------------------------- */

/* Write the value of an entity as text, also in an attribute. */
static void
put_value(struct mend *m, struct morgue_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.s[i] && strchr("<>&\"'", value.s[i]))
            buf_printf(&m->out, "&#%u;", (unsigned)value.s[i]);
        else
            buf_char(&m->out, value.s[i]);
}

/* The reference ended.  `closed`: by its semicolon. */
static void
resolve(struct mend *m, bool closed)
{
    char name[REFERENCE_MAX + 1] = "", utf8[4];
    struct morgue_str t = since(m, m->reference + 1);
    struct morgue_str value;
    bool declared;
    uint32_t cp = 0;

    memcpy(name, t.s, t.len);
    declared = closed && entities_find(&m->entities, str_of(name), &value);
    if (closed && !declared)
        cp = reference_character(name);
    buf_cut(&m->out, m->reference);
    if (declared)
        put_value(m, value);
    else if (cp == 0)
        buf_printf(&m->out, "&amp;%s%s", name, closed ? ";" : "");
    else if (cp < 128 && cp != ' ')
        buf_printf(&m->out, "&#%u;", (unsigned)cp);
    else
        buf_add(&m->out, utf8, utf8_encode(cp, utf8));
    m->state = m->back;
    if (m->state == MEND_TEXT)
        whole(m);
}

static void
refer(struct mend *m)
{
    m->back = m->state;
    if (m->state == MEND_TEXT)
        m->token = m->out.len;
    m->state = MEND_REFERENCE;
    m->reference = m->out.len;
    buf_char(&m->out, '&');
}

/* ---- the machine -------------------------------------------------------- */

/* Behind "<": what it begins. */
static void
tell(struct mend *m)
{
    static const struct {
        const char *begin;
        enum mend_state state;
    } kinds[] = {{"<!--", MEND_COMMENT},
                 {"<![CDATA[", MEND_CDATA},
                 {"<!DOCTYPE", MEND_DOCTYPE},
                 {"<?", MEND_INSTRUCTION}};
    struct morgue_str t = since(m, m->token);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct morgue_str k = str_of(kinds[i].begin);

        if (k.len < t.len || !str_eq_nocase(t, str_slice(k.s, t.len)))
            continue;
        if (k.len == t.len)
            m->state = kinds[i].state;
        return;
    }
    m->state = MEND_TAG;
}

static void
in_tag(struct mend *m, char c)
{
    if (c == '&' && m->quote) {
        refer(m);
        return;
    }
    buf_char(&m->out, c);
    if (m->quote) {
        if (c == m->quote) {
            m->quote = 0;
            if (++m->attributes > ATTRIBUTES_MAX)
                m->wrong = "an element has more than 500 attributes";
        }
    } else if (c == '"' || c == '\'') {
        m->quote = c;
    } else if (c == '>') {
        whole(m);
    }
}

/* The quote is '-' inside of a comment, '?' inside of an instruction. */
static void
in_doctype(struct mend *m, char c)
{
    buf_char(&m->out, c);
    if (m->quote == '-')
        m->quote = ends(m, STR("-->")) ? 0 : '-';
    else if (m->quote == '?')
        m->quote = ends(m, STR("?>")) ? 0 : '?';
    else if (m->quote)
        m->quote = c == m->quote ? 0 : m->quote;
    else if (c == '"' || c == '\'')
        m->quote = c;
    else if (ends(m, STR("<!--")))
        m->quote = '-';
    else if (ends(m, STR("<?")))
        m->quote = '?';
    else if (c == '[' || c == ']')
        m->subset = c == '[';
    else if (c == '>' && !m->subset) {
        entities_declare(&m->entities, since(m, m->token));
        drop(m);
    }
}

static bool
begins_markup(char c)
{
    return is_alpha(c) || c == '_' || c == ':' || c == '/' || c == '!' ||
           c == '?' || (c & 0x80);
}

static void step(struct mend *m, char c);

static void
in_markup(struct mend *m, char c)
{
    bool first = m->out.len - m->token == 1;

    if (!first || c == '!' || c == '?') {
        buf_char(&m->out, c);
        tell(m);
    } else if (begins_markup(c)) {
        m->state = MEND_TAG;
        in_tag(m, c);
    } else {
        buf_cut(&m->out, m->token);
        buf_str(&m->out, STR("&lt;"));
        whole(m);
        step(m, c);
    }
}

static void
in_reference(struct mend *m, char c)
{
    size_t len = m->out.len - m->reference;

    if (len < REFERENCE_MAX &&
        (is_alpha(c) || is_digit(c) || (c == '#' && len == 1) ||
         (len > 1 && strchr("_-.", c) && c))) {
        buf_char(&m->out, c);
        return;
    }
    resolve(m, c == ';');
    if (c != ';')
        step(m, c);
}

/* In a section or what is dropped. */
static void
in_section(struct mend *m, char c)
{
    size_t len = m->out.len - m->token;

    buf_char(&m->out, c);
    if (c != '>')
        return;
    if (m->state == MEND_CDATA && ends(m, STR("]]>")))
        whole(m);
    else if ((m->state == MEND_COMMENT && len >= 6 && ends(m, STR("-->"))) ||
             (m->state == MEND_INSTRUCTION && len >= 3 && ends(m, STR("?>"))))
        drop(m);
}

static void
step(struct mend *m, char c)
{
    if ((unsigned char)c < ' ' && c != '\n' && c != '\t' && c != '\r')
        c = ' ';
    switch (m->state) {
    case MEND_TEXT:
        if (c == '<')
            begin(m, MEND_MARKUP, c);
        else if (c == '&')
            refer(m);
        else
            buf_char(&m->out, c);
        break;
    case MEND_MARKUP:
        in_markup(m, c);
        break;
    case MEND_TAG:
        in_tag(m, c);
        break;
    case MEND_REFERENCE:
        in_reference(m, c);
        break;
    case MEND_DOCTYPE:
        in_doctype(m, c);
        break;
    case MEND_CDATA:
    case MEND_COMMENT:
    case MEND_INSTRUCTION:
        in_section(m, c);
    }
}

/* How many bytes at `s` are nothing to any state but MEND_MARKUP and
 * MEND_REFERENCE. */
static size_t
plain(const char *s, const char *end)
{
    static const bool special[256] = {
        ['<'] = true, ['>'] = true, ['&'] = true, ['"'] = true, ['\''] = true,
        ['['] = true, [']'] = true, ['-'] = true, ['?'] = true};
    const char *at = s;

    while (at < end && (unsigned char)*at >= ' ' &&
           !special[(unsigned char)*at])
        at++;
    return (size_t)(at - s);
}

static void
mend_slice(struct mend *m, struct morgue_str s)
{
    const char *at = s.s, *end = s.s + s.len;

    while (at < end && !m->wrong && !m->out.nomem && !m->out.full) {
        size_t n = m->state == MEND_MARKUP || m->state == MEND_REFERENCE
                       ? 0
                       : plain(at, end);

        buf_add(&m->out, at, n);
        at += n;
        if (at < end)
            step(m, *at++);
    }
}

/* U+FFFE and U+FFFF from `from` on become U+FFFD. */
static void
mend_characters(struct mend *m, size_t from)
{
    char *at = m->out.data + from, *end = m->out.data + m->out.len;

    while (end - at >= 3 && (at = memchr(at, 0xEF, (size_t)(end - at) - 2))) {
        if ((unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE)
            at[2] = (char)0xBD;
        at++;
    }
}

enum morgue_status
mend_add(struct mend *m, struct morgue_str bytes, struct morgue_error *err)
{
    size_t from = m->out.len;
    enum morgue_status st;

    mend_slice(m, bytes);
    st = buf_status(&m->out, err);
    if (!st && m->entities.text.nomem)
        st = error_nomem(err);
    if (st == MORGUE_NOMEM)
        return st;
    if (st || (m->state != MEND_TEXT && m->out.len - m->token > TOKEN_MAX))
        m->wrong = "a tag, comment or section is longer than 9 MB";
    if (m->wrong)
        return error_set(err, MORGUE_FORMAT, "%s", m->wrong);
    mend_characters(m, from < m->out.len ? from : m->out.len);
    return MORGUE_OK;
}

struct morgue_str
mend_ready(const struct mend *m)
{
    return m->state == MEND_TEXT ? buf_view(&m->out)
                                 : str_slice(m->out.data, m->token);
}

void
mend_take(struct mend *m)
{
    size_t n = mend_ready(m).len, rest = m->out.len - n;

    if (n == 0)
        return;
    memmove(m->out.data, m->out.data + n, rest);
    buf_cut(&m->out, rest);
    m->token = 0;
    m->reference -= m->state == MEND_REFERENCE ? n : 0;
}
