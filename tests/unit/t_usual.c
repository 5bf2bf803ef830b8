/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_usual.c - tests of which language an article gets that declares none:
 * the rules one by one, and updates of both engines, in one and in many
 * threads, once and again, beside what morgue_source_read says
 */
#include "../../common/morgue.h"
#include "../../indexer/usual.h"
#include "source_help.h"

/* Sure, and what is sure of nothing. */
static const char
    *const english = "The council said on Monday that the bridge would "
                     "be closed for two weeks because of the flood.",
           *const german = "Der Stadtrat sagte am Montag, dass die Brücke "
                           "wegen der Flut zwei Wochen geschlossen bleibt.",
           *const russian = "Городской совет сообщил, что мост будет закрыт "
                            "на две недели из-за наводнения.",
           *const numbers = "1,234 5,678 Q4 9.10",
           *const polish_names = "Kowalski Nowak Wójcik", *const han = "国会";

/* ---- the rules ---------------------------------------------------------- */

static struct usual *
fresh(void)
{
    struct morgue_error err;
    struct usual *u = NULL;

    CHECK_INT(usual_new(&u, NULL, NULL, &err), MORGUE_OK);
    return u;
}

static struct usual_clue
clue(const char *title, const char *lang, const char *source, const char *path)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.title = str_of(title);
    a.lang = str_of(lang);
    a.source = str_of(source);
    return usual_look(&a, usual_group(&a, path));
}

static void
learn(struct usual *u, size_t n, const char *title, const char *source,
      const char *path)
{
    struct usual_clue c = clue(title, "", source, path);

    for (size_t i = 0; i < n; i++)
        usual_learn(u, &c);
}

static void
tells(struct usual *u, const char *title, const char *source, const char *path,
      const char *want)
{
    struct usual_clue c = clue(title, "", source, path);
    struct morgue_error err;
    struct morgue_str got;

    CHECK_INT(usual_tell(&got, u, &c, &err), MORGUE_OK);
    CHECK_BYTES(got.s, got.len, want);
}

static void
by_source_by_file_by_archive(void)
{
    struct usual *u = fresh();

    learn(u, 20, english, "Gazette", "a.jsonl");
    learn(u, 4, german, "Bote", "a.jsonl");
    learn(u, 2, russian, "", "b.jsonl");
    tells(u, numbers, "Gazette", "b.jsonl", "en");
    tells(u, numbers, "Bote", "b.jsonl", "de");
    tells(u, numbers, "", "b.jsonl", "ru");
    /* Of these nothing is known: the archive has enough of English. */
    tells(u, numbers, "Courier", "b.jsonl", "en");
    tells(u, numbers, "", "c.jsonl", "en");
    tells(u, numbers, "", "", "en");
    /* A source's name is no file's. */
    tells(u, numbers, "", "Bote", "en");
    usual_free(u);
}

static void
a_text_may_speak_against_it(void)
{
    struct usual *u = fresh();

    learn(u, 9, english, "Gazette", "");
    tells(u, russian, "Gazette", "", "ru");          /* sure */
    tells(u, "В Москве пожар", "Gazette", "", "ru"); /* not, but Cyrillic */
    tells(u, german, "Gazette", "", "de");
    tells(u, polish_names, "Gazette", "", "en"); /* it fits */
    tells(u, han, "Gazette", "", "zh");
    learn(u, 9, "首相は明日、訪米すると述べた", "Shimbun", "");
    tells(u, han, "Shimbun", "", "ja");
    usual_free(u);
}

static void
nothing_is_usual_in_a_mixed_source(void)
{
    struct usual *u = fresh();

    learn(u, 50, english, "Gazette", "");
    learn(u, 5, german, "Bund", "");
    learn(u, 4, russian, "Bund", "");
    tells(u, "В Москве пожар", "Bund", "", "ru"); /* what is likely */
    tells(u, numbers, "Bund", "", "de");          /* most are in that */
    learn(u, 20, german, "Bund", "");
    tells(u, numbers, "Bund", "", "de");
    usual_free(u);
}

static void
nothing_is_known(void)
{
    struct usual *u = fresh();

    tells(u, "В Москве пожар", "", "", "ru");
    tells(u, numbers, "x", "y", "");
    tells(u, "", "", "", "");
    usual_free(u);
}

