/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_mail.c - tests of mail
 */
#include "source_help.h"

#define HEADS                                                                 \
    "Received: from a by b;\r\n\tWed, 18 Feb 2015 22:18:43 -0800 (PST)\r\n"   \
    "Message-ID: <1@coast.example>\r\nDate: Wed, 18 Feb 2015 22:18:40 -0800"  \
    "\r\n"

static void
a_plain_message(void)
{
    CHECK_STR(READ(HEADS "From: \"Mira Quell\" <mq@coast.example>\r\n"
                         "Subject: =?utf-8?Q?F=C3=A4hre_?=\r\n"
                         " =?ISO-8859-1?B?ZvxyIExlbg==?= and more\r\n\r\n"
                         "It sails \r\nagain.\r\n\r\nThe board\r\n"),
              "+ 0 1@coast.example\n"
              "title: F\xC3\xA4hre f\xC3\xBCr Len and more\n"
              "author: Mira Quell\n"
              "date_source: Date\n"
              "body: It sails\\nagain.\\n\\nThe board\n"
              "date: 2015-02-19T06:18:40Z\n");
}

#define PART(type, more, text)                                                \
    "--b1\r\nContent-Type: " type "\r\n" more "\r\n" text "\r\n"

static void
parts(void)
{
    CHECK_STR(
        READ(HEADS
             "From: <mq@coast.example>\nSubject: s\n"
             "Content-Type: multipart/mixed;\n boundary=\"out\"\n\n"
             "no part\n--out\n"
             "Content-Type: multipart/alternative; boundary=b1\n\n" PART(
                 "text/html; charset=utf-8", "", "<p>not this</p>")
                 PART("text/plain; charset=iso-8859-1",
                      "Content-Transfer-Encoding: quoted-printable\r\n",
                      "caf=E9 soft=\r\n break =3D") "--b1--\n--out\nContent-"
                                                    "Type: text/html\n"
                                                    "Content-Transfer-"
                                                    "Encoding: base64\n\n"
                                                    "PHA+"
                                                    "T25lICZhbXA7PC9wPjxwPnR3b"
                                                    "zwvcD4=\n"
                                                    "--out\nContent-Type: "
                                                    "text/plain\n"
                                                    "Content-Disposition: "
                                                    "attachment; "
                                                    "filename=x\n\nnot this\n"
                                                    "--out\nContent-Type: "
                                                    "image/png\n\nnot "
                                                    "this\n--out--\nnor this"),
        "+ 0 1@coast.example converted\ntitle: s\n"
        "author: mq@coast.example\n"
        "date_source: Date\n"
        "body: caf\xC3\xA9 soft break =\\n\\nOne &\\n\\ntwo\n"
        "date: 2015-02-19T06:18:40Z\n");
}

static void
a_mailbox(void)
{
    CHECK_STR(READ("From mq Mon Jan  1 00:00:00 2015\n" HEADS
                   "Subject: one\n\nText\nFrom here it goes on.\n\n"
                   "From mq Mon Jan  1 00:00:00 2015\n"
                   "Message-ID: <2@x>\nSubject: two\n\nText.\n"),
              "+ 1 1@coast.example\ntitle: one\ndate_source: Date\n"
              "body: Text\\nFrom here it goes on.\n"
              "date: 2015-02-19T06:18:40Z\n"
              "+ 2 2@x\ntitle: two\nbody: Text.\n");
}

/* Cut anywhere, and nested in itself, it gives an account and no more. */
static void
broken_mail(void)
{
    static const char text[] = HEADS
        "Subject: =?utf-8?Q?=C3=A4?= =?x\r\nContent-Type: "
        "multipart/mixed; boundary=b1\r\n\r\n--b1\r\n"
        "Content-Type: multipart/mixed; boundary=b1\r\n\r\n" PART(
            "text/plain", "Content-Transfer-Encoding: base64\r\n", "QUJD")
            PART("text/plain",
                 "Content-Transfer-Encoding: quoted-printable\r\n",
                 "a=4=3D=") "--b1--";

    for (size_t n = 0; n < sizeof text; n++) {
        read_bytes(str_slice(text, n), "mail");
        CHECK_INT(seen.records + seen.failed + seen.skipped, 1);
        CHECK_INT(seen.wrong, 0);
    }
}

int
main(void)
{
    begin_folder();
    RUN(a_plain_message);
    RUN(parts);
    RUN(a_mailbox);
    RUN(broken_mail);
    return end_folder();
}
