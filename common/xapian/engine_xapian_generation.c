/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine_xapian_generation.c - which database of an archive is current, and
 * holding it
 */
#include "engine_xapian.h"

#include <stdio.h>

void
generation_name(char out[GENERATION_NAME], uint64_t generation)
{
    snprintf(out, GENERATION_NAME, "gen-%06llu",
             (unsigned long long)generation);
}

bool
generation_of_name(const char *name, uint64_t *out)
{
    return name_is_numbered(name, "gen-", 10, out);
}

enum morgue_status
generation_hold(struct generation *out, const struct dir *dir, uint64_t number,
                struct morgue_error *err)
{
    char name[GENERATION_NAME];
    enum morgue_status st;

    generation_name(name, number);
    out->number = number;
    st = dir_open_in(&out->dir, dir, name, err);
    if (st == MORGUE_NO_ARCHIVE || (!st && !dir_hold(&out->dir)))
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is missing", dir->path,
                       name);
    if (!st)
        st = dir_check_plain(&out->dir, err);
    if (st)
        generation_let_go(out);
    return st;
}

void
generation_let_go(struct generation *g)
{
    dir_close(&g->dir);
}

/* Between reading its name and holding it, it may have been replaced twice and
 * taken away: then its name has changed. */
enum morgue_status
generation_hold_current(struct generation *out, struct stub *stub,
                        const struct dir *dir, struct morgue_error *err)
{
    enum { TRIES = 10 };
    enum morgue_status st = MORGUE_OK;
    uint64_t before;

    *stub = (struct stub){.generation = 0};
    *out = (struct generation){.dir = {.fd = -1}};
    for (int i = 0; i < TRIES; i++) {
        before = stub->generation;
        st = stub_read(stub, dir, err);
        if (st)
            break;
        st = generation_hold(out, dir, stub->generation, err);
        if (!st || st == MORGUE_NOMEM || stub->generation == before)
            break;
    }
    return st;
}

enum morgue_status
generation_next(uint64_t *out, const struct dir *dir, struct morgue_error *err)
{
    struct file_names names;
    enum morgue_status st = dir_list(&names, dir, err);
    uint64_t number;

    *out = 1;
    for (size_t i = 0; !st && i < names.n; i++)
        if (generation_of_name(names.name[i], &number) && number >= *out)
            *out = number + 1;
    file_names_free(&names);
    return st;
}

static bool
stub_parse(struct stub *out, struct morgue_str text)
{
    struct morgue_str line;
    char name[GENERATION_NAME];

    if (text.len == 0 || text.s[text.len - 1] != '\n')
        return false;
    if (!str_line(&text, &line))
        return false;
    if (str_starts(line, STR("# analysis "))) {
        line = str_slice(line.s + 11, line.len - 11);
        if (line.len == 0 || line.len >= ANALYSIS_MAX)
            return false;
        memcpy(out->analysis, line.s, line.len);
        if (!str_line(&text, &line))
            return false;
    }
    if (!str_starts(line, STR("auto ")) || line.len - 5 >= sizeof name ||
        text.len > 0)
        return false;
    memcpy(name, line.s + 5, line.len - 5);
    name[line.len - 5] = '\0';
    return generation_of_name(name, &out->generation);
}

enum morgue_status
stub_read(struct stub *out, const struct dir *dir, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf text;

    *out = (struct stub){.generation = 0};
    buf_init(&text, 4096);
    st = dir_read(&text, dir, STUB_NAME, err);
    if (st == MORGUE_NO_INPUT)
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is missing", dir->path,
                       STUB_NAME);
    else if (st == MORGUE_FORMAT || (!st && !stub_parse(out, buf_view(&text))))
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is damaged", dir->path,
                       STUB_NAME);
    buf_free(&text);
    return st;
}

enum morgue_status
stub_write(const struct dir *dir, const struct stub *stub,
           struct morgue_error *err)
{
    char name[GENERATION_NAME], text[ANALYSIS_MAX + 64];

    generation_name(name, stub->generation);
    snprintf(text, sizeof text, "%s%s%sauto %s\n",
             stub->analysis[0] ? "# analysis " : "", stub->analysis,
             stub->analysis[0] ? "\n" : "", name);
    return dir_replace(dir, STUB_NAME, str_of(text), err);
}
