/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wound.c - damage to the files of a segment archive, drawn from bytes
 */
#include "wound.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../common/base/file.h"
#include "../../common/base/hash.h"
#include "../../common/segment/file/bytes.h"
#include "../../common/segment/file/footer.h"
#include "../../common/segment/file/manifest.h"

uint32_t
draw(struct draw *d, uint32_t n)
{
    uint32_t v = 0;

    for (uint64_t most = n - 1; most > 0; most >>= 8)
        v = v << 8 | (d->at < d->end ? *d->at++ : 0u);
    return v % n;
}

/* ---- files -------------------------------------------------------------- */

static bool
write_file(const char *dir, const char *name, const uint8_t *data, size_t size)
{
    char *path = path_join(dir, name);
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    bool good = fd >= 0 && write(fd, data, size) == (ssize_t)size;

    if (fd >= 0)
        close(fd);
    free(path);
    return good;
}

static bool
read_stored(struct stored_file *f, const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    struct buf b;
    bool good;

    buf_init(&b, 1 << 26);
    good = path && strlen(name) < sizeof f->name && !file_read(&b, path, NULL);
    f->data = good ? malloc(b.len + 1) : NULL;
    good = f->data;
    if (good) {
        memcpy(f->name, name, strlen(name) + 1);
        memcpy(f->data, buf_view(&b).s, b.len);
        f->size = b.len;
    }
    buf_free(&b);
    free(path);
    return good;
}

bool
stored_read(struct stored *out, const char *dir)
{
    struct file_names names = {0};
    bool good = !file_list(&names, dir, NULL);

    out->n = 0;
    for (size_t i = 0; good && i < names.n; i++) {
        if (strcmp(names.name[i], "morgue.lock") == 0)
            continue;
        good = out->n < sizeof out->file / sizeof *out->file &&
               read_stored(&out->file[out->n++], dir, names.name[i]);
    }
    file_names_free(&names);
    return good;
}

bool
stored_write(const struct stored *s, const char *dir)
{
    struct file_names names = {0};
    bool good = (mkdir(dir, 0777) == 0 || errno == EEXIST) &&
                !file_list(&names, dir, NULL);

    for (size_t i = 0; good && i < names.n; i++) {
        char *path = path_join(dir, names.name[i]);

        good = path && unlink(path) == 0;
        free(path);
    }
    for (size_t i = 0; good && i < s->n; i++)
        good =
            write_file(dir, s->file[i].name, s->file[i].data, s->file[i].size);
    file_names_free(&names);
    return good;
}

/* ---- places ------------------------------------------------------------- */

static bool
is_segment(const char *name)
{
    return strncmp(name, "seg-", 4) == 0;
}

/* A place in a file; of a segment, parts are as likely as each other, however
 * long they are, and their beginnings are likely. */
static size_t
draw_place(struct draw *d, const struct stored_file *f)
{
    const uint8_t *footer = f->data + f->size - FOOTER;
    uint32_t which = draw(d, PART_N + 2);
    uint64_t at, len;

    if (which > PART_N && draw(d, 4) > 0)
        which = PART_POSTINGS;
    if (!is_segment(f->name) || which == PART_N)
        return draw(d, (uint32_t)f->size);
    if (which > PART_N)
        return f->size - FOOTER + draw(d, FOOTER);
    at = get_u64(footer + FOOTER_FIXED + 16 * which);
    len = get_u64(footer + FOOTER_FIXED + 16 * which + 8);
    if (len > 64 && draw(d, 4) == 0)
        len = 64;
    return (size_t)at + draw(d, (uint32_t)len + 1);
}

/* ---- damage ------------------------------------------------------------- */

/* A copy of a file, with zeros behind it. */
struct copy {
    uint8_t *data;
    size_t size;
};

