/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_segment_pack.c - packs of 128 numbers
 *
 * What is read lies at the end of a block of its own, PACK_SLACK bytes before
 * its end, so that the sanitizers see any reading beyond.
 */
#include <stdlib.h>

#include "../../common/segment/file/pack.h"
#include "../random.h"
#include "../test.h"

static uint64_t state = 88172645463325252u;

static uint32_t
random32(void)
{
    return (uint32_t)(random_next(&state) >> 16);
}

static uint32_t
random_bits(unsigned bits)
{
    return bits == 0 ? 0 : random32() >> (32 - bits);
}

static void
put_bit(uint8_t *out, size_t *at, unsigned bit)
{
    out[*at / 8] |= (uint8_t)(bit << *at % 8);
    ++*at;
}

/* The same bytes by the text of pack.h, one bit at a time; 0 where that many
 * numbers cannot be exceptions. */
static size_t
pack_by_the_text(uint8_t *out, const uint32_t v[PACK_N], unsigned bits)
{
    size_t at = 8 * (2 + 16 * (size_t)bits);
    unsigned exceptions = 0, width = 1;

    memset(out, 0, 2 * (size_t)PACK_MAX);
    for (unsigned i = 0; i < PACK_N; i++) {
        for (unsigned b = 0; b < bits; b++) {
            unsigned place = i / 8 * bits + b, word = place / 32, lane = i % 8;
            unsigned wide = word < bits / 2 ? 4 : 2;
            unsigned byte = 32 * word + wide * lane + place % 32 / 8;

            out[2 + byte] |= (uint8_t)((v[i] >> b & 1) << (place % 8));
        }
        exceptions += bits < 32 && v[i] >> bits != 0;
        while (bits < 32 && (uint64_t)v[i] >> bits >> width != 0)
            width++;
    }
    if (exceptions > 31)
        return 0;
    for (unsigned i = 0; i < PACK_N && exceptions > 0; i++) {
        if (v[i] >> bits == 0)
            continue;
        for (unsigned b = 0; b < 7; b++)
            put_bit(out, &at, i >> b & 1);
        for (unsigned b = 0; b < width; b++)
            put_bit(out, &at, v[i] >> bits >> b & 1);
    }
    out[0] = (uint8_t)(bits | exceptions << 6);
    out[1] = (uint8_t)(exceptions >> 2 | (width - 1) << 3);
    return (at + 7) / 8;
}

/* Read `len` bytes as a pack, both ways, which must do the same.  How long the
 * pack is; 0: it is none. */
static size_t
read_both(uint32_t v[PACK_N], const uint8_t *bytes, size_t len)
{
    uint8_t *in = malloc(len + PACK_SLACK);
    uint32_t *fast = malloc(PACK_N * sizeof *fast);
    const uint8_t *a, *b;
    size_t n = 0;

    if (in && fast) {
        memcpy(in, bytes, len);
        memset(in + len, 0xEE, PACK_SLACK);
        pack_plain(true);
        a = pack_read(v, in, in + len);
        pack_plain(false);
        b = pack_read(fast, in, in + len);
        CHECK(a == b);
        CHECK(!a || memcmp(v, fast, PACK_N * sizeof *v) == 0);
        n = a ? (size_t)(a - in) : 0;
    }
    CHECK(!n || pack_skip(in, in + len) == in + n);
    free(in);
    free(fast);
    return n;
}

static void
round_trip(const uint32_t v[PACK_N])
{
    uint8_t out[PACK_MAX + PACK_SLACK], want[2 * PACK_MAX];
    uint32_t back[PACK_N];
    size_t len = pack_write(out, v);

    CHECK_INT(pack_by_the_text(want, v, out[0] & 63), len);
    CHECK(memcmp(out, want, len) == 0);
    CHECK_INT(read_both(back, out, len), len);
    CHECK(memcmp(back, v, sizeof back) == 0);
    for (unsigned bits = 0; bits <= 32; bits++) {
        size_t other = pack_by_the_text(want, v, bits);

        if (other == 0)
            continue;
        CHECK(len <= other);
        memset(back, 0, sizeof back);
        CHECK_INT(read_both(back, want, other), other);
        CHECK(memcmp(back, v, sizeof back) == 0);
    }
}

