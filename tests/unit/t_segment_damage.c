/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_damage.c - archives of the segment engine that are not sound
 *
 * Each page is damaged in turn; and some things are said that no writer would
 * say, with sums that are right: what an attacker would try.
 */
#include <stdlib.h>
#include <unistd.h>

#include "../../common/base/dir.h"
#include "../../common/engine/engine.h"
#include "../../common/segment/engine_segment.h"
#include "../../common/segment/file/bytes.h"
#include "../../common/segment/file/footer.h"
#include "../fault/sample.h"
#include "../fuzz/wound.h"
#include "../random.h"
#include "../test.h"

enum { HANG = 60 };

static char made[200], work[220];
static struct stored stored;

/* ---- set-up ------------------------------------------------------------- */

static bool
set_up(void)
{
    const char *tmp = getenv("SCRATCH");
    struct morgue_error err = {.message = ""};

    snprintf(made, sizeof made, "%s/t_segment_damage.%ld", tmp ? tmp : "/tmp",
             (long)getpid());
    snprintf(work, sizeof work, "%s.work", made);
    if (!sample_make(SAMPLE_LARGE, made, "segment", &err) &&
        stored_read(&stored, made))
        return true;
    fprintf(stderr, "%s\n", err.message);
    return false;
}

static void
drop(const char *dir)
{
    char command[300];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

/* The first file whose name begins so. */
static const struct stored_file *
file_named(const char *begin)
{
    for (size_t i = 0; i < stored.n; i++)
        if (strncmp(stored.file[i].name, begin, strlen(begin)) == 0)
            return &stored.file[i];
    abort();
}

static uint8_t *
copy_of(const struct stored_file *f)
{
    uint8_t *copy = malloc(f->size + 1);

    if (!copy)
        abort();
    memcpy(copy, f->data, f->size);
    return copy;
}

/* The archive with this instead of a file; it is freed. */
static void
put(const struct stored_file *f, uint8_t *data, bool mend)
{
    CHECK(stored_write(&stored, work));
    CHECK(stored_put(f, work, data, f->size, mend));
    free(data);
}

/* Where a part of a segment begins, and its length. */
static uint64_t
part_at(const struct stored_file *f, enum segment_part part, uint64_t *len)
{
    const uint8_t *p = f->data + f->size - FOOTER + FOOTER_FIXED + 16 * part;

    *len = get_u64(p + 8);
    return get_u64(p);
}

/* ---- questions ---------------------------------------------------------- */

/* How often a question was answered after another had come upon damage, by the
 * same handle. */
static unsigned answered_after;

/* Ask all questions of one reader.  Each answer has to be that of the sound
 * archive, or an error; with `any`, it may be anything. */
static void
ask_all(bool any)
{
    bool damaged = false;
    struct answer got, right;
    struct question q;
    morgue *m = NULL, *sound = NULL;

    answer_init(&got);
    answer_init(&right);
    CHECK_INT(morgue_open(&sound, made, NULL), MORGUE_OK);
    if (morgue_open(&m, work, NULL))
        CHECK(!any);
    for (size_t i = 0; m && i < SAMPLE_QUESTIONS; i++) {
        q = sample_question[i];
        q.plain = true;
        answer_search(&got, m, &q);
        if (any)
            continue;
        answer_search(&right, sound, &q);
        CHECK(answer_fits(&got, &right));
        damaged |= got.st == MORGUE_DAMAGED;
        answered_after += damaged && !got.st;
    }
    morgue_close(m);
    morgue_close(sound);
    answer_free(&got);
    answer_free(&right);
}

/* ---- cases -------------------------------------------------------------- */

static void
each_page_may_be_damaged(void)
{
    const struct stored_file *f = file_named("seg-");

    for (size_t at = PAGE / 2; at < f->size; at += PAGE) {
        uint8_t *data = copy_of(f);

        data[at] ^= 1;
        put(f, data, false);
        alarm(HANG);
        ask_all(false);
    }
    /* damage belongs to the question that comes upon it */
    CHECK(answered_after > 0);
}

/* Where the skips of the list of a word with many blocks are, and how many. */
static uint64_t
skips_of(const struct stored_file *f, const char *word, uint32_t *blocks)
{
    struct segment *s = NULL;
    struct term_info info = {0};
    struct dir dir;
    uint64_t sum = get_u64(f->data + f->size - 8), len;
    uint64_t at = part_at(f, PART_POSTINGS, &len);

    CHECK(!dir_open(&dir, made, NULL));
    CHECK(!segment_open(&s, &dir, f->name, f->size, sum, NULL));
    CHECK(s && segment_term(&info, s, str_of(word)));
    segment_close(s);
    dir_close(&dir);
    *blocks = (info.df + BLOCK - 1) / BLOCK;
    CHECK(*blocks > GROUP);
    return at + info.post;
}

/* The archive with the last article of block `b` of a list being `value`. */
static void
with_last(const struct stored_file *f, uint64_t at, uint32_t b, uint32_t value)
{
    uint8_t *data = copy_of(f);

    put_u32(data + at + 4 * (size_t)b, value);
    put(f, data, true);
    alarm(HANG);
    ask_all(true);
}

/* In a sound list the last articles of blocks ascend. */
static void
skips_may_say_anything(void)
{
    static const uint32_t value[] = {0, 1, 1000, 4000, UINT32_MAX};
    static const char *const word[] = {"quota", "coffee"};
    const struct stored_file *f = file_named("seg-");

    for (size_t w = 0; w < sizeof word / sizeof *word; w++) {
        uint32_t blocks;
        uint64_t at = skips_of(f, word[w], &blocks) + sizeof(struct impact);

        for (uint32_t b = 0; b < blocks; b++) {
            uint32_t group = (b / GROUP + 1) * GROUP;

            for (size_t i = 0; i < sizeof value / sizeof *value; i++)
                with_last(f, at, b, value[i]);
            /* a little behind its group's */
            for (uint32_t i = 0; group + i < blocks && i < 3; i++)
                with_last(f, at, b,
                          get_u32(f->data + at + 4 * (size_t)(group + i)));
        }
    }
}

static void
terms_ascend(void)
{
    const struct stored_file *f = file_named("seg-");
    uint64_t len, index = part_at(f, PART_DICT_INDEX, &len), place;
    uint64_t at = part_at(f, PART_DICTIONARY, &place);
    uint8_t *data = copy_of(f);

    CHECK(len > 4 * DICT_ENTRY);
    /* a word in the middle becomes what is no word */
    place = get_u64(data + index + len / DICT_ENTRY / 2 * DICT_ENTRY) &
            DICT_PLACE_MAX;
    while (data[at + place] >= 0x80) /* how many bytes the terms take */
        place++;
    data[at + place + 2] = 'A';
    put(f, data, true);
    CHECK_INT(morgue_compact(work, NULL), MORGUE_DAMAGED);
    CHECK_INT(morgue_check(work, NULL, NULL, NULL), MORGUE_DAMAGED);
}

/* ---- patterns ----------------------------------------------------------- */

enum { LETTERS = 8 };

/* Words of the sample's language, so that each way of finding blocks is gone.
 */
static const struct asked_pattern {
    uint32_t c[LETTERS];
    size_t n;
    unsigned edits;
} asked_pattern[] = {
    {{PATTERN_MANY}, 1, 0},
    {{'c', 'o', PATTERN_MANY}, 3, 0},
    {{PATTERN_MANY, 'f', 'e', 'e'}, 4, 0},
    {{PATTERN_MANY, 'u', 'o', 't', PATTERN_MANY}, 5, 0},
    {{PATTERN_MANY, '2', '0', '0'}, 4, 0},
    {{PATTERN_MANY, 'a', 'r', 'e', PATTERN_MANY, '0', '0'}, 7, 0},
    {{'c', 'o', 'f', 'f', 'e', 'e'}, 6, 1},
    {{'r', 'a', 'r', 'e', '2', '1', '0'}, 7, 2},
};

enum { PATTERNS = sizeof asked_pattern / sizeof *asked_pattern };

/* What the archive says of a pattern, as text: it is empty after a failure. */
static enum morgue_status
expand(struct buf *out, const char *dir_path, const struct asked_pattern *a)
{
    const struct pattern p = {.c = a->c, .n = a->n, .edits = a->edits};
    struct engine_reader *r = NULL;
    struct expansions e = {.n = 0};
    struct arena arena;
    struct dir dir;
    enum morgue_status st = dir_open(&dir, dir_path, NULL);

    buf_reset(out);
    arena_init(&arena, SIZE_MAX / 2);
    if (!st)
        st = engine_reader_open(&r, &engine_segment, &dir, NULL);
    if (!st)
        st = engine_expand(&e, r, &arena, STR(""), &p, 1000, NULL, NULL);
    for (size_t i = 0; !st && i < e.n; i++)
        buf_printf(out, "%.*s %llu\n", (int)e.v[i].term.len, e.v[i].term.s,
                   (unsigned long long)e.v[i].articles);
    buf_printf(out, "%llu", (unsigned long long)e.all);
    CHECK(st == MORGUE_OK || st == MORGUE_DAMAGED);
    engine_reader_close(r);
    dir_close(&dir);
    arena_free(&arena);
    return st;
}

/* How often something was wrong and was told. */
static unsigned told;

static void
ask_patterns(bool any)
{
    struct buf got, right;

    buf_init(&got, SIZE_MAX / 2);
    buf_init(&right, SIZE_MAX / 2);
    for (size_t i = 0; i < PATTERNS; i++) {
        CHECK_INT(expand(&right, made, asked_pattern + i), MORGUE_OK);
        if (expand(&got, work, asked_pattern + i))
            told++;
        else
            CHECK(any || str_eq(buf_view(&got), buf_view(&right)));
    }
    buf_free(&got);
    buf_free(&right);
}

/* Bytes of what patterns are found by are wrong, with and without sums that
 * are right. */
static void
patterns_of_damage(void)
{
    static const enum segment_part parts[] = {PART_GRAMS, PART_DICT_INDEX,
                                              PART_DICTIONARY};
    const struct stored_file *f = file_named("seg-");
    uint64_t seed = 7, len;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        uint64_t at = part_at(f, parts[i], &len);

        CHECK(len > 100);
        told = 0;
        for (int round = 0; round < 200; round++) {
            uint8_t *data = copy_of(f);
            bool mend = round % 4 > 0;
            unsigned places = 1 + (unsigned)(random_next(&seed) % 3);

            for (unsigned k = 0; k < places; k++)
                data[at + random_next(&seed) % (round % 2 ? len : 64)] ^=
                    (uint8_t)(1 + random_next(&seed) % 255);
            put(f, data, mend);
            alarm(HANG);
            ask_patterns(mend);
        }
        CHECK(told > 0);
    }
}

