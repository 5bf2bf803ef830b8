/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_rows.h - queries of other systems, and what they become in ours
 */
#ifndef DIALECT_ROWS_H
#define DIALECT_ROWS_H

#include <stddef.h>

static const struct {
    const char *dialect, *query, *want;
    size_t notes;
    const char *note; /* is in one of them; NULL: none is looked for */
} rows[] = {
    /* ---- nexis ---------------------------------------------------------- */
    {"nexis", "bank", "bank", 0, NULL},
    {"nexis", "central bank", "\"central bank\"", 0, NULL},
    {"nexis", "central bank AND Interest Rate",
     "(\"central bank\" AND \"Interest Rate\")", 0, NULL},
    {"nexis", "a or b and c", "((a OR b) AND c)", 0, NULL},
    {"nexis", "a and b and not c or d", "(a AND b AND NOT (c OR d))", 0, NULL},
    {"nexis", "rico not w/5 puerto", "(rico NOT w/5 puerto)", 0, NULL},
    {"nexis", "rico not pre/5 puerto", "(rico NOT pre/5 puerto)", 0, NULL},
    {"nexis", "southwest pre/2 air or airline",
     "(southwest pre/2 (air OR airline))", 0, NULL},
    {"nexis", "school W/25 liab! AND rugby OR football OR game W/10 injur!",
     "((school w/25 liab*) AND ((rugby OR football OR game) w/10 injur*))", 0,
     NULL},
    {"nexis", "a w/10 b w/3 c", "(a w/10 (b w/3 c))", 0, NULL},
    {"nexis", "a w/3 b w/10 c", "((a w/3 b) w/10 c)", 0, NULL},
    {"nexis", "a w/p b w/s c w/50 d", "(a w/p (b w/s (c w/50 d)))", 0, NULL},
    {"nexis", "money /5 launder! near/3 onear/2",
     "((money w/5 launder*) AND \"near/3\" AND \"onear/2\")", 2, "word"},
    {"nexis", "a w/sent b +3 c", "(a w/s (b pre/3 c))", 0, NULL},
    {"nexis", "a w/seg b", "(a AND b)", 1, "segments"},
    {"nexis", "a not w/seg b", "(a AND NOT b)", 1, "segments"},
    {"nexis", "wom*n", "wom?n", 0, NULL},
    {"nexis", "bank*", "(=bank OR bank?)", 0, NULL},
    {"nexis", "bank** w/5 rate!", "((=bank OR bank? OR bank?\?) w/5 rate*)", 0,
     NULL},
    {"nexis", "interest rate*", "(\"interest rate\" OR \"interest rate?\")", 0,
     NULL},
    {"nexis", "what's up?", "\"what's up\"", 0, NULL},
    {"nexis", "atleast5(RICO)", "atleast5(RICO)", 0, NULL},
    {"nexis", "ATLEAST10(child labor or child soldier)",
     "atleast10(\"child labor\" OR \"child soldier\")", 0, NULL},
    {"nexis", "allcaps(RICO) and caps(Apple) and nocaps(aid)",
     "(RICO AND Apple AND aid)", 3, "case"},
    {"nexis", "singular(bank) or plural(loans)", "(=bank OR =loans)", 2,
     "as written"},
    {"nexis", "allcaps(RICO) act", "(RICO pre/1 act)", 1, "case"},
    {"nexis", "HLEAD(George Washington)", "hlead(\"George Washington\")", 0,
     NULL},
    {"nexis", "headline(rate w/5 rise or rose)",
     "(title:rate w/5 (title:rise OR title:rose))", 0, NULL},
    {"nexis", "byline(Jane Doe) and section(Sport)",
     "(author:\"Jane Doe\" AND section:Sport)", 0, NULL},
    {"nexis", "publication(Agence France Presse - English or Reuters)",
     "(source:\"Agence France Presse - English\" OR source:Reuters)", 0, NULL},
    {"nexis", "term(new products #90plus#)", "topic:\"new products\"", 1,
     "#90plus#"},
    {"nexis", "company(IBM) and war", "(IBM AND war)", 1, "segment"},
    {"nexis", "war and length > 2000", "(war AND wc:2001..)", 0, NULL},
    {"nexis", "length(<= 300) and war", "(wc:..300 AND war)", 0, NULL},
    {"nexis", "war length", "\"war length\"", 0, NULL},
    {"nexis", "war and date(geq (1/1/2000) and leq (12/31/2010))",
     "(war AND date:2000-01-01..2010-12-31)", 0, NULL},
    {"nexis", "war and date aft 1990 and date bef 5/1/1995",
     "(war AND date:1991.. AND date:..1995-04-30)", 0, NULL},
    {"nexis", "date(1990) and war", "(date:1990 AND war)", 0, NULL},
    {"nexis", "date(soon) and war", "war", 1, "period"},
    {"nexis", "date rape", "\"date rape\"", 0, NULL},
    {"nexis", "hlead(a and atleast5(b)", "hlead(a AND atleast5(b))", 1,
     "closed at the end"},
    {"nexis", "a) or b", "(a OR b)", 1, "partner"},
    {"nexis", "(a or b) c", "((a OR b) pre/1 c)", 0, NULL},
    {"nexis", "hlead(a) body(b)", "(hlead(a) AND body:b)", 0, NULL},
    {"nexis", "and rights", "(and AND rights)", 1, "word"},
    {"nexis", "\"soil health\" OR \"healthy soil\"",
     "(\"soil health\" OR \"healthy soil\")", 0, NULL},
};

#endif
