/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * score.c - scores of many articles, and bounds of scores
 *
 * Scores of a block of articles cost about 1 ns each with AVX2, 2 without.
 * No operation here may be fused with another (-ffp-contract is off in
 * standard C), or scores would differ between the two ways.
 */
#include "score.h"

#include <math.h>

#include "../file/pack.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_AVX2 1
#include <immintrin.h>
#else
#define HAVE_AVX2 0
#endif

void
bm25_init_bounds(struct bm25 *m)
{
    for (unsigned i = 0; i < 256; i++)
        m->norm[i] = bm25_norm(m, length_of_code((uint8_t)i));
    for (unsigned i = 0; i < 256; i++)
        m->inverse[i] = i == 0 ? INFINITY : i < 255 ? 1.0 / i : 0;
}

/* wdf / (norm + wdf) is most where norm / wdf is least. */
double
bm25_bound(const struct bm25 *m, double weight, const uint8_t *impact)
{
    double least = INFINITY;

    for (int i = 0; i < IMPACT_PAIRS; i++) {
        double part = m->norm[impact[2 * i + 1]] * m->inverse[impact[2 * i]];

        /* 0 / 0, where k1 and the wdf are 0, compares as not less */
        least = part < least ? part : least;
    }
    return weight / (1 + least);
}

/* ---- blocks of scores --------------------------------------------------- */

static void
scores_plain(double *out, const struct bm25 *m, const struct segment *s,
             double weight, const uint32_t *doc, const uint32_t *wdf,
             uint32_t n)
{
    const struct column *c = &s->column[COLUMN_LENGTH];

    for (uint32_t i = 0; i < n; i++)
        out[i] = weighing_score(weight, wdf[i],
                                bm25_norm(m, (double)column_get(c, doc[i])));
}

#if HAVE_AVX2

#define AVX2          __attribute__((target("avx2")))
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* The length of an article less the least. */
ALWAYS_INLINE int
less_length(const uint8_t *data, int width, uint32_t doc)
{
    uint16_t v;

    if (width < 2)
        return width == 0 ? 0 : data[doc];
    memcpy(&v, data + (size_t)doc * 2, sizeof v);
    return v;
}

/* Those of four: loads by themselves are faster than a gather. */
AVX2 ALWAYS_INLINE __m128i
four_lengths(const uint8_t *data, int width, const uint32_t *doc)
{
    return _mm_setr_epi32(
        less_length(data, width, doc[0]), less_length(data, width, doc[1]),
        less_length(data, width, doc[2]), less_length(data, width, doc[3]));
}

/* Four at a time, of a column of `width` bytes. */
AVX2 ALWAYS_INLINE void
scores_width(double *out, const struct bm25 *m, const struct column *c,
             int width, double weight, const uint32_t *doc,
             const uint32_t *wdf, uint32_t n)
{
    const __m128i min = _mm_set1_epi32((int)c->min);
    const __m256d k1 = _mm256_set1_pd(m->w.k1), b = _mm256_set1_pd(m->w.b);
    const __m256d less = _mm256_set1_pd(m->w.rest), w = _mm256_set1_pd(weight);
    const __m256d per_mean = _mm256_set1_pd(m->w.per_mean);

    for (uint32_t i = 0; i < n; i += 4) {
        __m256d norm = _mm256_cvtepi32_pd(
            _mm_add_epi32(four_lengths(c->data, width, doc + i), min));
        __m256d f =
            _mm256_cvtepi32_pd(_mm_loadu_si128((const void *)(wdf + i)));

        norm = _mm256_mul_pd(_mm256_mul_pd(norm, per_mean), b);
        norm = _mm256_mul_pd(k1, _mm256_add_pd(norm, less));
        f = _mm256_div_pd(f, _mm256_add_pd(norm, f));
        _mm256_storeu_pd(out + i, _mm256_mul_pd(w, f));
    }
}

/* The last ones, fewer than four, go through copies. */
AVX2 static void
scores_avx2(double *out, const struct bm25 *m, const struct column *c,
            double weight, const uint32_t *doc, const uint32_t *wdf,
            uint32_t n)
{
    uint32_t whole = n & ~3u, last_doc[4], last_wdf[4];
    double last[4];

    for (uint32_t i = 0; i < 4; i++) {
        uint32_t from = whole + i < n ? whole + i : n - 1;

        last_doc[i] = doc[from];
        last_wdf[i] = wdf[from];
    }
    if (c->width == 16) {
        scores_width(out, m, c, 2, weight, doc, wdf, whole);
        scores_width(last, m, c, 2, weight, last_doc, last_wdf, 4);
    } else if (c->width == 8) {
        scores_width(out, m, c, 1, weight, doc, wdf, whole);
        scores_width(last, m, c, 1, weight, last_doc, last_wdf, 4);
    } else {
        scores_width(out, m, c, 0, weight, doc, wdf, whole);
        scores_width(last, m, c, 0, weight, last_doc, last_wdf, 4);
    }
    for (uint32_t i = whole; i < n; i++)
        out[i] = last[i - whole];
}

#endif

/* Where the articles are few and far between, only what they need. */
static bool
touch_each(struct segment *s, const uint32_t *doc, uint32_t n)
{
    if (doc[n - 1] - doc[0] < PAGE)
        return touch_lengths(s, doc[0], doc[n - 1]);
    for (uint32_t i = 0; i < n; i++)
        if (!touch_lengths(s, doc[i], doc[i]))
            return false;
    return true;
}

void
bm25_scores(double *out, const struct bm25 *m, struct segment *s,
            double weight, const uint32_t *doc, const uint32_t *wdf,
            uint32_t n)
{
    if (n == 0)
        return;
    if (!touch_each(s, doc, n)) {
        for (uint32_t i = 0; i < n; i++)
            out[i] = 0;
        return;
    }
#if HAVE_AVX2
    if (s->column[COLUMN_LENGTH].width <= 16 && pack_avx2() && m->w.k1 > 0 &&
        s->column[COLUMN_LENGTH].min < 1 << 30) {
        scores_avx2(out, m, &s->column[COLUMN_LENGTH], weight, doc, wdf, n);
        return;
    }
#endif
    scores_plain(out, m, s, weight, doc, wdf, n);
}
