/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order_book.h - the order of numbers in the dates of each source, as learned
 */
#ifndef MORGUE_INDEXER_READING_ORDER_BOOK_H
#define MORGUE_INDEXER_READING_ORDER_BOOK_H

#include "../../common/base/arena.h"
#include "../../common/base/buf.h"

struct order_entry {
    struct morgue_str path;
    enum morgue_order order;
};

struct order_book {
    struct order_entry *entry; /* in the order of paths */
    size_t n, cap;
    bool changed; /* since it was read */
    struct arena arena;
};

/** An empty book.  Give back: order_book_free. */
void order_book_init(struct order_book *b);
void order_book_free(struct order_book *b);

/** Add what order_book_print wrote; lines that say nothing are passed over. */
enum morgue_status order_book_read(struct order_book *b,
                                   struct morgue_str text,
                                   struct morgue_error *err);

/** A line for each: "dmy PATH", with control characters and % as %0A. */
void order_book_print(struct buf *out, const struct order_book *b);

/** What is known of a path. */
enum morgue_order order_book_get(const struct order_book *b,
                                 struct morgue_str path);

enum morgue_status order_book_put(struct order_book *b, struct morgue_str path,
                                  enum morgue_order order,
                                  struct morgue_error *err);

#endif
