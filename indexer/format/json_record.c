/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_record.c - from the events of JSON to articles
 *
 * A record is an object; its keys are those of key_table.c.  It may stand
 *
 *   - at the top, or in an array there
 *   - in the array or object under a key with KEY_LIST of an object that is
 *     no article (yet): {"response": {"docs": [{...}, ...]}}.  Of that object
 *     nothing becomes a record unless it has a body, too; its title is the
 *     source and its language that of records without
 *   - with some of its keys in an object of its own, under one with
 *     KEY_MEMBERS: {"_id": "1", "_source": {...}}
 *
 * Values are strings, numbers (their digits as they are written), true and
 * false; objects, which have the value under one of `inner_keys` or a path of
 * the table; and arrays of these, whose elements become lines.  Objects that
 * have a form of a text each (KEY_VARIANTS) are taken one by one; of those
 * that have a piece of the article each (KEY_PIECES: typed paragraphs, as
 * large publishers' systems hold them) the texts become paragraphs.  Values
 * with a type, as MongoDB writes them ({"$date": {"$numberLong": "0"}}), are
 * as without.  A number is no name: not an author, nor a topic.  What else is
 * nested is passed over, and more than DEPTH_MAX deep is a failure.  null and
 * white space are nothing.
 *
 * Records are handed on as they end: memory grows with the largest of them
 * and with what stands before the first in the objects around it.
 */
#include <stdio.h>

#include "../../common/article/date.h"
#include "json.h"

enum { DEPTH_MAX = 64, INSTANT_MAX = 80 };

static int
stop(struct json *j, const char *complaint)
{
    j->complaint = complaint;
    return 0;
}

static int
going_on(const struct json *j)
{
    return j->st == MORGUE_OK;
}

static int
pass_over(struct json *j)
{
    j->dead = j->depth;
    return 1;
}

/* ---- values ------------------------------------------------------------- */

/* The key of a level as it is written, in the record or its members. */
static struct morgue_str
path_of(const struct json *j, const struct json_level *l)
{
    size_t begin = j->member[j->members];

    return str_slice(j->path + begin, l->end - begin);
}

static int
put(struct json *j, const struct json_level *l, struct meaning m,
    struct morgue_str value, bool several)
{
    j->st = keyed_put(&j->k, m, path_of(j, l), value, several, &j->err);
    return going_on(j);
}

/* The values under this key are kept. */
static bool
is_kept(const struct json_level *l)
{
    return l->m.field != KEY_NONE || (l->m.flags & KEY_KEEP);
}

/* Whether all that was appended to r->text is there. */
static int
collected(struct json *j)
{
    if (j->r->text.full)
        return stop(j, "an array that is too long");
    j->st = buf_status(&j->r->text, &j->err);
    return going_on(j);
}

/* Put `value` on the line of its element, which is what r->text ends in. */
static int
add_element(struct json *j, struct morgue_str value)
{
    const struct json_level *l = &j->at[j->collect];
    struct buf *text = &j->r->text;

    buf_cut(text, j->element);
    if (text->len > 0)
        buf_char(text, '\n');
    if (!j->several || l->m.field == FIELD_BODY) {
        buf_str(text, value);
    } else {
        value = str_trim(value);
        for (size_t i = 0; i < value.len; i++)
            buf_char(text, value.s[i] == '\n' || value.s[i] == '\r'
                               ? ' '
                               : value.s[i]);
    }
    return collected(j);
}

/* Keys under which an object in a value's place has the value, best first:
 * those of newspapers' interfaces, schema.org, WordPress, MongoDB and XML that
 * became JSON. */
static const char *const inner_keys[] = {
    "main",           "name",    "text",        "rendered",   "title",
    "webTitle",       "value",   "label",       "original",   "by",
    "basic",          "#text",   "$t",          "*",          "$date",
    "$oid",           "content", "$numberLong", "$numberInt", "$numberDouble",
    "$numberDecimal", "$uuid",   "$symbol",     "$binary"};
enum { INNER_KEYS = sizeof inner_keys / sizeof *inner_keys };

/* Types of MongoDB that have their value in an object, and where. */
static const struct {
    const char *type, *key;
} wrappers[] = {
    {"$date", "$numberLong"}, {"$timestamp", "t"}, {"$binary", "base64"}};
enum { WRAPPERS = sizeof wrappers / sizeof *wrappers };

static struct morgue_str
own_key(const struct json *j, const struct json_level *l)
{
    return str_slice(j->path + l->begin, l->end - l->begin);
}

/* Whether the object that begins under the key is such a value of an element;
 * which one, or WRAPPERS. */
static int
wrapper_of(const struct json *j)
{
    int i = 0;

    if (j->collect < 0 || j->level != j->collect + 1 ||
        j->at[j->level].arrays > 0)
        return WRAPPERS;
    while (i < WRAPPERS &&
           !str_eq(own_key(j, &j->at[j->level]), str_of(wrappers[i].type)))
        i++;
    return i;
}

/* The rank of a key of an object in the place of the collected value. */
static int
inner_rank(const struct json *j, const struct json_level *l)
{
    struct morgue_str key = own_key(j, l);

    if (j->wrapper)
        return str_eq(key, str_of(j->wrapper)) ? 1 : 0;
    if (l->m.field != KEY_NONE)
        return l->m.rank;
    for (int i = 0; i < INNER_KEYS; i++)
        if (str_eq(key, str_of(inner_keys[i])))
            return KEY_RANKS * KEY_OWN_MAX * 2 + i;
    return 0;
}

/* How good a form of a text is, by its role or type; 0 is best. */
static int
variant_of(struct morgue_str word)
{
    static const struct {
        const char *word;
        int variant;
    } forms[] = {{"main", 0},       {"text", 0},  {"plain", 0},
                 {"text/plain", 0}, {"lead", 0},  {"abstract", 0},
                 {"summary", 0},    {"html", 1},  {"xhtml", 1},
                 {"text/html", 1},  {"html5", 1}, {"text/html5", 1},
                 {"short", 2},      {"writer", 3}};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_eq_nocase(word, str_of(forms[i].word)))
            return forms[i].variant;
    return 2;
}

