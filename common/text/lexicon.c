/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexicon.c - the words and terms seen so far, each kept once
 *
 * Two open hash tables with linear probing, at most half full, of pointers
 * into an arena.  A cell keeps the whole hash, so that probing and growing
 * look at no item but the one that is meant.  Nothing is ever taken out but
 * all at once.
 */
#include "lexicon.h"

#include <stdlib.h>

#include "../base/hash.h"
#include "../base/memory.h"
#include "term.h"

/* An article that needs more cannot be indexed. */
static const size_t arena_max = (size_t)1 << 30;

enum { TABLE_MIN = 1024 };

struct cell {
    uint64_t hash;
    void *item; /* NULL: free */
};

struct table {
    struct cell *cell;
    size_t n, cap; /* cap: 0 or a power of two */
};

struct lexicon {
    struct arena arena;
    struct table words, terms;
    struct word *boundary[2]; /* NULL: not made yet */
    struct stemmer *stemmer;
    struct stems stems;
};

/* ---- tables ------------------------------------------------------------- */

/* Where `hash` is sought first. */
static size_t
home(const struct table *t, uint64_t hash)
{
    return (size_t)(hash >> 7) & (t->cap - 1);
}

static struct cell *
free_cell(struct table *t, uint64_t hash)
{
    size_t i = home(t, hash);

    while (t->cell[i].item)
        i = (i + 1) & (t->cap - 1);
    return t->cell + i;
}

/* Make room for one more. */
static bool
table_grow(struct table *t)
{
    struct table old = *t;

    if (t->n < t->cap / 2)
        return true;
    t->cap = old.cap ? old.cap * 2 : TABLE_MIN;
    t->cell = large_alloc(t->cap * sizeof *t->cell);
    if (!t->cell) {
        *t = old;
        return false;
    }
    memset(t->cell, 0, t->cap * sizeof *t->cell);
    for (size_t i = 0; i < old.cap; i++)
        if (old.cell[i].item)
            *free_cell(t, old.cell[i].hash) = old.cell[i];
    free(old.cell);
    return true;
}

static void
table_add(struct table *t, uint64_t hash, void *item)
{
    *free_cell(t, hash) = (struct cell){.hash = hash, .item = item};
    t->n++;
}

static void
table_clear(struct table *t)
{
    free(t->cell);
    *t = (struct table){.n = 0};
}

/* ---- the object --------------------------------------------------------- */

enum morgue_status
lexicon_new(struct lexicon **out, struct morgue_error *err)
{
    struct lexicon *x = calloc(1, sizeof *x);
    enum morgue_status st;

    *out = NULL;
    if (!x)
        return error_nomem(err);
    arena_init(&x->arena, arena_max);
    st = stemmer_new(&x->stemmer, err);
    if (st) {
        free(x);
        return st;
    }
    *out = x;
    return MORGUE_OK;
}

void
lexicon_free(struct lexicon *x)
{
    if (!x)
        return;
    table_clear(&x->words);
    table_clear(&x->terms);
    arena_free(&x->arena);
    stemmer_free(x->stemmer);
    free(x);
}

void
lexicon_clear(struct lexicon *x)
{
    table_clear(&x->words);
    table_clear(&x->terms);
    arena_reset(&x->arena);
    x->boundary[0] = x->boundary[1] = NULL;
}

void
lexicon_trim(struct lexicon *x)
{
    size_t cells = x->words.cap + x->terms.cap;

    if (x->arena.total + cells * sizeof(struct cell) > LEXICON_BYTES)
        lexicon_clear(x);
}

/* ---- terms -------------------------------------------------------------- */

static struct lexeme *
find_term(const struct table *t, uint64_t hash, const char *s, size_t len)
{
    for (size_t i = t->cap ? home(t, hash) : 0; t->cap && t->cell[i].item;
         i = (i + 1) & (t->cap - 1)) {
        struct lexeme *l = t->cell[i].item;

        if (t->cell[i].hash == hash && l->len == len &&
            memcmp(l->s, s, len) == 0)
            return l;
    }
    return NULL;
}

