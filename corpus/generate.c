/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * generate.c - any number of articles that behave as news does in an index
 *
 *     generate [--seed=N] [--articles=N] [--format=jsonl|text|sgml]
 *              [--days=N] [--out=DIR]
 *
 * The words mean nothing; how often they come, come again and come together
 * is that of news.  The same options give the same bytes on every machine:
 * all arithmetic is of integers.  Memory does not grow with the articles.
 *
 * Kinds.  A sentence is a walk over kinds of words (article, preposition,
 * noun, name ...), a Markov chain with the rows of `follows`.  It has 4 words
 * and a sum of 5 even draws of 0 to 6 at least, and ends with a noun, name or
 * number: 21 words on average.
 *
 * Common words.  About 256 English words take half of all places, by the
 * frequencies of `common`: "the" has 6 % of all words.
 *
 * Lexemes.  The other places of nouns, verbs and adjectives go to invented
 * lexemes.  That of rank r = 0, 1, 2 ... is drawn with
 *
 *     p(r) ~ 1 / ((r + 40) * (r + 2500))
 *
 * (Zipf-Mandelbrot, steeper at the end) to r = 2^36, so that new words keep
 * coming (Heaps; with all their endings and names, types ~ words^0.56).
 * Ranks below EACH are drawn each by itself, higher ones by buckets of a
 * sixteenth of a power of two.  Of 8 ranks in a row 5 are nouns, 2 verbs and 1
 * an adjective; a word is its lexeme with an English ending (s, 's, ed, ing,
 * er, ly).  Spelling is a hash of the rank, the same for all seeds, with more
 * syllables for higher ranks; now and then two are alike.
 *
 * Bursts.  A lexeme of an article is, by SHARE_AGAIN of 256, one it had
 * already, each use being as likely (Simon), by SHARE_TOPIC one of its topic,
 * else any.  A topic has 128 words, the i-th with p(i) ~ 1 / (i + 2), whose
 * ranks are even in log2 from 2^4 to 2^13.  A story has a cast of 8, who have
 * 60 % of its names: five people, two places, one body.
 *
 * Time.  Half of the articles are of one of 16 running stories, each of which
 * lasts 7 to 52 days and is followed by one of another topic; the others are
 * of a topic with p(t) ~ 1 / (t + 8), with a cast for each month.  Article i
 * of N is of day i * days / N from 2005 on, 3 of 100 of up to 30 days before.
 *
 * Lengths.  Words of an article are 240 times 10 factors, each even between
 * 0.68 and 1.36, which is about log-normal (sigma 0.63), cut to 30 to 3,000,
 * and what is left of a paragraph.
 *
 * Copies.  2 of 100 repeat one of the last 31 articles under another source,
 * without its last paragraph or with one more.
 *
 * The headline is made of the article's own words.  jsonl goes to standard
 * output or one file in DIR, sgml to standard output or 1,000 articles a file,
 * text, which needs DIR, an article a file.  A file is named as its first
 * article, and the id of article i is gen-SEED-i.
 *
 * Exit status: 0, 64 usage, 73 cannot create, 74 cannot write.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- numbers ------------------------------------------------------------ */

static uint64_t
mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static uint64_t
mix2(uint64_t a, uint64_t b)
{
    return mix(mix(a + 0x9E3779B97F4A7C15u) + b * 0xD1342543DE82EF95u);
}

static uint64_t rng_state;

/* 64 random bits (splitmix64). */
static uint64_t
rng(void)
{
    rng_state += 0x9E3779B97F4A7C15u;
    return mix(rng_state);
}

/* Less than n, which is below 2^32. */
static uint32_t
below(uint32_t n)
{
    return (uint32_t)((rng() >> 32) * n >> 32);
}

/* ---- draws by weight ---------------------------------------------------- */

enum {
    EACH_LOG = 14,
    EACH = 1 << EACH_LOG, /* lexemes that are drawn each by itself */
    STEPS = 16,           /* buckets of higher ones, in a power of two */
    RANK_LOG_MAX = 36,
    BUCKETS = (RANK_LOG_MAX - EACH_LOG) * STEPS,
    SLOTS = EACH + BUCKETS + 4096 /* those and all smaller tables */
};

/* An alias table. */
struct slot {
    uint32_t cut, other;
};
struct dist {
    uint32_t n;
    const struct slot *slot;
};

static struct slot slots[SLOTS];
static uint32_t slots_n;