static enum json_piece
piece_of(struct morgue_str type)
{
    static const char *const texts[] = {
        "text",    "paragraph", "sanitized_html", "html",      "header",
        "subhead", "quote",     "blockquote",     "correction"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_eq_nocase(type, str_of(texts[i])))
            return PIECE_TEXT;
    return str_eq_nocase(type, STR("kicker")) ? PIECE_SECTION : PIECE_OTHER;
}

/* A value of a piece, which is HTML and a paragraph. */
static int
piece_value(struct json *j, struct morgue_str key, struct morgue_str value)
{
    struct buf *text = &j->r->text;

    if (str_eq(key, STR("type")))
        j->piece = piece_of(value);
    if (!str_eq(key, STR("content")))
        return 1;
    buf_cut(text, j->element);
    buf_str(text, STR("<p>"));
    buf_str(text, value);
    return collected(j);
}

/* Whether a number means nothing in this field: WordPress numbers its authors
 * and categories. */
static bool
no_number(enum field f)
{
    return f == FIELD_AUTHOR || f == FIELD_TOPICS || f == FIELD_SECTION ||
           f == FIELD_SOURCE || f == FIELD_PLACE || f == FIELD_LANG;
}

/* Milliseconds, or seconds, since 1970 as a date; false where they are none,
 * or beyond any calendar.  Written so, as a bare number that is small or
 * negative would not be taken for one. */
static bool
print_instant(char out[INSTANT_MAX], struct morgue_str digits, int64_t unit)
{
    const int64_t day = 86400, max = 253402300800; /* the year 10000 */
    int64_t n = 0;
    bool negative = digits.len > 0 && digits.s[0] == '-';
    size_t i = negative;
    int year, month, date, second;

    for (; i < digits.len && is_digit(digits.s[i]) && n < max * 1000; i++)
        n = n * 10 + (digits.s[i] - '0');
    if (i < digits.len || digits.len == (size_t)negative)
        return false;
    n = negative ? -n : n;
    n = n / unit - (n % unit < 0);
    if (n <= -max || n >= max)
        return false;
    date_calendar(n, &year, &month, &date);
    second = (int)((n % day + day) % day);
    snprintf(out, INSTANT_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month,
             date, second / 3600, second / 60 % 60, second % 60);
    return true;
}

static int
inner_value(struct json *j, const struct json_level *l,
            struct morgue_str value, bool number)
{
    char instant[INSTANT_MAX];
    struct morgue_str key = own_key(j, l);
    int64_t unit = 0;
    int rank;

    if (j->at[j->collect].m.flags & KEY_PIECES)
        return piece_value(j, key, value);
    if ((j->at[j->collect].m.flags & KEY_VARIANTS) &&
        (str_eq(key, STR("role")) || str_eq_nocase(key, STR("contenttype")))) {
        int v = variant_of(value);

        if (v > j->variant)
            j->variant = v;
        return 1;
    }
    rank = inner_rank(j, l);
    if (str_starts(key, STR("$number")) &&
        no_number(j->at[j->collect].m.field))
        return 1;
    if (rank == 0 || (j->best != 0 && rank > j->best))
        return 1;
    j->best = rank;
    if ((number && str_eq(key, STR("$date"))) || j->wrapper == wrappers[0].key)
        unit = 1000;
    else if (j->wrapper == wrappers[1].key)
        unit = 1;
    if (unit > 0 && print_instant(instant, value, unit))
        value = str_of(instant);
    return add_element(j, value);
}

