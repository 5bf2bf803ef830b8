/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * damage.c - an archive with each of its bits wrong in turn
 *
 *     damage [--engine=NAME] [--seconds=N | --all] [--seed=N] [--verbose]
 *
 * Makes a small archive in two updates, the second of which replaces and
 * removes, and notes what it answers: to about 30 questions of all kinds, for
 * each article, for its counts.  Then, on a copy, one file at a time:
 *
 *   - each bit is flipped,
 *   - the file is cut to each length,
 *   - it is made longer, and taken away,
 *
 * and everything is asked again, each time by a new reader.  Each answer must
 * be the right one to the byte, or an error; and `check` must end in an
 * error.  A crash, an answer that takes longer than HANG seconds, and a wrong
 * answer are failures, and are printed with the file, the byte and the bit.
 * Files that no reader reads (the lock) may be damaged without notice and are
 * named.
 *
 * With --seconds, what is tried is spread evenly, beginning at a place drawn
 * from the seed, so that it takes about that long.  The work is done by
 * children, so that a crash ends one of them only; a map that they share with
 * the parent says how far they are.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../common/base/buf.h"
#include "../../common/base/file.h"
#include "../../common/engine/archive.h"

enum {
    HANG = 20,
    FILES_MAX = 64,
    ARTICLES = 14,
    SHORT = 150,   /* articles more, so that lists and heads have blocks */
    SHOWN_MAX = 12 /* failures that are printed */
};

/* ---- the archive -------------------------------------------------------- */

static const char *const words[] = {
    "coffee",  "quota",   "export",    "minister", "herring", "ferry",
    "harbour", "council", "election",  "budget",   "railway", "strike",
    "price",   "market",  "weather",   "letter",   "company", "river",
    "bridge",  "school",  "hospital",  "doctor",   "teacher", "village",
    "storm",   "island",  "lighthouse"};

static void
make_body(struct buf *b, unsigned i)
{
    uint32_t x = i * 2654435761u + 17;
    unsigned n = 40 + i % 5 * 60;

    buf_str(b, STR("The exporters agreed on a coffee quota. "));
    for (unsigned k = 0; k < n; k++) {
        x = x * 1103515245u + 12345;
        buf_str(b, str_of(words[(x >> 16) % (sizeof words / sizeof *words)]));
        if (x >> 28 == 3)
            buf_printf(b, " rare%u", x >> 20);
        buf_str(b, k % 12 == 11 ? STR(".\n\n") : STR(" "));
    }
    if (i == 3)
        for (int k = 0; k < 300; k++)
            buf_str(b, STR("ferry "));
}

static enum morgue_status
add(morgue_update *u, unsigned i, unsigned version, struct morgue_error *err)
{
    static const char *const dates[] = {"1936-03-14", "1987-01-05",
                                        "1987-01-05", "2004-06", ""};
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], title[80];
    struct buf body;
    enum morgue_status st;

    buf_init(&body, 1 << 20);
    snprintf(id, sizeof id, "a%u", i);
    snprintf(title, sizeof title, "%s and %s, part %u", words[i % 9],
             words[i % 7 + 9], version);
    if (i % 6 != 5)
        make_body(&body, i * 3 + version);
    a.id = str_of(id);
    a.title = str_of(title);
    a.body = buf_view(&body);
    a.section = i % 2 ? STR("Politics") : STR("News");
    a.source = i % 3 ? STR("Le Phare") : STR("");
    a.author = i % 4 ? STR("Ann Prell\nJo Smith") : STR("");
    a.lang = i % 7 == 6 ? STR("de") : STR("en");
    a.place = STR("Lurne");
    morgue_date_parse(dates[i % 5], &a.date);
    st = morgue_update_add(u, &a, err);
    buf_free(&body);
    return st;
}

