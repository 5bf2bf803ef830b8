/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json.h - between the parts of the JSON reader
 *
 *   bytes -> read_json.c (lines or a stream, yajl) -> events
 *         -> json_record.c (what is a record, paths of keys) -> struct keyed
 */
#ifndef MORGUE_INDEXER_FORMAT_JSON_H
#define MORGUE_INDEXER_FORMAT_JSON_H

#include <setjmp.h>

#include "../keys/keyed.h"

enum {
    JSON_LEVELS = 4, /* of objects in a record whose keys are looked at */
    JSON_FRAMES = 4, /* of objects and arrays around a record */
    JSON_PATH = 4 * KEY_MAX,
};

struct yajl_handle_t;
struct json_block;

/* What a piece of an article is. */
enum json_piece { PIECE_TEXT, PIECE_SECTION, PIECE_OTHER };

/* What stands around the record that is read: a record itself, perhaps. */
struct json_frame {
    struct keyed k;
    struct arena arena;
    struct buf extra;
    int base;
    bool inside; /* it is in such an object itself */
    bool opened;
};

struct json {
    struct reading *r;
    struct yajl_handle_t *yajl; /* NULL: none yet, or it had an error */
    struct json_block *blocks;  /* its memory */
    jmp_buf no_memory;
    bool line_by_line;
    bool converted; /* this line was in another charset */
    bool mended;    /* escapes were changed, in this article or near it */

    int depth;   /* of objects and arrays that are open */
    int base;    /* that of a record's keys */
    int dead;    /* that of what is passed over; 0: nothing is */
    bool open;   /* a record is */
    bool inside; /* it is the value of a key that may have a record */
    bool opened; /* there were records inside of it */

    char path[JSON_PATH];           /* of the key whose value comes */
    size_t member[JSON_LEVELS + 1]; /* where the keys of members begin */
    int members;                    /* objects of those that are open */
    int level;                      /* of the object inside the record */
    struct json_level {
        size_t begin, end; /* its key in `path` */
        struct meaning m;
        int arrays; /* that are open in the key's value */
    } at[JSON_LEVELS];

    int collect;    /* the level whose values become lines; -1: none */
    bool several;   /* they are those of an array */
    size_t element; /* where the line of its element begins in r->text */
    int best;       /* the rank of that; 0: nothing yet */
    int variant;    /* the form of the element, 0 is best */
    enum json_piece piece; /* the element */
    const char *wrapper;   /* its key in the object that is open; NULL */

    struct keyed k;
    struct json_frame frame[JSON_FRAMES];
    int frames;
    uint64_t records; /* whole ones since the parse of a line began */
    size_t fed;       /* bytes since the last whole one */
    size_t silent;    /* bytes since yajl last called us */
    enum morgue_status st;
    struct morgue_error err;
    const char *complaint; /* why an event stopped the parse */
};

/** Before the first event of a text. */
void json_begin(struct json *j);

/** Forget what is open. */
void json_drop(struct json *j);

/* The events, as yajl calls them; 0 stops the parse. */
int json_null(void *json);
int json_boolean(void *json, int value);
int json_number(void *json, const char *s, size_t len);
int json_string(void *json, const unsigned char *s, size_t len);
int json_key(void *json, const unsigned char *s, size_t len);
int json_map(void *json);
int json_map_end(void *json);
int json_array(void *json);
int json_array_end(void *json);

/** Mend escapes that stand for no character, in place; *mended where there
 *  were any.  What is returned of `len` can be fed: the rest is an escape that
 *  may go on behind it, unless this is `last`. */
size_t json_mend(char *s, size_t len, bool last, bool *mended);

/** Whether a text, which begins in the window, is objects on a line each. */
enum morgue_status json_tell_lines(bool *out, struct input *in,
                                   struct morgue_error *err);

#endif
