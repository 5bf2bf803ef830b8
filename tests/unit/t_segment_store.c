/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_store.c - stored articles are zlib streams that zlib itself reads
 */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "../../common/article/record.h"
#include "../../common/base/file.h"
#include "../../common/base/hash.h"
#include "../../common/base/preset.h"
#include "../../common/segment/file/bytes.h"
#include "../../common/segment/file/footer.h"
#include "../../common/segment/file/manifest.h"
#include "../../common/segment/file/store.h"
#include "../test.h"

enum { ARTICLES = 3000 };

static char archive[500];
static struct dir dir;

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

/* A block of heads, with the dictionary that it may ask for. */
static uint32_t
check_heads(const struct text_block *b, const uint8_t *first, size_t len)
{
    const size_t most = PRESET_DICTIONARY_MAX;
    uint8_t *text = malloc(b->size);
    char want[20];
    struct morgue_article a;
    struct morgue_str head;
    uint32_t n;
    z_stream z;
    int end;

    memset(&z, 0, sizeof z);
    CHECK_INT(inflateInit(&z), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)b->packed.s;
    z.avail_in = (uInt)b->packed.len;
    z.next_out = text;
    z.avail_out = b->size;
    end = inflate(&z, Z_FINISH);
    CHECK_INT(end, first ? Z_NEED_DICT : Z_STREAM_END);
    if (first) {
        CHECK_INT(inflateSetDictionary(&z,
                                       first + (len > most ? len - most : 0),
                                       (uInt)(len > most ? most : len)),
                  Z_OK);
        CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    }
    CHECK_INT(z.total_out, b->size);
    inflateEnd(&z);
    n = get_u32(text);
    for (uint32_t i = 0; i < n; i++) {
        CHECK(store_cut(&head, (const char *)text, b->size, i));
        CHECK(record_view_head(&a, head));
        snprintf(want, sizeof want, "a%u", b->first + i);
        CHECK_STR(a.id.s, want);
    }
    free(text);
    return n;
}

static void
check_all_heads(struct segment *s)
{
    struct text_block b;
    struct inflater *inflater = NULL;
    struct arena arena;
    const char *first;
    size_t len;
    uint32_t records = 0, blocks = store_blocks(s, STORE_HEADS);

    arena_init(&arena, 1 << 24);
    CHECK_INT(inflater_new(&inflater, NULL), MORGUE_OK);
    CHECK(blocks > 10);
    CHECK(store_block(&b, s, STORE_HEADS, 0));
    first = store_unpack(s, &b, inflater, &arena);
    len = b.size;
    CHECK(first != NULL && len >= PRESET_DICTIONARY_MAX);
    for (uint32_t i = 0; first && i < blocks; i++) {
        CHECK(store_block(&b, s, STORE_HEADS, i));
        records += check_heads(&b, i > 0 ? (const uint8_t *)first : NULL, len);
    }
    CHECK_INT(records, ARTICLES);
    inflater_free(inflater);
    arena_free(&arena);
}

static void
zlib_reads_the_blocks(void)
{
    struct manifest m;
    struct segment *s = NULL;
    struct text_block b;
    uint32_t records = 0, blocks;

    CHECK_INT(manifest_read(&m, &dir, NULL), MORGUE_OK);
    CHECK_INT(m.n, 1);
    CHECK_INT(segment_open(&s, &dir, m.entry->segment.name,
                           m.entry->segment.size, m.entry->segment.sum, NULL),
              MORGUE_OK);
    blocks = store_blocks(s, STORE_BODIES);
    CHECK(blocks > 10);
    for (uint32_t i = 0; i < blocks; i++) {
        CHECK(store_block(&b, s, STORE_BODIES, i));
        records += check_block(&b);
    }
    CHECK_INT(records, ARTICLES);
    check_all_heads(s);
    segment_close(s);
    manifest_free(&m);
}

/* A whole segment of another format is not called damaged. */
static void
other_formats_are_told(void)
{
    struct manifest m;
    struct segment *s = NULL;
    struct morgue_error err;
    struct buf b;
    char *path;
    FILE *f;
    uint64_t sum;

    CHECK_INT(manifest_read(&m, &dir, NULL), MORGUE_OK);
    path = path_join(archive, m.entry->segment.name);
    buf_init(&b, 1 << 28);
    CHECK_INT(file_read(&b, path, NULL), MORGUE_OK);
    put_u32((uint8_t *)b.data + b.len - FOOTER, SEGMENT_VERSION + 1);
    sum = hash64(b.data + b.len - FOOTER, FOOTER - 8);
    put_u64((uint8_t *)b.data + b.len - 8, sum);
    f = fopen(path, "w");
    CHECK(f && fwrite(b.data, 1, b.len, f) == b.len && fclose(f) == 0);
    CHECK_INT(segment_open(&s, &dir, m.entry->segment.name, b.len, sum, &err),
              MORGUE_VERSION_DIFFERS);
    CHECK(strstr(err.message, "another format than") != NULL);
    CHECK_INT(
        segment_open(&s, &dir, m.entry->segment.name, b.len, sum + 1, &err),
        MORGUE_DAMAGED);
    buf_free(&b);
    free(path);
    manifest_free(&m);
}

int
main(void)
{
    make_archive();
    if (dir_open(&dir, archive, NULL))
        return 1;
    RUN(zlib_reads_the_blocks);
    RUN(other_formats_are_told);
    dir_close(&dir);
    return test_end();
}
