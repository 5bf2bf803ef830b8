/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LucenePeer.java - Lucene 8 in the benchmark
 *
 *     J=/usr/share/java
 *     CP=$J/lucene-core-8.7.0.jar:$J/lucene-analyzers-common-8.7.0.jar
 *     javac -cp $CP -d . LucenePeer.java Operators.java Articles.java
 *     java -Xmx2g -XX:+UseParallelGC -cp $CP:. LucenePeer index \
 *         --threads=2 news.lucene news.jsonl
 *     java ... LucenePeer query news.lucene queries.tsv any all phrase
 *
 * and so on as in peer.h; `index` has --threads=N (1), --repeat=N, which
 * makes the index N times in one process, to tell what a machine that has
 * warmed up does ("stage" lines of each), and --operators=1, which adds the
 * fields that queries with operators need (Operators.java).  `query` knows
 * three modes more, any-1000, all-1000 and phrase-1000: with Lucene's default
 * of counting the first 1,000 hits exactly, where the plain ones count 10; and
 * of kinds with operators KIND-scored and KIND-scored-count.
 *
 * The settings: EnglishAnalyzer (stop words, Porter), one indexed field that
 * takes title and body, with positions; the body stored; id and title as doc
 * values, which are fetched ten to a hundred times as fast as stored fields
 * are; the date as LongPoint and as doc values; a buffer of 256 MB, no compound
 * files, ConcurrentMergeScheduler.  "committed" is before forceMerge(1),
 * "merged" behind it and a second commit.  BM25Similarity(1.2, 0.75),
 * MMapDirectory, no query cache, so that every query is searched for.  Sorting
 * by date does not use points, which makes it several times slower.
 */
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.Version;

public final class LucenePeer {
    private static final int INDEX = 1; /* changes with what is indexed */
    private static final int TOP = 10;
    private static final int WARM_LEAST = 3; /* whole passes, whatever */

    private LucenePeer() {
    }

    /* ---- indexing ------------------------------------------------------- */

    private static void stage(String name, Articles in, Path index)
            throws IOException {
        long bytes = 0;

        if (index != null)
            for (File f : index.toFile().listFiles())
                bytes += f.length();
        System.out.println("stage " + name + " " + in.articles() + " "
                + in.textBytes() + " " + bytes);
        System.out.flush();
    }

    /* How an index is made or added to. */
    private static final class Make {
        boolean fresh, operators;
        int threads = 1;
    }

    /* One thread's document, filled again for each article. */
    private static final class Filler {
        private final StringField term =
            new StringField("id", "", Field.Store.NO);
        private final BinaryDocValuesField id =
            new BinaryDocValuesField("id", new BytesRef());
        private final BinaryDocValuesField title =
            new BinaryDocValuesField("title", new BytesRef());
        private final StoredField body = new StoredField("body", "");
        private final Field titleText =
            new Field("text", "", TextField.TYPE_NOT_STORED);
        private final Field bodyText =
            new Field("text", "", TextField.TYPE_NOT_STORED);
        private final Field titleWritten =
            new Field("written", "", TextField.TYPE_NOT_STORED);
        private final Field bodyWritten =
            new Field("written", "", TextField.TYPE_NOT_STORED);
        private final StringField section =
            new StringField("section", "", Field.Store.NO);
        private final LongPoint point = new LongPoint("date", 0);
        private final NumericDocValuesField value =
            new NumericDocValuesField("date", 0);
        private final Document dated = new Document();
        private final Document undated = new Document();

        Filler(boolean operators) {
            for (Document d : List.of(dated, undated)) {
                for (Field f : List.of(term, id, title, body, titleText,
                        bodyText))
                    d.add(f);
                if (operators)
                    for (Field f : List.of(titleWritten, bodyWritten, section))
                        d.add(f);
            }
            dated.add(point);
            dated.add(value);
        }

        Document fill(Articles.Article a) {
            term.setStringValue(a.id);
            id.setBytesValue(new BytesRef(a.id));
            title.setBytesValue(new BytesRef(a.title));
            body.setStringValue(a.body);
            titleText.setStringValue(a.title);
            bodyText.setStringValue(a.body);
            titleWritten.setStringValue(a.title);
            bodyWritten.setStringValue(a.body);
            section.setStringValue(a.section.toLowerCase(Locale.ROOT));
            if (!a.dated)
                return undated;
            point.setLongValue(a.date);
            value.setLongValue(a.date);
            return dated;
        }
    }

    private static void addAll(IndexWriter writer, Articles in, Make make)
            throws IOException {
        Filler filler = new Filler(make.operators);
        Articles.Cursor cursor = in.cursor();
        Articles.Article a;

        while ((a = cursor.next()) != null) {
            if (make.fresh)
                writer.addDocument(filler.fill(a));
            else
                writer.updateDocument(new Term("id", a.id), filler.fill(a));
        }
    }

