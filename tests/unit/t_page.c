/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_page.c - HTML pages as articles: each rule of the main text, of the
 * metadata and of the judgement, on small pages of our own
 */
#include <stdlib.h>
#include <time.h>

#include "../../common/article/record.h"
#include "../../indexer/page/page.h"
#include "../test.h"

static struct arena arena;
static struct page page;

static const struct morgue_article *
read_at(const char *html, const char *url)
{
    struct morgue_error err;

    arena_reset(&arena);
    CHECK_INT(page_read(&page, &arena, str_of(html), str_of(url), &err), 0);
    return &page.article;
}

static const char *
field(const char *html, enum field f)
{
    static char out[20000];
    struct morgue_str s = record_get(read_at(html, ""), f);

    snprintf(out, sizeof out, "%.*s", (int)s.len, s.s ? s.s : "");
    return out;
}

/* The date of a page and what named it. */
static const char *
dated_at(const char *html, const char *url)
{
    static char out[200];
    char date[MORGUE_DATE_MAX];
    const struct morgue_article *a = read_at(html, url);

    morgue_date_print(date, a->date);
    snprintf(out, sizeof out, "%s %.*s", date, (int)a->date_source.len,
             a->date_source.s ? a->date_source.s : "");
    return out;
}

#define P1                                                                    \
    "The ferry to the Outer Isles will sail twice a day from May, the "       \
    "harbour board of Port Halden said on Monday, after three winters with "  \
    "one boat."
#define P2                                                                    \
    "Islanders had asked for it since the Maid of Lurne was lost, and the "   \
    "board found the money, it said, in the dues that herring boats pay."
#define P3                                                                    \
    "\"We waited long enough,\" said the mayor of Castrel, who signed the "   \
    "paper on the quay while a band played and the rain came down."
#define BODY(html) CHECK_STR(field("<title>t</title>" html, FIELD_BODY), want)

/* ---- main text ---------------------------------------------------------- */

static void
what_stands_around(void)
{
    const char *want = P1 "\n\n" P2 "\n\n" P3;

#define TEXT "<p>" P1 "</p><p>" P2 "</p><p>" P3 "</p>"
    BODY("<nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul></nav>"
         "<header><h1>Ferry</h1><p>By Ada Prell, who has written about ships "
         "for this newspaper since the old ferry, she says.</p></header>"
         "<article>" TEXT "</article>"
         "<aside><p>Herring is cheap this year, and more of it is sold than "
         "ever before, the fishmongers say.</p></aside>"
         "<footer><p>All rights are with the Halden Courier, which prints "
         "every day but Sunday. Call us.</p></footer>");
    BODY("<div class='article-body'>" TEXT
         "<div class='relatedPosts'><p>The board also sold the old pier, to "
         "a brewer from Lurne who wants to build upon it.</p></div>"
         "<div class='share_bar'>Share this story with your friends, or with "
         "those who are not. Tell all.</div></div>"
         "<div id=comments><p>I have waited for this boat for years, and so "
         "has my brother, who lives on the isle!</p></div>"
         "<div class='cookie-banner'>We use cookies to make this page better "
         "for you. Do you want to take one? Yes.</div>");
    BODY("<article><figure><img src=a><figcaption>The ferry leaves Port "
         "Halden on a grey day in winter. Photo: the board.</figcaption>"
         "</figure>" TEXT "</article>");
    BODY("<article>" TEXT "<p style='display:none'>This text is for nobody, "
         "and whoever reads it has looked for it with care.</p>"
         "<p hidden>This text is for nobody, and whoever reads it has looked "
         "for it with care.</p></article>");
    BODY("<div>" TEXT "</div><div><h3><a href=1>Herring is cheap</a></h3>"
         "<ul><li><a href=2>A pier was sold to a brewer of Lurne</a></li>"
         "<li><a href=3>The Rovers won again in the last minute</a></li>"
         "</ul></div>");
}

