/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_zone.c - all time zones of the system, against the C library and against
 * the definition; what may be written as a zone
 */
#include <sys/stat.h>

#include "zone_help.h"

enum { ZONES_MAX = 3000 };

static bool
is_zone_file(const char *path)
{
    char magic[4] = "";
    FILE *f = fopen(path, "rb");
    bool is = f && fread(magic, 1, 4, f) == 4 && memcmp(magic, "TZif", 4) == 0;

    if (f)
        fclose(f);
    return is;
}

#define NEEDS_ZONES()                                                         \
    do {                                                                      \
        if (!is_zone_file(TZ_DIR "/Europe/Warsaw"))                           \
            SKIP("there is no tz database; install tzdata");                  \
    } while (0)

static struct zone *
zone(const char *name)
{
    struct morgue_error err;
    struct zone *z;

    if (zone_open(&z, name, &err) != MORGUE_OK)
        test_that(0, __FILE__, __LINE__, "%s: %s", name, err.message);
    return z;
}

static uint64_t
big_endian(const char *s, size_t n)
{
    uint64_t all = 0;

    while (n-- > 0)
        all = all << 8 | (unsigned char)*s++;
    return all;
}

/* The changes that the file itself has, in its 64-bit part. */
static void
file_changes(struct morgue_str file)
{
    uint64_t n[6], first = 0;
    const char *head = file.s;

    for (int block = 0; block < 2; block++) {
        head += first;
        for (int i = 0; i < 6; i++)
            n[i] = big_endian(head + 20 + 4 * i, 4);
        first = 44 + n[0] + n[1] + n[2] * 8 + n[3] * 5 + n[4] * 6 + n[5];
    }
    for (uint64_t i = 0; i < n[3]; i++)
        at_add((int64_t)big_endian(head + 44 + 8 * i, 8));
}

/* By looking at each second. */
static int64_t
slow_instant(const struct zone *z, int64_t local)
{
    int64_t t = local - 26 * HOUR;

    while (local_at(z, t) < local)
        t++;
    return t;
}

/* ---- all zones ---------------------------------------------------------- */

struct named {
    char *path; /* below the folder */
    dev_t dev;
    ino_t ino;
};

static struct named zones[ZONES_MAX];
static size_t zones_n;

static void
zones_free(void)
{
    while (zones_n > 0)
        free(zones[--zones_n].path);
}

static void
zones_add(const char *path, const struct stat *s)
{
    for (size_t i = 0; i < zones_n; i++)
        if (zones[i].ino == s->st_ino && zones[i].dev == s->st_dev)
            return; /* one file under two names */
    if (zones_n < ZONES_MAX)
        zones[zones_n++] = (struct named){strdup(path), s->st_dev, s->st_ino};
}

/* Those that count leap seconds, and the same without, are left out. */
static void
zones_find(const char *dir, const char *below)
{
    char *folder = path_join(dir, below);
    struct file_names names = {0};

    if (file_list(&names, folder, NULL) != MORGUE_OK)
        names.n = 0;
    for (size_t i = 0; i < names.n; i++) {
        const char *name = names.name[i];
        char *path = path_join(below, name);
        char *whole = path_join(dir, path);
        struct stat s;

        if (strcmp(name, "right") != 0 && strcmp(name, "posix") != 0 &&
            stat(whole, &s) == 0) {
            if (S_ISDIR(s.st_mode))
                zones_find(dir, path);
            else if (is_zone_file(whole))
                zones_add(path, &s);
        }
        free(whole);
        free(path);
    }
    file_names_free(&names);
    free(folder);
}

/* As zone_open, also for files elsewhere. */
static struct zone *
open_file(const char *path, const char *name, bool system)
{
    struct morgue_error err = {0};
    struct zone *z = NULL;
    struct buf b;

    buf_init(&b, 1 << 20);
    if (file_read(&b, path, &err) != MORGUE_OK ||
        (system ? zone_open(&z, name, &err)
                : zone_read(&z, buf_view(&b), name, &err)) != MORGUE_OK)
        test_that(0, __FILE__, __LINE__, "%s: %s", path, err.message);
    else
        file_changes(buf_view(&b));
    buf_free(&b);
    return z;
}