static void
what_is_declared_counts(void)
{
    struct usual *u = fresh();
    struct morgue_error err;
    struct morgue_str got;
    struct usual_clue c = clue(english, "oc", "Jornalet", "");

    CHECK_INT(usual_tell(&got, u, &c, &err), MORGUE_OK);
    CHECK_BYTES(got.s, got.len, "oc"); /* though it is English */
    usual_learn(u, &c);
    tells(u, numbers, "Jornalet", "", "oc"); /* no language that is told */
    tells(u, english, "Jornalet", "", "en");
    c = clue(numbers, "de-AT", "Bote", "");
    usual_learn(u, &c);
    tells(u, numbers, "Bote", "", "de");
    usual_free(u);
}

/* What is told teaches nothing: a source does not go astray by itself. */
static void
only_what_is_sure_is_learnt(void)
{
    struct usual *u = fresh();

    learn(u, 100, polish_names, "Gazette", "");
    learn(u, 100, numbers, "Gazette", "");
    learn(u, 1, english, "Gazette", "");
    tells(u, polish_names, "Gazette", "", "en");
    usual_free(u);
}

/* However many sources there are, a large one is kept. */
static void
a_ceiling(void)
{
    struct usual *u = fresh();
    char name[32];

    learn(u, 1000, german, "Bote", "");
    learn(u, 90000, english, "Gazette", "");
    for (int i = 0; i < 50000; i++) {
        snprintf(name, sizeof name, "file%d", i);
        learn(u, 1, russian, "", name);
    }
    tells(u, numbers, "Bote", "", "de");
    tells(u, numbers, "Gazette", "", "en");
    tells(u, numbers, "", "file49999", "ru");
    usual_free(u);
}

/* More languages than there is room for. */
static void
many_languages(void)
{
    struct usual *u = fresh();
    char lang[4] = "qaa";

    for (int i = 0; i < 26 * 20; i++) {
        struct usual_clue c;

        lang[1] = (char)('a' + i / 26);
        lang[2] = (char)('a' + i % 26);
        c = clue(numbers, lang, "Babel", "");
        usual_learn(u, &c);
    }
    learn(u, 3, english, "Babel", "");
    tells(u, english, "Babel", "", "en");
    tells(u, numbers, "Other", "", "qaa");
    usual_free(u);
}

/* ---- updates ------------------------------------------------------------ */

enum { ARTICLES = 4000, NAME_MAX_ = 300 };

static uint64_t seed;

static size_t
any(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static const char *const titles[] = {
    "Bridge closed",
    "Kowalski Nowak Wójcik",
    "1,234 5,678",
    "Garcia, Martinez, Lopez",
    "Le pont",
    "Brücke zu",
    "Мост",
    "国会",
    "Ferry to Bergen, Oslo",
    "Marathon Berlin: Müller 2, Weber 3",
    "Roma Lazio 2-1",
};

/* A file with articles of several sources, of which most are not sure, and
 * whose languages change now and then. */
static void
write_news(const char *path, size_t n)
{
    static const struct {
        const char *source, *body;
    } kinds[] = {
        {"Gazette", "The council said on Monday that the bridge would "
                    "be closed for two weeks because of the flood."},
        {"Bote", "Der Stadtrat sagte am Montag, dass die Brücke wegen "
                 "der Flut zwei Wochen geschlossen bleibt."},
        {"Вестник", "Городской совет сообщил, что мост будет закрыт "
                    "на две недели из-за наводнения."},
        {"", "Le conseil a dit lundi que le pont serait fermé pendant "
             "deux semaines à cause de la crue."}};
    FILE *f = fopen(path, "w");

    CHECK(f != NULL);
    for (size_t i = 0; f && i < n; i++) {
        size_t k = any(4), t = any(sizeof titles / sizeof *titles);
        bool full = any(3) == 0, declared = any(20) == 0;

        fprintf(f, "{\"id\": \"n%zu\", \"title\": \"%s\"", i, titles[t]);
        if (*kinds[k].source)
            fprintf(f, ", \"source\": \"%s\"", kinds[k].source);
        if (declared)
            fprintf(f, ", \"lang\": \"nl\"");
        fprintf(f, ", \"body\": \"%s", titles[t]);
        for (int line = 0; full && line < 12; line++)
            fprintf(f, " %s", kinds[(k + i / 300) % 4].body);
        fprintf(f, "\"}\n");
    }
    if (f)
        fclose(f);
}

struct way {
    const char *engine;
    unsigned threads;
    size_t memory;
};

static void
update(const char *archive, const char *source, struct way way,
       struct morgue_report *report)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;

    o.engine = way.engine;
    o.threads = way.threads;
    o.memory = way.memory;
    *report = (struct morgue_report)MORGUE_REPORT_INIT;
    CHECK_INT(morgue_update_open(&u, archive, &o, &err), MORGUE_OK);
    if (!u)
        return;
    CHECK_INT(morgue_update_add_source(u, source, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, report, &err), MORGUE_OK);
    morgue_update_close(u);
}

