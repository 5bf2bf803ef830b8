/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language.c - which language a text is in
 *
 * Letters are counted by script.  Where a script belongs to one language of
 * those known, that is it; Arabic and Cyrillic are told by letters that only
 * some of their languages have.  For Latin letters, each word is looked up
 * among the commonest words of each language (below), in their own spelling; a
 * word that is not among them counts by its ending, if that is common.  The
 * more languages share a word, the less it says.  The best language wins if
 * its score is enough for the number of words and if it leads.
 *
 * Pidgin takes most of its words from English, so English needs no lead on it.
 */
#include "language.h"

#include <pthread.h>

#include "../base/hash.h"
#include "../base/utf8.h"

enum {
    WORD_MAX = 20, /* bytes; function words are short */
    WORDS_MIN = 4, /* fewer words tell nothing */
    ENDING_MIN = 3,
    ENDING_MAX = 5, /* bytes */
    TABLE = 4096
};

/* Added to the hash, so that one table has both. */
static const uint64_t of_word = 0, of_ending = 0x9E3779B97F4A7C15u;

/* In the order of how often news is in them, which breaks ties. */
static const struct {
    const char *code, *words, *endings;
} latin[] = {
    {"en",
     "the of and to in that is was for on with as he it his at "
     "by from are this have be not which had were but they or an "
     "said their has been who will its would we you after new "
     "more about than into could there can when what if out up "
     "says over how why after you your us her she all no first "
     "year two one",
     "ing tion ions ness ment ally able ship ight ough ies ked "
     "ted sed red ned led ous ity ers"},
    {"de",
     "der die und in den von zu das mit sich des auf für ist im "
     "dem nicht ein eine als auch es an werden aus er hat dass "
     "sie nach wird bei einer um am sind noch wie einem über so "
     "zum war haben nur oder aber vor zur bis mehr durch man "
     "sein wurde sei ihre",
     "ung gen ten lich keit heit chen isch ische ngen tte ern "
     "schen eren ungen sche"},
    {"fr",
     "de la le et les des en un du une que est pour qui dans par "
     "plus pas au sur ne se ce il sont avec aux été elle cette "
     "mais ont son ses à a leur nous comme ou si entre sans fait "
     "deux après être ces selon d'un d'une c'est qu'il l'on",
     "tion eur eux ique elle ette aire ais ait ées ille ance "
     "ière tions és"},
    {"es",
     "de la que el en y a los se del las un por con no una su "
     "para es al lo como más o pero sus le ha si sin sobre este "
     "ya entre cuando todo esta ser son dos también fue había "
     "era muy años hasta desde está según",
     "ción ado ados idad ando iente ones ista mente ero cia "
     "ciones ía"},
    {"it",
     "di e il la che in a per un è non del sono una le con si da "
     "dei al alla nel della come più ha anche gli ma delle "
     "questo i lo dal nella stato dalla degli ai sul se anni "
     "hanno",
     "zione ioni ato ità ando mente ello etti iamo ggio ano ezza"},
    {"pt",
     "de a o que e do da em um para com não uma os no se na por "
     "mais as dos como mas ao ele das à seu sua ou são também "
     "pela pelo foi até isso está entre era depois sem mesmo aos "
     "ter",
     "ção ções ado dade ando mente eiro inho agem ência ões"},
    {"nl",
     "de van een het en in is dat op te zijn voor met die niet "
     "aan er om ook als bij maar uit door naar heeft wordt hij "
     "nog over worden dan tot werd zich hebben was meer deze of "
     "kan",
     "heid lijk ijk aar oor oek sche eren ijn ijke ingen"},
    {"sv",
     "och i att det som en på är av för med till den har de inte "
     "om ett men var sig från vi så kan han nu när vid också "
     "efter ska enligt mot eller blir under",
     "ade ning ingar arna erna het ande iska ens tta nde"},
    {"da",
     "og i at det er en til på for den af med de som ikke der et "
     "har var fra vi kan sig men om han blev være efter også ved "
     "mod siger nu skal over eller ud år hun",
     "ede erne hed else ende lse igt ske"},
    {"no",
     "og i det er på en til som å for av at med de har ikke den "
     "et om var fra men vi kan han seg ble etter også ved mot "
     "sier nå skal være over eller ut år hun fikk",
     "ene het else ende ning lse ske sjon"},
    {"fi",
     "ja on ei että se oli hän mutta ovat kun myös niin mukaan "
     "joka sen tai kuin ole voi mitä hänen olla jos vain ollut "
     "jotka sekä nyt vuoden sanoo",
     "nen sta ssa lla ista inen ksen minen ään aan tti sään"},
    {"hu",
     "a az és hogy nem is egy volt meg ez de már csak el még "
     "szerint mint kell azt van ki fel vagy ezt nagy ha lesz így "
     "pedig után",
     "ban ben nak nek ból ság tak ott ett ása ése ség nál ket "
     "kat"},
    {"ro",
     "de în și la a cu pe din o un nu care ce mai este că pentru "
     "au fost sunt prin după să ar fi al sa lui ale dar şi",
     "ului ilor ție ești are ată ții lor rea eaza"},
    {"pl",
     "w i na się z do nie to że jest o jak za po przez dla od "
     "jego ale są oraz już był roku ze tym co które który tego "
     "przed także być czy lat",
     "ego owa owy ych nie ość ości ami ach ski ował ania skiej "
     "rze"},
    {"cs",
     "a se v na je že o s do i za by pro jako ale to po jsou byl "
     "k také nebo podle který která které roku od ve si až být "
     "kde",
     "ých ého ová ní ost ech ami ský ích ení oval"},
    {"tr",
     "ve bir bu da de için ile olarak daha çok olan gibi ne "
     "kadar sonra en ya ise olduğu var dedi her ancak o iki "
     "büyük göre",
     "lar ler ları leri dan den nın yor mak mek ında inde ndan"},
    {"sq",
     "të e në dhe i një për me se nga është që ka më do si u "
     "janë kjo nuk por tij ky kanë duke ai edhe ishte pas",
     "imi uar ive ëve shme met ësi ohet ojë ndi"},
    {"id",
     "yang dan di untuk dengan pada dari ini dalam tidak itu "
     "akan adalah ke oleh juga telah bisa ada tersebut karena "
     "mereka lebih sudah saat",
     "kan nya asi gan"},
    {"ca",
     "de la i el que a en les per del un amb els una no es al "
     "més ha com dels aquest aquesta són també però va ser des "
     "fins",
     "ció ment itat ats ència iques esa"},
    {"hr",
     "je i u na se da za su od s će kao koji nije iz to bi a do "
     "o što koje bio ali po te koja samo",
     "ije nje anja ima ski oga ova ama iju nja"},
    {"ha",
     "da a ya na ta ne ce cewa ba an sun shi wannan ga yi su ke "
     "mai cikin kuma wajen don wata wani ta'addanci shugaban zai "
     "ko masu daga dai tun yadda",
     ""},
    {"yo",
     "ti ni ń àwọn tí sí ó fún wọn pé láti nínú náà awon bi lo "
     "ati fun si wa kan jẹ ṣe kò orílẹ̀ sọ ilé ọmọ àti bí lórí "
     "ijoba",
     ""},
    {"sw",
     "ya na wa kwa ni la za katika kuwa hiyo huo cha alisema "
     "yake hii lakini baada watu huyo wake vya kama hilo kutoka "
     "zaidi",
     ""},
    {"pcm",
     "di dey wey dem dis im na don wetin wit pipo tok dia afta "
     "wen oda kontri tori confam sabi bin sey pesin go fit e for "
     "and to say one be how as from no make she on who he her "
     "inside till many after i you dat una wia come get see as "
     "with",
     "ing tion ions ness ment ally able ship ight ough ies ked "
     "ted sed red ned led ous ity ers"},
};
enum { LATIN_N = sizeof latin / sizeof *latin };

