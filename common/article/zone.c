/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone.c - time zones, as the system's tz database has them
 *
 * The format of the files is TZif, RFC 9636 (before: RFC 8536), versions 1 to
 * 4; a later one is read as version 4, as each so far only added to the one
 * before.  All numbers are big-endian.
 *
 *     file    version 1:  block
 *             later:      block block "\n" TZ string "\n"
 *     block   head of 44 bytes ("TZif", version, 6 counts), then
 *             times of the changes: 4 bytes each, 8 in the second block
 *             for each change the number of its type: 1 byte
 *             types: offset (4 bytes), is summer time (1), its name (1)
 *             names, leap seconds, and two lists that nobody needs
 *
 * The second block has what the first has, and more.  Before the first change
 * type 0 holds, which is local mean time there.  After the last one the TZ
 * string does (zone_rule.h), or where that is empty the last change.
 *
 * Cost: a file is read once, of 100 bytes to 4 kB, in about 10 us; a zone
 * takes 16 bytes for each change, of which there are up to some 250.  An
 * offset is a binary search, or behind the last change about 0.1 us.
 *
 * Not handled: leap seconds, $TZDIR.
 *
 * Why this is no library: the functions of the C library know one zone, that
 * of the process, which a library must not change under the program's other
 * threads.  ICU brings its own data, which gets old; those of the system are
 * kept up to date by its administrator.  It would also add some 0.3 ms to each
 * start.
 */
#include "zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../base/file.h"
#include "zone_rule.h"

#define ZONE_DIR "/usr/share/zoneinfo"
#define TIME_MAX (INT64_C(1) << 59) /* of a change, before and after 1970 */

enum {
    FILE_MAX = 1 << 20,
    HEAD = 44,
    TYPE_SIZE = 6,
    OFFSET_MIN = -89999, /* more than -25 hours, less than 26 */
    OFFSET_MAX = 93599
};

struct change {
    int64_t at;
    int32_t offset; /* from then on */
};

struct zone {
    int32_t first; /* offset before any change */
    struct zone_rule rule;
    size_t n;
    struct change change[];
};

/* ---- the file ----------------------------------------------------------- */

struct block {
    char version;
    uint32_t times, types, leaps; /* how many */
    size_t time_size;
    const char *data;
};

static uint64_t
read_number(const char *s, size_t size)
{
    uint64_t n = 0;

    for (size_t i = 0; i < size; i++)
        n = n << 8 | (unsigned char)s[i];
    return n;
}

static bool
is_tzif(struct morgue_str file)
{
    return str_starts(file, STR("TZif"));
}

/* Take a block off the file; false where it is not whole. */
static bool
take_block(struct morgue_str *file, size_t time_size, struct block *out)
{
    uint64_t count[6], size;

    if (file->len < HEAD || !is_tzif(*file))
        return false;
    for (size_t i = 0; i < 6; i++)
        count[i] = read_number(file->s + HEAD - 24 + 4 * i, 4);
    /* Below 2^38 with counts of 32 bits. */
    size = HEAD + count[0] + count[1] + count[2] * (time_size + 4) +
           count[3] * (time_size + 1) + count[4] * TYPE_SIZE + count[5];
    if (size > file->len)
        return false;
    *out = (struct block){.version = file->s[4],
                          .times = (uint32_t)count[3],
                          .types = (uint32_t)count[4],
                          .leaps = (uint32_t)count[2],
                          .time_size = time_size,
                          .data = file->s + HEAD};
    *file = str_slice(file->s + size, file->len - (size_t)size);
    return true;
}

static bool
read_type(const struct block *b, size_t type, int32_t *offset)
{
    const char *types = b->data + b->times * (b->time_size + 1);

    if (type >= b->types)
        return false;
    *offset = (int32_t)read_number(types + TYPE_SIZE * type, 4);
    return *offset >= OFFSET_MIN && *offset <= OFFSET_MAX;
}

static bool
read_changes(const struct block *b, struct zone *z)
{
    const char *types = b->data + b->times * b->time_size;

    if (!read_type(b, 0, &z->first))
        return false;
    for (; z->n < b->times; z->n++) {
        struct change *c = &z->change[z->n];
        uint64_t n = read_number(b->data + z->n * b->time_size, b->time_size);

        c->at = b->time_size == 4 ? (int32_t)n : (int64_t)n;
        if (c->at < -TIME_MAX || c->at > TIME_MAX ||
            (z->n > 0 && c->at <= c[-1].at) ||
            !read_type(b, (unsigned char)types[z->n], &c->offset))
            return false;
    }
    return true;
}