/* The weights must sum up to less than 2^31. */
static struct dist
dist_make(const uint32_t *weight, uint32_t n)
{
    static uint64_t rest[EACH + BUCKETS];
    static uint32_t small[EACH + BUCKETS], large[EACH + BUCKETS];
    struct slot *s = slots + slots_n;
    uint32_t small_n = 0, large_n = 0;
    uint64_t sum = 0;

    slots_n += n;
    for (uint32_t i = 0; i < n; i++)
        sum += weight[i];
    for (uint32_t i = 0; i < n; i++) {
        rest[i] = (uint64_t)weight[i] * n;
        s[i] = (struct slot){1u << 24, i};
        if (rest[i] < sum)
            small[small_n++] = i;
        else
            large[large_n++] = i;
    }
    while (small_n > 0 && large_n > 0) {
        uint32_t a = small[--small_n], b = large[large_n - 1];

        s[a] = (struct slot){(uint32_t)((rest[a] << 24) / sum), b};
        rest[b] -= sum - rest[a];
        if (rest[b] < sum) {
            large_n--;
            small[small_n++] = b;
        }
    }
    return (struct dist){n, s};
}

static uint32_t
draw(const struct dist *d)
{
    uint64_t x = rng();
    uint32_t i = (uint32_t)((x >> 32) * d->n >> 32);
    const struct slot *s = d->slot + i;

    return (x & 0xFFFFFF) < s->cut ? i : s->other;
}

/* ---- words -------------------------------------------------------------- */

enum kind { DET, PREP, CONJ, AUX, PRON, ADV, NOUN, VERB, ADJ, NAME, NUM };
enum { KINDS = NUM + 1 };

/* The common words of a kind and how many there are of 100,000 words. */
static const char *const common[KINDS] = {
    [DET] =
        "the 5900 a 2150 its 470 an 360 his 360 their 300 this 310 all 190 "
        "some 160 these 80 no 150 any 110 her 120 our 90 my 60 many 80 "
        "another 60 each 45 those 70 both 60 your 40 every 40 several 40 "
        "such 50 much 45 few 30",
    [PREP] =
        "of 2550 to 2650 in 2050 for 1020 on 850 with 650 at 540 by 560 "
        "from 460 as 590 about 190 into 130 over 130 after 170 against 90 "
        "between 70 under 65 during 70 before 80 through 65 without 45 "
        "within 30 since 60 until 40 among 35 across 30 around 40 like 60 "
        "despite 25 per 35",
    [CONJ] =
        "and 2250 that 900 but 480 or 200 if 140 when 150 because 90 "
        "than 150 which 260 while 90 whether 30 although 30 so 70 where 65 "
        "though 25",
    [AUX] = "is 880 was 700 be 640 has 570 have 500 are 490 will 500 were 300 "
            "had 340 would 310 been 300 could 180 can 170 may 110 should 90 "
            "must 40 might 50 did 60 does 50 do 100 being 80 don't 40",
    [PRON] = "it 780 he 620 they 330 i 300 we 250 who 250 you 150 she 100 "
             "there 180 what 110 them 110 him 70 us 60 one 130 me 45",
    [ADV] =
        "not 390 also 160 more 230 up 220 out 190 now 100 only 110 just 100 "
        "then 60 still 75 very 50 even 65 however 60 most 95 back 80 "
        "down 80 off 60 already 40 again 50 well 65 here 40 too 45 never 35 "
        "often 20 later 40 far 35 always 25 almost 20 ago 25 yesterday 30 "
        "today 35",
    [NOUN] =
        "year 190 people 140 years 120 time 110 government 110 world 85 "
        "company 80 week 60 market 65 percent 120 million 100 month 45 "
        "country 60 state 55 day 60 way 50 minister 60 president 60 "
        "party 55 police 50 home 45 group 50 months 40 number 35 part 40 "
        "business 40 work 40 public 30 plans 30 men 25 children 25 deal 30 "
        "end 45 city 40 report 35 members 25 case 30 election 30 court 25 "
        "bank 40 prices 35 sales 35 growth 30 season 25 game 35 team 35 "
        "Monday 25 Tuesday 25 Wednesday 25 Thursday 25 Friday 25 "
        "Saturday 18 Sunday 18",
    [VERB] =
        "said 650 made 70 make 65 told 75 take 50 says 60 get 50 added 55 "
        "set 45 expected 45 going 45 go 40 see 40 used 35 put 30 come 35 "
        "called 25 want 25 took 25 given 20 left 25 found 25 held 22 "
        "came 25 won 25 say 35 got 22 need 25 think 30 help 30 use 25",
    [ADJ] =
        "new 190 last 140 first 140 other 100 two 130 three 70 next 60 "
        "good 45 high 40 own 55 four 40 big 40 former 35 second 40 five 35 "
        "best 45 top 40 long 35 major 30 local 30 national 30 early 25 "
        "late 22 foreign 22 general 22 six 28 little 25 old 22 political 22 "
        "great 25 half 22 final 22 international 25",
};

