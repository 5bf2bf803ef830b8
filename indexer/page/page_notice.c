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
    "publicité",
    "lire aussi",
    "partager",
    "la suite après la publicité",
    "publicidad",
    "anuncio",
    "compartir",
    "leer también",
    "lea también",
    "te puede interesar",
    "publicidade",
    "leia também",
    "leia mais",
    "pubblicità",
    "leggi anche",
    "condividi",
    "advertentie",
    "lees ook",
    "lees meer",
    "delen",
    "annons",
    "annonse",
    "annonce",
    "läs också",
    "les også",
    "læs også",
    "mainos",
    "reklama",
    "reklam",
    "czytaj także",
    "czytaj również",
    "czytaj dalej",
    "zobacz także",
    "zobacz również",
    "čtěte také",
    "inzerce",
    "hirdetés",
    "реклама",
    "читайте также",
    "Читайте также",
    "Ссылки по теме",
    "Реклама",
    "广告",
    "廣告",
    "相关阅读",
    "相关新闻",
};

/* What a paragraph begins with. */
static const char *const begins[] = {
    "©",
    "(c) 20",
    "(c) 19",
    "&copy;",
    "copyright ©",
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
    "à lire aussi",
    "lea también:",
    "lee también:",
    "le puede interesar:",
    "leia também:",
    "leggi anche:",
    "lees ook:",
    "czytaj także:",
    "czytaj też:",
    "czytaj również:",
    "zobacz także:",
    "przeczytaj także:",
    "Читайте также:",
    "Читайте:",
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
    "das könnte sie auch interessieren",
    "commentaires",
    "laisser un commentaire",
    "à lire aussi",
    "articles similaires",
    "comentarios",
    "deja un comentario",
    "artículos relacionados",
    "noticias relacionadas",
    "lo más leído",
    "te puede interesar",
    "comentários",
    "leia também",
    "commenti",
    "articoli correlati",
    "leggi anche",
    "reacties",
    "lees ook",
    "komentarze",
    "dodaj komentarz",
    "opinie",
    "czytaj także",
    "czytaj również",
    "zobacz także",
    "zobacz również",
    "komentáře",
    "diskuse",
    "kommentarer",
    "läs också",
    "Комментарии",
    "Читайте также",
    "Ссылки по теме",
    "По теме",
    "Σχόλια",
    "相关阅读",
    "相关新闻",
    "网友评论",
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
