/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date.c - the date of a page in the text that it shows
 *
 * The page is walked line by line (a line ends where a block or a br does).
 * The headline is the heading that says most of the page's title, else the one
 * that the text is under.  Each date in a line is a candidate with what tells
 * of it: the words before it, the classes of its elements, whether the line is
 * little more than the date, where it stands.  The best kind wins, of one kind
 * the first:
 *
 *   PUBLISHED  near the headline, called the date of publication
 *   DATED      near the headline, in a time element or one called a date
 *   PLAIN      near the headline, a line of its own
 *   OPENING    near the headline, at the begin of a paragraph or in a heading
 *   FURTHER    further down, called the date of publication or of the page
 *   ENDING     a line of its own below the last paragraph
 *   LONE       far before what is taken for the headline, called the date, and
 *              no other is
 *   UPDATED    called the date of a change
 *
 * Near is between a few lines before the headline and the first paragraphs.
 * What stands in comments, related stories, teasers, menus, footers and the
 * head of the site is none of it, but for what says that the page was changed.
 *
 * Costs one walk of the tree for the headline and one for the dates and, for
 * each of CANDIDATES_MAX dates at most, the way up to its top, with a look at
 * what is below the elements there, of WALK_MAX nodes at most.  A page whose
 * metadata tell the day is not walked; if that is in UTC, to behind its first
 * paragraphs.
 *
 * Not read are dates without a year and those of other calendars.
 */
#include "page_date.h"

#include <stdlib.h>
#include <time.h>

#include "../../common/article/date.h"
#include "../markup/html.h"
#include "page_date_find.h"
#include "page_date_mark.h"
#include "page_hint.h"

enum {
    LINE_MAX_LEN = 400, /* bytes of a line that are looked at */
    PIECES_MAX = 24,
    CANDIDATES_MAX = 100,
    WALK_MAX = 1000,     /* nodes below an element that is looked at */
    CLASS_MAX_LEN = 200, /* bytes of a class or id */
    TITLE_MAX_LEN = 1000,
    HEADINGS_MAX = 100,
    BEFORE_LINES = 6, /* of the headline, where the date may stand */
    BEFORE_APART = 2, /* where nothing tells that both are of the article */
    BEFORE_TOLD = 14, /* where words call it that of publication */
    CLOSE_LINES = 8,
    LEAD_LINES = 2, /* behind the first paragraph */
    AFTER_LINES = 25,
    NEAR_PROSE = 2,  /* paragraphs */
    PROSE = 100,     /* letters of a line that is a paragraph */
    PURE_MAX = 60,   /* bytes beside the date in a line of its own */
    ENDING_MAX = 30, /* the same below the text */
    ENDING_LINES = 2,
    LABEL_MAX = 40,     /* bytes of a line that names the one below it */
    CLASS_UP = 3,       /* elements whose classes tell of a text inside */
    SHORT_MIN = 6,      /* of a date */
    YEAR_LIKELY = 1990, /* the web's first */
    DAY = 24 * 60 * 60
};

enum shown_kind {
    KIND_PUBLISHED = 1,
    KIND_DATED,
    KIND_PLAIN,
    KIND_OPENING,
    KIND_FURTHER,
    KIND_ENDING,
    KIND_LONE,
    KIND_UPDATED,
    KIND_NONE
};

struct candidate {
    struct morgue_date date;
    const struct tree_node *node;  /* where it begins */
    const struct tree_node *prose; /* the paragraph before it */
    int line, behind_prose;        /* lines; behind that paragraph */
    int prose_n;                   /* paragraphs since the headline */
    enum date_mark mark;           /* by words */
    bool after, inside;            /* the headline */
    bool ended;                    /* behind the end of the article */
    bool pure, opening, ending, is_time, short_year;
};

struct shown {
    struct facts *f;
    const struct tree_node *html, *headline, *headline_end;
    enum day_order order;
    /* the line that is being read */
    char line[LINE_MAX_LEN];
    size_t len, letters, digits;
    const struct tree_node *block;
    struct {
        size_t at;
        const struct tree_node *node;
    } piece[PIECES_MAX];
    int pieces_n;
    bool cut;
    /* the line before */
    char label[LABEL_MAX];
    size_t label_len;
    /* what was seen */
    int line_n, headline_line, prose_n, prose_line;
    const struct tree_node *prose;
    bool inside, after, ended;
    struct candidate found[CANDIDATES_MAX];
    int found_n;
};

