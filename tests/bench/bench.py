#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench.py - morgue and other search engines, side by side
#
#   make bench-setup                    what the others need
#   make bench                          all of it, some hours
#   make bench SIZES='10000 100000' ARGS='--corpora= --runs=1'
#   make bench SIZES= ARGS='--corpora=reuters --systems=morgue,lucene/2'
#
# All systems index the same articles (JSON lines, on disk and in the page
# cache) and answer the same queries (prepare.py), in one run; for indexing
# they take turns.  There is no limit and no pass or fail.  A system that is
# not there, or would take hours, is named and left out.
#
# Articles: Reuters-21578 and the news of ../shared/corpora (MORGUE_SHARED says
# otherwise), where they are, and generated ones (build/generate), SIZES of
# them.  They are prepared once, in BUILD/bench/articles; indexes go to
# BUILD/bench/work.  A million take 16 GB of disk for all of it.
#
# --reuse keeps the indexes, and takes what is there of the same articles from
# an indexer of the same form, so that queries alone are asked again in some
# minutes:
#
#   make bench SIZES=1000000 ARGS='--corpora= --reuse --skip=index,parse,update'
#
# It cannot tell that an indexer lays the same form out otherwise.
#
# What is measured:
#   indexing  a process as a whole: reading, parsing, indexing, publishing; CPU
#             seconds, peak memory, size of the index over that of the text
#   queries   microseconds each, best of five passes, end to end and of the
#             search alone, see peer.h
#   operators queries with operators (operators.py), 200 of each kind, of morgue
#             and Lucene; by turns in each kind, and how many find as many
#   update    1 % new articles into a copy of the index, as a whole process
#             (generated articles only)
#   collect   what is made of all matches of a word that one article in six
#             has (morgue, generated articles only): morgue_collect.c
#   start     build/searcher as a process, to ten hits with snippets, by median;
#             beside it what any process takes
#   parse     only reading and parsing the articles (morgue: CPU time, cleaned
#             and with ids); HTML pages to articles as well
#
# The table goes to standard output, all figures to BUILD/bench/results.json,
# what programs say on standard error to BUILD/bench/log.
#
# Each peer by hand: sqlite_peer.c, xapian_peer.cc, LucenePeer.java,
# morgue_query.c and morgue_collect.c begin with how.

import argparse
import gzip
import os
import signal
import statistics
import subprocess
import sys
import time

import measure
import report
import systems

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get('MORGUE_SHARED', '../shared/corpora')
MB = 1e6
START_RUNS = 20


def say(text):
    print('%s %s' % (time.strftime('%H:%M:%S'), text), file=sys.stderr,
          flush=True)


def options():
    p = argparse.ArgumentParser()
    p.add_argument('--build', default='build')
    p.add_argument('--corpora', default='reuters,news')
    p.add_argument('--sizes', default='10000 100000 1000000',
                   help='numbers of generated articles')
    p.add_argument('--systems', default='',
                   help='only those whose names begin so')
    p.add_argument('--runs', type=int, default=0,
                   help='of indexing (5; of large ones 3; of 1 GB 1)')
    p.add_argument('--queries', type=int, default=1000)
    p.add_argument('--game', default='',
                   help="queries of search-benchmark-game's file instead")
    p.add_argument('--budget', type=float, default=300,
                   help='seconds for one mode of queries')
    p.add_argument('--skip', default='',
                   help='parts: index, query, operators, update, start, '
                        'collect, parse')
    p.add_argument('--keep', action='store_true', help='keep the indexes')
    p.add_argument('--reuse', action='store_true',
                   help='keep them, and do not make again what is there')
    p.add_argument('--out', default='', help='of results.json')
    return p.parse_args()


# What a list with commas or spaces names.
def names(text):
    return text.replace(',', ' ').split()


# ---- articles and queries ---------------------------------------------------