/* How often, of 256, a place of the kind goes to one of its common words. */
static const uint32_t common_share[KINDS] = {
    [DET] = 256, [PREP] = 256, [CONJ] = 256, [AUX] = 256, [PRON] = 256,
    [ADV] = 200, [NOUN] = 32,  [VERB] = 56,  [ADJ] = 92};

/* What follows on a word of a kind; the last row begins a sentence. */
static const uint32_t follows[KINDS + 1][KINDS] = {
    /* DET PREP CONJ AUX PRON ADV NOUN VERB ADJ NAME NUM */
    [DET] = {0, 0, 0, 0, 0, 8, 560, 10, 300, 60, 30},
    [PREP] = {360, 0, 6, 0, 26, 8, 230, 60, 130, 130, 50},
    [CONJ] = {190, 50, 0, 50, 170, 50, 170, 100, 90, 110, 20},
    [AUX] = {130, 70, 0, 110, 10, 120, 50, 390, 110, 10, 10},
    [PRON] = {10, 30, 10, 390, 0, 50, 10, 490, 10, 0, 0},
    [ADV] = {100, 190, 50, 60, 60, 40, 80, 250, 120, 30, 20},
    [NOUN] = {20, 360, 110, 130, 40, 40, 130, 140, 10, 10, 10},
    [VERB] = {260, 240, 40, 10, 60, 70, 130, 20, 100, 50, 20},
    [ADJ] = {0, 60, 40, 0, 0, 10, 800, 10, 70, 10, 0},
    [NAME] = {20, 150, 130, 180, 20, 20, 160, 270, 10, 20, 20},
    [NUM] = {0, 160, 60, 10, 0, 10, 670, 10, 80, 0, 0},
    [KINDS] = {290, 130, 50, 0, 180, 50, 80, 0, 70, 140, 10},
};

enum {
    SHARE_AGAIN = 72,
    SHARE_TOPIC = 120,
    TOPICS = 300,
    TOPIC_WORDS = 128,
    STORIES = 16,
    CAST = 8,
    COMMON_MAX = 72 /* words of a kind */
};

/* A word, with NUL behind it. */
struct word {
    uint8_t len;
    char s[31];
};

static struct word common_word[KINDS][COMMON_MAX];
static struct dist common_dist[KINDS], follows_dist[KINDS + 1];
static struct dist lexeme_dist, topic_dist, topic_word_dist;

static void
word_add(struct word *w, const char *s)
{
    while (*s && w->len < sizeof w->s - 1)
        w->s[w->len++] = *s++;
    w->s[w->len] = '\0';
}

/* Write a word of so many syllables; `h` decides which. */
static void
spell(struct word *w, uint64_t h, unsigned syllables)
{
    static const char onset[32][3] = {
        "b",  "c", "d", "f",  "g",  "h",  "l",  "m",  "n",  "p", "r",
        "s",  "t", "v", "w",  "j",  "k",  "st", "tr", "pr", "b", "d",
        "cl", "m", "r", "ch", "sh", "th", "l",  "t",  "s",  ""};
    static const char nucleus[16][3] = {"a", "e",  "i",  "o", "u", "a",
                                        "e", "i",  "o",  "e", "a", "i",
                                        "o", "ea", "ou", "ai"};
    static const char inner[16][3] = {"", "", "", "", "",  "",  "",  "",
                                      "", "", "", "", "n", "r", "l", "s"};
    static const char final[32][5] = {
        "n", "t",  "r", "l",  "m",  "d",  "ck", "nd",   "nt",  "st", "rt",
        "p", "g",  "k", "te", "ne", "re", "ve", "ce",   "nce", "ty", "ry",
        "y", "sh", "b", "ld", "ng", "th", "l",  "tion", "n",   "r"};

    w->len = 0;
    while (syllables-- > 0) {
        word_add(w, onset[h & 31]);
        word_add(w, nucleus[h >> 5 & 15]);
        word_add(w, syllables ? inner[h >> 9 & 15] : final[h >> 9 & 31]);
        h >>= 14;
    }
}

static void
spell_lexeme(struct word *w, uint64_t rank)
{
    uint32_t one = rank < 400 ? 12 : rank < 3000 ? 8 : rank < 20000 ? 3 : 1;
    uint64_t h = mix(rank + 0x6D6F72677565u), u = h & 15;

    spell(w, h >> 4, u < one ? 1 : u < 14 ? 2 : 3);
}

