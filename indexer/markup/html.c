/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html.c - the tree of an HTML page
 *
 *   page -> copy without controls -> tokens (html_token.h) -> nodes
 *
 * The copy lies in the arena, and all strings of the tree are slices of it.
 * What browsers repair is repaired where it matters to where text belongs:
 *
 *   - html, head and body are there though their tags are not; what cannot
 *     stand in the head opens the body; what follows </body> is in it
 *   - a block ends an open p, li an open li of its list, dd and dt each
 *     other, a heading a heading, a cell a cell, a row a row, a link a link
 *   - an end tag ends the elements that are open inside of its own; of an
 *     inline element only up to the block around; of a block only up to the
 *     cell around; else it is passed over
 *   - `/>` closes links, inline elements and those that HTML does not know,
 *     and all where the page is XHTML
 *
 * Not handled: text directly in a table is not moved before it, and an inline
 * element that overlaps a block is not opened again behind it.
 *
 * Why not the HTML parser of libxml2 2.9 (57 to 97 MB/s on 181 news pages
 * with callbacks that do nothing): a tag of 200,000 attributes takes it 13
 * seconds, as do 100,000 <b> with </i> behind them, both quadratic and
 * without a hook to stop it; and it knows HTML 4 only.  gumbo is right but
 * reads 17 MB a second.  This one, with the tree made, reads 300 MB a second.
 *
 * Cost: the page once and 80 bytes a node, 40 an attribute; time linear, as
 * at most TREE_DEPTH_MAX elements are open.  A page of more than NODES_MAX
 * nodes is too large.
 */
#include "html.h"

#include "html_element.h"
#include "html_token.h"

/* More than any page has that is read by people. */
enum { NODES_MAX = 2 * 1000 * 1000 };

struct open {
    struct tree_node *node;
    const struct html_element *kind;
};

/* Where an element of a piece is closed next. */
struct ending {
    const struct html_element *kind;
    const char *at; /* NULL: nowhere */
};

enum { ENDINGS_MAX = 64 }; /* kinds that are not read, some thirty */

struct html_builder {
    struct arena *arena;
    bool piece;
    struct ending endings[ENDINGS_MAX];
    size_t endings_n;
    struct html_tokens tokens;
    struct open open[TREE_DEPTH_MAX]; /* html, head or body, ... */
    size_t n;
    size_t beyond; /* elements that are open and nested too deep to be there */
    size_t nodes;
    struct tree_node *html, *head, *body;
};

/* ---- nodes -------------------------------------------------------------- */

static struct tree_node *
add_node(struct html_builder *b, struct tree_node *parent)
{
    struct tree_node *n = NULL;

    if (b->nodes < NODES_MAX)
        n = arena_zero(b->arena, 1, sizeof *n);
    if (!n)
        return NULL;
    b->nodes++;
    n->name = n->text = STR("");
    tree_link(parent, n);
    return n;
}

/* The attributes of the tag. */
static bool
add_attributes(struct html_builder *b, struct tree_node *n)
{
    size_t count = b->tokens.attr_n;
    struct attr *attr;

    if (count == 0 || n->attr)
        return true;
    attr = arena_zero(b->arena, count, sizeof *attr);
    if (!attr)
        return false;
    n->attr = attr;
    for (size_t i = 0; i < count; i++) {
        attr[i].name = b->tokens.attr[i].name;
        attr[i].value = b->tokens.attr[i].value;
        attr[i].next = i + 1 < count ? &attr[i + 1] : NULL;
    }
    return true;
}

/* ---- open elements ------------------------------------------------------ */

static struct tree_node *
top(const struct html_builder *b)
{
    return b->open[b->n - 1].node;
}

static void
push(struct html_builder *b, struct tree_node *n,
     const struct html_element *kind)
{
    if (b->n < TREE_DEPTH_MAX)
        b->open[b->n++] = (struct open){n, kind};
    else
        b->beyond++;
}

static void
pop_to(struct html_builder *b, size_t n)
{
    b->n = n;
    b->beyond = 0;
}

