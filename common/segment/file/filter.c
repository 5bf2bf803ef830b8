/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.c - telling quickly that a segment does not have a term
 *
 * A Bloom filter in blocks of a cache line (Putze, Sanders, Singler: Cache-,
 * Hash- and Space-Efficient Bloom Filters, 2007).  With h the XXH3 of a term
 * and n blocks of FILTER_BLOCK bytes, its block is the high half of h times n
 * over 2^32, and its PROBES bits there are those numbered by 9 bits each, from
 * the lowest, of h times MIX modulo 2^64; a bit's number counts from the
 * lowest of the first byte.  At 8 bits a term about one in 40 that are not
 * there passes.
 */
#include "filter.h"

#include "../../base/hash.h"
#include "bytes.h"

enum { PROBES = 6, PROBE_BITS = 9, TERM_BITS = 8 };

#define MIX UINT64_C(0x9E3779B97F4A7C15)

static uint64_t
block_of(uint64_t hash, uint64_t blocks)
{
    return (hash >> 32) * blocks >> 32;
}

/* ---- making ------------------------------------------------------------- */

void
filter_note(struct spool *terms, struct morgue_str term)
{
    uint8_t hash[8];

    put_u64(hash, hash64(term.s, term.len));
    spool_add(terms, hash, sizeof hash);
}

struct making {
    uint8_t *bits;
    uint64_t blocks;
};

/* Pieces are whole hashes: all that were added are, and pieces end there. */
static enum morgue_status
take(void *making, const void *data, size_t len, struct morgue_error *err)
{
    struct making *m = making;
    const uint8_t *p = data;

    (void)err;
    for (size_t i = 0; i + 8 <= len; i += 8) {
        uint64_t hash = get_u64(p + i), mixed = hash * MIX;
        uint8_t *block = m->bits + block_of(hash, m->blocks) * FILTER_BLOCK;

        for (int k = 0; k < PROBES; k++, mixed >>= PROBE_BITS) {
            unsigned bit = mixed & ((1 << PROBE_BITS) - 1);

            block[bit >> 3] = (uint8_t)(block[bit >> 3] | 1u << (bit & 7));
        }
    }
    return MORGUE_OK;
}

enum morgue_status
filter_make(struct buf *out, struct spool *terms, struct morgue_error *err)
{
    uint64_t bits = spool_len(terms) / 8 * TERM_BITS;
    uint64_t blocks = (bits + FILTER_BLOCK * 8 - 1) / (FILTER_BLOCK * 8);
    struct making m = {.blocks = blocks};
    size_t size = (size_t)blocks * FILTER_BLOCK;
    enum morgue_status st;

    m.bits = (uint8_t *)buf_room(out, size);
    if (!m.bits)
        return buf_status(out, err);
    memset(m.bits, 0, size);
    st = spool_each(terms, take, &m, err);
    buf_cut(out, out->len + size);
    return st;
}

/* ---- asking ------------------------------------------------------------- */

void
filter_prefetch(const struct segment *s, uint64_t hash)
{
    uint64_t blocks = s->part[PART_FILTER].len / FILTER_BLOCK;

    __builtin_prefetch(s->map + s->part[PART_FILTER].at +
                       block_of(hash, blocks) * FILTER_BLOCK);
}

bool
filter_passes(struct segment *s, struct morgue_str term)
{
    uint64_t blocks = s->part[PART_FILTER].len / FILTER_BLOCK;
    uint64_t hash = hash64(term.s, term.len), mixed = hash * MIX;
    const uint8_t *block;

    if (blocks == 0)
        return false;
    block = segment_bytes(s, PART_FILTER,
                          block_of(hash, blocks) * FILTER_BLOCK, FILTER_BLOCK);
    for (int k = 0; block && k < PROBES; k++, mixed >>= PROBE_BITS) {
        unsigned bit = mixed & ((1 << PROBE_BITS) - 1);

        if (!(block[bit >> 3] >> (bit & 7) & 1))
            return false;
    }
    return block != NULL;
}
