/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * articles.c - articles of JSON lines for the peers in C and C++; see peer.h
 *
 * They are read by cJSON, the fastest parser of JSON that Debian has for C.
 * A date of another form than ISO 8601 counts as none.
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "peer.h"

struct peer_reader {
    FILE *f;
    char *line;
    size_t cap;
    cJSON *json;
    uint64_t articles, text_bytes;
};

struct peer_reader *
peer_open(const char *path)
{
    struct peer_reader *r = calloc(1, sizeof *r);

    if (!r)
        peer_die(path, "out of memory");
    r->f = fopen(path, "r");
    if (!r->f)
        peer_die(path, "cannot be opened");
    setvbuf(r->f, NULL, _IOFBF, 1 << 20);
    return r;
}

static const char *
string_of(const cJSON *o, const char *key)
{
    const char *s =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));

    return s ? s : "";
}

bool
peer_next(struct peer_reader *r, struct peer_article *out)
{
    ssize_t len;
    const char *date;

    cJSON_Delete(r->json);
    r->json = NULL;
    len = getline(&r->line, &r->cap, r->f);
    if (len < 0)
        return false;
    r->json = cJSON_ParseWithLength(r->line, (size_t)len);
    if (!r->json)
        peer_die("an article", "is no JSON");
    out->id = string_of(r->json, "id");
    out->title = string_of(r->json, "title");
    out->body = string_of(r->json, "body");
    date = string_of(r->json, "date");
    out->dated = peer_date(&out->date, date);
    r->articles++;
    r->text_bytes += strlen(out->title) + strlen(out->body);
    return true;
}

void
peer_close(struct peer_reader *r)
{
    cJSON_Delete(r->json);
    free(r->line);
    fclose(r->f);
    free(r);
}

void
peer_stage(struct peer_reader *r, const char *name, uint64_t index_bytes)
{
    printf("stage %s %llu %llu %llu\n", name, (unsigned long long)r->articles,
           (unsigned long long)r->text_bytes, (unsigned long long)index_bytes);
    fflush(stdout);
}

uint64_t
peer_disk_bytes(const char *path)
{
    struct stat st;
    uint64_t sum = 0;
    DIR *dir = opendir(path);
    struct dirent *e;

    if (!dir)
        return stat(path, &st) ? 0 : (uint64_t)st.st_size;
    while ((e = readdir(dir)))
        if (fstatat(dirfd(dir), e->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
            sum += (uint64_t)st.st_size;
    closedir(dir);
    return sum;
}

void
peer_parse(const char *path)
{
    struct peer_reader *r = peer_open(path);
    struct peer_article a;

    while (peer_next(r, &a))
        ;
    peer_stage(r, "parsed", 0);
    peer_close(r);
}
