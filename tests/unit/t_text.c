/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_text.c - words, stems, languages and terms
 *
 * The rows of text_rows.h are texts with the tokens they must give, each as
 * TERM:POSITION:START-END, with "+" before one that is colocated.
 */
#include <stdlib.h>

#include "../../common/base/buf.h"
#include "../../common/text/language.h"
#include "../../common/text/stem.h"
#include "../../common/text/terms.h"
#include "../../common/text/token.h"
#include "../test.h"

struct row {
    const char *text;
    size_t len;
    const char *tokens;
};

static const struct row rows[] = {
#include "text_rows.h"
};
enum { ROWS_N = sizeof rows / sizeof *rows };

static struct tokenizer *tokenizer;

static void
print_tokens(struct buf *out, struct morgue_str text, enum token_mode mode)
{
    const struct token *tok;

    tokenizer_start(tokenizer, text, mode);
    for (tok = tokenizer_next(tokenizer); tok;
         tok = tokenizer_next(tokenizer)) {
        buf_printf(out, "%s%s", out->len > 0 ? " " : "",
                   tok->flags & TOKEN_COLOCATED ? "+" : "");
        buf_add(out, tok->s, tok->len);
        buf_printf(out, ":%u:%zu-%zu", (unsigned)tok->position, tok->start,
                   tok->end);
    }
}

/* Where sixteen bytes and more are left a word is read at once, else byte by
 * byte: what is behind it must not matter. */
static void
words_are_read_at_once(void)
{
    static const char word[] = "aZ0mB9qYxA1zc8Kd7WuVn";

    for (size_t len = 1; len < sizeof word; len++)
        for (int c = 1; c < 128 && !test_case_failed; c++) {
            char text[64];
            size_t n = (size_t)snprintf(text, sizeof text, "%.*s%cb,%c",
                                        (int)len, word, c, c);
            struct buf one, all;

            memset(text + n, ' ', sizeof text - n);
            buf_init(&one, 4096);
            buf_init(&all, 4096);
            print_tokens(&one, str_slice(text, n), TOKEN_DOCUMENT);
            print_tokens(&all, str_slice(text, sizeof text), TOKEN_DOCUMENT);
            CHECK_STR(buf_view(&all).s, buf_view(&one).s);
            buf_free(&one);
            buf_free(&all);
        }
}

/* The tokens of a text that are plurals of acronyms and types. */
static void
plurals(void)
{
    static const char *const texts[][2] = {
        {"MPs NGOs, PhDs; TVs' (\xC3\x89NAs)", "mps ngos phds tvs enas"},
        {"MPS mps Mps As Is Us Bs iPads McDonalds", ""},
        {"MP's CEO's", ""},
        {"F-16s A320s M16s MP3s", "f16s a320s m16s mp3s"},
        {"ex-MPs Q&As B&Bs f-16s", "mps exmps qas bbs f16s"},
        {"737s 747s 1999s 500s", "737s 747s 1999s 500s"},
        {"the 1990s, 2010s, '60s 90s 16s 5s 10.5s 1,000s", ""},
        {"mid-1990s X-rays co-ops", ""},
        {"M.P.s Ph.D.s U.S. e.g.s", "mps phds"},
        {"MPs\xE3\x80\x81TVs", "mps tvs"},
        {"TVshow s Ss", ""},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct token *tok;
        struct buf b;

        buf_init(&b, 1000);
        tokenizer_start(tokenizer, str_of(texts[i][0]), TOKEN_DOCUMENT);
        for (tok = tokenizer_next(tokenizer); tok;
             tok = tokenizer_next(tokenizer))
            if (tok->flags & TOKEN_PLURAL) {
                buf_str(&b, b.len > 0 ? STR(" ") : STR(""));
                buf_add(&b, tok->s, tok->len);
            }
        CHECK_STR(buf_view(&b).s, texts[i][1]);
        buf_free(&b);
    }
}

