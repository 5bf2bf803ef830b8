/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.c - packing and unpacking 128 numbers, with AVX2 or without
 *
 * For each number of bits there is a function of its own in which the rows
 * are unrolled and all shifts are constants, made by macros below: in plain C
 * for all machines, eight lanes to a step where the compiler can, and with
 * AVX2, which is chosen when the program runs.  Unpacking costs about 15 ns
 * with AVX2 and 60 without, an exception 1 ns more.
 *
 * Packing tries every number of bits and takes the one with the fewest bytes;
 * of equal ones the greatest, for exceptions cost time.
 */
#include "pack.h"

#include <string.h>

#include "bytes.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_AVX2 1
#include <immintrin.h>
#else
#define HAVE_AVX2 0
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
    LANES = 8,
    ROWS = PACK_N / LANES,
    WIDTHS = 33,
    EXCEPTIONS_MAX = 31,
    SHORT_EXCEPTIONS = 16,
    SHORT_WIDTH = 16
};

typedef void unpack_fn(uint32_t *v, const uint8_t *in);

static bool plain_only;

void
pack_plain(bool plain)
{
    plain_only = plain;
}

bool
pack_avx2(void)
{
#if HAVE_AVX2
    return !plain_only && __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

/* F for each row, and for each number of bits. */
/* clang-format off */
#define EACH_ROW(F, b)                                                        \
    F(b, 0) F(b, 1) F(b, 2) F(b, 3) F(b, 4) F(b, 5) F(b, 6) F(b, 7)           \
    F(b, 8) F(b, 9) F(b, 10) F(b, 11) F(b, 12) F(b, 13) F(b, 14) F(b, 15)
#define EACH_WIDTH(F)                                                         \
    F(1) F(2) F(3) F(4) F(5) F(6) F(7) F(8) F(9) F(10) F(11) F(12) F(13)      \
    F(14) F(15) F(16) F(17) F(18) F(19) F(20) F(21) F(22) F(23) F(24) F(25)   \
    F(26) F(27) F(28) F(29) F(30) F(31) F(32)
/* clang-format on */

/* ---- plain C ------------------------------------------------------------ */

/* Word `w` of a lane's stream of 16 rows of `bits`. */
ALWAYS_INLINE uint32_t
word_at(const uint8_t *in, int bits, int w, int lane)
{
    if (w < bits / 2)
        return get_u32(in + 32 * w + 4 * lane);
    in += 32 * w + 2 * lane;
    return (uint32_t)in[0] | (uint32_t)in[1] << 8;
}

ALWAYS_INLINE void
row_plain(uint32_t *v, const uint8_t *in, int bits, int row)
{
    const int at = bits * row, w = at / 32, shift = at % 32;

    for (int lane = 0; lane < LANES; lane++) {
        uint32_t x = word_at(in, bits, w, lane) >> shift;

        if (shift + bits > 32)
            x |= word_at(in, bits, w + 1, lane) << (32 - shift);
        v[LANES * row + lane] = bits < 32 ? x & ((1u << (bits & 31)) - 1) : x;
    }
}

#define ROW_PLAIN(b, row) row_plain(v, in, b, row);
#define UNPACK_PLAIN(b)                                                       \
    static void unpack_plain_##b(uint32_t *v, const uint8_t *in)              \
    {                                                                         \
        EACH_ROW(ROW_PLAIN, b)                                                \
    }
EACH_WIDTH(UNPACK_PLAIN)

static void
unpack_zeros(uint32_t *v, const uint8_t *in)
{
    (void)in;
    memset(v, 0, PACK_N * sizeof *v);
}

#define NAME_PLAIN(b) unpack_plain_##b,
static unpack_fn *const plain[WIDTHS] = {unpack_zeros, EACH_WIDTH(NAME_PLAIN)};

/* Put what is above `bits` to n numbers: the zeros up to each next one, from
 * bit `at` on.  The bit behind the last one; 0 where they are not all before
 * bit `end`. */
ALWAYS_INLINE size_t
add_ones(uint32_t *v, uint32_t n, const uint8_t *in, size_t at, size_t end,
         unsigned bits)
{
    size_t from = at / 8 * 8;
    uint64_t word = get_u64(in + from / 8) & UINT64_MAX << (at - from);

    for (uint32_t i = 0; i < n; i++, word &= word - 1) {
        size_t one;

        for (; word == 0; word = get_u64(in + from / 8)) {
            from += 64;
            if (from >= end)
                return 0;
        }
        one = from + (size_t)__builtin_ctzll(word);
        v[i] |= (uint32_t)(one - at) << bits;
        at = one + 1;
    }
    return at <= end ? at : 0;
}

static void
sum_plain(uint32_t *v, uint32_t from)
{
    for (int i = 0; i < PACK_N; i++) {
        v[i] += from;
        from = v[i] + 1;
    }
}

/* ---- AVX2 --------------------------------------------------------------- */

#if HAVE_AVX2

#define AVX2 __attribute__((target("avx2,popcnt")))

AVX2 ALWAYS_INLINE __m256i
words_at(const uint8_t *in, int bits, int w)
{
    if (w < bits / 2)
        return _mm256_loadu_si256((const void *)(in + 32 * w));
    return _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)(in + 32 * w)));
}

