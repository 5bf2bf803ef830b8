/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml.c - XML as a tree, by libxml2's push parser
 *
 *     bytes -> mend -> libxml2 -> events -> tree
 *
 * The parser is given an element of ours around all that comes, so that what
 * stands before a document is text to it, and another document may follow.
 * What a DTD could do is kept off by mend (xml_mend.h): none gets here.
 *
 * What is outside of records has an arena until its document ends, each
 * record the other one.  Pieces of text are gathered until a tag.
 *
 * Of libxml2's state only the handler for errors of no parser is changed,
 * which is the thread's, and put back before anyone else runs.
 */
#include "xml.h"

#include <libxml/parser.h>
#include <libxml/threads.h>
#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/base/utf8.h"
#include "xml_mend.h"

enum {
    NODE_COST = 150,  /* bytes that a node takes beside its strings */
    SPACES_MAX = 500, /* namespaces that are in force */
    NAMES_MAX =
        20000, /* that differ: libxml2's table does not grow for more */
    PARSER_MEMORY = 64 * 1024
};

/* The element around all. */
#define AROUND "<document>"

struct xml {
    xmlParserCtxtPtr parser;
    struct mend mend;
    const char *const *names;
    xml_on_record *on_record;
    void *payload;
    uint64_t first_line;

    struct arena outside, inside; /* of records */
    size_t outside_n, inside_n;   /* bytes in them */
    struct tree_node *open;       /* the innermost element that is open */
    struct tree_node *record;     /* that is open */
    uint64_t record_line;
    struct buf text; /* since the last tag */
    int depth;       /* of open elements, with the one around all */

    xmlStructuredErrorFunc others; /* handler of errors, and its payload */
    void *others_payload;
    enum morgue_status st; /* why it stopped */
    struct morgue_error why;
};

/* ---- failures ----------------------------------------------------------- */

static uint64_t
line_now(const struct xml *x)
{
    return x->first_line + (uint64_t)x->parser->input->line - 1;
}

/* Stop at the first thing that is wrong. */
static void
stop(struct xml *x, const char *why)
{
    if (!x->st)
        x->st = error_set(&x->why, MORGUE_FORMAT, "line %llu: %s",
                          (unsigned long long)line_now(x), why);
}

static void
stop_nomem(struct xml *x)
{
    if (!x->st)
        x->st = error_nomem(&x->why);
}

static void
on_error(void *payload, xmlErrorPtr e)
{
    struct xml *x = payload;
    char why[300] = "not well-formed";
    size_t len = e->message ? strcspn(e->message, "\n") : 0;

    if (e->code == XML_ERR_NO_MEMORY) {
        stop_nomem(x);
    } else if (e->level == XML_ERR_FATAL) {
        if (len >= sizeof why)
            len = sizeof why - 1;
        if (len > 0) {
            memcpy(why, e->message, len);
            why[len] = '\0';
        }
        stop(x, why);
    }
}

/* Take the errors that belong to no parser, such as want of memory in a
 * buffer, which would be printed, and give them back. */
static void
errors_take(struct xml *x)
{
    x->others = xmlStructuredError;
    x->others_payload = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(x, on_error);
}

static void
errors_give_back(struct xml *x)
{
    xmlSetStructuredErrorFunc(x->others_payload, x->others);
}

/* ---- the tree ----------------------------------------------------------- */

/* Account for a node that takes `n` bytes; false where that is too much. */
static bool
charge(struct xml *x, size_t n)
{
    size_t *used = x->record ? &x->inside_n : &x->outside_n;

    *used += n;
    if (x->record && *used > XML_RECORD_MAX)
        stop(x, "a record is longer than 256 MB");
    if (!x->record && *used > XML_OUTSIDE_MAX)
        stop(x, "more than 32 MB stand outside of records");
    return !x->st;
}

static struct arena *
arena_of(struct xml *x)
{
    return x->record ? &x->inside : &x->outside;
}

