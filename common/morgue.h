/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * morgue.h - full-text search for an archive of news articles
 *
 *   articles, sources -> morgue_update -> (the archive, a directory)
 *   (the archive)     -> morgue -> morgue_hits -> morgue_hit, morgue_snippet
 *                               -> morgue_text -> morgue_article
 *
 * The whole of a program that searches:
 *
 *     struct morgue_error err;
 *     morgue *m = NULL;
 *     morgue_hits *hits = NULL;
 *     struct morgue_hit hit = MORGUE_HIT_INIT;
 *
 *     if (morgue_open(&m, "archive", &err) == MORGUE_OK &&
 *         morgue_search(&hits, m, "coffee quota", NULL, &err) == MORGUE_OK)
 *         for (size_t i = 0; morgue_hits_get(hits, i, &hit); i++)
 *             printf("%s\n", hit.title.s);
 *     else
 *         fprintf(stderr, "%s\n", err.message);
 *     morgue_hits_free(hits);
 *     morgue_close(m);
 *
 * True of every function here unless its comment says otherwise:
 *
 *   Status     What can fail returns enum morgue_status; MORGUE_OK is 0.  Its
 *              last argument is a struct morgue_error of the caller's, or
 *              NULL where the detail is not wanted.  MORGUE_NOMEM may come
 *              from each of them, and from what opens or reads an archive
 *              MORGUE_DAMAGED and MORGUE_IO; what else a caller may want to
 *              tell apart is named at each function.  MORGUE_INTERNAL and
 *              MORGUE_UNSUPPORTED, where they are not named, are failures of
 *              libxapian that have no other name.
 *   Arguments  Are checked.  NULL for a pointer of which nothing is said, a
 *              number or enum out of its range, a struct of a size that cannot
 *              be: MORGUE_USAGE, with nothing changed, and what is open can be
 *              used on.  What cannot fail takes NULL too, and gives nothing
 *              (0, false, NULL) for it.
 *   Output     Comes first.  After a failure *out is NULL and there is
 *              nothing to free.
 *   Ownership  What comes through `out` is yours: give it back through the
 *              function named beside it, which takes NULL.  What is returned
 *              or comes inside a struct is lent, until the event named.
 *   Text       UTF-8, counted; a struct morgue_str that comes out of the
 *              library has a NUL after its last byte as well.  Lengths and
 *              offsets are bytes.  Strings passed as `const char *` end in
 *              NUL.  What is not UTF-8 in what goes in is no error: it is
 *              repaired in articles, and found nowhere in queries and ids.
 *   Dates      Seconds since 1970-01-01T00:00:00 UTC in 64 bits, less than 0
 *              before; right from the year 1600 to 2200.
 *   Threads    What reads an archive (morgue) may be used by any number of
 *              threads at a time, until it is closed; each of them that is in
 *              a call at a time takes some memory of its own, which is kept
 *              for the next.  All else (an update, hits, values, texts, a
 *              cursor) by one thread at a time.  Different handles are
 *              independent.  A callback must not use the update whose call it
 *              is made from.
 *              The library prints nothing, never exits, and changes neither
 *              locale nor signals.
 *   Signals    A file that may not get longer (RLIMIT_FSIZE) is told as a full
 *              disk, MORGUE_NO_SPACE, to a program that ignores SIGXFSZ, as
 *              ours do; one that does not is ended by the system.
 *              Files of an archive are mapped while it is open.  Where
 *              somebody cuts one off meanwhile (writers of this library never
 *              do), or the disk under it fails, reading it raises SIGBUS, as
 *              with every mapped file.  A program that is to survive that
 *              handles the signal; it can only end then, or leave the handle
 *              alone for good.
 *   Fork       A forked child has copies of the handles, of which it may take
 *              those that no call used at the fork.  What reads (morgue,
 *              morgue_hits, morgue_text, morgue_cursor) is used and freed as
 *              the parent's is.  An update can only be closed, which takes
 *              nothing from the parent: neither files, nor the archive's lock,
 *              nor threads; some of its memory stays until the child ends.
 *              All else is MORGUE_USAGE.  A child need not close anything: it
 *              may end, by exit or _exit, or run another program, which
 *              inherits no file, but what libxapian opens for an instant.
 *              One that lives on beyond a parent that was killed, and has not
 *              closed the update, still holds the archive.  A child forked in
 *              a callback must not return from it.
 *   Growth     Structs grow at their end.  One whose first member is `size` is
 *              begun, in C and in C++, by the macro named beside it, which
 *              sets the size that your program knows, and the defaults.
 *              Going in: what your struct does not have has its default.
 *              What is added later means by 0 what was so before, so that what
 *              this library does not know must be 0; what is set there is
 *              MORGUE_USAGE and is not passed over.
 *              Coming out: it is filled up to your size, never past it; what
 *              this library does not know is 0.
 *              Lent (articles, events, origins): `size` is the library's, and
 *              what is behind that is not there.  In a copy of one set it to
 *              yours, or less where the library's is less, before it goes in.
 *              A size below the first that counted, on the way to 0.2.0, or
 *              above 4096, is MORGUE_USAGE.
 *              morgue_error, morgue_str, morgue_date and morgue_span have no
 *              size and never grow.  Enums may get more values.
 *
 * Words that the comments use:
 *
 *   archive    a directory that this library made, and nobody else writes to
 *   state      what an archive is after one commit: whole, never changed, and
 *              readable for as long as a handle holds it
 *   to match   to be what a query and the options of a search ask for
 *   embargo    until its time is over, an article is in no answer of what
 *              reads, not even in a count; morgue_stat alone counts it
 */
#ifndef MORGUE_H
#define MORGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MORGUE_VERSION_MAJOR 0
#define MORGUE_VERSION_MINOR 2
#define MORGUE_VERSION_PATCH 0
#define MORGUE_VERSION       "0.2.0"

#if defined(__GNUC__)
#define MORGUE_API __attribute__((visibility("default")))
#define MORGUE_TRY                                                            \
    __attribute__((visibility("default"),                                     \
                   warn_unused_result)) enum morgue_status
#else
#define MORGUE_API
#define MORGUE_TRY enum morgue_status
#endif

/* How structs are begun that may grow. */
#ifdef __cplusplus
#define MORGUE_INIT(type) morgue_init<type>()
#else
#define MORGUE_INIT(type)                                                     \
    {                                                                         \
        .size = sizeof(type)                                                  \
    }
#endif

/** The version of the library that runs, as MORGUE_VERSION is written; that of
 *  the header that a program was compiled with may be another.  Static. */
MORGUE_API const char *morgue_version(void);

/* ---- statuses and errors ------------------------------------------------ */

/** What a call ended in.  The values stay as they are for good. */
enum morgue_status {
    MORGUE_OK = 0,
    MORGUE_NOMEM = 1,       /**< out of memory; nothing was changed */
    MORGUE_USAGE = 2,       /**< an argument or option that makes no sense */
    MORGUE_QUERY = 3,       /**< the query cannot be understood; error.at is
                                 the byte offset in it */
    MORGUE_NO_ARCHIVE = 4,  /**< there is no archive at that path */
    MORGUE_NOT_ARCHIVE = 5, /**< what is there is not an archive of ours */
    MORGUE_VERSION_DIFFERS = 6, /**< made by a format or an analysis that this
                                  library does not have */
    MORGUE_DAMAGED = 7,   /**< the archive's bytes are not what was written */
    MORGUE_BUSY = 8,      /**< another process writes to the archive; of what
                               reads, see morgue_open */
    MORGUE_NO_SPACE = 9,  /**< the disk or a quota is full, or a file may not
                               get longer */
    MORGUE_IO = 10,       /**< a read, write or sync failed */
    MORGUE_CREATE = 11,   /**< a file or directory cannot be made */
    MORGUE_NO_INPUT = 12, /**< a source that is not there or cannot be read */
    MORGUE_FORMAT = 13,   /**< an input is not in the form it should be */
    MORGUE_NO_ARTICLE = 14,  /**< no article has that id */
    MORGUE_UNSUPPORTED = 15, /**< this engine or build cannot do that */
    MORGUE_INTERNAL = 16,    /**< a failure that has no name here */
    MORGUE_INTERRUPTED = 17, /**< the caller's own morgue_interrupt_raise */
    MORGUE_TIMED_OUT = 18    /**< the caller's time was over, where a part of
                                  the result would be of no use */
};

