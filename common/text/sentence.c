/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence.c - where the sentences and paragraphs of a text begin
 *
 * Paragraphs.  A text with a blank line in it, that is one of nothing but
 * white space between two others, has paragraphs that end at blank lines, and
 * its other line ends are as spaces: it may be hard-wrapped.  In a text with
 * none each line is a paragraph.  Lines end with LF, CRLF, CR, U+0085 or
 * U+2028; U+2029 always ends a paragraph.  A paragraph's end ends a sentence.
 *
 * Sentences end as UAX 29 says (Unicode text segmentation, rules SB3 to SB11;
 * the classes are in sentence_table.h), with these differences.
 *
 * No sentence ends
 *  - after an abbreviation of the language (abbreviation.h says what may
 *    follow which);
 *  - after a single letter (`J. F. Kennedy`, `z. B.`), with its marks in
 *    Indic scripts, but those of Chinese, Japanese and Korean;
 *  - after letters with full stops between them (`U.S.`, `C.D.U.`), but
 *    before a capitalised word that opens sentences, which are the stop words
 *    of the language;
 *  - after a number that is all of the sentence so far (`1. Text`), or of two
 *    digits with a letter tied to the stop (`2.Text`); in languages that write
 *    ordinals with a full stop after a number of one or two digits (where
 *    nouns have capitals, as in German, of three) or of Roman digits, but
 *    before an opener;
 *  - after `?` or `!` where what follows is in small letters (SB8 has it for
 *    full stops alone): "Why?" he asked;
 *  - without white space, but before a capital or a letter that has no case,
 *    and not within an address (`/?Q`); full-width and other marks outside of
 *    ASCII end it without;
 *  - after a full stop between two letters of no case (`พ.ศ`), as SB7 has it
 *    for others; Chinese, Japanese and Korean ones are as in UAX 29;
 *  - at marks in brackets of their own (`(...)`, `(!)`);
 *  - between a closing bracket and one of the Japanese particles, or Korean
 *    letters, that go on with a quotation.
 *
 * A sentence ends, other than in UAX 29,
 *  - before a digit, where no abbreviation or number is before the stop: SB8
 *    looks behind digits for a small letter (`He left. 12 men came.`);
 *  - before a dash set off by white space that a capital follows, as direct
 *    speech begins in many languages (UAX 29 goes on behind any dash), but not
 *    behind an abbreviation, as in datelines;
 *  - at an ellipsis of one character before white space, as at three stops;
 *  - in Greek text at `;`, in Armenian at `:`, in Thai and Lao, which have no
 *    mark, at two or more spaces: writers set sentences apart by these, and
 *    clauses by one.
 *
 * Closing quotes and brackets belong to the sentence before, those set off by
 * a space (`. »`) too; opening ones to the one behind (UAX 29 takes any).
 *
 * Not handled: sentences without a mark (headings within paragraphs), Thai
 * ones set apart by one space, a name behind a company or a country
 * (`... in the U.S. Smith said`: taken as one sentence), direct speech whose
 * verb comes behind a name (`"No!" Smith said`: two), marks within Chinese
 * titles (`《奔跑吧！兄弟》`: two), Tibetan.
 *
 * Cost: bytes that cannot matter are passed over sixteen at once; at a mark
 * the word before it is looked up.  Looking ahead stops at the next mark, and
 * looking back is bounded, so each byte is read a constant number of times.
 */
#include "sentence.h"

#include "../base/utf8.h"
#include "sentence_table.h"

#if defined(__SSE2__)
#define HAVE_SSE2 1
#include <emmintrin.h>
#else
#define HAVE_SSE2 0
#endif

enum { WIDE = 16, ADDRESS_MAX = 64 };

/* ---- characters --------------------------------------------------------- */

struct sentence_unit {
    uint32_t cp;
    uint8_t class; /* enum sentence_class */
    uint8_t len;   /* bytes; 0 at the end of the text */
};

