/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fold.c - classes and folding of code points; the only user of utf8proc
 *
 * Both mappings of a code point are made so: compatibility decomposition,
 * marks dropped, case folded (full folding), the letters of `plain` replaced
 * (folded only), composed again.  What is dropped:
 *
 *   lower    Hebrew points and Arabic vowel signs (combining classes 10 to
 *            35), the Greek iota below (240), enclosing marks
 *   folded   these, and nukta (7), overlays (1), and accents above and below
 *            (202 and more)
 *
 * so vowel signs, virama (9), the voicing of kana (8) and tone marks of the
 * Indian and south-east Asian scripts stay.  The Cyrillic short i is a letter
 * and keeps its breve; dotted and dotless i are all `i` in the folded form.
 *
 * Decimal digits of every script become ASCII digits.  A number or letter
 * whose mapping is not all letters and digits (1/2, a ligature with a space)
 * separates words.
 */
#include "fold.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "../base/utf8.h"

/* Longest compatibility decomposition of Unicode, with room to spare. */
enum { MAP_MAX = 32 };

struct range {
    uint32_t first, last;
};

/* Scripts without spaces between words, with their letters' extensions:
 * Thai, Lao, Myanmar, Khmer, Hangul, kana, bopomofo and Han. */
static const struct range ngram_ranges[] = {
    {0x0E01, 0x0E4E},   {0x0E81, 0x0ECD},   {0x0EDC, 0x0EDF},
    {0x1000, 0x103F},   {0x104C, 0x109F},   {0x1100, 0x11FF},
    {0x1780, 0x17D3},   {0x17D7, 0x17D7},   {0x17DC, 0x17DD},
    {0x2E80, 0x2FD5},   {0x3005, 0x3007},   {0x3021, 0x302F},
    {0x3031, 0x3035},   {0x3038, 0x303C},   {0x3041, 0x3096},
    {0x3099, 0x309A},   {0x309D, 0x309F},   {0x30A1, 0x30FA},
    {0x30FC, 0x30FF},   {0x3105, 0x312F},   {0x3131, 0x318E},
    {0x31A0, 0x31BF},   {0x31F0, 0x31FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA960, 0xA97F},   {0xA9E0, 0xA9FE},
    {0xAA60, 0xAA7F},   {0xAC00, 0xD7FF},   {0xF900, 0xFAFF},
    {0xFF66, 0xFF9F},   {0xFFA0, 0xFFDC},   {0x16FE2, 0x16FE4},
    {0x16FF0, 0x16FF1}, {0x1AFF0, 0x1B16F}, {0x20000, 0x3FFFD},
};

/* Of these, letters by category that yet belong to what is before them:
 * vowels of Thai and Lao written behind, vowels and finals of Hangul. */
static const struct range extend_ranges[] = {
    {0x0E30, 0x0E30}, {0x0E32, 0x0E33}, {0x0E45, 0x0E45}, {0x0EB0, 0x0EB0},
    {0x0EB2, 0x0EB3}, {0x1160, 0x11FF}, {0xD7B0, 0xD7FF}, {0xFF9E, 0xFF9F},
};

/* Classes that the properties do not tell. */
static const struct {
    uint32_t cp;
    enum fold_class class;
} special[] = {
    {'"', FOLD_GERESH},
    {'&', FOLD_AMPERSAND},
    {'\'', FOLD_APOSTROPHE},
    {',', FOLD_COMMA},
    {'-', FOLD_HYPHEN},
    {'.', FOLD_STOP},
    {0x85, FOLD_SPACE}, /* next line */
    {0xAD, FOLD_SOFTHYPHEN},
    {0xB4, FOLD_APOSTROPHE}, /* acute accent, mistyped */
    {0xB7, FOLD_MIDDOT},
    {0x2BB, FOLD_APOSTROPHE}, /* turned comma, Uzbek and Hawaiian */
    {0x2BC, FOLD_APOSTROPHE}, /* modifier apostrophe */
    {0x58A, FOLD_HYPHEN},     /* Armenian */
    {0x5BE, FOLD_HYPHEN},     /* maqaf */
    {0x5F3, FOLD_GERESH},
    {0x5F4, FOLD_GERESH},
    {0x640, FOLD_IGNORED}, /* tatweel */
    {0x66B, FOLD_STOP},    /* Arabic decimal separator */
    {0x66C, FOLD_COMMA},   /* Arabic thousands separator */
    {0x200B, FOLD_OTHER},  /* zero width space */
    {0x2010, FOLD_HYPHEN},
    {0x2011, FOLD_HYPHEN},
    {0x2018, FOLD_APOSTROPHE},
    {0x2019, FOLD_APOSTROPHE},
    {0x201D, FOLD_GERESH},
    {0xFE63, FOLD_HYPHEN},
    {0xFF06, FOLD_AMPERSAND},
    {0xFF07, FOLD_APOSTROPHE},
    {0xFF0C, FOLD_COMMA},
    {0xFF0D, FOLD_HYPHEN},
    {0xFF0E, FOLD_STOP},
};

