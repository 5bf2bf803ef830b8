/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_any.c - sources of any bytes: samples changed at random, real
 * collections, and memory that runs out
 *
 * Without a sanitizer the program has its own malloc, which counts and can
 * refuse.  Text for which a charset must be guessed is left out of that part:
 * libuchardet does not survive it.
 */
#include <dirent.h>
#include <errno.h>

#include "source_help.h"

/* ---- malloc ------------------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
enum { OWN_MALLOC = 0 };
static long alive, refuse_at;
#else
enum { OWN_MALLOC = 1 };
static long alive;     /* pieces that were not freed */
static long refuse_at; /* the how manieth from now is refused; 0: none */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *p);

/* Seen by the libraries too, whose strdup must count as ours. */
#pragma GCC visibility push(default)
void *malloc(size_t size);
void *calloc(size_t n, size_t size);
void *realloc(void *old, size_t size);
void free(void *p);
#pragma GCC visibility pop

static int
refused(void)
{
    if (refuse_at == 0 || --refuse_at > 0)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *
malloc(size_t size)
{
    void *p = refused() ? NULL : __libc_malloc(size);

    alive += p != NULL;
    return p;
}

void *
calloc(size_t n, size_t size)
{
    void *p = refused() ? NULL : __libc_calloc(n, size);

    alive += p != NULL;
    return p;
}

void *
realloc(void *old, size_t size)
{
    void *p = refused() ? NULL : __libc_realloc(old, size);

    alive += p != NULL && !old;
    return p;
}

void
free(void *p)
{
    alive -= p != NULL;
    __libc_free(p);
}
#endif

/* ---- samples ------------------------------------------------------------ */

static const struct {
    const char *name, *text;
} samples[] = {
    {"jsonl", "{\"id\": \"a1\", \"date\": \"1918-11-11\", \"title\": \"The "
              "guns \\ud83d\\ude00\", \"body\": \"At eleven.\\n\\nIt "
              "rained.\", \"lang\": \"eng\", \"author\": [\"A. B.\", {\"name\""
              ": \"C\"}], \"topics\": [\"war\", \"peace\"], \"x\": 1.5}\n"
              "{\"url\": \"http://x\", \"headline\": {\"main\": \"H\"}, "
              "\"text\": \"T\"}\n{\"title\": \"caf\xC3\xA9\"}\n"},
    {"stream",
     "[\n {\"id\": 1,\n  \"title\": \"a\\u0000\\ud83d\"},\n {\"id\": "
     "2, \"body\": [\"b\", \"c\"]}\n]\n"},
    {"sgml", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" "
             "NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>"
             "cocoa</D></TOPICS><PLACES><D>usa</D></PLACES><PEOPLE><D>p</D>"
             "</PEOPLE>\n<TEXT>&#2;<TITLE>A &lt;B></TITLE><DATELINE> X - "
             "</DATELINE><BODY>One &amp; two\n Reuter\n&#3;</BODY></TEXT>\n"
             "</REUTERS>\n<REUTERS NEWID=\"2\"><TEXT TYPE=\"UNPROC\">&#2;all"
             "</TEXT></REUTERS>\n"},
    {"heads", "Title: The crane\nDate: 3 May 1911\nAuthor: A. B.; C. D.\n"
              "Subtitle: of forty\n  tons\nLanguage: English\n\nIt lifts.\n\n"
              "All.\n"},
    {"text", "Politics\n\nCouncil votes on the bridge\nBy A. Other\n3 May "
             "1934\n\nThe council voted.\n\nIt was late.\n\nSource: The "
             "Courier\n\nMore In Politics MORE...\n"},
    {"utf-16", "\xFF\xFEH"},
    {"latin", "Caf\xE9 opens\n\nIt has \x93quotes\x94 for 5 \x80.\n"},
};
enum { SAMPLES_N = sizeof samples / sizeof *samples, MUTATIONS = 600 };

static uint64_t seed;

static size_t
random_below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

/* Change `s` of *len bytes, with room for `room`, at random. */
static void
mutate(char *s, size_t *len, size_t room)
{
    static const char *const bits[] = {
        "\"",   "\\",           "{",    "}",   "[",       "]",  "<", ">",
        "</",   "<REUTERS ",    "\n\n", "\\u", "\\ud83d", "&#", ":", "\xC3",
        "\xFF", "\xEF\xBB\xBF", "\r"};
    size_t n = 1 + random_below(6);

    for (size_t i = 0; i<n && * len> 0; i++) {
        size_t at = random_below(*len), some = 1 + random_below(20);
        const char *bit = bits[random_below(sizeof bits / sizeof *bits)];

        switch (random_below(5)) {
        case 0:
            s[at] = (char)random_below(256);
            break;
        case 1:
            *len = at;
            break;
        case 2: /* leave some out */
            some = some < *len - at ? some : *len - at;
            memmove(s + at, s + at + some, *len - at - some);
            *len -= some;
            break;
        case 3: /* put a bit in */
            some = strlen(bit);
            if (*len + some > room)
                break;
            memmove(s + at + some, s + at, *len - at);
            memcpy(s + at, bit, some);
            *len += some;
            break;
        default: /* double some */
            some = some < *len - at ? some : *len - at;
            if (*len + some > room)
                break;
            memmove(s + at + some, s + at, *len - at);
            *len += some;
        }
    }
}

/* heard_file finds what is ill-formed; the rest is up to the sanitizers. */
static void
any_bytes(void)
{
    static const char *const names[] = {NULL, "text", "heads", "jsonl",
                                        "sgml"};
    char s[4096];
    struct heard h;

    for (int k = 0; k < SAMPLES_N; k++) {
        for (int i = 0; i < MUTATIONS; i++) {
            size_t len = strlen(samples[k].text);

            seed = (uint64_t)(k * 1000003 + i);
            memcpy(s, samples[k].text, len);
            mutate(s, &len, sizeof s);
            scratch_write(s, len);
            CHECK_INT(heard_file(&h, i % 3 ? NULL : names[i / 3 % 5]),
                      MORGUE_OK);
            /* What is no empty stream of JSON gives something. */
            CHECK(h.records + h.problems > 0 || (s[0] != '<' && len < 400));
            buf_free(&h.text);
        }
    }
}

/* A file is read the same however it comes: here through a pipe that gives
 * it in pieces. */
static void
in_pieces(void)
{
    char command[400];
    struct heard whole, pieces;
    struct sink sink;
    int old = dup(STDIN_FILENO);

    for (int k = 0; k < SAMPLES_N; k++) {
        FILE *pipe;

        if (strcmp(samples[k].name, "utf-16") == 0)
            continue;
        scratch_write(samples[k].text, strlen(samples[k].text));
        CHECK_INT(heard_file(&whole, NULL), MORGUE_OK);
        snprintf(command, sizeof command, "dd status=none bs=1 if='%s'",
                 scratch_path);
        pipe = popen(command, "r");
        CHECK(pipe && dup2(fileno(pipe), STDIN_FILENO) >= 0);
        heard_init(&pieces);
        sink = heard_sink(&pieces);
        CHECK_INT(source_read("-", NULL, &sink, NULL), MORGUE_OK);
        CHECK_INT(pieces.records, whole.records);
        CHECK_INT(pieces.problems, whole.problems);
        buf_free(&whole.text);
        buf_free(&pieces.text);
        if (pipe)
            pclose(pipe);
    }
    dup2(old, STDIN_FILENO);
    close(old);
}

/* ---- memory ------------------------------------------------------------- */

static size_t only_count;

static enum morgue_status
count_record(const struct morgue_article *a, const struct origin *origin,
             void *payload, struct morgue_error *err)
{
    (void)a;
    (void)origin;
    (void)payload;
    (void)err;
    only_count++;
    return MORGUE_OK;
}

static enum morgue_status
count_problem(enum morgue_outcome outcome, const struct origin *origin,
              const char *id, const char *reason, void *payload,
              struct morgue_error *err)
{
    (void)outcome;
    (void)id;
    (void)reason;
    return count_record(NULL, origin, payload, err);
}

static const struct sink counting = {count_record, count_problem, NULL};

/* Each allocation in turn is refused: a status, and nothing left over. */
static void
refuse_each(const char *name, const char *path)
{
    struct morgue_error err;
    enum morgue_status st;
    size_t all;

    only_count = 0;
    CHECK_INT(source_read(path, NULL, &counting, &err), MORGUE_OK);
    all = only_count;
    for (long n = 1; n < 5000; n++) {
        long before = alive;

        only_count = 0;
        refuse_at = n;
        st = source_read(path, NULL, &counting, &err);
        if (refuse_at > 0) { /* there are not so many */
            refuse_at = 0;
            CHECK_INT(st, MORGUE_OK);
            CHECK_INT(only_count, all);
            CHECK(n > 5);
            return;
        }
        test_that(st == MORGUE_NOMEM && err.status == MORGUE_NOMEM, __FILE__,
                  __LINE__, "%s: status %d at allocation %ld", name, (int)st,
                  n);
        test_that(alive == before, __FILE__, __LINE__,
                  "%s: %ld pieces left over at allocation %ld", name,
                  alive - before, n);
    }
    CHECK(0);
}

static void
memory_runs_out(void)
{
    static const char escape[] = "{\"id\":1,\"title\":\"\\u0041\"}\n";
    struct buf b;

    if (!OWN_MALLOC)
        SKIP("a sanitizer has the malloc");
    for (int k = 0; k < SAMPLES_N; k++) {
        scratch_write(samples[k].text, strlen(samples[k].text));
        refuse_each(samples[k].name, scratch_path);
    }
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 2000; i++)
        buf_str(&b, STR(escape));
    scratch_write(b.data, b.len);
    refuse_each("many", scratch_path);
    buf_free(&b);
    refuse_each("folder", "corpus/heads");
}

