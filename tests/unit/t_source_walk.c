/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_walk.c - tests of folders, of files by content, of ids, and of
 * articles that are handed over
 */
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "../../indexer/reading/reading.h"
#include "source_help.h"

static void
make_folder(const char *name)
{
    CHECK_INT(mkdir(in_folder(name), 0777), 0);
}

static void
folders_in_order(void)
{
    make_folder("w");
    make_folder("w/b");
    make_folder("w/empty");
    make_folder("w/.hidden");
    write_file("w/b/2.txt", STR("Two\n"));
    write_file("w/b.txt", STR("One\n"));
    write_file("w/a.txt", STR("Zero\n"));
    write_file("w/.x.txt", STR("Hidden\n"));
    write_file("w/.hidden/x.txt", STR("Hidden\n"));
    write_file("w/z z\xFF%.txt", STR("Last\n"));
    CHECK_STR(read_source(in_folder("w"), NULL),
              "+ 0 DIR/w/a.txt\ntitle: Zero\n"
              "+ 0 DIR/w/b/2.txt\ntitle: Two\n"
              "+ 0 DIR/w/b.txt\ntitle: One\n"
              "+ 0 DIR/w/z z%FF%.txt\ntitle: Last\n");
    CHECK_STR(read_source(in_folder("w//./"), NULL),
              "+ 0 DIR/w/a.txt\ntitle: Zero\n"
              "+ 0 DIR/w/b/2.txt\ntitle: Two\n"
              "+ 0 DIR/w/b.txt\ntitle: One\n"
              "+ 0 DIR/w/z z%FF%.txt\ntitle: Last\n");
}

/* A folder with links of each kind, and a folder beside it. */
static void
make_links(void)
{
    make_folder("l");
    make_folder("l/sub");
    make_folder("beside");
    write_file("beside/b.txt", STR("Two\n"));
    write_file("l/sub/a.txt", STR("One\n"));
    CHECK_INT(symlink("..", in_folder("l/sub/up")), 0);
    CHECK_INT(symlink("sub", in_folder("l/twin")), 0);
    CHECK_INT(symlink("nowhere", in_folder("l/dead")), 0);
    CHECK_INT(symlink("self", in_folder("l/self")), 0);
    CHECK_INT(symlink("sub/a.txt", in_folder("l/file")), 0);
    CHECK_INT(symlink(in_folder("l/sub/a.txt"), in_folder("l/absolute")), 0);
    CHECK_INT(symlink("../beside", in_folder("l/out")), 0);
    CHECK_INT(symlink("../beside/b.txt", in_folder("l/out.txt")), 0);
    CHECK_INT(symlink("/proc/self/status", in_folder("l/proc")), 0);
    CHECK_INT(symlink("/proc/sys/kernel", in_folder("l/proc.d")), 0);
    CHECK_INT(symlink("/dev/null", in_folder("l/null")), 0);
    CHECK_INT(symlink("pipe", in_folder("l/to-pipe")), 0);
    CHECK_INT(mkfifo(in_folder("l/pipe"), 0666), 0);
}

#define NOT_FOLLOWED "skipped 0 []: a link, which is not followed\n"