static enum morgue_status
add_short(morgue_update *u, unsigned i, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], url[60], body[100];

    snprintf(id, sizeof id, "s%u", i);
    snprintf(url, sizeof url, "https://courier.example/%u/%s", i * i, id);
    snprintf(body, sizeof body, "A %s%s: %s.",
             i % 5 ? "coffee quota" : "quota", i % 7 ? "" : " for coffee",
             words[i % 27]);
    a.id = str_of(id);
    a.body = str_of(body);
    a.url = str_of(url);
    a.lang = STR("en");
    a.date =
        (struct morgue_date){86400 * (int64_t)(i * i % 500), MORGUE_DATE_DAY};
    return morgue_update_add(u, &a, err);
}

static enum morgue_status
make_archive(const char *dir, const char *engine, struct morgue_error *err)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    enum morgue_status st = MORGUE_OK;

    o.engine = engine;
    o.threads = 1;
    for (unsigned round = 0; round < 2 && !st; round++) {
        morgue_update *u = NULL;

        st = morgue_update_open(&u, dir, &o, err);
        for (unsigned i = round ? 7 : 0; i < (round ? ARTICLES : 10) && !st;
             i++)
            st = add(u, i, round, err);
        for (unsigned i = 0; i < SHORT && !round && !st; i++)
            st = add_short(u, i, err);
        if (!st && round)
            st = morgue_update_remove(u, "a2", NULL, err);
        if (!st && round)
            st = morgue_update_remove(u, "s77", NULL, err);
        if (!st)
            st = morgue_update_commit(u, NULL, err);
        morgue_update_close(u);
    }
    return st;
}

/* ---- what it answers ---------------------------------------------------- */

static const struct {
    const char *text;
    enum morgue_match match;
    enum morgue_sort sort;
    const char *from, *to;
    size_t offset, limit;
} questions[] = {
    {"coffee", 0, 0, "", "", 0, 20},
    {"ferry", 0, 0, "", "", 0, 20},
    {"nosuchword", 0, 0, "", "", 0, 20},
    {"coffee quota", 0, 0, "", "", 0, 3},
    {"herring lighthouse", 0, 0, "", "", 0, 20},
    {"herring lighthouse storm island", 1, 0, "", "", 0, 20},
    {"rare200 rare300 ferry council", 1, 0, "", "", 0, 20},
    {"the coffee", 1, 0, "", "", 0, 2},
    {"\"coffee quota\"", 0, 0, "", "", 0, 20},
    {"\"agreed on a coffee quota\"", 0, 0, "", "", 0, 20},
    {"\"ferry ferry ferry\"", 0, 0, "", "", 0, 20},
    {"\"quota coffee\"", 0, 0, "", "", 0, 20},
    {"coffee -ferry", 0, 0, "", "", 0, 20},
    {"coffee -\"ferry ferry\" -herring", 0, 0, "", "", 0, 20},
    {"=exporters", 0, 0, "", "", 0, 20},
    {"exporting markets", 0, 0, "", "", 0, 20},
    {"title:coffee", 0, 0, "", "", 0, 20},
    {"title:\"and budget\"", 0, 0, "", "", 0, 20},
    {"author:prell coffee", 0, 0, "", "", 0, 20},
    {"author:\"jo smith\"", 0, 0, "", "", 0, 20},
    {"section:politics market", 0, 0, "", "", 0, 20},
    {"source:\"le phare\"", 0, 0, "", "", 0, 20},
    {"lang:de", 0, 0, "", "", 0, 20},
    {"place:lurne -lang:de", 0, 0, "", "", 0, 20},
    {"coffee", 0, MORGUE_SORT_NEWEST, "", "", 0, 20},
    {"coffee", 0, MORGUE_SORT_OLDEST, "", "", 2, 5},
    {"market price", 1, 0, "1987", "1987", 0, 20},
    {"", 0, 0, "1900", "", 0, 20},
    {"", 0, MORGUE_SORT_NEWEST, "", "1990", 1, 3},
    {"part", 0, 0, "", "", 8, 20},
    {"quota", 0, 0, "", "", 0, 200},
    {"coffee quota village", 1, 0, "", "", 0, 200},
    {"\"quota for coffee\"", 0, 0, "", "", 0, 200},
    {"quota -coffee", 0, 0, "1970", "1971", 0, 200},
};

enum { QUESTIONS = sizeof questions / sizeof *questions };

