/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front_coding.h - a string by what it has in common with another
 *
 *     u8      low half: how many bytes it has in common with the other from
 *             the beginning; high half: how many follow; of each that is
 *             DICT_HALF or more, DICT_HALF
 *     varint  of each of those, in this order, what it is more
 *     bytes   those that follow
 */
#ifndef MORGUE_SEGMENT_FRONT_CODING_H
#define MORGUE_SEGMENT_FRONT_CODING_H

#include "bytes.h"
#include "segment.h"

/** How many first bytes of the two are the same. */
static inline size_t
front_shared(struct morgue_str a, struct morgue_str b)
{
    size_t n = 0;

    while (n < a.len && n < b.len && a.s[n] == b.s[n])
        n++;
    return n;
}

static inline unsigned
front_half(size_t n)
{
    return n < DICT_HALF ? (unsigned)n : DICT_HALF;
}

/** Append `s`, of which so many bytes are known. */
static inline void
front_put(struct buf *to, struct morgue_str s, size_t shared)
{
    size_t rest = s.len - shared;

    buf_char(to, (char)(front_half(shared) | front_half(rest) << 4));
    if (shared >= DICT_HALF)
        buf_varint(to, shared - DICT_HALF);
    if (rest >= DICT_HALF)
        buf_varint(to, rest - DICT_HALF);
    buf_add(to, s.s + shared, rest);
}

/** A number of at most `max` of which half a byte is known. */
static inline __attribute__((always_inline)) bool
front_read_half(const uint8_t **at, const uint8_t *end, unsigned half,
                uint64_t max, uint64_t *v)
{
    *v = half;
    if (half < DICT_HALF)
        return half <= max;
    if (!get_varint_max(at, end, max, v) || *v > max - DICT_HALF)
        return false;
    *v += DICT_HALF;
    return true;
}

/** How a string is told that has at most `len` bytes in common with another:
 *  `shared` of them and `rest` more, which are next and before `end`.  Strings
 *  have at most DICT_TERM_MAX bytes. */
static inline __attribute__((always_inline)) bool
front_read(const uint8_t **at, const uint8_t *end, size_t len, size_t *shared,
           size_t *rest)
{
    uint64_t in_common, more;
    uint8_t halves;

    if (*at == end)
        return false;
    halves = *(*at)++;
    if (!front_read_half(at, end, halves & DICT_HALF, len, &in_common) ||
        !front_read_half(at, end, halves >> 4, DICT_TERM_MAX - in_common,
                         &more) ||
        more > (uint64_t)(end - *at))
        return false;
    *shared = (size_t)in_common;
    *rest = (size_t)more;
    return true;
}

#endif
