/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_hint.c - what elements say of themselves by name, class, id, role
 *
 * Classes and ids are cut into words at signs, digits and where a small letter
 * meets a capital ("article__relatedLinks": article, related, links), and a
 * word is looked up by how it begins.  Behind "has", "with" and "no" a word
 * tells what is inside, behind "tag-" and "category-" what it is about, as all
 * do beside "hentry" of WordPress.  The words are those that makers of pages
 * use everywhere, English by custom whatever the page's language is, but for
 * those of comments.
 */
#include "page_hint.h"

#include "../../common/base/str.h"

/* ---- words -------------------------------------------------------------- */

enum { WORD_MAX = 24 };

#define W(literal)                                                            \
    {                                                                         \
        .s = (literal), .len = sizeof(literal) - 1                            \
    }

/* How a word begins, or (`whole`) all of it. */
static const struct {
    struct morgue_str word;
    bool whole;
    enum hint hint;
} words[] = {
    {W("comments"), false, HINT_STRONG},
    {W("comment"), true, HINT_STRONG},
    {W("commentlist"), false, HINT_STRONG},
    {W("commentaire"), false, HINT_STRONG},
    {W("comentario"), false, HINT_STRONG},
    {W("koment"), false, HINT_STRONG},
    {W("komment"), false, HINT_STRONG},
    {W("opinie"), false, HINT_STRONG},
    {W("opinia"), false, HINT_STRONG},
    {W("respond"), true, HINT_STRONG},
    {W("disqus"), false, HINT_STRONG},
    {W("related"), false, HINT_STRONG},
    {W("recommend"), false, HINT_STRONG},
    {W("recirc"), false, HINT_STRONG},
    {W("outbrain"), false, HINT_STRONG},
    {W("taboola"), false, HINT_STRONG},
    {W("share"), false, HINT_WEAK},
    {W("sharing"), false, HINT_WEAK},
    {W("social"), false, HINT_WEAK},
    {W("newsletter"), false, HINT_STRONG},
    {W("cookie"), false, HINT_STRONG},
    {W("consent"), false, HINT_STRONG},
    {W("gdpr"), false, HINT_STRONG},
    {W("breadcrumb"), false, HINT_WEAK},
    {W("nav"), true, HINT_WEAK},
    {W("navbar"), false, HINT_WEAK},
    {W("navigation"), false, HINT_WEAK},
    {W("menu"), true, HINT_WEAK},
    {W("pagination"), false, HINT_WEAK},
    {W("footer"), false, HINT_WEAK},
    {W("foot"), true, HINT_WEAK},
    {W("advert"), false, HINT_WEAK},
    {W("ad"), true, HINT_WEAK},
    {W("ads"), true, HINT_WEAK},
    {W("adsbygoogle"), false, HINT_WEAK},
    {W("sponsor"), false, HINT_WEAK},
    {W("promo"), false, HINT_WEAK},
    {W("subscri"), false, HINT_WEAK},
    {W("signup"), false, HINT_WEAK},
    {W("login"), false, HINT_WEAK},
    {W("sidebar"), false, HINT_WEAK},
    {W("rail"), true, HINT_WEAK},
    {W("popular"), false, HINT_WEAK},
    {W("trending"), false, HINT_WEAK},
    {W("teaser"), false, HINT_HEAD},
    {W("byline"), false, HINT_WEAK},
    {W("author"), false, HINT_WEAK},
    {W("bio"), true, HINT_WEAK},
    {W("caption"), false, HINT_WEAK},
    {W("credit"), false, HINT_WEAK},
    {W("copyright"), false, HINT_WEAK},
    {W("disclaimer"), false, HINT_WEAK},
    {W("tags"), true, HINT_WEAK},
    {W("timestamp"), false, HINT_WEAK},
    {W("toolbar"), false, HINT_WEAK},
    {W("tools"), true, HINT_WEAK},
    {W("modal"), true, HINT_WEAK},
    {W("popup"), false, HINT_WEAK},
    {W("tooltip"), false, HINT_WEAK},
    {W("carousel"), false, HINT_WEAK},
    {W("slideshow"), false, HINT_WEAK},
    {W("gallery"), false, HINT_WEAK},
    {W("readmore"), false, HINT_WEAK},
    {W("masthead"), false, HINT_WEAK},
    {W("prev"), true, HINT_WEAK},
    {W("next"), true, HINT_WEAK},
};