/* Answers to questions, then one for each article, then the counts. */
enum { ANSWERS = QUESTIONS + ARTICLES + 1 };

struct answers {
    struct buf text[ANSWERS];
    enum morgue_status st[ANSWERS];
};

static enum morgue_status
search(struct buf *out, morgue *m, size_t i, struct morgue_error *err)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit;
    struct morgue_snippet snippet = {0};
    morgue_hits *hits = NULL;
    bool exact;
    enum morgue_status st;

    o.match = questions[i].match;
    o.sort = questions[i].sort;
    o.offset = questions[i].offset;
    o.limit = questions[i].limit;
    o.exact_total = true;
    morgue_date_parse(questions[i].from, &o.from);
    morgue_date_parse(questions[i].to, &o.to);
    st = morgue_search(&hits, m, questions[i].text, &o, err);
    if (!st)
        buf_printf(out, "%llu\n",
                   (unsigned long long)morgue_hits_total(hits, &exact));
    for (size_t k = 0; !st && morgue_hits_get(hits, k, &hit); k++) {
        st = morgue_hits_snippet(hits, k, &snippet, err);
        buf_printf(out, "%s %.17g %lld %s %s %s %s %s\n", hit.id.s, hit.score,
                   (long long)hit.date.seconds, hit.title.s, hit.section.s,
                   hit.author.s, hit.lang.s,
                   snippet.text.s ? snippet.text.s : "");
    }
    morgue_hits_free(hits);
    return st;
}

static enum morgue_status
show(struct buf *out, morgue *m, size_t i, struct morgue_error *err)
{
    morgue_text *text = NULL;
    char id[20];
    enum morgue_status st;

    snprintf(id, sizeof id, "a%zu", i);
    st = morgue_get(&text, m, id, err);
    if (!st)
        st = record_pack(out, morgue_text_article(text), err);
    morgue_text_free(text);
    return st;
}

static enum morgue_status
count(struct buf *out, morgue *m, struct morgue_error *err)
{
    struct morgue_stats s = {.size = sizeof s};
    enum morgue_status st = morgue_stat(m, &s, err);

    if (!st)
        buf_printf(out, "%llu %llu %llu %.17g %lld %lld %s %s",
                   (unsigned long long)s.articles,
                   (unsigned long long)s.undated, (unsigned long long)s.terms,
                   s.mean_length, (long long)s.first.seconds,
                   (long long)s.last.seconds, s.analysis, s.languages);
    return st;
}

/* Each after another by one reader, beginning with the `first`th: what is
 * found damaged by one must not make a later one wrong. */
static enum morgue_status
ask(struct answers *a, const char *dir, size_t first)
{
    morgue *m = NULL;
    struct morgue_error err;
    enum morgue_status st = morgue_open(&m, dir, &err);

    for (size_t n = 0; n < ANSWERS; n++) {
        size_t i = (first + n) % ANSWERS;
        struct buf *b = &a->text[i];

        buf_reset(b);
        a->st[i] = st                         ? st
                   : i < QUESTIONS            ? search(b, m, i, &err)
                   : i < QUESTIONS + ARTICLES ? show(b, m, i - QUESTIONS, &err)
                                              : count(b, m, &err);
    }
    morgue_close(m);
    return st;
}

/* The first answer that is neither right nor an error; ANSWERS: none. */
static size_t
wrong_answer(const struct answers *got, const struct answers *right)
{
    size_t i = 0;

    while (i < ANSWERS &&
           (got->st[i] == right->st[i]
                ? str_eq(buf_view(&got->text[i]), buf_view(&right->text[i]))
                : got->st[i] != MORGUE_OK && got->st[i] != MORGUE_NO_ARTICLE))
        i++;
    return i;
}

/* ---- damage ------------------------------------------------------------- */

enum kind { BITS, CUTS, LONGER, GONE, KINDS };

static const char *const kind_name[KINDS] = {"bits flipped", "cut",
                                             "made longer", "taken away"};

struct file {
    char *name;
    uint8_t *data;
    size_t size;
    bool unread; /* damage of it need not be noticed */
};

