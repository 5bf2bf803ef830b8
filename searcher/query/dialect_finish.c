/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialect_finish.c - other systems' tokens into what the parser reads
 *
 * Brackets are matched first.  Then tokens are put anew, from left to right:
 * runs of words become phrases, words of several spellings groups, and what
 * takes an operand gets brackets around it.  What ours would not print and
 * read again as the same is quoted.
 */
#include "dialect_lex.h"

/* Spellings of one word. */
enum { VARIANTS_MAX = 32 };

struct finishing {
    struct lexer *from; /* tokens as they were read */
    struct lexer to;    /* and as they become */
    struct query_tokens done;
    const struct dialect_rules *rules;
    struct query_token *in;
    size_t n;
    size_t *partner;  /* of an OPEN its CLOSE; n: none */
    size_t *closes;   /* CLOSE tokens that are put behind a token */
    bool *plain;      /* of OPEN and CLOSE: words alone are between */
    size_t value_end; /* up to there words are a value's */
    bool left;        /* an operand was put last, */
    bool left_plain;  /* of words alone */
};

/* ---- what was left out -------------------------------------------------- */

static bool
is_infix(enum query_token_kind kind)
{
    return kind <= QUERY_TOKEN_APART;
}

static bool
is_prefix(enum query_token_kind kind)
{
    return kind >= QUERY_TOKEN_NOT && kind <= QUERY_TOKEN_FUNCTION;
}

/* Nothing is where an operand was: what was for it goes, and the operator
 * before it.  Where there is none, a mark stays; the number of tokens. */
static size_t
put_gap(struct query_token *v, size_t n, const struct query_token *gap)
{
    while (n > 0 && is_prefix(v[n - 1].kind))
        n--;
    if (n > 0 && is_infix(v[n - 1].kind))
        return n - 1;
    if (n == 0 || v[n - 1].kind == QUERY_TOKEN_OPEN)
        v[n++] = *gap;
    return n;
}

/* A token behind the mark of a gap. */
static size_t
put_behind_gap(struct query_token *v, size_t n, struct query_token *t)
{
    struct query_token gap = v[--n];

    if (is_infix(t->kind)) {
        if (t->kind != QUERY_TOKEN_BUT)
            return n;
        t->kind = QUERY_TOKEN_NOT;
    } else if (t->kind == QUERY_TOKEN_CLOSE && n > 0) {
        return put_gap(v, n - 1, &gap);
    }
    v[n] = *t;
    return n + 1;
}

/* Take out what stands around operands that are left out; these are an END
 * each. */
static void
close_gaps(struct query_tokens *tokens)
{
    struct query_token *v = tokens->v;
    size_t n = 0;

    for (size_t i = 0; i < tokens->n; i++) {
        struct query_token t = v[i];

        if (t.kind == QUERY_TOKEN_END)
            n = put_gap(v, n, &t);
        else if (n > 0 && v[n - 1].kind == QUERY_TOKEN_END)
            n = put_behind_gap(v, n, &t);
        else
            v[n++] = t;
    }
    if (n > 0 && v[n - 1].kind == QUERY_TOKEN_END)
        n--;
    tokens->n = n;
}

/* ---- brackets ----------------------------------------------------------- */

/* Whether a token may be in a group of words alone. */
static bool
is_plain(enum query_token_kind kind)
{
    return kind == QUERY_TOKEN_OR || kind == QUERY_TOKEN_NEAR ||
           kind == QUERY_TOKEN_OPEN || kind == QUERY_TOKEN_CLOSE ||
           kind == QUERY_TOKEN_QUOTED || kind == QUERY_TOKEN_WORD;
}

/* Brackets that are open at the end are closed there. */
static void
close_open(struct finishing *f, const size_t *open, size_t n)
{
    while (n > 0) {
        size_t i = open[--n];

        if (i + 1 == f->n)
            continue; /* nothing is in it: operators.h tells */
        note_add(f->from->notes, f->in[i].span,
                 "this bracket has no partner and is closed at the end");
        f->in[i].soft = true; /* its partner is none of the tokens */
        f->partner[i] = f->n - 1;
        f->closes[f->n - 1]++;
    }
}

