/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date.c - dates as news writes them
 *
 * The text is cut into numbers, words and signs (struct date_part) and the row
 * of their kinds is held against the forms that dates have.
 */
#include "date.h"

/* ---- parts -------------------------------------------------------------- */

/* A number, a word or a sign.  `kind` is '0' for a number, 'M' for a month's
 * name, 'W' for another word, else the sign itself; white space is no part,
 * but `spaced` tells of it. */
struct date_part {
    char kind;
    bool spaced; /* white space before it */
    int digits;
    int64_t value;
    struct morgue_str word;
};

enum { PARTS_MAX = 24 };

struct parts {
    struct date_part part[PARTS_MAX];
    int n, at; /* at: the next one to be read */
};

/* Names of months, those of January first, " " between them; those of other
 * languages in full or as they are usually cut.  Listopad is November in
 * Polish and Czech, and October in Croatian, which is not read. */
static const char *const month_names[12] = {
    "january jan januar januari janvier enero ene gennaio gen janeiro "
    "stycznia styczeń tammikuu tammikuuta ledna leden ocak января "
    "январь янв ianuarie január januára ιανουαρίου janar gener janua "
    "januarie siječnja януари січня јануар يناير جانفي जनवरी ינואר "
    "جنوری",
    "february feb februar februari février févr febrero febbraio "
    "fevereiro fev lutego luty helmikuu helmikuuta února únor şubat "
    "февраля февраль фев februarie február februára φεβρουαρίου shkurt "
    "febrer veljače февруари лютого фебруар فبراير فيفري شباط फरवरी "
    "फ़रवरी פברואר فروری",
    "march mar märz mrz maart mars marzo março marts marca marzec "
    "maaliskuu maaliskuuta března březen mart марта март мар martie "
    "március μαρτίου maret machi ožujka березня مارس آذار मार्च מרץ "
    "مارچ",
    "april apr avril avr abril aprile kwietnia kwiecień huhtikuu "
    "huhtikuuta dubna duben nisan апреля апрель апр aprilie április "
    "apríla απριλίου prill aprili travnja април квітня أبريل ابريل "
    "أفريل نيسان अप्रैल אפריל اپریل",
    "may mai mei mayo maggio mag maio maj maja toukokuu toukokuuta "
    "května květen mayıs мая май május mája μαΐου maig svibnja травня "
    "مايو ماي أيار मई מאי مئی",
    "june jun juni juin junio giugno giu junho czerwca czerwiec kesäkuu "
    "kesäkuuta června červen haziran июня июнь июн iunie június júna "
    "ιουνίου qershor juny lipnja юни червня јун يونيو جوان حزيران जून "
    "יוני جون",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec "
    "heinäkuu heinäkuuta července červenec temmuz июля июль июл iulie "
    "július júla ιουλίου korrik juliol julai srpnja юли липня јул يوليو "
    "جويلية تموز जुलाई יולי جولائی",
    "august aug augustus août agosto ago augusti sierpnia sierpień "
    "elokuu elokuuta srpna srpen ağustos августа август авг augusztus "
    "augusta αυγούστου gusht agost agosti agustus kolovoza серпня أغسطس "
    "اغسطس أوت آب अगस्त אוגוסט اگست",
    "september sep sept septembre septiembre settembre set setembro "
    "września wrzesień syyskuu syyskuuta září eylül сентября сентябрь "
    "сен septembrie szeptember septembra σεπτεμβρίου shtator setembre "
    "septemba rujna септември вересня септембар سبتمبر أيلول सितंबर "
    "सितम्बर ספטמבר ستمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out "
    "października październik lokakuu lokakuuta října říjen ekim "
    "октября октябрь окт octombrie október októbra οκτωβρίου tetor "
    "oktoba октомври жовтня октобар أكتوبر اكتوبر अक्टूबर अक्तूबर "
    "אוקטובר اکتوبر",
    "november nov novembre noviembre novembro listopada listopad "
    "marraskuu marraskuuta listopadu kasım ноября ноябрь ноя noiembrie "
    "novembra νοεμβρίου nëntor novemba studenoga studenog ноември "
    "листопада новембар نوفمبر नवंबर नवम्बर נובמבר نومبر",
    "december dec dezember dez décembre diciembre dic dicembre dezembro "
    "grudnia grudzień joulukuu joulukuuta prosince prosinec aralık "
    "декабря декабрь дек decembrie decembra δεκεμβρίου dhjetor desembre "
    "desember desemba prosinca декември грудня децембар ديسمبر दिसंबर "
    "दिसम्बर דצמבר دسمبر",
};

