/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_language.c - tests of language_guess: pairs of languages that are hard to
 * tell, headlines, texts that are hardly any, and, with the shared corpora,
 * how many articles are told as their labels say, and how often what is sure
 * is right
 */
#include "../../common/base/utf8.h"
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

        CHECK_STR(language_guess(STR(""), text).code, rows[i].lang);
        CHECK_STR(language_guess(text, STR("")).code, rows[i].lang);
    }
}

/* ---- short texts -------------------------------------------------------- */

/* Told by themselves, however short. */
static const char *const short_rows[][2] = {
    {"ru", "Курс рубля упал"},
    {"ru", "В Москве пожар"},
    {"ru", "Погибли пять человек"},
    {"ru", "ВЛАСТИ ЗАКРЫЛИ МОСТ"},
    {"ru", "Цены на нефть выросли на 4 %"},
    {"ru", "Президент посетил Казань"},
    {"ru", "Министр подал в отставку"},
    {"uk", "Ціни на хліб зросли"},
    {"uk", "Поліція Києва шукає свідків"},
    {"uk", "УРЯД ЗМІНИВ ПОДАТКИ З 1 СІЧНЯ"},
    {"be", "У Мінску адкрылі новы мост"},
    {"be", "Цэны на хлеб выраслі"},
    {"bg", "София: мачът е отложен"},
    {"bg", "Цените на хляба се вдигат"},
    {"bg", "ВЛАКЪТ ОТ ПЛОВДИВ ЗАКЪСНЯ"},
    {"sr", "Београд: мост је затворен већ 2 дана"},
    {"sr", "ЉУДИ СУ ЧЕКАЛИ ЦЕО ДАН"},
    {"mk", "Скопје: мостот ќе биде затворен"},
    {"mk", "ЦЕНИТЕ НА ЛЕБОТ ЌЕ РАСТАТ"},
    {"kk", "Нан бағасы көтерілді"},
    {"ja", "首相、あす訪米"},
    {"ja", "東京株、続落"},
    {"ja", "県知事選挙"},
    {"ja", "大雨で鉄道運休"},
    {"zh", "经济增长放缓"},
    {"zh", "总统访问北京"},
    {"zh", "股市开盘下跌 2%"},
    {"zh", "她說：你們來吧"},
    {"zh", "味の素公司宣布进军华东市场"},
    {"ko", "총리, 내일 방문"},
    {"el", "Νέα μέτρα"},
    {"he", "הממשלה תתכנס היום"},
    {"ar", "ارتفاع أسعار الخبز"},
    {"fa", "افزایش قیمت نان در تهران"},
    {"ur", "روٹی کی قیمت میں اضافہ"},
    {"hi", "रोटी के दाम बढ़ गए हैं"},
    {"am", "የዳቦ ዋጋ ጨመረ"},
    {"th", "ราคาขนมปังขึ้น"},
    {"ka", "პურის ფასი"},
    {"hy", "Հացի գինը"},
};

static void
short_texts(void)
{
    for (size_t i = 0; i < sizeof short_rows / sizeof *short_rows; i++) {
        struct morgue_str text = str_of(short_rows[i][1]);

        CHECK_STR(language_guess(text, STR("")).code, short_rows[i][0]);
        CHECK_STR(language_guess(STR(""), text).code, short_rows[i][0]);
    }
}