/* A name; names are words of their own. */
static void
spell_name(struct word *w, uint64_t number)
{
    uint64_t h = mix(number + 0x6E616D65u);

    spell(w, h >> 3, (h & 7) < 5 ? 2 : 3);
    w->s[0] = (char)(w->s[0] >= 'a' ? w->s[0] - 'a' + 'A' : w->s[0]);
}

/* Give a word an ending, as English spells it. */
static void
inflect(struct word *w, const char *ending)
{
    char last = w->s[w->len - 1], before = w->len > 1 ? w->s[w->len - 2] : 'a';
    bool sibilant = last == 's' || (last == 'h' && strchr("cs", before));

    if (last == 'y' && ending[0] != '\'' && ending[0] != 'i' &&
        !strchr("aeou", before)) {
        w->s[w->len - 1] = 'i';
        if (ending[0] == 's')
            ending = "es";
    } else if (ending[0] == 's' && sibilant) {
        ending = "es";
    } else if (last == 'e' && (ending[0] == 'e' || ending[0] == 'i')) {
        w->len--;
    }
    word_add(w, ending);
}

static void
read_common(void)
{
    uint32_t weight[COMMON_MAX], n;
    char *end;

    for (int k = 0; k < NAME; k++) {
        const char *s = common[k];

        for (n = 0; *s; n++) {
            size_t len = strcspn(s, " ");

            common_word[k][n].len = (uint8_t)len;
            memcpy(common_word[k][n].s, s, len);
            weight[n] = (uint32_t)strtoul(s + len, &end, 10);
            s = end + (*end == ' ');
        }
        common_dist[k] = dist_make(weight, n);
    }
}

/* The ranks that a draw of lexeme_dist stands for. */
static void
bucket(uint32_t i, uint64_t *first, uint64_t *width)
{
    uint32_t step = i - EACH, power = EACH_LOG + step / STEPS;

    *first = i;
    *width = 1;
    if (i >= EACH) {
        *width = ((uint64_t)1 << power) / STEPS;
        *first = ((uint64_t)1 << power) + step % STEPS * *width;
    }
}

static void
make_tables(void)
{
    const uint64_t q = 40, r = 2500, one = (1 << 22) * q * r;
    static uint32_t weight[EACH + BUCKETS];
    uint64_t at, width;

    read_common();
    for (int k = 0; k <= KINDS; k++)
        follows_dist[k] = dist_make(follows[k], KINDS);
    for (uint32_t i = 0; i < TOPICS; i++)
        weight[i] = 1000000 / (i + 8);
    topic_dist = dist_make(weight, TOPICS);
    for (uint32_t i = 0; i < TOPIC_WORDS; i++)
        weight[i] = 1000000 / (i + 2);
    topic_word_dist = dist_make(weight, TOPIC_WORDS);
    for (uint32_t i = 0; i < EACH + BUCKETS; i++) {
        bucket(i, &at, &width);
        at += width / 2;
        weight[i] = (uint32_t)(one / (at + q) * width / (at + r));
    }
    lexeme_dist = dist_make(weight, EACH + BUCKETS);
}

/* ---- an article --------------------------------------------------------- */

enum {
    TEXT_MAX = 65536,
    WORDS_MAX = 3000,
    USED_MAX = 512,
    FIRST_DAY = 12784, /* 2005-01-01, in days since 1970 */
    PLACES = 3000,
    FIRST_NAMES = PLACES, /* where the numbers of names begin */
    LAST_NAMES = PLACES + 400
};

struct text {
    size_t len;
    char s[TEXT_MAX]; /* with NUL behind it */
};

struct article {
    char id[32];
    int year, month, day;
    uint32_t minute, topic, source, words;
    uint64_t cast;              /* what its cast is made from */
    uint32_t mentioned;         /* a bit for each of them */
    uint32_t used_n[3];         /* of its nouns, verbs and adjectives, */
    uint64_t used[3][USED_MAX]; /* with repetitions */
    struct word place, author[2];
    struct text title, body;
};

static struct {
    uint64_t seed, articles, days;
    const char *folder;
} options = {1, 1000, 3650, NULL};

static void
put(struct text *t, const char *s)
{
    size_t len = strlen(s);

    if (len < TEXT_MAX - t->len) {
        memcpy(t->s + t->len, s, len + 1);
        t->len += len;
    }
}

static void
put_name(struct text *t, uint64_t number)
{
    struct word w;

    spell_name(&w, number);
    put(t, w.s);
}

/* Let what begins at `from` begin with a capital. */
static void
capitalise(struct text *t, size_t from)
{
    if (t->s[from] >= 'a' && t->s[from] <= 'z')
        t->s[from] = (char)(t->s[from] - 'a' + 'A');
}