static uint8_t
far_class(uint32_t cp)
{
    size_t n = sizeof class_far / sizeof *class_far;

    while (class_far[n - 1].from > cp)
        n--;
    return class_far[n - 1].class;
}

static inline uint8_t
class_of(uint32_t cp)
{
    size_t half;

    if (cp >= CLASS_FAR)
        return far_class(cp);
    half =
        (size_t)class_index[cp / CLASS_BLOCK] * CLASS_BLOCK + cp % CLASS_BLOCK;
    return (uint8_t)(class_block[half / 2] >> half % 2 * 4 & 0xF);
}

/* Used by unit_at. */
static struct sentence_unit
unit_other(const char *p, const char *end)
{
    struct sentence_unit u = {0};

    if (p == end)
        return u;
    u.len = (uint8_t)utf8_decode(p, end, &u.cp, NULL);
    u.class = class_of(u.cp);
    return u;
}

static inline struct sentence_unit
unit_at(const char *p, const char *end)
{
    struct sentence_unit u = {.len = 1};

    if (p == end || (unsigned char)*p >= 0x80)
        return unit_other(p, end);
    u.cp = (unsigned char)*p;
    u.class = class_ascii[u.cp];
    return u;
}

/* Used by unit_before. */
static struct sentence_unit
unit_before_other(const char *start, const char *p)
{
    const char *q = p;
    struct sentence_unit u;

    if (p == start)
        return (struct sentence_unit){0};
    do
        q--;
    while (q > start && p - q < 4 && ((unsigned char)*q & 0xC0) == 0x80);
    u = unit_at(q, p);
    return q + u.len == p ? u : unit_at(p - 1, p);
}

/* The one that ends before `p`; nothing is read before `start`. */
static inline struct sentence_unit
unit_before(const char *start, const char *p)
{
    if (p == start || (unsigned char)p[-1] >= 0x80)
        return unit_before_other(start, p);
    return unit_at(p - 1, p);
}

static bool
is_letter(uint8_t class)
{
    return class >= CLASS_LOWER && class <= CLASS_EAST;
}

static bool
is_final(uint8_t class)
{
    return class == CLASS_ATERM || class == CLASS_STERM;
}

/* Whether a mark that may end a sentence; some do in one language alone. */
static bool
is_mark(const struct sentence_scan *s, struct sentence_unit u)
{
    return is_final(u.class) ||
           (u.cp == (unsigned char)s->mark && u.class != CLASS_SPACE);
}

/* Whether it is of ASCII and no white space. */
static inline bool
is_visible(char c)
{
    return c > ' ' && c < 0x7F;
}

/* Used by skip_ignored. */
static const char *
skip_ignored_other(const char *p, const char *end)
{
    struct sentence_unit u = unit_at(p, end);

    for (; u.len && u.class == CLASS_IGNORED; u = unit_at(p, end))
        p += u.len;
    return p;
}

/* None of ASCII is. */
static inline const char *
skip_ignored(const char *p, const char *end)
{
    return p < end && (unsigned char)*p < 0x80 ? p
                                               : skip_ignored_other(p, end);
}

/* ---- white space and paragraphs ----------------------------------------- */

/* Past one line end at `p`, of the class CLASS_LINE. */
static const char *
skip_line_end(const char *p, const char *end)
{
    if (*p == '\r' && end - p > 1 && p[1] == '\n')
        return p + 2;
    return p + unit_at(p, end).len;
}

/* White space, and the marks and formats that belong to it. */
struct sentence_gap {
    const char *end;
    size_t lines;   /* line ends in it */
    bool separated; /* a paragraph separator is */
};

/* Used by gap_at. */
static struct sentence_gap
gap_other(const char *p, const char *end)
{
    struct sentence_gap g = {.end = p};

    for (;;) {
        struct sentence_unit u = unit_at(g.end, end);

        if (u.len && u.class == CLASS_LINE) {
            g.lines++;
            g.separated = g.separated || u.cp == 0x2029;
            g.end = skip_line_end(g.end, end);
        } else if (u.len && u.class == CLASS_SPACE) {
            g.end += u.len;
            if (g.lines == 0)
                g.end = skip_ignored(g.end, end);
        } else {
            return g;
        }
    }
}