/* Hold a zone against the C library and against the definition. */
static void
check_zone(const struct zone *z, const char *name)
{
    int64_t last = at_n > 0 ? at[at_n - 1] : year(1900);

    c_changes(last, year(2200), 30 * DAY);
    for (size_t i = 0; i < at_n; i++) {
        if (at[i] < year(1600) || at[i] > year(2200))
            continue;
        for (int64_t t = at[i] - 1; t <= at[i] + 1; t++)
            if (!same_at(z, name, t))
                return;
        if (!is_first_around(z, name, at[i]))
            return;
    }
    for (int i = 0; i < 500; i++) {
        int64_t t = random_between(year(1600), year(2200));

        if (!same_at(z, name, t) || !is_first(z, name, t))
            return;
    }
}

static void
check_folder(const char *dir)
{
    bool system = strcmp(dir, TZ_DIR) == 0;

    zones_find(dir, "");
    seed = first_seed;
    CHECK(zones_n > 200);
    for (size_t i = 0; i < zones_n; i++) {
        char *path = path_join(dir, zones[i].path);
        char tz[400];
        struct zone *z;

        at_n = 0;
        z = open_file(path, zones[i].path, system);
        snprintf(tz, sizeof tz, ":%s", path);
        c_zone(tz);
        if (z)
            check_zone(z, path);
        zone_free(z);
        free(path);
    }
    printf("# %s: %zu zones, seed %ju\n", system ? dir : strrchr(dir, '/') + 1,
           zones_n, (uintmax_t)first_seed);
    zones_free();
}

static void
zones_of_the_system(void)
{
    NEEDS_ZONES();
    check_folder(TZ_DIR);
}

/* With changes until 2037, and with those alone that the TZ string lacks. */
static void
fat_and_slim_files(void)
{
    static const char *const kinds[] = {"fat", "slim"};
    char dir[200], folder[230], command[600];

    if (system("PATH=$PATH:/usr/sbin:/sbin; zic --version >/dev/null 2>&1") ||
        file_kind(TZ_DIR "/tzdata.zi") != FILE_REGULAR)
        SKIP("there is no zic, or no tzdata.zi");
    if (!CHECK(scratch_make(dir, sizeof dir, "zone")))
        return;
    for (size_t i = 0; i < 2; i++) {
        snprintf(folder, sizeof folder, "%s/%s", dir, kinds[i]);
        snprintf(command, sizeof command,
                 "PATH=$PATH:/usr/sbin:/sbin; zic -b %s -d '%s' " TZ_DIR
                 "/tzdata.zi",
                 kinds[i], folder);
        if (CHECK(system(command) == 0))
            check_folder(folder);
    }
    CHECK(scratch_drop(dir));
}

/* ---- instants ----------------------------------------------------------- */

struct clock {
    int year, month, day, hour, minute;
};

static int64_t
seconds(struct clock c)
{
    return date_seconds(c.year, c.month, c.day, c.hour, c.minute, 0);
}