static uint64_t
any_lexeme(void)
{
    uint64_t first, width;

    bucket(draw(&lexeme_dist), &first, &width);
    return width > 1 ? first + (rng() >> 8) % width : first;
}

static uint64_t
topic_lexeme(uint32_t topic)
{
    uint32_t i = topic * TOPIC_WORDS + draw(&topic_word_dist);
    uint64_t h = mix2(options.seed, i);
    uint64_t power = (uint64_t)1 << (4 + (h & 0xFF) % 9);

    return power + (h >> 8) % power;
}

/* A lexeme for a noun, verb or adjective of the article. */
static uint64_t
pick_lexeme(struct article *a, enum kind kind)
{
    uint32_t c = kind - NOUN, u = rng() & 0xFF;
    uint64_t r, low;

    if (u < SHARE_AGAIN && a->used_n[c] > 0) {
        r = a->used[c][below(a->used_n[c])];
    } else {
        r = u < SHARE_AGAIN + SHARE_TOPIC ? topic_lexeme(a->topic)
                                          : any_lexeme();
        low = r % 8;
        r -= low;
        r += kind == NOUN ? low % 5 : kind == VERB ? 5 + low % 2 : 7;
    }
    if (a->used_n[c] < USED_MAX)
        a->used[c][a->used_n[c]++] = r;
    return r;
}

/* ---- words of a sentence ------------------------------------------------ */

/* A lexeme with one of the endings of its kind. */
static void
put_content(struct article *a, enum kind kind)
{
    static const char *const endings[3][16] = {
        {"s", "s", "s", "s", "s", "'s", "", "", "", "", "", "", "", "", "",
         ""},
        {"s", "s", "ed", "ed", "ed", "ed", "ed", "ing", "ing", "ing", "ing",
         "er", "", "", "", ""},
        {"ly", "ly", "er", "", "", "", "", "", "", "", "", "", "", "", "",
         ""}};
    const char *ending = kind == ADV ? "ly" : endings[kind - NOUN][rng() & 15];
    struct word w;

    spell_lexeme(&w, pick_lexeme(a, kind == ADV ? ADJ : kind));
    inflect(&w, ending);
    put(&a->body, w.s);
}

/* One of the cast; the people by first name too where they come first. */
static void
put_cast(struct text *t, struct article *a, uint32_t i)
{
    uint64_t h = mix2(a->cast, i);
    bool known = t == &a->title || (a->mentioned >> i & 1);
    char letters[5] = "";

    a->mentioned |= 1u << i;
    a->words++;
    if (i == 5) {
        for (uint64_t k = 0; k < 3 + h % 2; k++)
            letters[k] = (char)('A' + (h >> 8 * k) % 26);
        put(t, letters);
    } else if (i == 3 || i == 7) {
        put_name(t, h % PLACES);
    } else {
        if (!known) {
            put_name(t, FIRST_NAMES + h % 400);
            put(t, " ");
        } else if (t == &a->body && below(4) == 0) {
            put(t, "Mr ");
        }
        put_name(t, LAST_NAMES + (h >> 16));
    }
}

static void
put_any_name(struct article *a)
{
    uint32_t u = below(100);

    if (u < 60) {
        put_cast(&a->body, a, below(1 + below(CAST)));
    } else if (u < 91) {
        put_name(&a->body, below(1 + below(PLACES)));
    } else {
        put_name(&a->body, FIRST_NAMES + below(400));
        put(&a->body, " ");
        put_name(&a->body, LAST_NAMES + any_lexeme());
    }
    if (below(16) == 0)
        put(&a->body, "'s");
}

static void
put_number(struct article *a)
{
    unsigned n = 1 + below(1 + below(998)), tenth = below(10), u = below(7);
    char s[48];

    if (u == 0)
        snprintf(s, sizeof s, "%d", a->year - (int)below(1 + below(20)));
    else if (u == 1)
        snprintf(s, sizeof s, "%u,%03u", n, tenth * 50);
    else if (u == 2)
        snprintf(s, sizeof s, "%u.%u%%", n / 20, tenth);
    else if (u == 3)
        snprintf(s, sizeof s, "$%u%s", n, tenth < 7 ? "m" : "bn");
    else
        snprintf(s, sizeof s, "%u", n / 10 + 2);
    put(&a->body, s);
}

static void
put_token(struct article *a, enum kind kind)
{
    a->words++;
    if (kind == NAME)
        put_any_name(a);
    else if (kind == NUM)
        put_number(a);
    else if ((rng() & 0xFF) < common_share[kind])
        put(&a->body, common_word[kind][draw(&common_dist[kind])].s);
    else
        put_content(a, kind);
}

