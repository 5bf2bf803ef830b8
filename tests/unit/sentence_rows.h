/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence_rows.h - texts with their sentences and paragraphs marked
 *
 * ¶ is where a paragraph begins and with it a sentence, | where a sentence
 * alone does.  The texts are written for these tests.
 */
#ifndef MORGUE_TEST_SENTENCE_ROWS_H
#define MORGUE_TEST_SENTENCE_ROWS_H

static const struct sentence_row {
    const char *lang, *text;
} sentence_row[] = {
    /* the marks of all languages */
    {"", "¶One. |Two! |Three? |Four"},
    {"", "¶Mr. Poe wrote to Dr. Ott, cf. p. 5, etc. |Then he left."},
    {"en", "¶It rose 3.5 percent at 10.30 a.m. on example.com. |It fell."},
    {"en", "¶See main.c, http://example.com/?Q=1 or Node.js. |Or not."},
    {"en", "¶He paused... and went on. |Then... |Nothing."},
    {"en", "¶He paused… and went on. |Then… |Nothing."},
    {"en", "¶What?! |No!! |Yes."},
    {"en", "¶\"Why?\" he asked. |\"No!\" she said. |(Really?) |Yes."},
    {"en", "¶She said “It is over.” |“Is it?” he asked. |He left."},
    {"en", "¶He left.” |[She did not.] |(Nor did I.) |‘Nor I.’ |End."},
    {"en", "¶Yahoo! bought it. |Yahoo! Inc. sold it. |Yahoo! |It is gone."},
    {"en", "¶It cost more (!) than Smith (?) said [...] Jones paid. |Yes."},
    {"en", "¶He said no.She left. |Stop!|Go. |It was 2009.|The end."},
    {"en", "¶\" He left . \" |She stayed . |Why ?"},
    {"en", "¶1. The first thing. |2. The second."},
    {"en", "¶• 3. The third thing. |(4. A fourth.)"},

    /* English: titles, initials, months, companies, places */
    {"en", "¶Mr. Smith, Mrs. Jones and Dr. Ng met Sen. Warner. |They ate."},
    {"en",
     "¶Gov. Hogan, Rep. Cole, Lt. Col. Ray and Prof. Dee left. |He came."},
    {"en",
     "¶J. F. Kennedy and George W. Bush met J.R.R. Tolkien. |We saw it."},
    {"en",
     "¶On Nov. 11 it rained. |On Sat., Dec. 3, it snowed. |Last Oct. |He"},
    {"en", "¶No. 10 said no. |No. |He said so."},
    {"en",
     "¶Ford Motor Co. Chairman Bill Ford left. |He works at Ford Motor Co. "
     "|It rose."},
    {"en", "¶Apple Inc. fell 3 pct. |It bought Beats Ltd. |The deal is done."},
    {"en", "¶The U.S. Senate met. |He lives in the U.S. |His wife does not."},
    {"en", "¶He has a Ph.D. from M.I.T. in physics. |She has none."},
    {"en", "¶It began at 5 p.m. Tuesday. |It ended at 9 p.m. |They left."},
    {"en", "¶BOSTON, Mass. (AP) - The mayor left. |It rained."},
    {"en", "¶PARIS (AP) — Text began. |It ended."},
    {"en", "¶LONDON, Nov. 11 (Reuters) - Gold rose. |Silver fell."},
    {"en", "¶WASHINGTON, D.C. (AP) -- Gold rose. |Silver fell."},
    {"en",
     "¶BOSTON, Mass. - The mayor left. |- He did? |– “No.” |— It rained."},
    {"en", "¶ST. LOUIS (AP) — MR. SMITH LEFT. |HE CAME BACK."},
    {"en",
     "¶He was ill. |Then he was in Ill. for a week. |He had mass. |Yes."},
    {"en", "¶He said so. |12 people left. |It was May. |5 stayed."},
    {"en", "¶AT&T. |We don't. |It's 30 °C. |She left."},
    {"en", "¶Smith v. Jones, i.e. the case, e.g. Here, was lost. |He paid."},
    {"en-GB", "¶Mr. Pitt sat. |He stood."},
    {"EN_us", "¶Mr. Pitt sat. |He stood."},

    {"en", "¶Acme Inc. A. Smith left. |Acme Inc. |A man left. |U.S.À. rose."},
    {"de", "¶Das ist die Muster GmbH. |Für sie kam er. |Die Muster GmbH. "
           "|Über sie schwieg er am 3. |Für heute ist es genug."},
    {"es", "¶La compró Acme Inc. |También la vendió Acme Inc. |Más vale así."},
    {"de", "¶Am 3. Oktober kam Dr. Kohl, z. B. Herr Maier, d. h. er selbst. "
           "|Das war gut."},
    {"de", "¶Der 2. Weltkrieg endete 1945. |Die 1. Bundesliga begann. |Er sah "
           "Ludwig XIV. in Paris. |Ludwig XIV. Bourbon kam 1999."},
    {"de",
     "¶Das kostet 5 Mio. Euro bzw. 3 Mrd. Dollar inkl. Steuer. |Die Firma "
     "zahlt. |Äpfel usw. |Birnen auch."},
    {"de",
     "¶»Warum?«, fragte er. |„Darum.“ |Sie ging. |Um 20.15 Uhr kam sie."},
    {"de", "¶Die Deutsche Bank e.V. sowie u.a. Prof. Dr. med. Ott kamen. |Er "
           "blieb."},
    {"fr", "¶M. Dupont et Mme Roy ont vu Mgr. Lustiger le 3 janv. 1999. |Il "
           "pleuvait."},
    {"fr", "¶« Pourquoi ? » demanda-t-il. |« Parce que. » |Elle partit."},
    {"fr", "¶J.-P. Sartre, cf. p. 12, est né av. J.-C. en Gaule. |Non !"},
    {"es", "¶El Sr. Pérez y la Dra. Gil viven en la Av. Norte, núm. 5. |¿Por "
           "qué? |¡No! |Sí."},
    {"es",
     "¶En EE. UU. hay frutas, p. ej. Manzanas, etc. |Los precios suben."},
    {"it", "¶Il sig. Rossi e l'on. Bianchi, ad es. Verdi, sono partiti. |Il "
           "dott. Neri no, ecc. |Dov'è. |Qui."},
    {"pt-BR", "¶O Sr. Silva e a Profa. Dra. Lima moram na Av. Paulista. |A "
              "Vale S.A. subiu. |Sim."},
    {"nl", "¶Dhr. Jansen en mr. dr. De Vries kwamen o.a. Maandag. |Ze aten "
           "appels enz. |Daarna niet meer. |Dat is voor u. |Dank."},
    {"sv", "¶Dr. Berg kom kl. 10, bl.a. Med bil, t.ex. Volvo. |Han gick osv. "
           "|Den 3 okt. 1999 kom han in i. |Ja."},
    {"da", "¶Den 3. oktober kom hr. Jensen kl. 10.30. |Det koster 5 mio. "
           "kr. |Han tog f.eks. Bilen. |Det var 13. |Ja."},
    {"no", "¶Den 3. oktober kom dr. Berg. |– Jeg vet ikke, sa han. |– Nei. "
           "|Det er her jeg bor i. |Der."},
    {"nb", "¶Kl. 10 kom dr. Berg. |Han gikk."},
    {"is", "¶Hann kom 3. október kl. 10. |Dr. Jón fór o.s.frv. |Hún kom."},
    {"fi",
     "¶Hän tuli 5. luokalle klo 10, esim. Helsingissä. |Se maksoi 3 milj. "
     "euroa. |Yrityksiä ym. |Niin."},
    {"et",
     "¶Ta sündis 3. oktoobril 1999. a. kevadel. |Dr. Tamm tuli jne. |Jah."},
    {"lv",
     "¶Viņš dzimis 1999. gada 3. oktobrī. |Dr. Bērziņš runāja utt. |Jā."},
    {"lt", "¶Jis gimė 1999 m. spalio mėn. ir t. t. mieste. |Prof. Petraitis, "
           "pvz. Vilniuje, kalbėjo. |Taip."},
    {"pl",
     "¶Dnia 3. października prof. Nowak i ul. Długa, tzn. Warszawa, itd. "
     "|W 1999 r. było inaczej. |– Nie wiem – powiedział J. Kowalski. |Tak."},
    {"cs", "¶Dne 3. října přišel Ing. Novák, tj. Jan, např. Praha. |Bylo jich "
           "1999. |Firma s. r. o. i tzv. Klub. |Ano."},
    {"sk",
     "¶Dňa 3. októbra prišiel Mgr. Kováč, napr. Bratislava, atď. |Áno. |2. "
     "Liga."},
    {"sl", "¶Dne 3. oktobra je prišel dr. Novak, npr. Ljubljana, itd. |Da."},
    {"hr", "¶Dana 3. listopada došao je dr. Horvat, npr. Zagreb, itd. |Da."},
    {"sr", "¶Дана 3. октобра дошао је др. Петровић, нпр. Београд, итд. |Да. "
           "|Prof. Jović je došao."},
    {"hu", "¶2024. október 3. napján dr. Kovács és pl. Budapest, stb. |Igen. "
           "|XVI. Benedek pápa jött. |Ez az ő. |Nem."},
    {"ro",
     "¶Dl. Popescu și prof. Ion de pe str. Lungă, nr. 5, au venit etc. |Nu. "
     "|În ian. 1999 a plecat."},
    {"tr", "¶Prof. Dr. Yılmaz 3. kez geldi. |Doç. Ak, Atatürk Cad. No. 5'te "
           "oturuyor. |Evet. |2. Lig başladı."},
    {"sq", "¶Z. Hoxha dhe dr. Leka, p.sh. Tirana, erdhën etj. |Po."},
    {"ca", "¶El Sr. Puig i la Dra. Mas, p. ex. Girona, van venir etc. |Sí."},
    {"id", "¶Prof. Dr. Habibie dan Tn. Ali di Jl. Sudirman No. 5, dll. |Ya."},
    {"vi", "¶TP. Hồ Chí Minh và GS. TS. Nguyễn Văn A. Bình, v.v. |Vâng."},

    {"ru",
     "¶А. С. Пушкин жил на ул. Мойка, т. е. в г. Санкт-Петербурге. |В 1999 "
     "г. к власти пришел В. В. Путин."},
    {"ru",
     "¶Это было в 1837 г. |Он умер. |Цена 5 тыс. руб. за шт., т.е. много. "
     "|«Почему?» — спросил он. |— Не знаю. |Да."},
    {"uk",
     "¶Т. Г. Шевченко жив на вул. Лесі, ім. Франка, тобто в м. Києві. |Це "
     "коштує 5 тис. грн. |Так. |— Ні. |Так."},
    {"be", "¶Я. Купала жыў на вул. Міцкевіча, г. зн. у Вільні. |Так."},
    {"bg", "¶И. Вазов живя на ул. Раковски, т. е. в гр. София. |През 1999 г. "
           "|Той замина. |Да."},
    {"mk", "¶Проф. Петров и д-р Илиев, ул. Маршал Тито бр. 5, итн. |Да."},
    {"kk", "¶А. Құнанбаев ақын, т. б. адамдар келді. |Иә."},
    {"el",
     "¶Ο κ. Κ. Μητσοτάκης, δηλ. ο πρωθυπουργός, π.χ. Αύριο, μίλησε. |Γιατί; "
     "|Δεν ξέρω. |Ναι\u037E |Όχι, κλπ. |Τέλος."},
    {"en", "¶He ate; She left; They slept. |Yes."},
    {"hy", "¶Նա եկավ։ |Նա գնաց։ |Այո: |Ոչ։"},
    {"ka", "¶ის მოვიდა. |ის წავიდა! |რატომ?"},
    {"he", "¶הוא בא. |היא הלכה! |למה? |כי א. ב. יהושע כתב."},
    {"ar", "¶جاء د. محمد أمس. |لماذا؟ |لا أعرف! |نعم."},
    {"fa", "¶او آمد. |چرا؟ |نمی‌دانم! |بله."},
    {"ur", "¶وہ آیا۔ |کیوں؟ |معلوم نہیں۔ |ہاں"},
    {"hi", "¶डॉ. सिंह और ए. पी. जे. अब्दुल कलाम आए। |क्यों? |पता नहीं। |हाँ"},
    {"mr", "¶डॉ. पाटील आले. |का? |माहीत नाही. |हो"},
    {"bn", "¶ড. ইউনূস এলেন। |কেন? |জানি না।"},
    {"am", "¶እሱ መጣ። |ለምን? |አላውቅም።"},
    {"my", "¶သူလာသည်။ |သူသွားသည်။"},
    {"km", "¶គាត់មក។ |គាត់ទៅ។"},
    {"ko", "¶그는 왔다. |\"왜?\"라고 물었다. |그녀는 갔다."},
    {"zh", "¶他来了。|“为什么？”|他走了！|《日报》说：1.5万人。|2024年。|"
           "iPhone。|他想……"
           "走了。"},
    {"zh", "¶他说：“好。”|“不好。”|完"},
    {"ja", "¶彼は来た。|「なぜ？」と聞いた。|「知らない。」|「本当か。」|"
           "彼は去った！|2024年"},
    {"th", "¶นาย ก. มาเมื่อ พ.ศ. 2540 ที่ กทม. นี้  |เขาไป แล้วกลับ  |จริงหรือ? "
           "|จริง"},

    /* paragraphs: by lines, by blank lines */
    {"en",
     "  \n ¶One. |Two\n¶three.\r\n¶Four\r¶five\u2028¶six\u2029¶seven\xC2\x85"
     "¶eight \n"},
    {"en",
     "¶A text that\nis wrapped. |So\nis this.\n\n¶Mr.\nSmith left. |He\r\n"
     "came.\r\n \t\r\n¶End\u2028line\u2029¶last\n\n"},
    {"en", "¶The U.S.\n\n¶senate met at 5 p.m.\n \n \n¶on Nov.\n\n¶11"},
    {"de", "¶Dr.\n¶Ott"},
    {"th", "¶เขามา \n \n¶เขาไป \nแล้ว"},
    {"", ""},
    {"", " \n\t\u3000\r\n"},
};

#endif
