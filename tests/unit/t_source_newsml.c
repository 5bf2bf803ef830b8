/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_newsml.c - tests of NewsML-G2, NewsML 1.2 and the Reuters Corpora
 */
#include "source_help.h"

static void
g2_every_field(void)
{
    CHECK_STR(
        READ("<?xml version=\"1.0\"?>\n<n:newsMessage "
             "xmlns:n=\"http://iptc.org/std/nar/2006-10-01/\"><n:header/>"
             "<n:itemSet><n:newsItem guid=\"urn:newsml:hc.example:7\" "
             "version=\"4\" xml:lang=\"de\"><n:rightsInfo>"
             "<n:copyrightNotice>(c) HC</n:copyrightNotice></n:rightsInfo>"
             "<n:itemMeta><n:itemClass qcode=\"ninat:text\"/>"
             "<n:provider literal=\"hc.example\"><n:name>Halden Courier"
             "</n:name></n:provider>"
             "<n:versionCreated>2004-05-06T10:00:00+02:00</n:versionCreated>"
             "<n:firstCreated>2004-05-05</n:firstCreated>"
             "<n:embargoed>2004-05-07T00:00:00Z</n:embargoed>"
             "<n:pubStatus qcode=\"stat:usable\"/>"
             "<n:edNote>Recasts</n:edNote><n:signal qcode=\"sig:correction\"/>"
             "</n:itemMeta><n:contentMeta><n:urgency>3</n:urgency>"
             "<n:headline role=\"hld:subHeadline\">Below</n:headline>"
             "<n:headline>Ferry  back</n:headline><n:by>By Ada Prell</n:by>"
             "<n:dateline>LURNE, May 6 -</n:dateline>"
             "<n:located><n:name>Lurne</n:name><n:broader><n:name>Vessenia"
             "</n:name></n:broader></n:located><n:language tag=\"en-GB\"/>"
             "<n:subject qcode=\"hcdepartment:1\"><n:name>Harbour</n:name>"
             "</n:subject><n:subject type=\"cpnat:geoArea\"><n:name>Castrel"
             "</n:name></n:subject><n:subject qcode=\"subj:04000000\"/>"
             "<n:keyword>ferries</n:keyword></n:contentMeta><n:contentSet>"
             "<n:inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><head>"
             "<title>no</title></head><body><header><h1>no</h1></header>"
             "<p>One.</p><figure><figcaption>no</figcaption></figure>"
             "<p>Two.</p></body></html></n:inlineXML></n:contentSet>"
             "</n:newsItem></n:itemSet></n:newsMessage>"),
        "+ 1 urn:newsml:hc.example:7\n"
        "title: Ferry back\n"
        "section: Harbour\n"
        "source: Halden Courier\n"
        "author: Ada Prell\n"
        "lang: en\n"
        "places: Lurne\\nVessenia\\nCastrel\n"
        "topics: Harbour\\nferries\n"
        "dateline: LURNE, May 6 -\n"
        "extra: firstCreated: 2004-05-05\\nsignal: sig:correction\\n"
        "edNote: Recasts\\nheadline: Below\\nurgency: 3\\n"
        "subject: subj:04000000\\ncopyright: (c) HC\n"
        "date_source: NewsML-G2 versionCreated\n"
        "status: corrected\n"
        "version: 4\n"
        "embargo: 2004-05-07T00:00:00Z\n"
        "body: One.\\n\\nTwo.\n"
        "date: 2004-05-06T08:00:00Z\n");
}