/* A pipe would wait for ever, and so would a file of the kernel. */
static void
links_and_devices(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    make_links();
    snprintf(address.sun_path, sizeof address.sun_path, "%s",
             in_folder("l/sock"));
    CHECK_INT(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_STR(read_source(in_folder("l"), NULL),
              NOT_FOLLOWED NOT_FOLLOWED NOT_FOLLOWED NOT_FOLLOWED NOT_FOLLOWED
                  NOT_FOLLOWED
              "skipped 0 []: a pipe, not a file\n" NOT_FOLLOWED NOT_FOLLOWED
                  NOT_FOLLOWED "skipped 0 []: a socket, not a file\n"
              "+ 0 DIR/l/sub/a.txt\ntitle: One\n" NOT_FOLLOWED NOT_FOLLOWED
                  NOT_FOLLOWED);
    CHECK_INT(seen.skipped, 14);
    close(fd);
}

#define ALREADY "skipped 0 []: a file that was read already\n"
#define OUT     "skipped 0 []: a link that leads out of the source\n"
#define NOWHERE "failed 0 []: a link that leads nowhere: "

static void
links_inside_are_followed(void)
{
    follow = MORGUE_FOLLOW_INSIDE;
    CHECK_STR(read_source(in_folder("l"), NULL),
              "+ 0 DIR/l/sub/a.txt\ntitle: One\n" /* absolute */
              NOWHERE "No such file or directory\n" ALREADY
              "skipped 0 []: a device, not a file\n" OUT OUT
              "skipped 0 []: a pipe, not a file\n" OUT OUT NOWHERE
              "Too many levels of symbolic links\n"
              "skipped 0 []: a socket, not a file\n" ALREADY
              "skipped 0 []: a folder that was read already\n" /* sub/up */
              "skipped 0 []: a pipe, not a file\n"
              "skipped 0 []: a folder that was read already\n");
    follow = MORGUE_FOLLOW_NONE;
}

static void
links_anywhere_are_followed(void)
{
    follow = MORGUE_FOLLOW_ANYWHERE;
    CHECK_STR(read_source(in_folder("l"), NULL),
              "+ 0 DIR/l/sub/a.txt\ntitle: One\n" NOWHERE
              "No such file or directory\n" ALREADY
              "skipped 0 []: a device, not a file\n"
              "+ 0 DIR/beside/b.txt\ntitle: Two\n" ALREADY
              "skipped 0 []: a pipe, not a file\n"
              "skipped 0 []: of the kernel, not a file\n"
              "skipped 0 []: of the kernel, not a folder of files\n" NOWHERE
              "Too many levels of symbolic links\n"
              "skipped 0 []: a socket, not a file\n" ALREADY
              "skipped 0 []: a folder that was read already\n"
              "skipped 0 []: a pipe, not a file\n"
              "skipped 0 []: a folder that was read already\n");
    follow = (enum morgue_follow)3;
    CHECK_STR(read_source(in_folder("l"), NULL), "status 2\n");
    follow = MORGUE_FOLLOW_NONE;
}

/* A source is read as it was named; what is in it, as what it is. */
static void
a_source_may_be_a_link(void)
{
    CHECK_INT(symlink("beside", in_folder("named")), 0);
    CHECK_INT(symlink("beside/b.txt", in_folder("named.txt")), 0);
    CHECK_STR(read_source(in_folder("named"), NULL),
              "+ 0 DIR/named/b.txt\ntitle: Two\n");
    CHECK_STR(read_source(in_folder("named.txt"), NULL),
              "+ 0 DIR/named.txt\ntitle: Two\n");
    CHECK_INT(symlink("b.txt", in_folder("beside/a-link")), 0);
    follow = MORGUE_FOLLOW_INSIDE;
    CHECK_STR(read_source(in_folder("named"), NULL),
              "+ 0 DIR/named/b.txt\ntitle: Two\n" ALREADY);
    follow = MORGUE_FOLLOW_NONE;
    CHECK_STR(read_source("/dev/null", NULL), "failed 0 []: empty file\n");
}

/* A name that is a file, then a link out of the source, then a pipe. */
static void
swap_for_ever(void)
{
    char name[200], file[200], out[200], fifo[200];

    snprintf(name, sizeof name, "%s", in_folder("race/x"));
    snprintf(file, sizeof file, "%s", in_folder("race/.file"));
    snprintf(out, sizeof out, "%s", in_folder("race/.link"));
    snprintf(fifo, sizeof fifo, "%s", in_folder("race/.fifo"));
    for (;;) {
        if (link(in_folder("inside.txt"), file) != 0 ||
            rename(file, name) != 0 ||
            symlink(in_folder("secret.txt"), out) != 0 ||
            rename(out, name) != 0 || mkfifo(fifo, 0666) != 0 ||
            rename(fifo, name) != 0)
            _exit(1);
        unlink(name);
    }
}

/* Whatever a name is when it is opened, nothing from outside is read, and
 * nothing waits. */
static void
names_that_change(void)
{
    pid_t child;
    size_t records = 0;
    int status;

    make_folder("race");
    write_file("inside.txt", STR("Inside\n"));
    write_file("secret.txt", STR("Secret\n"));
    child = fork();
    if (child == 0)
        swap_for_ever();
    for (int i = 0; i < 4000; i++) {
        follow = i & 1 ? MORGUE_FOLLOW_INSIDE : MORGUE_FOLLOW_NONE;
        CHECK(strstr(read_source(in_folder("race"), NULL), "Secret") == NULL);
        records += seen.records;
    }
    CHECK(records > 0);
    follow = MORGUE_FOLLOW_NONE;
    kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
}

/* The folder of the kernel's that is named is one, too. */
static void
folders_of_the_kernel(void)
{
    if (access("/proc/self/fd", R_OK) != 0)
        SKIP("there is no /proc");
    CHECK_STR(read_source("/proc/self", NULL),
              "skipped 0 []: of the kernel, not a folder of files\n");
}

/* A pipe that is called as an archive's first file is looked at only. */
static void
a_pipe_called_morgue(void)
{
    make_folder("m");
    write_file("m/a.txt", STR("One\n"));
    CHECK_INT(mkfifo(in_folder("m/morgue"), 0666), 0);
    CHECK_STR(read_source(in_folder("m"), NULL),
              "+ 0 DIR/m/a.txt\ntitle: One\n"
              "skipped 0 []: a pipe, not a file\n");
}

static void
what_is_not_there(void)
{
    CHECK_STR(read_source(in_folder("none"), NULL), "status 12\n");
    CHECK_STR(read_source(in_folder("none/below"), NULL), "status 12\n");
    CHECK_STR(read_source("", NULL), "status 12\n");
    if (geteuid() == 0)
        SKIP("root may read everything");
    write_file("w/a.txt", STR("Zero\n"));
    CHECK_INT(chmod(in_folder("w/a.txt"), 0), 0);
    CHECK_INT(chmod(in_folder("w/b"), 0), 0);
    read_source(in_folder("w"), NULL);
    CHECK_INT(seen.failed, 2);
    CHECK(strstr(buf_view(&seen.log).s,
                 "failed 0 []: cannot open: Permission denied\n") != NULL);
    CHECK_STR(read_source(in_folder("w/a.txt"), NULL), "status 12\n");
    CHECK_STR(read_source(in_folder("w/b"), NULL), "status 12\n");
    CHECK_INT(chmod(in_folder("w/b"), 0777), 0);
}

static void
many_folders(void)
{
    char path[2000], name[40];
    size_t len;

    make_folder("many");
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "many/%d", i);
        make_folder(name);
        snprintf(name, sizeof name, "many/%d/f", i);
        write_file(name, STR("Text\n"));
    }
    seen.quiet = true;
    read_source(in_folder("many"), NULL);
    CHECK_INT(seen.records, 300);
    seen.quiet = false;
    len = (size_t)snprintf(path, sizeof path, "%s", in_folder("deep"));
    for (int i = 0; i < 120; i++) {
        CHECK_INT(mkdir(path, 0777), 0);
        len += (size_t)snprintf(path + len, sizeof path - len, "/d");
    }
    CHECK_STR(read_source(in_folder("deep"), NULL),
              "failed 0 []: folders are nested too deep\n");
}

