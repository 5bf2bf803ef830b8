/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_name.c - time zones by the names that dates have
 *
 * Short names are those that newspapers, feeds and mail use; of one that means
 * several zones that is taken which most news mean by it: IST is India's, BST
 * Britain's, CST and EST those of North America, AST that of its Atlantic
 * coast, GST that of the Gulf.  Those that were the zone's for long only, and
 * moved since, have the offset of today.
 *
 * Names without "standard" or "summer" in them (ET, PT, Eastern Time), and
 * that of Moscow, whose meaning moved between 2011 and 2014, are places of the
 * tz database, so that the day tells the offset; where the database is not
 * there, the rule of today does.
 *
 * Not handled: the one-letter names of military zones but Z, which RFC 2822
 * says mean nothing in mail.
 */
#include "zone_name.h"

#include <stdlib.h>

#include "date_name.h"
#include "zone.h"
#include "zone_rule.h"

struct short_zone {
    char name[8];
    int16_t minutes;
};

/* In the order of their bytes. */
/* clang-format off */
static const struct short_zone short_zones[] = {
    {"acdt", 630}, {"acst", 570}, {"act", -300}, {"acwst", 525}, {"adt", -180},
    {"aedt", 660}, {"aest", 600}, {"aft", 270}, {"akdt", -480}, {"akst", -540},
    {"almt", 300}, {"amst", -180}, {"amt", -240}, {"anat", 720}, {"aqtt", 300},
    {"arst", -120}, {"art", -180}, {"ast", -240}, {"awdt", 540}, {"awst", 480},
    {"azost", 0}, {"azot", -60}, {"azst", 300}, {"azt", 240}, {"bdst", 120},
    {"bdt", 360}, {"bjt", 480}, {"bndt", 480}, {"bnt", 480}, {"bot", -240},
    {"brst", -120}, {"brt", -180}, {"bst", 60}, {"btt", 360}, {"cat", 120},
    {"cct", 390}, {"cdt", -300}, {"cedt", 120}, {"cest", 120}, {"cet", 60},
    {"cetdst", 120}, {"chadt", 825}, {"chast", 765}, {"chst", 600},
    {"chut", 600}, {"ckt", -600}, {"clst", -180}, {"clt", -240}, {"cot", -300},
    {"cst", -360}, {"cvt", -60}, {"cxt", 420}, {"davt", 420}, {"easst", -300},
    {"east", -360}, {"eat", 180}, {"ect", -300}, {"edt", -240}, {"eedt", 180},
    {"eest", 180}, {"eet", 120}, {"eetdst", 180}, {"egst", 0}, {"egt", -60},
    {"est", -300}, {"fet", 180}, {"fjst", 780}, {"fjt", 720}, {"fkst", -180},
    {"fkt", -240}, {"fnt", -120}, {"fst", 120}, {"fwt", 60}, {"galt", -360},
    {"gamt", -540}, {"get", 240}, {"gft", -180}, {"gilt", 720}, {"gmt", 0},
    {"gst", 240}, {"gyt", -240}, {"haa", -180}, {"hac", -300}, {"hadt", -540},
    {"hae", -240}, {"haec", 120}, {"hap", -420}, {"har", -360}, {"hast", -600},
    {"hat", -150}, {"hay", -480}, {"hdt", -540}, {"hkst", 540}, {"hkt", 480},
    {"hna", -240}, {"hnc", -360}, {"hne", -300}, {"hnp", -480}, {"hnr", -420},
    {"hnt", -210}, {"hny", -540}, {"hovt", 420}, {"hst", -600}, {"ict", 420},
    {"idt", 180}, {"iot", 360}, {"irdt", 270}, {"irkst", 540}, {"irkt", 480},
    {"irst", 210}, {"ist", 330}, {"jdt", 600}, {"jst", 540}, {"kdt", 600},
    {"kgt", 360}, {"kost", 660}, {"krast", 480}, {"krat", 420}, {"kst", 540},
    {"lhdt", 660}, {"lhst", 630}, {"lint", 840}, {"lkt", 330}, {"magst", 720},
    {"magt", 660}, {"mart", -570}, {"mawt", 300}, {"mdt", -360},
    {"messt", 120}, {"mest", 120}, {"mesz", 120}, {"met", 60}, {"metdst", 120},
    {"mez", 60}, {"mht", 720}, {"mmt", 390}, {"msd", 240}, {"msk", 180},
    {"mst", -420}, {"must", 300}, {"mut", 240}, {"mvt", 300}, {"myt", 480},
    {"nct", 660}, {"ndt", -150}, {"nft", 660}, {"novst", 420}, {"novt", 420},
    {"npt", 345}, {"nrt", 720}, {"nst", -210}, {"nut", -660}, {"nzdt", 780},
    {"nzst", 720}, {"nzt", 720}, {"oesz", 180}, {"oez", 120}, {"omsst", 420},
    {"omst", 360}, {"orat", 300}, {"pdt", -420}, {"pet", -300}, {"petst", 720},
    {"pett", 720}, {"pgt", 600}, {"phot", 780}, {"phst", 480}, {"pht", 480},
    {"pkst", 360}, {"pkt", 300}, {"pmdt", -120}, {"pmst", -180}, {"pont", 660},
    {"pst", -480}, {"pwt", 540}, {"pyst", -180}, {"pyt", -240}, {"qyzt", 300},
    {"ret", 240}, {"rott", -180}, {"sakt", 660}, {"samt", 240}, {"sast", 120},
    {"sbt", 660}, {"sct", 240}, {"sgt", 480}, {"slst", 330}, {"sret", 660},
    {"srt", -180}, {"sst", -660}, {"swt", 60}, {"syot", 180}, {"taht", -600},
    {"tha", 420}, {"tjt", 300}, {"tkt", 780}, {"tlt", 540}, {"tmt", 300},
    {"tot", 780}, {"trt", 180}, {"tvt", 720}, {"uct", 0}, {"ulat", 480},
    {"ut", 0}, {"utc", 0}, {"uyst", -120}, {"uyt", -180}, {"uzt", 300},
    {"vet", -240}, {"vlast", 660}, {"vlat", 600}, {"volt", 180}, {"vost", 420},
    {"vut", 660}, {"wakt", 720}, {"wast", 120}, {"wat", 60}, {"wedt", 60},
    {"west", 60}, {"wesz", 60}, {"wet", 0}, {"wez", 0}, {"wft", 720},
    {"wgst", -120}, {"wgt", -180}, {"wib", 420}, {"wit", 540}, {"wita", 480},
    {"wst", 780}, {"yakst", 600}, {"yakt", 540}, {"yekst", 360}, {"yekt", 300},
    {"z", 0}, {"zulu", 0},
};
/* clang-format on */