/* Scripts that tell a language by themselves, by their code points. */
static const struct {
    uint32_t first, last;
    const char *code;
} script[] = {
    {0x0370, 0x03FF, "el"}, {0x1F00, 0x1FFF, "el"}, {0x0530, 0x058F, "hy"},
    {0x0590, 0x05FF, "he"}, {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"},
    {0x0A00, 0x0A7F, "pa"}, {0x0A80, 0x0AFF, "gu"}, {0x0B80, 0x0BFF, "ta"},
    {0x0C00, 0x0C7F, "te"}, {0x0C80, 0x0CFF, "kn"}, {0x0D00, 0x0D7F, "ml"},
    {0x0D80, 0x0DFF, "si"}, {0x0E00, 0x0E7F, "th"}, {0x0E80, 0x0EFF, "lo"},
    {0x1000, 0x109F, "my"}, {0x10A0, 0x10FF, "ka"}, {0x1200, 0x137F, "am"},
    {0x1780, 0x17FF, "km"}, {0x3040, 0x30FF, "ja"}, {0xAC00, 0xD7AF, "ko"},
    {0x4E00, 0x9FFF, "zh"},
};
enum { SCRIPT_N = sizeof script / sizeof *script };

static const char *const others[] = {"ru", "uk", "bg", "sr", "ar", "fa", "ur"};
enum { OTHERS_N = sizeof others / sizeof *others };

const char *
language_known(size_t i)
{
    if (i < LATIN_N)
        return latin[i].code;
    i -= LATIN_N;
    if (i < OTHERS_N)
        return others[i];
    i -= OTHERS_N;
    for (size_t k = 0; k < SCRIPT_N; k++)
        if ((k == 0 || script[k].code != script[k - 1].code) && i-- == 0)
            return script[k].code;
    return NULL;
}

/* ---- the table of words ------------------------------------------------- */

/* Open addressing; a word's languages are bits in the order of `latin`. */
static struct {
    uint64_t hash;
    uint32_t languages;
} table[TABLE];
static pthread_once_t table_made = PTHREAD_ONCE_INIT;

static size_t
slot_of(uint64_t hash)
{
    size_t i = hash & (TABLE - 1);

    while (table[i].hash != 0 && table[i].hash != hash)
        i = (i + 1) & (TABLE - 1);
    return i;
}

/* Enter a list of words or endings for language `l`. */
static void
enter(const char *s, uint32_t l, uint64_t kind)
{
    while (*s) {
        size_t len = strcspn(s, " ");
        uint64_t hash = hash64(s, len) ^ kind;
        size_t i = slot_of(hash);

        table[i].hash = hash;
        table[i].languages |= (uint32_t)1 << l;
        s += len + (s[len] == ' ');
    }
}

static void
make_table(void)
{
    for (uint32_t l = 0; l < LATIN_N; l++) {
        enter(latin[l].words, l, of_word);
        enter(latin[l].endings, l, of_ending);
    }
}

_Static_assert(LATIN_N <= 32, "a word's languages are 32 bits");

/* ---- counting ----------------------------------------------------------- */

struct counts {
    size_t latin, cyrillic, arabic, words;
    size_t script[SCRIPT_N];
    size_t uk, bg, sr, ru, ur, fa; /* letters that only these have */
    double score[LATIN_N];
};

/* Give `all` to each of the languages, and `shared` to them together. */
static void
credit(struct counts *c, uint32_t languages, double all, double shared)
{
    int n = 0;

    for (uint32_t rest = languages; rest; rest &= rest - 1)
        n++;
    for (size_t l = 0; l < LATIN_N && n > 0; l++)
        if (languages >> l & 1)
            c->score[l] += all + shared / n;
}

static uint32_t
known(const char *s, size_t len, uint64_t kind)
{
    return table[slot_of(hash64(s, len) ^ kind)].languages;
}

/* The longest ending that is known; each leaves something of the word. */
static void
count_ending(struct counts *c, const char *word, size_t len)
{
    uint32_t languages = 0;

    for (size_t n = ENDING_MAX; n >= ENDING_MIN && !languages; n--)
        if (len > n + 1)
            languages = known(word + len - n, n, of_ending);
    credit(c, languages, 0, 0.5);
}

static void
count_word(struct counts *c, const char *word, size_t len)
{
    uint32_t languages;

    if (len == 0)
        return;
    c->words++;
    if (len > WORD_MAX)
        return;
    languages = known(word, len, of_word);
    if (languages && len == 1) /* may be an initial */
        credit(c, languages, 0.15, 0.35);
    else if (languages)
        credit(c, languages, 0.4, 0.6);
    else
        count_ending(c, word, len);
}

static void
count_cyrillic(struct counts *c, uint32_t cp)
{
    c->cyrillic++;
    c->uk += cp == 0x0456 || cp == 0x0457 || cp == 0x0454 || cp == 0x0491;
    c->ru += cp == 0x044B || cp == 0x044D || cp == 0x0451;
    c->bg += cp == 0x044A;
    c->sr += cp == 0x0452 || (cp >= 0x0458 && cp <= 0x045B) || cp == 0x045F;
}

static void
count_arabic(struct counts *c, uint32_t cp)
{
    c->arabic++;
    c->ur += cp == 0x0679 || cp == 0x0688 || cp == 0x0691 || cp == 0x06BA ||
             cp == 0x06BE || cp == 0x06C1 || cp == 0x06D2;
    c->fa += cp == 0x067E || cp == 0x0686 || cp == 0x0698 || cp == 0x06AF ||
             cp == 0x06A9 || cp == 0x06CC;
}

static bool
count_letter(struct counts *c, uint32_t cp)
{
    if ((cp >= 0xC0 && cp <= 0x24F) || (cp >= 0x1E00 && cp <= 0x1EFF) ||
        (cp >= 0x300 && cp <= 0x36F)) {
        c->latin++;
        return true;
    }
    if (cp >= 0x0400 && cp <= 0x04FF)
        count_cyrillic(c, cp);
    else if ((cp >= 0x0620 && cp <= 0x06D3) || (cp >= 0xFB50 && cp <= 0xFDFF))
        count_arabic(c, cp);
    for (size_t i = 0; i < SCRIPT_N; i++)
        c->script[i] += cp >= script[i].first && cp <= script[i].last;
    return false;
}

/* Lower case of what the words above have: the capitals of Latin-1, whose
 * small letters are at +32, and of Extended-A, where they follow. */
static uint32_t
lower(uint32_t cp)
{
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7)
        return cp + 32;
    if (cp == 0x130)
        return 'i';
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E))
        return cp + (cp & 1);
    return cp >= 0x100 && cp <= 0x177 ? cp | 1 : cp;
}

