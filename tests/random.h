/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * random.h - numbers at random for tests, the same after the same seed
 *
 * Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (14), 2003:
 * the 64-bit generator with shifts 13, 7 and 17.  A state of 0 stays 0.
 */
#ifndef MORGUE_TEST_RANDOM_H
#define MORGUE_TEST_RANDOM_H

#include <stdint.h>

/* The next state. */
static inline uint64_t
random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
