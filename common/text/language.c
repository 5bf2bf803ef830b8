/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.c - which language a text is in
 *
 * Letters of the title and of two windows of the body are counted by script.
 * A script that one language of those known owns gives it at once; Chinese and
 * Japanese are told by their characters (language_han.h).  Where several share
 * it, words are looked up in the tables of language_table.h: a common word has
 * a weight in each language, which goes with the logarithm of how often it is
 * there; of other words, each three letters have one (a word's edge counts as
 * a letter); and of all words each letter outside of ASCII that not all of the
 * languages have alike.  The language with the largest sum wins, if it leads.
 * This is naive Bayes, with whole words in the place of what their letters
 * would say.  Windows are taken from the body in turn, the beginning and the
 * middle first, until one language leads clearly: a notice at the top does not
 * decide, and most texts are told by 300 bytes.
 *
 * English begins with a head start, since it is the language of most news,
 * and of tables of prices, which have few words of any language; Russian with
 * a small one.  Pidgin's words are English ones and some more: English needs
 * no lead on it.
 *
 * How sure a guess is, is told by its lead over the next language, a log
 * likelihood ratio.  Of sentences in 60 languages that were no part of the
 * tables' making (Leipzig corpora, 1,000 of each), cut after some characters,
 * those that lead by LEAD_SURE:
 *
 *        characters    20      40      80      160     320
 *        sure          36 %    66 %    86 %    94 %    95 %
 *        right         99.90   99.82   99.78   99.80   99.84
 *
 * Part of the rest is English, French or Spanish in truth.  Left out are the
 * languages whose sentences there are mixed: Malay and Indonesian, Xhosa and
 * Zulu, Turkish and Urdu in part in other letters, Bosnian, Marathi.  The head
 * start does not count: English is sure when it leads without it.  What most
 * articles in Pidgin lead English by is 28 or more, what one in English seems
 * to is up to 20.
 *
 * Two of Debian's libraries were tried on the same texts: labelled news in 11
 * languages (cld2: one in 15 of 29,705 articles; libexttextcat: the same and
 * 2,000 of Reuters), and Reuters-21578, which is English.  The part told
 * rightly:
 *
 *                                  news              Reuters
 *                          whole   title   200 bytes  whole
 *  this one                0.997   0.91    0.985      0.995
 *  cld2 20150806, full     0.948   0.89    0.948      0.985
 *  libexttextcat 3.4.5     0.81    0.25    0.80
 *
 * Of Reuters, 0.1 % is told wrongly here, 0.05 % by cld2, the rest not at
 * all. cld2 does not know Pidgin, is kept by nobody since 2015 and takes over
 * ten times as long (27 us for 400 bytes, 8 us here), libexttextcat a hundred
 * times; so neither is used.
 *
 * What is not told: Bosnian (given as Croatian or Serbian, whose stems are
 * the same), Latin letters for what is usually written in others, languages
 * that are not in the tables (as one that is like them, if any is), and which
 * languages a mixed text has.
 */
#include "language.h"

#include <pthread.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "../base/utf8.h"
#include "language_han.h"
#include "language_table.h"

enum {
    WINDOW = 96,      /* bytes */
    WINDOWS = 8,      /* at most, of a body */
    WORD_MAX = 24,    /* letters; longer ones are passed over */
    WORDS_SURE = 3,   /* no text with fewer is sure */
    LEAD_ENGLISH = 6, /* over it, as most texts are in it */
    LEAD_PIDGIN = 8,  /* the same of Pidgin */
    LEAD_MOST = 8,    /* no language needs more to be likely */
    LEAD_SURE = 10,   /* see above */
    LEAD_PIDGIN_SURE = 24,
    LEAD_SURE_MOST = 24,
    CLEAR = 28,    /* a lead that ends the search */
    HAN_SURE = 20, /* so many Chinese characters, and no Japanese sign */
    LETTERS = 0x2000,
    SLOTS = 1 << 15
};

_Static_assert(LANGUAGE_FEATURES < SLOTS / 2, "most is found at once");
_Static_assert((LANGUAGE_BYTES + WINDOW * WINDOWS) * LANGUAGE_WEIGHT_MAX <
                   UINT16_MAX - 100,
               "sums of weights are 16 bits");