static void
check_row(const struct row *row, size_t number)
{
    struct buf b;
    bool good;

    buf_init(&b, 1 << 20);
    print_tokens(&b, str_slice(row->text, row->len), TOKEN_DOCUMENT);
    good = str_eq(buf_view(&b), str_of(row->tokens));
    if (!good)
        fprintf(stderr, "'%s'\n  gives %s\n  not   %s\n", row->text,
                buf_view(&b).s, row->tokens);
    printf("%s row %zu\n", good ? "ok" : "not ok", number);
    test_failed_n += !good;
    buf_free(&b);
}

/* Each term of a text as a query is among its terms as an article. */
static void
queries_are_in_articles(void)
{
    for (size_t i = 0; i < ROWS_N; i++) {
        struct morgue_str text = str_slice(rows[i].text, rows[i].len);
        const struct token *tok;
        struct buf doc;

        buf_init(&doc, 1 << 20);
        tokenizer_start(tokenizer, text, TOKEN_DOCUMENT);
        while ((tok = tokenizer_next(tokenizer)) != NULL) {
            buf_char(&doc, '\n');
            buf_add(&doc, tok->s, tok->len);
        }
        buf_char(&doc, '\n');
        tokenizer_start(tokenizer, text, TOKEN_QUERY);
        while ((tok = tokenizer_next(tokenizer)) != NULL) {
            char term[TOKEN_MAX + 3];

            snprintf(term, sizeof term, "\n%.*s\n", (int)tok->len, tok->s);
            CHECK(strstr(doc.data, term) != NULL);
        }
        buf_free(&doc);
    }
}

static uint32_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Any bytes: tokens lie within the text, in order. */
static void
any_bytes(void)
{
    static const char *const bits[] = {
        "a", "Z",  "'",        "-", ".",    "&", "\n", " ", "7",        ",",
        "é", "中", "\xCC\x81", "й", "\xFF", "ก", "@",  "😀", "\xC2\xAD", "İ"};
    uint64_t state = 1;

    for (int round = 0; round < 20000; round++) {
        struct buf b;
        const struct token *tok;
        size_t start = 0, position = 0;

        buf_init(&b, 1000);
        for (uint32_t n = next_random(&state) % 40; n > 0; n--)
            if (next_random(&state) % 8 == 0)
                buf_char(&b, (char)next_random(&state));
            else
                buf_str(&b, str_of(bits[next_random(&state) % 20]));
        tokenizer_start(tokenizer, buf_view(&b),
                        round % 2 ? TOKEN_QUERY : TOKEN_DOCUMENT);
        while ((tok = tokenizer_next(tokenizer)) != NULL) {
            CHECK(tok->start < tok->end && tok->end <= b.len);
            CHECK(tok->position >= position);
            CHECK(tok->len > 0 && tok->len <= TOKEN_MAX);
            if (!(tok->flags & TOKEN_COLOCATED)) {
                CHECK(tok->start >= start);
                start = tok->start;
            }
            position = tok->position;
        }
        buf_free(&b);
    }
}

static void
a_megabyte_word(void)
{
    size_t len = 1 << 20;
    char *word = malloc(len);
    const struct token *tok;

    CHECK(word != NULL);
    if (!word)
        return;
    memset(word, 'x', len);
    tokenizer_start(tokenizer, str_slice(word, len), TOKEN_DOCUMENT);
    tok = tokenizer_next(tokenizer);
    CHECK(tok && tok->len == TOKEN_MAX && tok->start == 0 && tok->end == len);
    CHECK(tokenizer_next(tokenizer) == NULL);
    free(word);
}

/* ---- stems -------------------------------------------------------------- */

