/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * token.c - text into words
 *
 * Words of ASCII letters and digits with nothing beside them that could join
 * them to others, most of a newspaper, are taken on a short way.  For all
 * else:
 *
 *     chain = unit { hyphen unit }
 *     unit  = ( number | acronym | piece ) { mark suffix | mark piece }
 *
 * where `mark` is an apostrophe or an ampersand, a suffix is one of 's 'll 're
 * 've 'd 'm and dropped, and a piece is a run of letters and digits (piece.h).
 * The parts of a unit are followed by its joined form, and the units of a
 * chain by that of the chain.  Numbers and acronyms reach over stops and
 * commas:
 *
 *     number  = digits { ("." | "," | "'") digits } [letters]
 *     acronym = initial "." initial { "." initial } ["."]
 *
 * A number whose commas or apostrophes are not where thousands are told apart,
 * nor a single decimal comma, falls into its groups.
 *
 * Tokens are made into a queue, as many at once as fit, and no chain yields
 * more than CHAIN_MAX.  Nothing is allocated but the pages of the folding
 * table.  Looking ahead is bounded or reads each byte a constant number of
 * times, so time is linear in the text.
 */
#include "token.h"

#include <stdlib.h>

#include "fold.h"
#include "piece.h"

#if defined(__SSE2__)
#define HAVE_SSE2 1
#include <emmintrin.h>
#else
#define HAVE_SSE2 0
#endif

enum {
    QUEUE_MAX = TOKEN_BATCH_MAX,
    /* parts, the joined forms of pairs of them, that of all */
    CHAIN_MAX = TOKEN_PARTS_MAX + TOKEN_PARTS_MAX / 2 + 1,
    GROUPS_MAX = 12, /* of a number, and initials of an acronym */
    NEXT_MAX = 2     /* tokens of one step in an n-gram run */
};

/* What an ASCII byte is for the short way. */
enum byte_kind {
    BYTE_OTHER,  /* ends a word */
    BYTE_SPACE,  /* likewise */
    BYTE_WORD,   /* a letter or digit */
    BYTE_JOINT,  /* ends it where no word follows */
    BYTE_HYPHEN, /* likewise, where no line's end follows either */
    BYTE_MULTI   /* not ASCII: anything */
};

struct tokenizer {
    struct fold fold;
    struct piece_reader reader;
    const char *text; /* its beginning */
    const char *p;    /* what is not read yet */
    enum token_mode mode;
    uint32_t position; /* of the next word */
    bool spaced;       /* white space came since the last token */
    bool over;         /* inside a compound with too many parts */
    bool running;      /* inside an n-gram run: unit_form is its next unit */
    bool run_began;    /* a token of the run was made */
    size_t parts;      /* of the chain so far */
    struct piece unit_piece;
    struct form unit_form, joined_form, spare_form;
    size_t at, n; /* of the queue: read, filled */
    struct token queue[QUEUE_MAX];
    struct form form[QUEUE_MAX]; /* the bytes of each */
    uint8_t kind[256];           /* enum byte_kind */
    char lower[256];             /* of a BYTE_WORD */
};

static void
fill_byte_tables(struct tokenizer *t)
{
    for (int c = 0; c < 256; c++) {
        char b = (char)c;

        t->kind[c] = c >= 0x80                    ? BYTE_MULTI
                     : is_space(b)                ? BYTE_SPACE
                     : is_digit(b) || is_alpha(b) ? BYTE_WORD
                     : c == '-'                   ? BYTE_HYPHEN
                     : c && strchr("'&.,", c)     ? BYTE_JOINT
                                                  : BYTE_OTHER;
        t->lower[c] = to_lower(b);
    }
}

enum morgue_status
tokenizer_new(struct tokenizer **out, struct morgue_error *err)
{
    struct tokenizer *t = malloc(sizeof *t);

    *out = NULL;
    if (!t)
        return error_nomem(err);
    memset(t, 0, offsetof(struct tokenizer, queue));
    fold_init(&t->fold);
    fill_byte_tables(t);
    *out = t;
    tokenizer_start(t, STR(""), TOKEN_DOCUMENT);
    return MORGUE_OK;
}

void
tokenizer_free(struct tokenizer *t)
{
    if (!t)
        return;
    fold_free(&t->fold);
    free(t);
}

struct fold *
tokenizer_fold(struct tokenizer *t)
{
    return &t->fold;
}

