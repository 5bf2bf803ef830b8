/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rank.c - the best articles of a segment
 */
#include "rank.h"

bool
rank(struct plan *p, struct matcher *m, struct topk *t, uint64_t *seen)
{
    struct level *l = &m->level[0];
    struct node *root = p->root;

    for (uint32_t lo = node_next(root, root->lo); lo < root->hi;
         lo = node_next(root, lo)) {
        uint64_t bits[WINDOW_WORDS] = {0};
        uint32_t hi = root->hi - lo < WINDOW ? root->hi : lo + WINDOW;
        uint32_t n, live = 0;

        node_or(m, root, lo, hi, bits, 0);
        n = bits_to_docs(l->doc, bits, lo);
        for (uint32_t i = 0; i < n; i++) {
            l->doc[live] = l->doc[i];
            live += !segment_deleted(m->segment, l->doc[i]);
        }
        node_probe(m, root, l->doc, live, l->hit, l->score, 1);
        for (uint32_t i = 0; i < live; i++)
            topk_offer(t, (struct top){.score = l->score[i],
                                       .segment = p->segment,
                                       .doc = l->doc[i]});
        *seen += live;
        lo = hi;
    }
    return true;
}
