/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_json_news.c - tests of JSON in the shapes that agencies, publishers
 * and collections give it: objects of our own invention
 */
#include "source_help.h"

static const struct {
    const char *shape, *json, *want;
} samples[] = {
    {"newsapi",
     "{\"status\":\"ok\",\"totalResults\":2,\"articles\":[\n"
     "{\"source\":{\"id\":null,\"name\":\"Halden Courier\"},\"author\":\"By "
     "Ada Prell\",\"title\":\"Ferry sails again\",\"description\":\"The ferry "
     "is "
     "back.\",\"url\":\"https://courier.example/"
     "ferry\",\"urlToImage\":\"https://courier.example/"
     "f.jpg\",\"publishedAt\":\"2020-05-01T10:00:00Z\",\"content\":\"The "
     "ferry Maid of Lurne sailed\\r\\nagain on Friday\342\200\246 [+1234 "
     "chars]\"},\n"
     "{\"source\":{\"id\":\"lp\",\"name\":\"Le "
     "Phare\"},\"author\":null,\"title\":\"Quota "
     "agreed\",\"description\":\"Coffee states "
     "agree.\",\"url\":\"https://phare.example/"
     "q\",\"publishedAt\":\"2020-05-02T08:30:00Z\",\"content\":null}]}\n",
     "+ 1 https://courier.example/ferry\n"
     "url: https://courier.example/ferry\n"
     "title: Ferry sails again\n"
     "source: Halden Courier\n"
     "author: Ada Prell\n"
     "extra: urlToImage: https://courier.example/f.jpg\\ntruncated: 1234 "
     "chars\\ndescription: The ferry is back.\n"
     "date_source: publishedAt\n"
     "body: The ferry Maid of Lurne sailed\\r\\nagain on Friday\342\200\246\n"
     "date: 2020-05-01T10:00:00Z\n"
     "+ 2 https://phare.example/q\n"
     "url: https://phare.example/q\n"
     "title: Quota agreed\n"
     "source: Le Phare\n"
     "date_source: publishedAt\n"
     "body: Coffee states agree.\n"
     "date: 2020-05-02T08:30:00Z\n"},
    {"webz",
     "{\"posts\":[{\"thread\":{\"uuid\":\"t1\",\"url\":\"https://"
     "courier.example/"
     "t\",\"site_full\":\"www.courier.example\",\"site\":\"courier.example\","
     "\"site_section\":\"https://courier.example/"
     "news\",\"site_categories\":[\"media\",\"news\"],\"title\":\"Thread "
     "title\",\"published\":\"2021-03-04T10:00:00.000+02:00\"},\"uuid\":"
     "\"p1\",\"url\":\"https://courier.example/p\",\"author\":\"Ada "
     "Prell\",\"published\":\"2021-03-04T11:00:00.000+02:00\",\"title\":"
     "\"Storm over Lurne\",\"text\":\"Roofs flew.\\nNobody was "
     "hurt.\",\"language\":\"english\",\"entities\":{\"persons\":[{\"name\":"
     "\"x\"}]},\"crawled\":\"2021-03-04T12:00:00Z\"}],\"totalResults\":1,"
     "\"moreResultsAvailable\":0,\"next\":\"/filter?x\"}\n",
     "+ 1 p1\n"
     "url: https://courier.example/p\n"
     "title: Storm over Lurne\n"
     "source: www.courier.example\n"
     "author: Ada Prell\n"
     "lang: en\n"
     "extra: thread.site: courier.example\\nthread.url: "
     "https://courier.example/t\\nthread.published: "
     "2021-03-04T10:00:00.000+02:00\\nthread.title: Thread title\\ncrawled: "
     "2021-03-04T12:00:00Z\n"
     "date_source: published\n"
     "body: Roofs flew.\\nNobody was hurt.\n"
     "date: 2021-03-04T09:00:00Z\n"},
    {"newsplease",
     "{\"authors\":[\"Ada Prell\",\"Jon "
     "Quell\"],\"date_download\":\"2022-02-02 "
     "10:00:00\",\"date_modify\":null,\"date_publish\":\"2022-02-01 "
     "09:00:00\",\"description\":\"A "
     "lead.\",\"filename\":\"x.html\",\"image_url\":\"https://c.example/"
     "i.jpg\",\"language\":\"en\",\"localpath\":null,\"maintext\":\"The "
     "harbour\\nis "
     "open.\",\"source_domain\":\"courier.example\",\"title\":\"Harbour "
     "open\",\"title_page\":null,\"title_rss\":null,\"url\":\"https://"
     "courier.example/h\"}\n",
     "+ 1 https://courier.example/h\n"
     "url: https://courier.example/h\n"
     "title: Harbour open\n"
     "source: courier.example\n"
     "author: Ada Prell\\nJon Quell\n"
     "lang: en\n"
     "extra: date_download: 2022-02-02 10:00:00\\nfilename: "
     "x.html\\nimage_url: https://c.example/i.jpg\\ndescription: A lead.\n"
     "date_source: date_publish\n"
     "body: The harbour\\nis open.\n"
     "date: 2022-02-01T09:00:00Z\n"},
    {"guardian",
     "{\"response\":{\"status\":\"ok\",\"total\":1,\"results\":[{\"id\":"
     "\"world/2020/may/01/"
     "ferry\",\"type\":\"article\",\"sectionId\":\"world\",\"sectionName\":"
     "\"World "
     "news\",\"webPublicationDate\":\"2020-05-01T10:00:00Z\",\"webTitle\":"
     "\"Ferry "
     "sails\",\"webUrl\":\"https://www.guard.example/"
     "ferry\",\"apiUrl\":\"https://api.guard.example/"
     "ferry\",\"fields\":{\"headline\":\"Ferry sails "
     "again\",\"trailText\":\"<p>Back at <b>sea</b></p>\",\"byline\":\"Ada "
     "Prell\",\"body\":\"<p>The ferry sailed.</p><figure><img "
     "src=\\\"x\\\"><figcaption>The ferry</figcaption></figure><p>It was "
     "<em>full</em>.</p>\",\"bodyText\":\"The ferry sailed. It was "
     "full.\",\"wordcount\":\"7\",\"publication\":\"The "
     "Guard\"},\"tags\":[{\"id\":\"world/"
     "ferries\",\"type\":\"keyword\",\"webTitle\":\"Ferries\"},{\"id\":"
     "\"world/"
     "sea\",\"type\":\"keyword\",\"webTitle\":\"Sea\"}],\"isHosted\":false,"
     "\"pillarName\":\"News\"}]}}\n",
     "+ 1 world/2020/may/01/ferry\n"
     "url: https://www.guard.example/ferry\n"
     "title: Ferry sails again\n"
     "section: World news\n"
     "source: The Guard\n"
     "author: Ada Prell\n"
     "topics: Ferries\\nSea\n"
     "extra: sectionId: world\\napiUrl: "
     "https://api.guard.example/ferry\\nwebTitle: Ferry sails\\ntrailText: "
     "Back at sea\\nwordcount: 7\\nisHosted: false\\npillarName: News\n"
     "date_source: webPublicationDate\n"
     "body: The ferry sailed.\\n\\nIt was full.\n"
     "date: 2020-05-01T10:00:00Z\n"},
    {"nyt",
     "{\"status\":\"OK\",\"copyright\":\"(c)\",\"response\":{\"docs\":[{"
     "\"abstract\":\"The bridge "
     "stays.\",\"web_url\":\"https://nyt.example/b.html\",\"snippet\":\"The "
     "bridge\",\"lead_paragraph\":\"The council of Selm voted to keep the "
     "bridge.\",\"source\":\"The "
     "Times\",\"multimedia\":[{\"url\":\"i.jpg\",\"caption\":\"no\"}],"
     "\"headline\":{\"main\":\"Bridge "
     "stays\",\"kicker\":\"Selm\",\"name\":null},\"keywords\":[{\"name\":"
     "\"glocations\",\"value\":\"Selm\",\"rank\":1},{\"name\":\"subject\","
     "\"value\":\"Bridges\",\"rank\":2}],\"pub_date\":\"1951-05-03T00:00:00+"
     "0000\",\"document_type\":\"article\",\"news_desk\":\"Foreign\","
     "\"section_name\":\"Archives\",\"byline\":{\"original\":\"By ADA "
     "PRELL\",\"person\":[{\"firstname\":\"Ada\",\"lastname\":\"Prell\","
     "\"rank\":1}],\"organization\":null},\"type_of_material\":\"News\",\"_"
     "id\":\"nyt://article/1\",\"word_count\":100,\"uri\":\"nyt://article/"
     "1\"}],\"meta\":{\"hits\":1}}}\n",
     "+ 1 nyt://article/1\n"
     "url: https://nyt.example/b.html\n"
     "title: Bridge stays\n"
     "section: Archives\n"
     "source: The Times\n"
     "author: ADA PRELL\n"
     "topics: Selm\\nBridges\n"
     "extra: snippet: The bridge\\nabstract: The bridge "
     "stays.\\ndocument_type: article\\nnews_desk: "
     "Foreign\\ntype_of_material: News\\nword_count: 100\n"
     "date_source: pub_date\n"
     "body: The council of Selm voted to keep the bridge.\n"
     "date: 1951-05-03T00:00:00Z\n"},
    {"gdelt",
     "{\"articles\":[{\"url\":\"https://courier.example/"
     "g\",\"url_mobile\":\"\",\"title\":\"Herring catch "
     "falls\",\"seendate\":\"20200101T101500Z\",\"socialimage\":\"\","
     "\"domain\":\"courier.example\",\"language\":\"English\","
     "\"sourcecountry\":\"Vessenia\"}]}\n",
     "+ 1 https://courier.example/g\n"
     "url: https://courier.example/g\n"
     "title: Herring catch falls\n"
     "source: courier.example\n"
     "lang: en\n"
     "extra: sourcecountry: Vessenia\n"
     "date_source: seendate\n"
     "date: 2020-01-01T10:15:00Z\n"},
    {"wordpress",
     "[{\"id\":12,\"date\":\"2021-06-01T12:00:00\",\"date_gmt\":\"2021-06-"
     "01T10:00:00\",\"guid\":{\"rendered\":\"https://blog.example/"
     "?p=12\"},\"modified\":\"2021-06-02T12:00:00\",\"slug\":\"cup\","
     "\"status\":\"publish\",\"type\":\"post\",\"link\":\"https://"
     "blog.example/cup/\",\"title\":{\"rendered\":\"Rovers &#8217;win&#8217; "
     "the cup\"},\"content\":{\"rendered\":\"\\n<p>Lurne Rovers "
     "won.</p>\\n\\n\\n\\n<p>The town sang &amp; "
     "danced.</"
     "p>\\n\",\"protected\":false},\"excerpt\":{\"rendered\":\"<p>Lurne "
     "Rovers won "
     "[&hellip;]</"
     "p>\\n\",\"protected\":false},\"author\":3,\"featured_media\":0,"
     "\"categories\":[4,5],\"tags\":[6],\"_links\":{\"self\":[{\"href\":\"x\"}"
     "]},\"_embedded\":{\"author\":[{\"id\":3,\"name\":\"Ada "
     "Prell\",\"link\":\"x\"}],\"wp:term\":[[{\"id\":4,\"name\":\"Sport\","
     "\"taxonomy\":\"category\"}],[{\"id\":6,\"name\":\"Cup\",\"taxonomy\":"
     "\"post_tag\"}]]}}]\n",
     "+ 1 https://blog.example/?p=12\n"
     "url: https://blog.example/cup/\n"
     "title: Rovers \342\200\231win\342\200\231 the cup\n"
     "author: Ada Prell\n"
     "topics: Sport\\nCup\n"
     "extra: date: 2021-06-01T12:00:00\\nid: 12\\nmodified: "
     "2021-06-02T12:00:00\\nslug: cup\\nstatus: publish\\ntype: "
     "post\\nexcerpt: Lurne Rovers won [\342\200\246]\\nauthor: "
     "3\\nfeatured_media: 0\n"
     "date_source: date_gmt\n"
     "body: Lurne Rovers won.\\n\\nThe town sang & danced.\n"
     "date: 2021-06-01T10:00:00Z\n"},
    {"jsonfeed",
     "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Halden "
     "Courier\",\"home_page_url\":\"https://courier.example/"
     "\",\"feed_url\":\"https://courier.example/"
     "feed.json\",\"language\":\"en-GB\",\"items\":[{\"id\":\"https://"
     "courier.example/1\",\"url\":\"https://courier.example/"
     "1\",\"title\":\"Fish "
     "limits\",\"content_html\":\"<p>One.</p><p>Two.</"
     "p>\",\"summary\":\"S\",\"date_published\":\"2022-01-02T03:04:05+01:00\","
     "\"authors\":[{\"name\":\"Ada "
     "Prell\"}],\"tags\":[\"fish\",\"law\"]},{\"id\":\"2\",\"content_text\":"
     "\"Only text.\",\"date_published\":\"2022-01-03T00:00:00Z\"}]}\n",
     "+ 1 https://courier.example/1\n"
     "url: https://courier.example/1\n"
     "title: Fish limits\n"
     "source: Halden Courier\n"
     "author: Ada Prell\n"
     "lang: en\n"
     "topics: fish\\nlaw\n"
     "extra: summary: S\n"
     "date_source: date_published\n"
     "body: One.\\n\\nTwo.\n"
     "date: 2022-01-02T02:04:05Z\n"
     "+ 2 2\n"
     "source: Halden Courier\n"
     "lang: en\n"
     "date_source: date_published\n"
     "body: Only text.\n"
     "date: 2022-01-03T00:00:00Z\n"},
    {"eventregistry",
     "{\"articles\":{\"page\":1,\"pages\":1,\"totalResults\":1,\"results\":[{"
     "\"uri\":\"6512\",\"lang\":\"eng\",\"isDuplicate\":false,\"date\":\"2023-"
     "04-05\",\"time\":\"06:07:08\",\"dateTime\":\"2023-04-05T06:07:08Z\","
     "\"dateTimePub\":\"2023-04-05T05:00:00Z\",\"dataType\":\"news\",\"sim\":"
     "0,\"url\":\"https://courier.example/e\",\"title\":\"Bank raises "
     "rates\",\"body\":\"The bank raised.\\n\\nRates "
     "rose.\",\"source\":{\"uri\":\"courier.example\",\"dataType\":\"news\","
     "\"title\":\"Halden "
     "Courier\"},\"authors\":[{\"uri\":\"ada@x\",\"name\":\"Ada "
     "Prell\",\"type\":\"author\",\"isAgency\":false}],\"concepts\":[{\"uri\":"
     "\"u\",\"label\":{\"eng\":\"Bank\"}}],\"categories\":[{\"uri\":\"news/"
     "Business\",\"label\":\"news/"
     "Business\",\"wgt\":70}],\"image\":\"x\",\"eventUri\":null,\"sentiment\":"
     "0.1}]}}\n",
     "+ 1 6512\n"
     "url: https://courier.example/e\n"
     "title: Bank raises rates\n"
     "source: Halden Courier\n"
     "author: Ada Prell\n"
     "lang: en\n"
     "topics: news/Business\n"
     "extra: isDuplicate: false\\ntime: 06:07:08\\ndate: "
     "2023-04-05\\ndateTime: 2023-04-05T06:07:08Z\\ndataType: news\\nsim: "
     "0\\nimage: x\\nsentiment: 0.1\n"
     "date_source: dateTimePub\n"
     "body: The bank raised.\\n\\nRates rose.\n"
     "date: 2023-04-05T05:00:00Z\n"},
    {"elastic",
     "{\"took\":3,\"timed_out\":false,\"hits\":{\"total\":{\"value\":2,"
     "\"relation\":\"eq\"},\"max_score\":1.0,\"hits\":[{\"_index\":\"news\","
     "\"_id\":\"a1\",\"_score\":1.0,\"_source\":{\"title\":\"Tide "
     "tables\",\"body\":\"High at "
     "six.\",\"published\":\"2019-01-01\",\"fields\":{\"x\":1}}},{\"_index\":"
     "\"news\",\"_id\":\"a2\",\"_score\":0.9,\"_source\":{\"headline\":"
     "\"Comet seen\",\"content\":\"Over Castrel.\"}}]}}\n",
     "+ 1 a1\n"
     "title: Tide tables\n"
     "extra: _index: news\\n_score: 1.0\\nx: 1\n"
     "date_source: published\n"
     "body: High at six.\n"
     "date: 2019-01-01\n"
     "+ 2 a2\n"
     "title: Comet seen\n"
     "extra: _index: news\\n_score: 0.9\n"
     "body: Over Castrel.\n"},
    {"eslines",
     "{\"_index\":\"news\",\"_type\":\"_doc\",\"_id\":\"a1\",\"_source\":{"
     "\"title\":\"Tide tables\",\"body\":\"High at six.\"}}\n"
     "{\"index\":{\"_index\":\"news\",\"_id\":\"a2\"}}\n"
     "{\"title\":\"Comet seen\",\"body\":\"Over Castrel.\"}\n",
     "+ 1 a1\n"
     "title: Tide tables\n"
     "extra: _index: news\\n_type: _doc\n"
     "body: High at six.\n"
     "skipped 2 [DIR/f#2]: no text\n"
     "+ 3 DIR/f#3\n"
     "title: Comet seen\n"
     "body: Over Castrel.\n"},
    {"jsonapi",
     "{\"links\":{\"self\":\"x\"},\"data\":[{\"type\":\"articles\",\"id\":"
     "\"9\",\"attributes\":{\"title\":\"Crane falls\",\"body\":\"<p>No one "
     "hurt.</"
     "p>\",\"published-at\":\"2018-07-08\"},\"relationships\":{\"author\":{"
     "\"data\":{\"type\":\"people\",\"id\":\"1\"}}}}],\"included\":[{\"type\":"
     "\"people\",\"id\":\"1\",\"attributes\":{\"name\":\"Ada\"}}]}\n",
     "+ 1 9\n"
     "title: Crane falls\n"
     "extra: type: articles\n"
     "date_source: published-at\n"
     "body: No one hurt.\n"
     "date: 2018-07-08\n"},
    {"mediawiki",
     "{\"batchcomplete\":\"\",\"query\":{\"normalized\":[{\"from\":\"a\","
     "\"to\":\"b\"}],\"pages\":{\"101\":{\"pageid\":101,\"ns\":0,\"title\":"
     "\"Ferry disaster inquiry\",\"extract\":\"<p>The inquiry "
     "opened.</p>\",\"fullurl\":\"https://wiki.example/"
     "F\",\"touched\":\"2020-01-01T00:00:00Z\"},\"102\":{\"pageid\":102,"
     "\"ns\":0,\"title\":\"Bridge\",\"extract\":\"A bridge.\"}}}}\n",
     "+ 1 101\n"
     "url: https://wiki.example/F\n"
     "title: Ferry disaster inquiry\n"
     "extra: ns: 0\\ntouched: 2020-01-01T00:00:00Z\n"
     "body: The inquiry opened.\n"
     "+ 2 102\n"
     "title: Bridge\n"
     "extra: ns: 0\n"
     "body: A bridge.\n"},
    {"rssjson",
     "{\"rss\":{\"version\":\"2.0\",\"channel\":{\"title\":\"Le "
     "Phare\",\"description\":\"News of "
     "Lurne\",\"link\":\"https://"
     "phare.example\",\"language\":\"fr\",\"item\":[{\"title\":\"La "
     "f\\u00eate\",\"description\":\"<p>Une "
     "f&ecirc;te.</p>\",\"link\":\"https://phare.example/"
     "1\",\"pubDate\":\"Sat, 02 May 2020 10:00:00 "
     "GMT\",\"guid\":{\"@isPermaLink\":\"false\",\"#text\":\"g1\"},\"dc:"
     "creator\":\"A. Prell\"}]}}}\n",
     "+ 1 g1\n"
     "url: https://phare.example/1\n"
     "title: La f\303\252te\n"
     "source: Le Phare\n"
     "author: A. Prell\n"
     "lang: fr\n"
     "date_source: pubDate\n"
     "body: Une f\303\252te.\n"
     "date: 2020-05-02T10:00:00Z\n"},
    {"huffpost",
     "{\"link\": \"https://huff.example/1\", \"headline\": \"Chess letter "
     "found\", \"category\": \"ARTS\", \"short_description\": \"A letter of "
     "1911.\", \"authors\": \"Ada Prell, Contributor\", \"date\": "
     "\"2018-05-26\"}\n"
     "{\"link\": \"https://huff.example/2\", \"headline\": \"Old web\", "
     "\"category\": \"TECH\", \"short_description\": \"\", \"authors\": \"\", "
     "\"date\": \"2018-05-26\"}\n",
     "+ 1 https://huff.example/1\n"
     "url: https://huff.example/1\n"
     "title: Chess letter found\n"
     "section: ARTS\n"
     "author: Ada Prell, Contributor\n"
     "date_source: date\n"
     "body: A letter of 1911.\n"
     "date: 2018-05-26\n"
     "+ 2 https://huff.example/2\n"
     "url: https://huff.example/2\n"
     "title: Old web\n"
     "section: TECH\n"
     "date_source: date\n"
     "date: 2018-05-26\n"},
    {"bing",
     "{\"_type\":\"News\",\"readLink\":\"x\",\"value\":[{\"name\":\"Vaccine "
     "arrives\",\"url\":\"https://b.example/v\",\"description\":\"By "
     "ship.\",\"provider\":[{\"_type\":\"Organization\",\"name\":\"Halden "
     "Courier\"}],\"datePublished\":\"2021-01-05T06:00:00.0000000Z\","
     "\"category\":\"Health\"}]}\n",
     "+ 1 https://b.example/v\n"
     "url: https://b.example/v\n"
     "title: Vaccine arrives\n"
     "section: Health\n"
     "source: Halden Courier\n"
     "date_source: datePublished\n"
     "body: By ship.\n"
     "date: 2021-01-05T06:00:00Z\n"},
    {"ninjs1",
     "{\"uri\":\"urn:newsml:cw.example:1\",\"type\":\"text\",\"version\":"
     "\"3\",\"versioncreated\":\"2019-05-10T16:02:28+02:00\",\"firstcreated\":"
     "\"2019-05-10T15:00:00+02:00\",\"pubstatus\":\"canceled\",\"embargoed\":"
     "\"2019-05-11T06:00:00+02:00\",\"embargoedreason\":\"Speech\",\"ednote\":"
     "\"Kill: wrong name.\",\"headline\":\"Mayor "
     "speaks\",\"slugline\":\"mayor\",\"body_xhtml\":\"<p>The mayor "
     "spoke.</p>\\n<p>Nobody heard.</p>\",\"body_text\":\"The mayor "
     "spoke.Nobody heard.\",\"byline\":\"Ada "
     "Prell\",\"located\":\"Selm\",\"language\":\"en-GB\",\"subject\":[{"
     "\"name\":\"Politics\",\"code\":\"p\"},{\"name\":\"Towns\"}],\"place\":[{"
     "\"name\":\"Selm\",\"rel\":\"about\"}],\"person\":[{\"name\":\"M. "
     "Ayor\"}],\"organisation\":[{\"name\":\"Selm "
     "Council\"}],\"genre\":[{\"name\":\"News\"}],\"infosource\":[{\"name\":"
     "\"Coastwire\"}],\"copyrightholder\":\"CW\",\"associations\":{\"main\":{"
     "\"uri\":\"u2\",\"type\":\"picture\",\"headline\":\"No\",\"body_text\":"
     "\"No\"}},\"signals\":[\"newscontent\"]}\n",
     "+ 1 urn:newsml:cw.example:1\n"
     "title: Mayor speaks\n"
     "source: Coastwire\n"
     "author: Ada Prell\n"
     "lang: en\n"
     "places: Selm\n"
     "topics: Politics\\nTowns\n"
     "dateline: Selm\n"
     "extra: firstcreated: 2019-05-10T15:00:00+02:00\\nembargoedreason: "
     "Speech\\nednote: Kill: wrong name.\\nslugline: mayor\\nperson: M. "
     "Ayor\\norganisation: Selm Council\\ngenre: News\\ncopyrightholder: "
     "CW\\nsignals: newscontent\n"
     "date_source: versioncreated\n"
     "status: canceled\n"
     "version: 3\n"
     "embargo: 2019-05-11T04:00:00Z\n"
     "body: The mayor spoke.\\n\\nNobody heard.\n"
     "date: 2019-05-10T14:02:28Z\n"},
    {"ninjs3",
     "{\"standard\":{\"name\":\"ninjs\",\"version\":\"3.0\"},\"uri\":\"urn:cw:"
     "2\",\"type\":\"text\",\"representationType\":\"full\",\"pubStatus\":"
     "\"withheld\",\"version\":\"1\",\"versionCreated\":\"2023-10-08T02:34:"
     "03Z\",\"contentCreated\":\"2023-10-07\",\"title\":\"slug "
     "title\",\"headlines\":[{\"role\":\"short\",\"value\":\"Short\"},{"
     "\"value\":\"Ferry "
     "lost\",\"role\":\"main\"}],\"descriptions\":[{\"role\":\"writer\","
     "\"value\":\"x.example\"},{\"role\":\"text\",\"value\":\"A "
     "summary.\"}],\"bodies\":[{\"role\":\"nitf\",\"contentType\":\"text/"
     "vnd.IPTC.NITF\",\"value\":\"<nitf><head><title>No</title></"
     "head><body><body.content><p>N.</p></body.content></body></"
     "nitf>\"},{\"value\":\"<html><head><title>T</title></head><body><p>One.</"
     "p><p>Two.</p></body></html>\",\"contentType\":\"text/"
     "html\",\"role\":\"html\"},{\"role\":\"text\",\"contentType\":\"text/"
     "plain\",\"value\":\"One. Two.\"}],\"by\":\"Ada "
     "Prell\",\"located\":\"Lurne\",\"subjects\":[{\"name\":\"Ferries\"}],"
     "\"people\":[{\"name\":\"C. "
     "Aptain\"}],\"infoSources\":[{\"name\":\"Coastwire\"}],\"altIds\":[{"
     "\"role\":\"x\",\"value\":\"v\"}],\"associations\":[{\"name\":\"a\","
     "\"type\":\"picture\",\"uri\":\"z\",\"headlines\":[{\"value\":\"No\"}]}]}"
     "\n",
     "+ 1 urn:cw:2\n"
     "title: Ferry lost\n"
     "source: Coastwire\n"
     "author: Ada Prell\n"
     "topics: Ferries\n"
     "dateline: Lurne\n"
     "extra: representationType: full\\ncontentCreated: 2023-10-07\\ntitle: "
     "slug title\\nheadlines: Short\\ndescriptions: x.example\\ndescriptions: "
     "A summary.\\npeople: C. Aptain\n"
     "date_source: versionCreated\n"
     "status: withheld\n"
     "version: 1\n"
     "body: One.\\n\\nTwo.\n"
     "date: 2023-10-08T02:34:03Z\n"},
    {"ninjslist",
     "{\"data\":[{\"uri\":\"u:1\",\"type\":\"text\",\"headline\":\"A\",\"body_"
     "html\":\"<p>a</"
     "p>\",\"signals\":[{\"name\":\"correction\"}]},{\"uri\":\"u:2\",\"type\":"
     "\"picture\",\"headline\":\"B\",\"description_caption\":\"b\"},{\"uri\":"
     "\"u:3\",\"type\":\"composite\",\"headline\":\"C\",\"associations\":{"
     "\"x\":{\"uri\":\"y\"}}},{\"uri\":\"u:4\",\"type\":\"event\","
     "\"headline\":\"D\",\"body_text\":\"d\"},{\"uri\":\"u:5\",\"type\":"
     "\"planning\",\"headline\":\"E\"},{\"uri\":\"u:6\",\"type\":\"video\","
     "\"headline\":\"F\",\"body_text\":\"The script of the report.\"}]}\n",
     "+ 1 u:1\n"
     "title: A\n"
     "status: corrected\n"
     "body: a\n"
     "skipped 2 [u:2]: a picture, not an article\n"
     "skipped 3 [u:3]: a package without a text of its own\n"
     "skipped 4 [u:4]: an event, not an article\n"
     "skipped 5 [u:5]: a planning item, not an article\n"
     "+ 6 u:6\n"
     "title: F\n"
     "extra: type: video\n"
     "body: The script of the report.\n"},
    {"ninjsnitf",
     "{\"uri\":\"u:7\",\"type\":\"text\",\"headlines\":[{\"value\":\"H\"}],"
     "\"bodies\":[{\"contentType\":\"text/"
     "vnd.IPTC.NITF\",\"value\":\"<nitf><head><title>No</title></"
     "head><body><body.head><hedline><hl1>H</hl1></hedline></"
     "body.head><body.content><p>First.</p><p>Second.</p></body.content></"
     "body></nitf>\"}]}\n",
     "+ 1 u:7\n"
     "title: H\n"
     "body: First.\\n\\nSecond.\n"},
    {"apfeed",
     "{\"api_version\":\"1.1\",\"id\":\"req1\",\"data\":{\"query\":\"q\","
     "\"updated\":\"2019-06-25T04:16:57.946Z\",\"items\":[{\"meta\":{},"
     "\"item\":{\"uri\":\"https://api.example/v/c/"
     "9?qt=a&et=b\",\"altids\":{\"itemid\":\"9\",\"etag\":\"9_0\"},"
     "\"version\":2,\"type\":\"text\",\"versioncreated\":\"2019-07-03T04:05:"
     "12Z\",\"pubstatus\":\"usable\",\"headline\":\"BC--Coffee\",\"provider\":"
     "\"AP\",\"datelinelocation\":{\"city\":\"Selm\",\"countryname\":\"V\"},"
     "\"renditions\":{\"nitf\":{\"title\":\"NITF\",\"href\":\"x\"}}}},{"
     "\"meta\":{},\"item\":{\"uri\":\"https://api.example/v/c/"
     "8\",\"altids\":{\"itemid\":\"8\"},\"type\":\"picture\",\"headline\":"
     "\"P\"}}]}}\n",
     "+ 1 9\n"
     "url: https://api.example/v/c/9?qt=a&et=b\n"
     "title: BC--Coffee\n"
     "source: AP\n"
     "dateline: Selm\n"
     "extra: uri: https://api.example/v/c/9?qt=a&et=b\n"
     "date_source: versioncreated\n"
     "version: 2\n"
     "date: 2019-07-03T04:05:12Z\n"
     "skipped 2 [8]: a picture, not an article\n"},
    {"apiitem",
     "{\"api_version\":\"1.1\",\"id\":\"req2\",\"data\":{\"meta\":{"
     "\"products\":[{\"id\":1,\"name\":\"X\"}]},\"item\":{\"uri\":\"https://"
     "api.example/v/c/"
     "7\",\"altids\":{\"itemid\":\"7\"},\"type\":\"text\",\"versioncreated\":"
     "\"2019-07-03T04:05:12Z\",\"headline\":\"One "
     "item\",\"person\":[{\"name\":\"A. "
     "B\"}],\"subject\":[{\"name\":\"Coffee\"}],\"keywords\":[\"quota\"]}}}\n",
     "+ 1 7\n"
     "url: https://api.example/v/c/7\n"
     "title: One item\n"
     "topics: Coffee\\nquota\n"
     "extra: uri: https://api.example/v/c/7\\nperson: A. B\n"
     "date_source: versioncreated\n"
     "date: 2019-07-03T04:05:12Z\n"},
    {"flat_items",
     "{\"id\":1,\"title\":\"t\",\"items\":[{\"sku\":1}],\"body\":\"b\","
     "\"results\":[{\"x\":1}]}\n"
     "{\"id\":2,\"data\":{\"views\":3},\"title\":\"u\",\"body\":\"c\"}\n"
     "{\"id\":3,\"title\":\"v\",\"data\":{\"body\":\"<p>in data</p>\"}}\n"
     "{\"status\":\"error\",\"code\":\"x\",\"message\":\"y\"}\n"
     "{\"status\":\"ok\",\"articles\":[]}\n"
     "{\"id\":4,\"title\":\"w\",\"documents\":[],\"summary\":\"s\"}\n",
     "skipped 1 [DIR/f#1]: no text\n"
     "+ 2 1\n"
     "title: t\n"
     "body: b\n"
     "+ 3 2\n"
     "title: u\n"
     "body: c\n"
     "+ 4 3\n"
     "title: v\n"
     "skipped 5 [DIR/f#5]: no text\n"
     "skipped 6 [DIR/f#6]: no text\n"
     "+ 7 4\n"
     "title: w\n"
     "body: s\n"},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void
each_shape(void)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        const char *got = read_bytes(str_of(samples[i].json), NULL);

        test_that(strcmp(got, samples[i].want) == 0, __FILE__, __LINE__,
                  "%s gives\n%s, not\n%s", samples[i].shape, got,
                  samples[i].want);
    }
}