static bool
is_one_of(const struct tree_node *n, const char *const *names)
{
    for (; n->name.len > 0 && *names; names++)
        if ((*names)[0] == n->name.s[0] && tree_is(n, *names))
            return true;
    return false;
}

static bool
is_in(const struct tree_node *n, const struct tree_node *top)
{
    while (n && n != top)
        n = n->parent;
    return n != NULL;
}

/* As tree_walk, but for the first nodes below `top` alone. */
static const struct tree_node *
walk_some(const struct tree_node *n, const struct tree_node *top, int *walked)
{
    return ++*walked < WALK_MAX ? tree_walk(n, top) : NULL;
}

/* A class or id, as far as it is looked at; "" for another attribute. */
static struct morgue_str
class_of(const struct attr *a)
{
    if (!str_eq(a->name, STR("class")) && !str_eq(a->name, STR("id")))
        return STR("");
    return str_slice(a->value.s, a->value.len < CLASS_MAX_LEN ? a->value.len
                                                              : CLASS_MAX_LEN);
}

/* Bytes of text below an element; of a large one some thousands. */
static size_t
text_len(const struct tree_node *top)
{
    size_t len = 0;
    int walked = 0;

    for (const struct tree_node *n = top; n; n = walk_some(n, top, &walked))
        len += n->text.len;
    return walked < WALK_MAX ? len : len + TITLE_MAX_LEN + 1;
}

static bool
in_element(const struct tree_node *n, const char *name)
{
    while (n && !tree_is(n, name))
        n = n->parent;
    return n != NULL;
}

static const struct tree_node *
block_of(const struct tree_node *n)
{
    static const char *const inside[] = {
        "a",    "span", "b",   "i",      "em",      "strong",  "small", "time",
        "abbr", "font", "u",   "sup",    "sub",     "label",   "cite",  "code",
        "mark", "s",    "q",   "ins",    "del",     "big",     "nobr",  "tt",
        "data", "bdi",  "bdo", "strike", "acronym", "address", NULL};

    n = n->parent;
    while (n && n->parent && is_one_of(n, inside))
        n = n->parent;
    return n;
}

/* ---- the headline ------------------------------------------------------- */

/* How much of the title a heading says, in bytes; 0 where it is hardly it.
 * Either may have more than the other. */
static size_t
says_title(struct morgue_str heading, struct morgue_str title)
{
    enum { LEN_MIN = 8, LEN_SURE = 30 };

    if (heading.len < LEN_MIN || title.len < LEN_MIN)
        return str_eq_nocase(heading, title) ? heading.len : 0;
    if (str_has_nocase(title, heading))
        return heading.len >= LEN_SURE || heading.len * 2 >= title.len
                   ? heading.len
                   : 0;
    return str_has_nocase(heading, title) ? title.len : 0;
}

/* The level of a heading, 0 for h1; 4 for what is none that counts. */
static int
level_of(const struct tree_node *n)
{
    if (n->name.len != 2 || n->name.s[0] != 'h' || n->name.s[1] < '1' ||
        n->name.s[1] > '4')
        return 4;
    return n->name.s[1] - '1';
}

/* A heading and the text that is under it, to the next of its level. */
struct heading {
    const struct tree_node *node;
    size_t text;
};

/* Of the headings that have nearly all text below them the last: the first
 * ones may be the site's. */
static const struct tree_node *
with_most_text(const struct heading *list, int n)
{
    size_t most = 0;

    for (int i = 0; i < n; i++)
        most = list[i].text > most ? list[i].text : most;
    for (int i = n - 1; i > 0 && most > 0; i--)
        if (list[i].text >= most - most / 10)
            return list[i].node;
    return n > 0 ? list[0].node : NULL;
}

/* Whether a heading is in a link, which leads to what it is of. */
static bool
is_linked(const struct tree_node *heading)
{
    const struct tree_node *n = heading->parent;

    for (int i = 0; i < CLASS_UP && n; i++, n = n->parent)
        if (tree_is(n, "a"))
            return true;
    return false;
}