static void
count_text(struct counts *c, struct morgue_str s)
{
    char word[WORD_MAX + 8];
    size_t len = 0;
    const char *at, *end;

    s.len = utf8_floor(s, LANGUAGE_BYTES);
    at = s.s;
    end = s.s + s.len;
    while (s.len > 0 && at < end) {
        uint32_t cp;
        bool letter = true;

        at += utf8_decode(at, end, &cp, NULL);
        if (cp < 0x80 && is_alpha((char)cp)) {
            cp = (uint32_t)to_lower((char)cp);
            c->latin++;
        } else if (cp == 0x2019 || cp == '\'') {
            cp = '\'';
            letter = len > 0;
        } else {
            letter = cp >= 0x80 && count_letter(c, cp);
            cp = lower(cp);
        }
        if (!letter) {
            count_word(c, word, len);
            len = 0;
        } else if (len <= WORD_MAX) {
            len += utf8_encode(cp, word + len);
        }
    }
    count_word(c, word, len);
}

/* ---- deciding ----------------------------------------------------------- */

/* The language with the highest score but for `except`, the first of equals.
 */
static size_t
best_but(const struct counts *c, size_t except)
{
    size_t best = except == 0 ? 1 : 0;

    for (size_t l = best + 1; l < LATIN_N; l++)
        if (l != except && c->score[l] > c->score[best])
            best = l;
    return best;
}

