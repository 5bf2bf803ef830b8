/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_sentence.c - where sentences and paragraphs begin
 *
 * The rows of sentence_rows.h; Unicode's own rows, which Debian's package
 * unicode-data has; and what must hold of any text.
 */
#include "../../common/text/sentence.h"

#include <stdlib.h>

#include "../../common/base/utf8.h"
#include "../test.h"
#include "sentence_rows.h"

enum { TEXT_MAX = 4096 };

/* ---- rows --------------------------------------------------------------- */

static struct fold fold;

static size_t
marker_at(const char *p)
{
    return *p == '|' ? 1 : strncmp(p, "¶", 2) == 0 ? 2 : 0;
}

/* The row's text without markers. */
static struct morgue_str
unmarked(char out[TEXT_MAX], const char *row)
{
    size_t n = 0;

    while (*row) {
        size_t marker = marker_at(row);

        row += marker;
        if (!marker)
            out[n++] = *row++;
    }
    return str_slice(out, n);
}

/* The text with markers where the scan finds a start. */
static void
mark(char out[TEXT_MAX], struct morgue_str text, const char *lang)
{
    struct sentence_scan scan;
    size_t at, from = 0, n = 0;
    bool paragraph;

    sentence_scan_init(&scan, &fold, text, lang);
    while (sentence_next(&scan, &at, &paragraph)) {
        memcpy(out + n, text.s + from, at - from);
        n += at - from;
        from = at;
        n += (size_t)snprintf(out + n, TEXT_MAX - n, "%s",
                              paragraph ? "¶" : "|");
    }
    memcpy(out + n, text.s + from, text.len - from);
    out[n + text.len - from] = '\0';
}

static void
rows(void)
{
    char text[TEXT_MAX], got[TEXT_MAX];

    for (size_t i = 0; i < sizeof sentence_row / sizeof *sentence_row; i++) {
        const struct sentence_row *r = sentence_row + i;

        mark(got, unmarked(text, r->text), r->lang);
        CHECK_STR(got, r->text);
    }
}

static void
end_is_told_again(void)
{
    struct sentence_scan scan;
    size_t at;
    bool paragraph;

    sentence_scan_init(&scan, &fold, STR("One."), "en");
    CHECK(sentence_next(&scan, &at, &paragraph) && at == 0 && paragraph);
    CHECK(!sentence_next(&scan, &at, &paragraph));
    CHECK(!sentence_next(&scan, &at, &paragraph));
    sentence_scan_init(&scan, &fold, (struct morgue_str){0}, "");
    CHECK(!sentence_next(&scan, &at, &paragraph));
}

/* ---- abbreviations ------------------------------------------------------ */

/* Whether the text is one sentence in the language. */
static bool
is_one(const char *text, const char *lang)
{
    struct sentence_scan scan;
    size_t at, n = 0;
    bool paragraph;

    sentence_scan_init(&scan, &fold, str_of(text), lang);
    while (sentence_next(&scan, &at, &paragraph))
        n++;
    return n == 1;
}

/* Check entries behind an ordinary word, before `next`. */
static void
check_entries(const char *lang, const char *words, const char *next)
{
    struct morgue_str rest = str_of(words), word;
    char text[256];

    while ((word = str_word(&rest)).len > 0) {
        char last = word.s[word.len - 1];

        if (word.len < 2 || last == '!')
            continue;
        snprintf(text, sizeof text, "Xyzx xyz %.*s. %s", (int)word.len, word.s,
                 next);
        test_that(is_one(text, lang), __FILE__, __LINE__, "%s: %s", lang,
                  text);
    }
}

/* Each entry of each language is found, as the text has it. */
static void
every_entry_counts(void)
{
    const char *lang;
    size_t n = 0;

    for (; (lang = abbreviation_language(n)); n++) {
        const struct abbreviations *a = abbreviations_of(lang);

        CHECK_STR(a->lang, lang);
        check_entries(lang, a->never, "Xyzx");
        check_entries(lang, a->capital, "12 xyz");
        check_entries(lang, a->opener, "Xyzx");
        CHECK(!is_one("Xyzx xyzx. Xyzx", lang));
    }
    CHECK(n >= 45);
    CHECK_STR(abbreviations_of("tlh")->lang, "");
}