/* The heading that says most of one of the titles, of equal ones the highest;
 * else the one that the text is under. */
static const struct tree_node *
find_headline(struct facts *f, const struct tree_node *html)
{
    enum { PIECE = 80, SURE = 1000 };
    const struct tree_node *best = NULL;
    struct heading list[HEADINGS_MAX], *open[4] = {NULL};
    struct morgue_str text, title = STR("");
    size_t said, most = 0;
    int best_level = 4, n = 0;

    for (const struct tree_node *at = html; at; at = tree_walk(at, html)) {
        int level = level_of(at);

        if (tree_is(at, "title") && title.len == 0 &&
            text_len(at) <= TITLE_MAX_LEN)
            tree_line(&title, f->arena, at);
        for (int i = 0; i < 4 && at->text.len >= PIECE; i++)
            if (open[i])
                open[i]->text += at->text.len;
        if (level == 4 || n == HEADINGS_MAX || is_linked(at) ||
            text_len(at) > TITLE_MAX_LEN || !tree_line(&text, f->arena, at) ||
            text.len == 0)
            continue;
        said = says_title(text, title);
        if (said == 0)
            said = says_title(text, f->fact[FACT_TITLE].value);
        if (level > 0 && str_eq_nocase(text, f->fact[FACT_TITLE].value))
            said += SURE; /* the metadata say so too */
        if (said > most || (said == most && said > 0 && level < best_level)) {
            best = at;
            best_level = level;
            most = said;
        }
        for (int i = level; i < 4; i++)
            open[i] = NULL;
        list[n] = (struct heading){.node = at};
        open[level] = &list[n++];
    }
    return best ? best : with_most_text(list, n);
}

/* ---- what stands around a candidate ------------------------------------- */

static bool
has_word(const struct tree_node *n, const char *const *list)
{
    for (const struct attr *a = n->attr; a; a = a->next)
        for (const char *const *w = list; *w; w++)
            if (str_has_nocase(class_of(a), str_of(*w)))
                return true;
    return false;
}

/* Whether more than a line is in it. */
static bool
has_blocks(const struct tree_node *top)
{
    static const char *const blocks[] = {
        "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "article", "td", NULL};
    const struct tree_node *n = top;
    int walked = 0;

    while (n && (n == top || !is_one_of(n, blocks)))
        n = walk_some(n, top, &walked);
    return n || walked == WALK_MAX;
}

/* Whether a class or id is "footer" and not that of an article or a date. */
static bool
is_footer(const struct tree_node *n)
{
    static const char *const footer[] = {"footer", NULL};
    static const char *const others[] = {"post", "article", "entry",
                                         "date", "meta",    NULL};

    return n->attr && has_word(n, footer) && !has_word(n, others);
}

/* Whether it is in an element, without the headline, that is not about the
 * article.  Right beside the headline only what says so plainly counts. */
static bool
is_beside(const struct shown *s, const struct candidate *c)
{
    static const char *const plain[] = {"nav", "dialog", "blockquote", NULL};
    static const char *const names[] = {"aside", "footer", NULL};
    static const char *const words[] = {
        "sidebar",  "teaser",   "popular", "trending",   "footer",
        "carousel", "calendar", "widget",  "recent",     "latest",
        "moreon",   "more-",    "review",  "leserbrief", NULL};
    static const char *const strong[] = {"comment",    "related", "recommend",
                                         "newsletter", "disqus",  "respond",
                                         NULL};
    int away = abs(c->line - s->headline_line);
    bool close = c->mark == DATE_MARK_PUBLISHED ||
                 (s->headline && away <= CLOSE_LINES &&
                  (c->prose_n == 0 ||
                   (c->prose_n == 1 && c->behind_prose <= LEAD_LINES)));

    for (const struct tree_node *n = c->node; n && n != s->html;
         n = n->parent) {
        if (n->name.len == 0)
            continue;
        if (is_in(s->headline, n))
            return false;
        if (is_one_of(n, plain) || (n->attr && has_word(n, strong)))
            return true;
        if (!close &&
            (is_one_of(n, names) || page_hint(n) >= HINT_STRONG ||
             (n->attr && has_word(n, words) && has_blocks(n)) || is_footer(n)))
            return true;
    }
    return false;
}

/* The lowest element that a node and the headline are both in. */
static const struct tree_node *
shared_with_headline(const struct shown *s, const struct tree_node *node)
{
    const struct tree_node *n = node;

    while (n && n != s->html && !is_in(s->headline, n))
        n = n->parent;
    return n ? n : s->html;
}

/* Whether an element calls itself that of an article. */
static bool
is_content(const struct tree_node *n)
{
    static const char *const names[] = {"article", "main", NULL};
    static const char *const words[] = {"post",    "article", "entry", "story",
                                        "content", "hero",    "news",  NULL};

    return !tree_is(n, "html") && !tree_is(n, "body") &&
           (is_one_of(n, names) || has_word(n, words));
}

/* Whether a class or id is that of the head of a site: "header-date", but not
 * "date-header". */
static bool
is_head_of_site(const struct tree_node *n)
{
    static const char *const words[] = {"header",  "masthead", "topbar",
                                        "top-bar", "nav",      "menu",
                                        "toolbar", "banner",   "logo"};

    for (const struct attr *a = n->attr; a; a = a->next) {
        struct morgue_str class = class_of(a);
        size_t date = str_find_nocase(class, 0, STR("date"));

        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_find_nocase(class, 0, str_of(words[i])) < date)
                return true;
    }
    return false;
}

