/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_tree.c - a reader of JSON that forgives
 *
 * It walks the text once, keeping the element that is open and the key that
 * the next value bears.  Brackets open and close elements, strings before a
 * colon are keys, all else between is passed over.
 */
#include "json_tree.h"

#include "../../common/base/str.h"
#include "../../common/base/utf8.h"

struct json_nest {
    struct tree_node *node; /* to which values are added */
    struct morgue_str key;  /* of items, where it is an array */
    bool array;
};

struct json_reader {
    struct arena *arena;
    const char *at, *end;
    struct json_nest level[TREE_DEPTH_MAX];
    size_t n;
    struct morgue_str key; /* of the value that comes; s NULL: none */
};

/* ---- strings ------------------------------------------------------------ */

static bool
four_digits(const char *s, const char *end, uint32_t *n)
{
    *n = 0;
    if (end - s < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = to_lower(s[i]);

        if (!is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
        *n = *n * 16 + (uint32_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* The character that \u at `s` stands for; the length read, behind the u. */
static size_t
unicode(const char *s, const char *end, uint32_t *cp)
{
    uint32_t low;

    if (!four_digits(s, end, cp)) {
        *cp = UTF8_REPLACEMENT;
        return 0;
    }
    if (*cp >= 0xD800 && *cp < 0xDC00 && end - s >= 10 && s[4] == '\\' &&
        s[5] == 'u' && four_digits(s + 6, end, &low) && low >= 0xDC00 &&
        low < 0xE000) {
        *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
        return 10;
    }
    if (*cp == 0 || (*cp >= 0xD800 && *cp < 0xE000))
        *cp = UTF8_REPLACEMENT;
    return 4;
}

/* Write what the escape at `r->at`, behind the backslash, stands for. */
static char *
put_escape(struct json_reader *r, char *to)
{
    static const char from[] = "nrtbf", meant[] = "\n\r\t  ";
    char c = *r->at++;
    const char *known = strchr(from, c);
    uint32_t cp;

    if (c == 'u') {
        r->at += unicode(r->at, r->end, &cp);
        return to + utf8_encode(cp, to);
    }
    *to++ = known ? meant[known - from] : c;
    return to;
}

/* At a quotation mark: the string, copied; false when the arena is full. */
static bool
take_string(struct json_reader *r, struct morgue_str *out)
{
    const char *close = ++r->at;
    char *s, *to;

    while (close < r->end && *close != '"')
        close += *close == '\\' && close + 1 < r->end ? 2 : 1;
    s = to = arena_alloc(r->arena, (size_t)(close - r->at) + 4);
    if (!s)
        return false;
    while (r->at < close) {
        char c = *r->at++;

        if (c == '\\' && r->at < close)
            to = put_escape(r, to);
        else
            *to++ = c;
    }
    r->at = close < r->end ? close + 1 : r->end;
    *to = '\0';
    *out = str_slice(s, (size_t)(to - s));
    return true;
}

/* ---- values ------------------------------------------------------------- */

/* An element for the value that comes. */
static struct tree_node *
add_value(struct json_reader *r)
{
    struct json_nest *top = &r->level[r->n - 1];
    struct morgue_str name = r->key.s     ? r->key
                             : top->array ? top->key
                                          : STR("item");
    struct tree_node *n = arena_zero(r->arena, 1, sizeof *n);

    if (!n)
        return NULL;
    r->key = (struct morgue_str){0};
    n->name = name.len > 0 ? name : STR("item");
    n->text = STR("");
    n->parent = top->node;
    if (top->node->last)
        top->node->last->next = n;
    else
        top->node->first = n;
    top->node->last = n;
    return n;
}

static bool
add_text(struct json_reader *r, struct morgue_str text)
{
    struct tree_node *n = add_value(r), *t;

    if (!n)
        return false;
    if (text.len == 0)
        return true;
    t = arena_zero(r->arena, 1, sizeof *t);
    if (!t)
        return false;
    t->name = STR("");
    t->text = text;
    t->parent = n;
    n->first = n->last = t;
    return true;
}

/* At a string: a key where a colon follows, else a value. */
static bool
on_string(struct json_reader *r)
{
    struct morgue_str s;
    const char *behind;

    if (!take_string(r, &s))
        return false;
    for (behind = r->at; behind < r->end && is_space(*behind); behind++)
        ;
    if (behind < r->end && *behind == ':' && !r->level[r->n - 1].array) {
        r->key = s;
        r->at = behind + 1;
        return true;
    }
    return add_text(r, s);
}

/* At `{` or `[`. */
static bool
on_open(struct json_reader *r, bool array)
{
    struct json_nest *top = &r->level[r->n - 1], next = {.array = array};

    r->at++;
    if (r->n == TREE_DEPTH_MAX) {
        r->at = r->end;
        return true;
    }
    if (array) {
        next.node = top->node;
        next.key = r->key.s ? r->key : top->array ? top->key : STR("item");
        r->key = (struct morgue_str){0};
    } else {
        next.node = add_value(r);
        if (!next.node)
            return false;
    }
    r->level[r->n++] = next;
    return true;
}

/* A number, true, false, null; only where a value may stand. */
static bool
on_word(struct json_reader *r)
{
    const char *from = r->at;
    struct morgue_str text;

    while (r->at < r->end &&
           (is_alpha(*r->at) || is_digit(*r->at) || strchr("+-._", *r->at)))
        r->at++;
    text = str_slice(from, (size_t)(r->at - from));
    if (!r->key.s && !r->level[r->n - 1].array)
        return true;
    if (str_eq(text, STR("null"))) {
        r->key = (struct morgue_str){0};
        return true;
    }
    return add_text(r, text);
}

struct tree_node *
json_tree(struct arena *a, struct morgue_str text)
{
    struct json_reader r = {
        .arena = a, .at = text.s, .end = text.s + text.len, .n = 1};
    struct tree_node *top = tree_add(a, NULL, STR("json"), STR(""));
    bool ok = top != NULL;

    r.level[0] = (struct json_nest){.node = top};
    while (ok && r.at < r.end) {
        char c = *r.at;

        if (c == '"') {
            ok = on_string(&r);
        } else if (c == '{' || c == '[') {
            ok = on_open(&r, c == '[');
        } else if (c == '}' || c == ']') {
            r.n -= r.n > 1;
            r.key = (struct morgue_str){0};
            r.at++;
        } else if (is_alpha(c) || is_digit(c) || c == '-') {
            ok = on_word(&r);
        } else {
            r.at++;
        }
    }
    return ok ? top : NULL;
}
