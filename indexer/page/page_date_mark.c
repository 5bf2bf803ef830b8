/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_date_mark.c - what words say of the date beside them
 *
 * Stems of the words that pages write before a date, in the languages of news;
 * where a language has a capital in front that is no ASCII letter, without
 * that.  Of several the one that stands last counts: "Published 3 May, updated
 * 4 May".  Classes are English by custom, with the words of some others.
 */
#include "page_date_mark.h"

struct date_stem {
    const char *s;
    enum date_mark mark;
};

static const struct date_stem words[] = {
    /* of a change */
    {"updat", DATE_MARK_UPDATED},
    {"modif", DATE_MARK_UPDATED},
    {"edited", DATE_MARK_UPDATED},
    {"changed", DATE_MARK_UPDATED},
    {"revised", DATE_MARK_UPDATED},
    {"revision", DATE_MARK_UPDATED},
    {"reviewed", DATE_MARK_UPDATED},
    {"geändert", DATE_MARK_UPDATED},
    {"nderung", DATE_MARK_UPDATED},
    {"bearbeitet", DATE_MARK_UPDATED},
    {"stand:", DATE_MARK_UPDATED},
    {"stand ", DATE_MARK_UPDATED},
    {"aktuali", DATE_MARK_UPDATED},
    {"actuali", DATE_MARK_UPDATED},
    {"atualiz", DATE_MARK_UPDATED},
    {"aggiorn", DATE_MARK_UPDATED},
    {"bijgewerkt", DATE_MARK_UPDATED},
    {"gewijzigd", DATE_MARK_UPDATED},
    {"zmieni", DATE_MARK_UPDATED},
    {"modyfik", DATE_MARK_UPDATED},
    {"upraven", DATE_MARK_UPDATED},
    {"päivit", DATE_MARK_UPDATED},
    {"muokattu", DATE_MARK_UPDATED},
    {"uppdat", DATE_MARK_UPDATED},
    {"oppdat", DATE_MARK_UPDATED},
    {"opdat", DATE_MARK_UPDATED},
    {"ndrad", DATE_MARK_UPDATED},
    {"mis à jour", DATE_MARK_UPDATED},
    {"mise à jour", DATE_MARK_UPDATED},
    {"màj", DATE_MARK_UPDATED},
    {"actualiz", DATE_MARK_UPDATED},
    {"güncel", DATE_MARK_UPDATED},
    {"frissít", DATE_MARK_UPDATED},
    {"módosít", DATE_MARK_UPDATED},
    {"бновл", DATE_MARK_UPDATED},
    {"зменен", DATE_MARK_UPDATED},
    {"новлен", DATE_MARK_UPDATED},
    {"νημερ", DATE_MARK_UPDATED},
    {"更新", DATE_MARK_UPDATED},
    {"수정", DATE_MARK_UPDATED},
    {"تحديث", DATE_MARK_UPDATED},
    {"עודכן", DATE_MARK_UPDATED},
    {"diperbarui", DATE_MARK_UPDATED},
    {"cập nhật", DATE_MARK_UPDATED},
    /* of publication */
    {"publi", DATE_MARK_PUBLISHED},
    {"pubbli", DATE_MARK_PUBLISHED},
    {"posted", DATE_MARK_PUBLISHED},
    {"released", DATE_MARK_PUBLISHED},
    {"submitted", DATE_MARK_PUBLISHED},
    {"created", DATE_MARK_PUBLISHED},
    {"written on", DATE_MARK_PUBLISHED},
    {"first aired", DATE_MARK_PUBLISHED},
    {"ffentlich", DATE_MARK_PUBLISHED},
    {"erschien", DATE_MARK_PUBLISHED},
    {"erscheinungsdatum", DATE_MARK_OTHER},
    {"erstellt", DATE_MARK_PUBLISHED},
    {"gepostet", DATE_MARK_PUBLISHED},
    {"geschrieben", DATE_MARK_PUBLISHED},
    {"eingestellt", DATE_MARK_PUBLISHED},
    {"mitteilung vom", DATE_MARK_PUBLISHED},
    {"meldung vom", DATE_MARK_PUBLISHED},
    {"mis en ligne", DATE_MARK_PUBLISHED},
    {"paru le", DATE_MARK_PUBLISHED},
    {"inserito", DATE_MARK_PUBLISHED},
    {"postado", DATE_MARK_PUBLISHED},
    {"geplaatst", DATE_MARK_PUBLISHED},
    {"dodano", DATE_MARK_PUBLISHED},
    {"utworzono", DATE_MARK_PUBLISHED},
    {"zveřejněno", DATE_MARK_PUBLISHED},
    {"vydáno", DATE_MARK_PUBLISHED},
    {"vloženo", DATE_MARK_PUBLISHED},
    {"julkais", DATE_MARK_PUBLISHED},
    {"offentli", DATE_MARK_PUBLISHED},
    {"yayın", DATE_MARK_PUBLISHED},
    {"eklenme", DATE_MARK_PUBLISHED},
    {"közzét", DATE_MARK_PUBLISHED},
    {"megjelen", DATE_MARK_PUBLISHED},
    {"публик", DATE_MARK_PUBLISHED},
    {"размещен", DATE_MARK_PUBLISHED},
    {"добавлен", DATE_MARK_PUBLISHED},
    {"ημοσ", DATE_MARK_PUBLISHED},
    {"ναρτ", DATE_MARK_PUBLISHED},
    {"投稿", DATE_MARK_PUBLISHED},
    {"公開", DATE_MARK_PUBLISHED},
    {"掲載", DATE_MARK_PUBLISHED},
    {"发布", DATE_MARK_PUBLISHED},
    {"發布", DATE_MARK_PUBLISHED},
    {"发表", DATE_MARK_PUBLISHED},
    {"發表", DATE_MARK_PUBLISHED},
    {"등록", DATE_MARK_PUBLISHED},
    {"입력", DATE_MARK_PUBLISHED},
    {"게시", DATE_MARK_PUBLISHED},
    {"نشر", DATE_MARK_PUBLISHED},
    {"פורסם", DATE_MARK_PUBLISHED},
    {"terbit", DATE_MARK_PUBLISHED},
    {"đăng", DATE_MARK_PUBLISHED},
    /* of the page */
    {"date:", DATE_MARK_DATE},
    {"datum", DATE_MARK_DATE},
    {"fecha", DATE_MARK_DATE},
    {"data:", DATE_MARK_DATE},
    {"dato:", DATE_MARK_DATE},
    {"tarih", DATE_MARK_DATE},
    {"дата", DATE_MARK_DATE},
    {"日期", DATE_MARK_DATE},
    {"时间", DATE_MARK_DATE},
    {"時間", DATE_MARK_DATE},
    /* of something else */
    {"copyright", DATE_MARK_OTHER},
    {"©", DATE_MARK_OTHER},
    {"(c)", DATE_MARK_OTHER},
    {"member since", DATE_MARK_OTHER},
    {"joined", DATE_MARK_OTHER},
    {"registered", DATE_MARK_OTHER},
    {"mitglied seit", DATE_MARK_OTHER},
    {"registriert", DATE_MARK_OTHER},
    {"accessed", DATE_MARK_OTHER},
    {"retrieved", DATE_MARK_OTHER},
    {"abgerufen", DATE_MARK_OTHER},
    {"consulté", DATE_MARK_OTHER},
    {"consultado", DATE_MARK_OTHER},
    {"archived", DATE_MARK_OTHER},
    {"born", DATE_MARK_OTHER},
    {"geboren", DATE_MARK_OTHER},
    {"died", DATE_MARK_OTHER},
    {"gestorben", DATE_MARK_OTHER},
    {"until", DATE_MARK_OTHER},
    {"expires", DATE_MARK_OTHER},
    {"effective", DATE_MARK_OTHER},
    {"deadline", DATE_MARK_OTHER},
    {"founded", DATE_MARK_OTHER},
    {"kommentar", DATE_MARK_OTHER},
    {"comment", DATE_MARK_OTHER},
    {"replied", DATE_MARK_OTHER},
    {"schrieb", DATE_MARK_OTHER},
    {"says", DATE_MARK_OTHER},
    {"today", DATE_MARK_OTHER},
    {"heute ist", DATE_MARK_OTHER},
};

