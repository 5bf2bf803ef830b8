/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key_table.c - what keys of JSON objects, tables and heads mean
 *
 * One table, with the names of our own output and those that news agencies,
 * the interfaces of publishers, scrapers and collections use.  A name with
 * dots is a path: what stands under `name` in the object under `source` is
 * `source.name`; arrays on the way do not count.  The name of a field
 * (field.c) means that field without a row, too.
 *
 * Where a record has several keys of one field, the first in the table is the
 * best.  A table of hashes over it is made at first use: a look-up costs one
 * pass over the key and about one comparison.
 */
#include "key_table.h"

#include <pthread.h>

#include "key_map.h"

/* clang-format off */
#define TEXT(name, flags)  {name, FIELD_BODY, flags}
#define FIELD(name, field) {name, field, 0}
#define DATE(name)         {name, FIELD_N, 0}
#define KEEP(name)         {name, KEY_NONE, KEY_KEEP}
#define LIST(name)         {name, KEY_NONE, KEY_LIST}
#define MEMBERS(name)      {name, KEY_NONE, KEY_MEMBERS}
/* clang-format on */

static const struct {
    const char *name;
    enum field field;
    unsigned flags;
} rows[] = {
    FIELD("altids.itemid", FIELD_ID),
    FIELD("uri", FIELD_ID),
    FIELD("guid", FIELD_ID),
    FIELD("uuid", FIELD_ID),
    FIELD("id", FIELD_ID),
    FIELD("_id", FIELD_ID),
    FIELD("docid", FIELD_ID),
    FIELD("docno", FIELD_ID),
    FIELD("articleid", FIELD_ID),
    FIELD("storyid", FIELD_ID),
    FIELD("newsid", FIELD_ID),
    FIELD("documentid", FIELD_ID),
    FIELD("identifier", FIELD_ID),
    FIELD("@id", FIELD_ID),
    FIELD("pageid", FIELD_ID),

    FIELD("url", FIELD_URL),
    FIELD("link", FIELD_URL),
    FIELD("weburl", FIELD_URL),
    FIELD("permalink", FIELD_URL),
    FIELD("canonicalurl", FIELD_URL),
    FIELD("canonical", FIELD_URL),
    FIELD("articleurl", FIELD_URL),
    FIELD("fullurl", FIELD_URL),
    FIELD("externalurl", FIELD_URL),
    FIELD("respondedurl", FIELD_URL),
    FIELD("requestedurl", FIELD_URL),
    FIELD("thread.url", FIELD_URL),

    FIELD("headline", FIELD_TITLE),
    FIELD("headline.main", FIELD_TITLE),
    {"headlines", FIELD_TITLE, KEY_VARIANTS},
    FIELD("title", FIELD_TITLE),
    {"title.rendered", FIELD_TITLE, KEY_HTML},
    FIELD("webtitle", FIELD_TITLE),
    FIELD("articletitle", FIELD_TITLE),
    FIELD("newstitle", FIELD_TITLE),
    FIELD("titel", FIELD_TITLE),
    FIELD("titre", FIELD_TITLE),
    FIELD("titulo", FIELD_TITLE),
    FIELD("heading", FIELD_TITLE),
    FIELD("name", FIELD_TITLE),
    FIELD("thread.title", FIELD_TITLE),

    TEXT("body", 0),
    TEXT("text", 0),
    TEXT("maintext", 0),
    TEXT("articlebody", 0),
    TEXT("articletext", 0),
    TEXT("bodytext", KEY_VARIANT),
    TEXT("fulltext", 0),
    TEXT("plaintext", 0),
    TEXT("content", 0),
    TEXT("content.rendered", KEY_HTML),
    TEXT("contenttext", KEY_VARIANT),
    {"article", FIELD_BODY, KEY_MEMBERS},
    {"story", FIELD_BODY, KEY_MEMBERS},
    TEXT("contentelements", KEY_LIST | KEY_PIECES),
    TEXT("contents", KEY_LIST | KEY_PIECES),
    TEXT("bodies", KEY_VARIANTS | KEY_VARIANT),
    TEXT("bodyhtml", KEY_HTML),
    TEXT("bodyxhtml", KEY_HTML),
    TEXT("bodyhtml5", KEY_HTML),
    TEXT("contenthtml", KEY_HTML),
    TEXT("content:encoded", KEY_HTML),
    TEXT("bodymarkdown", KEY_VARIANT),
    TEXT("bodynitf", KEY_HTML),
    TEXT("articlecontent", 0),
    TEXT("newscontent", 0),
    TEXT("contenido", 0),
    TEXT("contenu", 0),
    TEXT("texte", 0),
    TEXT("texto", 0),
    TEXT("inhalt", 0),
    TEXT("ocrtext", 0),
    TEXT("ocreng", 0),
    TEXT("ocr", 0),
    TEXT("leadparagraph", KEY_SUMMARY),
    TEXT("extract", KEY_SUMMARY),
    TEXT("descriptiontext", KEY_SUMMARY),
    TEXT("descriptions", KEY_VARIANTS | KEY_SUMMARY),
    TEXT("descriptionhtml", KEY_SUMMARY | KEY_HTML),
    TEXT("descriptionxhtml", KEY_SUMMARY | KEY_HTML),
    TEXT("description", KEY_SUMMARY),
    TEXT("descriptionsummary", KEY_SUMMARY),
    TEXT("summary", KEY_SUMMARY),
    TEXT("abstract", KEY_SUMMARY),
    TEXT("excerpt", KEY_SUMMARY),
    TEXT("excerpt.rendered", KEY_SUMMARY | KEY_HTML),
    TEXT("shortdescription", KEY_SUMMARY),
    TEXT("standfirst", KEY_SUMMARY),
    TEXT("trailtext", KEY_SUMMARY),
    TEXT("lead", KEY_SUMMARY),
    TEXT("lede", KEY_SUMMARY),
    TEXT("teaser", KEY_SUMMARY),
    TEXT("snippet", KEY_SUMMARY),
    TEXT("descriptioncaption", KEY_SUMMARY),

    FIELD("section", FIELD_SECTION),
    FIELD("sectionname", FIELD_SECTION),
    FIELD("articlesection", FIELD_SECTION),
    FIELD("category", FIELD_SECTION),
    FIELD("desk", FIELD_SECTION),
    FIELD("newsdesk", FIELD_SECTION),
    FIELD("service", FIELD_SECTION),
    FIELD("ressort", FIELD_SECTION),
    FIELD("rubrik", FIELD_SECTION),
    FIELD("rubrique", FIELD_SECTION),
    FIELD("pillarname", FIELD_SECTION),
    FIELD("taxonomy.primarysection", FIELD_SECTION),

    FIELD("source", FIELD_SOURCE),
    FIELD("publisher", FIELD_SOURCE),
    FIELD("sourcename", FIELD_SOURCE),
    FIELD("newspaper", FIELD_SOURCE),
    FIELD("publication", FIELD_SOURCE),
    FIELD("outlet", FIELD_SOURCE),
    FIELD("agency", FIELD_SOURCE),
    FIELD("infosources", FIELD_SOURCE),
    FIELD("infosource", FIELD_SOURCE),
    FIELD("provider", FIELD_SOURCE),
    FIELD("sitename", FIELD_SOURCE),
    FIELD("thread.sitefull", FIELD_SOURCE),
    FIELD("thread.site", FIELD_SOURCE),
    FIELD("sourcedomain", FIELD_SOURCE),
    FIELD("copyrightholder", FIELD_SOURCE),
    FIELD("domain", FIELD_SOURCE),
    FIELD("hostname", FIELD_SOURCE),
    FIELD("cleanurl", FIELD_SOURCE),
    FIELD("owner.name", FIELD_SOURCE),
    FIELD("quelle", FIELD_SOURCE),
    FIELD("feedtitle", FIELD_SOURCE),

    FIELD("byline", FIELD_AUTHOR),
    FIELD("author", FIELD_AUTHOR),
    FIELD("by", FIELD_AUTHOR),
    FIELD("bylines", FIELD_AUTHOR),
    FIELD("authors", FIELD_AUTHOR),
    FIELD("creator", FIELD_AUTHOR),
    FIELD("writer", FIELD_AUTHOR),
    FIELD("autor", FIELD_AUTHOR),
    FIELD("auteur", FIELD_AUTHOR),
    FIELD("dc:creator", FIELD_AUTHOR),
    FIELD("_embedded.author", FIELD_AUTHOR),
    FIELD("credits.by", FIELD_AUTHOR),

    FIELD("lang", FIELD_LANG),
    FIELD("language", FIELD_LANG),
    FIELD("inlanguage", FIELD_LANG),
    FIELD("languagecode", FIELD_LANG),
    FIELD("locale", FIELD_LANG),
    FIELD("sprache", FIELD_LANG),

    FIELD("places", FIELD_PLACE),
    FIELD("place", FIELD_PLACE),
    FIELD("location", FIELD_PLACE),
    FIELD("locations", FIELD_PLACE),
    FIELD("geo", FIELD_PLACE),

    FIELD("topics", FIELD_TOPICS),
    FIELD("topic", FIELD_TOPICS),
    {"tags", FIELD_TOPICS, KEY_COMMAS},
    {"keywords", FIELD_TOPICS, KEY_COMMAS},
    {"newskeywords", FIELD_TOPICS, KEY_COMMAS},
    FIELD("keywords.value", FIELD_TOPICS),
    FIELD("subjects", FIELD_TOPICS),
    FIELD("subject", FIELD_TOPICS),
    FIELD("categories", FIELD_TOPICS),
    FIELD("_embedded.wp:term.name", FIELD_TOPICS),
    FIELD("taxonomy.tags", FIELD_TOPICS),

    FIELD("dateline", FIELD_DATELINE),
    FIELD("located", FIELD_DATELINE),
    FIELD("datelinelocation.city", FIELD_DATELINE),

    FIELD("extra", FIELD_EXTRA),
    KEEP("person"),
    KEEP("people"),
    KEEP("persons"),
    KEEP("organisation"),
    KEEP("organisations"),
    KEEP("organizations"),
    KEEP("genre"),
    KEEP("genres"),

    FIELD("datesource", FIELD_DATE_SOURCE),
    FIELD("datesuspect", FIELD_DATE_SUSPECT),
    FIELD("pubstatus", FIELD_STATUS),
    FIELD("status", FIELD_STATUS),
    FIELD("signals", FIELD_STATUS),
    FIELD("signal", FIELD_STATUS),
    {"corrections", FIELD_STATUS, KEY_KEEP},
    FIELD("version", FIELD_VERSION),
    FIELD("embargo", FIELD_EMBARGO),
    FIELD("embargoed", FIELD_EMBARGO),
    FIELD("embargodate", FIELD_EMBARGO),
    FIELD("embargoeduntil", FIELD_EMBARGO),
    FIELD("embargountil", FIELD_EMBARGO),
    FIELD("embargotime", FIELD_EMBARGO),
    FIELD("embargoend", FIELD_EMBARGO),

    FIELD("type", KEY_KIND),
    FIELD("eventdetails", KEY_EVENT),

    DATE("dategmt"),
    DATE("datetimepub"),
    DATE("datetime"),
    DATE("date"),
    DATE("published"),
    DATE("publishedat"),
    DATE("publishedon"),
    DATE("publisheddate"),
    DATE("publishdate"),
    DATE("datepublish"),
    DATE("datepublished"),
    DATE("publicationdate"),
    DATE("pubdate"),
    DATE("webpublicationdate"),
    DATE("displaydate"),
    DATE("firstpublicationdate"),
    DATE("firstpublishdate"),
    DATE("firstpublished"),
    DATE("dc:date"),
    DATE("versioncreated"),
    DATE("firstcreated"),
    DATE("contentcreated"),
    DATE("datum"),
    DATE("fecha"),
    DATE("created"),
    DATE("createdat"),
    DATE("datecreated"),
    DATE("timestamp"),
    DATE("thread.published"),
    DATE("updated"),
    DATE("updatedat"),
    DATE("modifiedgmt"),
    DATE("modified"),
    DATE("datemodified"),
    DATE("lastmodified"),
    DATE("seendate"),
    DATE("datelocal"),

    LIST("articles"),
    LIST("results"),
    LIST("result"),
    LIST("response"),
    LIST("docs"),
    LIST("documents"),
    LIST("data"),
    LIST("items"),
    {"item", KEY_NONE, KEY_LIST | KEY_MEMBERS},
    LIST("_items"),
    LIST("posts"),
    LIST("entries"),
    LIST("entry"),
    LIST("hits"),
    LIST("stories"),
    LIST("edges"),
    LIST("records"),
    LIST("rows"),
    LIST("feed"),
    LIST("rss"),
    LIST("channel"),
    LIST("query"),
    LIST("pages"),
    LIST("parse"),
    LIST("news"),
    LIST("newsresults"),
    LIST("searchresults"),
    LIST("payload"),
    LIST("collection"),
    LIST("list"),
    LIST("value"),
    LIST("newsitems"),
    LIST("articlelist"),
    LIST("newslist"),
    LIST("children"),
    LIST("nodes"),
    LIST("noticias"),
    LIST("nachrichten"),
    LIST("meldungen"),
    LIST("actualites"),
    MEMBERS("_source"),
    MEMBERS("fields"),
    MEMBERS("attributes"),
    MEMBERS("node"),
    MEMBERS("doc"),
    MEMBERS("document"),
    MEMBERS("record"),
};
enum {
    ROWS = sizeof rows / sizeof *rows,
    PATHS = 40,
    KEYS = ROWS + PATHS + FIELD_N
};

