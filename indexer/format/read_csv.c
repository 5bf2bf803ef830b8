/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_csv.c - articles as rows of a table (RFC 4180 and its kin)
 *
 *     id,headline,text,published
 *     7,"Bridge ""stays""","The council
 *     voted yes.",1934-05-03
 *
 * The first row has the names of the columns, which mean what they do in JSON
 * (key_table.c, the user's map); a column without a name is passed over, one
 * whose name is not known goes to the extra lines.  Cells are parted by the
 * one of , ; TAB | with which the first row has names that we know.  A cell
 * in quotes may have them doubled, and line ends; a quote within another cell
 * is itself.  Rows end in LF or CRLF; empty ones are passed over.  In cells of
 * fields with many values ";" parts them, but where it parts cells.
 *
 * A row with more or fewer cells than names, or a quote that is not closed
 * within CELL_MAX bytes, or that closes before the cell ends, is a failure;
 * what follows is read from the next line on.  Each byte is looked at about
 * once: a cell that breaks does so at its second quote.
 *
 * It is a table of articles where a column is a title, a text or an address
 * and another is known, too, or the rows that follow have as many cells.
 * Another table is none of articles and is reported as such; it is told, from
 * prose with commas, by TABLE_ROWS rows of as many cells.
 */
#include <stdio.h>

#include "../keys/keyed.h"
#include "../reading/format.h"

enum {
    COLUMNS_MAX = 500,
    CELL_MAX = 16 * 1024 * 1024,
    NAME_WORDS_MAX = 4, /* in the name of a column */
    TABLE_ROWS = 4
};

static const char delimiters[] = ",;\t|";

/* A row: where its cells are in the text. */
struct csv_row {
    struct morgue_str cell[COLUMNS_MAX];
    size_t n;   /* cells, of which COLUMNS_MAX are kept */
    size_t len; /* bytes, with the line end; 0: the text ends before the row */
    const char *wrong;
};

/* ---- rows --------------------------------------------------------------- */

static void
add_cell(struct csv_row *row, const char *s, size_t len)
{
    if (row->n < COLUMNS_MAX)
        row->cell[row->n] = str_slice(s, len);
    row->n++;
}

/* The cell in quotes that begins at `at`, with its quotes; its end, or NULL
 * where the text ends before. */
static const char *
quoted_end(const char *at, const char *end)
{
    for (at++; (at = memchr(at, '"', (size_t)(end - at))); at += 2) {
        if (at + 1 == end || at[1] != '"')
            return at + 1;
        if (at + 2 == end)
            return NULL;
    }
    return NULL;
}

static const char *
plain_end(const char *at, const char *end, char delimiter)
{
    while (at < end && *at != delimiter && *at != '\n')
        at++;
    return at;
}

/* Cut the next row off `s`.  `last`: nothing comes behind it. */
static void
cut_row(struct csv_row *row, struct morgue_str s, char delimiter, bool last)
{
    const char *at = s.s, *end = s.s + s.len;

    row->n = row->len = 0;
    row->wrong = NULL;
    for (;; at++) {
        const char *from = at;
        bool quoted = at < end && *at == '"';
        size_t len;

        at = quoted ? quoted_end(at, end) : plain_end(at, end, delimiter);
        if (quoted && (!at || at - from > CELL_MAX)) {
            if (last || end - from > CELL_MAX)
                row->wrong = "a quote that is not closed";
            return;
        }
        if (at == end && !last)
            return;
        len = (size_t)(at - from);
        if (len > 0 && from[len - 1] == '\r' && !quoted)
            len--;
        if (quoted && at < end && *at == '\r' &&
            (at + 1 == end || at[1] == '\n'))
            at++;
        if (at == end && !last)
            return;
        add_cell(row, from, len);
        if (at == end || *at == '\n')
            break;
        if (*at != delimiter) {
            row->wrong = "a quote that closes within a cell";
            return;
        }
    }
    row->len = (size_t)(at - s.s) + (at < end);
}

static bool
is_empty(const struct csv_row *row)
{
    return row->n == 1 && str_trim(row->cell[0]).len == 0;
}

/* What a cell says, without its quotes; changed in place. */
static struct morgue_str
cell_text(struct morgue_str cell)
{
    const char *at, *end;
    char *to = (char *)cell.s;

    if (cell.len < 2 || cell.s[0] != '"')
        return cell;
    at = cell.s + 1;
    end = cell.s + cell.len - 1;
    for (;;) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        size_t len = (size_t)((quote ? quote + 1 : end) - at);

        memmove(to, at, len);
        to += len;
        if (!quote)
            break;
        at = quote + 2; /* it is doubled */
    }
    return str_slice(cell.s, (size_t)(to - cell.s));
}