static void
skipped_and_repeated(void)
{
    static const struct {
        const char *zone;
        struct clock local, utc;
    } row[] = {
        {"UTC", {2024, 3, 31, 2, 30}, {2024, 3, 31, 2, 30}},
        {"-03:30", {1970, 1, 1, 0, 0}, {1970, 1, 1, 3, 30}},
        /* An hour that was not, and one that came twice. */
        {"Europe/Warsaw", {2024, 3, 31, 1, 59}, {2024, 3, 31, 0, 59}},
        {"Europe/Warsaw", {2024, 3, 31, 2, 0}, {2024, 3, 31, 1, 0}},
        {"Europe/Warsaw", {2024, 3, 31, 2, 59}, {2024, 3, 31, 1, 0}},
        {"Europe/Warsaw", {2024, 3, 31, 3, 1}, {2024, 3, 31, 1, 1}},
        {"Europe/Warsaw", {2024, 10, 27, 2, 30}, {2024, 10, 27, 0, 30}},
        {"Europe/Warsaw", {2024, 10, 27, 3, 0}, {2024, 10, 27, 2, 0}},
        /* By the TZ string. */
        {"Europe/Warsaw", {2150, 3, 29, 2, 30}, {2150, 3, 29, 1, 0}},
        {"Europe/Warsaw", {2150, 10, 25, 2, 30}, {2150, 10, 25, 0, 30}},
        /* A day that was not: from -10 to +14 hours, from -12 to +12. */
        {"Pacific/Apia", {2011, 12, 29, 23, 59}, {2011, 12, 30, 9, 59}},
        {"Pacific/Apia", {2011, 12, 30, 0, 0}, {2011, 12, 30, 10, 0}},
        {"Pacific/Apia", {2011, 12, 30, 12, 0}, {2011, 12, 30, 10, 0}},
        {"Pacific/Apia", {2011, 12, 30, 23, 59}, {2011, 12, 30, 10, 0}},
        {"Pacific/Apia", {2011, 12, 31, 0, 1}, {2011, 12, 30, 10, 1}},
        {"Pacific/Kwajalein", {1993, 8, 20, 23, 59}, {1993, 8, 21, 11, 59}},
        {"Pacific/Kwajalein", {1993, 8, 21, 12, 0}, {1993, 8, 21, 12, 0}},
        {"Pacific/Kwajalein", {1993, 8, 22, 0, 1}, {1993, 8, 21, 12, 1}},
    };

    NEEDS_ZONES();
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct zone *z = zone(row[i].zone);
        int64_t got = z ? zone_instant(z, seconds(row[i].local)) : 0;

        test_that(got == seconds(row[i].utc), __FILE__, __LINE__,
                  "%s, row %zu: %jd, not %jd", row[i].zone, i, (intmax_t)got,
                  (intmax_t)seconds(row[i].utc));
        zone_free(z);
    }
}

/* Samoa moved from +12:33:04 to -11:26:56 hours. */
static void
a_day_that_came_twice(void)
{
    struct clock noon = {1892, 7, 4, 12, 0}, first = {1892, 7, 3, 23, 26};
    struct zone *z;

    NEEDS_ZONES();
    z = zone("Pacific/Apia");
    if (z)
        CHECK_INT(zone_instant(z, seconds(noon)), seconds(first) + 56);
    zone_free(z);
}

/* Zones of which each has its own kind of jump. */
static const char *const jumpers[] = {
    "Pacific/Apia",     "Pacific/Kwajalein", "America/Juneau",
    "Asia/Manila",      "Africa/Monrovia",   "Australia/Lord_Howe",
    "America/New_York", "Africa/Casablanca", "Antarctica/Troll"};

/* The instants of a zone in which it changes, and of 2050 by its rule. */
static struct zone *
jumper(const char *name)
{
    char *path = path_join(TZ_DIR, name);
    struct zone *z;

    at_n = 0;
    z = open_file(path, name, true);
    free(path);
    c_zone(name);
    c_changes(year(2050), year(2051), DAY);
    return z;
}

static void
instants_second_by_second(void)
{
    NEEDS_ZONES();
    seed = first_seed;
    for (size_t i = 0; i < sizeof jumpers / sizeof *jumpers; i++) {
        struct zone *z = jumper(jumpers[i]);

        for (int n = 0; z && at_n > 0 && n < 30; n++) {
            int64_t change = at[random_between(0, (int64_t)at_n)];
            int64_t local = local_at(z, change) + random_between(-DAY, DAY);

            CHECK_INT(zone_instant(z, local), slow_instant(z, local));
        }
        zone_free(z);
    }
}

static void
instants_never_fall(void)
{
    NEEDS_ZONES();
    for (size_t i = 0; i < sizeof jumpers / sizeof *jumpers; i++) {
        struct zone *z = jumper(jumpers[i]);

        for (size_t c = 0; z && c < at_n; c++) {
            int64_t local = at[c] - 3 * DAY, last = zone_instant(z, local);

            for (; local < at[c] + 3 * DAY; local += 601) {
                int64_t t = zone_instant(z, local);

                if (!CHECK(t >= last))
                    break;
                last = t;
            }
        }
        zone_free(z);
    }
}

/* ---- names -------------------------------------------------------------- */

