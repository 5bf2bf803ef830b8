/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.c - packing and unpacking 128 numbers, with AVX2 or without
 *
 * For each number of bits there is a function of its own in which the rows
 * are unrolled and all shifts are constants, made by macros below: in plain C
 * for all machines, eight lanes to a step where the compiler can, and with
 * AVX2, which is chosen when the program runs.  Unpacking costs about 15 ns
 * with AVX2 and 60 without, an exception 2 ns more, a unary part 40.
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

/* UNARY_MAX: the longest unary part in bytes. */
enum { LANES = 8, ROWS = PACK_N / LANES, WIDTHS = 33, UNARY_MAX = 255 };

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
    return !plain_only && __builtin_cpu_supports("avx2") &&
           __builtin_cpu_supports("bmi2");
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

/* Where the next `n` ones are from bit `at` on.  False where they are not all
 * before bit `end`. */
static bool
find_ones(uint32_t *place, uint32_t n, const uint8_t *in, size_t at,
          size_t end)
{
    uint32_t k = 0;

    for (size_t from = at / 8 * 8; k < n && from < end; from += 64) {
        uint64_t word = get_u64(in + from / 8);

        if (from < at)
            word &= UINT64_MAX << (at - from);
        for (; word != 0 && k < n; word &= word - 1)
            place[k++] = (uint32_t)from + (uint32_t)__builtin_ctzll(word);
    }
    return k == n && place[n - 1] < end;
}

/* Put what is above `bits` of each number to it: the zeros between ones, of
 * the first those from bit `at` on. */
static void
add_zeros(uint32_t *v, uint32_t n, const uint32_t *place, uint32_t at,
          unsigned bits)
{
    for (uint32_t i = 0; i < n; i++) {
        v[i] |= (place[i] - at) << bits;
        at = place[i] + 1;
    }
}

static bool
unary_plain(uint32_t *v, const uint8_t *in, uint32_t len, unsigned bits)
{
    uint32_t place[PACK_N];

    if (!find_ones(place, PACK_N, in, 0, (size_t)len * 8) ||
        place[PACK_N - 1] / 8 != len - 1)
        return false;
    add_zeros(v, PACK_N, place, 0, bits);
    return true;
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

#define AVX2 __attribute__((target("avx2,bmi2,popcnt")))

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

/* Byte by byte the places of the ones, up to eight; then the distances between
 * them. */
AVX2 static bool
unary_avx2(uint32_t *v, const uint8_t *in, uint32_t len, unsigned bits)
{
    uint32_t room[LANES + PACK_N + 2 * LANES], *place = room + LANES;
    const __m256i one = _mm256_set1_epi32(1), eight = _mm256_set1_epi32(8);
    const __m128i shift = _mm_cvtsi32_si128((int)bits);
    __m256i from = _mm256_setzero_si256();
    uint32_t n = 0;

    for (uint32_t i = 0; i < len && n <= PACK_N; i++) {
        uint64_t mask = _pdep_u64(in[i], UINT64_C(0x0101010101010101)) * 255;
        uint64_t at = _pext_u64(UINT64_C(0x0706050403020100), mask);
        __m256i x = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)at));

        _mm256_storeu_si256((void *)(place + n), _mm256_add_epi32(x, from));
        from = _mm256_add_epi32(from, eight);
        n += (uint32_t)__builtin_popcount(in[i]);
    }
    if (n < PACK_N || place[PACK_N - 1] / 8 != len - 1)
        return false;
    place[-1] = UINT32_MAX;
    for (int i = 0; i < PACK_N; i += LANES) {
        __m256i x = _mm256_loadu_si256((const void *)(place + i));
        __m256i y = _mm256_loadu_si256((const void *)(place + i - 1));
        __m256i low = _mm256_loadu_si256((const void *)(v + i));

        x = _mm256_sub_epi32(_mm256_sub_epi32(x, y), one);
        x = _mm256_or_si256(_mm256_sll_epi32(x, shift), low);
        _mm256_storeu_si256((void *)(v + i), x);
    }
    return true;
}

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

static const uint8_t *
patch(uint32_t *v, uint32_t n, unsigned bits, unsigned exceptions,
      const uint8_t *in, const uint8_t *end)
{
    for (; exceptions > 0; exceptions--) {
        unsigned i;
        uint64_t high;

        if (in == end)
            return NULL;
        i = *in++;
        if (i >= n || !get_varint_max(&in, end, UINT32_MAX >> bits, &high))
            return NULL;
        v[i] |= (uint32_t)high << bits;
    }
    return in;
}

static void
read_rows(uint32_t *v, const uint8_t *in, unsigned bits)
{
#if HAVE_AVX2
    if (pack_avx2()) {
        avx2[bits](v, in);
        return;
    }
#endif
    plain[bits](v, in);
}