/* ---- real collections --------------------------------------------------- */

/* A path in the shared collections, or NULL where they are not. */
static const char *
shared(const char *name)
{
    static char path[4096];
    const char *top = getenv("MORGUE_SHARED");

    snprintf(path, sizeof path, "%s/%s", top ? top : "../shared/corpora",
             name);
    return access(path, R_OK) == 0 ? path : NULL;
}

struct sums {
    size_t records, failed, skipped, titled, bodied, dated, converted,
        repaired;
};

static enum morgue_status
sum_record(const struct morgue_article *a, const struct origin *origin,
           void *payload, struct morgue_error *err)
{
    struct sums *s = payload;

    (void)err;
    s->records++;
    s->titled += a->title.len > 0;
    s->bodied += a->body.len > 0;
    s->dated += a->date.precision != MORGUE_DATE_NONE;
    s->converted += origin->converted;
    s->repaired += origin->repaired;
    for (int f = 0; f < FIELD_N; f++)
        CHECK(utf8_valid(record_get(a, (enum field)f)));
    return MORGUE_OK;
}

static enum morgue_status
sum_problem(enum morgue_outcome outcome, const struct origin *origin,
            const char *id, const char *reason, void *payload,
            struct morgue_error *err)
{
    struct sums *s = payload;

    (void)origin;
    (void)id;
    (void)reason;
    (void)err;
    s->failed += outcome == MORGUE_FAILED;
    s->skipped += outcome == MORGUE_SKIPPED;
    return MORGUE_OK;
}

