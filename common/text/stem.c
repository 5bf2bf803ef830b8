/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem.c - stems of words; the only user of libstemmer
 *
 * One table of languages gives the codes and the stemmer.  Serbian's takes
 * Croatian and Bosnian as well: it works on Latin and Cyrillic letters alike
 * and gives Latin ones.
 */
#include "stem.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>

#include "../base/hash.h"
#include "../base/utf8.h"
#include "fold.h"

/* `others`: its other codes.  `stemmer`: as libstemmer names it, NULL where
 * there is none; those with one come first.  `probe`: words of the language
 * whose stems tell one version of its stemmer from another. */
static const struct {
    char code[LANG_MAX];
    const char *others, *stemmer, *probe;
} languages[] = {
    {"ar", "ara arb", "arabic", "والكتاب المدرسة يكتبون بالمعلمين سيارات"},
    {"eu", "eus baq", "basque", "etxearen liburuak mendietan gizonaren"},
    {"bs", "bos", "serbian", "gradovima vladama predsjednika"},
    {"ca", "cat", "catalan", "cançons treballadors governs nacionalment"},
    {"da", "dan", "danish", "husene bøgerne arbejderne regeringens"},
    {"de", "deu ger", "german",
     "häuser regierungen aufeinander mädchen größe"},
    {"el", "ell gre", "greek", "εκλογές κυβερνήσεων ανθρώπους εργαζόμενοι"},
    {"en", "eng", "english",
     "running generalizations skies dying news hopping"},
    {"es", "spa", "spanish", "gobiernos corriendo nacionalidades canciones"},
    {"fi", "fin", "finnish", "talossa hallituksen ihmisille kirjastoissa"},
    {"fr", "fra fre", "french", "gouvernements continuellement chevaux élues"},
    {"ga", "gle", "irish", "bhfearr leabharlann rialtais gcathaoir"},
    {"hi", "hin", "hindi", "लड़कियों सरकारों किताबें जाएगा"},
    {"hr", "hrv scr", "serbian", "gradovima vladama predsjednika"},
    {"hu", "hun", "hungarian", "házakban kormányok embereknek könyvtárból"},
    {"hy", "hye arm", "armenian", "գրքերի կառավարության մարդկանց"},
    {"id", "ind", "indonesian", "pemerintahan membaca perjalanannya"},
    {"it", "ita", "italian", "governi continuamente nazionalità cantavano"},
    {"lt", "lit", "lithuanian", "vyriausybės knygomis žmonėms"},
    {"ne", "nep npi", "nepali", "सरकारले मानिसहरू किताबहरूको"},
    {"nl", "nld dut", "dutch", "regeringen lichamelijkheid mensen huizen"},
    {"no", "nor nb nob nn nno", "norwegian",
     "husene regjeringens havnemyndighet"},
    {"pt", "por", "portuguese", "governos nacionalidades canções correndo"},
    {"ro", "ron rum mo mol", "romanian", "guvernelor continuitatea oamenilor"},
    {"ru", "rus", "russian", "правительства бегущий важнейшие книгами"},
    {"sr", "srp scc", "serbian", "градовима владама градове"},
    {"sv", "swe", "swedish", "regeringens husen böckerna arbetarna"},
    {"ta", "tam", "tamil", "அரசாங்கத்தின் மனிதர்கள் புத்தகங்கள்"},
    {"tr", "tur", "turkish", "evlerimizden hükümetin kitapları"},
    {"yi", "yid", "yiddish", "ביכער רעגירונגען געשריבן"},
    /* known by name only */
    {"af", "afr", NULL, NULL},
    {"am", "amh", NULL, NULL},
    {"az", "aze azj", NULL, NULL},
    {"be", "bel", NULL, NULL},
    {"bg", "bul", NULL, NULL},
    {"bn", "ben", NULL, NULL},
    {"br", "bre", NULL, NULL},
    {"cs", "ces cze", NULL, NULL},
    {"cy", "cym wel", NULL, NULL},
    {"et", "est ekk", NULL, NULL},
    {"fa", "fas per pes prs", NULL, NULL},
    {"fo", "fao", NULL, NULL},
    {"gl", "glg", NULL, NULL},
    {"gu", "guj", NULL, NULL},
    {"ha", "hau", NULL, NULL},
    {"he", "heb iw", NULL, NULL},
    {"ig", "ibo", NULL, NULL},
    {"is", "isl ice", NULL, NULL},
    {"ja", "jpn", NULL, NULL},
    {"ka", "kat geo", NULL, NULL},
    {"kk", "kaz", NULL, NULL},
    {"km", "khm", NULL, NULL},
    {"kn", "kan", NULL, NULL},
    {"ko", "kor", NULL, NULL},
    {"ku", "kur kmr", NULL, NULL},
    {"ky", "kir", NULL, NULL},
    {"la", "lat", NULL, NULL},
    {"lb", "ltz", NULL, NULL},
    {"lo", "lao", NULL, NULL},
    {"lv", "lav lvs", NULL, NULL},
    {"mk", "mkd mac", NULL, NULL},
    {"ml", "mal", NULL, NULL},
    {"mn", "mon khk", NULL, NULL},
    {"mr", "mar", NULL, NULL},
    {"ms", "msa may zsm", NULL, NULL},
    {"mt", "mlt", NULL, NULL},
    {"my", "mya bur", NULL, NULL},
    {"om", "orm gaz", NULL, NULL},
    {"pa", "pan", NULL, NULL},
    {"pl", "pol", NULL, NULL},
    {"ps", "pus pbt", NULL, NULL},
    {"sd", "snd", NULL, NULL},
    {"si", "sin", NULL, NULL},
    {"sk", "slk slo", NULL, NULL},
    {"sl", "slv", NULL, NULL},
    {"so", "som", NULL, NULL},
    {"sq", "sqi alb als", NULL, NULL},
    {"sw", "swa swh", NULL, NULL},
    {"te", "tel", NULL, NULL},
    {"tg", "tgk", NULL, NULL},
    {"th", "tha", NULL, NULL},
    {"ti", "tir", NULL, NULL},
    {"tl", "tgl fil", NULL, NULL},
    {"uk", "ukr", NULL, NULL},
    {"ur", "urd", NULL, NULL},
    {"uz", "uzb uzn", NULL, NULL},
    {"vi", "vie", NULL, NULL},
    {"xh", "xho", NULL, NULL},
    {"yo", "yor", NULL, NULL},
    {"zh", "zho chi cmn", NULL, NULL},
    {"zu", "zul", NULL, NULL},
};

