/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mail_text.c - format=flowed (RFC 3676) and text/enriched (RFC 1896)
 *
 * Flowed: a line that ends in a space goes on in the next one of the same
 * depth of ">"; a space that a line begins with was put there.  Two things are
 * not as the RFC has them:
 *
 *   - An empty line ends a paragraph and stays, even behind a line that goes
 *     on, as programs write it.
 *   - With delsp=yes, a space at the beginning of a line that goes on another
 *     belongs to the text where nothing called for one (RFC 3676, 4.4: before
 *     a space, ">" or "From ") and not all lines have one: programs that break
 *     before the space write it so.
 *
 * Cost is linear.
 */
#include "mail_text.h"

/* ---- flowed ------------------------------------------------------------- */

struct flowed_line {
    size_t depth; /* of ">" before it */
    struct morgue_str text;
    bool stuffed; /* a space before it was taken away */
};

static struct flowed_line
cut_line(struct morgue_str line)
{
    struct flowed_line f = {0};

    while (f.depth < line.len && line.s[f.depth] == '>')
        f.depth++;
    f.text = str_slice(line.s + f.depth, line.len - f.depth);
    f.stuffed = str_starts(f.text, STR(" "));
    if (f.stuffed)
        f.text = str_slice(f.text.s + 1, f.text.len - 1);
    return f;
}

/* Whether every line has a space before it. */
static bool
all_stuffed(struct morgue_str text)
{
    struct morgue_str line;

    while (str_line(&text, &line))
        if (line.len > 0 && line.s[0] != ' ')
            return false;
    return true;
}

/* Whether a line had to have a space put before it. */
static bool
needs_stuffing(struct morgue_str text)
{
    return text.len == 0 || text.s[0] == ' ' || text.s[0] == '>' ||
           str_starts(text, STR("From "));
}

void
mail_flowed(struct buf *out, struct morgue_str text, bool delsp)
{
    bool keep = delsp && !all_stuffed(text), open = false, any = false;
    struct morgue_str line;
    size_t depth = 0;

    while (str_line(&text, &line)) {
        struct flowed_line f = cut_line(line);
        bool signature = str_eq(f.text, STR("-- "));

        if (open && f.depth == depth && !signature && f.text.len > 0) {
            if (keep && depth == 0 && f.stuffed && !needs_stuffing(f.text))
                buf_char(out, ' ');
        } else {
            if (any)
                buf_char(out, '\n');
            for (size_t i = 0; i < f.depth; i++)
                buf_char(out, '>');
            if (f.depth > 0)
                buf_char(out, ' ');
        }
        any = true;
        depth = f.depth;
        open = !signature && f.text.len > 0 && f.text.s[f.text.len - 1] == ' ';
        f.text.len -= open && delsp;
        buf_str(out, f.text);
    }
}

/* ---- enriched ----------------------------------------------------------- */

void
mail_enriched(struct buf *out, struct morgue_str text)
{
    size_t hidden = 0, lines = 0;

    for (size_t i = 0; i < text.len; i++) {
        struct morgue_str rest = str_slice(text.s + i, text.len - i);
        const char *end;

        if (rest.s[0] == '\r')
            continue;
        if (rest.s[0] == '\n') { /* one is a space, n are n - 1 */
            lines++;
            continue;
        }
        if (lines == 1)
            buf_char(out, ' ');
        for (; lines > 1; lines--)
            buf_char(out, '\n');
        lines = 0;
        end = rest.s[0] == '<' ? memchr(rest.s, '>', rest.len) : NULL;
        if (str_starts(rest, STR("<<"))) {
            buf_char(out, '<');
            i++;
        } else if (end && end - rest.s < 64) {
            hidden += str_starts_nocase(rest, STR("<param>"));
            hidden -= hidden > 0 && str_starts_nocase(rest, STR("</param>"));
            i += (size_t)(end - rest.s);
        } else if (hidden == 0) {
            buf_char(out, rest.s[0]);
        }
    }
}