/* Which open element has that name, with none before it that has one of the
 * flags `stop`; 0 (the html element) where there is none. */
static size_t
find_open(const struct html_builder *b, struct morgue_str name, unsigned stop)
{
    for (size_t i = b->n; i-- > 1;) {
        if (str_eq(b->open[i].node->name, name))
            return i;
        if (b->open[i].kind->flags & stop)
            return 0;
    }
    return 0;
}

static void
end_open(struct html_builder *b, struct morgue_str name, unsigned stop)
{
    size_t i = find_open(b, name, stop);

    if (i > 0)
        pop_to(b, i);
}

static bool
open_body(struct html_builder *b)
{
    const struct morgue_str name = STR("body");

    if (b->body)
        return true;
    b->body = add_node(b, b->html);
    if (!b->body)
        return false;
    b->body->name = name;
    pop_to(b, 1);
    push(b, b->body, html_element(name));
    return true;
}

static bool
open_head(struct html_builder *b)
{
    if (b->head || b->body)
        return true;
    b->head = add_node(b, b->html);
    if (!b->head)
        return false;
    b->head->name = STR("head");
    push(b, b->head, html_element(b->head->name));
    return true;
}

/* ---- opening tags ------------------------------------------------------- */

static bool
is_heading(struct morgue_str name)
{
    return name.len == 2 && name.s[0] == 'h' && name.s[1] >= '1' &&
           name.s[1] <= '6';
}

/* Parts of tables end each other up to their table. */
static bool
end_table_parts(struct html_builder *b, struct morgue_str name)
{
    static const struct {
        struct morgue_str name;
        const char *ends[5];
    } rules[] = {
        {STR("td"), {"td", "th", "caption"}},
        {STR("th"), {"td", "th", "caption"}},
        {STR("tr"), {"tr", "caption"}},
        {STR("tbody"), {"tbody", "thead", "tfoot", "tr", "caption"}},
        {STR("tfoot"), {"tbody", "thead", "tfoot", "tr", "caption"}},
        {STR("thead"), {"tbody", "thead", "tfoot", "tr", "caption"}},
    };

    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        size_t keep = b->n;

        if (!str_eq(name, rules[r].name))
            continue;
        for (size_t i = b->n; i-- > 1 && !tree_is(b->open[i].node, "table");)
            for (size_t e = 0; e < 5 && rules[r].ends[e]; e++)
                if (tree_is(b->open[i].node, rules[r].ends[e]))
                    keep = i;
        if (keep < b->n)
            pop_to(b, keep);
        return true;
    }
    return false;
}

/* End what cannot hold the element that opens. */
static void
end_before(struct html_builder *b, struct morgue_str name, unsigned flags)
{
    const unsigned item = EL_SCOPE | EL_LIST;

    if ((flags & EL_PART) && end_table_parts(b, name))
        return;
    if (flags & EL_BLOCK)
        end_open(b, STR("p"), EL_SCOPE);
    if (str_eq(name, STR("li"))) {
        end_open(b, name, item);
    } else if (str_eq(name, STR("dd")) || str_eq(name, STR("dt"))) {
        end_open(b, STR("dd"), item);
        end_open(b, STR("dt"), item);
    } else if (str_eq(name, STR("a"))) {
        end_open(b, name, EL_SCOPE | EL_BLOCK);
    } else if (str_eq(name, STR("option"))) {
        end_open(b, name, EL_SCOPE | EL_BLOCK);
    } else if (is_heading(name) && is_heading(top(b)->name)) {
        pop_to(b, b->n - 1);
    }
}

/* The content of a raw element: a title or JSON-LD is kept. */
static bool
take_raw(struct html_builder *b, struct tree_node *n)
{
    struct morgue_str raw = html_raw(&b->tokens), type = tree_attr(n, "type");
    bool json = false;
    struct tree_node *text;

    for (size_t i = 0; i + 7 <= type.len && !json; i++)
        json = str_eq_nocase(str_slice(type.s + i, 7), STR("ld+json"));
    if (raw.len == 0 ||
        !(json || str_eq(n->name, STR("title")) ||
          str_eq(n->name, STR("textarea")) || str_eq(n->name, STR("xmp"))))
        return true;
    if (!json)
        raw.len = html_unescape((char *)raw.s, raw.len, false);
    text = add_node(b, n);
    if (text)
        text->text = raw;
    return text != NULL;
}

