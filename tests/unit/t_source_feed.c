/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_feed.c - tests of RSS, Atom and exports of WordPress
 */
#include "source_help.h"

#define SPACES                                                                \
    " xmlns:c='http://purl.org/rss/1.0/modules/content/'"                     \
    " xmlns:d='http://purl.org/dc/elements/1.1/'"                             \
    " xmlns:m='http://search.yahoo.com/mrss/'"                                \
    " xmlns:wp='http://wordpress.org/export/1.2/'"                            \
    " xmlns:a='http://www.w3.org/2005/Atom'"

#define RSS(items)                                                            \
    "<?xml version='1.0'?><rss version='2.0'" SPACES "><channel>"             \
    "<title>Halden Courier</title><link>https://hc.example/</link>"           \
    "<language>en-gb</language><pubDate>Fri, 07 May 2004 10:00:00 GMT"        \
    "</pubDate>" items "</channel></rss>"

static void
rss(void)
{
    CHECK_STR(READ(RSS("<item><m:title>no</m:title><title>Ferry &amp;amp; fog"
                       "</title><a:link href='https://no.example/'/>"
                       "<link>https://hc.example/7</link><guid>hc-7</guid>"
                       "<pubDate>Thu, 06 May 2004 10:00:00 +0200</pubDate>"
                       "<d:creator>Ada Prell</d:creator><d:creator>Bo Lind"
                       "</d:creator><category>Harbour</category><category>Fog"
                       "</category><description>Short.</description>"
                       "<c:encoded><![CDATA[<p>One.</p><p>Two.]]></c:encoded>"
                       "</item>")),
              "+ 1 https://hc.example/7\n"
              "url: https://hc.example/7\n"
              "title: Ferry & fog\n"
              "section: Harbour\n"
              "source: Halden Courier\n"
              "author: Ada Prell\\nBo Lind\n"
              "lang: en\n"
              "topics: Harbour\\nFog\n"
              "extra: guid: hc-7\n"
              "date_source: RSS pubDate\n"
              "body: One.\\n\\nTwo.\n"
              "date: 2004-05-06T08:00:00Z\n");
}

static void
rss_links(void)
{
    static const struct {
        const char *item, *want;
    } rows[] = {
        {"<guid>https://hc.example/8</guid>",
         "+ 1 https://hc.example/8\nurl: https://hc.example/8\n"},
        {"<guid isPermaLink='false'>https://hc.example/8</guid>",
         "+ 1 https://hc.example/8\ntitle"},
        {"<guid>hc-8</guid>", "+ 1 hc-8\ntitle"},
        {"<author>a@hc.example (Ada Prell)</author>", "author: Ada Prell\n"},
        {"<source url='x'>The Lurne Echo</source>",
         "source: The Lurne Echo\n"},
        {"<description>A &lt;b&gt;bold&lt;/b&gt; step</description>",
         "body: A bold step\n"},
        {"<guid>hc-9</guid><link>../9</link>", "url: https://hc.example/9\n"},
        {"<link xml:base='https://a.example/b/c'>d?e</link>",
         "url: https://a.example/b/d?e\n"},
        {"<LINK>/8</LINK>", "url: https://hc.example/8\n"},
        {"<author>Ada Prell &lt;a@hc.example&gt;</author>",
         "author: Ada Prell\n"},
        {"<d:creator>mailto:a@hc.example, Ada Prell</d:creator>",
         "author: Ada Prell\n"},
        {"<author>a@hc.example</author>", "author: a@hc.example\n"},
        {"<author>Ada @ the pier</author>", "author: Ada @ the pier\n"},
        {"<description>&lt;object data='x'>&lt;p>One&lt;/p>"
         "&lt;iframe src='x'>&lt;p>Two</description>",
         "body: One\\n\\nTwo\n"},
        {"<description>a&lt;script>var b;&lt;p>c</description>",
         "body: a\\n\\nc\n"},
        {"<description>a&lt;script>var b;&lt;/script> c</description>",
         "body: a c\n"},
        {"<description>&lt;p>a &lt;svg>&lt;desc>no&lt;/desc>&lt;text>STOP"
         "&lt;/text>&lt;/svg> sign</description>",
         "body: a STOP sign\n"},
        {"<description type='image/png'>iVBORw0K</description>"
         "<description>x</description>",
         "body: x\n"},
        {"<description>\xC2\x93no\xC2\x94</description>",
         "body: \xE2\x80\x9Cno\xE2\x80\x9D\n"},
        {"<description xml:lang='da'>x</description>", "lang: da\n"},
        {"<d:date>2004-05-06</d:date>", "date_source: dc:date\n"},
        {"<d:date>2004-05-06</d:date>", "date: 2004-05-06\n"},
    };
    char file[1500], got[1500];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(file, sizeof file, RSS("<item><title>T</title>%s</item>"),
                 rows[i].item);
        snprintf(got, sizeof got, "%s", read_bytes(str_of(file), NULL));
        if (!strstr(got, rows[i].want))
            CHECK_STR(got, rows[i].want);
    }
}