void
tokenizer_start(struct tokenizer *t, struct morgue_str text,
                enum token_mode mode)
{
    size_t len = text.len < UINT32_MAX ? text.len : UINT32_MAX - 1;

    t->text = text.s ? text.s : "";
    t->p = t->text;
    t->reader = (struct piece_reader){.fold = &t->fold, .end = t->text + len};
    t->mode = mode;
    t->position = 0;
    t->spaced = true;
    t->over = t->running = false;
    t->at = t->n = 0;
}

/* ---- the queue ---------------------------------------------------------- */

/* The form that the next token will have. */
static struct form *
next_form(struct tokenizer *t)
{
    return t->form + t->n;
}

/* Let `tok` have its form's bytes as they are now. */
static void
show(struct token *tok, const struct form *f)
{
    tok->s = f->s;
    tok->len = f->len;
    tok->lower = f->differs ? f->lower : f->s;
    tok->lower_len = f->differs ? f->lower_len : f->len;
}

/* Whether the bytes from `start` to `end`, which is behind an s, are written
 * as the plural of an acronym or a type: capitals, or digits, and a small s.
 * Of a compound, the last part is.  Decades are none (1990s, the 90s). */
static bool
is_plural(const char *start, const char *end, bool compound)
{
    const char *last = end - 1, *p = last;
    bool stops = last[-1] == '.'; /* M.P.s */
    size_t capitals = 0, digits = 0;

    for (; p > start && (is_alpha(p[-1]) || is_digit(p[-1]) ||
                         (p[-1] & 0x80) || (stops && p[-1] == '.'));
         p--) {
        capitals += p[-1] >= 'A' && p[-1] <= 'Z';
        digits += is_digit(p[-1]);
    }
    if (!is_digit(last[-1]) || stops)
        return capitals > 1 || (compound && capitals == (size_t)(last - p));
    if (capitals > 0 || digits < (size_t)(last - p))
        return capitals > 0;
    return (digits != 4 || last[-1] != '0') &&
           (compound || (digits > 2 && p == start));
}

/* Append a token of next_form and the bytes from `start` to `end`. */
static inline void
emit(struct tokenizer *t, const char *start, const char *end, uint32_t flags)
{
    struct token *tok = t->queue + t->n;

    show(tok, t->form + t->n++);
    if (!t->spaced)
        flags |= TOKEN_LINKED;
    if (end - start > 2 && end[-1] == 's' && !(end[-2] >= 'a') &&
        is_plural(start, end, flags & TOKEN_JOINED))
        flags |= TOKEN_PLURAL;
    t->spaced = false;
    tok->flags = flags;
    tok->start = (size_t)(start - t->text);
    tok->end = (size_t)(end - t->text);
    tok->position = flags & TOKEN_COLOCATED ? t->position - 1 : t->position++;
}

/* ---- numbers ------------------------------------------------------------ */

/* The groups of digits of a number, and what stands between them. */
struct number {
    size_t n;             /* separators; there is one group more */
    char sep[GROUPS_MAX]; /* '.' ',' or '\'' */
    uint32_t len[GROUPS_MAX + 1];
};

enum token_verdict { NUMBER_SPLIT, NUMBER_KEEP, NUMBER_JOIN };

/* Whether the first `n` separators tell thousands apart: groups of three, or
 * of two up to the last. */
static bool
is_grouped(const struct number *num, size_t n)
{
    bool western = num->len[0] <= 3, indian = num->len[0] <= 2;

    for (size_t i = 1; i <= n; i++) {
        western = western && num->len[i] == 3;
        indian = indian && num->len[i] == (i == n ? 3 : 2);
    }
    return western || indian;
}

/* NUMBER_JOIN: without its commas and apostrophes; NUMBER_KEEP: as it is. */
static enum token_verdict
judge(const struct number *num)
{
    size_t n = num->n, same = 0;
    char first = num->sep[0];

    while (same < n && num->sep[same] == first)
        same++;
    if (first == '.') {
        if (same == n || (same == n - 1 && num->sep[same] == ','))
            return NUMBER_KEEP;
        return NUMBER_SPLIT;
    }
    if (same < n - 1 || (same == n - 1 && num->sep[same] != '.'))
        return NUMBER_SPLIT;
    if (is_grouped(num, same))
        return NUMBER_JOIN;
    if (first == ',' && n == 1 && (num->len[0] < 4 || num->len[1] < 4))
        return NUMBER_KEEP;
    return NUMBER_SPLIT;
}