/* Of a class the first of these counts: "published updated" is how some mark
 * one date. */
static const struct date_stem classes[] = {
    {"today", DATE_MARK_OTHER},         {"current", DATE_MARK_OTHER},
    {"comment", DATE_MARK_OTHER},       {"reply", DATE_MARK_OTHER},
    {"publi", DATE_MARK_PUBLISHED},     {"pubdate", DATE_MARK_PUBLISHED},
    {"posted", DATE_MARK_PUBLISHED},    {"entry-date", DATE_MARK_PUBLISHED},
    {"post-date", DATE_MARK_PUBLISHED}, {"postdate", DATE_MARK_PUBLISHED},
    {"post_date", DATE_MARK_PUBLISHED}, {"dateline", DATE_MARK_PUBLISHED},
    {"authored", DATE_MARK_PUBLISHED},  {"submitted", DATE_MARK_PUBLISHED},
    {"created", DATE_MARK_PUBLISHED},   {"updat", DATE_MARK_UPDATED},
    {"modif", DATE_MARK_UPDATED},       {"lastchange", DATE_MARK_UPDATED},
    {"lastmod", DATE_MARK_UPDATED},     {"edited", DATE_MARK_UPDATED},
    {"revis", DATE_MARK_UPDATED},       {"byline", DATE_MARK_DATE},
    {"date", DATE_MARK_DATE},           {"datum", DATE_MARK_DATE},
    {"fecha", DATE_MARK_DATE},          {"time", DATE_MARK_DATE},
    {"meta", DATE_MARK_DATE},
};

