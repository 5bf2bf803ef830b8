/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source.c - files, folders, formats, charsets; texts, heads and SGML
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <zlib.h>

#include "source_help.h"

/* ---- texts -------------------------------------------------------------- */

static void
texts_of_sites(void)
{
    READS(NULL,
          "Politics\n\nCouncil votes on the bridge again\n\nThe council "
          "voted.\n\nIt was late.\n\nSource: The Courier\n\nMore In Politics "
          "MORE...\n",
          "+ id=FILE title=Council votes on the bridge again "
          "section=Politics source=The Courier body=The council "
          "voted.\\n\\nIt was late.\n");
    READS(NULL,
          "Middle East\n\nTalks are to go on in spring\nBy A. Other\n3 May "
          "1934\n\nThe talks.\nMore.\n\nRead more\nShare\n\xC2\xA9 2024 C\n"
          "QUELLE : Bote\n",
          "+ id=FILE title=Talks are to go on in spring section=Middle East "
          "source=Bote author=A. Other body=The talks.\\nMore. "
          "date=1934-05-03\n");
    READS(NULL, "A headline here\r\n\r\n  One.\r\n\r\nTwo. \r\n\r\n",
          "+ id=FILE title=A headline here body=  One.\r\\n\r\\nTwo. \n");
}

static void
headlines(void)
{
    READS(NULL, "Home beat away in the rain\n\nIt rained. All day.\n",
          "+ id=FILE title=Home beat away in the rain body=It rained. All "
          "day.\n");
    /* No section: it does not look like the name of one. */
    READS(NULL,
          "Home through on penalties\n\nHome win 4-2 on penalties "
          "now\n\nText.\n",
          "+ id=FILE title=Home through on penalties body=Home win 4-2 on "
          "penalties now\\n\\nText.\n");
    READS(NULL, "The prices rise...\n\nText.\n",
          "+ id=FILE title=The prices rise... body=Text.\n");
    READS(NULL, "The new man of the U.S.\n\nText.\n",
          "+ id=FILE title=The new man of the U.S. body=Text.\n");
    READS(NULL, "This is a whole sentence, as it ends with a stop.\n\nNext.\n",
          "+ id=FILE body=This is a whole sentence, as it ends with a "
          "stop.\\n\\nNext.\n");
    READS(NULL,
          "Short first line\nThen a line that is much longer than it.\nEnd.\n",
          "+ id=FILE title=Short first line body=Then a line that is much "
          "longer than it.\\nEnd.\n");
    READS(NULL,
          "Text that is wrapped by hand, line\nafter line, has no headline "
          "at\nall.\n",
          "+ id=FILE body=Text that is wrapped by hand, line\\nafter line, "
          "has no headline at\\nall.\n");
    READS(NULL, "Only one line\n", "+ id=FILE title=Only one line\n");
    READS(NULL, "Only one line, but a sentence.\n",
          "+ id=FILE body=Only one line, but a sentence.\n");
}

static void
ends_are_not_cut_into(void)
{
    READS(NULL,
          "The headline\n\nText.\n\nShare prices fell for a third day on "
          "Monday, as was said.\n",
          "+ id=FILE title=The headline body=Text.\\n\\nShare prices fell "
          "for a third day on Monday, as was said.\n");
    READS(NULL, "The headline\n\nRead more\n\nText.\n",
          "+ id=FILE title=The headline body=Read more\\n\\nText.\n");
    READS(NULL, "The headline\n\nText.\n\nComments on it were not to be had\n",
          "+ id=FILE title=The headline body=Text.\\n\\nComments on it were "
          "not to be had\n");
    READS(NULL,
          "The headline\n\nBy the end of the week the council\nhad voted.\n",
          "+ id=FILE title=The headline body=By the end of the week the "
          "council\\nhad voted.\n");
}

static void
not_json_and_not_sgml(void)
{
    READS(NULL, "[Note: this is text]\n\nIt is.\n",
          "+ id=FILE title=[Note: this is text] body=It is.\n");
    READS(NULL, "{note}\n\nIt is.\n", "+ id=FILE title={note} body=It is.\n");
    READS(NULL, "News of the agency\n\nIt writes <REUTERS > on top.\n",
          "+ id=FILE title=News of the agency body=It writes <REUTERS > on "
          "top.\n");
}

/* ---- heads -------------------------------------------------------------- */