/* Scripts that tell a language by themselves follow those that do not. */
enum {
    LATIN,
    CYRILLIC,
    ARABIC,
    DEVANAGARI,
    ETHIOPIC,
    HEBREW,
    SHARED_N,
    KANA = SHARED_N,
    HAN,
    HANGUL,
    GREEK,
    ARMENIAN,
    BENGALI,
    GURMUKHI,
    GUJARATI,
    TAMIL,
    TELUGU,
    KANNADA,
    MALAYALAM,
    SINHALA,
    THAI,
    LAO,
    MYANMAR,
    GEORGIAN,
    KHMER,
    NO_SCRIPT
};
static const char *const owner[] = {"ja", "zh", "ko", "el", "hy", "bn",
                                    "pa", "gu", "ta", "te", "kn", "ml",
                                    "si", "th", "lo", "my", "ka", "km"};
_Static_assert(sizeof owner / sizeof *owner == NO_SCRIPT - SHARED_N,
               "each has its language");

/* The head start of the first language; the least words and sum that say
 * something, and what a language needs to lead by to be likely: nothing where
 * a few are told by their letters. */
static const struct {
    const struct language_row *row;
    const char *const *pieces;
    const size_t *n;
    uint16_t start, words, least, lead;
} shared[SHARED_N] = {
    {language_latin, language_latin_pieces, &language_latin_n, 8, 3, 12, 4},
    {language_cyrillic, language_cyrillic_pieces, &language_cyrillic_n, 3, 1,
     7, 3},
    {language_arabic, language_arabic_pieces, &language_arabic_n, 0, 1, 0, 0},
    {language_devanagari, language_devanagari_pieces, &language_devanagari_n,
     0, 1, 0, 0},
    {language_ethiopic, language_ethiopic_pieces, &language_ethiopic_n, 0, 1,
     0, 0},
    {language_hebrew, language_hebrew_pieces, &language_hebrew_n, 0, 1, 0, 0},
};

/* By blocks of 64 code points, which is as fine as it must be. */
static const struct {
    uint16_t first, last;
    uint8_t script;
} range[] = {
    {0x0040, 0x02AF, LATIN},      {0x1E00, 0x1EFF, LATIN},
    {0x0400, 0x052F, CYRILLIC},   {0x0600, 0x06FF, ARABIC},
    {0x0750, 0x077F, ARABIC},     {0xFB50, 0xFDFF, ARABIC},
    {0x0900, 0x097F, DEVANAGARI}, {0x1200, 0x137F, ETHIOPIC},
    {0x05C0, 0x05FF, HEBREW},     {0x3040, 0x30FF, KANA},
    {0x4E00, 0x9FFF, HAN},        {0xAC00, 0xD7AF, HANGUL},
    {0x0380, 0x03FF, GREEK},      {0x1F00, 0x1FFF, GREEK},
    {0x0540, 0x058F, ARMENIAN},   {0x0980, 0x09FF, BENGALI},
    {0x0A00, 0x0A7F, GURMUKHI},   {0x0A80, 0x0AFF, GUJARATI},
    {0x0B80, 0x0BFF, TAMIL},      {0x0C00, 0x0C7F, TELUGU},
    {0x0C80, 0x0CFF, KANNADA},    {0x0D00, 0x0D7F, MALAYALAM},
    {0x0D80, 0x0DFF, SINHALA},    {0x0E00, 0x0E7F, THAI},
    {0x0E80, 0x0EFF, LAO},        {0x1000, 0x107F, MYANMAR},
    {0x1080, 0x10FF, GEORGIAN},   {0x1780, 0x17FF, KHMER},
};

/* ---- the tables, made once ---------------------------------------------- */

static uint8_t script_of[0x10000 / 64];
static uint16_t letter[LETTERS]; /* in lower case; 0: no letter that counts */

/* Open addressing; a slot's row has the weights of all languages. */
static struct {
    uint32_t key;
    uint16_t row; /* 0: free */
} slot[SLOTS];
static uint16_t letter_row[LETTERS]; /* 0: it tells nothing */
static uint8_t weight[LANGUAGE_FEATURES + 1][LANGUAGE_MAX];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static uint64_t
mix(uint64_t h, uint32_t cp)
{
    h = (h ^ cp) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 32;
}

/* Of three letters, 0 at the edge of a word. */
static uint64_t
hash_piece(const uint32_t cp[3])
{
    return mix(1, cp[0] << 13 | cp[1]) + mix(2, cp[2]);
}

