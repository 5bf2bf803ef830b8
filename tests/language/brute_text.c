/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brute_text.c - the stored articles as plain lists of words
 *
 * Each article is read back from the archive and cut into words once: of
 * title, dateline, body and each line of author, place and topics the words
 * as written, with position, sentence and paragraph.  A word is a number; what
 * it looks like, and its stems in each language that there is, stand in a
 * table of words.  Takes 16 bytes for each word of the articles.
 */
#include <stdlib.h>

#include "../../common/base/hash.h"
#include "../../common/text/fold.h"
#include "../../common/text/sentence.h"
#include "../../common/text/stopword.h"
#include "brute.h"

/* `list` with room for one more of `size` bytes; NULL when out of memory. */
static void *
grown(void *list, size_t n, size_t *cap, size_t size)
{
    void *more;

    if (n < *cap)
        return list;
    more = realloc(list, 2 * (*cap + 32) * size);
    if (more)
        *cap = 2 * (*cap + 32);
    return more;
}

/* ---- numbers of words ---- */

static size_t
cell_of(const struct brute_words *w, struct morgue_str key)
{
    size_t i = (size_t)(hash64(key.s, key.len) % w->size);

    while (w->key[i].s && !str_eq(w->key[i], key))
        i = (i + 1) % w->size;
    return i;
}

static bool
widen(struct brute_words *w)
{
    struct brute_words old = *w;

    w->size = old.size ? 2 * old.size : 4096;
    w->key = calloc(w->size, sizeof *w->key);
    w->number = calloc(w->size, sizeof *w->number);
    for (size_t i = 0; w->key && w->number && i < old.size; i++)
        if (old.key[i].s) {
            size_t to = cell_of(w, old.key[i]);

            w->key[to] = old.key[i];
            w->number[to] = old.number[i];
        }
    free(old.key);
    free(old.number);
    return w->key && w->number;
}

/* The number of a key, from 1; *fresh: it had none.  0 when out of memory. */
static uint32_t
number_of(struct brute_words *w, struct arena *a, struct morgue_str key,
          bool *fresh)
{
    size_t i;

    *fresh = false;
    if (2 * w->n >= w->size && !widen(w))
        return 0;
    i = cell_of(w, key);
    if (w->key[i].s)
        return w->number[i];
    if (!arena_str(a, key, &w->key[i]))
        return 0;
    *fresh = true;
    return w->number[i] = (uint32_t)++w->n;
}

bool
brute_stems(struct brute_corpus *c, const struct token *tok,
            uint32_t stem[BRUTE_LANGS][2])
{
    struct stems s;
    bool fresh;

    for (int l = 0; l < c->lang_n; l++) {
        stem[l][0] = stem[l][1] = 0;
        if (tok->flags & TOKEN_NGRAM)
            continue;
        if (stemmer_stem(&s, c->stemmer, c->lang[l], tok, NULL))
            return false;
        for (size_t i = 0; i < 2; i++)
            stem[l][i] = number_of(&c->stems, &c->arena,
                                   s.stem[i < s.n ? i : 0], &fresh);
        if (!stem[l][0] || !stem[l][1])
            return false;
    }
    return true;
}

/* ---- forms ---- */

static bool
letters_only(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] < 'a' || s.s[i] > 'z')
            return false;
    return s.len > 0;
}

/* Of a to z, digits, and points and commas between digits. */
static bool
plain_enough(struct morgue_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_alpha(s.s[i]) && !is_digit(s.s[i]) && s.s[i] != '.' &&
            s.s[i] != ',')
            return false;
    return s.len > 0;
}

/* Words that a query could take for something else. */
static bool
special(struct morgue_str s)
{
    return str_eq(s, STR("lead")) || str_eq(s, STR("hlead")) ||
           str_starts(s, STR("atleast")) || str_starts(s, STR("near")) ||
           str_starts(s, STR("adj")) || str_starts(s, STR("within")) ||
           (s.s[0] == 'w' && s.len > 1 && is_digit(s.s[1]));
}

static bool
stops(struct morgue_str s)
{
    static const char *const lang[] = {"en", "de", "fr", "es"};

    for (size_t i = 0; i < sizeof lang / sizeof *lang; i++)
        if (stopword(lang[i], s))
            return true;
    return false;
}

