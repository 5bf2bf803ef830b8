/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.c - large pieces of memory
 */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

static const size_t page = (size_t)2 << 20; /* a large one */

/* Not aligned to large pages: what aligned_alloc gives cannot be used again
 * for the same when it was given back, in glibc up to 2.37. */
void *
large_alloc(size_t size)
{
    void *p = malloc(size);
#ifdef MADV_HUGEPAGE
    uintptr_t from = ((uintptr_t)p + page - 1) / page * page;
    uintptr_t to = ((uintptr_t)p + size) / page * page;

    if (p && size >= LARGE_MIN) /* a hint: its failure is no harm */
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
#endif
    return p;
}