static size_t
slot_for(uint64_t hash)
{
    size_t i = (hash >> 32) & (SLOTS - 1);

    while (slot[i].row != 0 && slot[i].key != (uint32_t)hash)
        i = (i + 1) & (SLOTS - 1);
    return i;
}

static size_t
row_of(uint64_t hash)
{
    return slot[slot_for(hash)].row;
}

enum row_kind { WORD, PIECE, LETTER };

static uint64_t
hash_entry(struct morgue_str s, enum row_kind kind)
{
    const char *at = s.s, *end = s.s + s.len;
    uint32_t cp[WORD_MAX] = {0};
    uint64_t hash = 0;

    for (size_t n = 0; at < end && n < WORD_MAX; n++) {
        at += utf8_decode(at, end, &cp[n], NULL);
        hash = mix(hash, cp[n]);
        if (cp[n] == '_')
            cp[n] = 0;
    }
    return kind == PIECE ? hash_piece(cp) : hash;
}

/* Where the row of a word, a piece or a letter is kept. */
static uint16_t *
place_for(struct morgue_str s, enum row_kind kind)
{
    uint64_t hash;
    uint32_t cp;
    size_t i;

    if (kind == LETTER) {
        utf8_decode(s.s, s.s + s.len, &cp, NULL);
        return &letter_row[cp < LETTERS ? cp : 0];
    }
    hash = hash_entry(s, kind);
    i = slot_for(hash);
    slot[i].key = (uint32_t)hash;
    return &slot[i].row;
}

/* Enter a list; a number is the weight of what follows. */
static void
enter(const char *s, size_t language, enum row_kind kind, uint16_t *rows)
{
    uint8_t w = 0;

    while (*s) {
        size_t len = strcspn(s, " ");

        if (is_digit(*s)) {
            w = (uint8_t)strtoul(s, NULL, 10);
        } else {
            uint16_t *row = place_for(str_slice(s, len), kind);

            if (*row == 0)
                *row = ++*rows;
            weight[*row][language] = w;
        }
        s += len + (s[len] == ' ');
    }
}

/* The lower case of what is a letter, or the mark of one, in those scripts.
 * A few capitals (U+023A) have theirs behind LETTERS: neither counts. */
static uint16_t
letter_for(uint32_t cp)
{
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    utf8proc_int32_t lower = utf8proc_tolower((utf8proc_int32_t)cp);

    if (script_of[cp / 64] >= SHARED_N || c < UTF8PROC_CATEGORY_LU ||
        c > UTF8PROC_CATEGORY_ME ||
        (c > UTF8PROC_CATEGORY_LO && script_of[cp / 64] != DEVANAGARI) ||
        lower >= LETTERS)
        return 0;
    return cp == 0x130 ? 'i' : (uint16_t)lower;
}

static void
make_tables(void)
{
    uint16_t rows = 0;

    memset(script_of, NO_SCRIPT, sizeof script_of);
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        for (size_t b = range[i].first / 64; b <= range[i].last / 64u; b++)
            script_of[b] = range[i].script;
    for (uint32_t cp = 0; cp < LETTERS; cp++)
        letter[cp] = letter_for(cp);
    language_han_init();
    for (size_t g = 0; g < SHARED_N; g++)
        for (size_t l = 0; l < *shared[g].n; l++) {
            enter(shared[g].row[l].words, l, WORD, &rows);
            enter(shared[g].pieces[l], l, PIECE, &rows);
            enter(shared[g].row[l].letters, l, LETTER, &rows);
        }
}

/* Whether the `l`th language of `g` is in an earlier script too. */
static bool
is_repeated(size_t g, size_t l)
{
    for (size_t k = 0; k < g; k++)
        for (size_t i = 0; i < *shared[k].n; i++)
            if (strcmp(shared[k].row[i].code, shared[g].row[l].code) == 0)
                return true;
    return false;
}

const char *
language_known(size_t i)
{
    for (size_t g = 0; g < SHARED_N; g++)
        for (size_t l = 0; l < *shared[g].n; l++)
            if (!is_repeated(g, l) && i-- == 0)
                return shared[g].row[l].code;
    return i < sizeof owner / sizeof *owner ? owner[i] : NULL;
}

