/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.c - does an archive hold what Reuters SGML files hold?
 *
 *     compare ARCHIVE FILE
 *
 * Reads the unpacked files, put together as one, with a few calls of strstr,
 * and holds title and body of each record against the article with its id.
 * Says how many were the same; status 1 where one is not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../common/morgue.h"

static char *
read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *s = NULL;
    long n;

    if (!f)
        return NULL;
    fseek(f, 0, SEEK_END);
    n = ftell(f);
    rewind(f);
    if (n > 0)
        s = malloc((size_t)n + 1);
    if (s) {
        s[fread(s, 1, (size_t)n, f)] = '\0';
    }
    fclose(f);
    return s;
}

/* Resolve references in place: control characters go, and the byte 0xFC of
 * windows-1252 becomes UTF-8 (there is room, as references are longer). */
static void
decode(char *s, char *out)
{
    while (*s) {
        int n = 0, len = 0;

        if (sscanf(s, "&#%d;%n", &n, &len) == 1 && len > 0) {
            s += len;
            continue;
        }
        if (strncmp(s, "&lt;", 4) == 0 || strncmp(s, "&gt;", 4) == 0) {
            *out++ = s[1] == 'l' ? '<' : '>';
            s += 4;
        } else if (strncmp(s, "&amp;", 5) == 0) {
            *out++ = '&';
            s += 5;
        } else if ((unsigned char)*s >= 0xA0) {
            *out++ = (char)(0xC0 | (unsigned char)*s >> 6);
            *out++ = (char)(0x80 | (*s++ & 0x3F));
        } else {
            *out++ = *s++;
        }
    }
    *out = '\0';
}

/* What is between two strings, decoded and to be freed. */
static char *
between(char *from, const char *open, const char *close)
{
    char *a = strstr(from, open), *b = a ? strstr(a, close) : NULL, *out;
    char *raw;

    if (!a || !b)
        return strdup("");
    a += strlen(open);
    raw = strndup(a, (size_t)(b - a));
    out = malloc((size_t)(b - a) * 2 + 1);
    if (raw && out)
        decode(raw, out);
    free(raw);
    return out;
}

/* Line ends and tabs as a headline has them: spaces, and none at the ends. */
static void
one_line(char *s)
{
    size_t len, from = strspn(s, " \n\r\t");

    memmove(s, s + from, strlen(s + from) + 1);
    for (char *c = s; *c; c++)
        if (strchr("\n\r\t", *c))
            *c = ' ';
    for (len = strlen(s); len > 0 && s[len - 1] == ' ';)
        s[--len] = '\0';
}

static int
same(struct morgue_str got, const char *want)
{
    return got.len == strlen(want) && memcmp(got.s, want, got.len) == 0;
}

static int
check(morgue *m, char *record, const char *id)
{
    char *title = between(record, "<TITLE>", "</TITLE>");
    char *body = between(record, "<BODY>", "</BODY>");
    struct morgue_error err;
    morgue_text *text = NULL;
    int good = 0;

    if (strstr(record, "TYPE=\"UNPROC\"")) {
        free(body);
        body = between(record, "<TEXT TYPE=\"UNPROC\">", "</TEXT>");
    }
    one_line(title);
    if (title[0] == '\0' && body[strspn(body, " \n")] == '\0')
        good = morgue_get(&text, m, id, &err) == MORGUE_NO_ARTICLE;
    else if (morgue_get(&text, m, id, &err) == MORGUE_OK)
        good = same(morgue_text_article(text)->title, title) &&
               same(morgue_text_article(text)->body, body);
    if (!good)
        fprintf(stderr, "record %s differs\n", id);
    morgue_text_free(text);
    free(title);
    free(body);
    return good;
}

/* The next `<`, byte by byte: a checked strchr looks for the end of the whole
 * file first. */
static char *
next_tag(char *s)
{
    while (*s && *s != '<')
        s++;
    return *s ? s : NULL;
}

/* End the record that begins at or behind `s` with a NUL, so that looking
 * into it does not run on through all of the file; *rest is what follows. */
static char *
cut_record(char *s, char **rest)
{
    static const char end[] = "</REUTERS>";
    char *begin = NULL;

    for (char *at = next_tag(s); at; at = next_tag(at + 1)) {
        if (!begin && strncmp(at, "<REUTERS ", 9) == 0)
            begin = at;
        if (begin && strncmp(at, end, sizeof end - 1) == 0) {
            *at = '\0';
            *rest = at + 1;
            return begin;
        }
    }
    return NULL;
}

int
main(int argc, char **argv)
{
    struct morgue_error err;
    morgue *m = NULL;
    char *all = argc == 3 ? read_all(argv[2]) : NULL;
    char *rest = NULL;
    long n = 0, bad = 0;

    if (!all || morgue_open(&m, argv[1], &err)) {
        fputs("usage: compare ARCHIVE FILE\n", stderr);
        return 2;
    }
    for (char *at = cut_record(all, &rest); at; at = cut_record(rest, &rest)) {
        char *id = strstr(at, "NEWID=\"");
        char name[32];

        if (!id || sscanf(id, "NEWID=\"%31[^\"]", name) != 1)
            break;
        n++;
        bad += !check(m, at, name);
    }
    printf("%ld of %ld records come back byte for byte\n", n - bad, n);
    morgue_close(m);
    free(all);
    return bad > 0 || n == 0;
}