static void
reuters_corpora(void)
{
    CHECK_STR(
        READ(
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\" ?>\n"
            "<newsitem itemid=\"77\" id=\"root\" date=\"1936-08-20\" "
            "xml:lang=\"en\"><title>LURNE: Caf\xE9 opens.</title>"
            "<headline>Caf\xE9 opens.</headline><byline>By Ada Prell</byline>"
            "<dateline>LURNE</dateline><text>\n<p>One &amp; two.</p>\n"
            "<p>Three.</p></text><copyright>(c) HC</copyright><metadata>"
            "<codes class=\"bip:countries:1.0\"><code code=\"VESS\">"
            "<editdetail attribution=\"x\"/></code></codes>"
            "<codes class=\"bip:topics:1.0\"><code code=\"M14\"/>"
            "<code code=\"MCAT\"/></codes><codes class=\"bip:industries:1.0\">"
            "<code code=\"I0\"/></codes><codes/>"
            "<dc element=\"dc.publisher\" value=\"Halden Courier\"/>"
            "<dc element=\"dc.date.published\" value=\"1936-08-21\"/>"
            "<dc element=\"dc.creator.location\" value=\"Lurne\"/>"
            "</metadata></newsitem>\n<?xml version=\"1.0\"?>"
            "<newsitem date=\"1936-08-22\"><title>T</title><text>Four.</text>"
            "</newsitem><?xml version=\"1.0\"?><newsitem itemid=\"79\">"
            "<title>No text.</title><text/></newsitem>"),
        "+ 1 77 converted\n"
        "title: Caf\u00e9 opens.\n"
        "source: Halden Courier\n"
        "author: Ada Prell\n"
        "lang: en\n"
        "places: Lurne\n"
        "topics: M14\\nMCAT\n"
        "dateline: LURNE\n"
        "extra: country: VESS\\nindustry: I0\\ncopyright: (c) HC\n"
        "date_source: RCV dc.date.published\n"
        "body: One & two.\\n\\nThree.\n"
        "date: 1936-08-21\n"
        "+ 2 DIR/f#2\n"
        "title: T\n"
        "date_source: RCV date\n"
        "body: Four.\n"
        "date: 1936-08-22\n"
        "+ 3 79\n"
        "title: No text.\n");
}

#define ITEM(meta, content)                                                   \
    "<newsItem guid='g'><itemMeta>" meta "</itemMeta><contentSet>" content    \
    "</contentSet></newsItem>"

static void
g2_content(void)
{
    static const struct {
        const char *content, *want;
    } rows[] = {
        {"<inlineXML><nitf><head><title>T</title></head><body><body.content>"
         "<p>a</p><p>b</p></body.content></body></nitf></inlineXML>",
         "title: T\nbody: a\\n\\nb\n"},
        {"<inlineData contenttype='text/plain'>a\n\nb</inlineData>",
         "body: a\\n\\nb\n"},
        {"<inlineData>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b &amp;amp; c</inlineData>",
         "body: a\\n\\nb & c\n"},
        {"<inlineXML><html><body/></html></inlineXML><inlineData>a"
         "</inlineData>",
         "body: a\n"},
    };
    char file[900], want[900];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(file, sizeof file, ITEM("", "%s"), rows[i].content);
        snprintf(want, sizeof want, "+ 1 g\n%s", rows[i].want);
        CHECK_STR(read_bytes(str_of(file), NULL), want);
    }
}

static void
g2_no_articles(void)
{
    static const char message[] =
        "<newsMessage><itemSet><packageItem guid='p'/>"
        "<newsItem guid='g'><itemMeta><itemClass qcode='ninat:picture'/>"
        "</itemMeta></newsItem><conceptItem guid='c'/>"
        "<knowledgeItem guid='k'/><planningItem guid='l'/>"
        "<newsItem guid='r'><contentSet><remoteContent href='x'/>"
        "</contentSet></newsItem></itemSet></newsMessage>";

    CHECK_STR(read_bytes(str_of(message), NULL),
              "skipped 1 [p]: a package, which points at other items\n"
              "skipped 2 [g]: a picture, not an article\n"
              "skipped 3 [c]: a concept, not an article\n"
              "skipped 4 [k]: a list of concepts, not an article\n"
              "skipped 5 [l]: a plan of coverage, not an article\n"
              "skipped 6 [r]: its text is elsewhere\n");
    CHECK_STR(READ(ITEM("<pubStatus qcode='stat:canceled'/>", "")),
              "+ 1 g\nstatus: canceled\n");
}

