/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address.c - addresses of pages in one spelling, and their hosts
 *
 * One pass over the host, and one over the rest to copy or to hash it.  What
 * is left out: ports are kept, also 80 and 443, and names of hosts in other
 * scripts stay in the form, Unicode or Punycode, that they are written in.
 */
#include "address.h"

#include <stdio.h>

#include "../base/hash.h"

/* How what has no scheme is taken. */
enum manner { TEXT_WITH_DOT, TEXT_IS_HOST, TEXT_BEGINS };

struct address_parts {
    struct morgue_str host; /* "": it has none */
    struct morgue_str rest; /* all behind it, or what there is */
};

static struct morgue_str
from(struct morgue_str s, size_t n)
{
    return str_slice(s.s + n, s.len - n);
}

/* Take the scheme and "//" off; whether there was "//". */
static bool
take_scheme(struct morgue_str *s)
{
    size_t n = 0;

    while (n < s->len && (is_alpha(s->s[n]) || is_digit(s->s[n]) ||
                          memchr("+-.", s->s[n], 3)))
        n++;
    if (n > 0 && (n == s->len || s->s[n] != ':'))
        return false;
    n += n > 0;
    if (!str_starts(from(*s, n), STR("//")))
        return false;
    *s = from(*s, n + 2);
    return true;
}

static bool
is_of_host(char c)
{
    return is_alpha(c) || is_digit(c) || (unsigned char)c >= 0x80 ||
           memchr("-_.%", c, 4);
}

/* How many bytes at the beginning can be a host: a name or number, or "[...]"
 * with a number of version 6. */
static size_t
host_len(struct morgue_str s)
{
    size_t n = 0;

    if (s.len > 0 && s.s[0] == '[') {
        while (n < s.len && (is_of_host(s.s[n]) || memchr("[:", s.s[n], 2)))
            n++;
        return n < s.len && s.s[n] == ']' ? n + 1 : 0;
    }
    while (n < s.len && is_of_host(s.s[n]))
        n++;
    return n;
}

static bool
has_empty_label(struct morgue_str host)
{
    bool dot = true;

    for (size_t i = 0; i < host.len; i++) {
        if (dot && host.s[i] == '.')
            return true;
        dot = host.s[i] == '.';
    }
    return false;
}

/* Whether a host can end there. */
static bool
ends_host(struct morgue_str s)
{
    return s.len == 0 || memchr(":/?", s.s[0], 3);
}

/* Behind the user and his password, if there are any. */
static struct morgue_str
without_user(struct morgue_str s)
{
    size_t user = 0;

    for (size_t i = 0; i < s.len && !memchr("/?", s.s[i], 2); i++)
        if (s.s[i] == '@')
            user = i + 1;
    return from(s, user);
}

/* Split what is behind a scheme, or has none. */
static struct address_parts
split_host(struct morgue_str s, bool scheme, enum manner manner)
{
    const struct address_parts none = {.host = STR(""), .rest = s};
    struct morgue_str at = scheme ? without_user(s) : s;
    size_t len, end;

    if (str_starts_nocase(at, STR("www.")))
        at = from(at, 4);
    len = end = host_len(at);
    if (manner != TEXT_BEGINS && len > 0 && at.s[len - 1] == '.')
        len--;
    if (len == 0 || len > ADDRESS_HEAD || !ends_host(from(at, end)) ||
        has_empty_label(str_slice(at.s, len)) ||
        (!scheme && manner == TEXT_WITH_DOT && !memchr(at.s, '.', len)))
        return none;
    return (struct address_parts){.host = str_slice(at.s, len),
                                  .rest = from(at, end)};
}

static struct address_parts
split(struct morgue_str s, enum manner manner)
{
    bool scheme;

    s = str_trim(s);
    if (s.len == 0)
        return (struct address_parts){.host = STR(""), .rest = STR("")};
    s.len = str_find(s, 0, STR("\0"));
    s.len = str_find(s, 0, STR("#"));
    scheme = take_scheme(&s);
    return split_host(s, scheme, manner);
}

static size_t
put_small(char *out, struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        out[i] = to_lower(s.s[i]);
    return s.len;
}

/* The host, or the letters at the beginning where there is none, which are
 * taken off the rest. */
static size_t
put_first(char out[ADDRESS_HEAD], struct address_parts *p)
{
    size_t n = 0;

    if (p->host.len > 0)
        return put_small(out, p->host);
    while (n < ADDRESS_HEAD && n < p->rest.len && is_alpha(p->rest.s[n]))
        n++;
    put_small(out, str_slice(p->rest.s, n));
    p->rest = from(p->rest, n);
    return n;
}

size_t
address_write(char out[ADDRESS_MAX], struct morgue_str address)
{
    struct address_parts p = split(address, TEXT_WITH_DOT);
    size_t n = put_first(out, &p), room = ADDRESS_MAX - n, head;
    char hash[33];
    struct hash128 h;

    while (p.rest.len > 0 && p.rest.s[p.rest.len - 1] == '/')
        p.rest.len--;
    if (p.rest.len <= room) {
        if (p.rest.len > 0)
            memcpy(out + n, p.rest.s, p.rest.len);
        return n + p.rest.len;
    }
    head = ADDRESS_HEAD - n;
    memcpy(out + n, p.rest.s, head);
    h = hash128(p.rest.s + head, p.rest.len - head);
    snprintf(hash, sizeof hash, "%016llx%016llx", (unsigned long long)h.high,
             (unsigned long long)h.low);
    out[ADDRESS_HEAD] = '#';
    memcpy(out + ADDRESS_HEAD + 1, hash, 32);
    return ADDRESS_MAX;
}

size_t
address_begin(char out[ADDRESS_HEAD], struct morgue_str begin)
{
    struct address_parts p = split(begin, TEXT_BEGINS);
    size_t n = put_first(out, &p), len = ADDRESS_HEAD - n;

    len = p.rest.len < len ? p.rest.len : len;
    if (len > 0)
        memcpy(out + n, p.rest.s, len);
    return n + len;
}

size_t
address_host(char out[ADDRESS_HEAD], struct morgue_str address, bool bare)
{
    enum manner manner = bare ? TEXT_IS_HOST : TEXT_WITH_DOT;

    return put_small(out, split(address, manner).host);
}

/* Of version 4: its last part is a number, as that of no name. */
static bool
is_number(struct morgue_str host)
{
    size_t n = host.len;

    while (n > 0 && is_digit(host.s[n - 1]))
        n--;
    return n < host.len && (n == 0 || host.s[n - 1] == '.');
}

bool
address_parent(struct morgue_str *host)
{
    const char *dot = host->len > 0 ? memchr(host->s, '.', host->len) : NULL;
    struct morgue_str parent;

    if (!dot || host->s[0] == '[' || is_number(*host))
        return false;
    parent = from(*host, (size_t)(dot + 1 - host->s));
    if (!memchr(parent.s, '.', parent.len))
        return false;
    *host = parent;
    return true;
}