/* ---- Unicode's rows ----------------------------------------------------- */

struct unicode_row {
    char text[1024];
    size_t len;
    bool start[1024 + 1]; /* where a sentence begins, as UAX 29 has it */
};

static bool
is_white(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 ||
           cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* Read a row; a break counts where white space behind it ends. */
static bool
read_row(struct unicode_row *r, char *line)
{
    bool pending = false;
    char *rest;

    memset(r, 0, sizeof *r);
    line[strcspn(line, "#\n")] = '\0';
    for (char *p = strtok_r(line, " \t", &rest); p;
         p = strtok_r(NULL, " \t", &rest)) {
        uint32_t cp;

        if (strcmp(p, "÷") == 0) {
            pending = true;
        } else if (strcmp(p, "×") != 0) {
            cp = (uint32_t)strtoul(p, NULL, 16);
            if (pending && !is_white(cp)) {
                r->start[r->len] = true;
                pending = false;
            }
            r->len += utf8_encode(cp, r->text + r->len);
        }
    }
    return r->len > 0;
}

/* Whether the scan finds the row's starts. */
static bool
agrees(const struct unicode_row *r)
{
    struct sentence_scan scan;
    size_t at, from = 0;
    bool paragraph;

    sentence_scan_init(&scan, &fold, str_slice(r->text, r->len), "");
    while (sentence_next(&scan, &at, &paragraph)) {
        while (from < at)
            if (r->start[from++])
                return false;
        if (!r->start[from++])
            return false;
    }
    while (from < r->len)
        if (r->start[from++])
            return false;
    return true;
}

/* The rows where our rules differ on purpose: a mark with nothing between it
 * and what follows, which is neither a capital nor a letter without case. */
static const char *const differs[] = {
    "\x01", /* a control character: `./` and the like are no sentences' ends
             */
    "a",    /* `Yahoo!bought` */
    "0",    /* `?5` of an address */
};

static bool
differs_on_purpose(const struct unicode_row *r)
{
    struct morgue_str text = str_slice(r->text, r->len);

    for (size_t i = 0; i < sizeof differs / sizeof *differs; i++)
        for (size_t j = 0; j < 4; j++) {
            char want[16];

            snprintf(want, sizeof want, "%c%s%s", j & 1 ? '.' : '!',
                     j & 2 ? "\u0308" : "", differs[i]);
            if (str_eq(text, str_of(want)))
                return true;
        }
    return false;
}

static void
unicode_rows(void)
{
    FILE *f = fopen("/usr/share/unicode/auxiliary/SentenceBreakTest.txt", "r");
    char line[8192];
    struct unicode_row r;
    size_t n = 0, different = 0;

    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        if (!read_row(&r, line))
            continue;
        n++;
        if (agrees(&r))
            continue;
        different++;
        test_that(differs_on_purpose(&r), __FILE__, __LINE__, "row %s", line);
    }
    if (f)
        fclose(f);
    CHECK_INT(n, 502);
    CHECK_INT(different, 8);
}

/* Whether the mark ends a sentence at each place of a text, the last bytes of
 * which are read otherwise than those before. */
static void
check_mark(uint32_t cp)
{
    char mark[4], text[80];
    size_t n = utf8_encode(cp, mark), at;

    for (size_t before = 2; before < 40; before += 3) {
        int len = snprintf(text, sizeof text, "%.*s%.*s  B%.*s", (int)before,
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", (int)n,
                           mark, before % 2 ? 0 : 20, "aaaaaaaaaaaaaaaaaaaa");
        struct sentence_scan scan;
        bool paragraph;

        sentence_scan_init(&scan, &fold, str_slice(text, (size_t)len), "");
        at = 0;
        while (sentence_next(&scan, &at, &paragraph) && at == 0)
            ;
        test_that(at == before + n + 2, __FILE__, __LINE__,
                  "U+%04X behind %zu bytes", cp, before);
    }
}

