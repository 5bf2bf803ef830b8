/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset_name.c - charsets by the names that people write
 *
 * Of a name only letters and digits count, and those before a "*", behind
 * which is a language (RFC 2231); "x-" and "charset=" before it go.  Families
 * are told by their number: ISO-8859-N, the code pages of Windows, DOS and
 * IBM; other names by what is in them.  A charset stands for the larger one
 * that everybody takes it for, as browsers do: ISO-8859-1 for windows-1252,
 * GB2312 for GB18030.
 */
#include "charset_name.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *plain, *name;
} names[] = {
    {"", ""},
    {"7bit", ""},
    {"8bit", ""},
    {"binary", ""},
    {"default", ""},
    {"none", ""},
    {"unknown", ""},
    {"unknown8bit", ""},
    {"userdefined", ""},
    {"utf8", ""},
    {"utf8mb3", ""},
    {"utf8mb4", ""},
    {"unicode11utf8", ""},
    {"unicode20utf8", ""},
    {"unicode11utf7", "UTF-7"},
    {"unicode20utf7", "UTF-7"},
    {"utf7", "UTF-7"},
    {"ucs2", "UTF-16"},
    {"iso10646ucs2", "UTF-16"},
    {"unicode", "UTF-16"},
    {"646", CHARSET_WESTERN},
    {"ansi", CHARSET_WESTERN},
    {"ansix341968", CHARSET_WESTERN},
    {"ansix341986", CHARSET_WESTERN},
    {"ascii", CHARSET_WESTERN},
    {"iso646us", CHARSET_WESTERN},
    {"isoir100", CHARSET_WESTERN},
    {"isoir6", CHARSET_WESTERN},
    {"isolatin1", CHARSET_WESTERN},
    {"l1", CHARSET_WESTERN},
    {"latin1", CHARSET_WESTERN},
    {"msansi", CHARSET_WESTERN},
    {"us", CHARSET_WESTERN},
    {"usascii", CHARSET_WESTERN},
    {"western", CHARSET_WESTERN},
    {"isolatin2", "ISO-8859-2"},
    {"l2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"latin3", "ISO-8859-3"},
    {"latin4", "ISO-8859-4"},
    {"cyrillic", "ISO-8859-5"},
    {"isolatincyrillic", "ISO-8859-5"},
    {"arabic", "ISO-8859-6"},
    {"greek", "ISO-8859-7"},
    {"greek8", "ISO-8859-7"},
    {"hebrew", "ISO-8859-8"},
    {"logical", "ISO-8859-8"},
    {"visual", "ISO-8859-8"},
    {"l5", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"turkish", "WINDOWS-1254"},
    {"latin6", "ISO-8859-10"},
    {"latin7", "ISO-8859-13"},
    {"latin8", "ISO-8859-14"},
    {"latin9", "ISO-8859-15"},
    {"latin0", "ISO-8859-15"},
    {"latin10", "ISO-8859-16"},
    {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi8r", "KOI8-R"},
    {"koi8ru", "KOI8-U"},
    {"koi8u", "KOI8-U"},
    {"mac", "MACINTOSH"},
    {"macintosh", "MACINTOSH"},
    {"macroman", "MACINTOSH"},
    {"macwestern", "MACINTOSH"},
    {"maccentraleurope", "MAC-CENTRALEUROPE"},
    {"maccentraleurroman", "MAC-CENTRALEUROPE"},
    {"macce", "MAC-CENTRALEUROPE"},
    {"maclatin2", "MAC-CENTRALEUROPE"},
    {"maccyrillic", "MAC-UK"},
    {"macuk", "MAC-UK"},
    {"macukrainian", "MAC-UK"},
    {"macjapanese", "CP932"},
    {"macchinesesimp", "GB18030"},
    {"macchinesetrad", "BIG5-HKSCS"},
    {"mackorean", "CP949"},
    {"maciceland", "MAC-IS"},
    {"macicelandic", "MAC-IS"},
    {"chinese", "GB18030"},
    {"cngb", "GB18030"},
    {"euccn", "GB18030"},
    {"gb", "GB18030"},
    {"gb18030", "GB18030"},
    {"gb180302000", "GB18030"},
    {"gb18030200", "GB18030"},
    {"gb2312", "GB18030"},
    {"gb23121980", "GB18030"},
    {"gb231280", "GB18030"},
    {"gbk", "GB18030"},
    {"isoir58", "GB18030"},
    {"hz", CHARSET_HZ},
    {"hzgb", CHARSET_HZ},
    {"hzgb2312", CHARSET_HZ},
    {"big5", "BIG5-HKSCS"},
    {"big5eten", "BIG5-HKSCS"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"bigfive", "BIG5-HKSCS"},
    {"chinesebig5", "BIG5-HKSCS"},
    {"cnbig5", "BIG5-HKSCS"},
    {"csbig5", "BIG5-HKSCS"},
    {"mskanji", "CP932"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"windows31j", "CP932"},
    {"eucjp", "EUC-JP"},
    {"eucjpms", "EUC-JP"},
    {"euc", "EUC-JP"},
    {"extendedunixcodepackedformatforjapanese", "EUC-JP"},
    {"ujis", "EUC-JP"},
    {"iso2022jp", "ISO-2022-JP-3"},
    {"iso2022jpms", "ISO-2022-JP-3"},
    {"iso2022jp1", "ISO-2022-JP-3"},
    {"iso2022jp2", "ISO-2022-JP-2"},
    {"jis", "ISO-2022-JP-3"},
    {"euckr", "CP949"},
    {"isoir149", "CP949"},
    {"korean", "CP949"},
    {"ksc5601", "CP949"},
    {"ksc56011987", "CP949"},
    {"ksc56011989", "CP949"},
    {"ksx1001", "CP949"},
    {"uhc", "CP949"},
    {"johab", "JOHAB"},
    {"dos874", "CP874"},
    {"thai", "CP874"},
    {"tis620", "CP874"},
    {"tis6202533", "CP874"},
};

/* Code pages that are not CPnnn, or are larger than they say. */
static const struct {
    long number;
    const char *name;
} pages[] = {
    {819, CHARSET_WESTERN},
    {932, "CP932"},
    {936, "GB18030"},
    {943, "CP932"},
    {949, "CP949"},
    {950, "BIG5-HKSCS"},
    {1361, "JOHAB"},
    {10000, "MACINTOSH"},
    {10007, "MAC-UK"},
    {10029, "MAC-CENTRALEUROPE"},
    {20127, CHARSET_WESTERN},
    {20866, "KOI8-R"},
    {20932, "EUC-JP"},
    {20936, "GB18030"},
    {21866, "KOI8-U"},
    {28591, CHARSET_WESTERN},
    {28592, "ISO-8859-2"},
    {28593, "ISO-8859-3"},
    {28594, "ISO-8859-4"},
    {28595, "ISO-8859-5"},
    {28596, "ISO-8859-6"},
    {28597, "ISO-8859-7"},
    {28598, "ISO-8859-8"},
    {28599, "WINDOWS-1254"},
    {28605, "ISO-8859-15"},
    {38598, "ISO-8859-8"},
    {50220, "ISO-2022-JP-3"},
    {50221, "ISO-2022-JP-3"},
    {50222, "ISO-2022-JP-3"},
    {50225, "ISO-2022-KR"},
    {51932, "EUC-JP"},
    {51936, "GB18030"},
    {51949, "CP949"},
    {52936, CHARSET_HZ},
    {54936, "GB18030"},
    {65000, "UTF-7"},
    {65001, ""},
};

/* What a name that is not known may have in it: "cyrillic(windows-1251)". */
static const struct {
    const char *part, *name;
} parts[] = {
    {"1250", "WINDOWS-1250"},
    {"1251", "WINDOWS-1251"},
    {"1252", CHARSET_WESTERN},
    {"1253", "WINDOWS-1253"},
    {"1254", "WINDOWS-1254"},
    {"1255", "WINDOWS-1255"},
    {"1256", "WINDOWS-1256"},
    {"1257", "WINDOWS-1257"},
    {"1258", "WINDOWS-1258"},
    {"88592", "ISO-8859-2"},
    {"88595", "ISO-8859-5"},
    {"88597", "ISO-8859-7"},
    {"big5", "BIG5-HKSCS"},
    {"eucjp", "EUC-JP"},
    {"euckr", "CP949"},
    {"gb18030", "GB18030"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"iso2022jp", "ISO-2022-JP-3"},
    {"koi8r", "KOI8-R"},
    {"koi8u", "KOI8-U"},
    {"shiftjis", "CP932"},
    {"utf8", ""},
};

/* The letters and digits, small. */
static void
plain_name(char out[CHARSET_MAX], struct morgue_str name)
{
    size_t n = 0;
    const char *at = out;

    for (size_t i = 0; i < name.len && n + 1 < CHARSET_MAX; i++) {
        char c = to_lower(name.s[i]);

        if (c == '*' || c == ';' || (n > 0 && c == ','))
            break;
        if (is_alpha(c) || is_digit(c))
            out[n++] = c;
    }
    out[n] = '\0';
    if (n > 7 && strncmp(out, "charset", 7) == 0)
        at += 7;
    else if (n > 7 && strcmp(out + n - 7, "charset") == 0)
        out[n - 7] = '\0';
    while (*at == 'x' && is_alpha(at[1]))
        at++;
    memmove(out, at, strlen(at) + 1);
}

/* The number behind one of `families`, which are parted by blanks; -1 where
 * there is none. */
static long
number_behind(const char *plain, const char *families)
{
    struct morgue_str rest = str_of(families), name = str_of(plain);

    while (rest.len > 0) {
        struct morgue_str family = str_word(&rest);
        const char *digits = plain + family.len;
        char *end;
        long n;

        if (!str_starts(name, family) || !is_digit(*digits) ||
            strlen(digits) > 6)
            continue;
        n = strtol(digits, &end, 10);
        if (*end == '\0' || strcmp(end, "i") == 0 || strcmp(end, "e") == 0)
            return n;
    }
    return -1;
}

static bool
find_page(char out[CHARSET_MAX], const char *plain)
{
    long n = number_behind(plain, "windowscp windowscodepage windows wincp "
                                  "win mscp ms cswindows codepage cp ibm dos "
                                  "oem csibm cspc cp0");

    if (n < 0)
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].number == n) {
            snprintf(out, CHARSET_MAX, "%s", pages[i].name);
            return true;
        }
    if (n >= 1250 && n <= 1258)
        snprintf(out, CHARSET_MAX, "WINDOWS-%ld", n);
    else
        snprintf(out, CHARSET_MAX, "CP%ld", n);
    return true;
}