/** One line for a status, lower case, without a full stop.  Static; any value
 *  is allowed. */
MORGUE_API const char *morgue_status_text(enum morgue_status status);

/** What went wrong, in the caller's memory, which is never kept.  After
 *  MORGUE_OK its content is unspecified; after a failure `status` is what was
 *  returned.  `message` is one line, ends in NUL and has no full stop: what
 *  failed, on what, and what to do about it where that is known.  Its wording
 *  may change with each version; controls in names that it quotes were taken
 *  out, so that it can be printed to a terminal.  A command that it names is
 *  one of the programs by the name that it is installed by: `morgue-indexer
 *  rebuild`. */
struct morgue_error {
    enum morgue_status status;
    size_t at; /**< byte offset in the query; 0 for other statuses */
    char message[500];
};

/* ---- interrupts --------------------------------------------------------- */

/** What ends long work from outside: named in the options of a search, a
 *  cursor or an update, it makes their calls return MORGUE_INTERRUPTED soon
 *  after it was raised, about a millisecond for searches, with the archive as
 *  it was.  One may be named in any number of options, and must outlive what
 *  it was named for. */
typedef struct morgue_interrupt morgue_interrupt;

/** One that is not raised.  Give back: morgue_interrupt_free, after all that
 *  it was named for.  MORGUE_NOMEM alone. */
MORGUE_TRY morgue_interrupt_new(morgue_interrupt **out,
                                struct morgue_error *err);

/** Raise it, and take it back: any thread at any time, and signal handlers; no
 *  lock is taken.  It stays raised until it is cleared, and ends all calls
 *  that begin meanwhile too.  NULL is allowed and does nothing. */
MORGUE_API void morgue_interrupt_raise(morgue_interrupt *i);
MORGUE_API void morgue_interrupt_clear(morgue_interrupt *i);

/** NULL is allowed. */
MORGUE_API void morgue_interrupt_free(morgue_interrupt *i);

/* ---- articles ----------------------------------------------------------- */

/** Counted bytes.  `s` may be NULL where `len` is 0.  Going in, no NUL is
 *  asked for behind them, and one inside is a byte like others. */
struct morgue_str {
    const char *s;
    size_t len;
};

/** How exact a date is; MORGUE_DATE_NONE means that there is none.  Dates of
 *  newspapers often are of a day or a month, which is kept apart from midnight
 *  on the first. */
enum morgue_date_precision {
    MORGUE_DATE_NONE = 0,
    MORGUE_DATE_YEAR = 1,
    MORGUE_DATE_MONTH = 2,
    MORGUE_DATE_DAY = 3,
    MORGUE_DATE_SECOND = 4
};

/** A date; of a less exact one `seconds` is where its period begins: given
 *  back so, taken anywhere within the period. */
struct morgue_date {
    int64_t seconds;
    enum morgue_date_precision precision;
    int32_t offset; /**< of MORGUE_DATE_SECOND: the seconds east of UTC of the
                         clock that it was written by, whole minutes, at most
                         a day; 0 where that is UTC or was not said.  Of others
                         it is 0 */
};

/** In which order the numbers of a day stand where they may be two dates:
 *  5/12/1905. */
enum morgue_order {
    MORGUE_ORDER_NONE = 0, /**< not known */
    MORGUE_ORDER_DMY = 1,  /**< 5 December */
    MORGUE_ORDER_MDY = 2,  /**< May 12 */
    MORGUE_ORDER_YMD = 3   /**< of years with two digits: 05-12-19 */
};

/** Read a date as a person or a file writes it: 1918, 1918-11, 1918-11-11,
 *  11 November 1918, 1918-11-11T11:00+01:00 and so on, names of months in the
 *  languages of news.  A time without a zone is taken as UTC.  False, and *out
 *  (may be NULL) without date, where it is none, or before 1600, or after
 *  2200. */
MORGUE_API bool morgue_date_parse(const char *text, struct morgue_date *out);

/** Write a date in ISO 8601 with NUL, as exact as it is: "1918-11",
 *  "1918-11-11T10:00:00Z"; "" where there is none, or it is not of the years 1
 *  to 9999, or its precision is none of those above. */
#define MORGUE_DATE_MAX 24
MORGUE_API void morgue_date_print(char out[MORGUE_DATE_MAX],
                                  struct morgue_date date);

/** The same by the clock that it was written by: "1918-11-11T11:00:00+01:00";
 *  its first ten characters are the day that its readers knew.  "" also where
 *  the offset is none that a date can have. */
#define MORGUE_DATE_LOCAL_MAX 32
MORGUE_API void morgue_date_print_local(char out[MORGUE_DATE_LOCAL_MAX],
                                        struct morgue_date date);

/** An article.  Every field may be empty.  A field with several values
 *  (author, place, topics) has them on lines of their own.  morgue_field.max
 *  tells how much of each is kept; what is longer is cut between characters,
 *  an id ends in a hash then, and a body is refused.  Going in, strings are
 *  the caller's and copied; coming out, they are lent as the function says. */
struct morgue_article {
    size_t size;          /**< MORGUE_ARTICLE_INIT sets it */
    struct morgue_str id; /**< what names it; its bytes are compared */
    struct morgue_str url;
    struct morgue_str title;
    struct morgue_str body;    /**< paragraphs, as the source has them */
    struct morgue_str section; /**< "Politics" */
    struct morgue_str source;  /**< who published it */
    struct morgue_str author;
    struct morgue_str lang;  /**< ISO 639-1 or 639-3, lower case: "en";
                                  empty: it is detected, and where that is
                                  not sure the usual one of its source */
    struct morgue_str place; /**< what places it is about; the name of this
                                  field is "places" */
    struct morgue_str topics;
    struct morgue_str dateline;     /**< "SALVADOR, Feb 26 -" */
    struct morgue_str extra;        /**< what else came with it: `key: value`
                                         lines, kept and not searched */
    struct morgue_date date;        /**< when it was published: of the years 1
                                         to 9999 */
    struct morgue_str date_source;  /**< what named the date: "pubdate",
                                         "meta article:published_time" */
    struct morgue_str date_suspect; /**< in ISO 8601, a date that cannot be
                                         right, after now or before there
                                         were newspapers; `date` is none */
    struct morgue_str status;  /**< of the story: "" or "usable", "corrected",
                                    "withheld", "canceled" */
    struct morgue_str version; /**< its number among those of the same id, as
                                    the source writes it; of a capture in a
                                    web archive, YYYYMMDDhhmmss */
    struct morgue_str embargo; /**< in ISO 8601 UTC to the second, when it may
                                    be shown; "": at once */
};

#define MORGUE_ARTICLE_INIT MORGUE_INIT(struct morgue_article)

/** A field of articles, as data: for programs that show or map all that there
 *  are, those too that later versions have. */
