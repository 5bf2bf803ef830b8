/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segment_open.c - opening a segment, checking its pages, its columns
 *
 * The footer, at the end of the file:
 *
 *     u32  SEGMENT_VERSION
 *     u32  articles
 *     u32  articles that have a date
 *     u32  how many columns
 *     u64  the sum of all lengths
 *     u64  terms
 *     u64  bytes before the page sums
 *     u32  how many parts
 *     u32  features: a reader that does not know them all refuses the segment
 *     each part:    u64 where it begins, u64 its length
 *     each column:  u64 where in PART_COLUMNS, u64 min, u64 width
 *     u64  XXH3 of the page sums
 *     u32  bytes of the footer
 *     u32  0
 *     u64  XXH3 of the footer before this
 *
 * Parts and columns behind those that a reader knows are passed over.
 *
 * Opening costs in proportion to the page sums, a 2,048th of the file.
 */
#include "segment.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../base/hash.h"
#include "../../base/preset.h"
#include "bytes.h"
#include "deletes.h"
#include "footer.h"

/* ---- pages -------------------------------------------------------------- */

static uint64_t
pages_of(uint64_t bytes)
{
    return (bytes + PAGE - 1) >> PAGE_SHIFT;
}

static bool
check_page(struct segment *s, uint64_t page)
{
    uint64_t at = page << PAGE_SHIFT;
    uint64_t len = s->body - at < PAGE ? s->body - at : PAGE;

    if (hash64(s->map + at, len) != get_u64(s->sums + page * 8))
        return false;
    __atomic_fetch_or(&s->checked[page >> 6], (uint64_t)1 << (page & 63),
                      __ATOMIC_RELAXED);
    return true;
}

bool
segment_check_pages(struct segment *s, uint64_t at, uint64_t len)
{
    if (at > s->body || len > s->body - at) {
        s->damaged = true;
        return false;
    }
    if (len == 0)
        return true;
    for (uint64_t p = at >> PAGE_SHIFT; p <= (at + len - 1) >> PAGE_SHIFT; p++)
        if (!page_is_checked(s, p) && !check_page(s, p)) {
            s->damaged = true;
            return false;
        }
    return true;
}

void
segment_forget(const struct segment *s)
{
    (void)madvise((void *)(uintptr_t)s->map, (size_t)s->size, MADV_DONTNEED);
}

enum morgue_status
segment_status(const struct segment *s, struct morgue_error *err)
{
    if (!s->damaged)
        return MORGUE_OK;
    return error_set(err, MORGUE_DAMAGED, "the segment '%s' is damaged",
                     s->name);
}

/* ---- the footer --------------------------------------------------------- */

static bool
parse_parts(struct segment *s, const uint8_t *p)
{
    for (int i = 0; i < PART_N; i++, p += 16) {
        s->part[i].at = get_u64(p);
        s->part[i].len = get_u64(p + 8);
        if (s->part[i].at > s->body ||
            s->part[i].len > s->body - s->part[i].at ||
            PART_PAD > s->body - s->part[i].at - s->part[i].len)
            return false;
    }
    return s->part[PART_DICT_INDEX].len % DICT_ENTRY == 0 &&
           s->part[PART_FILTER].len % FILTER_BLOCK == 0 &&
           s->part[PART_STEM_INDEX].len / 8 ==
               s->part[PART_DICT_INDEX].len / DICT_ENTRY;
}

static bool
parse_columns(struct segment *s, const uint8_t *p)
{
    for (int i = 0; i < COLUMN_N; i++, p += 24) {
        uint64_t at = get_u64(p), width = get_u64(p + 16);
        uint64_t len = s->part[PART_COLUMNS].len;

        if ((width > COLUMN_WIDTH_MAX && width != 64) || at > len ||
            ((uint64_t)s->docs * width + 7) / 8 > len - at)
            return false;
        s->column[i].data = s->map + s->part[PART_COLUMNS].at + at;
        s->column[i].min = get_u64(p + 8);
        s->column[i].width = (uint32_t)width;
        s->column[i].mask = column_mask((uint32_t)width);
    }
    return s->column[COLUMN_CODE].width == 8 &&
           s->column[COLUMN_CODE].min == 0 &&
           s->column[COLUMN_LENGTH].width % 8 == 0;
}