/* Most are line ends or none, then spaces, before visible ASCII. */
static inline struct sentence_gap
gap_at(const char *p, const char *end)
{
    const char *q = p, *lines;

    while (q < end && *q == '\n')
        q++;
    lines = q;
    while (q < end && *q == ' ')
        q++;
    if (q == end || !is_visible(*q))
        return gap_other(p, end);
    return (struct sentence_gap){.end = q, .lines = (size_t)(lines - p)};
}

static bool
ends_paragraph(const struct sentence_scan *s, const struct sentence_gap *g)
{
    return g->lines > (s->by_line ? 0 : 1) || g->separated;
}

/* Used by matters. */
static bool
matters_other(const char *p, const char *end, bool all)
{
    const unsigned char *u = (const unsigned char *)p;
    uint32_t cp;
    uint8_t class;

    if (end - p < 4 || *u >= 0xF0)
        utf8_decode(p, end, &cp, NULL);
    else if (*u < 0xE0)
        cp = (*u & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    else
        cp = (*u & 0xFu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    class = class_of(cp);
    if (class != CLASS_LINE && (!all || !is_final(class)))
        return false;
    utf8_decode(p, end, &cp, NULL); /* it may not have been UTF-8 */
    return class_of(cp) == class;
}

/* Whether `p`, in the text, could begin a line end or, with `all`, a mark that
 * may end a sentence; what of ASCII could not is not asked for. */
static inline bool
matters(const char *p, const char *end, bool all)
{
    return (unsigned char)*p < 0x80 || matters_other(p, end, all);
}

#if HAVE_SSE2

static inline __m128i
equal(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

/* Which of `v` are from `first` on, at most `most` behind it. */
static inline __m128i
within(__m128i v, unsigned char first, char most)
{
    __m128i from = _mm_sub_epi8(v, _mm_set1_epi8((char)first));

    return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(most)), from);
}

/* The bits of those of WIDE bytes that can begin a line end. */
static inline unsigned
lines_in(const char *p)
{
    __m128i v = _mm_loadu_si128((const void *)p);
    __m128i m = _mm_or_si128(equal(v, '\n'), equal(v, '\r'));

    m = _mm_or_si128(m, equal(v, (char)0xC2));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(m, equal(v, (char)0xE2)));
}

/* The bits of those that can begin a line end or a mark: see may_matter.  Of
 * the Arabic, Syriac and Korean letters most are told by their second byte. */
static inline unsigned
marks_in(const char *p, char mark)
{
    __m128i v = _mm_loadu_si128((const void *)p);
    __m128i m = _mm_or_si128(equal(v, '.'), equal(v, '\n')), next, two;

    m = _mm_or_si128(m, _mm_or_si128(equal(v, '!'), equal(v, '?')));
    m = _mm_or_si128(m, _mm_or_si128(equal(v, '\r'), equal(v, mark)));
    if (_mm_movemask_epi8(v) == 0) /* all ASCII */
        return (unsigned)_mm_movemask_epi8(m);
    next = _mm_loadu_si128((const void *)(p + 1));
    m = _mm_or_si128(m, _mm_or_si128(equal(v, (char)0xC2), //
                                     equal(v, (char)0xCD)));
    m = _mm_or_si128(m, within(v, 0xE0, 3));
    m = _mm_or_si128(m, within(v, 0xEF, 0xFF - 0xEF));
    m = _mm_or_si128(m, _mm_and_si128(equal(v, (char)0xEA),
                                      within(next, 0x80, 0xAF - 0x80)));
    two = _mm_or_si128(equal(v, (char)0xD6), equal(v, (char)0xD8));
    two = _mm_or_si128(two, within(v, 0xDB, 4));
    m = _mm_or_si128(m, _mm_and_si128(two, within(next, 0x80, 0x1F)));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(m, equal(v, (char)0xDF)));
}

