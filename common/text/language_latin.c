/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language_latin.c - what is common in languages in Latin letters
 *
 * Made by language_table.py; not to be changed by hand.
 */
#include "language_table.h"

/* clang-format off */

const struct language_row language_latin[] = {
{"en",
 "12 the 11 to of 10 a in and 9 for is not 8 be at on with it this or from "
 "by that said 7 as are you an s will was have file has 6 use type their can "
 "t but which if its cannot they when he no d new one all more 5 his must "
 "set do your invalid after out than been about value only would used may up "
 "were could first who e two had last time over into 4 i c also there years "
 "year before vs some people non against like mln any dlrs cts net shr so "
 "qtr how revs get 3 pct nil avg shrs what back bln div world yr we oper inc "
 "mths us co off corp top ltd without says just n end government valid "
 "president police under she her u down make makes why many 2 because killed "
 "win even site wins amid call f here start see r v don iso z 1 take around "
 "where per now abi tag id l through due well o true got inside state still "
 "y k evolution",
 ""},
{"de",
 "11 der die 10 in und nicht 9 von den zu für ist mit das werden des 8 auf "
 "sie eine bei ein wird im sich als 7 oder dem es kann um an sind aus s "
 "einer 6 sein hat auch nach einen nur zum keine dass d einem haben wurde "
 "wie t über er durch aber noch 5 e zur am mehr so vor du bis neue ohne war "
 "c 4 alle zwei unter man sei tag menschen jahre gegen regierung land neuer "
 "präsident sagte jahr millionen heute 3 minister polizei seine gestern "
 "partei krieg seit stadt preise markt wegen n wahlen wahl tote da will "
 "fällt steigt u hier 2 iso a f z was id neu r 1 v ich l pakete y i "
 "evolution pro abi not",
 "3 ü 2 ä ö"},
{"fr",
 "12 de 11 la le 10 les et des l un 9 est en d une du pour dans pas à 8 ne a "
 "par que avec 7 qui ou sur n au plus être sont ce s cette vous il fichier 6 "
 "comme se type non mais été ont si leur son aux 5 après sa elle jour on "
 "sans deux sous ses depuis t ils entre nouveau selon avant nouvelle 4 ans "
 "gouvernement c président dit fait pays police personnes année aussi e "
 "millions ministre prix hier guerre marché ville contre nous morts "
 "élections parti 3 y 2 u f mot site r ni 1 iso abi v z",
 "4 é 2 à è ê"},
{"es",
 "13 de 11 la el 10 en que no se 9 a y los para un del una las 8 con por es "
 "al 7 su como puede o este más esta lo 6 ha ser son pero sus si sin cuando "
 "sobre está le entre hay 5 desde porque sí muy también han hasta donde dos "
 "uno me todo nuevo durante 4 contra nueva ni d quien s ese nos ellos eso e "
 "tras había t ante años día según gobierno personas presidente año dijo n "
 "país millones guerra 3 ministro tu policía hoy precios ayer mercado "
 "muertos ciudad c elecciones parlamento partido ya 2 tema r id u f 1 use "
 "abi v iso",
 "3 ó á 2 í 1 ú é"},
{"it",
 "12 di 11 il 10 e la un per non 9 in è che a del una 8 i le con l sono da "
 "dei file si della 7 se o come al questo nel delle essere impossibile più "
 "lo gli 6 ha nella alla su ma stato anche dal loro degli 5 dalla ai quando "
 "tra ci nuovo due dopo all prima senza nuova 4 hanno secondo giorno anni "
 "governo presidente detto persone suo ancora contro anno paese ad milioni d "
 "stati era oggi ministro polizia guerra prezzi sua ieri città fino mercato "
 "durante fra morti 3 elezioni partito uno tag c 2 nomi n alle s tema qui "
 "dai hai 1 f id ne evolution y u li ti",
 "2 è à 1 ù"},
{"pt",
 "12 de 11 a o 10 para e do que 9 não da um em uma com 8 os se no as ou ao "
 "por na 7 como é mais dos ser das 6 seu mas foi ficheiro são quando sua à "
 "está você sem ele tem muito só já pelo 5 este mesmo entre também nos seus "
 "pela até esta isso suas nas eles ela depois aos sobre nova essa 4 esse num "
 "novo há me quem após nem dia dois contra n segundo anos pessoas ano "
 "governo 3 s presidente disse for país guerra milhões hoje ministro polícia "
 "preços cidade ontem mortos mercado eleições partido d t 2 ter use site c u "
 "1 id evolution z f l r tema era porque eu y durante vai",
 "3 ã ç á 2 é í ó õ 1 ê ú à"},
{"nl",
 "12 de 11 van het een 10 in en is 9 te niet voor op met 8 dat zijn om als "
 "of worden die aan naar deze wordt je 7 geen er bij kan door dan uit dit "
 "maar u ook heeft 6 ze hebben bestand over nog tot nieuwe meer al 5 was "
 "werd na alle s hij moet twee zonder zich hun jaar mensen dag onder veel 4 "
 "land regering president zei tegen klik miljoen minister politie vandaag "
 "wil wel gisteren markt stad doden oorlog prijzen partij verkiezingen n 3 e "
 "toe eerste d site type 2 c gaan wat hier per t v af nu a evolution f i we "
 "1 r id l o ten lang",
 ""},
{"sv",
 "11 i och 10 att för en inte som är av 9 det till på med 8 den kan ett vid "
 "har om eller 7 från de du s vara när men 6 kommer så var efter sig d jag "
 "alla t in ska finns han ut använd här vi under än 5 får över fel e nu "
 "också andra år mot sin där skulle ta upp utan bara c även då mycket 4 hade "
 "nya for sedan fil blir två ha din regeringen säger presidenten n människor "
 "sade dag landet miljoner ar ministern polisen priser 3 idag döda igår "
 "marknaden u kriget staden valet partiet a går f dem pa mer 2 se r iso v "
 "tar o co få 1 sida välja l tas abi per id man mata del",
 "4 ä ö å"},
{"da",
 "11 og i 10 at er ikke til en for af 9 det den på som med kan 8 et der du "
 "eller de fra skal om har 7 ved vil denne men 6 så være alle efter kunne "
 "dette var han kun vi over blev sig nu også end 5 ud mod fil uden mere få "
 "ind bliver nye her op hvor deres havde mellem din 4 dit klik to år e dag "
 "regeringen under præsidenten sagde siger mennesker landet millioner går "
 "ministeren politiet jeg idag s priser markedet krigen døde byen f valget n "
 "partiet 3 samt hun ifølge dem disse d c efterår se type nyt tal have 2 pa "
 "t r evolution a da v k tema true 1 del l o iso u id z start",
 "3 æ å ø 1 é"},
{"no",
 "11 og i 10 for er til 9 av på en det som at ikke å med den du 8 kan eller "
 "har om et ikkje 7 skal de denne fra ved vil dette klarte alle ut der 6 men "
 "etter inn han var så være ein over fil opp vi seg ble 5 også nå enn få mot "
 "bare blir mer her nye under ei mellom hadde e to 4 uten kunne noen a år sa "
 "regjeringen hvor presidenten sier går dag valget landet mennesker "
 "millioner ministeren politiet dei n priser markedet krigen jeg byen døde "
 "deres fikk partiet 3 hun samt ifølge f d din pa evolution t s ha se type 2 "
 "disse kun c del ta ser set id vera laga dem l 1 per u ett last r start "
 "staden o tar tema tal v utan les k totem all z la",
 "4 å 3 ø 1 æ"},
{"fi",
 "11 ja ei on 9 se että ole tai 8 ovat oli mutta voi hän joka kuin jos 7 "
 "myös kun sen niin vain virheellinen 6 mukaan kanssa jo sitä mitä jälkeen "
 "vuonna tämä vielä näytä sekä nyt eivät 5 n hänen uusi ilman suomen "
 "suomessa hallitus presidentti kertoo sanoi uuden maan päivä ihmistä "
 "miljoonaa ministeri kaksi poliisi d tänään 4 eilen olisi markkinat hinnat "
 "sota he kaupunki c kuoli vaalit s t puolue vuotta euroa ne 3 u et iso e r "
 "a 2 sama v eri f i 1 alla evolution l vai o abi saat taas in k w",
 "5 ä 3 ö"},
{"hu",
 "13 a 11 az 10 nem és 9 hogy egy is 8 meg van ha vagy de ez csak 7 már után "
 "kell lehet volt mint z még el minden azt 6 ki lesz új szerint több e fájl "
 "fel hiba nincs között pedig 5 itt ami volna aki évben nélkül kormány be "
 "elnök ember két mondta ország nap millió 4 miniszter rendőrség ma tegnap "
 "piac ellen árak háború választás város halott párt év évi n magyarország "
 "magyar forint t budapest 3 s ne le es 2 evolution más d sem f c i 1 al l r "
 "u k o y",
 "5 á é 3 ö í ó ő ü 2 ú"},
{"ro",
 "12 de 11 a 10 în și nu la pentru 9 cu este o un pe se 8 să din care sau "
 "mai 7 fi că fost sunt ca poate dacă când au 6 după acest s eroare prin lui "
 "al dar această va cel între 5 nou două ani fără guvernul doar spus "
 "președintele ale potrivit țara oameni zi persoane milioane anul ministrul "
 "4 noua poliția ar are azi ieri prețuri piața război oraș morți alegeri ce "
 "partid iar in împotriva peste lei românia bucurești e vor 3 ai mod d l "
 "evolution sa bara n 2 jos u sus prim si valid i le id r te c baza 1 non f "
 "v t am fel tot",
 "4 ă ș 3 ț î 2 â"},
{"pl",
 "11 w 10 i nie na z do 9 się jest 8 to o dla że po a można 7 lub za przez "
 "są jak od tylko pliku ale co może być 6 przy tym czy już ich które oraz ma "
 "jego był także 5 który jako bez ze która gdy roku dwa będzie lat ludzi "
 "przed rząd ten pod 4 nowy prezydent powiedział osób kraju nowa milionów "
 "między dzień minister policja dziś wczoraj ceny rynek nad wojna miasto "
 "wybory partia przeciw n mówi ta zł 3 polska polski polsce warszawa zmarł d "
 "s pola musi e je go by 2 te c t tak u pole f ani sie samo r jednak 1 y ci "
 "l evolution im one we v k",
 "3 ł ż ę ą ó ś ć 2 ń"},
{"cs",
 "11 a v 10 se na je 9 pro s že 8 o do z ve nebo i jako to 7 jsou k si ale "
 "za by které po jeho při být 6 není podle nelze byl soubor který která "
 "jejich bude má také když od tak 5 před však už než řekl až jen více uvedl "
 "proti musí kde mezi tento 4 let ze nové roce lidí vláda ještě dne ministr "
 "jsem policie prezident peníze korun kvůli něco dnes letos u včera město "
 "obce státní bez n 3 jak pole d možné co e 2 ke t pod l evolution ho ji c "
 "dat f r ani nad 1 id ne ty ti y dva bod pri w",
 "4 í á ž ř 3 é ě ý č š ů 2 ú 1 ň"},
{"sk",
 "11 a v 10 sa na je 9 pre že s 8 o do z nie ako alebo to sú 7 aj si vo k "
 "ale za pri byť by po 6 ktoré ich má podľa ktorý bol ak súbor už ktorá "
 "možné bude tento od keď pred tiež jeho 5 tak však povedal až len uviedol "
 "kde proti viac musí medzi 4 rokov nové roku ľudí vláda minister dňa "
 "polícia ešte prezident eur než peniaze som niečo kvôli včera dnes mesto "
 "obce štátny 3 bez so evolution ho pole 2 d pod e ju true en n nad im c ani "
 "i u 1 svoje tu su ku f ci t",
 "4 á ž í 3 č ú ť ý é š ľ 2 ô 1 ň ó"},
{"sl",
 "11 je v 10 in na za 9 ni se da z ali 8 so ki ne bo kot mogoče po 7 iz pa s "
 "tudi pri lahko od do med datoteke 6 le še naj če bi bil bila že pred "
 "napaka ime ter 5 to brez datoteka kar leta let ta jih nova o vlada nov "
 "predsednik mesto povedal država ljudi dan milijonov minister 4 policija "
 "danes včeraj proti trg cene vojna dve mrtvih biti zaradi volitve tem "
 "stranka kjer n evrov slovenija ko sloveniji slovenije smo sem ljubljana te "
 "čeprav a 3 ga jo samo novo ima e t d eno 2 f kadar treba c k pas evolution "
 "nad id pod u 1 r del l si kako tema i en vir ce y",
 "4 č 3 š ž"},
{"hr",
 "11 je u 10 i za na se 9 s nije 8 da od su ili će kao ne 7 koji iz ako biti "
 "o a bi samo 6 koje to datoteka do sve datoteke ali što moguće koja po li "
 "kako više nakon 5 bio te već prije još ime vrijeme treba ga ima bez rekao "
 "uz pri oko tijekom 4 godine e gdje mu također sa mogu tko dva kada "
 "hrvatska uvijek hrvatske vlada predsjednik n kuna dvije osim dodao protiv "
 "kazao svi među sati onda dio svoje kad tisuća ljudi mjesto 3 sudjelovao "
 "riječ netko ministar svatko nitko svojim d svijeta razvoj sukladno tjedan "
 "tijek t ožujka travnja svibnja lipnja srpnja kolovoza rujna c siječnja "
 "obavijest listopada prosinca studenog povijest veljače općina zagreb "
 "jednak županija zagrebu europske hrvatskoj europska cijeni f 2 sigurnost "
 "glazba kruh vlak dijete zrak pravo svijet v mjera djece vijeće vijeća neće "
 "id l nova tema evolution r 1 dan k en y ju",
 "3 š č ć ž 2 đ"},
{"sr",
 "11 je da 10 u i za na 9 se 8 ne su od nije će kao koji 7 sa iz ili s mogu "
 "li biti bi koje a 6 o samo do to ali koja po sve datoteke više šta nakon 5 "
 "bio kada već kako treba još datoteka vreme pre ako ima oko ga rekao uz gde "
 "pri bez tokom 4 među godine mu deo dva ko dve što neće takođe srbija "
 "protiv mesto srbije vlada predsednik dinara uvek dodao kazao sati ljudi "
 "posle bila hiljada onda svoje učestvovao 3 svi ministar reč svojim neko "
 "svako evropske tok beograd beogradu niko sveta osim nedelja razvoj shodno "
 "obaveštenje marta aprila okrug maja juna jula avgusta septembra oktobra "
 "januara novembra decembra saveta februara 2 opština beograda jednak svet "
 "srbiji ceni im evropska bezbednost savet e istorija bude muzika hleb "
 "vazduh voz dete pravo ime dece mera pod van d moguće t 1 nova ni el ce nad "
 "klik dan",
 "3 č š ć ž 2 đ"},
{"tr",
 "11 bir ve 10 bu için 9 da olarak de ile 8 çok daha en olan 7 gibi kadar "
 "sonra ya var her veya dosya 6 ne dedi değil olduğunu yeni ama o iki göre "
 "büyük yıl geçersiz türkiye tarafından 5 başkan hata hükümet kişi milyon "
 "bin gün ise ülke şu bakanı üzerinde karşı polis ilk savaş bugün mi seçim "
 "dün oldu e fiyat piyasa d şehir öldü içinde 4 adı parti lira istanbul etti "
 "ankara cumhurbaşkanı s son yaptı a n 3 c t i iyi ad az in yazı seçili 2 "
 "dal not u f al den ek r l y evolution el v anda 1 ön k aktar et dan ana "
 "iso z su ye bütün an saat ki para un",
 "5 ı 4 ü ç ş 3 ğ ö"},
{"sq",
 "12 të e 11 i në 10 për një dhe 9 që me nuk është nga 8 do te mund më se 7 "
 "ka si u por ose nëse kjo duke ky janë së ju këtë 6 duhet file gjatë ai "
 "tuaj vetëm kanë edhe ta tha t ri 5 ishte pas ndaj re dy viti pa vite "
 "qeveria presidenti po vendi evolution njerëz 4 milionë ministri dita "
 "policia sot dje apo tij tregu tema çmimet lufta qyteti vdekur zgjedhjet "
 "partia saj kundër shqipëri shqipëria ne kosovë kosova tiranë per na 3 jo "
 "ku tu nautilus sa s pasi 2 true a tag para 1 bir d id baza ca klik",
 "6 ë 1 ç"},
{"id",
 "11 yang tidak 10 untuk dan di 9 ini dari dengan dalam pada ke 8 anda dapat "
 "akan berkas sebuah ada itu 7 atau adalah telah tak mereka bisa saat oleh "
 "nama lebih 6 harus valid juga bukan sebagai jika karena hanya tersebut "
 "sudah secara satu kata daerah ketika memiliki seperti setelah 5 baru bahwa "
 "semua menjadi para banyak orang dia lain tahun bagi kami saya sama d atas "
 "belum setiap serta hari 4 antara tanpa masyarakat namun hak pemerintah "
 "indonesia ia besar presiden t sangat klik terhadap sedang dua seorang s "
 "boleh anak mana tentang perlu hingga melalui masih kepada c warga kota 3 "
 "jakarta kita kasus jadi melakukan polisi terjadi umum tag menurut ujar "
 "agar bahkan mempunyai pernah sehingga sesuai negara masuk sementara rupiah "
 "mulai seseorang pekerjaan manusia n pun tiga set bebas lagi a begitu demi "
 "turut sedangkan kemudian bersama dunia kalau tema 2 e menyatakan kebebasan "
 "berhak bila kesempatan mengatakan negeri f sekitar bangsa rakyat evolution "
 "daripada hukum perempuan tinggal keluarga kepentingan pendidikan rumah r "
 "iso 1 id v mata file u pola y true i l non o",
 ""},
{"ms",
 "11 yang 10 untuk dan tidak dalam ini di 9 dengan anda pada 8 ke boleh satu "
 "fail akan bagi telah ada sama itu dari kepada 7 atau mesej adalah dapat "
 "oleh kata daripada sebagai nama senarai jika 6 secara lebih tersebut semua "
 "beliau ketika tiada anak juga katanya semasa masa ialah mereka mahu perlu "
 "5 kerana atas mempunyai hari bila berkata sudah antara sila lagi orang "
 "seorang hendak bukan ia mana selepas melalui klik kerajaan negara malaysia "
 "lain turut dua sebuah setiap 4 evolution tahun semalam polis bahawa "
 "berkenaan menteri baru apabila datuk seri tak sehingga supaya pihak namun "
 "hanya kuala lumpur kes pun wang 3 mod ahli sekiranya tema seperti "
 "kementerian iaitu ringgit tentang tag hak masuk tiga agar kalau demi tanpa "
 "menerusi begitu manakala pernah kami ujarnya sedang belum menjadi 2 d "
 "besar e banyak mula had maka set id sementara 1 kemudian masih kini saya "
 "zum menyatakan",
 ""},
{"ca",
 "12 de 11 la el 10 a i no per en que 9 un els l les s d ha del una es 8 amb "
 "al 7 com aquest més fitxer és si aquesta o són 6 hi però pogut quan ser "
 "seva dels sobre entre també van fins 5 després nova nou dos sense anys "
 "segons govern dia president dit país persones any milions 4 han ministre "
 "pel contra policia avui ahir guerra preus mercat ho ciutat morts eleccions "
 "partit català catalunya barcelona als des n 3 ja tot us cel 2 se ara on c "
 "tema f seu evolution t ni 1 sota seus y u lat r nous",
 "3 ó é à 2 í ò 1 è ç ú"},
{"eu",
 "11 da 10 ez eta du 9 ezin bat edo egin 8 behar dago izan hau den 7 dira "
 "fitxategia zure errorea fitxategi erakutsi erabili klik huts hautatutako "
 "gisa nahi 6 e duzu sortu elkarrizketa diren ditu 5 r ari k evolution 4 en "
 "n a bi d pakete 3 true 2 s tik i une y ra t 1 bai f bus z non ko dio id c",
 ""},
{"gl",
 "12 de 11 a o 10 que non e do 9 para un da se os en unha 8 as ao no con na "
 "7 por dos máis como é ou ficheiro 6 súa seu pero só xa está tamén polo sen "
 "foi el entre pola esta 5 ata novo ten despois segundo iso son este ela das "
 "á nova dous goberno presidente dixo día persoas país 4 anos ano millóns "
 "tras hai co ministro policía hoxe guerra sobre onte ser mortos mercado "
 "cidade prezos desde eleccións partido galego galicia 3 seus nas aos tema "
 "nos evolution 2 ter d mesmo s todo n durante 1 porque contra al mais ca id "
 "si use la ma ra true ese so ve sa",
 "3 ó á í 2 é ú"},
{"lt",
 "11 ir 10 į 9 yra kad su iš ar 8 kaip tai ne bet 7 buvo jo nepavyko apie po "
 "prie tik gali bus metų jau už taip per rodyti 6 nuo pat būti savo jie jei "
 "jis labai kai dėl 5 prieš lietuvos naujas metais vyriausybė prezidentas "
 "žmonių diena sakė šalies nauja be milijonų ministras policija šiandien ji "
 "vakar du 4 rinka kainos karas miestas rinkimai partija mūsų eurų lietuvoje "
 "vilnius vilniuje evolution 3 iki bei to o dar 2 el i d t jos id kuri kas 1 "
 "a kada y is s f",
 "4 š 3 ė ų į ą ž 2 ū č 1 ę"},
{"lv",
 "11 un ir 10 ka no uz 9 ar vai par 8 to kas lai nav kā tas 7 ne bet arī pēc "
 "var tikai ja gada tika 6 jau bija nevar viņš rādīt savu līdz pie neizdevās "
 "kad 5 latvijas gadā ko valdība prezidents jauna jauns teica cilvēku valsts "
 "diena bez pret miljonu būs ministrs policija šodien vakar cenas tirgus 4 "
 "karš pilsēta vēlēšanas partija divi viņa eiro latvijā rīga rīgas mūsu 3 "
 "evolution jo e pa 2 gan tu d otu pat id 1 kuri a tik y so s vari tai",
 "4 ā ē ī 3 š ū ņ 2 ļ 1 ž"},
{"et",
 "11 ja on 10 ei 9 see et kui või 8 oli mis ta selle ka seda pole aga 7 oma "
 "välja ning saab veel võimalik pärast aasta 6 nii kes juba kas ole valitud "
 "järgi eesti nende olid uus 5 valitsus president fail ütles riigi inimest "
 "miljonit minister ilma päev politsei vastu täna i eile surma tema nad turg "
 "kaks hinnad sõda sa linn valimised erakond 4 n e eurot tallinn sama "
 "tallinna s kuna d t 3 f c a alla l all loo u 2 voi r evolution z v ega k w "
 "1 id vana su",
 "4 ä 3 õ ü 2 ö"},
{"ga",
 "12 an 11 na agus a ar 10 i le go 9 is ní de do ag sé 8 tá mar nach leis é "
 "bhí ó seo bhfuil atá sin as nó 7 ach faoi don san féidir gach siad sí ann "
 "6 againn den nuair féin inniu bliain dá raibh air bheith chuig rialtas "
 "gaeilge éireann gan tar dúirt á eile um éis idir déanta orthu aige 5 duine "
 "t daoine sa ná in n 4 má d 3 ina c am l s evolution r u 2 e f no o ni linn "
 "1 más",
 "4 á í é 3 ú ó"},
{"cy",
 "12 y 11 yn i 10 r a ar o mae 9 ei wedi yr 8 am eu nid bod n gan eich fod 7 "
 "bydd gyda cael hyn ond un mewn na yw chi os â neu sydd gyfer oedd ac wrth "
 "newydd ni fel 6 er mwyn gael nad ddim w pan e dros hefyd 5 rhai sy heb "
 "roedd dweud at dywedodd iddo eraill fe mai pobl ers cymru evolution dwy "
 "nawr 4 fy blwyddyn wnaeth llywodraeth bu ein caerdydd fyd 3 u nautilus ai "
 "tag le 2 is all pa 1 dan tra ag hun hi de mis tu",
 "2 â"},
{"is",
 "11 að og í 10 á er til sem 9 ekki við fyrir um með 8 af það var þetta 7 "
 "eru eða en þegar frá þú hefur hann eftir hafa verið 6 því smelltu þá vera "
 "úr þess inn þar hún segir upp 5 svo hafi kl þeir verði hér einnig nú "
 "þeirra ár þau sagði væri sinni ísland maður a voru 4 get ég hjá þó okkur "
 "milljónir króna lögreglan sé i 3 alla d kom enn 2 laga sama má utan fara "
 "of lagi sig k 1 totem u evolution nautilus t f ca",
 "5 ð 4 á þ í 3 æ ú ó ö 2 ý é"},
{"mt",
 "12 u il ta 11 gżejjer 10 l medjevali tal li ma 9 fi brittaniċi irlandiż "
 "isfel repubblika t territorji biex minn tonga tongan hu 8 dan din għal "
 "mill ca da olandiż oċean sa stati taċ verġni ċentrali ċina ġeorġja għall "
 "huwa kien 7 fuq mal qal kienet kif mhux jew wara id is it ir ix in 6 fil "
 "bħala f dwar jekk dawn qed kull aktar sena wieħed malta gvern ministru "
 "prim hija kellu se ġie għandu bejn 5 kemm anke issa tiegħu iżda kienu snin "
 "jista xi tagħha tagħhom",
 "4 ż ċ 3 ħ ġ"},
{"af",
 "13 die 12 van 11 nie en in 10 is om het wat te vir 9 word met n op kan 8 "
 "hy aan dat na as was hulle moet sy se sal deur 7 ook oor of daar by maar "
 "uit ons meer geen wees 6 wil toe een so jaar sê gesê nog ek u kry baie jou "
 "mense klik reeds volgens eerste twee ná dit polisie gaan moes hom 5 haar 4 "
 "alle 3 d voor af tot s onder bo 2 evolution al hier net 1 pas fi los nou "
 "totem tik e nautilus ten",
 "2 ê 1 ë á"},
{"vi",
 "10 không và của có 9 cho là trong được các 8 một khi va này tin với đã thể "
 "để 7 người tập cua ra định vào chỉ số từ la những phải co chọn theo 6 tại "
 "lại bị đang sẽ về đến hay sau trên ở như làm thành việc cũng nhiều công 5 "
 "hơn ông năm trước nam cả nhưng anh đó thì mot hai con voi còn chính nó 4 "
 "tu ngày sai nước ty s nhà tai rằng in d o vi di ve chi n 3 việt phủ se c "
 "phố so bà bi bao t the nhau tra lai do ca 2 v a quan bo ba f 1 r u e id y "
 "l evolution ma ten i su xa ta iso no can",
 "4 đ à ư ô á 3 ó ạ ể ủ ộ ợ ả ế ệ ê ị ớ ố ậ ờ 2 ấ ụ ề ã ầ ặ ù ì ữ í ọ ơ â ă "
 "ú ò 1 ý é"},
{"sw",
 "12 ya na 11 wa kwa 10 ni la za 9 kwenye hii kuwa katika kama cha hiyo 8 "
 "huo yake alisema kutoka lakini baada watu 7 chapisho vya zaidi huyo au "
 "moja wake maoni hilo yako sasa wakati rais serikali nchi huku 6 amesema "
 "kwamba pia hakuna hao kufanya mwaka hizo ili kila juu bila hata mji kati "
 "jana sana mara wao siku hadi ambayo mpya chama ajili polisi mkuu 5 tu "
 "kupata wanawake hayo yao watoto ambao ambapo kuhusu wengine bado yeye "
 "mwenye pamoja nini si timu waziri jeshi wananchi leo 4 uchaguzi ligi bao "
 "kenya tanzania e kuna uko 3 una leta iyo 2 ina com 1 a",
 ""},
{"ha",
 "13 da 12 a 11 na 10 ya ta ba 9 cikin an ne wannan ce cewa ka yi wani shi 8 "
 "za aka mai su ga sun don wata ke kuma zuwa ko masu zai 7 kan wajen idan "
 "nuna daga wanda duk shugaban ake ana 6 sai nautilus dai wa tun amma wasu "
 "yadda ƙasar har kasar bayan in kamar suka domin inda yan yana babu bai kai "
 "waɗanda yake suke 5 hukumar tana ranar lokacin gwamnatin wadanda fara kana "
 "sa tare ƙungiyar addanci jihar haka kungiyar tsakanin akan mutane mutum "
 "game shekara sabon sojojin ministan 4 najeriya matakin kotun jam iyyar "
 "majalisar yau saboda ina me wane cewar dukkan rashin ja son bango nau 3 so "
 "ar sau i 2 hanya kama z fi kila to",
 "3 ƙ 2 ɗ"},
{"yo",
 "12 ti 11 ni àwọn 10 awon a tí ń si 9 o sí fun lo wọn 8 ó fi fún ati n láti "
 "náà nínú bi wa kan pé 7 le se ba je won lè naa jẹ bá kò ko lati ninu ṣe "
 "yan àti ile ijoba yìí lórí yii gbogbo 6 to pa orílẹ pe tó rẹ ní sọ ilé lọ "
 "kí gbe bí yóò ohun ọmọ ara tun gba eyi mu máa ki 5 ọrọ ìjọba pelu mo ẹni "
 "nípa so re sì mi fẹ aare ọ nigba èyí ẹ han rí wá da ọjọ yoo nkan ọdún gẹgẹ "
 "seda de dá ìpínlẹ olori gomina gbà fe pẹlú ẹgbẹ 4 wo ju pada mú wipe àwa "
 "nitori orisun kini ri bawo oun gan oo kó àárẹ olú ọlọpàá ikú e ka 3 do "
 "kale nautilus see z 2 ta yi 1 aka ami ga koja á",
 "5 í ọ à 4 á ẹ ì ú ó 3 ò é è ṣ ń ù"},
{"ig",
 "13 na 12 a 11 nke ndị n 10 ọ ya ahụ bụ 9 ga ka ime ha faịlụ dị 8 ebe ma "
 "maka ihe mgbe otu nsomebefaịlụ bụrụ aịkọn nwere onye 7 ike ọzọ windo si "
 "aha site e ndi niile gị unu nautilus bu kwuru anyị 6 ọbụla ọrụ kwa o di "
 "mere iji mana so mmadụ ụlọ iwu ahu ọnwụ obodo gọọmentị ụmụ nwa nwoke 5 "
 "nwanyị afọ eme ụbọchị kwesịrị nọ mba egwu steeti naịjirịa onyeisiala ekwu "
 "okwu ọha onwe ego oge uweojii kedu gbara gara aga ozo oke ọma ji sị kọwara "
 "gbasara 4 anyi nwee tụrụ mgbasa kama ná zum 3 á i z 2 type 1 aka ama",
 "5 ọ ụ ị 2 á à é ì 1 è ó"},
{"so",
 "12 ee oo 11 iyo ah hanti jamhuriyada wadaaga 10 ka jegoslafakiya ku in "
 "kacaanka 9 uu la afqaanistan bartamaha belarus boqortooyada britan carabta "
 "dimiqraadiga imaaraadka islaamiga jahuuriyada jamhuuriyada jamhuuriyadda "
 "jarmal jasiiradaha maraykanka midoobay midoobey midowga qaramada ay 8 si u "
 "waa loo soo kale lagu 7 ayaa uga be aan inay inuu waxaa dalka wuxuu "
 "magaalada sheegay sida laga 6 kaas waxay dowladda madaxweynaha kala dadka "
 "isaga badan dhex lahaa jiray marka hadda doonaa leh qaar qof mid inta isku "
 "5 taas gaar kuwa tahay kaddib kadib maanta soomaaliya wax ciidamada jira "
 "halkaas muqdisho hay adda ayuu xilli sanadkii tan kan aad ama mar laakiin "
 "ma yahay dhacay weerar isla markaana xukuumadda maxkamadda sheegeen 4 dil "
 "dilay",
 ""},
{"pcm",
 "12 di 11 na dey 10 for to and 9 wey dem no say dis e 8 be don go as of one "
 "im get the from 7 people pipo sey we wit am dia dat on make who fit una "
 "wen 6 with wetin after tok afta oda in this man but inside take you that "
 "said how so a now things come kontri state my give start until many 5 time "
 "see sabi her she about still will tell wan have pesin also because file "
 "before two only where happun happen without nor is tori pikin mata moni "
 "goment bin dose sef if well since around like type first woman their call "
 "becos becoz enta kom which 4 wia even through all not tins plenti wahala "
 "abi self o wont cannot they waka naim nau when more at must your invalid "
 "it than been 3 value would used or were by could are last over into an s "
 "was there years year 2 has some against dlrs use revs can t shrs what back "
 "its world oper mths corp says he just 1 d new government valid president "
 "police under his down makes set do out killed may up site wins amid",
 ""},
{"tl",
 "13 ang ng 12 sa na 11 ay mga hindi 10 at 9 para ito si ni 8 ko may mo niya "
 "isang siya talaksang kung kay pa 7 ayon pakete din rin o lang po kanyang "
 "dahil ako wala naman nila mula pag noong kanilang upang bago ating 6 pero "
 "ka natin kaya sila nang pangulo iyon dito tayo nito ngayon pamahalaan "
 "bansa taon 5 di 4 ma mabasa y anak 3 tag dapat sabi s 2 bayan han i mai "
 "maka tanzania 1 file set san nam",
 ""},
{"az",
 "10 bu üçün 9 və 8 bilmədi bir olaraq ön da ya yazı 7 seçili yeni fayl "
 "göstər ilə bilmir et evolution qurğulu əlavə tə mə nautilus növü xəta isə "
 "faylları faylı istifadə 6 istəyirsiniz adı də bütün edirik arxa masa 5 "
 "true olan oldu ad ki totem fayllar sonra 4 siz ara yan daha olduğunu e iki "
 "3 ev i o type y al amma az 2 on s in saat son get sal gün var 1 en dan id "
 "ilk mi u zi ana iso",
 "6 ə 5 ı 4 ü ş ö ç 3 ğ"},
{"uz",
 "12 ko 11 bo o 9 olib lmadi qo ushbu uchun ro 8 yangi berdi xatolik rsatish "
 "va tanlangan andoza fayl jild ochish mavjud chiqindilar bilan nautilus "
 "yoki zgartirish nomi 7 ish agar fayllar ishga y bir so jildni ma 6 har to "
 "da 5 bu ga z dan 4 i marta zi 3 id ini ng ni ning ra siz u noma sana type "
 "2 ba jo k ri inc si 1 e end evolution iso kun l li ta tan true zich",
 ""},
{"tk",
 "11 bir 10 üçin bu siz 9 eger we faýl ön faýllary täze bilen bolsa nautilus "
 "8 saýlanan bellenen true görkez ad respublikasy ady hata halta faýllar "
 "içinde tapyldy zibile baglaýyş bilmedi diňe 7 ewez mi ol 6 her 5 tem dan a "
 "jam z 4 ada da iki i 3 den et has kes ki olarak fayl fayllar on san 2 al "
 "and az e ew iz sal ses type ya 1 ise",
 "4 ý ş ň ö ü 3 ç ä 1 ã"},
{"ku",
 "12 û 11 li ku di ji 10 bi de ya 9 bo jî yê ne wê ew 8 re hatiye wî bike vê "
 "min xwe hat dike lê dema 7 kir kirin an da heye yên tu ev her dibe ser bû "
 "gel e bûn 6 dê niha a rojê hemû dewleta partiya tenê kurd were ye "
 "kurdistanê tirkiyê xwest sal wan gelê serokê piştî got divê daxuyand tune "
 "navbera hatin 5 du dîsa yek çi yan te ve 4 din pel be bila 3 nautilus nav "
 "2 here na vir nu id ka ti 1 u ava we",
 "5 ê î 4 û 3 ş ç"},
{"om",
 "12 kan 11 akka 10 fi isaa irratti 9 jiru keessa ta ture hin kun 8 ni e "
 "jedhan bara isaan akkasumas garuu 7 waan yeroo keessatti yoo kana jira "
 "namoota itti uu mootummaan kanaan haala 6 oromiyaa biyya namni nama keenya "
 "hanga yookiin jechuun isheen ol waliin irraa bakka ishee tokko hunda "
 "hedduu jedhu jedhe dubbatan naannoo godina 5 magaalaa poolisii itoophiyaa "
 "duraa booda qabu akkamiin maal dhiha jedhamu ega godhan himan ibsan",
 ""},
{"rw",
 "12 mu ya 11 na ku 10 repubulika y wa muri ba 9 no cyangwa kandi ibirwa bya "
 "uko ko 8 ry uyu ni bwa kugira igihugu ngo iyo leta cy iharanira aho ubumwe "
 "yavuze abantu 7 kuri ariko zunze nk cyane ubwo imyaka umuntu abo aba bw w "
 "avuga by nyuma 6 perezida u rwanda n icyo buri mbere gihe ibyo ca za "
 "ndetse i hari umwihariko kuko iki z ubu bose umwe 5 nta ari bari afite uwo "
 "kya ma 4 k ky kenya 3 biso e hadi nouvelle tonga",
 ""},
{"rn",
 "12 ya mu 11 na ku 10 repubulika y wa 9 muri ba no canke igihugu ibirwa "
 "kandi vya 8 ry uko ko uyu ni bwa kugira ngo iyo w leta iharanira c ubumwe "
 "aho yavuze 7 kuri abantu zunze ariko nk cane ubwo ca imyaka umuntu bw abo "
 "aba avuga 6 vy inyuma umukuru n burundi ico za mbere buri gihe ivyo mugabo "
 "i ukuri z kuko iki 5 ubu bose umwe nta ari bari hariho afise uwo vyose "
 "nivyo vyiza abarundi naho yuko ivyiyumviro cokimwe igikorwa kya ma 4 k ky "
 "kenya 3 biso co e hadi hari nouvelle tonga",
 ""},
{"sn",
 "11 kuti 10 uye ne pa 9 mu ku kana 8 kubva ari asi vari ava kuna izvi 7 "
 "vanhu nyika vake munyika iyi zvakare aya uyu nekuti akati 6 vanoti sezvo "
 "muzimbabwe zvinhu yake gore mukuru pamusoro zvino aiva hurumende mapurisa "
 "anoti rake kwete zviri 5 panguva zvose here munhu vana vanoita kwavo "
 "vachiti apo iri izvozvo kwake achiti hazvina yavo pane mutungamiri kusvika "
 "kupfuura wese anofanira zvimwe chete mberi pasi pose ose wose 4 mumwe "
 "vamwe imwe vaya ivo ini isu imi iye zvichida zvinonzi anonzi akanga "
 "vakanga yakanga zvakanga pakati musi svondo mwedzi kudai kunyange "
 "zvakadaro ndiye ndivo ndizvo sei chii ani riini nhau mapato musangano "
 "mukadzi varume vakadzi mwana vechidiki basa mabasa mari dzinoti dzavo "
 "dzake zvikoro 3 chikoro chipatara dare mutongo musarudzo sarudzo bato "
 "masangano nyaya dzekuti kuitira nekuda nokuti naizvozvo zvekuti panyaya "
 "nezve maererano vakafa akafa kuuraya kurwisa kudzivirira hutano utano "
 "mvura chikafu minda varimi kurima nhabvu mutambo vatambi chikwata mujaho "
 "kuhwina akahwina musoro pamberi shure zvichitevera inoti rinoti vanodaro "
 "anodaro achidaro zvakanyanya zvizhinji vazhinji zhinji shoma nhasi nezuro "
 "mangwana rino rakapera mwaka dunhu guta maguta misha musha mhuri",
 ""},
{"ln",
 "13 na ya 11 te oyo ba 10 mpo o 9 kati fisyé yango ete ezali mpe wa 8 to "
 "ezalaki bato ntango moko esika kasi ekoki nyonso ndenge bango dosyé ye 7 "
 "mokonzi nkombo mboka soki eloko sima mingi koleka lokola nde eza biso kuna "
 "makambo 6 bakoki akoki bazali azali mosala sikoyo nsima ko kino d mibu "
 "ekólo ekolo botamboli lisusu aza baza leta basoda congo bana 5 mwana "
 "mobali mwasi nautilus 4 kala nini suka ti 3 yako bare 2 ata bo tika po 1 a "
 "ozo z",
 "3 é 1 í á ó"},
{"lg",
 "12 mu ku 11 ne nga 10 ono okuva eri 9 oba nti ye okutuuka omu fayiro 8 "
 "abantu bwe n gavumenti bw mukulu era buli ekitongole kino kubanga "
 "ekiragiro ng abo 7 ey kya omukulu ensi naye disitulikiti wa nnyo eno ba "
 "eyo yagambye okukola 6 abamu poliisi pulezidenti omwaka okubiri ebintu "
 "kampala bano abaana bonna ez y 5 ya eza aka 4 z t ke w c s f 3 ky u ak d l "
 "ze lwe bwa i r a 2 ko za e wakati ka k ki o ag bya 1 by v et aga na we",
 ""},
{"xh",
 "10 i ukuba 8 ye xa na kwi okanye le ngaba 7 nokuba evolution bonisa "
 "ifayili impazamo igama uluhlu kwakhona ze kuphela inkqubo umfanekiso "
 "ayikwazanga seefayili lwe umbala yenza 6 ubungakanani esi lo ku khetha se "
 "iifayili isiqulathi umyalezo ufuna misela u we nautilus 5 into ukuze ne "
 "kuko 4 totem naye true be y e 3 ka yi kwenye imi ke um 2 d de oko seva eyi "
 "z s sakho type id 1 abantu ca f siya no uye aba bude the ngo",
 ""},
{"zu",
 "10 uma 9 iphutha noma i ukuze 8 ohele chofoza sakho bese ihele ihlelwe 7 "
 "isithombe igama khetha futhi ukuthi inautilus ngokweqiniso totem isibaya "
 "ufuna se kuphela ngakhoni ngoba uhlelo 6 uhlu ye izinhlamvu besiga "
 "esithombeni ngakhonanga inkinombho ku ayikwazanga le we 5 ukuba bonisa "
 "nautilus umbala 4 ama kwi lwe ne ze into ke 3 a type na u yenza yi z and "
 "ngo 2 s ubungakanani ka umfanekiso cha iso la no okanye si 1 be nama",
 ""},
};
const size_t language_latin_n =
    sizeof language_latin / sizeof *language_latin;
