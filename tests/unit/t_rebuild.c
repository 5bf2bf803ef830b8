/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_rebuild.c - indexes made anew from what is stored, by the same engine and
 * by the other
 *
 * What an archive says of itself (print_all) is every article with all of its
 * fields, the hits of a few queries with their scores, and its values; it must
 * be the same before and after, and as that of an archive which the articles
 * are put into in the order in which they came.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../common/archive/archive.h"
#include "../../common/article/record.h"
#include "../../common/segment/engine_segment.h"
#include "../../common/xapian/engine_xapian.h"
#include "analysis_help.h"
#include "scratch.h"

static char dir[200], path[300];
static const char *engine; /* that archives have at first */
static const char *to;     /* and that they get */
static struct morgue_error err;

/* ---- archives ----------------------------------------------------------- */

enum { ARTICLES = 60, KEPT = 58 };

/* Article `i` in its version `v`: some are in a language that is declared,
 * that is detected, that their source is usually in, and in none. */
static void
add(morgue_update *u, unsigned i, unsigned v)
{
    static const char *const body[] = {
        "The ministers agreed on export quotas for coffee. Prices rose.",
        "Les ministres se sont mis d'accord sur les quotas du café. Les prix "
        "ont augmenté dans toutes les villes du pays.",
        "Kaffee 1 2 3", "4711"};
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], title[60], embargo[40];

    snprintf(id, sizeof id, "a%u", i * 7919 % ARTICLES);
    snprintf(title, sizeof title, "Coffee %u, version%u", i, v);
    a.id = str_of(id);
    a.title = str_of(title);
    a.body = str_of(body[i % 4]);
    a.source = str_of(i % 8 < 4 ? "Herald" : "Gazette");
    a.topics = str_of(i % 3 ? "coffee\ntrade" : "");
    a.extra = str_of("page: 7\n");
    if (i % 5 == 0)
        a.lang = STR("de");
    if (i % 6 > 0)
        a.date = (struct morgue_date){
            .seconds = 86400 * (int64_t)(i % 4),
            .precision = (enum morgue_date_precision)(i % 4 + 1),
            .offset = i % 4 == 3 ? -3600 : 0};
    if (i % 9 == 0) {
        snprintf(embargo, sizeof embargo, "2%03u-01-01T00:00:00Z", 150 + i);
        a.embargo = str_of(embargo);
    }
    CHECK_INT(morgue_update_add(u, &a, &err), MORGUE_OK);
}

static morgue_update *
update(const char *by)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = by;
    o.threads = 2;
    CHECK_INT(morgue_update_open(&u, path, &o, &err), MORGUE_OK);
    return u;
}

static void
commit(morgue_update *u)
{
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* An archive of several updates that added, replaced and removed. */
static void
make_archive(void)
{
    static unsigned made;
    morgue_update *u;

    snprintf(path, sizeof path, "%s/%u", dir, made++);
    for (unsigned round = 0; round < 3; round++) {
        u = update(engine);
        for (unsigned i = round * 20; i < round * 20 + 20; i++)
            add(u, i, round);
        for (unsigned i = 3; round > 0 && i < 12; i++)
            add(u, i, round);
        CHECK_INT(morgue_update_remove(u, round ? "a5" : "a59", NULL, &err),
                  MORGUE_OK);
        commit(u);
    }
}

/* ---- what an archive says ----------------------------------------------- */

static void
print_article(struct buf *out, const struct morgue_article *a)
{
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        buf_printf(out, "%.*s|", (int)s.len, s.s ? s.s : "");
    }
    buf_printf(out, "%lld %d %d\n", (long long)a->date.seconds,
               (int)a->date.precision, (int)a->date.offset);
}

/* All articles of an archive, in the order of arrival, and the hashes they
 * have. */
