/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_nitf.c - tests of NITF, and of XML sources as such
 */
#include "source_help.h"

#define NITF(docdata, body_head, content)                                     \
    "<nitf><head><docdata>" docdata "</docdata></head><body><body.head>"      \
    "<hedline><hl1>T</hl1></hedline>" body_head                               \
    "</body.head><body.content>" content "</body.content></body></nitf>"

static void
every_field(void)
{
    CHECK_STR(
        READ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
             "<!-- <rss> -->\n<!DOCTYPE nitf SYSTEM \"nitf-3-2.dtd\">\n"
             "<nitf baselang=\"en-GB\"><head><title>slug</title>"
             "<meta name=\"desk-code\" content=\"N4\"/>"
             "<tobject tobject.type=\"news\"><tobject.subject "
             "tobject.subject.refnum=\"04011002\" "
             "tobject.subject.type=\"Economy\" "
             "tobject.subject.detail=\"Fishing\"/></tobject>"
             "<docdata management-status=\"usable\">"
             "<doc-id id-string=\"hc.1934.7\" regsrc=\"HC\"/>"
             "<du-key key=\"tides\" version=\"3\"/><urgency ed-urg=\"4\"/>"
             "<evloc city=\"Lurne\" state-prov=\"Vessenia\"/>"
             "<date.issue norm=\"20040506T101500+0200\"/>"
             "<date.release norm=\"20040506T120000Z\"/>"
             "<date.expire norm=\"20040601\"/><ed-msg info=\"hold\"/>"
             "<doc.copyright holder=\"Halden Courier\" year=\"2004\"/>"
             "<key-list><keyword key=\"tides\"/><keyword>ferries</keyword>"
             "</key-list><identified-content><org>Vessen Line</org>"
             "<location><city>Castrel</city>, <country>Vessenia</country>"
             "</location><classifier type=\"c\" value=\"x1\"/>"
             "</identified-content></docdata>"
             "<pubdata name=\"The Halden Courier\" "
             "ex-ref=\"https://hc.example/7\" position.section=\"North\"/>"
             "</head><body><body.head><hedline><hl1>Tide <em>tables</em>\n"
             "</hl1><hl2>For the week</hl2></hedline>"
             "<byline>By <person>Ada Prell</person> and <person>Bo Lind"
             "</person><byttl>Sea desk</byttl></byline>"
             "<dateline><location>PORT HALDEN</location>, May 6"
             "<story.date norm=\"20040506\">6.5.</story.date></dateline>"
             "<abstract><p>Low water at six.</p></abstract></body.head>"
             "<body.content><p>One.</p></body.content></body></nitf>\n"),
        "+ 1 hc.1934.7\n"
        "url: https://hc.example/7\n"
        "title: Tide tables\n"
        "section: North\n"
        "source: The Halden Courier\n"
        "author: Ada Prell\\nBo Lind\n"
        "lang: en\n"
        "places: Lurne\\nVessenia\\nCastrel\n"
        "topics: tides\\nferries\\nVessen Line\\nFishing\\nEconomy\n"
        "dateline: PORT HALDEN, May 6\n"
        "extra: regsrc: HC\\ndu-key: tides\\ned-msg: hold\\ndesk-code: N4\\n"
        "subject: 04011002\\nurgency: 4\\ncopyright: Halden Courier\\n"
        "copyright-year: 2004\\ntype: news\\nexpires: 20040601\\n"
        "subheadline: For the week\\nbyline-title: Sea desk\\n"
        "abstract: Low water at six.\n"
        "date_source: NITF date.issue\n"
        "version: 3\n"
        "embargo: 2004-05-06T12:00:00Z\n"
        "body: One.\n"
        "date: 2004-05-06T08:15:00Z\n");
}

/* What is told of the story's state. */
static void
state(void)
{
    static const struct {
        const char *docdata, *want;
    } rows[] = {
        {"<docdata management-status='canceled'/>", "status: canceled\n"},
        {"<docdata management-status='withheld'/>", "status: withheld\n"},
        {"<docdata management-status='embargoed'/>", "status: withheld\n"},
        {"<docdata><ed-msg msg-type='correction' info='x'/></docdata>",
         "status: corrected\n"},
        {"<docdata management-status='usable'><correction info='x'/>"
         "</docdata>",
         "status: corrected\n"},
        {"<docdata management-status='embargoed'><date.release "
         "norm='20050101T060000+0100'/></docdata>",
         "embargo: 2005-01-01T05:00:00Z\n"},
        {"<docdata><date.issue norm='20040506T000000Z'/><date.release "
         "norm='20040507T000000Z'/></docdata>",
         "embargo: 2004-05-07T00:00:00Z\n"},
    };
    char file[600];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(file, sizeof file,
                 "<nitf><head><title>T</title>%s</head></nitf>",
                 rows[i].docdata);
        CHECK(strstr(read_bytes(str_of(file), NULL), rows[i].want));
    }
    /* Released when it was issued, and at no time at all: no embargo. */
    READ(NITF("<date.issue norm='20040506T000000Z'/>"
              "<date.release norm='20040506T000000Z'/>",
              "", "<p>x</p>"));
    CHECK(!strstr(buf_view(&seen.log).s, "embargo"));
    READ(NITF("<date.release norm='YYYYMMDD000000'/>", "", "<p>x</p>"));
    CHECK(!strstr(buf_view(&seen.log).s, "embargo: "));
    CHECK(!strstr(buf_view(&seen.log).s, "status"));
}