static char
separator(const struct glyph *g)
{
    return g->class == FOLD_STOP         ? '.'
           : g->class == FOLD_COMMA      ? ','
           : g->class == FOLD_APOSTROPHE ? '\''
                                         : '\0';
}

static uint32_t
leading_digits(const struct form *f)
{
    uint32_t n = 0;

    while (n < f->len && is_digit(f->s[n]))
        n++;
    return n;
}

/* Append a group to the number, with its separator unless that goes away. */
static void
add_group(struct form *f, const struct form *group, char sep,
          enum token_verdict verdict)
{
    if (verdict == NUMBER_KEEP || sep == '.')
        form_char(f, sep);
    form_join(f, group);
}

/* Read on behind a piece of digits as long as there are groups.  With a form,
 * append them to it. */
static void
read_groups(struct tokenizer *t, struct number *num, struct piece *last,
            struct form *f, enum token_verdict verdict)
{
    struct piece pc = *last;

    num->n = 0;
    while (num->n < GROUPS_MAX && !pc.letters) {
        struct glyph g = glyph_at(&t->reader, pc.next);
        char sep = separator(&g);

        if (!sep || glyph_at(&t->reader, pc.next + g.len).class != FOLD_DIGIT)
            break;
        piece_read(&pc, &t->spare_form, &t->reader, pc.next + g.len);
        num->sep[num->n++] = sep;
        num->len[num->n] = leading_digits(&t->spare_form);
        if (f)
            add_group(f, &t->spare_form, sep, verdict);
    }
    pc.start = last->start;
    pc.digits = true;
    *last = pc;
}

/* Whether a comma stands right before: no decimal comma will follow. */
static bool
in_list(const struct tokenizer *t, const char *p)
{
    return p > t->text && p[-1] == ',';
}

/* `pc` is a piece of digits, its form in *f: let both become the number that
 * begins there. */
static void
read_number(struct tokenizer *t, struct piece *pc, struct form *f)
{
    struct number num;
    struct piece whole = *pc;
    enum token_verdict verdict;

    num.len[0] = f->len;
    read_groups(t, &num, &whole, NULL, NUMBER_SPLIT);
    if (num.n == 0 || num.n == GROUPS_MAX)
        return;
    verdict = judge(&num);
    if (verdict == NUMBER_KEEP && num.sep[0] == ',' && in_list(t, pc->start))
        return;
    if (verdict != NUMBER_SPLIT)
        read_groups(t, &num, pc, f, verdict);
}

/* ---- acronyms ----------------------------------------------------------- */

/* Where the next initial begins if `pc` is followed by a stop and a letter. */
static const char *
after_stop(struct tokenizer *t, const struct piece *pc)
{
    struct glyph g = glyph_at(&t->reader, pc->next);
    const char *p = pc->next + g.len;

    if (g.cp != '.' || glyph_at(&t->reader, p).class != FOLD_LETTER)
        return NULL;
    return p;
}

static bool
ends_in_stop(struct tokenizer *t, const struct piece *pc)
{
    return glyph_at(&t->reader, pc->next).cp == '.';
}

/* A letter, or two that begin with a capital. */
static bool
is_initial(const struct piece *pc)
{
    return !pc->digits && (pc->n == 1 || (pc->n == 2 && pc->upper));
}

/* The initials from `pc` on, as one piece that ends behind the last one's
 * stop; false where they are not an acronym.  With a form, append them. */
static bool
read_initials(struct tokenizer *t, struct piece *pc, struct form *f)
{
    bool single = pc->n == 1, capital = single && pc->upper, all = single;
    struct piece last = *pc, next;
    size_t n = 1;

    for (; n < GROUPS_MAX; n++) {
        const char *p = after_stop(t, &last);

        if (!p)
            break;
        piece_read(&next, &t->spare_form, &t->reader, p);
        if (!is_initial(&next) || (next.n == 2 && !ends_in_stop(t, &next)))
            break;
        all = all && next.n == 1;
        capital = capital || (next.n == 1 && next.upper);
        last = next;
        if (f)
            form_join(f, &t->spare_form);
    }
    if (n < 2 || !(all || capital))
        return false;
    last.start = pc->start;
    if (ends_in_stop(t, &last))
        last.end = ++last.next;
    *pc = last;
    return true;
}

static void
read_acronym(struct tokenizer *t, struct piece *pc, struct form *f)
{
    struct piece whole = *pc;

    if (is_initial(pc) && read_initials(t, &whole, NULL))
        read_initials(t, pc, f);
}