static void
each_stored(const char *archive,
            bool (*each)(const struct morgue_article *, uint64_t, void *),
            void *payload)
{
    struct archive_info info;
    struct engine_reader *r = NULL;
    struct query every = {.op = QUERY_EVERY};
    struct engine_params params = {.k1 = 1};
    struct collector c = {
        .kind = COLLECT_FIRST, .sort = MORGUE_SORT_ARRIVAL, .limit = 1000};
    struct morgue_article a;
    struct arena arena;
    struct dir d;
    uint64_t hash = 0;

    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(dir_open(&d, archive, &err), MORGUE_OK);
    CHECK_INT(archive_read(&info, &d, &err), MORGUE_OK);
    CHECK_INT(engine_reader_open(&r, info.engine, &d, &err), MORGUE_OK);
    CHECK_INT(engine_collect(&c, 1, r, &arena, &every, &params, NULL, &err),
              MORGUE_OK);
    CHECK(c.hits.n > ARTICLES / 2);
    for (size_t i = 0; i < c.hits.n; i++) {
        uint64_t number = c.hits.hit[i].number;

        CHECK_INT(engine_article(&a, r, &arena, number, true, &err), 0);
        CHECK_INT(engine_hash(&hash, r, number, &err), 0);
        CHECK(each(&a, hash, payload));
    }
    engine_reader_close(r);
    dir_close(&d);
    arena_free(&arena);
}

static bool
print_stored(const struct morgue_article *a, uint64_t hash, void *out)
{
    print_article(out, a);
    buf_printf(out, "%llx\n", (unsigned long long)hash);
    return true;
}

static void
print_hits(struct buf *out, morgue *m)
{
    static const char *const query[] = {
        "coffee",   "\"export quotas\"", "version1 prix", "lang:de",
        "kaffee 3", "topic:trade",       "quota -cafe"};
    struct morgue_search_options o = MORGUE_SEARCH_INIT;

    o.limit = 100;
    o.exact_total = true;
    for (int sort = 0; sort <= MORGUE_SORT_OLDEST; sort++)
        for (size_t i = 0; i < sizeof query / sizeof *query; i++) {
            struct morgue_hit hit = MORGUE_HIT_INIT;
            morgue_hits *hits = NULL;

            o.sort = (enum morgue_sort)sort;
            CHECK_INT(morgue_search(&hits, m, query[i], &o, &err), MORGUE_OK);
            buf_printf(out, "%s: %llu\n", query[i],
                       (unsigned long long)morgue_hits_total(hits, NULL));
            for (size_t k = 0; morgue_hits_get(hits, k, &hit); k++)
                buf_printf(out, "%s %.9g\n", hit.id.s, hit.score);
            morgue_hits_free(hits);
        }
}

static void
print_answers(struct buf *out)
{
    struct morgue_stats s = MORGUE_STATS_INIT;
    morgue *m = NULL;

    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_stat(m, &s, &err), MORGUE_OK);
    buf_printf(out, "%llu %llu %llu %.9g %s\n", (unsigned long long)s.articles,
               (unsigned long long)s.undated, (unsigned long long)s.terms,
               s.mean_length, s.languages);
    print_hits(out, m);
    morgue_close(m);
}

static struct buf
print_all(void)
{
    struct buf out;

    buf_init(&out, 1 << 20);
    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
    print_answers(&out);
    each_stored(path, print_stored, &out);
    CHECK_INT(buf_status(&out, NULL), MORGUE_OK);
    return out;
}

/* The archive says that, which is given back. */
static void
says(struct buf *want)
{
    struct buf now = print_all();

    CHECK_BYTES(now.data, now.len, want->data);
    buf_free(&now);
    buf_free(want);
}

static bool
has_file(const char *prefix)
{
    struct file_names names = {0};
    bool has = false;

    CHECK_INT(file_list(&names, path, NULL), MORGUE_OK);
    for (size_t i = 0; i < names.n; i++)
        has |= strncmp(names.name[i], prefix, strlen(prefix)) == 0;
    file_names_free(&names);
    return has;
}

static enum morgue_status
rebuild(const char *by)
{
    struct morgue_rebuild_options o = MORGUE_REBUILD_INIT;
    uint64_t articles = 0;
    enum morgue_status st;

    o.engine = by;
    o.threads = 3;
    st = morgue_rebuild(path, &o, &articles, &err);
    CHECK(st || articles == KEPT);
    return st;
}

static const char *
engine_now(void)
{
    struct morgue_stats s = MORGUE_STATS_INIT;
    static char name[sizeof s.engine];
    morgue *m = NULL;

    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(morgue_stat(m, &s, &err), MORGUE_OK);
    memcpy(name, s.engine, sizeof name);
    morgue_close(m);
    return name;
}