/* ---- the script --------------------------------------------------------- */

/* The `i`th window of a body, the beginning and the middle before those
 * between; empty behind the last. */
static struct morgue_str
window(struct morgue_str body, size_t i)
{
    static const uint8_t order[WINDOWS] = {0, 4, 2, 6, 1, 5, 3, 7};
    size_t n = WINDOWS, from;
    const char *space;

    while (n > 1 && n * WINDOW > body.len)
        n /= 2;
    if (i >= n)
        return str_slice("", 0);
    if (n == 1)
        return body;
    from = utf8_floor(body, body.len / WINDOWS * order[i]);
    space = from > 0 ? memchr(body.s + from, ' ', WINDOW) : NULL;
    if (space) /* not in the middle of a word */
        from = (size_t)(space - body.s);
    body = str_slice(body.s + from, body.len - from);
    return str_slice(body.s, utf8_floor(body, WINDOW));
}

static void
count_scripts(size_t count[NO_SCRIPT + 1], struct morgue_str s)
{
    const char *at = s.s, *end = at + utf8_floor(s, WINDOW);

    while (at < end) {
        uint32_t cp;

        if ((unsigned char)*at < 0x80) {
            count[LATIN] += is_alpha(*at++);
            continue;
        }
        at += utf8_decode(at, end, &cp, NULL);
        if (cp <= 0xFFFF)
            count[script_of[cp / 64]]++;
    }
}

/* The script that most is written in; NO_SCRIPT where there is too little.
 * A syllable or a character of the Far East says more than a letter. */
static size_t
find_script(struct morgue_str title, struct morgue_str body)
{
    size_t count[NO_SCRIPT + 1] = {0}, best = 0;

    count_scripts(count, title);
    count_scripts(count, window(body, 0));
    count_scripts(count, window(body, 1));
    /* Japanese has Chinese characters too, and often more of them. */
    if (count[KANA] * 20 > count[HAN])
        count[KANA] += count[HAN];
    for (size_t s = KANA; s <= HANGUL; s++)
        count[s] *= 2;
    for (size_t s = 1; s < NO_SCRIPT; s++)
        if (count[s] > count[best])
            best = s;
    return count[best] >= 4 ? best : NO_SCRIPT;
}

/* ---- the words ---------------------------------------------------------- */

struct score {
    size_t script, words;
    uint16_t sum[LANGUAGE_MAX];
    uint8_t part[LANGUAGE_MAX]; /* to be added to it */
    size_t part_n;              /* rows in that */
};

struct capital_word {
    uint32_t letter[WORD_MAX + 2]; /* with zeros around */
    size_t len;                    /* WORD_MAX: passed over */
    bool capital;
};

/* How many rows have sums that are bytes. */
enum { PART_MAX = UINT8_MAX / LANGUAGE_WEIGHT_MAX };

/* In one piece, so that a compiler makes it vectors. */
static void
add_bytes(uint8_t sum[restrict LANGUAGE_MAX],
          const uint8_t w[restrict LANGUAGE_MAX])
{
    for (size_t l = 0; l < LANGUAGE_MAX; l++)
        sum[l] = (uint8_t)(sum[l] + w[l]);
}

static void
end_part(struct score *s)
{
    for (size_t l = 0; l < LANGUAGE_MAX; l++)
        s->sum[l] = (uint16_t)(s->sum[l] + s->part[l]);
    memset(s->part, 0, sizeof s->part);
    s->part_n = 0;
}

/* Add the weights of a row, 0: none.  Most sums are of bytes, which are
 * sixteen at once. */
static inline void
add_row(struct score *s, size_t row)
{
    if (row == 0)
        return;
    add_bytes(s->part, weight[row]);
    if (++s->part_n == PART_MAX)
        end_part(s);
}

/* Whether a word can be said: an abbreviation has no pieces to look at. */
static bool
has_vowel(const struct capital_word *w)
{
    static const uint32_t vowels =
        1 << ('a' & 31) | 1 << ('e' & 31) | 1 << ('i' & 31) | 1 << ('o' & 31) |
        1 << ('u' & 31) | 1 << ('w' & 31) | 1 << ('y' & 31);
    size_t i = 1;

    while (i <= w->len && w->letter[i] < 0x80 &&
           !(vowels >> (w->letter[i] & 31) & 1))
        i++;
    return i <= w->len;
}