static void
dates(void)
{
    READ("<nitf><head><title>T</title><pubdata "
         "date.publication='20040506T000000Z'/></head></nitf>");
    CHECK(
        strstr(buf_view(&seen.log).s, "date_source: NITF date.publication\n"));
    READ(NITF("", "<dateline><story.date norm='2004-05-06'/></dateline>", ""));
    CHECK(strstr(buf_view(&seen.log).s, "date: 2004-05-06\n"));
    CHECK(strstr(buf_view(&seen.log).s, "date_source: NITF story.date\n"));
}

/* The body that is made of content, or NULL. */
static const char *
body(const char *content)
{
    static char room[2000];
    const char *at, *end;
    char file[2000];

    snprintf(file, sizeof file,
             "<nitf><body><body.head><hedline><hl1>T</hl1></hedline>"
             "</body.head><body.content>%s</body.content></body></nitf>",
             content);
    at = strstr(read_bytes(str_of(file), NULL), "\nbody: ");
    if (!at)
        return NULL;
    at += 7;
    end = strchr(at, '\n');
    snprintf(room, sizeof room, "%.*s", (int)(end - at), at);
    return room;
}

static void
texts(void)
{
    CHECK_STR(body("<p>One\n <person>Ada</person>&nbsp;x.</p>\n"
                   "<p>Two<br/>lines.</p><hl2>Head</hl2>Bare."),
              "One Ada x.\\n\\nTwo\\nlines.\\n\\nHead\\n\\nBare.");
    CHECK_STR(body("<ul><li>a</li><li>b</li></ul><table><tr><th>Town</th>"
                   "<th>High</th></tr><tr><td>Lurne</td><td>6.10</td></tr>"
                   "</table>"),
              "a\\nb\\n\\nTown High\\nLurne 6.10");
    CHECK_STR(body("<block><media media-type='image'><media-caption>A boat"
                   "</media-caption></media><byline>By X</byline><p>a</p>"
                   "</block><note><body.content><p>npa</p></body.content>"
                   "</note><pre>b\nc</pre>"),
              "a\\n\\nb\\nc");
    CHECK_STR(body("<block class='lead_paragraph'><p>a</p></block>"
                   "<block class='full_text'><p>a</p><p>b</p></block>"),
              "a\\n\\nb");
    CHECK_STR(body("<block class='lead_paragraph'><p>a</p></block>"), "a");
    CHECK(!body("<media><media-caption>A boat</media-caption></media>"));
}

static void
no_text(void)
{
    CHECK_STR(READ("<nitf><head/><body/></nitf>"),
              "skipped 1 [DIR/f#1]: no text\n");
    CHECK_STR(READ("<nitf/>"), "skipped 1 [DIR/f#1]: no text\n");
}

/* In namespaces and in what else is around it. */
static void
envelopes(void)
{
    CHECK_STR(READ("<?xml version='1.0'?><env><a/><n:nitf xmlns:n='urn:n'>"
                   "<n:head><n:title>T</n:title></n:head></n:nitf><n:nitf "
                   "xmlns:n='urn:n'><n:head><n:title>U</n:title></n:head>"
                   "</n:nitf></env>"),
              "+ 1 DIR/f#1\ntitle: T\n+ 2 DIR/f#2\ntitle: U\n");
    CHECK_STR(READ("<?xml version='1.0'?><env><nitfy/></env>"),
              "failed 0 []: is XML or other markup, which is not read; it "
              "begins with <env>\n");
}

#define ONE(title) "<nitf><head><title>" title "</title></head></nitf>"