static void
teasers(void)
{
    const char *want = P1 "\n\n" P2;

#define CARD                                                                  \
    "<div><h3><a href=x>The old pier was sold</a></h3><p>A brewer from Lurne" \
    " bought it and wants to build upon it, he told us on "                   \
    "Sunday...</p></div>"
    BODY("<main><div><p>" P1 "</p><p>" P2 "</p></div><div>" CARD CARD CARD CARD
         "</div></main>");
    /* Nor are rows of a table one of which holds the article. */
    BODY("<table><tr><td><a href=1>all the news</a><tr><td><a href=2>the "
         "old wreck</a><td><h1>Ferry</h1><p>" P1 "<p>" P2 "<tr><td><a href=3>"
         "sign our book</a></table>");
    /* Two sections with a linked headline are no teasers. */
    CHECK(strstr(field("<article><p>" P1 "</p>" CARD "<p>" P2 "</p></article>",
                       FIELD_BODY),
                 "A brewer") != NULL);
}

static void
what_belongs_to_it(void)
{
    const char *want;

    want = P1 "\n\nWhat it costs\n\nTwo crowns by day\nThree by night\n\n" P2
              "\n\nBoat\nSeats\nMaid\n90\n\n" P3;
    BODY("<article><p>" P1 "</p><h2>What it costs</h2><ul><li>Two crowns by "
         "day</li><li>Three by night</li></ul><p>" P2 "</p><table><tr><th>"
         "Boat<th>Seats<tr><td>Maid<td>90</table><blockquote>" P3
         "</blockquote><h2>More</h2></article>");
    /* Texts apart by br, without p. */
    want = P1 "\n\n" P2;
    BODY("<div>" P1 "<br><br>" P2 "</div><div><a href=1>Home</a></div>");
    /* Short sentences among long ones. */
    want = P1 "\n\n\"Yes.\"\n\n" P2;
    BODY("<div><div>" P1 "</div><div>\"Yes.\"</div><div>" P2
         "</div></div><div><a href=1>Home</a></div>");
    /* Parts of an article that stand apart. */
    want = P1 "\n\n" P2;
    BODY("<div><div><p>" P1 "</p></div><div><a href=a>An advertisement for "
         "herring</a></div><div><p>" P2 "</p></div></div>");
}

static void
names_of_wrappers(void)
{
    const char *want = P1 "\n\n" P2;

    /* All of the page is in an element named for a part of it. */
    BODY("<div class='page has-sidebar'><p>" P1 "</p><p>" P2 "</p></div>");
    BODY("<div class='social-page'><p>" P1 "</p><p>" P2 "</p></div>");
    /* The text is where it says. */
    BODY("<div itemprop='articleBody'><p>" P1 "</p><p>" P2 "</p></div>"
         "<div><p>" P3 "</p></div>");
}

static void
short_pages(void)
{
    const char *want = "The ferry is late.";

    BODY("<p>The ferry is late.</p>");
    want = "The ferry is late today, the harbour board said.";
    BODY("<ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul><h1>Late"
         "</h1><div><p>The ferry is late today, the harbour board said.</p>"
         "</div><ul><li><a href=1>The old pier was sold to a brewer</a><li>"
         "<a href=2>Rovers win again in the last minute</a></ul><footer>"
         "Halden Courier, printed at the Fish Quay</footer>");
    want = "";
    BODY("<script>x</script>");
    CHECK_STR(page.doubt, "has no text");
}

static void
other_scripts(void)
{
    const char *want;

#define ZH                                                                                                      \
    "港務局星期一說，從五月起，前往外島的渡輪每天將開兩班。島上的居民多年來" \
    "一"                                                                                                       \
    "直這樣要求，因為冬天只有一條船。"
#define AR                                                                                                                           \
    "قالت سلطة الميناء يوم الاثنين إن العبارة ستبحر مرتين في اليوم ابتداء " \
    "من مايو، بعد ثلاثة فصول شتاء بقارب واحد. وطالب السكان بذلك؟"
#define TH                                                                                                                                                                                                                     \
    "การท่าเรือกล่าวเมื่อวันจันทร์ว่าเรือข้ามฟากไปยังเกาะรอบนอกจะแล่นวันละสอง" \
    "เที่ยวตั้งแต่เดือนพฤษภาคมเป็นต้นไปหลังจากสามฤดูหนาวที่มีเรือเพียงลำเดียว"
    want = ZH "\n\n" ZH "!";
    BODY("<div><a href=1>首頁</a> <a href=2>體育</a></div><div><p>" ZH
         "</p><p>" ZH "!</p></div><div><a href=3>聯絡我們</a></div>");
    want = AR;
    BODY("<div><a href=1>الرئيسية</a></div><div><div>" AR
         "</div></div><div><a href=3>اتصل بنا</a></div>");
    want = TH;
    BODY("<div><a href=1>หน้าแรก</a></div><div><div>" TH
         "</div></div><div><a href=3>ติดต่อ</a></div>");
}