/* The same of days, Monday first. */
static const char *const day_names[7] = {
    "monday mon montag lundi lunes lunedì segunda maandag måndag mandag "
    "poniedziałek maanantai pondělí pazartesi понедельник mo lun",
    "tuesday tue tues dienstag mardi martes martedì terça dinsdag tisdag "
    "tirsdag wtorek tiistai úterý salı вторник di",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag "
    "onsdag środa keskiviikko středa çarşamba среда mi",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta "
    "donderdag torsdag czwartek torstai čtvrtek perşembe четверг do",
    "friday fri freitag vendredi viernes venerdì sexta vrijdag fredag piątek "
    "perjantai pátek cuma пятница fr",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag "
    "lørdag sobota lauantai cumartesi суббота sa",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag "
    "niedziela sunnuntai neděle pazar воскресенье so",
};

enum { NAME_MAX_LEN = 32 };

/* `s` in lower case, Latin, Cyrillic and Greek letters of two bytes too; its
 * length, or 0 where it is too long for a name. */
static size_t
lower(char out[NAME_MAX_LEN], struct morgue_str s)
{
    if (s.len > NAME_MAX_LEN)
        return 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i], next = 0;

        out[i] = to_lower(s.s[i]);
        if (i + 1 < s.len)
            next = (unsigned char)s.s[i + 1];
        if ((c == 0xC3 && next >= 0x80 && next <= 0x9E) ||
            (c == 0xD0 && next >= 0x90 && next <= 0x9F) ||
            (c == 0xCE && next >= 0x91 && next <= 0x9F)) {
            out[++i] = (char)(next + 0x20);
        } else if ((c == 0xD0 && next >= 0xA0 && next <= 0xAF) ||
                   (c == 0xCE && next >= 0xA0 && next <= 0xA9)) {
            out[i]++;
            out[++i] = (char)(next - 0x20);
        } else if ((c == 0xC4 || (c == 0xC5 && next >= 0x8A)) &&
                   next >= 0x80 && next <= 0xB7) {
            out[++i] = (char)(next | 1);
        }
    }
    return s.len;
}

static bool
is_listed(const char *names, struct morgue_str word)
{
    for (;; names++) {
        if (strncmp(names, word.s, word.len) == 0 &&
            (names[word.len] == ' ' || !names[word.len]))
            return true;
        names = strchr(names, ' ');
        if (!names)
            return false;
    }
}

/* Which of the names it is, from 1; else 0. */
static int
name_of(struct morgue_str word, const char *const *names, int n)
{
    char name[NAME_MAX_LEN];
    size_t len = lower(name, word);

    for (int i = 0; i < n && len > 0; i++)
        if (is_listed(names[i], str_slice(name, len)))
            return i + 1;
    return 0;
}