static void
score_word(struct score *s, struct capital_word *w)
{
    uint64_t hash = 0;
    size_t row;

    if (w->len == WORD_MAX || (w->len == 1 && w->capital)) /* an initial */
        return;
    s->words++;
    for (size_t i = 1; i <= w->len; i++)
        hash = mix(hash, w->letter[i]);
    row = row_of(hash);
    add_row(s, row);
    if (row != 0)
        return;
    w->letter[w->len + 1] = 0;
    if (w->len < 2 || !has_vowel(w))
        return;
    for (size_t i = 0; i < w->len; i++)
        add_row(s, row_of(hash_piece(w->letter + i)));
}

/* Behind the tag that begins at `at`; `at` where none does. */
static const char *
skip_tag(const char *at, const char *end)
{
    const char *close =
        *at == '<' ? memchr(at, '>', (size_t)(end - at)) : NULL;

    return close ? close + 1 : at;
}

/* What makes a word no word: markup, addresses, what is in tables. */
static const bool spoils[0x80] = {
    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
    ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
    ['@'] = true, ['='] = true, ['<'] = true, ['&'] = true, ['_'] = true,
    ['/'] = true, ['#'] = true,
};

/* The letter outside of ASCII at `*at`, which is passed; 0: it is none of the
 * script's.  What it tells by itself is added. */
static uint32_t
score_letter(struct score *s, const char **at, const char *end, uint32_t *cp)
{
    uint32_t l;

    *at += utf8_decode(*at, end, cp, NULL);
    if (*cp >= LETTERS || script_of[*cp / 64] != s->script)
        return 0;
    l = letter[*cp];
    add_row(s, letter_row[l]);
    return l;
}

static void
score_text(struct score *s, struct morgue_str text)
{
    const char *at = text.s, *end = at + text.len;
    struct capital_word w = {.len = 0};

    while (at < end) {
        uint32_t cp, l = 0;

        if (*at == '<')
            at = skip_tag(at, end - 1);
        cp = (unsigned char)*at;
        if (cp >= 0x80) {
            l = score_letter(s, &at, end, &cp);
            if (cp >= 0x300 && cp < 0x370) /* marks, such as tones */
                continue;
        } else {
            at++;
            if (s->script == LATIN)
                l = letter[cp];
        }
        if (l != 0) {
            if (w.len == 0)
                w.capital = l != cp;
            if (w.len < WORD_MAX)
                w.letter[++w.len] = l;
        } else if (cp < 0x80 && spoils[cp]) {
            w.len = WORD_MAX;
        } else {
            if (w.len > 0)
                score_word(s, &w);
            w.len = 0;
        }
    }
    if (w.len > 0)
        score_word(s, &w);
    end_part(s);
}

/* ---- deciding ----------------------------------------------------------- */

static size_t
best_of(const struct score *s)
{
    size_t best = 0;

    for (size_t l = 1; l < LANGUAGE_MAX; l++)
        if (s->sum[l] > s->sum[best])
            best = l;
    return best;
}

static bool
is_clear(const struct score *s)
{
    size_t best = best_of(s), near = 0;

    for (size_t l = 0; l < LANGUAGE_MAX; l++)
        near += s->sum[l] + CLEAR > s->sum[best];
    return near == 1;
}

/* Whether both are in a set within which a mistake costs nothing, as stems
 * are the same or there are none, and most words are. */
static bool
are_alike(const char *a, const char *b)
{
    static const char *const alike[] = {"hr sr", "rw rn", "xh zu"};

    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (strstr(alike[i], a) && strstr(alike[i], b))
            return true;
    return false;
}

static bool
is_pidgin(size_t script, size_t l)
{
    return strcmp(shared[script].row[l].code, "pcm") == 0;
}

/* What the sum of `a` must be over that of `b` for `a` to be likely. */
static unsigned
likely_lead(size_t script, size_t a, size_t b)
{
    if (is_pidgin(script, a) && b == 0)
        return LEAD_PIDGIN;
    if ((a == 0 && is_pidgin(script, b)) ||
        are_alike(shared[script].row[a].code, shared[script].row[b].code))
        return 0;
    return script == LATIN && b == 0 ? LEAD_ENGLISH : shared[script].lead;
}

