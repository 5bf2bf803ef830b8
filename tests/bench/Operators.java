/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Operators.java - queries with operators, and the fields they need, in Lucene
 *
 * A query is one of
 *
 *     WORD                      any of its forms; =WORD as written
 *     (prefix X) (wildcard X) (fuzzy EDITS X)      as written
 *     (near N Q Q)              at most N positions apart, in either order
 *     (slop N Q Q)              in this order, at most N words between
 *     (or Q...) (and Q...)      of near and slop, too
 *     (not Q Q)                 the first without the second
 *     (filter Q FIELD VALUE)    with a whole value, which does not score
 *
 * and is read anew whenever it is asked, as morgue reads what is typed.  Slop
 * of an unordered span is the distance less one, so both count alike.
 *
 * Fields.  `text` is of stems, as EnglishAnalyzer makes it, but with Snowball's
 * English stemmer in the place of Porter's first one, so that words have the
 * same forms as in morgue and as many articles match.  `written` has the words
 * as they stand, in lower case, with positions and lengths: what wildcards,
 * edits and =WORD look at.  `section` is one whole value, in lower case.
 * Between title and body is a gap, so that nothing is near across.
 *
 * Words of a pattern.  By Lucene's defaults a prefix or wildcard takes all
 * words that there are and scores every article alike; a fuzzy word takes the
 * 50 likest, scored by what they have in common (TopTermsBlendedFreq).  With
 * `scored` each takes at most 1,000, scored so, as morgue does.
 */
import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanOrQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;

final class Operators {
    private static final int GAP = 1000;
    private static final int WORDS = 1000;

    private static final Analyzer ENGLISH = new Words(true);

    private final boolean scored;
    private final String[] token;
    private int at;

    private Operators(String query, boolean scored) {
        this.scored = scored;
        token = query.replace("(", "( ").replace(")", " )").split(" +");
    }

    /* ---- fields --------------------------------------------------------- */

    private static final class Words extends Analyzer {
        private final boolean stems;

        Words(boolean stems) {
            this.stems = stems;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer tokens = new StandardTokenizer();
            TokenStream out =
                new LowerCaseFilter(new EnglishPossessiveFilter(tokens));

            if (stems)
                out = new SnowballFilter(new StopFilter(out,
                    EnglishAnalyzer.ENGLISH_STOP_WORDS_SET), "English");
            return new TokenStreamComponents(tokens, out);
        }
    }

    /* What articles are indexed with. */
    static Analyzer analyzer() {
        Analyzer english = new Words(true);
        Analyzer written = new Words(false);

        return new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
            @Override
            protected Analyzer getWrappedAnalyzer(String field) {
                return field.equals("written") ? written : english;
            }

            @Override
            public int getPositionIncrementGap(String field) {
                return GAP;
            }
        };
    }

    /* ---- queries -------------------------------------------------------- */

    static Query parse(String query, boolean scored) {
        return new Operators(query, scored).query();
    }

    /* The term of a word; a field of its own for one as written. */
    private Term term(String word) {
        if (word.startsWith("="))
            return new Term("written", word.substring(1));
        try (TokenStream in = ENGLISH.tokenStream("text", word)) {
            in.reset();
            if (!in.incrementToken())
                throw new IllegalArgumentException(word);
            word = in.getAttribute(CharTermAttribute.class).toString();
            in.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Term("text", word);
    }

    private boolean more() {
        if (!token[at].equals(")"))
            return true;
        at++;
        return false;
    }

    private Query query() {
        String what = token[at++];
        Query q;

        if (!what.equals("("))
            return new TermQuery(term(what));
        what = token[at++];
        switch (what) {
        case "or":
            return bool(BooleanClause.Occur.SHOULD, BooleanClause.Occur.SHOULD);
        case "and":
            return bool(BooleanClause.Occur.MUST, BooleanClause.Occur.MUST);
        case "not":
            return bool(BooleanClause.Occur.MUST,
                BooleanClause.Occur.MUST_NOT);
        case "filter":
            q = filter();
            break;
        case "near":
        case "slop":
            at -= 2;
            return span();
        default:
            q = pattern(what);
            break;
        }
        at++; /* ) */
        return q;
    }

    private Query bool(BooleanClause.Occur first, BooleanClause.Occur others) {
        BooleanQuery.Builder b = new BooleanQuery.Builder();

        b.add(query(), first);
        while (more())
            b.add(query(), others);
        return b.build();
    }

    private Query filter() {
        Query q = query();
        Term value = new Term(token[at], token[at + 1]);

        at += 2;
        return new BooleanQuery.Builder().add(q, BooleanClause.Occur.MUST)
            .add(new TermQuery(value), BooleanClause.Occur.FILTER).build();
    }

    private SpanQuery span() {
        String what = token[at++];
        SpanQuery[] side = new SpanQuery[2];
        int n = 0, i = 0;

        if (!what.equals("("))
            return new SpanTermQuery(term(what));
        what = token[at++];
        if (!what.equals("or"))
            n = Integer.parseInt(token[at++]);
        while (more())
            side[i++] = span();
        if (what.equals("or"))
            return new SpanOrQuery(side);
        return what.equals("near") ? new SpanNearQuery(side, n - 1, false)
            : new SpanNearQuery(side, n, true);
    }

    private Query pattern(String what) {
        int edits = what.equals("fuzzy") ? Integer.parseInt(token[at++]) : 0;
        Term t = new Term("written", token[at++]);
        MultiTermQuery q;

        if (what.equals("fuzzy"))
            return new FuzzyQuery(t, edits, 0,
                scored ? WORDS : FuzzyQuery.defaultMaxExpansions, true);
        q = what.equals("prefix") ? new PrefixQuery(t) : new WildcardQuery(t);
        if (scored)
            q.setRewriteMethod(
                new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(WORDS));
        return q;
    }
}