static enum hint
word_hint(const char *word, size_t len)
{
    struct morgue_str s = str_slice(word, len);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].word.s[0] != word[0])
            continue;
        if (words[i].whole ? str_eq(s, words[i].word)
                           : str_starts(s, words[i].word))
            return words[i].hint;
    }
    return HINT_NONE;
}

static bool
is_one_of(struct morgue_str s, const char *const *list)
{
    if (s.len == 0)
        return false;
    for (; *list; list++)
        if (to_lower(s.s[0]) == **list && str_eq_nocase(s, str_of(*list)))
            return true;
    return false;
}

/* The strongest hint of the words in a class or id. */
static enum hint
words_hint(struct morgue_str s)
{
    enum hint best = HINT_NONE;
    static const char *const topic[] = {"tag", "category", NULL};
    static const char *const has[] = {"has", "with", "no", "without", NULL};
    char word[WORD_MAX];
    size_t len = 0;
    bool of_inside = false; /* "has-sidebar" */

    for (size_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? s.s[i] : ' ';
        bool capital = is_alpha(c) && c != to_lower(c);
        bool ends = !is_alpha(c) ||
                    (capital && i > 0 && s.s[i - 1] == to_lower(s.s[i - 1]));

        if (ends && len > 0) {
            enum hint h = word_hint(word, len);

            if (is_one_of(str_slice(word, len), topic) && c == '-')
                of_inside = true;
            if (str_starts(str_slice(word, len), STR("embed")))
                return HINT_NONE;
            of_inside = of_inside || is_one_of(str_slice(word, len), has);
            if (of_inside)
                h = HINT_NONE;
            best = h > best ? h : best;
            len = 0;
        }
        of_inside = of_inside && !is_space(c);
        if (is_alpha(c) && len < WORD_MAX)
            word[len++] = to_lower(c);
    }
    return best;
}

/* ---- elements ----------------------------------------------------------- */

/* Blocks that come late, as React sends them, are hidden only until a script
 * puts them into their place: <div hidden id="S:1">. */
static bool
comes_late(const struct tree_node *n)
{
    return str_starts(tree_attr(n, "id"), STR("S:"));
}

static bool
is_hidden(const struct tree_node *n)
{
    for (const struct attr *a = n->attr; a; a = a->next) {
        if ((str_eq(a->name, STR("hidden")) && !comes_late(n)) ||
            (str_eq(a->name, STR("aria-hidden")) &&
             str_eq(a->value, STR("true"))))
            return true;
        if (str_eq(a->name, STR("style")) &&
            (str_has_nocase(a->value, STR("display:none")) ||
             str_has_nocase(a->value, STR("display: none")) ||
             str_has_nocase(a->value, STR("visibility:hidden"))))
            return true;
    }
    return false;
}

/* A figure, if it is not about a table or a quotation. */
static bool
is_picture(const struct tree_node *n)
{
    static const char *const texts[] = {"table", "blockquote", "pre", NULL};

    if (!tree_is(n, "figure"))
        return false;
    for (size_t i = 0; texts[i]; i++)
        if (tree_find(n, texts[i]))
            return false;
    return true;
}

enum hint
page_hint(const struct tree_node *n)
{
    static const char *const strong[] = {"nav",    "footer",     "menu",
                                         "dialog", "figcaption", NULL};
    static const char *const weak[] = {"aside", "form", NULL};
    static const char *const roles[] = {
        "navigation",  "banner", "contentinfo", "complementary", "dialog",
        "alertdialog", "menu",   "menubar",     "search",        "toolbar",
        "tooltip",     "button", NULL};
    static const char *const never[] = {"html", "body", "main", "article",
                                        NULL};
    enum hint best = HINT_NONE;

    if (n->attr && is_hidden(n))
        return HINT_HIDDEN;
    if (is_one_of(n->name, strong) ||
        (n->attr && is_one_of(tree_attr(n, "role"), roles)))
        return HINT_STRONG;
    if (is_one_of(n->name, never))
        return HINT_NONE;
    if (n->attr &&
        str_has_nocase(tree_attr(n, "itemprop"), STR("articleBody")))
        return HINT_BODY;
    if (is_one_of(n->name, weak) || is_picture(n))
        best = HINT_WEAK;
    else if (tree_is(n, "header"))
        best = HINT_HEAD;
    for (const struct attr *a = n->attr; a; a = a->next)
        if ((str_eq(a->name, STR("class")) &&
             !str_has_nocase(a->value, STR("hentry"))) ||
            str_eq(a->name, STR("id"))) {
            enum hint h = words_hint(a->value);

            best = h > best ? h : best;
        }
    return best;
}