static void
told_text(void)
{
    const char *want = P1 "\n\n" P2;

    BODY("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"articleBody\":\"" P1 "\\n\\n" P2 "\"}</script>"
         "<p>Subscribe to read on.</p>");
    BODY("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"articleBody\":\"<p>" P1 "</p><p>" P2 "</p>\"}</script>");
    /* The page has as much. */
    BODY("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"articleBody\":\"" P1 " and more\"}</script>"
         "<p>" P1 "</p><p>" P2 "</p>");
}

/* ---- metadata ----------------------------------------------------------- */

#define LD(json)    "<script type=application/ld+json>" json "</script>"
#define TITLE(html) field(html, FIELD_TITLE)

static void
headlines(void)
{
    CHECK_STR(TITLE(LD("{\"@type\":\"NewsArticle\",\"headline\":\"Ferry "
                       "&amp;amp\\u0021\"}") "<h1>Other</h1>"),
              "Ferry &amp!");
    CHECK_STR(TITLE("<meta property='og:title' content='Ferry sails - The "
                    "Halden Courier'><meta property='og:site_name' "
                    "content='Halden Courier'>"),
              "Ferry sails");
    CHECK_STR(TITLE("<meta property='og:site_name' content='Courier'>"
                    "<title>Courier | Ferry - and boat</title>"),
              "Ferry - and boat");
    CHECK_STR(TITLE("<title>Courier: all news</title><h1>Ferry <b>sails</b>"
                    "</h1>"),
              "Ferry sails");
    CHECK_STR(TITLE("<meta property='og:site_name' content='Courier'>"
                    "<title>Ferry sails</title><h1>Courier</h1>"),
              "Ferry sails");
    CHECK_STR(TITLE("<title>Ferry sails</title><h1>One</h1><h1>Two</h1>"),
              "Ferry sails");
    CHECK_STR(TITLE("<h1 itemprop=headline>One</h1>"), "One");
}

