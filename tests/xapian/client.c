/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * client.c - a program of somebody else's, which has nothing but the installed
 * xapian_c.h and libxapian-c (see tests/cli/72-install-xapian-c.sh)
 *
 *   client make PATH         makes a database of six articles
 *   client ask PATH          opens it, asks all there is to ask, prints
 * answers client ask HOST PORT     the same of a server client both PATH HOST
 * PORT   a database and a server, searched as one
 *
 * A call that fails ends it, with its status as exit status.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xapian_c.h>

enum { YEAR = 0, PLACE = 1, WAIT_MS = 5000 };

static xc_error err;

static void
give_up(const char *call)
{
    fprintf(stderr, "%s\n%s: %s: %s\n", call, xc_status_text(err.status),
            err.type, err.message);
    exit((int)err.status);
}

#define MUST(call)                                                            \
    do {                                                                      \
        if (call)                                                             \
            give_up(#call);                                                   \
    } while (0)

/* ---- writing ---- */

static const struct article {
    const char *place;
    double year; /* 0: not known */
    const char *text;
} articles[] = {
    {"Santos", 1987, "coffee export quota missed"},
    {"Lurne", 1989, "ferry late again"},
    {"Santos", 1990, "quota on export of coffee and more coffee"},
    {"Halden", 1991.5, "coffee house opened"},
    {"Santos", 0, "export quota of tea"},
    {"", -44, "nothing but news"},
};

static void
add(xc_db *db, const struct article *a)
{
    xc_doc *doc;
    char key[9];
    uint32_t pos = 1;

    MUST(xc_doc_new(&doc, &err));
    for (const char *w = a->text; *w; pos++) {
        size_t len = strcspn(w, " ");

        MUST(xc_doc_add_positions(doc, w, len, &pos, 1, 1, &err));
        w += len + (w[len] == ' ');
    }
    MUST(xc_doc_add_term(doc, "Knews", 5, 0, &err));
    MUST(xc_doc_set_data(doc, a->text, strlen(a->text), &err));
    MUST(xc_doc_set_value(doc, PLACE, a->place, strlen(a->place), &err));
    if (a->year < 0 || a->year > 0)
        MUST(
            xc_doc_set_value(doc, YEAR, key, xc_sortable(key, a->year), &err));
    MUST(xc_db_add(NULL, db, doc, &err));
    xc_doc_free(doc);
}

static void
make(const char *path)
{
    xc_db *db;

    MUST(xc_db_open_write(&db, path, XC_CREATE, 0, &err));
    MUST(xc_db_begin(db, true, &err));
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        add(db, &articles[i]);
    MUST(xc_db_set_metadata(db, "made-by", 7, "client", 6, &err));
    MUST(xc_db_commit_transaction(db, &err));
    /* what is not committed goes when it is closed */
    add(db, &articles[0]);
    xc_db_close(db);
}

/* ---- queries ---- */

static xc_query *
term(const char *t)
{
    xc_query *q;

    MUST(xc_query_term(&q, t, strlen(t), 1, 0, &err));
    return q;
}

/* Takes both parts. */
static xc_query *
combine(enum xc_op op, xc_query *a, xc_query *b)
{
    const xc_query *part[2];
    xc_query *q;

    part[0] = a;
    part[1] = b;
    MUST(xc_query_combine(&q, op, part, 2, 0, &err));
    xc_query_free(a);
    xc_query_free(b);
    return q;
}

static xc_query *
years(double from, double to)
{
    char low[9], high[9];
    size_t low_len = xc_sortable(low, from), high_len = xc_sortable(high, to);
    xc_query *q;

    MUST(xc_query_value_range(&q, YEAR, low, low_len, high, high_len, &err));
    return q;
}

/* Takes the query. */
static xc_enquire *
enquire(xc_db *db, xc_query *q)
{
    xc_enquire *e;

    MUST(xc_enquire_new(&e, db, &err));
    MUST(xc_enquire_set_query(e, q, 0, &err));
    MUST(xc_enquire_set_bm25(e, 1.2, 0, 1, 0.75, 0, &err));
    xc_query_free(q);
    return e;
}

/* ---- answers ---- */

static void
print_hits(const char *title, xc_enquire *e)
{
    struct xc_mset_info info;
    struct xc_hit hit;
    xc_mset *m;

    MUST(xc_enquire_mset(&m, e, 0, 10, 100, &err));
    xc_mset_get_info(&info, m);
    printf("%s: %u\n", title, (unsigned)info.lower);
    for (uint32_t i = 0; i < info.hits; i++) {
        xc_doc *doc;
        const char *data, *year;
        size_t len, year_len;

        MUST(xc_mset_hit(&hit, m, i, &err));
        MUST(xc_mset_document(&doc, m, i, &err));
        MUST(xc_doc_value(&year, &year_len, doc, YEAR, &err));
        printf("  %u %.6f ", (unsigned)hit.id, hit.weight);
        if (year_len)
            printf("%.1f ", xc_unsortable(year, year_len));
        MUST(xc_doc_data(&data, &len, doc, &err));
        printf("%.*s\n", (int)len, data);
        xc_doc_free(doc);
    }
    xc_mset_free(m);
    xc_enquire_free(e);
}

/* Takes the list. */
static void
print_list(const char *title, xc_iter *it)
{
    bool more;

    printf("%s:", title);
    for (;;) {
        const char *bytes;
        size_t len;

        MUST(xc_iter_next(&more, it, &err));
        if (!more)
            break;
        bytes = xc_iter_bytes(it, &len);
        if (xc_iter_position(it))
            printf(" %u", (unsigned)xc_iter_position(it));
        else if (xc_iter_id(it))
            printf(" %u/%u", (unsigned)xc_iter_id(it),
                   (unsigned)xc_iter_wdf(it));
        else
            printf(" %.*s=%u", (int)len, bytes, (unsigned)xc_iter_freq(it));
    }
    printf("\n");
    xc_iter_free(it);
}

static void
search(xc_db *db)
{
    xc_enquire *e;

    print_hits("coffee", enquire(db, term("coffee")));
    print_hits(
        "\"export quota\"",
        enquire(db, combine(XC_OP_PHRASE, term("export"), term("quota"))));
    print_hits("export and quota",
               enquire(db, combine(XC_OP_AND, term("export"), term("quota"))));
    print_hits(
        "coffee in 1988 to 1991",
        enquire(db, combine(XC_OP_FILTER, term("coffee"), years(1988, 1991))));
    print_hits(
        "tea without coffee",
        enquire(db, combine(XC_OP_AND_NOT, term("tea"), term("coffee"))));
    print_hits("no such word", enquire(db, term("herring")));
    e = enquire(db, term("Knews"));
    MUST(xc_enquire_set_boolean(e, &err));
    MUST(xc_enquire_set_sort(e, XC_SORT_VALUE, YEAR, true, &err));
    print_hits("all, the newest first", e);
}

static void
count_facets(xc_db *db)
{
    xc_enquire *e = enquire(db, term("Knews"));
    xc_mset *m;
    xc_iter *it;

    MUST(xc_enquire_add_facet(e, PLACE, &err));
    MUST(xc_enquire_mset(&m, e, 0, 0, 100, &err));
    MUST(xc_mset_facet(&it, m, 0, 2, &err));
    print_list("places", it);
    xc_mset_free(m);
    xc_enquire_free(e);
}

static void
walk(xc_db *db)
{
    xc_iter *it;

    MUST(xc_iter_terms(&it, db, "n", 1, &err));
    print_list("terms of n", it);
    MUST(xc_iter_doc_terms(&it, db, 3, &err));
    print_list("terms of 3", it);
    MUST(xc_iter_positions(&it, db, 3, "coffee", 6, &err));
    print_list("positions of coffee in 3", it);
    MUST(xc_iter_postings(&it, db, "coffee", 6, &err));
    print_list("documents with coffee", it);
}

/* What a database that is open for reading answers to one who writes. */
static void
try_to_write(xc_db *db)
{
    xc_doc *doc;
    enum xc_status st;

    MUST(xc_doc_new(&doc, &err));
    st = xc_db_add(NULL, db, doc, &err);
    printf("writing: %s, %s\n", xc_status_text(st), err.message);
    xc_doc_free(doc);
}

/* Takes the database. */
static void
ask(xc_db *db)
{
    struct xc_db_info info;
    const char *by;
    size_t len;

    MUST(xc_db_get_info(&info, db, &err));
    MUST(xc_db_metadata(&by, &len, db, "made-by", 7, &err));
    printf("%u documents, %u words, by %.*s\n", (unsigned)info.documents,
           (unsigned)info.total_length, (int)len, by);
    search(db);
    count_facets(db);
    walk(db);
    try_to_write(db);
    xc_db_close(db);
}

static xc_db *
open_server(const char *host, const char *port)
{
    xc_db *db;

    MUST(xc_db_open_remote(&db, host, (unsigned)strtoul(port, NULL, 10),
                           WAIT_MS, WAIT_MS, &err));
    return db;
}

int
main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";
    xc_db *db;

    if (strcmp(xc_version(), XC_VERSION) != 0)
        return 100;
    if (argc == 3 && strcmp(what, "make") == 0) {
        make(argv[2]);
    } else if (argc == 3 && strcmp(what, "ask") == 0) {
        MUST(xc_db_open(&db, argv[2], &err));
        ask(db);
    } else if (argc == 4 && strcmp(what, "ask") == 0) {
        ask(open_server(argv[2], argv[3]));
    } else if (argc == 5 && strcmp(what, "both") == 0) {
        xc_db *other = open_server(argv[3], argv[4]);

        MUST(xc_db_open(&db, argv[2], &err));
        MUST(xc_db_add_database(db, other, &err));
        xc_db_close(other);
        print_hits("tea", enquire(db, term("tea")));
        xc_db_close(db);
    } else {
        return 101;
    }
    return 0;
}