static void
newsml_every_field(void)
{
    CHECK_STR(
        READ("<?xml version=\"1.0\"?><NewsML><NewsEnvelope><DateAndTime>"
             "20040508</DateAndTime></NewsEnvelope><NewsItem xml:lang=\"de\">"
             "<Identification><NewsIdentifier><ProviderId>hc.example"
             "</ProviderId><DateId>20040506</DateId><NewsItemId>F7"
             "</NewsItemId><RevisionId Update=\"U\">3</RevisionId>"
             "<PublicIdentifier>urn:newsml:hc.example:20040506:F7:3U"
             "</PublicIdentifier></NewsIdentifier></Identification>"
             "<NewsManagement><FirstCreated>20040506T080000Z</FirstCreated>"
             "<ThisRevisionCreated>20040506T100000+0200</ThisRevisionCreated>"
             "<Status FormalName=\"Embargoed\"/><StatusWillChange>"
             "<FutureStatus FormalName=\"Usable\"/><DateAndTime>"
             "20040507T000000Z</DateAndTime></StatusWillChange>"
             "</NewsManagement><NewsComponent><TopicSet><Topic><FormalName>"
             "0400</FormalName><Description Variant=\"Name\" xml:lang=\"fr\">"
             "mer</Description><Description xml:lang=\"en\">sea</Description>"
             "</Topic></TopicSet><NewsLines><HeadLine><![CDATA[Ferry back]]>"
             "</HeadLine><ByLine>By Ada Prell</ByLine><DateLine>LURNE"
             "</DateLine><KeywordLine>ferries</KeywordLine></NewsLines>"
             "<AdministrativeMetadata><Provider><Party FormalName=\"HC\"/>"
             "</Provider></AdministrativeMetadata><DescriptiveMetadata>"
             "<Language FormalName=\"en\"/><SubjectCode><Subject "
             "FormalName=\"0400\"/><SubjectMatter FormalName=\"0401\"/>"
             "</SubjectCode><Location><Property FormalName=\"City\" "
             "Value=\"Lurne\"/><Property FormalName=\"Country\" "
             "Value=\"VES\"/></Location><Property FormalName=\"Department\" "
             "Value=\"Harbour\"/></DescriptiveMetadata><NewsComponent><Role "
             "FormalName=\"Caption\"/><ContentItem><DataContent>no"
             "</DataContent></ContentItem></NewsComponent><NewsComponent>"
             "<Role FormalName=\"Main\"/><ContentItem><MediaType "
             "FormalName=\"Text\"/><DataContent><nitf><body><body.content>"
             "<p>One.</p></body.content></body></nitf></DataContent>"
             "</ContentItem></NewsComponent></NewsComponent></NewsItem>"
             "</NewsML>"),
        "+ 1 urn:newsml:hc.example:20040506:F7\n"
        "title: Ferry back\n"
        "section: Harbour\n"
        "source: HC\n"
        "author: Ada Prell\n"
        "lang: en\n"
        "places: Lurne\n"
        "topics: ferries\\nsea\n"
        "dateline: LURNE\n"
        "extra: Update: U\\nFirstCreated: 20040506T080000Z\\nsubject: 0401\\n"
        "country: VES\n"
        "date_source: NewsML ThisRevisionCreated\n"
        "version: 3\n"
        "embargo: 2004-05-07T00:00:00Z\n"
        "body: One.\n"
        "date: 2004-05-06T08:00:00Z\n");
}

#define COMPONENT(content)                                                    \
    "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>g"         \
    "</NewsItemId></NewsIdentifier></Identification><NewsComponent>" content  \
    "</NewsComponent></NewsItem></NewsML>"
#define CONTENT(data)                                                         \
    COMPONENT("<ContentItem><DataContent>" data "</DataContent></"            \
              "ContentItem>")

static void
newsml_content(void)
{
    CHECK_STR(READ(CONTENT("<p>a</p>\n<p>b</p>")), "+ 1 g\nbody: a\\n\\nb\n");
    CHECK_STR(READ(CONTENT("<![CDATA[<P>a &eacute;</P><P>b]]>")),
              "+ 1 g\nbody: a \xC3\xA9\\n\\nb\n");
    CHECK_STR(READ(CONTENT("<![CDATA[<?xml version='1.0'?><nitf><head><title>"
                           "T</title></head><body><body.content><p>a</p>"
                           "</body.content></body></nitf>]]>")),
              "+ 1 g\ntitle: T\nbody: a\n");
    CHECK_STR(READ(CONTENT("plain")), "+ 1 g\nbody: plain\n");
    CHECK_STR(READ(COMPONENT("<ContentItem><MediaType FormalName='Photo'/>"
                             "</ContentItem>")),
              "skipped 1 [g]: a picture or other media, not an article\n");
}

/* A provider may be named by its domain alone. */
static void
g2_sources(void)
{
    CHECK(strstr(READ("<newsItem guid='g'><rightsInfo><copyrightHolder "
                      "literal='HC'/></rightsInfo><itemMeta><provider "
                      "literal='hc.example'/><title>T</title></itemMeta>"
                      "</newsItem>"),
                 "source: HC\n"));
    CHECK(strstr(
        READ(ITEM("<provider literal='hc.example'/><title>T</title>", "")),
        "source: hc.example\n"));
}

int
main(void)
{
    begin_folder();
    RUN(g2_every_field);
    RUN(reuters_corpora);
    RUN(g2_content);
    RUN(g2_no_articles);
    RUN(g2_sources);
    RUN(newsml_every_field);
    RUN(newsml_content);
    return end_folder();
}
