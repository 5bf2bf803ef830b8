/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * people.c - lists of addresses (RFC 5322, 3.4), for the names in them
 *
 *     Vera Holm <vera@mill.example>, "Aas, Nils" <nils@mill.example>
 *     vera@mill.example (Vera Holm)
 *     vera at mill.example (Vera Holm)
 *     Desk: Vera Holm <vera@mill.example>, nils@mill.example;
 *
 * The name is the words before <address>; else the comment behind the address;
 * else the address.  Comments within a name are no part of it.  What programs
 * write otherwise is read as it was meant: ";" between addresses, a colon in
 * a name where no group ends, `Holm, Vera <address>` without quotes, names in
 * single quotes, quotes that do not end, a name and its address in one encoded
 * word.  One pass, no recursion.
 */
#include "people.h"

#include "mime.h"

enum { PERSON_MAX = 16 * 1024 };

/* One address, as far as it is read. */
struct person {
    struct buf *out;
    struct buf phrase, comment, address, name;
    struct buf family; /* `Holm,`, which may belong to what follows */
    bool angle, quoted, gap;
    bool nomem; /* somewhere on the way */
};

/* buf_reset forgets failures; they are kept here. */
static void
empty(struct person *p, struct buf *b)
{
    p->nomem = p->nomem || b->nomem;
    buf_reset(b);
}

static void
reset(struct person *p)
{
    empty(p, &p->phrase);
    empty(p, &p->comment);
    empty(p, &p->address);
    p->angle = p->quoted = p->gap = false;
}

/* Append to the words before an address. */
static void
add(struct person *p, char c)
{
    if (p->gap && p->phrase.len > 0)
        buf_char(&p->phrase, ' ');
    p->gap = false;
    buf_char(&p->phrase, c);
}

static bool
is_inside(struct morgue_str s, const char *part)
{
    return str_find(s, 0, str_of(part)) < s.len;
}

/* `vera at mill.example`, `vera@mill.example` */
static bool
is_address(struct morgue_str s)
{
    struct morgue_str first = str_word(&s), second = str_word(&s);

    if (second.len == 0)
        return is_inside(first, "@");
    return (str_eq(second, STR("at")) || str_eq(second, STR("[at]")) ||
            str_eq(second, STR("(at)"))) &&
           str_words_n(s) == 1;
}

/* Append the words of `text` that are no address. */
static void
put_words_beside(struct buf *out, struct morgue_str text)
{
    while (text.len > 0) {
        struct morgue_str word = str_word(&text);

        if (word.len == 0 || is_inside(word, "@"))
            continue;
        if (out->len > 0)
            buf_char(out, ' ');
        buf_str(out, word);
    }
}

static struct morgue_str
without_quotes(struct morgue_str s)
{
    s = str_trim(s);
    if (s.len > 2 && s.s[0] == '\'' && s.s[s.len - 1] == '\'')
        s = str_trim(str_slice(s.s + 1, s.len - 2));
    return s;
}

/* The name that an address without <> has. */
static struct morgue_str
bare_name(struct person *p, struct morgue_str words)
{
    const char *open = words.len > 0 ? memchr(words.s, '<', words.len) : NULL;
    struct morgue_str before =
        open ? str_trim(str_slice(words.s, (size_t)(open - words.s)))
             : STR("");

    if (before.len > 0) /* both were in one encoded word */
        return before;
    if (p->comment.len > 0 && (words.len == 0 || is_address(words)))
        return buf_view(&p->comment);
    if (!is_inside(words, "@") || is_address(words))
        return words;
    empty(p, &p->address);
    put_words_beside(&p->address, words);
    return p->address.len > 0 ? buf_view(&p->address) : words;
}

static void
put_line(struct buf *out, struct morgue_str name)
{
    if (name.len == 0)
        return;
    if (out->len > 0)
        buf_char(out, '\n');
    buf_str(out, name);
}

/* The address ends: write its name. */
static enum morgue_status
end_person(struct person *p, bool comma, struct morgue_error *err)
{
    struct morgue_str name;
    enum morgue_status st;

    if (comma && !p->angle && !p->quoted && p->comment.len == 0 &&
        p->family.len == 0 && str_words_n(buf_view(&p->phrase)) == 1 &&
        !is_inside(buf_view(&p->phrase), "@")) {
        buf_str(&p->family, buf_view(&p->phrase));
        reset(p);
        return MORGUE_OK;
    }
    empty(p, &p->name);
    if (p->family.len > 0 && p->angle && p->phrase.len > 0) {
        buf_str(&p->name, buf_view(&p->family));
        buf_str(&p->name, STR(", "));
    } else if (p->family.len > 0) {
        st = mime_words(&p->name, buf_view(&p->family), err);
        put_line(p->out, without_quotes(buf_view(&p->name)));
        empty(p, &p->name);
        if (st)
            return st;
    }
    empty(p, &p->family);
    if (p->phrase.len == 0 && p->comment.len > 0) {
        buf_str(&p->phrase, buf_view(&p->comment));
        empty(p, &p->comment);
    }
    st = mime_words(&p->name, buf_view(&p->phrase), err);
    if (st)
        return st;
    empty(p, &p->phrase);
    st = mime_words(&p->phrase, buf_view(&p->comment), err);
    if (st)
        return st;
    empty(p, &p->comment);
    buf_str(&p->comment, buf_view(&p->phrase));
    name = without_quotes(buf_view(&p->name));
    if (!p->angle)
        name = bare_name(p, name);
    else if (name.len == 0)
        name = str_trim(buf_view(&p->address));
    put_line(p->out, without_quotes(name));
    reset(p);
    return buf_status(p->out, err);
}