static void
heads(void)
{
    READS(NULL,
          "Title: The crane\nDate: 3 May 1911\nAuthor: A. B.; C. D.\nTopics: "
          "harbour; work\nSubtitle: of forty\n  tons\nURL: http://x/1\n\n  It "
          "lifts.\n\nAll.\n\n",
          "+ id=http://x/1 url=http://x/1 title=The crane author=A. B.\\nC. "
          "D. topics=harbour\\nwork extra=Subtitle: of forty tons body=  It "
          "lifts.\\n\\nAll. date=1911-05-03\n");
    READS(NULL, "Titel: Die Bahn\nDatum: 2003-04-05\n\nSie f\xC3\xA4hrt.\n",
          "+ id=FILE title=Die Bahn body=Sie f\xC3\xA4hrt. date=2003-04-05\n");
    /* One known key is no head. */
    READS(NULL, "Title: what is in a name\n\nText.\n",
          "+ id=FILE title=Title: what is in a name body=Text.\n");
    READS("heads", "No heads\n\nText.\n",
          "! 0: does not begin with `Key: value` lines\n");
    READS(NULL,
          "Title: \xA3\xF3"
          "d\xBC\nDate: 1999\nContent-Type: text/plain; "
          "charset=ISO-8859-2\n\n\xA3\xF3"
          "d\xBC.\n",
          "+~ id=FILE title=\xC5\x81\xC3\xB3"
          "d\xC5\xBA "
          "extra=Content-Type: text/plain; charset=ISO-8859-2 "
          "body=\xC5\x81\xC3\xB3"
          "d\xC5\xBA. date=1999\n");
}

/* ---- SGML --------------------------------------------------------------- */

#define RECORD(id, text)                                                      \
    "<REUTERS TOPICS=\"YES\" NEWID=\"" id "\">\n<DATE>26-FEB-1987 "           \
    "15:01:01.79</DATE>\n" text "\n</REUTERS>\n"

static void
sgml(void)
{
    READS(NULL,
          "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n" RECORD(
              "1",
              "<TOPICS><D>cocoa</D><D>tea</D></TOPICS>\n<PLACES><D>usa</D>"
              "</PLACES><PEOPLE><D>a</D><D>b</D></PEOPLE><ORGS></ORGS>"
              "<TEXT>&#2;\n<TITLE>A &lt;B>\nC</TITLE>\n<AUTHOR>  By "
              "X</AUTHOR><DATELINE>    SALVADOR, Feb 26 - "
              "</DATELINE><BODY>One &amp;lt; two.\n\n  Three\n Reuter\n&#3;"
              "</BODY></TEXT>"),
          "+ id=1 title=A <B> C source=Reuters author=By X lang=en places=usa "
          "topics=cocoa\\ntea dateline=SALVADOR, Feb 26 - extra=people: a, b "
          "body=One &lt; two.\\n\\n  Three\\n Reuter\\n "
          "date=1987-02-26T15:01:01Z\n");
    READS(NULL,
          RECORD("2", "<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>T "
                      "</TITLE>Blah blah blah.\n&#3;\n</TEXT>")
              RECORD("3", "<TEXT TYPE=\"UNPROC\">&#2;\nall &#65;&#x42;\n&#3;"
                          "</TEXT>") RECORD("4", "<TEXT>&#2;&#127;</TEXT>"),
          "+ id=2 title=T source=Reuters lang=en "
          "date=1987-02-26T15:01:01Z\n+ id=3 source=Reuters lang=en "
          "body=\\nall AB\\n date=1987-02-26T15:01:01Z\n- 3: no text\n");
    READS(NULL, RECORD("5", "<TEXT><TITLE>Z\xFCrich</TITLE></TEXT>"),
          "+~ id=5 title=Z\xC3\xBCrich source=Reuters lang=en "
          "date=1987-02-26T15:01:01Z\n");
}

static void
broken_sgml(void)
{
    READS(NULL,
          "<REUTERS NEWID=\"1\"><TEXT><TITLE>cut</TITLE>\n" RECORD(
              "2", "<TEXT><TITLE>whole</TITLE></TEXT>") "<REUTERS "
                                                        "NEWID=\"3\"><TEXT>",
          "! 1: the record has no </REUTERS>\n+ id=2 title=whole "
          "source=Reuters lang=en date=1987-02-26T15:01:01Z\n! 3: the record "
          "has no </REUTERS>\n");
    READS(NULL, "<REUTERS >\n<TEXT><TITLE>no end\n<BODY>goes on </REUTERS>",
          "+ id=FILE#1 title=no end source=Reuters lang=en body=goes on \n");
    READS(NULL, "<REUTERS ></REUTERS></REUTERS><REUTERS x><TEXT><BODY>b",
          "- 1: no text\n! 2: the record has no </REUTERS>\n");
    READS("sgml", "some text", "! 1: has no <REUTERS> record\n");
}

