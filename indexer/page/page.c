/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page.c - an HTML page as an article, and whether it is one
 *
 * The text is the main text of the page or, where the metadata have one that
 * is more than twice as long (pages that show it by script), that.
 *
 * A page is doubted that has no text; that has a title like those of error
 * pages and little text; that asks for a password and has little text; whose
 * url is that of a search; that calls itself a list; that is at the root of
 * its site; and, where nothing says that it is an article, that has little
 * text, or less text than teasers and links.
 */
#include "page.h"

#include "../markup/html.h"
#include "../markup/html_token.h"
#include "page_facts.h"
#include "page_names.h"
#include "page_text.h"
#include "page_url.h"

enum {
    BODY_MAX = 256 * 1024 * 1024,
    LITTLE = 140,   /* letters of a text that is hardly an article */
    NOT_MUCH = 800, /* of one that may be something else */
    CARDS_MANY = 8
};

/* ---- the text ----------------------------------------------------------- */

/* The text that the metadata have, without markup. */
static enum morgue_status
told_text(struct morgue_str *out, struct arena *arena, struct morgue_str body,
          struct morgue_error *err)
{
    struct tree_node *top;
    struct buf b;
    enum morgue_status st = MORGUE_OK;

    buf_init(&b, BODY_MAX);
    if (body.len > 0 && memchr(body.s, '<', body.len)) {
        st = html_parse(&top, arena, body, err);
        if (!st)
            html_text(&b, top);
        else if (st == MORGUE_FORMAT) /* so there is none */
            st = MORGUE_OK;
    } else {
        buf_str(&b, body);
        if (b.len > 0)
            b.len = html_unescape(b.data, b.len, false);
    }
    if (!st)
        st = buf_status(&b, err);
    if (!st && !arena_str(arena, str_trim(buf_view(&b)), out))
        st = error_nomem(err);
    buf_free(&b);
    return st;
}

static enum morgue_status
main_text(struct page *out, struct text_found *found, struct arena *arena,
          struct tree_node *html, const struct facts *f,
          struct morgue_error *err)
{
    struct morgue_str told = STR("");
    struct buf b;
    enum morgue_status st = MORGUE_OK;

    buf_init(&b, BODY_MAX);
    if (!page_text(&b, found, arena, html, f->fact[FACT_TITLE].value))
        st = error_nomem(err);
    if (!st)
        st = buf_status(&b, err);
    if (!st && !arena_str(arena, buf_view(&b), &out->article.body))
        st = error_nomem(err);
    if (!st && f->fact[FACT_BODY].value.len > 0)
        st = told_text(&told, arena, f->fact[FACT_BODY].value, err);
    if (!st && page_text_mass(told) > 2 * found->mass) {
        out->article.body = told;
        found->mass = page_text_mass(told);
    }
    buf_free(&b);
    return st;
}

/* The place in capitals that the text begins with: "LURNE, May 3 -". */
static struct morgue_str
dateline(struct morgue_str body)
{
    static const char *const dashes[] = {" \u2014", " \u2013", " --", " -"};
    size_t capitals = 0, i = 0;

    while (i < body.len && i < 40 && !(body.s[i] >= 'a' && body.s[i] <= 'z')) {
        capitals += body.s[i] >= 'A' && body.s[i] <= 'Z';
        if (body.s[i] == '\n')
            return STR("");
        if (capitals >= 3 && (body.s[i] == ',' || body.s[i] == '('))
            break;
        for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++)
            if (capitals >= 3 &&
                str_starts(str_slice(body.s + i, body.len - i),
                           str_of(dashes[d])))
                return str_slice(body.s, i + strlen(dashes[d]));
        i++;
    }
    if (capitals < 3)
        return STR("");
    for (; i < body.len && i < 80 && body.s[i] != '\n'; i++)
        for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++)
            if (str_starts(str_slice(body.s + i, body.len - i),
                           str_of(dashes[d])))
                return str_slice(body.s, i + strlen(dashes[d]));
    return STR("");
}

/* ---- the facts ---------------------------------------------------------- */

/* What `b` holds, in the arena; `b` is emptied. */
static bool
keep(struct arena *arena, struct buf *b, struct morgue_str *out)
{
    bool ok = !b->nomem && arena_str(arena, buf_view(b), out);

    buf_reset(b);
    return ok;
}

