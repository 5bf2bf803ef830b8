/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_date.c - zones, names of days and months, and what stands around a date
 *
 * tests/tools/dates.py has all names, and zones against another reader.
 */
#include <stdlib.h>

#include "../../common/article/date.h"
#include "../../common/article/zone_name.h"
#include "../test.h"

/* What is written, and what it means by its own clock; "" where it is no
 * date. */
static const struct {
    const char *text, *want;
} rows[] = {
    /* zones by short names */
    {"Sat, 28 Mar 2020 18:30:00 IST", "2020-03-28T18:30:00+05:30"},
    {"Sat, 28 Mar 2020 18:30:00 PKT", "2020-03-28T18:30:00+05:00"},
    {"Sat, 28 Mar 2020 18:30:00 wib", "2020-03-28T18:30:00+07:00"},
    {"Sat, 28 Mar 2020 18:30:00 NST", "2020-03-28T18:30:00-03:30"},
    {"28 Mar 1992 18:30 MSD", "1992-03-28T18:30:00+04:00"},
    {"28 Jan 2013 18:30 MSK", "2013-01-28T18:30:00+04:00"},
    {"28 Jan 2020 18:30 MSK", "2020-01-28T18:30:00+03:00"},
    {"9 Jan 2014 17:40 ET", "2014-01-09T17:40:00-05:00"},
    {"9 Jul 2014 17:40 ET", "2014-07-09T17:40:00-04:00"},
    {"9 Jul 2014 17:40 Pacific Time", "2014-07-09T17:40:00-07:00"},
    {"9 Jul 2014 17:40 Eastern  Standard Time", "2014-07-09T17:40:00-05:00"},
    {"9 Jul 2014 17:40 (Central European Summer Time)",
     "2014-07-09T17:40:00+02:00"},
    /* that mean nothing to us: the day is left */
    {"Sat, 28 Mar 2020 18:30:00 QQT", "2020-03-28"},
    {"2020-03-28 18:30:00 (ship's time)", "2020-03-28"},
    {"2020-03-28 18:30:00 (quay time)", "2020-03-28"},
    {"Sat, 28 Mar 2020 18:30:00 A", "2020-03-28"},
    {"Sat, 28 Mar 2020 18:30:00 Europe/Halden", "2020-03-28"},
    {"Sat, 28 Mar 2020 18:30:00 ../etc/passwd", ""},
    {"Sat, 28 Mar 2020 25:30:00 QQT", ""},
    /* beside numbers, in brackets, in quotes */
    {"12 Mar 2013 08:05:00 (EDT) -0400", "2013-03-12T08:05:00-04:00"},
    {"12 Mar 2013 08:05:00 +0100 CET", "2013-03-12T08:05:00+01:00"},
    {"12 Mar 2013 08:05:00 \"GMT\"", "2013-03-12T08:05:00Z"},
    {"12 Mar 2013 08:05:00 \"PST\"", "2013-03-12T08:05:00-08:00"},
    {"12 Mar 2013 08:05:00 [PST]", "2013-03-12T08:05:00-08:00"},
    {"12 Mar 2013 08:05:00 -0500 \"Eastern\"", "2013-03-12T08:05:00-05:00"},
    {"12 Mar 2013 08:05:00 UTC+5:30", "2013-03-12T08:05:00+05:30"},
    {"12 Mar 2013 08:05:00 UTC +0530", "2013-03-12T08:05:00+05:30"},
    {"12 Mar 2013 08:05:00 -0330 (NST)", "2013-03-12T08:05:00-03:30"},
    {"12 Mar 2013 08:05:00 +0000 (EST", ""},
    {"12 Mar 2013 08:05:00 -500", "2013-03-12T08:05:00-05:00"},
    {"12 Mar 2013 08:05:00 QQT -0500", "2013-03-12T08:05:00-05:00"},
    {"12 Mar 2013 08:05:00 CET (QQT)", "2013-03-12T08:05:00+01:00"},
    /* of the tz database */
    {"2014-07-03 17:40 America/New_York", "2014-07-03T17:40:00-04:00"},
    {"2014-07-03T17:40:00[Europe/Berlin]", "2014-07-03T17:40:00+02:00"},
    {"2014-07-03T17:40:00+02:00[Europe/Berlin]", "2014-07-03T17:40:00+02:00"},
    {"2014-07-03T17:40:00+02:00[Europe/Berlin][u-ca=iso8601]",
     "2014-07-03T17:40:00+02:00"},
    {"3 Jul 2014 17:40 Etc/GMT+5", "2014-07-03T17:40:00-05:00"},
    {"3 Jul 2014 17:40 America/Argentina/Buenos_Aires",
     "2014-07-03T17:40:00-03:00"},
    /* names of days and months, in any mix */
    {"mar, 06 giu 2023 09:00:00 +0200", "2023-06-06T09:00:00+02:00"},
    {"mar. 04 ao\u00fbt 2020 18:30:00 +0200", "2020-08-04T18:30:00+02:00"},
    {"mar 04 2020", "2020-03-04"},
    {"Mar, 04/08/2020", ""},
    {"mar, 24/08/2020", "2020-08-24"},
    {"mar 24.08.2020", "2020-08-24"},
    {"segunda-feira, 3 de maio de 2021", "2021-05-03"},
    {"Th\u1ee9 ba, 03/13/2020", "2020-03-13"},
    {"Th\u1ee9 ba, ng\u00e0y 3 th\u00e1ng 3 n\u0103m 2020", "2020-03-03"},
    {"3 Th\u00e1ng M\u01b0\u1eddi Hai 2020", "2020-12-03"},
    {"3 \u062a\u0634\u0631\u064a\u0646 \u0627\u0644\u0623\u0648\u0644 2020",
     "2020-10-03"},
    {"\u0663 \u0645\u0627\u0631\u0633 \u0662\u0660\u0662\u0660", "2020-03-03"},
    {"3 \u0e21\u0e35.\u0e04. 2563", "2020-03-03"},
    {"3 \u05d1\u05de\u05e8\u05e5 2020", "2020-03-03"},
    {"2020. m\u00e1jus 3.", "2020-05-03"},
    {"2020. gada 3. maijs", "2020-05-03"},
    {"2020 m. gegu\u017e\u0117s 3 d.", "2020-05-03"},
    {"2014(e)ko uztailaren 3a", "2014-07-03"},
    {"4 d\u2019abril de 2019", "2019-04-04"},
    {"3 \u043c\u0430\u0440\u0442\u0430 2020 \u0433., 18:30",
     "2020-03-03T18:30:00Z"},
    {"3. toukokuuta 2020 klo 18.30", "2020-05-03T18:30:00Z"},
    {"octob. 3, 1905", "1905-10-03"},
    {"oct 3 1905 or so", ""},
    /* October in Croatian, November in Polish: the day of the week tells */
    {"petak, 5. listopada 2018.", "2018-10-05"},
    {"5 listopada 2018", "2018-11-05"},
    {"poniedzia\u0142ek, 5 listopada 2018", "2018-11-05"},
    /* times */
    {"2014-07-03 \uc624\ud6c4 5:40:00", "2014-07-03T17:40:00Z"},
    {"3 de julio de 2014, 5:40 p. m.", "2014-07-03T17:40:00Z"},
    {"3 de julio de 2014 a las 5:40 p. m.", ""},
    {"3 \u0399\u03bf\u03c5\u03bb\u03af\u03bf\u03c5 2014, 5:40 \u03bc.\u03bc.",
     "2014-07-03T17:40:00Z"},
    {"Le 3 juillet 2014 \u00e0 18h", "2014-07-03T18:00:00Z"},
    {"24.11.2018 \u2013 10:11 Uhr", "2018-11-24T10:11:00Z"},
    {"04/Jul/2014", "2014-07-04"},
    /* the year first */
    {"1905, May 12", "1905-05-12"},
    {"1905 May 12", "1905-05-12"},
    {"1905 May", "1905-05"},
    {"12th May, 1905", "1905-05-12"},
    {"1905-132", "1905-05-12"},
    {"1905-366", ""},
    {"1904-366", "1904-12-31"},
    {"1905-W19-5", "1905-05-12"},
    {"1905-W54-1", ""},
    /* two digits of a year say nothing */
    {"25/12/05", ""},
    {"25.12.05", ""},
};

