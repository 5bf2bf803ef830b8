/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address.h - addresses of pages (URLs) in one spelling, and their hosts
 *
 * The spelling that terms have is an address without its scheme and "//",
 * without a user and "www." before its host, the host in small letters and
 * without a dot behind it, without a fragment and slashes at the end; all else
 * byte for byte, so nothing is escaped or decoded.
 * "HTTPS://www.Example.org/A/" is "example.org/A".
 *
 * What has no scheme is taken for an address if it begins with what may be a
 * host with a dot in it; else it is kept as it is, as a URN, but for its end
 * and with the letters that it begins with as small ones.
 * So is one with a host of more than ADDRESS_HEAD bytes.  A NUL ends all.
 */
#ifndef MORGUE_TEXT_ADDRESS_H
#define MORGUE_TEXT_ADDRESS_H

#include "../base/str.h"

/** An address that is longer than ADDRESS_MAX is its first ADDRESS_HEAD bytes,
 *  '#' and the hash of the rest. */
enum { ADDRESS_HEAD = 160, ADDRESS_MAX = ADDRESS_HEAD + 1 + 32 };

/** The spelling of an address; its length, 0 where nothing is left. */
size_t address_write(char out[ADDRESS_MAX], struct morgue_str address);

/** What the spelling of each address begins with that begins as `begin` does,
 *  of which the host may be cut anywhere: "example.org/sport/" keeps its
 *  slash.  At most ADDRESS_HEAD bytes; what is behind these cannot be told. */
size_t address_begin(char out[ADDRESS_HEAD], struct morgue_str begin);

/** The host of an address, as it is spelled; its length, 0 where it has none.
 *  `bare`: what has no scheme begins with a host, also without a dot. */
size_t address_host(char out[ADDRESS_HEAD], struct morgue_str address,
                    bool bare);

/** Go from a host as address_host gives it, or a domain, to the domain that it
 *  is in: "news.example.org", "example.org".  False where that has no dot, and
 *  for a number. */
bool address_parent(struct morgue_str *host);

#endif