/* The footer, whole, and its length; NULL where it is not what was written. */
static const uint8_t *
find_footer(const struct segment *s, uint64_t sum, uint64_t *len)
{
    const uint8_t *end = s->map + s->size;

    if (s->size < FOOTER_FIXED + FOOTER_TAIL)
        return NULL;
    *len = get_u32(end - 16);
    if (*len < FOOTER_FIXED + FOOTER_TAIL || *len > s->size ||
        get_u64(end - 8) != sum || hash64(end - *len, *len - 8) != sum)
        return NULL;
    return end - *len;
}

/* Whether the segment is of another version, or has what this one does not
 * know: by its first bytes or by a footer that is whole. */
static bool
is_other_version(const struct segment *s, const uint8_t *footer)
{
    if (footer)
        return get_u32(footer) != SEGMENT_VERSION ||
               (get_u32(footer + 44) & ~(uint32_t)SEGMENT_FEATURES) != 0;
    return s->size >= SEGMENT_MAGIC_LEN &&
           memcmp(s->map, SEGMENT_MAGIC, SEGMENT_MAGIC_LEN - 1) == 0 &&
           s->map[SEGMENT_MAGIC_LEN - 1] !=
               SEGMENT_MAGIC[SEGMENT_MAGIC_LEN - 1];
}

/* Read the footer `p`, which is whole and of this version. */
static bool
parse_footer(struct segment *s, const uint8_t *p, uint64_t len)
{
    uint64_t columns = get_u32(p + 12), parts = get_u32(p + 40);

    s->footer_sum = get_u64(p + len - 8);
    s->docs = get_u32(p + 4);
    s->dated = get_u32(p + 8);
    s->length = get_u64(p + 16);
    s->terms = get_u64(p + 24);
    s->body = get_u64(p + 32);
    if (parts < PART_N || columns < COLUMN_N ||
        len != FOOTER_FIXED + parts * 16 + columns * 24 + FOOTER_TAIL ||
        s->body > s->size - len || s->dated > s->docs ||
        s->docs > SEGMENT_DOCS_MAX ||
        pages_of(s->body) * 8 != s->size - len - s->body)
        return false;
    s->sums = s->map + s->body;
    return hash64(s->sums, pages_of(s->body) * 8) ==
               get_u64(p + len - FOOTER_TAIL) &&
           parse_parts(s, p + FOOTER_FIXED) &&
           parse_columns(s, p + FOOTER_FIXED + parts * 16);
}

/* ---- opening ------------------------------------------------------------ */

static enum morgue_status
map_file(struct segment *s, const struct dir *dir, const char *path,
         struct morgue_error *err)
{
    uint64_t size = s->size;
    struct stat stat;
    void *map;
    int fd;
    enum morgue_status st = dir_open_file(&fd, dir, s->name, err);

    if (st)
        return st;
    if (fstat(fd, &stat) != 0) {
        st = error_errno(err, MORGUE_IO, "look at", path);
    } else if (size == 0 || (uint64_t)stat.st_size != size) {
        st = error_set(err, MORGUE_DAMAGED,
                       "'%s' is damaged: it has %lld bytes, not %llu", path,
                       (long long)stat.st_size, (unsigned long long)size);
    } else {
        map = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0);
        if (map == MAP_FAILED)
            st = error_errno(err, MORGUE_IO, "map", path);
        else
            s->map = s->shared->bytes = map;
    }
    close(fd);
    return st;
}