#endif

/* Whether a byte can begin a line end or a mark. */
static inline bool
may_matter(unsigned char c, char mark)
{
    if (c < 0x80)
        return c == '.' || c == '\n' || c == '!' || c == '?' || c == '\r' ||
               c == (unsigned char)mark;
    return c == 0xC2 || c == 0xCD || (c >= 0xD6 && c <= 0xE3) || c == 0xEA ||
           c >= 0xEF;
}

/* The next line end from `p` on, or the end. */
static const char *
find_line_end(const char *p, const char *end)
{
#if HAVE_SSE2
    for (; end - p >= WIDE; p += WIDE)
        for (unsigned m = lines_in(p); m; m &= m - 1) {
            const char *q = p + __builtin_ctz(m);

            if (matters(q, end, false))
                return q;
        }
#endif
    for (; p < end; p++)
        if (*p == '\n' || *p == '\r' ||
            ((unsigned char)*p >= 0xC2 && matters(p, end, false)))
            return p;
    return end;
}

/* The next line end or mark from `p` on, or the end. */
static const char *
find_mark(const char *p, const char *end, char mark)
{
#if HAVE_SSE2
    for (; end - p > WIDE; p += WIDE)
        for (unsigned m = marks_in(p, mark); m; m &= m - 1) {
            const char *q = p + __builtin_ctz(m);

            if (matters(q, end, true))
                return q;
        }
#endif
    for (; p < end; p++)
        if (may_matter((unsigned char)*p, mark) && matters(p, end, true))
            return p;
    return end;
}

/* Whether a blank line stands between two others from `p` on. */
static bool
has_blank_line(const char *p, const char *end)
{
    while ((p = find_line_end(p, end)) < end) {
        struct sentence_gap g = gap_at(p, end);

        if (g.lines > 1 && g.end < end)
            return true;
        p = g.end;
    }
    return false;
}

/* ---- the word before a full stop ---------------------------------------- */

struct sentence_word {
    const char *start;
    size_t len;
    size_t letters, digits;      /* characters; marks are none of them */
    struct sentence_unit before; /* what stands in front */
    struct sentence_unit first;  /* letter */
    bool whole;                  /* false: it is too long to matter */
};

/* The letters, digits and marks that end at `p`.  Most are ASCII letters,
 * which are taken first. */
static struct sentence_word
word_before(const char *start, const char *p)
{
    struct sentence_word w = {.start = p, .whole = true};

    while (w.start > start && w.letters < WIDE && is_alpha(w.start[-1])) {
        w.start--;
        w.letters++;
    }
    w.first = unit_at(w.start, p);
    for (;;) {
        struct sentence_unit u = w.before = unit_before(start, w.start);

        if (!u.len || (!is_letter(u.class) && u.class != CLASS_DIGIT &&
                       u.class != CLASS_IGNORED))
            break;
        w.start -= u.len;
        if (is_letter(u.class)) {
            w.first = u;
            w.letters++;
        }
        w.digits += u.class == CLASS_DIGIT;
        if (p - w.start > ABBREVIATION_MAX) {
            w.whole = false;
            break;
        }
    }
    w.len = (size_t)(p - w.start);
    return w;
}

/* Where the letters between full stops begin of which `w` are the last; the
 * word itself where there are no others. */
static const char *
dotted_start(const char *start, const struct sentence_word *w)
{
    struct sentence_word part = *w;

    while (part.before.cp == '.' && part.start - 1 > start &&
           w->start - part.start < ABBREVIATION_MAX) {
        struct sentence_word next = word_before(start, part.start - 1);

        if (!next.whole || next.letters == 0)
            break;
        part = next;
    }
    return part.start;
}

/* ---- marks -------------------------------------------------------------- */

