/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_source_map.c - tests of maps: what a user says that keys mean
 */
#include "source_help.h"

/* Read the sources that follow with this map. */
static struct key_map *
with_map(struct morgue_str text)
{
    struct key_map *m = NULL;
    struct morgue_error err;

    write_file("map", text);
    CHECK_INT(key_map_read(&m, in_folder("map"), &err), MORGUE_OK);
    map = m;
    return m;
}

static void
drop_map(struct key_map *m)
{
    key_map_free(m);
    map = NULL;
}

static void
json(void)
{
    struct key_map *m = with_map(STR("\xEF\xBB\xBF# where names differ\r\n"
                                     "title = Ueber-Schrift\r\n"
                                     "\r\n"
                                     "  body = doc.inhalt\n"
                                     "body=doc.kurz\n"
                                     "date = doc.meta.wann\n"
                                     "author = leute.wer\n"
                                     "source = \"The \"Halden\" Courier\"\n"
                                     "ignore = intern\n"
                                     "ignore = description\n"
                                     "section = fields.rubrik_x\n"));

    CHECK_STR(
        READ("{\"id\":1,\"ueber_schrift\":\"Sturm\",\"title\":\"no\","
             "\"source\":\"feed\",\"doc\":{\"kurz\":\"Short.\","
             "\"inhalt\":\"<p>Long.</p>\",\"x\":\"y\","
             "\"meta\":{\"wann\":\"1934-05-03\"}},"
             "\"leute\":[{\"wer\":\"By Ada\"},{\"wer\":\"Jon\"}],"
             "\"intern\":{\"title\":\"no\"},\"description\":\"no\","
             "\"fields\":{\"rubrik_x\":\"Wetter\",\"y\":\"z\"}}\n"
             "{\"id\":2,\"title\":\"ours\",\"doc\":{\"kurz\":\"Short.\"},"
             "\"intern\":\"secret\"}\n"),
        "+ 1 1\ntitle: Sturm\nsection: Wetter\n"
        "source: The \"Halden\" Courier\nauthor: Ada\\nJon\n"
        "extra: title: no\\nkurz: Short.\\nx: y\\ny: z\\nsource: feed\n"
        "date_source: meta.wann\nbody: Long.\ndate: 1934-05-03\n"
        "+ 2 2\ntitle: ours\nsource: The \"Halden\" Courier\n"
        "body: Short.\n");
    /* In a list, a path begins in its record. */
    CHECK_STR(READ("{\"data\":[{\"id\":1,\"ueberschrift\":\"a\"}]}"),
              "+ 1 1\ntitle: a\nsource: The \"Halden\" Courier\n");
    drop_map(m);
}

/* What a map names is no list of records, nor are members of the record. */
static void
names_of_lists(void)
{
    struct key_map *m = with_map(STR("title = data.name\nbody = items\n"
                                     "topics = results.x\n"));

    CHECK_STR(READ("{\"id\":1,\"data\":{\"name\":\"t\"},\"items\":[\"a\","
                   "\"b\"],\"results\":[{\"x\":\"p\"},{\"x\":\"q\"}]}"),
              "+ 1 1\ntitle: t\ntopics: p\\nq\nbody: a\\nb\n");
    drop_map(m);
}

static void
constants(void)
{
    struct key_map *m = with_map(STR("source = outlet\n"
                                     "source = \"Courier\"\n"
                                     "date = \"1934-05\"\n"
                                     "lang = \"en\"\ntopics = \"news\"\n"));

    CHECK_STR(READ("{\"id\":1,\"title\":\"t\",\"outlet\":\"Phare\","
                   "\"source\":\"x\"}\n"
                   "{\"id\":2,\"title\":\"t\",\"date\":\"1935\","
                   "\"lang\":\"de\"}\n"),
              "+ 1 1\ntitle: t\nsource: Phare\nlang: en\ntopics: news\n"
              "extra: source: x\ndate_source: map\ndate: 1934-05\n"
              "+ 2 2\ntitle: t\nsource: Courier\nlang: en\ntopics: news\n"
              "extra: lang: de\\ndate: 1935\ndate_source: map\n"
              "date: 1934-05\n");
    drop_map(m);
}

static void
tables_and_heads(void)
{
    struct key_map *m = with_map(STR("title = Schlagzeile\nbody = Inhalt\n"
                                     "date = wann\nignore = nr\n"));

    CHECK_STR(READ("nr;Schlagzeile;wann;Inhalt\n7;Sturm;1934-05-03;Text.\n"),
              "+ 1 DIR/f#1\ntitle: Sturm\ndate_source: wann\nbody: Text.\n"
              "date: 1934-05-03\n");
    CHECK_STR(READ("Schlagzeile: Sturm\nWann: 1934-05-03\nTitle: no\n"
                   "Lang: de\nNr: 7\n\nText.\n"),
              "+ 0 DIR/f\ntitle: Sturm\nlang: de\nextra: Title: no\n"
              "date_source: Wann\nbody: Text.\ndate: 1934-05-03\n");
    drop_map(m);
    CHECK_STR(READ("nr;Schlagzeile;wann;Inhalt\n7;Sturm;1934;Text.\n"),
              "+ 0 DIR/f\nbody: nr;Schlagzeile;wann;Inhalt\\n"
              "7;Sturm;1934;Text.\n");
}

static void
what_is_wrong(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"title = x\n\ntitel = y\n", "line 3: there is no field 'titel'"},
        {"# a\ntitle x\n", "line 2: this is not `field = key`: 'title x'"},
        {"title =\n", "line 1: no key is given for 'title'"},
        {"date = \"soon\"\n", "line 1: this is no date: 'soon'"},
        {"title = \"x\n", "line 1: a quote is not closed in '\"x'"},
        {"title = a.b.\n", "line 1: this cannot be a key: 'a.b.'"},
        {"title = -\n", "line 1: this cannot be a key: '-'"},
        {"lang = \"a\"\nlang = \"b\"\n",
         "line 2: a second constant for 'lang'"},
        {"title = a b\nbody = A_b\n", "line 2: a second meaning for 'A_b'"},
        {" = x\n", "line 1: there is no field ''"},
    };
    struct key_map *m;
    struct morgue_error err;
    struct buf b;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[300];

        write_file("map", str_of(rows[i].text));
        CHECK_INT(key_map_read(&m, in_folder("map"), &err), MORGUE_USAGE);
        CHECK(m == NULL);
        snprintf(want, sizeof want, "map '%s', %s", in_folder("map"),
                 rows[i].want);
        CHECK_STR(err.message, want);
    }
    CHECK_INT(key_map_read(&m, in_folder("none"), &err), MORGUE_NO_INPUT);
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 1001; i++)
        buf_printf(&b, "title = k%d\n", i);
    write_file("map", buf_view(&b));
    CHECK_INT(key_map_read(&m, in_folder("map"), &err), MORGUE_USAGE);
    buf_reset(&b);
    for (int i = 0; i < 900; i++)
        buf_printf(&b, "title = a%d.b%d.c%d\n", i, i, i);
    write_file("map", buf_view(&b));
    CHECK_INT(key_map_read(&m, in_folder("map"), &err), MORGUE_USAGE);
    buf_free(&b);
}

int
main(void)
{
    begin_folder();
    RUN(json);
    RUN(names_of_lists);
    RUN(constants);
    RUN(tables_and_heads);
    RUN(what_is_wrong);
    return end_folder();
}