enum { LANGUAGES_N = sizeof languages / sizeof languages[0] };

struct stemmer {
    struct fold fold;
    struct sb_stemmer *open[LANGUAGES_N]; /* NULL until used */
};

/* ---- languages ---------------------------------------------------------- */

/* Several codes are looked up for each article, so at once: the number of the
 * language, counted from 1, by the letters of its code. */
enum { LETTERS = 27 };
static uint8_t by_code[LETTERS * LETTERS * LETTERS];
static pthread_once_t by_code_made = PTHREAD_ONCE_INIT;
_Static_assert(LANGUAGES_N < UINT8_MAX, "a byte is enough");

/* Where that of a code is, which ends with a space or NUL. */
static uint8_t *
code_place(const char *code)
{
    size_t at = 0;

    for (size_t i = 0; i < LANG_MAX - 1; i++)
        at = at * LETTERS + (*code > ' ' ? (size_t)(*code++ - 'a' + 1) : 0);
    return by_code + at;
}

/* A language's own code goes before others, and the first language before
 * those behind: what is entered later stays. */
static void
make_by_code(void)
{
    for (size_t i = LANGUAGES_N; i-- > 0;)
        for (const char *p = languages[i].others; *p; p += strspn(p, " ")) {
            *code_place(p) = (uint8_t)(i + 1);
            p += strcspn(p, " ");
        }
    for (size_t i = LANGUAGES_N; i-- > 0;)
        *code_place(languages[i].code) = (uint8_t)(i + 1);
}