AVX2 ALWAYS_INLINE void
row_avx2(uint32_t *v, const uint8_t *in, int bits, int row)
{
    const int at = bits * row, w = at / 32, shift = at % 32;
    __m256i x = words_at(in, bits, w);

    if (shift > 0)
        x = _mm256_srli_epi32(x, shift);
    if (shift + bits > 32)
        x = _mm256_or_si256(
            x, _mm256_slli_epi32(words_at(in, bits, w + 1), 32 - shift));
    if (bits < 32 && shift + bits != 32)
        x = _mm256_and_si256(
            x, _mm256_set1_epi32((int)((1u << (bits & 31)) - 1)));
    _mm256_storeu_si256((void *)(v + LANES * row), x);
}

#define ROW_AVX2(b, row) row_avx2(v, in, b, row);
#define UNPACK_AVX2(b)                                                        \
    AVX2 static void unpack_avx2_##b(uint32_t *v, const uint8_t *in)          \
    {                                                                         \
        EACH_ROW(ROW_AVX2, b)                                                 \
    }
EACH_WIDTH(UNPACK_AVX2)

#define NAME_AVX2(b) unpack_avx2_##b,
static unpack_fn *const avx2[WIDTHS] = {unpack_zeros, EACH_WIDTH(NAME_AVX2)};

/* Eight sums at a time: within the halves by two steps, then the sum of the
 * low half onto the high one, then the last of the eight before. */
AVX2 static void
sum_avx2(uint32_t *v, uint32_t from)
{
    const __m256i seven = _mm256_set1_epi32(7), three = _mm256_set1_epi32(3);
    const __m256i high = _mm256_setr_epi32(0, 0, 0, 0, -1, -1, -1, -1);
    __m256i before = _mm256_set1_epi32((int)(from - 1));

    for (int i = 0; i < PACK_N; i += LANES) {
        __m256i x = _mm256_loadu_si256((const void *)(v + i));

        x = _mm256_sub_epi32(x, _mm256_set1_epi32(-1));
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
        x = _mm256_add_epi32(
            x, _mm256_and_si256(_mm256_permutevar8x32_epi32(x, three), high));
        _mm256_storeu_si256((void *)(v + i), _mm256_add_epi32(x, before));
        before =
            _mm256_add_epi32(before, _mm256_permutevar8x32_epi32(x, seven));
    }
}

AVX2 static bool
ascending_avx2(const uint32_t *v)
{
    __m256i bad = _mm256_setzero_si256();

    for (int i = 0; i + LANES < PACK_N; i += LANES) {
        __m256i a = _mm256_loadu_si256((const void *)(v + i));
        __m256i b = _mm256_loadu_si256((const void *)(v + i + 1));

        bad = _mm256_or_si256(bad,
                              _mm256_cmpeq_epi32(_mm256_max_epu32(a, b), a));
    }
    for (int i = PACK_N - LANES; i + 1 < PACK_N; i++)
        if (v[i] >= v[i + 1])
            return false;
    return _mm256_testz_si256(bad, bad);
}