/* The term of all of `s`. */
static enum morgue_status
intern(struct lexeme **out, struct lexicon *x, const char *s, size_t len,
       struct morgue_error *err)
{
    uint64_t hash = hash64(s, len);
    struct lexeme *l = find_term(&x->terms, hash, s, len);

    *out = l;
    if (l)
        return MORGUE_OK;
    if (!table_grow(&x->terms))
        return error_nomem(err);
    l = arena_zero(&x->arena, 1, sizeof *l + (len < 8 ? 8 : len));
    if (!l)
        return error_nomem(err);
    l->hash = hash;
    l->len = (uint32_t)len;
    memcpy(l->s, s, len);
    table_add(&x->terms, hash, l);
    *out = l;
    return MORGUE_OK;
}

enum morgue_status
lexicon_term(struct lexeme **out, struct lexicon *x, const char *prefix,
             struct morgue_str s, struct morgue_error *err)
{
    char whole[TERM_MAX];
    size_t len = strlen(prefix);

    memcpy(whole, prefix, len);
    if (s.len > 0)
        memcpy(whole + len, s.s, s.len);
    return intern(out, x, whole, len + s.len, err);
}

/* ---- words -------------------------------------------------------------- */

static uint8_t
own_lower_len(const struct token *tok)
{
    return tok->lower == tok->s ? 0 : (uint8_t)tok->lower_len;
}

/* Eight bytes as a number, the first the lowest: one load. */
static inline uint64_t
eight(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;

    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* The first `n` of them, at most eight. */
static inline uint64_t
up_to_eight(const char *s, size_t n)
{
    return n < 8 ? eight(s) & (((uint64_t)1 << 8 * n) - 1) : eight(s);
}

/* Whether `n` bytes are the same: memcmp for a few. */
static inline bool
same_bytes(const char *a, const char *b, size_t n)
{
    for (; n > 8; n -= 8, a += 8, b += 8)
        if (eight(a) != eight(b))
            return false;
    return up_to_eight(a, n) == up_to_eight(b, n);
}

/* The hash of a word by its lower form: of a short one faster than hash64. */
static inline uint64_t
hash_word(const char *s, size_t n, int lang)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t h = (uint64_t)(unsigned)(lang + 1) * odd;

    if (n > 16)
        return h ^ hash64(s, n);
    h = (h ^ up_to_eight(s, n)) * odd;
    h ^= h >> 32;
    h = (h + (n > 8 ? up_to_eight(s + 8, n - 8) : 0)) * odd;
    return h ^ h >> 32;
}

static bool
is_word(const struct word *w, int lang, const struct token *tok)
{
    uint8_t lower_len = own_lower_len(tok);

    return w->len == tok->len && w->lower_len == lower_len &&
           w->lang == lang &&
           w->plural == ((tok->flags & TOKEN_PLURAL) != 0) &&
           same_bytes(w->bytes, tok->s, tok->len) &&
           (lower_len == 0 ||
            same_bytes(w->bytes + w->len, tok->lower, lower_len));
}

/* The word that a plural has for the stem of its singular (term.h). */
static enum morgue_status
add_singular(struct word *w, struct lexicon *x, const struct token *tok,
             struct lexeme *stem, struct morgue_error *err)
{
    struct word *one = arena_zero(&x->arena, 1, sizeof *one + LEXICON_PAD);
    enum morgue_status st;

    if (!one)
        return error_nomem(err);
    one->lang = w->lang;
    one->terms = 2;
    one->stem[0] = stem;
    st = lexicon_term(&one->raw, x, TERM_SINGULAR,
                      str_slice(tok->s, tok->len - 1), err);
    w->singular = one;
    return st;
}

static enum morgue_status
add_stems(struct word *w, struct lexicon *x, const struct token *tok,
          struct morgue_error *err)
{
    char space[STEM_SPACE_MAX];
    enum morgue_status st;

    term_stem_space(space, "", w->lang);
    st = stemmer_stem(&x->stems, x->stemmer, w->lang, tok, err);
    for (size_t i = 0; !st && i < x->stems.n; i++)
        st = lexicon_term(&w->stem[i], x, space, x->stems.stem[i], err);
    if (!st && w->plural && w->stem[1]) {
        st = add_singular(w, x, tok, w->stem[1], err);
        w->stem[1] = NULL;
    }
    w->terms = (uint8_t)(1 + (w->stem[0] != NULL) + (w->stem[1] != NULL));
    return st;
}