/* A mark that may end a sentence, and what stands behind it. */
struct full_stop {
    const char *at;   /* the mark */
    const char *next; /* what is behind white space */
    struct sentence_unit mark;
    struct sentence_unit beyond; /* at `next` */
    struct sentence_unit word;   /* the first letter or digit from there on */
    const char *word_at;
    bool closed, spaced; /* something closes; white space follows */
    bool paragraph;      /* one ends there */
};

/* Marks outside of ASCII, of scripts that have no spaces or no capitals. */
static bool
is_firm(const struct full_stop *st)
{
    return st->mark.class == CLASS_STERM && st->mark.cp >= 0x80;
}

/* Past what closes at `p`: quotes that could open as well do so behind the
 * marks of Chinese and Japanese. */
static const char *
skip_closing(const char *p, const char *end, bool firm)
{
    for (;;) {
        struct sentence_unit u = unit_at(p, end);

        if (!u.len ||
            (u.class != CLASS_CLOSE && (u.class != CLASS_QUOTE || firm)))
            return p;
        p = skip_ignored(p + u.len, end);
    }
}

/* The same behind white space: what has no letter, digit or opening quote
 * behind it. */
static const char *
skip_late_closing(const char *p, const char *end)
{
    const char *q = p;
    struct sentence_unit u = unit_at(q, end);

    while (u.len && u.class == CLASS_CLOSE) {
        q = skip_ignored(q + u.len, end);
        u = unit_at(q, end);
    }
    return is_letter(u.class) || u.class == CLASS_DIGIT ||
                   u.class == CLASS_OPEN || u.class == CLASS_QUOTE
               ? p
               : q;
}

/* Find the first letter or digit, up to a mark or a paragraph's end. */
static void
find_word(const struct sentence_scan *s, struct full_stop *st)
{
    const char *p = st->next;

    for (;;) {
        struct sentence_unit u = st->word = unit_at(p, s->end);

        st->word_at = p;
        if (!u.len || is_letter(u.class) || u.class == CLASS_DIGIT ||
            is_mark(s, u))
            return;
        if (u.class == CLASS_LINE) {
            struct sentence_gap g = gap_at(p, s->end);

            if (ends_paragraph(s, &g))
                return;
            p = g.end;
        } else {
            p += u.len;
        }
    }
}

/* Read what is behind the mark `u` at `p`. */
static void
read_stop(const struct sentence_scan *s, struct full_stop *st, const char *p,
          struct sentence_unit u)
{
    const char *behind, *late;
    struct sentence_gap g;

    *st = (struct full_stop){.at = p, .mark = u};
    p = skip_ignored(p + u.len, s->end);
    behind = skip_closing(p, s->end, is_firm(st));
    g = gap_at(behind, s->end);
    late = skip_late_closing(g.end, s->end);
    if (late > g.end && !ends_paragraph(s, &g)) {
        behind = late;
        g = gap_at(behind, s->end);
    }
    st->closed = behind > p;
    st->spaced = g.end > behind;
    st->paragraph = ends_paragraph(s, &g);
    st->next = g.end;
    st->beyond = unit_at(st->next, s->end);
}

/* ---- rules -------------------------------------------------------------- */

/* Whether the next word opens a sentence rather than a name. */
static bool
opens(const struct sentence_scan *s, const struct full_stop *st)
{
    const char *p = st->word_at;
    struct sentence_unit u = st->word;
    size_t letters = 0;

    if (u.class != CLASS_UPPER)
        return false;
    while (u.len && (is_letter(u.class) || u.class == CLASS_IGNORED) &&
           p - st->word_at <= ABBREVIATION_MAX) {
        letters += u.class != CLASS_IGNORED;
        p += u.len;
        u = unit_at(p, s->end);
    }
    if (letters == 1 && is_mark(s, u))
        return false; /* an initial: `Acme Inc. A. Smith`, `U.S.A.` */
    return abbreviation_opener(
        s->words, s->fold, str_slice(st->word_at, (size_t)(p - st->word_at)));
}

