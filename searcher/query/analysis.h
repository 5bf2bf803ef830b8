/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analysis.h - what the stages of an analysis share: leaf.c, which reads the
 * words of leaves; leaf_node.c, which makes nodes of them; analyse.c
 */
#ifndef MORGUE_QUERY_ANALYSIS_H
#define MORGUE_QUERY_ANALYSIS_H

#include "analyse.h"

/* The words of a leaf. */
struct leaf_words {
    struct morgue_str text; /* what they were read from */
    struct token *part;     /* those that are not COLOCATED */
    size_t n, cap;
    size_t ngrams;       /* how many of them are NGRAM */
    bool gap;            /* something stands between two of them */
    bool apart;          /* each part is a word of the query */
    struct token joined; /* all parts as one word; len 0: there is none */
    struct query *query; /* what the leaf became */
};

struct analysis {
    const struct parse_context *context;
    struct arena *arena;
    struct morgue_error *err;
    struct morgue_str text;
    struct ast_tree *ast;
    struct query_notes *notes;
    size_t words_n;             /* that were read */
    const char *stop_lang;      /* "": there are no stop words */
    bool capitals;              /* the query has no small letter */
    bool drop;                  /* stop words are left out */
    size_t terms_n;             /* that were made */
    size_t likely_n;            /* values that others were looked for */
    struct expanded **expanded; /* leaf_expand.c */
};

/** What stands for * and ? in the text of a leaf while it is read: letters of
 *  Linear A, which nobody can read. */
#define PATTERN_MANY_LETTER 0x10600u
#define PATTERN_ONE_LETTER  0x10601u

/** Room in the arena for one more item than n; NULL when out of memory. */
void *analysis_grown(struct analysis *a, void *list, size_t n, size_t *cap,
                     size_t size);

/** There are more than `max` of `what`, the first that is too many at `at`. */
enum morgue_status too_many(struct analysis *a, size_t at, int max,
                            const char *what);

/** Read the words of all leaves, in order. */
enum morgue_status read_leaves(struct analysis *a);

/** Decide whether stop words are left out, once the leaves are read. */
void find_stopwords(struct analysis *a);

/** Whether a part of the leaf is a stop word that nothing marks as meant. */
bool is_stopword(const struct analysis *a, const struct ast *leaf,
                 const struct token *part);

/** The field of a leaf that has words of its own; NULL for all and for body.
 */
const struct field_info *leaf_field(const struct ast *leaf);

/** A node for all of a leaf of words; *out is NULL where it has none. */
enum morgue_status leaf_words_node(struct query **out, struct analysis *a,
                                   const struct ast *leaf);

/** A node for one word of a leaf. */
enum morgue_status leaf_word_node(struct query **out, struct analysis *a,
                                  const struct ast *leaf,
                                  const struct token *tok);

/** A node for a leaf that is a filter (leaf_filter.c). */
enum morgue_status leaf_filter_node(struct query **out, struct analysis *a,
                                    const struct ast *leaf);

/** A node for a term of a leaf.  MORGUE_QUERY where the query has more than
 *  QUERY_TERMS_MAX. */
enum morgue_status leaf_term(struct query **out, struct analysis *a,
                             const struct ast *leaf, struct morgue_str term);

/** The terms that begin with `prefix` and go on as a pattern says, as a node:
 *  one term, or `op` of several, the `max` most frequent, with a note where
 *  there are more.  *out is NULL where there is none. */
enum morgue_status leaf_expand(struct query **out, struct analysis *a,
                               const struct ast *leaf, enum query_op op,
                               struct morgue_str prefix,
                               const struct pattern *pattern, size_t max);

#endif