static void
rdf(void)
{
    CHECK_STR(
        READ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
             " xmlns='http://purl.org/rss/1.0/'" SPACES "><channel><title>HC"
             "</title><items><rdf:Seq/></items></channel><item "
             "rdf:about='https://hc.example/1'><title>T</title>"
             "<description>x</description><d:subject>Fog</d:subject></item>"
             "</rdf:RDF>"),
        "+ 1 https://hc.example/1\nurl: https://hc.example/1\ntitle: T\n"
        "section: Fog\nsource: HC\ntopics: Fog\nbody: x\n");
}

static void
atom(void)
{
    CHECK_STR(
        READ("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>"
             "HC</title><author><name>Desk</name></author><entry><id>urn:1"
             "</id><title type='html'>&lt;b&gt;T&lt;/b&gt;</title><link "
             "rel='self' href='https://no.example/'/><link "
             "href='https://hc.example/1'/><updated>2004-05-07</updated>"
             "<published>2004-05-06</published><category term='fog' "
             "label='Fog'/><summary>no</summary><content type='xhtml'><div "
             "xmlns='http://www.w3.org/1999/xhtml'><p>a</p><p>b</p></div>"
             "</content></entry><entry><id>urn:2</id><title>U</title>"
             "<updated>2004-05-08</updated><author><name>Ada</name></author>"
             "<summary>s</summary></entry></feed>"),
        "+ 1 https://hc.example/1\nurl: https://hc.example/1\ntitle: T\n"
        "section: Fog\nsource: HC\nauthor: Desk\nlang: de\ntopics: Fog\n"
        "extra: atom-id: urn:1\\nupdated: 2004-05-07\n"
        "date_source: Atom published\nbody: a\\n\\nb\ndate: 2004-05-06\n"
        "+ 2 urn:2\ntitle: U\nsource: HC\nauthor: Ada\nlang: de\n"
        "extra: atom-id: urn:2\\nupdated: 2004-05-08\n"
        "date_source: Atom updated\nbody: s\ndate: 2004-05-08\n");
}

#define POST(type, status, more)                                              \
    "<item><title>T</title><link>https://hc.example/" type status "</link>"   \
    "<wp:post_id>5</wp:post_id><wp:post_type>" type "</wp:post_type>"         \
    "<wp:status>" status "</wp:status>" more "</item>"

/* An address that says nothing without a base is none. */
static void
atom_links(void)
{
    CHECK_STR(
        READ("<feed xmlns='http://www.w3.org/2005/Atom'><title>HC</title>"
             "<entry><id>urn:1</id><title>T</title><link href='n/1'/></entry>"
             "<entry><id>urn:2</id><title>U</title><link rel='alternate' "
             "type='application/json' href='https://hc.example/2.json'/><link "
             "rel='ALTERNATE' type='text/html' href='https://hc.example/2'/>"
             "</entry></feed>"),
        "+ 1 urn:1\ntitle: T\nsource: HC\n"
        "extra: link: n/1\\natom-id: urn:1\n"
        "+ 2 https://hc.example/2\nurl: https://hc.example/2\ntitle: U\n"
        "source: HC\nextra: atom-id: urn:2\n");
}

static void
wordpress(void)
{
    CHECK_STR(
        READ(RSS("<wp:author><wp:author_login>ap</wp:author_login>"
                 "<wp:author_display_name>Ada Prell</wp:author_display_name>"
                 "</wp:author>" POST(
                     "post", "publish",
                     "<d:creator>ap</d:creator><category domain='post_tag'>fog"
                     "</category><category domain='category'>Harbour"
                     "</category><c:encoded>One.\nStill.\n\nTwo."
                     "</c:encoded>") POST("post", "draft", "")
                     POST("attachment", "inherit", "")
                         POST("nav_menu_item", "publish", ""))),
        "+ 1 https://hc.example/postpublish\n"
        "url: https://hc.example/postpublish\ntitle: T\nsection: Harbour\n"
        "source: Halden Courier\nauthor: Ada Prell\nlang: en\n"
        "topics: fog\\nHarbour\nextra: post-id: 5\n"
        "body: One.\\nStill.\\n\\nTwo.\n"
        "skipped 2 [https://hc.example/postdraft]: not published\n"
        "skipped 3 [https://hc.example/attachmentinherit]: an attachment, not "
        "an article\n"
        "skipped 4 [https://hc.example/nav_menu_itempublish]: not a post or "
        "page\n");
}

/* What is broken in many feeds. */
static void
broken(void)
{
    CHECK_STR(READ(RSS("<item><guid>1</guid><title>AT&T &copy; &foo; "
                       "a < b\x0B</title></item><item><guid>2</guid>"
                       "<title>U</item>")),
              "+ 1 1\ntitle: AT&T \xC2\xA9 &foo; a < b\n"
              "source: Halden Courier\nlang: en\nextra: guid: 1\n"
              "failed 2 []: line 1: Opening and ending tag mismatch: title "
              "line 1 and item\n");
    CHECK_STR(READ("<rss><channel/></rss>"),
              "skipped 0 []: no article in it\n");
}

int
main(void)
{
    begin_folder();
    RUN(rss);
    RUN(rss_links);
    RUN(rdf);
    RUN(atom);
    RUN(atom_links);
    RUN(wordpress);
    RUN(broken);
    return end_folder();
}
