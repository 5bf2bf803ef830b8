/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern_walk.c - the terms of a segment that a pattern has
 *
 * What is read is whole blocks of the dictionary, so what has to be found is
 * the blocks that may have such terms.
 *
 * By their place: all terms of a block begin with what its first term and that
 * of the next have in common, of which the index of blocks tells the most.
 * Where the automaton has no state left after that, the block is passed over,
 * and with it all others that begin so, by bisecting.
 *
 * By grams (grams.h), of terms without a prefix: the blocks that have all
 * grams of a pattern with wildcards.  A word with k edits, cut into halves,
 * has fewer than k in the first, or none in the second.  Words of the first
 * kind are found by their place, as with one edit less; those of the second
 * by the grams of the second half and the word's end.
 *
 * In a block, a term that begins as one before did, which told that it is
 * none, is passed over; where lists are is read of terms that are wanted, and
 * of those before these in their blocks.
 *
 * Costs, of 1.2 million words, by median (make bench-patterns): a prefix and
 * `mi?ister` 1 us, `min*er` 10, `?inister` 25, one edit 66, `*inist*` 72,
 * `*ster` 280, two edits 750; a pattern without any gram, or with common ones,
 * reads all, 80 ns a term.
 */
#include "pattern_walk.h"

#include "dictionary.h"
#include "grams.h"

/* ---- what is looked for ------------------------------------------------- */

/* Add the grams of `n` characters, which are behind each other in a word. */
static void
add_grams(struct pattern_search *p, const uint32_t *c, size_t n)
{
    for (size_t i = 0; i + GRAM <= n; i++)
        if (gram_counts(c + i))
            memcpy(p->gram[p->grams++], c + i, sizeof *p->gram);
}

/* The grams that the words of a pattern with wildcards have, but for those
 * that they begin with. */
static void
wildcard_grams(struct pattern_search *p, const uint32_t *c, size_t n)
{
    for (size_t from = 0, to; from < n; from = to + 1) {
        for (to = from;
             to < n && c[to] != PATTERN_MANY && c[to] != PATTERN_ONE; to++)
            ;
        if (from > 0)
            add_grams(p, c + from, to - from);
    }
}

/* Those of the second half of a word with edits. */
static void
edit_grams(struct pattern_search *p, const uint32_t *c, size_t n)
{
    size_t half = n / 2;

    add_grams(p, c + half, n + 1 - half);
    if (p->grams > 0)
        automaton_hold(&p->held, half);
}

enum morgue_status
pattern_search_init(struct pattern_search *p, struct morgue_str prefix,
                    bool no_capital, const struct pattern *pattern,
                    struct arena *arena, struct morgue_error *err)
{
    uint32_t *c = arena_zero(arena, pattern->n + 1, sizeof *c);

    *p = (struct pattern_search){.prefix = prefix, .no_capital = no_capital};
    p->gram = arena_zero(arena, pattern->n + 1, sizeof *p->gram);
    if (!c || !p->gram)
        return error_nomem(err);
    if (pattern->n > 0)
        memcpy(c, pattern->c, pattern->n * sizeof *c);
    c[pattern->n] = GRAM_END;
    automaton_init(&p->whole, pattern);
    p->held = p->whole;
    if (prefix.len > 0 || p->whole.plain)
        ;
    else if (pattern->edits > 0)
        edit_grams(p, c, pattern->n);
    else
        wildcard_grams(p, c, pattern->n + 1);
    if (prefix.len <= sizeof p->begin) {
        memcpy(p->begin, prefix.s, prefix.len);
        p->begin_len =
            prefix.len + pattern_begins(p->begin + prefix.len,
                                        sizeof p->begin - prefix.len, pattern);
    }
    return MORGUE_OK;
}

/* ---- reading with an automaton ---------------------------------------------
 */

enum { ALIVE = DICT_TERM_MAX + 1 };