static void
dates_are_read(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char local[MORGUE_DATE_LOCAL_MAX];
        struct morgue_date d;

        date_parse(str_of(rows[i].text), &d);
        morgue_date_print_local(local, d);
        test_that(strcmp(local, rows[i].want) == 0, __FILE__, __LINE__,
                  "'%s' is '%s', not '%s'", rows[i].text, local, rows[i].want);
    }
}

/* What numbers are by an order, and what is said of them. */
static void
orders_count(void)
{
    static const struct {
        const char *text;
        enum morgue_order order;
        bool said;
        const char *want;
        bool open, ambiguous;
        enum morgue_order shows;
        const char *written; /* where it is impossible */
    } row[] = {
        {"5/12/1905", MORGUE_ORDER_NONE, false, "1905", true, true, 0, ""},
        {"5/12/1905 10:30 PM", MORGUE_ORDER_NONE, false, "1905", true, true, 0,
         ""},
        {"5/12/1905", MORGUE_ORDER_DMY, false, "1905-12-05", true, false, 0,
         ""},
        {"5-12-1905", MORGUE_ORDER_MDY, false, "1905-05-12", true, false, 0,
         ""},
        {"5/12/1905 10:30 PM", MORGUE_ORDER_DMY, false, "1905-12-05T22:30:00Z",
         true, false, 0, ""},
        {"5/12/1905", MORGUE_ORDER_YMD, true, "1905", true, true, 0, ""},
        {"5/5/1905", MORGUE_ORDER_NONE, false, "1905-05-05", false, false, 0,
         ""},
        {"25/12/1905", MORGUE_ORDER_MDY, false, "1905-12-25", false, false,
         MORGUE_ORDER_DMY, ""},
        {"12/25/1905", MORGUE_ORDER_DMY, false, "1905-12-25", false, false,
         MORGUE_ORDER_MDY, ""},
        {"5.12.1905", MORGUE_ORDER_MDY, false, "1905-12-05", false, false, 0,
         ""},
        {"5.12.1905", MORGUE_ORDER_MDY, true, "1905-05-12", true, false, 0,
         ""},
        {"05-12-19", MORGUE_ORDER_YMD, true, "2005-12-19", false, false, 0,
         ""},
        {"05-12-19", MORGUE_ORDER_DMY, true, "2019-12-05", true, false, 0, ""},
        {"05-12-19", MORGUE_ORDER_DMY, false, "", false, false, 0, ""},
        {"1905-06-31", MORGUE_ORDER_NONE, false, "", false, false, 0,
         "1905-06-31"},
        {"31 June 1905", MORGUE_ORDER_NONE, false, "", false, false, 0,
         "1905-06-31"},
        {"31/6/1905", MORGUE_ORDER_NONE, false, "", false, false, 0,
         "1905-06-31"},
        {"19050631", MORGUE_ORDER_NONE, false, "", false, false, 0,
         "1905-06-31"},
        {"19059999", MORGUE_ORDER_NONE, false, "", false, false, 0, ""},
        {"1905-05-00", MORGUE_ORDER_NONE, false, "1905-05", false, false, 0,
         ""},
        {"1905-00-00 00:00:00", MORGUE_ORDER_NONE, false, "1905", false, false,
         0, ""},
        {"0000-00-00 00:00:00", MORGUE_ORDER_NONE, false, "", false, false, 0,
         ""},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct date_how how = {.order = row[i].order, .said = row[i].said};
        char local[MORGUE_DATE_LOCAL_MAX];
        struct morgue_date d;

        date_form(str_of(row[i].text), &how, &d);
        morgue_date_print_local(local, d);
        test_that(strcmp(local, row[i].want) == 0 && how.open == row[i].open &&
                      how.ambiguous == row[i].ambiguous &&
                      how.shows == row[i].shows &&
                      strcmp(how.written, row[i].written) == 0 &&
                      how.impossible == (row[i].written[0] != '\0'),
                  __FILE__, __LINE__, "'%s' is '%s', not '%s' (%d %d %d '%s')",
                  row[i].text, local, row[i].want, how.open, how.ambiguous,
                  (int)how.shows, how.written);
    }
}