/* The languages of all articles, by the number in their id. */
static void
read_languages(const char *archive, char lang[ARTICLES][4])
{
    struct morgue_error err;
    morgue *m = NULL;

    memset(lang, 0, sizeof(char[ARTICLES][4]));
    CHECK_INT(morgue_open(&m, archive, &err), MORGUE_OK);
    for (size_t i = 0; m && i < ARTICLES; i++) {
        struct morgue_str got;
        morgue_text *text = NULL;
        char id[24];

        snprintf(id, sizeof id, "n%zu", i);
        if (morgue_get(&text, m, id, &err) != MORGUE_OK)
            continue;
        got = morgue_text_article(text)->lang;
        snprintf(lang[i], 4, "%.*s", (int)got.len, got.s);
        morgue_text_free(text);
    }
    morgue_close(m);
}

static bool
note_language(const struct morgue_article *a,
              const struct morgue_origin *origin, void *lang)
{
    size_t i = strtoul(a->id.s + 1, NULL, 10);

    (void)origin;
    CHECK(i < ARTICLES);
    if (i < ARTICLES)
        snprintf(((char(*)[4])lang)[i], 4, "%.*s", (int)a->lang.len,
                 a->lang.s);
    return true;
}

/* Articles without a date are in the order of arrival. */
static void
arrived_in_order(const char *archive)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_error err;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue *m = NULL;
    morgue_hits *hits = NULL;
    long last = -1;

    o.sort = MORGUE_SORT_NEWEST;
    o.limit = ARTICLES;
    CHECK_INT(morgue_open(&m, archive, &err), MORGUE_OK);
    if (!m)
        return;
    CHECK_INT(morgue_search(&hits, m, "lang:nl", &o, &err), MORGUE_OK);
    CHECK(morgue_hits_n(hits) > 100);
    for (size_t i = 0; i < morgue_hits_n(hits); i++) {
        CHECK(morgue_hits_get(hits, i, &hit));
        CHECK(strtol(hit.id.s + 1, NULL, 10) > last);
        last = strtol(hit.id.s + 1, NULL, 10);
    }
    morgue_hits_free(hits);
    morgue_close(m);
}

static const struct way ways[] = {
    {"segment", 1, 0}, {"segment", 8, 0}, {"segment", 3, 1 << 20},
    {"xapian", 1, 0},  {"xapian", 8, 0},  {"xapian", 2, 1 << 20},
};

static char shown[ARTICLES][4], got[ARTICLES][4];

/* Each way gives the languages that a look without an archive gives; the same
 * once more changes nothing. */
static void
each_way_gives_the_same(void)
{
    struct morgue_source_options o = MORGUE_SOURCE_INIT;
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_error err;
    char news[NAME_MAX_], archive[NAME_MAX_];

    seed = 7;
    snprintf(news, sizeof news, "%s/news.jsonl", folder);
    write_news(news, ARTICLES);
    o.on_article = note_language;
    o.payload = shown;
    CHECK_INT(morgue_source_read(news, &o, &err), MORGUE_OK);
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        snprintf(archive, sizeof archive, "%s/same%zu", folder, w);
        update(archive, news, ways[w], &report);
        CHECK_INT(report.outcome[MORGUE_ADDED], ARTICLES);
        read_languages(archive, got);
        CHECK(memcmp(got, shown, sizeof got) == 0);
        arrived_in_order(archive);
        update(archive, news, ways[w], &report);
        CHECK_INT(report.outcome[MORGUE_UNCHANGED], ARTICLES);
        CHECK_INT(report.outcome[MORGUE_UPDATED], 0);
        read_languages(archive, got);
        CHECK(memcmp(got, shown, sizeof got) == 0);
    }
}

/* An article so large that a batch ends with it. */
static void
write_large(FILE *f, int id)
{
    fprintf(f, "{\"id\": \"x%d\", \"lang\": \"en\", \"body\": \"", id);
    for (int i = 0; i < 40000; i++)
        fprintf(f, "wave %d ", i);
    fprintf(f, "\"}\n");
}

/* What a batch teaches is known in the next, though that is looked at sooner:
 * many texts that are sure, then few bytes of their sources that are not. */