/* Records without end must not take the square of their number. */
static void
many_broken_records(void)
{
    struct buf b;
    struct heard h;

    buf_init(&b, 1 << 26);
    for (int i = 0; i < 300000; i++)
        buf_str(&b, STR("<REUTERS <REUTERS>"));
    scratch_write(b.data, b.len);
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_INT(h.problems, 600000);
    buf_free(&h.text);
    buf_free(&b);
}

/* ---- charsets ----------------------------------------------------------- */

static void
charsets(void)
{
    READS(NULL, "Caf\xE9 opens\n\nIt has \x93quotes\x94 for 5 \x80.\n",
          "+~ id=FILE title=Caf\xC3\xA9 opens body=It has \xE2\x80\x9C"
          "quotes\xE2\x80\x9D for 5 \xE2\x82\xAC.\n");
    READS(NULL, "The byte \x81 has\n\nno meaning.\n",
          "+~? id=FILE title=The byte \xEF\xBF\xBD has body=no meaning.\n");
    READS(NULL,
          "\xCF\xF0\xE8\xE2\xE5\xF2 \xE2\xF1\xE5\xEC, \xFD\xF2\xEE "
          "\xF0\xF3\xF1\xF1\xEA\xE8\xE9 \xF2\xE5\xEA\xF1\xF2\n\n\xCE\xED "
          "\xE4\xEE\xF1\xF2\xE0\xF2\xEE\xF7\xED\xEE \xE4\xEB\xE8\xED\xED"
          "\xFB\xE9.\n",
          "+~ id=FILE title=\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 "
          "\xD0\xB2\xD1\x81\xD0\xB5\xD0\xBC, \xD1\x8D\xD1\x82\xD0\xBE "
          "\xD1\x80\xD1\x83\xD1\x81\xD1\x81\xD0\xBA\xD0\xB8\xD0\xB9 "
          "\xD1\x82\xD0\xB5\xD0\xBA\xD1\x81\xD1\x82 body=\xD0\x9E\xD0\xBD "
          "\xD0\xB4\xD0\xBE\xD1\x81\xD1\x82\xD0\xB0\xD1\x82\xD0\xBE\xD1\x87"
          "\xD0\xBD\xD0\xBE "
          "\xD0\xB4\xD0\xBB\xD0\xB8\xD0\xBD\xD0\xBD\xD1\x8B\xD0\xB9.\n");
    READS(NULL, "\xEF\xBB\xBFWith a mark\n\nText.\n",
          "+ id=FILE title=With a mark body=Text.\n");
    READS(NULL, "\xFF\xFEH\0i\0 \0\xE9\0\n\0\n\0T\0.\0",
          "+~ id=FILE title=Hi \xC3\xA9 body=T.\n");
    READS(NULL, "\xFE\xFF\0H\0i\0\n\0\n\0T\xD8\x3D\xDE\0\xD8\x3D\0.\0",
          "+~? id=FILE title=Hi body=T\xF0\x9F\x98\x80\xEF\xBF\xBD."
          "\xEF\xBF\xBD\n");
    READS(NULL, "\x1b$B$3$s\x1b(B\n\nText.\n",
          "+~ id=FILE title=\xE3\x81\x93\xE3\x82\x93 body=Text.\n");
}

/* ---- files -------------------------------------------------------------- */

static void
no_text(void)
{
    READS(NULL, "", "! 0: empty file\n");
    READS(NULL, " \n\n", "- 0: no text\n");
    READS(NULL, "\xFF\xD8\xFF\xE0 JFIF",
          "! 0: is a JPEG image, which is not read\n");
    READS(NULL, "\x89PNG\r\n\x1a\n",
          "! 0: is a PNG image, which is not read\n");
    READS(NULL, "%PDF-1.4\n", "! 0: is a PDF document, which is not read\n");
    READS(NULL, "PK\x03\x04zip",
          "! 0: is a zip archive or office document, which is not read\n");
    READS(NULL, "SQLite format 3\0",
          "! 0: is an SQLite database, which is not read\n");
    READS(NULL,
          "\x7f"
          "ELF\x02",
          "! 0: is a program, which is not read\n");
    READS(NULL, "abc\0def", "! 0: is binary data, which is not read\n");
    READS("text", "abc\0def", "! 0: is binary data, which is not read\n");
    READS(NULL, "\x01\x02\x03\x04",
          "! 0: is binary data, which is not read\n");
    READS(NULL, "<!doctype HTML><p>x",
          "! 0: is an HTML page, which is not read\n");
    READS(NULL, "<?xml version='1.0'?><a/>",
          "! 0: is XML or other markup, which is not read\n");
    READS(NULL, "<rss><item></item></rss>",
          "! 0: is XML or other markup, which is not read\n");
}

