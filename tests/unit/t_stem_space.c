/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_stem_space.c - stems belong to the language of their article
 *
 * Articles in English, and the same with one article in each of 12 other
 * languages: no word may find more than these twelve in addition, nor score
 * otherwise than their number and lengths explain.  On both engines.
 */
#include <stdlib.h>

#include "../../common/base/buf.h"
#include "../../searcher/handle.h"
#include "scratch.h"

enum { ARTICLES = 400, OTHERS = 12, WORDS_MAX = 4000 };

static char dir[200];
static const char *engine;

static const char *const words[] = {
    "note",  "notes", "not",   "noted",  "beer",  "been",   "being",
    "bees",  "port",  "ports", "ported", "die",   "dies",   "dying",
    "lot",   "lots",  "come",  "coming", "comes", "son",    "sons",
    "mare",  "mares", "sale",  "sales",  "sold",  "main",   "mains",
    "pain",  "pains", "this",  "these",  "sport", "sports", "chat",
    "chats", "tour",  "tours", "main",   "cent",  "cents",  "centre",
    "fine",  "fines", "finer", "bank",   "banks", "banking"};

static const struct {
    const char *lang, *text;
} other[OTHERS] = {
    {"fr", "Une note de la centrale : les chats du port ont fait un tour."},
    {"de", "Die Banken waren fein und die Notiz war gut, das Bier auch."},
    {"es", "La nota de los bancos y el centro, una sala para las sales."},
    {"it", "Il mare, la nota, le sale del centro e la fine dei lotti."},
    {"pt", "A nota do banco, os portos e as salas do centro do mar."},
    {"nl", "De bieren van de haven en de noten van het centrum."},
    {"sv", "Noterna om hamnen och bankerna kom inte fram i dag."},
    {"da", "Noten om havnen og bankerne kom ikke frem i dag."},
    {"no", "Notene om havnen og bankene kom ikke frem i dag."},
    {"fi", "Nuotit satamasta ja pankeista eivät tulleet perille."},
    {"ro", "Notele despre porturi și bănci nu au ajuns la centru."},
    {"hu", "A jegyzetek a bankokról és a kikötőkről nem értek oda."},
};

static struct morgue_article
article(const char *id, const char *text, const char *lang)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    a.id = str_of(id);
    a.body = str_of(text);
    a.lang = str_of(lang);
    return a;
}

static void
add_english(morgue_update *u)
{
    for (unsigned i = 0; i < ARTICLES; i++) {
        struct morgue_article a;
        struct buf b;
        char id[20];

        snprintf(id, sizeof id, "en%u", i);
        buf_init(&b, 10000);
        for (unsigned k = 0; k < 40; k++)
            buf_printf(&b, "%s w%u ",
                       words[(i * 7 + k * (k + i % 13)) %
                             (sizeof words / sizeof *words)],
                       (i * 31 + k * 17) % 600);
        a = article(id, buf_view(&b).s, "en");
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
        buf_free(&b);
    }
}

static void
make(const char *path, bool with_others)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    morgue_update *u = NULL;

    o.engine = engine;
    CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
    add_english(u);
    for (int i = 0; with_others && i < OTHERS; i++) {
        struct morgue_article a =
            article(other[i].lang, other[i].text, other[i].lang);

        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* ---- words of the archive ---- */

struct list {
    char word[WORDS_MAX][32];
    size_t n;
};

static bool
take(struct morgue_str term, uint64_t articles, void *list)
{
    struct list *l = list;

    (void)articles;
    if (term.len > 0 && term.len < 32 && l->n < WORDS_MAX &&
        !(term.s[0] >= 'A' && term.s[0] <= 'Z')) {
        memcpy(l->word[l->n], term.s, term.len);
        l->word[l->n++][term.len] = '\0';
    }
    return true;
}

/* The hits of a query by id, and whether they are English; how many. */
static uint64_t
hits_of(morgue *m, const char *query, const char *lang, uint64_t *english)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT;
    morgue_hits *hits = NULL;
    uint64_t total;

    o.limit = ARTICLES + OTHERS;
    o.exact_total = true;
    o.snippets = false;
    o.lang = lang;
    *english = 0;
    CHECK_INT(morgue_search(&hits, m, query, &o, NULL), MORGUE_OK);
    total = morgue_hits_total(hits, NULL);
    for (size_t i = 0; morgue_hits_get(hits, i, &hit); i++)
        *english += strncmp(hit.id.s, "en", 2) == 0;
    morgue_hits_free(hits);
    return total;
}

static void
others_change_nothing(void)
{
    char alone[300], mixed[300];
    struct list *list = calloc(1, sizeof *list);
    morgue *a = NULL, *b = NULL;
    struct session *s;

    snprintf(alone, sizeof alone, "%s/alone-%s", dir, engine);
    snprintf(mixed, sizeof mixed, "%s/mixed-%s", dir, engine);
    make(alone, false);
    make(mixed, true);
    CHECK_INT(morgue_open(&a, alone, NULL), MORGUE_OK);
    CHECK_INT(morgue_open(&b, mixed, NULL), MORGUE_OK);
    CHECK_INT(session_begin(&s, b, 0, NULL), MORGUE_OK);
    CHECK_INT(engine_terms(s->reader, STR(""), take, list, NULL), MORGUE_OK);
    session_end(b, s);
    CHECK(list->n > 600);
    for (size_t i = 0; i < list->n; i++) {
        uint64_t x, y, n = hits_of(a, list->word[i], NULL, &x);
        uint64_t more = hits_of(b, list->word[i], NULL, &y);

        test_that(x == y && n == x && more - y <= OTHERS, __FILE__, __LINE__,
                  "'%s' finds %u in English, and with others %u of %u",
                  list->word[i], (unsigned)n, (unsigned)y, (unsigned)more);
    }
    morgue_close(a);
    morgue_close(b);
    free(list);
}

/* By --lang a word is looked for in that language alone. */
static void
a_language_alone(void)
{
    char mixed[300];
    uint64_t english;
    morgue *m = NULL;

    snprintf(mixed, sizeof mixed, "%s/mixed-%s", dir, engine);
    CHECK_INT(morgue_open(&m, mixed, NULL), MORGUE_OK);
    for (int i = 0; i < OTHERS; i++) {
        CHECK_INT(hits_of(m, "", other[i].lang, &english), 1);
        CHECK_INT(english, 0);
    }
    CHECK_INT(hits_of(m, "", "en", &english), ARTICLES);
    CHECK_INT(hits_of(m, "note", "fr", &english), 1);
    CHECK_INT(hits_of(m, "notes", "fr", &english), 1);
    CHECK_INT(hits_of(m, "banken", "de", &english), 1);
    CHECK_INT(hits_of(m, "banken", "en", &english), 0);
    CHECK_INT(hits_of(m, "\"les chats\"", "fr", &english), 1);
    CHECK_INT(hits_of(m, "\"les chats\"", "en", &english), 0);
    CHECK_INT(hits_of(m, "=chats", "pl", &english), 0);
    morgue_close(m);
}

static void
run_for(const char *name)
{
    engine = name;
    RUN_ON(name, others_change_nothing);
    RUN_ON(name, a_language_alone);
}

int
main(void)
{
    if (!scratch_make(dir, sizeof dir, "stem_space"))
        return 1;
    run_for("segment");
    run_for("xapian");
    return scratch_drop(dir) ? test_end() : 1;
}