/* All marks and line ends that Unicode has. */
static void
every_mark_is_found(void)
{
    FILE *f =
        fopen("/usr/share/unicode/auxiliary/SentenceBreakProperty.txt", "r");
    char line[1024], class[32];
    unsigned first, last;
    size_t n = 0;

    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "%x..%x ; %31s", &first, &last, class) != 3) {
            if (sscanf(line, "%x ; %31s", &first, class) != 2)
                continue;
            last = first;
        }
        if (strcmp(class, "STerm") != 0 && strcmp(class, "ATerm") != 0 &&
            strcmp(class, "Sep") != 0)
            continue;
        for (; first <= last; first++, n++)
            check_mark(first);
    }
    if (f)
        fclose(f);
    CHECK(n > 150);
}

/* ---- any text ----------------------------------------------------------- */

static uint64_t seed = 1;

static size_t
random_below(size_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (size_t)(seed >> 33) % n;
}

static const char *const pieces[] = {
    ".",
    ".",
    "!",
    "?",
    "...",
    "…",
    "。",
    "？",
    "।",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u2029",
    "\"",
    "'",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "[",
    "「",
    "」",
    ",",
    "-",
    "—",
    ":",
    ";",
    "/",
    "°",
    "a",
    "he",
    "He",
    "The",
    "Mr",
    "Nov",
    "U",
    "S",
    "etc",
    "z",
    "B",
    "Inc",
    "p",
    "m",
    "3",
    "12",
    "2024",
    "XIV",
    "г",
    "В",
    "т",
    "е",
    "字",
    "と",
    "คน",
    "डॉ",
    "ß",
    "\u0308",
    "\u00AD",
    "\u2060",
    "\xFF",
    "\xC2",
    "\xE2\x80",
    "\xF0\x9F\x98\x80",
    "\xED\xA0\x80",
    "\xC3",
};

/* A text of `n` pieces, some of them any byte; its length. */
static size_t
random_text(char *out, size_t n)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        if (random_below(20) == 0) {
            out[len++] = (char)random_below(256);
        } else {
            const char *p =
                pieces[random_below(sizeof pieces / sizeof *pieces)];

            memcpy(out + len, p, strlen(p));
            len += strlen(p);
        }
    return len;
}

static const char *
random_language(void)
{
    static const char *const langs[] = {"",   "en", "de", "cs", "ru", "el",
                                        "th", "ja", "hy", "fr", "hi"};

    return langs[random_below(sizeof langs / sizeof *langs)];
}

enum { STARTS_MAX = TEXT_MAX };

struct starts {
    size_t n, at[STARTS_MAX];
    bool paragraph[STARTS_MAX];
};

static void
scan_all(struct starts *out, struct morgue_str text, const char *lang)
{
    struct sentence_scan scan;

    out->n = 0;
    sentence_scan_init(&scan, &fold, text, lang);
    while (out->n < STARTS_MAX &&
           sentence_next(&scan, out->at + out->n, out->paragraph + out->n))
        out->n++;
}

/* A copy of its own size, so that a byte read too far is found. */
static struct morgue_str
copied(const char *s, size_t len)
{
    char *copy = malloc(len ? len : 1);

    memcpy(copy, s, len);
    return str_slice(copy, len);
}

/* Starts ascend, the first is the first byte that is not white, none is on
 * white space. */
