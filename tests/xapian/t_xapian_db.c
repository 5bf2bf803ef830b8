/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_xapian_db.c - databases and documents through the binding: what is
 * written, dropped, read back, and how failures are told
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "help.h"

static xc_db *
new_db(const char *name)
{
    xc_db *db = NULL;

    CHECK_OK(xc_db_open_write(&db, in_work_dir(name), XC_CREATE, 0, &err));
    return db;
}

/* Writes `text` as the whole content of a file. */
static void
write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void
statuses_have_texts(void)
{
    CHECK_STR(xc_status_text(XC_OK), "done");
    CHECK_STR(xc_status_text(XC_OTHER), "unexpected failure");
    CHECK_STR(xc_status_text((enum xc_status)99), "unknown status");
}

static void
versions_are_told(void)
{
    char numbers[40];

    snprintf(numbers, sizeof numbers, "%d.%d.%d", XC_VERSION_MAJOR,
             XC_VERSION_MINOR, XC_VERSION_PATCH);
    CHECK_STR(XC_VERSION, numbers);
    CHECK_STR(xc_version(), XC_VERSION);
    CHECK(strncmp(xc_xapian_version(), "1.4.", 4) == 0);
}

static void
failing_to_open_is_told_apart(void)
{
    xc_db *db = NULL;

    CHECK_STATUS(xc_db_open(&db, in_work_dir("nowhere"), &err),
                 XC_NO_DATABASE);
    CHECK(db == NULL);
    CHECK_INT(err.status, XC_NO_DATABASE);
    CHECK_STR(err.type, "DatabaseNotFoundError");
    CHECK(strstr(err.message, "nowhere") != NULL);
    CHECK_STATUS(
        xc_db_open_write(&db, in_work_dir("nowhere"), XC_OPEN, 0, &err),
        XC_NO_DATABASE);
    CHECK_STATUS(xc_db_open(&db, in_work_dir("nowhere"), NULL),
                 XC_NO_DATABASE);
    xc_db_close(NULL);
}