struct morgue_field {
    size_t size;       /**< MORGUE_FIELD_INIT sets it */
    bool many;         /**< it has its values on lines of their own */
    bool values;       /**< morgue_values_read counts its values */
    const char *name;  /**< "places": in JSON and maps of sources */
    const char *query; /**< "place": before the colon in a query; "" where
                            queries cannot ask for it */
    const char *what;  /**< in a few words */
    size_t max;        /**< bytes that are kept of it */
};

#define MORGUE_FIELD_INIT MORGUE_INIT(struct morgue_field)

/** The `i`th field, from 0, into *out, its strings static: all that are text,
 *  thus not `date`.  False, and *out is left alone, where there is none or its
 *  size cannot be right. */
MORGUE_API bool morgue_field_get(size_t i, struct morgue_field *out);

/** What the article has in the field of that name (morgue_field.name), "" for
 *  nothing; lent as the article is.  False, and *out is left alone, where
 *  there is no such field, an argument is NULL, or the article's size cannot
 *  be right. */
MORGUE_API bool morgue_article_get(const struct morgue_article *article,
                                   const char *field, struct morgue_str *out);

/* ---- reading an archive ------------------------------------------------- */

typedef struct morgue morgue;
typedef struct morgue_hits morgue_hits;
typedef struct morgue_text morgue_text;

/** Open the archive at `path` for searching.  It sees the state of now; a
 *  later state is seen after morgue_refresh.  Nothing is locked or written:
 *  updates, compaction and rebuilding go on beside it, and files of the state
 *  that is seen stay until no handle holds it.  One whose terms were made by
 *  another analysis (another version of the stemmer, of Unicode, of our rules)
 *  is opened: its articles and counts can be read, and a search is
 *  MORGUE_VERSION_DIFFERS.  Give back: morgue_close.
 *  MORGUE_NO_ARCHIVE where nothing, an empty directory or only the beginning
 *  of an archive is there; MORGUE_NOT_ARCHIVE where it is something else;
 *  MORGUE_VERSION_DIFFERS for a format or an engine that this version does not
 *  read; MORGUE_DAMAGED, also where a file of the archive is missing;
 *  MORGUE_IO.  A path of "" is MORGUE_USAGE.  MORGUE_BUSY, here and from all
 *  that reads, comes only where a program that is not this library goes on
 *  changing the archive's files, after a dozen tries in more than a second.
 *  Costs in proportion to the files, languages and embargoes to come rather
 *  than to the articles.  An open archive takes address space for all of its
 *  files, which count as memory only as far as they are looked at. */
MORGUE_TRY morgue_open(morgue **out, const char *path,
                       struct morgue_error *err);

/** See the newest state from now on.  Calls of other threads that are under
 *  way go on with the state that they began with, and hits found before stay
 *  as they are.  Any thread may call it, while others search.  After a failure
 *  the handle sees what it saw before.
 *  Statuses as of morgue_open.
 *  Where nothing was written, it costs the reading of some small files; else,
 *  of what is new: files that both states have are not opened or read again.
 */
MORGUE_TRY morgue_refresh(morgue *m, struct morgue_error *err);

/** What tells the state that is seen from others of this archive: hits with
 *  the same number are of the same articles, so that pages can be shown to be
 *  of one state, or answers kept.  It is no count and has no order.  NULL
 *  gives 0. */
MORGUE_API uint64_t morgue_state(morgue *m);

/** NULL is allowed.  No thread may be in a call of it, and hits and cursors
 *  that came from it are given back before; texts and values need not be. */
MORGUE_API void morgue_close(morgue *m);

/** What articles must have of the words of a query. */
enum morgue_match {
    MORGUE_MATCH_ALL = 0, /**< an article must have every word */
    MORGUE_MATCH_ANY = 1  /**< one of the words is enough; of a sentence, one
                               that is no stop word ("the", "what") */
};

/** In which order hits come.  Where two are equal in it, the one that came
 *  into the archive first is first. */
enum morgue_sort {
    MORGUE_SORT_RELEVANCE = 0, /**< best first; equal: newest first */
    MORGUE_SORT_NEWEST = 1,    /**< articles without a date come last */
    MORGUE_SORT_OLDEST = 2,    /**< articles without a date come last */
    MORGUE_SORT_ARRIVAL = 3,   /**< as they came into the archive */
    MORGUE_SORT_LATEST = 4,    /**< the last to come first */
    MORGUE_SORT_ID = 5         /**< by the bytes of their ids; of those beyond
                                    200, where these are the same, by a hash */
};

/** What can be made of all articles that match a search. */
enum morgue_collect_kind {
    MORGUE_COLLECT_VALUES = 0,  /**< how many have each value of a field */
    MORGUE_COLLECT_PERIODS = 1, /**< how many are of each day, month or year */
    MORGUE_COLLECT_GROUPS = 2   /**< the first ones with each value of a field,
                                     in the order of the search */
};

/** Of each article's own clock (morgue_date.offset). */
enum morgue_unit {
    MORGUE_UNIT_DAY = 0,
    MORGUE_UNIT_MONTH = 1,
    MORGUE_UNIT_YEAR = 2
};

/** Something to be made of them, in the same pass as the hits.  All matches
 *  are looked at for it, where hits alone need only the best of them.  Memory
 *  grows with the rows that there are, of GROUPS times `each`, and not with
 *  the articles. */
struct morgue_collect {
    size_t size; /**< MORGUE_COLLECT_INIT sets it */
    enum morgue_collect_kind kind;
    enum morgue_unit unit; /**< of PERIODS */
    const char *field;     /**< of VALUES and GROUPS: one of those with
                                morgue_field.values, by its name or as queries
                                call it */
    size_t limit;          /**< rows, the first; 0: all */
    size_t each;           /**< hits of a group; at most 1,000 */
};

#define MORGUE_COLLECT_INIT MORGUE_INIT(struct morgue_collect)

/** How to search.  MORGUE_SEARCH_INIT gives the defaults.  All of it is lent
 *  for the call, but `interrupt`, for as long as a cursor lives.  A page of
 *  hits costs memory for offset + limit of them while it is searched for; to
 *  go through all that matches, morgue_cursor is the way. */
struct morgue_search_options {
    size_t size;
    enum morgue_match match;
    enum morgue_sort sort;
    size_t offset;           /**< hits to leave out at the beginning: 0; at
                                  most 1,000,000,000 */
    size_t limit;            /**< hits to return: 10; at most 1,000,000 */
    struct morgue_date from; /**< nothing before this date begins; precision
                                  MORGUE_DATE_NONE: no bound.  A day, month or
                                  year is that of each article's own clock
                                  (morgue_date.offset), or of `tz` */
    struct morgue_date to; /**< nothing that goes on after this date's period:
                                an article of 1918 is not one of up to June
                                1918 */
    const char *lang;      /**< look in articles of this language only, a
                                code; NULL: in all, for words in each
                                language by the forms that it has there */
    bool exact_total;      /**< count all matches however long it takes;
                                else the total may be a lower bound */
    bool snippets;         /**< morgue_hits_snippet will be called: true */
    double k1;             /**< BM25: 1.4; 0 to 1,000,000 */
    double b;              /**< BM25: 0.7; 0 to 1 */
    const char *tz;        /**< the time zone whose days `from` and `to` are:
                                "Europe/Warsaw" as in the system's tz
                                database, "UTC" or "+02:00"; NULL: each
                                article's own.  One that there is none of is
                                MORGUE_USAGE */
    size_t timeout_ms;     /**< milliseconds after which a search gives what
                                it has found (morgue_hits_timed_out); 0: none.
                                A page of hits is fetched in any case, and it
                                may be over by some milliseconds */
    morgue_interrupt *interrupt;          /**< what ends it; NULL: nothing */
    const struct morgue_collect *collect; /**< what else is made of all that
                                               matches: `collect_n` of them in
                                               a row; NULL: nothing */
    size_t collect_n;                     /**< at most 64 */
    size_t strict;       /**< 1: what would be a note (morgue_hits_note) is
                              MORGUE_QUERY; 0 */
    size_t max_words;    /**< how many words of the archive a wildcard, or a
                              word with edits, stands for, the most frequent
                              ones: 0 is 1,000; at most 100,000 */
    const char *dialect; /**< whose language the query is in: "nexis",
                              "factiva", "proquest", "dtsearch", "lucene";
                              NULL: ours (morgue-query(7)) */
};

