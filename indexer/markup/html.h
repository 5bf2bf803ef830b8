/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html.h - an HTML page, or a piece of one, as a tree
 *
 * Markup of any brokenness gives a tree; what browsers would repair is
 * repaired about as they do.
 */
#ifndef MORGUE_INDEXER_MARKUP_HTML_H
#define MORGUE_INDEXER_MARKUP_HTML_H

#include "tree.h"

/** Parse `page` (UTF-8) into the arena; *out is the html element, lent until
 *  the arena is reset.  Of scripts and styles only JSON-LD is kept, as text
 *  of its element; comments go.  Elements nested deeper
 *  than TREE_DEPTH_MAX become children of the deepest allowed.  MORGUE_FORMAT
 *  where the arena is full, or the page has some millions of nodes. */
enum morgue_status html_parse(struct tree_node **out, struct arena *arena,
                              struct morgue_str page,
                              struct morgue_error *err);

/** The same for a piece of HTML, as feeds and JSON carry it, that XML tools
 *  may have written or someone cut: elements that are not read (iframe,
 * script, object) end where they end themselves (`/>`), and where no end tag
 * follows take nothing with them.  MathML and drawings with words are as
 * html_foreign leaves them. */
enum morgue_status html_parse_piece(struct tree_node **out,
                                    struct arena *arena,
                                    struct morgue_str piece,
                                    struct morgue_error *err);

/** Rename what is below `top` so that html_text reads formulas (MathML) and
 *  the words of drawings (SVG) as parts of their line. */
void html_foreign(struct tree_node *top);

/** Append the readable text below `n`: each block an own paragraph, an empty
 *  line between two, a line break for br, runs of white space one space; items
 *  of lists and cells of tables on lines of their own; what is not read
 *  (script, style, template, head) left out. */
void html_text(struct buf *out, const struct tree_node *n);

/** The same for a piece of HTML in a string, as feeds and JSON carry it; text
 *  without markup comes out as it went in but for its character references.
 *  `scratch` is reset and used for the tree. */
enum morgue_status html_to_text(struct buf *out, struct morgue_str piece,
                                struct arena *scratch,
                                struct morgue_error *err);

#endif