/* The number of the form of a token, from 0; SIZE_MAX when out of memory. */
static size_t
form_of(struct brute_corpus *c, const struct token *tok)
{
    char key[2 * TOKEN_MAX + 2];
    struct brute_form *f;
    uint32_t number;
    bool fresh;

    memcpy(key, tok->s, tok->len);
    key[tok->len] = tok->flags & TOKEN_PLURAL ? 's' : ' ';
    memcpy(key + tok->len + 1, tok->lower, tok->lower_len);
    number = number_of(&c->forms, &c->arena,
                       str_slice(key, tok->len + 1 + tok->lower_len), &fresh);
    if (!number || !fresh)
        return number ? number - 1 : SIZE_MAX;
    c->form = grown(c->form, c->form_n, &c->form_cap, sizeof *c->form);
    if (!c->form)
        return SIZE_MAX;
    f = &c->form[c->form_n++];
    *f = (struct brute_form){.in_text = false};
    if (!arena_str(&c->arena, str_slice(tok->s, tok->len), &f->folded) ||
        !arena_str(&c->arena, str_slice(tok->lower, tok->lower_len),
                   &f->lower) ||
        !brute_stems(c, tok, f->stem))
        return SIZE_MAX;
    f->letters = letters_only(f->folded);
    f->typed = plain_enough(f->folded) && !special(f->folded);
    f->stop = stops(f->folded);
    return number - 1;
}

/* A form can be typed if it comes out as it went in. */
static void
try_forms(struct brute_corpus *c)
{
    for (size_t i = 0; i < c->form_n; i++) {
        struct brute_form *f = &c->form[i];
        const struct token *tok;

        if (!f->typed)
            continue;
        tokenizer_start(c->tokenizer, f->folded, TOKEN_QUERY);
        tok = tokenizer_next(c->tokenizer);
        f->typed = tok && str_eq(str_slice(tok->s, tok->len), f->folded) &&
                   !tokenizer_next(c->tokenizer);
    }
}

/* ---- areas ---- */

struct sentences {
    struct sentence_scan scan;
    size_t next; /* where the next one begins; SIZE_MAX: none */
    bool paragraph;
    uint32_t sentence, paragraphs; /* so far */
};

static void
sentence_step(struct sentences *s)
{
    if (!sentence_next(&s->scan, &s->next, &s->paragraph))
        s->next = SIZE_MAX;
}

static void
sentences_begin(struct sentences *s, struct brute_corpus *c,
                enum brute_kind kind, struct morgue_str text, const char *code)
{
    *s = (struct sentences){.next = SIZE_MAX};
    if (kind != BRUTE_BODY)
        return;
    sentence_scan_init(&s->scan, tokenizer_fold(c->tokenizer), text, code);
    sentence_step(s);
}

static void
sentences_up_to(struct sentences *s, size_t at)
{
    for (; s->next <= at; sentence_step(s)) {
        s->sentence++;
        s->paragraphs += s->paragraph;
    }
}

static bool
add_area(struct brute_corpus *c, enum brute_kind kind, struct morgue_str text,
         const char *code)
{
    struct sentences s;
    struct brute_area area = {.kind = kind, .first = c->token_n};
    const struct token *tok;
    uint32_t last = UINT32_MAX;

    sentences_begin(&s, c, kind, text, code);
    tokenizer_start(c->tokenizer, text, TOKEN_DOCUMENT);
    while ((tok = tokenizer_next(c->tokenizer)) != NULL) {
        size_t form = form_of(c, tok);

        c->token =
            grown(c->token, c->token_n, &c->token_cap, sizeof *c->token);
        if (!c->token || form == SIZE_MAX)
            return brute_complain("out of memory");
        if (tok->position != last)
            sentences_up_to(&s, tok->start);
        last = tok->position;
        c->form[form].in_text |= kind <= BRUTE_BODY;
        c->token[c->token_n++] = (struct brute_token){
            (uint32_t)form, tok->position, s.sentence, s.paragraphs};
    }
    area.n = c->token_n - area.first;
    if (kind == BRUTE_BODY)
        c->article[c->n].words = last + 1;
    if (area.n == 0)
        return true;
    c->area = grown(c->area, c->area_n, &c->area_cap, sizeof *c->area);
    if (!c->area)
        return brute_complain("out of memory");
    c->area[c->area_n++] = area;
    c->article[c->n].area_n++;
    return true;
}

static bool
add_lines(struct brute_corpus *c, enum brute_kind kind, struct morgue_str text,
          const char *code)
{
    struct morgue_str line;
    bool good = true;

    while (good && str_line(&text, &line))
        good = add_area(c, kind, line, code);
    return good;
}

/* ---- articles ---- */

struct morgue_str
brute_fold(struct brute_corpus *c, struct arena *a, enum brute_value v,
           struct morgue_str s)
{
    char bytes[FOLD_VALUE_MAX];
    struct morgue_str out = STR("");
    size_t n;

    if (v == BRUTE_LANG) {
        char code[LANG_MAX];

        stem_code(code, s);
        return arena_str(a, str_of(code), &out) ? out : STR("");
    }
    n = fold_value(bytes, tokenizer_fold(c->tokenizer), s);
    return arena_str(a, str_slice(bytes, n), &out) ? out : STR("");
}