/* k1 and b are by measure (tests/cli/60-quality.sh): with k3 = 8, against 1.2
 * and 0.75, the mean MAP of time, cranfield, cisi and med is 0.4415 for 0.4396
 * (216 queries better, 116 worse, p = 0.03), and that of npl and cacm the
 * same. With k1 = 2 the four gain 0.005 more, but npl and cacm, whose texts
 * are short, lose 0.012; with b = 0.75 npl loses 0.0045 (19 better, 72 worse,
 * p = 0.0004). */
#define MORGUE_K1    1.4
#define MORGUE_B     0.7
#define MORGUE_LIMIT 10

#ifdef __cplusplus
#define MORGUE_SEARCH_INIT MORGUE_INIT(struct morgue_search_options)
#else
#define MORGUE_SEARCH_INIT                                                    \
    {                                                                         \
        .size = sizeof(struct morgue_search_options), .limit = MORGUE_LIMIT,  \
        .snippets = true, .k1 = MORGUE_K1, .b = MORGUE_B                      \
    }
#endif

/** Search.  `query` is what a person types: words, "phrases", OR, -not,
 *  title:word, w/5, pre* (morgue-query(7) has the whole language); at most
 *  2,048 words and 1 MiB.  What of it is not read as its signs suggest is told
 *  by notes (morgue_hits_note).  `options` NULL means the defaults.  All of
 * the answer is of one state, and stays as it is whatever becomes of the
 * archive. Scores are BM25 (S. Robertson and H. Zaragoza, "The Probabilistic
 *  Relevance Framework: BM25 and Beyond", 2009) as Xapian's BM25Weight has it,
 *  with k2 = 0, k3 = 8 and min_normlen = 0, in double precision: the sum over
 *  words of idf * (k1 + 1) * wdf / (k1 * (1 - b + b * length) + wdf), where
 *  wdf is how often the article has the word and length is its own over the
 *  mean.  A word that the query has n times counts (k3 + 1) * n / (k3 + n)
 *  times.  Both engines give the same.
 *  Give back: morgue_hits_free, before the archive is closed.
 *  MORGUE_QUERY where there is nothing to look for, and no date or language in
 *  the options either, or too much (more than 2,048 words, 32 operators in one
 *  another), or with `strict` a note, with error.at; MORGUE_USAGE for
 *  options out of range, a time zone that there is none of, a field without
 *  values, groups in the order of ids; MORGUE_VERSION_DIFFERS for terms of
 *  another analysis; MORGUE_INTERRUPTED; MORGUE_DAMAGED, MORGUE_IO.  The time
 *  being over is no failure: see morgue_hits_timed_out.
 *  Costs: by relevance and by date about what has to be looked at for the
 *  first offset + limit hits; in another order, with exact_total or `collect`,
 *  all that matches; for each hit that is returned some microseconds, with
 *  snippets about a tenth of a millisecond. */
MORGUE_TRY morgue_search(morgue_hits **out, morgue *m, const char *query,
                         const struct morgue_search_options *options,
                         struct morgue_error *err);

/** One hit.  Its strings are lent until the hits are freed; of a cursor, until
 *  its next call. */
struct morgue_hit {
    size_t size; /**< MORGUE_HIT_INIT sets it */
    size_t rank; /**< from 1; counts what `offset` left out */
    double score;
    struct morgue_date date;
    struct morgue_str id, title, url, section, source, author, lang;
    struct morgue_str status; /**< "corrected", else empty */
    uint64_t words;           /**< of the body, as positions count them: of
                                   scripts without spaces, characters */
};

#define MORGUE_HIT_INIT MORGUE_INIT(struct morgue_hit)

/** The `i`th hit that was returned, from 0, into *out.  False, and *out is
 *  left alone, where there is none or the size of *out cannot be right. */
MORGUE_API bool morgue_hits_get(const morgue_hits *hits, size_t i,
                                struct morgue_hit *out);

/** How many hits were returned; NULL has none. */
MORGUE_API size_t morgue_hits_n(const morgue_hits *hits);

/** How many articles match; NULL matches none.  *exact (may be NULL) tells
 *  whether that is the number or a lower bound of it.  It is exact with
 *  exact_total or something in `collect`, unless the time was over. */
MORGUE_API uint64_t morgue_hits_total(const morgue_hits *hits, bool *exact);

/** Whether the time was over (timeout_ms).  Hits, total and rows are then of
 *  what was found until then: hits that are there match, better ones may be
 *  missing; the total is not exact.  False for NULL. */
MORGUE_API bool morgue_hits_timed_out(const morgue_hits *hits);

/** What morgue_state was of the state that was searched; 0 for NULL. */
MORGUE_API uint64_t morgue_hits_state(const morgue_hits *hits);

/** What was made of all that matches, in rows. */
struct morgue_collected {
    size_t size;        /**< MORGUE_COLLECTED_INIT sets it */
    size_t rows;        /**< how many there are */
    uint64_t undated;   /**< PERIODS: articles without a date, */
    uint64_t imprecise; /**< and those whose date is longer than the unit */
};

#define MORGUE_COLLECTED_INIT MORGUE_INIT(struct morgue_collected)

/** Of the `c`th of morgue_search_options.collect, from 0, into *out.  False,
 *  and *out is left alone, where there is none or its size cannot be right. */
MORGUE_API bool morgue_hits_collected(const morgue_hits *hits, size_t c,
                                      struct morgue_collected *out);

/** A row.  VALUES come most frequent first, equally frequent ones by their
 *  bytes, PERIODS ascending and none with 0, GROUPS as their first articles do
 *  in the order of the search. */
struct morgue_row {
    size_t size;               /**< MORGUE_ROW_INIT sets it */
    struct morgue_str value;   /**< of VALUES; of GROUPS, where "" is that of
                                    articles without any */
    struct morgue_date period; /**< of PERIODS: a day, a month or a year */
    uint64_t articles;         /**< that match and are of it: of a field with
                                    several values, in several rows */
    size_t hits;               /**< of GROUPS: how many were returned */
};

#define MORGUE_ROW_INIT MORGUE_INIT(struct morgue_row)

/** The `i`th row of the `c`th, from 0, into *out; lent until the hits are
 *  freed.  False, and *out is left alone, likewise. */
MORGUE_API bool morgue_hits_row(const morgue_hits *hits, size_t c, size_t i,
                                struct morgue_row *out);

/** The `k`th hit of a group, from 0, into *out, lent likewise; its rank counts
 *  within the group.  False, and *out is left alone, likewise. */
MORGUE_API bool morgue_hits_row_hit(const morgue_hits *hits, size_t c,
                                    size_t i, size_t k,
                                    struct morgue_hit *out);

/** How many query words were looked for, after words that occur twice were
 *  taken together; with 2 or more and no hit, MORGUE_MATCH_ANY may find.  A
 *  phrase is one; NULL gives 0. */