static void
closing_drops_what_is_not_committed(void)
{
    const char *path = in_work_dir("drop");
    xc_db *db = new_db("drop");

    CHECK_OK(add_words(db, "one", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    CHECK_OK(add_words(db, "two", NULL, NULL));
    xc_db_close(db);
    CHECK_INT(documents_at(path), 1);
    for (int flush = 0; flush <= 1; flush++) {
        CHECK_OK(xc_db_open_write(&db, path, XC_OPEN, 0, &err));
        CHECK_OK(xc_db_begin(db, flush, &err));
        CHECK_OK(add_words(db, "three", "v", NULL));
        xc_db_close(db);
        CHECK_INT(documents_at(path), 1);
    }
    CHECK_INT(faults_at(path), 0);
}

static void
transactions_end_both_ways(void)
{
    const char *path = in_work_dir("tx");
    xc_db *db = new_db("tx");

    CHECK_OK(xc_db_begin(db, true, &err));
    CHECK_OK(add_words(db, "one", NULL, NULL));
    CHECK_STATUS(xc_db_commit(db, &err), XC_INVALID);
    CHECK_STATUS(xc_db_begin(db, true, &err), XC_INVALID);
    CHECK_OK(xc_db_commit_transaction(db, &err));
    CHECK_INT(documents_at(path), 1);
    CHECK_OK(xc_db_begin(db, true, &err));
    CHECK_OK(add_words(db, "two", NULL, NULL));
    CHECK_OK(xc_db_cancel_transaction(db, &err));
    CHECK_STATUS(xc_db_commit_transaction(db, &err), XC_INVALID);
    CHECK_OK(add_words(db, "three", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    CHECK_INT(documents_at(path), 2);
}

/* In a transaction nothing is committed by itself, however much there is. */
static void
a_long_transaction_is_seen_as_a_whole(void)
{
    const char *path = in_work_dir("long");
    xc_db *db = new_db("long");

    CHECK_OK(xc_db_begin(db, true, &err));
    for (int i = 0; i < 10500; i++)
        if (add_words(db, "w", NULL, NULL) != XC_OK)
            break;
    CHECK_INT(documents_at(path), 0);
    CHECK_OK(xc_db_commit_transaction(db, &err));
    CHECK_INT(documents_at(path), 10500);
    xc_db_close(db);
}

/* What Xapian would answer by dropping all that is pending. */
static void
mistakes_lose_nothing(void)
{
    const char *path = in_work_dir("mistakes");
    xc_db *db = new_db("mistakes");
    xc_doc *doc = NULL;
    char longest[300];

    memset(longest, 'x', sizeof longest);
    CHECK_OK(xc_doc_new(&doc, &err));
    CHECK_OK(add_words(db, "one", NULL, NULL));
    CHECK_STATUS(xc_doc_add_term(doc, longest, 246, 1, &err), XC_INVALID);
    CHECK_OK(xc_doc_add_term(doc, longest, 245, 1, &err));
    longest[3] = '\0';
    CHECK_STATUS(xc_doc_add_term(doc, longest, 245, 1, &err), XC_INVALID);
    CHECK_OK(xc_doc_add_term(doc, longest, 244, 1, &err));
    CHECK_STATUS(xc_doc_add_term(doc, "", 0, 1, &err), XC_INVALID);
    CHECK_STATUS(xc_db_delete(db, 999, &err), XC_NOT_FOUND);
    CHECK_STATUS(xc_db_delete(db, 0, &err), XC_INVALID);
    CHECK_STATUS(xc_db_replace(db, 0, doc, &err), XC_INVALID);
    CHECK_STATUS(xc_db_delete_term(db, "", 0, &err), XC_INVALID);
    CHECK_STATUS(xc_db_replace_term(NULL, db, "", 0, doc, &err), XC_INVALID);
    CHECK_STATUS(xc_db_set_metadata(db, "", 0, "v", 1, &err), XC_INVALID);
    CHECK_OK(xc_db_add(NULL, db, doc, &err));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    xc_doc_free(doc);
    CHECK_INT(documents_at(path), 2);
    CHECK_INT(faults_at(path), 0);
}

/* Xapian takes them for others, or for none. */
static void
arguments_that_cannot_be_are_told(void)
{
    static const int sizes[] = {-1, 1, 1024, 3000, 131072};
    xc_db *db = NULL;
    const char *source;
    size_t n = 0;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK_STATUS(xc_db_open_write(&db, in_work_dir("odd"), XC_CREATE,
                                      sizes[i], &err),
                     XC_INVALID);
    /* Xapian's flags for other formats are none of ours */
    for (int flag = XC_RETRY_LOCK << 1; flag <= 1 << 20; flag <<= 1)
        CHECK_STATUS(xc_db_open_write(&db, in_work_dir("odd"),
                                      XC_CREATE | flag, 0, &err),
                     XC_INVALID);
    CHECK_STATUS(xc_db_open_write(&db, in_work_dir("odd"), INT_MIN, 0, &err),
                 XC_INVALID);
    CHECK(access(in_work_dir("odd"), F_OK) != 0);
    for (int size = 2048; size <= 65536; size *= 2) {
        CHECK_OK(xc_db_open_write(&db, in_work_dir("sized"),
                                  XC_CREATE_OR_OVERWRITE, size, &err));
        xc_db_close(db);
    }
    source = in_work_dir("sized");
    CHECK_STATUS(xc_check(&n, source, 32, NULL, NULL, &err), XC_INVALID);
    CHECK_STATUS(xc_compact(in_work_dir("odd"), &source, 1, 3, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_compact(in_work_dir("odd"), &source, 1, 32, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_compact(in_work_dir("odd"), NULL, 0, 0, &err), XC_INVALID);
    CHECK(access(in_work_dir("odd"), F_OK) != 0);
    CHECK_STATUS(xc_db_open_remote(&db, "127.0.0.1", 0, 100, 100, &err),
                 XC_INVALID);
    CHECK_STATUS(xc_db_open_remote(&db, "127.0.0.1", 65536, 100, 100, &err),
                 XC_INVALID);
    CHECK_STATUS(
        xc_db_open_remote_write(&db, "127.0.0.1", 70000, 100, 100, &err),
        XC_INVALID);
}

static void
a_reader_cannot_write(void)
{
    xc_db *db = new_db("reader"), *reader = NULL;

    CHECK_OK(xc_db_commit(db, &err));
    CHECK_OK(xc_db_open(&reader, in_work_dir("reader"), &err));
    CHECK_STATUS(add_words(reader, "one", NULL, NULL), XC_INVALID);
    CHECK_STATUS(xc_db_commit(reader, &err), XC_INVALID);
    xc_db_close(reader);
    xc_db_close(db);
}

static void
a_second_writer_finds_it_locked(void)
{
    const char *path = in_work_dir("locked");
    xc_db *db = new_db("locked"), *second = NULL;
    xc_enquire *holds = NULL;

    CHECK_STATUS(xc_db_open_write(&second, path, XC_OPEN, 0, &err), XC_LOCKED);
    CHECK(second == NULL);
    CHECK_OK(xc_enquire_new(&holds, db, &err));
    xc_db_close(db);
    CHECK_OK(xc_db_open_write(&second, path, XC_OPEN, 0, &err));
    xc_db_close(second);
    xc_enquire_free(holds);
}

/* Puts another document in place of each of the 200, its data `name` and so
 * much noise that they fill many blocks. */
static void
replace_all(xc_db *db, const char *name)
{
    xc_doc *doc = NULL;
    char data[600];
    uint32_t random = 1;
    size_t n = strlen(name);

    memcpy(data, name, n);
    for (; n + 1 < sizeof data; n++) {
        random = random * 1664525 + 1013904223;
        data[n] = (char)('!' + (random >> 24) % 90);
    }
    data[n] = '\0';

    CHECK_OK(xc_doc_new(&doc, &err));
    CHECK_OK(xc_doc_add_term(doc, "words", 5, 1, &err));
    CHECK_OK(xc_doc_set_data(doc, data, strlen(data), &err));
    for (uint32_t id = 1; id <= 200; id++)
        CHECK_OK(xc_db_replace(db, id, doc, &err));
    CHECK_OK(xc_db_commit(db, &err));
    xc_doc_free(doc);
}

/* Reads the data of each of the 200, which is to begin with `want`. */
static enum xc_status
read_all(xc_db *db, const char *want)
{
    enum xc_status st = XC_OK;

    for (uint32_t id = 1; id <= 200 && st == XC_OK; id++) {
        xc_doc *doc = NULL;
        const char *data;
        size_t len;

        st = xc_db_document(&doc, db, id, &err);
        if (st == XC_OK)
            st = xc_doc_data(&data, &len, doc, &err);
        if (st == XC_OK)
            CHECK(len > strlen(want) && memcmp(data, want, strlen(want)) == 0);
        xc_doc_free(doc);
    }
    return st;
}

static void
a_revision_that_is_gone_is_told(void)
{
    xc_db *db = new_db("modified"), *reader = NULL;
    bool changed = false;
    uint64_t before = 0, after = 0;

    replace_all(db, "first");
    CHECK_OK(xc_db_open(&reader, in_work_dir("modified"), &err));
    CHECK_OK(xc_db_revision(&before, reader, &err));
    CHECK_OK(read_all(reader, "first"));
    replace_all(db, "second");
    replace_all(db, "third");
    replace_all(db, "fourth");
    CHECK_STATUS(read_all(reader, "first"), XC_MODIFIED);
    CHECK_OK(xc_db_reopen(&changed, reader, &err));
    CHECK(changed);
    CHECK_OK(xc_db_revision(&after, reader, &err));
    CHECK(after > before);
    CHECK_OK(read_all(reader, "fourth"));
    CHECK_OK(xc_db_reopen(&changed, reader, &err));
    CHECK(!changed);
    xc_db_close(reader);
    xc_db_close(db);
}

static void
damage_is_told(void)
{
    xc_db *db = new_db("corrupt");
    char path[700];

    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    snprintf(path, sizeof path, "%s/iamglass", in_work_dir("corrupt"));
    write_file(path, "this is no such file, but long enough to be one");
    CHECK_STATUS(xc_db_open(&db, in_work_dir("corrupt"), &err), XC_CORRUPT);
    CHECK(faults_at(in_work_dir("corrupt")) > 0);
}

static void
lines_are_counted(const char *text, void *payload)
{
    *(size_t *)payload += strlen(text) > 0;
}

static void
a_damaged_block_is_found_by_a_check(void)
{
    xc_db *db = new_db("blocks");
    char path[700];
    size_t faults = 0, lines = 0, more_lines = 0;

    for (int i = 0; i < 300; i++)
        CHECK_OK(add_words(db, "words in blocks of a table", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    CHECK_OK(xc_check(&faults, in_work_dir("blocks"), 0, lines_are_counted,
                      &lines, &err));
    CHECK_INT(faults, 0);
    CHECK(lines > 3);
    CHECK_OK(xc_check(&faults, in_work_dir("blocks"),
                      XC_CHECK_FULL_TREE | XC_CHECK_STATS, lines_are_counted,
                      &more_lines, &err));
    CHECK_INT(faults, 0);
    CHECK(more_lines > lines + 10);
    snprintf(path, sizeof path, "%s/postlist.glass", in_work_dir("blocks"));

    int fd = open(path, O_WRONLY | O_CLOEXEC);
    char junk[4096];

    memset(junk, 0xa5, sizeof junk);
    CHECK(fd >= 0 && pwrite(fd, junk, sizeof junk, 64) == sizeof junk);
    close(fd);
    CHECK(faults_at(in_work_dir("blocks")) > 0);
}

static void
stub_files_stand_for_databases(void)
{
    char text[1400];
    xc_db *db = new_db("part1");

    CHECK_OK(add_words(db, "one", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    db = new_db("part2");
    CHECK_OK(add_words(db, "two", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    snprintf(text, sizeof text, "auto %.600s\nauto part2\n",
             in_work_dir("part1"));
    write_file(in_work_dir("stub"), text);
    CHECK_INT(documents_at(in_work_dir("stub")), 2);
}

static void
a_directory_is_a_stub_by_its_file(void)
{
    char text[1400];

    snprintf(text, sizeof text, "auto %.600s\n", in_work_dir("part1"));
    CHECK_INT(mkdir(in_work_dir("stubdir"), 0777), 0);
    write_file(in_work_dir("stubdir/XAPIANDB"), text);
    CHECK_INT(documents_at(in_work_dir("stubdir")), 1);
}

static void
a_stub_that_says_nothing_is_told(void)
{
    xc_db *db = NULL;

    write_file(in_work_dir("badstub"), "no such word\n");
    CHECK_STATUS(xc_db_open(&db, in_work_dir("badstub"), &err), XC_OPENING);
    CHECK(db == NULL);
    write_file(in_work_dir("gone"), "auto nowhere\n");
    CHECK_STATUS(xc_db_open(&db, in_work_dir("gone"), &err), XC_NO_DATABASE);
}

/* Where there is a database of a kind that is none. */
static void
garbage_is_not_opened(void)
{
    static const char noise[] = "\x7f\x01\xfe noise, and no database";
    xc_db *db = NULL;

    write_file(in_work_dir("garbage"), noise);
    CHECK(xc_db_open(&db, in_work_dir("garbage"), &err) != XC_OK);
    CHECK(err.status == XC_OPENING || err.status == XC_CORRUPT);
    CHECK(db == NULL);
    CHECK_INT(mkdir(in_work_dir("garbage2"), 0777), 0);
    write_file(in_work_dir("garbage2/iamglass"), "");
    CHECK(xc_db_open(&db, in_work_dir("garbage2"), &err) != XC_OK);
    CHECK(err.status == XC_OPENING || err.status == XC_CORRUPT);
    CHECK(xc_db_open_write(&db, in_work_dir("garbage2"), XC_OPEN, 0, &err) !=
          XC_OK);
    CHECK(db == NULL);
}

static void
several_are_searched_as_one(void)
{
    xc_db *all = NULL, *other = NULL;
    struct xc_db_info info;
    uint32_t n = 0;
    uint64_t count = 0;

    CHECK_OK(xc_db_open(&all, in_work_dir("part1"), &err));
    CHECK_OK(xc_db_open(&other, in_work_dir("part2"), &err));
    CHECK_OK(xc_db_add_database(all, other, &err));
    xc_db_close(other);
    CHECK_OK(xc_db_get_info(&info, all, &err));
    CHECK_INT(info.documents, 2);
    CHECK_OK(xc_db_freq(&n, &count, all, "two", 3, &err));
    CHECK_INT(n, 1);
    CHECK_INT(count, 1);
    xc_db_close(all);
}

static void
several_are_written_as_one(void)
{
    xc_db *all = new_db("shard1"), *other = new_db("shard2"), *reader = NULL;
    uint32_t n = 0;

    CHECK_OK(xc_db_add_database(all, other, &err));
    for (int i = 0; i < 5; i++)
        CHECK_OK(add_words(all, "word of five", NULL, NULL));
    CHECK_OK(xc_db_delete(all, 2, &err));
    CHECK_OK(xc_db_freq(&n, NULL, all, "five", 4, &err));
    CHECK_INT(n, 4);
    CHECK_OK(xc_db_commit(all, &err));
    CHECK_INT(documents_at(in_work_dir("shard1")), 3);
    CHECK_INT(documents_at(in_work_dir("shard2")), 1);
    CHECK_OK(xc_db_open(&reader, in_work_dir("shard1"), &err));
    CHECK_STATUS(xc_db_add_database(all, reader, &err), XC_INVALID);
    CHECK_STATUS(xc_db_add_database(reader, all, &err), XC_INVALID);
    xc_db_close(reader);
    CHECK_OK(xc_db_begin(all, true, &err));
    CHECK_STATUS(xc_db_add_database(all, other, &err), XC_INVALID);
    CHECK_OK(add_words(all, "dropped", NULL, NULL));
    CHECK_OK(add_words(all, "dropped", NULL, NULL));
    xc_db_close(all);
    xc_db_close(other);
    CHECK_INT(documents_at(in_work_dir("shard1")), 3);
    CHECK_INT(documents_at(in_work_dir("shard2")), 1);
    CHECK_OK(xc_db_open_write(&all, in_work_dir("shard2"), XC_OPEN, 0, &err));
    xc_db_close(all); /* nothing is locked still */
}

/* What was made from a database for writing ends with it. */
static void
closed_is_told(void)
{
    xc_db *db = new_db("closed");
    xc_iter *it = NULL;
    bool more = true;

    for (int i = 0; i < 3000; i++)
        CHECK_OK(add_words(db, "word", NULL, NULL));
    CHECK_OK(xc_db_commit(db, &err));
    CHECK_OK(xc_iter_postings(&it, db, "word", 4, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    xc_db_close(db);

    enum xc_status st = XC_OK;

    while (st == XC_OK && more)
        st = xc_iter_next(&more, it, &err);
    CHECK_STATUS(st, XC_CLOSED);
    xc_iter_free(it);
}

/* Outputs are never left as they were. */
static void
failures_leave_nothing_in_outputs(void)
{
    xc_db *db = new_db("outputs"), *remote = (xc_db *)&db;
    xc_doc *doc = NULL;
    const char *bytes = "old";
    size_t len = 3;
    uint32_t n = 7;

    CHECK_OK(add_words(db, "one", "v", NULL));
    CHECK_OK(xc_db_commit(db, &err));
    CHECK_OK(xc_db_document(&doc, db, 1, &err));
    CHECK_STATUS(xc_db_open(&remote, in_work_dir("nowhere"), &err),
                 XC_NO_DATABASE);
    CHECK(remote == NULL);
    CHECK_STATUS(xc_db_unique_terms(&n, db, 99, &err), XC_NOT_FOUND);
    CHECK_INT(n, 0);
    xc_db_close(db);
    CHECK_STATUS(xc_doc_data(&bytes, &len, doc, &err), XC_CLOSED);
    CHECK_BYTES(bytes, len, "");
    CHECK_STATUS(xc_doc_value(&bytes, &len, doc, 0, NULL), XC_CLOSED);
    xc_doc_free(doc);
}

static void
memory_holds_a_database(void)
{
    xc_db *db = NULL;
    struct xc_db_info info;

    CHECK_OK(xc_db_open_memory(&db, &err));
    CHECK_OK(add_words(db, "one two two", "v", NULL));
    CHECK_OK(xc_db_get_info(&info, db, &err));
    CHECK_INT(info.documents, 1);
    CHECK_INT(info.total_length, 3);
    CHECK_STATUS(xc_db_begin(db, true, &err), XC_UNIMPLEMENTED);
    CHECK_OK(add_words(db, "three", NULL, NULL));
    xc_db_close(db);
}

static void
facts_are_right(void)
{
    xc_db *db = new_db("facts");
    struct xc_db_info info;
    const char *low, *high;
    size_t low_len, high_len;
    uint32_t n = 0;
    uint64_t count = 0;
    bool has = false;

    CHECK_OK(add_words(db, "a b b c", "m", NULL));
    CHECK_OK(add_words(db, "b d", "k", NULL));
    CHECK_OK(xc_db_get_info(&info, db, &err));
    CHECK_INT(info.documents, 2);
    CHECK_INT(info.last_id, 2);
    CHECK_INT(info.total_length, 6);
    CHECK(info.mean_length > 2.999 && info.mean_length < 3.001);
    CHECK(info.length_min <= 2 && info.length_max >= 4);
    CHECK(info.has_positions);
    CHECK_INT(strlen(info.uuid), 36);
    CHECK_OK(xc_db_freq(&n, &count, db, "b", 1, &err));
    CHECK_INT(n, 2);
    CHECK_INT(count, 3);
    CHECK_OK(xc_db_freq(&n, NULL, db, "zz", 2, &err));
    CHECK_INT(n, 0);
    CHECK_OK(xc_db_has_term(&has, db, "d", 1, &err));
    CHECK(has);
    CHECK_OK(xc_db_has_term(&has, db, "e", 1, &err));
    CHECK(!has);
    CHECK_OK(xc_db_length(&n, db, 1, &err));
    CHECK_INT(n, 4);
    CHECK_OK(xc_db_unique_terms(&n, db, 1, &err));
    CHECK_INT(n, 3);
    CHECK_STATUS(xc_db_length(&n, db, 9, &err), XC_NOT_FOUND);
    CHECK_OK(
        xc_db_value_info(&n, &low, &low_len, &high, &high_len, db, 0, &err));
    CHECK_INT(n, 2);
    CHECK_BYTES(low, low_len, "k");
    CHECK_BYTES(high, high_len, "m");
    xc_db_close(db);
}

static void
any_byte_survives(void)
{
    static const char term[] = "a\0b\xff", data[] = "\0\1\0data\0";
    xc_db *db = new_db("bytes");
    xc_doc *doc = NULL;
    xc_iter *it = NULL;
    const char *got;
    size_t len;
    bool more;

    CHECK_OK(xc_doc_new(&doc, &err));
    CHECK_OK(xc_doc_add_term(doc, term, 4, 2, &err));
    CHECK_OK(xc_doc_set_data(doc, data, sizeof data, &err));
    CHECK_OK(xc_doc_set_value(doc, 7, term, 4, &err));
    CHECK_OK(xc_db_add(NULL, db, doc, &err));
    CHECK_OK(xc_db_set_metadata(db, term, 4, data, sizeof data, &err));
    CHECK_OK(xc_db_commit(db, &err));
    xc_doc_free(doc);
    CHECK_OK(xc_db_document(&doc, db, 1, &err));
    CHECK_OK(xc_doc_data(&got, &len, doc, &err));
    CHECK(len == sizeof data && memcmp(got, data, len) == 0);
    CHECK_OK(xc_doc_value(&got, &len, doc, 7, &err));
    CHECK(len == 4 && memcmp(got, term, 4) == 0);
    CHECK_OK(xc_db_metadata(&got, &len, db, term, 4, &err));
    CHECK(len == sizeof data && memcmp(got, data, len) == 0);
    CHECK_OK(xc_iter_doc_terms(&it, db, 1, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    got = xc_iter_bytes(it, &len);
    CHECK(more && len == 4 && memcmp(got, term, 4) == 0);
    CHECK_INT(xc_iter_wdf(it), 2);
    xc_iter_free(it);
    xc_doc_free(doc);
    xc_db_close(db);
}

static void
documents_are_built(void)
{
    static const uint32_t pos[] = {3, 9, 12};
    xc_doc *doc = NULL, *back = NULL;
    xc_iter *it = NULL;
    const char *bytes;
    size_t len;
    bool more;
    uint32_t id = 9;

    CHECK_OK(xc_doc_new(&doc, &err));
    CHECK_OK(xc_doc_add_positions(doc, "w", 1, pos, 3, 5, &err));
    CHECK_OK(xc_doc_add_term(doc, "Qid", 3, 0, &err));
    CHECK_OK(xc_doc_remove_position(doc, "w", 1, 9, 1, &err));
    CHECK_STATUS(xc_doc_remove_position(doc, "w", 1, 10, 1, &err), XC_INVALID);
    CHECK_STATUS(xc_doc_remove_term(doc, "no", 2, &err), XC_INVALID);
    CHECK_OK(xc_doc_set_value(doc, 3, "three", 5, &err));
    CHECK_OK(xc_doc_set_value(doc, 1, "one", 3, &err));
    CHECK_OK(xc_doc_id(&id, doc, &err));
    CHECK_INT(id, 0);
    CHECK_OK(xc_doc_serialise(&bytes, &len, doc, &err));
    CHECK_OK(xc_doc_unserialise(&back, bytes, len, &err));
    CHECK_OK(xc_iter_terms_of(&it, back, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    bytes = xc_iter_bytes(it, &len);
    CHECK_BYTES(bytes, len, "Qid");
    CHECK_INT(xc_iter_wdf(it), 0);
    CHECK_OK(xc_iter_skip_to_bytes(&more, it, "v", 1, &err));
    CHECK(more);
    CHECK_INT(xc_iter_wdf(it), 4);
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK(!more);
    xc_iter_free(it);
    CHECK_OK(xc_iter_values_of(&it, back, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK_INT(xc_iter_id(it), 1);
    CHECK_OK(xc_iter_skip_to(&more, it, 2, &err));
    CHECK_INT(xc_iter_id(it), 3);
    bytes = xc_iter_bytes(it, &len);
    CHECK_BYTES(bytes, len, "three");
    xc_iter_free(it);
    CHECK_OK(xc_doc_clear(back, &err));
    CHECK_OK(xc_doc_value(&bytes, &len, back, 3, &err));
    CHECK_INT(len, 0);
    CHECK(xc_doc_unserialise(&(xc_doc *){NULL}, "junk", 4, &err) != XC_OK);
    xc_doc_free(back);
    xc_doc_free(doc);
}

static void
documents_are_replaced_and_deleted(void)
{
    xc_db *db = new_db("replace");
    xc_doc *doc = NULL;
    uint32_t id = 0, n = 0;

    CHECK_OK(xc_doc_new(&doc, &err));
    CHECK_OK(xc_doc_add_term(doc, "Qa", 2, 0, &err));
    CHECK_OK(xc_db_replace_term(&id, db, "Qa", 2, doc, &err));
    CHECK_INT(id, 1);
    CHECK_OK(xc_db_add(&id, db, doc, &err));
    CHECK_INT(id, 2);
    CHECK_OK(xc_doc_add_term(doc, "new", 3, 1, &err));
    CHECK_OK(xc_db_replace_term(&id, db, "Qa", 2, doc, &err));
    CHECK_INT(id, 1);
    CHECK_OK(xc_db_freq(&n, NULL, db, "Qa", 2, &err));
    CHECK_INT(n, 1);
    CHECK_OK(xc_db_replace(db, 7, doc, &err));
    CHECK_OK(xc_db_freq(&n, NULL, db, "new", 3, &err));
    CHECK_INT(n, 2);
    CHECK_OK(xc_db_delete(db, 7, &err));
    CHECK_OK(xc_db_delete_term(db, "Qa", 2, &err));
    CHECK_OK(xc_db_delete_term(db, "nobody", 6, &err));
    CHECK_OK(xc_db_freq(&n, NULL, db, "", 0, &err));
    CHECK_INT(n, 0);
    CHECK_OK(xc_db_commit(db, &err));
    xc_db_close(db);
    xc_doc_free(doc);
    CHECK_INT(documents_at(in_work_dir("replace")), 0);
}

/* The next item's bytes as a C string; "(end)" behind the last. */
static const char *
next_bytes(xc_iter *it)
{
    bool more;
    size_t len;

    CHECK_OK(xc_iter_next(&more, it, &err));
    return more ? xc_iter_bytes(it, &len) : "(end)";
}

static void
lists_are_walked(void)
{
    xc_db *db = new_db("lists");
    xc_iter *it = NULL;
    bool more;

    CHECK_OK(add_words(db, "car cat dog", "x", NULL));
    CHECK_OK(add_words(db, "cat mouse cat", NULL, NULL));
    CHECK_OK(add_words(db, "cow", "y", NULL));
    CHECK_OK(xc_db_set_metadata(db, "k1", 2, "v", 1, &err));
    CHECK_OK(xc_db_set_metadata(db, "k2", 2, "v", 1, &err));
    CHECK_OK(xc_db_commit(db, &err));
    CHECK_OK(xc_iter_terms(&it, db, "ca", 2, &err));
    CHECK_STR(next_bytes(it), "car");
    CHECK_STR(next_bytes(it), "cat");
    CHECK_INT(xc_iter_freq(it), 2);
    CHECK_STR(next_bytes(it), "(end)");
    CHECK_STR(next_bytes(it), "(end)");
    xc_iter_free(it);
    CHECK_OK(xc_iter_terms(&it, db, "", 0, &err));
    CHECK_OK(xc_iter_skip_to_bytes(&more, it, "cb", 2, &err));
    CHECK(more);
    CHECK_STR(xc_iter_bytes(it, &(size_t){0}), "cow");
    CHECK_STATUS(xc_iter_skip_to(&more, it, 1, &err), XC_UNIMPLEMENTED);
    xc_iter_free(it);
    CHECK_OK(xc_iter_terms(&it, db, "", 0, &err));
    CHECK_STATUS(xc_iter_skip_to(&more, it, 1, &err), XC_UNIMPLEMENTED);
    CHECK_STR(next_bytes(it), "car");
    xc_iter_free(it);
    CHECK_OK(xc_iter_postings(&it, db, "cat", 3, &err));
    CHECK_OK(xc_iter_skip_to(&more, it, 2, &err));
    CHECK_INT(xc_iter_id(it), 2);
    CHECK_INT(xc_iter_wdf(it), 2);
    CHECK_INT(xc_iter_length(it), 3);
    xc_iter_free(it);
    CHECK_OK(xc_iter_positions(&it, db, 2, "cat", 3, &err));
    CHECK_OK(xc_iter_next(&more, it, &err));
    CHECK_INT(xc_iter_position(it), 1);
    CHECK_OK(xc_iter_skip_to(&more, it, 2, &err));
    CHECK_INT(xc_iter_position(it), 3);
    xc_iter_free(it);
    CHECK_OK(xc_iter_values(&it, db, 0, &err));
    CHECK_STR(next_bytes(it), "x");
    CHECK_STR(next_bytes(it), "y");
    CHECK_INT(xc_iter_id(it), 3);
    xc_iter_free(it);
    CHECK_OK(xc_iter_metadata(&it, db, "k", 1, &err));
    CHECK_STR(next_bytes(it), "k1");
    CHECK_STR(next_bytes(it), "k2");
    xc_iter_free(it);
    CHECK_OK(xc_iter_postings(&it, db, "nobody", 6, &err));
    CHECK_STR(next_bytes(it), "(end)");
    xc_iter_free(it);
    CHECK_STATUS(xc_iter_doc_terms(&it, db, 99, &err), XC_NOT_FOUND);
    CHECK(it == NULL);
    xc_db_close(db);
}

static void
words_are_corrected(void)
{
    xc_db *db = new_db("spell");
    xc_iter *it = NULL;
    const char *got;
    size_t len;

    CHECK_OK(xc_db_add_spelling(db, "coffee", 6, 2, &err));
    CHECK_OK(xc_db_suggest(&got, &len, db, "cofee", 5, 2, &err));
    CHECK_BYTES(got, len, "coffee");
    CHECK_OK(xc_db_suggest(&got, &len, db, "coffee", 6, 2, &err));
    CHECK_INT(len, 0);
    CHECK_OK(xc_iter_spellings(&it, db, &err));
    CHECK_STR(next_bytes(it), "coffee");
    CHECK_INT(xc_iter_freq(it), 2);
    xc_iter_free(it);
    CHECK_OK(xc_db_remove_spelling(db, "coffee", 6, 2, &err));
    CHECK_OK(xc_db_suggest(&got, &len, db, "cofee", 5, 2, &err));
    CHECK_INT(len, 0);
    xc_db_close(db);
}

static void
synonyms_are_kept(void)
{
    xc_db *db = new_db("synonyms");
    xc_iter *it = NULL;

    CHECK_OK(xc_db_add_synonym(db, "car", 3, "auto", 4, &err));
    CHECK_OK(xc_db_add_synonym(db, "car", 3, "vehicle", 7, &err));
    CHECK_OK(xc_db_remove_synonym(db, "car", 3, "auto", 4, &err));
    CHECK_OK(xc_iter_synonyms(&it, db, "car", 3, &err));
    CHECK_STR(next_bytes(it), "vehicle");
    CHECK_STR(next_bytes(it), "(end)");
    xc_iter_free(it);
    CHECK_OK(xc_iter_synonym_keys(&it, db, "", 0, &err));
    CHECK_STR(next_bytes(it), "car");
    xc_iter_free(it);
    CHECK_OK(xc_db_clear_synonyms(db, "car", 3, &err));
    CHECK_OK(xc_iter_synonyms(&it, db, "car", 3, &err));
    CHECK_STR(next_bytes(it), "(end)");
    xc_iter_free(it);
    xc_db_close(db);
}

static void
numbers_sort_as_values(void)
{
    static const double number[] = {-1e300, -2.5, 0, 1e-9, 1, 10, 9e99};
    char before[9], now[9];
    size_t before_len = 0;

    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        size_t len = xc_sortable(now, number[i]);
        size_t both = len < before_len ? len : before_len;
        int c = memcmp(before, now, both);

        CHECK(xc_unsortable(now, len) >= number[i] &&
              xc_unsortable(now, len) <= number[i]);
        CHECK(i == 0 || c < 0 || (c == 0 && before_len < len));
        memcpy(before, now, len);
        before_len = len;
    }
}

static void
databases_are_compacted(void)
{
    const char *one[] = {in_work_dir("part1")};
    const char *both[2];
    xc_db *db = NULL;
    uint32_t n = 0;

    CHECK_OK(xc_compact(in_work_dir("c1"), one, 1, XC_COMPACT_FULLER, &err));
    CHECK_INT(documents_at(in_work_dir("c1")), 1);
    both[0] = in_work_dir("part1");
    both[1] = in_work_dir("part2");
    CHECK_OK(
        xc_compact(in_work_dir("c2"), both, 2, XC_COMPACT_STANDARD, &err));
    CHECK_INT(documents_at(in_work_dir("c2")), 2);
    CHECK_INT(faults_at(in_work_dir("c2")), 0);
    both[0] = in_work_dir("part1");
    both[1] = in_work_dir("part2");
    CHECK_OK(
        xc_compact(in_work_dir("c3"), both, 2, XC_COMPACT_SINGLE_FILE, &err));
    CHECK_OK(xc_db_open(&db, in_work_dir("c3"), &err));
    CHECK_OK(xc_db_freq(&n, NULL, db, "two", 3, &err));
    CHECK_INT(n, 1);
    xc_db_close(db);
    both[0] = in_work_dir("nowhere");
    CHECK_STATUS(xc_compact(in_work_dir("c4"), both, 1, 0, &err),
                 XC_NO_DATABASE);
}

/* ---- a full disk, played by a bound on the length of files ---- */

/* In a child that can write files of so many bytes: its status. */
static int
add_within(rlim_t bytes, const char *value)
{
    struct rlimit limit = {bytes, bytes};
    xc_db *db = NULL;
    enum xc_status st, again;

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    st = xc_db_open_write(&db, in_work_dir("full"), XC_OPEN, 0, &err);
    for (int i = 0; st == XC_OK && i < 1500; i++)
        st = add_words(db, "w", value, value);
    if (st == XC_OK)
        st = xc_db_commit(db, &err);
    again = st == XC_OK || !db ? st : xc_db_commit(db, &err);
    xc_db_close(db);
    return st != XC_OK && again == XC_OK ? 99 : (int)st;
}

/* Tries many bounds.  Counts the failures told as XC_DATABASE, and the ends
 * by abort; all else is a failed check. */
static void
fill_up(const char *value, int *told, int *aborted)
{
    for (rlim_t bytes = 8192; bytes < 140000; bytes += 8192) {
        int status = 0;
        xc_db *db = NULL;

        remove_tree(in_work_dir("full"));
        CHECK_OK(
            xc_db_open_write(&db, in_work_dir("full"), XC_CREATE, 2048, &err));
        CHECK_OK(add_words(db, "first", "v", "v"));
        CHECK_OK(xc_db_commit(db, &err));
        xc_db_close(db);

        pid_t pid = fork();

        if (pid == 0) {
            if (!freopen("/dev/null", "w", stderr))
                _exit(98);
            _exit(add_within(bytes, value));
        }
        CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
            ++*aborted;
        else if (CHECK(WIFEXITED(status)), WEXITSTATUS(status) != XC_OK) {
            CHECK_INT(WEXITSTATUS(status), XC_DATABASE);
            ++*told;
        }

        uint32_t n = documents_at(in_work_dir("full"));

        CHECK(n == 1 || n == 1501);
        CHECK_INT(faults_at(in_work_dir("full")), 0);
    }
}

static void
a_full_disk_is_told(void)
{
    int told = 0, aborted = 0;

    fill_up(NULL, &told, &aborted);
    CHECK(told > 0);
    CHECK_INT(aborted, 0);
}

/* Xapian writes values from a destructor, which may not throw. */
static void
a_full_disk_with_values_is_told(void)
{
    static char why[120];
    int told = 0, aborted = 0;

    fill_up("a value of some length that is not so short", &told, &aborted);
    if (aborted == 0)
        return;
    snprintf(why, sizeof why,
             "Xapian's ~ValueUpdater aborts: %d of %d, nothing lost", aborted,
             aborted + told);
    SKIP(why);
}

int
main(void)
{
    make_work_dir();
    RUN(statuses_have_texts);
    RUN(versions_are_told);
    RUN(failing_to_open_is_told_apart);
    RUN(closing_drops_what_is_not_committed);
    RUN(transactions_end_both_ways);
    RUN(a_long_transaction_is_seen_as_a_whole);
    RUN(mistakes_lose_nothing);
    RUN(arguments_that_cannot_be_are_told);
    RUN(a_reader_cannot_write);
    RUN(a_second_writer_finds_it_locked);
    RUN(a_revision_that_is_gone_is_told);
    RUN(damage_is_told);
    RUN(a_damaged_block_is_found_by_a_check);
    RUN(stub_files_stand_for_databases);
    RUN(a_directory_is_a_stub_by_its_file);
    RUN(a_stub_that_says_nothing_is_told);
    RUN(garbage_is_not_opened);
    RUN(several_are_searched_as_one);
    RUN(several_are_written_as_one);
    RUN(closed_is_told);
    RUN(failures_leave_nothing_in_outputs);
    RUN(memory_holds_a_database);
    RUN(facts_are_right);
    RUN(any_byte_survives);
    RUN(documents_are_built);
    RUN(documents_are_replaced_and_deleted);
    RUN(lists_are_walked);
    RUN(words_are_corrected);
    RUN(synonyms_are_kept);
    RUN(numbers_sort_as_values);
    RUN(databases_are_compacted);
    RUN(a_full_disk_is_told);
    RUN(a_full_disk_with_values_is_told);
    remove_work_dir();
    return test_end();
}