/* Letters that do not decompose, or not to what is typed for them; ascending.
 */
static const struct {
    uint32_t cp;
    uint32_t to[2];
} plain[] = {
    {0xE6, {'a', 'e'}}, {0xF0, {'d'}},       {0xF8, {'o'}},
    {0xFE, {'t', 'h'}}, {0x111, {'d'}},      {0x127, {'h'}},
    {0x131, {'i'}},     {0x138, {'k'}},      {0x142, {'l'}},
    {0x14B, {'n'}},     {0x153, {'o', 'e'}}, {0x167, {'t'}},
    {0x180, {'b'}},     {0x188, {'c'}},      {0x192, {'f'}},
    {0x199, {'k'}},     {0x19A, {'l'}},      {0x1A5, {'p'}},
    {0x1AD, {'t'}},     {0x1B4, {'y'}},      {0x1B6, {'z'}},
    {0x1E5, {'g'}},     {0x253, {'b'}},      {0x257, {'d'}},
    {0x260, {'g'}},     {0x671, {0x627}},    {0x649, {0x64A}},
    {0x6A9, {0x643}},   {0x6CC, {0x64A}},
};

static bool
in_ranges(const struct range *r, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n; i++)
        if (cp >= r[i].first && cp <= r[i].last)
            return true;
    return false;
}

#define IN(ranges, cp) in_ranges(ranges, sizeof ranges / sizeof ranges[0], cp)

static const utf8proc_property_t *
property(uint32_t cp)
{
    return utf8proc_get_property((utf8proc_int32_t)cp);
}

/* ---- mappings ----------------------------------------------------------- */

static bool
drops(uint32_t cp, bool accents)
{
    const utf8proc_property_t *p = property(cp);
    int ccc = p->combining_class;

    if (p->category == UTF8PROC_CATEGORY_ME)
        return true;
    if ((ccc >= 10 && ccc <= 35) || ccc == 240)
        return true;
    return !accents && (ccc == 1 || ccc == 7 || ccc == 36 || ccc >= 202);
}

/* Append the decomposition of `cp` to out[n], less what is dropped. */
static size_t
decompose(int32_t *out, size_t n, uint32_t cp, int options, bool accents)
{
    utf8proc_int32_t part[MAP_MAX];
    utf8proc_ssize_t got = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, part, MAP_MAX, (utf8proc_option_t)options, NULL);

    if (got < 0 || got > MAP_MAX) {
        part[0] = (utf8proc_int32_t)cp;
        got = 1;
    }
    for (utf8proc_ssize_t i = 0; i < got && n < MAP_MAX; i++)
        if (!drops((uint32_t)part[i], accents))
            out[n++] = part[i];
    return n;
}

/* Append `cp` as `plain` has it. */
static size_t
replace(int32_t *out, size_t n, int32_t cp)
{
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if ((int32_t)plain[i].cp != cp)
            continue;
        for (int k = 0; k < 2 && plain[i].to[k] && n < MAP_MAX; k++)
            out[n++] = (int32_t)plain[i].to[k];
        return n;
    }
    if (n < MAP_MAX)
        out[n++] = cp;
    return n;
}

static size_t
compose(int32_t *cp, size_t n)
{
    utf8proc_ssize_t got = utf8proc_normalize_utf32(
        cp, (utf8proc_ssize_t)n,
        (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE));

    return got < 0 ? n : (size_t)got;
}

/* The digit that a decimal digit of any script is.  Scripts have theirs in
 * order from a code point that ends in 0 or 6. */
static uint32_t
digit_value(uint32_t cp)
{
    uint32_t low = cp & 0xF;
    bool from_0 = low < 6 || (low <= 9 && property(cp - low)->category ==
                                              UTF8PROC_CATEGORY_ND);

    return from_0 ? low : low - 6;
}