/* Whether the sentence goes on behind a word of this kind. */
static bool
goes_on(const struct sentence_scan *s, const struct full_stop *st,
        enum abbreviation kind)
{
    if (kind && !st->closed && st->beyond.class == CLASS_CONTINUE)
        return true; /* `BOSTON, Mass. - The mayor` */
    switch (kind) {
    case ABBREVIATION_NEVER:
        return !st->closed;
    case ABBREVIATION_CAPITAL:
        return st->word.class == CLASS_DIGIT;
    case ABBREVIATION_OPENER:
        return !opens(s, st);
    case ABBREVIATION_NONE:
        break;
    }
    return false;
}

static bool
is_roman(const struct sentence_word *w)
{
    for (size_t i = 0; i < w->len; i++)
        if (!memchr("IVXLC", w->start[i], 5))
            return false;
    return w->len > 1;
}

/* Whether a number stands by itself: it is no part of a date, score or
 * decimal. */
static bool
is_alone(const struct sentence_word *w)
{
    uint8_t c = w->before.class;

    return !w->before.len || c == CLASS_SPACE || c == CLASS_LINE ||
           c == CLASS_CLOSE || c == CLASS_OPEN || c == CLASS_QUOTE;
}

/* Whether no letter or digit is before `p` in the sentence; bullets may. */
static bool
is_first(const struct sentence_scan *s, const char *p)
{
    const char *q = s->start;

    if (p - q > WIDE)
        return false;
    while (q < p) {
        struct sentence_unit u = unit_at(q, p);

        if (is_letter(u.class) || u.class == CLASS_DIGIT)
            return false;
        q += u.len;
    }
    return true;
}

static bool
number_goes_on(const struct sentence_scan *s, const struct full_stop *st,
               const struct sentence_word *w)
{
    enum ordinals o = s->words->ordinals;
    size_t most = o == ORDINALS_CAPITAL ? 3 : o == ORDINALS_STOP ? 2 : 0;

    if (w->digits <= 3 && is_first(s, w->start))
        return true;
    if (w->digits <= 2 && is_alone(w) && !st->spaced)
        return true;
    return w->digits <= most && is_alone(w) && !opens(s, st);
}

/* Whether a single letter is an initial, and not what is left of another
 * word (`AT&T`, `don't`, `30 °C`). */
static bool
is_initial(const struct sentence_word *w)
{
    uint32_t c = w->before.cp;

    if (w->letters != 1 || w->digits > 0 || w->first.class == CLASS_EAST)
        return false;
    return c != '\'' && c != 0x2019 && c != '&' && c != '/' && c != '@' &&
           c != '_' && c != '#' && c != 0xB0;
}

/* Whether a number, of Roman digits too, stands before the word. */
static bool
is_counted(const struct sentence_scan *s, const struct sentence_word *w)
{
    const char *p = w->start;
    struct sentence_unit u = w->before;

    while (u.len && u.class == CLASS_SPACE) {
        p -= u.len;
        u = unit_before(s->start, p);
    }
    return u.class == CLASS_DIGIT || u.cp == 'I' || u.cp == 'V' || u.cp == 'X';
}

/* What the letters before the full stop are. */
static enum abbreviation
kind_of(const struct sentence_scan *s, const struct full_stop *st,
        const struct sentence_word *w)
{
    const char *from = dotted_start(s->start, w);
    enum abbreviation kind = ABBREVIATION_NONE;
    bool dotted = from < w->start;

    if (dotted)
        kind = abbreviation_find(s->words,
                                 str_slice(from, (size_t)(st->at - from)));
    if (!kind && dotted && w->letters == 1)
        return ABBREVIATION_OPENER;
    if (!kind && (w->letters > 1 || w->first.class != CLASS_UPPER))
        kind = abbreviation_find(s->words, str_slice(w->start, w->len));
    if (kind == ABBREVIATION_OPENER && !dotted && w->letters == 1)
        return is_counted(s, w) ? ABBREVIATION_CAPITAL : ABBREVIATION_NEVER;
    if (!kind && is_initial(w))
        return ABBREVIATION_NEVER;
    return kind;
}

