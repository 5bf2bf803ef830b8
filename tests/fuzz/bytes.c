/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bytes.c - rounds of random bytes
 */
#include "fuzz.h"

enum { BYTES = 400 };

static uint64_t
mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

void
fuzz_round(uint64_t seed, uint64_t round)
{
    uint8_t bytes[BYTES];
    uint64_t v = mix(seed * 0x9E3779B97F4A7C15u + round);

    for (int i = 0; i < BYTES; i++) {
        v += 0x9E3779B97F4A7C15u;
        bytes[i] = (uint8_t)mix(v);
    }
    LLVMFuzzerTestOneInput(bytes, sizeof bytes);
}