/* ---- what is not read, in pieces ---------------------------------------- */

/* Where the next end tag of that name begins; NULL where there is none. */
static const char *
find_ending(const struct html_builder *b, struct morgue_str name)
{
    const char *at = b->tokens.at, *end = b->tokens.end;

    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        if (at[1] == '/' && (size_t)(end - at) >= name.len + 2 &&
            str_eq_nocase(str_slice(at + 2, name.len), name) &&
            !is_alpha(at[name.len + 2]))
            return at;
        at++;
    }
    return NULL;
}

/* Whether an end tag follows.  What was found before is asked first, so that
 * the piece is searched through once for each kind. */
static bool
is_ended(struct html_builder *b, const struct html_element *kind)
{
    struct ending *e = b->endings, *end = e + b->endings_n;

    while (e < end && e->kind != kind)
        e++;
    if (e < end && (!e->at || e->at >= b->tokens.at))
        return e->at != NULL;
    if (e == b->endings + ENDINGS_MAX)
        return true;
    b->endings_n += e == end;
    *e = (struct ending){kind, find_ending(b, kind->name)};
    return e->at != NULL;
}

/* A script or style that is not ended goes up to the next block. */
static void
skip_raw(struct html_tokens *t)
{
    while (t->at < t->end) {
        char *to = memchr(t->at, '<', (size_t)(t->end - t->at));
        char name[11];
        size_t n = 0;

        t->at = to ? to : t->end;
        while (to && n < sizeof name && is_alpha(to[n + 1])) {
            name[n] = to_lower(to[n + 1]);
            n++;
        }
        if (html_element(str_slice(name, n))->flags & EL_BLOCK)
            return;
        t->at += t->at < t->end;
    }
}

/* Whether what is not read has no content, in a piece. */
static bool
is_empty(struct html_builder *b, const struct tree_node *n,
         const struct html_element *kind)
{
    if (!b->piece || !(kind->flags & (EL_UNREAD | EL_RAW)) ||
        tree_is(n, "rt") || tree_is(n, "rp") || tree_is(n, "optgroup"))
        return false; /* these may do without an end tag */
    if (b->tokens.closed)
        return true;
    if (is_ended(b, kind))
        return false;
    if ((str_eq(kind->name, STR("script")) ||
         str_eq(kind->name, STR("style"))) &&
        tree_attr(n, "src").len == 0)
        skip_raw(&b->tokens);
    return true;
}

static bool
closes_itself(const struct html_builder *b, const struct html_element *kind)
{
    return (kind->flags & EL_VOID) ||
           (b->tokens.closed &&
            (b->tokens.xml || kind->name.len == 0 ||
             str_eq(kind->name, STR("a")) || str_eq(kind->name, STR("svg"))));
}

static bool
add_element(struct html_builder *b, const struct html_element *kind)
{
    struct tree_node *n = add_node(b, top(b));

    if (!n)
        return false;
    n->name = kind->name.len > 0 ? kind->name : b->tokens.name;
    if (!add_attributes(b, n))
        return false;
    if (closes_itself(b, kind) || is_empty(b, n, kind))
        return true;
    if ((kind->flags & EL_RAW) && !take_raw(b, n))
        return false;
    push(b, n, kind);
    return true;
}

static bool
on_open(struct html_builder *b)
{
    struct morgue_str name = b->tokens.name;
    const struct html_element *kind = html_element(name);

    if (str_eq(name, STR("html")))
        return b->html->first || add_attributes(b, b->html);
    if (str_eq(name, STR("head")))
        return open_head(b) &&
               (!b->head || b->head->first || add_attributes(b, b->head));
    if (str_eq(name, STR("body")))
        return open_body(b) && (b->body->first || add_attributes(b, b->body));
    if (kind->flags & EL_HEAD ? !open_head(b) : !open_body(b))
        return false;
    if (b->body)
        end_before(b, name, kind->flags);
    return add_element(b, kind);
}