/* ISO-8859-N, also with the year behind. */
static bool
find_iso(char out[CHARSET_MAX], const char *plain)
{
    long n = number_behind(plain, "iso8859 8859 iec8859 isoiec8859");

    if (n > 9999 && n % 10000 >= 1987 && n % 10000 <= 2003)
        n /= 10000;
    if (n < 1 || n > 16)
        return false;
    if (n == 1)
        snprintf(out, CHARSET_MAX, CHARSET_WESTERN);
    else if (n == 9)
        snprintf(out, CHARSET_MAX, "WINDOWS-1254");
    else
        snprintf(out, CHARSET_MAX, "ISO-8859-%ld", n);
    return true;
}

void
charset_name(char out[CHARSET_MAX], struct morgue_str name)
{
    char plain[CHARSET_MAX];

    name = str_trim(name);
    plain_name(plain, name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(plain, names[i].plain) == 0) {
            snprintf(out, CHARSET_MAX, "%s", names[i].name);
            return;
        }
    if (find_iso(out, plain) || find_page(out, plain))
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(plain, parts[i].part)) {
            snprintf(out, CHARSET_MAX, "%s", parts[i].name);
            return;
        }
    if (name.len >= CHARSET_MAX)
        name.len = 0;
    memcpy(out, name.s, name.len);
    out[name.len] = '\0';
}