/* What archives write: the date, and what it is of that. */
static void
archives_are_read(void)
{
    static const struct {
        const char *text, *want, *note;
    } row[] = {
        {"3 de julio de 2014 a las 5:40 p. m.", "2014-07-03T17:40:00Z", ""},
        {"3 de juliol de 2014 a les 17:40h", "2014-07-03T17:40:00Z", ""},
        {"ca. 1905", "1905", "about"},
        {"ca.1905", "1905", "about"},
        {"c1905", "1905", "about"},
        {"c. May 1905", "1905-05", "about"},
        {"circa 1905", "1905", "about"},
        {"[1905?]", "1905", "about"},
        {"[1905]", "1905", "about"},
        {"[ca. 1905]", "1905", "about"},
        {"1905?", "1905", "about"},
        {"1905 [?]", "1905", "about"},
        {"1905-05~", "1905-05", "about"},
        {"(1905)", "1905", ""},
        {"1905-1906", "1905", "first of a range"},
        {"1905\u20131906", "1905", "first of a range"},
        {"1905\u201306", "1905", "first of a range"},
        {"1905-17", "1905", "first of a range"},
        {"1905/1906", "1905", "first of a range"},
        {"1905 or 1906", "1905", "first of a range"},
        {"[between 1905 and 1910?]", "1905", "first of a range"},
        {"1905-", "1905", "first of a range"},
        {"1905-05", "1905-05", ""},
        {"1905-05-12 (Evening ed.)", "1905-05-12", ""},
        {"May 12, 1905, Evening Edition", "1905-05-12", ""},
        {"1905-05-12 [late edition]", "1905-05-12", ""},
        {"May\u2013June 1905", "1905-05", "first of a range"},
        {"May-June 1905", "1905-05", "first of a range"},
        {"May/June, 1905", "1905-05", "first of a range"},
        {"May and June 1905", "1905-05", "first of a range"},
        {"Dec. 1905-Jan. 1906", "1905-12", "first of a range"},
        {"12-14 May 1905", "1905-05-12", "first of a range"},
        {"May 12-14, 1905", "1905-05-12", "first of a range"},
        {"30 May - 2 June 1905", "1905-05-30", "first of a range"},
        {"May 30 to June 2, 1905", "1905-05-30", "first of a range"},
        {"1905-05-12/1905-05-14", "1905-05-12", "first of a range"},
        {"week of May 12, 1905", "1905-05-12", "first of a range"},
        {"late May 1905", "1905-05", "about"},
        {"Spring 1905", "1905", "a season"},
        {"Winter 1905-06", "1905", "a season"},
        {"Spring/Summer 1905", "1905", "a season"},
        {"Christmas number, 1905", "1905", "a season"},
        {"190-?", "1900", "first of a range"},
        {"190-", "1900", "first of a range"},
        {"[19--?]", "1900", "first of a range"},
        {"190X", "1900", "first of a range"},
        {"1900s", "1900", "first of a range"},
        {"1905-06-31", "", ""},
        {"before 1905", "", ""},
        {"n.d.", "", ""},
        {"Spring", "", ""},
        {"Room 1905-1906", "", ""},
        {"1905 men and 1906 women", "", ""},
        {"ca. twelve", "", ""},
        {"[]", "", ""},
        {"?", "", ""},
        {"((((((1905))))))", "", ""},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct date_how how = {.order = MORGUE_ORDER_NONE};
        char local[MORGUE_DATE_LOCAL_MAX];
        struct morgue_date d;

        date_read(str_of(row[i].text), &how, &d);
        morgue_date_print_local(local, d);
        test_that(strcmp(local, row[i].want) == 0, __FILE__, __LINE__,
                  "'%s' is '%s', not '%s'", row[i].text, local, row[i].want);
        if (d.precision != MORGUE_DATE_NONE)
            test_that(strcmp(how.note ? how.note : "", row[i].note) == 0,
                      __FILE__, __LINE__, "'%s' is of '%s'", row[i].text,
                      how.note ? how.note : "");
    }
}