static void
offsets_and_utc(void)
{
    static const struct {
        const char *name;
        int32_t offset;
    } row[] = {{"UTC", 0},         {"+02:00", 7200}, {"-0330", -12600},
               {"+02", 7200},      {"-00", 0},       {"+00:00", 0},
               {"+14:00", 50400},  {"-12", -43200},  {"+23:59", 86340},
               {"-23:59", -86340}, {"+0545", 20700}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct zone *z = zone(row[i].name);

        if (!z)
            continue;
        for (int y = 1600; y <= 2200; y += 100)
            CHECK_INT(zone_offset(z, year(y)), row[i].offset);
        CHECK_INT(zone_instant(z, year(1900)), year(1900) - row[i].offset);
        zone_free(z);
    }
}

static void
names_that_are_none(void)
{
    static const char *const wrong[] = {"",
                                        "Europe",
                                        "Europe/",
                                        "Europe/Warszawa",
                                        "Europe/Warsaw/x",
                                        "/UTC",
                                        "/Europe/Warsaw",
                                        "/etc/localtime",
                                        "/usr/share/zoneinfo/UTC",
                                        "../zoneinfo/UTC",
                                        "Europe/../UTC",
                                        "Europe/..",
                                        "..",
                                        ".",
                                        "zone1970.tab",
                                        "tzdata.zi",
                                        "+2",
                                        "+2:00",
                                        "02:00",
                                        "+24",
                                        "+02:60",
                                        "+02:0",
                                        "+02:",
                                        "+02:00:00",
                                        "+020",
                                        "+02::00",
                                        "++02",
                                        "+ 2:00",
                                        "-",
                                        "+",
                                        "+0:200",
                                        "+02000",
                                        "+0200000000000",
                                        "UTC+2",
                                        "Europe/Warsaw\n",
                                        "CET-1CEST,M3.5.0,M10.5.0/3"};
    char longest[6000];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct morgue_error err = {0};
        struct zone *z = (struct zone *)longest;

        test_that(zone_open(&z, wrong[i], &err) == MORGUE_USAGE, __FILE__,
                  __LINE__, "'%s': status %d", wrong[i], (int)err.status);
        CHECK(z == NULL);
        CHECK(strstr(err.message, "there is no time zone '") != NULL);
        CHECK(strstr(err.message, "or +02:00") != NULL);
        zone_free(z);
    }
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    for (size_t n = 100; n < sizeof longest; n += 590) {
        struct zone *z;

        CHECK_INT(zone_open(&z, longest + n, NULL), MORGUE_USAGE);
    }
}

static void
the_message_says_what_to_write(void)
{
    struct morgue_error err;
    struct zone *z;

    NEEDS_ZONES();
    CHECK_INT(zone_open(&z, "europe/warsaw", &err), MORGUE_USAGE);
    CHECK_STR(err.message, "there is no time zone 'europe/warsaw'; write one "
                           "as Europe/Warsaw or +02:00");
}

static void
leap_seconds(void)
{
    struct morgue_error err;
    struct zone *z;

    if (!is_zone_file(TZ_DIR "/right/Europe/Warsaw"))
        SKIP("there are no zones with leap seconds");
    CHECK_INT(zone_open(&z, "right/Europe/Warsaw", &err), MORGUE_USAGE);
    CHECK_STR(err.message,
              "the time zone 'right/Europe/Warsaw' counts leap seconds, which "
              "dates do not; write one as Europe/Warsaw or +02:00");
}

static void
the_process_keeps_its_zone(void)
{
    struct zone *z;

    NEEDS_ZONES();
    c_zone("XXX5");
    z = zone("Europe/Warsaw");
    if (z) {
        CHECK_INT(zone_offset(z, year(2024)), HOUR);
        CHECK_INT(zone_instant(z, year(2024)), year(2024) - HOUR);
    }
    CHECK_STR(getenv("TZ"), "XXX5");
    CHECK_STR(tzname[0], "XXX");
    CHECK_INT(c_offset(year(2024)), -5 * HOUR);
    zone_free(z);
}

int
main(void)
{
    RUN(zones_of_the_system);
    RUN(fat_and_slim_files);
    RUN(skipped_and_repeated);
    RUN(a_day_that_came_twice);
    RUN(instants_second_by_second);
    RUN(instants_never_fall);
    RUN(offsets_and_utc);
    RUN(names_that_are_none);
    RUN(the_message_says_what_to_write);
    RUN(leap_seconds);
    RUN(the_process_keeps_its_zone);
    return test_end();
}