static const struct {
    const char *lang, *word, *stem,
        *second; /* second: "" where there is none */
} stem_rows[] = {
    {"en", "exports", "export", ""},     {"en", "running", "run", ""},
    {"en", "quotas", "quota", ""},       {"en", "ferries", "ferri", ""},
    {"de", "Häuser", "haus", ""},        {"de", "Zeitungen", "zeitung", ""},
    {"fr", "continuera", "continu", ""}, {"es", "naciones", "nacion", ""},
    {"ru", "книгами", "книг", ""},       {"xx", "running", "running", ""},
    {"pl", "domami", "domami", ""},      {"en-GB", "exports", "export", ""},
    {"eng", "exports", "export", ""},    {"en", "b2b", "b2b", ""},
    {"sv", "bilarna", "bil", ""},        {"tr", "evler", "ev", ""},
};

static void
stems(void)
{
    struct stemmer *s = NULL;

    CHECK_INT(stemmer_new(&s, NULL), MORGUE_OK);
    for (size_t i = 0; i < sizeof stem_rows / sizeof *stem_rows; i++) {
        struct stems out;
        const struct token *tok;

        tokenizer_start(tokenizer, str_of(stem_rows[i].word), TOKEN_DOCUMENT);
        tok = tokenizer_next(tokenizer);
        /* Twice: the second comes from the cache. */
        for (int twice = 0; twice < 2 && tok; twice++) {
            CHECK_INT(stemmer_stem(&out, s,
                                   stem_find(str_of(stem_rows[i].lang)), tok,
                                   NULL),
                      MORGUE_OK);
            CHECK_BYTES(out.stem[0].s, out.stem[0].len, stem_rows[i].stem);
        }
    }
    stemmer_free(s);
}

/* With or without accents, a word shares a stem, in every language. */
static void
accents_share_a_stem(void)
{
    static const char *const pairs[][2] = {
        {"café", "cafe"},         {"Häuser", "hauser"}, {"élevé", "eleve"},
        {"canción", "cancion"},   {"ações", "acoes"},   {"güçlü", "guclu"},
        {"kézműves", "kezmuves"}, {"över", "over"}};
    struct stemmer *s = NULL;

    CHECK_INT(stemmer_new(&s, NULL), MORGUE_OK);
    for (int l = 0; stem_language((size_t)l); l++)
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            struct stems a, b;
            bool shared = false;

            tokenizer_start(tokenizer, str_of(pairs[i][0]), TOKEN_DOCUMENT);
            CHECK_INT(stemmer_stem(&a, s, l, tokenizer_next(tokenizer), NULL),
                      MORGUE_OK);
            tokenizer_start(tokenizer, str_of(pairs[i][1]), TOKEN_DOCUMENT);
            CHECK_INT(stemmer_stem(&b, s, l, tokenizer_next(tokenizer), NULL),
                      MORGUE_OK);
            for (size_t x = 0; x < a.n; x++)
                for (size_t y = 0; y < b.n; y++)
                    shared = shared || str_eq(a.stem[x], b.stem[y]);
            CHECK(shared);
        }
    stemmer_free(s);
}

/* ---- languages ---------------------------------------------------------- */