/* ---- end tags and texts ------------------------------------------------- */

/* What an end tag cannot reach out of. */
static unsigned
stops(unsigned flags)
{
    if (flags & (EL_TABLE | EL_PART))
        return flags & EL_PART ? EL_TABLE : 0;
    return flags & (EL_BLOCK | EL_SCOPE) ? EL_SCOPE : EL_SCOPE | EL_BLOCK;
}

static bool
on_close(struct html_builder *b)
{
    struct morgue_str name = b->tokens.name;
    const struct html_element *kind = html_element(name);

    if (str_eq(name, STR("br"))) {
        b->tokens.attr_n = 0;
        return open_body(b) && add_element(b, kind);
    }
    if (str_eq(name, STR("html")) || str_eq(name, STR("body")))
        return true;
    if (b->beyond > 0)
        b->beyond--;
    else
        end_open(b, name, stops(kind->flags));
    return true;
}

static bool
is_blank(struct morgue_str s)
{
    return str_trim(s).len == 0;
}

static bool
on_text(struct html_builder *b)
{
    struct morgue_str text = b->tokens.text;
    struct tree_node *last;

    if (top(b) == b->html || top(b) == b->head) {
        if (is_blank(text))
            return true;
        if (!open_body(b))
            return false;
    }
    last = top(b)->last;
    if (last && last->name.len == 0) {
        /* Between the two in the page there is nothing that is kept. */
        memmove((char *)last->text.s + last->text.len, text.s, text.len);
        last->text.len += text.len;
        return true;
    }
    last = add_node(b, top(b));
    if (last)
        last->text = text;
    return last != NULL;
}

/* ---- the page ----------------------------------------------------------- */

/* A copy of the page with spaces for control characters, and NUL behind. */
static char *
clean_copy(struct arena *a, struct morgue_str page)
{
    struct morgue_str copy;
    char *s;

    if (!arena_str(a, page, &copy))
        return NULL;
    s = (char *)copy.s;
    for (size_t i = 0; i < copy.len; i++)
        s[i] = (unsigned char)s[i] < ' ' && !is_space(s[i]) ? ' ' : s[i];
    return s;
}

static bool
build(struct html_builder *b)
{
    bool ok = true;

    while (ok && html_next(&b->tokens))
        ok = b->tokens.kind == HTML_OPEN    ? on_open(b)
             : b->tokens.kind == HTML_CLOSE ? on_close(b)
                                            : on_text(b);
    return ok;
}

static enum morgue_status
parse_any(struct tree_node **out, struct arena *arena, struct morgue_str page,
          bool piece, struct morgue_error *err)
{
    const size_t block = 1 << 20; /* an arena asks for no more at once */
    struct html_builder b = {.arena = arena, .piece = piece};
    char *copy = NULL;

    *out = NULL;
    if (page.len < arena->max)
        copy = clean_copy(arena, page);
    if (copy)
        b.html = add_node(&b, NULL);
    if (b.html) {
        b.html->name = STR("html");
        push(&b, b.html, html_element(b.html->name));
        html_begin(&b.tokens, copy, page.len);
        if (build(&b)) {
            *out = b.html;
            return MORGUE_OK;
        }
    }
    if (b.nodes < NODES_MAX && arena->max - arena->total > block &&
        (copy || page.len < arena->max - arena->total))
        return error_nomem(err);
    return error_set(err, MORGUE_FORMAT, "the page is too large");
}

enum morgue_status
html_parse(struct tree_node **out, struct arena *arena, struct morgue_str page,
           struct morgue_error *err)
{
    return parse_any(out, arena, page, false, err);
}

enum morgue_status
html_parse_piece(struct tree_node **out, struct arena *arena,
                 struct morgue_str piece, struct morgue_error *err)
{
    return parse_any(out, arena, piece, true, err);
}
