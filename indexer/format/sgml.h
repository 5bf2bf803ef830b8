/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sgml.h - elements of SGML as collections of news have them
 */
#ifndef MORGUE_INDEXER_FORMAT_SGML_H
#define MORGUE_INDEXER_FORMAT_SGML_H

#include "../reading/reading.h"

struct sgml_element {
    struct morgue_str attributes, content;
    size_t end; /* behind its end tag, in the text it was looked for in */
};

/** Where a tag `begin` ("<NAME"), with or without attributes, begins; s.len
 *  where there is none. */
size_t sgml_tag(struct morgue_str s, size_t from, struct morgue_str begin);

/** The first element of that name.  One that does not end goes to the end of
 *  the text; false where there is none. */
bool sgml_element(struct sgml_element *out, struct morgue_str s,
                  const char *name);

/** The value of NAME="value" among attributes; empty where there is none. */
struct morgue_str sgml_attribute(struct morgue_str attributes,
                                 const char *name);

/** A copy with references resolved once, into the arena.  References to
 *  control characters, marks of the wire, are dropped; unknown ones stay. */
enum morgue_status sgml_decode(struct morgue_str *out, struct arena *arena,
                               struct morgue_str s, struct morgue_error *err);

/* What the records of a file are, and who reads one of them: from its opening
 * tag up to its end tag. */
struct sgml_records {
    struct morgue_str open_tag, end_tag; /* "<DOC" and "</DOC>", with NUL */
    enum morgue_status (*read)(struct reading *r, struct morgue_str record,
                               struct morgue_error *err);
};

/** Read them one by one.  One that has no end tag before the next begins, or
 *  the file ends, is a failure.  What is between them is passed over. */
enum morgue_status sgml_records(struct reading *r,
                                const struct sgml_records *what,
                                struct morgue_error *err);

#endif