/* Names that mean another offset in summer: a place, and its rule now. */
static const struct {
    const char *names, *place, *rule;
} places[] = {
    {"et|eastern time|us/eastern|est5edt", "America/New_York",
     "EST5EDT,M3.2.0,M11.1.0"},
    {"ct|central time", "America/Chicago", "CST6CDT,M3.2.0,M11.1.0"},
    {"mt|mountain time", "America/Denver", "MST7MDT,M3.2.0,M11.1.0"},
    {"pt|pacific time", "America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"},
    {"akt|alaska time", "America/Anchorage", "AKST9AKDT,M3.2.0,M11.1.0"},
    {"atlantic time", "America/Halifax", "AST4ADT,M3.2.0,M11.1.0"},
    {"nt|newfoundland time", "America/St_Johns", "NST3:30NDT,M3.2.0,M11.1.0"},
    {"uk time|british time|london time", "Europe/London",
     "GMT0BST,M3.5.0/1,M10.5.0"},
    {"central european time|mitteleuropäische zeit", "Europe/Berlin",
     "CET-1CEST,M3.5.0,M10.5.0/3"},
    {"eastern european time", "Europe/Athens", "EET-2EEST,M3.5.0/3,M10.5.0/4"},
    {"western european time", "Europe/Lisbon", "WET0WEST,M3.5.0/1,M10.5.0"},
    {"msk|moscow time|moscow standard time", "Europe/Moscow", "MSK-3"},
    {"aet|australian eastern time", "Australia/Sydney",
     "AEST-10AEDT,M10.1.0,M4.1.0/3"},
    {"israel time", "Asia/Jerusalem", "IST-2IDT,M3.4.4/26,M10.5.0"},
    {"new zealand time", "Pacific/Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"},
};