class Corpus:
    def __init__(self, name, folder, build):
        self.name = name
        self.generated = int(name) if name.isdigit() else 0
        self.path = '%s/%s.jsonl' % (folder, name)
        self.queries = '%s/%s.tsv' % (folder, name)
        self.more = '%s/%s-more.jsonl' % (folder, name)
        self.generator = build + '/generate'
        self.articles = self.text_bytes = 0

    # What an index or queries are of; it changes with the articles.
    def key(self):
        st = os.stat(self.path)
        return '%d %d' % (st.st_size, st.st_mtime_ns)

    def missing(self):
        source = {'reuters': 'reuters-21578', 'news': 'news'}.get(self.name)
        if self.generated or os.path.exists(self.path):
            return None
        if not source:
            return 'there is no such corpus'
        if not os.path.isdir(SHARED + '/' + source):
            return '%s/%s is not there' % (SHARED, source)
        return None

    def _generate(self, path, articles, seed):
        with open(path + '.part', 'w') as out:
            subprocess.run([self.generator, '--seed=%d' % seed,
                            '--articles=%d' % articles], stdout=out,
                           check=True)
        os.rename(path + '.part', path)

    def _prepare(self, *args):
        subprocess.run([sys.executable, HERE + '/prepare.py'] + list(args),
                       check=True)

    def prepare(self, opt):
        if not os.path.exists(self.path):
            measure.remove(self.path + '.count')
            say(self.name + ': preparing articles')
            if self.generated:
                self._generate(self.path, self.generated, 1)
            else:
                self._prepare(self.name, SHARED + '/' + (
                    'reuters-21578' if self.name == 'reuters' else 'news'),
                    self.path)
        if self.generated and not os.path.exists(self.more):
            self._generate(self.more, max(1, self.generated // 100), 2)
        self._ask(opt)
        self._count()

    # Of a million, queries take half a minute.
    def _ask(self, opt):
        key = '%s %d %s' % (self.key(), opt.queries, opt.game)
        for name in ('prepare.py', 'operators.py', 'words.py'):
            key += ' %d' % os.stat(HERE + '/' + name).st_mtime_ns
        if measure.read(self.queries + '.of') == key:
            return
        measure.remove(self.queries + '.of')
        if opt.game:
            self._prepare('game', opt.game, self.path, self.queries)
        else:
            self._prepare('queries', self.path, self.queries,
                          str(opt.queries))
        measure.write(self.queries + '.of', key)

    # Counted once: of a million it takes a minute.
    def _count(self):
        path = self.path + '.count'
        if not os.path.exists(path):
            with open(path + '.part', 'w') as out:
                subprocess.run([sys.executable, HERE + '/prepare.py', 'count',
                                self.path], stdout=out, check=True)
            os.rename(path + '.part', path)
        with open(path) as f:
            self.articles, self.text_bytes = (int(n) for n in f.read().split())

    def runs(self, opt):
        if opt.runs:
            return opt.runs
        return 5 if self.text_bytes < 100 * MB else \
            3 if self.text_bytes < 1000 * MB else 1

    def words(self, n):
        with open(self.queries, encoding='utf-8') as f:
            rows = [line.split('\t') for line in f]
        return [r[2] for r in rows if r[0] == 'words'][:n]


# ---- the parts --------------------------------------------------------------

class Bench:
    def __init__(self, opt):
        self.opt = opt
        self.folder = opt.build + '/bench'
        self.log = self.folder + '/log'
        self.skip = names(opt.skip)
        self.results = {'date': time.strftime('%Y-%m-%dT%H:%M:%S%z'),
                        'machine': measure.machine(), 'versions': {},
                        'skipped': {}, 'corpora': {}}
        self.systems = []
        for folder in ('articles', 'work'):
            os.makedirs(self.folder + '/' + folder, exist_ok=True)
        open(self.log, 'w').close()

    def choose(self):
        wanted = names(self.opt.systems)
        for s in systems.all_systems(self.opt.build):
            if wanted and not any(s.name.startswith(w) for w in wanted):
                continue
            why = s.missing()
            if why:
                self.left_out(s.name, why)
                continue
            self.systems.append(s)
            if hasattr(s, 'version'):
                self.results['versions'][s.name] = subprocess.run(
                    s.version(), stdout=subprocess.PIPE, text=True,
                    check=True).stdout.strip()

    def left_out(self, name, why):
        say('skip %s - %s' % (name, why))
        self.results['skipped'][name] = why

    def index_path(self, corpus, system, operators=False):
        return '%s/work/%s-%s%s' % (
            self.folder, corpus.name, system.name.replace('/', '-'),
            '-operators' if operators and system.index_operators else '')

    # Does it, and says so where it fails.
    def attempt(self, system, corpus, what, action):
        try:
            measure.settle()
            return action()
        except measure.Failed as e:
            self.left_out('%s, %s, %s' % (corpus.name, system.name, what),
                          str(e))
            return None

    # An index counts as there when a file beside it says that it is whole, and
    # of what.
    def index_once(self, corpus, system, *more):
        path = self.index_path(corpus, system)
        return self.make_index(corpus, system, path,
                               system.index(path, corpus.path, *more))

    def make_index(self, corpus, system, path, command):
        self.remove_index(path)
        say('%s: %s indexes' % (corpus.name, system.name))
        r = self.attempt(system, corpus, 'index',
                         lambda: measure.run(command, self.log))
        if r:
            measure.write(path + '.whole', self.key(corpus, system))
        return r

    def key(self, corpus, system):
        return '%s %s' % (corpus.key(),
                          self.results['versions'].get(system.name, ''))

    def kept(self, corpus, system, path):
        if not self.opt.reuse or \
                measure.read(path + '.whole') != self.key(corpus, system):
            return False
        return not hasattr(system, 'reads') or system.reads(path)

    def remove_index(self, path):
        measure.remove(path + '.whole')
        measure.remove(path)

    def index(self, corpus, chosen):
        chosen = [s for s in chosen if not self.kept(
            corpus, s, self.index_path(corpus, s))]
        runs = {s.name: [] for s in chosen}
        out = {}
        for _ in range(corpus.runs(self.opt)):
            for s in chosen:
                r = self.index_once(corpus, s)
                if r:
                    runs[s.name].append(r)
        for s in chosen:
            if runs[s.name]:
                out[s.name] = self.index_figures(corpus, s, runs[s.name])
        self.warm_java(corpus, chosen, out)
        return out

    # Of a system with stages those count; of another the whole process.
    def index_figures(self, corpus, system, runs):
        text = corpus.text_bytes
        merged = [r.last('merged') for r in runs]
        committed = [r.last('committed') for r in runs]
        walls = [s[1] for s in committed] if committed[0] else \
            [r.wall for r in runs]
        size = committed[0][4] if committed[0] else \
            measure.disk_bytes(self.index_path(corpus, system))
        out = report.rates(walls, text)
        out.update({'cpu_s': statistics.median(r.cpu for r in runs),
                    'whole_s': statistics.median(r.wall for r in runs),
                    'peak_memory_mb': max(r.memory for r in runs) / MB,
                    'index_over_text': size / text})
        if committed[0] and committed[0][2] != corpus.articles:
            out['articles'] = committed[0][2]
        if merged[0]:
            out['merged'] = report.rates([s[1] for s in merged], text)
            out['merged']['index_over_text'] = merged[0][4] / text
        return out

    # The third time in one process of Java, for what is not its start.
    def warm_java(self, corpus, chosen, out):
        if corpus.text_bytes > 100 * MB:
            return
        for s in chosen:
            if not isinstance(s, systems.Lucene) or s.name not in out:
                continue
            r = self.index_once(corpus, s, 3)
            if r:
                wall = r.stages[-2][1] - r.stages[-3][1]
                out[s.name]['third_time'] = report.rates([wall],
                                                         corpus.text_bytes)

    # One process for each mode, so that one that fails is the only one.  The
    # times of its queries; none where it failed.
    def ask(self, corpus, system, index, mode, *more):
        options = ['--budget=%g' % self.opt.budget] \
            + system.query_options(corpus.articles) + list(more)
        path = '%s/work/times' % self.folder
        say('%s: %s answers %s' % (corpus.name, system.name, mode))
        r = self.attempt(
            system, corpus, mode, lambda: measure.run(
                system.query(index, corpus.queries, options, [mode]),
                self.log, path))
        return measure.read_queries(path).get(mode) if r else None

    # What each system has of each mode, beside what the first one has.
    def summaries(self, times):
        base = next(iter(times.values()), {})
        return {name: {mode: measure.summary(
            t, base.get(mode.replace('-1000', '').replace('-scored', '')))
            for mode, t in modes.items() if t}
            for name, modes in times.items()}

    def queries(self, corpus, chosen):
        return self.summaries({
            s.name: {mode: self.ask(corpus, s, self.index_path(corpus, s),
                                    mode) for mode in s.modes}
            for s in chosen if s.searches})

    # Kind by kind, each system in turn; then once more, to count.
    def operators(self, corpus, chosen):
        chosen = [s for s in chosen if s.operators and s.searches
                  and self.operators_index(corpus, s)]
        times = {s.name: {} for s in chosen}
        for mode in sorted({m for s in chosen for m in s.operators},
                           key=report.order):
            for s in chosen:
                if mode not in s.operators:
                    continue
                index = self.index_path(corpus, s, True)
                t = self.ask(corpus, s, index, mode)
                counted = t and self.ask(corpus, s, index, mode + '-count',
                                         '--passes=1', '--warm=0')
                if t:
                    times[s.name][mode] = measure.with_matches(t, counted) \
                        if counted else t
        return self.summaries(times)

    # Have the index that a system answers these from.
    def operators_index(self, corpus, system):
        path = self.index_path(corpus, system, True)
        if not system.index_operators:
            return os.path.exists(path + '.whole')
        return self.kept(corpus, system, path) or self.make_index(
            corpus, system, path, system.index_operators(path, corpus.path))

    def update(self, corpus, chosen):
        out = {}
        to = self.folder + '/work/updated'
        for s in chosen:
            walls = []
            for _ in range(corpus.runs(self.opt)):
                measure.copy(self.index_path(corpus, s), to)
                say('%s: %s updates' % (corpus.name, s.name))
                r = self.attempt(s, corpus, 'update', lambda: measure.run(
                    s.update(to, corpus.more), self.log))
                if r:
                    walls.append(r.wall)
            if walls:
                out[s.name] = {'median_s': statistics.median(walls),
                               'best_s': min(walls)}
        measure.remove(to)
        return out

    def collect(self, corpus, chosen):
        out = {}
        for s in chosen:
            if not isinstance(s, systems.Morgue):
                continue
            r = subprocess.run([self.opt.build + '/bench/morgue_collect',
                                self.index_path(corpus, s), 'city', '20'],
                               capture_output=True, text=True)
            if r.returncode:
                self.left_out('%s, %s, collect' % (corpus.name, s.name),
                              r.stderr.strip())
                continue
            out[s.name] = {k: float(v) for k, v in
                           (line.split() for line in r.stdout.splitlines())}
        return out

    def start(self, corpus, chosen):
        out = {}
        hits = self.folder + '/work/hits'
        for s in chosen:
            if not isinstance(s, systems.Morgue):
                continue
            index = self.index_path(corpus, s)
            queries = corpus.words(START_RUNS)
            for _ in range(2):  # the first time warms the page cache
                took = [measure.short_run(s.search(index, q), hits)
                        for q in queries]
            nothing = [measure.short_run(['/bin/true'], hits)
                       for q in queries]
            out[s.name] = {'median_ms': statistics.median(took) * 1e3,
                           'worst_ms': max(took) * 1e3,
                           'bin_true_ms': statistics.median(nothing) * 1e3}
        return out

    # MB/s of CPU time that sources are read to records with.
    def read(self, *sources):
        out = subprocess.run(
            [self.opt.build + '/bench/morgue_read', '5'] + list(sources),
            check=True, capture_output=True, text=True).stdout.split()
        return float(out[out.index('mb_s') + 1])

    # HTML pages, unpacked once.
    def pages(self):
        source, folder = SHARED + '/raw/html-aeb', self.folder + '/pages'
        if not os.path.isdir(source):
            self.left_out('pages', source + ' is not there')
            return
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(source):
            if name.endswith('.html.gz'):
                with gzip.open(source + '/' + name) as page, \
                        open(folder + '/' + name[:-3], 'wb') as out:
                    out.write(page.read())
        self.results['pages'] = {'html_mb_s': self.read(folder)}
        report.pages(self.results['pages'])

    def parse(self, corpus, chosen):
        out = {}
        size = os.path.getsize(corpus.path)
        if any(s.name.startswith('morgue') for s in chosen):
            out['morgue'] = {'json_mb_s': self.read(corpus.path)}
        for s in chosen:
            if not s.searches or not hasattr(s, 'parse'):
                continue
            r = self.attempt(s, corpus, 'parse', lambda: measure.run(
                s.parse(corpus.path), self.log))
            if r:
                out[s.name] = {'json_mb_s': size / MB / r.wall}
        return out

    def corpus(self, name):
        corpus = Corpus(name, self.folder + '/articles', self.opt.build)
        why = corpus.missing()
        if why:
            self.left_out(name, why)
            return
        corpus.prepare(self.opt)
        chosen = []
        for s in self.systems:
            why = s.too_large(corpus.articles)
            if why:
                self.left_out('%s, %s' % (name, s.name), why)
            else:
                chosen.append(s)
        figures = self.results['corpora'][name] = {
            'articles': corpus.articles, 'text_bytes': corpus.text_bytes,
            'load': os.getloadavg()[0]}
        self.parts(corpus, chosen, figures)
        if self.opt.keep or self.opt.reuse:
            return
        for s in chosen:
            self.remove_index(self.index_path(corpus, s))
            self.remove_index(self.index_path(corpus, s, True))

    def parts(self, corpus, chosen, figures):
        parts = [('parse', self.parse), ('index', self.index),
                 ('query', self.queries), ('operators', self.operators),
                 ('start', self.start)]
        if corpus.generated:
            parts += [('collect', self.collect), ('update', self.update)]
        for name, part in parts:
            if name in self.skip:
                continue
            there = chosen if name in ('parse', 'index', 'operators') else \
                [s for s in chosen
                 if os.path.exists(self.index_path(corpus, s) + '.whole')]
            figures[name] = part(corpus, there)
            report.write(self.results, self.opt.out
                         or self.folder + '/results.json')
        report.table(corpus.name, figures)

    def run(self):
        self.choose()
        report.heading(self.results)
        for name in names(self.opt.corpora) + names(self.opt.sizes):
            self.corpus(name)
        if 'parse' not in self.skip:
            self.pages()
        report.ending(self.results)


if __name__ == '__main__':
    signal.signal(signal.SIGTERM, lambda *_: sys.exit('ended from outside'))
    Bench(options()).run()