/* Each beginning of each of them: what was whole before the end is there,
 * and the rest is accounted for. */
static void
cut_short(void)
{
    seen.quiet = true;
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t len = strlen(samples[i].json), whole, records = 0;

        read_bytes(str_of(samples[i].json), NULL);
        whole = seen.records;
        for (size_t n = 1; n < len; n++) {
            read_bytes(str_slice(samples[i].json, n), NULL);
            test_that(seen.records + seen.skipped + seen.failed > 0 &&
                          seen.records >= records && seen.records <= whole,
                      __FILE__, __LINE__, "%zu bytes of %s: %zu records", n,
                      samples[i].shape, seen.records);
            records = seen.records;
        }
    }
    seen.quiet = false;
}

/* A list of records is read as a stream: none of its ends is a line's. */
static void
long_list(void)
{
    const int n = 40000;
    struct buf b;

    buf_init(&b, 1 << 25);
    buf_str(&b, STR("{\"status\":\"ok\",\"response\":{\"docs\":["));
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s{\"_id\":\"d%d\",\"headline\":{\"main\":\"t\"}}",
                   i > 0 ? "," : "", i);
    seen.quiet = true;
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, n);
    CHECK_INT(seen.failed, 1);
    buf_str(&b, STR("],\"meta\":{\"hits\":1}},\"copyright\":\"c\"}\n"));
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, n);
    CHECK_INT(seen.failed + seen.skipped, 0);
    seen.quiet = false;
    buf_free(&b);
}