/* Whether what stands before the headline is in the head of the site, where
 * the day of the visit may be told. */
static bool
is_banner(const struct shown *s, const struct candidate *c)
{
    static const char *const names[] = {"header", "nav", "ul", NULL};
    static const char *const bodies[] = {"article", "main", NULL};
    const struct tree_node *both = shared_with_headline(s, c->node), *n;

    if (is_content(both))
        return false;
    for (n = s->headline; n && n != both; n = n->parent)
        if (is_one_of(n, bodies))
            return true; /* it is outside of the article */
    for (n = c->node; n && n != both; n = n->parent)
        if (is_one_of(n, names) || is_head_of_site(n))
            return true;
    return (both == s->html || tree_is(both, "body")) &&
           s->headline->parent != both;
}

static enum date_mark
class_mark(const struct shown *s, const struct tree_node *node)
{
    enum date_mark mark = DATE_MARK_NONE;
    const struct tree_node *n = node->name.len > 0 ? node : node->parent;

    for (int i = 0; i < CLASS_UP && n && n != s->html; i++, n = n->parent) {
        if (is_in(s->headline, n))
            break;
        for (const struct attr *a = n->attr; a; a = a->next) {
            enum date_mark m = date_mark_class(class_of(a));

            if (m > mark)
                mark = m;
        }
        if (mark > DATE_MARK_DATE)
            break;
    }
    return mark;
}

/* Whether a link of `min` bytes or more is in an element, but for one to the
 * author and one that the date is in. */
static bool
has_link(const struct tree_node *top, const struct tree_node *date, size_t min)
{
    int walked = 0;

    for (const struct tree_node *n = top; n; n = walk_some(n, top, &walked))
        if (tree_is(n, "a") && n->first && n->first->text.len >= min &&
            !is_in(date, n) &&
            !str_has_nocase(tree_attr(n, "rel"), STR("author")) &&
            !str_has_nocase(tree_attr(n, "href"), STR("aut")))
            return true;
    return false;
}

/* Whether an element near above it, which has not the headline, has a heading
 * that links to what it is of. */
static bool
has_headline(const struct shown *s, const struct tree_node *node)
{
    static const char *const headings[] = {"h2", "h3", "h4", "h5", NULL};
    const struct tree_node *n = node->parent, *at, *heading;
    int walked = 0;

    for (int i = 0; i < CLASS_UP && n && n != s->html; i++, n = n->parent) {
        if (is_in(s->headline, n))
            return false;
        heading = NULL;
        for (at = n; at; at = walk_some(at, n, &walked)) {
            heading = is_one_of(at, headings) ? at : heading;
            if (heading && tree_is(at, "a") && is_in(at, heading))
                return true;
        }
        walked = 0;
    }
    return false;
}