/* ---- which table -------------------------------------------------------- */

/* The name in a cell of the first row, without quotes. */
static struct morgue_str
name_of(struct morgue_str cell)
{
    if (cell.len >= 2 && cell.s[0] == '"')
        cell = str_slice(cell.s + 1, cell.len - 2);
    return str_trim(cell);
}

/* Whether it may be the name of a column: a few words. */
static bool
is_name(struct morgue_str name)
{
    int words = 1;

    for (size_t i = 0; i < name.len; i++) {
        words += name.s[i] == ' ';
        if (name.s[i] == '\n' || name.s[i] == '"')
            return false;
    }
    return name.len <= KEY_MAX && words <= NAME_WORDS_MAX;
}

/* How many rows, up to TABLE_ROWS, have as many cells as the first. */
static int
even_rows(struct morgue_str s, char delimiter, size_t cells, size_t from)
{
    struct csv_row row;
    int rows = 1;

    for (; rows < TABLE_ROWS; rows++) {
        s = str_slice(s.s + from, s.len - from);
        if (s.len == 0)
            break;
        cut_row(&row, s, delimiter, true);
        if (row.n != cells || row.wrong)
            break;
        from = row.len;
    }
    return rows;
}

/* What a text with this delimiter is. */
enum csv_table { NO_TABLE, OTHER_TABLE, ARTICLES };

static enum csv_table
table_with(struct morgue_str s, const struct key_map *map, char delimiter)
{
    struct csv_row row;
    size_t known = 0, text = 0, kept;
    int rows;

    cut_row(&row, s, delimiter, true);
    if (row.wrong || row.n < 2 || row.n > COLUMNS_MAX)
        return NO_TABLE;
    for (size_t i = 0; i < row.n; i++) {
        struct morgue_str name = name_of(row.cell[i]);
        struct meaning m = key_means(map, name);

        if (!is_name(name))
            return NO_TABLE;
        known += m.field <= FIELD_N;
        text += m.field == FIELD_BODY || m.field == FIELD_URL ||
                (m.field == FIELD_TITLE && !str_eq_nocase(name, STR("name")));
    }
    kept = row.n;
    if (text > 0 && known > 1)
        return ARTICLES;
    rows = even_rows(s, delimiter, kept, row.len);
    if (text > 0 && rows > 2)
        return ARTICLES;
    return rows == TABLE_ROWS && kept > 2 ? OTHER_TABLE : NO_TABLE;
}

/* The delimiter of the table that the text is; *out what it is. */
static char
tell_table(enum csv_table *out, struct morgue_str s, const struct key_map *map)
{
    char found = 0;

    *out = NO_TABLE;
    for (const char *d = delimiters; *d && *out != ARTICLES; d++) {
        enum csv_table t = table_with(s, map, *d);

        if (t > *out) {
            *out = t;
            found = *d;
        }
    }
    return found;
}

static bool
looks_like_table(struct morgue_str text, const struct key_map *map)
{
    enum csv_table t;

    tell_table(&t, text, map);
    return t != NO_TABLE;
}

/* ---- reading ------------------------------------------------------------ */

struct table_reader {
    struct reading *r;
    char delimiter;
    struct morgue_str name[COLUMNS_MAX];
    size_t columns;
    struct arena names;
    struct csv_row row;
};

/* Have the next row in the window, whole but where the file ends. */
static enum morgue_status
next_row(struct table_reader *t, struct morgue_error *err)
{
    struct input *in = &t->r->in;
    enum morgue_status st = input_need(in, FORMAT_PROBE, err);

    while (!st) {
        size_t len = input_view(in).len;

        cut_row(&t->row, input_view(in), t->delimiter, in->ended);
        if (t->row.len > 0 || t->row.wrong || in->ended || len > RECORD_MAX)
            break;
        st = input_need(in, len * 2, err);
    }
    return st;
}