static void
batches_take_turns(void)
{
    enum { BLOCKS = 3, SOURCES = 2000, TAIL = 100 };
    struct morgue_report report = MORGUE_REPORT_INIT;
    char news[NAME_MAX_], archive[NAME_MAX_];
    FILE *f;

    snprintf(news, sizeof news, "%s/turns.jsonl", folder);
    f = fopen(news, "w");
    CHECK(f != NULL);
    for (int b = 0; f && b < BLOCKS; b++) {
        write_large(f, 2 * b);
        for (int i = 0; i < SOURCES; i++)
            fprintf(f,
                    "{\"id\": \"y%d-%d\", \"source\": \"s%d-%d\", "
                    "\"body\": \"%s\"}\n",
                    b, i, b, i, german);
        write_large(f, 2 * b + 1);
        for (int i = 0; i < TAIL; i++)
            fprintf(f,
                    "{\"id\": \"n%d\", \"source\": \"s%d-%d\", "
                    "\"title\": \"Nr. %d\"}\n",
                    b * TAIL + i, b, SOURCES - 1 - i, i);
    }
    if (f)
        fclose(f);
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        size_t wrong = 0;

        snprintf(archive, sizeof archive, "%s/turns%zu", folder, w);
        update(archive, news, ways[w], &report);
        read_languages(archive, got);
        for (int i = 0; i < BLOCKS * TAIL; i++)
            wrong += strcmp(got[i], "de") != 0;
        CHECK_INT(wrong, 0);
    }
}

/* A later update knows what the archive has: sources first, else all. */
static void
later_updates_know_the_archive(void)
{
    struct morgue_report report = MORGUE_REPORT_INIT;
    char news[NAME_MAX_], more[NAME_MAX_], archive[NAME_MAX_];
    FILE *f;

    snprintf(news, sizeof news, "%s/first.jsonl", folder);
    snprintf(more, sizeof more, "%s/more.jsonl", folder);
    f = fopen(news, "w");
    CHECK(f != NULL);
    for (int i = 0; f && i < 60; i++)
        fprintf(f, "{\"id\": \"n%d\", \"source\": \"%s\", \"body\": \"%s\"}\n",
                i, i % 6 ? "Gazette" : "Der  Bote", i % 6 ? english : german);
    if (f)
        fclose(f);
    f = fopen(more, "w");
    CHECK(f != NULL);
    if (f) {
        fprintf(f,
                "{\"id\": \"n61\", \"source\": \"Gazette\", "
                "\"title\": \"%s\"}\n",
                polish_names);
        fprintf(f,
                "{\"id\": \"n62\", \"source\": \"Der  Bote\", "
                "\"title\": \"%s\"}\n",
                numbers);
        fprintf(f,
                "{\"id\": \"n63\", \"source\": \"Courier\", "
                "\"title\": \"%s\"}\n",
                numbers);
        fprintf(f, "{\"id\": \"n64\", \"title\": \"%s\"}\n", numbers);
        fprintf(f,
                "{\"id\": \"n65\", \"source\": \"Gazette\", "
                "\"title\": \"%s\"}\n",
                "В Москве пожар");
        fclose(f);
    }
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        snprintf(archive, sizeof archive, "%s/later%zu", folder, w);
        update(archive, news, ways[w], &report);
        update(archive, more, ways[w], &report);
        CHECK_INT(report.outcome[MORGUE_ADDED], 5);
        read_languages(archive, got);
        CHECK_STR(got[61], "en");
        CHECK_STR(got[62], "de");
        CHECK_STR(got[63], "en");
        CHECK_STR(got[64], "en");
        CHECK_STR(got[65], "ru");
    }
}

/* The beginning is told as the rest is. */
static void
the_beginning_is_learnt_ahead(void)
{
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_source_options o = MORGUE_SOURCE_INIT;
    struct morgue_error err;
    char news[NAME_MAX_], archive[NAME_MAX_];
    FILE *f;

    snprintf(news, sizeof news, "%s/ahead.jsonl", folder);
    f = fopen(news, "w");
    CHECK(f != NULL);
    for (int i = 0; f && i < 20; i++)
        fprintf(f, "{\"id\": \"n%d\", \"body\": \"%s\"}\n", i,
                i < 9 ? polish_names : english);
    if (f)
        fclose(f);
    o.on_article = note_language;
    memset(shown, 0, sizeof shown);
    o.payload = shown;
    CHECK_INT(morgue_source_read(news, &o, &err), MORGUE_OK);
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        snprintf(archive, sizeof archive, "%s/ahead%zu", folder, w);
        update(archive, news, ways[w], &report);
        read_languages(archive, got);
        for (int i = 0; i < 20; i++)
            CHECK_STR(got[i], "en");
        CHECK(memcmp(got, shown, sizeof got) == 0);
    }
}