static const struct {
    const char *lang, *text;
} language_rows[] = {
    {"en", "The council said on Monday that the bridge will be closed."},
    {"de", "Der Bürgermeister sagte, dass die Brücke geschlossen wird."},
    {"fr", "Le maire a dit que le pont sera fermé pour les travaux."},
    {"es", "El alcalde dijo que el puente estará cerrado por las obras."},
    {"it", "Il sindaco ha detto che il ponte sarà chiuso per i lavori."},
    {"pt", "O presidente disse que a ponte não será fechada para as obras."},
    {"nl",
     "De burgemeester zei dat de brug niet wordt gesloten voor het werk."},
    {"pl", "Burmistrz powiedział, że most nie jest zamknięty na czas prac."},
    {"sv", "Borgmästaren sade att bron inte är stängd för arbetet och att det "
           "är bra."},
    {"tr", "Belediye başkanı köprünün bu yıl için kapalı olarak kalacağını ve "
           "bir daha açılmayacağını söyledi."},
    {"ru", "Мэр сказал, что мост будет закрыт на время работ."},
    {"uk", "Мер сказав, що міст буде закрито на час робіт і її не відкриють."},
    {"el", "Ο δήμαρχος είπε ότι η γέφυρα θα κλείσει."},
    {"ar", "قال رئيس البلدية إن الجسر سيغلق خلال الأعمال."},
    {"he", "ראש העיר אמר כי הגשר ייסגר בזמן העבודות."},
    {"hi", "महापौर ने कहा कि पुल बंद रहेगा।"},
    {"zh", "市长星期一表示大桥将关闭。"},
    {"ja", "市長は月曜日に橋を閉鎖すると述べた。"},
    {"ko", "시장은 월요일에 다리를 폐쇄한다고 말했다."},
    {"th", "นายกเทศมนตรีกล่าวว่าสะพานจะปิด"},
    {"ur", "میئر نے کہا کہ پل بند رہے گا اور لوگ دوسرے راستے سے جائیں گے۔"},
    {"da", "Borgmesteren siger, at broen bliver lukket på grund af arbejdet, "
           "og at der ikke er nogen anden vej."},
    {"no", "Ordføreren sier at broen blir stengt på grunn av arbeidet, og at "
           "det ikke finnes noen annen vei nå."},
    {"fi", "Kaupunginjohtaja sanoo, että silta on suljettu töiden ajaksi, "
           "mutta se ei ole ainoa reitti."},
    {"hu", "A polgármester szerint a híd nem lesz nyitva a munka idején, és "
           "ez már nagy gond."},
    {"ro", "Primarul a spus că podul nu este deschis din cauza lucrărilor și "
           "că va fi închis până la vară."},
    {"cs", "Starosta řekl, že most je kvůli opravám zavřený a že se to do "
           "léta nezmění."},
    {"sq", "Kryetari tha se ura do të mbyllet për shkak të punimeve dhe nuk "
           "ka rrugë tjetër."},
    {"id", "Wali kota mengatakan bahwa jembatan itu akan ditutup untuk "
           "perbaikan dan tidak ada jalan lain."},
    {"ca", "L'alcalde ha dit que el pont és tancat per les obres i que no hi "
           "ha cap més camí amb els cotxes."},
    {"hr", "Gradonačelnik je rekao da će most biti zatvoren za vrijeme radova "
           "i da nije jedini put koji vodi u grad."},
    {"ha", "Shugaban ya ce za a rufe gadar don gyara kuma ba wata hanya a "
           "cikin garin."},
    {"yo", "Ó ní àwọn yóò ti afárá náà pa fún iṣẹ́, kò sì sí ọ̀nà mìíràn tí "
           "wọn lè gbà."},
    {"sw", "Meya alisema kuwa daraja hilo litafungwa kwa ajili ya kazi na "
           "hakuna njia nyingine katika mji."},
    {"pcm", "Di mayor say dem go close di bridge and pipo wey dey cross am "
            "no go fit pass till dem don finish di work."},
    {"bg", "Кметът каза, че мостът ще бъде затворен за ремонт през лятото и "
           "обходът ще бъде кратък."},
    {"sr", "Градоначелник је рекао да ће мост бити затворен због радова и да "
           "њега неће отварати."},
    {"fa", "شهردار گفت که پل برای تعمیر بسته است."},
    {"am", "ከንቲባው ድልድዩ ለጥገና እንደሚዘጋ ተናገሩ።"},
    {"pl", "ŚWIĘTO SIĘ NIE ODBĘDZIE, ALE JEST JUŻ NOWY TERMIN"},
    {"en", "Oil prices are rising again after the talks"},
    {"", "xyzzy"},
    {"", ""},
};

static void
languages(void)
{
    for (size_t i = 0; i < sizeof language_rows / sizeof *language_rows; i++)
        CHECK_STR(
            language_guess(str_slice("", 0), str_of(language_rows[i].text))
                .code,
            language_rows[i].lang);
}