/* ---- content ------------------------------------------------------------ */

static void
what_is_no_text(void)
{
    static const struct {
        const char *data;
        size_t len;
        const char *want;
    } rows[] = {
        {"", 0, "empty file"},
        {"\xFF\xD8\xFF\xE0\0\x10JFIF", 10, "is a JPEG image, not text"},
        {"\x89PNG\r\n\x1A\n\0\0", 10, "is a PNG image, not text"},
        {"%PDF-1.4\n%abc\n", 14, "is a PDF document, not text"},
        {"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
         "\x13\0\0\0[Content_Types].xml",
         49, "is an office document or a book, not text"},
        {"SQLite format 3\0", 16, "is an SQLite database, not text"},
        {"\x7F"
         "ELF\x02\x01\x01\0",
         8, "is a program, not text"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10,
         "is an old Word document, not text"},
        {"a\0b", 3, "is binary data, not text"},
        {"\1\2\3\4\5\6\7\x0e\x0f", 9, "is binary data, not text"},
        {"<?xml version=\"1.0\"?><x/>", 25,
         "is XML or other markup, which is not read; it begins with <x>"},
        {"<!-- <rss> --><a:opml b='c'>", 28,
         "is XML or other markup, which is not read; it begins with <opml>"},
        {"Rar!\x1A\x07\0", 7, "is a rar archive, which is not unpacked"},
        {"{\\rtf1 x}", 9, "is an RTF document, which is not read"},
    };
    char want[200];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(want, sizeof want, "failed 0 []: %s\n", rows[i].want);
        CHECK_STR(read_bytes(str_slice(rows[i].data, rows[i].len), NULL),
                  want);
    }
    CHECK_STR(read_bytes(STR("a\0b"), "text"),
              "failed 0 []: is binary data, not text\n");
    /* What only looks like it. */
    READ("{curly} text\n\nmore\n");
    CHECK_INT(seen.records, 1);
    READ("[Music] starts\n\nmore\n");
    CHECK_INT(seen.records, 1);
    READ("<b>is</b> a tag, and REUTERS is not\n\nmore\n");
    CHECK_INT(seen.skipped, 1);
    READ("MZ is the mark of it\n\nmore\n");
    CHECK_INT(seen.records, 1);
}

