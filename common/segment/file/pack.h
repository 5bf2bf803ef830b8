/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.h - 128 numbers in few bits each
 *
 * A pack is
 *
 *     u16 head: in its low 6 bits `bits`, 0 to 32; in the next 5 how many
 *         numbers do not fit in so many, the exceptions; in the high 5 `width`
 *         less one, if there are any
 *     the low `bits` bits of each number, 16 * bits bytes
 *     for each exception: 7 bits, which number; `width` bits, what is above
 *         `bits`; one after another, low bits first, to a whole number of
 *         bytes
 *
 * Numbers lie in 16 rows of 8: number i is in row i / 8, lane i % 8, and the
 * eight lanes are eight streams of u32 in which rows follow each other, low
 * bits first; the first words of all streams come first, then the second
 * words and so on; where `bits` is odd, the last word of each stream has 16
 * bits only.  (Patched frame of reference: Zukowski, Heman, Nes and Boncz,
 * ICDE 2006; lanes as in Lemire and Boytsov, 2015.)  The bytes are the same
 * whether AVX2 is there or not.
 *
 * A short pack has fewer than 128 numbers, and who reads it knows how many:
 *
 *     u8  bits, and PACK_HAS_EXCEPTIONS or PACK_UNARY where that is so
 *     u8  with exceptions: in its low half how many, in its high half `width`,
 *         each less one
 *     the low `bits` bits of each number, one after another, low bits first
 *     with PACK_UNARY, behind the last of these: of each number what is above
 *         `bits` (Rice, 1979): so many zeros, and a one
 *     to a whole number of bytes
 *     the exceptions as above
 */
#ifndef MORGUE_SEGMENT_PACK_H
#define MORGUE_SEGMENT_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest pack in bytes; how many may be read or written beyond it. */
enum {
    PACK_N = 128,
    PACK_MAX = 2 + 16 * 32,
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

/** How many bits are set in n words. */
uint64_t pack_count_bits(const uint64_t *bits, uint32_t n);

/** Use plain C from now on, or again what the processor has: for tests. */
void pack_plain(bool plain);

/** Whether AVX2 is there and may be used. */
bool pack_avx2(void);

#endif
