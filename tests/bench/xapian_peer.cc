/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapian_peer.cc - Xapian's own writer and searcher in the benchmark
 *
 *     g++ -O2 -o xapian_peer xapian_peer.cc peer.o articles.o -lxapian -lcjson
 *     xapian_peer index news.xapian news.jsonl
 *     xapian_peer query news.xapian queries.tsv any all phrase
 *
 * and so on as in peer.h.  As Xapian's manual has it: TermGenerator with
 * positions, the English stemmer, STEM_SOME; the body as document
 * data; the id as a term; date, id and title as values.  Queries go through
 * QueryParser and Enquire with BM25Weight(1.2, 0, 1, 0.75, 0).
 *
 * The settings are the fastest that were found: flushed at 50,000 articles,
 * no syncing.
 */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <xapian.h>

#include "peer.h"

static const Xapian::valueno DATE_SLOT = 0, ID_SLOT = 1, TITLE_SLOT = 2;

static Xapian::Document
document_of(const peer_article &a, Xapian::TermGenerator &generator)
{
    Xapian::Document doc;

    doc.set_data(a.body);
    doc.add_value(ID_SLOT, a.id);
    doc.add_value(TITLE_SLOT, a.title);
    doc.add_boolean_term(std::string("Q") + a.id);
    if (a.dated)
        doc.add_value(DATE_SLOT,
                      Xapian::sortable_serialise(static_cast<double>(a.date)));
    generator.set_document(doc);
    generator.set_termpos(0);
    generator.index_text(a.title);
    generator.increase_termpos();
    generator.index_text(a.body);
    return doc;
}

static void
index_file(const char *index, const char *path, bool fresh)
{
    setenv("XAPIAN_FLUSH_THRESHOLD", "50000", 0);
    Xapian::WritableDatabase db(index,
                                (fresh ? Xapian::DB_CREATE : Xapian::DB_OPEN) |
                                    Xapian::DB_NO_SYNC);
    Xapian::TermGenerator generator;
    peer_reader *r = peer_open(path);
    peer_article a;

    generator.set_stemmer(Xapian::Stem("en"));
    generator.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
    while (peer_next(r, &a)) {
        Xapian::Document doc = document_of(a, generator);
        if (fresh)
            db.add_document(doc);
        else
            db.replace_document(std::string("Q") + a.id, doc);
    }
    db.commit();
    db.close();
    peer_stage(r, "committed", peer_disk_bytes(index));
    peer_close(r);
}

struct engine {
    Xapian::Database db;
    Xapian::QueryParser parser;

    explicit engine(const char *path) : db(path)
    {
        parser.set_database(db);
        parser.set_stemmer(Xapian::Stem("en"));
        parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    }

    Xapian::Query
    query(peer_mode mode, const peer_query &q)
    {
        std::string words = q.words;
        Xapian::Query parsed;

        if (mode == PEER_PHRASE)
            words = '"' + words + '"';
        parser.set_default_op(mode == PEER_ALL ? Xapian::Query::OP_AND
                                               : Xapian::Query::OP_OR);
        parsed = parser.parse_query(words);
        if (mode == PEER_DATE)
            parsed = Xapian::Query(
                Xapian::Query::OP_FILTER, parsed,
                Xapian::Query(
                    Xapian::Query::OP_VALUE_RANGE, DATE_SLOT,
                    Xapian::sortable_serialise(static_cast<double>(q.from)),
                    Xapian::sortable_serialise(static_cast<double>(q.to))));
        return parsed;
    }
};

static bool
search(void *engine_, peer_mode mode, const peer_query *q, peer_result *out)
{
    engine *e = static_cast<engine *>(engine_);
    Xapian::Enquire enquire(e->db);
    Xapian::MSet hits;
    std::uint64_t start = peer_now();

    enquire.set_query(e->query(mode, *q));
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    if (mode == PEER_NEWEST)
        enquire.set_sort_by_value(DATE_SLOT, true);
    if (mode == PEER_COUNT) {
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        hits = enquire.get_mset(0, 0, e->db.get_doccount());
        out->matches = hits.get_matches_estimated();
        return true;
    }
    hits = enquire.get_mset(0, 10);
    out->search_ns = peer_now() - start;
    for (Xapian::MSetIterator i = hits.begin(); i != hits.end(); ++i) {
        Xapian::Document doc = i.get_document();
        std::string id = doc.get_value(ID_SLOT);
        std::string title = doc.get_value(TITLE_SLOT);

        if (out->hits++ == 0)
            snprintf(out->first, sizeof out->first, "%s", id.c_str());
    }
    return true;
}

int
main(int argc, char **argv)
try {
    if (argc == 3 && strcmp(argv[1], "parse") == 0) {
        peer_parse(argv[2]);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        printf("Xapian %s\n", Xapian::version_string());
        return 0;
    }
    if (argc < 4)
        peer_die(argv[0], "index|update|query INDEX FILE");
    if (strcmp(argv[1], "query") != 0) {
        index_file(argv[2], argv[3], strcmp(argv[1], "index") == 0);
        return 0;
    }
    engine e(argv[2]);
    return peer_queries(argc, argv, search, nullptr, PEER_COUNT, &e);
} catch (const Xapian::Error &e) {
    peer_die("xapian", e.get_description().c_str());
}
