/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http.h - an HTTP response as a crawl stored it
 *
 * Crawls store what servers sent, and not all of it is as it says: bodies are
 * chunked or not, packed or not, and break off.  What can be had is taken.
 */
#ifndef MORGUE_INDEXER_CRAWL_HTTP_H
#define MORGUE_INDEXER_CRAWL_HTTP_H

#include "../../common/base/stream.h"

enum { HTTP_BODY_MAX = 32 * 1024 * 1024 }; /* unpacked */

struct http {
    int status;
    struct morgue_str type;     /* Content-Type, as it stands */
    struct morgue_str encoding; /* Content-Encoding */
    bool chunked;
    size_t length; /* Content-Length; 0 where it is not told */
    struct morgue_str body;
};

/** Cut a response into its parts, which are lent from it; false where it does
 *  not begin as one.  Answers before the last (100 Continue) are dropped. */
bool http_parse(struct http *out, struct morgue_str response);

/** The media type of a Content-Type, without its parameters. */
struct morgue_str http_media_type(struct morgue_str type);

/** Its charset; "" where it names none. */
struct morgue_str http_charset(struct morgue_str type);

/* Room for bodies on their way. */
struct http_room {
    struct buf b[2];
};

void http_room_init(struct http_room *room);
void http_room_free(struct http_room *room);

/** Make the body what it was before it was chunked and packed for its way,
 *  lent from the response or the room.  MORGUE_FORMAT where it is longer than
 *  HTTP_BODY_MAX, or more than `meter` allows. */
enum morgue_status http_decode(struct http *http, struct http_room *room,
                               struct meter *meter, struct morgue_error *err);

#endif