static void
every_width(void)
{
    for (unsigned bits = 0; bits <= 32; bits++)
        for (int round = 0; round < 20; round++) {
            uint32_t v[PACK_N];

            for (int i = 0; i < PACK_N; i++)
                v[i] = random_bits(bits);
            round_trip(v);
            for (int i = 0; i < PACK_N; i++)
                v[i] = bits < 32 ? (1u << bits) - 1 : UINT32_MAX;
            round_trip(v);
        }
}

static void
exceptions(void)
{
    for (unsigned bits = 0; bits <= 32; bits++)
        for (unsigned more = bits; more <= 32; more++)
            for (unsigned every = 1; every <= 128; every *= 4) {
                uint32_t v[PACK_N];

                for (int i = 0; i < PACK_N; i++)
                    v[i] = random_bits(random32() % every == 0 ? more : bits);
                round_trip(v);
            }
}

static void
short_ones_are_short(void)
{
    uint8_t out[PACK_MAX + PACK_SLACK];
    uint32_t v[PACK_N] = {0};

    CHECK_INT(pack_write(out, v), 2);
    v[77] = 1;
    CHECK_INT(pack_write(out, v), 3);
    CHECK_INT(out[0], 1 << 6);
    CHECK_INT(out[1], 0);
    CHECK_INT(out[2], 77 | 1 << 7);
    for (int i = 0; i < PACK_N; i++)
        v[i] = 5;
    CHECK_INT(pack_write(out, v), 2 + 48);
}

static void
sums(void)
{
    for (int round = 0; round < 200; round++) {
        uint32_t v[PACK_N], w[PACK_N];
        uint32_t from = round == 0 ? 0 : random32(), sum = from;

        for (int i = 0; i < PACK_N; i++)
            v[i] = w[i] = random_bits((unsigned)round % 33);
        pack_plain(true);
        pack_sum(v, from);
        pack_plain(false);
        CHECK(memcmp(v, w, sizeof v) != 0 || from == 0);
        for (int i = 0; i < PACK_N; i++) {
            sum += w[i];
            CHECK_INT(v[i], sum);
            sum++;
        }
        pack_sum(w, from);
        CHECK(memcmp(v, w, sizeof v) == 0);
    }
}

static void
ranks(void)
{
    for (int round = 0; round < 1000; round++) {
        uint32_t v[PACK_N], x, want = 0;
        uint8_t rank[PACK_N];
        bool good = true;

        for (int i = 0; i < PACK_N; i++)
            v[i] = random_bits((unsigned)round % 20);
        pack_sum(v, round % 2 ? 0 : 0x70000000);
        x = v[random32() % PACK_N] + random32() % 3 - 1;
        for (int i = 0; i < PACK_N; i++)
            want += v[i] < x;
        for (int plain = 0; plain < 2; plain++) {
            pack_plain(plain);
            CHECK_INT(pack_rank(v, x), want);
            CHECK_INT(pack_rank(v, 0), 0);
            CHECK_INT(pack_rank(v, INT32_MAX), PACK_N);
            CHECK_INT(pack_rank(v, v[PACK_N - 1] + 1), PACK_N);
            pack_ranks(rank, v, v, PACK_N);
            for (int i = 0; i < PACK_N; i++)
                CHECK_INT(rank[i], i);
            CHECK(pack_ascending(v));
        }
        v[random32() % PACK_N] = round % 3 ? 0x7FFFFFFF : 0xFFFFFFFE;
        for (int i = 0; i + 1 < PACK_N; i++)
            good &= v[i] < v[i + 1];
        for (int plain = 0; plain < 2; plain++) {
            pack_plain(plain);
            CHECK_INT(pack_ascending(v), good);
        }
    }
    pack_plain(false);
}

/* Every beginning of a pack is none. */
static void
cut_off(void)
{
    uint8_t out[PACK_MAX + PACK_SLACK];
    uint32_t v[PACK_N], back[PACK_N];

    for (int round = 0; round < 50; round++) {
        size_t len;

        for (int i = 0; i < PACK_N; i++)
            v[i] = random_bits(random32() % 8 == 0 ? 30 : 9);
        len = pack_write(out, v);
        for (size_t n = 0; n < len; n++)
            CHECK_INT(read_both(back, out, n), 0);
    }
}