static bool
read_unary(uint32_t *v, const uint8_t *in, uint32_t len, unsigned bits)
{
#if HAVE_AVX2
    if (pack_avx2())
        return unary_avx2(v, in, len, bits);
#endif
    return unary_plain(v, in, len, bits);
}

const uint8_t *
pack_read(uint32_t v[PACK_N], const uint8_t *in, const uint8_t *end)
{
    unsigned bits, more;
    bool unary;

    if (end - in < 2)
        return NULL;
    bits = in[0] & (PACK_UNARY - 1);
    unary = in[0] & PACK_UNARY;
    more = in[1];
    if (in[0] - bits > PACK_UNARY || bits > 32 ||
        (bits == 32 && (unary || more > 0)) ||
        end - in < (ptrdiff_t)(2 + 16 * bits + (unary ? more : 0)))
        return NULL;
    read_rows(v, in + 2, bits);
    in += 2 + 16 * bits;
    if (unary)
        return read_unary(v, in, more, bits) ? in + more : NULL;
    return more == 0 ? in : patch(v, PACK_N, bits, more, in, end);
}

const uint8_t *
pack_skip(const uint8_t *in, const uint8_t *end)
{
    unsigned bits, n;
    uint64_t high;

    if (end - in < 2)
        return NULL;
    bits = in[0] & (PACK_UNARY - 1);
    n = in[1];
    if (in[0] - bits > PACK_UNARY || bits > 32 ||
        end - in < (ptrdiff_t)(2 + 16 * bits))
        return NULL;
    if (in[0] & PACK_UNARY) {
        in += 2 + 16 * bits;
        return end - in < (ptrdiff_t)n ? NULL : in + n;
    }
    for (in += 2 + 16 * bits; n > 0; n--)
        if (in++ == end || !get_varint(&in, end, &high))
            return NULL;
    return in;
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

static const uint8_t *
read_short_unary(uint32_t *v, uint32_t n, unsigned bits, const uint8_t *in,
                 const uint8_t *end)
{
    uint32_t place[PACK_N];
    size_t at = (size_t)n * bits;

    if (n == 0 || !find_ones(place, n, in, at, (size_t)(end - in) * 8))
        return NULL;
    add_zeros(v, n, place, (uint32_t)at, bits);
    return in + place[n - 1] / 8 + 1;
}

const uint8_t *
pack_read_short(uint32_t *v, uint32_t n, const uint8_t *in, const uint8_t *end)
{
    unsigned bits, flags, exceptions = 0;
    ptrdiff_t len;

    if (in == end)
        return NULL;
    bits = *in & (PACK_UNARY - 1);
    flags = *in++ & (PACK_UNARY | PACK_HAS_EXCEPTIONS);
    if (flags & PACK_HAS_EXCEPTIONS) {
        if (in == end)
            return NULL;
        exceptions = *in++;
    }
    len = (ptrdiff_t)(((size_t)n * bits + 7) / 8);
    if (bits > 32 || end - in < len || (bits == 32 && flags != 0) ||
        flags == (PACK_UNARY | PACK_HAS_EXCEPTIONS))
        return NULL;
    cut(v, n, bits, in);
    if (flags & PACK_UNARY)
        return read_short_unary(v, n, bits, in, end);
    in += len;
    return exceptions == 0 ? in : patch(v, n, bits, exceptions, in, end);
}

/* ---- writing ------------------------------------------------------------ */

static unsigned
width_of(uint32_t v)
{
    return v == 0 ? 0 : 32 - (unsigned)__builtin_clz(v);
}

/* How a pack is written. */
struct form {
    unsigned bits;
    bool unary;
    size_t len; /* bytes without the two at its head, or the one of a short
                   pack */
};

/* The number of bits with which a pack with exceptions is shortest. */
static struct form
best_patched(const uint32_t *v, uint32_t n)
{
    /* how many numbers are wider; an exception takes a byte, and one more for
     * each seven bits above */
    unsigned above[WIDTHS + WIDTHS] = {0}, of_width[WIDTHS] = {0};
    struct form best;

    for (uint32_t i = 0; i < n; i++)
        of_width[width_of(v[i])]++;
    for (unsigned w = WIDTHS - 1; w-- > 0;)
        above[w] = above[w + 1] + of_width[w + 1];
    best.unary = false;
    for (best.bits = 0; above[best.bits] > 0;)
        best.bits++;
    best.len = (n * best.bits + 7) / 8;
    for (unsigned bits = best.bits; bits-- > 0;) {
        /* a byte more in a short one tells that there are exceptions */
        size_t len = (n * bits + 7) / 8 + (n < PACK_N) + above[bits];

        for (unsigned w = bits; above[w] > 0; w += 7)
            len += above[w];
        if (len < best.len) {
            best.len = len;
            best.bits = bits;
        }
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
static struct form
best_unary(const uint32_t *v, uint32_t n)
{
    uint64_t least, less;
    struct form best = {.unary = true};

    best.bits = width_of((uint32_t)((unary_bits(v, n, 0) - n) / n));
    best.bits -= best.bits == 32;
    least = unary_bits(v, n, best.bits);
    for (; best.bits > 0; best.bits--, least = less) {
        less = unary_bits(v, n, best.bits - 1);
        if (less >= least)
            break;
    }
    if (n < PACK_N)
        best.len = (size_t)(least + 7) / 8;
    else if (least - (uint64_t)n * best.bits <= UNARY_MAX * 8)
        best.len =
            16 * best.bits + (size_t)(least - (uint64_t)n * best.bits + 7) / 8;
    else
        best.len = SIZE_MAX;
    return best;
}

static struct form
best_form(const uint32_t *v, uint32_t n)
{
    struct form patched = best_patched(v, n), unary;

    if (patched.len == 0)
        return patched;
    unary = best_unary(v, n);
    return unary.len < patched.len ? unary : patched;
}

/* Write what is above `bits` of each number from bit `at` of `out` on, which
 * is in the last byte that is written or behind it; where it ends. */
static uint8_t *
add_unary(uint8_t *out, size_t at, const uint32_t *v, uint32_t n,
          unsigned bits)
{
    size_t len = (at + 7) / 8;

    for (uint32_t i = 0; i < n; i++, at++) {
        at += v[i] >> bits;
        while (len <= at / 8)
            out[len++] = 0;
        out[at / 8] |= (uint8_t)(1u << (at & 7));
    }
    return out + len;
}

/* Write what does not fit in `bits`; how many numbers that were. */
static unsigned
add_exceptions(uint8_t **at, const uint32_t *v, uint32_t n, unsigned bits)
{
    unsigned exceptions = 0;

    for (uint32_t i = 0; i < n && bits < 32; i++) {
        if (v[i] >> bits == 0)
            continue;
        *(*at)++ = (uint8_t)i;
        *at += put_varint(*at, v[i] >> bits);
        exceptions++;
    }
    return exceptions;
}

/* Lane by lane, each a stream of words. */
static void
pack_rows(uint8_t *out, const uint32_t v[PACK_N], unsigned bits)
{
    uint32_t mask = bits < 32 ? (1u << bits) - 1 : UINT32_MAX;

    for (unsigned lane = 0; lane < LANES; lane++) {
        uint64_t word = 0;
        unsigned have = 0, w = 0;

        for (unsigned row = 0; row < ROWS; row++) {
            word |= (uint64_t)(v[LANES * row + lane] & mask) << have;
            have += bits;
            if (have >= 32) {
                put_u32(out + 32 * w + 4 * lane, (uint32_t)word);
                word >>= 32;
                have -= 32;
                w++;
            }
        }
        if (have > 0) {
            out[32 * w + 2 * lane] = (uint8_t)word;
            out[32 * w + 2 * lane + 1] = (uint8_t)(word >> 8);
        }
    }
}

size_t
pack_write(uint8_t *out, const uint32_t v[PACK_N])
{
    struct form f = best_form(v, PACK_N);
    uint8_t *from = out + 2 + 16 * f.bits, *at = from;

    pack_rows(out + 2, v, f.bits);
    if (f.unary) {
        at = add_unary(from, 0, v, PACK_N, f.bits);
        out[0] = (uint8_t)(f.bits | PACK_UNARY);
        out[1] = (uint8_t)(at - from);
    } else {
        out[0] = (uint8_t)f.bits;
        out[1] = (uint8_t)add_exceptions(&at, v, PACK_N, f.bits);
    }
    return (size_t)(at - out);
}

/* One number after another; where they end. */
static uint8_t *
join(uint8_t *out, const uint32_t *v, uint32_t n, unsigned bits)
{
    uint32_t mask = bits < 32 ? (1u << bits) - 1 : UINT32_MAX;
    uint64_t word = 0;
    unsigned have = 0;

    for (uint32_t i = 0; i < n; i++) {
        word |= (uint64_t)(v[i] & mask) << have;
        for (have += bits; have >= 8; have -= 8) {
            *out++ = (uint8_t)word;
            word >>= 8;
        }
    }
    if (have > 0)
        *out++ = (uint8_t)word;
    return out;
}

size_t
pack_write_short(uint8_t *out, const uint32_t *v, uint32_t n)
{
    struct form f = best_form(v, n);
    bool all_fit = f.len == (n * f.bits + 7) / 8;
    uint8_t *from = out + (f.unary || all_fit ? 1 : 2), *at;

    at = join(from, v, n, f.bits);
    out[0] = (uint8_t)f.bits;
    if (f.unary) {
        out[0] |= PACK_UNARY;
        at = add_unary(from, (size_t)n * f.bits, v, n, f.bits);
    } else if (!all_fit) {
        out[0] |= PACK_HAS_EXCEPTIONS;
        out[1] = (uint8_t)add_exceptions(&at, v, n, f.bits);
    }
    return (size_t)(at - out);
}