/* ---- terms of an article ------------------------------------------------ */

static const struct term *
find_term(const struct term_list *list, const char *s)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(str_slice(list->term[i].s, list->term[i].len), str_of(s)))
            return &list->term[i];
    return NULL;
}

static void
terms(void)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct term_maker *m = NULL;
    struct term_list list;
    const struct term *t;
    uint64_t sum = 0;

    a.title = STR("Coffee quota");
    a.body = STR("Coffee exporters want a larger quota. Coffee!");
    a.author = STR("Jane Roe\nJohn Doe");
    a.section = STR("World News");
    a.lang = STR("en");
    CHECK_INT(term_maker_new(&m, NULL), MORGUE_OK);
    for (int twice = 0; twice < 2; twice++)
        CHECK_INT(term_maker_run(&list, m, &a, NULL), MORGUE_OK);
    t = find_term(&list, "coffee");
    CHECK(t && t->wdf == 5 && t->pos_n == 3); /* 3 for the title */
    CHECK(t && t->pos[0] == 1 && t->pos[1] > TERM_GAP &&
          t->pos[2] > t->pos[1]);
    t = find_term(&list, "Zen:quota");
    CHECK(t && t->wdf == 4 && t->pos_n == 0);
    t = find_term(&list, "Zen:export");
    CHECK(t && t->wdf == 1);
    t = find_term(&list, "Scoffee");
    CHECK(t && t->wdf == 1 && t->pos_n == 1);
    CHECK(find_term(&list, "ZSen:coffe") != NULL);
    CHECK(find_term(&list, "Aroe") != NULL);
    CHECK(find_term(&list, "roe") == NULL);
    t = find_term(&list, "Len");
    CHECK(t && t->wdf == 0);
    CHECK(find_term(&list, "XS:world news") != NULL);
    for (size_t i = 0; i < list.n; i++) {
        sum += list.term[i].wdf;
        for (uint32_t p = 1; p < list.term[i].pos_n; p++)
            CHECK(list.term[i].pos[p] > list.term[i].pos[p - 1]);
        if (i > 0) {
            size_t x = list.term[i - 1].len, y = list.term[i].len;
            int c = memcmp(list.term[i - 1].s, list.term[i].s, x < y ? x : y);

            CHECK(c < 0 || (c == 0 && x < y));
        }
    }
    CHECK_INT(list.length, sum);
    term_maker_free(m);
}

static void
analysis_has_a_name(void)
{
    struct stemmer *s = NULL;
    char a[ANALYSIS_MAX], b[ANALYSIS_MAX];

    CHECK_INT(stemmer_new(&s, NULL), MORGUE_OK);
    CHECK_INT(analysis_name(a, s, NULL), MORGUE_OK);
    CHECK_INT(analysis_name(b, s, NULL), MORGUE_OK);
    CHECK_STR(a, b);
    CHECK(strlen(a) > 10 && !strchr(a, '\n'));
    stemmer_free(s);
}

int
main(int argc, char **argv)
{
    if (tokenizer_new(&tokenizer, NULL))
        return 1;
    if (argc == 2) { /* print the tokens of a text, to make rows from */
        struct buf b;

        buf_init(&b, 1 << 20);
        print_tokens(&b, str_of(argv[1]), TOKEN_DOCUMENT);
        puts(buf_view(&b).s);
        buf_free(&b);
        tokenizer_free(tokenizer);
        return 0;
    }
    for (size_t i = 0; i < ROWS_N; i++)
        check_row(&rows[i], i + 1);
    RUN(plurals);
    RUN(queries_are_in_articles);
    RUN(words_are_read_at_once);
    RUN(any_bytes);
    RUN(a_megabyte_word);
    RUN(stems);
    RUN(accents_share_a_stem);
    RUN(languages);
    RUN(terms);
    RUN(analysis_has_a_name);
    tokenizer_free(tokenizer);
    return test_end();
}