static bool
match(struct finishing *f)
{
    size_t *open = arena_zero(f->from->arena, f->n + 1, sizeof *open), n = 0;

    if (!open)
        return false;
    for (size_t i = 0; i < f->n; i++) {
        enum query_token_kind kind = f->in[i].kind;

        f->partner[i] = f->n;
        if (kind == QUERY_TOKEN_OPEN) {
            f->plain[i] =
                i == 0 || (f->in[i - 1].kind != QUERY_TOKEN_FIELD &&
                           f->in[i - 1].kind != QUERY_TOKEN_FUNCTION);
            open[n++] = i;
        } else if (kind == QUERY_TOKEN_CLOSE && n > 0) {
            size_t o = open[--n];

            f->partner[o] = i;
            f->plain[i] = f->plain[o];
            if (n > 0 && !f->plain[o])
                f->plain[open[n - 1]] = false;
        } else if (n > 0 && !is_plain(kind)) {
            f->plain[open[n - 1]] = false;
        }
    }
    close_open(f, open, n);
    return true;
}

/* ---- what is put -------------------------------------------------------- */

static struct query_token *
put(struct finishing *f, const struct query_token *t)
{
    struct query_token *to = lexer_add(&f->to, t->kind, t->span.start);

    *to = *t;
    to->soft = false;
    return to;
}

static void
put_kind(struct finishing *f, enum query_token_kind kind,
         struct morgue_span span)
{
    const struct query_token t = {
        .kind = kind, .span = span, .suffix = QUERY_SUFFIX_NONE};

    (void)put(f, &t);
}

/* What stands between an operand and the next one, where nothing was typed:
 * words are a phrase, anything else has to be there as well. */
static void
put_joint(struct finishing *f, size_t start, bool plain)
{
    struct query_token joint = {.kind = QUERY_TOKEN_AND,
                                .span = {start, start},
                                .suffix = QUERY_SUFFIX_NONE};

    if (f->left && f->rules->phrase && f->value_end == 0) {
        if (plain && f->left_plain) {
            joint.kind = QUERY_TOKEN_NEAR;
            joint.reach = (struct reach){
                .unit = REACH_POSITIONS, .n = 1, .ordered = true};
        }
        (void)put(f, &joint);
    }
    f->left = false;
}

/* ---- words -------------------------------------------------------------- */

/* Whether ours reads the word as it stands. */
static bool
is_safe(struct morgue_str word)
{
    size_t letters = 0;
    bool noted = false;

    while (letters < word.len && is_alpha(word.s[letters]))
        letters++;
    return letters == word.len || (lexer_is_word(word, &noted) && !noted);
}

/* A text without what would end a quotation. */
static struct morgue_str
without_quotes(struct lexer *l, struct morgue_str s)
{
    struct morgue_str copy = s;
    size_t i = 0;

    while (i < s.len && lexer_quote_at(s, i) == 0)
        i++;
    if (i == s.len)
        return s;
    copy = dialect_copy(l, s);
    for (i = 0; i < copy.len;) {
        size_t len = lexer_quote_at(copy, i);

        memset((char *)copy.s + i, ' ', len);
        i += len > 0 ? len : 1;
    }
    return copy;
}

/* A word or something quoted, in one spelling. */
static void
put_text(struct finishing *f, const struct query_token *t, bool exact)
{
    bool value = f->value_end > 0, word = t->kind == QUERY_TOKEN_WORD;
    struct query_token *to;

    if (exact && word && !value && !memchr(t->text.s, '?', t->text.len) &&
        !memchr(t->text.s, '*', t->text.len) && is_safe(t->text))
        put_kind(f, QUERY_TOKEN_EQUALS, t->span);
    to = put(f, t);
    if (word && !value && !is_safe(t->text)) {
        to->kind = QUERY_TOKEN_QUOTED;
        if (to->suffix.edits != EDITS_NO)
            note_add(f->from->notes, t->span,
                     "this cannot have edits and is looked for as written");
        to->suffix.edits = EDITS_NO;
    }
    if (to->kind == QUERY_TOKEN_QUOTED || value)
        to->text = without_quotes(f->from, to->text);
}

/* How many letters may be left out, one choice for each run of them. */
static size_t
variants_of(struct morgue_str s)
{
    size_t all = 1, run = 0;

    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.s[i] == DIALECT_OPTIONAL) {
            run++;
            continue;
        }
        all = all > VARIANTS_MAX ? all : all * (run + 1);
        run = 0;
    }
    return all;
}