/* Long names that say which offset they mean, or that have one alone. */
static const struct {
    const char *names, *name;
} long_zones[] = {
    {"coordinated universal time|universal time|greenwich mean time", "utc"},
    {"eastern standard time", "est"},
    {"eastern daylight time|eastern summer time", "edt"},
    {"central standard time", "cst"},
    {"central daylight time", "cdt"},
    {"mountain standard time", "mst"},
    {"mountain daylight time", "mdt"},
    {"pacific standard time", "pst"},
    {"pacific daylight time", "pdt"},
    {"alaska standard time", "akst"},
    {"alaska daylight time", "akdt"},
    {"atlantic standard time", "ast"},
    {"atlantic daylight time", "adt"},
    {"newfoundland standard time", "nst"},
    {"newfoundland daylight time", "ndt"},
    {"hawaii standard time|hawaiian standard time|hawaii time", "hst"},
    {"british summer time", "bst"},
    {"central european standard time|mitteleuropäische normalzeit", "cet"},
    {"central european summer time|central european daylight time|"
     "mitteleuropäische sommerzeit",
     "cest"},
    {"eastern european standard time", "eet"},
    {"eastern european summer time", "eest"},
    {"western european standard time", "wet"},
    {"western european summer time", "west"},
    {"west africa time|west africa standard time", "wat"},
    {"central africa time", "cat"},
    {"east africa time", "eat"},
    {"south africa standard time|south african standard time", "sast"},
    {"gulf standard time|uae time", "gst"},
    {"arabia standard time|arabian standard time|turkey time", "trt"},
    {"iran standard time", "irst"},
    {"pakistan standard time|pakistan time", "pkt"},
    {"india standard time|indian standard time|india time", "ist"},
    {"nepal time", "npt"},
    {"bangladesh standard time|bangladesh time", "bdt"},
    {"indochina time", "ict"},
    {"western indonesia time|waktu indonesia barat", "wib"},
    {"central indonesia time|waktu indonesia tengah", "wita"},
    {"eastern indonesia time|waktu indonesia timur", "wit"},
    {"hong kong time", "hkt"},
    {"singapore time|singapore standard time", "sgt"},
    {"malaysia time", "myt"},
    {"philippine time|philippine standard time", "pht"},
    {"china standard time|beijing time", "bjt"},
    {"japan standard time|japan time", "jst"},
    {"korea standard time|korean standard time", "kst"},
    {"australian western standard time", "awst"},
    {"australian central standard time", "acst"},
    {"australian central daylight time", "acdt"},
    {"australian eastern standard time", "aest"},
    {"australian eastern daylight time", "aedt"},
    {"new zealand standard time", "nzst"},
    {"new zealand daylight time", "nzdt"},
    {"argentina time|argentina standard time", "art"},
    {"brasilia time|brasilia standard time", "brt"},
    {"horário de brasília|hora de brasília", "brt"},
};

enum { LONG_MAX = 64 };

/* The name in small letters, one space between its words; "" where it is none
 * that we can have. */
static struct morgue_str
plain(char out[LONG_MAX], struct morgue_str name)
{
    size_t len = 0;

    while (name.len > 0) {
        char room[DATE_WORD_MAX];
        struct morgue_str word = date_lower(room, str_word(&name));

        if (word.len == 0 || len + word.len + 1 > LONG_MAX)
            return STR("");
        if (len > 0)
            out[len++] = ' ';
        memcpy(out + len, word.s, word.len);
        len += word.len;
    }
    return str_slice(out, len);
}

/* Whether it is among those of `names`, which have "|" between them. */
static bool
is_among(struct morgue_str name, const char *names)
{
    for (; names; names = strchr(names, '|')) {
        names += *names == '|';
        if (strncmp(names, name.s, name.len) == 0 &&
            (names[name.len] == '|' || !names[name.len]))
            return true;
    }
    return false;
}

static int
compare_short(const void *name, const void *zone)
{
    return str_compare(*(const struct morgue_str *)name,
                       str_of(((const struct short_zone *)zone)->name));
}

static const struct short_zone *
short_zone(struct morgue_str name)
{
    return bsearch(&name, short_zones,
                   sizeof short_zones / sizeof *short_zones,
                   sizeof *short_zones, compare_short);
}

/* The number of the place that it means, or the number of them. */
enum { PLACES = sizeof places / sizeof *places };

static size_t
place_of(struct morgue_str name)
{
    size_t i = 0;

    while (i < PLACES && !is_among(name, places[i].names))
        i++;
    return i;
}

/* What has one offset, by a long name or a short one; NULL. */
static const struct short_zone *
fixed(struct morgue_str name)
{
    if (!memchr(name.s, ' ', name.len))
        return short_zone(name);
    for (size_t i = 0; i < sizeof long_zones / sizeof *long_zones; i++)
        if (is_among(name, long_zones[i].names))
            return short_zone(str_of(long_zones[i].name));
    return NULL;
}

bool
zone_name_is(struct morgue_str name)
{
    char room[LONG_MAX];

    name = plain(room, name);
    return name.len > 0 && (fixed(name) || place_of(name) < PLACES);
}

/* By the rule of today, which no file is needed for. */
static bool
rule_offset(const char *text, int64_t local, int32_t *offset)
{
    struct zone_rule rule;

    if (!zone_rule_read(&rule, str_of(text)))
        return false;
    *offset = zone_rule_span(&rule, local - rule.standard).offset;
    return true;
}

bool
zone_name_offset(struct morgue_str name, int64_t local, int32_t *offset)
{
    char room[LONG_MAX];
    const struct short_zone *zone;
    struct morgue_str small = plain(room, name);
    size_t place;

    *offset = 0;
    if (small.len == 0)
        return false;
    place = place_of(small);
    if (place < PLACES)
        return zone_offset_of(places[place].place, local, offset) ||
               rule_offset(places[place].rule, local, offset);
    zone = fixed(small);
    if (zone) {
        *offset = zone->minutes * 60;
        return true;
    }
    if (!memchr(name.s, '/', name.len) || name.len >= LONG_MAX)
        return false;
    memcpy(room, name.s, name.len);
    room[name.len] = '\0';
    return zone_offset_of(room, local, offset);
}
