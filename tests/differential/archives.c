/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archives.c - the same articles into two archives
 *
 * A world is an archive with a life: 5 to 1,500 articles come in up to nine
 * updates, which replace some, bring some again as they were, take some out,
 * and bring back what was taken out, also within one update; now and then one
 * takes all of them out.  An article is
 * made from a number alone: one of the stock, cut or doubled or without body,
 * with an earlier date, one that many share, or none, in one of several
 * languages, or word by word like others, so that scores tie.  Threads,
 * memory and compactions are drawn for each side by itself, because none of
 * them may matter.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "differential.h"

/* ---- chance ---- */

uint64_t
rng_next(struct rng *r)
{
    uint64_t x = r->state += 0x9E3779B97F4A7C15u;

    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

size_t
rng_below(struct rng *r, size_t n)
{
    return (size_t)(rng_next(r) % n);
}

bool
rng_chance(struct rng *r, unsigned percent)
{
    return rng_below(r, 100) < percent;
}

/* ---- both at a time ---- */

bool
complain(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return false;
}

bool
pair_open(struct pair *p)
{
    struct morgue_error err;

    for (int i = 0; i < SIDES; i++) {
        enum morgue_status st = p->m[i]
                                    ? morgue_refresh(p->m[i], &err)
                                    : morgue_open(&p->m[i], p->dir[i], &err);

        if (!st) {
            session_end(p->m[i], p->s[i]);
            st = session_begin(&p->s[i], p->m[i], 0, &err);
        }
        if (st)
            return complain("%s: cannot open: %s", p->engine[i], err.message);
    }
    return true;
}

static void
remove_tree(const char *dir)
{
    char command[500];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    if (system(command) != 0)
        complain("cannot remove %s", dir);
}

static void
close_side(struct pair *p, int i)
{
    session_end(p->m[i], p->s[i]);
    morgue_close(p->m[i]);
    p->s[i] = NULL;
    p->m[i] = NULL;
}

void
pair_close(struct pair *p, struct rng *r)
{
    for (int i = 0; i < SIDES; i++)
        if (rng_chance(r, 30))
            close_side(p, i);
}

void
pair_remove(struct pair *p)
{
    for (int i = 0; i < SIDES; i++) {
        close_side(p, i);
        remove_tree(p->dir[i]);
    }
}

/* ---- Reuters-21578 ---- */

enum { REUTERS_FILES = 22 };

static bool
add_files(struct pair *p, int side, const char *folder, const bool *chosen)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_error err;
    morgue_update *u = NULL;
    char path[600];
    enum morgue_status st;

    o.engine = p->engine[side];
    o.threads = 2;
    st = morgue_update_open(&u, p->dir[side], &o, &err);
    for (int i = 0; i < REUTERS_FILES && !st; i++) {
        snprintf(path, sizeof path, "%s/reut2-%03d.sgm.gz", folder, i);
        if (chosen[i])
            st = morgue_update_add_source(u, path, &err);
    }
    if (!st)
        st = morgue_update_commit(u, NULL, &err);
    morgue_update_close(u);
    return !st || complain("%s: %s", p->engine[side], err.message);
}

bool
reuters_build(struct pair *p, const char *folder, unsigned files,
              struct rng *r)
{
    bool chosen[REUTERS_FILES] = {false};
    bool good = true;

    for (unsigned n = 0; n < files && n < REUTERS_FILES;) {
        size_t i = rng_below(r, REUTERS_FILES);

        n += !chosen[i];
        chosen[i] = true;
    }
    for (int side = 0; side < SIDES && good; side++)
        good = add_files(p, side, folder, chosen);
    return good && pair_open(p);
}

/* ---- the stock ---- */

enum { STOCK_SEED = 77 };

static bool
stock_index(const char *path, const char *dir, size_t n)
{
    struct morgue_error err;
    morgue_update *u = NULL;
    char command[1200], file[500];
    enum morgue_status st;

    snprintf(file, sizeof file, "%s.jsonl", dir);
    snprintf(command, sizeof command,
             "'%s' --seed=%d --articles=%zu --days=900 > '%s'", path,
             STOCK_SEED, n, file);
    if (system(command) != 0)
        return complain("cannot run: %s", command);
    st = morgue_update_open(&u, dir, NULL, &err);
    if (!st)
        st = morgue_update_add_source(u, file, &err);
    if (!st)
        st = morgue_update_commit(u, NULL, &err);
    morgue_update_close(u);
    remove(file);
    return !st || complain("stock: %s", err.message);
}

