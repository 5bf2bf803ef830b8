/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample.c - archives for tests of damage, questions, and their answers
 */
#include "sample.h"

#include <stdio.h>

#include "../../searcher/handle.h"
#include "../unit/tree.h"

/* ---- the archive -------------------------------------------------------- */

const char *const sample_word[] = {
    "coffee",  "quota",   "export",    "minister", "herring", "ferry",
    "harbour", "council", "election",  "budget",   "railway", "strike",
    "price",   "market",  "weather",   "letter",   "company", "river",
    "bridge",  "school",  "hospital",  "doctor",   "teacher", "village",
    "storm",   "island",  "lighthouse"};
const size_t sample_words = sizeof sample_word / sizeof *sample_word;

/* Of several languages, so that an archive has several stemmers. */
static const struct {
    const char *lang, *title, *body;
} foreign[] = {
    {"de", "Die Häfen im Winter",
     "Der Hafen war im Winter geschlossen, und die Fähren lagen im Eis. Die "
     "Preise der Märkte stiegen."},
    {"fr", "Le phare et les pêcheurs",
     "Les pêcheurs ont repris la mer. Le phare de l'île éclaire encore les "
     "bateaux, et le marché du café est ouvert."},
    {"ru", "Корабли и порты",
     "Корабли стояли в порту всю зиму. Рыбаки говорили о ценах на рынке."},
    {"ja", "灯台の島", "漁師たちは海に戻った。灯台は島の船を照らしている。"},
    {"", "7,000", "7,000 3.5 e-mail AT&T U.S. coffee"},
};

enum { FOREIGN = sizeof foreign / sizeof *foreign };

static void
make_body(struct buf *b, unsigned i)
{
    uint32_t x = i * 2654435761u + 17;
    unsigned n = 40 + i % 5 * 60;

    buf_str(b, STR("The exporters agreed on a coffee quota. "));
    for (unsigned k = 0; k < n; k++) {
        x = x * 1103515245u + 12345;
        buf_str(b, str_of(sample_word[(x >> 16) % sample_words]));
        if (x >> 28 == 3)
            buf_printf(b, " rare%u", x >> 20);
        buf_str(b, k % 12 == 11 ? STR(".\n\n") : STR(" "));
    }
    if (i == 3)
        for (int k = 0; k < 300; k++)
            buf_str(b, STR("ferry "));
}

enum morgue_status
sample_add(morgue_update *u, unsigned i, unsigned version,
           struct morgue_error *err)
{
    static const char *const dates[] = {"1936-03-14", "1987-01-05",
                                        "1987-01-05", "2004-06", ""};
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], title[80];
    struct buf body;
    enum morgue_status st;

    buf_init(&body, 1 << 20);
    snprintf(id, sizeof id, "a%u", i);
    snprintf(title, sizeof title, "%s and %s, part %u", sample_word[i % 9],
             sample_word[i % 7 + 9], version);
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
add_brief(morgue_update *u, unsigned i, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20], url[60], body[100];

    snprintf(id, sizeof id, "s%u", i);
    snprintf(url, sizeof url, "https://courier.example/%u/%s", i * i, id);
    snprintf(body, sizeof body, "A %s%s: %s.",
             i % 5 ? "coffee quota" : "quota", i % 7 ? "" : " for coffee",
             sample_word[i % 27]);
    a.id = str_of(id);
    a.body = str_of(body);
    a.url = str_of(url);
    a.lang = STR("en");
    a.date = (struct morgue_date){.seconds = 86400 * (int64_t)(i * i % 500),
                                  .precision = MORGUE_DATE_DAY};
    return morgue_update_add(u, &a, err);
}