/* Whether it is about another page: in a link of more, or beside one in the
 * same line or item, or under a heading that is one. */
static bool
is_teaser(const struct shown *s, const struct tree_node *node, bool near)
{
    enum { LINK_NEAR = 25, LINK = 8, DATE_ALONE = 60 };
    size_t min = near ? LINK_NEAR : LINK;
    static const char *const items[] = {"li", "tr", "dd", NULL};
    const struct tree_node *n = node->parent, *block = block_of(node);

    for (int i = 0; i < CLASS_UP && n && n != s->html; i++, n = n->parent) {
        if (is_in(s->headline, n))
            break;
        if ((tree_is(n, "a") && (text_len(n) > DATE_ALONE || has_blocks(n))) ||
            ((n == block || is_one_of(n, items)) && has_link(n, node, min)))
            return true;
    }
    return has_headline(s, node);
}

/* How far before the headline it may stand. */
static int
before_lines(const struct shown *s, const struct candidate *c)
{
    return is_content(shared_with_headline(s, c->node)) ? BEFORE_LINES
                                                        : BEFORE_APART;
}

static bool
is_near(const struct shown *s, const struct candidate *c)
{
    if (!s->headline)
        return false;
    if (c->after || c->inside)
        return c->line - s->headline_line <= AFTER_LINES &&
               c->prose_n <= NEAR_PROSE && !c->ended;
    if (c->mark == DATE_MARK_PUBLISHED)
        return s->headline_line - c->line <= BEFORE_TOLD;
    return s->headline_line - c->line <= before_lines(s, c) &&
           !is_banner(s, c);
}

/* ---- judgement ---------------------------------------------------------- */

static bool
is_likely(const struct candidate *c, bool told)
{
    int64_t local = date_local(c->date);

    return local < (int64_t)time(NULL) + 2 * DAY &&
           (told || local >= date_seconds(YEAR_LIKELY, 1, 1, 0, 0, 0));
}

static enum shown_kind
kind_of(const struct shown *s, const struct candidate *c)
{
    enum date_mark class = class_mark(s, c->node), mark = c->mark;
    bool near, dated;

    if (mark == DATE_MARK_NONE || mark == DATE_MARK_DATE)
        mark = class > mark ? class : mark;
    dated = c->is_time || mark == DATE_MARK_DATE;
    if (mark == DATE_MARK_OTHER || !is_likely(c, dated || mark))
        return KIND_NONE;
    if (mark == DATE_MARK_UPDATED && c->mark == mark)
        return KIND_UPDATED;
    near = is_near(s, c);
    if ((c->short_year && !(c->pure && near)) || is_beside(s, c))
        return KIND_NONE;
    if (mark == DATE_MARK_UPDATED)
        return KIND_UPDATED;
    if (near && (c->prose_n > 0 ? is_teaser(s, c->node, near)
                                : !c->after && has_headline(s, c->node)))
        return KIND_NONE;
    if (near && mark == DATE_MARK_PUBLISHED && c->pure)
        return c->prose_n == 0 || class == mark ? KIND_PUBLISHED : KIND_PLAIN;
    if (near && dated && c->pure && c->prose_n <= 1)
        return KIND_DATED;
    if (near && c->pure && !c->inside && c->prose_n <= 1)
        return KIND_PLAIN;
    if (near && (c->opening || c->inside))
        return KIND_OPENING;
    if (is_teaser(s, c->node, c->mark == DATE_MARK_PUBLISHED) || c->ended ||
        (s->headline && !c->after && is_banner(s, c)))
        return KIND_NONE;
    if (mark == DATE_MARK_PUBLISHED || (dated && c->pure)) {
        if (c->after || !s->headline ||
            is_content(shared_with_headline(s, c->node)))
            return KIND_FURTHER;
        return mark == DATE_MARK_PUBLISHED || in_element(c->node, "article")
                   ? KIND_LONE
                   : KIND_NONE;
    }
    if (c->ending && c->prose_n == s->prose_n && c->prose->parent &&
        is_in(c->node, c->prose->parent))
        return KIND_ENDING;
    return KIND_NONE;
}

