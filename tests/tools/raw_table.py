#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# raw_table.py INDEXER RAW REUTERS - what sources hold, and what is read of them
#
# Counts the articles of the sample files by itself, with Python's own parsers
# and none of our code: how many a file has, how many of them have a headline,
# a date and a text.  Then it asks `indexer show-source` and holds one against
# the other, file by file.  Prints a table by kind of file, the failures by
# reason, and a line for each file that differs; ends with 1 if any does.
#
# What it takes for an article: see the functions below, one for each kind.
# Items without text, as of pictures, are none; kills and drafts are none.

import collections
import email
import email.policy
import gzip
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET

Count = collections.namedtuple('Count', 'records titled dated texts')


def add(counts):
    return Count(*(sum(c) for c in zip(*counts))) if counts else Count(0, 0, 0, 0)


def one(title, date, text):
    if not (title or text):
        return Count(0, 0, 0, 0)
    return Count(1, int(bool(title)), int(bool(date)), int(bool(text)))


def clean(s):
    return re.sub(r'\s+', ' ', s or '').strip()


# ---- XML --------------------------------------------------------------------

def local(e):
    return re.sub('{.*}', '', e.tag) if isinstance(e.tag, str) else ''


def all_named(e, *names):
    return [x for x in e.iter() if local(x) in names]


def first_text(e, *names):
    for name in names:
        for x in all_named(e, name):
            if clean(''.join(x.itertext())):
                return clean(''.join(x.itertext()))
    return ''


def nitf(e):
    if any(m.get('management-status', '').lower() in ('canceled', 'withheld')
           for m in all_named(e, 'docdata')):
        return Count(0, 0, 0, 0)
    body = [b for b in all_named(e, 'body.content')]
    return one(first_text(e, 'hl1', 'hl2', 'hedline') or first_text(e, 'title'),
               all_named(e, 'date.issue', 'story.date', 'pubdata', 'date.release'),
               any(clean(''.join(b.itertext())) for b in body))


def newsml1(e):
    out = []
    for item in all_named(e, 'NewsItem'):
        text = ''.join(clean(''.join(c.itertext()))
                       for c in all_named(item, 'DataContent'))
        out.append(one(first_text(item, 'HeadLine'),
                       all_named(item, 'ThisRevisionCreated', 'FirstCreated',
                                 'DateId'), text))
    return add(out)


def newsmlg2(e):
    out = []
    for item in all_named(e, 'newsItem'):
        text = ''.join(clean(''.join(c.itertext()))
                       for c in all_named(item, 'inlineXML', 'inlineData'))
        kind = ' '.join(c.get('qcode', '') for c in all_named(item, 'itemClass'))
        if text or re.search('text', kind) or not kind:
            out.append(one(first_text(item, 'headline', 'hl1', 'title'),
                           all_named(item, 'versionCreated', 'firstCreated',
                                     'contentCreated'), text))
    return add(out)


def feed(e):
    out = []
    for item in all_named(e, 'item', 'entry'):
        kind = [clean(x.text) for x in item if local(x) == 'post_type']
        state = [clean(x.text) for x in item if local(x) == 'status']
        if kind and kind[0] not in ('post', 'page'):
            continue
        if state and state[0] not in ('publish', 'inherit'):
            continue
        text = ''
        for x in item:
            if local(x) in ('encoded', 'content', 'description', 'summary'):
                text = text or clean(re.sub('<[^>]*>', ' ',
                                            ''.join(x.itertext())))
        date = [x for x in item if local(x) in
                ('pubDate', 'date', 'published', 'updated', 'issued',
                 'post_date') and re.search(r'[^-\d](1[6-9]|20)\d\d',
                                            ' ' + (x.text or ''))]
        title = ''.join(clean(''.join(x.itertext())) for x in item
                        if local(x) == 'title')
        out.append(one(title, date, text))
    return add(out)