MORGUE_API size_t morgue_hits_words_n(const morgue_hits *hits);

/** A run of bytes in a snippet, from `start` to before `end`. */
struct morgue_span {
    size_t start, end;
};

/** A passage of an article that shows why it was found.  Marks do not overlap.
 */
struct morgue_snippet {
    size_t size;                     /**< MORGUE_SNIPPET_INIT sets it */
    struct morgue_str text;          /**< one line: breaks became spaces */
    bool starts_inside, ends_inside; /**< text was left out there */
    const struct morgue_span *mark;  /**< the words that match, ascending */
    size_t mark_n;
};

#define MORGUE_SNIPPET_INIT MORGUE_INIT(struct morgue_snippet)

/** The best passage of hit `i`, of about 240 bytes, into *out; lent until the
 *  hits are freed.  It was made in the search and costs nothing here.  An
 *  article without body gives an empty one, and so does a failure, which is
 *  MORGUE_USAGE alone: for an `i` that is not there, and for hits without
 *  snippets. */
MORGUE_TRY morgue_hits_snippet(morgue_hits *hits, size_t i,
                               struct morgue_snippet *out,
                               struct morgue_error *err);

/** Something about a query that is not read as its signs suggest: a bracket
 *  without its partner, a field that there is none of, a wildcard that stands
 *  for too many words.  Text without operators gives none. */
struct morgue_note {
    size_t size;             /**< MORGUE_NOTE_INIT sets it */
    struct morgue_span span; /**< the bytes of the query that it is about */
    struct morgue_str text;  /**< one line, for people; its wording may change
                                  with each version */
};

#define MORGUE_NOTE_INIT MORGUE_INIT(struct morgue_note)

/** The `i`th note about the query, from 0, into *out, lent until the hits are
 *  freed; of one query there are at most 100.  False, and *out is left alone,
 *  where there is none or its size cannot be right. */
MORGUE_API bool morgue_hits_note(const morgue_hits *hits, size_t i,
                                 struct morgue_note *out);

/** Give back, with all that it lent.  NULL is allowed. */
MORGUE_API void morgue_hits_free(morgue_hits *hits);

typedef struct morgue_explained morgue_explained;

/** Tell how a query is understood, without searching: what it is in our
 *  language, what terms it becomes, notes.  Options as in morgue_search, those
 *  of the query: match, lang, tz, strict, max_words, dialect, timeout_ms,
 *  interrupt; the others are checked alone.  Give back: morgue_explained_free;
 *  it does not need the archive any more.  Statuses as of morgue_search;
 *  MORGUE_TIMED_OUT where the time was over before all words of a wildcard
 *  were found.  Costs what morgue_search does for the query alone, and a
 *  look-up for each term. */
MORGUE_TRY morgue_query_explain(morgue_explained **out, morgue *m,
                                const char *query,
                                const struct morgue_search_options *options,
                                struct morgue_error *err);

/** The query as it was understood, in our language, with all brackets: typed
 *  again, whatever `match` is, it is understood likewise.  "" where it has
 *  nothing to look for, and for NULL.  Lent until it is freed. */
MORGUE_API struct morgue_str morgue_explained_text(const morgue_explained *e);

/** As morgue_hits_note; lent until it is freed. */
MORGUE_API bool morgue_explained_note(const morgue_explained *e, size_t i,
                                      struct morgue_note *out);

/** A term that something in a query became. */
struct morgue_term {
    size_t size;             /**< MORGUE_TERM_INIT sets it */
    struct morgue_span span; /**< the bytes of the query that it is of */
    struct morgue_str leaf;  /**< what these are in our language */
    struct morgue_str term;  /**< as the archive has it: a word as written,
                                  "Zen:" and its stem, a field's prefix and a
                                  value */
    uint64_t articles;       /**< that have the term */
};

#define MORGUE_TERM_INIT MORGUE_INIT(struct morgue_term)

/** The `i`th term, from 0, in the order of the query, into *out; lent until it
 *  is freed.  Dates, numbers of words and presence become none.  False, and
 *  *out is left alone, where there is none or its size cannot be right. */
MORGUE_API bool morgue_explained_term(const morgue_explained *e, size_t i,
                                      struct morgue_term *out);

/** NULL is allowed. */
MORGUE_API void morgue_explained_free(morgue_explained *e);

typedef struct morgue_cursor morgue_cursor;

/** Begin a walk over all articles that match, or, with `query` NULL, over all
 *  that the options allow, one after the other: as many as there are, in
 *  memory that does not grow with them, but by a bit for each article in the
 *  order of ids.  It sees one state of the archive from end to end, whatever
 *  is written or refreshed meanwhile, and keeps the files of that state.  Of
 *  the options, `timeout_ms` is for all of it, from here on; offset, limit,
 *  exact_total and snippets are not looked at, and `collect` must be empty.
 *  Give back: morgue_cursor_close, before the archive is closed.
 *  Statuses as of morgue_search, but that terms of another analysis are
 *  MORGUE_VERSION_DIFFERS only with a query or a language: without them all of
 *  such an archive can be walked over.
 *  Nothing is searched yet.  Each 10,000 hits cost a pass over all that
 *  matches, but by date only over what comes next; by relevance all is scored
 *  each time. */
MORGUE_TRY morgue_cursor_open(morgue_cursor **out, morgue *m,
                              const char *query,
                              const struct morgue_search_options *options,
                              struct morgue_error *err);

/** The next article: what a search says of it into *hit, all of it into
 *  *article, each lent until the next call; either may be NULL, and costs
 *  nothing then.  *more is false behind the last, where both are left alone,
 *  and after a failure, after which the cursor can only be closed; but after
 *  MORGUE_USAGE for a wrong argument it goes on.
 *  An article whose embargo holds at the opening is left out.
 *  MORGUE_INTERRUPTED, MORGUE_TIMED_OUT; MORGUE_DAMAGED, MORGUE_IO.
 *  Costs some microseconds for a hit, and for an article the unpacking of its
 *  body. */
MORGUE_TRY morgue_cursor_next(morgue_cursor *c, struct morgue_hit *hit,
                              const struct morgue_article **article,
                              bool *more, struct morgue_error *err);

/** What morgue_state was of the state that it sees; 0 for NULL. */
MORGUE_API uint64_t morgue_cursor_state(const morgue_cursor *c);

/** Give back, at any point of the walk.  NULL is allowed. */
MORGUE_API void morgue_cursor_close(morgue_cursor *c);

/** The whole article named `id`, in the state that the handle sees.  Give
 *  back: morgue_text_free; it does not need the archive any more.  Also of an
 *  archive whose terms another analysis made.  MORGUE_NO_ARTICLE where no
 *  article has that id, or it is under embargo, which the message says;
 *  MORGUE_DAMAGED, MORGUE_IO.  Costs one look-up in each file of the archive
 *  and the unpacking of the article. */
MORGUE_TRY morgue_get(morgue_text **out, morgue *m, const char *id,
                      struct morgue_error *err);

/** The article in it, lent until the text is freed; NULL has none.  Byte for
 *  byte what was indexed, with the language that was detected where none was
 *  given. */
MORGUE_API const struct morgue_article *
morgue_text_article(const morgue_text *text);