/* First among the last of each sixteen, then among the sixteen: no branch to
 * be guessed. */
AVX2 ALWAYS_INLINE uint32_t
rank_in(const uint32_t *v, __m256i ends, uint32_t x)
{
    const __m256i than = _mm256_set1_epi32((int)x);
    unsigned a = (unsigned)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_cmpgt_epi32(than, ends)));
    unsigned from = 16 * (unsigned)__builtin_popcount(a), b;
    __m256i low = _mm256_loadu_si256((const void *)(v + from));
    __m256i high = _mm256_loadu_si256((const void *)(v + from + 8));

    low = _mm256_packs_epi32(_mm256_cmpgt_epi32(than, low),
                             _mm256_cmpgt_epi32(than, high));
    b = (unsigned)_mm256_movemask_epi8(low);
    return from + (unsigned)__builtin_popcount(b) / 2;
}

AVX2 ALWAYS_INLINE __m256i
ends_of(const uint32_t *v)
{
    return _mm256_setr_epi32((int)v[15], (int)v[31], (int)v[47], (int)v[63],
                             (int)v[79], (int)v[95], (int)v[111], INT32_MAX);
}

AVX2 static uint32_t
rank_avx2(const uint32_t *v, uint32_t x)
{
    return rank_in(v, ends_of(v), x);
}

AVX2 static void
ranks_avx2(uint8_t *rank, const uint32_t *v, const uint32_t *x, uint32_t n)
{
    const __m256i ends = ends_of(v);

    for (uint32_t i = 0; i < n; i++)
        rank[i] = (uint8_t)rank_in(v, ends, x[i]);
}

AVX2 static uint64_t
count_avx2(const uint64_t *bits, uint32_t n)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += (uint64_t)__builtin_popcountll(bits[i]);
    return sum;
}

AVX2 static uint32_t
select_avx2(uint32_t *at, const uint32_t *v, uint32_t least)
{
    const __m256i than = _mm256_set1_epi32((int)least - 1);
    uint32_t n = 0;

    for (uint32_t half = 0; half < PACK_N; half += 64) {
        uint64_t mask = 0;

        for (uint32_t i = 0; i < 64; i += LANES) {
            __m256i a = _mm256_loadu_si256((const void *)(v + half + i));

            mask |= (uint64_t)(unsigned)_mm256_movemask_ps(
                        _mm256_castsi256_ps(_mm256_cmpgt_epi32(a, than)))
                    << i;
        }
        for (; mask; mask &= mask - 1)
            at[n++] = half + (unsigned)__builtin_ctzll(mask);
    }
    return n;
}

#endif

void
pack_sum(uint32_t v[PACK_N], uint32_t from)
{
#if HAVE_AVX2
    if (pack_avx2()) {
        sum_avx2(v, from);
        return;
    }
#endif
    sum_plain(v, from);
}

void
pack_ranks(uint8_t *rank, const uint32_t v[PACK_N], const uint32_t *x,
           uint32_t n)
{
#if HAVE_AVX2
    if (pack_avx2()) {
        ranks_avx2(rank, v, x, n);
        return;
    }
#endif
    for (uint32_t i = 0; i < n; i++)
        rank[i] = (uint8_t)pack_rank(v, x[i]);
}

uint32_t
pack_select(uint32_t at[PACK_N], const uint32_t v[PACK_N], uint32_t least)
{
    uint32_t n = 0;

#if HAVE_AVX2
    if (pack_avx2())
        return select_avx2(at, v, least);
#endif
    for (uint32_t i = 0; i < PACK_N; i++)
        if (v[i] >= least)
            at[n++] = i;
    return n;
}

