/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.h - the tokens of a query into its syntax tree
 *
 *     query  = { item }
 *     item   = [ MINUS ] [ FIELD ] [ EQUALS ] ( QUOTED | WORD )
 *
 * Every text is a query: whether there is something to look for in it is for
 * analysis to say.
 */
#ifndef MORGUE_QUERY_PARSE_H
#define MORGUE_QUERY_PARSE_H

#include "../../common/base/error.h"
#include "ast.h"

/** Read `text`, which must stay as long as the tree.  It fails for want of
 *  memory alone. */
enum morgue_status ast_parse(struct ast_tree *out, struct arena *arena,
                             struct morgue_str text, struct morgue_error *err);

#endif