/* Any text of the kind is a date that there can be, or none; it ends where its
 * memory does. */
static void
any_text(void)
{
    static const char *const bits[] = {"1905",
                                       "5",
                                       "12",
                                       "25",
                                       "[",
                                       "]",
                                       "(",
                                       ")",
                                       "?",
                                       "-",
                                       "/",
                                       ".",
                                       ":",
                                       " ",
                                       ",",
                                       "ca.",
                                       "c",
                                       "May",
                                       "mar",
                                       "Spring",
                                       "190-",
                                       "a las",
                                       "p. m.",
                                       "IST",
                                       "A/B",
                                       "+0100",
                                       "\"",
                                       "'",
                                       "th\u00e1ng",
                                       "\u0e40\u0e21.\u0e22.",
                                       "\u043f'\u044f",
                                       "\xE0",
                                       "\xD7\x91",
                                       "\xE2\x80",
                                       "\u2013",
                                       "\xFF\xFF\xFF\xFF\xFF\xFF",
                                       "to",
                                       "(e)ko",
                                       "W19",
                                       "00",
                                       "0",
                                       "19050512",
                                       "early ",
                                       "the ",
                                       "1900s",
                                       "~",
                                       "\uc624\ud6c4"};
    uint64_t seed = 1;
    size_t good = 0;

    for (int i = 0; i < 100000; i++) {
        struct date_how how = {.order = (enum morgue_order)(i % 4),
                               .said = i % 8 > 3};
        struct morgue_date d;
        char text[200] = "", *exact;

        for (int n = 1 + i % 9; n > 0; n--) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            strncat(text, bits[(seed >> 33) % (sizeof bits / sizeof *bits)],
                    20);
        }
        exact = malloc(strlen(text));
        if (!exact)
            continue;
        memcpy(exact, text, strlen(text));
        if (date_read(str_slice(exact, strlen(text)), &how, &d)) {
            good++;
            test_that(date_is_valid(d) && d.precision != MORGUE_DATE_NONE,
                      __FILE__, __LINE__, "'%s'", text);
        }
        free(exact);
    }
    CHECK(good > 1000);
}

int
main(void)
{
    RUN(dates_are_read);
    RUN(orders_count);
    RUN(archives_are_read);
    RUN(any_text);
    return test_end();
}