    private static void addByThreads(IndexWriter writer, Articles in,
            Make make) throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();

        for (int i = 0; i < make.threads; i++) {
            Thread t = new Thread(() -> {
                try {
                    addAll(writer, in, make);
                } catch (IOException | RuntimeException e) {
                    failure.set(e);
                }
            });
            t.start();
            running.add(t);
        }
        for (Thread t : running)
            t.join();
        if (failure.get() != null)
            throw failure.get();
    }

    private static void indexFile(Path index, String path, Make make)
            throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(make.operators
            ? Operators.analyzer() : new EnglishAnalyzer());

        config.setRAMBufferSizeMB(256);
        config.setUseCompoundFile(false);
        config.setOpenMode(make.fresh ? IndexWriterConfig.OpenMode.CREATE
                : IndexWriterConfig.OpenMode.APPEND);
        try (Articles in = new Articles(path);
                Directory dir = FSDirectory.open(index);
                IndexWriter writer = new IndexWriter(dir, config)) {
            addByThreads(writer, in, make);
            writer.commit();
            stage("committed", in, index);
            if (!make.fresh)
                return;
            writer.forceMerge(1);
            writer.commit();
            stage("merged", in, index);
        }
    }

    private static void parse(String path) throws IOException {
        try (Articles in = new Articles(path)) {
            Articles.Cursor cursor = in.cursor();

            while (cursor.next() != null) {
            }
            stage("parsed", in, null);
        }
    }

    /* ---- queries -------------------------------------------------------- */

    private static final class Item {
        String kind, id, words, operators, first = "";
        long from, to, best, bestSearch, search, matches;
        int hits;
    }

    private static final class Plan {
        final List<Item> items = new ArrayList<>();
        int passes = 5, warm = 10, first = Integer.MAX_VALUE;
        double budget = 1e9;
    }

    private static void readQueries(Plan p, String path)
            throws IOException {
        String kind = "";
        int kept = 0;

        for (String line : Files.readAllLines(Paths.get(path),
                StandardCharsets.UTF_8)) {
            String[] f = line.split("\t");
            Item it = new Item();

            it.kind = f[0];
            it.id = f[1];
            it.words = f[2];
            if (f.length == 6)
                it.operators = f[5];
            it.from = Articles.secondsOf(f[3]);
            it.to = Articles.secondsOf(f[4]) + 86399;
            kept = it.kind.equals(kind) ? kept + 1 : 1;
            kind = it.kind;
            if (kept <= p.first)
                p.items.add(it);
        }
    }

    /* Which queries a mode is of. */
    private static String kindOf(String mode) {
        if (mode.startsWith("phrase"))
            return "phrase";
        if (List.of("any", "all", "date", "newest", "count", "any-1000",
                "all-1000").contains(mode))
            return "words";
        return mode.replace("-scored", "").replace("-count", "");
    }

    private static final class Searcher {
        private final IndexSearcher searcher;
        private final QueryBuilder builder;
        private final Sort newest;

        Searcher(String index) throws IOException {
            Analyzer analyzer = new EnglishAnalyzer();
            SortField field = new SortField("date", SortField.Type.LONG, true);

            field.setMissingValue(Long.MIN_VALUE);
            newest = new Sort(field);
            builder = new QueryBuilder(analyzer);
            searcher = new IndexSearcher(
                DirectoryReader.open(FSDirectory.open(Paths.get(index))));
            searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
            searcher.setQueryCache(null);
        }

        private Query parse(String mode, Item it) {
            Query q;

            if (it.operators != null)
                return Operators.parse(it.operators,
                    mode.contains("-scored"));
            if (mode.equals("phrase"))
                q = builder.createPhraseQuery("text", it.words);
            else
                q = builder.createBooleanQuery("text", it.words,
                    mode.equals("all") ? BooleanClause.Occur.MUST
                            : BooleanClause.Occur.SHOULD);
            if (q == null)
                return new MatchNoDocsQuery();
            if (!mode.equals("date"))
                return q;
            return new BooleanQuery.Builder()
                .add(q, BooleanClause.Occur.MUST)
                .add(new IndexOrDocValuesQuery(
                    LongPoint.newRangeQuery("date", it.from, it.to),
                    NumericDocValuesField.newSlowRangeQuery("date", it.from,
                        it.to)),
                    BooleanClause.Occur.FILTER)
                .build();
        }

        void search(String name, Item it) throws IOException {
            boolean counts = name.endsWith("-1000");
            String mode = counts ? name.substring(0, name.length() - 5) : name;
            long start = System.nanoTime();
            int threshold = counts ? 1000 : TOP;
            Query q = parse(mode, it);
            TopDocsCollector<?> collector;
            TopDocs top;

            it.hits = 0;
            if (mode.endsWith("count")) {
                it.matches = searcher.count(q);
                it.search = System.nanoTime() - start;
                return;
            }
            collector = mode.equals("newest")
                ? TopFieldCollector.create(newest, TOP, threshold)
                : TopScoreDocCollector.create(TOP, threshold);
            searcher.search(q, collector);
            top = collector.topDocs();
            it.search = System.nanoTime() - start;
            it.matches = -1;
            for (ScoreDoc hit : top.scoreDocs) {
                String id = fetch(hit.doc, "id");
                String title = fetch(hit.doc, "title");

                if (it.hits++ == 0)
                    it.first = id;
                if (title == null)
                    throw new IOException("a hit without a title");
            }
        }

        private String fetch(int doc, String field) throws IOException {
            List<LeafReaderContext> leaves =
                searcher.getIndexReader().leaves();
            LeafReaderContext leaf =
                leaves.get(ReaderUtil.subIndex(doc, leaves));
            BinaryDocValues values = leaf.reader().getBinaryDocValues(field);

            if (!values.advanceExact(doc - leaf.docBase))
                return null;
            return values.binaryValue().utf8ToString();
        }
    }

    private static void pass(Plan p, Searcher s, String mode, boolean timed,
            boolean whole, long begin) throws IOException {
        String kind = kindOf(mode);

        for (Item it : p.items) {
            long start, took;

            if (!it.kind.equals(kind))
                continue;
            if (!whole && (System.nanoTime() - begin) / 1e9 > p.budget)
                return;
            start = System.nanoTime();
            s.search(mode, it);
            took = System.nanoTime() - start;
            if (!timed || (it.best != 0 && it.best <= took))
                continue;
            it.best = took;
            it.bestSearch = it.search;
        }
    }

    private static void runMode(Plan p, Searcher s, String mode)
            throws IOException {
        long begin = System.nanoTime();
        StringBuilder out = new StringBuilder();

        for (Item it : p.items)
            it.best = 0;
        for (int i = 0; i < p.warm; i++)
            pass(p, s, mode, false, i < WARM_LEAST, begin);
        for (int i = 0; i < p.passes; i++)
            if (i == 0 || (System.nanoTime() - begin) / 1e9 < p.budget)
                pass(p, s, mode, true, i == 0, begin);
        for (Item it : p.items)
            if (it.best != 0)
                out.append(mode).append('\t').append(it.id).append('\t')
                    .append(it.best).append('\t').append(it.bestSearch)
                    .append('\t').append(it.hits).append('\t')
                    .append(it.matches).append('\t').append(it.first)
                    .append('\n');
        System.out.print(out);
        System.out.flush();
    }

    /* ---- the program ---------------------------------------------------- */

    private static void query(String index, String queries,
            List<String> rest) throws IOException {
        Plan p = new Plan();
        Searcher s = new Searcher(index);
        int n = 0;

        while (rest.get(n).startsWith("--"))
            option(p, rest.get(n++));
        readQueries(p, queries);
        for (String mode : rest.subList(n, rest.size()))
            runMode(p, s, mode);
    }

    private static void option(Plan p, String arg) {
        String value = arg.substring(arg.indexOf('=') + 1);

        if (arg.startsWith("--passes="))
            p.passes = Integer.parseInt(value);
        else if (arg.startsWith("--warm="))
            p.warm = Integer.parseInt(value);
        else if (arg.startsWith("--budget="))
            p.budget = Double.parseDouble(value);
        else if (arg.startsWith("--first="))
            p.first = Integer.parseInt(value);
        else
            throw new IllegalArgumentException(arg);
    }

    private static void deleteAll(Path dir) throws IOException {
        if (!Files.isDirectory(dir))
            return;
        for (File f : dir.toFile().listFiles())
            Files.delete(f.toPath());
    }

    public static void main(String[] args) throws Exception {
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        String what = rest.remove(0);
        Make make = new Make();
        int repeat = 1;

        while (!rest.isEmpty() && rest.get(0).startsWith("--")) {
            String arg = rest.remove(0);
            int n = Integer.parseInt(arg.substring(arg.indexOf('=') + 1));

            if (arg.startsWith("--threads="))
                make.threads = n;
            else if (arg.startsWith("--operators="))
                make.operators = n > 0;
            else if (arg.startsWith("--repeat="))
                repeat = n;
            else
                throw new IllegalArgumentException(arg);
        }
        if (what.equals("version")) {
            System.out.println("Lucene " + Version.LATEST + ", Java "
                + System.getProperty("java.version") + ", index " + INDEX);
            return;
        }
        if (what.equals("parse")) {
            parse(rest.get(0));
            return;
        }
        if (what.equals("query")) {
            query(rest.get(0), rest.get(1), rest.subList(2, rest.size()));
            return;
        }
        make.fresh = what.equals("index");
        for (int i = 0; i < repeat; i++) {
            if (i > 0)
                deleteAll(Paths.get(rest.get(0)));
            indexFile(Paths.get(rest.get(0)), rest.get(1), make);
        }
    }
}