static enum morgue_status
add_foreign(morgue_update *u, unsigned i, struct morgue_error *err)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    char id[20];

    snprintf(id, sizeof id, "f%u", i);
    a.id = str_of(id);
    a.lang = str_of(foreign[i % FOREIGN].lang);
    a.title = str_of(foreign[i % FOREIGN].title);
    a.body = str_of(foreign[i % FOREIGN].body);
    a.source = i % 2 ? STR("Le Phare") : STR("Hafenblatt");
    a.topics = STR("ferry traffic\nprices");
    a.date = (struct morgue_date){.seconds = -86400 * (int64_t)(i * i),
                                  .precision = MORGUE_DATE_SECOND,
                                  .offset = i % 3 ? 3600 : 0};
    return morgue_update_add(u, &a, err);
}

/* How many articles of each kind a sample has. */
static const struct {
    unsigned brief, foreign, rounds;
} size_of[SAMPLES] = {[SAMPLE_SMALL] = {150, 0, 2},
                      [SAMPLE_LARGE] = {3000, 40, 2},
                      [SAMPLE_PARTS] = {40, 30, 5}};

/* The last round replaces and removes. */
static enum morgue_status
fill(morgue_update *u, enum sample which, unsigned round,
     struct morgue_error *err)
{
    const unsigned rounds = size_of[which].rounds;
    const bool last = round == rounds - 1;
    enum morgue_status st = MORGUE_OK;

    for (unsigned i = last ? 7 : 0;
         (last || round == 0) && i < (last ? SAMPLE_ARTICLES : 10u) && !st;
         i++)
        st = sample_add(u, i, last, err);
    for (unsigned i = round; i < size_of[which].brief && !last && !st;
         i += rounds - 1)
        st = add_brief(u, i, err);
    for (unsigned i = round; i < size_of[which].foreign && !st; i += rounds)
        st = add_foreign(u, i, err);
    if (!st && last)
        st = morgue_update_remove(u, "a2", NULL, err);
    if (!st && round > 0)
        st = morgue_update_remove(u, round % 2 ? "s7" : "f2", NULL, err);
    if (!st && round > 1)
        st = morgue_update_remove(u, round % 2 ? "f1" : "s11", NULL, err);
    return st;
}

enum morgue_status
sample_make(enum sample which, const char *dir, const char *engine,
            struct morgue_error *err)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    enum morgue_status st = MORGUE_OK;

    o.engine = engine;
    o.threads = 1;
    for (unsigned round = 0; round < size_of[which].rounds && !st; round++) {
        morgue_update *u = NULL;

        st = morgue_update_open(&u, dir, &o, err);
        if (!st)
            st = fill(u, which, round, err);
        if (!st)
            st = morgue_update_commit(u, NULL, err);
        morgue_update_close(u);
    }
    return st;
}

/* ---- what it answers ---------------------------------------------------- */