uint64_t
pack_count_bits(const uint64_t *bits, uint32_t n)
{
    uint64_t sum = 0;

#if HAVE_AVX2
    if (pack_avx2())
        return count_avx2(bits, n);
#endif
    for (uint32_t i = 0; i < n; i++)
        sum += (uint64_t)__builtin_popcountll(bits[i]);
    return sum;
}

bool
pack_ascending(const uint32_t v[PACK_N])
{
    bool good = true;

#if HAVE_AVX2
    if (pack_avx2())
        return ascending_avx2(v);
#endif
    for (int i = 0; i + 1 < PACK_N; i++)
        good &= v[i] < v[i + 1];
    return good;
}

uint32_t
pack_rank(const uint32_t v[PACK_N], uint32_t x)
{
    uint32_t n = 0;

#if HAVE_AVX2
    if (pack_avx2())
        return rank_avx2(v, x);
#endif
    for (uint32_t step = PACK_N / 2; step > 0; step /= 2)
        n += v[n + step - 1] < x ? step : 0;
    return n + (v[n] < x);
}

/* ---- reading ------------------------------------------------------------ */

/* Put what is above `bits` to the numbers that have more; where that ends.
 * Eight bytes are read for each, behind the last too, where PACK_SLACK bytes
 * are. */
static const uint8_t *
patch(uint32_t *v, uint32_t n, unsigned bits, unsigned width,
      unsigned exceptions, const uint8_t *in, const uint8_t *end)
{
    const uint64_t mask = ((uint64_t)1 << width) - 1;
    const ptrdiff_t len = (ptrdiff_t)(exceptions * (width + 7) + 7) / 8;
    bool good = true;

    if (bits + width > 32 || end - in < len)
        return NULL;
    for (unsigned at = 0, k = 0; k < exceptions; k++, at += width + 7) {
        uint64_t word = get_u64(in + at / 8) >> (at & 7);
        unsigned i = word & 127;

        good &= i < n;
        v[i < n ? i : 0] |= (uint32_t)(word >> 7 & mask) << bits;
    }
    return good ? in + len : NULL;
}

/* What is at the head of a pack. */
struct head {
    unsigned bits, width, exceptions;
};

static struct head
head_of(const uint8_t *in)
{
    unsigned v = in[0] | (unsigned)in[1] << 8;

    return (struct head){.bits = v & 63,
                         .exceptions = v >> 6 & EXCEPTIONS_MAX,
                         .width = (v >> 11) + 1};
}

const uint8_t *
pack_read(uint32_t v[PACK_N], const uint8_t *in, const uint8_t *end)
{
    struct head h;

    if (end - in < 2)
        return NULL;
    h = head_of(in);
    in += 2;
    if (h.bits > 32 || end - in < (ptrdiff_t)(16 * h.bits))
        return NULL;
#if HAVE_AVX2
    (pack_avx2() ? avx2 : plain)[h.bits](v, in);
#else
    plain[h.bits](v, in);
#endif
    in += 16 * h.bits;
    return h.exceptions == 0
               ? in
               : patch(v, PACK_N, h.bits, h.width, h.exceptions, in, end);
}

const uint8_t *
pack_skip(const uint8_t *in, const uint8_t *end)
{
    struct head h;
    ptrdiff_t len;

    if (end - in < 2)
        return NULL;
    h = head_of(in);
    len =
        (ptrdiff_t)(2 + 16 * h.bits + (h.exceptions * (h.width + 7) + 7) / 8);
    return h.bits > 32 || end - in < len ? NULL : in + len;
}

/* Cut `n` numbers of `bits` bits out of a stream.  Eight bytes are read for
 * each, behind the last too, where PACK_SLACK bytes are. */
static void
cut(uint32_t *v, uint32_t n, unsigned bits, const uint8_t *in)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    size_t at = 0;

    for (uint32_t i = 0; i < n; i++, at += bits)
        v[i] = (uint32_t)(get_u64(in + at / 8) >> (at & 7) & mask);
}

