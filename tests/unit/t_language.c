/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_language.c - tests of language_detect: pairs of languages that are hard to
 * tell, texts that are hardly any, and, with the shared corpora, how many
 * articles are told as their labels say
 */
#include "../../common/text/language.h"
#include "source_help.h"

static const struct {
    const char *lang, *text;
} rows[] = {
    /* near relatives */
    {"da", "Ministeren siger, at regeringen ikke vil hæve skatten i år, men "
           "at kommunerne selv må finde pengene."},
    {"no", "Statsråden sier at regjeringen ikke vil øke skatten i år, men at "
           "kommunene selv må finne pengene."},
    {"no", "Statsråden seier at regjeringa ikkje vil auke skatten i år, men "
           "at kommunane sjølve må finne pengane."},
    {"sv", "Ministern säger att regeringen inte vill höja skatten i år, men "
           "att kommunerna själva måste hitta pengarna."},
    {"is", "Ráðherrann segir að ríkisstjórnin ætli ekki að hækka skatta á "
           "þessu ári og að sveitarfélögin verði að finna féð sjálf."},
    {"cs", "Ministr řekl, že vláda letos daně nezvýší a že obce si musí "
           "peníze najít samy."},
    {"sk", "Minister povedal, že vláda tento rok dane nezvýši a že obce si "
           "musia peniaze nájsť samy."},
    {"sl", "Minister je povedal, da vlada letos ne bo zvišala davkov in da "
           "morajo občine denar najti same."},
    {"hr", "Ministar je kazao da vlada ove godine neće povisiti poreze te da "
           "općine moraju same pronaći novac, što je vijest tjedna."},
    {"sr", "Ministar je rekao da vlada ove godine neće povećati poreze i da "
           "opštine moraju same da nađu novac posle nedelju dana."},
    {"sr", "Министар је рекао да влада ове године неће повећати порезе и да "
           "општине морају саме да нађу новац."},
    {"pt", "O ministro disse que o governo não vai aumentar os impostos este "
           "ano e que as câmaras terão de encontrar o dinheiro."},
    {"es", "El ministro dijo que el gobierno no subirá los impuestos este año "
           "y que los municipios tendrán que encontrar el dinero."},
    {"gl", "O ministro dixo que o goberno non vai subir os impostos este ano "
           "e que os concellos terán que atopar o diñeiro."},
    {"ca", "El ministre va dir que el govern no apujarà els impostos aquest "
           "any i que els ajuntaments hauran de trobar els diners."},
    {"it", "Il ministro ha detto che il governo non aumenterà le tasse "
           "quest'anno e che i comuni dovranno trovare i soldi da soli."},
    {"ro", "Ministrul a spus că guvernul nu va crește taxele anul acesta și "
           "că primăriile trebuie să găsească singure banii."},
    {"ro", "Ministrul a spus ca guvernul nu va creste taxele anul acesta si "
           "ca primariile trebuie sa gaseasca singure banii."},
    {"id", "Menteri mengatakan bahwa pemerintah tidak akan menaikkan pajak "
           "tahun ini karena daerah harus mencari uang sendiri."},
    {"ms", "Menteri berkata kerajaan tidak akan menaikkan cukai tahun ini "
           "kerana majlis daerah perlu mencari wang sendiri, kata beliau."},
    {"nl", "De minister zei dat de regering de belasting dit jaar niet "
           "verhoogt en dat de gemeenten zelf het geld moeten vinden."},
    {"af", "Die minister het gesê dat die regering nie vanjaar belasting gaan "
           "verhoog nie en dat munisipaliteite self die geld moet kry."},
    {"fi", "Ministeri sanoi, että hallitus ei nosta veroja tänä vuonna ja "
           "että kuntien on löydettävä rahat itse."},
    {"et",
     "Minister ütles, et valitsus ei tõsta sel aastal makse ja et vallad "
     "peavad raha ise leidma."},
    {"lt", "Ministras sakė, kad vyriausybė šiais metais nedidins mokesčių ir "
           "kad savivaldybės pinigų turės rasti pačios."},
    {"lv", "Ministrs teica, ka valdība šogad nepaaugstinās nodokļus un ka "
           "pašvaldībām nauda būs jāatrod pašām."},
    {"tr",
     "Bakan, hükümetin bu yıl vergileri artırmayacağını ve belediyelerin "
     "parayı kendilerinin bulması gerektiğini söyledi."},
    {"az", "Nazir bildirdi ki, hökumət bu il vergiləri artırmayacaq və "
           "bələdiyyələr pulu özləri tapmalıdır."},
    {"ru", "Министр сказал, что правительство не будет повышать налоги в этом "
           "году и что города должны сами найти деньги."},
    {"uk", "Міністр сказав, що уряд не підвищуватиме податки цього року і що "
           "міста мають самі знайти гроші."},
    {"be", "Міністр сказаў, што ўрад не будзе павышаць падаткі ў гэтым годзе "
           "і што гарады павінны самі знайсці грошы."},
    {"bg", "Министърът каза, че правителството няма да повиши данъците тази "
           "година и че общините трябва сами да намерят пари."},
    {"mk", "Министерот рече дека владата нема да ги зголеми даноците оваа "
           "година и дека општините мора сами да најдат пари."},
    {"kk", "Министр үкімет биыл салықты көтермейді және қалалар ақшаны өздері "
           "табуы керек деді."},
    {"ar", "قال الوزير إن الحكومة لن ترفع الضرائب هذا العام وإن على البلديات "
           "أن تجد المال بنفسها."},
    {"fa", "وزیر گفت که دولت امسال مالیات را افزایش نخواهد داد و شهرها باید "
           "خودشان پول را پیدا کنند."},
    {"ur", "وزیر نے کہا کہ حکومت اس سال ٹیکس نہیں بڑھائے گی اور شہروں کو خود "
           "پیسے تلاش کرنے ہوں گے۔"},
    {"ps", "وزیر وویل چې حکومت به سږ کال مالیات نه زیاتوي او ښارونه باید "
           "پیسې پخپله پیدا کړي."},
    {"hi",
     "मंत्री ने कहा कि सरकार इस साल कर नहीं बढ़ाएगी और शहरों को पैसा खुद खोजना होगा।"},
    {"mr",
     "मंत्री म्हणाले की सरकार यावर्षी कर वाढवणार नाही आणि शहरांना पैसे स्वतः शोधावे "
     "लागतील."},
    {"ne", "मन्त्रीले भने कि सरकारले यस वर्ष कर बढाउने छैन र सहरहरूले पैसा आफैं खोज्नुपर्छ।"},
    {"he", "השר אמר כי הממשלה לא תעלה את המסים השנה וכי הערים יצטרכו למצוא "
           "את הכסף בעצמן."},
    {"am", "ሚኒስትሩ መንግሥት በዚህ ዓመት ግብር እንደማይጨምር ተናግረዋል።"},
    {"ti", "እቲ ሚኒስተር መንግስቲ ኣብዚ ዓመት ግብሪ ከምዘይውስኽ ተዛሪቡ።"},
    {"eu", "Ministroak esan du gobernuak ez dituela zergak igoko aurten eta "
           "udalek dirua beraiek aurkitu beharko dutela."},
    {"ga", "Dúirt an t-aire nach n-ardóidh an rialtas cánacha i mbliana agus "
           "go gcaithfidh na comhairlí an t-airgead a aimsiú."},
    {"cy", "Dywedodd y gweinidog na fydd y llywodraeth yn codi trethi eleni a "
           "bod rhaid i gynghorau ddod o hyd i'r arian."},
    {"vi", "Bộ trưởng nói rằng chính phủ sẽ không tăng thuế trong năm nay và "
           "các thành phố phải tự tìm tiền."},
    {"el", "Ο υπουργός είπε ότι η κυβέρνηση δεν θα αυξήσει τους φόρους."},
    {"ka", "მინისტრმა თქვა, რომ მთავრობა გადასახადებს არ გაზრდის."},
    {"hy", "Նախարարն ասաց, որ կառավարությունը հարկերը չի բարձրացնի։"},
    {"zh", "部长说，政府今年不会增税，《日报》报道。"},
    {"ja", "大臣は今年、増税しないと述べた。"},
    {"ko", "장관은 올해 세금을 올리지 않겠다고 말했다."},
    {"km", "រដ្ឋមន្ត្រីបាននិយាយថារដ្ឋាភិបាលនឹងមិនដំឡើងពន្ធទេ។"},
    /* English that looks like something else */
    {"en", "Szymanowski and Kowalczyk met Wojciechowska in Łódź to talk about "
           "the sale of the Zgierz mill."},
    {"en",
     "Shr 34 cts vs 1.20 dlrs. Net 5,210,000 vs 18.4 mln. Revs 236.1 mln "
     "vs 251.9 mln. Avg shrs 15.3 mln."},
    {"en", "OPEN HIGH LOW CLOSE MAY7 1873L 1892 1873 JUN7 1842L 1858 1840 "
           "GRAIN FUTURES CLOSING PRICES CHICAGO"},
    {"en", "THE PRESIDENT SAID THAT HE WOULD NOT SIGN THE TREATY , AND THAT "
           "THE SENATE KNEW IT ."},
    {"en", "<p>The bridge&nbsp;was closed</p> <a href=\"http://x.example/de/"
           "und/der/die\">on Monday</a>, the council said.<br/>"},
    {"en", "The phrase \"der Himmel über Berlin\" was on the wall when the "
           "police came in, and nobody could say what it was for."},
    {"pcm", "Di minister say goment no go add money for tax dis year and e "
            "don tell pipo wey dey complain make dem wait."},
    /* capitals and markup elsewhere */
    {"de", "DER MINISTER SAGTE, DASS DIE REGIERUNG DIE STEUERN NICHT ERHÖHT"},
    {"ru", "МИНИСТР СКАЗАЛ, ЧТО НАЛОГИ НЕ БУДУТ ПОВЫШАТЬ В ЭТОМ ГОДУ"},
    {"fr", "<div class=\"the-text of-this\"><p>Le pont sera ferm&eacute; "
           "pendant les travaux, a dit la mairie.</p></div>"},
    {"yo",
     "A\u0300wo\u0323n o\u0323lo\u0301pa\u0300a\u0301 ti so\u0323 pe\u0301 "
     "wo\u0323n yo\u0300o\u0301 ti ile\u0301 na\u0300a\u0301 pa"},
    /* hardly a text */
    {"", ""},
    {"", "Reuters"},
    {"", "1,234 5,678 9.10 11/12 13-14"},
    {"", "1234 5678 ABC7 XK12 Q4"},
    {"", "mkjh gfds pqrt"},
    {"", "\xff\xfe\x80 \xc3"},
    {"", "..... ----- *****"},
};

