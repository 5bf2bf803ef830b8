/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uri.c - references resolved as RFC 3986 has it in 5.2, strictly
 *
 *     scheme:  //authority  /path  ?query  #fragment
 *
 * What a reference does not have it takes from the base, up to the first part
 * that it has; `.` and `..` are taken out of what is made by that.  A base
 * such as `urn:x` or `mailto:x`, whose path does not begin with a slash, is
 * none for paths.  Linear; nothing is decoded or checked.
 */
#include "uri.h"

/* Parts with their signs; empty where there is none. */
struct uri {
    struct morgue_str scheme, authority, path, query, fragment;
};

static size_t
scheme_len(struct morgue_str s)
{
    size_t i = 0;

    while (i < s.len &&
           (is_alpha(s.s[i]) || (i > 0 && (is_digit(s.s[i]) || s.s[i] == '+' ||
                                           s.s[i] == '-' || s.s[i] == '.'))))
        i++;
    return i > 0 && i < s.len && s.s[i] == ':' ? i + 1 : 0;
}

bool
uri_is_absolute(struct morgue_str s)
{
    return scheme_len(s) > 0;
}

/* Take what stands before the first of `signs` off *rest. */
static struct morgue_str
take(struct morgue_str *rest, size_t from, const char *signs)
{
    size_t i = from;
    struct morgue_str part;

    while (i < rest->len && !(rest->s[i] && strchr(signs, rest->s[i])))
        i++;
    part = str_slice(rest->s, i);
    *rest = str_slice(rest->s + i, rest->len - i);
    return part;
}

static struct uri
cut(struct morgue_str s)
{
    struct uri u;
    size_t len = scheme_len(s);

    u.scheme = str_slice(s.s, len);
    s = str_slice(s.s + len, s.len - len);
    u.authority = str_starts(s, STR("//")) ? take(&s, 2, "/?#") : STR("");
    u.path = take(&s, 0, "?#");
    u.query = take(&s, 0, "#");
    u.fragment = s;
    return u;
}

/* Take `.` and `..` out of an absolute path, in place; its new length. */
static size_t
remove_dots(char *s, size_t len)
{
    size_t to = 0, at = 0;

    while (at < len) {
        size_t n = 1;

        while (at + n < len && s[at + n] != '/')
            n++;
        if ((n == 2 && s[at + 1] == '.') ||
            (n == 3 && s[at + 1] == '.' && s[at + 2] == '.')) {
            while (n == 3 && to > 0 && s[--to] != '/')
                ;
            at += n;
            if (at == len)
                s[to++] = '/';
            continue;
        }
        memmove(s + to, s + at, n);
        to += n;
        at += n;
    }
    return to;
}

/* Write the parts behind each other, of the path with those before `folder`
 * from `base`. */
static bool
put(struct arena *a, const struct uri *u, struct morgue_str folder,
    struct morgue_str *out)
{
    struct morgue_str parts[] = {u->scheme, u->authority, folder,
                                 u->path,   u->query,     u->fragment};
    size_t len = 0, path = 0;
    char *s;

    for (size_t i = 0; i < 6; i++)
        len += parts[i].len;
    s = arena_alloc(a, len + 1);
    if (!s)
        return false;
    len = 0;
    for (size_t i = 0; i < 6; i++) {
        if (i == 2)
            path = len;
        if (parts[i].len > 0)
            memcpy(s + len, parts[i].s, parts[i].len);
        len += parts[i].len;
        if (i == 3 && len > path && s[path] == '/')
            len = path + remove_dots(s + path, len - path);
    }
    s[len] = '\0';
    *out = str_slice(s, len);
    return true;
}

bool
uri_resolve(struct arena *a, struct morgue_str base, struct morgue_str ref,
            struct morgue_str *out)
{
    struct uri b = cut(str_trim(base)), u = cut(str_trim(ref));
    struct morgue_str folder = STR("");

    *out = str_trim(ref);
    if (u.scheme.len > 0 || b.scheme.len == 0 || out->len == 0)
        return true;
    if (b.authority.len == 0 && !str_starts(b.path, STR("/")))
        return true;
    u.scheme = b.scheme;
    if (u.authority.len == 0) {
        u.authority = b.authority;
        if (u.path.len == 0) {
            u.path = b.path;
            if (u.query.len == 0)
                u.query = b.query;
        } else if (u.path.s[0] != '/') {
            folder = b.path;
            while (folder.len > 0 && folder.s[folder.len - 1] != '/')
                folder.len--;
            if (folder.len == 0)
                folder = STR("/");
        }
    }
    return put(a, &u, folder, out);
}