/* The letters that `lang` begins with, in lower case; "" where they are not
 * two or three, or go on with something else than a subtag. */
static void
plain_code(char out[LANG_MAX], struct morgue_str lang)
{
    size_t n = 0;

    lang = str_trim(lang);
    while (n < lang.len && n < LANG_MAX && is_alpha(lang.s[n]))
        n++;
    if (n < 2 || n == LANG_MAX ||
        (n < lang.len && lang.s[n] != '-' && lang.s[n] != '_'))
        n = 0;
    for (size_t i = 0; i < n; i++)
        out[i] = to_lower(lang.s[i]);
    out[n] = '\0';
}

/* LANGUAGES_N where it is not known. */
static size_t
find(const char code[LANG_MAX])
{
    uint8_t n;

    pthread_once(&by_code_made, make_by_code);
    n = *code_place(code);
    return n > 0 ? n - 1u : LANGUAGES_N;
}

const char *
stem_language(size_t i)
{
    return i < LANGUAGES_N && languages[i].stemmer ? languages[i].code : NULL;
}

int
stem_find(struct morgue_str lang)
{
    char code[LANG_MAX];
    size_t i;

    plain_code(code, lang);
    i = find(code);
    return i < LANGUAGES_N && languages[i].stemmer ? (int)i : STEM_NONE;
}

void
stem_code(char out[LANG_MAX], struct morgue_str lang)
{
    char code[LANG_MAX];
    size_t i;

    plain_code(code, lang);
    i = find(code);
    memcpy(out, i < LANGUAGES_N ? languages[i].code : code, LANG_MAX);
}

/* ---- stemmers ----------------------------------------------------------- */

enum morgue_status
stemmer_new(struct stemmer **out, struct morgue_error *err)
{
    struct stemmer *s = calloc(1, sizeof *s);

    *out = NULL;
    if (!s)
        return error_nomem(err);
    fold_init(&s->fold);
    *out = s;
    return MORGUE_OK;
}

void
stemmer_free(struct stemmer *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < LANGUAGES_N; i++)
        sb_stemmer_delete(s->open[i]);
    fold_free(&s->fold);
    free(s);
}

/* Whether the library has it: an older or smaller one has fewer. */
static bool
is_offered(const char *name)
{
    for (const char **p = sb_stemmer_list(); *p; p++)
        if (strcmp(*p, name) == 0)
            return true;
    return false;
}

/* libstemmer 2.2 crashes where an allocation fails while it makes a stemmer
 * (SN_close_env of what is half made).  So see first that there is memory; a
 * stemmer takes less than half of this. */
static bool
has_memory(void)
{
    void *volatile p = malloc(8192);
    bool good = p != NULL;

    free(p);
    return good;
}

/* The stemmer for `lang` into *out; NULL where the library has none. */
static enum morgue_status
stemmer_open(struct sb_stemmer **out, struct stemmer *s, int lang,
             struct morgue_error *err)
{
    const char *name = languages[lang].stemmer;

    *out = s->open[lang];
    if (*out || !is_offered(name))
        return MORGUE_OK;
    if (!has_memory())
        return error_nomem(err);
    *out = s->open[lang] = sb_stemmer_new(name, NULL);
    return *out ? MORGUE_OK : error_nomem(err);
}

/* Fold a stem into `out`; its length, at most TOKEN_MAX. */
static size_t
fold_stem(char out[TOKEN_MAX], struct fold *f, const char *s, size_t len)
{
    const char *p = s, *end = s + len;
    size_t n = 0;

    while (p < end) {
        const struct fold_char *c;
        uint32_t cp;

        p += utf8_decode(p, end, &cp, NULL);
        c = fold_get(f, cp);
        if (n + c->folded_len > TOKEN_MAX)
            break;
        memcpy(out + n, c->folded, c->folded_len);
        n += c->folded_len;
    }
    return n;
}