/* A value that is nested in the record. */
static int
nested_value(struct json *j, struct morgue_str value, bool number)
{
    const struct json_level *l = &j->at[j->level];

    if (str_trim(value).len == 0)
        return 1;
    if (j->collect == j->level) {
        if (number && l->m.field < FIELD_N)
            return 1;
        j->element = j->r->text.len;
        return add_element(j, value);
    }
    if (j->collect >= 0 && l->arrays == 0 &&
        j->level == j->collect + (j->wrapper ? 2 : 1) &&
        (l->m.field == KEY_NONE || l->m.field == j->at[j->collect].m.field))
        return inner_value(j, l, value, number);
    return l->m.field != KEY_NONE ? put(j, l, l->m, value, false) : 1;
}

static int
on_value(struct json *j, struct morgue_str value, bool number)
{
    const struct json_level *l = &j->at[j->level];

    j->silent = 0;
    if (j->dead)
        return 1;
    if (!j->open)
        return j->frames > 0 ? 1 : stop(j, "not an object");
    if (j->level > 0 || l->arrays > 0)
        return nested_value(j, value, number);
    if (number && no_number(l->m.field))
        return put(j, l, (struct meaning){.field = KEY_NONE}, value, false);
    return put(j, l, l->m, value, false);
}

int
json_string(void *json, const unsigned char *s, size_t len)
{
    return on_value(json, str_slice((const char *)s, len), false);
}

int
json_number(void *json, const char *s, size_t len)
{
    return on_value(json, str_slice(s, len), true);
}

int
json_boolean(void *json, int value)
{
    return on_value(json, value ? STR("true") : STR("false"), true);
}

int
json_null(void *json)
{
    return on_value(json, STR(""), false);
}

int
json_key(void *json, const unsigned char *s, size_t len)
{
    struct json *j = json;
    struct json_level *l = &j->at[j->level];

    j->silent = 0;
    if (j->dead)
        return 1;
    if (len > KEY_MAX || l->begin + len > JSON_PATH)
        len = 0;
    memcpy(j->path + l->begin, s, len);
    l->end = l->begin + len;
    l->m = key_means(j->r->map, path_of(j, l));
    if (j->r->map && j->members > 0) {
        struct meaning own = key_means(j->r->map, str_slice(j->path, l->end));

        if (own.rank > 0 || (own.flags & KEY_PARENT))
            l->m = own;
    }
    return 1;
}

/* ---- lists of records --------------------------------------------------- */

/* What is open becomes what stands around a record. */
static void
enter(struct json *j, bool list)
{
    struct reading *r = j->r;
    struct json_frame *f = &j->frame[j->frames++];

    *f = (struct json_frame){.k = j->k,
                             .arena = r->arena,
                             .extra = r->extra,
                             .base = j->base,
                             .inside = j->inside,
                             .opened = j->opened};
    arena_init(&r->arena, f->arena.max);
    buf_init(&r->extra, f->extra.max);
    j->base = list ? j->depth + 1 : j->depth;
    j->open = false;
    j->inside = !list;
}

static void
leave(struct json *j)
{
    struct reading *r = j->r;
    struct json_frame *f = &j->frame[--j->frames];

    arena_free(&r->arena);
    buf_free(&r->extra);
    r->arena = f->arena;
    r->extra = f->extra;
    j->k = f->k;
    j->base = f->base;
    j->inside = f->inside;
    j->opened = f->opened;
    j->open = true;
    j->level = j->members = 0;
    j->at[0] = (struct json_level){0};
}

/* Whether the value of the record's key that comes may have records.  Of an
 * article, which has an id or is one of several, it has pieces. */
static bool
may_enter(const struct json *j, bool list)
{
    const struct morgue_article *a = &j->k.article;
    bool feed = list && (j->inside || (j->frames == 0 && j->base == 1));

    if ((j->at[0].m.flags & KEY_PIECES) && (a->id.len > 0 || j->frames > 0))
        return false;
    return (j->at[0].m.flags & KEY_LIST) && j->members == 0 &&
           j->frames < JSON_FRAMES && (a->body.len == 0 || j->k.summary) &&
           (a->title.len == 0 || feed);
}