/* Whether the full stop belongs to the word before it alone. */
static bool
stop_goes_on(const struct sentence_scan *s, const struct full_stop *st)
{
    struct sentence_word w = word_before(s->start, st->at);
    enum ordinals o = s->words->ordinals;

    if (w.len == 0) /* N°. */
        return w.before.cp == 0xB0 && st->word.class == CLASS_DIGIT;
    if (!w.whole)
        return false;
    if (w.letters == 0)
        return number_goes_on(s, st, &w);
    if (o != ORDINALS_OTHER && is_roman(&w) && !opens(s, st))
        return true;
    return goes_on(s, st, kind_of(s, st, &w));
}

/* Whether a `!` belongs to a name. */
static bool
mark_goes_on(const struct sentence_scan *s, const struct full_stop *st)
{
    struct sentence_word w;

    if (st->mark.cp != '!')
        return false;
    w = word_before(s->start, st->at);
    if (!w.whole || w.len == 0)
        return false;
    return goes_on(s, st,
                   abbreviation_find(s->words, str_slice(w.start, w.len + 1)));
}

/* Whether the mark is inside of a web address. */
static bool
in_address(const struct sentence_scan *s, const char *p)
{
    const char *from = p - s->start > ADDRESS_MAX ? p - ADDRESS_MAX : s->start;

    while (p > from && !is_space(p[-1]))
        if (*--p == '/')
            return true;
    return false;
}

/* Whether a mark of ASCII or a stop can end a sentence with no white space
 * behind it. */
static bool
ends_unspaced(const struct sentence_scan *s, const struct full_stop *st)
{
    uint8_t before = unit_before(s->start, st->at).class;
    uint8_t c = st->beyond.class;

    if (st->mark.cp == 0x2026)
        return false;
    if (c == CLASS_OPEN || c == CLASS_QUOTE)
        c = st->word.class;
    if (c != CLASS_UPPER && c != CLASS_LETTER && c != CLASS_EAST)
        return false;
    if (st->closed)
        return true;
    if (st->mark.class != CLASS_ATERM)
        return !in_address(s, st->at);
    if (c == CLASS_UPPER)
        return before != CLASS_UPPER && before != CLASS_LOWER;
    return c == CLASS_EAST || !is_letter(before);
}

/* Whether a Japanese or Korean sentence goes on behind a quotation, with a
 * particle or a verb that is tied to it. */
static bool
quotation_goes_on(const struct full_stop *st)
{
    uint32_t c = st->beyond.cp;

    return st->closed && !st->spaced &&
           ((c >= 0xAC00 && c <= 0xD7A3) || c == 0x3068 /* to */ ||
            c == 0x3092 /* o */ || c == 0x304C /* ga */ ||
            c == 0x306F /* wa */ || c == 0x306E /* no */ ||
            c == 0x306B /* ni */);
}

/* Whether the marks stand in brackets of their own: `(...)`, `(!)`. */
static bool
is_bracketed(const struct sentence_scan *s, const struct full_stop *st)
{
    const char *from =
        st->at - (st->at - s->start > WIDE ? WIDE : st->at - s->start);
    const char *p = st->at;
    struct sentence_unit u;

    if (!st->closed)
        return false;
    while (is_final((u = unit_before(s->start, p)).class) && p > from)
        p -= u.len;
    return u.class == CLASS_OPEN;
}

/* Whether direct speech begins behind the mark: with a dash, or two commas
 * that stand for a low quote, and a capital, that may be quoted. */
static bool
speech_begins(const struct sentence_scan *s, const struct full_stop *st)
{
    uint32_t c = st->beyond.cp;
    const char *p = st->next + st->beyond.len;
    struct sentence_unit u = unit_at(p, s->end);

    if (!st->spaced ||
        (c != '-' && c != 0x2013 && c != 0x2014 && !(c == ',' && u.cp == ',')))
        return false;
    while (u.class == CLASS_SPACE || u.class >= CLASS_CLOSE || u.cp == ',') {
        p += u.len;
        u = unit_at(p, s->end);
    }
    return u.class == CLASS_UPPER;
}

