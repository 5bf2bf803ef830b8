/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.c - archives of the segment engine with any damage
 *
 * The target of a fuzzer (libFuzzer's interface), and of rounds.c.  An input
 * says which of three archives (sample.h) is damaged and how (wound.h), what
 * it is then asked, and whether it is checked, compacted or updated.
 *
 * Whatever the damage, nothing crashes, hangs or asks for more memory than
 * there is.  Where sums are not put right, also: each answer is that of the
 * sound archive, or an error that says that it is damaged; `check` finds the
 * damage; and an update that succeeds leaves what it leaves in the sound one.
 * A promise that is broken ends the process, for the fuzzer to find.
 *
 * SEED in the environment chooses the questions, FUZZ_SAY describes each
 * round on stderr.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../fault/sample.h"
#include "../random.h"
#include "fuzz.h"
#include "wound.h"

#ifdef NDEBUG
#error "what is fuzzed has its asserts"
#endif

/* What may be done to an archive beside reading. */
enum change { NOTHING, COMPACT, UPDATE, REMOVE, CHANGES };

static const char *const change_name[CHANGES] = {"nothing", "compact",
                                                 "update", "remove"};

enum {
    QUESTIONS = SAMPLE_QUESTIONS + 120, /* the others are made up */
    SHOWN = SAMPLE_ARTICLES + 6,
    ASKED = QUESTIONS + SHOWN + 1
};

/* A sound archive, and what it answers once it was changed. */
struct sound {
    struct stored stored;
    struct {
        morgue *m;
        struct answer answer[ASKED];
        bool known[ASKED];
    } after[CHANGES];
};

static char folder[80], work[100];
static pid_t owner; /* of the folder */
static struct sound sound[SAMPLES];
static struct question question[QUESTIONS];
static char made_up[QUESTIONS][160];
static bool say;

/* What is tried, for the message. */
static struct {
    const char *what;
    bool mend;
} now;

static void
hold(bool promise, const char *what, const char *about)
{
    if (promise)
        return;
    fprintf(stderr, "broken: %s: %s (sums %s)\n", what, about,
            now.mend ? "put right" : "as they were");
    abort();
}

/* ---- questions ---------------------------------------------------------- */

static uint64_t state;

static uint32_t
below(uint32_t n)
{
    return (uint32_t)(random_next(&state) % n);
}

static const char *
any_word(void)
{
    static const char *const more[] = {
        "the",    "quota",  "coffee", "agreed", "exporters", "a",
        "Hafen",  "marché", "порту",  "灯台の", "rare200",   "absent",
        "e-mail", "7,000",  "part",   "for",    "AT&T",      "phare"};

    if (below(2))
        return more[below(sizeof more / sizeof *more)];
    return sample_word[below((uint32_t)sample_words)];
}

static void
add_phrase(struct buf *b)
{
    static const char *const phrase[] = {
        "coffee quota", "of the",        "agreed on a", "ferry ferry",
        "quota for",    "the coffee",    "A coffee",    "im Winter",
        "a a a",        "coffee coffee", "and the"};

    if (below(2))
        buf_printf(b, "\"%s\"", phrase[below(sizeof phrase / sizeof *phrase)]);
    else
        buf_printf(b, "\"%s %s%s\"", any_word(), any_word(),
                   below(3) ? "" : " coffee");
}

static void
add_word(struct buf *b)
{
    static const char *const filter[] = {
        "section:politics",        "lang:de",      "lang:en",
        "source:\"le phare\"",     "author:prell", "place:lurne",
        "topic:\"ferry traffic\"", "title:coffee", "title:\"and budget\"",
        "author:\"jo smith\"",     "section:news"};

    if (b->len > 0)
        buf_str(b, STR(" "));
    if (below(5) == 0)
        buf_str(b, STR("-"));
    switch (below(6)) {
    case 0:
        add_phrase(b);
        break;
    case 1:
        buf_str(b, str_of(filter[below(sizeof filter / sizeof *filter)]));
        break;
    case 2:
        buf_printf(b, "=%s", any_word());
        break;
    default:
        buf_str(b, str_of(any_word()));
    }
}

static void
make_up(struct question *q, char text[160])
{
    static const char *const date[] = {"1936", "1970-03", "1987-01-05", "2004",
                                       "1969-12-20"};
    static const char *const lang[] = {"en", "de", "fr", "ru"};
    struct buf b;

    buf_init(&b, 4096);
    for (uint32_t n = 1 + below(5); n > 0; n--)
        add_word(&b);
    snprintf(text, 160, "%s", buf_view(&b).s);
    buf_free(&b);
    *q = (struct question){.text = text,
                           .match = (enum morgue_match)below(2),
                           .sort = below(3) ? MORGUE_SORT_RELEVANCE
                                            : (enum morgue_sort)below(3),
                           .offset = below(4) ? 0 : below(60),
                           .limit = below(8) ? 1 + below(20) : below(4000),
                           .about = below(2)};
    q->from = below(4) ? NULL : date[below(5)];
    q->to = below(4) ? NULL : date[below(5)];
    q->lang = below(6) ? NULL : lang[below(4)];
}

/* Snippets take most of the time, so few have them. */
static void
get_question(int i)
{
    if (i < SAMPLE_QUESTIONS)
        question[i] = sample_question[i];
    else
        make_up(&question[i], made_up[i]);
    question[i].plain = question[i].limit > 50 || below(4) > 0;
}

/* ---- answers ------------------------------------------------------------ */

static void
ask(struct answer *a, morgue *m, uint32_t i)
{
    static const char *const more[] = {"s1", "s11", "f1", "f3", "f7", "n1"};
    char id[20];

    if (i < QUESTIONS) {
        answer_search(a, m, &question[i]);
    } else if (i < ASKED - 1) {
        i -= QUESTIONS;
        snprintf(id, sizeof id, "a%u", i);
        answer_show(a, m,
                    i < SAMPLE_ARTICLES ? id : more[i - SAMPLE_ARTICLES]);
    } else {
        answer_counts(a, m);
    }
}

static const struct answer *
right_answer(struct sound *s, enum change change, uint32_t i)
{
    struct answer *a = &s->after[change].answer[i];

    if (!s->after[change].known[i]) {
        answer_init(a);
        ask(a, s->after[change].m, i);
        s->after[change].known[i] = true;
    }
    return a;
}

/* What an archive may say that is not what it was. */
static bool
is_told(enum morgue_status st, const struct wound *w)
{
    if (st == MORGUE_OK || st == MORGUE_DAMAGED)
        return true;
    /* of what marks an archive, more cannot be known */
    return strcmp(w->file->name, "morgue") == 0 &&
           (st == MORGUE_NOT_ARCHIVE || st == MORGUE_NO_ARCHIVE ||
            st == MORGUE_VERSION_DIFFERS);
}

static void
judge(const struct answer *got, const struct answer *right,
      const struct wound *w, uint32_t i)
{
    const char *about = i < QUESTIONS   ? question[i].text
                        : i < ASKED - 1 ? "an article"
                                        : "counts";

    hold(got->st != MORGUE_NOMEM && got->st != MORGUE_INTERNAL,
         "an error that is none of ours", about);
    if (now.mend)
        return;
    if (!answer_fits(got, right))
        fprintf(stderr, "status %d\n%s\n-- for status %d\n%s\n", (int)got->st,
                buf_view(&got->text).s, (int)right->st,
                buf_view(&right->text).s);
    hold(answer_fits(got, right), "a wrong answer", about);
    hold(got->st == right->st || is_told(got->st, w), "another error", about);
}

/* Ask one reader some questions. */
static void
ask_some(struct draw *d, struct sound *s, enum change change,
         const struct wound *w)
{
    static struct answer got;
    morgue *m = NULL;
    struct morgue_error err = {.message = ""};
    enum morgue_status st = morgue_open(&m, work, &err);

    if (say)
        fprintf(stderr, "# opens, sums %s: %s\n",
                now.mend ? "put right" : "as they were", err.message);
    if (st && !now.mend)
        hold(is_told(st, w), "another error", "opening");
    hold(st != MORGUE_NOMEM && st != MORGUE_INTERNAL,
         "an error that is none of ours", "opening");
    for (uint32_t n = 1 + draw(d, 12); n > 0 && m; n--) {
        uint32_t i = draw(d, ASKED);

        if (say)
            fprintf(stderr, "# asks %u: %s\n", i,
                    i < QUESTIONS ? question[i].text : "");
        if (!got.text.max)
            answer_init(&got);
        ask(&got, m, i);
        judge(&got, right_answer(s, change, i), w, i);
    }
    morgue_close(m);
}

/* ---- changes ------------------------------------------------------------ */

static enum morgue_status
update(const char *dir, enum change change)
{
    struct morgue_update_options o = MORGUE_UPDATE_INIT;
    struct morgue_article new = MORGUE_ARTICLE_INIT;
    morgue_update *u = NULL;
    enum morgue_status st;

    o.threads = 1;
    st = morgue_update_open(&u, dir, &o, NULL);
    new.id = STR("n1");
    new.title = STR("A new quota");
    new.body = STR("The new coffee quota of the exporters.");
    new.lang = STR("en");
    if (!st && change == UPDATE)
        st = morgue_update_add(u, &new, NULL);
    for (unsigned i = 3; i < 6 && change == UPDATE && !st; i++)
        st = sample_add(u, i, 3, NULL);
    if (!st && change == REMOVE)
        st = morgue_update_remove(u, "a9", NULL, NULL);
    if (!st && change == REMOVE)
        st = morgue_update_remove(u, "s1", NULL, NULL);
    if (!st)
        st = morgue_update_commit(u, NULL, NULL);
    morgue_update_close(u);
    return st;
}

static enum morgue_status
change_archive(const char *dir, enum change change)
{
    return change == COMPACT ? morgue_compact(dir, NULL) : update(dir, change);
}

/* Change the archive, and ask it again. */
static void
change_and_ask(struct draw *d, struct sound *s, const struct wound *w)
{
    enum change change = (enum change)(1 + draw(d, CHANGES - 1));
    enum morgue_status st;

    if (say)
        fprintf(stderr, "# %s\n", change_name[change]);
    st = change_archive(work, change);
    hold(st != MORGUE_NOMEM && st != MORGUE_INTERNAL,
         "an error that is none of ours", change_name[change]);
    hold(now.mend || is_told(st, w), "another error", change_name[change]);
    if (st == MORGUE_OK && change == COMPACT && !now.mend)
        hold(!morgue_check(work, NULL, NULL, NULL), "check finds damage",
             "what was compacted");
    ask_some(d, s, st ? NOTHING : change, w);
}

static void
check(const struct wound *w)
{
    enum morgue_status st = morgue_check(work, NULL, NULL, NULL);

    if (say)
        fprintf(stderr, "# check: %d\n", (int)st);
    hold(st != MORGUE_NOMEM && st != MORGUE_INTERNAL,
         "an error that is none of ours", "check");
    if (now.mend)
        return;
    hold(is_told(st, w), "another error", "check");
    hold((st != MORGUE_OK) == w->changed, "check finds no damage", "check");
}

/* ---- set-up ------------------------------------------------------------- */

static void
drop_folder(void)
{
    char command[120];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (getpid() == owner && system(command) != 0)
        perror(folder);
}

static void
need(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "cannot set up: %s\n", what);
    exit(1);
}

