/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term.h - how terms are written
 *
 * Terms follow Xapian's convention: a prefix in capitals says what a term is
 * of, and what follows is folded, so never begins with a capital.
 *
 *   term        of                           wdf         positions
 *   word        title, dateline, body        1; title 3  yes
 *   Zen:stem    the same                     1; title 3  no
 *   Sword       title                        1           yes, the same
 *   ZSen:stem   title                        1           no
 *   Aword       author                       1           yes
 *   XPword      place                        1           yes
 *   XTword      topics                       1           yes
 *   XN:word     what a plural has for its    1; title 3  yes
 *               singular's stem; in titles
 *               SXN:word, too
 *   Lcode       lang                         0           no
 *   XS:value    section, folded whole        0           no
 *   XO:value    source, folded whole         0           no
 *   XE:time     embargo (2026-11-24t06:00:00z) 0         no
 *   Uaddress    url, in one spelling         0           no
 *   Hhost       its host, and each domain    0           no
 *               with a dot that this is in
 *   XM:s        where sentences begin        0           yes
 *   XM:p        where paragraphs begin       0           yes
 *   XM:d        where the dateline begins    0           yes, one
 *   XM:b        where the body begins        0           yes, one
 *
 * A stem belongs to its language: `en` stands for the article's, and articles
 * whose language has no stemmer, or is not known, have their words unstemmed,
 * as Z:word.  So each article has its stems in one such space, and what a
 * word of another language is stemmed to finds nothing in it.
 *
 * Where a stem stands is known by the words that became it, so what a word
 * becomes must not depend on how it was written.  A plural that is written as
 * that of an acronym or a type (TOKEN_PLURAL) is therefore two words at one
 * position: MPs is mps, with the stem Zen:mps, and XN:mp, with Zen:mp.
 *
 * A word of a script without spaces (TOKEN_NGRAM) has no Z terms.  Title,
 * dateline and body share one run of positions, which begins at 1 and leaves
 * TERM_GAP free between one field and the next, so that no phrase reaches
 * over; author, place and topics have a run each, with TERM_VALUE_GAP between
 * lines, further than any proximity reaches.
 *
 * A mark of a sentence or paragraph (sentence.h) has the position of its first
 * word and takes none of its own, so that it moves nothing apart.  Title and
 * dateline are one sentence and one paragraph each.
 *
 * No other prefix begins with U or H.  Neither an address nor a host begins
 * with a capital (address.h).
 *
 * The term that names the article (prefix Q) is the engine's.
 */
#ifndef MORGUE_TEXT_TERM_H
#define MORGUE_TEXT_TERM_H

#include "../article/field.h"
#include "../base/arena.h"
#include "../base/error.h"
#include "address.h"
#include "fold.h"
#include "stem.h"
#include "token.h"

/** No term is longer, in bytes. */
#define TERM_MAX 200

#define TERM_GAP       32
#define TERM_VALUE_GAP 512

/** The terms of places where sentences and paragraphs begin, the dateline and
 *  the body. */
#define TERM_MARKS     "XM:"
#define TERM_SENTENCE  TERM_MARKS "s"
#define TERM_PARAGRAPH TERM_MARKS "p"
#define TERM_DATELINE  TERM_MARKS "d"
#define TERM_BODY      TERM_MARKS "b"

/** What stands before the word that a plural has for its singular's stem. */
#define TERM_SINGULAR "XN:"

/** The prefix of stems; stands before a field's own prefix: "ZS". */
#define TERM_STEM_PREFIX "Z"

/* ---- of a field --------------------------------------------------------- */

/** What follows the prefix in the term of a whole value of a FIELD_EXACT,
 *  FIELD_CODE or FIELD_ADDRESS field; its length. */
enum { TERM_VALUE_MAX = ADDRESS_MAX };
size_t term_value_write(char out[TERM_VALUE_MAX],
                        const struct field_info *field, struct fold *fold,
                        struct morgue_str value);

/* ---- of a query --------------------------------------------------------- */

/** The term of a token as it stands, in a field with `prefix`, into *out,
 *  whose bytes are the arena's. */
enum morgue_status term_word(struct morgue_str *out, struct arena *a,
                             const char *prefix, const struct token *tok,
                             struct morgue_error *err);

/** The term of a FIELD_EXACT, FIELD_CODE or FIELD_ADDRESS field for a whole
 *  value. */
enum morgue_status term_value(struct morgue_str *out, struct arena *a,
                              const struct field_info *field,
                              struct fold *fold, struct morgue_str value,
                              struct morgue_error *err);

/** The term of an address, which may be typed with a scheme, "www." and slash
 *  at its end, or without.  "" for nothing. */
enum morgue_status term_address(struct morgue_str *out, struct arena *a,
                                struct morgue_str typed,
                                struct morgue_error *err);

/** The term of articles from a host or domain, which may be typed as an
 *  address.  "" for what is no host. */
enum morgue_status term_host(struct morgue_str *out, struct arena *a,
                             struct morgue_str typed,
                             struct morgue_error *err);

/** What stands before a stem in its term: TERM_STEM_PREFIX, the prefix of a
 *  field, the code of the language numbered `lang` (STEM_NONE: none), and a
 *  colon.  Its length. */
enum { STEM_SPACE_MAX = 16 };
size_t term_stem_space(char out[STEM_SPACE_MAX], const char *prefix, int lang);

/** The stem terms of a token, which must not be TOKEN_NGRAM, in the spaces of
 *  the languages whose codes are in `lang`, in their order; a code without a
 *  stemmer, as "", is the space of all that have none.  An article has the
 *  word, in whichever of these languages it is, where it has one of them.
 *  *out and the bytes are the arena's. */
struct term_forms {
    struct morgue_str *form;
    size_t n;
};

enum morgue_status term_stems(struct term_forms *out, struct arena *a,
                              struct stemmer *s, const char *prefix,
                              const struct token *tok, const char *const *lang,
                              size_t lang_n, struct morgue_error *err);

/* ---- the analysis ------------------------------------------------------- */

/** Raised when articles get other terms by what is in this file. */
#define TERM_RULES 5

/** The name of the analysis, into `out` with NUL: one line of rules, Unicode
 * version and stems, the same exactly where the same text gives the same
 * terms.  An archive keeps it, and is searched only by its like. */
#define ANALYSIS_MAX 80
enum morgue_status analysis_name(char out[ANALYSIS_MAX], struct stemmer *s,
                                 struct morgue_error *err);

#endif