/* ---- gzip --------------------------------------------------------------- */

static struct buf packed;

static void
put_u32(uint32_t v)
{
    for (int i = 0; i < 4; i++)
        buf_char(&packed, (char)(v >> (8 * i)));
}

/* Append a gzip member that holds the text in blocks that are only stored
 * (RFC 1951, 1952). */
static void
gzip(struct morgue_str text)
{
    uint32_t crc = 0xFFFFFFFF;
    size_t at = 0;

    buf_str(&packed, STR("\x1F\x8B\x08\0\0\0\0\0\0\x03"));
    do {
        size_t n = text.len - at < 60000 ? text.len - at : 60000;

        buf_char(&packed, at + n == text.len);
        put_u32((uint32_t)n | (uint32_t)(n ^ 0xFFFF) << 16);
        buf_str(&packed, str_slice(text.s + at, n));
        at += n;
    } while (at < text.len);
    for (size_t i = 0; i < text.len; i++) {
        crc ^= (unsigned char)text.s[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    put_u32(~crc);
    put_u32((uint32_t)text.len);
}

static void
gzipped_by_content(void)
{
    static const char line[] = "{\"id\":1,\"title\":\"t\"}\n";

    buf_init(&packed, 1 << 24);
    gzip(STR("Storm\n\nText.\n"));
    CHECK_STR(read_bytes(buf_view(&packed), NULL),
              "+ 0 DIR/f\ntitle: Storm\nbody: Text.\n");
    buf_reset(&packed);
    gzip(str_of(line));
    gzip(str_of(line));
    CHECK_STR(read_bytes(buf_view(&packed), NULL),
              "+ 1 1\ntitle: t\n+ 2 1\ntitle: t\n");
    buf_str(&packed, STR("garbage"));
    CHECK_STR(read_bytes(buf_view(&packed), NULL),
              "+ 1 1\ntitle: t\n+ 2 1\ntitle: t\n"
              "failed 0 []: line 3: bytes that are not gzip follow gzip "
              "data; what came before was read\n");
    buf_reset(&packed);
    gzip(STR(""));
    CHECK_STR(read_bytes(buf_view(&packed), NULL),
              "failed 0 []: empty file\n");
    CHECK_STR(READ("\x1F\x8B\x08"),
              "failed 0 []: line 1: gzip data is cut short\n");
    buf_reset(&packed);
    gzip(STR("text of it"));
    struct buf inner = packed;
    buf_init(&packed, 1 << 20);
    gzip(buf_view(&inner));
    CHECK_STR(read_bytes(buf_view(&packed), NULL),
              "+ 0 DIR/f\ntitle: text of it\n");
    buf_free(&inner);
    buf_free(&packed);
}

/* The records before the break, then one failure, whatever the format. */
static void
truncated_gzip(void)
{
    static const char *const form[] = {
        "{\"id\":%d,\"title\":\"%x\",\"body\":\"%x\"}\n",
        "<REUTERS NEWID=\"%d\"><TEXT><TITLE>%x</TITLE><BODY>%x</BODY></TEXT>"
        "</REUTERS>\n",
        "\n{\"id\":%d,\n\"title\":\"%x\",\"body\":\"%x\"}\n",
    };
    struct buf text;

    buf_init(&text, 1 << 24);
    buf_init(&packed, 1 << 24);
    seen.quiet = true;
    for (size_t f = 0; f < 3; f++) {
        buf_reset(&text);
        buf_reset(&packed);
        for (int i = 0; i < 3000; i++)
            buf_printf(&text, form[f], i, (unsigned)i * 2654435761u,
                       (unsigned)i * 2246822519u);
        gzip(buf_view(&text));
        for (size_t len = 40; len < packed.len; len += packed.len / 37) {
            read_bytes(str_slice(packed.data, len), NULL);
            CHECK_INT(seen.failed, 1);
            CHECK(len < packed.len / 2 || seen.records > 1000);
            CHECK(seen.records < 3000);
        }
    }
    seen.quiet = false;
    buf_free(&text);
    buf_free(&packed);
}

/* ---- ids ---------------------------------------------------------------- */

static void
standard_input(void)
{
    int old = dup(0);
    char first[200];

    write_file("f",
               STR("{\"title\":\"t\"}\n{\"id\":\"x\",\"title\":\"u\"}\n"));
    CHECK(freopen(in_folder("f"), "rb", stdin) != NULL);
    lseek(0, 0, SEEK_SET);
    snprintf(first, sizeof first, "%s", read_source("-", NULL));
    CHECK_INT(seen.records, 2);
    CHECK(strncmp(first, "+ 1 content-", 12) == 0);
    CHECK_INT(strspn(first + 12, "0123456789abcdef"), 32);
    CHECK_STR(first + 44, "\ntitle: t\n+ 2 x\ntitle: u\n");
    lseek(0, 0, SEEK_SET);
    CHECK_STR(read_source("-", NULL), first);
    dup2(old, 0);
    close(old);
    CHECK_STR(read_source("/dev/null", NULL), "failed 0 []: empty file\n");
}

static void
long_fields(void)
{
    struct buf b;
    const char *got;

    buf_init(&b, 1 << 20);
    for (int i = 0; i < 2; i++) {
        buf_str(&b, STR("{\"id\":\""));
        for (int k = 0; k < 3000; k++)
            buf_str(&b, STR("\xC3\xA9"));
        buf_printf(&b, "%d\",\"title\":\"t\"}\n", i);
    }
    got = read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 2);
    CHECK(got[4] == '\xC3' && strlen(got) > 8000);
    CHECK(strncmp(got, got + strlen(got) / 2, 4) != 0); /* + 1, + 2 */
    CHECK(strncmp(got + 4, got + strlen(got) / 2 + 4, 4096) != 0);
    buf_reset(&b);
    buf_str(&b, STR("{\"id\":1,\"title\":\""));
    for (int k = 0; k < 100000; k++)
        buf_str(&b, STR("\xC3\xA9"));
    buf_str(&b, STR("\"}\n"));
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, 1);
    buf_free(&b);
}

