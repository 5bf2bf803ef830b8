/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_address.c - addresses of pages in one spelling, their hosts, their terms
 */
#include "../../common/base/arena.h"
#include "../../common/text/term.h"
#include "../test.h"

static struct arena arena;

/* What the address is written as, and the hosts: "host domain ...". */
struct row {
    const char *address, *want, *hosts;
};

static const struct row rows[] = {
    {"https://www.Example.org/A/", "example.org/A", "example.org"},
    {"example.org", "example.org", "example.org"},
    {"http://example.org//", "example.org", "example.org"},
    {"//example.org/a", "example.org/a", "example.org"},
    {" http://example.org/a\n", "example.org/a", "example.org"},
    {"example.org/a#b", "example.org/a", "example.org"},
    {"example.org#b/c", "example.org", "example.org"},
    {"http://example.org/?p=1&q=A%20b", "example.org/?p=1&q=A%20b",
     "example.org"},
    {"http://example.org?p=/", "example.org?p=", "example.org"},
    {"http://example.org/x?u=http://other.org/",
     "example.org/x?u=http://other.org", "example.org"},
    {"HTTP://NEWS.BBC.co.uk:8080/1/HI", "news.bbc.co.uk:8080/1/HI",
     "news.bbc.co.uk bbc.co.uk co.uk"},
    {"http://example.org./a", "example.org/a", "example.org"},
    {"http://me:p@ss@www.example.org/a@b", "example.org/a@b", "example.org"},
    {"http://localhost/a", "localhost/a", "localhost"},
    {"localhost/a", "localhost/a", ""},
    {"http://192.168.0.1:80/a", "192.168.0.1:80/a", "192.168.0.1"},
    {"http://[2001:DB8::1]:80/a", "[2001:db8::1]:80/a", "[2001:db8::1]"},
    {"http://m\xC3\xBCnchen.de/", "m\xC3\xBCnchen.de", "m\xC3\xBCnchen.de"},
    {"file:///Tmp/A.txt", "/Tmp/A.txt", ""},
    {"URN:newsml:Example.org:2020:A", "urn:newsml:Example.org:2020:A", ""},
    {"mailto:Ann@example.org", "mailto:Ann@example.org", ""},
    {"http://a..b/c", "a..b/c", ""},
    {"http://a b.org/C", "a b.org/C", ""},
    {"Not an address. No.", "not an address. No.", ""},
    {"www.example.org", "example.org", "example.org"},
    {"http://www/a", "www/a", "www"},
    {"", "", ""},
    {"/", "", ""},
    {"http://", "", ""},
    {"  \n", "", ""},
};

static void
spelling(void)
{
    char out[ADDRESS_MAX], again[ADDRESS_MAX], hosts[400], host[ADDRESS_HEAD];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        size_t n = address_write(out, str_of(r->address)), len = 0;
        struct morgue_str h =
            str_slice(host, address_host(host, str_of(r->address), false));
        bool more = h.len > 0;

        hosts[0] = '\0';
        for (; more; more = address_parent(&h))
            len += (size_t)snprintf(hosts + len, sizeof hosts - len, "%s%.*s",
                                    len ? " " : "", (int)h.len, h.s);
        test_that(str_eq(str_slice(out, n), str_of(r->want)), __FILE__,
                  __LINE__, "'%s' is written '%.*s'", r->address, (int)n, out);
        test_that(strcmp(hosts, r->hosts) == 0, __FILE__, __LINE__,
                  "'%s' has the hosts '%s'", r->address, hosts);
        /* what is in that spelling stays so */
        if (n > 0 && r->want[0] != '/')
            test_that(address_write(again, str_of(r->want)) == n &&
                          memcmp(again, out, n) == 0,
                      __FILE__, __LINE__, "'%s' does not stay", r->want);
    }
}