static void
dates(void)
{
    static const struct {
        const char *html, *url, *want;
    } rows[] = {
        {LD("{\"@type\":\"NewsArticle\",\"datePublished\":"
            "\"2019-11-19T13:03:00.000Z\",\"dateModified\":\"2020-01-"
            "01\"}") "<meta name=date content=2018-01-01>",
         "", "2019-11-19T13:03:00Z json-ld datePublished"},
        {"<meta property='article:published_time' "
         "content='2019-11-19T13:03:00+01:00'><time "
         "datetime=2018-01-01>x</time>",
         "", "2019-11-19T12:03:00Z meta article:published_time"},
        {"<meta name='DC.date.issued' content='2019-11-19'>", "",
         "2019-11-19 meta DC.date.issued"},
        {"<meta name='parsely-pub-date' content='2019-11-19'><meta "
         "name=date content=2018-01-01>",
         "", "2019-11-19 meta parsely-pub-date"},
        {"<span itemprop=datePublished content=2019-11-19>x</span>", "",
         "2019-11-19 itemprop datePublished"},
        {"<time datetime=2018-01-01>a</time><h1>t</h1><time "
         "datetime=2019-11-19>b</time>",
         "", "2019-11-19 time"},
        {"<time datetime=2018-01-01>a</time><time pubdate "
         "datetime=2019-11-19>b</time>",
         "", "2019-11-19 time"},
        {"<div class=comments><time datetime=2018-01-01>a</time></div>"
         "<p>x",
         "", " "},
        {"<p>x", "https://a.example/2019/11/19/ferry", "2019-11-19 url"},
        {"<p>x", "https://a.example/news/2019/nov/19/ferry", "2019-11-19 url"},
        {"<p>x", "https://a.example/2019/11/ferry", "2019-11 url"},
        {"<p>x", "https://a.example/ferry-2019-11-19.html", "2019-11-19 url"},
        {"<p>x", "https://a.example/20191119/ferry", "2019-11-19 url"},
        {"<p>x", "https://a.example/2019/13/ferry", " "},
        {"<p>x", "https://a.example/1234567/20/ferry", " "},
        {"<meta name=date content=2019-11-19><p>x",
         "https://a.example/2018/01/01/", "2018-01-01 url"},
        {"<meta property='article:modified_time' content=2019-11-19>", "",
         "2019-11-19 modified"},
        {"<h1>t</h1><p>Published: 19 November 2019 | 10:00</p>", "",
         "2019-11-19T10:00:00Z text, published"},
        {"<h1>t</h1><p>1234567890</p><p>in 2019</p>", "", " "},
        {"<meta name=date content='next week'>", "", " "},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STR(dated_at(rows[i].html, rows[i].url), rows[i].want);
}

#define AUTHOR(html) field(html, FIELD_AUTHOR)

/* The day of an instant in UTC by the clock of the page, where it is told. */
static void
local_days(void)
{
#define UTC                                                                   \
    "<meta property='article:published_time' content='2020-05-02T02:54:29Z'>"
#define HEAD UTC "<title>Ferry sails again</title><h1>Ferry sails again</h1>"
    static const struct {
        const char *html, *url, *local;
    } rows[] = {
        {HEAD "<p>2 May 2020</p>", "", "2020-05-02T02:54:29Z"},
        {HEAD "<p>1 May 2020</p>", "", "2020-05-01"},
        {HEAD "<p>1 May 2020, 22:54</p>", "", "2020-05-01T22:54:29Z"},
        {HEAD "<p>Published 1 May 2020 22:54 EDT</p>", "",
         "2020-05-01T22:54:29Z"},
        {HEAD "<time datetime='2020-05-01T22:54:29-04:00'>x</time>", "",
         "2020-05-01T22:54:29Z"},
        {HEAD "<p>Updated 1 May 2020</p>", "", "2020-05-02T02:54:29Z"},
        {HEAD "<p>30 April 2020</p>", "", "2020-05-02T02:54:29Z"},
        {HEAD "<p>3 May 2020</p>", "", "2020-05-02T02:54:29Z"},
        {UTC "<meta name='sailthru.date' content='2020-05-01 22:54:29'>", "",
         "2020-05-01T22:54:29Z"},
        {UTC "<meta name='sailthru.date' content='2020-05-01T22:54:29-0400'>",
         "", "2020-05-01T22:54:29Z"},
        {UTC "<meta name='sailthru.date' content='2020-05-01 22:51:00'>", "",
         "2020-05-02T02:54:29Z"},
        {UTC "<p>x", "https://a.example/2020/05/01/ferry", "2020-05-01"},
        {UTC "<p>x", "https://a.example/2020/04/28/ferry",
         "2020-05-02T02:54:29Z"},
        {"<meta property='article:published_time' content='2020-05-02T02:54:29"
         "+02:00'><title>Ferry sails again</title><h1>Ferry sails again</h1>"
         "<p>1 May 2020</p>",
         "", "2020-05-02T02:54:29Z"},
    };
    char local[MORGUE_DATE_MAX];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct morgue_date date = read_at(rows[i].html, rows[i].url)->date;

        date.seconds += date.offset;
        date.offset = 0;
        morgue_date_print(local, date);
        CHECK_STR(local, rows[i].local);
    }
#undef HEAD
#undef UTC
}