/* ---- articles that are handed over -------------------------------------- */

static const char *
hand_over(const struct morgue_article *a)
{
    struct morgue_error err;

    seen_reset();
    CHECK_INT(reading_article(a, &seen_sink, &err), MORGUE_OK);
    CHECK_INT(seen.wrong, 0);
    return buf_view(&seen.log).s;
}

static void
articles_are_cleaned(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT, empty = a;

    CHECK(strncmp(hand_over(&empty), "skipped 0 [content-", 19) == 0);
    a.title = STR("  a\n\tb\xFF  c \x9B\xC2\x9B d\n");
    a.body = STR(" as\0it is \n");
    a.author = STR(" A. Other \r\n\n B. Other\n");
    a.lang = STR("EN-us");
    a.url = STR("http://c/1");
    CHECK_STR(hand_over(&a), "+ 0 http://c/1 repaired\nurl: http://c/1\n"
                             "title: a  b\xEF\xBF\xBD  c \xEF\xBF\xBD  d\n"
                             "author: A. Other\\nB. Other\nlang: en\n"
                             "body:  as\xEF\xBF\xBDit is \\n\n");
    a = empty;
    a.id = STR("x");
    a.title = STR(" \n");
    CHECK_STR(hand_over(&a), "skipped 0 [x]: no text\n");
    a.body = STR("b");
    a.lang = STR("no language at all");
    CHECK_STR(hand_over(&a), "+ 0 x\nbody: b\n");
}