/* ---- cases -------------------------------------------------------------- */

static void
it_says_the_same(void)
{
    struct buf before;
    bool segment = strcmp(to, "segment") == 0;

    make_archive();
    before = print_all();
    CHECK_INT(rebuild(to), MORGUE_OK);
    CHECK_STR(engine_now(), to);
    CHECK(has_file("seg-") == segment && has_file("segments") == segment);
    CHECK(has_file("gen-") != segment && has_file("XAPIANDB") != segment);
    says(&before);
}

static bool
add_to(const struct morgue_article *a, uint64_t hash, void *u)
{
    (void)hash;
    CHECK_INT(morgue_update_add(u, a, &err), MORGUE_OK);
    return true;
}

/* An archive that the same articles are put into, in their order and with
 * their languages, answers alike. */
static void
it_is_as_indexed_at_once(void)
{
    struct buf rebuilt, once;
    char from[300];
    morgue_update *u;

    make_archive();
    CHECK_INT(rebuild(to), MORGUE_OK);
    buf_init(&rebuilt, 1 << 20);
    buf_init(&once, 1 << 20);
    print_answers(&rebuilt);
    snprintf(from, sizeof from, "%s", path);
    snprintf(path, sizeof path, "%s/once-%s-%s", dir, engine, to);
    u = update(to);
    each_stored(from, add_to, u);
    commit(u);
    print_answers(&once);
    CHECK_BYTES(once.data, once.len, rebuilt.data);
    buf_free(&once);
    buf_free(&rebuilt);
}

/* The next update finds every article unchanged. */
static void
the_next_update_changes_nothing(void)
{
    struct morgue_report report = MORGUE_REPORT_INIT;
    morgue_update *u;

    make_archive();
    CHECK_INT(rebuild(to), MORGUE_OK);
    u = update(NULL);
    for (unsigned i = 20; i < 40; i++)
        add(u, i, 1);
    CHECK_INT(morgue_update_commit(u, &report, &err), MORGUE_OK);
    CHECK_INT(report.outcome[MORGUE_UNCHANGED], 20);
    morgue_update_close(u);
}

static enum morgue_status
search(morgue *m)
{
    morgue_hits *hits = NULL;
    enum morgue_status st = morgue_search(&hits, m, "coffee", NULL, &err);

    morgue_hits_free(hits);
    return st;
}

/* That is what it is for; who has it open follows. */
static void
another_analysis_gives_way(void)
{
    struct buf before;
    morgue *m = NULL, *old = NULL;

    make_archive();
    before = print_all();
    CHECK_INT(morgue_open(&old, path, &err), MORGUE_OK);
    analysis_write(path, engine_now(), "another");
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    CHECK_INT(search(m), MORGUE_VERSION_DIFFERS);
    CHECK_INT(search(old), MORGUE_OK);
    CHECK_INT(rebuild(to), MORGUE_OK);
    CHECK_INT(search(m), strcmp(engine, "xapian") == 0
                             ? err.status
                             : MORGUE_VERSION_DIFFERS);
    CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
    CHECK_INT(search(m), MORGUE_OK);
    CHECK_INT(morgue_refresh(old, &err), MORGUE_OK);
    CHECK_INT(search(old), MORGUE_OK);
    morgue_close(m);
    morgue_close(old);
    says(&before);
}

/* A reader that is open sees its state until it is refreshed. */
static void
readers_follow_when_they_refresh(void)
{
    struct morgue_stats s = MORGUE_STATS_INIT;
    morgue_hits *hits = NULL;
    morgue_update *u;
    morgue *m = NULL;

    make_archive();
    CHECK_INT(morgue_open(&m, path, &err), MORGUE_OK);
    for (int i = 0; i < 4; i++) {
        CHECK_INT(rebuild(i % 2 ? engine : to), MORGUE_OK);
        CHECK_INT(morgue_search(&hits, m, "quotas", NULL, &err), MORGUE_OK);
        CHECK(morgue_hits_n(hits) > 3);
        morgue_hits_free(hits);
        if (i == 0)
            continue; /* two changes at once */
        CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
        CHECK_INT(morgue_stat(m, &s, &err), MORGUE_OK);
        CHECK_STR(s.engine, i % 2 ? engine : to);
        CHECK_INT(s.articles, KEPT);
    }
    u = update(NULL);
    CHECK_INT(morgue_update_remove(u, "a7", NULL, &err), MORGUE_OK);
    commit(u);
    CHECK_INT(morgue_refresh(m, &err), MORGUE_OK);
    CHECK_INT(morgue_stat(m, &s, &err), MORGUE_OK);
    CHECK_INT(s.articles, KEPT - 1);
    morgue_close(m);
}

