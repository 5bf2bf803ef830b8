/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml.h - XML, fed in pieces, as a tree of which records are handed out
 *
 *     xml_new(&x, names, on_record, payload, err)
 *     xml_feed(x, bytes, err) ...
 *     xml_end(x, err)
 *     xml_free(x)
 *
 * Records are the elements of given names; one inside of another is a part of
 * it.  What stands around them stays, so that a record can look at its
 * parents and at what came before them; a record goes when it was handed out.
 * So memory grows with the largest record and with what is outside of them.
 *
 * Nothing is fetched and no DTD is read.  Entities: the five of XML, character
 * references and the names that HTML has; another one stays as it is written.
 */
#ifndef MORGUE_INDEXER_MARKUP_XML_H
#define MORGUE_INDEXER_MARKUP_XML_H

#include "tree.h"

struct xml;

/** A record is whole, or (`whole` false) the text broke off inside of it.
 *  `line`: where it begins, from 1.  Another status than MORGUE_OK ends the
 *  parse and comes from xml_feed or xml_end. */
typedef enum morgue_status xml_on_record(const struct node *record, bool whole,
                                         uint64_t line, void *payload,
                                         struct morgue_error *err);

/** `names` ends in NULL and, like `payload`, must outlive the parser.  Give
 *  back: xml_free. */
enum morgue_status xml_new(struct xml **out, const char *const *names,
                           xml_on_record *on_record, void *payload,
                           struct morgue_error *err);

/** Further bytes, in UTF-8 whatever the XML declaration says.  MORGUE_FORMAT
 *  where it is not well-formed, or nested too deep, or a record is too large:
 *  err has the line and why; what was whole before was handed out.  After a
 *  failure only xml_end (for the record that is open) and xml_free. */
enum morgue_status xml_feed(struct xml *x, struct morgue_str bytes,
                            struct morgue_error *err);

/** No more will come.  Hands out the record that is open, if any, as not
 *  whole.  MORGUE_FORMAT where the text is cut short. */
enum morgue_status xml_end(struct xml *x, struct morgue_error *err);

/** NULL is allowed. */
void xml_free(struct xml *x);

#endif
