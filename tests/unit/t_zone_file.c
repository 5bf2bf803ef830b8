/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_zone_file.c - files of time zones that are made here: all versions,
 * damage, TZ strings
 */
#include "zone_help.h"

/* ---- files made here ---------------------------------------------------- */

struct made {
    char version; /* '\0', '2', ... */
    int times_n, types_n, leaps_n;
    int64_t times[8];
    char index[8];
    int32_t offsets[8];
    const char *footer; /* NULL: none, not even an empty one */
};

static void
put(struct buf *b, size_t size, int64_t n)
{
    while (size-- > 0)
        buf_char(b, (char)((uint64_t)n >> 8 * size));
}

static void
put_block(struct buf *b, const struct made *m, size_t size)
{
    buf_str(b, STR("TZif"));
    buf_char(b, m->version);
    buf_add(b, (const char[23]){0}, 23);
    put(b, 4, m->leaps_n);
    put(b, 4, m->times_n);
    put(b, 4, m->types_n);
    put(b, 4, 4);
    for (int i = 0; i < m->times_n; i++)
        put(b, size, m->times[i]);
    buf_add(b, m->index, (size_t)m->times_n);
    for (int i = 0; i < m->types_n; i++) {
        put(b, 4, m->offsets[i]);
        put(b, 2, 0);
    }
    put(b, 4, 0); /* a name of no letters, which could be an offset */
    for (int i = 0; i < m->leaps_n; i++) {
        put(b, size, 78796800);
        put(b, 4, 1);
    }
}

/* As zic makes them, with an empty block of version 1 in later versions. */
static void
make(struct buf *b, const struct made *m)
{
    const struct made empty = {
        .version = m->version, .types_n = 1, .leaps_n = m->leaps_n};

    buf_init(b, 1 << 16);
    put_block(b, m->version ? &empty : m, 4);
    if (m->version)
        put_block(b, m, 8);
    if (m->footer)
        buf_printf(b, "\n%s\n", m->footer);
}

static struct zone *
made_zone(const struct made *m, enum morgue_status want)
{
    struct morgue_error err = {0};
    struct zone *z;
    struct buf b;

    make(&b, m);
    test_that(zone_read(&z, buf_view(&b), "Made/Here", &err) == want, __FILE__,
              __LINE__, "%s: status %d, %s", m->footer ? m->footer : "",
              (int)err.status, err.message);
    CHECK((z != NULL) == (want == MORGUE_OK));
    buf_free(&b);
    return z;
}

/* Two changes, an hour to the east and two to the west. */
static const struct made small = {.version = '2',
                                  .times_n = 2,
                                  .types_n = 3,
                                  .times = {-5000000000, 1000000},
                                  .index = {1, 2},
                                  .offsets = {1234, 4834, -2366},
                                  .footer = "AAA-3BBB,M3.5.0,M10.5.0/3"};

static void
version_1(void)
{
    struct made m = small;
    struct zone *z;

    m.version = '\0';
    m.times[0] = -2000000000;
    m.footer = NULL;
    z = made_zone(&m, MORGUE_OK);
    if (!z)
        return;
    CHECK_INT(zone_offset(z, -2000000001), 1234);
    CHECK_INT(zone_offset(z, -2000000000), 4834);
    CHECK_INT(zone_offset(z, 999999), 4834);
    CHECK_INT(zone_offset(z, 1000000), -2366);
    CHECK_INT(zone_offset(z, year(2200)), -2366);
    zone_free(z);
}

static void
later_versions(void)
{
    struct made m = small;

    for (m.version = '2'; m.version <= '5'; m.version++) {
        struct zone *z = made_zone(&m, MORGUE_OK);

        if (!z)
            return;
        CHECK_INT(zone_offset(z, year(1600)), 1234);
        CHECK_INT(zone_offset(z, -5000000001), 1234);
        CHECK_INT(zone_offset(z, -5000000000), 4834);
        CHECK_INT(zone_offset(z, 999999), 4834);
        CHECK_INT(zone_offset(z, 1000000), 3 * HOUR); /* by the TZ string */
        CHECK_INT(zone_offset(z, date_seconds(2100, 7, 1, 0, 0, 0)), 4 * HOUR);
        zone_free(z);
    }
}

