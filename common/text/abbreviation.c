/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abbreviation.c - words whose full stop does not end a sentence
 *
 * Lists by language, written by hand, of what stands in news: titles, months,
 * units, forms of companies, what is short for common words.  An entry in
 * small letters is met in any case; one that begins with a capital only where
 * the text has one there too.  Inner full stops are written, the last one is
 * not.  Single letters, and letters with full stops between them, need no
 * entry (sentence.c) but where they are something else than initials.
 *
 * The lists become one table when they are first asked for: a look-up is one
 * or two probes and allocates nothing.
 */
#include "abbreviation.h"

#include <pthread.h>
#include <utf8proc.h>

#include "../base/hash.h"
#include "../base/utf8.h"
#include "stem.h"
#include "stopword.h"

/* The first is what all have; a language's own entries go before it. */
static const struct abbreviations list[] = {
    {"", ORDINALS_OTHER, "Mr Mrs Ms Dr Prof ca cf e.g i.e",
     "etc vs Nov Dec Feb Jan Aug Sept Oct Okt",
     "St Inc Ltd Corp Co Bros Jr a.m p.m Yahoo! Yum! Jeopardy!"},
    {"en", ORDINALS_OTHER,
     "Mr Mrs Ms Messrs Mme Mlle Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen "
     "Gens Maj Col Cols Lt Lieut Capt Cmdr Comdr Cdr Cpl Sgt Pvt Pte Pfc Spc "
     "Adm Brig Rev Revs Hon Pres Supt Insp Det Amb Atty Asst Msgr Fr Rt Ald "
     "Wm Geo Chas Thos Jos Treas Sec approx cf viz e.g i.e vs v Mt",
     "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu "
     "Thur Thurs Fri Sat Sun No nos art arts pp vol vols fig figs para paras "
     "ch chap eq ed eds etc ext min max hrs mins secs est tel",
     "St Ste Ft Pt Inc Corp Co Cos Ltd Bros Jr Sr Esq Dept Univ Assn Assoc "
     "Natl Intl Govt Mfg Ave Blvd Rd Hwy a.m p.m al Ala Ariz Ark Calif Colo "
     "Conn Del Fla Ga Ill Ind Kan Kans Ky La Md Mass Mich Minn Miss Mo Mont "
     "Neb Nebr Nev Okla Ore Penn Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta "
     "Ph.D"},
    {"de", ORDINALS_CAPITAL,
     "med jur phil rer nat oec Hr Hrn Fr Frl Dr Prof Dipl Ing Mag St hl bzw "
     "ca vgl evtl evt ggf inkl exkl sog zzgl bzgl insb insbes allg ehem geb "
     "gest verh gegr mind max min z.b d.h u.a z.t i.d.r u.u o.ä s.o s.u v.a "
     "abzgl einschl entspr bspw frz engl lat griech ital span russ dt amerik "
     "österr schweiz rd betr zw Pfr Gen Hptm Lt Oblt Obst Maj kath evang ev "
     "röm",
     "usw usf etc Jan Feb Febr Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez "
     "u.v.m u.ä u.s.w",
     "Mio Mrd Tsd Bio Std Sek Jh Jhdt Jahrh Nr Nrn Abs Art Bd Bde str Tel "
     "Kap Aufl hrsg Verf Abb Tab Anm Ausg Abt Bez Kfm Co Ltd e.v Mo Di Mi Do "
     "Sa So Km"},
    {"fr", ORDINALS_OTHER,
     "MM Mme Mmes Mlle Mlles Me Mgr Dr Dre Drs Pr Prof St Ste Sts cf env ex "
     "av apr bd boul gén cdt cmdt lt capt adj sgt ing tél réf éd dir trad "
     "coll vs Vve fbg pl rens",
     "a à y janv févr fév avr juil sept oct nov déc etc art chap fig vol col "
     "pp hab",
     "Cie Inc Ltée Sté"},
    {"es", ORDINALS_OTHER,
     "Mt Sr Sra Srta Sres Sras Dr Dra Dres Dras Dña Lic Licda Ing Arq Prof "
     "Profa Gral Gen Cnel Col Tte Cap Cmdte Sgto Mons Pbro Rdo Hno Hna Sto "
     "Sta Fr Av Avda Avd Pza Plza Ctra Edif Pdte Pdta Vda Exmo Excmo Excma "
     "Ilmo Mtro Mtra Dip Sen Gob ej pág págs núm núms aprox atte tel tfno "
     "ext ed depto dpto ee ff aa cc oo ss ud uds vd vds admón cf vs prov urb",
     "lun mié jue vie sáb dom ene feb abr may jun jul ago sep sept oct nov "
     "dic etc ptas pta cts no art arts vol fig",
     "uu Cía Ltda Jr"},
    {"pt", ORDINALS_OTHER,
     "Sr Sra Srs Sras Srta Dr Dra Drs Dras Prof Profa Eng Enga Arq Exmo Exma "
     "Ilmo Av Gen Cel Maj Cap Ten Sgt Sto Sta Pe Fr Gov Dep Sen Min Pres Ver "
     "Des Mons Rev pág págs núm tel ex ed aprox cf vs al",
     "é jan fev mar abr mai jun jul ago set out nov dez etc art arts vol fig",
     "Ltda Cia Jr"},
    {"it", ORDINALS_OTHER,
     "psicol amm sig sigg sig.ra sig.na sigra dott dott.ssa dottssa prof "
     "prof.ssa avv ing arch geom rag on mons card gen col magg cap ten serg "
     "sen pag pagg cfr tel es egr spett ill cav comm min pres s.s p.es v.le "
     "p.za c.so",
     "è ecc feb mar apr mag giu lug ago sett set ott nov dic etc art artt "
     "vol fig",
     "F.lli"},
    {"nl", ORDINALS_OTHER,
     "dhr mevr mw mej mr drs dr ir ing prof ds st bijv blz nr nrs ca resp "
     "evt incl excl afd tel vgl zgn gem ged max min gebr kol gen lt luit maj "
     "kapt sgt jhr d.w.z o.a m.b.t i.p.v t.a.v o.l.v m.n m.i.v z.g burg wnd "
     "vz",
     "u enz etc jan feb mrt apr jun jul aug sep sept okt nov dec e.d e.a art",
     "jl"},
    {"sv", ORDINALS_OTHER,
     "dr prof hr fr kl ca bl dvs ex nr inkl exkl resp jfr kap tel tfn t.ex "
     "bl.a s.k f.d fr.o.m t.o.m p.g.a tekn jur ev ung obs enl ang adj äv fd "
     "doc",
     "i å ö osv etc m.m m.fl o.s.v o.d d.v.s jan febr feb apr jun jul aug "
     "sept sep okt nov dec milj kr mkr mdr st gm",
     ""},
    {"da", ORDINALS_OTHER,
     "Vilh str Chr dr prof hr fr frk kl ca bl eks evt nr inkl ekskl jf jfr "
     "tlf adv afd sml ds sct skt cand mag stud scient polit adm dir f.eks "
     "bl.a d.v.s dvs kgl kap vedr iflg hhv resp pr maks min nuv fhv forh gl "
     "ing civ pens phil jur sekr frv amtsk",
     "i å ø osv etc m.m m.fl mv o.l jan feb mar apr jun jul aug sep sept okt "
     "nov dec kr pct stk mio mia mill fm",
     "Aps"},
    {"no", ORDINALS_OTHER,
     "Chr str dr prof hr fr frk kl ca bl eks evt nr inkl ekskl jf jfr tlf "
     "avd sml st adm dir f.eks bl.a dvs d.v.s kap vedr iht hhv resp pr maks "
     "min nåv tidl cand mag phil jur sekr ass sivilark siv ing",
     "i å ø osv etc m.m m.fl mv o.l jan feb mar apr jun jul aug sep sept okt "
     "nov des kr pst stk mill mrd f.kr e.kr",
     ""},
    {"is", ORDINALS_OTHER,
     "kl nr sbr bls hr dr sr t.d þ.e m.a þ.á.m skv u.þ.b ca fr próf tel s.k "
     "a.m.k",
     "frv o.s.frv o.fl jan feb mar apr jún júl ág sept okt nóv des kr þús "
     "millj m.y",
     ""},
    {"fi", ORDINALS_STOP,
     "esim mm ks os puh klo nro so toim tri prof dos fil maist kand ko ao "
     "vrt ns nk em ent mr mrs ts nyk suom engl varat ransk saks ruots",
     "ym yms jne jms eaa jaa jkr ekr mrd milj kpl lkm etc tms yht tmi ay", ""},
    {"et", ORDINALS_STOP,
     "nt lk nr dr prof hr pr vt ca sh kl s.o snd tel s.t mag dots v.a",
     "jne jt jms mln mld tn mnt pst jm jaan veebr apr aug sept okt nov dets "
     "eKr pKr e.m.a m.a.j",
     "a"},
    {"lv", ORDINALS_STOP, "piem plkst prof dr nr tel sk t.i dz st lpp t.s red",
     "utt utml u.c u.tml milj mljrd tūkst janv febr apr jūn jūl aug sept okt "
     "nov dec",
     "g"},
    {"lt", ORDINALS_OTHER,
     "pvz t.y dr prof doc pr nr vad vyr plg žr psl raj sav šv kun gen plk "
     "kpt lot liet angl rus vok pranc isp gyv g",
     "t.t kt pan proc mln mlrd tūkst val min sek saus vas bal geg birž liep "
     "rugp rugs spal lapkr gruod etc lt ct",
     "m"},
    {"pl", ORDINALS_OTHER,
     "paraf proj pocz nr prof mgr inż hab gen płk ppłk mjr kpt por ppor "
     "sierż ks bp abp kard św bł ul al pl os np tj tzn tzw m.in godz ok pt "
     "zob str red im woj gm pow pn dyr oprac przyp tłum wyd rys tab ur ww nt "
     "ds ust pkt art poz med śp tel wg dot ang niem fr łac ros cyt jw p.o sp "
     "max ob wiceprzew przew dow st asp podkom insp nadkom kom adm rtm kmdr "
     "o.o zast",
     "min itd itp tys sty lut kwi cze lip sie wrz paź lis gru n.e p.n.e zm "
     "br bm rub dol mies wiecz",
     "r w"},
    {"cs", ORDINALS_STOP,
     "p Mgr Bc Ing MUDr JUDr PhDr RNDr PaedDr MVDr ThDr doc prof gen plk "
     "pplk kpt por npor mjr sv tzv tj tzn např resp mj kupř popř příp č čís "
     "čl odst str ul nám tř tel roč vyd red kap obr srov n.p t.j t.r angl "
     "něm franc lat řec hl býv zvl arch akad ak dr záp vých sev pozn",
     "l atd apod aj s.r.o a.s spol n.l mil tis mld stol hod min sek ml st "
     "led ún břez dub květ čer srp září říj list pros etc v.o.s o.p.s k.s Kč",
     "r"},
    {"sk", ORDINALS_STOP,
     "okr p Mgr Bc Ing MUDr JUDr PhDr RNDr PaedDr MVDr doc prof gen plk pplk "
     "kpt por npor mjr sv tzv tj tzn napr resp č čl ods str ul nám tel roč "
     "vyd kap obr t.j t.č t.r angl nem franc lat akad dr bl hl býv zvl",
     "l atď apod pod s.r.o a.s spol n.l mil tis mld stor hod min sek ml st "
     "jan feb mar apr máj jún júl aug sept okt nov dec etc Sk",
     "r"},
    {"sl", ORDINALS_STOP,
     "npr tj oz dr mag prof sv ul št str ga gen t.i tel maks ok gl čl prim "
     "doc ing univ inž dipl roj t.j kand slov angl nem ipt polk npor min",
     "itd ipd itn jan feb mar apr jun jul avg sep sept okt nov dec d.o.o d.d "
     "mio mrd tis d.n.o s.p pr.n.št",
     ""},
    {"hr", ORDINALS_STOP,
     "npr tzv tj dr prof mr sv ul br str gosp gđa tel čl st akad doc dipl "
     "ing inž gen tzn odn usp eng njem franc lat min maks fra o.g kap pok ur "
     "prim",
     "itd sl god mil hilj tis sij velj ožu tra svi lip srp kol ruj lis stu "
     "pro d.o.o d.d kn pr.kr",
     ""},
    {"sr", ORDINALS_STOP,
     "npr tzv tj dr prof mr sv ul br str gosp tel čl st akad doc dipl ing "
     "inž gen tzn odn нпр тзв тј др проф мр св ул бр стр госп тел чл ст акад "
     "доц дипл инг инж ген тзн одн",
     "itd sl god mil hilj din jan feb mar apr jun jul avg sept okt nov dec "
     "итд сл год мил хиљ дин јан феб мар апр јун јул авг септ окт нов дец",
     ""},
    {"hu", ORDINALS_STOP,
     "dr prof ifj id özv pl ún kb vö ill ld sz old ker szt ti ui tel st krt "
     "vm ford szerk kiad mjr gen ezr alez őrgy szds bp lásd kr",
     "ő stb kft zrt nyrt bt rt kht jan febr márc ápr máj jún júl aug szept "
     "okt nov dec mrd hrsz db",
     ""},
    {"ro", ORDINALS_OTHER,
     "Al Gen Dem dl dna dlui dlor dr prof ing av col lt cpt mr sf str bd nr "
     "alin lit pct pag ex jud com tel cca aprox conf univ acad red op cit "
     "plt maj sg șos cf gl pr arh ec dvs",
     "a etc ian febr feb mart apr iun iul aug sept oct noiem nov dec ș.a s.a "
     "mil mld ș.a.m.d e.n î.hr d.hr cap vol art fig",
     ""},
    {"tr", ORDINALS_STOP,
     "Dr Prof Doç Yrd Av Sn Alb Gen Org Tğm Yzb Müh Mim Uzm Op Hz St Sok Cad "
     "Cd Mah Mh Blv Bul Apt No bkz çev haz ed yy örn Alm İng Öğr Gör Arş Ör "
     "Ord Kur Bşk Tic San",
     "o vb vd vs Şti Ltd oca şub mar nis tem ağu eyl eki kas ara", ""},
    {"ru", ORDINALS_OTHER,
     "пгт род ум тов гр акад проф доц инж ген полк подп кап лейт им ул просп "
     "пер пл наб кв корп стр оф пос дер обл т.е т.к т.н т.ч см ср напр ред "
     "изд сост авт гл пп рис табл св тел моб зам нач зав пом и.о англ нем фр "
     "лат греч исп итал яп гос ж.д бул ш оз т.о канд докт чл корр ст нар "
     "засл худ муз реж сокр букв ок",
     "мин д п пр я гг вв тыс млн млрд трлн руб коп долл др т.д т.п н.э проч "
     "янв фев февр мар апр авг сен сент окт нояб ноя дек чел экз час сек куб "
     "кв.м",
     "г в м с л"},
    {"uk", ORDINALS_OTHER,
     "мал ісп реєстр вул просп пров пл буд кв обл смт ім св проф акад доц "
     "канд тов гр див напр т.зв т.е т.ч ред вид пер авт гл рис табл тел заст "
     "нач ген полк англ нім фр лат рос укр с.г бул оз о.о орд зам зав преп "
     "арк",
     "д п я є рр ст ін т.д т.п тис млн млрд грн коп дол січ лют бер квіт "
     "трав черв лип серп вер жовт лист груд н.е крб чол шт ок",
     "м с р"},
    {"be", ORDINALS_OTHER,
     "вул праф акад дац гл св імя ім т.зв напр рэд тав гр тэл пр пл",
     "я гг ст інш т.д т.п тыс млн млрд руб кап студз лют сак крас чэрв ліп "
     "жн вер кастр ліст снеж",
     "м г"},
    {"bg", ORDINALS_OTHER,
     "изд еп серж гл.серж лейт гр ул бул пл кв бл вх ет ап тел обл проф доц "
     "акад инж арх ген полк св т.е т.н т.нар нар напр вж срв чл ал стр ж.к "
     "лат англ нем фр ок изп зам о.з м.г подп кап мл пр.хр",
     "я й е др пр лв ст хил млн млрд ян февр апр авг септ окт ноем дек сл бр "
     "мин сек т.г с.г",
     "г в ч м"},
    {"mk", ORDINALS_OTHER,
     "ул бр стр проф доц акад инж ген св т.е т.н тн тел чл ред пр мр нпр",
     "е итн сл др ден год мил илј јан фев мар апр јун јул авг септ окт ноем "
     "дек",
     ""},
    {"el", ORDINALS_OTHER,
     "κ.κ κκ κα δρ καθ δηλ π.χ βλ σελ αρ άρθρ παρ αγ λεωφ τηλ πρβλ στρ τόμ "
     "έκδ μτφ υπ αντ σμ τ.μ οδ πλ ταξ συντ βουλ πρ γεν",
     "κλπ κ.λπ κ.λ.π κ.ά κ.α ιαν φεβ φεβρ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ σεπτ "
     "οκτ νοε δεκ εκ εκατ δισ τρισ χιλ ευρ δρχ α.ε χλμ",
     ""},
    {"ca", ORDINALS_OTHER,
     "sr sra srs srta dr dra prof sta st pàg pàgs núm av avda pl ctra tel "
     "aprox ex mn mons dept ed cf",
     "etc gen febr abr jul ag set oct nov des cap art vol fig", "cia"},
    {"gl", ORDINALS_OTHER, "sr sra dr dra prof av páx páxs núm ex tel sta sto",
     "etc xan feb abr xuñ xul ago set out nov dec art vol", ""},
    {"eu", ORDINALS_STOP, "dr jn and adib or zenb tel", "etab urt ots mar",
     ""},
    {"ga", ORDINALS_OTHER, "an.t uimh lch", "srl", ""},
    {"sq", ORDINALS_OTHER, "zj dr prof p.sh nr rr znj gjen kol av ing",
     "etj jan shk mar pri qer korr gush sht tet nën dhj", ""},
    {"id", ORDINALS_OTHER,
     "tn ny sdr dr ir drs dra hj prof jl jln no hlm kol jend letjen mayjen "
     "brigjen kapt a.n u.p kab prov kec rp sdri yth st muh moh abd gg kh",
     "dll dsb dst tsb jan feb apr jun jul agu sept okt nov des", "tbk"},
    {"ms", ORDINALS_OTHER,
     "tn pn en sdr dr ir prof jln no hlm kol jen lt datuk dato hj tg kg",
     "dll dsb dst jan feb apr jun jul ogos sept okt nov dis", "bhd sdn"},
    {"vi", ORDINALS_OTHER, "tp th.s ths ts gs pgs bs ks tt tx ubnd hđnd",
     "v.v vv", ""},
    {"tl", ORDINALS_OTHER, "gng bb dr gob sen kgg pang rep bgy brgy", "atbp",
     ""},
    {"sw", ORDINALS_OTHER, "bw bi dkt mh mhe prof k.m dk jen kan", "n.k nk",
     ""},
    {"af", ORDINALS_OTHER, "mnr mev mej dr prof ds bv nl genl kapt lt nr bl",
     "ens asb jan feb mrt apr jun jul aug sept okt nov des", ""},
    {"hi", ORDINALS_OTHER,
     "डॉ डा श्री श्रीमती प्रो पं कु सु ले कै एड ए बी सी डी ई एफ जी एच आई जे "
     "के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड नं पृ मि",
     "कि.मी इत्यादि", ""},
    {"mr", ORDINALS_OTHER,
     "डॉ श्री श्रीमती प्रा पं सौ कु न्या ॲड ए बी सी डी ई एफ जी एच आय "
     "जे "
     "के "
     "एल एम एन ओ पी क्यू आर एस टी यू व्ही डब्ल्यू एक्स वाय झेड क्र पृ",
     "कि.मी इ.स", ""},
    {"bn", ORDINALS_OTHER, "ড ডা মো মোঃ প্রফ মি মিসেস এ বি সি ডি এম এস কে নং",
     "লি", ""},
    {"ar", ORDINALS_OTHER, "أ.د", "ق.م هـ", ""},
    {"th", ORDINALS_OTHER,
     "ดร นพ พญ ผศ รศ พล ร.ต พ.ต พ.อ พล.ต พล.ต.อ กทม บจก บมจ หจก กม ซม กก มม "
     "พ.ศ ค.ศ ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค น ต จ อ ถ",
     "", ""},
    {"hy", ORDINALS_OTHER, "պրոֆ դոկտ ակադ ընկ տիկ պր յու էդ փող պող գեն",
     "դդ թթ թ մլն մլրդ հազ", ""},
    {"lo", ORDINALS_OTHER, "ດຣ ທ", "", ""},
    {"kk", ORDINALS_OTHER, "т.б көш проф акад",
     "млн млрд мың тг қаң ақп нау сәу мам мау шіл там қыр қаз қар жел", ""},
    {"ka", ORDINALS_OTHER, "ე.წ ქ პროფ აკად", "ა.შ სხვ", ""},
    {"eo", ORDINALS_OTHER, "prof ekz t.e p.n", "ktp k.t.p", ""},
    {"cy", ORDINALS_OTHER, "y.h dr parch", "ayb", ""},
};
enum { LIST_N = sizeof list / sizeof *list };