/* The best is the lowest: by kind, then behind the headline, or told. */
static int
order_of(const struct shown *s, const struct candidate *c,
         enum shown_kind kind)
{
    bool worse = kind == KIND_FURTHER ? c->mark != DATE_MARK_PUBLISHED
                                      : s->headline && !c->after;

    return 2 * (int)kind + worse;
}

static void
offer(struct shown *s, const struct candidate *c, enum shown_kind kind)
{
    static const struct {
        enum trust trust;
        const char *where;
    } kinds[] = {
        [KIND_PUBLISHED] = {TRUST_ELEMENT, "text, published"},
        [KIND_DATED] = {TRUST_ELEMENT, "text of a date"},
        [KIND_PLAIN] = {TRUST_NEAR, "text near the headline"},
        [KIND_OPENING] = {TRUST_TEXT, "text, opening"},
        [KIND_FURTHER] = {TRUST_TEXT, "text further down"},
        [KIND_ENDING] = {TRUST_TEXT, "text at the end"},
        [KIND_LONE] = {TRUST_TEXT, "text further up"},
        [KIND_UPDATED] = {TRUST_CHANGE, "text, changed"},
    };

    fact_offer_date(s->f, kinds[kind].trust, (unsigned)kind, c->date,
                    c->is_time ? "time" : kinds[kind].where, STR(""));
}

/* Whether there is no other, or one of the same day. */
static bool
is_lone(const struct candidate *other, const struct candidate *c)
{
    return !other ||
           date_local(other->date) / DAY == date_local(c->date) / DAY;
}

static void
judge(struct shown *s)
{
    const struct candidate *best = NULL, *lone = NULL;
    bool many = false;
    enum shown_kind kind, best_kind = KIND_NONE;
    int order, best_order = 2 * KIND_NONE;

    for (int i = 0; i < s->found_n; i++) {
        kind = kind_of(s, &s->found[i]);
        order = order_of(s, &s->found[i], kind);
        if (kind == KIND_LONE && is_lone(lone, &s->found[i]))
            lone = &s->found[i];
        else if (kind == KIND_LONE)
            many = true;
        if (kind != KIND_NONE && order < best_order) {
            best = &s->found[i];
            best_kind = kind;
            best_order = order;
        }
    }
    if (!best || (best_kind == KIND_LONE && many))
        return;
    offer(s, best, best_kind);
    if (best_kind <= KIND_PLAIN)
        fact_local_day(s->f, best->date);
}

/* ---- lines -------------------------------------------------------------- */

static struct candidate *
candidate(struct shown *s, const struct tree_node *node)
{
    struct candidate *c;

    if (s->found_n == CANDIDATES_MAX)
        return NULL;
    c = &s->found[s->found_n++];
    *c = (struct candidate){
        .node = node,
        .line = s->line_n,
        .prose = s->prose,
        .behind_prose = s->line_n - s->prose_line,
        .prose_n = s->prose_n,
        .inside = s->inside,
        .after = s->after,
        .ended = s->ended,
    };
    return c;
}

/* What the words before a date say of it; where there are hardly any, the
 * line before. */
static enum date_mark
mark_before(const struct shown *s, struct morgue_str before)
{
    enum { NEAR_LEN = 80 };
    enum date_mark mark;
    size_t letters = 0;

    if (before.len > NEAR_LEN)
        before = str_slice(before.s + before.len - NEAR_LEN, NEAR_LEN);
    for (size_t i = 0; i < before.len; i++)
        letters += is_alpha(before.s[i]) || (unsigned char)before.s[i] >= 0x80;
    if (letters > 2 || s->label_len == 0)
        return date_mark_words(before);
    mark = date_mark_words(str_slice(s->label, s->label_len));
    return mark == DATE_MARK_OTHER ? DATE_MARK_NONE : mark;
}

/* What the words with a date and behind it say of it: "3 May 2019 geändert".
 */
static enum date_mark
mark_behind(struct morgue_str behind)
{
    enum { NEAR_LEN = 60 };
    enum date_mark mark;

    if (behind.len > NEAR_LEN)
        behind.len = NEAR_LEN;
    mark = date_mark_words(behind);
    return mark == DATE_MARK_UPDATED || mark == DATE_MARK_PUBLISHED
               ? mark
               : DATE_MARK_NONE;
}