static struct sums
sum(const char *path)
{
    struct sums s = {0};
    struct sink sink = {sum_record, sum_problem, &s};

    CHECK_INT(source_read(path, NULL, &sink, NULL), MORGUE_OK);
    return s;
}

static void
reuters(void)
{
    const char *path = shared("reuters-21578");
    struct sums s;

    if (!path)
        SKIP("no such collection here");
    s = sum(path);
    CHECK_INT(s.records, 21577);
    CHECK_INT(s.skipped, 1); /* one of no text, nor a title */
    CHECK_INT(s.failed, 0);
    CHECK_INT(s.titled, 19043 + 1798);
    CHECK_INT(s.bodied, 19043 + 737 - 1);
    CHECK_INT(s.dated, 21577);
    CHECK_INT(s.converted, 1);
    CHECK_INT(s.repaired, 0);
}

static void
news(void)
{
    static const struct {
        const char *file;
        size_t records, bodied;
    } rows[] = {{"news/bbc.jsonl.gz", 2225, 2225},
                {"news/time1963.jsonl.gz", 423, 423},
                {"news/digitalgov_news.jsonl.gz", 2077, 2077 - 268},
                {"news/fnc1_bodies.jsonl.gz", 2587, 2587},
                {"news/agnews_test.jsonl.gz", 7600, 7600},
                {"ir/time/docs.jsonl", 423, 423},
                {"ir/med/docs.jsonl", 1033, 1033}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = shared(rows[i].file);
        struct sums s;

        if (!path)
            SKIP("no such collection here");
        s = sum(path);
        test_that(s.records == rows[i].records && s.bodied == rows[i].bodied &&
                      s.failed + s.repaired == 0,
                  __FILE__, __LINE__, "%s: %zu records, %zu bodies, %zu bad",
                  rows[i].file, s.records, s.bodied, s.failed + s.repaired);
    }
}

static void
a_text_of_a_site(void)
{
    const char *path = shared("raw/site-text");
    struct heard h;
    struct sink sink;
    char *text;

    if (!path)
        SKIP("no such collection here");
    heard_init(&h);
    sink = heard_sink(&h);
    CHECK_INT(source_read(path, NULL, &sink, NULL), MORGUE_OK);
    CHECK_INT(h.records, 1);
    text = h.text.data;
    CHECK(text && strstr(text, " section=Politics ") != NULL);
    CHECK(text && strstr(text, " source=TVP World ") != NULL);
    CHECK(text && strstr(text, "More In") == NULL);
    buf_free(&h.text);
}

/* What is in other formats is refused, or read as what it seems; one of the
 * accounts either way. */
static void
all_else(void)
{
    const char *path = shared("raw");
    struct sums s;

    if (!path)
        SKIP("no such collection here");
    s = sum(path);
    CHECK(s.records > 1000 && s.failed > 200);
}

int
main(void)
{
    RUN(any_bytes);
    RUN(in_pieces);
    RUN(memory_runs_out);
    RUN(reuters);
    RUN(news);
    RUN(a_text_of_a_site);
    RUN(all_else);
    scratch_remove();
    return test_end();
}