/* Dates of a text in the order of the page's language. */
static void
orders_of_days(void)
{
    static const struct {
        const char *lang, *text, *want;
    } rows[] = {
        {"en-US", "03/04/2019", "2019-03-04"},
        {"en_US", "03/04/2019 10:00", "2019-03-04T10:00:00Z"},
        {"en-GB", "03/04/2019", "2019-04-03"},
        {"fr", "03/04/2019", "2019-04-03"},
        {"fr-FR", "3/4/2019", "2019-04-03"},
        {"en", "03/04/2019", ""},
        {"en", "03/14/2019", "2019-03-14"},
        {"", "03/04/2019", ""},
        {"", "03.04.2019", "2019-04-03"},
        {"de", "3. 4. 2019", "2019-04-03"},
        {"de", "03.04.19", "2019-04-03"},
        {"en-US", "1.2.3.2019", ""},
        {"de", "31.04.2019", ""},
        {"en", "2019 Mar 4", "2019-03-04"},
        {"hu", "2019. m\u00e1rcius 4.", "2019-03-04"},
        {"en", "chapter 20190304a", ""},
    };
    char html[400], date[MORGUE_DATE_MAX];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(html, sizeof html,
                 "<html lang=%s><title>Ferry sails again</title><h1>Ferry "
                 "sails again</h1><p>Published %s</p>",
                 rows[i].lang, rows[i].text);
        morgue_date_print(date, read_at(html, "")->date);
        CHECK_STR(date, rows[i].want);
    }
}

/* Articles of a few short sentences, with more text beside them. */
static void
short_articles(void)
{
#define MORE                                                                  \
    "<div class=newsletter>Get all that happens in the valley every morning " \
    "in our letter. It costs nothing, and you can leave it any day!</div>"
    CHECK_STR(field("<title>t</title><div class=main><h1>t</h1><span "
                    "class=date>Published 2 November 2021</span><div "
                    "class=lead>The bridge of Lurne is closed since "
                    "Tuesday.</div><div class=text>A crack was seen in one "
                    "of its piers.<br><br>The mayor speaks of two "
                    "weeks.<br><br><b>See also:</b> <a href=/z>The harbour "
                    "is on strike, and the fishermen wait for an "
                    "answer</a></div>" MORE "</div>",
                    FIELD_BODY),
              "The bridge of Lurne is closed since Tuesday.\n\nA crack was "
              "seen in one of its piers.\n\nThe mayor speaks of two weeks.");
    CHECK_STR(field("<title>t</title><div><h1>Markets</h1><p>Shares rose a "
                    "little.</p><p>Oil fell 2%.</p><p>The coin was "
                    "flat.</p></div>" MORE,
                    FIELD_BODY),
              "Shares rose a little.\n\nOil fell 2%.\n\nThe coin was flat.");
    CHECK_STR(dated_at("<title>t</title><div class=date>Monday, 7 March "
                       "2022</div><h2>t</h2><p class=post-date>3 March "
                       "2019</p><p>" P1 "</p>",
                       ""),
              "2019-03-03 text, published");
    CHECK_STR(field("<title>t</title><h2>t</h2><p class=post-date>3 March "
                    "2019</p><p>" P1 "</p><p>" P2 "</p>",
                    FIELD_BODY),
              P1 "\n\n" P2);
}

/* Bylines in the text: "By" alone is told by its form. */
static void
bylines(void)
{
    static const char want[] = P1 "\n\n" P2;
    static const struct {
        const char *line, *name;
    } rows[] = {
        {"By Ada Prell", "Ada Prell"},
        {"By Ada Prell, March 3, 2019", "Ada Prell"},
        {"by ADA PRELL | Monday", "ADA PRELL"},
        {"Von Ada von Prell", "Ada von Prell"},
        {"Par : Ad\u00e8le Prell \u2013 Lurne", "Ad\u00e8le Prell"},
        {"By <a href=/p>Ada Prell</a>, March 3", "Ada Prell"},
    };
    char html[2000];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(html, sizeof html,
                 "<title>t</title><h1>t</h1><p>%s</p><p>" P1 "</p><p>" P2
                 "</p>",
                 rows[i].line);
        CHECK_STR(field(html, FIELD_AUTHOR), rows[i].name);
        CHECK_STR(field(html, FIELD_BODY), want);
    }
    CHECK_STR(field("<title>t</title><h1>t</h1><p>By Monday Lurne had had "
                    "enough.</p><p>" P1 "</p><p>" P2 "</p>",
                    FIELD_BODY),
              "By Monday Lurne had had enough.\n\n" P1 "\n\n" P2);
    CHECK_STR(field("<title>t</title><h1>t</h1><p>By the sea</p><p>" P1 "</p>",
                    FIELD_AUTHOR),
              "");
    CHECK_STR(field("<title>t</title><h1>t</h1><p>" P1 "</p><div "
                    "class=comments><p>By Angry Reader</p></div>",
                    FIELD_AUTHOR),
              "");
}

