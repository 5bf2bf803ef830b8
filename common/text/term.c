/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term.c - how terms are written
 */
#include "term.h"

#include <inttypes.h>
#include <stdio.h>

enum { PREFIX_MAX = 8 };

_Static_assert(PREFIX_MAX + TOKEN_MAX <= TERM_MAX &&
                   PREFIX_MAX + FOLD_VALUE_MAX <= TERM_MAX &&
                   sizeof FIELD_URL_PREFIX - 1 + ADDRESS_MAX <= TERM_MAX,
               "every term fits");

/* ---- words and values --------------------------------------------------- */

size_t
term_value_write(char out[TERM_VALUE_MAX], const struct field_info *field,
                 struct fold *fold, struct morgue_str value)
{
    char code[LANG_MAX];

    _Static_assert(FOLD_VALUE_MAX <= TERM_VALUE_MAX, "every value fits");
    if (field->kind == FIELD_EXACT)
        return fold_value(out, fold, value);
    if (field->kind == FIELD_ADDRESS)
        return address_write(out, value);
    stem_code(code, value);
    memcpy(out, code, strlen(code));
    return strlen(code);
}

/* `prefix` and `s` together. */
static enum morgue_status
join(struct morgue_str *out, struct arena *arena, const char *prefix,
     struct morgue_str s, struct morgue_error *err)
{
    size_t len = strlen(prefix), n = len + s.len;
    char *p = arena_alloc(arena, n + 1);

    *out = STR("");
    if (!p)
        return error_nomem(err);
    memcpy(p, prefix, len);
    if (s.len > 0)
        memcpy(p + len, s.s, s.len);
    p[n] = '\0';
    *out = str_slice(p, n);
    return MORGUE_OK;
}

enum morgue_status
term_word(struct morgue_str *out, struct arena *a, const char *prefix,
          const struct token *tok, struct morgue_error *err)
{
    return join(out, a, prefix, str_slice(tok->s, tok->len), err);
}

enum morgue_status
term_value(struct morgue_str *out, struct arena *a,
           const struct field_info *field, struct fold *fold,
           struct morgue_str value, struct morgue_error *err)
{
    char s[TERM_VALUE_MAX];
    size_t n = term_value_write(s, field, fold, value);

    return join(out, a, field->prefix, str_slice(s, n), err);
}

/* The term, or "" where nothing is behind the prefix. */
static enum morgue_status
join_any(struct morgue_str *out, struct arena *a, const char *prefix,
         struct morgue_str s, struct morgue_error *err)
{
    *out = STR("");
    return s.len == 0 ? MORGUE_OK : join(out, a, prefix, s, err);
}

enum morgue_status
term_address(struct morgue_str *out, struct arena *a, struct morgue_str typed,
             struct morgue_error *err)
{
    char s[ADDRESS_MAX];
    size_t n = address_write(s, typed);

    return join_any(out, a, FIELD_URL_PREFIX, str_slice(s, n), err);
}

enum morgue_status
term_host(struct morgue_str *out, struct arena *a, struct morgue_str typed,
          struct morgue_error *err)
{
    char s[ADDRESS_HEAD];
    size_t n = address_host(s, typed, true);

    return join_any(out, a, FIELD_HOST_PREFIX, str_slice(s, n), err);
}

size_t
term_stem_space(char out[STEM_SPACE_MAX], const char *prefix, int lang)
{
    const char *const part[] = {
        TERM_STEM_PREFIX, prefix,
        lang == STEM_NONE ? "" : stem_language((size_t)lang), ":"};
    size_t n = 0;

    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        for (const char *s = part[i]; *s; s++)
            out[n++] = *s;
    out[n] = '\0';
    return n;
}

enum morgue_status
term_stems(struct term_forms *out, struct arena *a, struct stemmer *s,
           const char *prefix, const struct token *tok,
           const char *const *lang, size_t lang_n, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    char space[STEM_SPACE_MAX];
    struct stems stems;

    *out = (struct term_forms){
        .form = arena_zero(a, 2 * lang_n + 1, sizeof *out->form)};
    if (!out->form)
        return error_nomem(err);
    for (size_t i = 0; i < lang_n && !st; i++) {
        int number = stem_find(str_of(lang[i]));

        term_stem_space(space, prefix, number);
        st = stemmer_stem(&stems, s, number, tok, err);
        for (size_t k = 0; !st && k < stems.n; k++)
            st = join(&out->form[out->n++], a, space, stems.stem[k], err);
    }
    return st;
}

/* ---- the analysis ------------------------------------------------------- */

enum morgue_status
analysis_name(char out[ANALYSIS_MAX], struct stemmer *s,
              struct morgue_error *err)
{
    uint64_t probe;
    enum morgue_status st = stemmer_probe(&probe, s, err);

    out[0] = '\0';
    if (!st)
        snprintf(out, ANALYSIS_MAX,
                 "terms %d, folding %d, unicode %s, stems %016" PRIx64,
                 TERM_RULES, FOLD_RULES, fold_unicode(), probe);
    return st;
}