/* One behind the other, with what wires put between. */
static void
several_documents(void)
{
    CHECK_STR(
        READ("\n ZCZC 12\n<?xml version='1.0' encoding='iso-8859-1'?>\n" ONE(
            "caf\xE9") "\nNNNN\n<?xml version='1.0'?>" ONE("\xC3\xA9t\xC3\xA9")
                 ONE("u") "\x1A"),
        "+ 1 DIR/f#1 converted\ntitle: caf\xC3\xA9\n"
        "+ 2 DIR/f#2\ntitle: \xC3\xA9t\xC3\xA9\n"
        "+ 3 DIR/f#3\ntitle: u\n");
    /* A broken one does not keep the next from being read. */
    CHECK_STR(
        READ("<?xml version='1.0'?>\n" ONE(
            "a") "\n<nitf><head><b></head>\n"
                 "<?xml version='1.0'?>\n" ONE(
                     "b") "<?xml version='1.0'?>\n<nitf><head>\n"
                          "<?xml version='1.0'?>\n" ONE("c")),
        "+ 1 DIR/f#1\ntitle: a\n"
        "failed 2 []: line 3: Opening and ending tag mismatch: b line 3 and "
        "head\n"
        "+ 3 DIR/f#3\ntitle: b\n"
        "failed 4 []: line 7: the text ends inside of <head>\n"
        "+ 5 DIR/f#5\ntitle: c\n");
    /* A document in a document's string is none of the file's. */
    CHECK_STR(READ("<nitf><head><title><![CDATA[x\n<?xml version='1.0'?>y]]>"
                   "</title></head></nitf>"),
              "+ 1 DIR/f#1\ntitle: x <?xml version='1.0'?>y\n");
}

static void
charsets(void)
{
    CHECK_STR(READ("<?xml version=\"1.0\" encoding = 'iso-8859-2' ?>" ONE(
                  "\xB1 za\xBF\xF3\xB3\xE6")),
              "+ 1 DIR/f#1 converted\ntitle: \xC4\x85 za\xC5\xBC\xC3\xB3"
              "\xC5\x82\xC4\x87\n");
    /* Declared wrongly, and not at all. */
    CHECK_STR(
        READ("<?xml version='1.0' encoding='iso-8859-1'?>" ONE("\xC3\xA9")),
        "+ 1 DIR/f#1\ntitle: \xC3\xA9\n");
    CHECK_STR(READ(ONE("\xE9")), "+ 1 DIR/f#1 converted\ntitle: \xC3\xA9\n");
    CHECK_STR(READ("\xEF\xBB\xBF" ONE("x")), "+ 1 DIR/f#1\ntitle: x\n");
    CHECK_STR(READ("\xFF\xFE<\0n\0i\0t\0f\0>\0<\0h\0e\0a\0d\0>\0<\0t\0i\0t\0l"
                   "\0e\0>\0\x42\x04<\0/\0t\0i\0t\0l\0e\0>\0<\0/\0h\0e\0a\0d"
                   "\0>\0<\0/\0n\0i\0t\0f\0>\0"),
              "+ 1 DIR/f#1 converted\ntitle: \xD1\x82\n");
    CHECK_STR(READ("<?xml version='1.0' encoding='windows-1250'?>" ONE("a\x83")
                       ONE("b")),
              "+ 1 DIR/f#1 converted repaired\ntitle: a\xEF\xBF\xBD\n"
              "+ 2 DIR/f#2\ntitle: b\n");
}

/* What breaks off, after what was whole. */
static void
cut_short(void)
{
    CHECK_STR(READ(ONE("a") "\n<nitf><head>"),
              "+ 1 DIR/f#1\ntitle: a\n"
              "failed 2 []: line 2: the text ends inside of <head>\n");
    CHECK_STR(READ(ONE("a") "\n<ni"),
              "+ 1 DIR/f#1\ntitle: a\n"
              "failed 0 []: line 2: the text ends inside of a tag or a "
              "comment\n");
}

/* A declaration may lie on any edge of what is read at once. */
static void
long_files(void)
{
    struct buf b;

    buf_init(&b, 1 << 24);
    for (int i = 0; i < 12000; i++)
        buf_printf(&b,
                   "<?xml version='1.0'?>\n<nitf><head><title>%d"
                   "</title></head></nitf>\n",
                   i);
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    seen.quiet = false;
    CHECK_INT(seen.records, 12000);
    CHECK_INT(seen.failed, 0);
    buf_reset(&b);
    buf_str(&b, STR("<nitf><body><body.content><p>"));
    for (int i = 0; i < 300000; i++)
        buf_str(&b, STR("\xC3\xA9"));
    buf_str(&b, STR("</p></body.content></body></nitf>"));
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 1);
    CHECK_INT(seen.repaired + seen.converted, 0);
    CHECK(seen.log.len > 600000);
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(every_field);
    RUN(state);
    RUN(dates);
    RUN(texts);
    RUN(no_text);
    RUN(envelopes);
    RUN(several_documents);
    RUN(charsets);
    RUN(cut_short);
    RUN(long_files);
    return end_folder();
}