/* Look at the file that is mapped: its footer, its first bytes. */
static enum morgue_status
look(struct segment *s, const char *path, uint64_t sum,
     struct morgue_error *err)
{
    uint64_t len;
    const uint8_t *footer = find_footer(s, sum, &len);

    if (is_other_version(s, footer))
        return error_set(err, MORGUE_VERSION_DIFFERS,
                         "the segment '%s' is of another format than %d, "
                         "which this version of morgue reads; make the "
                         "archive anew from its sources",
                         path, SEGMENT_VERSION);
    if (!footer || !parse_footer(s, footer, len))
        return error_set(err, MORGUE_DAMAGED, "the segment '%s' is damaged",
                         path);
    s->checked = s->shared->checked =
        calloc((size_t)(pages_of(s->body) / 64 + 1), sizeof(uint64_t));
    if (!s->checked)
        return error_nomem(err);
    if (!segment_touch(s, 0, SEGMENT_MAGIC_LEN) ||
        memcmp(s->map, SEGMENT_MAGIC, SEGMENT_MAGIC_LEN) != 0)
        return error_set(err, MORGUE_DAMAGED, "the segment '%s' is damaged",
                         path);
    return MORGUE_OK;
}

enum morgue_status
segment_open(struct segment **out, const struct dir *dir, const char *name,
             uint64_t size, uint64_t sum, struct morgue_error *err)
{
    enum morgue_status st;
    struct segment *s = calloc(1, sizeof *s);
    char *path = path_join(dir->path, name);

    *out = NULL;
    if (s)
        s->shared = calloc(1, sizeof *s->shared);
    if (!s || !s->shared || !path || strlen(name) >= sizeof s->name) {
        st = error_nomem(err);
        goto done;
    }
    memcpy(s->name, name, strlen(name));
    s->shared->refs = 1;
    s->size = s->shared->size = size;
    st = map_file(s, dir, path, err);
    if (!st)
        st = look(s, path, sum, err);
done:
    free(path);
    if (st)
        segment_close(s);
    else
        *out = s;
    return st;
}

struct segment *
segment_share(const struct segment *of)
{
    struct segment *s = malloc(sizeof *s);

    if (!s)
        return NULL;
    *s = *of;
    __atomic_add_fetch(&s->shared->refs, 1, __ATOMIC_RELAXED);
    s->damaged = false;
    s->deletes = NULL;
    s->first_heads = NULL;
    s->preset = NULL;
    return s;
}