/* Headlines: told rightly, or not surely, and then what is right fits. */
static const char *const headlines[][2] = {
    {"de", "Regierung streitet über neue Steuern für Autos"},
    {"de", "BÜRGERMEISTER TRITT NACH 12 JAHREN ZURÜCK"},
    {"fr", "Le pont sera fermé jusqu'au 14 mars"},
    {"fr", "GRÈVE DES TRAINS : LE MINISTRE REÇOIT LES SYNDICATS"},
    {"es", "El puente estará cerrado hasta el 14 de marzo"},
    {"es", "LOS MÉDICOS VUELVEN A LA HUELGA EN TRES CIUDADES"},
    {"it", "Il ponte resterà chiuso fino al 14 marzo"},
    {"it", "SCIOPERO DEI TRENI, IL MINISTRO CONVOCA I SINDACATI"},
    {"pt", "A ponte vai ficar fechada até 14 de março"},
    {"pt", "MÉDICOS VOLTAM À GREVE EM TRÊS CIDADES"},
    {"nl", "De brug blijft dicht tot 14 maart, zegt de gemeente"},
    {"nl", "ARTSEN LEGGEN HET WERK NEER IN DRIE STEDEN"},
    {"sv", "Bron stängs till den 14 mars, säger kommunen"},
    {"sv", "LÄKARE I TRE STÄDER GÅR UT I STREJK"},
    {"da", "Broen bliver lukket indtil den 14. marts, siger kommunen"},
    {"no", "Broen blir stengt fram til 14. mars, sier kommunen"},
    {"fi", "Silta on suljettuna 14. maaliskuuta asti"},
    {"fi", "LÄÄKÄRIT MENEVÄT LAKKOON KOLMESSA KAUPUNGISSA"},
    {"et", "Sild on suletud kuni 14. märtsini, ütles linnavalitsus"},
    {"lv", "Tilts būs slēgts līdz 14. martam, saka dome"},
    {"lt", "Tiltas bus uždarytas iki kovo 14 dienos"},
    {"pl", "Most będzie zamknięty do 14 marca"},
    {"pl", "LEKARZE ZNÓW STRAJKUJĄ W TRZECH MIASTACH"},
    {"cs", "Most bude zavřený až do 14. března"},
    {"cs", "LÉKAŘI VE TŘECH MĚSTECH ZNOVU STÁVKUJÍ"},
    {"sk", "Most bude zatvorený až do 14. marca, tvrdí mesto"},
    {"sl", "Most bo zaprt do 14. marca, pravi občina"},
    {"hr", "Most će biti zatvoren do 14. ožujka, kaže općina"},
    {"sr", "Most će biti zatvoren do 14. marta, kaže opština posle sednice"},
    {"hu", "Március 14-ig zárva lesz a híd"},
    {"hu", "AZ ORVOSOK HÁROM VÁROSBAN ÚJRA SZTRÁJKOLNAK"},
    {"ro", "Podul va fi închis până pe 14 martie"},
    {"tr", "Köprü 14 Mart'a kadar kapalı olacak"},
    {"tr", "ÜÇ ŞEHİRDE DOKTORLAR YENİDEN GREVE GİDİYOR"},
    {"az", "Körpü martın 14-nə qədər bağlı olacaq"},
    {"sq", "Ura do të jetë e mbyllur deri më 14 mars"},
    {"ca", "El pont estarà tancat fins al 14 de març, diu l'ajuntament"},
    {"eu", "Zubia itxita egongo da martxoaren 14ra arte"},
    {"ga", "Beidh an droichead dúnta go dtí an 14 Márta"},
    {"cy", "Bydd y bont ar gau tan 14 Mawrth"},
    {"is", "Brúin verður lokuð til 14. mars"},
    {"vi", "Cầu sẽ đóng cửa đến ngày 14 tháng 3"},
    {"id", "Jembatan itu akan ditutup sampai 14 Maret karena rusak"},
    {"sw", "Daraja litafungwa hadi tarehe 14 Machi"},
    {"so", "Buundada waa la xiri doonaa ilaa 14ka Maarso"},
    {"ha", "Za a rufe gadar har zuwa ranar 14 ga watan Maris"},
    {"tl", "Isasara ang tulay hanggang ika-14 ng Marso"},
    {"ru", "Мост будет закрыт до 14 марта"},
    {"ru", "Выборы мэра: 3 кандидата, 1 тур"},
    {"ru", "Суд отложил дело Иванова и Кузнецова"},
    {"uk", "Київ: рух мостом закрили"},
    {"uk", "Міст буде закрито до 14 березня"},
    {"be", "Мост будзе зачынены да 14 сакавіка"},
    {"bg", "Мостът ще бъде затворен до 14 март"},
    {"mk", "Мостот ќе биде затворен до 14 март"},
    {"sr", "Мост ће бити затворен до 14. марта"},
    {"en", "Bridge to stay closed until March 14"},
    {"en", "DOCTORS IN THREE CITIES TO STRIKE AGAIN"},
    /* hardly more than names and numbers, of news in English */
    {"en", "STOCKS FALL ON WALL STREET"},
    {"en", "GRAIN PRICES CHICAGO MIDDAY"},
    {"en", "Lewandowski, Błaszczykowski doubtful for Bayern v Dortmund"},
    {"en", "Djoković beats Čilić in Umag"},
    {"en", "O'Brien, Murphy and Ní Mhaoláin win Cork seats"},
    {"en", "Llanelli 2 Caerphilly 1 Machynlleth 0 Pwllheli 0"},
    {"en", "Curriculum vitae et habeas corpus"},
    {"en", "Index 7,234.12 +0.4 Dax 13,221.01 -0.2"},
    {"en", "Boston 5 New York 4; Chicago 3 Detroit 2"},
    {"en", "Garcia, Martinez, Lopez lead Texas Open"},
    {"en", "Rossi, Ferrari, Bianchi, Monza, Imola"},
    {"en", "Kowalski Nowak Wójcik"},
    {"en", "Mwangi, Otieno, Kamau in Nairobi marathon"},
    {"en", "Abubakar, Okonkwo, Adeyemi, Musa"},
    {"en", "TOKYO GOLD CLOSE 1,284.50 VS 1,281.00"},
    {"en", "XYZ CORP 3RD QTR OPER NET"},
    {"en", "Gaussian quadrature formulas"},
    {"en", "Analog computer circuits"},
};

