/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_article.c - dates as news writes them, and records of any content
 */
#include <stdlib.h>

#include "../../common/article/date.h"
#include "../../common/article/record.h"
#include "../test.h"

/* What is written, and what it means; "" where it is no date. */
static const struct {
    const char *text, *want;
} rows[] = {
    {"1918", "1918"},
    {"1600", "1600"},
    {"2200", "2200"},
    {"1599", ""},
    {"2201", ""},
    {"1918-11", "1918-11"},
    {"1918/11", "1918-11"},
    {"1918-13", ""},
    {"1918-00", ""},
    {"1918-4294967297", ""},
    {"1918-11-11", "1918-11-11"},
    {" 1918-11-11\n", "1918-11-11"},
    {"1918/11/11", "1918-11-11"},
    {"1918.11.11", "1918-11-11"},
    {"1918-11-31", ""},
    {"1918-11-00", ""},
    {"2000-02-29", "2000-02-29"},
    {"1900-02-29", ""},
    {"2004-02-29", "2004-02-29"},
    {"2003-02-29", ""},
    {"1918-11-11T11:00", "1918-11-11T11:00:00Z"},
    {"1918-11-11 11:00", "1918-11-11T11:00:00Z"},
    {"1918-11-11T11:00:05", "1918-11-11T11:00:05Z"},
    {"1918-11-11T11:00:05.123Z", "1918-11-11T11:00:05Z"},
    {"1918-11-11T11:00:05,123Z", "1918-11-11T11:00:05Z"},
    {"1918-11-11T11:00:05+01:00", "1918-11-11T10:00:05Z"},
    {"1918-11-11T11:00:05-05:30", "1918-11-11T16:30:05Z"},
    {"1918-11-11T11:00:05.000+0000", "1918-11-11T11:00:05Z"},
    {"1918-11-11 11:00:05 UTC", "1918-11-11T11:00:05Z"},
    {"1918-01-01T00:30+01", "1917-12-31T23:30:00Z"},
    {"1918-11-11T24:00", "1918-11-12T00:00:00Z"},
    {"1918-11-11T24:01", ""},
    {"1918-11-11T11:60", ""},
    {"1918-11-11T25:00", ""},
    {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
    {"19181111", "1918-11-11"},
    {"19181111T110005Z", "1918-11-11T11:00:05Z"},
    {"19181111T1100", "1918-11-11T11:00:00Z"},
    {"19181111110005", "1918-11-11T11:00:05Z"},
    {"19181311", ""},
    {"Mon, 11 Nov 1918 11:00:00 +0100", "1918-11-11T10:00:00Z"},
    {"Mon, 11 Nov 1918 11:00:00 GMT", "1918-11-11T11:00:00Z"},
    {"Mon, 11 Nov 1918 11:00:00 -0500 (EST)", "1918-11-11T16:00:00Z"},
    {"Mon, 11 Nov 1918 11:00:00 EST", "1918-11-11T16:00:00Z"},
    {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"},
    {" 3-APR-1987 07:09:06.48", "1987-04-03T07:09:06Z"},
    {"31-MAR-1987 605:12:19.12", ""},
    {"11 November 1918", "1918-11-11"},
    {"11 Nov 1918", "1918-11-11"},
    {"11 Nov. 1918", "1918-11-11"},
    {"11th November 1918", "1918-11-11"},
    {"11th of November, 1918", "1918-11-11"},
    {"1 SEPT 1939", "1939-09-01"},
    {"November 11, 1918", "1918-11-11"},
    {"November 11th, 1918", "1918-11-11"},
    {"Nov. 11, 1918", "1918-11-11"},
    {"Nov. 11, 1918 11:00 AM", "1918-11-11T11:00:00Z"},
    {"Nov. 11, 1918, 11:00 pm", "1918-11-11T23:00:00Z"},
    {"Nov. 11, 1918 at 11:00 p.m. EST", "1918-11-12T04:00:00Z"},
    {"Nov. 11, 1918 12:00 AM", "1918-11-11T00:00:00Z"},
    {"Nov. 11, 1918 12:30 PM", "1918-11-11T12:30:00Z"},
    {"Nov. 11, 1918 13:00 PM", ""},
    {"Monday, November 11, 1918", "1918-11-11"},
    {"Monday 11 November 1918", "1918-11-11"},
    {"Tues. 12 November 1918", "1918-11-12"},
    {"November 1918", "1918-11"},
    {"Nov 1918", "1918-11"},
    {"11.11.1918", "1918-11-11"},
    {"1.2.1918", "1918-02-01"},
    {"31.2.1918", ""},
    {"25/11/1918", "1918-11-25"},
    {"11/25/1918", "1918-11-25"},
    {"11/11/1918", "1918-11-11"},
    {"03/04/2005", ""},
    {"11/25/1918 10:00 AM", "1918-11-25T10:00:00Z"},
    {"1089936000", "2004-07-16T00:00:00Z"},
    {"1089936000123", "2004-07-16T00:00:00Z"},
    {"999999999", "2001-09-09T01:46:39Z"},
    {"1089936000.5", ""},
    {"", ""},
    {" ", ""},
    {"yesterday", ""},
    {"11 November", ""},
    {"11 Nov 18", ""},
    {"12", ""},
    {"123", ""},
    {"12345", ""},
    {"1918-11-11 and more", ""},
    {"Room 1918", ""},
    {"Chapter 11 November 1918", ""},
    {"Monday", ""},
    {"1918-11-11T", ""},
    {"1918-11-11T11:5", ""},
    {"1918-11-11T11:00:5", ""},
    {"1918-11-11T011:00", ""},
    {"1918-11-11T11:00+00:99", ""},
    {"1918-11-11T11:00+0199", ""},
    {"1918-11-11 foo 11:00", ""},
    {"1918-11-11foo11:00", ""},
    {"11foo November 1918", ""},
    {"11st November 1918", "1918-11-11"},
    {"November 11 or 1918", ""},
    {"Nov. 11, 1918, 11 a.m.", "1918-11-11T11:00:00Z"},
    {"Nov. 11, 1918 11pm", "1918-11-11T23:00:00Z"},
    {"Nov. 11, 1918 11", ""},
    {"Nov. 11, 1918 13 pm", ""},
    {"Mon Nov 11 11:00:00 1918", "1918-11-11T11:00:00Z"},
    {"Mon Nov 11 11:00:00 GMT 1918", "1918-11-11T11:00:00Z"},
    {"Mon Nov 11 11:00:00 +0100 1918", "1918-11-11T10:00:00Z"},
    {"Mon Nov 11 11:00:00 1918 12:00", ""},
    {"Mon Nov 11 1918 11:00:00 GMT+0100 (Central European Time)",
     "1918-11-11T10:00:00Z"},
    {"Mon, 11 Nov 1918 11:00:00 -0500 (EST", ""},
    {"20040716T120000-0500", "2004-07-16T17:00:00Z"},
    {"-1918", ""},
    {"99999999999999999999", ""},
    {"11. November 1918", "1918-11-11"},
    {"Montag, 11. M\u00c4RZ 2019, 14:05 Uhr", "2019-03-11T14:05:00Z"},
    {"13. m\u00e4rz 2020", "2020-03-13"},
    {"le 11 novembre 1918 \u00e0 11h00", "1918-11-11T11:00:00Z"},
    {"1er avril 2020", "2020-04-01"},
    {"lunes, 3 de mayo de 2021 14:30", "2021-05-03T14:30:00Z"},
    {"5 wrze\u015bnia 2019", "2019-09-05"},
    {"\u0421\u0440\u0435\u0434\u0430, 5 \u041c\u0410\u042f 2021",
     "2021-05-05"},
    {"12 \u015eubat 2020", "2020-02-12"},
    {"7 \u0399\u03b1\u03bd\u03bf\u03c5\u03b1\u03c1\u03af\u03bf\u03c5 "
     "2020",
     "2020-01-07"},
    {"2020\u5e745\u67082\u65e5 10:15", "2020-05-02T10:15:00Z"},
    {"2020\uB144 5\uC6D4 2\uC77C", "2020-05-02"},
    {"Wed, 02 Oct 02 13:00:00 GMT", "2002-10-02T13:00:00Z"},
    {"Wed, 02 Oct 98 13:00 GMT", "1998-10-02T13:00:00Z"},
    {"02 Oct 02", ""},
    {"24.11.2018 - 10:11 Uhr", "2018-11-24T10:11:00Z"},
    {"04.03.2019 | 10:20 Uhr", "2019-03-04T10:20:00Z"},
    {"2019年3月4日 10時20分", "2019-03-04T10:20:00Z"},
    {"2019年03月04日10:20:05", "2019-03-04T10:20:05Z"},
    {"2019年3月4日(月) 午後3時20分ごろ", "2019-03-04T15:20:00Z"},
    {"2019年3月4日午前0時", "2019-03-04T00:00:00Z"},
    {"2019年3月4日 星期一 下午3:20", "2019-03-04T15:20:00Z"},
    {"2019年3月4日 12点05分", "2019-03-04T12:05:00Z"},
    {"2019년 3월 4일 오후 12:20", "2019-03-04T12:20:00Z"},
    {"2019년 3월 4일 오전 12시 20분 7초", "2019-03-04T00:20:07Z"},
    {"2019年3月4日 x", ""},
    {"2019年3月4日 午後", ""},
    {"2019年3月4日 25時", ""},
    {"4 مارس 2019", "2019-03-04"},
    {"4 मार्च 2019", "2019-03-04"},
    {"4 березня 2019, 10:20", "2019-03-04T10:20:00Z"},
    {"4 Machi 2019", "2019-03-04"},
    {"March 4, 2019 10:20 (GMT+7)", "2019-03-04T03:20:00Z"},
    {"Mon, 4 Mar 2019 10:20:00 +0000 (EST)", "2019-03-04T10:20:00Z"},
    {"10:20 AM ET, Mon March 4, 2019", "2019-03-04T15:20:00Z"},
    {"20:10 BST, 4 March 2019", "2019-03-04T19:10:00Z"},
    {"20:10", ""},
    {"20:10, March 2019", ""},
    {"20:61, 4 March 2019", ""},
    {"20131113T113700+0000", "2013-11-13T11:37:00Z"},
    {"1583-01-01", "1583-01-01"},
    {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
    {"1583", ""},
    {"2999", ""},
    {"0001-01-01T00:30Z", "0001-01-01T00:30:00Z"},
    {"0001-01-01T00:30+01:00", ""},
    {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
    {"9999-12-31T24:00", ""},
    {"9999-12-31T23:59:59-01:00", ""},
    {"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", ""},
};

static void
dates_are_read(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct morgue_date d;
        struct buf b;
        bool good = date_parse(str_of(rows[i].text), &d);

        buf_init(&b, 100);
        date_print(&b, d);
        test_that(good == (rows[i].want[0] != '\0') &&
                      str_eq(buf_view(&b), str_of(rows[i].want)),
                  __FILE__, __LINE__, "'%s' is '%s', not '%s'", rows[i].text,
                  buf_view(&b).s, rows[i].want);
        if (!good)
            CHECK_INT(d.precision, MORGUE_DATE_NONE);
        buf_free(&b);
    }
    CHECK(sizeof rows / sizeof *rows >= 60);
}

/* What a source wrote, by its own clock. */
static void
clocks_are_kept(void)
{
    static const struct {
        const char *written, *local;
        int32_t offset;
    } row[] = {
        {"1918-11-11T23:30:05-05:00", "1918-11-11T23:30:05-05:00", -18000},
        {"1918-11-11T11:00:05+05:45", "1918-11-11T11:00:05+05:45", 20700},
        {"1918-01-01T00:30+01", "1918-01-01T00:30:00+01:00", 3600},
        {"2020-03-01T23:30:00-05:00[America/New_York]",
         "2020-03-01T23:30:00-05:00", -18000},
        {"2020-03-01T23:30Z[UTC][u-ca=gregory]", "2020-03-01T23:30:00Z", 0},
        {"[America/New_York]", "", 0},
        {"2020-03-01]", "", 0},
        {"1918-11-11T11:00:05+00:00", "1918-11-11T11:00:05Z", 0},
        {"1918-11-11T11:00:05", "1918-11-11T11:00:05Z", 0},
        {"Mon, 11 Nov 1918 20:00:00 -0500 (EST)", "1918-11-11T20:00:00-05:00",
         -18000},
        {"20:10 BST, 4 March 2019", "2019-03-04T20:10:00+01:00", 3600},
        {"Nov 11 23:00:00 +0100 1918", "1918-11-11T23:00:00+01:00", 3600},
        {"1918-11-11", "1918-11-11", 0},
        {"1918-11", "1918-11", 0},
        {"1918", "1918", 0},
        {"1541934000", "2018-11-11T11:00:00Z", 0},
        {"9999-12-31T23:30:00-01:00", "", 0},
        {"yesterday", "", 0},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char local[MORGUE_DATE_LOCAL_MAX], utc[MORGUE_DATE_MAX];
        struct morgue_date d, back;

        date_parse(str_of(row[i].written), &d);
        morgue_date_print_local(local, d);
        morgue_date_print(utc, d);
        test_that(strcmp(local, row[i].local) == 0, __FILE__, __LINE__,
                  "'%s' is '%s', not '%s'", row[i].written, local,
                  row[i].local);
        CHECK_INT(d.offset, row[i].offset);
        if (!date_parse(str_of(local), &back))
            continue;
        CHECK(back.seconds == d.seconds && back.offset == d.offset);
        CHECK(date_parse(str_of(utc), &back) && back.seconds == d.seconds);
    }
}

/* Each day from 1600 to 2200, printed and read. */
static void
days_come_back(void)
{
    int64_t day = date_seconds(1600, 1, 1, 0, 0, 0) / 86400;
    int64_t last = date_seconds(2200, 12, 31, 0, 0, 0) / 86400;
    struct buf b;
    int64_t wrong = 0;

    CHECK_INT(date_seconds(1970, 1, 1, 0, 0, 0), 0);
    CHECK_INT(date_seconds(2000, 3, 1, 0, 0, 0), 951868800);
    for (int edge = 0; edge < 2; edge++) {
        const struct morgue_date in[] = {
            {date_seconds(DATE_YEAR_MIN, 1, 1, 0, 0, 0) - edge,
             MORGUE_DATE_SECOND, 0},
            {date_seconds(DATE_YEAR_MAX + 1, 1, 1, 0, 0, -1) + edge,
             MORGUE_DATE_SECOND, 0}};
        const struct morgue_date valid[] = {
            {date_seconds(1, 1, 1, 0, 0, 0) - edge, MORGUE_DATE_SECOND, 0},
            {date_seconds(10000, 1, 1, 0, 0, -1) + edge, MORGUE_DATE_SECOND,
             0}};

        for (int i = 0; i < 2; i++) {
            CHECK_INT(date_in_range(in[i]), !edge);
            CHECK_INT(date_is_valid(valid[i]), !edge);
        }
    }
    CHECK_INT(date_seconds(1600, 1, 1, 0, 0, 0), -11676096000);
    buf_init(&b, 100);
    for (; day <= last; day++) {
        struct morgue_date d = {.seconds = day * 86400,
                                .precision = MORGUE_DATE_DAY},
                           back;

        buf_reset(&b);
        date_print(&b, d);
        wrong += !date_parse(buf_view(&b), &back) ||
                 back.seconds != d.seconds || back.precision != d.precision;
        d.seconds += 86399;
        d.precision = MORGUE_DATE_SECOND;
        buf_reset(&b);
        date_print(&b, d);
        wrong += !date_parse(buf_view(&b), &back) ||
                 back.seconds != d.seconds || back.precision != d.precision;
    }
    CHECK_INT(wrong, 0);
    buf_free(&b);
}

static void
periods_end(void)
{
    static const struct {
        const char *date, *end;
    } ends[] = {{"1918", "1919-01-01T00:00:00Z"},
                {"1918-11", "1918-12-01T00:00:00Z"},
                {"1918-12", "1919-01-01T00:00:00Z"},
                {"2000-02", "2000-03-01T00:00:00Z"},
                {"1918-12-31", "1919-01-01T00:00:00Z"},
                {"1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"}};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct morgue_date d, end;

        CHECK(date_parse(str_of(ends[i].date), &d));
        CHECK(date_parse(str_of(ends[i].end), &end));
        CHECK_INT(date_end(d), end.seconds);
    }
}

static uint64_t seed = 1;

static size_t
random_below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

/* Any text of the kind reads as a date or does not, and what it prints as is
 * read as the same. */
static void
any_text(void)
{
    static const char *const bits[] = {
        "1918", "11", "2",  "-",    "/",   ".",    ":",     " ",
        "T",    "Z",  "am", "Nov",  "Mon", ",",    "+0100", "99999999999",
        "of",   "(",  ")",  "p.m.", "GMT", "2004", "\xC3",  "0"};
    size_t good = 0;

    for (int i = 0; i < 200000; i++) {
        char s[200] = "", printed[MORGUE_DATE_MAX];
        struct morgue_date d, back;

        for (size_t n = 1 + random_below(9); n > 0; n--)
            strncat(s, bits[random_below(sizeof bits / sizeof *bits)], 20);
        if (!date_parse(str_of(s), &d))
            continue;
        good++;
        morgue_date_print(printed, d);
        test_that(date_parse(str_of(printed), &back) &&
                      back.seconds == d.seconds &&
                      back.precision == d.precision,
                  __FILE__, __LINE__, "'%s' prints as '%s'", s, printed);
    }
    CHECK(good > 1000);
}

/* Any seconds with any precision are told from dates; those that are one
 * print, end and have a beginning. */
static void
any_number(void)
{
    static const int64_t edges[] = {
        INT64_MIN, INT64_MIN + 1,           INT64_MAX,
        0,         -62135596800 /* 1 */,    -62135596801,
        -1,        253402300799 /* 9999 */, 253402300800};
    enum { EDGES = sizeof edges / sizeof *edges };
    size_t valid = 0;

    for (size_t i = 0; i < 60000; i++) {
        uint64_t any = (uint64_t)random_below(1u << 31) << 33 |
                       (uint64_t)random_below(1u << 31) << 2;
        struct morgue_date d = {
            .seconds = i < 9 * EDGES ? edges[i % EDGES]
                                     : (int64_t)any >> random_below(40),
            .precision =
                (enum morgue_date_precision)((int)(i / EDGES % 9) - 2)};
        struct morgue_date floor, back;
        char printed[MORGUE_DATE_MAX];

        if (i % 3 == 0)
            d.offset = 60 * ((int32_t)random_below(3000) - 1500);
        morgue_date_print(printed, d);
        if (!date_is_valid(d) || d.precision == MORGUE_DATE_NONE) {
            CHECK_STR(printed, "");
            continue;
        }
        valid++;
        CHECK(d.offset == 0 || (d.precision == MORGUE_DATE_SECOND &&
                                d.offset >= -86400 && d.offset <= 86400));
        floor = date_floor(d);
        CHECK(floor.seconds <= d.seconds && date_end(d) > d.seconds);
        CHECK_INT(date_end(floor), date_end(d));
        CHECK_INT(date_floor(floor).seconds, floor.seconds);
        if (date_in_range(d)) {
            CHECK(date_parse(str_of(printed), &back));
            CHECK_INT(back.seconds, floor.seconds);
        }
    }
    CHECK(valid > 5000);
    CHECK(!date_is_valid(
        (struct morgue_date){.precision = (enum morgue_date_precision)5}));
    CHECK_INT(date_floor((struct morgue_date){.seconds = 7}).seconds, 0);
}

/* ---- records ------------------------------------------------------------ */

static void
fill(struct morgue_article *a, struct arena *arena)
{
    *a = (struct morgue_article)MORGUE_ARTICLE_INIT;
    a->date.seconds = (int64_t)random_below(1u << 31) - (1 << 30);
    a->date.precision = (enum morgue_date_precision)random_below(5);
    if (a->date.precision == MORGUE_DATE_SECOND)
        a->date.offset = 60 * ((int32_t)random_below(2881) - 1440);
    for (int f = 0; f < FIELD_N; f++) {
        size_t max = field_info[f].max < 3000 ? field_info[f].max : 3000;
        size_t len = random_below(3) ? random_below(max + 1) : 0;
        char *s = arena_alloc(arena, len + 1);

        if (!s)
            return;
        for (size_t i = 0; i < len; i++)
            s[i] = (char)random_below(256);
        *record_field(a, (enum field)f) = str_slice(s, len);
    }
}

static void
any_record_comes_back(void)
{
    struct morgue_article a, b, copy;
    struct arena arena;
    struct buf packed;

    arena_init(&arena, 1 << 24);
    buf_init(&packed, 1 << 24);
    for (int i = 0; i < 300; i++) {
        struct hash128 x, y;

        arena_reset(&arena);
        buf_reset(&packed);
        fill(&a, &arena);
        buf_str(&packed, STR("before")); /* it appends */
        CHECK_INT(record_pack(&packed, &a, NULL), MORGUE_OK);
        CHECK_INT(record_unpack(&b, &arena,
                                str_slice(packed.data + 6, packed.len - 6),
                                true, NULL),
                  MORGUE_OK);
        CHECK_INT(record_copy(&copy, &arena, &a, NULL), MORGUE_OK);
        for (int f = 0; f < FIELD_N; f++) {
            struct morgue_str want = record_get(&a, (enum field)f);

            CHECK(str_eq(record_get(&b, (enum field)f), want));
            CHECK(str_eq(record_get(&copy, (enum field)f), want));
            CHECK_INT(record_get(&copy, (enum field)f).s[want.len], '\0');
        }
        CHECK(b.date.seconds == a.date.seconds &&
              b.date.precision == a.date.precision &&
              b.date.offset == a.date.offset &&
              copy.date.offset == a.date.offset);
        x = record_hash(&a);
        y = record_hash(&b);
        CHECK(x.low == y.low && x.high == y.high);
    }
    arena_free(&arena);
    buf_free(&packed);
}

/* Every bit that is flipped, every cut and every byte more is noticed. */
static void
damage_is_noticed(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT, b;
    struct arena arena;
    struct buf packed;
    size_t noticed = 0, all;
    struct morgue_error err;

    a.id = STR("id");
    a.title = STR("A title");
    a.body = STR("A body of some length, length, length.");
    a.date = (struct morgue_date){
        .seconds = -5, .precision = MORGUE_DATE_SECOND, .offset = -3600};
    arena_init(&arena, 1 << 20);
    buf_init(&packed, 1 << 20);
    CHECK_INT(record_pack(&packed, &a, NULL), MORGUE_OK);
    all = packed.len;
    for (size_t bit = 0; bit < all * 8; bit++) {
        packed.data[bit / 8] ^= (char)(1 << bit % 8);
        noticed += record_unpack(&b, &arena, buf_view(&packed), bit % 2 == 0,
                                 &err) == MORGUE_DAMAGED;
        packed.data[bit / 8] ^= (char)(1 << bit % 8);
        arena_reset(&arena);
    }
    CHECK_INT(noticed, all * 8);
    for (size_t len = 0; len < all; len++) {
        char *cut = malloc(len + 1);

        if (!cut)
            break;
        memcpy(cut, packed.data, len);
        CHECK_INT(record_unpack(&b, &arena, str_slice(cut, len), true, &err),
                  MORGUE_DAMAGED);
        free(cut);
        arena_reset(&arena);
    }
    buf_char(&packed, 'x');
    CHECK_INT(record_unpack(&b, &arena, buf_view(&packed), true, &err),
              MORGUE_DAMAGED);
    CHECK_INT(err.status, MORGUE_DAMAGED);
    arena_free(&arena);
    buf_free(&packed);
}

static void
fields_are_in_the_table(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;

    for (int f = 0; f < FIELD_N; f++) {
        struct morgue_str *s = record_field(&a, (enum field)f);

        CHECK(field_info[f].name && field_info[f].max > 0);
        CHECK(field_named(str_of(field_info[f].name)) == &field_info[f]);
        CHECK_INT(s->len, 0);
        s->len = (size_t)f + 1;
        s->s = field_info[f].name;
    }
    CHECK(field_named(STR("nothing")) == NULL);
    CHECK_INT(a.id.len, FIELD_ID + 1);
    CHECK_INT(a.place.len, FIELD_PLACE + 1);
    CHECK_INT(a.body.len, FIELD_BODY + 1);
}

int
main(void)
{
    RUN(dates_are_read);
    RUN(clocks_are_kept);
    RUN(days_come_back);
    RUN(periods_end);
    RUN(any_text);
    RUN(any_number);
    RUN(any_record_comes_back);
    RUN(damage_is_noticed);
    RUN(fields_are_in_the_table);
    return test_end();
}