const uint8_t *
pack_read_short(uint32_t *v, uint32_t n, const uint8_t *in, const uint8_t *end)
{
    unsigned bits, flags, more = 0;
    ptrdiff_t len;
    size_t last;

    if (in == end)
        return NULL;
    bits = *in & (PACK_UNARY - 1);
    flags = *in++ & (PACK_UNARY | PACK_HAS_EXCEPTIONS);
    if (flags & PACK_HAS_EXCEPTIONS) {
        if (in == end)
            return NULL;
        more = *in++;
    }
    len = (ptrdiff_t)(((size_t)n * bits + 7) / 8);
    if (bits > 32 || end - in < len || (bits == 32 && flags != 0) ||
        flags == (PACK_UNARY | PACK_HAS_EXCEPTIONS))
        return NULL;
    cut(v, n, bits, in);
    if (flags & PACK_HAS_EXCEPTIONS)
        return patch(v, n, bits, (more >> 4) + 1, (more & 15) + 1, in + len,
                     end);
    if (!(flags & PACK_UNARY))
        return in + len;
    last = add_ones(v, n, in, (size_t)n * bits, (size_t)(end - in) * 8, bits);
    return last > 0 ? in + (last + 7) / 8 : NULL;
}

/* ---- writing ------------------------------------------------------------ */

static unsigned
width_of(uint32_t v)
{
    /* without a branch for 0, of which there are many */
    return 63 - (unsigned)__builtin_clzll((uint64_t)v << 1 | 1);
}

/* How a pack is written; `len` without the two bytes at its head, or the one
 * of a short pack. */
struct pack_form {
    unsigned bits, width, exceptions;
    bool unary;
    size_t len;
};

/* The number of bits with which a pack with exceptions is shortest. */
static struct pack_form
best_patched(const uint32_t *v, uint32_t n)
{
    const bool is_short = n < PACK_N;
    /* two of them, for one number's count waits for the one before */
    uint8_t of_width[2][WIDTHS + 1] = {{0}};
    unsigned max, more = 0;
    uint32_t any = 0;
    struct pack_form best;

    for (uint32_t i = 0; i < n; i++) {
        of_width[i & 1][width_of(v[i])]++;
        any |= v[i];
    }
    max = width_of(any);
    best = (struct pack_form){.bits = max, .len = (n * max + 7) / 8};
    for (unsigned bits = max; bits-- > 0;) {
        unsigned width = max - bits;
        size_t len;

        more += of_width[0][bits + 1] + of_width[1][bits + 1];
        len = (n * bits + 7) / 8 + is_short + (more * (width + 7) + 7) / 8;
        if (more > (is_short ? SHORT_EXCEPTIONS : EXCEPTIONS_MAX) ||
            (is_short && width > SHORT_WIDTH))
            break;
        if (len < best.len)
            best = (struct pack_form){
                .bits = bits, .width = width, .exceptions = more, .len = len};
    }
    return best;
}

/* How many bits the numbers take with so many low ones and the rest unary. */
static uint64_t
unary_bits(const uint32_t *v, uint32_t n, unsigned bits)
{
    uint64_t sum = (uint64_t)n * (bits + 1);

    for (uint32_t i = 0; i < n; i++)
        sum += v[i] >> bits;
    return sum;
}

/* The number of low bits with which that is least: at most the width of the
 * mean, and from there it goes down and up again. */
static struct pack_form
best_unary(const uint32_t *v, uint32_t n)
{
    uint64_t least, less;
    struct pack_form best = {.unary = true};

    best.bits = width_of((uint32_t)((unary_bits(v, n, 0) - n) / n));
    best.bits -= best.bits == 32;
    least = unary_bits(v, n, best.bits);
    for (; best.bits > 0; best.bits--, least = less) {
        less = unary_bits(v, n, best.bits - 1);
        if (less >= least)
            break;
    }
    best.len = (size_t)(least + 7) / 8;
    return best;
}

static struct pack_form
best_short(const uint32_t *v, uint32_t n)
{
    struct pack_form patched = best_patched(v, n), unary;

    if (patched.len == 0)
        return patched;
    unary = best_unary(v, n);
    return unary.len < patched.len ? unary : patched;
}