static struct key_entry entries[KEYS];
static uint16_t slots[1024];
static struct key_table table = {.entry = entries,
                                 .cap = KEYS,
                                 .slot = slots,
                                 .slots = sizeof slots / sizeof *slots};

_Static_assert(KEYS * 2 < sizeof slots / sizeof *slots,
               "at most half of the slots are taken");

/* ---- the table ---------------------------------------------------------- */

static void
fill(void)
{
    for (size_t i = 0; i < ROWS; i++)
        key_add(&table, str_of(rows[i].name),
                (struct meaning){rows[i].field,
                                 KEY_RANKS * ((int)i + 1 + KEY_OWN_MAX),
                                 rows[i].flags});
    for (int f = 0; f < FIELD_N; f++) /* unless it has a row */
        key_add(&table, str_of(field_info[f].name),
                (struct meaning){(enum field)f,
                                 KEY_RANKS * (ROWS + f + 1 + KEY_OWN_MAX), 0});
}

struct meaning
key_means(const struct key_map *map, struct morgue_str name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const struct meaning *found, *own;
    struct meaning m = {.field = KEY_NONE};
    struct key key = key_of(name);

    pthread_once(&once, fill);
    found = key_lookup(&table, &key);
    if (found)
        m = *found;
    own = map ? key_lookup(&map->table, &key) : NULL;
    if (own && own->rank > 0)
        return *own;
    if (own) { /* it is before one in a path */
        m.flags |= own->flags;
        m.flags &= ~(unsigned)KEY_LIST;
    }
    return m;
}

bool
key_find(struct morgue_str key, enum field *field, int *rank)
{
    struct meaning m = key_means(NULL, key);

    if (m.field > FIELD_N)
        return false;
    *field = m.field;
    *rank = m.rank;
    return true;
}