/* And what to be sure of it.  No head start counts for that. */
static unsigned
sure_lead(size_t script, size_t a, size_t b)
{
    if (is_pidgin(script, a) && b == 0)
        return LEAD_PIDGIN_SURE;
    return LEAD_SURE + (a == 0 ? shared[script].start : 0);
}

static bool
is_likely(const struct score *s, size_t best)
{
    if (s->words < shared[s->script].words ||
        s->sum[best] < shared[s->script].least)
        return false;
    for (size_t l = 0; l < *shared[s->script].n; l++)
        if (l != best && s->sum[best] < s->sum[l] + LEAD_MOST &&
            s->sum[best] < s->sum[l] + likely_lead(s->script, best, l))
            return false;
    return true;
}

static struct language_guess
decide(const struct score *s)
{
    size_t best = best_of(s);
    struct language_guess g = {.code = "", .script = (uint8_t)s->script};

    for (size_t l = 0; l < *shared[s->script].n; l++)
        if (l == best ||
            (s->sum[l] + LEAD_SURE_MOST > s->sum[best] &&
             s->sum[l] + sure_lead(s->script, best, l) > s->sum[best]))
            g.fits |= UINT64_C(1) << l;
    if (is_likely(s, best))
        g.code = shared[s->script].row[best].code;
    g.sure =
        *g.code && s->words >= WORDS_SURE && g.fits == UINT64_C(1) << best;
    return g;
}

/* Of a script that is one language's. */
static struct language_guess
owned(size_t script)
{
    return (struct language_guess){.code = owner[script - SHARED_N],
                                   .sure = true,
                                   .script = (uint8_t)script};
}

/* Chinese characters are Japanese, too, and in few words without a kana; a
 * kana or two are at times in Chinese. */
static struct language_guess
guess_han(size_t script, struct morgue_str title, struct morgue_str body)
{
    struct language_han n = {0};
    struct language_guess g;

    language_han_count(&n, str_slice(title.s, utf8_floor(title, WINDOW)));
    language_han_count(&n, window(body, 0));
    language_han_count(&n, window(body, 1));
    if (n.japanese != n.chinese)
        script = n.japanese > n.chinese ? KANA : HAN;
    g = owned(script);
    g.sure = script == KANA ? n.chinese == 0 : n.japanese == 0;
    if (script == HAN && n.chinese == 0 && n.all < HAN_SURE)
        g.sure = false;
    g.script = HAN;
    return g;
}

/* ---- the whole ---------------------------------------------------------- */

struct language_guess
language_guess(struct morgue_str title, struct morgue_str body)
{
    struct score s = {0};
    struct morgue_str w;

    pthread_once(&made, make_tables);
    s.script = find_script(title, body);
    if (s.script == NO_SCRIPT)
        return (struct language_guess){.code = "", .script = NO_SCRIPT};
    if (s.script == HAN || s.script == KANA)
        return guess_han(s.script, title, body);
    if (s.script >= SHARED_N)
        return owned(s.script);
    s.sum[0] = shared[s.script].start;
    score_text(&s, str_slice(title.s, utf8_floor(title, LANGUAGE_BYTES)));
    for (size_t i = 0; (w = window(body, i)).len > 0; i++) {
        score_text(&s, w);
        if (i > 0 && is_clear(&s))
            break;
    }
    return decide(&s);
}

/* Whether the guesser knows the language. */
static bool
is_known(struct morgue_str code)
{
    for (size_t g = 0; g < SHARED_N; g++)
        for (size_t l = 0; l < *shared[g].n; l++)
            if (str_eq(code, str_of(shared[g].row[l].code)))
                return true;
    for (size_t i = 0; i < sizeof owner / sizeof *owner; i++)
        if (str_eq(code, str_of(owner[i])))
            return true;
    return false;
}

bool
language_fits(const struct language_guess *guess, struct morgue_str code)
{
    size_t g = guess->script;

    if (g == NO_SCRIPT || !is_known(code))
        return true;
    if (g == HAN)
        return str_eq(code, STR("zh")) || str_eq(code, STR("ja"));
    if (g >= SHARED_N)
        return str_eq(code, str_of(owner[g - SHARED_N]));
    for (size_t l = 0; l < *shared[g].n; l++)
        if (str_eq(code, str_of(shared[g].row[l].code)))
            return guess->fits >> l & 1;
    return false;
}
