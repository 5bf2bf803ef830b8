# SPDX-License-Identifier: GPL-2.0-or-later
#
# report.py - figures of the benchmark as a table and as JSON

import json
import os
import statistics

from operators import KINDS

MB = 1e6

# What the rows of queries with operators compare.
OPERATORS = """\
hits: all that match, in sum; same count: queries of which both find as many.
Lucene's prefix, suffix and inner take all words and score all articles alike,
its edit1 and edit2 take 50 words (its defaults); the -scored ones take at most
1,000 words, which are scored together (TopTermsBlendedFreq), as morgue does."""


def rates(walls, text_bytes):
    return {'seconds': [round(w, 3) for w in walls],
            'best_mb_s': text_bytes / MB / min(walls),
            'median_mb_s': text_bytes / MB / statistics.median(walls)}


# Whole at once, so that who reads it meanwhile sees no half.
def write(results, path):
    with open(path + '.part', 'w') as out:
        json.dump(results, out, indent=1)
        out.write('\n')
    os.rename(path + '.part', path)


def heading(results):
    m = results['machine']
    print('%s: %s, %d CPUs, %d MB, Linux %s' % (
        results['date'], m['cpu'], m['cpus'], m['memory_mb'], m['kernel']))
    for name, version in results['versions'].items():
        print('%-16s %s' % (name, version))
    if m['load'] > 0.5:
        print('The machine was busy (load %.1f): wall times are too long.'
              % m['load'])


# Rows of cells, the first on the left, the others on the right.
def rows(head, lines):
    cells = [head] + lines
    width = [max(len(r[i]) for r in cells) for i in range(len(head))]
    for r in cells:
        print('  '.join([r[0].ljust(width[0])]
                        + [c.rjust(w) for c, w in zip(r[1:], width[1:])]))


def ratio(ours, theirs):
    return '%.2f' % (theirs / ours) if ours else ''


def index_line(name, f, base, note=''):
    return [name + note, '%.2f' % f['median_mb_s'], '%.2f' % f['best_mb_s'],
            ratio(f['median_mb_s'], base['median_mb_s']),
            '%.2f' % f['cpu_s'] if 'cpu_s' in f else '',
            '%.0f' % f['peak_memory_mb'] if 'peak_memory_mb' in f else '',
            '%.0f %%' % (100 * f['index_over_text'])
            if 'index_over_text' in f else '']


def index_table(figures):
    base = next(iter(figures.values()))
    lines = []
    for name, f in figures.items():
        lines.append(index_line(name, f, base))
        for key, note in (('merged', ', merged'),
                          ('third_time', ', third time in a process')):
            if key in f:
                lines.append(index_line(name, f[key], base, note))
    rows(['indexing', 'MB/s', 'best', 'morgue is x', 'CPU s', 'peak MB',
          'index/text'], lines)


def query_table(figures):
    base = next(iter(figures))
    lines = []
    for mode in sorted({m for f in figures.values() for m in f}, key=order):
        for name, f in figures.items():
            if mode not in f:
                continue
            q = f[mode]
            lines.append([
                '%s: %s' % (mode, name), '%.1f' % q['mean_us'],
                '%.1f' % q['median_us'], '%.1f' % q['p99_us'],
                '%.1f' % q['search_mean_us']]
                + ratios(q, name == base)
                + [str(q['queries']), str(q.get('matches', q['hits'])),
                   '%.0f %%' % (100 * q['same_first'])
                   if 'same_first' in q and mode != 'count' else '',
                   '%.0f %%' % (100 * q['same_matches'])
                   if 'same_matches' in q and name != base else ''])
    rows(['microseconds', 'mean', 'median', 'p99', 'search', 'x mean',
          'x median', 'x p99', 'x search', 'queries', 'hits', 'same first',
          'same count'],
         lines)


def ratios(q, is_base):
    keys = ('ratio_mean', 'ratio_median', 'ratio_p99', 'ratio_search_mean')
    return ['' if is_base or k not in q else '%.2f' % q[k] for k in keys]


def order(mode):
    modes = ('any', 'any-1000', 'all', 'all-1000', 'phrase', 'phrase-1000',
             'date', 'newest', 'count') + sum(
                 ((kind, kind + '-scored') for kind in KINDS), ())
    return modes.index(mode)


def table(name, f):
    print('\n== %s: %d articles, %.1f MB of text (load %.1f)\n' % (
        name, f['articles'], f['text_bytes'] / MB, f['load']))
    if f.get('index'):
        index_table(f['index'])
    if f.get('query'):
        print()
        query_table(f['query'])
    if f.get('operators'):
        print()
        query_table(f['operators'])
        print(OPERATORS)
    if f.get('collect'):
        what = list(next(iter(f['collect'].values())))
        print()
        rows(['ms for all matches'] + what,
             [[n] + ['%g' % c[k] for k in what]
              for n, c in f['collect'].items()])
    if f.get('update'):
        print()
        rows(['1 % new articles', 'median s', 'best'],
             [[n, '%.3f' % u['median_s'], '%.3f' % u['best_s']]
              for n, u in f['update'].items()])
    if f.get('start'):
        print()
        rows(['start to ten hits with snippets', 'median ms', 'worst',
              '/bin/true'],
             [[n, '%.2f' % s['median_ms'], '%.2f' % s['worst_ms'],
               '%.2f' % s['bin_true_ms']] for n, s in f['start'].items()])
    if f.get('parse'):
        print()
        rows(['reading JSON', 'MB/s'],
             [[n, '%.0f' % p['json_mb_s']] for n, p in f['parse'].items()])


def pages(f):
    print('\n== reading HTML pages: %.0f MB/s of CPU time' % f['html_mb_s'])


def ending(results):
    if results['skipped']:
        print()
    for name, why in results['skipped'].items():
        print('skip %s - %s' % (name, why))