static bool
read_footer(struct morgue_str s, struct zone_rule *out)
{
    size_t end = str_find(s, 1, STR("\n"));

    if (s.len < 2 || s.s[0] != '\n' || end == s.len)
        return false;
    return end == 1 || zone_rule_read(out, str_slice(s.s + 1, end - 1));
}

/* Take the block that counts off the file. */
static bool
take_blocks(struct morgue_str *file, struct block *out)
{
    char version;

    if (!take_block(file, 4, out))
        return false;
    version = out->version;
    return version == '\0' ||
           (version >= '2' && version <= '9' && take_block(file, 8, out) &&
            out->version == version);
}

static enum morgue_status
damaged(const char *name, struct morgue_error *err)
{
    return error_set(err, MORGUE_FORMAT,
                     "the file of the time zone '%s' is damaged", name);
}

static enum morgue_status
no_zone(const char *name, struct morgue_error *err)
{
    if (file_kind(ZONE_DIR) != FILE_DIR)
        return error_set(err, MORGUE_USAGE,
                         "there is no time zone '%s', for there are no time "
                         "zones in " ZONE_DIR "; write UTC or +02:00",
                         name);
    return error_set(err, MORGUE_USAGE,
                     "there is no time zone '%s'; write one as Europe/Warsaw "
                     "or +02:00",
                     name);
}

static struct zone *
zone_new(size_t changes, struct morgue_error *err)
{
    struct zone *z = malloc(sizeof *z + changes * sizeof *z->change);

    if (!z)
        error_nomem(err);
    else
        *z = (struct zone){0};
    return z;
}

/* What a file says, into a zone with room for its changes. */
static bool
read_zone(struct zone *z, const struct block *b, struct morgue_str rest)
{
    return read_changes(b, z) &&
           (b->version == '\0' || read_footer(rest, &z->rule));
}

enum morgue_status
zone_read(struct zone **out, struct morgue_str file, const char *name,
          struct morgue_error *err)
{
    struct block b;
    struct zone *z;

    *out = NULL;
    if (!is_tzif(file))
        return no_zone(name, err);
    if (!take_blocks(&file, &b))
        return damaged(name, err);
    if (b.leaps > 0)
        return error_set(err, MORGUE_USAGE,
                         "the time zone '%s' counts leap seconds, which dates "
                         "do not; write one as Europe/Warsaw or +02:00",
                         name);
    z = zone_new(b.times, err);
    if (!z)
        return MORGUE_NOMEM;
    if (!read_zone(z, &b, file)) {
        zone_free(z);
        return damaged(name, err);
    }
    *out = z;
    return MORGUE_OK;
}

/* ---- opening ------------------------------------------------------------ */

/* +02:00, -0330, +02. */
static bool
read_offset(const char *name, int32_t *out)
{
    char digit[] = "0000";
    size_t n = 0;
    int hours, minutes;

    if (name[0] != '+' && name[0] != '-')
        return false;
    for (const char *c = name + 1; *c; c++) {
        if (*c == ':' && c == name + 3 && c[1])
            continue;
        if (!is_digit(*c) || n == 4)
            return false;
        digit[n++] = *c;
    }
    hours = (digit[0] - '0') * 10 + digit[1] - '0';
    minutes = (digit[2] - '0') * 10 + digit[3] - '0';
    *out = (hours * 60 + minutes) * (name[0] == '-' ? -60 : 60);
    return (n == 2 || n == 4) && hours <= 23 && minutes <= 59;
}

static enum morgue_status
open_fixed(struct zone **out, int32_t offset, struct morgue_error *err)
{
    *out = zone_new(0, err);
    if (!*out)
        return MORGUE_NOMEM;
    (*out)->first = offset;
    return MORGUE_OK;
}

/* False where something else is there, or nothing can be.  What may be looked
 * at or not, only opening it tells. */
static bool
may_be_file(const char *path)
{
    enum file_kind kind = file_kind(path);

    if (kind != FILE_NONE)
        return kind == FILE_REGULAR;
    return errno != ENOTDIR && errno != ENAMETOOLONG && errno != ELOOP;
}