static void
authors(void)
{
    CHECK_STR(
        AUTHOR(LD("{\"@type\":\"Article\",\"author\":[{\"name\":\"Ada "
                  "Prell\"},{\"name\":\"By Tom Lee\"}]}") "<meta name=author "
                                                          "content=Other>"),
        "Ada Prell\nTom Lee");
    CHECK_STR(AUTHOR(LD("{\"@type\":\"Article\",\"author\":\"Ada Prell\"}")),
              "Ada Prell");
    CHECK_STR(AUTHOR(LD("{\"@graph\":[{\"@type\":\"Article\",\"author\":{"
                        "\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@id\":"
                        "\"#p\",\"name\":\"Ada Prell\"}]}")),
              "Ada Prell");
    CHECK_STR(AUTHOR("<meta name=author content='Ada Prell and Tom Lee'>"),
              "Ada Prell\nTom Lee");
    CHECK_STR(AUTHOR("<meta name=author content='Ada Prell, Tom Lee and Mo "
                     "Ray'>"),
              "Ada Prell\nTom Lee\nMo Ray");
    CHECK_STR(AUTHOR("<meta name=author content='Ada Prell, Chief Editor'>"),
              "Ada Prell");
    CHECK_STR(AUTHOR("<meta property='article:author' "
                     "content='https://social.example/prell'>"),
              "");
    CHECK_STR(AUTHOR("<span itemprop=author><span itemprop=name>Ada "
                     "Prell</span> reports</span>"),
              "Ada Prell");
    CHECK_STR(AUTHOR("<a rel=author href=/p>Ada Prell</a>"), "Ada Prell");
    CHECK_STR(AUTHOR("<div class='article-byline'>By <a href=/p>Ada "
                     "Prell</a>, 3 May</div>"),
              "Ada Prell");
    CHECK_STR(AUTHOR("<p class=byline>Von Ada Prell</p>"), "Ada Prell");
    CHECK_STR(AUTHOR("<div class=comment><a rel=author>Reader</a></div>"), "");
}

static void
other_fields(void)
{
    const struct morgue_article *a =
        read_at("<html lang='pl-PL'><link rel=canonical href='/news/ferry'>"
                "<meta property=og:site_name content='The Halden Courier'>"
                "<meta property=article:section content=Harbour>"
                "<meta property=article:tag content=ferries>"
                "<meta property=article:tag content='isles, Ferries'>"
                "<meta name=keywords content=other>"
                "<meta name=geo.placename content=Lurne>"
                "<meta name=description content='It sails  twice.'>"
                "<meta property=article:modified_time content=2020-01-02>"
                "<p>LURNE, May 3 \u2014 " P1 "</p>",
                "https://www.courier.example/x?y");

    CHECK_BYTES(a->lang.s, a->lang.len, "pl-PL");
    CHECK_BYTES(a->url.s, a->url.len,
                "https://www.courier.example/news/ferry");
    CHECK_BYTES(a->source.s, a->source.len, "The Halden Courier");
    CHECK_BYTES(a->section.s, a->section.len, "Harbour");
    CHECK_BYTES(a->topics.s, a->topics.len, "ferries\nisles");
    CHECK_BYTES(a->place.s, a->place.len, "Lurne");
    CHECK_BYTES(a->dateline.s, a->dateline.len, "LURNE, May 3 \u2014");
    CHECK_BYTES(a->extra.s, a->extra.len,
                "summary: It sails twice.\nmodified: 2020-01-02");
    CHECK_INT(a->id.len, 0);
    a = read_at("<link rel=canonical href='https://courier.example/'><p>x",
                "https://www.courier.example/2");
    CHECK_BYTES(a->url.s, a->url.len, "https://www.courier.example/2");
    CHECK_BYTES(a->source.s, a->source.len, "courier.example");
    a = read_at("<link rel=canonical href='ferry.html'><p>x",
                "https://courier.example/a/b.html?c=/d");
    CHECK_BYTES(a->url.s, a->url.len, "https://courier.example/a/ferry.html");
    a = read_at("<link rel=canonical href='/ferry'><meta property=og:url "
                "content='https://a.example/b'>",
                "");
    CHECK_BYTES(a->url.s, a->url.len, "https://a.example/b");
}