/* A number that is likely to be a limit of something. */
static uint64_t
draw_value(struct draw *d, uint64_t old)
{
    static const uint64_t limit[] = {0,
                                     1,
                                     127,
                                     128,
                                     255,
                                     INT32_MAX,
                                     UINT32_C(1) << 31,
                                     UINT32_MAX,
                                     INT64_MAX,
                                     UINT64_MAX};
    enum { LIMITS = sizeof limit / sizeof *limit };
    uint32_t which = draw(d, LIMITS + 5);

    if (which < LIMITS)
        return limit[which];
    if (which == LIMITS)
        return old + 1;
    if (which == LIMITS + 1)
        return old - 1;
    if (which == LIMITS + 2)
        return old ^ (uint64_t)1 << draw(d, 64);
    if (which == LIMITS + 3)
        return draw(d, 1 << 16);
    return old * 2;
}

/* Another number in place of the `len` bytes at `at`. */
static void
set_number(struct copy *c, struct draw *d, size_t at, size_t len)
{
    uint8_t bytes[8] = {0};

    memcpy(bytes, c->data + at, len);
    put_u64(bytes, draw_value(d, get_u64(bytes)));
    memcpy(c->data + at, bytes, len);
}

static void
swap_pages(struct copy *c, size_t a, size_t b)
{
    uint8_t page[PAGE];

    a = a / PAGE * PAGE;
    b = b / PAGE * PAGE;
    if (a + PAGE > c->size || b + PAGE > c->size)
        return;
    memcpy(page, c->data + a, PAGE);
    memcpy(c->data + a, c->data + b, PAGE);
    memcpy(c->data + b, page, PAGE);
}

enum kind { BIT, BYTE, NUMBER, RANGE, FILL, MOVED, ZEROED, SWAPPED, KINDS };

static const char *const kind_name[KINDS] = {
    "a bit",       "a byte",       "a number",
    "a range",     "bytes alike",  "bytes of another place",
    "a page of 0", "pages swapped"};

/* Cut the file, or make it longer.  Where sums are put right, that is for the
 * numbers in a footer to say. */
static void
set_length(struct copy *c, struct draw *d, bool say)
{
    c->size = draw(d, 2) ? draw(d, (uint32_t)c->size)
                         : c->size + 1 + draw(d, 2 * PAGE);
    if (say)
        fprintf(stderr, "# %zu bytes long\n", c->size);
}

/* A page is zeroed up to the footer, which would be none else. */
static void
zero_page(struct copy *c, size_t at)
{
    size_t end = c->size > FOOTER ? c->size - FOOTER : c->size;

    at = at / PAGE * PAGE;
    if (at < end)
        memset(c->data + at, 0, end - at < PAGE ? end - at : PAGE);
}

static void
hurt(struct copy *c, struct draw *d, const struct stored_file *f, bool say)
{
    enum kind kind = (enum kind)draw(d, KINDS);
    size_t at = draw_place(d, f), len, other;

    if (c->size == 0)
        return;
    at = at < c->size ? at : c->size - 1;
    other = draw(d, (uint32_t)c->size);
    len = 1 + draw(d, draw(d, 8) == 0 ? 4096 : 32);
    len = len < c->size - at ? len : c->size - at;
    if (say)
        fprintf(stderr, "# %s at %zu of %s, %zu bytes, from %zu\n",
                kind_name[kind], at, f->name, len, other);
    switch (kind) {
    case BIT:
        c->data[at] ^= (uint8_t)(1u << draw(d, 8));
        break;
    case BYTE:
        c->data[at] = (uint8_t)draw(d, 256);
        break;
    case NUMBER:
        set_number(c, d, at, len < 8 ? len : draw(d, 2) ? 8 : 4);
        break;
    case RANGE:
        for (size_t i = 0; i < len; i++)
            c->data[at + i] = (uint8_t)draw(d, 256);
        break;
    case FILL:
        memset(c->data + at, (int)draw_value(d, 0), len);
        break;
    case MOVED:
        len = len < c->size - other ? len : c->size - other;
        memmove(c->data + at, c->data + other, len);
        break;
    case ZEROED:
        zero_page(c, at);
        break;
    default:
        swap_pages(c, at, other);
    }
}