static enum morgue_status
check_format(const char *name)
{
    return source_how_check(&(struct source_how){.format = name}, NULL);
}

static void
formats_have_names(void)
{
    struct morgue_format f = MORGUE_FORMAT_INIT;

    for (size_t i = 0; morgue_format_get(i, &f); i++) {
        CHECK(check_format(f.name) == MORGUE_OK);
        CHECK(f.what[0] != '\0');
    }
    CHECK(check_format(NULL) == MORGUE_OK);
    CHECK(check_format("") == MORGUE_USAGE);
    CHECK(check_format("JSONL") == MORGUE_USAGE);
}

/* A status of the sink ends the reading and comes back. */
static enum morgue_status
refuse(const struct morgue_article *a, const struct morgue_origin *origin,
       void *payload, struct morgue_error *err)
{
    int *n = payload;

    (void)a;
    (void)origin;
    return ++*n == 2 ? error_set(err, MORGUE_BUSY, "no more") : MORGUE_OK;
}

static void
the_sink_may_end_it(void)
{
    static const char *const data[] = {
        "{\"title\":\"a\"}\n{\"title\":\"b\"}\n{\"title\":\"c\"}\n",
        "[{\"title\":\"a\"},{\"title\":\"b\"},{\"title\":\"c\"}]",
        "<REUTERS><TEXT><TITLE>a</TITLE></TEXT></REUTERS>"
        "<REUTERS><TEXT><TITLE>b</TITLE></TEXT></REUTERS>"
        "<REUTERS><TEXT><TITLE>c</TITLE></TEXT></REUTERS>",
    };

    for (size_t i = 0; i < 3; i++) {
        int n = 0;
        struct sink sink = {refuse, seen_problem, &n, NULL, MORGUE_ID_NONE};
        struct morgue_error err = {0};

        write_file("f", str_of(data[i]));
        CHECK_INT(source_read(in_folder("f"), NULL, &sink, &err), MORGUE_BUSY);
        CHECK_STR(err.message, "no more");
        CHECK_INT(n, 2);
    }
}

int
main(void)
{
    begin_folder();
    RUN(folders_in_order);
    RUN(links_and_devices);
    RUN(links_inside_are_followed);
    RUN(links_anywhere_are_followed);
    RUN(a_source_may_be_a_link);
    RUN(names_that_change);
    RUN(folders_of_the_kernel);
    RUN(a_pipe_called_morgue);
    RUN(what_is_not_there);
    RUN(many_folders);
    RUN(what_is_no_text);
    RUN(gzipped_by_content);
    RUN(truncated_gzip);
    RUN(standard_input);
    RUN(long_fields);
    RUN(articles_are_cleaned);
    RUN(formats_have_names);
    RUN(the_sink_may_end_it);
    return end_folder();
}