bool
stock_make(struct stock *out, const char *path, const char *dir, size_t n)
{
    struct morgue_error err;
    morgue *m = NULL;
    enum morgue_status st;
    char id[60];

    *out = (struct stock){.text = calloc(n, sizeof(morgue_text *))};
    if (!out->text || !stock_index(path, dir, n))
        return false;
    st = morgue_open(&m, dir, &err);
    for (; out->n < n && !st; out->n += !st) {
        snprintf(id, sizeof id, "gen-%d-%06zu", STOCK_SEED, out->n + 1);
        st = morgue_get(&out->text[out->n], m, id, &err);
    }
    morgue_close(m);
    remove_tree(dir);
    return !st || complain("stock: %s", err.message);
}

void
stock_free(struct stock *s)
{
    for (size_t i = 0; i < s->n; i++)
        morgue_text_free(s->text[i]);
    free(s->text);
}

/* ---- an article from a number ---- */

static const struct {
    const char *lang, *text;
} foreign[] = {
    {"de", "Die Zeitungen der Stadt berichteten über die Wahlen. Viele "
           "Häuser wurden gebaut, und der Kaffee wurde teurer."},
    {"fr", "Les journaux de la ville parlaient des élections. L'homme "
           "d'affaires n'a pas répondu aux questions du café."},
    {"es", "Los periódicos de la ciudad hablaron de las elecciones, y el "
           "café subió otra vez de precio."},
    {"ru", "Газеты города писали о выборах. Цены на кофе снова выросли, "
           "сказал министр."},
    {"nl", "De kranten van de stad schreven over de verkiezingen en over "
           "de prijs van koffie."},
    {"pl", "Gazety w Łodzi pisały o wyborach. Kawa znów zdrożała, mówi "
           "minister."},
    {"ja", "東京都の新聞は選挙について書いた。コーヒーの値段が上がった。"},
    {"ar", "كتبت صحف المدينة عن الانتخابات وارتفع سعر القهوة مرة أخرى."},
    {"", "Coffee e-mail AT&T U.S. 7,000 1980s me@example.com O'Brien-Smith."},
};

/* The first `n` bytes of `s`, or less: to the end of a word. */
static struct morgue_str
cut(struct morgue_str s, size_t n)
{
    if (n >= s.len)
        return s;
    while (n > 0 && s.s[n] != ' ')
        n--;
    return str_slice(s.s, n);
}

static void
draw_date(struct morgue_article *a, struct rng *r)
{
    static const char *const shared[] = {"2006-05-01", "2006-05-01T10:00",
                                         "2006", "1987-03-11", "1969-12-31"};
    char text[32];
    size_t kind = rng_below(r, 100);

    if (kind < 12) {
        a->date = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    } else if (kind < 45) {
        morgue_date_parse(shared[rng_below(r, 5)], &a->date);
    } else if (kind < 60) {
        snprintf(text, sizeof text, "%zu-%02zu", 1600 + rng_below(r, 600),
                 1 + rng_below(r, 12));
        morgue_date_parse(text, &a->date);
    }
    if (a->date.precision == MORGUE_DATE_SECOND && rng_chance(r, 50))
        a->date.offset = 1800 * ((int32_t)rng_below(r, 50) - 24);
}

/* A body of 2 to 30 of the stock's, or its own with a foreign passage, and
 * perhaps one word very often. */
static void
draw_longer(struct morgue_article *a, const struct stock *stock, struct rng *r,
            struct buf *body)
{
    size_t n = rng_chance(r, 20) ? 2 + rng_below(r, 28) : 0;
    size_t f = rng_below(r, sizeof foreign / sizeof *foreign);