/* All entries: the upper bits of the key of each, and what it is in the
 * lowest three: open addressing, 0 is free. */
enum { TABLE = 1 << 13, KIND = 3, CAPITAL = 4, LOW = 7 };
static uint64_t table[TABLE];
static pthread_once_t table_made = PTHREAD_ONCE_INIT;

/* A word in small letters. */
struct lower {
    size_t len; /* 0: too long to be an abbreviation */
    bool capital;
    char s[ABBREVIATION_MAX + 4];
};

/* Append the character at `p` of the word; how long it is there. */
static size_t
lower_one(struct lower *l, const char *p, const char *end)
{
    uint32_t cp;
    int32_t small;
    size_t n;

    if ((unsigned char)*p < 0x80) {
        l->s[l->len++] = to_lower(*p);
        return 1;
    }
    n = utf8_decode(p, end, &cp, NULL);
    small = utf8proc_tolower((utf8proc_int32_t)cp);
    l->len += utf8_encode((uint32_t)small, l->s + l->len);
    return n;
}

static void
lower_word(struct lower *l, struct morgue_str word)
{
    const char *end = word.s + word.len;

    l->len = 0;
    if (word.len == 0 || word.len > ABBREVIATION_MAX)
        return;
    for (const char *p = word.s; p < end && l->len < ABBREVIATION_MAX;)
        p += lower_one(l, p, end);
    l->capital = l->s[0] != word.s[0] ||
                 (word.len > 1 && (word.s[0] & 0x80) && l->s[1] != word.s[1]);
}

