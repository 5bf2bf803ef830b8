/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uri.h - references to addresses (RFC 3986)
 */
#ifndef MORGUE_BASE_URI_H
#define MORGUE_BASE_URI_H

#include "arena.h"

/** Whether `s` begins with a scheme: "http:", "urn:". */
bool uri_is_absolute(struct morgue_str s);

/** `ref`, trimmed, as seen from `base`, into *out in the arena; `ref` itself
 *  where it is absolute, or where `base` is not and so tells nothing.  False
 *  when the arena is full. */
bool uri_resolve(struct arena *a, struct morgue_str base,
                 struct morgue_str ref, struct morgue_str *out);

#endif
