/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_store.c - stored articles are zlib streams that zlib itself reads
 */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "../../common/segment/bytes.h"
#include "../../common/segment/manifest.h"
#include "../../common/segment/store.h"
#include "../test.h"

enum { ARTICLES = 3000 };

static char archive[500];

/* Words that differ from article to article, so that there are many blocks. */
static void
body_of(char *out, size_t size, int i)
{
    size_t at = 0;

    for (int k = 0; k < 60; k++)
        at += (size_t)snprintf(out + at, size - at, "word%d ",
                               (i * 7919 + k * 104729) % 90001);
}

static void
make_archive(void)
{
    struct morgue_update *u = NULL;
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    char id[20], body[2000];
    const char *scratch = getenv("SCRATCH");

    snprintf(archive, sizeof archive, "%s/t_segment_store",
             scratch ? scratch : "/tmp");
    o.engine = "segment";
    o.threads = 1;
    CHECK_INT(morgue_update_open(&u, archive, &o, NULL), MORGUE_OK);
    for (int i = 0; i < ARTICLES; i++) {
        struct morgue_article a = MORGUE_ARTICLE_INIT;

        a.id = str_slice(id, (size_t)snprintf(id, sizeof id, "a%d", i));
        body_of(body, sizeof body, i);
        a.body = str_of(body);
        a.lang = STR("en");
        CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    }
    CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
    morgue_update_close(u);
}

/* Unpack a block with zlib; each record is the body of its article. */
static uint32_t
check_block(const struct text_block *b)
{
    uLongf len = b->size;
    uint8_t *text = malloc(b->size);
    char body[2000];
    uint32_t n, from = 0;

    CHECK_INT(uncompress(text, &len, (const Bytef *)b->packed.s,
                         (uLong)b->packed.len),
              Z_OK);
    CHECK_INT(len, b->size);
    n = get_u32(text);
    CHECK_INT(n, b->records);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = get_u32(text + 4 + 4 * (size_t)i);

        body_of(body, sizeof body, (int)(b->first + i));
        CHECK_STR((const char *)text + 4 + 4 * (size_t)n + from, body);
        CHECK_INT(end - from, strlen(body) + 1);
        from = end;
    }
    free(text);
    return n;
}

static void
zlib_reads_the_blocks(void)
{
    struct manifest m;
    struct segment *s = NULL;
    struct text_block b;
    uint32_t records = 0, blocks;

    make_archive();
    CHECK_INT(manifest_read(&m, archive, NULL), MORGUE_OK);
    CHECK_INT(m.n, 1);
    CHECK_INT(segment_open(&s, archive, m.entry->segment.name,
                           m.entry->segment.size, m.entry->segment.sum, NULL),
              MORGUE_OK);
    blocks = store_blocks(s, STORE_BODIES);
    CHECK(blocks > 10);
    for (uint32_t i = 0; i < blocks; i++) {
        CHECK(store_block(&b, s, STORE_BODIES, i));
        records += check_block(&b);
    }
    CHECK_INT(records, ARTICLES);
    segment_close(s);
    manifest_free(&m);
}

int
main(void)
{
    RUN(zlib_reads_the_blocks);
    return test_end();
}