/* The text where of each run as many letters are there as `which` says; all
 * runs as *, where that is SIZE_MAX. */
static struct morgue_str
variant(struct finishing *f, struct morgue_str s, size_t which)
{
    struct morgue_str out = dialect_copy(f->from, s);
    char *p = (char *)out.s;
    size_t len = 0;

    for (size_t i = 0; i < out.len;) {
        size_t run = 0, n;

        while (i + run < s.len && s.s[i + run] == DIALECT_OPTIONAL)
            run++;
        if (run == 0) {
            p[len++] = s.s[i++];
            continue;
        }
        n = which == SIZE_MAX ? 1 : which % (run + 1);
        memset(p + len, which == SIZE_MAX ? '*' : '?', n);
        len += n;
        which = which == SIZE_MAX ? which : which / (run + 1);
        i += run;
    }
    out.len = len;
    return out;
}

/* A word, or something quoted, in all of its spellings. */
static void
put_variants(struct finishing *f, const struct query_token *t)
{
    size_t n = variants_of(t->text);
    struct query_token one = *t;

    if (n == 1) {
        put_text(f, t, t->soft);
        return;
    }
    if (n > VARIANTS_MAX) {
        note_add(f->from->notes, t->span,
                 "so many spellings are read as any letters");
        one.text = variant(f, t->text, SIZE_MAX);
        put_text(f, &one, false);
        return;
    }
    put_kind(f, QUERY_TOKEN_OPEN, t->span);
    for (size_t i = 0; i < n && !f->to.status && !f->from->status; i++) {
        if (i > 0)
            put_kind(f, QUERY_TOKEN_OR, t->span);
        one.text = variant(f, t->text, i);
        put_text(f, &one, true);
    }
    put_kind(f, QUERY_TOKEN_CLOSE, t->span);
}

/* ---- runs of words ------------------------------------------------------ */

static bool
is_text(const struct query_token *t)
{
    return t->kind == QUERY_TOKEN_WORD || t->kind == QUERY_TOKEN_QUOTED;
}

/* Whether a text can be a part of a longer one; soft: as written. */
static bool
joins(const struct query_token *t)
{
    return is_text(t) && t->suffix.weight < 0 && t->suffix.edits == EDITS_NO &&
           t->suffix.slop == 0 && !t->soft;
}

/* Whether it is a sign by itself. */
static bool
is_dropped(const struct finishing *f, const struct query_token *t)
{
    return t->kind == QUERY_TOKEN_WORD && f->value_end == 0 &&
           lexer_is_punctuation(t->text) && !(t->text.len > 0 && t->soft) &&
           variants_of(t->text) == 1;
}

/* Where the run of texts that begins at `i` ends. */
static size_t
run_end(const struct finishing *f, size_t i)
{
    size_t end = i + 1;

    if (!(f->rules->phrase || f->value_end > 0) || !joins(&f->in[i]))
        return end;
    while (end < f->n && (f->value_end == 0 || end < f->value_end) &&
           joins(&f->in[end]) && f->in[end - 1].n == 0 &&
           f->closes[end - 1] == 0)
        end++;
    return end;
}

/* The texts from `i` to `end` with spaces between. */
static struct morgue_str
run_text(struct finishing *f, size_t i, size_t end)
{
    size_t len = 0;
    char *p;

    for (size_t k = i; k < end; k++)
        len += f->in[k].text.len + 1;
    p = arena_alloc(f->from->arena, len);
    if (!p) {
        f->from->status = error_nomem(f->from->err);
        return STR("");
    }
    len = 0;
    for (size_t k = i; k < end; k++) {
        struct morgue_str s = f->in[k].text;

        if (is_dropped(f, &f->in[k]) || s.len == 0)
            continue;
        if (len > 0)
            p[len++] = ' ';
        memcpy(p + len, s.s, s.len);
        len += s.len;
    }
    return str_slice(p, len);
}

/* Put a function of ours before what has one behind it. */
static void
put_function(struct finishing *f, const struct query_token *t)
{
    struct query_token function = {.kind = QUERY_TOKEN_FUNCTION,
                                   .span = t->span,
                                   .function = t->function,
                                   .n = t->n,
                                   .suffix = QUERY_SUFFIX_NONE};

    (void)put(f, &function);
}