/* Records on lines of their own within a list. */
static void
list_over_lines(void)
{
    static const char want[] = "+ 1 1\ntitle: t\n+ 2 2\ntitle: u\n";

    CHECK_STR(READ("{\"articles\": [\n{\"id\":1,\"title\":\"t\"},\n"
                   "{\"id\":2,\"title\":\"u\"}\n]}\n"),
              want);
    CHECK_STR(READ("{\n\"next\": \"x\",\n\"data\":\n{\"items\":\n[\n"
                   "{\"id\":1,\"title\":\"t\"}\n,\n"
                   "{\"id\":2,\"title\":\"u\"}\n]\n}\n}\n"),
              want);
    CHECK_STR(READ("{\"articles\":[{\"id\":1,\"title\":\"t\"}]}\n"
                   "{\"articles\":[{\"id\":2,\"ti\n"
                   "{\"articles\":[{\"id\":2,\"title\":\"u\"}]}\n"),
              "+ 1 1\ntitle: t\nfailed 2 []: line 2: the object is cut short\n"
              "+ 3 2\ntitle: u\n");
    CHECK_STR(READ("{\"articles\":[null,1,\"x\",[{\"id\":0,\"title\":\"no\"}],"
                   "{\"id\":1,\"title\":\"t\"}]}"),
              "+ 1 1\ntitle: t\n");
    CHECK_STR(READ("[{\"response\":{\"docs\":[{\"id\":1,\"title\":\"t\"}]}},"
                   "{\"response\":{\"docs\":[{\"id\":2,\"title\":\"u\"}]}}]"),
              want);
}