/* ---- sentences ---------------------------------------------------------- */

static void
clause(struct article *a)
{
    uint32_t words = 4, row = KINDS, kind, n;
    size_t from = a->body.len;

    for (int i = 0; i < 5; i++)
        words += below(7);
    for (n = 0;; n++) {
        kind = draw(&follows_dist[row]);
        if (kind == CONJ && n > 4 && below(4) == 0)
            put(&a->body, ",");
        if (kind == NOUN && row == NOUN && below(24) == 0)
            put(&a->body, "-");
        else if (n > 0)
            put(&a->body, " ");
        put_token(a, (enum kind)kind);
        row = kind;
        if (n >= words && (kind == NOUN || kind >= NAME))
            break;
    }
    capitalise(&a->body, from);
}

static void
paragraph(struct article *a)
{
    put(&a->body, a->body.len > 0 ? "\n\n" : "");
    for (uint32_t n = 1 + below(3); n > 0; n--) {
        bool quoted = below(7) == 0;

        put(&a->body, quoted ? "\xE2\x80\x9C" : "");
        clause(a);
        if (quoted) {
            put(&a->body, ",\xE2\x80\x9D ");
            put_cast(&a->body, a, below(3));
            put(&a->body, " said");
        }
        put(&a->body, n > 1 ? ". " : ".");
    }
}

/* A line of the article's own words, one of the cast (M) and prepositions. */
static void
headline(struct article *a)
{
    static const char *const patterns[8] = {"MVNPN",  "NNVPM",  "MPJNVN",
                                            "NVJNPN", "JNVNPM", "NPNVN",
                                            "NPMVN",  "MNVJNPN"};
    static const char *const prepositions[4] = {"in", "of", "for", "over"};
    static const char own[] = "NVJ";
    struct word w;
    uint32_t i = below(5), c, n;

    for (const char *p = patterns[below(8)]; *p; p++, i++) {
        put(&a->title, a->title.len > 0 ? " " : "");
        if (strchr(own, *p)) {
            c = (uint32_t)(strchr(own, *p) - own);
            n = a->used_n[c];
            spell_lexeme(&w, n ? a->used[c][i % n] : pick_lexeme(a, NOUN + c));
            inflect(&w, c == 1 || (c == 0 && below(3) == 0) ? "s" : "");
            put(&a->title, w.s);
        } else if (*p == 'M') {
            put_cast(&a->title, a, below(4));
        } else {
            put(&a->title, prepositions[below(4)]);
        }
    }
    capitalise(&a->title, 0);
}

/* ---- articles ----------------------------------------------------------- */

enum { RING = 32, SOURCES = 8 };

static const char *const sources[SOURCES] = {
    "The Morning Ledger", "Coast and Country", "Union Press Agency",
    "The Evening Signal", "Northern Mercury",  "The Harbour Times",
    "Weekly Beacon",      "The Provincial"};

static const char *const sections[12] = {
    "Politics", "Business", "World",   "Sport",  "News",    "Business",
    "Sport",    "Culture",  "Science", "Health", "Opinion", "Technology"};

/* The calendar date of a day since 1970. */
static void
calendar(struct article *a, uint32_t since_1970)
{
    uint32_t z = since_1970 + 719468, doe = z % 146097;
    uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    uint32_t month = (5 * doy + 2) / 153;

    a->day = (int)(doy - (153 * month + 2) / 5 + 1);
    a->month = (int)(month < 10 ? month + 3 : month - 9);
    a->year = (int)(yoe + z / 146097 * 400 + (a->month <= 2));
}

static void
choose_story(struct article *a, uint64_t day)
{
    uint32_t k = below(1 + below(STORIES));
    uint64_t h =
        mix2(options.seed + 1, ((day + k * 5) / (7 + k * 3) << 8) + k);

    a->topic = (uint32_t)(h % TOPICS);
    a->cast = h;
    if (below(2)) {
        a->topic = draw(&topic_dist);
        a->cast = mix2(options.seed + 2, (day / 30 << 16) + a->topic);
    }
    spell_name(&a->place, mix2(a->cast, 3) % PLACES);
}

static uint32_t
choose_length(void)
{
    uint32_t n = 240 << 8;

    for (int i = 0; i < 10; i++)
        n = n / 1030 * (700 + below(701));
    n >>= 8;
    return n < 30 ? 30 : n > WORDS_MAX ? WORDS_MAX : n;
}