/* The run at `i`; where it ends. */
static size_t
put_run(struct finishing *f, size_t i)
{
    size_t end = run_end(f, i), words = 0, only = i;
    struct query_token t;

    for (size_t k = i; k < end; k++)
        if (!is_dropped(f, &f->in[k])) {
            words++;
            only = k;
        }
    if (words == 0)
        return end;
    t = f->in[only];
    t.span =
        (struct morgue_span){f->in[i].span.start, f->in[end - 1].span.end};
    if (words > 1) {
        t.kind = QUERY_TOKEN_QUOTED;
        t.text = run_text(f, i, end);
    }
    t.n = f->in[end - 1].n;
    t.function = f->in[end - 1].function;
    put_joint(f, t.span.start, t.n == 0);
    if (t.n > 0) {
        put_function(f, &t);
        put_kind(f, QUERY_TOKEN_OPEN, t.span);
    }
    put_variants(f, &t);
    if (t.n > 0)
        put_kind(f, QUERY_TOKEN_CLOSE, t.span);
    f->left = true;
    f->left_plain = t.n == 0;
    return end;
}

/* ---- all ---------------------------------------------------------------- */

/* Where the operand that begins at `i` ends; i: none does. */
static size_t
operand_end(const struct finishing *f, size_t i)
{
    if (i < f->n && is_text(&f->in[i]))
        return run_end(f, i);
    if (i < f->n && f->in[i].kind == QUERY_TOKEN_OPEN && f->partner[i] < f->n)
        return f->partner[i] + 1;
    return i;
}

/* What the field or function at `i` is for gets brackets, if it is more than
 * one word and has none. */
static void
put_wide(struct finishing *f, size_t i)
{
    size_t first = operand_end(f, i + 1), end = first;
    bool function = f->in[i].kind == QUERY_TOKEN_FUNCTION;

    if (end == i + 1)
        return;
    while (f->rules->wide_fields && end < f->n &&
           f->in[end].kind == QUERY_TOKEN_NEAR &&
           operand_end(f, end + 1) > end + 1)
        end = operand_end(f, end + 1);
    if (end == first && (!function || f->in[i + 1].kind == QUERY_TOKEN_OPEN))
        return;
    put_kind(f, QUERY_TOKEN_OPEN, f->in[i].span);
    f->closes[end - 1]++;
    f->left_plain = false;
}

/* What stands before an operand. */
static void
put_before(struct finishing *f, size_t i)
{
    const struct query_token *t = &f->in[i];
    bool field = t->kind == QUERY_TOKEN_FIELD;

    put_joint(f, t->span.start, false);
    (void)put(f, t);
    if (field && t->name->kind != NAME_WORDS && f->value_end == 0)
        f->value_end = operand_end(f, i + 1);
    if (field || t->kind == QUERY_TOKEN_FUNCTION)
        put_wide(f, i);
}

static void
put_open(struct finishing *f, size_t i)
{
    size_t close = f->partner[i];
    const struct query_token *end = close < f->n ? &f->in[close] : NULL;
    bool called = i > 0 && (f->in[i - 1].kind == QUERY_TOKEN_FIELD ||
                            f->in[i - 1].kind == QUERY_TOKEN_FUNCTION);

    if (end && !f->in[i].soft && end->n > 0 && !called) {
        put_joint(f, f->in[i].span.start, false);
        put_function(f, end);
    } else {
        put_joint(f, f->in[i].span.start, f->plain[i]);
    }
    (void)put(f, &f->in[i]);
}

/* The token at `i`, and what it takes with it; where the next is. */
static size_t
put_token(struct finishing *f, size_t i)
{
    const struct query_token *t = &f->in[i];

    if (f->value_end > 0 && i >= f->value_end)
        f->value_end = 0;
    switch (t->kind) {
    case QUERY_TOKEN_WORD:
    case QUERY_TOKEN_QUOTED:
        return put_run(f, i);
    case QUERY_TOKEN_OPEN:
        put_open(f, i);
        return i + 1;
    case QUERY_TOKEN_CLOSE:
        (void)put(f, t);
        f->left = true;
        f->left_plain = f->plain[i] && t->n == 0;
        return i + 1;
    case QUERY_TOKEN_FIELD:
    case QUERY_TOKEN_FUNCTION:
    case QUERY_TOKEN_NOT:
    case QUERY_TOKEN_MINUS:
    case QUERY_TOKEN_PLUS:
    case QUERY_TOKEN_EQUALS:
        put_before(f, i);
        return i + 1;
    default:
        (void)put(f, t);
        f->left = false;
        return i + 1;
    }
}