static void
headlines_are_told_or_not_sure(void)
{
    size_t n = sizeof headlines / sizeof *headlines, right = 0;

    for (size_t i = 0; i < n; i++) {
        struct morgue_str lang = str_of(headlines[i][0]);
        struct language_guess g =
            language_guess(str_of(headlines[i][1]), STR(""));

        if (g.sure)
            CHECK_STR(g.code, lang.s);
        if (!language_fits(&g, lang))
            printf("# not %s: %s\n", lang.s, headlines[i][1]);
        CHECK(language_fits(&g, lang));
        right += str_eq(str_of(g.code), lang);
    }
    printf("# %zu of %zu headlines right\n", right, n);
    CHECK(right * 100 >= n * 80);
}

/* What fits is what is written so; what is sure fits nothing else. */
static void
what_fits(void)
{
    struct language_guess g = language_guess(STR("В Москве пожар"), STR(""));

    CHECK(!g.sure);
    CHECK(language_fits(&g, STR("ru")));
    CHECK(language_fits(&g, STR("bg")));
    CHECK(!language_fits(&g, STR("en")));
    CHECK(!language_fits(&g, STR("zh")));
    CHECK(language_fits(&g, STR("os"))); /* not known: it may be */
    g = language_guess(STR("1,234 5,678"), STR(""));
    CHECK(!g.sure);
    CHECK(language_fits(&g, STR("en")));
    CHECK(language_fits(&g, STR("th")));
    g = language_guess(STR("国会"), STR(""));
    CHECK(!g.sure);
    CHECK(language_fits(&g, STR("ja")));
    CHECK(language_fits(&g, STR("zh")));
    CHECK(!language_fits(&g, STR("ko")));
}

