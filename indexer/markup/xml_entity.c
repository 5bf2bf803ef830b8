/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_entity.c - references of XML: by number, by the names of HTML, and by
 * those that a document declares itself
 *
 *     <!DOCTYPE rss [ <!ENTITY name "value"> ]>
 *
 * A value is made when it is declared: references in it to characters and to
 * entities before it are resolved then, once, and what is longer than
 * VALUE_MAX is not taken.  So none grows by standing in others, and as all
 * values of a document together take at most ENTITY_VALUES_MAX, a document
 * does not either.  Markup in a value is text.  The first declaration of a
 * name counts; the five names of XML are never others.  Entities that stand
 * outside (SYSTEM, PUBLIC) and those of parameters (%) are not read: what
 * refers to them stays as it is.
 *
 * Cost: finding a name asks all that are declared, some hundreds at most.
 */
#include "xml_entity.h"

#include <libxml/HTMLparser.h>

#include "../../common/base/utf8.h"
#include "xml_mend.h"

enum { VALUE_MAX = 1024, WRITTEN_MAX = 8 * VALUE_MAX };

/* ---- characters --------------------------------------------------------- */

/* The number of "#65" or "#x41"; 0 where it is none. */
static uint32_t
number(const char *s)
{
    bool hex = to_lower(s[1]) == 'x';
    uint32_t n = 0;

    s += hex ? 2 : 1;
    if (*s == '\0')
        return 0;
    for (; *s; s++) {
        char c = to_lower(*s);

        if (!is_digit(c) && !(hex && c >= 'a' && c <= 'f'))
            return 0;
        n = n * (hex ? 16 : 10) +
            (uint32_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
        if (n > 0x10FFFF)
            return UTF8_REPLACEMENT;
    }
    n = utf8_western(n);
    if (n < ' ' && n != '\t' && n != '\n' && n != '\r')
        return ' ';
    return (n >= 0x80 && n < 0xA0) || (n >= 0xD800 && n < 0xE000) ||
                   (n & 0xFFFE) == 0xFFFE
               ? UTF8_REPLACEMENT
               : n;
}

uint32_t
reference_character(const char *name)
{
    const htmlEntityDesc *known;

    if (name[0] == '#')
        return number(name);
    known = htmlEntityLookup((const xmlChar *)name);
    return known ? known->value : 0;
}

/* ---- entities ----------------------------------------------------------- */

void
entities_init(struct entities *e)
{
    *e = (struct entities){.n = 0};
    buf_init(&e->text, (size_t)ENTITIES_MAX * (VALUE_MAX + REFERENCE_MAX));
}

void
entities_free(struct entities *e)
{
    buf_free(&e->text);
}

static const struct xml_entity *
find(const struct entities *e, struct morgue_str name)
{
    for (size_t i = 0; i < e->n; i++)
        if (str_eq(
                str_slice(e->text.data + e->list[i].name, e->list[i].name_len),
                name))
            return &e->list[i];
    return NULL;
}

bool
entities_find(struct entities *e, struct morgue_str name,
              struct morgue_str *value)
{
    const struct xml_entity *known = find(e, name);

    if (!known || known->value_len > ENTITY_VALUES_MAX - e->spent)
        return false;
    e->spent += known->value_len;
    *value = str_slice(e->text.data + known->value, known->value_len);
    return true;
}

/* Put what the reference `name` stands for behind the text; false where it is
 * not known. */
static bool
put_meaning(struct entities *e, struct morgue_str name)
{
    char key[REFERENCE_MAX + 1] = "", utf8[4];
    const struct xml_entity *known = find(e, name);
    uint32_t cp = 0;

    if (known) {
        char value[VALUE_MAX];

        memcpy(value, e->text.data + known->value, known->value_len);
        buf_add(&e->text, value, known->value_len);
        return true;
    }
    if (name.len <= REFERENCE_MAX && name.len > 0) {
        memcpy(key, name.s, name.len);
        cp = reference_character(key);
    }
    if (cp > 0)
        buf_add(&e->text, utf8, utf8_encode(cp, utf8));
    return cp > 0;
}

/* Put a value, with its references resolved; false where it is too long. */
static bool
put_declared(struct entities *e, struct morgue_str s)
{
    size_t from = e->text.len;

    for (size_t i = 0; i < s.len; i++) {
        size_t end = s.s[i] == '&' ? str_find(s, i, STR(";")) : s.len;

        if (end < s.len && put_meaning(e, str_slice(s.s + i + 1, end - i - 1)))
            i = end;
        else
            buf_char(&e->text, s.s[i]);
        if (e->text.len - from > VALUE_MAX)
            return false;
    }
    return true;
}

static void
declare(struct entities *e, struct morgue_str name, struct morgue_str value)
{
    static const char *const fixed[] = {"amp", "lt", "gt", "quot", "apos"};
    struct xml_entity *new = &e->list[e->n];
    size_t from = e->text.len;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (str_eq(name, str_of(fixed[i])))
            return;
    if (e->n == ENTITIES_MAX || name.len == 0 || name.len >= REFERENCE_MAX ||
        value.len > WRITTEN_MAX || find(e, name))
        return;
    new->name = from;
    new->name_len = name.len;
    buf_str(&e->text, name);
    new->value = e->text.len;
    if (!put_declared(e, value)) {
        buf_cut(&e->text, from);
        return;
    }
    new->value_len = e->text.len - new->value;
    if (!e->text.nomem && !e->text.full)
        e->n++;
}

/* The declaration at the beginning of `s`, behind its "<!ENTITY". */
static void
take_declaration(struct entities *e, struct morgue_str s)
{
    struct morgue_str name = str_word(&s), value;

    while (s.len > 0 && is_space(*s.s))
        s = str_slice(s.s + 1, s.len - 1);
    if (s.len < 2 || (s.s[0] != '"' && s.s[0] != '\''))
        return;
    value = str_slice(s.s + 1, s.len - 1);
    value.len = str_find(value, 0, str_slice(s.s, 1));
    if (value.len < s.len - 1)
        declare(e, name, value);
}

void
entities_declare(struct entities *e, struct morgue_str doctype)
{
    size_t at = str_find(doctype, 0, STR("["));

    while (at < doctype.len) {
        struct morgue_str s = str_slice(doctype.s + at, doctype.len - at);

        if (str_starts(s, STR("<!--"))) {
            at = str_find(doctype, at + 4, STR("-->"));
        } else if (str_starts(s, STR("<!ENTITY"))) {
            s = str_slice(s.s + 8, s.len - 8);
            take_declaration(e, s);
        }
        at += at < doctype.len;
        at = str_find(doctype, at, STR("<!"));
    }
}
