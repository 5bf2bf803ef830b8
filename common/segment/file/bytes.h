/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bytes.h - integers in little-endian bytes, and varints (LEB128)
 */
#ifndef MORGUE_SEGMENT_BYTES_H
#define MORGUE_SEGMENT_BYTES_H

#include "../../base/buf.h"

/** The longest varint of 64 bits. */
enum { VARINT_MAX = 10 };

static inline uint32_t
get_u32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static inline uint64_t
get_u64(const uint8_t *p)
{
    return get_u32(p) | (uint64_t)get_u32(p + 4) << 32;
}

/** The same with the highest byte first.  (Written out, it is one load.) */
static inline uint64_t
get_big_u64(const uint8_t *p)
{
    return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
           (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
           (uint64_t)p[6] << 8 | p[7];
}

static inline void
put_u32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

static inline void
put_u64(uint8_t *p, uint64_t v)
{
    put_u32(p, (uint32_t)v);
    put_u32(p + 4, (uint32_t)(v >> 32));
}

static inline void
buf_u32(struct buf *b, uint32_t v)
{
    uint8_t p[4];

    put_u32(p, v);
    buf_add(b, p, sizeof p);
}

static inline void
buf_u64(struct buf *b, uint64_t v)
{
    uint8_t p[8];

    put_u64(p, v);
    buf_add(b, p, sizeof p);
}

/** Write a varint; its length. */
static inline size_t
put_varint(uint8_t *p, uint64_t v)
{
    size_t n = 0;

    for (; v >= 0x80; v >>= 7)
        p[n++] = (uint8_t)(v | 0x80);
    p[n++] = (uint8_t)v;
    return n;
}

static inline void
buf_varint(struct buf *b, uint64_t v)
{
    uint8_t p[VARINT_MAX];

    buf_add(b, p, put_varint(p, v));
}

/** Read a varint at *p, before `end`, and move behind it.  False, and *v is
 *  not to be used, where there is none of at most 64 bits. */
static inline bool
get_varint(const uint8_t **p, const uint8_t *end, uint64_t *v)
{
    uint64_t sum = 0;

    for (unsigned shift = 0; shift < 64 && *p < end; shift += 7) {
        uint8_t c = *(*p)++;

        sum |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80) {
            *v = sum;
            return true;
        }
    }
    return false;
}

/** The same for a number that has to be at most `max`. */
static inline bool
get_varint_max(const uint8_t **p, const uint8_t *end, uint64_t max,
               uint64_t *v)
{
    return get_varint(p, end, v) && *v <= max;
}

static inline uint64_t
zigzag(uint64_t difference)
{
    return difference << 1 ^ (0 - (difference >> 63));
}

static inline uint64_t
unzigzag(uint64_t v)
{
    return v >> 1 ^ (0 - (v & 1));
}

#endif