/* The mapping of one code point to code points. */
static size_t
map(int32_t out[MAP_MAX], uint32_t cp, bool accents)
{
    const int compat = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
    int32_t a[MAP_MAX], b[MAP_MAX];
    size_t a_n = 0, b_n = 0, n = 0;

    if (property(cp)->category == UTF8PROC_CATEGORY_ND && cp >= 0x80)
        cp = '0' + (cp >= 0x1D7CE && cp <= 0x1D7FF ? (cp - 0x1D7CE) % 10
                                                   : digit_value(cp));
    else if (cp == 0x130) /* folds to i with a dot of its own */
        cp = 'i';
    else if (cp == 0x13F || cp == 0x140) /* has a middle dot in it */
        cp = 'l';
    else if (cp == 0x149) /* has an apostrophe in it */
        cp = 'n';
    if (!accents && (cp == 0x419 || cp == 0x439)) {
        out[0] = 0x439;
        return 1;
    }
    a_n = decompose(a, 0, cp, compat, accents);
    for (size_t i = 0; i < a_n; i++)
        b_n = decompose(b, b_n, (uint32_t)a[i], compat | UTF8PROC_CASEFOLD,
                        accents);
    for (size_t i = 0; i < b_n; i++) {
        if (accents)
            out[n++] = b[i];
        else
            n = replace(out, n, b[i]);
    }
    return compose(out, n);
}

/* `cp` as UTF-8, or that of `whole` where it does not fit. */
static uint8_t
encode(char out[FOLD_LEN], const int32_t *cp, size_t n, uint32_t whole)
{
    size_t len = 0;
    char c[4];

    for (size_t i = 0; i < n; i++) {
        size_t k = utf8_encode((uint32_t)cp[i], c);
        if (len + k > FOLD_LEN)
            return (uint8_t)utf8_encode(whole, out);
        memcpy(out + len, c, k);
        len += k;
    }
    return (uint8_t)len;
}

/* ---- classes ------------------------------------------------------------ */

static bool
is_picture(uint32_t cp, const utf8proc_property_t *p)
{
    return p->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC &&
           ((cp >= 0x2600 && cp < 0x3000) || cp >= 0x1F000);
}

/* Whether what a letter or number maps to is only letters, marks and
 * digits, so that it can stand in a word. */
static bool
is_wordlike(const int32_t *cp, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int c = property((uint32_t)cp[i])->category;
        if (c < UTF8PROC_CATEGORY_LU || c > UTF8PROC_CATEGORY_NL)
            return false;
    }
    return n > 0;
}

static bool
is_all_digits(const int32_t *cp, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cp[i] < '0' || cp[i] > '9')
            return false;
    return n > 0;
}

static enum fold_class
class_by_category(int category, const int32_t *to, size_t n)
{
    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        if (n == 1 &&
            property((uint32_t)to[0])->category == UTF8PROC_CATEGORY_MN)
            return FOLD_MARK;
        return is_wordlike(to, n) ? FOLD_LETTER : FOLD_OTHER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return FOLD_MARK;
    case UTF8PROC_CATEGORY_ME:
        return FOLD_IGNORED;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NO:
        return is_all_digits(to, n) ? FOLD_DIGIT : FOLD_OTHER;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return FOLD_SPACE;
    default:
        return FOLD_OTHER;
    }
}

/* The class of `cp`, which folds to to[0..n). */
static enum fold_class
classify(uint32_t cp, const int32_t *to, size_t n)
{
    const utf8proc_property_t *p = property(cp);
    bool mark = p->category == UTF8PROC_CATEGORY_MN ||
                p->category == UTF8PROC_CATEGORY_MC;

    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        if (special[i].cp == cp)
            return special[i].class;
    if (cp >= '\t' && cp <= '\r')
        return FOLD_SPACE;
    if (p->category == UTF8PROC_CATEGORY_CN && !is_picture(cp, p))
        return FOLD_OTHER;
    if (p->ignorable || (cp >= 0x1F3FB && cp <= 0x1F3FF)) /* skin tones */
        return FOLD_IGNORED;
    if (cp >= 0x1F1E6 && cp <= 0x1F1FF)
        return FOLD_REGIONAL;
    if (IN(ngram_ranges, cp) && (mark || is_wordlike(to, n)))
        return mark || IN(extend_ranges, cp) ? FOLD_EXTEND : FOLD_NGRAM;
    if (is_picture(cp, p))
        return FOLD_PICTURE;
    return class_by_category(p->category, to, n);
}

/* Whether a word with `cp` in it must be composed first.  Points and vowel
 * signs that are dropped from both mappings are no reason. */
static bool
needs_compose(uint32_t cp, enum fold_class class)
{
    const utf8proc_property_t *p = property(cp);

    if (class != FOLD_MARK && class != FOLD_EXTEND)
        return false;
    if (drops(cp, true))
        return false;
    if (IN(extend_ranges, cp) && cp >= 0x1160) /* Hangul, half-width kana */
        return true;
    return (p->combining_class != 0 && p->combining_class != 9) ||
           p->comb_index != UINT16_MAX;
}