const struct question sample_question[SAMPLE_QUESTIONS] = {
    {.text = "coffee", .limit = 20},
    {.text = "ferry", .limit = 20},
    {.text = "nosuchword", .limit = 20},
    {.text = "coffee quota", .limit = 3},
    {.text = "herring lighthouse", .limit = 20},
    {.text = "herring lighthouse storm island",
     .match = MORGUE_MATCH_ANY,
     .limit = 20},
    {.text = "rare200 rare300 ferry council",
     .match = MORGUE_MATCH_ANY,
     .limit = 20},
    {.text = "the coffee", .match = MORGUE_MATCH_ANY, .limit = 2},
    {.text = "\"coffee quota\"", .limit = 20},
    {.text = "\"agreed on a coffee quota\"", .limit = 20},
    {.text = "\"ferry ferry ferry\"", .limit = 20},
    {.text = "\"quota coffee\"", .limit = 20},
    {.text = "coffee -ferry", .limit = 20},
    {.text = "coffee -\"ferry ferry\" -herring", .limit = 20},
    {.text = "=exporters", .limit = 20},
    {.text = "exporting markets", .limit = 20},
    {.text = "title:coffee", .limit = 20},
    {.text = "title:\"and budget\"", .limit = 20},
    {.text = "author:prell coffee", .limit = 20},
    {.text = "author:\"jo smith\"", .limit = 20},
    {.text = "section:politics market", .limit = 20},
    {.text = "source:\"le phare\"", .limit = 20},
    {.text = "lang:de", .limit = 20},
    {.text = "place:lurne -lang:de", .limit = 20},
    {.text = "coffee", .sort = MORGUE_SORT_NEWEST, .limit = 20},
    {.text = "coffee", .sort = MORGUE_SORT_OLDEST, .offset = 2, .limit = 5},
    {.text = "market price",
     .match = MORGUE_MATCH_ANY,
     .from = "1987",
     .to = "1987",
     .limit = 20},
    {.text = "", .from = "1900", .limit = 20},
    {.text = "",
     .sort = MORGUE_SORT_NEWEST,
     .to = "1990",
     .offset = 1,
     .limit = 3},
    {.text = "part", .offset = 8, .limit = 20},
    {.text = "quota", .limit = 200},
    {.text = "coffee quota village", .match = MORGUE_MATCH_ANY, .limit = 200},
    {.text = "\"quota for coffee\"", .limit = 200},
    {.text = "quota -coffee", .from = "1970", .to = "1971", .limit = 200},
    {.text = "(near 5 Zen:coffe Zen:quota)", .tree = true, .limit = 20},
    {.text = "(near 60 (any ferry Zen:harbour) (near <9 the coffee))",
     .tree = true,
     .limit = 20},
    {.text = "(near s Zen:quota Zen:export)", .tree = true, .limit = 20},
    {.text = "(near p (words river bridge school hospital) Zen:strike)",
     .tree = true,
     .limit = 200},
    {.text = "(apart p Zen:ferri Zen:villag)", .tree = true, .limit = 200},
    {.text = "(phrase 3 agreed coffee)", .tree = true, .limit = 20},
    {.text = "(within lead 20 Zen:council)", .tree = true, .limit = 20},
    {.text = "(times 3 Zen:ferri)", .tree = true, .limit = 20},
    {.text = "(some 2 Zen:storm Zen:island (near 3 Zde:haf Zde:wint))",
     .tree = true,
     .limit = 20},
    {.text = "(not (every) (near 9 market price))",
     .tree = true,
     .sort = MORGUE_SORT_NEWEST,
     .limit = 20},
    {.text = "(every)", .tree = true, .sort = MORGUE_SORT_ARRIVAL, .limit = 9},
    {.text = "(words coffee quota)",
     .tree = true,
     .sort = MORGUE_SORT_ID,
     .limit = 9},
};

void
answer_init(struct answer *a)
{
    a->st = MORGUE_OK;
    buf_init(&a->text, 1 << 24);
}

void
answer_free(struct answer *a)
{
    buf_free(&a->text);
}

/* A string as the library promises it: UTF-8 or not, a NUL follows. */
static const char *
text_of(struct morgue_str s)
{
    return !s.s ? "" : s.s[s.len] == '\0' ? s.s : "no NUL follows";
}

static enum morgue_status
put_hits(struct buf *out, morgue_hits *hits, bool snippets)
{
    struct morgue_hit hit = MORGUE_HIT_INIT;
    struct morgue_snippet snippet = MORGUE_SNIPPET_INIT;
    enum morgue_status st = MORGUE_OK;
    bool exact;
    uint64_t total = morgue_hits_total(hits, &exact);

    buf_printf(out, "%s%llu\n", exact ? "" : "at least ",
               (unsigned long long)total);
    for (size_t k = 0; !st && morgue_hits_get(hits, k, &hit); k++) {
        if (snippets)
            st = morgue_hits_snippet(hits, k, &snippet, NULL);
        buf_printf(out, "%s %.17g %lld %s %s %s %s %s\n", text_of(hit.id),
                   hit.score, (long long)hit.date.seconds, text_of(hit.title),
                   text_of(hit.section), text_of(hit.author),
                   text_of(hit.lang), text_of(snippet.text));
    }
    return st;
}