static void
end_text(struct xml *x)
{
    struct morgue_str text = buf_view(&x->text);

    if (x->text.nomem)
        stop_nomem(x);
    else if (x->text.full)
        stop(x, "a text is longer than 256 MB");
    if (text.len > 0 && (x->record || str_trim(text).len > 0) &&
        charge(x, NODE_COST + text.len) &&
        !tree_add(arena_of(x), x->open, STR(""), text))
        stop_nomem(x);
    buf_reset(&x->text);
}

static struct morgue_str
str_xml(const xmlChar *s)
{
    return s ? str_of((const char *)s) : STR("");
}

static bool
is_record(const struct xml *x, struct morgue_str name)
{
    for (const char *const *n = x->names; *n; n++)
        if (str_eq(name, str_of(*n)))
            return true;
    return false;
}

static void
add_attributes(struct xml *x, struct tree_node *n, int count,
               const xmlChar **attr)
{
    for (int i = 0; i < count && !x->st; i++, attr += 5) {
        struct morgue_str name = str_xml(attr[0]);
        struct morgue_str value =
            str_slice((const char *)attr[3], (size_t)(attr[4] - attr[3]));

        if (charge(x, NODE_COST + name.len + value.len) &&
            !tree_attr_add(arena_of(x), n, name, value))
            stop_nomem(x);
    }
}

/* Most elements are in the namespace of their parent, and share it. */
static void
set_space(struct xml *x, struct tree_node *n, struct morgue_str space)
{
    if (n->parent && str_eq(n->parent->space, space))
        n->space = n->parent->space;
    else if (charge(x, space.len) && !arena_str(arena_of(x), space, &n->space))
        stop_nomem(x);
}

/* ---- events ------------------------------------------------------------- */

static void
on_start(void *payload, const xmlChar *local, const xmlChar *prefix,
         const xmlChar *uri, int spaces_n, const xmlChar **spaces,
         int attributes_n, int defaulted_n, const xmlChar **attributes)
{
    struct xml *x = payload;
    struct morgue_str name = str_xml(local);
    struct tree_node *n;

    (void)spaces_n;
    (void)spaces;
    (void)defaulted_n;
    if (x->st || x->depth++ == 0)
        return;
    if (x->depth > TREE_DEPTH_MAX)
        stop(x, "elements are nested too deep");
    if (x->parser->nsNr > 2 * SPACES_MAX)
        stop(x, "too many namespaces");
    if (xmlDictSize(x->parser->dict) > NAMES_MAX)
        stop(x, "too many names of elements and attributes");
    if (x->open)
        end_text(x);
    if (x->st)
        return;
    if (!x->record && is_record(x, name)) {
        x->record_line = line_now(x);
        n = tree_add(&x->inside, x->open, name, STR(""));
        x->record = n;
    } else {
        n = tree_add(arena_of(x), x->open, name, STR(""));
    }
    if (!n) {
        stop_nomem(x);
        return;
    }
    x->open = n;
    charge(x, NODE_COST + name.len);
    set_space(x, n, uri ? str_xml(uri) : str_xml(prefix));
    add_attributes(x, n, attributes_n, attributes);
}

/* Hand the record out, and drop it. */
static void
end_record(struct xml *x, bool whole)
{
    struct tree_node *record = x->record;
    struct morgue_error err;
    enum morgue_status st;

    errors_give_back(x);
    st = x->on_record(record, whole, x->record_line, x->payload, &err);
    errors_take(x);
    if (st) {
        x->st = st;
        x->why = err;
    }
    if (record->parent)
        tree_drop_last(record->parent);
    x->record = NULL;
    arena_reset(&x->inside);
    x->inside_n = 0;
}

static void
on_end(void *payload, const xmlChar *local, const xmlChar *prefix,
       const xmlChar *uri)
{
    struct xml *x = payload;
    struct tree_node *n = x->open;

    (void)local;
    (void)prefix;
    (void)uri;
    if (x->st || !n)
        return;
    end_text(x);
    if (x->st)
        return;
    x->depth--;
    x->open = n->parent;
    if (n == x->record)
        end_record(x, true);
    if (!x->open) {
        arena_reset(&x->outside);
        x->outside_n = 0;
    }
}