/* Whether a date is the end of a time: "14 - 20 May 2019". */
static bool
is_range(struct morgue_str before)
{
    static const char *const signs[] = {"-", "\u2013", "bis", "to", "au"};

    before = str_trim(before);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i]);
        struct morgue_str rest;

        if (before.len <= len ||
            memcmp(before.s + before.len - len, signs[i], len) != 0)
            continue;
        rest = str_trim(str_slice(before.s, before.len - len));
        if (rest.len > 0 && rest.s[rest.len - 1] == '.')
            rest.len--;
        if (rest.len > 0 && is_digit(rest.s[rest.len - 1]))
            return true;
    }
    return false;
}

static const struct tree_node *
node_at(const struct shown *s, size_t at)
{
    int i = s->pieces_n - 1;

    while (i > 0 && s->piece[i].at > at)
        i--;
    return i >= 0 ? s->piece[i].node : s->block;
}

/* Whether a paragraph begins with a date, perhaps behind a place, and a dash
 * or the like follows: "Lurne, 3 May 2019 - The ferry". */
static bool
is_opening(struct morgue_str line, const struct date_found *d)
{
    enum { PLACE_MAX = 30 };
    struct morgue_str rest = str_slice(line.s + d->to, line.len - d->to);

    rest = str_trim(rest);
    return d->from <= PLACE_MAX && rest.len > 0 &&
           (strchr("-:|./)", rest.s[0]) || str_starts(rest, STR("\u2013")) ||
            str_starts(rest, STR("\u2014")));
}

static void
find_dates(struct shown *s, struct morgue_str line)
{
    struct date_found d;
    size_t at = 0, from = 0;

    for (; date_find(line, at, s->order, &d); at = from = d.to) {
        struct candidate *c = candidate(s, node_at(s, d.from));
        struct morgue_str before = str_slice(line.s + from, d.from - from);

        if (!c)
            return;
        c->date = d.date;
        c->short_year = d.short_year;
        c->mark = mark_before(s, before);
        if (c->mark == DATE_MARK_NONE)
            c->mark =
                mark_behind(str_slice(line.s + d.from, line.len - d.from));
        if (is_range(before))
            c->mark = DATE_MARK_OTHER;
        c->pure = !s->cut && line.len - (d.to - d.from) <= PURE_MAX;
        c->is_time = in_element(c->node, "time");
        c->opening = from == 0 && is_opening(line, &d);
        c->ending = c->pure && c->prose && c->behind_prose <= ENDING_LINES &&
                    line.len - (d.to - d.from) <= ENDING_MAX;
        if (from > 0 && c->mark == DATE_MARK_NONE)
            s->found_n--; /* the first of a line says it */
    }
}

static void
end_line(struct shown *s)
{
    struct morgue_str line = str_slice(s->line, s->len);

    if (!str_is_blank(line)) {
        line = str_trim(line);
        s->line_n++;
        if (s->inside && s->headline_line == 0)
            s->headline_line = s->line_n;
        if (s->prose_n > 0 && date_mark_is_end(line))
            s->ended = true;
        if (s->digits >= 4)
            find_dates(s, line);
        if (s->letters >= PROSE && (s->after || !s->headline)) {
            s->prose_n++;
            s->prose = s->block;
            s->prose_line = s->line_n;
        }
        s->label_len = line.len <= LABEL_MAX ? line.len : 0;
        memcpy(s->label, line.s, s->label_len);
    }
    s->len = s->letters = s->digits = 0;
    s->pieces_n = 0;
    s->cut = false;
}