    buf_str(body, a->body);
    for (size_t i = 0; i < n; i++) {
        buf_str(body, STR("\n\n"));
        buf_str(
            body,
            morgue_text_article(stock->text[rng_below(r, stock->n)])->body);
    }
    if (n == 0) {
        buf_str(body, STR("\n\n"));
        buf_str(body, str_of(foreign[f].text));
        n = rng_chance(r, 20) ? 1 + rng_below(r, 700) : 0;
        for (size_t i = 0; i < n; i++)
            buf_str(body, STR(" coffee"));
    }
    a->body = buf_view(body);
}

static void
draw_body(struct morgue_article *a, const struct stock *stock, struct rng *r,
          struct buf *body)
{
    size_t kind = rng_below(r, 100);
    size_t f = rng_below(r, sizeof foreign / sizeof *foreign);

    if (kind < 10) {
        a->body = str_slice("", 0);
    } else if (kind < 45) {
        a->body = cut(a->body, 10 + rng_below(r, 300));
    } else if (kind < 60) {
        a->body = str_of(foreign[f].text);
        a->lang = rng_chance(r, 60) ? str_of(foreign[f].lang) : STR("");
    } else if (kind < 68) {
        draw_longer(a, stock, r, body);
    }
}

/* Of 200 bytes. */
#define TEN "0123456789"
#define LONG_PATH                                                             \
    TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN   \
        TEN TEN

static void
draw_fields(struct morgue_article *a, struct rng *r)
{
    static const char *const langs[] = {"en", "", "de", "tr", "fi", "en"};
    static const char *const url[] = {
        "https://www.Example.org/News/1/",
        "http://example.org/News/1#top",
        "http://example.org/News/10",
        "HTTPS://me:secret@News.Example.org:8080/a?b=C/d",
        "http://news.example.co.uk/sport/",
        "https://example.co.uk",
        "http://localhost/x",
        "urn:newsml:Example.org:1",
        "https://www.news.example.org/" LONG_PATH "/1",
        "https://www.news.example.org/" LONG_PATH "/2"};
    static const enum field blank[] = {FIELD_AUTHOR, FIELD_TITLE, FIELD_URL,
                                       FIELD_SECTION};

    if (rng_chance(r, 30))
        a->lang = str_of(langs[rng_below(r, 6)]);
    if (rng_chance(r, 10))
        a->title = str_slice("", 0);
    if (rng_chance(r, 15))
        a->section = a->source = str_slice("", 0);
    if (rng_chance(r, 10))
        a->author = STR("Ann Prell\nJo Prell\nAnn Smith-Jones");
    if (rng_chance(r, 10))
        a->topics = STR("coffee\nelection night\ncoffee trade");
    if (rng_chance(r, 20))
        a->dateline = STR("LURNE, Feb 26 -");
    if (rng_chance(r, 60))
        a->url = str_of(url[rng_below(r, sizeof url / sizeof *url)]);
    if (rng_chance(r, 15)) /* nothing, as far as QUERY_HAS goes */
        *record_field(a, blank[rng_below(r, 4)]) = STR(" \n\t");
}

/* The article that `content` stands for.  What is not the stock's of it is in
 * `body`. */
static struct morgue_article
world_article(const struct stock *stock, uint64_t content, struct buf *body)
{
    struct rng r = {content};
    struct morgue_article a;

    /* One in six is exactly one of eight, but for id and date. */
    if (rng_below(&r, 6) == 0) {
        a = *morgue_text_article(stock->text[rng_below(&r, 8)]);
        a.body = cut(a.body, 400);
        a.url = str_slice("", 0);
        draw_date(&a, &r);
        return a;
    }
    a = *morgue_text_article(stock->text[rng_below(&r, stock->n)]);
    draw_date(&a, &r);
    draw_body(&a, stock, &r, body);
    draw_fields(&a, &r);
    return a;
}

/* ---- a world ---- */

enum { IDS_MAX = 6000 };

bool
world_start(struct world *w, const struct stock *stock, uint64_t seed)
{
    static const size_t least[] = {1, 20, 150, 500},
                        more[] = {25, 130, 350, 1000};
    size_t kind;

    *w = (struct world){.stock = stock, .rng = {seed * 1000003}};
    kind = rng_below(&w->rng, 4);
    w->size = least[kind] + rng_below(&w->rng, more[kind]);
    w->commits_max = 1 + (unsigned)rng_below(&w->rng, 9);
    w->content = calloc(IDS_MAX, sizeof *w->content);
    return w->content != NULL;
}

