/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.c - large pieces of memory
 */
#include "memory.h"

#include <stdlib.h>
#include <sys/mman.h>

static const size_t page = (size_t)2 << 20; /* a large one */

void *
large_alloc(size_t size)
{
    size_t whole = (size + page - 1) & ~(page - 1);
    void *p;

    if (size < LARGE_MIN || whole < size)
        return malloc(size);
    p = aligned_alloc(page, whole);
#ifdef MADV_HUGEPAGE
    if (p) /* a hint: without it the memory is as any other */
        (void)madvise(p, whole, MADV_HUGEPAGE);
#endif
    return p;
}
