/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.h - 128 numbers in few bits each
 *
 * A pack is one of two, whichever is shorter:
 *
 *     u8  bits          0 to 32
 *     u8  exceptions    how many numbers do not fit in so many bits
 *     the low `bits` bits of each number, 16 * bits bytes
 *     for each exception: u8 which number; varint of what is above `bits`
 *
 *     u8  bits          0 to 31, and PACK_UNARY
 *     u8  bytes         of the last part
 *     the low `bits` bits of each number, 16 * bits bytes
 *     of each number what is above `bits`: so many zeros, and a one; low bits
 *         first, to a whole number of bytes
 *
 * The first is for numbers of which few are great, the second for those that
 * are as distances between things at random.
 *
 * Numbers lie in 16 rows of 8: number i is in row i / 8, lane i % 8, and the
 * eight lanes are eight streams of u32 in which rows follow each other, low
 * bits first; the first words of all streams come first, then the second
 * words and so on; where `bits` is odd, the last word of each stream has 16
 * bits only.  (Patched frame of reference: Zukowski, Heman, Nes and Boncz,
 * ICDE 2006; lanes as in Lemire and Boytsov, 2015; the second: Rice, 1979.)
 * The bytes are the same whether AVX2 is there or not.
 *
 * A short pack has fewer than 128 numbers, and who reads it knows how many:
 *
 *     u8  bits, and PACK_HAS_EXCEPTIONS or PACK_UNARY where that is so
 *     u8  exceptions, if there are any
 *     the low `bits` bits of each number, one after another, low bits first,
 *         and with PACK_UNARY behind them what is above; to a whole number of
 *         bytes
 *     for each exception as above
 */
#ifndef MORGUE_SEGMENT_PACK_H
#define MORGUE_SEGMENT_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest pack in bytes; how many may be read or written beyond it. */
enum {
    PACK_N = 128,
    PACK_MAX = 2 + 16 * 32 + 6 * PACK_N,
    PACK_SLACK = 32,
    PACK_UNARY = 0x40,
    PACK_HAS_EXCEPTIONS = 0x80
};

/** Pack into `out`, which has room for PACK_MAX + PACK_SLACK bytes.  The
 *  length. */
size_t pack_write(uint8_t *out, const uint32_t v[PACK_N]);

/** Unpack what begins at `in`; it must end at `end` or before, and PACK_SLACK
 *  bytes behind `end` must be readable.  Where the pack ends, or NULL where it
 *  is none. */
const uint8_t *pack_read(uint32_t v[PACK_N], const uint8_t *in,
                         const uint8_t *end);

/** Pack `n` numbers, fewer than PACK_N, likewise as a short pack. */
size_t pack_write_short(uint8_t *out, const uint32_t *v, uint32_t n);

/** Unpack a short pack of `n` numbers, on the same terms as pack_read. */
const uint8_t *pack_read_short(uint32_t *v, uint32_t n, const uint8_t *in,
                               const uint8_t *end);

/** Where the pack that begins at `in` ends, without unpacking it; NULL where
 *  it is none. */
const uint8_t *pack_skip(const uint8_t *in, const uint8_t *end);

/** Make sums of what was unpacked: v[i] = from + v[0] + ... + v[i] + i, modulo
 *  2^32.  Where `v` holds distances less one and `from` is the least that the
 *  first number can be, these are the numbers. */
void pack_sum(uint32_t v[PACK_N], uint32_t from);

/** Whether each number is greater than the one before it. */
bool pack_ascending(const uint32_t v[PACK_N]);

/** How many of ascending numbers are less than `x`; all are less than 2^31. */
uint32_t pack_rank(const uint32_t v[PACK_N], uint32_t x);

/** The same for each of n. */
void pack_ranks(uint8_t *rank, const uint32_t v[PACK_N], const uint32_t *x,
                uint32_t n);

/** Which of the numbers are not less than `least`, which is at most 2^31 - 1,
 *  as they are: ascending places into `at`.  How many. */
uint32_t pack_select(uint32_t at[PACK_N], const uint32_t v[PACK_N],
                     uint32_t least);

/** Use plain C from now on, or again what the processor has: for tests. */
void pack_plain(bool plain);

/** Whether AVX2 is there and may be used. */
bool pack_avx2(void);

#endif
