/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_unescape.c - character references of HTML
 *
 *   &#8217;  &#x2019;  &rsquo;   and without ";" those of HTML 2: &eacute
 *
 * Names are those of HTML 4, which libxml2 knows, and of those that HTML 5
 * added the letters of European languages and the signs of ASCII.  Numbers
 * 128 to 159 are read as windows-1252, as browsers do; a control character
 * becomes a space and what is no character U+FFFD.  What is no reference stays
 * as it is.  None is longer in UTF-8 than as it was written.
 */
#include <libxml/HTMLparser.h>

#include "../../common/base/utf8.h"
#include "html_token.h"

enum { REF_MAX = 12 };

/* In the order of strcmp. */
static const struct {
    char name[8];
    uint16_t cp;
} more_names[] = {
    {"Abreve", 0x102}, {"Amacr", 0x100},  {"Aogon", 0x104},
    {"Cacute", 0x106}, {"Ccaron", 0x10C}, {"Dcaron", 0x10E},
    {"Dstrok", 0x110}, {"Ecaron", 0x11A}, {"Edot", 0x116},
    {"Emacr", 0x112},  {"Eogon", 0x118},  {"Gbreve", 0x11E},
    {"Idot", 0x130},   {"Imacr", 0x12A},  {"Iogon", 0x12E},
    {"Kcedil", 0x136}, {"Lacute", 0x139}, {"Lcaron", 0x13D},
    {"Lcedil", 0x13B}, {"Lstrok", 0x141}, {"Nacute", 0x143},
    {"Ncaron", 0x147}, {"Ncedil", 0x145}, {"NewLine", '\n'},
    {"Odblac", 0x150}, {"Rcaron", 0x158}, {"Sacute", 0x15A},
    {"Scedil", 0x15E}, {"Tab", '\t'},     {"Tcaron", 0x164},
    {"Tcedil", 0x162}, {"Udblac", 0x170}, {"Umacr", 0x16A},
    {"Uogon", 0x172},  {"Uring", 0x16E},  {"Zacute", 0x179},
    {"Zcaron", 0x17D}, {"Zdot", 0x17B},   {"abreve", 0x103},
    {"amacr", 0x101},  {"aogon", 0x105},  {"apos", '\''},
    {"ast", '*'},      {"bsol", '\\'},    {"cacute", 0x107},
    {"ccaron", 0x10D}, {"colon", ':'},    {"comma", ','},
    {"commat", '@'},   {"dcaron", 0x10F}, {"dollar", '$'},
    {"dstrok", 0x111}, {"ecaron", 0x11B}, {"edot", 0x117},
    {"emacr", 0x113},  {"eogon", 0x119},  {"equals", '='},
    {"excl", '!'},     {"gbreve", 0x11F}, {"hyphen", 0x2010},
    {"imacr", 0x12B},  {"imath", 0x131},  {"inodot", 0x131},
    {"iogon", 0x12F},  {"kcedil", 0x137}, {"lacute", 0x13A},
    {"lcaron", 0x13E}, {"lcedil", 0x13C}, {"lowbar", '_'},
    {"lpar", '('},     {"lsqb", '['},     {"lstrok", 0x142},
    {"nacute", 0x144}, {"ncaron", 0x148}, {"ncedil", 0x146},
    {"num", '#'},      {"odblac", 0x151}, {"percnt", '%'},
    {"period", '.'},   {"plus", '+'},     {"quest", '?'},
    {"rcaron", 0x159}, {"rpar", ')'},     {"rsqb", ']'},
    {"sacute", 0x15B}, {"scedil", 0x15F}, {"semi", ';'},
    {"sol", '/'},      {"tcaron", 0x165}, {"tcedil", 0x163},
    {"udblac", 0x171}, {"umacr", 0x16B},  {"uogon", 0x173},
    {"uring", 0x16F},  {"vert", '|'},     {"zacute", 0x17A},
    {"zcaron", 0x17E}, {"zdot", 0x17C},
};

/* The character of a name of HTML 4; 0 where it is none. */
static uint32_t
old_named(const char *name)
{
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);

    return known ? known->value : 0;
}

static uint32_t
named(const char *name)
{
    size_t low = 0, high = sizeof more_names / sizeof *more_names;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strcmp(name, more_names[mid].name);

        if (order == 0)
            return more_names[mid].cp;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return old_named(name);
}

static uint32_t
meant(uint32_t cp)
{
    if (cp >= 0x80 && cp < 0xA0)
        return utf8_western(cp);
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        return UTF8_REPLACEMENT;
    return (cp < ' ' && !is_space((char)cp)) || cp == 0x7F ? ' ' : cp;
}

static unsigned
digit_value(char c)
{
    if (is_digit(c))
        return (unsigned)(c - '0');
    c = to_lower(c);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
}

/* The reference by number at `s`, behind "&#"; its length, 0: it is none. */
static size_t
by_number(const char *s, const char *end, uint32_t *cp)
{
    const char *at = s;
    unsigned base = 10;
    uint32_t n = 0;

    if (at < end && (*at == 'x' || *at == 'X')) {
        base = 16;
        at++;
    }
    s = at;
    for (; at < end && digit_value(*at) < base; at++)
        n = n > 0x10FFFF ? n : n * base + digit_value(*at);
    if (at == s)
        return 0;
    *cp = meant(n);
    at += at < end && *at == ';';
    return (size_t)(at - s) + (base == 16);
}

/* The reference by name at `s`, behind "&". */
static size_t
by_name(const char *s, const char *end, bool in_attribute, uint32_t *cp)
{
    char name[REF_MAX + 1];
    size_t len = 0;

    while (s + len < end && (is_alpha(s[len]) || is_digit(s[len]))) {
        if (len == REF_MAX)
            return 0;
        name[len] = s[len];
        len++;
    }
    name[len] = '\0';
    if (len < 2)
        return 0;
    if (s + len < end && s[len] == ';') {
        *cp = named(name);
        return *cp ? len + 1 : 0;
    }
    if (in_attribute)
        return 0;
    *cp = old_named(name);
    return *cp > 0 && *cp < 0x100 && strcmp(name, "apos") != 0 ? len : 0;
}

size_t
html_unescape(char *s, size_t len, bool in_attribute)
{
    char *end = s + len, *to = len > 0 ? memchr(s, '&', len) : NULL;
    char *at = to;

    if (!to)
        return len;
    while (at < end) {
        char *next = memchr(at, '&', (size_t)(end - at));
        size_t n = next ? (size_t)(next - at) : (size_t)(end - at);
        uint32_t cp = 0;

        memmove(to, at, n);
        to += n;
        at += n;
        if (at == end)
            break;
        if (at + 1 < end && at[1] == '#') {
            n = by_number(at + 2, end, &cp);
            n += n > 0 ? 2 : 0;
        } else {
            n = by_name(at + 1, end, in_attribute, &cp);
            n += n > 0;
        }
        if (n == 0) {
            *to++ = *at++;
            continue;
        }
        to += utf8_encode(cp, to);
        at += n;
    }
    return (size_t)(to - s);
}