/* An empty one: the last change goes on. */
static void
no_tz_string(void)
{
    struct made m = small;
    struct zone *z;

    m.footer = "";
    z = made_zone(&m, MORGUE_OK);
    if (z)
        CHECK_INT(zone_offset(z, year(2100)), -2366);
    zone_free(z);
    m.times_n = 0;
    z = made_zone(&m, MORGUE_OK);
    if (z)
        CHECK_INT(zone_offset(z, year(2100)), 1234);
    zone_free(z);
}

static void
what_cannot_be(void)
{
    struct made m = small;

    m.version = '1';
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.footer = NULL;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.times[1] = m.times[0];
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.times[0] = INT64_MIN;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.times[1] = INT64_MAX;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.index[1] = 3;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.index[1] = (char)0x80;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.offsets[1] = 93600;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.offsets[0] = INT32_MIN;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.times_n = 0, m.types_n = 0;
    made_zone(&m, MORGUE_FORMAT);
    m = small, m.leaps_n = 1;
    made_zone(&m, MORGUE_USAGE);
}

/* Each sound but for one byte. */
static void
one_wrong_byte(void)
{
    size_t second = 44 + 6 + 4, footer;
    struct zone *z;
    struct buf b;

    make(&b, &small);
    footer = b.len - strlen(small.footer) - 2;
    CHECK_BYTES(b.data + second, 5, "TZif2");
    CHECK_BYTES(b.data + footer, 4, "\nAAA");
    b.data[second + 4] = '3';
    CHECK_INT(zone_read(&z, buf_view(&b), "x", NULL), MORGUE_FORMAT);
    b.data[second + 4] = '2';
    b.data[second] = 't';
    CHECK_INT(zone_read(&z, buf_view(&b), "x", NULL), MORGUE_FORMAT);
    b.data[second] = 'T';
    b.data[footer] = ' ';
    CHECK_INT(zone_read(&z, buf_view(&b), "x", NULL), MORGUE_FORMAT);
    b.data[footer] = '\n';
    CHECK_INT(zone_read(&z, buf_view(&b), "x", NULL), MORGUE_OK);
    zone_free(z);
    buf_free(&b);
}

/* ---- damage ------------------------------------------------------------- */

/* Whatever a file says, what is asked has an answer in its bounds. */
static void
ask(const struct zone *z)
{
    static const int64_t when[] = {INT64_MIN,
                                   INT64_MIN / 2,
                                   -62135596800,
                                   -5000000000,
                                   -1,
                                   0,
                                   999999,
                                   1000000,
                                   4102444800,
                                   10000000000,
                                   INT64_MAX / 2,
                                   INT64_MAX};
    int64_t last = INT64_MIN;

    for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
        int32_t offset = zone_offset(z, when[i]);
        int64_t t = zone_instant(z, when[i]);

        CHECK(offset > -25 * HOUR && offset < 26 * HOUR);
        CHECK(t >= last);
        if (i > 1 && i + 2 < sizeof when / sizeof *when)
            CHECK(local_at(z, t) >= when[i] && local_at(z, t - 1) < when[i]);
        last = t;
    }
}

/* In memory of just its size, so that a read behind it is seen. */
static enum morgue_status
read_exactly(const char *bytes, size_t n)
{
    char *copy = malloc(n ? n : 1);
    struct zone *z = NULL;
    enum morgue_status st = MORGUE_NOMEM;

    if (copy) {
        memcpy(copy, bytes, n);
        st = zone_read(&z, str_slice(copy, n), "Made/Here", NULL);
    }
    free(copy);
    CHECK((z != NULL) == (st == MORGUE_OK));
    if (z)
        ask(z);
    zone_free(z);
    return st;
}

static void
damage(struct buf *b)
{
    CHECK_INT(read_exactly(b->data, b->len), MORGUE_OK);
    for (size_t n = 0; n < b->len; n++)
        CHECK_INT(read_exactly(b->data, n),
                  n < 4 ? MORGUE_USAGE : MORGUE_FORMAT);
    for (size_t bit = 0; bit < b->len * 8; bit++) {
        char flip = (char)(1 << bit % 8);

        b->data[bit / 8] = (char)(b->data[bit / 8] ^ flip);
        read_exactly(b->data, b->len);
        b->data[bit / 8] = (char)(b->data[bit / 8] ^ flip);
    }
}

static void
damaged_files(void)
{
    struct made m = small;
    struct buf b;

    make(&b, &m);
    damage(&b);
    buf_free(&b);
    m.version = '\0';
    m.times[0] = -2000000000;
    m.footer = NULL;
    make(&b, &m);
    damage(&b);
    buf_free(&b);
    buf_init(&b, 1 << 20);
    if (file_read(&b, TZ_DIR "/Europe/Warsaw", NULL) == MORGUE_OK)
        damage(&b);
    buf_free(&b);
}