/* Any bytes are numbers or nothing. */
static void
garbage(void)
{
    uint8_t bytes[PACK_MAX];
    uint32_t v[PACK_N];
    size_t good = 0;

    for (int round = 0; round < 200000; round++) {
        size_t len = random32() % (round % 2 ? 64 : sizeof bytes);

        for (size_t i = 0; i < len; i++)
            bytes[i] = (uint8_t)random32();
        if (len > 1 && round % 3) {
            bytes[0] = (uint8_t)(random_bits(2) << 6 | random32() % 34);
            bytes[1] %= 32;
        }
        good += read_both(v, bytes, len) > 0;
    }
    CHECK(good > 1000 && good < 150000);
}

static void
what_is_no_pack(void)
{
    uint8_t bytes[2 + 16 * 33 + 40] = {33};
    uint32_t v[PACK_N];

    CHECK_INT(read_both(v, bytes, sizeof bytes), 0); /* too many bits */
    bytes[0] = 32;
    CHECK_INT(read_both(v, bytes, sizeof bytes), 2 + 16 * 32);
    bytes[0] |= 1 << 6; /* nothing can be above 32 bits */
    CHECK_INT(read_both(v, bytes, sizeof bytes), 0);
    bytes[0] = 1 | 1 << 6;
    bytes[1] = 31 << 3; /* 32 bits above one */
    CHECK_INT(read_both(v, bytes, sizeof bytes), 0);
    bytes[1] = 30 << 3;
    memset(bytes + 2 + 16, 0xFF, 5);
    CHECK_INT(read_both(v, bytes, sizeof bytes), 2 + 16 + 5);
    CHECK_INT(v[127], UINT32_MAX - 1);
}

/* Short packs of every length and width come back, are no longer than their
 * numbers need, and are nothing when they are cut. */
static void
short_packs(void)
{
    uint8_t bytes[PACK_MAX + 2 * PACK_SLACK];
    uint32_t v[PACK_N], back[PACK_N];
    size_t some_unary = 0;

    for (uint32_t n = 1; n < PACK_N; n++)
        for (uint32_t width = 0; width <= 32; width++) {
            size_t len;

            for (uint32_t i = 0; i < n; i++) {
                v[i] = width ? random32() >> (32 - width) : 0;
                while (n % 3 == 0 && random32() % 2 && width < 28)
                    v[i] += 1u << width;
                if (n % 3 == 1 && random32() % 16 == 0)
                    v[i] = random32() >> random32() % 32;
            }
            len = pack_write_short(bytes, v, n);
            some_unary += (bytes[0] & PACK_UNARY) != 0;
            CHECK(len <= 1 + (size_t)n * 4);
            memset(bytes + len, 0xFF, PACK_SLACK);
            memset(back, 0, sizeof back);
            CHECK(pack_read_short(back, n, bytes, bytes + len) == bytes + len);
            CHECK(memcmp(back, v, n * sizeof *v) == 0);
            CHECK(pack_read_short(back, n, bytes, bytes + len - 1) == NULL);
        }
    CHECK(some_unary > 500);
}

/* Any bytes are numbers or nothing. */
static void
short_garbage(void)
{
    uint8_t bytes[64 + PACK_SLACK] = {0};
    uint32_t v[PACK_N];
    size_t good = 0;

    for (int round = 0; round < 100000; round++) {
        size_t len = random32() % 64;
        uint32_t n = 1 + random32() % (PACK_N - 1);
        const uint8_t *end;

        for (size_t i = 0; i < len; i++)
            bytes[i] = (uint8_t)random32();
        end = pack_read_short(v, n, bytes, bytes + len);
        CHECK(!end || (end > bytes && end <= bytes + len));
        good += end != NULL;
    }
    CHECK(good > 1000 && good < 90000);
}

int
main(void)
{
    RUN(short_packs);
    RUN(short_garbage);
    RUN(every_width);
    RUN(exceptions);
    RUN(short_ones_are_short);
    RUN(sums);
    RUN(ranks);
    RUN(cut_off);
    RUN(garbage);
    RUN(what_is_no_pack);
    return test_end();
}