static void
one_writer_at_a_time(void)
{
    morgue_update *u;

    make_archive();
    u = update(NULL);
    CHECK_INT(rebuild(to), MORGUE_BUSY);
    CHECK_INT(err.status, MORGUE_BUSY);
    morgue_update_close(u);
    CHECK_INT(rebuild("none"), MORGUE_USAGE);
    CHECK_STR(engine_now(), engine);
    CHECK_INT(rebuild(to), MORGUE_OK);
}

/* One without articles. */
static void
nothing_made_anew(void)
{
    uint64_t articles = 7;
    struct morgue_rebuild_options o = MORGUE_REBUILD_INIT;

    snprintf(path, sizeof path, "%s/empty-%s-%s", dir, engine, to);
    commit(update(engine));
    analysis_write(path, engine_now(), "another");
    o.engine = to;
    CHECK_INT(morgue_rebuild(path, &o, &articles, &err), MORGUE_OK);
    CHECK_INT(articles, 0);
    CHECK_STR(engine_now(), to);
    CHECK_INT(morgue_check(path, NULL, NULL, &err), MORGUE_OK);
    commit(update(NULL));
}

/* What a killed one left of another engine goes with the next writer. */
static void
left_overs_go(void)
{
    const struct engine *other = engine_named(to);
    char analysis[ANALYSIS_MAX];
    struct buf before;
    struct archive a;

    if (strcmp(engine, to) == 0)
        SKIP("it is of another engine");
    make_archive();
    before = print_all();
    CHECK_INT(archive_hold(&a, path, &err), MORGUE_OK);
    CHECK_INT(archive_own_analysis(analysis, &err), MORGUE_OK);
    CHECK_INT(archive_begin_engine(&a, other, analysis, &err), MORGUE_OK);
    archive_close(&a, false);
    CHECK(has_file("segments") && has_file("XAPIANDB"));
    commit(update(NULL));
    CHECK(has_file("segments") != has_file("XAPIANDB"));
    says(&before);
}

/* ---- beside searches ---------------------------------------------------- */

static bool over;

static void *
search_all_the_time(void *handle)
{
    morgue *m = handle;
    uint64_t wrong = 0;
    bool last = false;

    for (unsigned i = 0; !last; i++) {
        struct morgue_stats s = MORGUE_STATS_INIT;
        morgue_hits *hits = NULL;
        struct morgue_error e;
        enum morgue_status st;

        last = __atomic_load_n(&over, __ATOMIC_SEQ_CST);
        st = i % 5 ? MORGUE_OK : morgue_refresh(m, &e);
        if (!st)
            st = morgue_search(&hits, m, "quotas", NULL, &e);
        wrong += !st && morgue_hits_n(hits) < 3;
        if (!st)
            st = morgue_stat(m, &s, &e);
        wrong += !st && s.articles != KEPT;
        if (st)
            fprintf(stderr, "%s\n", e.message);
        wrong += st != MORGUE_OK;
        morgue_hits_free(hits);
    }
    return (void *)(uintptr_t)wrong;
}

static void
searches_go_on(void)
{
    enum { THREADS = 3, TIMES = 12 };
    pthread_t thread[THREADS];
    morgue *m[2] = {NULL, NULL};

    make_archive();
    over = false;
    CHECK_INT(morgue_open(&m[0], path, &err), MORGUE_OK);
    CHECK_INT(morgue_open(&m[1], path, &err), MORGUE_OK);
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(
            pthread_create(&thread[i], NULL, search_all_the_time, m[i % 2]),
            0);
    for (int i = 0; i < TIMES; i++)
        CHECK_INT(rebuild(i % 2 ? engine : to), MORGUE_OK);
    __atomic_store_n(&over, true, __ATOMIC_SEQ_CST);
    for (int i = 0; i < THREADS; i++) {
        void *wrong = NULL;

        pthread_join(thread[i], &wrong);
        CHECK_INT((uintptr_t)wrong, 0);
    }
    morgue_close(m[0]);
    morgue_close(m[1]);
}