/* What collectors of a tree have. */
static void
put_collected(struct buf *out, const struct collector c[4])
{
    buf_printf(out, "%llu", (unsigned long long)c[1].count);
    for (size_t i = 0; i < c[0].hits.n; i++)
        buf_printf(out, " %llx/%.17g",
                   (unsigned long long)c[0].hits.hit[i].number,
                   c[0].hits.hit[i].score);
    for (size_t i = 0; i < c[2].n; i++) {
        buf_printf(out, "\n%llu ", (unsigned long long)c[2].value[i].articles);
        buf_str(out, c[2].value[i].value);
    }
    buf_printf(out, "\n%llu %llu", (unsigned long long)c[3].undated,
               (unsigned long long)c[3].imprecise);
    for (size_t i = 0; i < c[3].n; i++)
        buf_printf(out, "\n%llu %lld",
                   (unsigned long long)c[3].period[i].articles,
                   (long long)c[3].period[i].begin);
}

static void
answer_tree(struct answer *a, morgue *m, const struct question *q)
{
    const struct engine_params params = {.k1 = 1.2, .b = 0.75};
    struct collector c[] = {
        {.kind = COLLECT_FIRST, .sort = q->sort, .limit = q->limit},
        {.kind = COLLECT_COUNT},
        {.kind = COLLECT_VALUES, .field = FIELD_TOPICS},
        {.kind = COLLECT_PERIODS, .unit = UNIT_MONTH}};
    const char *at = q->text;
    struct session *s = NULL;
    struct arena arena;
    struct query *tree;

    arena_init(&arena, SIZE_MAX / 2);
    tree = tree_read(&arena, &at);
    a->st = session_begin(&s, m, 0, NULL);
    if (!a->st)
        a->st =
            engine_collect(c, 4, s->reader, &arena, tree, &params, NULL, NULL);
    if (!a->st)
        put_collected(&a->text, c);
    session_end(m, s);
    arena_free(&arena);
}

void
answer_search(struct answer *a, morgue *m, const struct question *q)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    morgue_hits *hits = NULL;

    buf_reset(&a->text);
    if (q->tree) {
        answer_tree(a, m, q);
        return;
    }
    o.match = q->match;
    o.sort = q->sort;
    o.offset = q->offset;
    o.limit = q->limit;
    o.lang = q->lang;
    o.exact_total = !q->about;
    o.snippets = !q->plain;
    if (q->from)
        morgue_date_parse(q->from, &o.from);
    if (q->to)
        morgue_date_parse(q->to, &o.to);
    a->st = morgue_search(&hits, m, q->text, &o, NULL);
    if (!a->st)
        a->st = put_hits(&a->text, hits, o.snippets);
    morgue_hits_free(hits);
}

void
answer_show(struct answer *a, morgue *m, const char *id)
{
    morgue_text *text = NULL;

    buf_reset(&a->text);
    a->st = morgue_get(&text, m, id, NULL);
    if (!a->st)
        a->st = record_pack(&a->text, morgue_text_article(text), NULL);
    morgue_text_free(text);
}

void
answer_counts(struct answer *a, morgue *m)
{
    struct morgue_stats s = MORGUE_STATS_INIT;

    buf_reset(&a->text);
    a->st = morgue_stat(m, &s, NULL);
    if (!a->st)
        buf_printf(&a->text, "%llu %llu %llu %.17g %lld %lld %s %s",
                   (unsigned long long)s.articles,
                   (unsigned long long)s.undated, (unsigned long long)s.terms,
                   s.mean_length, (long long)s.first.seconds,
                   (long long)s.last.seconds, s.analysis, s.languages);
}

bool
answer_fits(const struct answer *got, const struct answer *right)
{
    return got->st == right->st
               ? str_eq(buf_view(&got->text), buf_view(&right->text))
               : got->st != MORGUE_OK && got->st != MORGUE_NO_ARTICLE;
}