/* ---- units -------------------------------------------------------------- */

struct token_unit {
    const char *start, *end, *next;
    bool numeric;    /* digits alone */
    uint32_t digits; /* TOKEN_DIGITS where it has one */
};

static uint32_t
digits_flag(const struct piece *pc)
{
    return pc->digits ? TOKEN_DIGITS : 0;
}

static bool
form_is(const struct form *f, const char *s)
{
    return f->len == strlen(s) && memcmp(f->s, s, f->len) == 0;
}

static bool
is_suffix(const struct form *f)
{
    return form_is(f, "s") || form_is(f, "ll") || form_is(f, "re") ||
           form_is(f, "ve") || form_is(f, "d") || form_is(f, "m");
}

/* Where the next part of the unit begins behind an apostrophe or ampersand at
 * `pc`'s end; NULL where there is none. */
static const char *
inner_part(struct tokenizer *t, const struct piece *pc, bool *apostrophe)
{
    struct glyph g = glyph_at(&t->reader, pc->next), next;

    *apostrophe = g.class == FOLD_APOSTROPHE;
    if (!*apostrophe && (g.class != FOLD_AMPERSAND || !pc->ends_in_letter))
        return NULL;
    next = glyph_at(&t->reader, pc->next + g.len);
    if (next.class != FOLD_LETTER &&
        !(*apostrophe && next.class == FOLD_DIGIT))
        return NULL;
    return pc->next + g.len;
}

/* The first piece of a unit, or the number or acronym it is of, as a token. */
static void
first_part(struct tokenizer *t, struct piece *pc, const char *p)
{
    struct form *f = next_form(t);

    piece_read(pc, f, &t->reader, p);
    if (!pc->letters)
        read_number(t, pc, f);
    else
        read_acronym(t, pc, f);
    emit(t, pc->start, pc->end, digits_flag(pc));
    t->parts++;
}

/* Let "don" and its "t", which is in next_form, be one word. */
static void
join_not(struct tokenizer *t, const char *end)
{
    struct token *tok = t->queue + t->n - 1;

    form_join(t->form + t->n - 1, next_form(t));
    show(tok, t->form + t->n - 1);
    tok->end = (size_t)(end - t->text);
}

static bool
is_not(struct tokenizer *t)
{
    const struct form *f = t->form + t->n - 1;

    return f->len > 1 && f->s[f->len - 1] == 'n' && form_is(next_form(t), "t");
}

/* Append the joined form of the parts from `from` on. */
static void
emit_joined(struct tokenizer *t, const struct token_unit *u, size_t from)
{
    struct form *f = next_form(t);

    form_reset(f);
    for (size_t i = from; i < t->n; i++)
        form_join(f, t->form + i);
    emit(t, u->start, u->end, TOKEN_COLOCATED | TOKEN_JOINED | u->digits);
}

static void
read_unit(struct tokenizer *t, struct token_unit *u, const char *p, bool over)
{
    size_t from = t->n, n = 1;
    struct piece pc, part;
    bool apostrophe;

    first_part(t, &pc, p);
    *u = (struct token_unit){.start = pc.start,
                             .end = pc.end,
                             .numeric = !pc.letters,
                             .digits = digits_flag(&pc)};
    for (;;) {
        p = inner_part(t, &pc, &apostrophe);
        if (!p)
            break;
        piece_read(&part, next_form(t), &t->reader, p);
        if (apostrophe && is_suffix(next_form(t))) {
            pc.next = part.next;
            continue;
        }
        if (apostrophe && n == 1 && is_not(t)) {
            join_not(t, part.end);
        } else if (t->parts == TOKEN_PARTS_MAX) {
            t->over = true;
            break;
        } else {
            emit(t, part.start, part.end, digits_flag(&part));
            t->parts++;
            n++;
            u->numeric = u->numeric && !part.letters;
            u->digits |= digits_flag(&part);
        }
        pc = part;
        u->end = part.end;
    }
    u->next = pc.next;
    for (size_t i = from; i < t->n; i++)
        form_join(&t->joined_form, t->form + i);
    if (n > 1 && !u->numeric && !over && !t->over)
        emit_joined(t, u, from);
}

/* ---- chains ------------------------------------------------------------- */

/* Where the next unit begins behind a hyphen at `p`, in the same line or the
 * next; NULL where there is none. */