/* Any bytes in place of some. */
static void
random_damage(void)
{
    struct buf b;

    seed = first_seed;
    make(&b, &small);
    for (int round = 0; round < 20000; round++) {
        char copy[300];

        if (!CHECK(b.len <= sizeof copy))
            break;
        memcpy(copy, b.data, b.len);
        for (int64_t i = random_between(1, 5); i > 0; i--)
            copy[random_between(44, (int64_t)b.len)] =
                (char)random_between(0, 256);
        read_exactly(copy, b.len);
    }
    buf_free(&b);
}

/* ---- TZ strings --------------------------------------------------------- */

static const char *const good[] = {
    "UTC0",
    "EST5",
    "<+03>-3",
    "<-0330>+3:30",
    "LMT-1:24:15",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "EST5EDT,M3.2.0,M11.1.0",
    "EST5EDT4:00,M3.2.0/02:00:00,M11.1.0/+2",
    "AEST-10AEDT,M10.1.0,M4.1.0/3",
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "IST-1GMT0,M10.5.0,M3.5.0/1",
    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
    "IST-2IDT,M3.4.4/26,M10.5.0",
    "EET-2EEST,M3.4.4/50,M10.4.4/50",
    "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
    "AAA3BBB,M2.5.0,M8.5.6/3",
    "AAA3BBB,M6.5.3/-167,M9.5.2/167",
    "AAA3BBB,J59/0,J60/0",
    "AAA3BBB,J60/0,J300/23:59:59",
    "AAA-3BBB,58/0,300/0",
    "AAA-3BBB,59/0,60/12",
    "AAA-9BBB-3,J100,J200",
    "AAA9BBB12,J100,J200",
    "AAA-24:59:59BBB,M3.5.0,M10.5.0",
    "AAA24:59:59BBB24:59:59,M3.5.0,M10.5.0"};

/* In these a change moves into another year.  The C library looks at one year
 * only, hence is wrong at New Year. */
static const char *const edge[] = {
    "XXX3EDT4,0/0,J365/23",  "WART4WARST,J1/0,J365/25",
    "AAA3BBB,J365/167,J100", "AAA3BBB,J1/-167,J100",
    "AAA3BBB,365/12,J100",   "AAA-10BBB,M12.5.0/-100,M1.1.0/100"};

/* Whether it is within ten days of New Year. */
static bool
near_new_year(int64_t utc)
{
    time_t t = (time_t)utc;
    struct tm tm;

    return gmtime_r(&t, &tm) && (tm.tm_yday < 10 || tm.tm_yday > 355);
}

/* 400 years later all is the same. */
static bool
comes_again(const struct zone *z, const char *tz, int64_t utc)
{
    int64_t years = year(2000) - year(1600);
    int32_t offset = zone_offset(z, utc);

    return test_that(zone_offset(z, utc - years) == offset &&
                         zone_offset(z, utc + years) == offset,
                     __FILE__, __LINE__, "%s: not the same 400 years from %jd",
                     tz, (intmax_t)utc);
}

static void
check_tz(const struct zone *z, const char *tz, bool at_new_year)
{
    at_n = 0;
    c_zone(tz);
    c_changes(year(1970), year(2200), 3 * DAY);
    for (size_t i = 0; i < at_n; i++) {
        if (!comes_again(z, tz, at[i] - 1) || !comes_again(z, tz, at[i]))
            return;
        if (!at_new_year && near_new_year(at[i]))
            continue;
        if (!same_at(z, tz, at[i] - 1) || !same_at(z, tz, at[i]) ||
            !is_first_around(z, tz, at[i]))
            return;
    }
    for (int i = 0; i < 5000; i++) {
        int64_t t = random_between(year(1970), year(2200));

        if (!comes_again(z, tz, t))
            return;
        if (!at_new_year && near_new_year(t))
            continue;
        if (!same_at(z, tz, t) || !is_first(z, tz, t))
            return;
    }
}

static void
check_tzs(const char *const *tz, size_t n, bool at_new_year)
{
    struct made m = {.version = '3', .types_n = 1};

    seed = first_seed;
    for (size_t i = 0; i < n; i++) {
        struct zone *z;

        m.footer = tz[i];
        z = made_zone(&m, MORGUE_OK);
        if (z)
            check_tz(z, tz[i], at_new_year);
        zone_free(z);
    }
}