static void
make_sound(enum sample which)
{
    struct sound *s = &sound[which];
    struct morgue_error err = {.message = ""};
    char dir[120];

    for (int c = NOTHING; c < CHANGES; c++) {
        snprintf(dir, sizeof dir, "%s/%d-%d", folder, (int)which, c);
        if (c == NOTHING) {
            need(!sample_make(which, dir, "segment", &err), err.message);
            need(stored_read(&s->stored, dir), dir);
        } else {
            need(stored_write(&s->stored, dir), dir);
            need(!change_archive(dir, (enum change)c), change_name[c]);
        }
        need(!morgue_check(dir, NULL, NULL, &err), err.message);
        need(!morgue_open(&s->after[c].m, dir, &err), err.message);
    }
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *seed = getenv("SEED");

    (void)argc;
    (void)argv;
    owner = getpid();
    say = getenv("FUZZ_SAY") != NULL;
    snprintf(folder, sizeof folder, "%s/morgue-fuzz-archive.%ld",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)owner);
    snprintf(work, sizeof work, "%s/work", folder);
    need(mkdir(folder, 0700) == 0, folder);
    atexit(drop_folder);
    state = (seed ? strtoull(seed, NULL, 10) : 1) * 2654435761u + 88172645;
    for (int i = 0; i < QUESTIONS; i++)
        get_question(i);
    for (int i = 0; i < SAMPLES; i++)
        make_sound((enum sample)i);
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct draw d = {.at = data, .end = data + size};
    struct wound w;
    struct sound *s;
    uint32_t rarely; /* what takes long */

    now.mend = draw(&d, 2);
    /* Of few pages, few are first read by a question. */
    s = &sound[now.mend || draw(&d, 4) == 0 ? draw(&d, SAMPLES)
                                            : SAMPLE_LARGE];
    rarely = s == &sound[SAMPLE_LARGE] ? 256 : 16;
    need(stored_write(&s->stored, work), work);
    need(wound(&w, &d, &s->stored, work, now.mend, say), "damage");
    ask_some(&d, s, NOTHING, &w);
    if (draw(&d, rarely) == 0)
        check(&w);
    if (draw(&d, rarely) == 0)
        change_and_ask(&d, s, &w);
    return 0;
}