static const char *
hyphen_part(struct tokenizer *t, const char *p)
{
    struct glyph g = glyph_at(&t->reader, p);
    const char *on = p + g.len;

    if (g.class != FOLD_HYPHEN)
        return NULL;
    g = glyph_at(&t->reader, on);
    if (g.class == FOLD_LETTER || g.class == FOLD_DIGIT)
        return on;
    on = piece_next_line(&t->reader, on);
    if (!on)
        return NULL;
    g = glyph_at(&t->reader, on);
    return g.class == FOLD_LETTER || g.class == FOLD_DIGIT ? on : NULL;
}

/* All words that are joined to the one that begins at `p`. */
static void
read_chain(struct tokenizer *t, const char *p)
{
    struct token_unit u, all = {.start = p, .numeric = true};
    bool over = t->over;
    size_t n = 0;

    t->over = false;
    t->parts = 0;
    form_reset(&t->joined_form);
    for (;;) {
        read_unit(t, &u, p, over);
        n++;
        all.numeric = all.numeric && u.numeric;
        all.digits |= u.digits;
        p = t->over ? NULL : hyphen_part(t, u.next);
        if (!p)
            break;
        if (t->parts == TOKEN_PARTS_MAX) {
            t->over = true;
            break;
        }
    }
    t->p = u.next;
    if (n < 2 || over || t->over || all.numeric)
        return;
    *next_form(t) = t->joined_form;
    emit(t, all.start, u.end, TOKEN_COLOCATED | TOKEN_JOINED | all.digits);
}

/* Whether a word ends before the `left` bytes at `p` for sure. */
static bool
ends_plainly(const struct tokenizer *t, const unsigned char *p, size_t left)
{
    uint8_t kind = t->kind[p[0]], next;

    if (kind <= BYTE_SPACE)
        return true;
    if (kind == BYTE_MULTI)
        return false;
    if (left == 1)
        return true;
    next = t->kind[p[1]];
    if (next == BYTE_SPACE)
        return kind == BYTE_JOINT;
    return next != BYTE_WORD && next != BYTE_MULTI;
}

/* The BYTE_WORDs at `p`, at most `room`, into `to` in lower case; how many. */
static size_t
lower_bytes(const struct tokenizer *t, char *to, const unsigned char *p,
            size_t room, bool *digits)
{
    size_t n = 0;

    *digits = false;
    while (n < room && t->kind[p[n]] == BYTE_WORD) {
        char c = t->lower[p[n]];
        to[n++] = c;
        *digits |= c < 'a';
    }
    return n;
}

enum { WIDE = 16 };

#if HAVE_SSE2

/* Which of `v` are from `first` on, at most `most` behind it. */
static inline __m128i
within(__m128i v, char first, char most)
{
    __m128i from = _mm_sub_epi8(v, _mm_set1_epi8(first));

    return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(most)), from);
}

/* lower_bytes of WIDE bytes at once, all of which are written; without a
 * branch, for how long a word is cannot be guessed. */
static inline size_t
lower_wide(char *to, const unsigned char *p, bool *digits)
{
    const __m128i small = _mm_set1_epi8(0x20);
    __m128i v = _mm_loadu_si128((const void *)p);
    __m128i letter = within(_mm_or_si128(v, small), 'a', 'z' - 'a');
    __m128i digit = within(v, '0', '9' - '0');
    unsigned word = (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, digit));
    unsigned n = (unsigned)__builtin_ctz(~word);

    _mm_storeu_si128((void *)to,
                     _mm_or_si128(v, _mm_and_si128(letter, small)));
    *digits = ((unsigned)_mm_movemask_epi8(digit) & ((1u << n) - 1)) != 0;
    return n;
}

#endif

/* Take the word at `p` if it is ASCII and stands alone. */
static bool
read_plain(struct tokenizer *t)
{
    const unsigned char *p = (const unsigned char *)t->p;
    size_t left = (size_t)(t->reader.end - t->p), n = WIDE;
    struct form *f = next_form(t);
    bool digits;

#if HAVE_SSE2
    if (left >= WIDE)
        n = lower_wide(f->s, p, &digits);
#endif
    if (n == WIDE)
        n = lower_bytes(t, f->s, p, left < TOKEN_MAX ? left : TOKEN_MAX,
                        &digits);
    if (n == TOKEN_MAX || (n < left && !ends_plainly(t, p + n, left - n)))
        return false;
    f->len = (uint32_t)n;
    f->differs = false;
    emit(t, t->p, t->p + n, digits ? TOKEN_DIGITS : 0);
    t->p += n;
    t->over = false;
    return true;
}