static void
extra_line(struct buf *b, const char *key, struct morgue_str value)
{
    if (value.len == 0)
        return;
    if (b->len > 0)
        buf_char(b, '\n');
    buf_printf(b, "%s: ", key);
    buf_str(b, value);
}

static enum morgue_status
fill(struct morgue_article *a, struct arena *arena, const struct facts *f,
     struct morgue_error *err)
{
    struct morgue_str host = url_host(f->fact[FACT_URL].value);
    struct buf b;
    bool ok;

    a->url = f->fact[FACT_URL].value;
    a->section = f->fact[FACT_SECTION].value;
    a->source = f->fact[FACT_SOURCE].value;
    if (url_host(a->source).len > 0)
        a->source = url_host(a->source);
    a->lang = f->fact[FACT_LANG].value;
    a->place = f->fact[FACT_PLACE].value;
    a->title = names_headline(f->fact[FACT_TITLE].value, a->source, host);
    a->date = f->date;
    a->date_source = f->date_source;
    a->dateline = dateline(a->body);
    buf_init(&b, 1 << 20);
    names_authors(&b, f->fact[FACT_AUTHOR].value, a->source);
    ok = keep(arena, &b, &a->author);
    names_topics(&b, f->fact[FACT_TOPICS].value);
    ok = ok && keep(arena, &b, &a->topics);
    extra_line(&b, "summary", f->fact[FACT_SUMMARY].value);
    extra_line(&b, "modified", f->fact[FACT_MODIFIED].value);
    ok = ok && keep(arena, &b, &a->extra);
    buf_free(&b);
    return ok ? MORGUE_OK : error_nomem(err);
}

/* ---- the judgement ------------------------------------------------------ */

static bool
is_error_title(struct morgue_str title)
{
    static const char *const words[] = {"404",
                                        "not found",
                                        "403 forbidden",
                                        "access denied",
                                        "just a moment",
                                        "502 bad",
                                        "503 service",
                                        "500 internal",
                                        "page missing",
                                        "no encontrada",
                                        "nicht gefunden",
                                        "introuvable",
                                        "attention required"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_has_nocase(title, str_of(words[i])))
            return true;
    return false;
}

/* Whether the url asks for a search. */
static bool
is_search(struct morgue_str url)
{
    struct morgue_str path = url_path(url);

    return str_has_nocase(path, STR("/search/")) ||
           str_has_nocase(path, STR("/search.")) ||
           (path.len >= 7 && str_eq_nocase(str_slice(path.s + path.len - 7, 7),
                                           STR("/search"))) ||
           str_has_nocase(url, STR("?q=")) ||
           str_has_nocase(url, STR("?s=")) ||
           str_has_nocase(url, STR("?query="));
}

static const char *
doubt(const struct page *p, const struct facts *f,
      const struct text_found *found)
{
    struct morgue_str url =
        f->given.len > 0 ? f->given : f->fact[FACT_URL].value;

    if (found->mass == 0)
        return "has no text";
    if (is_error_title(p->article.title) && found->mass < NOT_MUCH)
        return "is an error page";
    if (f->password && found->mass < NOT_MUCH && !f->is_article)
        return "is a login page";
    if (is_search(url) && !f->is_article)
        return "is a page of search results";
    if (url.len > 0 && url_path(url).len <= 1 &&
        !str_has_nocase(url, STR("?")))
        return "is a front page";
    if (f->is_list && found->mass < 2 * NOT_MUCH)
        return "is a list of articles";
    if (f->is_article)
        return NULL;
    if (found->cards >= CARDS_MANY && found->mass < NOT_MUCH)
        return "is a list of articles";
    return found->mass < LITTLE ? "has too little text for an article" : NULL;
}

enum morgue_status
page_read(struct page *out, struct arena *arena, struct morgue_str html,
          struct morgue_str url, struct morgue_error *err)
{
    struct facts f = {.arena = arena, .given = url};
    struct text_found found;
    struct tree_node *top;
    enum morgue_status st = html_parse(&top, arena, html, err);

    *out = (struct page){.article = MORGUE_ARTICLE_INIT};
    if (st)
        return st;
    facts_read(&f, top);
    if (f.nomem)
        return error_nomem(err);
    st = main_text(out, &found, arena, top, &f, err);
    if (!st)
        st = fill(&out->article, arena, &f, err);
    if (!st)
        out->doubt = doubt(out, &f, &found);
    return st;
}