static uint64_t
key_of(const struct abbreviations *a, const struct lower *l)
{
    uint64_t salt = (uint64_t)(a - list + 1);

    return (hash64(l->s, l->len) ^ salt * UINT64_C(0x9E3779B97F4A7C15)) &
           ~(uint64_t)LOW;
}

/* Where the entry with the key is, or would be. */
static uint64_t *
slot_of(uint64_t key)
{
    size_t i = (size_t)(key / (LOW + 1)) % TABLE;

    while (table[i] && (table[i] & ~(uint64_t)LOW) != key)
        i = (i + 1) % TABLE;
    return table + i;
}

static void
add_words(const struct abbreviations *a, const char *words,
          enum abbreviation kind)
{
    struct morgue_str rest = str_of(words), word;
    struct lower l;

    while ((word = str_word(&rest)).len > 0) {
        lower_word(&l, word);
        uint64_t key = key_of(a, &l), *slot = slot_of(key);

        if (!*slot)
            *slot = key | (l.capital ? CAPITAL : 0) | (uint64_t)kind;
    }
}

static void
make_table(void)
{
    for (const struct abbreviations *a = list; a < list + LIST_N; a++) {
        add_words(a, a->never, ABBREVIATION_NEVER);
        add_words(a, a->capital, ABBREVIATION_CAPITAL);
        add_words(a, a->opener, ABBREVIATION_OPENER);
    }
}