void
world_free(struct world *w)
{
    free(w->content);
}

/* A change that an update makes: an article, or none where it is taken out. */
struct change {
    size_t id;
    uint64_t content;
};

static struct change
draw_change(struct world *w)
{
    struct rng *r = &w->rng;
    size_t kind = rng_below(r, 100), id;

    if (w->ids == 0 || (kind < 55 && w->ids < IDS_MAX)) {
        id = w->ids++;
    } else {
        id = rng_below(r, w->ids);
        if (kind < 62 && w->content[id]) /* as it is */
            return (struct change){id, w->content[id]};
        if (kind >= 82) {
            w->content[id] = 0;
            return (struct change){id, 0};
        }
    }
    w->content[id] = rng_next(r) | 1;
    return (struct change){id, w->content[id]};
}

/* The id of a number: some are long, or not in ASCII. */
static void
name_article(char *out, size_t size, size_t i)
{
    enum { LONG = 230 };
    char tail[LONG + 1] = "";

    if (i % 37 == 5)
        memset(tail, 'x', LONG);
    else if (i % 41 == 7)
        snprintf(tail, sizeof tail, " é/%%?");
    snprintf(out, size, "w-%zu%s", i, tail);
}

static enum morgue_status
apply(morgue_update *u, const struct world *w, const struct change *c,
      struct buf *body, struct morgue_error *err)
{
    struct morgue_article a;
    char id[300];

    name_article(id, sizeof id, c->id);
    if (c->content == 0)
        return morgue_update_remove(u, id, NULL, err);
    buf_reset(body);
    a = world_article(w->stock, c->content, body);
    a.id = str_of(id);
    return morgue_update_add(u, &a, err);
}

static bool
update_one(struct morgue_report *report, const struct world *w,
           const struct pair *p, int side, const struct change *c, size_t n,
           const struct morgue_update_options *options)
{
    struct morgue_error err;
    morgue_update *u = NULL;
    struct buf body;
    enum morgue_status st;

    buf_init(&body, 1 << 24);
    *report = (struct morgue_report)MORGUE_REPORT_INIT;
    st = morgue_update_open(&u, p->dir[side], options, &err);
    for (size_t i = 0; i < n && !st; i++)
        st = apply(u, w, &c[i], &body, &err);
    if (!st)
        st = morgue_update_commit(u, report, &err);
    morgue_update_close(u);
    buf_free(&body);
    return !st || complain("%s: update: %s", p->engine[side], err.message);
}

static bool
maybe_compact(struct world *w, const struct pair *p, int side)
{
    struct morgue_error err;
    bool wanted = rng_chance(&w->rng, 20);

    return !wanted || !morgue_compact(p->dir[side], &err) ||
           complain("%s: compact: %s", p->engine[side], err.message);
}

bool
world_step(struct world *w, struct pair *p)
{
    static const size_t memory[] = {0, 1 << 20, 16 << 20, 1};
    struct morgue_report report[SIDES];
    bool good = true, all = w->ids > 0 && rng_chance(&w->rng, 4);
    size_t n = 1 + rng_below(&w->rng, w->size / 4 + 1);
    struct change *c;

    if (all)
        n = w->ids;
    else if (w->commits == 0)
        n = w->size;
    c = calloc(n, sizeof *c);
    if (!c)
        return complain("out of memory");
    for (size_t i = 0; i < n; i++)
        c[i] = all ? (struct change){.id = i} : draw_change(w);
    for (size_t i = 0; i < n && all; i++)
        w->content[i] = 0;
    w->commits++;
    for (int side = 0; side < SIDES && good; side++) {
        struct morgue_update_options o = MORGUE_UPDATE_INIT;

        o.engine = p->engine[side];
        o.threads = 1 + (unsigned)rng_below(&w->rng, 3);
        o.memory = memory[rng_below(&w->rng, 4)];
        good = update_one(&report[side], w, p, side, c, n, &o) &&
               maybe_compact(w, p, side);
    }
    free(c);
    if (good && memcmp(&report[0], &report[1], sizeof report[0]) != 0)
        good = complain("update %u: the reports differ", w->commits);
    return good && pair_open(p);
}
