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
 * Several documents may follow on each other, with text before, between and
 * behind them, which is left out: each begins with its first element.
 *
 * Nothing is fetched and no DTD is read.  Entities: the five of XML, character
 * references and the names that HTML has; another one stays as it is written.
 * Namespaces are told (node.space); text between elements that are outside of
 * records is kept only where it is more than white space.
 */
#ifndef MORGUE_INDEXER_MARKUP_XML_H
#define MORGUE_INDEXER_MARKUP_XML_H

#include "tree.h"

/** A record with its texts and attributes may take this much, and so may what
 *  is outside of records. */
enum {
    XML_RECORD_MAX = 256 * 1024 * 1024,
    XML_OUTSIDE_MAX = 32 * 1024 * 1024
};

struct xml;

/** A record is whole, or (`whole` false) the text broke off inside of it.
 *  `line`: where it begins, from 1.  It may be changed.  Another status than
 *  MORGUE_OK ends the parse and comes from xml_feed or xml_end. */
typedef enum morgue_status xml_on_record(struct tree_node *record, bool whole,
                                         uint64_t line, void *payload,
                                         struct morgue_error *err);

/** `names` ends in NULL and, like `payload`, must outlive the parser.  The
 *  first byte is in `line`, from 1.  Give back: xml_free. */
enum morgue_status xml_new(struct xml **out, const char *const *names,
                           uint64_t line, xml_on_record *on_record,
                           void *payload, struct morgue_error *err);

/** Further bytes, whole characters of UTF-8 whatever the XML declaration says.
 *  MORGUE_FORMAT where it is not well-formed, or nested too deep, or a record
 *  is too large: err has the line and why; what was whole before was handed
 *  out.  After a failure only xml_end (for the record that is open, and the
 *  same failure again) and xml_free. */
enum morgue_status xml_feed(struct xml *x, struct morgue_str bytes,
                            struct morgue_error *err);

/** Whether what comes next is inside of a CDATA section, a comment or a tag.
 */
bool xml_is_inside(const struct xml *x);

/** No more will come.  Hands out the record that is open, if any, as not
 *  whole.  MORGUE_FORMAT where the text is cut short. */
enum morgue_status xml_end(struct xml *x, struct morgue_error *err);

/** NULL is allowed. */
void xml_free(struct xml *x);

#endif