static void
on_text(void *payload, const xmlChar *s, int len)
{
    struct xml *x = payload;

    if (!x->st && x->open && len > 0)
        buf_add(&x->text, s, (size_t)len);
}

/* ---- the parser --------------------------------------------------------- */

static void
parse(struct xml *x, struct morgue_str s)
{
    int code;

    if (s.len == 0 || x->st)
        return;
    code = xmlParseChunk(x->parser, s.s, (int)s.len, 0);
    /* Some failures of memory are told in no other way. */
    if (code == -1 || code == XML_PARSER_EOF || !x->parser->wellFormed)
        stop_nomem(x);
}

static enum morgue_status
begin(struct xml *x)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .serror = on_error};

    x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
    if (!x->parser)
        return error_nomem(&x->why);
    /* NOENT: references come as their characters in attributes too. */
    xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_NOENT |
                                     XML_PARSE_IGNORE_ENC);
    parse(x, STR(AROUND));
    return x->st;
}

enum morgue_status
xml_new(struct xml **out, const char *const *names, uint64_t line,
        xml_on_record *on_record, void *payload, struct morgue_error *err)
{
    /* Threads that are the first to use libxml2 at the same time would make
     * what it has for all of them more than once. */
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    /* It does not bear want of memory when it is first called in a thread, so
     * that much is asked for, and given back, before. */
    void *enough = malloc(PARSER_MEMORY);
    struct xml *x = enough ? calloc(1, sizeof *x) : NULL;
    enum morgue_status st;

    *out = NULL;
    free(enough);
    if (!x)
        return error_nomem(err);
    pthread_once(&once, xmlInitParser);
    x->names = names;
    x->first_line = line;
    x->on_record = on_record;
    x->payload = payload;
    mend_init(&x->mend);
    arena_init(&x->outside, (size_t)XML_OUTSIDE_MAX * 4);
    arena_init(&x->inside, (size_t)XML_RECORD_MAX * 4);
    buf_init(&x->text, XML_RECORD_MAX);
    errors_take(x);
    st = begin(x);
    errors_give_back(x);
    if (st) {
        if (err)
            *err = x->why;
        xml_free(x);
        return st;
    }
    *out = x;
    return MORGUE_OK;
}

void
xml_free(struct xml *x)
{
    if (!x)
        return;
    if (x->parser)
        xmlFreeParserCtxt(x->parser);
    mend_free(&x->mend);
    arena_free(&x->outside);
    arena_free(&x->inside);
    buf_free(&x->text);
    free(x);
}

bool
xml_is_inside(const struct xml *x)
{
    return mend_is_inside(&x->mend);
}

static enum morgue_status
told(const struct xml *x, struct morgue_error *err)
{
    if (x->st && err)
        *err = x->why;
    return x->st;
}

enum morgue_status
xml_feed(struct xml *x, struct morgue_str bytes, struct morgue_error *err)
{
    errors_take(x);
    while (bytes.len > 0 && !x->st) {
        size_t n = utf8_floor(bytes, MEND_SLICE);
        struct morgue_error why;
        enum morgue_status st;

        if (n == 0) /* no UTF-8, which libxml2 will say */
            n = MEND_SLICE;
        st = mend_add(&x->mend, str_slice(bytes.s, n), &why);
        parse(x, mend_ready(&x->mend));
        mend_take(&x->mend);
        if (st == MORGUE_NOMEM)
            stop_nomem(x);
        else if (st)
            stop(x, why.message);
        bytes = str_slice(bytes.s + n, bytes.len - n);
    }
    errors_give_back(x);
    return told(x, err);
}

enum morgue_status
xml_end(struct xml *x, struct morgue_error *err)
{
    char why[120] = "the text ends inside of a tag or a comment";

    errors_take(x);
    parse(x, STR("<!---->")); /* so that text before it comes */
    if (x->open)
        end_text(x);
    if (x->open)
        snprintf(why, sizeof why, "the text ends inside of <%.60s>",
                 x->open->name.s);
    if (x->open || mend_is_inside(&x->mend))
        stop(x, why);
    if (x->record)
        end_record(x, false);
    errors_give_back(x);
    return told(x, err);
}