/** Find what in the article made it match a query, which is asked as
 *  morgue_search asks it, in the state that the handle sees: with the options'
 *  match, dates, tz and language; sort, offset, limit, snippets, k1, b and
 *  `collect` make no difference.  *matches (may be NULL) tells whether it does
 *  match; where it does not, or is not there any more, nothing is marked.
 *  What is marked is the text's own article, which the handle may see another
 *  version of by now.  Marks of a query before this are gone, also after a
 *  failure, unless that is MORGUE_USAGE.
 *  Statuses as of morgue_search, but that the time being over is
 *  MORGUE_TIMED_OUT.  Costs a look-up for each word in each file of the
 *  archive, and the time of indexing the article, about. */
MORGUE_TRY morgue_text_mark(morgue_text *text, morgue *m, const char *query,
                            const struct morgue_search_options *options,
                            bool *matches, struct morgue_error *err);

/** What is marked in the field of that name (morgue_field.name), by bytes of
 *  what morgue_article_get gives of it: ascending, without overlaps, *n (may
 *  be NULL) of them, at most 4,096 in all fields together, the first.  A word
 *  is marked wherever it stands, of a phrase or proximity the words that made
 *  the match alone, and nothing of what is excluded, or of an alternative that
 *  does not match.  Lent until the next morgue_text_mark of the text, or until
 *  it is freed.  NULL, and *n is 0, where there are none, no such field, or an
 *  argument is NULL. */
MORGUE_API const struct morgue_span *
morgue_text_marks(const morgue_text *text, const char *field, size_t *n);

/** NULL is allowed. */
MORGUE_API void morgue_text_free(morgue_text *text);

/** What an archive holds. */
struct morgue_stats {
    size_t size; /**< MORGUE_STATS_INIT sets it */
    uint64_t articles;
    uint64_t undated;    /**< of those, articles without a date */
    uint64_t terms;      /**< distinct index terms */
    double mean_length;  /**< of an article, in occurrences of terms */
    uint64_t disk_bytes; /**< of all files of the archive */
    struct morgue_date first, last; /**< of the dated ones */
    char engine[16];
    char analysis[120];  /**< stemmer, folding and Unicode versions */
    char languages[400]; /**< "en 19043, de 12": most frequent first */
    char ids[80];        /**< how ids are made: "real paths; scope: none" */
};

#define MORGUE_STATS_INIT MORGUE_INIT(struct morgue_stats)

/** Fill *out, which a failure leaves as it was, from the state that the handle
 *  sees; disk_bytes is of all that is in the directory at this moment.
 *  MORGUE_DAMAGED, MORGUE_IO.  Takes time in proportion to the number of
 *  terms. */
MORGUE_TRY morgue_stat(morgue *m, struct morgue_stats *out,
                       struct morgue_error *err);

typedef struct morgue_values morgue_values;

/** What the articles of the archive have in a field, one of those with
 *  morgue_field.values, by its name or as queries call it: each value once, as
 *  it is stored, the most frequent first, equally frequent ones by their
 *  bytes.  The languages of an archive are those of "lang".  Articles under
 *  embargo are left out.  For articles that match a query:
 *  MORGUE_COLLECT_VALUES.  Give back: morgue_values_free; they do not need the
 *  archive any more.  MORGUE_USAGE for another field; MORGUE_DAMAGED,
 *  MORGUE_IO.  Takes about a nanosecond for each article and a microsecond for
 *  each value, of which all are in memory; no article is read. */
MORGUE_TRY morgue_values_read(morgue_values **out, morgue *m,
                              const char *field, struct morgue_error *err);

/** A value of a field. */
struct morgue_value {
    size_t size; /**< MORGUE_VALUE_INIT sets it */
    struct morgue_str value;
    uint64_t articles; /**< that have it */
};

#define MORGUE_VALUE_INIT MORGUE_INIT(struct morgue_value)

/** How many values there are; NULL has none. */
MORGUE_API size_t morgue_values_n(const morgue_values *values);

/** The `i`th value, from 0, into *out, lent until the values are freed. False,
 *  and *out is left alone, where there is none or its size cannot be right. */
MORGUE_API bool morgue_values_get(const morgue_values *values, size_t i,
                                  struct morgue_value *out);

/** Give back, with all that they lent.  NULL is allowed. */
MORGUE_API void morgue_values_free(morgue_values *values);

/* ---- changing an archive ------------------------------------------------ */

typedef struct morgue_update morgue_update;

/** What became of inputs.  Each ends in exactly one. */
enum morgue_outcome {
    MORGUE_ADDED = 0,
    MORGUE_UPDATED = 1,   /**< an article with its id was replaced */
    MORGUE_UNCHANGED = 2, /**< the archive has it just so already */
    MORGUE_DUPLICATE = 3, /**< the same article came before in this update */
    MORGUE_SKIPPED = 4,   /**< nothing to index in it, with a reason */
    MORGUE_FAILED = 5     /**< could not be read or understood, likewise */
};
#define MORGUE_OUTCOME_N    6
#define MORGUE_OUTCOMES_MAX 16 /**< there will never be more */

/** The name of an outcome: "added".  Static. */
MORGUE_API const char *morgue_outcome_name(enum morgue_outcome outcome);

/** Something that a run wants known.  Strings are lent for the call only.  A
 *  path and an id are as they came, and may hold controls. */
struct morgue_event {
    size_t size; /**< the library's */
    enum morgue_outcome outcome;
    const char *path;   /**< the file, "-", or "" for articles handed over */
    uint64_t position;  /**< which record of it, from 1; 0: the file itself */
    const char *id;     /**< "" where unknown */
    const char *reason; /**< one line, for skipped, failed and a collision;
                             else "" */
    /** Of a collision (MORGUE_UPDATED): the article, and the one of the same
     *  id that it replaced, which has nothing in common with it in its title
     *  or in its source; of both these two fields alone may be there, and
     *  long ones cut.  Else NULL. */
    const struct morgue_article *article, *replaced;
};

/** Whether links in folders are followed.  A source itself is read as it was
 *  named, be it a link.  What a link leads to is read once, under its real
 *  path. */
enum morgue_follow {
    MORGUE_FOLLOW_NONE = 0,    /**< links are skipped */
    MORGUE_FOLLOW_INSIDE = 1,  /**< to what is in the same source */
    MORGUE_FOLLOW_ANYWHERE = 2 /**< wherever they lead */
};

/** What keeps articles apart that bring the same id.  Ids that are made, from
 *  addresses, paths or contents, are left as they are. */
enum morgue_id_scope {
    MORGUE_ID_AS_ARCHIVE = 0, /**< as the archive does; a new one as NONE */
    MORGUE_ID_NONE = 1,       /**< nothing: the same id is the same article */
    MORGUE_ID_SOURCE = 2,     /**< its source: "SOURCE:ID", where it has one */
    MORGUE_ID_FILE = 3        /**< the path of its file, as ids that are made
                                   from it have it: "PATH:ID"; of standard
                                   input and pipes "-:ID"; articles handed
                                   over have none */
};

/** How to update.  MORGUE_UPDATE_INIT gives the defaults.  Strings are read
 *  when the update is opened, but `format`, which is lent until it is closed,
 *  as `payload` and `interrupt` are.  Callbacks are called only from within
 *  calls of the update, by the thread that made the call. */