static void
sentences(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct morgue_str text = str_of(rows[i].text);

        CHECK_STR(language_detect(STR(""), text), rows[i].lang);
        CHECK_STR(language_detect(text, STR("")), rows[i].lang);
    }
}

/* A notice at the top, of some hundred bytes, does not make a text English. */
static void
a_notice_above(void)
{
    struct buf text;

    buf_init(&text, 1 << 16);
    buf_printf(&text, "%s",
               "This site uses cookies. Please read our terms of service "
               "before you go on to the article below.\n");
    for (int i = 0; i < 20; i++)
        buf_printf(&text, "%s",
                   "Der Minister sagte, dass die Regierung die Steuern "
                   "in diesem Jahr nicht erhöhen werde.\n");
    CHECK_STR(language_detect(STR(""), buf_view(&text)), "de");
    buf_free(&text);
}

/* Any cut of any text is taken, and no byte outside of it is read. */
static void
any_cut(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t n = 0; n <= strlen(rows[i].text); n += 7) {
            char *copy = malloc(n + 1);

            if (!copy)
                SKIP("no memory");
            memcpy(copy, rows[i].text, n);
            CHECK(language_detect(str_slice(copy, n), str_slice(copy, n)) !=
                  NULL);
            free(copy);
        }
}

static void
each_language_is_named_once(void)
{
    for (size_t i = 0; language_known(i); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(language_known(i), language_known(k)) != 0);
}

