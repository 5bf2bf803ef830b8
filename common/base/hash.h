/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash.h - hashes of bytes, the same on every machine
 *
 * XXH3 of libxxhash; not for use against an adversary who knows the seed.
 */
#ifndef MORGUE_BASE_HASH_H
#define MORGUE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash128 {
    uint64_t low, high;
};

uint64_t hash64(const void *data, size_t len);
struct hash128 hash128(const void *data, size_t len);

#endif
