/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * collision.c - whether an article replaces another that merely has its id
 *
 * Words are compared by hashes of their folded forms, of each text the first
 * WORDS_MAX; of scripts without spaces they are pairs of characters.
 */
#include "collision.h"

#include <stdio.h>

#include "../common/base/hash.h"
#include "../common/base/utf8.h"
#include "../common/text/stopword.h"

enum { WORDS_MAX = 64 };

struct title_words {
    uint64_t word[WORDS_MAX];
    size_t n, told; /* those that are no stop words come first */
};

static bool
is_stop_word(struct morgue_str folded)
{
    const char *words = NULL, *lang;

    for (size_t i = 0; (lang = stopword_list(i, &words)) != NULL; i++)
        if (stopword(lang, folded))
            return true;
    return false;
}

static void
words_of(struct title_words *out, struct tokenizer *t, struct morgue_str text)
{
    const struct token *token;

    *out = (struct title_words){.n = 0};
    tokenizer_start(t, text, TOKEN_QUERY);
    while (out->n < WORDS_MAX && (token = tokenizer_next(t)) != NULL) {
        uint64_t hash = hash64(token->s, token->len);

        if (is_stop_word(str_slice(token->s, token->len))) {
            out->word[out->n++] = hash;
        } else {
            out->word[out->n++] = out->word[out->told];
            out->word[out->told++] = hash;
        }
    }
}

/* Whether both have words, and share none. */
static bool
differ(struct tokenizer *t, struct morgue_str a, struct morgue_str b)
{
    struct title_words x, y;
    bool told;

    words_of(&x, t, a);
    words_of(&y, t, b);
    if (x.n == 0 || y.n == 0)
        return false;
    told = x.told > 0 && y.told > 0;
    for (size_t i = 0; i < (told ? x.told : x.n); i++)
        for (size_t k = 0; k < (told ? y.told : y.n); k++)
            if (x.word[i] == y.word[k])
                return false;
    return true;
}

struct identity
identity_of(const struct morgue_article *a)
{
    struct identity who = {.title = a->title, .source = a->source};

    if (a->url.len > 0)
        who.url = hash64(a->url.s, a->url.len) | 1;
    return who;
}

bool
collision(struct tokenizer *t, const struct identity *a,
          const struct identity *b)
{
    return (a->url == 0 || a->url != b->url) &&
           (differ(t, a->title, b->title) || differ(t, a->source, b->source));
}

/* What is shown of a text. */
static int
shown(struct morgue_str s)
{
    enum { SHOWN_MAX = 90 };

    return (int)utf8_floor(s, s.len < SHOWN_MAX ? s.len : SHOWN_MAX);
}

static size_t
add_article(char *out, size_t size, const char *before,
            const struct identity *a)
{
    int n = snprintf(out, size, "%s'%.*s' (%.*s)", before, shown(a->title),
                     a->title.s ? a->title.s : "",
                     a->source.len > 0 ? shown(a->source) : 9,
                     a->source.len > 0 ? a->source.s : "no source");

    return n > 0 ? (size_t)n : 0;
}

void
collision_reason(char out[COLLISION_REASON_MAX], const struct identity *now,
                 const struct identity *was)
{
    size_t at = add_article(out, COLLISION_REASON_MAX, "replaces ", was);

    (void)add_article(out + at, COLLISION_REASON_MAX - at, " by ", now);
}