/* ---- the shared corpora ------------------------------------------------- */

enum { LANGS_MAX = 64, SHORT = 200 };

static struct tally {
    char lang[8];
    size_t n, whole, title, titles, start, undetermined;
} tallies[LANGS_MAX];

static struct tally *
tally_of(struct morgue_str lang)
{
    size_t i = 0;

    while (i < LANGS_MAX - 1 && tallies[i].lang[0] &&
           !str_eq(str_of(tallies[i].lang), lang))
        i++;
    snprintf(tallies[i].lang, sizeof tallies[i].lang, "%.*s", (int)lang.len,
             lang.s);
    return &tallies[i];
}

static enum morgue_status
count_article(const struct morgue_article *a,
              const struct morgue_origin *origin, void *payload,
              struct morgue_error *err)
{
    struct morgue_str lang = a->lang.len ? a->lang : STR("en");
    struct tally *t = tally_of(lang);
    struct morgue_str start = str_slice(a->body.s, utf8_floor(a->body, SHORT));
    const char *got = language_detect(a->title, a->body);

    (void)origin, (void)payload, (void)err;
    t->n++;
    t->whole += str_eq(str_of(got), lang);
    t->undetermined += !*got;
    t->titles += a->title.len > 0;
    t->title += a->title.len > 0 &&
                str_eq(str_of(language_detect(a->title, STR(""))), lang);
    t->start += str_eq(str_of(language_detect(STR(""), start)), lang);
    return MORGUE_OK;
}

