/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_wire.c - tests of the text wires: IPTC 7901 and ANPA 1312
 */
#include "source_help.h"

#define SOH "\x01"
#define STX "\x02"
#define ETX "\x03"
#define EOT "\x04"
#define US  "\x1f"
#define RS  "\x1e"

#define HEAD_7901                                                             \
    SOH "cst062 4 i 211 ccccb   coast 061\r\n\r\nVessenia/ferry/\r\n"
#define END_7901 ETX "131137 GMT Nov 13 \r\n\x7f\n\x7f" EOT

static void
iptc_7901(void)
{
    CHECK_STR(
        READ(HEAD_7901 STX
             "1ST LEAD\r\nFerry to Lurne runs again,\r\nowners say\r\n"
             "By Mira Quell, coast =\r\n\r\n"
             "   Port Halden (coast) - The ferry to Lurne\r\n"
             "sails again, its owners said.\r\n\r\n"
             "\"It is safe,\" they said.\r\n\r\n"
             "# coast NOTEBOOK\r\n\r\nThe following information is not for "
             "publication\r\n- Editing by: A. N. Other\r\n\r\n"
             "coast mq ano\r\n" END_7901),
        "+ 1 coast-cst062-2013-11-13T11:37:00Z\n"
        "title: Ferry to Lurne runs again, owners say\n"
        "section: International\n"
        "source: coast\n"
        "author: Mira Quell, coast\n"
        "places: Port Halden\n"
        "topics: Vessenia/ferry\n"
        "dateline: Port Halden (coast) -\n"
        "extra: priority: 4\\nflag: 1ST LEAD\\nnote: # coast NOTEBOOK\\n"
        "note: The following information is not for publication\\n"
        "note: - Editing by: A. N. Other\n"
        "date_source: IPTC 7901 date-time group\n"
        "body: The ferry to Lurne sails again, its owners said.\\n\\n"
        "\"It is safe,\" they said.\n"
        "date: 2013-11-13T11:37:00Z\n");
}

static void
iptc_7901_without_marks(void)
{
    CHECK_STR(READ(SOH "x1 4 s 2\r\n" STX
                       "Only a headline\r\n\r\nText.\r\n" ETX "" EOT SOH
                       "x2 4 zz 2  coast 1\r\n" STX
                       "CORRECTION\r\nHead =\r\nText\r\nof two lines.\r\n" ETX
                       "312359 Okt 1998" EOT),
              "+ 1 DIR/f#1\ntitle: Only a headline\nsection: Sports\n"
              "extra: priority: 4\nbody: Text.\n"
              "+ 2 coast-x2-1998-10-31T23:59:00Z\ntitle: Head\n"
              "source: coast\nextra: priority: 4\\ncategory: zz\\n"
              "flag: CORRECTION\n"
              "date_source: IPTC 7901 date-time group\nstatus: corrected\n"
              "body: Text of two lines.\ndate: 1998-10-31T23:59:00Z\n");
}

#define HEAD_ANPA(number)                                                     \
    "\x16\x16" SOH number US                                                  \
    "_coast\r\nr f\x13\x11 BC-VC--Ferry-Safe 1stLd   11-13 0020\r\n" STX
#define END_ANPA ETX "AP-WF-11-13-13 1509GMT<\r\n\r\n\f\r\n" EOT

static void
anpa_1312(void)
{
    CHECK_STR(
        READ(HEAD_ANPA("W2870") "^BC-VC--Ferry-Safe, 1st Ld-Writethru,466<\r\n"
                                "^Ferry is safe, owners say<\r\n"
                                "^Eds: CORRECTS the name. With AP Photos.<\r\n"
                                "^By MIRA QUELL=\r\n^Associated Press=\r\n"
                                "\t   PORT HALDEN, Vessenia (AP) _ The ferry "
                                "_ repaired _\r\n"
                                "sails ``again'' for 3{ hours.\r\n \r\n"
                                "\t   ___\r\n"
                                "\t   It's late.<\r\n" END_ANPA),
        "+ 1 AP-W2870-2013-11-13T15:09:00Z\n"
        "title: Ferry is safe, owners say\n"
        "section: Financial\n"
        "source: AP\n"
        "author: MIRA QUELL\n"
        "places: PORT HALDEN, Vessenia\n"
        "topics: BC-VC--Ferry-Safe\n"
        "dateline: PORT HALDEN, Vessenia (AP) \xE2\x80\x94\n"
        "extra: priority: r\\nflag: 1st Ld-Writethru\\n"
        "note: Eds: CORRECTS the name. With AP Photos.\\n"
        "byline: Associated Press\n"
        "date_source: ANPA time of sending\n"
        "status: corrected\n"
        "body: The ferry \xE2\x80\x94 repaired \xE2\x80\x94 sails "
        "\xE2\x80\x9C"
        "again\xE2\x80\x9D for 3\xC2\xBD hours.\\n\\nIt's late.\n"
        "date: 2013-11-13T15:09:00Z\n");
}