/* ---- what a list is made of --------------------------------------------- */

/* Take the quoted string at `i`; a quote that does not end is passed over. */
static size_t
take_quoted(struct person *p, struct morgue_str s, size_t i)
{
    size_t end = i + 1;

    while (end < s.len && s.s[end] != '"')
        end += s.s[end] == '\\' && end + 1 < s.len ? 2 : 1;
    if (end >= s.len)
        return i + 1;
    p->quoted = true;
    for (i++; i < end; i++) {
        i += s.s[i] == '\\' && i + 1 < end;
        add(p, s.s[i]);
    }
    return end + 1;
}

/* Take the comment at `i`; the first of an address is kept. */
static size_t
take_comment(struct person *p, struct morgue_str s, size_t i)
{
    bool keep = p->comment.len == 0;
    size_t depth = 1;

    for (i++; i < s.len; i++) {
        char c = s.s[i];

        depth += c == '(';
        depth -= c == ')';
        if (depth == 0)
            return i + 1;
        if (c == '\\' && i + 1 < s.len)
            c = s.s[++i];
        if (keep)
            buf_char(&p->comment, c);
    }
    return i;
}

static size_t
take_address(struct person *p, struct morgue_str s, size_t i)
{
    for (i++; i < s.len && s.s[i] != '>'; i++)
        if (!is_space(s.s[i]))
            buf_char(&p->address, s.s[i]);
    p->angle = true;
    return i + 1;
}

/* Behind an address that has a name: where the next one begins, be it without
 * a comma, else where the comma stands. */
static size_t
behind_address(struct morgue_str s, size_t i)
{
    size_t end = i;

    while (end < s.len && s.s[end] != ',' && s.s[end] != ';' &&
           s.s[end] != '<')
        end++;
    return end < s.len && s.s[end] == '<' ? i : end;
}

static enum morgue_status
read_list(struct person *p, struct morgue_str s, struct morgue_error *err)
{
    bool group = memchr(s.s, ';', s.len) != NULL;
    bool quotes_end = true;
    size_t words_end = 0; /* where an encoded word may */
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < s.len && !st;) {
        char c = s.s[i];
        size_t word = 0;

        if (p->angle && p->phrase.len > 0 && c != ',' && c != ';' &&
            !is_space(c)) {
            i = behind_address(s, i);
            if (i == s.len || s.s[i] == ',' || s.s[i] == ';')
                continue;
            st = end_person(p, false, err); /* the comma was left out */
            c = s.s[i];
        }
        if (words_end < i + 2 && c == '=')
            words_end = str_find(s, i + 2, STR("?="));
        if (c == '=' && words_end < s.len)
            word = mime_word_len(str_slice(s.s + i, s.len - i));
        if (word > 0) {
            for (size_t end = i + word; i < end; i++)
                add(p, s.s[i]);
        } else if (c == '"' && quotes_end) {
            size_t next = take_quoted(p, s, i);

            quotes_end = next > i + 1;
            i = next;
        } else if (c == '(') {
            i = take_comment(p, s, i);
        } else if (c == '<') {
            i = take_address(p, s, i);
        } else {
            i++;
            if (c == ',' || c == ';')
                st = end_person(p, c == ',', err);
            else if (c == ':' && group)
                reset(p);
            else if (is_space(c))
                p->gap = true;
            else if (c != '"')
                add(p, c);
        }
    }
    return st ? st : end_person(p, false, err);
}

enum morgue_status
people_list(struct buf *out, struct morgue_str list, struct morgue_error *err)
{
    struct person p = {.out = out};
    struct buf *all[] = {&p.phrase, &p.comment, &p.address, &p.name,
                         &p.family};
    enum morgue_status st = MORGUE_OK;

    if (list.len == 0)
        return MORGUE_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_init(all[i], PERSON_MAX);
    st = read_list(&p, list, err);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        empty(&p, all[i]);
        buf_free(all[i]);
    }
    return !st && p.nomem ? error_nomem(err) : st;
}
