/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash.c - the only user of libxxhash
 */
#include "hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
hash64(const void *data, size_t len)
{
    return XXH3_64bits(data, len);
}

struct hash128
hash128(const void *data, size_t len)
{
    XXH128_hash_t h = XXH3_128bits(data, len);

    return (struct hash128){.low = h.low64, .high = h.high64};
}