struct morgue_update_options {
    size_t size;
    const char *engine; /**< for a new archive; NULL: the default.  An
                             existing one must have this engine */
    const char *format; /**< of the sources; NULL: told by content */
    const char *map;    /**< a file that says which keys of JSON, tables and
                             heads are which field, read when the update is
                             opened (morgue-indexer(1) has its form); NULL:
                             those that we know */
    unsigned threads;   /**< 0: one for each processor; at most 8 are used */
    enum morgue_follow follow; /**< in folders that are sources */
    size_t memory;             /**< bytes that articles on their way may take,
                                    about; 0: 512 MB */
    /** Called for each skipped and failed input, and each collision, from the
     *  thread that called the library; NULL: not. */
    void (*on_event)(const struct morgue_event *event, void *payload);
    /** Called now and then with the number of inputs so far; NULL: not. */
    void (*on_progress)(uint64_t inputs, uint64_t bytes, void *payload);
    void *payload;
    /** NULL: nobody's.  Raised, it ends the call that is under way, soon, or
     *  the next one, with MORGUE_INTERRUPTED; only a commit that has begun to
     *  publish goes on to its end. */
    morgue_interrupt *interrupt;
    uint64_t timeout_ms; /**< milliseconds for the whole update, from its
                              opening; then calls end likewise, with
                              MORGUE_TIMED_OUT.  0: no end */
    enum morgue_order date_order; /**< of dates in numbers that do not tell
                                       day from month; NONE: as the source's
                                       other dates tell, else the year is all
                                       that is taken */
    unsigned date_from_path; /**< 1: where an article has no date, it is looked
                                  for in the names of its file and folders */
    /** Called for each article added or updated that has no date to trust, or
     *  its year alone because nothing told day from month; the reason says
     *  why.  As on_event.  NULL: not. */
    void (*on_undated)(const struct morgue_event *event, void *payload);
    const char *root; /**< a folder that sources are in: ids that are made from
                           paths have them from there on, so that they stay
                           when it moves.  A new archive is made so; each
                           update of that names one, others must not.  NULL:
                           such ids have whole paths */
    size_t id_scope;  /**< enum morgue_id_scope: of a new archive; an existing
                           one must have it */
};

#define MORGUE_UPDATE_INIT MORGUE_INIT(struct morgue_update_options)

/** A format of sources. */
struct morgue_format {
    size_t size;      /**< MORGUE_FORMAT_INIT sets it */
    const char *name; /**< as options take it: "jsonl" */
    const char *what; /**< in a few words */
};

#define MORGUE_FORMAT_INIT MORGUE_INIT(struct morgue_format)

/** The `i`th format, from 0, into *out, its strings static.  False, and *out
 *  is left alone, where there is none or its size cannot be right. */
MORGUE_API bool morgue_format_get(size_t i, struct morgue_format *out);

/** Where an article came from and what was done to it. */
struct morgue_origin {
    size_t size;         /**< the library's */
    bool converted;      /**< it was not in UTF-8 */
    bool repaired;       /**< some of its bytes became U+FFFD */
    const char *path;    /**< the file, as it should be shown; "-", or "" */
    uint64_t position;   /**< which record of it, from 1; 0: all of it */
    const char *format;  /**< as morgue_format names it; "" for none */
    const char *undated; /**< why the article has no date to trust, or its year
                              alone because nothing told day from month; NULL:
                              it has one */
};

/** How to read sources without an archive. */
struct morgue_source_options {
    size_t size;
    const char *format;        /**< NULL: told by content */
    const char *map;           /**< as in morgue_update_options; NULL: none */
    enum morgue_follow follow; /**< in folders that are sources */
    /** Called for each article as an update of this source alone would index
     *  it in a new archive, where no other had its id: it has an id and, where
     *  that could be told, a language.  The first come when 256 were read, or
     *  256 KB of text, or all.  Lent for the call.  False ends the reading.
     *  NULL: not. */
    bool (*on_article)(const struct morgue_article *article,
                       const struct morgue_origin *origin, void *payload);
    /** Called for each skipped and failed input; NULL: not. */
    void (*on_event)(const struct morgue_event *event, void *payload);
    void *payload;
    enum morgue_order date_order; /**< as in morgue_update_options */
    unsigned date_from_path;      /**< likewise */
    const char *root; /**< as in morgue_update_options, and so is this: */
    size_t id_scope;
};

#define MORGUE_SOURCE_INIT MORGUE_INIT(struct morgue_source_options)

/** Read a source (morgue_update_add_source) and hand out its articles, without
 *  any archive: what is there to be indexed, and why something is not.
 *  Callbacks come from this thread, in the order of the source.  That
 *  on_article ended it is MORGUE_OK.  MORGUE_NO_INPUT where the source, or the
 *  map, is not there or may not be opened; MORGUE_USAGE for a format that
 *  there is none of, or a map that cannot be understood; MORGUE_FORMAT,
 *  MORGUE_IO for a map that is too long or cannot be read.  What is wrong
 *  within the source is an event.  Memory is bounded, whatever the source
 *  holds. */
MORGUE_TRY morgue_source_read(const char *source,
                              const struct morgue_source_options *options,
                              struct morgue_error *err);

/** Begin to change the archive at `path`, which is made where there is none,
 *  in a directory that is there.  Nothing is seen by readers until
 *  morgue_update_commit, and they are never held up.  One update at a time,
 *  over all processes.  An update belongs to the process that opened it, and
 *  runs threads of its own until it is closed.
 *
 *      morgue_update_open, then any number and order of morgue_update_add,
 *      morgue_update_add_source, morgue_update_remove, then
 *      morgue_update_commit once, or not at all, then morgue_update_close
 *
 *  After MORGUE_INTERRUPTED or MORGUE_TIMED_OUT from any call the update can
 *  only be closed, and the archive is as it was.  Give back:
 *  morgue_update_close.
 *
 *  MORGUE_BUSY names the process that holds the archive; MORGUE_NOT_ARCHIVE;
 *  MORGUE_VERSION_DIFFERS for a format that this version does not read, and
 *  for terms of another analysis, which morgue_rebuild makes anew;
 *  MORGUE_DAMAGED; MORGUE_CREATE where the directory or its lock cannot be
 *  made; MORGUE_NO_SPACE, MORGUE_IO; MORGUE_USAGE for an engine or format that
 *  there is none of, another engine or rule for ids than the archive has, or a
 *  map that cannot be understood; MORGUE_NO_INPUT for a map that is not there,
 * MORGUE_FORMAT for one that is too long. */
MORGUE_TRY morgue_update_open(morgue_update **out, const char *path,
                              const struct morgue_update_options *options,
                              struct morgue_error *err);

/** Add an article, or replace the one with its id; one that the archive has
 *  just so costs a look-up.  Copied; the article may go at once.  One without
 *  id gets a stable one from its url, else from its content.  Text that is not
 *  UTF-8 is repaired.  What is wrong with this very article is counted and
 *  reported as an event, not returned: no text, a date out of range, a string
 *  that is NULL but has a length or is longer than 256 MB.  MORGUE_USAGE for a
 *  size that cannot be right, after which the update goes on; after another
 *  status it can only be closed: MORGUE_NO_SPACE, MORGUE_CREATE and MORGUE_IO
 *  of files that runs are written to, MORGUE_DAMAGED of the archive as it was,
 *  MORGUE_INTERRUPTED, MORGUE_TIMED_OUT.  They may come a few articles later
 *  than their cause, for other threads do the work.  Waits where these are
 *  behind; memory stays within `memory` of the options, about, and 100 to
 *  200 bytes for each id that the update has met, and up to 120 more for each
 *  article that it added or replaced.  After a commit MORGUE_USAGE, and
 *  nothing is changed. */
MORGUE_TRY morgue_update_add(morgue_update *u,
                             const struct morgue_article *article,
                             struct morgue_error *err);

/** Add all articles of a source: a file, a folder (walked in the order of
 *  names) or "-", standard input.  In folders, pipes, sockets, devices and
 *  what the kernel makes up are skipped, and links as `follow` says.  Packed
 *  files and containers are read as they stand, nothing is unpacked to disk.
 *  Broken inputs are counted and reported as events.
 *  MORGUE_NO_INPUT where the source itself is not there or may not be opened;
 *  MORGUE_USAGE where it is not below the root; then the update goes on. After
 * another status, of those that morgue_update_add has, it can only be closed.
 */