/* A sentence is enough to be sure; what is hardly a text is not. */
static void
sentences_are_sure(void)
{
    size_t sure = 0, n = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct language_guess g =
            language_guess(STR(""), str_of(rows[i].text));

        if (!*rows[i].lang)
            CHECK(!g.sure);
        n += *rows[i].lang != '\0';
        sure += g.sure;
    }
    printf("# %zu of %zu sentences are sure\n", sure, n);
    CHECK(sure * 100 >= n * 80);
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
    CHECK_STR(language_guess(STR(""), buf_view(&text)).code, "de");
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
            CHECK(
                language_guess(str_slice(copy, n), str_slice(copy, n)).code !=
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
    const char *got = language_guess(a->title, a->body).code;

    (void)origin, (void)payload, (void)err;
    t->n++;
    t->whole += str_eq(str_of(got), lang);
    t->undetermined += !*got;
    t->titles += a->title.len > 0;
    t->title += a->title.len > 0 &&
                str_eq(str_of(language_guess(a->title, STR("")).code), lang);
    t->start += str_eq(str_of(language_guess(STR(""), start).code), lang);
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
    const struct sink sink = {count_article, ignore_problem, NULL, NULL,
                              MORGUE_ID_NONE};
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

/* ---- what is sure ------------------------------------------------------- */

enum { CUTS = 5 };
static const size_t cut[CUTS] = {20, 40, 80, 160, 320}; /* bytes */

static struct {
    size_t n, sure, wrong; /* of whole articles */
    size_t odd;            /* told, not surely, as none of "", en */
    size_t sure_at[CUTS], wrong_at[CUTS];
} count;

static enum morgue_status
count_sure(const struct morgue_article *a, const struct morgue_origin *origin,
           void *payload, struct morgue_error *err)
{
    struct morgue_str lang = a->lang.len ? a->lang : STR("en");
    struct language_guess g = language_guess(a->title, a->body);

    (void)origin, (void)payload, (void)err;
    /* Headlines in Pidgin are English ones, but for a word here and there. */
    if (str_eq(lang, STR("pcm")))
        return MORGUE_OK;
    count.n++;
    count.sure += g.sure;
    count.wrong += g.sure && !str_eq(lang, str_of(g.code));
    count.odd += *g.code && strcmp(g.code, "en") != 0;
    for (size_t i = 0; i < CUTS; i++) {
        struct morgue_str start =
            str_slice(a->body.s, utf8_floor(a->body, cut[i]));

        g = language_guess(STR(""), start);
        count.sure_at[i] += g.sure;
        count.wrong_at[i] += g.sure && !str_eq(lang, str_of(g.code));
    }
    return MORGUE_OK;
}

static void
count_path(const char *path)
{
    const struct sink sink = {count_sure, ignore_problem, NULL, NULL,
                              MORGUE_ID_NONE};
    struct morgue_error err;

    memset(&count, 0, sizeof count);
    CHECK_INT(source_read(path, NULL, &sink, &err), MORGUE_OK);
    printf("# %zu articles: %zu sure, %zu of them wrong\n", count.n,
           count.sure, count.wrong);
    for (size_t i = 0; i < CUTS; i++)
        printf("# first %zu bytes: %zu sure, %zu of them wrong\n", cut[i],
               count.sure_at[i], count.wrong_at[i]);
}

/* Of what is sure, 995 of 1000 are right. */
static void
sure_is_right(void)
{
    const char *path = shared("news");

    if (!path)
        SKIP("the shared corpora are not here");
    count_path(path);
    CHECK(count.sure * 100 >= count.n * 95);
    CHECK(count.wrong * 1000 <= count.sure * 5);
    for (size_t i = 0; i < CUTS; i++)
        CHECK(count.wrong_at[i] * 1000 <= count.sure_at[i] * 5);
}

/* A collection of short texts in English is all English. */
static void
all_english(const char *name)
{
    char file[100];
    const char *path;

    snprintf(file, sizeof file, "ir/%s/docs.jsonl", name);
    path = shared(file);
    if (!path)
        SKIP("the shared corpora do not have it");
    count_path(path);
    CHECK_INT(count.wrong, 0);
    CHECK_INT(count.odd, 0);
}

#define COLLECTION(name)                                                      \
    static void name##_is_english(void)                                       \
    {                                                                         \
        all_english(#name);                                                   \
    }
COLLECTION(npl)
COLLECTION(cacm)
COLLECTION(cisi)
COLLECTION(cranfield)
COLLECTION(med)
COLLECTION(time)

/* One odd letter, whatever it is, makes no sentence another language's, nor
 * leads out of a table, as sanitizers would see. */
static void
any_letter(void)
{
    char letter[5], text[200];

    for (uint32_t cp = 0x80; cp < 0x3000; cp++) {
        letter[utf8_encode(cp, letter)] = '\0';
        snprintf(text, sizeof text,
                 "The minister said that the gov%srnment will not raise taxes "
                 "this %s year, but that towns must find the money.",
                 letter, letter);
        CHECK_STR(language_guess(str_of(text), STR("")).code, "en");
    }
}

int
main(void)
{
    RUN(sentences);
    RUN(short_texts);
    RUN(headlines_are_told_or_not_sure);
    RUN(what_fits);
    RUN(sentences_are_sure);
    RUN(a_notice_above);
    RUN(any_cut);
    RUN(any_letter);
    RUN(each_language_is_named_once);
    RUN(labelled_news);
    RUN(english_wire_news);
    RUN(sure_is_right);
    RUN(npl_is_english);
    RUN(cacm_is_english);
    RUN(cisi_is_english);
    RUN(cranfield_is_english);
    RUN(med_is_english);
    RUN(time_is_english);
    return test_end();
}