/* A language that a map says of a source is that of all of it. */
static void
a_map_is_stronger(void)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_error err;
    char news[NAME_MAX_], map_file[NAME_MAX_], archive[NAME_MAX_];
    morgue_update *u = NULL;
    FILE *f;

    snprintf(news, sizeof news, "%s/mapped.jsonl", folder);
    snprintf(map_file, sizeof map_file, "%s/map", folder);
    snprintf(archive, sizeof archive, "%s/mapped", folder);
    write_news(news, 200);
    f = fopen(map_file, "w");
    CHECK(f != NULL);
    if (f) {
        fprintf(f, "lang = \"fr\"\n");
        fclose(f);
    }
    o.map = map_file;
    CHECK_INT(morgue_update_open(&u, archive, &o, &err), MORGUE_OK);
    if (!u)
        return;
    CHECK_INT(morgue_update_add_source(u, news, &err), MORGUE_OK);
    CHECK_INT(morgue_update_commit(u, NULL, &err), MORGUE_OK);
    morgue_update_close(u);
    read_languages(archive, got);
    for (int i = 0; i < 200; i++)
        CHECK_STR(got[i], "fr");
}

/* A reader that wants no more gets no more, however few were read. */
static bool
one_only(const struct morgue_article *a, const struct morgue_origin *origin,
         void *n)
{
    (void)origin;
    CHECK_BYTES(a->id.s, a->id.len, "n0");
    ++*(int *)n;
    return false;
}

static void
a_look_can_be_ended(void)
{
    struct morgue_source_options o = MORGUE_SOURCE_INIT;
    struct morgue_error err;
    char news[NAME_MAX_];
    int n = 0;

    snprintf(news, sizeof news, "%s/ended.jsonl", folder);
    write_news(news, 40);
    o.on_article = one_only;
    o.payload = &n;
    CHECK_INT(morgue_source_read(news, &o, &err), MORGUE_OK);
    CHECK_INT(n, 1);
    write_news(news, 1000);
    n = 0;
    CHECK_INT(morgue_source_read(news, &o, &err), MORGUE_OK);
    CHECK_INT(n, 1);
}

/* ---- the shared collections --------------------------------------------- */

static void
becomes_english(const char *name)
{
    struct morgue_report report = MORGUE_REPORT_INIT;
    struct morgue_stats stats = MORGUE_STATS_INIT;
    struct morgue_error err;
    char file[100], archive[NAME_MAX_], want[64];
    const char *path;
    morgue *m = NULL;

    snprintf(file, sizeof file, "ir/%s/docs.jsonl", name);
    path = shared(file);
    if (!path)
        SKIP("the shared corpora do not have it");
    snprintf(archive, sizeof archive, "%s/%s", folder, name);
    update(archive, path, ways[1], &report);
    CHECK_INT(morgue_open(&m, archive, &err), MORGUE_OK);
    if (!m)
        return;
    stats.size = sizeof stats;
    CHECK_INT(morgue_stat(m, &stats, &err), MORGUE_OK);
    snprintf(want, sizeof want, "en %llu",
             (unsigned long long)report.outcome[MORGUE_ADDED]);
    CHECK_STR(stats.languages, want);
    morgue_close(m);
}

#define COLLECTION(name)                                                      \
    static void name##_becomes_english(void)                                  \
    {                                                                         \
        becomes_english(#name);                                               \
    }
COLLECTION(npl)
COLLECTION(cacm)
COLLECTION(cisi)
COLLECTION(cranfield)
COLLECTION(med)
COLLECTION(time)

int
main(void)
{
    begin_folder();
    RUN(by_source_by_file_by_archive);
    RUN(a_text_may_speak_against_it);
    RUN(nothing_is_usual_in_a_mixed_source);
    RUN(nothing_is_known);
    RUN(what_is_declared_counts);
    RUN(only_what_is_sure_is_learnt);
    RUN(a_ceiling);
    RUN(many_languages);
    RUN(each_way_gives_the_same);
    RUN(batches_take_turns);
    RUN(later_updates_know_the_archive);
    RUN(the_beginning_is_learnt_ahead);
    RUN(a_map_is_stronger);
    RUN(a_look_can_be_ended);
    RUN(npl_becomes_english);
    RUN(cacm_becomes_english);
    RUN(cisi_becomes_english);
    RUN(cranfield_becomes_english);
    RUN(med_becomes_english);
    RUN(time_becomes_english);
    return end_folder();
}