/* Pass over the line that the window begins with. */
static void
drop_line(struct input *in)
{
    struct morgue_str v = input_view(in);
    const char *end = memchr(v.s, '\n', v.len);

    input_take(in, end ? (size_t)(end - v.s) + 1 : v.len);
}

static enum morgue_status
row_failed(struct table_reader *t, struct morgue_error *err)
{
    struct input *in = &t->r->in;
    uint64_t line = in->line;
    char reason[100];

    if (t->row.len == 0) {
        drop_line(in);
        return reading_failed(
            t->r, line, t->row.wrong ? t->row.wrong : "longer than 256 MB",
            err);
    }
    snprintf(reason, sizeof reason, "%zu cells instead of %zu", t->row.n,
             t->columns);
    input_take(in, t->row.len);
    return reading_failed(t->r, line, reason, err);
}

static enum morgue_status
read_row(struct table_reader *t, struct morgue_error *err)
{
    struct keyed k;
    enum morgue_status st = MORGUE_OK;

    keyed_begin(&k, t->r);
    for (size_t i = 0; i < t->columns && !st; i++) {
        struct morgue_str value = cell_text(t->row.cell[i]);

        if (t->name[i].len == 0)
            continue;
        st = t->delimiter == ';' ? keyed_add(&k, t->name[i], value, false, err)
                                 : keyed_add_list(&k, t->name[i], value, err);
    }
    input_take(&t->r->in, t->row.len);
    return st ? st : keyed_end(&k, 0, err);
}

static enum morgue_status
read_names(struct table_reader *t, struct morgue_error *err)
{
    enum morgue_status st = next_row(t, err);

    if (st)
        return st;
    t->columns = t->row.n < COLUMNS_MAX ? t->row.n : COLUMNS_MAX;
    for (size_t i = 0; i < t->columns; i++)
        if (!arena_str(&t->names, name_of(t->row.cell[i]), &t->name[i]))
            return error_nomem(err);
    input_take(&t->r->in, t->row.len);
    return MORGUE_OK;
}

/* Whether the row goes to the end of the file without a line end. */
static bool
is_last(const struct table_reader *t)
{
    struct morgue_str v = input_view(&t->r->in);

    return t->row.len == 0 || (t->row.len == v.len && v.s[v.len - 1] != '\n');
}

static enum morgue_status
read_rows(struct table_reader *t, struct morgue_error *err)
{
    struct input *in = &t->r->in;
    enum morgue_status st = read_names(t, err);

    t->r->unsure = true;
    while (!st) {
        st = next_row(t, err);
        if (st || input_view(in).len == 0)
            break;
        if (in->broken && is_last(t))
            break; /* it is not whole: the break is reported */
        if (t->row.len > 0 && is_empty(&t->row))
            input_take(in, t->row.len);
        else if (t->row.len == 0 || t->row.n != t->columns)
            st = row_failed(t, err);
        else
            st = read_row(t, err);
    }
    return st;
}

static enum morgue_status
read_csv(struct reading *r, struct morgue_error *err)
{
    struct table_reader t = {.r = r};
    struct morgue_str head;
    enum csv_table kind;
    enum morgue_status st = input_need(&r->in, FORMAT_PROBE, err);

    if (st)
        return st;
    head = input_view(&r->in);
    if (head.len > FORMAT_PROBE)
        head.len = FORMAT_PROBE;
    t.delimiter = tell_table(&kind, head, r->map);
    if (kind != ARTICLES)
        return reading_broken(
            r, MORGUE_FAILED,
            kind == NO_TABLE
                ? "does not begin with the names of columns"
                : "is a table in which no column is known for titles, texts "
                  "or addresses; a map can name them",
            err);
    arena_init(&t.names, FORMAT_PROBE * 4);
    st = read_rows(&t, err);
    arena_free(&t.names);
    return st;
}

/* By our own names of columns. */
static bool
looks_like_csv(struct morgue_str head)
{
    return looks_like_table(head, NULL);
}

const struct format format_csv = {
    .name = "csv",
    .what = "tables: comma, semicolon, tab, |",
    .many = true,
    .plain = true,
    .tell_by_map = looks_like_table,
    .tell = looks_like_csv,
    .read = read_csv,
};