static void
formats(void)
{
    struct heard h;
    struct sink sink;
    struct morgue_error err;

    CHECK(source_format_known("text") && source_format_known("heads"));
    CHECK(source_format_known("jsonl") && source_format_known("sgml"));
    CHECK(!source_format_known("steam") && !source_format_known(""));
    CHECK_STR(source_format_names(), "text, heads, jsonl, sgml");
    READS("text", "{\"title\": \"x\"}\n\nText.\n",
          "+ id=FILE title={\"title\": \"x\"} body=Text.\n");
    READS("jsonl", "x\n{\"id\":1,\"title\":\"t\"}\n",
          "! 1: line 1: lexical error: invalid char in json text.\n+ id=1 "
          "title=t\n");
    heard_init(&h);
    sink = heard_sink(&h);
    CHECK_INT(source_read(scratch_path, "steam", &sink, &err), MORGUE_USAGE);
    CHECK_INT(source_read("/nonexistent/x", NULL, &sink, &err),
              MORGUE_NO_INPUT);
    CHECK(strstr(err.message, "'/nonexistent/x'") != NULL);
    CHECK_INT(h.records + h.problems, 0);
    buf_free(&h.text);
}

/* `data` as gzip, in *out. */
static void
pack(struct buf *out, const char *data, size_t len)
{
    z_stream z = {0};
    char *at = buf_room(out, len + 1000);

    CHECK_INT(
        deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    z.next_in = (Bytef *)(uintptr_t)data;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)at;
    z.avail_out = (uInt)(len + 1000);
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_cut(out, out->len + z.total_out);
    deflateEnd(&z);
}

static void
gzip(void)
{
    static const char last[] = "{\"id\":\"last\",\"title\":\"t\"}\n";
    struct buf plain, packed;
    struct heard h;
    size_t first;

    buf_init(&plain, 1 << 24);
    buf_init(&packed, 1 << 24);
    for (int i = 0; i < 5000; i++)
        buf_printf(&plain, "{\"id\":%d,\"title\":\"t%d %d\"}\n", i, i,
                   i * 7919 % 10007);
    pack(&packed, plain.data, plain.len);
    first = packed.len;
    pack(&packed, last, sizeof last - 1);
    scratch_write(packed.data, packed.len);
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_INT(h.records, 5001);
    CHECK_INT(h.problems, 0);
    buf_free(&h.text);
    for (size_t cut = 3; cut < first; cut += first / 20) {
        scratch_write(packed.data, cut);
        CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
        CHECK_INT(h.problems, 1);
        CHECK(h.records < 5000 && (cut < first / 2 || h.records > 2000));
        CHECK(strstr(buf_view(&h.text).s, "! 0: gzip data is cut short"));
        buf_free(&h.text);
    }
    buf_add(&packed, "rubbish", 7);
    scratch_write(packed.data, packed.len);
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_INT(h.records, 5001);
    CHECK_INT(h.problems, 1);
    buf_free(&h.text);
    buf_free(&plain);
    buf_free(&packed);
}

/* ---- folders ------------------------------------------------------------ */

static char folder[128];

static void
in_folder(const char *name, const char *text)
{
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "wb");
    if (!f)
        CHECK(0);
    else {
        fputs(text, f);
        fclose(f);
    }
}

