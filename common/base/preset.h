/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * preset.h - small zlib streams that have a dictionary in common
 *
 * Streams of some hundred bytes that are much like each other: what was seen
 * in the dictionary is not spelled again (RFC 1950, preset dictionary).  Any
 * zlib library reads them that is given the dictionary.  One thread at a time
 * for each object.
 */
#ifndef MORGUE_BASE_PRESET_H
#define MORGUE_BASE_PRESET_H

#include "deflate.h"

struct preset_packer;
struct preset_unpacker;

enum {
    PRESET_DICTIONARY_MAX = 8192, /* bytes */
    PRESET_DATA_MAX = 32768       /* of a stream, unpacked */
};

/** The dictionary is the last PRESET_DICTIONARY_MAX bytes of `dictionary`,
 *  which are copied.  Give back: preset_packer_free. */
enum morgue_status preset_packer_new(struct preset_packer **out,
                                     struct morgue_str dictionary,
                                     struct morgue_error *err);

/** NULL is allowed. */
void preset_packer_free(struct preset_packer *p);

/** Append `data`, PRESET_DATA_MAX bytes at most, as one zlib stream. */
enum morgue_status preset_pack(struct buf *out, struct preset_packer *p,
                               struct morgue_str data,
                               struct morgue_error *err);

/** The same for unpacking.  Give back: preset_unpacker_free. */
enum morgue_status preset_unpacker_new(struct preset_unpacker **out,
                                       struct morgue_str dictionary,
                                       struct morgue_error *err);

/** NULL is allowed. */
void preset_unpacker_free(struct preset_unpacker *u);

/** Whether a zlib stream asks for a dictionary. */
bool preset_is_used(struct morgue_str packed);

/** How many bytes preset_unpack writes in front of those that were packed. */
size_t preset_room(const struct preset_unpacker *u);

/** Unpack the stream `packed`, which must have `size` bytes exactly, to
 *  preset_room(u) + size bytes at `to`: it is behind the first of these.
 *  MORGUE_DAMAGED, also where it has another dictionary; MORGUE_NOMEM. */
enum morgue_status preset_unpack(char *to, size_t size,
                                 struct preset_unpacker *u,
                                 struct inflater *inflater,
                                 struct morgue_str packed);

#endif