/* Whether a sentence ends at a mark that no paragraph ends behind. */
static bool
ends_sentence(const struct sentence_scan *s, struct full_stop *st)
{
    if (is_mark(s, st->beyond) ||
        (st->beyond.class == CLASS_CONTINUE && !speech_begins(s, st)))
        return false;
    if (quotation_goes_on(st))
        return false;
    if (is_firm(st))
        return true;
    if (!st->spaced &&
        (st->beyond.class == CLASS_LOWER || st->beyond.class == CLASS_DIGIT))
        return false;
    find_word(s, st);
    if (!st->spaced && !ends_unspaced(s, st))
        return false;
    if (st->word.class == CLASS_LOWER || is_bracketed(s, st))
        return false;
    if (st->mark.cp == '.')
        return !stop_goes_on(s, st);
    return st->mark.class == CLASS_ATERM || !mark_goes_on(s, st);
}

/* ---- the scan ----------------------------------------------------------- */

/* Whether the white space between `p` and `next`, of a Thai or Lao text, is so
 * wide that it sets sentences apart. */
static bool
is_wide_space(const struct sentence_scan *s, const char *p, const char *next)
{
    uint8_t before = unit_before(s->start, p).class;
    struct sentence_unit u = unit_at(p, s->end);

    return u.class == CLASS_SPACE && next - p > u.len && next < s->end &&
           (is_letter(before) || before == CLASS_IGNORED) &&
           is_letter(unit_at(next, s->end).class);
}

/* Where the next sentence begins, or the end. */
static const char *
next_start(const struct sentence_scan *s, bool *paragraph)
{
    const char *p = s->start;

    *paragraph = false;
    while ((p = find_mark(p, s->end, s->mark)) < s->end) {
        struct sentence_unit u = unit_at(p, s->end);
        struct full_stop st;

        if (u.class == CLASS_LINE || u.class == CLASS_SPACE) {
            struct sentence_gap g = gap_at(p, s->end);
            bool wide = g.lines == 0 && is_wide_space(s, p, g.end);

            p = g.end;
            *paragraph = ends_paragraph(s, &g);
            if (*paragraph || wide)
                return p;
            continue;
        }
        read_stop(s, &st, p, u);
        p = st.next;
        *paragraph = st.paragraph;
        if (st.paragraph || ends_sentence(s, &st))
            return p;
    }
    return p;
}

void
sentence_scan_init(struct sentence_scan *s, struct fold *fold,
                   struct morgue_str text, const char *lang)
{
    const char *p = text.s ? text.s : "";

    *s = (struct sentence_scan){.text = p, .end = p + text.len, .mark = '.'};
    s->fold = fold;
    s->words = abbreviations_of(lang);
    lang = s->words->lang;
    if (strcmp(lang, "el") == 0)
        s->mark = ';';
    else if (strcmp(lang, "hy") == 0)
        s->mark = ':';
    else if (strcmp(lang, "th") == 0 || strcmp(lang, "lo") == 0)
        s->mark = ' ';
    s->start = p;
}

/* Past the white space that a text begins with. */
static const char *
first_start(const struct sentence_scan *s)
{
    const char *p = s->text;
    struct sentence_unit u = unit_at(p, s->end);

    for (; u.class == CLASS_SPACE || u.class == CLASS_LINE;
         u = unit_at(p, s->end))
        p += u.len;
    return p;
}

bool
sentence_next(struct sentence_scan *s, size_t *at, bool *paragraph)
{
    if (s->begun) {
        s->start = next_start(s, paragraph);
    } else {
        s->begun = *paragraph = true;
        s->start = first_start(s);
        s->by_line = !has_blank_line(s->start, s->end);
    }
    *at = (size_t)(s->start - s->text);
    return s->start < s->end;
}
