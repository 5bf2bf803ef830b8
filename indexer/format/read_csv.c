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
 * one of , ; TAB | with which the first row has names that we know, or by that
 * which a line before it names for spreadsheets: `sep=;`.  A cell in quotes
 * may have them doubled, and line ends; a quote within another cell is itself.
 * Rows end in LF or CRLF, or in CR alone where the first one does; empty ones
 * are passed over.  In cells of fields with many values ";" parts them, but
 * where it parts cells.
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

/* What ends a cell, and what a row; before a line feed may be a return. */
struct csv_signs {
    char cell, row;
};

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
plain_end(const char *at, const char *end, struct csv_signs signs)
{
    while (at < end && *at != signs.cell && *at != signs.row)
        at++;
    return at;
}

/* Cut the next row off `s`.  `last`: nothing comes behind it. */
static void
cut_row(struct csv_row *row, struct morgue_str s, struct csv_signs signs,
        bool last)
{
    const char *at = s.s, *end = s.s + s.len;
    bool returns = signs.row == '\n';

    row->n = row->len = 0;
    row->wrong = NULL;
    for (;; at++) {
        const char *from = at;
        bool quoted = at < end && *at == '"';
        size_t len;

        at = quoted ? quoted_end(at, end) : plain_end(at, end, signs);
        if (quoted && (!at || at - from > CELL_MAX)) {
            if (last || end - from > CELL_MAX)
                row->wrong = "a quote that is not closed";
            return;
        }
        if (at == end && !last)
            return;
        len = (size_t)(at - from);
        if (returns && len > 0 && from[len - 1] == '\r' && !quoted)
            len--;
        if (returns && quoted && at < end && *at == '\r' &&
            (at + 1 == end || at[1] == '\n'))
            at++;
        if (at == end && !last)
            return;
        add_cell(row, from, len);
        if (at == end || *at == signs.row)
            break;
        if (*at != signs.cell) {
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
even_rows(struct morgue_str s, struct csv_signs signs, size_t cells,
          size_t from)
{
    struct csv_row row;
    int rows = 1;

    for (; rows < TABLE_ROWS; rows++) {
        s = str_slice(s.s + from, s.len - from);
        if (s.len == 0)
            break;
        cut_row(&row, s, signs, true);
        if (row.n != cells || row.wrong)
            break;
        from = row.len;
    }
    return rows;
}

/* What a text with this delimiter is. */
enum csv_table { NO_TABLE, OTHER_TABLE, ARTICLES };

static enum csv_table
table_with(struct morgue_str s, const struct key_map *map,
           struct csv_signs signs)
{
    struct csv_row row;
    size_t known = 0, text = 0, kept;
    int rows;

    cut_row(&row, s, signs, true);
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
    rows = even_rows(s, signs, kept, row.len);
    if (text > 0 && rows > 2)
        return ARTICLES;
    return rows == TABLE_ROWS && kept > 2 ? OTHER_TABLE : NO_TABLE;
}

/* The line `sep=X`, with its end, that the text begins with, and X; 0: none.
 */
static size_t
separator_line(struct morgue_str s, char *sign)
{
    struct morgue_str rest = s, line;

    if (!str_line(&rest, &line))
        return 0;
    if (line.len == 7 && line.s[0] == '"' && line.s[6] == '"')
        line = str_slice(line.s + 1, 5);
    if (line.len != 5 || !str_starts_nocase(line, STR("sep=")) ||
        is_alpha(line.s[4]) || is_digit(line.s[4]) || (line.s[4] & 0x80) ||
        strchr("\"' =", line.s[4]))
        return 0;
    *sign = line.s[4];
    return s.len - rest.len;
}

/* What the first row ends in. */
static char
row_sign(struct morgue_str s)
{
    bool quoted = false;

    for (size_t i = 0; i < s.len; i++) {
        if (s.s[i] == '"')
            quoted = !quoted;
        else if (s.s[i] == '\n' && !quoted)
            break;
        else if (s.s[i] == '\r' && !quoted)
            return i + 1 < s.len && s.s[i + 1] == '\n' ? '\n' : '\r';
    }
    return '\n';
}

/* The table that the text is: what it is, its signs, and the bytes before its
 * first row. */
struct csv_look {
    enum csv_table table;
    struct csv_signs signs;
    size_t begin;
};

static struct csv_look
tell_table(struct morgue_str s, const struct key_map *map)
{
    struct csv_look look = {.table = NO_TABLE};
    char named[2] = "";
    const char *d = delimiters;
    struct csv_signs signs;

    look.begin = separator_line(s, named);
    if (look.begin > 0)
        d = named;
    s = str_slice(s.s + look.begin, s.len - look.begin);
    signs.row = row_sign(s);
    for (; *d && look.table != ARTICLES; d++) {
        enum csv_table t;

        signs.cell = *d;
        t = table_with(s, map, signs);
        if (t > look.table) {
            look.table = t;
            look.signs = signs;
        }
    }
    return look;
}

static bool
looks_like_table(struct morgue_str text, const struct key_map *map)
{
    return tell_table(text, map).table != NO_TABLE;
}

/* ---- reading ------------------------------------------------------------ */

struct table_reader {
    struct reading *r;
    struct csv_signs signs;
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

        cut_row(&t->row, input_view(in), t->signs, in->ended);
        if (t->row.len > 0 || t->row.wrong || in->ended || len > RECORD_MAX)
            break;
        st = input_need(in, len * 2, err);
    }
    return st;
}

/* Take `n` bytes off the window, which counts lines by their line feeds. */
static void
take(struct table_reader *t, size_t n)
{
    const char *s = input_view(&t->r->in).s;

    for (size_t i = 0; t->signs.row == '\r' && i < n; i++)
        t->r->in.line += s[i] == '\r';
    input_take(&t->r->in, n);
}

/* Pass over the line that the window begins with. */
static void
drop_line(struct table_reader *t)
{
    struct morgue_str v = input_view(&t->r->in);
    const char *end = memchr(v.s, t->signs.row, v.len);

    take(t, end ? (size_t)(end - v.s) + 1 : v.len);
}

static enum morgue_status
row_failed(struct table_reader *t, struct morgue_error *err)
{
    struct input *in = &t->r->in;
    uint64_t line = in->line;
    char reason[100];

    if (t->row.len == 0) {
        drop_line(t);
        return reading_failed(
            t->r, line, t->row.wrong ? t->row.wrong : "longer than 256 MB",
            err);
    }
    snprintf(reason, sizeof reason, "%zu cells instead of %zu", t->row.n,
             t->columns);
    take(t, t->row.len);
    return reading_failed(t->r, line, reason, err);
}

/* Line ends of a cell, where a return is one, become those of texts. */
static void
feed_lines(char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] == '\r' && i + 1 < len && s[i + 1] != '\n')
            s[i] = '\n';
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
        if (t->signs.row == '\r')
            feed_lines((char *)value.s, value.len);
        st = t->signs.cell == ';'
                 ? keyed_add(&k, t->name[i], value, false, err)
                 : keyed_add_list(&k, t->name[i], value, err);
    }
    take(t, t->row.len);
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
    take(t, t->row.len);
    return MORGUE_OK;
}

/* Whether the row goes to the end of the file without a line end. */
static bool
is_last(const struct table_reader *t)
{
    struct morgue_str v = input_view(&t->r->in);

    return t->row.len == 0 ||
           (t->row.len == v.len && v.s[v.len - 1] != t->signs.row);
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
            take(t, t->row.len);
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
    struct csv_look look;
    enum morgue_status st = input_need(&r->in, FORMAT_PROBE, err);

    if (st)
        return st;
    head = input_view(&r->in);
    if (head.len > FORMAT_PROBE)
        head.len = FORMAT_PROBE;
    look = tell_table(head, r->map);
    t.signs = look.signs;
    if (look.table != ARTICLES)
        return reading_broken(
            r, MORGUE_FAILED,
            look.table == NO_TABLE
                ? "does not begin with the names of columns"
                : "is a table in which no column is known for titles, texts "
                  "or addresses; a map can name them",
            err);
    take(&t, look.begin);
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
