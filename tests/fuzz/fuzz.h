/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz.h - the interface of libFuzzer to what it tries
 */
#ifndef MORGUE_TESTS_FUZZ_H
#define MORGUE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** Get ready, once; 0.  Not all targets have it. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/** Try one input; 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Try the input of a round, which is the same for the same numbers. */
void fuzz_round(uint64_t seed, uint64_t round);

#endif
