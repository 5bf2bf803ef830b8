/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * typed.c - random texts as people type them, smaller ones, and their trees
 */
#include "../../searcher/request.h"
#include "drawing.h"

/* ---- drawing ------------------------------------------------------------ */

/* A word or more, as a person types them. */
static void
draw_item(struct drawing *d, struct buf *b)
{
    static const char *const before[] = {
        "",       "",       "",       "",        "",
        "-",      "=",      "title:", "-title:", "author:",
        "topic:", "place:", "lang:",  "source:", "section:"};
    static const char *const whole[] = {"lang:en",
                                        "lang:de",
                                        "section:politics",
                                        "section:Business",
                                        "-section:sport",
                                        "source:\"Weekly Beacon\"",
                                        "coffee",
                                        "e-mail",
                                        "AT&T",
                                        "title:coffee",
                                        "author:\"jo prell\"",
                                        "=exports"};
    struct morgue_str word[PHRASE_MAX];
    size_t n = 1 + rng_below(d->rng, PHRASE_MAX), kind;

    kind = rng_below(d->rng, 100);
    n = draw_row(d, word, kind < 60 ? 1 : n);
    buf_char(b, ' ');
    if (kind >= 92 || n == 0) {
        buf_str(b, str_of(whole[rng_below(d->rng, 12)]));
        return;
    }
    buf_str(b, str_of(before[rng_below(d->rng, 15)]));
    if (n > 1)
        buf_char(b, '"');
    for (size_t i = 0; i < n; i++) {
        size_t skip = prefix_len(word[i]);

        if (i > 0)
            buf_char(b, ' ');
        buf_str(b, str_slice(word[i].s + skip, word[i].len - skip));
    }
    if (n > 1)
        buf_char(b, '"');
}

/* A date of the years that the public functions are right for. */
static struct morgue_date
draw_option_date(struct drawing *d, enum morgue_date_precision precision)
{
    const int64_t far = 7000000000;
    int64_t s = draw_second(d);

    return (struct morgue_date){.seconds = s < -far  ? -far
                                           : s > far ? far
                                                     : s,
                                .precision = precision};
}

bool
draw_text(struct question *q, struct drawing *d)
{
    struct buf b;
    struct morgue_str text;
    size_t n = 1 + rng_below(d->rng, 1 + rng_below(d->rng, LEAVES));
    bool good;

    buf_init(&b, 65536);
    for (size_t i = 0; i < n; i++)
        draw_item(d, &b);
    good = !buf_status(&b, NULL) && arena_str(d->arena, buf_view(&b), &text);
    buf_free(&b);
    if (!good)
        return false;
    q->text = text.s;
    q->options.match =
        rng_chance(d->rng, 50) ? MORGUE_MATCH_ALL : MORGUE_MATCH_ANY;
    if (rng_chance(d->rng, 15))
        q->options.from = draw_option_date(
            d, (enum morgue_date_precision)(1 + rng_below(d->rng, 4)));
    if (rng_chance(d->rng, 15))
        q->options.to = draw_option_date(
            d, (enum morgue_date_precision)(1 + rng_below(d->rng, 4)));
    if (rng_chance(d->rng, 10))
        q->options.tz = rng_chance(d->rng, 50) ? "Pacific/Apia" : "-05:00";
    if (rng_chance(d->rng, 10))
        q->options.lang = rng_chance(d->rng, 70) ? "en" : "de";
    return true;
}

/* ---- smaller ones ------------------------------------------------------- */

/* The text without its `i`th piece between spaces. */
const char *
smaller_text(struct arena *a, const char *text, size_t i)
{
    struct morgue_str copy;
    const char *from = text;
    size_t len;
    char *to;

    while (*from == ' ')
        from++;
    for (; i > 0; i--) {
        from += strcspn(from, " ");
        from += strspn(from, " ");
    }
    len = strcspn(from, " ");
    if (len == 0 || !arena_str(a, str_of(text), &copy))
        return NULL;
    to = (char *)(uintptr_t)copy.s + (from - text);
    memmove(to, from + len, strlen(from + len) + 1);
    return copy.s;
}

/* ---- trees -------------------------------------------------------------- */

enum morgue_status
question_parse(const struct query **out, const struct facts *f,
               struct arena *arena, const struct question *q,
               struct morgue_error *err)
{
    struct morgue_search_options o;
    struct parse_context context;
    struct parsed parsed;
    enum morgue_status st = request_options(&o, &q->options, err);

    if (!st)
        st = request_parse(&parsed, arena, f->pair->s[0], &context, q->text,
                           &o, NULL, err);
    *out = st ? NULL : parsed.query;
    return st;
}