/* Make `a` a copy of another article, with an end of its own. */
static void
copy_article(struct article *a, const struct article *from)
{
    size_t cut = from->body.len;

    a->topic = from->topic;
    a->cast = from->cast;
    a->place = from->place;
    a->mentioned = from->mentioned;
    a->source = (from->source + 1 + below(SOURCES - 1)) % SOURCES;
    put(&a->title, from->title.s);
    put(&a->body, from->body.s);
    while (cut > 0 && a->body.s[cut - 1] != '\n')
        cut--;
    if (cut > 2 && below(2))
        a->body.s[a->body.len = cut - 2] = '\0';
    else
        paragraph(a);
}

/* Article i, from 0, into its place of the ring. */
static const struct article *
next_article(uint64_t i)
{
    static struct article ring[RING];
    struct article *a = &ring[i % RING];
    uint64_t back, day = i * options.days / options.articles, h;
    uint32_t words;

    rng_state = mix2(options.seed, i);
    back = below(100) < 3 ? below(31) : 0;
    day = back < day ? day - back : 0;
    calendar(a, FIRST_DAY + (uint32_t)day);
    a->minute = 300 + below(1140);
    a->source = below(1 + below(SOURCES));
    snprintf(a->id, sizeof a->id, "gen-%" PRIu64 "-%06" PRIu64, options.seed,
             i + 1);
    h = mix2(a->source, below(40));
    spell_name(&a->author[0], FIRST_NAMES + h % 400);
    spell_name(&a->author[1], LAST_NAMES + (h >> 16));
    a->mentioned = 0;
    a->words = a->used_n[0] = a->used_n[1] = a->used_n[2] = 0;
    a->title.len = a->body.len = 0;
    if (i >= RING && below(100) < 2) {
        copy_article(a, &ring[(i + 1 + below(RING - 1)) % RING]);
        return a;
    }
    choose_story(a, day);
    for (words = choose_length(); a->words < words;)
        paragraph(a);
    headline(a);
    return a;
}

/* ---- formats ------------------------------------------------------------ */

static void
print_jsonl(FILE *f, const struct article *a)
{
    fprintf(f,
            "{\"id\": \"%s\", \"date\": \"%d-%02d-%02dT%02u:%02u:00Z\", "
            "\"section\": \"%s\", \"title\": \"%s\", \"body\": \"",
            a->id, a->year, a->month, a->day, a->minute / 60, a->minute % 60,
            sections[a->topic % 12], a->title.s);
    for (const char *s = a->body.s; *s;) {
        size_t n = strcspn(s, "\n");

        fwrite(s, 1, n, f);
        s += n;
        for (; *s == '\n'; s++)
            fputs("\\n", f);
    }
    fprintf(f,
            "\", \"source\": \"%s\", \"lang\": \"en\", \"url\": "
            "\"https://news.example/%d/%02d/%02d/%s\", \"author\": \"%s %s\", "
            "\"topics\": [\"topic-%u\"], \"places\": [\"%s\"]}\n",
            sources[a->source], a->year, a->month, a->day, a->id,
            a->author[0].s, a->author[1].s, a->topic, a->place.s);
}

static void
print_text(FILE *f, const struct article *a)
{
    const char *section = sections[a->topic % 12];

    fprintf(f, "%s\n\n%s\n\n%s\nSource: %s\nMore In %s MORE...\n", section,
            a->title.s, a->body.s, sources[a->source], section);
}

static const char *const months[12] = {"JAN", "FEB", "MAR", "APR",
                                       "MAY", "JUN", "JUL", "AUG",
                                       "SEP", "OCT", "NOV", "DEC"};

/* The body in lines of about 60 bytes, paragraphs indented, in ASCII. */
static void
print_wire(FILE *f, const char *s)
{
    size_t column = 4;

    for (; *s; s++, column++) {
        if (*s == '\n') {
            fputs("\n    ", f);
            column = 4;
            s++;
        } else if (*s == '\xE2') {
            fputc('"', f);
            s += 2;
        } else if (*s == ' ' && column > 57) {
            fputc('\n', f);
            column = 0;
        } else {
            fputc(*s, f);
        }
    }
}