static void
add_text(struct shown *s, const struct tree_node *n)
{
    const struct tree_node *block = block_of(n);
    struct morgue_str t = n->text;
    bool gap;

    if (block != s->block)
        end_line(s);
    s->block = block;
    if (t.len > 0 && s->pieces_n < PIECES_MAX) {
        s->piece[s->pieces_n].at = s->len;
        s->piece[s->pieces_n++].node = n;
    }
    /* "Mai<span>06</span>2018" */
    gap = s->len > 0 && !is_space(s->line[s->len - 1]);
    for (size_t i = 0; i < t.len; i++) {
        char c = t.s[i];

        if (is_space(c) ||
            (c == '\xC2' && i + 1 < t.len && t.s[i + 1] == '\xA0')) {
            i += c == '\xC2';
            gap = s->len > 0;
            continue;
        }
        if (s->len + 2 > LINE_MAX_LEN)
            s->cut = true;
        else if (gap)
            s->line[s->len++] = ' ';
        gap = false;
        if (s->len < LINE_MAX_LEN)
            s->line[s->len++] = c;
        s->digits += is_digit(c);
        s->letters += !is_digit(c) &&
                      ((unsigned char)c < 0x80 || (unsigned char)c >= 0xC0);
        s->letters += (unsigned char)c >= 0xE0; /* most are of CJK */
    }
    if (gap && s->len > 0 && s->len < LINE_MAX_LEN &&
        !is_space(s->line[s->len - 1]))
        s->line[s->len++] = ' ';
}

/* ---- elements ----------------------------------------------------------- */

/* A date in an attribute: of time, and of abbr as hAtom has it. */
static void
add_attr(struct shown *s, const struct tree_node *n, struct morgue_str value)
{
    struct candidate *c;
    struct morgue_date date;
    struct morgue_str before;

    if (value.len < SHORT_MIN || !date_parse(value, &date) ||
        date.precision < MORGUE_DATE_DAY || !date_in_range(date))
        return;
    if (n->first && n->first->name.len == 0 && block_of(n->first) != s->block)
        end_line(s);
    before = str_slice(s->line, s->len);
    s->line_n++; /* of the line that it will be in */
    c = candidate(s, n);
    s->line_n--;
    if (!c)
        return;
    c->date = date;
    c->mark = mark_before(s, before);
    c->pure = c->is_time = true;
    for (const struct attr *a = n->attr; a; a = a->next)
        if (str_eq(a->name, STR("pubdate")) && c->mark == DATE_MARK_NONE)
            c->mark = DATE_MARK_PUBLISHED;
}

static const struct tree_node *
on_element(struct shown *s, const struct tree_node *n)
{
    static const char *const skipped[] = {
        "head",   "script", "style",    "noscript", "template", "svg",
        "select", "option", "textarea", "iframe",   "button",   NULL};

    if (is_one_of(n, skipped))
        return tree_skip(n, s->html);
    if (tree_is(n, "br") || tree_is(n, "hr"))
        end_line(s);
    if (n == s->headline) {
        end_line(s);
        s->inside = true;
        s->headline_end = tree_skip(n, s->html);
    }
    if (tree_is(n, "time"))
        add_attr(s, n, tree_attr(n, "datetime"));
    else if (tree_is(n, "abbr"))
        add_attr(s, n, tree_attr(n, "title"));
    return tree_walk(n, s->html);
}

/* Whether the metadata tell the day, at most but for its zone. */
static bool
is_told(const struct facts *f)
{
    int rank = f->fact[FACT_DATE].rank;

    return rank > 0 && rank < TRUST_ELEMENT * 100 &&
           f->date.precision >= MORGUE_DATE_DAY;
}

/* Whether what follows is too far from the headline to be near it. */
static bool
is_behind(const struct shown *s)
{
    return s->after && (s->line_n - s->headline_line > AFTER_LINES ||
                        s->prose_n > NEAR_PROSE || s->ended);
}

void
facts_shown_date(struct facts *f, const struct tree_node *html)
{
    struct shown s = {.f = f, .html = html};
    const struct tree_node *n = html;

    bool told = is_told(f);

    if (told && !fact_is_utc(f))
        return;
    s.headline = find_headline(f, html);
    s.order = date_order_of(f->fact[FACT_LANG].value);
    while (n && !(told && is_behind(&s))) {
        if (s.inside && n == s.headline_end) {
            end_line(&s);
            if (s.headline_line == 0)
                s.headline_line = s.line_n;
            s.inside = false;
            s.after = true;
        }
        if (n->name.len > 0) {
            n = on_element(&s, n);
        } else {
            add_text(&s, n);
            n = tree_walk(n, html);
        }
    }
    end_line(&s);
    judge(&s);
}