static void
beginnings(void)
{
    static const struct row begin[] = {
        {"https://www.Example.org/Sport/", "example.org/Sport/", ""},
        {"Exam", "exam", ""},
        {"www.exam", "exam", ""},
        {"news.example.", "news.example.", ""},
        {"http://", "", ""},
        {"URN:newsml:Ex", "urn:newsml:Ex", ""}};
    char out[ADDRESS_HEAD];

    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
        size_t n = address_begin(out, str_of(begin[i].address));

        test_that(str_eq(str_slice(out, n), str_of(begin[i].want)), __FILE__,
                  __LINE__, "'%s' begins '%.*s'", begin[i].address, (int)n,
                  out);
    }
}

/* An address of so many bytes when it is written. */
static struct morgue_str
long_address(char *room, size_t n, char last)
{
    int at = snprintf(room, n + 10, "http://example.org/");

    memset(room + at, 'x', n + 7 - (size_t)at);
    room[n + 6] = last;
    return str_slice(room, n + 7);
}

/* Long ones keep their beginning, and stay different. */
static void
long_ones(void)
{
    char a[1000], b[1000], x[ADDRESS_MAX], y[ADDRESS_MAX], begin[ADDRESS_HEAD];
    struct morgue_str one, two;

    for (size_t n = ADDRESS_HEAD - 2; n < ADDRESS_MAX + 5; n++) {
        one = long_address(a, n, 'a');
        two = long_address(b, n, 'b');
        CHECK_INT(address_write(x, one), n < ADDRESS_MAX ? n : ADDRESS_MAX);
        CHECK_INT(address_write(y, two), n < ADDRESS_MAX ? n : ADDRESS_MAX);
        CHECK(memcmp(x, y, n < ADDRESS_MAX ? n : ADDRESS_MAX) != 0);
        CHECK_INT(address_begin(begin, one),
                  n < ADDRESS_HEAD ? n : ADDRESS_HEAD);
        CHECK(memcmp(x, begin, ADDRESS_HEAD - 2) == 0);
    }
    CHECK_INT(x[ADDRESS_HEAD], '#');
    /* a host that is too long is none */
    memset(a, 'h', sizeof a);
    memcpy(a, "http://H.", 9);
    CHECK_INT(address_host(x, str_slice(a, 9 + ADDRESS_HEAD), true), 0);
    CHECK_INT(address_host(x, str_slice(a, 7 + ADDRESS_HEAD), true),
              ADDRESS_HEAD);
    CHECK_INT(address_write(x, str_slice(a, 9 + ADDRESS_HEAD)),
              ADDRESS_HEAD + 2);
    CHECK_INT(x[0], 'h');
    CHECK_INT(address_write(x, str_slice(a, sizeof a)), ADDRESS_MAX);
    /* a NUL ends it: terms with many could not be stored */
    CHECK_INT(address_write(x, str_slice("example.org/a\0b", 15)), 13);
}

static void
terms(void)
{
    struct morgue_str t;

    CHECK_INT(term_address(&t, &arena, STR("http://www.example.org/A/"), NULL),
              MORGUE_OK);
    CHECK_STR(t.s, "Uexample.org/A");
    CHECK_INT(term_address(&t, &arena, STR(" / "), NULL), MORGUE_OK);
    CHECK_STR(t.s, "");
    CHECK_INT(term_host(&t, &arena, STR("https://www.example.org/x"), NULL),
              MORGUE_OK);
    CHECK_STR(t.s, "Hexample.org");
    CHECK_INT(term_host(&t, &arena, STR("Localhost"), NULL), MORGUE_OK);
    CHECK_STR(t.s, "Hlocalhost");
    CHECK_INT(term_host(&t, &arena, STR("not a host"), NULL), MORGUE_OK);
    CHECK_STR(t.s, "");
    CHECK_INT(term_value(&t, &arena, &field_info[FIELD_URL], NULL,
                         STR("http://example.org"), NULL),
              MORGUE_OK);
    CHECK_STR(t.s, "Uexample.org");
}

int
main(void)
{
    arena_init(&arena, SIZE_MAX / 2);
    RUN(spelling);
    RUN(beginnings);
    RUN(long_ones);
    RUN(terms);
    arena_free(&arena);
    return test_end();
}