static void
put_closes(struct finishing *f, size_t i)
{
    for (; f->closes[i] > 0; f->closes[i]--) {
        size_t end = f->in[i].span.end;

        put_kind(f, QUERY_TOKEN_CLOSE, (struct morgue_span){end, end});
        f->left_plain = false;
    }
}

enum morgue_status
dialect_finish(struct lexer *l, const struct dialect_rules *rules)
{
    struct finishing f = {.from = l, .rules = rules, .in = l->out->v};
    size_t n = l->out->n + 1;

    close_gaps(l->out);
    f.n = l->out->n;
    f.partner = arena_zero(l->arena, n, sizeof *f.partner);
    f.closes = arena_zero(l->arena, n, sizeof *f.closes);
    f.plain = arena_zero(l->arena, n, sizeof *f.plain);
    lexer_start(&f.to, &f.done, l->arena, l->text, l->notes, l->err);
    f.to.at = l->text.len;
    if (!l->status && (!f.partner || !f.closes || !f.plain || !match(&f)))
        l->status = error_nomem(l->err);
    for (size_t i = 0; i < f.n && !l->status && !f.to.status;) {
        size_t next = put_token(&f, i);

        put_closes(&f, next - 1);
        i = next;
    }
    if (!l->status)
        l->status = lexer_end(&f.to);
    *l->out = f.done;
    return l->status;
}

/* ---- languages ---------------------------------------------------------- */

/* Names of languages, for which ours has codes. */
static const struct {
    const char *name, *code;
} languages[] = {
    {"arabic", "ar"},    {"bulgarian", "bg"},  {"catalan", "ca"},
    {"chinese", "zh"},   {"czech", "cs"},      {"danish", "da"},
    {"dutch", "nl"},     {"english", "en"},    {"finnish", "fi"},
    {"french", "fr"},    {"german", "de"},     {"greek", "el"},
    {"hungarian", "hu"}, {"indonesian", "id"}, {"italian", "it"},
    {"japanese", "ja"},  {"korean", "ko"},     {"malay", "ms"},
    {"norwegian", "no"}, {"polish", "pl"},     {"portuguese", "pt"},
    {"romanian", "ro"},  {"russian", "ru"},    {"slovak", "sk"},
    {"spanish", "es"},   {"swedish", "sv"},    {"thai", "th"},
    {"turkish", "tr"},   {"ukrainian", "uk"},  {"vietnamese", "vi"},
};

/* Names of languages become codes, behind lang: of ours. */
static void
name_languages(struct query_tokens *tokens)
{
    bool asked = false;
    size_t depth = 0;

    for (size_t i = 0; i < tokens->n; i++) {
        struct query_token *t = &tokens->v[i];

        if (t->kind == QUERY_TOKEN_FIELD) {
            asked = t->name && strcmp(t->name->name, "lang") == 0;
            depth = 0;
        } else if (t->kind == QUERY_TOKEN_OPEN) {
            depth++;
        } else if (t->kind == QUERY_TOKEN_CLOSE) {
            depth -= depth > 0;
            asked = asked && depth > 0;
        } else if (asked && (t->kind == QUERY_TOKEN_WORD ||
                             t->kind == QUERY_TOKEN_QUOTED)) {
            for (size_t k = 0; k < sizeof languages / sizeof *languages; k++)
                if (str_eq_nocase(t->text, str_of(languages[k].name)))
                    t->text = str_of(languages[k].code);
            asked = depth > 0;
        }
    }
}

/* ---- both --------------------------------------------------------------- */

enum morgue_status
dialect_lex(const struct dialect_rules *rules, struct query_tokens *out,
            struct arena *arena, struct morgue_str text,
            struct query_notes *notes, struct morgue_error *err)
{
    struct lexer l;

    lexer_start(&l, out, arena, text, notes, err);
    dialect_scan(&l, rules);
    if (!l.status)
        name_languages(l.out);
    return dialect_finish(&l, rules);
}