static void
anpa_tables(void)
{
    CHECK_STR(READ(HEAD_ANPA("s1") "^BC-VC--Table<\r\n^League Table=\r\n"
                                   "^All Times Local=\r\n"
                                   "\b^" US RS " W" RS
                                   " L\r\n\bLurne\x10 Rovers" US RS " 7" RS
                                   " 2\r\n^Saturday's Games=\r\n\t   Lurne 2, "
                                   "Castrel 1\r\n" END_ANPA),
              "+ 1 AP-s1-2013-11-13T15:09:00Z\n"
              "title: League Table\nsection: Financial\nsource: AP\n"
              "topics: BC-VC--Table\nextra: priority: r\n"
              "date_source: ANPA time of sending\n"
              "body: All Times Local\\n\\nW L\\nLurne Rovers 7 2\\n\\n"
              "Saturday's Games\\n\\nLurne 2, Castrel 1\n"
              "date: 2013-11-13T15:09:00Z\n");
}

static void
broken_messages(void)
{
    CHECK_STR(READ(HEAD_7901 STX "Head =\r\nText that br"),
              "+ 1 DIR/f#1\ntitle: Head\nsection: International\n"
              "source: coast\ntopics: Vessenia/ferry\nextra: priority: 4\n"
              "body: Text that br\n"
              "failed 2 []: line 1: the message is cut short\n");
    CHECK_STR(READ(HEAD_7901 STX "Head =\r\nText.\r\n" SOH "x2 4 i 2\r\n" STX
                                 "Other =\r\nText.\r\n" END_7901),
              "+ 1 DIR/f#1\ntitle: Head\nsection: International\n"
              "source: coast\ntopics: Vessenia/ferry\nextra: priority: 4\n"
              "body: Text.\n"
              "failed 2 []: line 1: the message is cut short\n"
              "+ 3 -x2-2013-11-13T11:37:00Z\ntitle: Other\n"
              "section: International\nextra: priority: 4\n"
              "date_source: IPTC 7901 date-time group\nbody: Text.\n"
              "date: 2013-11-13T11:37:00Z\n");
    CHECK_STR(READ(HEAD_7901 STX "" ETX EOT),
              "failed 1 []: line 1: a message without text\n");
}

/* A message whose header is empty has its text all the same. */
static void
no_header(void)
{
    CHECK_STR(
        read_bytes(STR(SOH STX "^Slug<\r\n^Head<\r\n\tText\r\n" EOT), "anpa"),
        "+ 1 DIR/f#1\ntitle: Head\ntopics: Slug\nbody: Text\n"
        "failed 2 []: line 1: the message is cut short\n");
}

/* A message that is cut anywhere gives no more than it has, and no crash. */
static void
cut_anywhere(void)
{
    static const char *const message[] = {
        HEAD_7901 STX
        "1ST LEAD\r\nHead\r\nBy X =\r\n\r\nA (b) - c\r\n" END_7901,
        HEAD_ANPA("W1") "^BC,1<\r\n^T<\r\n\t  A (b) _ c\r\n" END_ANPA};

    for (size_t m = 0; m < 2; m++)
        for (size_t n = 0; n < strlen(message[m]); n++) {
            read_bytes(str_slice(message[m], n), m ? "anpa" : "iptc7901");
            CHECK(seen.records + seen.failed + seen.skipped >= 1);
            CHECK(seen.records <= 1);
            CHECK_INT(seen.wrong, 0);
        }
}

/* What has nothing between its marks is none. */
static void
empty_messages(void)
{
    CHECK_STR(READ(SOH "a1 4 s 2\r\n" STX "One\r\n" ETX "" EOT SOH EOT SOH SOH
                       "a2 4 s 2\r\n" STX "Two\r\n" ETX "" EOT),
              "+ 1 DIR/f#1\ntitle: One\nsection: Sports\n"
              "extra: priority: 4\n"
              "+ 2 DIR/f#2\ntitle: Two\nsection: Sports\n"
              "extra: priority: 4\n");
}

int
main(void)
{
    begin_folder();
    RUN(iptc_7901);
    RUN(iptc_7901_without_marks);
    RUN(anpa_1312);
    RUN(anpa_tables);
    RUN(broken_messages);
    RUN(no_header);
    RUN(cut_anywhere);
    RUN(empty_messages);
    return end_folder();
}