static void
take(struct stems *out, struct fold *f, const char *s, size_t len)
{
    size_t n = fold_stem(out->bytes[out->n], f, s, len);

    if (n == 0)
        return;
    out->stem[out->n] = str_slice(out->bytes[out->n], n);
    if (out->n == 0 || !str_eq(out->stem[0], out->stem[1]))
        out->n++;
}

/* Add the stem of a form of a word. */
static enum morgue_status
stem_form(struct stems *out, struct stemmer *s, struct sb_stemmer *sb,
          const char *form, uint32_t len, struct morgue_error *err)
{
    const sb_symbol *got = NULL;

    got = sb_stemmer_stem(sb, (const sb_symbol *)form, (int)len);
    if (!got)
        return error_nomem(err);
    take(out, &s->fold, (const char *)got, (size_t)sb_stemmer_length(sb));
    return MORGUE_OK;
}

static bool
has_stem(int lang, const struct token *tok)
{
    return lang != STEM_NONE &&
           !(tok->flags & (TOKEN_DIGITS | TOKEN_PICTURE)) &&
           tok->lower_len <= STEM_MAX && tok->len <= STEM_MAX;
}

/* Add the stem of a plural's singular (TOKEN_PLURAL), as who looks for that
 * would have it; a form without accents, where there are two, gives way. */
static enum morgue_status
add_singular(struct stems *out, struct stemmer *s, struct sb_stemmer *sb,
             const struct token *tok, struct morgue_error *err)
{
    uint32_t len = tok->len - 1;

    out->n = 1;
    if (sb)
        return stem_form(out, s, sb, tok->s, len, err);
    take(out, &s->fold, tok->s, len);
    return MORGUE_OK;
}

enum morgue_status
stemmer_stem(struct stems *out, struct stemmer *s, int lang,
             const struct token *tok, struct morgue_error *err)
{
    struct sb_stemmer *sb = NULL;
    enum morgue_status st = MORGUE_OK;

    out->n = 0;
    if (has_stem(lang, tok))
        st = stemmer_open(&sb, s, lang, err);
    if (!st && sb)
        st = stem_form(out, s, sb, tok->lower, tok->lower_len, err);
    if (!st && sb && tok->lower != tok->s)
        st = stem_form(out, s, sb, tok->s, tok->len, err);
    if (st)
        return st;
    if (out->n == 0) {
        memcpy(out->bytes[0], tok->s, tok->len);
        out->stem[0] = str_slice(out->bytes[0], tok->len);
        out->n = 1;
    }
    if ((tok->flags & TOKEN_PLURAL) && tok->len > 1 &&
        tok->s[tok->len - 1] == 's')
        return add_singular(out, s, sb, tok, err);
    return MORGUE_OK;
}

/* ---- the probe ---------------------------------------------------------- */

/* Add the stems of a language's words to the hash. */
static enum morgue_status
probe_language(uint64_t *hash, struct stemmer *s, int lang,
               struct morgue_error *err)
{
    struct sb_stemmer *sb;
    enum morgue_status st = stemmer_open(&sb, s, lang, err);
    const char *p = languages[lang].probe;

    if (st || !sb)
        return st;
    while (*p) {
        size_t n = strcspn(p, " ");
        const sb_symbol *got = sb_stemmer_stem(sb, (const void *)p, (int)n);

        if (!got)
            return error_nomem(err);
        *hash = *hash * 0x9E3779B97F4A7C15u ^
                hash64(got, (size_t)sb_stemmer_length(sb));
        p += n;
        p += strspn(p, " ");
    }
    *hash ^= (uint64_t)lang << 56;
    return MORGUE_OK;
}

enum morgue_status
stemmer_probe(uint64_t *out, struct stemmer *s, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *out = 0;
    for (int i = 0; stem_language((size_t)i) && !st; i++)
        st = probe_language(out, s, i, err);
    return st;
}