static void
print_sgml(FILE *f, const struct article *a)
{
    const char *month = months[a->month - 1];

    fprintf(f,
            "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" "
            "CGISPLIT=\"TRAINING-SET\" OLDID=\"0\" NEWID=\"%s\">\n"
            "<DATE>%2d-%s-%d %02u:%02u:00.00</DATE>\n"
            "<TOPICS><D>topic-%u</D></TOPICS>\n<PLACES><D>%s</D></PLACES>\n"
            "<UNKNOWN> \n&#5;&#5;&#5;G\n&#22;&#22;&#1;f0001&#31;wire</UNKNOWN>"
            "\n<TEXT>&#2;\n<TITLE>%s</TITLE>\n"
            "<DATELINE>    %s, %s %d - </DATELINE><BODY>",
            a->id, a->day, month, a->year, a->minute / 60, a->minute % 60,
            a->topic, a->place.s, a->title.s, a->place.s, month, a->day);
    print_wire(f, a->body.s);
    fputs("\n Wire\n&#3;</BODY></TEXT>\n</REUTERS>\n", f);
}

/* ---- files -------------------------------------------------------------- */

enum { EXIT_USAGE = 64, EXIT_CREATE = 73, EXIT_WRITE = 74 };

static const struct format {
    const char *name;
    void (*print)(FILE *f, const struct article *a);
    uint64_t a_file;            /* articles in a file; 0: all */
    const char *ending, *begin; /* of a file */
} formats[3] = {{"jsonl", print_jsonl, 0, "jsonl", ""},
                {"sgml", print_sgml, 1000, "sgm",
                 "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"},
                {"text", print_text, 1, "txt", ""}};

static const struct format *format = &formats[0];
static FILE *out;

static int
failed(int status, const char *what)
{
    fprintf(stderr, "generate: cannot write %s: %s\n", what, strerror(errno));
    return status;
}

static int
close_out(void)
{
    bool bad = out && ferror(out);

    if (out && (out == stdout ? fflush(out) : fclose(out)) != 0)
        bad = true;
    out = NULL;
    return bad ? failed(EXIT_WRITE, "articles") : 0;
}

/* Have the file that article i goes to in `out`. */
static int
open_out(uint64_t i)
{
    bool next = options.folder && format->a_file && i % format->a_file == 0;
    char path[4200];
    int st = next ? close_out() : 0;

    if (st || out)
        return st;
    snprintf(path, sizeof path, "%s/gen-%" PRIu64 "-%06" PRIu64 ".%s",
             options.folder ? options.folder : "", options.seed, i + 1,
             format->ending);
    out = options.folder ? fopen(path, "wb") : stdout;
    if (!out)
        return failed(EXIT_CREATE, path);
    fputs(format->begin, out);
    return 0;
}

static int
generate(void)
{
    int st = 0;

    if (options.folder && mkdir(options.folder, 0777) != 0 && errno != EEXIST)
        return failed(EXIT_CREATE, options.folder);
    make_tables();
    for (uint64_t i = 0; i < options.articles; i++) {
        st = open_out(i);
        if (st)
            return st;
        format->print(out, next_article(i));
        if (ferror(out))
            break;
    }
    return close_out();
}

/* ---- options ------------------------------------------------------------ */

static bool
read_count(uint64_t *to, const char *value, uint64_t min, uint64_t max)
{
    char *end;

    errno = 0;
    *to = strtoull(value, &end, 10);
    return value[0] >= '0' && value[0] <= '9' && !errno && !*end &&
           *to >= min && *to <= max;
}

/* Read `--name=value`; false where there is no such option or value. */
static bool
read_option(const char *arg)
{
    const char *value = strchr(arg, '=');

    value = value ? value + 1 : "";
    if (strncmp(arg, "--seed=", 7) == 0)
        return read_count(&options.seed, value, 0, UINT32_MAX);
    if (strncmp(arg, "--articles=", 11) == 0)
        return read_count(&options.articles, value, 1, 1000000000);
    if (strncmp(arg, "--days=", 7) == 0)
        return read_count(&options.days, value, 1, 60000);
    if (strncmp(arg, "--out=", 6) == 0) {
        options.folder = value;
        return *value && strlen(value) < 4000;
    }
    for (int i = 0; i < 3 && strncmp(arg, "--format=", 9) == 0; i++)
        if (strcmp(value, formats[i].name) == 0) {
            format = &formats[i];
            return true;
        }
    return false;
}

int
main(int argc, char **argv)
{
    static const char usage[] =
        "usage: generate [--seed=N] [--articles=N] [--days=N]\n"
        "                [--format=jsonl|text|sgml] [--out=DIR]\n";

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return fputs(usage, stdout) < 0 || fflush(stdout) ? EXIT_WRITE : 0;
        if (!read_option(argv[i])) {
            fprintf(stderr, "generate: cannot read '%s'\n%s", argv[i], usage);
            return EXIT_USAGE;
        }
    }
    if (format->a_file == 1 && !options.folder) {
        fprintf(stderr, "generate: --format=text needs --out=DIR\n");
        return EXIT_USAGE;
    }
    return generate();
}
