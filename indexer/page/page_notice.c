/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_notice.c - short texts between paragraphs that are none of the article
 *
 * A paragraph of its own that is one of the phrases below, alone or with a
 * colon, a number or a bracket behind it, or that begins with one of those
 * that only furniture begins with, or with a copyright sign.  The phrases are
 * those that papers print again and again, in the languages of news; they are
 * compared by letters, without case for ASCII.  What is not in the tables
 * stays in the text, as does a notice inside of a longer paragraph.
 */
#include "page_notice.h"

enum { NOTICE_MAX = 400 }; /* bytes of one */

/* All of a paragraph. */
static const char *const whole[] = {
    "advertisement",
    "advertising",
    "article continues below",
    "story continues below",
    "continue reading",
    "continue reading below",
    "share",
    "share this",
    "share this article",
    "share this story",
    "print",
    "read more",
    "read also",
    "related",
    "related articles",
    "see also",
    "sponsored",
    "loading",
    "sign up",
    "subscribe",
    "subscribe now",
    "anzeige",
    "werbung",
    "artikel teilen",
    "teilen",
    "weiterlesen",
    "mehr zum thema",
    "lesen sie auch",
    "inhaltsverzeichnis",
    "publicit\u00E9",
    "lire aussi",
    "partager",
    "la suite apr\u00E8s la publicit\u00E9",
    "publicidad",
    "anuncio",
    "compartir",
    "leer tambi\u00E9n",
    "lea tambi\u00E9n",
    "te puede interesar",
    "publicidade",
    "leia tamb\u00E9m",
    "leia mais",
    "pubblicit\u00E0",
    "leggi anche",
    "condividi",
    "advertentie",
    "lees ook",
    "lees meer",
    "delen",
    "annons",
    "annonse",
    "annonce",
    "l\u00E4s ocks\u00E5",
    "les ogs\u00E5",
    "l\u00E6s ogs\u00E5",
    "mainos",
    "reklama",
    "reklam",
    "czytaj tak\u017Ce",
    "czytaj r\u00F3wnie\u017C",
    "czytaj dalej",
    "zobacz tak\u017Ce",
    "zobacz r\u00F3wnie\u017C",
    "\u010Dt\u011Bte tak\u00E9",
    "inzerce",
    "hirdet\u00E9s",
    "\u0440\u0435\u043A\u043B\u0430\u043C\u0430",
    "\u0447\u0438\u0442\u0430\u0439\u0442\u0435 "
    "\u0442\u0430\u043A\u0436\u0435",
    "\u0427\u0438\u0442\u0430\u0439\u0442\u0435 "
    "\u0442\u0430\u043A\u0436\u0435",
    "\u0421\u0441\u044B\u043B\u043A\u0438 \u043F\u043E "
    "\u0442\u0435\u043C\u0435",
    "\u0420\u0435\u043A\u043B\u0430\u043C\u0430",
    "\u5E7F\u544A",
    "\u5EE3\u544A",
    "\u76F8\u5173\u9605\u8BFB",
    "\u76F8\u5173\u65B0\u95FB",
};

/* What a paragraph begins with. */
static const char *const begins[] = {
    "\u00A9",
    "(c) 20",
    "(c) 19",
    "&copy;",
    "copyright \u00A9",
    "copyright 20",
    "all rights reserved",
    "alle rechte vorbehalten",
    "read more:",
    "read also:",
    "also read:",
    "read next:",
    "see also:",
    "related:",
    "more:",
    "follow us on ",
    "like us on ",
    "join us on ",
    "sign up for our",
    "sign up to our",
    "subscribe to our",
    "share this ",
    "loading ",
    "lesen sie auch:",
    "lesen sie auch ",
    "lesen sie hier:",
    "mehr zum thema:",
    "folgen sie uns ",
    "lire aussi :",
    "lire aussi:",
    "\u00E0 lire aussi",
    "lea tambi\u00E9n:",
    "lee tambi\u00E9n:",
    "le puede interesar:",
    "leia tamb\u00E9m:",
    "leggi anche:",
    "lees ook:",
    "czytaj tak\u017Ce:",
    "czytaj te\u017C:",
    "czytaj r\u00F3wnie\u017C:",
    "zobacz tak\u017Ce:",
    "przeczytaj tak\u017Ce:",
    "\u0427\u0438\u0442\u0430\u0439\u0442\u0435 "
    "\u0442\u0430\u043A\u0436\u0435:",
    "\u0427\u0438\u0442\u0430\u0439\u0442\u0435:",
};

/* Headings with which the article is over. */
static const char *const ends[] = {
    "comments",
    "leave a comment",
    "leave a reply",
    "add a comment",
    "post a comment",
    "reader comments",
    "related articles",
    "related stories",
    "related posts",
    "related news",
    "related content",
    "more from",
    "more in",
    "more stories",
    "most read",
    "most popular",
    "read next",
    "up next",
    "recommended for you",
    "you may also like",
    "you might also like",
    "about the author",
    "recent posts",
    "kommentare",
    "kommentar schreiben",
    "schreibe einen kommentar",
    "weitere artikel",
    "mehr zum thema",
    "das k\u00F6nnte sie auch interessieren",
    "commentaires",
    "laisser un commentaire",
    "\u00E0 lire aussi",
    "articles similaires",
    "comentarios",
    "deja un comentario",
    "art\u00EDculos relacionados",
    "noticias relacionadas",
    "lo m\u00E1s le\u00EDdo",
    "te puede interesar",
    "coment\u00E1rios",
    "leia tamb\u00E9m",
    "commenti",
    "articoli correlati",
    "leggi anche",
    "reacties",
    "lees ook",
    "komentarze",
    "dodaj komentarz",
    "opinie",
    "czytaj tak\u017Ce",
    "czytaj r\u00F3wnie\u017C",
    "zobacz tak\u017Ce",
    "zobacz r\u00F3wnie\u017C",
    "koment\u00E1\u0159e",
    "diskuse",
    "kommentarer",
    "l\u00E4s ocks\u00E5",
    "\u041A\u043E\u043C\u043C\u0435\u043D\u0442\u0430\u0440\u0438\u0438",
    "\u0427\u0438\u0442\u0430\u0439\u0442\u0435 "
    "\u0442\u0430\u043A\u0436\u0435",
    "\u0421\u0441\u044B\u043B\u043A\u0438 \u043F\u043E "
    "\u0442\u0435\u043C\u0435",
    "\u041F\u043E \u0442\u0435\u043C\u0435",
    "\u03A3\u03C7\u03CC\u03BB\u03B9\u03B1",
    "\u76F8\u5173\u9605\u8BFB",
    "\u76F8\u5173\u65B0\u95FB",
    "\u7F51\u53CB\u8BC4\u8BBA",
};

/* Whether `s` is the phrase, but for signs and numbers behind it. */
static bool
is_phrase(struct morgue_str s, const char *phrase)
{
    struct morgue_str p = str_of(phrase);

    if (!str_starts_nocase(s, p))
        return false;
    for (size_t i = p.len; i < s.len; i++)
        if (is_alpha(s.s[i]) || (unsigned char)s.s[i] >= 0xC3)
            return false;
    return true;
}

bool
notice_is(struct morgue_str text)
{
    text = str_trim(text);
    if (text.len == 0 || text.len > NOTICE_MAX)
        return false;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (is_phrase(text, whole[i]))
            return true;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts_nocase(text, str_of(begins[i])))
            return true;
    return false;
}

bool
notice_ends(struct morgue_str heading)
{
    heading = str_trim(heading);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (is_phrase(heading, ends[i]))
            return true;
    return false;
}
