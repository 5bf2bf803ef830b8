/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * render.h - hits and articles as text, JSON, CSV and TREC runs
 */
#ifndef MORGUE_SEARCHER_CLI_RENDER_H
#define MORGUE_SEARCHER_CLI_RENDER_H

#include <stdio.h>

#include "../../common/cli/cli.h"
#include "../../common/cli/json_out.h"

enum render_format {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_CSV,
    FORMAT_TREC
};

/** A query's answer, ready to be written. */
struct answer {
    const char *id; /* of the query in a batch; NULL outside of one */
    const char *query;
    morgue_hits *hits;
    size_t shown;  /* at most so many of them */
    size_t offset; /* that was asked for */
    bool snippets;
    bool counted; /* the number was asked for */
    long long took_us;
};

/** How and where to write. */
struct renderer {
    FILE *to;
    struct json_out json; /* to the same */
    enum render_format format;
    bool raw; /* CSV: cells that look like formulas stay as they are */
    bool bom; /* CSV: begin with a byte order mark */
    bool color;
    bool snippets;  /* rows of CSV have a cell for them */
    size_t answers; /* written so far */
};

/** The format of that name into *out; false where there is none. */
bool render_format_named(const char *name, enum render_format *out);

/** Write an answer; what fails is a snippet, whose status it returns. */
enum morgue_status render_answer(struct renderer *r, const struct answer *a,
                                 struct morgue_error *err);

/** Write the answer of a batch's query that failed, or of a line that is none
 *  (id NULL), as an answer of its own: text begins with "== ID: QUERY", with
 *  "== line N" where there is no id; JSON has query_id, line, query and error;
 *  a row of CSV and a line of a TREC run have rank 0, and the error for a
 *  title or docno. */
void render_refusal(struct renderer *r, const char *id, size_t line,
                    const char *query, const char *error);

/** Write a note about a query as a JSON object. */
void render_note(struct renderer *r, const struct morgue_note *note);

/** Write values of a field, those of from <= number < end that there are. */
void render_values(struct renderer *r, const morgue_values *values,
                   size_t from, size_t end);

/** Write an article for people, with what is marked of it. */
void render_article_text(struct renderer *r, const morgue_text *text);

/** Write an article as one JSON object on a line, as it may be indexed;
 *  `marked`: with what is marked of it. */
void render_article_json(struct renderer *r, const morgue_text *text,
                         bool marked);

#endif