/* ---- sums that are right ------------------------------------------------ */

/* The sum behind everything else. */
static uint64_t
sum_up(uint8_t *data, size_t size)
{
    uint64_t sum = size < 8 ? 0 : hash64(data, size - 8);

    if (size >= 8)
        put_u64(data + size - 8, sum);
    return sum;
}

/* The sums of a segment: of its pages, of these, and of the footer. */
static uint64_t
mend_segment(uint8_t *data, size_t size)
{
    uint8_t *footer = data + size - FOOTER;
    uint64_t body = get_u64(footer + 32), sums = size - FOOTER - body;

    if (body <= size - FOOTER && sums == (body + PAGE - 1) / PAGE * 8) {
        for (uint64_t at = 0; at < body; at += PAGE)
            put_u64(data + body + at / PAGE * 8,
                    hash64(data + at, body - at < PAGE ? body - at : PAGE));
        put_u64(footer + FOOTER - FOOTER_TAIL, hash64(data + body, sums));
    }
    return sum_up(footer, FOOTER);
}

/* The last line of a text: the sum of all before. */
static void
mend_text(uint8_t *data, size_t size)
{
    enum { CHECK = sizeof "check 0123456789abcdef\n" - 1 };
    char line[CHECK + 1];

    if (size < CHECK)
        return;
    snprintf(line, sizeof line, "check %016llx\n",
             (unsigned long long)hash64(data, size - CHECK));
    memcpy(data + size - CHECK, line, CHECK);
}

/* Put the sums of a file right, and what the manifest says of it. */
static bool
mend_file(const struct stored_file *f, const char *path, uint8_t *data,
          size_t size)
{
    struct manifest m = {.n = 0};
    struct dir dir;
    bool good = !dir_open(&dir, path, NULL) && !manifest_read(&m, &dir, NULL);

    if (strncmp(f->name, "seg-", 4) != 0 && strncmp(f->name, "del-", 4) != 0)
        mend_text(data, size);
    for (size_t i = 0; good && i < m.n; i++) {
        struct manifest_entry *e = m.entry + i;

        if (strcmp(e->segment.name, f->name) == 0) {
            e->segment.sum = mend_segment(data, size);
            e->segment.docs = get_u32(data + size - FOOTER + 4);
        } else if (strcmp(e->deletes, f->name) == 0) {
            e->deletes_sum = sum_up(data, size);
        }
    }
    good = good && !manifest_write(&m, &dir, NULL);
    manifest_free(&m);
    dir_close(&dir);
    return good;
}

bool
stored_put(const struct stored_file *f, const char *dir, uint8_t *data,
           size_t size, bool mend)
{
    return (!mend || mend_file(f, dir, data, size)) &&
           write_file(dir, f->name, data, size);
}

/* ---- the whole ---------------------------------------------------------- */

/* Segments are hurt most. */
static const struct stored_file *
draw_file(struct draw *d, const struct stored *s)
{
    const struct stored_file *f = &s->file[draw(d, (uint32_t)s->n)];

    for (int i = 0; i < 3 && !is_segment(f->name); i++)
        f = &s->file[draw(d, (uint32_t)s->n)];
    return f;
}

bool
wound(struct wound *out, struct draw *d, const struct stored *s,
      const char *dir, bool mend, bool say)
{
    const struct stored_file *f = draw_file(d, s);
    struct copy c = {.size = f->size};
    bool good;

    c.data = calloc(1, f->size + 2 * PAGE + 1);
    if (!c.data)
        return false;
    memcpy(c.data, f->data, f->size);
    for (uint32_t n = 1 + draw(d, 4); n > 0; n--)
        hurt(&c, d, f, say);
    if (!mend && draw(d, 16) == 0)
        set_length(&c, d, say);
    good = stored_put(f, dir, c.data, c.size, mend);
    *out = (struct wound){.file = f,
                          .changed = c.size != f->size ||
                                     memcmp(c.data, f->data, c.size) != 0};
    free(c.data);
    return good;
}