static void
json_ld(void)
{
    static const char *const pages[] = {
        LD("{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",}"),
        LD("<!--\n{\"@type\":[\"Thing\",\"ReportageNewsArticle\"],"
           "\"headline\":\"Ferry\"}\n-->"),
        LD("//<![CDATA[\n{\"@type\":\"BlogPosting\" \"headline\":\"Ferry\"}"
           "//]]>"),
        LD("[{\"@type\":\"WebSite\",\"name\":\"x\"},{\"@type\":"
           "\"LiveBlogPosting\",\"headline\":\"Fer\\u0072y\"}]"),
        LD("{\"@graph\":[{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":"
           "\"Article\",\"headline\":\"Ferry\"}}]}"),
        LD("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":"
           "\"Article\",\"headline\":\"Other\"}]}")
            LD("{\"@type\":\"Article\",\"headline\":\"Ferry\"}"),
        LD("{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",\"a\":[[1,[2"),
        LD("{\"@type\":\"NewsArticle\",\"x\":\"a\nb\tc\",\"headline\":"
           "\"Ferry\""),
    };

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        CHECK_STR(TITLE(pages[i]), "Ferry");
    CHECK_STR(field(LD("{\"@type\":\"Article\",\"articleSection\":[\"Sea\","
                       "\"Land\"],\"publisher\":{\"name\":\"Courier\"}}"),
                    FIELD_SECTION),
              "Sea");
    CHECK_BYTES(page.article.source.s, page.article.source.len, "Courier");
    CHECK_STR(field(LD("{\"@type\":\"Article\",\"keywords\":\"a, b,c\","
                       "\"inLanguage\":{\"name\":\"en\"},\"contentLocation\":"
                       "{\"name\":\"Lurne\"}}"),
                    FIELD_TOPICS),
              "a\nb\nc");
    CHECK_BYTES(page.article.place.s, page.article.place.len, "Lurne");
}

/* ---- judgement ---------------------------------------------------------- */