static double
share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

/* Count the articles under `path`; all together. */
static struct tally
count_all(const char *path)
{
    const struct sink sink = {count_article, ignore_problem, NULL};
    struct tally all = {.lang = "all"};
    struct morgue_error err;

    memset(tallies, 0, sizeof tallies);
    CHECK_INT(source_read(path, NULL, &sink, &err), MORGUE_OK);
    for (size_t i = 0; i < LANGS_MAX && tallies[i].n > 0; i++) {
        const struct tally *t = &tallies[i];

        printf("# %-3s %6zu articles: %.4f right, %.4f by the title, "
               "%.4f by %d bytes\n",
               t->lang, t->n, share(t->whole, t->n),
               share(t->title, t->titles), share(t->start, t->n), SHORT);
        all.n += t->n;
        all.whole += t->whole;
        all.undetermined += t->undetermined;
        CHECK(share(t->whole, t->n) >= 0.97);
    }
    return all;
}

static void
labelled_news(void)
{
    const char *path = shared("news");
    struct tally all;

    if (!path)
        SKIP("the shared corpora are not here");
    all = count_all(path);
    printf("# %zu articles: %.4f right\n", all.n, share(all.whole, all.n));
    CHECK(share(all.whole, all.n) >= 0.99);
}

static void
english_wire_news(void)
{
    const char *path = shared("reuters-21578");
    struct tally all;
    size_t wrong;

    if (!path)
        SKIP("the shared corpora are not here");
    all = count_all(path);
    wrong = all.n - all.whole - all.undetermined;
    printf("# %zu articles: %zu in a wrong language\n", all.n, wrong);
    CHECK(wrong * 1000 <= all.n * 2);
}

int
main(void)
{
    RUN(sentences);
    RUN(a_notice_above);
    RUN(any_cut);
    RUN(each_language_is_named_once);
    RUN(labelled_news);
    RUN(english_wire_news);
    return test_end();
}