static void
starts_are_sound(void)
{
    static struct starts got;
    char buf[TEXT_MAX];

    for (int i = 0; i < 20000; i++) {
        struct morgue_str text =
            copied(buf, random_text(buf, random_below(80)));
        size_t first = 0;
        uint32_t cp;

        scan_all(&got, text, random_language());
        while (first < text.len) {
            size_t n =
                utf8_decode(text.s + first, text.s + text.len, &cp, NULL);

            if (!is_white(cp))
                break;
            first += n;
        }
        CHECK_INT(got.n > 0, first < text.len);
        for (size_t j = 0; j < got.n; j++) {
            utf8_decode(text.s + got.at[j], text.s + text.len, &cp, NULL);
            CHECK(!is_white(cp));
            CHECK(got.at[j] < text.len);
            CHECK(j == 0 ? got.at[0] == first && got.paragraph[0]
                         : got.at[j] > got.at[j - 1]);
        }
        free((char *)text.s);
    }
}

/* What follows a paragraph, or is before it, changes nothing in it: texts
 * that both have blank lines, one behind the other, are as they were. */
static void
paragraphs_are_independent(void)
{
    static struct starts one, two, both;
    char buf[2 * TEXT_MAX + 2], a[TEXT_MAX], b[TEXT_MAX];

    for (int i = 0; i < 20000; i++) {
        size_t a_len = random_text(a, random_below(40));
        size_t b_len, len;
        const char *lang = random_language();

        memcpy(a + a_len, "x\n\nx", 4);
        a_len += 4;
        memcpy(b, "x\n\nx", 4);
        b_len = 4 + random_text(b + 4, random_below(40));
        memcpy(buf, a, a_len);
        memcpy(buf + a_len, "\n\n", 2);
        memcpy(buf + a_len + 2, b, b_len);
        len = a_len + 2 + b_len;
        scan_all(&one, str_slice(a, a_len), lang);
        scan_all(&two, str_slice(b, b_len), lang);
        scan_all(&both, str_slice(buf, len), lang);
        CHECK_INT(both.n, one.n + two.n);
        for (size_t j = 0; j < one.n && j < both.n; j++)
            CHECK(both.at[j] == one.at[j] &&
                  both.paragraph[j] == one.paragraph[j]);
        for (size_t j = 0; j < two.n && one.n + j < both.n; j++)
            CHECK(both.at[one.n + j] == a_len + 2 + two.at[j] &&
                  both.paragraph[one.n + j] == two.paragraph[j]);
    }
}

/* Texts of which each byte could make one look at all others: were time not
 * linear in them, this would not end. */
static void
long_texts_end(void)
{
    static const char *const worst[] = {
        ".",      ". ",      "a.a",      "A. ",  "\"",     ".\"", ". (",
        ".\n",    "\n",      " \n ",     "\r",   ".  \"",  "! ",  "?/",
        "1. ",    ". - ",    ". ,,",     ";(",   ":( ",    "。",  "。」",
        "\u0308", ".\u0308", "\xE2\x80", "\xFF", "… ",     "г. ", "a ",
        "ก  ",    "(.) ",    "U.S.",     ". 1 ", "\u2028", "a\n", ". «",
    };
    enum { LONG = 1 << 20 };
    char *text = malloc(LONG);

    for (size_t i = 0; i < sizeof worst / sizeof *worst; i++) {
        size_t n = strlen(worst[i]), at, last = 0;
        const char *const langs[] = {"en", "el", "hy", "th", "cs"};
        struct sentence_scan scan;
        bool paragraph;

        for (size_t j = 0; j < LONG; j++)
            text[j] = worst[i][j % n];
        for (size_t k = 0; k < sizeof langs / sizeof *langs; k++) {
            sentence_scan_init(&scan, &fold, str_slice(text, LONG), langs[k]);
            while (sentence_next(&scan, &at, &paragraph))
                last = at;
            CHECK(last < LONG);
        }
    }
    free(text);
}

int
main(void)
{
    fold_init(&fold);
    RUN(rows);
    RUN(end_is_told_again);
    RUN(every_entry_counts);
    RUN(unicode_rows);
    RUN(every_mark_is_found);
    RUN(starts_are_sound);
    RUN(paragraphs_are_independent);
    RUN(long_texts_end);
    fold_free(&fold);
    return test_end();
}
