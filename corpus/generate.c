/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * generate.c - any number of articles that look like news to an index
 *
 *     generate [--seed=N] [--articles=N] [--days=N] [--format=jsonl|text|sgml]
 *              [--out=DIR]
 *
 * Writes to stdout, or one text file for each article into DIR;
 * a text has no date.  The same
 * numbers give the same bytes on every machine: there is no floating point,
 * and random numbers are splitmix64 (Steele, Lea and Flood 2014).  Memory is
 * constant, but for the longest article.
 *
 * The model.  A word is, with 44 in 100, one of the function words of English
 * with their usual frequencies (table); else a content word of a number r
 * from 1 to 2^16 with P(r) ~ 1/r (Zipf): an octave k is drawn evenly, then r
 * evenly from 2^k to 2^(k+1)-1.  What makes news bursty:
 *
 *   - each article has one of 512 topics, whose popularity drifts with the
 *     days; 4 in 10 content words are of the topic, which has its own order
 *     of all words (r, drawn over 2^8, is mixed with the topic's number);
 *   - 2 in 10 repeat a content word of the article;
 *   - 2 in 1000 are a new name or number that nobody has used (Heaps' law: the
 *     vocabulary never stops growing).
 *
 * Word number r is spelt by its hash in syllables, the more the rarer it is,
 * and takes an ending (s, ed, ing, er, ly, 's).  The length of an article is
 * 32 * 2^(x/8) words, x the sum of three dice: median about 220, at most
 * 2,900.  2 in 100 are copies of one of the last 64 with another headline.
 * Dates ascend over --days days.  The headline is made of words of the
 * article.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOPICS = 512,
    OCTAVES = 16,
    RECENT = 64,
    WORD_MAX = 48,
    USED_MAX = 4096
};

enum format { JSONL, TEXT, SGML };

struct options {
    uint64_t seed, articles, days;
    enum format format;
    const char *out;
};

/* Frequencies in ten thousands of running words of English news. */
static const struct {
    const char *word;
    unsigned weight;
} function[] = {
    {"the", 430},   {"of", 270},   {"to", 265},       {"and", 235},
    {"a", 230},     {"in", 225},   {"for", 95},       {"that", 92},
    {"is", 80},     {"on", 78},    {"said", 72},      {"with", 66},
    {"was", 64},    {"it", 62},    {"at", 55},        {"by", 54},
    {"as", 53},     {"he", 50},    {"from", 45},      {"its", 40},
    {"be", 40},     {"are", 38},   {"has", 37},       {"have", 34},
    {"will", 32},   {"an", 32},    {"his", 30},       {"but", 28},
    {"not", 27},    {"they", 24},  {"were", 24},      {"which", 22},
    {"this", 22},   {"who", 21},   {"or", 20},        {"had", 20},
    {"would", 19},  {"more", 18},  {"about", 17},     {"their", 17},
    {"been", 16},   {"one", 15},   {"we", 14},        {"after", 13},
    {"also", 12},   {"new", 12},   {"all", 11},       {"there", 11},
    {"up", 11},     {"last", 10},  {"out", 10},       {"over", 9},
    {"than", 9},    {"two", 9},    {"when", 9},       {"other", 8},
    {"can", 8},     {"into", 8},   {"could", 7},      {"first", 7},
    {"some", 7},    {"if", 7},     {"no", 7},         {"what", 6},
    {"so", 6},      {"year", 16},  {"years", 9},      {"percent", 9},
    {"people", 8},  {"market", 6}, {"government", 7}, {"company", 7},
    {"million", 8}, {"week", 5},
};
enum { FUNCTION_N = sizeof function / sizeof *function };

static const char *const sections[] = {"Business", "Politics", "World",
                                       "Sport",    "Culture",  "Science",
                                       "Local",    "Law"};
static const char *const sources[] = {"The Courier", "Coast Wire",
                                      "Evening Post", "Isles Telegraph"};

/* ---- random numbers ----------------------------------------------------- */

static uint64_t
mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static uint64_t
draw(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    return mix(*state);
}

static uint64_t
below(uint64_t *state, uint64_t n)
{
    return (draw(state) >> 16) % n;
}

/* A number from 1 to 2^octaves - 1 with P(r) ~ 1/r. */
static uint64_t
zipf(uint64_t *state, unsigned octaves)
{
    unsigned k = (unsigned)below(state, octaves);

    return ((uint64_t)1 << k) + below(state, (uint64_t)1 << k);
}

/* ---- words -------------------------------------------------------------- */

/* Spell word number r into `out`; its length. */
static size_t
spell(char *out, uint64_t r)
{
    static const char *const onset[] = {
        "b", "c", "d",  "z",  "g",  "h",  "l",  "m",  "n",  "p", "r", "s",
        "t", "v", "st", "tr", "br", "pl", "ch", "sh", "gr", "k", "w", ""};
    static const char *const nucleus[] = {"a", "e",  "i",  "o",
                                          "u", "ai", "ea", "ou"};
    static const char *const coda[] = {"",  "",  "",   "n",  "r", "l",
                                       "t", "s", "nd", "st", "m", "k"};
    uint64_t h = mix(r * 2 + 1);
    unsigned syllables = 1, bits = 0;
    size_t len = 0;

    for (uint64_t x = r; x > 0; x >>= 1)
        bits++;
    syllables += bits > 7;
    syllables += bits > 13 && (h & 1);
    for (unsigned i = 0; i < syllables && len < WORD_MAX - 20; i++) {
        len += (size_t)snprintf(out + len, 8, "%s%s%s", onset[h % 24],
                                nucleus[h / 24 % 8],
                                i + 1 == syllables ? coda[h / 192 % 12] : "");
        h = mix(h);
    }
    return len;
}

static size_t
inflect(char *out, size_t len, uint64_t dice)
{
    static const char *const ending[] = {"s",   "s",   "s",  "ed", "ed",
                                         "ing", "ing", "er", "ly", "'s"};

    if (dice % 100 >= 34)
        return len;
    return len + (size_t)snprintf(out + len, 8, "%s", ending[dice / 100 % 10]);
}

/* ---- an article --------------------------------------------------------- */

struct text {
    char *s;
    size_t len, cap;
};

struct article {
    struct text title, body;
    uint64_t number, topic;
    long long day;
};

static void
append(struct text *t, const char *s, size_t len)
{
    if (t->len + len + 1 > t->cap) {
        t->cap = (t->len + len + 1) * 2;
        t->s = realloc(t->s, t->cap);
        if (!t->s) {
            fputs("generate: out of memory\n", stderr);
            exit(71);
        }
    }
    memcpy(t->s + t->len, s, len);
    t->len += len;
    t->s[t->len] = '\0';
}

struct writer {
    uint64_t state, topic, number;
    uint64_t used[USED_MAX];
    size_t used_n;
};

static uint64_t
content_word(struct writer *w)
{
    uint64_t dice = below(&w->state, 1000), r;

    if (dice < 200 && w->used_n > 0)
        return w->used[below(&w->state, w->used_n)];
    if (dice < 600)
        r = 1 + mix(w->topic << 32 | zipf(&w->state, 8)) % (1 << OCTAVES);
    else if (dice < 998)
        r = zipf(&w->state, OCTAVES);
    else
        r = ((uint64_t)1 << 40) + w->number * 64 + below(&w->state, 64);
    if (w->used_n < USED_MAX)
        w->used[w->used_n++] = r;
    return r;
}

/* The sum of all weights. */
static uint64_t
function_total(void)
{
    static uint64_t total;

    if (total == 0)
        for (size_t i = 0; i < FUNCTION_N; i++)
            total += function[i].weight;
    return total;
}

/* The next word into `out`, with a capital if it begins a sentence. */
static size_t
next_word(struct writer *w, char *out, bool capital)
{
    uint64_t dice = below(&w->state, 1000);
    size_t len;

    if (dice < 440) {
        uint64_t at = below(&w->state, function_total());
        size_t i = 0;

        while (at >= function[i].weight)
            at -= function[i++].weight;
        len = strlen(function[i].word);
        memcpy(out, function[i].word, len);
    } else if (dice < 465) {
        len = (size_t)snprintf(out, WORD_MAX, "%u",
                               (unsigned)zipf(&w->state, 14));
    } else {
        uint64_t r = content_word(w);

        len = spell(out, r);
        if (r >> 40 || mix(r) % 9 == 0)
            capital = true; /* a name */
        else
            len = inflect(out, len, draw(&w->state) >> 8);
    }
    if (capital && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    return len;
}

static unsigned
article_length(uint64_t *state)
{
    static const unsigned step[] = {256, 279, 304, 332, 362, 395, 431, 470};
    unsigned x = 0;

    for (int i = 0; i < 3; i++)
        x += (unsigned)below(state, 18);
    return 32 * step[x % 8] / 256 << x / 8;
}

static void
write_body(struct writer *w, struct text *body)
{
    unsigned words = article_length(&w->state), in_sentence = 0, sentences = 0;
    unsigned sentence = 8 + (unsigned)below(&w->state, 24);
    char word[WORD_MAX];

    for (unsigned i = 0; i < words; i++) {
        size_t len = next_word(w, word, in_sentence == 0);

        append(body, word, len);
        if (++in_sentence < sentence && i + 1 < words) {
            if (below(&w->state, 100) < 6)
                append(body, ",", 1);
            append(body, " ", 1);
            continue;
        }
        append(body, ".", 1);
        if (i + 1 == words)
            break;
        if (++sentences % 3 == 0)
            append(body, "\n\n", 2);
        else
            append(body, " ", 1);
        in_sentence = 0;
        sentence = 8 + (unsigned)below(&w->state, 24);
    }
}

static void
write_title(struct writer *w, struct text *title)
{
    unsigned words = 4 + (unsigned)below(&w->state, 6);
    char word[WORD_MAX];

    for (unsigned i = 0; i < words; i++) {
        size_t len;

        if (w->used_n == 0 || below(&w->state, 4) == 0)
            len = next_word(w, word, i == 0);
        else
            len = spell(word, w->used[below(&w->state, w->used_n)]);
        if (i == 0 && word[0] >= 'a' && word[0] <= 'z')
            word[0] = (char)(word[0] - 'a' + 'A');
        append(title, word, len);
        if (i + 1 < words)
            append(title, " ", 1);
    }
}

static void
make_article(struct article *a, const struct options *o, uint64_t number)
{
    static struct writer w;
    uint64_t own = mix(o->seed << 32 ^ number), text_of = number;

    a->number = number;
    a->day = (long long)(number * o->days / o->articles);
    if (number > RECENT && own % 100 < 2)
        text_of = number - 1 - own / 100 % (RECENT - 1);
    w.state = mix(o->seed << 32 ^ text_of) ^ 0x5DEECE66Du;
    w.number = text_of;
    w.used_n = 0;
    w.topic =
        (zipf(&w.state, 9) + text_of * o->days / o->articles / 30) % TOPICS;
    a->topic = w.topic;
    a->title.len = a->body.len = 0;
    write_body(&w, &a->body);
    w.state ^= own;
    write_title(&w, &a->title);
}

/* ---- output ------------------------------------------------------------- */

static void
print_date(char out[16], long long day, const char *format)
{
    /* Days from 1990-01-01, by the calendar of H. Hinnant. */
    long long z = day + 7305 + 719468, era = z / 146097, doe = z % 146097;
    long long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long long mp = (5 * doy + 2) / 153, m = mp < 10 ? mp + 3 : mp - 9;

    snprintf(out, 16, format, (int)(yoe + era * 400 + (m <= 2)) % 10000,
             (int)m % 100, (int)(doy - (153 * mp + 2) / 5 + 1) % 100);
}

static void
print_json_text(FILE *f, const struct text *t)
{
    const char *s = t->s, *end = t->s + t->len;

    while (s < end) {
        size_t n = strcspn(s, "\n");

        fwrite(s, 1, n, f);
        s += n;
        if (s < end) {
            fputs("\\n", f);
            s++;
        }
    }
}

static void
print_article(FILE *f, const struct options *o, const struct article *a)
{
    const char *section = sections[a->topic % 8];
    const char *source = sources[mix(a->number) % 4];
    char date[16];

    print_date(date, a->day, "%04d-%02d-%02d");
    if (o->format == JSONL) {
        fprintf(f,
                "{\"id\": \"gen-%" PRIu64 "-%07" PRIu64
                "\", \"date\": \"%s\", "
                "\"section\": \"%s\", \"title\": \"",
                o->seed, a->number, date, section);
        print_json_text(f, &a->title);
        fputs("\", \"body\": \"", f);
        print_json_text(f, &a->body);
        fprintf(f, "\", \"source\": \"%s\", \"lang\": \"en\"}\n", source);
    } else if (o->format == TEXT) {
        fprintf(f, "%s\n\n%s\n\n%s\nSource: %s\n", section, a->title.s,
                a->body.s, source);
    } else {
        fprintf(
            f,
            "<REUTERS NEWID=\"gen-%" PRIu64 "-%07" PRIu64
            "\">\n<DATE>%s</DATE>\n"
            "<TOPICS></TOPICS>\n<PLACES></PLACES>\n<TEXT>&#2;\n"
            "<TITLE>%s</TITLE>\n<BODY>%s\n&#3;</BODY></TEXT>\n</REUTERS>\n",
            o->seed, a->number, date, a->title.s, a->body.s);
    }
}

static int
fail(const char *what, const char *path)
{
    fprintf(stderr, "generate: cannot %s '%s': %s\n", what, path,
            strerror(errno));
    return 74;
}

static int
run(const struct options *o)
{
    static struct article a;
    char path[4096];

    if (!o->out && o->format == SGML)
        puts("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">");
    for (uint64_t i = 1; i <= o->articles; i++) {
        FILE *f = stdout;

        make_article(&a, o, i);
        if (o->out) {
            snprintf(path, sizeof path, "%s/%07" PRIu64 ".txt", o->out, i);
            f = fopen(path, "w");
            if (!f)
                return fail("create", path);
        }
        print_article(f, o, &a);
        if (o->out && fclose(f) != 0)
            return fail("write", path);
        if (ferror(stdout))
            break;
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        return fail("write", "stdout");
    free(a.title.s);
    free(a.body.s);
    return 0;
}

/* ---- the command line --------------------------------------------------- */

static bool
number_option(const char *arg, const char *name, uint64_t *out)
{
    size_t len = strlen(name);
    char *end;

    if (strncmp(arg, name, len) != 0 || arg[len] == '-' || !arg[len])
        return false;
    *out = strtoull(arg + len, &end, 10);
    return *end == '\0';
}

int
main(int argc, char **argv)
{
    static const char *const names[] = {"jsonl", "text", "sgml"};
    struct options o = {.seed = 1, .articles = 1000, .days = 3650};

    for (int i = 1; i < argc; i++) {
        bool known = number_option(argv[i], "--seed=", &o.seed) ||
                     number_option(argv[i], "--articles=", &o.articles) ||
                     number_option(argv[i], "--days=", &o.days);

        for (int f = 0; f < 3 && !known; f++)
            if (strncmp(argv[i], "--format=", 9) == 0 &&
                strcmp(argv[i] + 9, names[f]) == 0) {
                o.format = (enum format)f;
                known = true;
            }
        if (!known && strncmp(argv[i], "--out=", 6) == 0) {
            o.out = argv[i] + 6;
            known = true;
        }
        if (!known || o.days > 73000) {
            fputs("usage: generate [--seed=N] [--articles=N] [--days=N]\n"
                  "                [--format=jsonl|text|sgml] [--out=DIR]\n",
                  stderr);
            return 64;
        }
    }
    if (o.out)
        o.format = TEXT;
    return run(&o);
}