/* What ninjs has of objects and people is no list of articles. */
static void
other_lists(void)
{
    CHECK_STR(
        READ("{\"id\":1,\"objects\":[{\"name\":\"o\"}],\"people\":[{\"name\":"
             "\"p\"}],\"events\":[{\"name\":\"e\"}],\"associations\":[{"
             "\"headline\":\"a\"}],\"title\":\"t\"}"),
        "+ 1 1\ntitle: t\nextra: people: p\n");
}

static void
states(void)
{
    static const struct {
        const char *members, *want;
    } rows[] = {
        {"\"pubstatus\":\"usable\"", ""},
        {"\"pubStatus\":\"stat:canceled\"", "status: canceled\n"},
        {"\"pubstatus\":\"Cancelled\"", "status: canceled\n"},
        {"\"pubstatus\":\"withheld\",\"signals\":[\"correction\"]",
         "status: withheld\n"},
        {"\"signals\":[\"x\",\"sig:correction\"]", "status: corrected\n"},
        {"\"corrections\":[{\"text\":\"a name\"}]",
         "extra: corrections: a name\nstatus: corrected\n"},
        {"\"status\":\"publish\"", "extra: status: publish\n"},
        {"\"status\":\"withheld\",\"version\":3,\"embargo\":"
         "\"2020-01-02T03:04:05Z\"",
         "status: withheld\nversion: 3\nembargo: 2020-01-02T03:04:05Z\n"},
        {"\"embargoed\":\"2020-01-02\"", "embargo: 2020-01-02T00:00:00Z\n"},
        {"\"embargoed\":\"soon\"", "status: withheld\n"},
        {"\"date\":\"2020\",\"date_source\":\"NITF\",\"date_suspect\":"
         "\"3020\"",
         "date_source: NITF\ndate_suspect: 3020\ndate: 2020\n"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[300], want[200];

        snprintf(json, sizeof json, "{\"id\":1,\"title\":\"t\",%s}",
                 rows[i].members);
        snprintf(want, sizeof want, "+ 1 1\ntitle: t\n%s", rows[i].want);
        CHECK_STR(read_bytes(str_of(json), NULL), want);
    }
}

static void
values_in_html(void)
{
    static const struct {
        const char *value, *want;
    } rows[] = {
        {"<p>One &amp; two.<\\/p>\\n<p>Three<br>four.<\\/p>",
         "One & two.\\n\\nThree\\nfour."},
        {"One, <b>bold<\\/b>.\\n\\nTwo &eacute;.\\nThree.",
         "One, <b>bold</b>.\\n\\nTwo &eacute;.\\nThree."},
        {"1 < 2 && 3 > 2; A&B; x<y>z", "1 < 2 && 3 > 2; A&B; x<y>z"},
        {"<p>a<\\/p><figure><img src=\\\"x\\\"><figcaption>no<\\/figcaption>"
         "<\\/figure><script>no()<\\/script><p>b<\\/p>",
         "a\\n\\nb"},
        {"  left as it is \\n\\n\\n so ", "  left as it is \\n\\n\\n so "},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[400], want[200];

        snprintf(json, sizeof json, "{\"id\":1,\"body\":\"%s\"}",
                 rows[i].value);
        snprintf(want, sizeof want, "+ 1 1\nbody: %s\n", rows[i].want);
        CHECK_STR(read_bytes(str_of(json), NULL), want);
    }
    CHECK_STR(READ("{\"id\":1,\"title\":\"A &#8220;b&#8221; <em>c</em>\","
                   "\"body_html\":\"plain\\n   text\",\"keywords\":"
                   "\"Fish &amp; chips, tea\"}"),
              "+ 1 1\ntitle: A \342\200\234b\342\200\235 c\n"
              "topics: Fish & chips\\ntea\nbody: plain text\n");
    CHECK_STR(READ("{\"id\":1,\"title\":\"t\",\"body\":\"<p> </p>\","
                   "\"summary\":\"s\"}"),
              "+ 1 1\ntitle: t\nbody: s\n");
}

/* An article in typed pieces, as an object and in a list of such. */
static void
pieces(void)
{
    static const char want[] =
        "+ 1 p1\nurl: https://a.example/1\ntitle: Ferry sank\n"
        "section: Coast\nauthor: Ada Prell\n"
        "date_source: published_date\n"
        "body: One & <two>.\\n\\nThree four.\n"
        "date: 2021-03-04T10:00:00Z\n";
#define PIECES                                                                \
    "{\"id\":\"p1\",\"title\":\"Ferry sank\",\"author\":\"Ada Prell\","       \
    "\"article_url\":\"https://a.example/1\",\"contents\":["                  \
    "{\"content\":\"Coast\",\"mime\":\"text/plain\",\"type\":\"kicker\"},"    \
    "{\"content\":\"Ferry sank\",\"type\":\"title\"},null,"                   \
    "{\"content\":1614852000000,\"type\":\"date\"},"                          \
    "{\"fullcaption\":\"c\",\"type\":\"image\",\"url\":\"https://x/y.jpg\"}," \
    "{\"content\":\"One &amp; &lt;two>.\",\"type\":\"sanitized_html\"},{},"   \
    "{\"type\":\"video\",\"content\":\"no\"},"                                \
    "{\"type\":\"text\",\"credits\":{\"by\":[{\"name\":\"no\"}]},"            \
    "\"content\":\"Three <b>four</b>.\"}],"                                   \
    "\"published_date\":1614852000000}"

    CHECK_STR(READ(PIECES), want);
    CHECK_STR(READ("{\"contents\":[" PIECES "]}"), want);
    CHECK_STR(
        READ("{\"type\":\"results\",\"content_elements\":[{\"_id\":\"A\","
             "\"content_elements\":[{\"content\":\"One.\"},{\"content\":"
             "\"Two.\",\"type\":\"text\"}],\"credits\":{\"by\":[{"
             "\"name\":\"Ada Prell\"},{\"name\":\"Tove Marn\"}]},"
             "\"headlines\":{\"basic\":\"H\"},\"display_date\":"
             "\"2021-03-04\",\"taxonomy\":{\"primary_section\":{\"name\":"
             "\"World\"},\"tags\":[{\"text\":\"ferries\"}]},\"owner\":"
             "{\"name\":\"Halden Courier\"}},{\"_id\":\"B\",\"headlines\":"
             "{\"basic\":\"I\"},\"content_elements\":[{\"type\":\"text\","
             "\"content\":\"Three.\"}]}],\"count\":2}"),
        "+ 1 A\ntitle: H\nsection: World\nsource: Halden Courier\n"
        "author: Ada Prell\\nTove Marn\ntopics: ferries\n"
        "date_source: display_date\n"
        "body: One.\\n\\nTwo.\ndate: 2021-03-04\n"
        "+ 2 B\ntitle: I\nbody: Three.\n");
    CHECK_STR(READ("{\"id\":1,\"title\":\"t\",\"contents\":\"a < b\"}"),
              "+ 1 1\ntitle: t\nbody: a < b\n");
}

/* When it was fetched is no date of an article. */
static void
times_of_downloads(void)
{
    CHECK_STR(READ("{\"id\":1,\"text\":\"One.\",\"crawled\":\"2021-03-04\","
                   "\"date_download\":\"2021-03-05\"}"),
              "+ 1 1\nextra: crawled: 2021-03-04\\n"
              "date_download: 2021-03-05\nbody: One.\n");
}

static void
names_of_collections(void)
{
    CHECK_STR(READ("{\"requested_url\":\"https://a.example/1\",\"plain_text\":"
                   "\"One.\",\"tags\":\"{'sea', \\\"Ada's\\\"}\",\"author\":"
                   "\"['Ada Prell', 'By Tove Marn']\",\"crawl_date\":"
                   "\"2021-03-04\"}"),
              "+ 1 https://a.example/1\nurl: https://a.example/1\n"
              "author: Ada Prell\\nBy Tove Marn\ntopics: sea\\nAda's\n"
              "extra: crawl_date: 2021-03-04\nbody: One.\n");
    CHECK_STR(READ("{\"source\":\"https://a.example/1\",\"hostname\":"
                   "\"a.example\",\"text\":\"One.\"}"),
              "+ 1 https://a.example/1\nurl: https://a.example/1\n"
              "source: a.example\nbody: One.\n");
    CHECK_STR(READ("{\"id\":1,\"source\":\"https://a.example/\","
                   "\"text\":\"One.\"}"),
              "+ 1 1\nsource: https://a.example/\nbody: One.\n");
    CHECK_STR(READ("{\"id\":1,\"tags\":\"[]\",\"author\":\"['a\",\"text\":"
                   "\"One.\"}"),
              "+ 1 1\nauthor: ['a\nbody: One.\n");
}

/* Deep, wide and long. */
static void
hostile(void)
{
    struct buf b;

    buf_init(&b, 1 << 26);
    seen.quiet = true;
    for (int i = 0; i < 60; i++)
        buf_str(&b, STR("{\"data\":"));
    buf_str(&b, STR("{\"title\":\"t\",\"body\":\"b\"}"));
    for (int i = 0; i < 60; i++)
        buf_char(&b, '}');
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records + seen.skipped + seen.failed, 1);
    buf_reset(&b);
    buf_str(&b, STR("{\"title\":\"t\",\""));
    for (int i = 0; i < 3000000; i++)
        buf_char(&b, 'k');
    buf_str(&b, STR("\":{\"k\":1},\"bodies\":["));
    for (int i = 0; i < 100000; i++)
        buf_str(&b, STR("{\"role\":\"x\",\"value\":\"v\"},[[[]]],"));
    buf_str(&b, STR("{}],\"authors\":["));
    for (int i = 0; i < 100000; i++)
        buf_str(&b, STR("{\"name\":\"n\",\"name\":{\"name\":\"m\"}},"));
    buf_str(&b, STR("{}]}"));
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records, 1);
    buf_reset(&b);
    buf_str(&b, STR("{\"id\":1,\"body\":\""));
    for (int i = 0; i < 1000000; i++)
        buf_str(&b, STR("<p &#x <figcaption"));
    buf_str(&b, STR("\"}"));
    read_bytes(buf_view(&b), NULL);
    CHECK_INT(seen.records + seen.skipped, 1);
    seen.quiet = false;
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(each_shape);
    RUN(cut_short);
    RUN(long_list);
    RUN(list_over_lines);
    RUN(other_lists);
    RUN(states);
    RUN(values_in_html);
    RUN(pieces);
    RUN(times_of_downloads);
    RUN(names_of_collections);
    RUN(hostile);
    return end_folder();
}
