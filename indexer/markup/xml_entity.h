/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_entity.h - what references of XML stand for
 */
#ifndef MORGUE_INDEXER_MARKUP_XML_ENTITY_H
#define MORGUE_INDEXER_MARKUP_XML_ENTITY_H

#include "../../common/base/buf.h"

/* The entities that the internal subset of a document declares. */
enum { ENTITIES_MAX = 256 };

struct xml_entity {
    size_t name, name_len, value, value_len; /* in `text` */
};

struct entities {
    struct buf text;
    struct xml_entity list[ENTITIES_MAX];
    size_t n;
    size_t spent; /* bytes of values that were asked for */
};

void entities_init(struct entities *e);
void entities_free(struct entities *e);

/** Take the declarations of a whole `<!DOCTYPE ...>`.  Want of memory is in
 *  e->text. */
void entities_declare(struct entities *e, struct morgue_str doctype);

/** The value of the entity, lent until the next call; false where there is
 *  none, or a document has used up what values may take. */
bool entities_find(struct entities *e, struct morgue_str name,
                   struct morgue_str *value);

/** The character that `name`, without & and ;, stands for in HTML and XML:
 *  of "eacute", "#233", "#xE9"; 0 where there is none. */
uint32_t reference_character(const char *name);

#endif