static int
lang_of(struct brute_corpus *c, struct morgue_str lang)
{
    int number = stem_find(lang);

    for (int i = 0; i < c->lang_n; i++)
        if (c->lang[i] == number)
            return i;
    if (c->lang_n == BRUTE_LANGS)
        return -1;
    c->lang[c->lang_n] = number;
    return c->lang_n++;
}

static bool
copy_values(struct brute_corpus *c, struct brute_article *to,
            const struct morgue_article *from)
{
    const struct morgue_str value[BRUTE_VALUES] = {from->section, from->source,
                                                   from->lang};
    struct arena *a = &c->arena;
    bool good = arena_str(a, from->id, &to->id) &&
                arena_str(a, from->url, &to->url) &&
                arena_str(a, from->title, &to->title) &&
                arena_str(a, from->dateline, &to->dateline) &&
                arena_str(a, from->body, &to->body) &&
                arena_str(a, from->author, &to->author) &&
                arena_str(a, from->place, &to->place) &&
                arena_str(a, from->topics, &to->topic);

    for (int i = 0; i < BRUTE_VALUES && good; i++) {
        good = arena_str(a, value[i], &to->value[i]);
        to->folded[i] = brute_fold(c, a, (enum brute_value)i, value[i]);
    }
    to->date = from->date;
    return good || brute_complain("out of memory");
}

static bool
add_article(struct brute_corpus *c, const struct morgue_article *a)
{
    char code[LANG_MAX];
    struct brute_article *to;

    c->article = grown(c->article, c->n, &c->cap, sizeof *c->article);
    if (!c->article)
        return brute_complain("out of memory");
    to = &c->article[c->n];
    *to =
        (struct brute_article){.area = c->area_n, .lang = lang_of(c, a->lang)};
    stem_code(code, a->lang);
    if (to->lang < 0)
        return brute_complain("more languages than there is room for");
    if (!copy_values(c, to, a) || !add_area(c, BRUTE_TITLE, a->title, code) ||
        !add_area(c, BRUTE_DATELINE, a->dateline, code) ||
        !add_area(c, BRUTE_BODY, a->body, code) ||
        !add_lines(c, BRUTE_AUTHOR, a->author, code) ||
        !add_lines(c, BRUTE_PLACE, a->place, code) ||
        !add_lines(c, BRUTE_TOPIC, a->topics, code))
        return false;
    c->n++;
    return true;
}

/* The languages first: the stems of a word are made when it is first seen. */
static bool
read_languages(struct brute_corpus *c, morgue *m)
{
    struct morgue_error err;
    struct morgue_value value = MORGUE_VALUE_INIT;
    morgue_values *values = NULL;
    bool good = true;

    if (morgue_values_read(&values, m, "lang", &err))
        return brute_complain("cannot read languages: %s", err.message);
    lang_of(c, STR(""));
    for (size_t i = 0; good && morgue_values_get(values, i, &value); i++)
        good = lang_of(c, value.value) >= 0;
    morgue_values_free(values);
    return good || brute_complain("more languages than there is room for");
}

/* Articles stand in the order of their ids, which is that of their coming. */
bool
brute_read(struct brute_corpus *c, struct brute_archives *a)
{
    struct morgue_search_options o = MORGUE_SEARCH_INIT;
    const struct morgue_article *article;
    struct morgue_error err;
    morgue_cursor *cursor = NULL;
    bool more = false, good;

    *c = (struct brute_corpus){.n = 0};
    arena_init(&c->arena, SIZE_MAX / 2);
    if (tokenizer_new(&c->tokenizer, NULL) || stemmer_new(&c->stemmer, NULL))
        return brute_complain("out of memory");
    o.sort = MORGUE_SORT_ID;
    good = read_languages(c, a->m[0]) &&
           !morgue_cursor_open(&cursor, a->m[0], NULL, &o, &err);
    while (good && !morgue_cursor_next(cursor, NULL, &article, &more, &err) &&
           more)
        good = add_article(c, article);
    morgue_cursor_close(cursor);
    if (good && c->n != a->articles)
        good =
            brute_complain("%zu articles come back of %u", c->n, a->articles);
    try_forms(c);
    return good;
}

void
brute_forget(struct brute_corpus *c)
{
    tokenizer_free(c->tokenizer);
    stemmer_free(c->stemmer);
    free(c->article);
    free(c->area);
    free(c->token);
    free(c->form);
    free(c->forms.key);
    free(c->forms.number);
    free(c->stems.key);
    free(c->stems.number);
    arena_free(&c->arena);
    memset(c, 0, sizeof *c);
}
