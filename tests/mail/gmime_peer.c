/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gmime_peer.c - messages as GMime 3 reads them, for differential.py
 *
 *     cc gmime_peer.c $(pkg-config --cflags --libs gmime-3.0)
 *     gmime_peer FILE...
 *
 * A line of JSON for each file: title, author, id, and body, a list of
 * [type, text] of the parts that an article would have.
 */
#include <gmime/gmime.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void
put_json(const char *s)
{
    putchar('"');
    for (; s && *s; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < ' ')
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static int people; /* printed so far */

static void
put_people(InternetAddressList *list)
{
    for (int i = 0; list && i < internet_address_list_length(list); i++) {
        InternetAddress *a = internet_address_list_get_address(list, i);
        const char *name = internet_address_get_name(a);

        if (INTERNET_ADDRESS_IS_GROUP(a)) {
            put_people(
                internet_address_group_get_members(INTERNET_ADDRESS_GROUP(a)));
            continue;
        }
        if (people++ > 0)
            fputs(", ", stdout);
        put_json(name && *name ? name
                               : internet_address_mailbox_get_addr(
                                     INTERNET_ADDRESS_MAILBOX(a)));
    }
}

static int parts; /* printed so far */

/* Print a part that is text; whether there was any. */
static bool
put_text(GMimeObject *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part)), *name;
    bool any = text && text[strspn(text, " \r\n\t")] != '\0';

    name = g_mime_content_type_get_mime_type(type);
    if (any) {
        fputs(parts++ > 0 ? ", [" : "[", stdout);
        put_json(name);
        fputs(", ", stdout);
        /* What is not UTF-8 was not converted. */
        put_json(g_utf8_validate(text, -1, NULL) ? text : "not converted");
        putchar(']');
    }
    g_free(text);
    g_free(name);
    return any;
}

static bool
put_part(GMimeObject *part, bool top)
{
    const char *disposition = g_mime_object_get_disposition(part);
    bool any = false;

    if (!top && disposition && strcmp(disposition, "attachment") == 0)
        return false;
    if (GMIME_IS_TEXT_PART(part))
        return put_text(part);
    if (!GMIME_IS_MULTIPART(part))
        return false;
    for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(part));
         i++) {
        any |= put_part(g_mime_multipart_get_part(GMIME_MULTIPART(part), i),
                        false);
        if (any &&
            g_mime_content_type_is_type(g_mime_object_get_content_type(part),
                                        "multipart", "alternative"))
            break;
    }
    return any;
}

static bool
show(const char *path)
{
    GMimeStream *stream = g_mime_stream_file_open(path, "r", NULL);
    GMimeParser *parser;
    GMimeMessage *m;

    if (!stream)
        return false;
    parser = g_mime_parser_new_with_stream(stream);
    m = g_mime_parser_construct_message(parser, NULL);
    if (m) {
        people = parts = 0;
        fputs("{\"title\": ", stdout);
        put_json(g_mime_message_get_subject(m));
        fputs(", \"author\": [", stdout);
        put_people(g_mime_message_get_from(m));
        fputs("], \"id\": ", stdout);
        put_json(g_mime_message_get_message_id(m));
        fputs(", \"body\": [", stdout);
        put_part(g_mime_message_get_mime_part(m), true);
        puts("]}");
        g_object_unref(m);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    return m != NULL;
}

int
main(int argc, char **argv)
{
    g_mime_init();
    for (int i = 1; i < argc; i++)
        if (!show(argv[i])) {
            fprintf(stderr, "%s: no message\n", argv[i]);
            return 1;
        }
    return 0;
}