static bool
is_inner(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Bring the states of the first `len` bytes of a term, which are known of the
 * first `at`, up to date; with `part` there may be more, and they begin a
 * character.  How many bytes tell that no term that begins so is one; ALIVE.
 */
static size_t
read_on(const struct pattern_search *p, const struct automaton *m,
        struct automaton_state *state, const char *s, size_t at, size_t len,
        bool part)
{
    const size_t first = p->prefix.len;

    for (; at < first && at < len; at++) {
        if (s[at] != p->prefix.s[at])
            return at + 1;
        state[at + 1] = state[at];
    }
    while (at > first && at < len && is_inner(s[at]))
        at--;
    while (at < len) {
        unsigned char low, high, lead = (unsigned char)s[at];
        uint32_t c = lead;
        size_t n = 1;

        if (lead >= 0x80) {
            n = utf8_sequence(lead, &low, &high);
            if (n > len - at && part)
                break;
            n = utf8_decode(s + at, s + len, &c, NULL);
        }
        if (at == first && p->no_capital && c >= 'A' && c <= 'Z')
            return at + 1;
        if (!automaton_step(m, &state[at + n], &state[at], c))
            return at + n;
        at += n;
    }
    return ALIVE;
}

/* ---- which blocks ------------------------------------------------------- */

/* The key of block `i`. */
static const uint8_t *
key_of(const struct pattern_walk *w, uint64_t i)
{
    return w->index + i * DICT_ENTRY + DICT_PLACE;
}

/* The first `n` bytes of a key, and zeros, as a number. */
static struct dict_key
key_begin(const uint8_t *key, size_t n)
{
    struct dict_key k = dict_key(key);

    if (n < 8)
        k.high &= n > 0 ? UINT64_MAX << (64 - 8 * n) : 0;
    k.low &= n > 8 ? UINT64_MAX << (8 * (DICT_KEY - n)) : 0;
    return k;
}

/* How many first bytes of two keys are the same. */
static size_t
same_bytes(const uint8_t *a, const uint8_t *b)
{
    uint64_t differ = get_big_u64(a) ^ get_big_u64(b);
    size_t n = 8;

    if (differ)
        return (size_t)__builtin_clzll(differ) / 8;
    while (n < DICT_KEY && a[n] == b[n])
        n++;
    return n;
}

/* The first block from `low` on, of those before `high`, that begins with `n`
 * bytes that are behind those of `key`, or, if they may be `same`, not before
 * them; `high`. */
static uint64_t
block_behind(const struct pattern_walk *w, const uint8_t *key, size_t n,
             bool same, uint64_t low, uint64_t high)
{
    const struct dict_key k = key_begin(key, n);

    while (low < high) {
        uint64_t mid = low + (high - low) / 2;

        if (dict_key_compare(key_begin(key_of(w, mid), n), k) < !same)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The first block that begins otherwise in its `n` first bytes than block
 * `i`: near ones are tried first. */
static uint64_t
block_beyond(const struct pattern_walk *w, uint64_t i, size_t n)
{
    const uint8_t *key = key_of(w, i);
    const struct dict_key k = key_begin(key, n);
    uint64_t step = 1, low = i + 1, high = w->blocks;

    while (step < w->blocks - i) {
        if (dict_key_compare(key_begin(key_of(w, i + step), n), k) > 0) {
            high = i + step;
            break;
        }
        low = i + step + 1;
        step *= 2;
    }
    return block_behind(w, key, n, false, low, high);
}

/* Whether block `i` may have terms of an automaton by its place; if not, *next
 * is the first behind it that may. */
static bool
may_have(struct pattern_walk *w, const struct automaton *a,
         struct block_states *b, uint64_t i, uint64_t *next)
{
    const uint8_t *key = key_of(w, i);
    size_t n, known, dead;
    uint64_t other;

    *next = i + 1;
    if (i + 1 == dict_blocks(w->segment))
        return true;
    n = same_bytes(key, key_of(w, i + 1));
    known = same_bytes(key, b->key);
    known = known < n ? known : n;
    known = known < b->known ? known : b->known;
    dead = read_on(w->search, a, b->state, (const char *)key, known, n, true);
    memcpy(b->key, key, DICT_KEY);
    b->known = dead < ALIVE ? dead - 1 : n;
    if (dead == ALIVE)
        return true;
    /* the last one that begins so may have others behind those */
    other = block_beyond(w, i, dead);
    *next = other - 1 > i ? other - 1 : i + 1;
    return false;
}

static bool
has_grams(const struct pattern_walk *w, uint64_t block)
{
    return w->with[block >> 3] >> (block & 7) & 1;
}

/* The first block from `from` on, of those before `to`, that has the grams;
 * `to`. */
static uint64_t
next_with(const struct pattern_walk *w, uint64_t from, uint64_t to)
{
    while (from < to && !has_grams(w, from))
        from += from % 8 == 0 && w->with[from >> 3] == 0 ? 8 : 1;
    return from < to ? from : to;
}

/* The next block that may have terms; the one behind the last. */
static uint64_t
next_block(struct pattern_walk *w)
{
    const struct pattern_search *p = w->search;
    const bool edits = p->whole.edits > 0;
    uint64_t i = w->block, next;

    while (i < w->blocks && !w->segment->damaged) {
        if (w->with && !edits)
            i = next_with(w, i, w->blocks);
        if (i == w->blocks)
            break;
        if (!may_have(w, &p->whole, &w->whole, i, &next))
            i = next;
        else if (w->with && edits && !has_grams(w, i) &&
                 !may_have(w, &p->held, &w->held, i, &next))
            i = next_with(w, i + 1, next);
        else
            break;
    }
    return i;
}

enum { FEW = 32 }; /* blocks: to look at each costs less than another list */

/* Leave the marks of blocks that have another gram, too; about how many. */
static size_t
leave_marks(struct pattern_walk *w, const uint8_t *with)
{
    size_t n = 0;

    for (size_t i = (size_t)(w->block / 8); i <= w->blocks / 8; i++) {
        w->with[i] &= with[i];
        n += w->with[i] != 0;
    }
    return n;
}

/* Mark the blocks that have all grams, or of all grams enough. */
static enum morgue_status
mark_blocks(struct pattern_walk *w, struct arena *arena,
            struct morgue_error *err)
{
    const struct pattern_search *p = w->search;
    size_t bytes = (size_t)(dict_blocks(w->segment) / 8 + 1);
    uint8_t *one;

    if (p->grams == 0 || w->blocks - w->block < FEW)
        return MORGUE_OK;
    w->with = arena_zero(arena, bytes, 1);
    one = arena_zero(arena, bytes, 1);
    if (!w->with || !one)
        return error_nomem(err);
    if (!grams_find(w->with, w->segment, p->gram[0]))
        return MORGUE_OK;
    for (size_t i = 1; i < p->grams; i++) {
        memset(one, 0, bytes);
        if (!grams_find(one, w->segment, p->gram[i]) ||
            leave_marks(w, one) < FEW)
            break;
    }
    return MORGUE_OK;
}

enum morgue_status
pattern_walk_open(struct pattern_walk *w, const struct pattern_search *p,
                  struct segment *s, struct stop *stop, struct arena *arena,
                  struct morgue_error *err)
{
    const uint64_t blocks = dict_blocks(s);
    size_t n = p->begin_len < DICT_KEY ? p->begin_len : DICT_KEY;
    uint8_t key[DICT_KEY];

    memset(w, 0, sizeof *w);
    w->search = p;
    w->segment = s;
    w->stop = stop;
    automaton_begin(w->state, &p->whole);
    automaton_begin(w->whole.state, &p->whole);
    automaton_begin(w->held.state, &p->held);
    w->index = segment_bytes(s, PART_DICT_INDEX, 0, blocks * DICT_ENTRY);
    if (!w->index)
        return MORGUE_OK; /* without blocks */
    dict_put_key(key, str_slice(p->begin, p->begin_len));
    w->block = block_behind(w, key, DICT_KEY, true, 0, blocks);
    if (w->block > 0)
        w->block--; /* which may begin before */
    w->blocks = block_behind(w, key, n, false, w->block, blocks);
    return mark_blocks(w, arena, err);
}

/* ---- terms -------------------------------------------------------------- */

/* Pass over the terms of the block that begin as far as the last one told that
 * it is none.  False where the block is damaged. */
static bool
pass_dead(struct pattern_walk *w)
{
    const size_t dead = w->dead;
    struct dict_cursor c = w->in;
    size_t len = w->len, shared, rest;

    while (c.at < c.end) {
        const uint8_t *from = c.at;

        if (!dict_read_lengths(&c, len, &shared, &rest))
            return false;
        if (shared < dead) {
            c.at = from;
            break;
        }
        c.at += rest;
        len = shared + rest;
        w->read++;
    }
    w->in.at = c.at;
    w->len = len;
    return true;
}

/* Read the next term of the block; *has tells whether it is one, and then
 * w->info is of it. */
static bool
read_term(struct pattern_walk *w, bool *has)
{
    const struct pattern_search *p = w->search;
    size_t shared, rest;

    if (!dict_read_lengths(&w->in, w->len, &shared, &rest))
        return false;
    if (rest <= COPIED) /* most; what is read too much is in the file */
        memcpy(w->term + shared, w->in.at, COPIED);
    else
        memcpy(w->term + shared, w->in.at, rest);
    w->in.at += rest;
    w->len = shared + rest;
    w->read++;
    w->dead = read_on(p, &p->whole, w->state, w->term, shared, w->len, false);
    *has = w->dead == ALIVE && w->len >= p->prefix.len &&
           automaton_has(
               &p->whole, &w->state[w->len],
               str_slice(w->term + p->prefix.len, w->len - p->prefix.len));
    for (; *has && w->infos < w->read; w->infos++)
        if (!dict_read_info(&w->info, &w->in, w->segment))
            return false;
    return true;
}

/* To the next block.  False where there is none. */
static bool
enter_next(struct pattern_walk *w)
{
    enum { LOOK = 64 };

    w->block = next_block(w);
    if (w->block >= w->blocks || w->segment->damaged ||
        (++w->looked % LOOK == 0 && stop_now(w->stop)) ||
        !dict_enter(&w->in, w->segment, w->block))
        return false;
    w->block++;
    w->len = 0;
    w->dead = ALIVE;
    w->read = w->infos = 0;
    return true;
}

static void
count_live(struct pattern_walk *w)
{
    uint32_t deleted = dict_deleted_with(w->segment->deletes, w->term, w->len);

    w->info.live = deleted < w->info.df ? w->info.df - deleted : 0;
}

bool
pattern_walk_next(struct pattern_walk *w)
{
    bool has;

    while (!w->segment->damaged && !stop_seen(w->stop)) {
        if (w->in.at == w->in.end) {
            if (!enter_next(w))
                return false;
        } else if (!read_term(w, &has)) {
            w->segment->damaged = true;
        } else if (has) {
            count_live(w);
            if (w->info.live > 0)
                return true;
        } else if (w->dead < ALIVE && !pass_dead(w)) {
            w->segment->damaged = true;
        }
    }
    return false;
}