static enum morgue_status
open_file(struct zone **out, const char *path, const char *name,
          struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    if (!may_be_file(path))
        return no_zone(name, err);
    buf_init(&b, FILE_MAX);
    st = file_read(&b, path, err);
    if (st == MORGUE_OK)
        st = zone_read(out, buf_view(&b), name, err);
    else if (st == MORGUE_NO_INPUT)
        st = no_zone(name, err);
    buf_free(&b);
    return st;
}

enum morgue_status
zone_open(struct zone **out, const char *name, struct morgue_error *err)
{
    enum morgue_status st;
    int32_t offset;
    char *path;

    *out = NULL;
    if (strcmp(name, "UTC") == 0)
        return open_fixed(out, 0, err);
    if (read_offset(name, &offset))
        return open_fixed(out, offset, err);
    if (name[0] == '/' || strstr(name, ".."))
        return no_zone(name, err);
    path = path_join(ZONE_DIR, name);
    if (!path)
        return error_nomem(err);
    st = open_file(out, path, name, err);
    free(path);
    return st;
}

void
zone_free(struct zone *z)
{
    free(z);
}

/* ---- offsets ------------------------------------------------------------ */

static struct zone_span
span_at(const struct zone *z, int64_t utc)
{
    size_t low = 0, high = z->n; /* how many changes were until then */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (z->change[middle].at <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == z->n && z->rule.given)
        return zone_rule_span(&z->rule, utc);
    return (struct zone_span){
        .offset = low > 0 ? z->change[low - 1].offset : z->first,
        .end = low < z->n ? z->change[low].at : INT64_MAX};
}

/* So that nothing overflows; a hundred thousand million years. */
static int64_t
within_reason(int64_t seconds)
{
    int64_t most = INT64_MAX / 2;

    if (seconds > most)
        return most;
    return seconds < -most ? -most : seconds;
}

int32_t
zone_offset(const struct zone *z, int64_t utc)
{
    return span_at(z, within_reason(utc)).offset;
}

int64_t
zone_instant(const struct zone *z, int64_t local)
{
    int64_t at; /* all before it is earlier than `local` */

    local = within_reason(local);
    at = local - OFFSET_MAX;
    for (;;) {
        struct zone_span s = span_at(z, at);

        if (at < local - s.offset)
            at = local - s.offset;
        if (at < s.end)
            return at;
        at = s.end;
    }
}

/* ---- by a name, once ---------------------------------------------------- */

/* The bytes of the file of a zone; 0 where there is none, or it is longer than
 * such files are. */
static size_t
read_small(char *out, size_t max, const char *name)
{
    char path[sizeof ZONE_DIR + 80];
    size_t len = 0;
    ssize_t n = 1;
    int fd;

    if (name[0] == '/' || strstr(name, "..") || strlen(name) > 76)
        return 0;
    snprintf(path, sizeof path, "%s/%s", ZONE_DIR, name);
    if (file_kind(path) != FILE_REGULAR)
        return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    while (n > 0 && len < max) {
        n = read(fd, out + len, max - len);
        len += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return n == 0 ? len : 0;
}

/* The offset that a local time was written by. */
static int32_t
local_offset(const struct zone *z, int64_t local)
{
    int64_t at = zone_instant(z, local);
    int32_t offset = zone_offset(z, at);

    return at + offset == local ? offset : zone_offset(z, at - 1);
}

bool
zone_offset_of(const char *name, int64_t local, int32_t *offset)
{
    enum { SMALL_MAX = 8192, CHANGES_MAX = 500 };
    _Alignas(struct zone) char
        room[sizeof(struct zone) + CHANGES_MAX * sizeof(struct change)];
    char bytes[SMALL_MAX];
    struct zone *z = (struct zone *)(void *)room;
    struct morgue_str file =
        str_slice(bytes, read_small(bytes, sizeof bytes, name));
    struct block b;
    int32_t seconds;

    memset(room, 0, sizeof(struct zone));
    if (!is_tzif(file) || !take_blocks(&file, &b) || b.leaps > 0 ||
        b.times > CHANGES_MAX || !read_zone(z, &b, file))
        return false;
    seconds = local_offset(z, local);
    *offset = (seconds + (seconds < 0 ? -30 : 30)) / 60 * 60;
    return true;
}