static const char *
decide_latin(const struct counts *c)
{
    size_t best = best_but(c, LATIN_N), second = best_but(c, best);
    double least = 0.07 * (double)c->words + 0.3;

    /* Pidgin's words are English ones, and some more. */
    if (best == 0 && second == LATIN_N - 1)
        return c->score[best] >= least ? latin[best].code : "";
    if (c->words < WORDS_MIN || c->score[best] < least ||
        c->score[best] < c->score[second] * 1.05)
        return "";
    return latin[best].code;
}

static const char *
decide_cyrillic(const struct counts *c)
{
    if (c->sr * 50 > c->cyrillic)
        return "sr";
    if (c->uk * 50 > c->cyrillic && c->uk > c->ru)
        return "uk";
    if (c->ru == 0 && c->bg * 100 > c->cyrillic)
        return "bg";
    return c->cyrillic >= 8 ? "ru" : "";
}

static const char *
decide_arabic(const struct counts *c)
{
    if (c->ur * 33 > c->arabic)
        return "ur";
    if (c->fa * 20 > c->arabic)
        return "fa";
    return c->arabic >= 8 ? "ar" : "";
}

static const char *
decide_script(const struct counts *c, size_t others_n)
{
    size_t best = 0, kana = 0;

    for (size_t i = 0; i < SCRIPT_N; i++) {
        if (c->script[i] > c->script[best])
            best = i;
        if (script[i].first == 0x3040)
            kana = c->script[i];
    }
    if (c->script[best] < 4 || c->script[best] < others_n)
        return NULL;
    /* Japanese has Chinese characters too, and often more of them. */
    if (strcmp(script[best].code, "zh") == 0 && kana * 20 > c->script[best])
        return "ja";
    return script[best].code;
}

const char *
language_detect(struct morgue_str title, struct morgue_str body)
{
    struct counts c = {0};
    const char *code;
    size_t most;

    pthread_once(&table_made, make_table);
    count_text(&c, title);
    count_text(&c, body);
    most = c.latin > c.cyrillic ? c.latin : c.cyrillic;
    if (c.arabic > most)
        most = c.arabic;
    /* A character of those scripts says more than a letter. */
    code = decide_script(&c, most / 3);
    if (code)
        return code;
    if (c.cyrillic == most && most > 0)
        return decide_cyrillic(&c);
    if (c.arabic == most && most > 0)
        return decide_arabic(&c);
    return decide_latin(&c);
}