/* MediaWiki has pages in an object, by their numbers. */
static bool
is_page_number(const struct json *j)
{
    const struct json_level *l = &j->at[0];

    if (!j->inside || j->members > 0 || j->frames == JSON_FRAMES ||
        l->end == l->begin)
        return false;
    for (size_t i = l->begin; i < l->end; i++)
        if (!is_digit(j->path[i]) && !(i == l->begin && j->path[i] == '-'))
            return false;
    return true;
}

/* ---- records ------------------------------------------------------------ */

static void
begin_record(struct json *j)
{
    j->open = true;
    j->opened = false;
    j->level = 0;
    j->members = 0;
    j->at[0] = (struct json_level){0};
    j->collect = -1;
    j->wrapper = NULL;
    keyed_begin(&j->k, j->r);
}

static bool
has_replacement(const struct morgue_article *a)
{
    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str s = record_get(a, (enum field)f);

        for (const char *at = s.s; at; at++) {
            at = s.len < 3 ? NULL
                           : memchr(at, '\xEF', (size_t)(s.s + s.len - at));
            if (!at || s.s + s.len - at < 3)
                break;
            if (at[1] == '\xBF' && at[2] == '\xBD')
                return true;
        }
    }
    return false;
}

/* What the objects around say of all their records. */
static void
inherit(struct json *j)
{
    struct morgue_article *a = &j->k.article;

    for (int i = j->frames - 1; i >= 0; i--) {
        const struct morgue_article *feed = &j->frame[i].k.article;

        if (a->source.len == 0)
            a->source = feed->title.len > 0 ? feed->title : feed->source;
        if (a->lang.len == 0)
            a->lang = feed->lang;
    }
}

static int
end_record(struct json *j)
{
    const struct morgue_article *a = &j->k.article;
    unsigned how = j->converted ? READ_CONVERTED : 0;
    bool body = a->body.len > 0 && !j->k.summary;
    bool dated = a->title.len > 0 && a->date.precision != MORGUE_DATE_NONE;
    bool is_record = j->opened   ? body
                     : j->inside ? a->body.len > 0 || dated
                                 : true;

    j->open = false;
    j->records++;
    j->fed = 0;
    if (is_record) {
        inherit(j);
        if (j->mended && has_replacement(a))
            how |= READ_REPAIRED;
        j->st = keyed_end(&j->k, how, &j->err);
    }
    if (j->inside && j->frames > 0) {
        bool opened = j->opened || is_record;

        leave(j);
        j->opened |= opened;
    }
    return going_on(j);
}

/* ---- objects and arrays ------------------------------------------------- */

/* The collected lines are complete. */
static int
end_collect(struct json *j)
{
    const struct json_level *l = &j->at[j->collect];
    struct meaning m = l->m;

    j->collect = -1;
    if (m.flags & KEY_PIECES)
        m.flags |= KEY_HTML;
    return put(j, l, m, buf_view(&j->r->text), j->several);
}

/* An element that is a piece of the article. */
static int
end_piece(struct json *j)
{
    const size_t tag = strlen("<p>");
    struct buf *text = &j->r->text;
    struct morgue_str value =
        str_slice(text->data + j->element, text->len - j->element);

    if (j->piece == PIECE_TEXT || value.len == 0)
        return 1;
    if (j->piece == PIECE_SECTION &&
        !put(j, &j->at[j->collect], key_means(NULL, STR("section")),
             str_slice(value.s + tag, value.len - tag), false))
        return 0;
    buf_cut(text, j->element);
    return 1;
}

/* An element that is a form of the text. */
static int
end_variant(struct json *j)
{
    const struct json_level *l = &j->at[j->collect];
    struct meaning m = l->m;
    struct morgue_str all = buf_view(&j->r->text);

    m.rank += j->variant;
    if (j->variant == 1)
        m.flags |= KEY_HTML;
    if (all.len > 0 && !put(j, l, m, all, false))
        return 0;
    buf_reset(&j->r->text);
    return 1;
}

static void
begin_collect(struct json *j, bool several)
{
    j->collect = j->level;
    j->several = several;
    j->element = 0;
    j->best = j->variant = 0;
    buf_reset(&j->r->text);
}

/* The object under a key has members of the record. */
static int
begin_members(struct json *j)
{
    struct json_level *l = &j->at[0];

    if (j->members == JSON_LEVELS || l->end + 1 > JSON_PATH)
        return pass_over(j);
    j->path[l->end] = '.';
    l->begin = l->end + 1;
    j->member[++j->members] = l->begin;
    j->base = j->depth;
    return 1;
}