MORGUE_TRY morgue_update_add_source(morgue_update *u, const char *source,
                                    struct morgue_error *err);

/** Take the article named `id` out.  *found (may be NULL) tells whether the
 *  archive had it when the update began or got it since; that it had not is
 *  no failure.  An article of that id that is added later in the same update
 *  stays.  Statuses as of morgue_update_add.
 *  Its text stays in the files until these are merged: morgue_compact makes
 *  sure of it. */
MORGUE_TRY morgue_update_remove(morgue_update *u, const char *id, bool *found,
                                struct morgue_error *err);

/** What an update did. */
struct morgue_report {
    size_t size;     /**< MORGUE_REPORT_INIT sets it */
    uint64_t inputs; /**< articles, and files that gave none: the sum
                          of `outcome` */
    uint64_t outcome[MORGUE_OUTCOMES_MAX]; /**< by enum morgue_outcome */
    uint64_t removed;
    uint64_t converted;  /**< articles that were not in UTF-8 */
    uint64_t repaired;   /**< articles with bytes that could not be read in
                              any charset and became U+FFFD */
    uint64_t undated;    /**< of added and updated, without a date to trust */
    uint64_t bytes;      /**< of text (title and body) in the inputs */
    uint64_t unordered;  /**< of added and updated, dated by their year because
                              nothing told day from month */
    uint64_t collisions; /**< of updated, those that replaced what seems to be
                              another article (morgue_event.replaced).  One
                              that gave way again to what the archive has is
                              counted here, too, and as skipped */
};

#define MORGUE_REPORT_INIT MORGUE_INIT(struct morgue_report)

/** Publish all of it at once, durably: when it returns, a power cut does not
 *  lose it.  Where nothing was added, changed or removed, nothing is written,
 *  and the state stays the same.  *report (may be NULL) is filled either way,
 *  unless its size cannot be right, which is MORGUE_USAGE and changes nothing.
 *  Whatever else it returns, only morgue_update_close may follow.
 *  MORGUE_NO_SPACE, MORGUE_CREATE, MORGUE_IO, MORGUE_DAMAGED,
 *  MORGUE_INTERRUPTED, MORGUE_TIMED_OUT: the archive is as it was.
 *  MORGUE_UNSUPPORTED for more than 1,073,741,824 articles in one segment.
 *  Costs the merging of what was written, and now and then of older files of
 *  the like size; with the engine xapian the whole archive is copied, where
 *  the file system cannot share blocks. */
MORGUE_TRY morgue_update_commit(morgue_update *u, struct morgue_report *report,
                                struct morgue_error *err);

/** Give back, and let others update; what was not committed is dropped and its
 *  files removed, with the archive, if the update had made that, unless this
 *  is a forked child's copy.  NULL is allowed. */
MORGUE_API void morgue_update_close(morgue_update *u);

/** Read everything in the archive at `path` and hold it against its checksums
 *  and against itself.  Nothing is locked or changed; updates may go on.
 *  Findings go, a line each, lent for the call, to `on_finding` (NULL:
 *  nowhere), all at the end.
 *  MORGUE_DAMAGED where there are any; else statuses as of morgue_open.  An
 *  archive of another analysis can be checked.
 *  Takes at least the time of reading all of it. */
MORGUE_TRY morgue_check(const char *path,
                        void (*on_finding)(const char *line, void *payload),
                        void *payload, struct morgue_error *err);

/** Write the file `morgue` of the archive at `path`, which says what it is,
 *  again where it is missing or damaged, from what the files of its engine
 *  say.  Nothing else is changed.  *wrote (may be NULL) tells whether there
 *  was a need.
 *  MORGUE_DAMAGED where those files do not say it; MORGUE_BUSY where an update
 *  holds the archive; MORGUE_NOT_ARCHIVE, MORGUE_NO_ARCHIVE,
 *  MORGUE_VERSION_DIFFERS; MORGUE_CREATE, MORGUE_NO_SPACE, MORGUE_IO. */
MORGUE_TRY morgue_repair(const char *path, bool *wrote,
                         struct morgue_error *err);

/** Write the archive at `path` anew, as small as it gets: one file, without
 *  what was removed or replaced.  Readers see the same articles before,
 *  meanwhile and after.  MORGUE_BUSY where an update holds it,
 *  MORGUE_NO_SPACE, MORGUE_CREATE, MORGUE_IO, MORGUE_DAMAGED,
 *  MORGUE_VERSION_DIFFERS (also for terms of another analysis),
 *  MORGUE_UNSUPPORTED as of morgue_update_commit, MORGUE_NO_ARCHIVE,
 *  MORGUE_NOT_ARCHIVE: the archive is as it was.  Reads and writes all of it
 *  once, by one thread, and takes as much room beside it meanwhile. */
MORGUE_TRY morgue_compact(const char *path, struct morgue_error *err);

/** How to make an index anew.  MORGUE_REBUILD_INIT gives the defaults. */
struct morgue_rebuild_options {
    size_t size;
    const char *engine; /**< that the archive is to have; NULL: the one that it
                             has */
    unsigned threads;   /**< as in morgue_update_options, and so are the
                             others */
    size_t memory;
    /** Called now and then with the number of articles so far; NULL: not. */
    void (*on_progress)(uint64_t articles, uint64_t bytes, void *payload);
    void *payload;
    morgue_interrupt *interrupt;
    uint64_t timeout_ms;
};

#define MORGUE_REBUILD_INIT MORGUE_INIT(struct morgue_rebuild_options)

/** Make the whole index of the archive at `path` anew from the articles that
 *  are stored in it, as they are, in the order in which they came: for one
 *  that was made by another analysis (MORGUE_VERSION_DIFFERS), and to change
 *  the engine.  It is made beside the old one and takes its place in one
 *  instant, durably; readers see the old one until they are refreshed.
 *  `options` NULL: the defaults.  *articles (may be NULL) becomes the number
 *  of articles.  Whatever the failure, the archive is as it was.
 *  MORGUE_NO_SPACE, before anything is written, where the disk has less room
 *  than that takes; MORGUE_DAMAGED where an article cannot be read;
 *  MORGUE_BUSY where another writes to it; MORGUE_USAGE for an engine that
 *  there is none of; MORGUE_VERSION_DIFFERS for an archive whose articles
 *  cannot be read by this version; MORGUE_INTERRUPTED, MORGUE_TIMED_OUT;
 *  MORGUE_NO_ARCHIVE, MORGUE_NOT_ARCHIVE, MORGUE_CREATE, MORGUE_IO.
 *  Takes the time of indexing all articles, without reading sources, and up to
 *  2.5 times the room of what it makes. */
MORGUE_TRY morgue_rebuild(const char *path,
                          const struct morgue_rebuild_options *options,
                          uint64_t *articles, struct morgue_error *err);

#ifdef __cplusplus
} /* extern "C" */

/* What the macros above begin structs with: all 0 but their size, */
template <typename T>
inline T
morgue_init()
{
    T begun = T();

    begun.size = sizeof begun;
    return begun;
}

/* and the defaults of a search. */
template <>
inline morgue_search_options
morgue_init<morgue_search_options>()
{
    morgue_search_options begun = morgue_search_options();

    begun.size = sizeof begun;
    begun.limit = MORGUE_LIMIT;
    begun.snippets = true;
    begun.k1 = MORGUE_K1;
    begun.b = MORGUE_B;
    return begun;
}
#endif

#endif