static void
tz_strings(void)
{
    check_tzs(good, sizeof good / sizeof *good, true);
    check_tzs(edge, sizeof edge / sizeof *edge, false);
    printf("# TZ strings: seed %ju\n", (uintmax_t)first_seed);
}

/* What the C library does not do: a change in another year than its day. */
static void
tz_strings_at_new_year(void)
{
    static const struct {
        const char *tz;
        int64_t utc;
        int32_t before, after;
    } row[] = {
        {"XXX3EDT4,0/0,J365/23", 1735700400, -4 * HOUR, -4 * HOUR},
        {"XXX3EDT4,0/0,J365/23", 1735689600, -4 * HOUR, -4 * HOUR},
        {"WART4WARST,J1/0,J365/25", 1735704000, -3 * HOUR, -3 * HOUR},
        /* 31 December 2024 and 167 hours: 6 January 2025, 23:00 at -3. */
        {"AAA3BBB,J365/167,J100", 1736215200, -3 * HOUR, -2 * HOUR},
        /* 1 January 2025 less 167 hours: 25 December 2024, 01:00 at -3. */
        {"AAA3BBB,J1/-167,J100", 1735099200, -3 * HOUR, -2 * HOUR},
        /* Day 365 of 2024 is 31 December, that of 2025 1 January 2026. */
        {"AAA3BBB,365/12,J100", 1735657200, -3 * HOUR, -2 * HOUR},
        {"AAA3BBB,365/12,J100", 1767279600, -3 * HOUR, -2 * HOUR},
        /* 30 December 2024 and 100 hours: 3 January 2025, 04:00 at -2, before
         * which nothing changed since 6 January 2024. */
        {"AAA3BBB,J365/160,J364/100", 1735884000, -2 * HOUR, -3 * HOUR},
    };
    struct made m = {.version = '3', .types_n = 1};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct zone *z;

        m.footer = row[i].tz;
        z = made_zone(&m, MORGUE_OK);
        if (z) {
            CHECK_INT(zone_offset(z, row[i].utc - 1), row[i].before);
            CHECK_INT(zone_offset(z, row[i].utc), row[i].after);
        }
        zone_free(z);
    }
}

static void
wrong_tz_strings(void)
{
    static const char *const wrong[] = {"5",
                                        "AB5",
                                        "<+3>-3",
                                        "<+03-3",
                                        "<+03>",
                                        "+03-3",
                                        "EST",
                                        "EST25",
                                        "EST-",
                                        "EST+-5",
                                        "EST5:60",
                                        "EST5:00:60",
                                        "EST5:",
                                        "EST5 ",
                                        " EST5",
                                        "EST>5",
                                        "EST5EDT",
                                        "EST5ED,M3.2.0,M11.1.0",
                                        "EST5EDT25,M3.2.0,M11.1.0",
                                        "EST5EDT,M3.2.0",
                                        "EST5EDT,M3.2.0,",
                                        "EST5EDT,M3.2.0,M11.1.0,",
                                        "EST5EDT,M0.2.0,M11.1.0",
                                        "EST5EDT,M13.2.0,M11.1.0",
                                        "EST5EDT,M3.0.0,M11.1.0",
                                        "EST5EDT,M3.6.0,M11.1.0",
                                        "EST5EDT,M3.2.7,M11.1.0",
                                        "EST5EDT,M3.2,M11.1.0",
                                        "EST5EDT,J0,M11.1.0",
                                        "EST5EDT,J366,M11.1.0",
                                        "EST5EDT,366,M11.1.0",
                                        "EST5EDT,4294967297,M11.1.0",
                                        "EST5EDT,M3.2.0/168,M11.1.0",
                                        "EST5EDT,M3.2.0,M11.1.0/-168",
                                        "EST5EDT,M3.2.0/,M11.1.0"};
    struct made m = {.version = '3', .types_n = 1};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        m.footer = wrong[i];
        zone_free(made_zone(&m, MORGUE_FORMAT));
    }
}

int
main(void)
{
    RUN(version_1);
    RUN(later_versions);
    RUN(no_tz_string);
    RUN(what_cannot_be);
    RUN(one_wrong_byte);
    RUN(damaged_files);
    RUN(random_damage);
    RUN(tz_strings);
    RUN(tz_strings_at_new_year);
    RUN(wrong_tz_strings);
    return test_end();
}