static void
describe(struct fold_char *out, uint32_t cp)
{
    int32_t lower[MAP_MAX], folded[MAP_MAX];
    size_t lower_n, folded_n;
    int category = property(cp)->category;

    memset(out, 0, sizeof *out);
    if (category == UTF8PROC_CATEGORY_CS) {
        out->class = FOLD_OTHER;
        return;
    }
    lower_n = map(lower, cp, true);
    folded_n = map(folded, cp, false);
    out->class = (uint8_t)classify(cp, folded, folded_n);
    out->lower_len = encode(out->lower, lower, lower_n, cp);
    out->folded_len = encode(out->folded, folded, folded_n, cp);
    if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT)
        out->flags |= FOLD_UPPER;
    if (cp >= 0x591 && cp <= 0x5F2 &&
        (out->class == FOLD_LETTER || out->class == FOLD_MARK))
        out->flags |= FOLD_HEBREW;
    if (out->lower_len != out->folded_len ||
        memcmp(out->lower, out->folded, FOLD_LEN) != 0)
        out->flags |= FOLD_DIFFERS;
    if (needs_compose(cp, (enum fold_class)out->class))
        out->flags |= FOLD_COMPOSES;
}

/* ---- the object --------------------------------------------------------- */

void
fold_init(struct fold *f)
{
    memset(f, 0, sizeof *f);
}

void
fold_free(struct fold *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < sizeof f->page / sizeof f->page[0]; i++)
        free(f->page[i]);
    fold_init(f);
}

const struct fold_char *
fold_load(struct fold *f, uint32_t cp)
{
    struct fold_char *page = malloc(256 * sizeof *page);
    uint32_t first = cp & ~(uint32_t)0xFF;

    if (!page) {
        describe(&f->spare, cp);
        return &f->spare;
    }
    for (uint32_t i = 0; i < 256; i++)
        describe(page + i, first + i);
    f->page[cp >> 8] = page;
    return page + (cp & 0xFF);
}

/* ---- runs --------------------------------------------------------------- */

/* Canonical order: marks by combining class, those of class 0 stay. */
static void
reorder(int32_t *cp, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t c = cp[i];
        int ccc = property((uint32_t)c)->combining_class;
        size_t k = i;

        if (ccc == 0)
            continue;
        while (k > 0 && property((uint32_t)cp[k - 1])->combining_class > ccc) {
            cp[k] = cp[k - 1];
            k--;
        }
        cp[k] = c;
    }
}

size_t
fold_compose(uint32_t *cp, size_t n, size_t room)
{
    int32_t whole[4 * FOLD_RUN_MAX];
    const size_t max = sizeof whole / sizeof whole[0];
    size_t got = 0;

    for (size_t i = 0; i < n; i++) {
        utf8proc_ssize_t k = utf8proc_decompose_char(
            (utf8proc_int32_t)cp[i], whole + got,
            (utf8proc_ssize_t)(max - got),
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
        if (k < 0 || (size_t)k > max - got)
            return n;
        got += (size_t)k;
    }
    reorder(whole, got);
    got = compose(whole, got);
    if (got > room)
        return n;
    for (size_t i = 0; i < got; i++)
        cp[i] = (uint32_t)whole[i];
    return got;
}

/* ---- whole values ------------------------------------------------------- */

static size_t
decode_run(uint32_t cp[FOLD_RUN_MAX], struct morgue_str s)
{
    const char *p = s.s, *end = s.s + s.len;
    size_t n = 0;

    while (p < end && n < FOLD_RUN_MAX)
        p += utf8_decode(p, end, &cp[n++], NULL);
    return n;
}

size_t
fold_value(char out[FOLD_VALUE_MAX], struct fold *f, struct morgue_str value)
{
    uint32_t cp[FOLD_RUN_MAX];
    struct morgue_str s = str_trim(value);
    size_t n = s.len ? decode_run(cp, s) : 0, len = 0;
    bool space = false;

    n = fold_compose(cp, n, FOLD_RUN_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct fold_char *c = fold_get(f, cp[i]);
        size_t gap = space && len > 0 ? 1 : 0;

        if (c->class == FOLD_SPACE) {
            space = true;
            continue;
        }
        if (c->class == FOLD_IGNORED || c->class == FOLD_SOFTHYPHEN)
            continue;
        if (len + gap + c->folded_len > FOLD_VALUE_MAX)
            break;
        if (gap)
            out[len++] = ' ';
        memcpy(out + len, c->folded, c->folded_len);
        len += c->folded_len;
        space = false;
    }
    return len;
}

const char *
fold_unicode(void)
{
    return utf8proc_unicode_version();
}