XML = {'nitf': nitf, 'NewsML': newsml1, 'newsItem': newsmlg2,
       'newsMessage': newsmlg2, 'packageItem': newsmlg2, 'rss': feed,
       'feed': feed, 'RDF': feed}


def xml(data):
    root = ET.fromstring(data)
    kind = local(root)
    if kind not in XML:
        return 'other XML', Count(0, 0, 0, 0)
    name = {'NewsML': 'NewsML 1.2', 'nitf': 'NITF', 'rss': 'RSS, Atom',
            'feed': 'RSS, Atom', 'RDF': 'RSS, Atom'}.get(kind, 'NewsML-G2')
    return name, XML[kind](root)


# ---- JSON -------------------------------------------------------------------

def json_text(d):
    for key in d:
        if re.match(r'body_?(text|x?html)?$|content$|description$|maintext$'
                    r'|short_description', key) and isinstance(d[key], str):
            if clean(re.sub('<[^>]*>', ' ', d[key])):
                return True
    return any(isinstance(b, dict) and clean(re.sub('<[^>]*>', ' ',
                                                    b.get('value', '')))
               for key in ('bodies', 'descriptions') for b in d.get(key) or [])


def json_title(d):
    heads = d.get('headlines') or []
    return bool(clean(str(d.get('headline') or d.get('title') or '')) or
                any(isinstance(h, dict) and clean(h.get('value', ''))
                    for h in heads))


JSON_DATES = ('versioncreated', 'firstcreated', 'date', 'date_published',
              'versionCreated', 'firstCreated', 'contentcreated',
              'contentCreated', 'pubDate', 'published')


def json_items(d):
    if isinstance(d, list):
        return [x for i in d for x in json_items(i)]
    if not isinstance(d, dict):
        return []
    for key in ('data', 'items', 'articles', 'results', 'docs', 'posts'):
        if isinstance(d.get(key), list) and d[key] and \
                isinstance(d[key][0], dict):
            return json_items(d[key])
        if isinstance(d.get(key), dict):
            return json_items(d[key])
    if isinstance(d.get('item'), (dict, list)):
        return json_items(d['item'])
    return [d]


def jsons(data):
    text = data.decode('utf-8-sig')
    try:
        docs = [json.loads(text)]
    except ValueError:
        docs = [json.loads(line) for line in text.split('\n') if line.strip()]
    out = []
    for doc in docs:
        for d in json_items(doc):
            if d.get('type') in ('picture', 'video', 'audio', 'graphic',
                                 'event', 'planning', 'object') or \
                    ('eventDetails' in d and not d.get('bodies')):
                continue
            if not json_text(d) and not json_title(d):
                continue
            out.append(one(json_title(d), any(d.get(k) for k in JSON_DATES),
                           json_text(d)))
    return 'JSON', add(out)


# ---- the rest ---------------------------------------------------------------

def wire(data):
    out = []
    for message in re.findall(rb'\x01[^\x04\x01]*', data):
        head, _, text = message.partition(b'\x02')
        text, _, end = text.partition(b'\x03')
        lines = [l for l in text.split(b'\n') if l.strip(b' \t\r^<=')]
        out.append(one(lines, re.search(rb'\d{4,6} ?(GMT)?', end),
                       len(lines) > 1))
    return 'wire text', add(out)


def mail(data):
    m = email.message_from_bytes(data.lstrip(b' \r\n'),
                                 policy=email.policy.default)
    body = m.get_body(('plain', 'html'))
    return 'mail', one(m['subject'], m['date'],
                       body and clean(body.get_content()))


def text(data):
    return 'text', one(True, False, clean(data.decode('latin-1')))


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = 0

    def handle_data(self, data):
        self.words += len(data.split())


def page(data):
    p = Page()
    p.feed(data.decode('utf-8', 'replace'))
    return 'HTML', one(True, None, p.words > 50)