const struct abbreviations *
abbreviations_of(const char *lang)
{
    char code[LANG_MAX];

    pthread_once(&table_made, make_table);
    stem_code(code, str_of(lang));
    if (strcmp(code, "bs") == 0 || strcmp(code, "sh") == 0)
        memcpy(code, "hr", 3); /* they have the same abbreviations */
    for (size_t i = 0; i < LIST_N; i++)
        if (strcmp(list[i].lang, code) == 0)
            return list + i;
    return list;
}

/* What the word is in one list. */
static enum abbreviation
find_in(const struct abbreviations *a, const struct lower *l)
{
    uint64_t entry = *slot_of(key_of(a, l));

    if ((entry & CAPITAL) && !l->capital)
        return ABBREVIATION_NONE;
    return (enum abbreviation)(entry & KIND);
}

enum abbreviation
abbreviation_find(const struct abbreviations *a, struct morgue_str word)
{
    struct lower l;
    enum abbreviation kind;

    lower_word(&l, word);
    if (l.len == 0)
        return ABBREVIATION_NONE;
    kind = find_in(a, &l);
    return kind || a == list ? kind : find_in(list, &l);
}

bool
abbreviation_opener(const struct abbreviations *a, struct fold *fold,
                    struct morgue_str word)
{
    char folded[FOLD_VALUE_MAX];
    size_t len = fold_value(folded, fold, word);

    return len > 0 &&
           stopword(*a->lang ? a->lang : "en", str_slice(folded, len));
}

const char *
abbreviation_language(size_t i)
{
    return i + 1 < LIST_N ? list[i + 1].lang : NULL;
}