static enum morgue_status
add_word(struct word **out, struct lexicon *x, uint64_t hash, int lang,
         const struct token *tok, struct morgue_error *err)
{
    uint8_t len = (uint8_t)tok->len, lower_len = own_lower_len(tok);
    enum morgue_status st = MORGUE_OK;
    struct word *w =
        arena_alloc(&x->arena, sizeof *w + len + lower_len + LEXICON_PAD);

    if (!w || !table_grow(&x->words))
        return error_nomem(err);
    *w = (struct word){.lang = (int8_t)lang,
                       .plural = (tok->flags & TOKEN_PLURAL) != 0,
                       .terms = 1,
                       .len = len,
                       .lower_len = lower_len};
    memcpy(w->bytes, tok->s, len);
    memcpy(w->bytes + len, tok->lower, lower_len);
    st = intern(&w->raw, x, tok->s, tok->len, err);
    if (!st && !(tok->flags & TOKEN_NGRAM))
        st = add_stems(w, x, tok, err);
    if (st)
        return st;
    table_add(&x->words, hash, w);
    *out = w;
    return MORGUE_OK;
}

enum morgue_status
lexicon_boundary(struct word **out, struct lexicon *x, enum boundary which,
                 struct morgue_error *err)
{
    static const char *const term[] = {TERM_SENTENCE, TERM_PARAGRAPH};
    struct word *w = x->boundary[which];
    enum morgue_status st = MORGUE_OK;

    *out = w;
    if (w)
        return MORGUE_OK;
    w = arena_zero(&x->arena, 1, sizeof *w + LEXICON_PAD);
    if (!w)
        return error_nomem(err);
    w->boundary = true;
    st = intern(&w->raw, x, term[which], strlen(term[which]), err);
    if (!st)
        *out = x->boundary[which] = w;
    return st;
}

enum morgue_status
lexicon_title_term(struct lexeme **out, struct lexicon *x,
                   const struct lexeme *of, struct morgue_error *err)
{
    size_t skip = strlen(TERM_STEM_PREFIX);

    /* what is folded begins with no capital */
    if (of->s[0] != TERM_STEM_PREFIX[0])
        return lexicon_term(out, x, FIELD_TITLE_PREFIX,
                            str_slice(of->s, of->len), err);
    return lexicon_term(out, x, TERM_STEM_PREFIX FIELD_TITLE_PREFIX,
                        str_slice(of->s + skip, of->len - skip), err);
}

static enum morgue_status
find_word(struct word **out, struct lexicon *x, uint64_t hash, int lang,
          const struct token *tok, struct morgue_error *err)
{
    const struct table *t = &x->words;

    for (size_t i = home(t, hash); t->cell[i].item;
         i = (i + 1) & (t->cap - 1)) {
        if (t->cell[i].hash != hash || !is_word(t->cell[i].item, lang, tok))
            continue;
        *out = t->cell[i].item;
        return MORGUE_OK;
    }
    return add_word(out, x, hash, lang, tok, err);
}

enum morgue_status
lexicon_words(struct word *out[TOKEN_BATCH_MAX], struct lexicon *x, int lang,
              const struct token *tok, size_t n, struct morgue_error *err)
{
    uint64_t hash[TOKEN_BATCH_MAX];
    const struct table *t = &x->words;
    enum morgue_status st = MORGUE_OK;

    if (!table_grow(&x->words))
        return error_nomem(err);
    for (size_t i = 0; i < n; i++) {
        hash[i] = hash_word(tok[i].lower, tok[i].lower_len, lang);
        LEXICON_FETCH(t->cell + home(t, hash[i]));
    }
    for (size_t i = 0; i < n; i++) {
        const struct word *w = t->cell[home(t, hash[i])].item;

        if (w) {
            LEXICON_FETCH(&w->mark);
            LEXICON_FETCH(w->bytes + LEXICON_PAD);
        }
    }
    for (size_t i = 0; i < n && !st; i++)
        st = find_word(&out[i], x, hash[i], lang, tok + i, err);
    return st;
}
