/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deflate.c - the only user of libdeflate
 */
#include "deflate.h"

#include <libdeflate.h>

/* The library's objects under our names: nothing is to be added to them. */

static struct libdeflate_compressor *
compressor(struct deflater *d)
{
    return (struct libdeflate_compressor *)(void *)d;
}

static struct libdeflate_decompressor *
decompressor(struct inflater *i)
{
    return (struct libdeflate_decompressor *)(void *)i;
}

enum morgue_status
deflater_new(struct deflater **out, int level, struct morgue_error *err)
{
    *out = (struct deflater *)(void *)libdeflate_alloc_compressor(level);
    return *out ? MORGUE_OK : error_nomem(err);
}

void
deflater_free(struct deflater *d)
{
    if (d)
        libdeflate_free_compressor(compressor(d));
}

enum morgue_status
deflater_pack(struct buf *out, struct deflater *d, struct morgue_str data,
              struct morgue_error *err)
{
    size_t room = libdeflate_zlib_compress_bound(compressor(d), data.len);
    char *to = buf_room(out, room);

    if (!to)
        return buf_status(out, err);
    /* The bound is enough, so it does not fail. */
    buf_cut(out, out->len + libdeflate_zlib_compress(compressor(d), data.s,
                                                     data.len, to, room));
    return MORGUE_OK;
}

enum morgue_status
inflater_new(struct inflater **out, struct morgue_error *err)
{
    *out = (struct inflater *)(void *)libdeflate_alloc_decompressor();
    return *out ? MORGUE_OK : error_nomem(err);
}

void
inflater_free(struct inflater *i)
{
    if (i)
        libdeflate_free_decompressor(decompressor(i));
}

bool
inflater_unpack(char *to, size_t size, struct inflater *i,
                struct morgue_str packed)
{
    size_t used, got;

    return libdeflate_zlib_decompress_ex(decompressor(i), packed.s, packed.len,
                                         to, size, &used,
                                         &got) == LIBDEFLATE_SUCCESS &&
           used == packed.len && got == size;
}

bool
inflater_unpack_raw(char *to, size_t size, struct inflater *i,
                    struct morgue_str packed)
{
    size_t used, got;

    return libdeflate_deflate_decompress_ex(decompressor(i), packed.s,
                                            packed.len, to, size, &used,
                                            &got) == LIBDEFLATE_SUCCESS &&
           used == packed.len && got == size;
}

uint32_t
adler32_of(struct morgue_str s)
{
    return libdeflate_adler32(1, s.s, s.len);
}