/* ---- damage ------------------------------------------------------------- */

/* The name of the file that articles are stored in. */
static void
stored_file(char out[400])
{
    struct file_names names = {0};

    CHECK_INT(file_list(&names, path, NULL), MORGUE_OK);
    for (size_t i = 0; i < names.n; i++)
        if (strncmp(names.name[i], "seg-", 4) == 0)
            snprintf(out, 400, "%s/%s", path, names.name[i]);
        else if (strncmp(names.name[i], "gen-", 4) == 0)
            snprintf(out, 400, "%s/%s/docdata.glass", path, names.name[i]);
    file_names_free(&names);
}

static void
turn_bit(const char *file, long at, int bit)
{
    FILE *f = fopen(file, "r+b");
    int c;

    CHECK(f != NULL);
    if (!f)
        return;
    fseek(f, at, SEEK_SET);
    c = fgetc(f);
    fseek(f, at, SEEK_SET);
    fputc(c ^ 1 << bit, f);
    fclose(f);
}

static long
length_of(const char *file)
{
    FILE *f = fopen(file, "rb");
    long n;

    CHECK(f != NULL);
    if (!f)
        return 0;
    fseek(f, 0, SEEK_END);
    n = ftell(f);
    fclose(f);
    return n;
}

/* Any bit that is turned is told, and nothing is switched; or it was none that
 * an article needs, and the archive is sound then. */
static void
damage_is_told(void)
{
    enum { BITS = 16 };
    struct buf before, after;
    char file[400], whole[300], command[1000];
    unsigned told = 0;

    make_archive();
    CHECK_INT(rebuild(engine), MORGUE_OK); /* all in one file */
    before = print_all();
    snprintf(whole, sizeof whole, "%s", path);
    for (int i = 0; i < BITS; i++) {
        enum morgue_status st;
        long at;

        snprintf(path, sizeof path, "%s/wound", dir);
        snprintf(command, sizeof command, "rm -rf '%s'; cp -r '%s' '%s'", path,
                 whole, path);
        CHECK_INT(system(command), 0);
        stored_file(file);
        at = length_of(file) * i / BITS + i % 7;
        turn_bit(file, at, i % 8);
        st = rebuild(to);
        if (!st) {
            after = print_all();
            CHECK_BYTES(after.data, after.len, before.data);
            buf_free(&after);
            continue;
        }
        told++;
        CHECK_INT(err.status, st);
        if (st != MORGUE_IO || strcmp(engine, "xapian")) /* libxapian's */
            CHECK_INT(st, MORGUE_DAMAGED);
        turn_bit(file, at, i % 8); /* it is all there still */
        after = print_all();
        CHECK_BYTES(after.data, after.len, before.data);
        buf_free(&after);
    }
    CHECK(told > 0);
    buf_free(&before);
}

static void
run_for(const char *from, const char *into)
{
    char label[40];

    engine = from;
    to = into;
    snprintf(label, sizeof label, "%s to %s", from, into);
    RUN_ON(label, it_says_the_same);
    RUN_ON(label, it_is_as_indexed_at_once);
    RUN_ON(label, the_next_update_changes_nothing);
    RUN_ON(label, another_analysis_gives_way);
    RUN_ON(label, readers_follow_when_they_refresh);
    RUN_ON(label, one_writer_at_a_time);
    RUN_ON(label, nothing_made_anew);
    RUN_ON(label, left_overs_go);
    RUN_ON(label, searches_go_on);
    RUN_ON(label, damage_is_told);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "rebuild"))
        return 1;
    run_for("segment", "segment");
    run_for("segment", "xapian");
    run_for("xapian", "segment");
    run_for("xapian", "xapian");
    return scratch_drop(dir) ? test_end() : 1;
}