/* ---- pictures ----------------------------------------------------------- */

static void
read_picture(struct tokenizer *t, const struct glyph *g)
{
    const char *start = t->p, *end = t->p + g->len;
    struct form *f = next_form(t);
    struct glyph next;

    form_reset(f);
    form_add(f, g->fold);
    if (g->class == FOLD_REGIONAL) {
        next = glyph_at(&t->reader, end);
        if (next.class == FOLD_REGIONAL) {
            form_add(f, next.fold);
            end += next.len;
        }
    }
    emit(t, start, end, TOKEN_PICTURE);
    t->p = end;
    t->over = false;
}

/* ---- n-gram runs -------------------------------------------------------- */

static void
begin_run(struct tokenizer *t)
{
    piece_read_unit(&t->unit_piece, &t->unit_form, &t->reader, t->p);
    t->running = true;
    t->run_began = false;
    t->over = false;
}

/* Make the tokens of the unit that is read, and read the next one. */
static void
step_run(struct tokenizer *t)
{
    struct piece first = t->unit_piece;
    struct glyph g = glyph_at(&t->reader, first.next);
    bool last = g.class != FOLD_NGRAM;
    bool document = t->mode == TOKEN_DOCUMENT;

    t->joined_form = t->unit_form;
    if (document || (last && !t->run_began)) {
        *next_form(t) = t->unit_form;
        emit(t, first.start, first.end, TOKEN_NGRAM);
    }
    t->p = first.next;
    t->running = !last;
    if (last) {
        t->position += !document && t->run_began;
        return;
    }
    piece_read_unit(&t->unit_piece, &t->unit_form, &t->reader, t->p);
    form_join(&t->joined_form, &t->unit_form);
    *next_form(t) = t->joined_form;
    emit(t, first.start, t->unit_piece.end,
         document ? TOKEN_NGRAM | TOKEN_COLOCATED : TOKEN_NGRAM);
    t->run_began = true;
}

/* ---- reading ------------------------------------------------------------ */

/* Go to where the next token begins, which is *g; false at the end. */
static bool
skip(struct tokenizer *t, struct glyph *g)
{
    for (; t->p < t->reader.end; t->p += g->len) {
        *g = glyph_at(&t->reader, t->p);
        switch (g->class) {
        case FOLD_LETTER:
        case FOLD_DIGIT:
        case FOLD_NGRAM:
        case FOLD_EXTEND:
        case FOLD_PICTURE:
        case FOLD_REGIONAL:
            return true;
        case FOLD_SPACE:
            t->spaced = true;
            break;
        default:
            break;
        }
    }
    return false;
}

/* Pass over ASCII that separates words. */
static void
skip_plain(struct tokenizer *t)
{
    const unsigned char *p = (const unsigned char *)t->p;
    const unsigned char *end = (const unsigned char *)t->reader.end;
    bool spaced = t->spaced;

    for (; p < end; p++) {
        uint8_t kind = t->kind[*p];
        if (kind == BYTE_WORD || kind == BYTE_MULTI)
            break;
        spaced |= kind == BYTE_SPACE;
    }
    t->spaced = spaced;
    t->p = (const char *)p;
}

static void
read_any(struct tokenizer *t)
{
    struct glyph g;

    if (!skip(t, &g))
        return;
    if (g.class == FOLD_LETTER || g.class == FOLD_DIGIT)
        read_chain(t, t->p);
    else if (g.class == FOLD_PICTURE || g.class == FOLD_REGIONAL)
        read_picture(t, &g);
    else
        begin_run(t);
}

static void
fill(struct tokenizer *t)
{
    t->at = t->n = 0;
    while (t->n + CHAIN_MAX + NEXT_MAX <= QUEUE_MAX) {
        if (t->running) {
            step_run(t);
            continue;
        }
        skip_plain(t);
        if (t->p == t->reader.end)
            return;
        if (t->kind[(unsigned char)*t->p] != BYTE_WORD || !read_plain(t))
            read_any(t);
    }
}

const struct token *
tokenizer_next(struct tokenizer *t)
{
    if (t->at == t->n)
        fill(t);
    return t->at < t->n ? t->queue + t->at++ : NULL;
}

size_t
tokenizer_batch(struct tokenizer *t, const struct token **out)
{
    fill(t);
    t->at = t->n;
    *out = t->queue;
    return t->n;
}