static void
judgement(void)
{
#define SHORT "<p>A text of a few words, and no more of it."
#define OG    "<meta property=og:type content=article>"
    static const struct {
        const char *html, *url, *want;
    } rows[] = {
        {"<p>" P1 "<p>" P2, "https://a.example/1", NULL},
        {"<p>" P1 "<p>" P2, "", NULL},
        {"<p>" P1 "<p>" P2, "https://a.example/", "is a front page"},
        {"<p>" P1 "<p>" P2, "https://a.example/?p=12", NULL},
        {"<title>Error 404</title><p>" P1, "", "is an error page"},
        {"<title>Page not found</title>" SHORT, "", "is an error page"},
        {"<form><input type=password></form>" SHORT, "", "is a login page"},
        {OG "<form><input type=password></form>" SHORT, "", NULL},
        {"<p>" P1, "https://a.example/search?q=ferry",
         "is a page of search results"},
        {"<p>" P1 "<p>" P2, "https://a.example/research/ferry", NULL},
        {SHORT, "https://a.example/x", "has too little text for an article"},
        {OG SHORT, "https://a.example/x", NULL},
        {LD("{\"@type\":\"CollectionPage\"}") "<p>" P1, "",
         "is a list of articles"},
        {"<div>" CARD CARD CARD CARD CARD CARD CARD CARD "</div><p>" P1,
         "https://a.example/sea/", "is a list of articles"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_at(rows[i].html, rows[i].url);
        CHECK_STR(page.doubt, rows[i].want);
    }
}

/* ---- hostile pages ------------------------------------------------------ */

static void
long_pages(void)
{
    static const char *const pieces[] = {
        "<div>",
        "<p>",
        "<p>Some text.",
        "<b class=author>",
        "<h1>t</h1><p class=date>some words that stand here</p>",
        "<i itemprop=author>x",
        "<div class=byline><a>x</a>",
        "<h1>a",
        "<time datetime=1>",
        "<div><a>linked text</a></div>",
        "<meta name=keywords content=a,b,c>",
        "<script type=ld+json>{\"@type\":\"Article\"}</script>",
        "<script type=ld+json>[[[[[[{\"author\":{\"@id\":1},",
        "a | ",
        "<title>a - b</title>",
    };
    const size_t size = 2000000;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf b;
        struct morgue_error err;
        clock_t start = clock();

        buf_init(&b, 2 * size);
        while (b.len < size)
            buf_str(&b, str_of(pieces[i]));
        arena_reset(&arena);
        CHECK_INT(page_read(&page, &arena, buf_view(&b),
                            STR("https://a.example/x"), &err),
                  MORGUE_OK);
        test_that(clock() - start < 10 * CLOCKS_PER_SEC, __FILE__, __LINE__,
                  "%s takes too long", pieces[i]);
        buf_free(&b);
    }
}

/* Pieces of pages put together at random give some article or none. */
static void
random_pages(void)
{
    static const char *const pieces[] = {
        "<p>",
        "<div class='a related'>",
        "</div>",
        "<h1>",
        "<a href=x rel=author>",
        "</a>",
        "A sentence of some words that goes on for a while, and then ends. ",
        "<script type=application/ld+json>",
        "{\"@type\":\"NewsArticle\",",
        "\"headline\":\"",
        "\\ud83d\\u",
        "\",",
        "[",
        "]",
        "}",
        "</script>",
        "<meta name=author content='",
        "' ",
        "By A B, C D and E F",
        "<time datetime=2019-11-19>",
        "<link rel=canonical href=",
        "//x/",
        "2019/11/19/",
        " | ",
        " - ",
        "&#x",
        "LURNE, May 3 -- ",
        "<span itemprop=author>",
        "<title>",
        "</title>",
        "\xE2\x80",
        "\xC3",
        "<table><td>",
        ">",
    };
    const size_t pieces_n = sizeof pieces / sizeof *pieces;
    uint64_t seed = 11;

    for (int round = 0; round < 3000; round++) {
        char html[1500];
        size_t len = 0, n;
        struct morgue_error err;

        for (;;) {
            const char *piece;

            seed = seed * 6364136223846793005u + 1442695040888963407u;
            piece = pieces[(seed >> 33) % pieces_n];
            n = strlen(piece);
            if (len + n > sizeof html)
                break;
            memcpy(html + len, piece, n);
            len += n;
        }
        arena_reset(&arena);
        CHECK_INT(page_read(&page, &arena, str_slice(html, len),
                            STR("https://a.example/2018/x"), &err),
                  MORGUE_OK);
        CHECK(page.article.body.len <= sizeof html);
        CHECK(page.article.body.len > 0 || page.doubt);
    }
}

int
main(void)
{
    arena_init(&arena, 1u << 31);
    RUN(what_stands_around);
    RUN(teasers);
    RUN(what_belongs_to_it);
    RUN(names_of_wrappers);
    RUN(short_pages);
    RUN(other_scripts);
    RUN(told_text);
    RUN(headlines);
    RUN(dates);
    RUN(local_days);
    RUN(orders_of_days);
    RUN(authors);
    RUN(bylines);
    RUN(short_articles);
    RUN(other_fields);
    RUN(json_ld);
    RUN(judgement);
    RUN(long_pages);
    RUN(random_pages);
    arena_free(&arena);
    return test_end();
}