/* Each lane is a stream of words; all are at the same bit. */
static void
pack_rows(uint8_t *out, const uint32_t v[PACK_N], unsigned bits)
{
    const uint32_t mask = bits < 32 ? (1u << bits) - 1 : UINT32_MAX;
    uint32_t word[LANES] = {0};
    unsigned have = 0;

    for (unsigned row = 0; row < ROWS; row++) {
        const uint32_t *of = v + LANES * row;

        for (unsigned lane = 0; lane < LANES; lane++)
            word[lane] |= (of[lane] & mask) << have;
        have += bits;
        if (have < 32)
            continue;
        have -= 32;
        for (unsigned lane = 0; lane < LANES; lane++) {
            put_u32(out + 4 * lane, word[lane]);
            word[lane] = have > 0 ? (of[lane] & mask) >> (bits - have) : 0;
        }
        out += 4 * LANES;
    }
    for (unsigned lane = 0; have > 0 && lane < LANES; lane++) {
        out[2 * lane] = (uint8_t)word[lane];
        out[2 * lane + 1] = (uint8_t)(word[lane] >> 8);
    }
}

/* A stream of bits, low ones first. */
struct bits {
    uint8_t *at;
    uint64_t word;
    unsigned have;
};

static void
put_bits(struct bits *b, uint32_t v, unsigned n)
{
    b->word |= (uint64_t)v << b->have;
    for (b->have += n; b->have >= 8; b->have -= 8) {
        *b->at++ = (uint8_t)b->word;
        b->word >>= 8;
    }
}

/* The last byte; where it all ends. */
static uint8_t *
end_bits(struct bits *b)
{
    if (b->have > 0)
        *b->at++ = (uint8_t)b->word;
    return b->at;
}

/* Write what does not fit in f->bits. */
static uint8_t *
add_exceptions(uint8_t *at, const uint32_t *v, uint32_t n,
               const struct pack_form *f)
{
    struct bits to = {.at = at};

    for (uint32_t i = 0; i < n && f->exceptions > 0; i++)
        if (v[i] >> f->bits != 0) {
            put_bits(&to, i, 7);
            put_bits(&to, v[i] >> f->bits, f->width);
        }
    return end_bits(&to);
}

size_t
pack_write(uint8_t *out, const uint32_t v[PACK_N])
{
    struct pack_form f = best_patched(v, PACK_N);
    unsigned head = f.bits | f.exceptions << 6;

    if (f.exceptions > 0)
        head |= (f.width - 1) << 11;
    out[0] = (uint8_t)head;
    out[1] = (uint8_t)(head >> 8);
    pack_rows(out + 2, v, f.bits);
    return (size_t)(add_exceptions(out + 2 + 16 * f.bits, v, PACK_N, &f) -
                    out);
}

size_t
pack_write_short(uint8_t *out, const uint32_t *v, uint32_t n)
{
    struct pack_form f = best_short(v, n);
    struct bits to = {.at = out + (f.exceptions > 0 ? 2 : 1)};
    uint32_t mask = f.bits < 32 ? (1u << f.bits) - 1 : UINT32_MAX;

    out[0] = (uint8_t)f.bits;
    for (uint32_t i = 0; i < n; i++)
        put_bits(&to, v[i] & mask, f.bits);
    if (f.unary) {
        out[0] |= PACK_UNARY;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t zeros = v[i] >> f.bits;

            for (; zeros > 31; zeros -= 31)
                put_bits(&to, 0, 31);
            put_bits(&to, 1u << zeros, zeros + 1);
        }
        return (size_t)(end_bits(&to) - out);
    }
    if (f.exceptions == 0)
        return (size_t)(end_bits(&to) - out);
    out[0] |= PACK_HAS_EXCEPTIONS;
    out[1] = (uint8_t)((f.exceptions - 1) | (f.width - 1) << 4);
    return (size_t)(add_exceptions(end_bits(&to), v, n, &f) - out);
}