/* Each byte of the grams is that of the words, or `check` says so. */
static void
grams_are_checked(void)
{
    const struct stored_file *f = file_named("seg-");
    uint64_t len, at = part_at(f, PART_GRAMS, &len);

    for (uint64_t i = 0; i < len; i += 1 + len / 40) {
        uint8_t *data = copy_of(f);

        data[at + i] ^= 1;
        put(f, data, true);
        alarm(HANG);
        CHECK_INT(morgue_check(work, NULL, NULL, NULL), MORGUE_DAMAGED);
    }
}

static void
deletions_add_up(void)
{
    const struct stored_file *f = file_named("del-");
    uint8_t *data = copy_of(f);
    morgue *m = NULL;

    data[40 + 100] ^= 1; /* an article of the bitmap, which begins at 40 */
    put(f, data, true);
    CHECK_INT(morgue_open(&m, work, NULL), MORGUE_DAMAGED);
    data = copy_of(f);
    put_u32(data + 20, get_u32(data + 20) + 1); /* how many */
    put(f, data, true);
    CHECK_INT(morgue_open(&m, work, NULL), MORGUE_DAMAGED);
}

/* Put another text in place of a piece of the manifest, as long as it. */
static void
put_manifest(const char *was, const char *is)
{
    const struct stored_file *f = file_named("segments");
    uint8_t *data = copy_of(f);
    char *at;

    data[f->size] = '\0';
    at = strstr((char *)data, was);
    CHECK(at && strlen(was) == strlen(is));
    if (at)
        memcpy(at, is, strlen(is));
    put(f, data, true);
}

static void
a_manifest_names_older_files_only(void)
{
    morgue *m = NULL;

    /* a writer would write over files that are there */
    put_manifest("next 4 ", "next 1 ");
    CHECK_INT(morgue_open(&m, work, NULL), MORGUE_DAMAGED);
    put_manifest("seg-00000001", "../g-0000001");
    CHECK_INT(morgue_open(&m, work, NULL), MORGUE_DAMAGED);
    put_manifest("seg-00000001", "seg-0000000x");
    CHECK_INT(morgue_open(&m, work, NULL), MORGUE_DAMAGED);
}

int
main(void)
{
    if (!set_up())
        return 1;
    RUN(each_page_may_be_damaged);
    RUN(skips_may_say_anything);
    RUN(terms_ascend);
    RUN(patterns_of_damage);
    RUN(grams_are_checked);
    RUN(deletions_add_up);
    RUN(a_manifest_names_older_files_only);
    drop(made);
    drop(work);
    return test_end();
}