enum {
    WORDS_N = sizeof words / sizeof *words,
    CLASSES_N = sizeof classes / sizeof *classes
};

/* A date of birth, say, is named by a word that ends so. */
static bool
begins_word(struct morgue_str s, size_t at)
{
    return at == 0 ||
           (!is_alpha(s.s[at - 1]) && (unsigned char)s.s[at - 1] < 0x80);
}

enum date_mark
date_mark_words(struct morgue_str before)
{
    enum date_mark mark = DATE_MARK_NONE;
    size_t last = 0;

    for (size_t i = 0; i < WORDS_N; i++) {
        struct morgue_str stem = str_of(words[i].s);

        for (size_t at = 0; at < before.len; at++) {
            at = str_find_nocase(before, at, stem);
            if (at < before.len && at + 1 > last &&
                (words[i].mark != DATE_MARK_DATE || begins_word(before, at))) {
                last = at + 1;
                mark = words[i].mark;
            }
        }
    }
    return mark;
}

enum date_mark
date_mark_class(struct morgue_str value)
{
    for (size_t i = 0; i < CLASSES_N; i++)
        if (str_has_nocase(value, str_of(classes[i].s)))
            return classes[i].mark;
    return DATE_MARK_NONE;
}

bool
date_mark_is_end(struct morgue_str line)
{
    enum { END_LEN = 60 };
    static const char *const ends[] = {
        "comments",     "comment",      "leave a ",    "related",
        "read more",    "more ",        "also ",       "further ",
        "most read",    "most popular", "popular",     "latest",
        "you may",      "you might",    "recommended", "see also",
        "responses",    "replies",      "kommentare",  "kommentar",
        "weitere ",     "mehr zu",      "mehr aus",    "verwandte",
        "commentaires", "à lire",       "comentarios", "relacionad",
        "commenti",     "leggi anche",  "komentarze",  "zobacz też",
        "комментари",   "читайте",      "reacties",    "lees ook"};

    if (line.len > END_LEN)
        return false;
    while (line.len > 0 && (is_digit(line.s[0]) || is_space(line.s[0])))
        line = str_slice(line.s + 1, line.len - 1);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_starts_nocase(line, str_of(ends[i])))
            return true;
    return false;
}
