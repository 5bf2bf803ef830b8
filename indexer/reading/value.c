/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.c - values as sources write them: bylines, languages
 */
#include "value.h"

#include "../../common/text/stem.h"

struct morgue_str
value_without_by(struct morgue_str name)
{
    if (name.len > 3 && str_eq_nocase(str_slice(name.s, 3), STR("by ")))
        return str_trim(str_slice(name.s + 3, name.len - 3));
    return name;
}

void
value_lang(char out[LANG_CODE_MAX], struct morgue_str lang)
{
    static const struct {
        const char *name, *code;
    } names[] = {
        {"arabic", "ar"},     {"albanian", "sq"},   {"amharic", "am"},
        {"bengali", "bn"},    {"bulgarian", "bg"},  {"catalan", "ca"},
        {"chinese", "zh"},    {"croatian", "hr"},   {"czech", "cs"},
        {"danish", "da"},     {"dutch", "nl"},      {"english", "en"},
        {"estonian", "et"},   {"finnish", "fi"},    {"french", "fr"},
        {"german", "de"},     {"greek", "el"},      {"hausa", "ha"},
        {"hebrew", "he"},     {"hindi", "hi"},      {"hungarian", "hu"},
        {"indonesian", "id"}, {"irish", "ga"},      {"italian", "it"},
        {"japanese", "ja"},   {"korean", "ko"},     {"latvian", "lv"},
        {"lithuanian", "lt"}, {"norwegian", "no"},  {"persian", "fa"},
        {"polish", "pl"},     {"portuguese", "pt"}, {"romanian", "ro"},
        {"russian", "ru"},    {"serbian", "sr"},    {"slovak", "sk"},
        {"slovenian", "sl"},  {"spanish", "es"},    {"swahili", "sw"},
        {"swedish", "sv"},    {"thai", "th"},       {"turkish", "tr"},
        {"ukrainian", "uk"},  {"urdu", "ur"},       {"vietnamese", "vi"},
        {"welsh", "cy"},      {"deutsch", "de"},    {"yoruba", "yo"},
    };
    _Static_assert(LANG_CODE_MAX == LANG_MAX, "codes are as long everywhere");

    lang = str_trim(lang);
    for (size_t i = 0;
         lang.len >= LANG_CODE_MAX && i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(lang, str_of(names[i].name)))
            lang = str_of(names[i].code);
    stem_code(out, lang);
    /* Undetermined, several, none, and one without a code. */
    if (strcmp(out, "und") == 0 || strcmp(out, "mul") == 0 ||
        strcmp(out, "zxx") == 0 || strcmp(out, "mis") == 0)
        out[0] = '\0';
}
