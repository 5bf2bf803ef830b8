/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.h - large pieces of memory
 */
#ifndef MORGUE_BASE_MEMORY_H
#define MORGUE_BASE_MEMORY_H

#include <stddef.h>

/** From this size on large_alloc does something. */
#define LARGE_MIN ((size_t)8 << 20)

/** `size` bytes as from malloc, given back with free(); but the system is
 *  asked to map a large piece in large pages.  Then it costs a hundredth of
 *  the page faults, which else take a tenth of the time of an update, and
 *  fewer misses of the translation cache where it is read here and there. */
void *large_alloc(size_t size);

#endif