static void
map_release(struct segment_map *m)
{
    if (!m || __atomic_sub_fetch(&m->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (m->bytes)
        munmap((void *)(uintptr_t)m->bytes, (size_t)m->size);
    free(m->checked);
    free(m);
}

void
segment_close(struct segment *s)
{
    if (!s)
        return;
    map_release(s->shared);
    deletes_free(s);
    preset_unpacker_free(s->preset);
    free(s->first_heads);
    free(s);
}

/* ---- columns ------------------------------------------------------------ */

bool
segment_touch_column(struct segment *s, enum segment_column c, uint32_t from,
                     uint32_t to)
{
    const struct column *col = &s->column[c];
    uint64_t begin, end;

    if (from > to || to > s->docs) {
        s->damaged = true;
        return false;
    }
    begin = (uint64_t)from * col->width / 8;
    end = ((uint64_t)to * col->width + 7) / 8;
    return segment_touch(s, (uint64_t)(col->data - s->map) + begin,
                         end - begin);
}

uint8_t
length_code(uint64_t length)
{
    unsigned shift = 0;

    while (length >> shift >= 32)
        shift++;
    if (shift > 14)
        return 255;
    return (uint8_t)(shift == 0 ? length
                                : 16 + 16 * shift + ((length >> shift) & 15));
}

uint32_t
length_of_code(uint8_t code)
{
    unsigned shift;

    if (code < 32)
        return code;
    shift = (code - 16u) / 16;
    return (16u + (code & 15u)) << shift;
}

/* The first of the dated articles low <= number < high whose date is before
 * `time`: they go down.  `high` where there is none. */
static uint32_t
first_before(struct segment *s, int64_t time, uint32_t low, uint32_t high)
{
    if (time == INT64_MAX)
        return low;
    if (time == INT64_MIN)
        return high;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (date_of_value(segment_value(s, COLUMN_DATE, mid)) < time)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

struct morgue_date
segment_date(struct segment *s, uint32_t doc)
{
    struct morgue_date date = {.precision = MORGUE_DATE_NONE};
    uint64_t zone;

    if (doc >= s->dated)
        return date;
    date.seconds = date_of_value(segment_value(s, COLUMN_DATE, doc));
    zone = segment_value(s, COLUMN_ZONE, doc);
    if (zone > MORGUE_DATE_SECOND + 2 * DATE_OFFSET_MAX / 60)
        s->damaged = true;
    else if (zone < MORGUE_DATE_SECOND)
        date.precision = (enum morgue_date_precision)zone;
    else
        date.precision = MORGUE_DATE_SECOND;
    if (date.precision == MORGUE_DATE_SECOND)
        date.offset =
            (int32_t)(zone - MORGUE_DATE_SECOND) * 60 - DATE_OFFSET_MAX;
    if (date_is_valid(date))
        return date;
    s->damaged = true;
    return (struct morgue_date){.precision = MORGUE_DATE_NONE};
}

/* `a` and `b` together, or the bound that they are beyond; no bound stays
 * none. */
static int64_t
sum(int64_t a, int64_t b)
{
    int64_t c;

    if (a == INT64_MIN || a == INT64_MAX)
        return a;
    if (!__builtin_add_overflow(a, b, &c))
        return c;
    return a < 0 ? INT64_MIN : INT64_MAX;
}

/* The articles of a range whose dates are in from <= date < to. */
static struct doc_range
dated_within(struct segment *s, struct doc_range of, int64_t from, int64_t to)
{
    struct doc_range r = {.lo = first_before(s, to, of.lo, of.hi)};

    r.hi = first_before(s, from, r.lo, of.hi);
    return r;
}

/* Where all dates of the segment are to the second and by one clock, numbers
 * tell all.  False where they are not. */
static bool
dates_of_one_clock(struct doc_range *out, struct segment *s,
                   const struct period *p)
{
    const struct column *zone = &s->column[COLUMN_ZONE];
    int64_t offset;

    if (s->dated == 0 || zone->width > 0 || zone->min < MORGUE_DATE_SECOND)
        return false;
    offset = segment_date(s, 0).offset;
    *out = (struct doc_range){.hi = s->dated};
    if (p->by_instant)
        *out = dated_within(s, *out, p->from_utc, p->to_utc);
    else
        *out =
            dated_within(s, *out, sum(p->from, -offset), sum(p->to, -offset));
    return true;
}

/* By UTC, which the numbers follow, no date begins or ends further from where
 * it does by its own clock than a day. */
void
segment_dates(struct doc_range *may, struct doc_range *sure, struct segment *s,
              const struct period *p)
{
    const int64_t day = DATE_OFFSET_MAX;
    int64_t least = sum(p->from, -day), most = sum(p->to, day);
    int64_t first = sum(p->from, day);
    int64_t last = sum(p->to, -day);

    if (dates_of_one_clock(may, s, p)) {
        *sure = *may;
        return;
    }
    if (p->by_instant) {
        least = p->from_utc < least ? p->from_utc : least;
        most = p->to_utc > most ? p->to_utc : most;
        first = p->from_utc > first ? p->from_utc : first;
        last = p->to_utc < last ? p->to_utc : last;
    }
    *may = dated_within(s, (struct doc_range){.hi = s->dated}, least, most);
    *sure = dated_within(s, *may, first, last);
}