static int
begin_object(struct json *j)
{
    struct json_level *l = &j->at[j->level];
    int wrapper;

    /* One that says nothing that we know withholds the story. */
    if (l->m.field == FIELD_EMBARGO && !put(j, l, l->m, STR("{}"), false))
        return 0;
    if (j->level == 0 && l->arrays == 0) {
        if (l->m.flags & KEY_MEMBERS)
            return begin_members(j);
        if (may_enter(j, false) || is_page_number(j)) {
            enter(j, false);
            begin_record(j);
            return 1;
        }
    }
    wrapper = wrapper_of(j);
    if (wrapper == WRAPPERS && !(l->m.flags & KEY_PARENT) &&
        (!is_kept(l) || (j->collect >= 0 && j->collect != j->level)))
        return pass_over(j);
    if (j->level + 1 == JSON_LEVELS || l->end + 1 > JSON_PATH)
        return pass_over(j);
    if (wrapper < WRAPPERS)
        j->wrapper = wrappers[wrapper].key;
    else if (is_kept(l) && j->collect < 0)
        begin_collect(j, false);
    if (j->collect == j->level) {
        j->element = j->r->text.len;
        j->best = j->variant = 0;
        j->piece = PIECE_TEXT;
    }
    j->path[l->end] = '.';
    j->at[++j->level] = (struct json_level){
        .begin = l->end + 1, .end = l->end + 1, .m = {.field = KEY_NONE}};
    return 1;
}

int
json_map(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    if (j->dead)
        return 1;
    if (j->open)
        return begin_object(j);
    if (j->frames > 0)
        j->frame[j->frames - 1].opened = true;
    begin_record(j);
    return 1;
}

static int
end_object(struct json *j)
{
    if (j->level > 0) {
        j->level--;
        if (j->level == j->collect + 1)
            j->wrapper = NULL;
        if (j->collect != j->level)
            return 1;
        if ((j->at[j->level].m.flags & KEY_VARIANTS) && !end_variant(j))
            return 0;
        if ((j->at[j->level].m.flags & KEY_PIECES) && !end_piece(j))
            return 0;
        return j->at[j->level].arrays > 0 ? 1 : end_collect(j);
    }
    if (j->members == 0)
        return end_record(j);
    j->members--;
    j->base--;
    j->at[0].begin = j->member[j->members];
    return 1;
}

/* What ends was passed over, at its top or below it. */
static bool
ends_dead(struct json *j)
{
    if (!j->dead)
        return false;
    if (j->dead == j->depth)
        j->dead = 0;
    j->depth--;
    return true;
}

int
json_map_end(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (ends_dead(j))
        return 1;
    j->depth--;
    return end_object(j);
}

static int
begin_array(struct json *j)
{
    struct json_level *l = &j->at[j->level];

    if (j->level == 0 && l->arrays == 0 && may_enter(j, true)) {
        enter(j, true);
        return 1;
    }
    if (l->arrays > 0 ? is_kept(l) || !(l->m.flags & KEY_PARENT)
                      : !is_kept(l) && !(l->m.flags & KEY_PARENT))
        return pass_over(j);
    if (is_kept(l) && j->collect < 0)
        begin_collect(j, true);
    l->arrays++;
    return 1;
}

int
json_array(void *json)
{
    struct json *j = json;

    j->silent = 0;
    if (!j->open && !j->dead && j->frames == 0 &&
        (j->depth > 0 || j->line_by_line))
        return stop(j, "an array, not an object");
    if (++j->depth > DEPTH_MAX)
        return stop(j, "nested too deep");
    if (j->dead)
        return 1;
    if (j->open)
        return begin_array(j);
    if (j->depth > 1)
        return pass_over(j);
    j->base = 2;
    return 1;
}

int
json_array_end(void *json)
{
    struct json *j = json;
    struct json_level *l = &j->at[j->level];

    j->silent = 0;
    if (ends_dead(j))
        return 1;
    j->depth--;
    if (j->open) {
        l->arrays--;
        return j->collect == j->level && l->arrays == 0 ? end_collect(j) : 1;
    }
    if (j->frames > 0)
        leave(j);
    else
        j->base = 1;
    return 1;
}

/* ---- beginning and dropping --------------------------------------------- */

void
json_begin(struct json *j)
{
    j->depth = j->dead = j->level = j->members = 0;
    j->base = 1;
    j->open = j->inside = j->opened = false;
    j->collect = -1;
    j->wrapper = NULL;
    j->complaint = NULL;
}

void
json_drop(struct json *j)
{
    while (j->frames > 0)
        leave(j);
    json_begin(j);
}