def reuters(data):
    out = []
    for r in re.findall(r'<REUTERS.*?</REUTERS>', data.decode('latin-1'), re.S):
        body = re.search(r'<BODY>(.*?)</BODY>', r, re.S)
        unproc = re.search(r'<TEXT TYPE="UNPROC">(.*?)</TEXT>', r, re.S)
        title = re.search(r'<TITLE>(.*?)</TITLE>', r, re.S)
        said = body or unproc
        said = said and clean(re.sub(r'&#\d+;', '', said.group(1)))
        out.append(one(title and clean(title.group(1)), '<DATE>' in r, said))
    return 'Reuters SGML', add(out)


def tar(data):
    out = []
    with tarfile.open(fileobj=io.BytesIO(data)) as t:
        for f in t:
            if f.isfile() and not os.path.basename(f.name).startswith('.'):
                out.append(text(t.extractfile(f).read())[1])
    return 'tar of texts', add(out)


def look(path, data):
    head = data[:3000].lstrip()
    if path.endswith('.sgm.gz'):
        return reuters(data)
    if path.endswith('.tar.gz'):
        return tar(data)
    if path.endswith('.html.gz'):
        return page(data)
    if head[:1] == b'\x01' or head[:1] == b'\x16':
        return wire(data)
    if re.search(rb'^(Received|Delivered-To):', head, re.M):
        return mail(data)
    if head[:1] in (b'{', b'[') or head[:4] in (b'\xef\xbb\xbf{', b'\xef\xbb\xbf['):
        return jsons(data)
    if head[:1] == b'<' or head[:4] == b'\xef\xbb\xbf<':
        return xml(data)
    return text(data)


# ---- ours -------------------------------------------------------------------

def ours(indexer, path):
    r = subprocess.run([indexer, 'show-source', path], capture_output=True)
    got = []
    for line in r.stdout.decode().splitlines():
        d = json.loads(line)
        if d.get('status') in ('withheld', 'canceled'):
            continue
        got.append(Count(1, int('title' in d), int('date' in d),
                         int('body' in d)))
    said = re.findall(r'^indexer: (failed|skipped): .*?: (.*)$',
                      r.stderr.decode(), re.M)
    return add(got), said


# Every file below `folder` but those that describe the corpora, and the
# collection of pages, which has a measure of its own.
def files(folder):
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != 'web')
        for name in sorted(names):
            if not name.endswith('ground-truth.json'):
                yield os.path.join(where, name)


def main():
    indexer, *folders = sys.argv[1:]
    table = collections.defaultdict(list)
    reasons = collections.Counter()
    differ = 0
    for folder in folders:
        for path in files(folder):
            if '/warc/' in path:
                continue  # t_source_warc has these, one by one
            with open(path, 'rb') as f:
                data = f.read()
            if path.endswith('.gz') and not path.endswith('.tar.gz'):
                data = gzip.decompress(data)
            kind, want = look(path, data)
            got, said = ours(indexer, path)
            table[kind].append((want, got))
            for outcome, reason in said:
                reasons[kind, outcome, re.sub(r'\d+', 'N', reason)] += 1
            same = want == got if kind != 'HTML' and kind != 'text' and \
                kind != 'tar of texts' else \
                (want.records, want.texts) == (got.records, got.texts)
            if not same:
                differ += 1
                print('# %s: %s holds %s, read %s %s'
                      % (kind, path, tuple(want), tuple(got), said[:2]))
    print('# %-14s %6s %16s %16s %16s %16s' % ('', 'files', 'records',
                                             'with headline', 'with date',
                                             'with text'))
    for kind in sorted(table):
        want = add([w for w, _ in table[kind]])
        got = add([g for _, g in table[kind]])
        print('# %-14s %6d ' % (kind, len(table[kind])) +
              ' '.join('%7d of %5d' % (g, w) for g, w in zip(got, want)))
    for (kind, outcome, reason), n in sorted(reasons.items()):
        print('# %s: %d %s: %s' % (kind, n, outcome, reason))
    sys.exit(differ > 0)


main()