static const char *
below(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void
make_folder(void)
{
    /* Where another user may come too. */
    snprintf(folder, sizeof folder, "/tmp/morgue-folder-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    in_folder("b.txt", "Second file\n\nText.\n");
    in_folder("a.txt", "First file\n\nText.\n");
    in_folder(".hidden", "Not seen\n\nText.\n");
    CHECK(mkdir(below("sub"), 0755) == 0);
    in_folder("sub/c.jsonl", "{\"title\":\"t\"}\n");
    CHECK(symlink("..", below("sub/up")) == 0);
    CHECK(symlink("sub", below("z-again")) == 0);
    CHECK(symlink("nowhere", below("dangling")) == 0);
    CHECK(mkfifo(below("pipe"), 0644) == 0);
    CHECK(mkdir(below("shut"), 0755) == 0);
    in_folder("shut.txt", "Shut\n\nText.\n");
}

static void
remove_folder(void)
{
    static const char *const names[] = {
        "b.txt", "a.txt",    ".hidden", "sub/c.jsonl", "sub/up",  "sub",
        "pipe",  "dangling", "z-again", "shut",        "shut.txt"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK(remove(below(names[i])) == 0);
    CHECK(rmdir(folder) == 0);
}

static void
folders(void)
{
    struct heard h;
    struct sink sink;
    struct morgue_error err;
    char want[4000];

    make_folder();
    heard_init(&h);
    sink = heard_sink(&h);
    snprintf(want, sizeof want,
             "+ id=%s/a.txt title=First file body=Text.\n"
             "+ id=%s/b.txt title=Second file body=Text.\n"
             "! 0: cannot open '%s/dangling': No such file or directory\n"
             "- 0: not a regular file\n"
             "+ id=%s/shut.txt title=Shut body=Text.\n"
             "+ id=%s/sub/c.jsonl#1 title=t\n"
             "- 0: a folder that was read already, by another name\n"
             "- 0: a folder that was read already, by another name\n",
             folder, folder, folder, folder, folder);
    CHECK_INT(source_read(folder, NULL, &sink, &err), MORGUE_OK);
    CHECK_STR(buf_view(&h.text).s, want);
    buf_free(&h.text);
    remove_folder();
}

/* As somebody who may not read all of it. */
static void
what_may_not_be_read(void)
{
    struct heard h;
    struct sink sink;
    struct morgue_error err;
    bool root = geteuid() == 0;

    make_folder();
    CHECK(chmod(below("shut"), 0) == 0 && chmod(below("shut.txt"), 0) == 0);
    CHECK(chmod(folder, 0755) == 0);
    if (!root || seteuid(65534) == 0) {
        heard_init(&h);
        sink = heard_sink(&h);
        CHECK_INT(source_read(folder, NULL, &sink, &err), MORGUE_OK);
        CHECK_INT(h.records, 3);
        CHECK_INT(h.problems, 6);
        CHECK(strstr(buf_view(&h.text).s, "shut': Permission denied"));
        CHECK(strstr(buf_view(&h.text).s, "shut.txt': Permission denied"));
        CHECK_INT(source_read(below("shut.txt"), NULL, &sink, &err),
                  MORGUE_NO_INPUT);
        buf_free(&h.text);
        if (root)
            CHECK(seteuid(0) == 0);
    }
    CHECK(chmod(below("shut"), 0755) == 0);
    remove_folder();
}

static void
standard_input(void)
{
    static const char text[] =
        "{\"id\":1,\"title\":\"t\"}\n{\"title\":\"u\"}\n"
        "{\"url\":\"v\",\"title\":\"w\"}\n";
    struct heard h;
    struct sink sink;
    int old = dup(STDIN_FILENO), fd;

    scratch_write(text, sizeof text - 1);
    fd = open(scratch_path, O_RDONLY);
    CHECK(fd >= 0 && dup2(fd, STDIN_FILENO) >= 0);
    heard_init(&h);
    sink = heard_sink(&h);
    CHECK_INT(source_read("-", NULL, &sink, NULL), MORGUE_OK);
    CHECK(strncmp(buf_view(&h.text).s, "+ id=1 title=t\n+ id=content-", 28) ==
          0);
    CHECK(strstr(buf_view(&h.text).s, "\n+ id=v url=v title=w\n"));
    CHECK_INT(h.bad, 0);
    buf_free(&h.text);
    if (old >= 0) {
        dup2(old, STDIN_FILENO);
        close(old);
    }
    close(fd);
}

static void
ceilings_of_fields(void)
{
    struct buf b;
    struct heard h;

    buf_init(&b, 1 << 22);
    buf_str(&b, STR("{\"id\":\""));
    for (int i = 0; i < 3000; i++)
        buf_str(&b, STR("\xC3\xA9"));
    buf_str(&b, STR("x\",\"title\":\""));
    for (int i = 0; i < 60000; i++)
        buf_str(&b, STR("\xE2\x82\xAC"));
    buf_str(&b, STR("\"}\n"));
    scratch_write(b.data, b.len);
    CHECK_INT(heard_file(&h, NULL), MORGUE_OK);
    CHECK_INT(h.records, 1);
    CHECK_INT(h.text.len, 5 + 4096 + 7 + 65535 + 1);
    buf_free(&h.text);
    buf_free(&b);
}

int
main(void)
{
    RUN(texts_of_sites);
    RUN(headlines);
    RUN(ends_are_not_cut_into);
    RUN(not_json_and_not_sgml);
    RUN(heads);
    RUN(sgml);
    RUN(broken_sgml);
    RUN(many_broken_records);
    RUN(charsets);
    RUN(no_text);
    RUN(formats);
    RUN(gzip);
    RUN(folders);
    RUN(what_may_not_be_read);
    RUN(standard_input);
    RUN(ceilings_of_fields);
    scratch_remove();
    return test_end();
}