/* What is shared with the children. */
struct progress {
    uint64_t next;  /* what is tried: cleared when done */
    uint64_t tried; /* in all */
    uint64_t failures, unnoticed;
};

struct test {
    char dir[300]; /* the copy */
    struct file file[FILES_MAX];
    size_t file_n;
    struct answers right, got;
    struct progress *shared;
    bool verbose;
};

static char *
file_path(const struct test *t, const struct file *f)
{
    return path_join(t->dir, f->name);
}

static bool
write_file(const struct test *t, const struct file *f)
{
    char *path = file_path(t, f);
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    bool good = fd >= 0 && write(fd, f->data, f->size) == (ssize_t)f->size;

    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static uint64_t
kind_count(const struct file *f, enum kind kind)
{
    switch (kind) {
    case BITS:
        return 8 * (uint64_t)f->size;
    case CUTS:
        return f->size;
    case LONGER:
        return 3;
    case GONE:
    case KINDS:
        break;
    }
    return 1;
}

/* Do the `i`th damage of a kind to a file. */
static bool
do_damage(const struct test *t, const struct file *f, enum kind kind,
          uint64_t i)
{
    static const off_t more[] = {1, 8, 20000};
    char *path = file_path(t, f);
    int fd = path ? open(path, O_RDWR) : -1;
    uint8_t byte;
    bool good = false;

    if (fd >= 0 && kind == BITS) {
        byte = (uint8_t)(f->data[i / 8] ^ 1u << i % 8);
        good = pwrite(fd, &byte, 1, (off_t)(i / 8)) == 1;
    } else if (fd >= 0 && kind == CUTS) {
        good = ftruncate(fd, (off_t)i) == 0;
    } else if (fd >= 0 && kind == LONGER) {
        good = ftruncate(fd, (off_t)f->size + more[i]) == 0;
    } else if (fd >= 0 && kind == GONE) {
        good = unlink(path) == 0;
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static bool
undo_damage(const struct test *t, const struct file *f, enum kind kind,
            uint64_t i)
{
    char *path;
    int fd;
    bool good;

    if (kind != BITS)
        return write_file(t, f);
    path = file_path(t, f);
    fd = path ? open(path, O_RDWR) : -1;
    good = fd >= 0 && pwrite(fd, &f->data[i / 8], 1, (off_t)(i / 8)) == 1;
    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static void
describe(const struct file *f, enum kind kind, uint64_t i, const char *what)
{
    if (kind == BITS)
        fprintf(stderr, "%s, byte %llu, bit %llu: %s\n", f->name,
                (unsigned long long)i / 8, (unsigned long long)i % 8, what);
    else
        fprintf(stderr, "%s, %s (%llu): %s\n", f->name, kind_name[kind],
                (unsigned long long)i, what);
}

static void
fails(struct test *t, const struct file *f, enum kind kind, uint64_t i,
      const char *what)
{
    if (t->shared->failures++ < SHOWN_MAX || t->verbose)
        describe(f, kind, i, what);
}

/* One damage, and whether it does harm. */
static void
try_one(struct test *t, const struct file *f, enum kind kind, uint64_t i)
{
    char what[200];
    size_t wrong;

    alarm(HANG);
    if (!do_damage(t, f, kind, i)) {
        fails(t, f, kind, i, "the test cannot do it");
        return;
    }
    ask(&t->got, t->dir, (size_t)(i * 7 % ANSWERS));
    wrong = wrong_answer(&t->got, &t->right);
    if (wrong < ANSWERS) {
        snprintf(what, sizeof what,
                 "wrong answer %zu (%s): status %d, %zu bytes for %zu", wrong,
                 wrong < QUESTIONS ? questions[wrong].text : "no search",
                 (int)t->got.st[wrong], t->got.text[wrong].len,
                 t->right.text[wrong].len);
        fails(t, f, kind, i, what);
        if (t->verbose)
            fprintf(stderr, "%s\n-- for\n%s\n",
                    buf_view(&t->got.text[wrong]).s,
                    buf_view(&t->right.text[wrong]).s);
    }
    if (morgue_check(t->dir, NULL, NULL, NULL) == MORGUE_OK) {
        t->shared->unnoticed++;
        if (!f->unread)
            fails(t, f, kind, i, "check finds nothing");
    }
    if (!undo_damage(t, f, kind, i))
        fails(t, f, kind, i, "the test cannot undo it");
}

/* ---- children ----------------------------------------------------------- */

/* All of a kind from `begin` on in steps, in a child; how it ended. */
static int
run_child(struct test *t, const struct file *f, enum kind kind, uint64_t begin,
          uint64_t step)
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        uint64_t n = kind_count(f, kind);

        for (uint64_t i = begin; i < n; i += step) {
            t->shared->next = i;
            try_one(t, f, kind, i);
            t->shared->tried++;
        }
        t->shared->next = UINT64_MAX;
        _exit(0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return status;
}

/* Damage a file in one way, at one of `step` places. */
static void
run_kind(struct test *t, const struct file *f, enum kind kind, uint64_t phase,
         uint64_t step)
{
    uint64_t begin = phase % step, before = t->shared->failures;
    uint64_t unnoticed = t->shared->unnoticed, tried = t->shared->tried;
    char what[100];

    while (begin < kind_count(f, kind) && t->shared->failures < before + 100) {
        int status = run_child(t, f, kind, begin, step);

        if (status == 0)
            break;
        if (status == -1) {
            fails(t, f, kind, begin, "cannot fork");
            break;
        }
        begin = t->shared->next;
        if (begin == UINT64_MAX)
            break;
        snprintf(what, sizeof what, "ends with %s %d%s",
                 WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                 WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
                     ? ", for it takes too long"
                     : "");
        fails(t, f, kind, begin, what);
        if (!write_file(t, f))
            fails(t, f, kind, begin, "the test cannot undo it");
        begin += step;
    }
    if (t->shared->unnoticed > unnoticed)
        printf("# %s, %s: %llu of %llu without notice\n", f->name,
               kind_name[kind],
               (unsigned long long)(t->shared->unnoticed - unnoticed),
               (unsigned long long)(t->shared->tried - tried));
}

/* ---- set-up ------------------------------------------------------------- */

static bool
take_file(struct test *t, const char *dir, const char *name)
{
    struct file *f = &t->file[t->file_n];
    char *path = path_join(dir, name);
    struct buf data;
    bool good;

    buf_init(&data, 1 << 26);
    good = t->file_n < FILES_MAX && path && !file_read(&data, path, NULL);
    if (good) {
        f->name = strdup(name);
        f->size = data.len;
        f->data = malloc(data.len + 1);
        f->unread = strcmp(name, "morgue.lock") == 0;
        good = f->name && f->data;
    }
    if (good) {
        memcpy(f->data, buf_view(&data).s, data.len);
        good = write_file(t, f);
        t->file_n++;
    }
    buf_free(&data);
    free(path);
    return good;
}

/* Copy the archive in `dir`, whose files may be in a folder `sub`, "/" behind
 * it, of it. */
static bool
take_files(struct test *t, const char *dir, const char *sub)
{
    struct file_names names = {0};
    char *path = path_join(dir, sub), *copy = path_join(t->dir, sub);
    bool good = path && copy && (mkdir(copy, 0777) == 0 || errno == EEXIST) &&
                !file_list(&names, path, NULL);

    for (size_t i = 0; good && i < names.n; i++) {
        char name[300], *whole;

        snprintf(name, sizeof name, "%s%s", sub, names.name[i]);
        whole = path_join(dir, name);
        if (whole && file_kind(whole) == FILE_DIR) {
            snprintf(name, sizeof name, "%s/", names.name[i]);
            good = !*sub && take_files(t, dir, name);
        } else {
            good = take_file(t, dir, name);
        }
        free(whole);
    }
    file_names_free(&names);
    free(path);
    free(copy);
    return good;
}

static bool
set_up(struct test *t, const char *dir, const char *engine)
{
    struct morgue_error err = {.message = ""};
    char path[400];

    for (size_t i = 0; i < ANSWERS; i++) {
        buf_init(&t->right.text[i], 1 << 24);
        buf_init(&t->got.text[i], 1 << 24);
    }
    t->shared = mmap(NULL, sizeof *t->shared, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (t->shared == MAP_FAILED)
        return false;
    snprintf(path, sizeof path, "%s/made", dir);
    snprintf(t->dir, sizeof t->dir, "%s/copy", dir);
    if (make_archive(path, engine, &err) || !take_files(t, path, "") ||
        ask(&t->right, t->dir, 0) || morgue_check(t->dir, NULL, NULL, &err)) {
        fprintf(stderr, "cannot set up: %s\n", err.message);
        return false;
    }
    for (size_t i = 0; i < ANSWERS; i++) {
        enum morgue_status want =
            i == QUESTIONS + 2 ? MORGUE_NO_ARTICLE : MORGUE_OK;

        if (t->right.st[i] != want) {
            fprintf(stderr, "answer %zu: status %d\n", i, (int)t->right.st[i]);
            return false;
        }
    }
    return true;
}

static double
now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* How far apart the tries must be to take so many seconds; odd, so that all
 * bits of a byte have their turn. */
static uint64_t
choose_step(struct test *t, double seconds)
{
    enum { TRIALS = 20 };
    struct file *largest = &t->file[0];
    double all = 0, begin;

    for (size_t i = 0; i < t->file_n; i++) {
        if (t->file[i].size > largest->size)
            largest = &t->file[i];
        all += 9 * (double)t->file[i].size;
    }
    begin = now();
    run_child(t, largest, BITS, 0, 8 * largest->size / TRIALS + 1);
    all *= (now() - begin) / TRIALS;
    return all > seconds ? (uint64_t)(all / seconds) | 1 : 1;
}

static uint64_t
damage(struct test *t, uint64_t seed, double seconds)
{
    uint64_t step = seconds > 0 ? choose_step(t, seconds) : 1;
    uint64_t failures = 0;

    *t->shared = (struct progress){0};
    printf("# one bit and length of %llu, seed %llu\n",
           (unsigned long long)step, (unsigned long long)seed);
    for (int kind = BITS; kind < KINDS; kind++) {
        uint64_t apart = kind == BITS || kind == CUTS ? step : 1;

        t->shared->failures = t->shared->tried = 0;
        for (size_t i = 0; i < t->file_n; i++)
            run_kind(t, &t->file[i], (enum kind)kind, seed, apart);
        printf("%s damage: %s\n", t->shared->failures ? "not ok" : "ok",
               kind_name[kind]);
        printf("# %llu tried, %llu wrong\n",
               (unsigned long long)t->shared->tried,
               (unsigned long long)t->shared->failures);
        fflush(stdout);
        failures += t->shared->failures;
    }
    return failures;
}

int
main(int argc, char **argv)
{
    static struct test t;
    const char *engine = "segment", *tmp = getenv("SCRATCH");
    uint64_t seed = (uint64_t)time(NULL) % 1000000, failures = 1;
    double seconds = 40;
    char dir[200], command[300];

    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--engine=", 9) == 0)
            engine = argv[i] + 9;
        else if (strncmp(argv[i], "--seconds=", 10) == 0)
            seconds = strtod(argv[i] + 10, NULL);
        else if (strncmp(argv[i], "--seed=", 7) == 0)
            seed = strtoull(argv[i] + 7, NULL, 10);
        else if (strcmp(argv[i], "--all") == 0)
            seconds = 0;
        else if (strcmp(argv[i], "--verbose") == 0)
            t.verbose = true;
        else
            return 2;
    }
    if (!engine_named(engine)) {
        printf("skip damage - there is no engine %s\n", engine);
        return 0;
    }
    if (access("/dev/shm", W_OK) == 0)
        tmp = "/dev/shm"; /* nothing is to last */
    snprintf(dir, sizeof dir, "%s/damage.XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        return 1;
    if (set_up(&t, dir, engine))
        failures = damage(&t, seed, seconds);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) != 0 || failures > 0;
}