/* What may stand in a word: letters of other alphabets too. */
static bool
is_letter(char c)
{
    return is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool
split(struct parts *p, struct morgue_str s)
{
    size_t i = 0;

    *p = (struct parts){.n = 0};
    while (i < s.len) {
        struct date_part *part = &p->part[p->n];
        size_t from;

        if (p->n == PARTS_MAX)
            return false;
        *part = (struct date_part){0};
        for (; i < s.len && is_space(s.s[i]); i++)
            part->spaced = true;
        if (i == s.len)
            break;
        from = i;
        for (; i < s.len && is_digit(s.s[i]) && part->digits < 15; i++) {
            part->value = part->value * 10 + (s.s[i] - '0');
            part->digits++;
        }
        for (; part->digits == 0 && i < s.len && is_letter(s.s[i]); i++)
            ;
        part->word = str_slice(s.s + from, i - from);
        if (part->digits > 0) {
            part->kind = '0';
        } else if (i > from) {
            /* T and Z, in most dates there are, are looked for nowhere */
            if (part->word.len > 2)
                part->value = name_of(part->word, month_names, 12);
            part->kind = part->value ? 'M' : 'W';
        } else {
            part->kind = s.s[i++];
        }
        p->n++;
    }
    return p->n > 0;
}

/* Whether the next parts are of these kinds; they are taken if so. */
static const struct date_part *
take(struct parts *p, const char *kinds)
{
    const struct date_part *first = &p->part[p->at];
    int i = 0;

    for (; kinds[i]; i++)
        if (p->at + i >= p->n || first[i].kind != kinds[i])
            return NULL;
    p->at += i;
    return first;
}

/* ---- forms -------------------------------------------------------------- */

struct civil {
    int64_t year, month, day, hour, minute, second, offset;
    enum morgue_date_precision precision;
};

static void
set_day(struct civil *c, int64_t year, int64_t month, int64_t day)
{
    c->year = year;
    c->month = month;
    c->day = day;
    c->precision = MORGUE_DATE_DAY;
}

/* 20050304 and 20050304T0405[06]; the T part is a word stuck to digits. */
static bool
basic_date(struct parts *p, struct civil *c)
{
    const struct date_part *a = &p->part[p->at];

    if (a->digits == 14) {
        set_day(c, a->value / 10000000000, a->value / 100000000 % 100,
                a->value / 1000000 % 100);
        c->hour = a->value / 10000 % 100;
        c->minute = a->value / 100 % 100;
        c->second = a->value % 100;
        c->precision = MORGUE_DATE_SECOND;
    } else {
        set_day(c, a->value / 10000, a->value / 100 % 100, a->value % 100);
    }
    p->at++;
    return true;
}

/* Day or month in digits first: 11.11.1918, 25/11/1918, 11/25/1918. */
static bool
digits_first(struct parts *p, struct civil *c)
{
    const struct date_part *a = &p->part[p->at];
    int64_t x = a[0].value, y;

    if (take(p, "0.0.0")) {
        set_day(c, a[4].value, a[2].value, x);
        return true;
    }
    if (!take(p, "0/0/0") && !take(p, "0-0-0"))
        return false;
    y = a[2].value;
    if (x > 12 || x == y)
        set_day(c, a[4].value, y, x);
    else if (y > 12)
        set_day(c, a[4].value, x, y);
    else
        return false; /* day and month cannot be told apart */
    return true;
}

/* Take the next part if it is one of the words. */
static bool
take_word(struct parts *p, const char *words)
{
    int at = p->at;
    const struct date_part *w = take(p, "W");
    char name[NAME_MAX_LEN];

    if (w && is_listed(words, str_slice(name, lower(name, w->word))))
        return true;
    p->at = at;
    return false;
}

/* The end of "11th", if it follows: "1er", "11." */
static void
ordinal(struct parts *p)
{
    if (!take_word(p, "st nd rd th er º ª"))
        take(p, ".");
}

/* What several languages put between day, month and year: "of", "de". */
static void
of(struct parts *p)
{
    take_word(p, "of de del d'");
}

/* Whether a year of two digits is one of RFC 822: a time follows. */
static bool
short_year(const struct parts *p, const struct date_part *year)
{
    return year->digits == 2 && p->at + 1 < p->n &&
           p->part[p->at].kind == '0' && p->part[p->at + 1].kind == ':';
}

/* RFC 2822, 4.3: years of two digits are of 1950 to 2049. */
static int64_t
full_year(const struct date_part *year)
{
    if (year->digits > 2)
        return year->value;
    return year->value + (year->value < 50 ? 2000 : 1900);
}

/* With a month's name: 11 November 1918, 26-FEB-1987, November 11, 1918,
 * November 1918, 11. November 1918, 11 de noviembre de 1918; "11th", "Nov."
 * and commas are allowed. */
static bool
named_month(struct parts *p, struct civil *c)
{
    const struct date_part *month, *day, *year;

    day = take(p, "0");
    if (day) {
        ordinal(p);
        of(p);
    }
    take(p, "-");
    month = take(p, "M");
    if (!month)
        return false;
    while (take(p, ".") || take(p, "-") || take(p, ","))
        ;
    of(p);
    year = take(p, "0");
    if (!day && year && year->digits <= 2) {
        day = year;
        ordinal(p);
        take(p, ",");
        year = take(p, "0");
    }
    if (!year || (year->digits != 4 && !(day && short_year(p, year))))
        return false;
    set_day(c, full_year(year), month->value, day ? day->value : 1);
    if (!day)
        c->precision = MORGUE_DATE_MONTH;
    return true;
}

static const struct {
    const char *name;
    int hours;
} zone_name[] = {
    {"UTC", 0},   {"GMT", 0},   {"UT", 0},    {"Z", 0},     {"EST", -5},
    {"EDT", -4},  {"CST", -6},  {"CDT", -5},  {"MST", -7},  {"MDT", -6},
    {"PST", -8},  {"PDT", -7},  {"CET", 1},   {"CEST", 2},  {"BST", 1},
    {"MSK", 3},   {"WET", 0},   {"WEST", 1},  {"EET", 2},   {"EEST", 3},
    {"MEZ", 1},   {"MESZ", 2},  {"SAST", 2},  {"EAT", 3},   {"JST", 9},
    {"KST", 9},   {"HKT", 8},   {"SGT", 8},   {"AEST", 10}, {"AEDT", 11},
    {"NZST", 12}, {"NZDT", 13}, {"AKST", -9}, {"AKDT", -8}, {"HST", -10}};

/* A time zone, if one follows: Z, GMT, +0100, +01:00, +01; false where it
 * cannot be.  A name that is not known leaves the time as it is. */
static bool
zone(struct parts *p, struct civil *c)
{
    const struct date_part *w = take(p, "W"), *a;
    int64_t hours, minutes;

    if (w)
        for (size_t i = 0; i < sizeof zone_name / sizeof *zone_name; i++)
            if (str_eq_nocase(w->word, str_of(zone_name[i].name)))
                c->offset = zone_name[i].hours * 3600;
    a = take(p, "+0");
    if (!a)
        a = take(p, "-0");
    if (!a)
        return true;
    hours = a[1].digits == 4 ? a[1].value / 100 : a[1].value;
    minutes = a[1].digits == 4 ? a[1].value % 100 : 0;
    if (take(p, ":0"))
        minutes = a[3].value;
    c->offset = (hours * 60 + minutes) * (a->kind == '-' ? -60 : 60);
    return hours <= 24 && minutes <= 59;
}

/* The name of the zone once more in brackets, as mail and browsers write, or
 * the zone itself, if it was not `given`: (GMT+7). */
static bool
zone_comment(struct parts *p, struct civil *c, bool given)
{
    int at;

    if (!take(p, "("))
        return true;
    at = p->at;
    if (!given && zone(p, c) && take(p, ")"))
        return true;
    p->at = at;
    while (take(p, "W"))
        ;
    return take(p, ")") != NULL;
}

/* am, PM or p.m., if it follows; false where it does not fit the hour. */
static bool
half_of_day(struct parts *p, struct civil *c)
{
    int at = p->at;
    const struct date_part *w = take(p, "W.W.");
    bool dots = w && str_eq_nocase(w[2].word, STR("m"));
    char half;

    if (!dots) {
        p->at = at;
        w = take(p, "W");
    }
    half = w ? to_lower(w->word.s[0]) : '\0';
    if ((half != 'a' && half != 'p') ||
        !(dots ? w->word.len == 1
               : w->word.len == 2 && to_lower(w->word.s[1]) == 'm')) {
        p->at = at;
        return true;
    }
    if (c->hour < 1 || c->hour > 12)
        return false;
    c->hour = c->hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

/* 11:00, 11:00:05, 11:00:05.123; 11h00. */
static bool
clock(struct parts *p, struct civil *c)
{
    const struct date_part *a = take(p, "0:0");

    if (!a)
        a = take(p, "0W0");
    if (!a || a[0].digits > 2 || a[2].digits != 2)
        return false;
    c->hour = a[0].value;
    c->minute = a[2].value;
    c->precision = MORGUE_DATE_SECOND;
    a = take(p, ":0");
    if (!a)
        return true;
    c->second = a[1].value;
    if (!take(p, ".0"))
        take(p, ",0");
    return a[1].digits == 2;
}

/* What stands behind a T without colons: 1100, 110005. */
static bool
basic_clock(struct civil *c, const struct date_part *a)
{
    bool seconds = a->digits == 6;

    c->hour = seconds ? a->value / 10000 : a->value / 100;
    c->minute = seconds ? a->value / 100 % 100 : a->value % 100;
    c->second = seconds ? a->value % 100 : 0;
    c->precision = MORGUE_DATE_SECOND;
    return seconds || a->digits == 4;
}

/* 11 a.m. */
static bool
hour_alone(struct parts *p, struct civil *c, const struct date_part *a)
{
    int at = p->at;

    c->hour = a->value;
    c->precision = MORGUE_DATE_SECOND;
    return a->digits <= 2 && half_of_day(p, c) && p->at > at;
}

/* Whether 11h00 follows. */
static bool
is_h(const struct parts *p)
{
    const struct date_part *h = &p->part[p->at + 1];

    return h->kind == 'W' && str_eq_nocase(h->word, STR("h")) && !h->spaced &&
           p->at + 2 < p->n && h[1].kind == '0' && !h[1].spaced;
}

/* A time of day, if one follows: 11:00, 11:00:05.123, T110005, 11:00 AM,
 * 11 a.m.; then nothing must be left. */
static bool
time_of_day(struct parts *p, struct civil *c)
{
    const struct date_part *a, *w;
    bool is_t, known;
    int at;

    take(p, ",");
    if (p->at == p->n)
        return true;
    w = take(p, "W");
    is_t = w && str_eq_nocase(w->word, STR("T"));
    if (w && !is_t) {
        p->at--;
        if (!take_word(p, "at um à às om kl ore alle в"))
            return false;
        take(p, ".");
    } else if (!w && !take(p, "-")) {
        take(p, "|");
    }
    if (p->at == p->n || (!w && !p->part[p->at].spaced))
        return false;
    if (p->at + 1 < p->n && (p->part[p->at + 1].kind == ':' || is_h(p))) {
        known = clock(p, c) && half_of_day(p, c);
        take_word(p, "uhr h hrs uur");
    } else {
        a = take(p, "0");
        known = a && (is_t ? basic_clock(c, a) : hour_alone(p, c, a));
    }
    at = p->at;
    if (!known || !zone(p, c))
        return false;
    return zone_comment(p, c, p->at > at) && p->at == p->n;
}

/* Whether the words behind three numbers are those for year, month and day in
 * Chinese and Japanese, or in Korean; the last may go on in what follows. */
static bool
is_eastern(const struct date_part *a, struct morgue_str *rest)
{
    static const struct morgue_str names[2][3] = {
        {{"年", 3}, {"月", 3}, {"日", 3}}, {{"년", 3}, {"월", 3}, {"일", 3}}};
    struct morgue_str last = a[5].word;

    for (int i = 0; i < 2; i++)
        if (str_eq(a[1].word, names[i][0]) && str_eq(a[3].word, names[i][1]) &&
            str_starts(last, names[i][2])) {
            *rest = str_slice(last.s + 3, last.len - 3);
            return true;
        }
    return false;
}

/* The number before one of the words, which "about" may follow; -1 where there
 * is none. */
static int64_t
counted(struct parts *p, const char *words)
{
    int at = p->at;
    const struct date_part *a = take(p, "0W");
    struct morgue_str unit = a ? a[1].word : STR("");

    if (unit.len > 3 &&
        is_listed("ごろ 頃 左右", str_slice(unit.s + 3, unit.len - 3)))
        unit.len = 3;
    if (a && is_listed(words, unit))
        return a->value;
    p->at = at;
    return -1;
}

/* 10:20, 10時20分 or 오후 3시 20분 behind such a date, perhaps behind a day of
 * the week; `half` is a word that stands between.  False where something else
 * does. */
static bool
eastern_time(struct parts *p, struct civil *c, struct morgue_str half)
{
    static const char *const halves[] = {"午前 上午 오전", "午後 下午 오후"};
    const struct date_part *w;
    int64_t second;
    int which = -1;

    take(p, "(W)");
    if (half.len == 0 && (w = take(p, "W")))
        half = w->word;
    while (half.len > 0) {
        if (is_alpha(half.s[0]))
            return false;
        for (int i = 0; i < 2; i++)
            which = is_listed(halves[i], half) ? i : which;
        w = take(p, "W");
        half = w ? w->word : STR("");
    }
    if (p->at == p->n)
        return which < 0;
    c->hour = counted(p, "時 时 点 點 시");
    if (c->hour >= 0) {
        c->minute = counted(p, "分 분");
        second = c->minute >= 0 ? counted(p, "秒 초") : -1;
        c->minute = c->minute >= 0 ? c->minute : 0;
        c->second = second >= 0 ? second : 0;
        c->precision = MORGUE_DATE_SECOND;
    } else {
        c->hour = 0;
        if (!clock(p, c))
            return false;
    }
    if (which >= 0 && c->hour <= 12)
        c->hour = c->hour % 12 + (which == 1 ? 12 : 0);
    return zone(p, c) && p->at == p->n;
}

/* With a month's name behind the year: 1918 Nov 11, 1918. november 11. */
static bool
year_and_name(struct parts *p, struct civil *c)
{
    const struct date_part *a = take(p, "0M0"), *dotted;

    dotted = a ? NULL : take(p, "0.M0");
    if (a)
        set_day(c, a[0].value, a[1].value, a[2].value);
    else if (dotted)
        set_day(c, dotted[0].value, dotted[2].value, dotted[3].value);
    else
        return false;
    take(p, ".");
    return true;
}

/* Year first: 1918, 1918-11, 1918-11-11, 1918/11/11, 1918年11月11日. */
static bool
year_first(struct parts *p, struct civil *c)
{
    const struct date_part *a = &p->part[p->at];
    int at = p->at;

    if (take(p, "0W0W0W")) {
        struct morgue_str half;

        set_day(c, a[0].value, a[2].value, a[4].value);
        if (is_eastern(a, &half))
            return eastern_time(p, c, half);
        p->at = at;
    }
    if (year_and_name(p, c))
        return true;
    if (take(p, "0-0-0") || take(p, "0/0/0") || take(p, "0.0.0")) {
        set_day(c, a[0].value, a[2].value, a[4].value);
    } else if (take(p, "0-0") || take(p, "0/0")) {
        c->year = a[0].value;
        c->month = a[2].value;
        c->precision = MORGUE_DATE_MONTH;
    } else {
        p->at++;
        c->year = a[0].value;
        c->precision = MORGUE_DATE_YEAR;
    }
    return true;
}

/* Nov 11 11:00:00 GMT 1918, Nov 11 11:00:00 +0100 1918, as date, ctime
 * and Twitter write; else nothing is taken. */
static bool
time_before_year(struct parts *p, struct civil *c)
{
    int at = p->at;
    const struct date_part *a = take(p, "M0"), *year;

    if (a && clock(p, c) && zone(p, c)) {
        year = take(p, "0");
        if (year && year->digits == 4 && p->at == p->n) {
            set_day(c, year->value, a[0].value, a[1].value);
            c->precision = MORGUE_DATE_SECOND;
            return true;
        }
    }
    p->at = at;
    *c = (struct civil){0};
    return false;
}

/* Take the name of a day, if one follows. */
static bool
day_of_week(struct parts *p)
{
    if (p->at == p->n || p->part[p->at].kind != 'W' ||
        !name_of(p->part[p->at].word, day_names, 7))
        return false;
    p->at++;
    take(p, ".");
    take(p, ",");
    return true;
}

/* The time first, as news sites write it: 20:10 BST, 4 March 2019;
 * 10:20 AM ET, Mon March 4, 2019. */
static bool
time_first(struct parts *p, struct civil *c)
{
    struct civil day = {0};

    if (!clock(p, c) || !half_of_day(p, c) || !zone(p, c))
        return false;
    take(p, ",");
    take_word(p, "on le am den el");
    day_of_week(p);
    if (!named_month(p, &day) || day.precision != MORGUE_DATE_DAY)
        return false;
    c->year = day.year;
    c->month = day.month;
    c->day = day.day;
    return true;
}

static bool
to_date(const struct civil *c, struct morgue_date *out)
{
    int year = (int)c->year, month = (int)c->month, day = (int)c->day;

    /* Four digits alone are a year only where they are likely to be one. */
    if (c->precision < MORGUE_DATE_DAY &&
        (c->year < DATE_YEAR_MIN || c->year > DATE_YEAR_MAX))
        return false;
    if (c->year < 1 || c->year > 9999 || c->month > 12 || c->day > 31)
        return false;
    if (c->precision == MORGUE_DATE_YEAR)
        month = day = 1;
    else if (c->precision == MORGUE_DATE_MONTH)
        day = 1;
    if (month < 1 || month > 12 || day < 1 ||
        day > date_month_days(year, month))
        return false;
    if (c->hour > 24 || c->minute > 59 || c->second > 60 ||
        c->offset > DATE_OFFSET_MAX || c->offset < -DATE_OFFSET_MAX)
        return false;
    if (c->hour == 24 && (c->minute > 0 || c->second > 0))
        return false;
    out->seconds = date_seconds(year, month, day, (int)c->hour, (int)c->minute,
                                (int)c->second) -
                   c->offset;
    out->precision = c->precision;
    out->offset = (int32_t)c->offset;
    return date_is_valid(*out); /* a zone may lead out of the years */
}

/* Seconds or milliseconds since 1970, alone. */
static bool
epoch(const struct parts *p, struct morgue_date *out)
{
    const struct date_part *a = &p->part[0];

    if (p->n != 1 || a->kind != '0')
        return false;
    if (a->digits != 9 && a->digits != 10 && a->digits != 12 &&
        a->digits != 13)
        return false;
    out->seconds = a->digits > 10 ? a->value / 1000 : a->value;
    out->precision = MORGUE_DATE_SECOND;
    return out->seconds < date_seconds(DATE_YEAR_MAX, 1, 1, 0, 0, 0);
}

/* Without what RFC 9557 puts behind a time: [Europe/Warsaw], [u-ca=...]. */
static struct morgue_str
without_suffix(struct morgue_str s)
{
    while (s.len > 0 && s.s[s.len - 1] == ']') {
        size_t n = s.len;

        while (n > 0 && s.s[n - 1] != '[')
            n--;
        if (n < 2)
            break;
        s = str_trim(str_slice(s.s, n - 1));
    }
    return s;
}

bool
date_parse(struct morgue_str s, struct morgue_date *out)
{
    struct parts p;
    struct civil c = {0};
    bool known;

    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    s = str_trim(s);
    if (s.len > 100 || !split(&p, without_suffix(s)))
        return false;
    if (epoch(&p, out))
        return true;
    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    take_word(&p, "le den el am");
    if (day_of_week(&p))
        take_word(&p, "den the");
    if (p.at == p.n || p.part[p.at].kind == 'W')
        return false;
    if (p.part[p.at].kind == '0' &&
        (p.part[p.at].digits == 8 || p.part[p.at].digits == 14))
        known = basic_date(&p, &c);
    else if (p.part[p.at].kind == '0' && p.part[p.at].digits == 4)
        known = year_first(&p, &c);
    else if (p.part[p.at].kind == '0' && p.at + 1 < p.n &&
             p.part[p.at + 1].kind == ':')
        known = time_first(&p, &c);
    else
        known = digits_first(&p, &c) || time_before_year(&p, &c) ||
                named_month(&p, &c);
    if (!known || (p.at < p.n &&
                   (c.precision < MORGUE_DATE_DAY || !time_of_day(&p, &c))))
        return false;
    if (to_date(&c, out))
        return true;
    *out = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    return false;
}

bool
morgue_date_parse(const char *text, struct morgue_date *out)
{
    struct morgue_date date = {.precision = MORGUE_DATE_NONE};
    bool known = text && date_parse(str_of(text), &date);

    known = known && date_in_range(date);
    if (!known)
        date = (struct morgue_date){.precision = MORGUE_DATE_NONE};
    if (out)
        *out = date;
    return known;
}
