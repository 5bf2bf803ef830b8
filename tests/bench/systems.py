# SPDX-License-Identifier: GPL-2.0-or-later
#
# systems.py - what the benchmark compares, and how each is run
#
# A system has a name and makes command lines: index(), update() and query().
# `operators` are its modes of queries with operators, of an index of their own
# where index_operators() makes one.
# Those of one family search alike: `searches` is false for all but one of
# them, so that it is asked only once.  missing() tells why it cannot run
# here, too_large() why not on so many articles; both None where it can.

import glob
import os
import subprocess

from operators import KINDS, PATTERNS

MODES = ('any', 'all', 'phrase', 'date', 'newest', 'count')

# Beyond these it takes hours.
XAPIAN_ARTICLES = 200000
FTS5_ALL_QUERIES = 200000
FTS5_FIRST = 100


class System:
    searches = True
    modes = MODES
    operators = ()
    index_operators = None
    path = None        # of the program that has to be there
    package = None     # what has it built
    most_articles = None

    def missing(self):
        if self.path and not os.path.exists(self.path):
            return 'not built: make bench-setup, see peers.log'
        return None

    def too_large(self, articles):
        if self.most_articles and articles > self.most_articles:
            return 'more than %d articles take it too long' \
                % self.most_articles
        return None

    # Options of `query`: fewer queries where all take too long.
    def query_options(self, articles):
        return []


class Morgue(System):
    operators = KINDS

    def __init__(self, build, engine):
        self.name = 'morgue/' + engine
        self.engine = engine
        self.indexer = build + '/indexer'
        self.searcher = build + '/searcher'
        self.path = build + '/bench/morgue_query'
        if engine == 'xapian':
            self.most_articles = XAPIAN_ARTICLES

    # An engine that the program does not have is refused with usage (64).
    def missing(self):
        try:
            p = subprocess.run(
                [self.indexer, 'update', '--engine=' + self.engine,
                 '/nonexistent/archive', '/dev/null'],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        except OSError as e:
            return str(e)
        return p.stderr.strip() if p.returncode == 64 else super().missing()

    def index(self, index, articles):
        return [self.indexer, 'update', '--quiet', '--engine=' + self.engine,
                index, articles]

    def update(self, index, articles):
        return [self.indexer, 'update', '--quiet', index, articles]

    def query(self, index, queries, options, modes):
        return [self.path, 'query', index, queries] + options + list(modes)

    # Whether an archive is of a form that this program reads.
    def reads(self, index):
        return subprocess.run([self.searcher, '--limit=1', index, 'any'],
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode in (0, 1)

    def search(self, index, words):
        return [self.searcher, '--any', '--limit=10', index] + words.split()


class Peer(System):
    def __init__(self, build, name, program):
        self.name = name
        self.path = build + '/bench/' + program

    def index(self, index, articles):
        return [self.path, 'index', index, articles]

    def update(self, index, articles):
        return [self.path, 'update', index, articles]

    def query(self, index, queries, options, modes):
        return [self.path, 'query', index, queries] + options + list(modes)

    def parse(self, articles):
        return [self.path, 'parse', articles]

    def version(self):
        return [self.path, 'version']


class Xapian(Peer):
    most_articles = XAPIAN_ARTICLES

    def __init__(self, build):
        super().__init__(build, 'xapian', 'xapian_peer')


class Fts5(Peer):
    def __init__(self, build):
        super().__init__(build, 'fts5', 'sqlite_peer')

    def query_options(self, articles):
        return ['--first=%d' % FTS5_FIRST] \
            if articles > FTS5_ALL_QUERIES else []


class Lucene(Peer):
    modes = MODES + ('any-1000', 'all-1000', 'phrase-1000')
    operators = KINDS + tuple(k + '-scored' for k in PATTERNS)

    def __init__(self, build, threads):
        super().__init__(build, 'lucene/%d' % threads,
                         'lucene/LucenePeer.class')
        jars = sorted(glob.glob('/usr/share/java/lucene-core-8*.jar')
                      + glob.glob('/usr/share/java/lucene-analyzers-common-8*'
                                  '.jar'))
        self.threads = threads
        self.searches = threads == 1
        self.java = ['java', '-Xmx2g', '-XX:+UseParallelGC', '-cp',
                     ':'.join(jars + [os.path.dirname(self.path)]),
                     'LucenePeer']

    def index(self, index, articles, repeat=1):
        return self.java + ['index', '--threads=%d' % self.threads,
                            '--repeat=%d' % repeat, index, articles]

    # Its fields for these would be no part of a comparison of indexing.
    def index_operators(self, index, articles):
        return self.java + ['index', '--threads=2', '--operators=1', index,
                            articles]

    def update(self, index, articles):
        return self.java + ['update', '--threads=%d' % self.threads, index,
                            articles]

    def query(self, index, queries, options, modes):
        return self.java + ['query', index, queries] + options + list(modes)

    def parse(self, articles):
        return self.java + ['parse', articles]

    def version(self):
        return self.java + ['version']


# All, in the order in which they are shown; the engines of morgue first.
def all_systems(build):
    return [Morgue(build, 'segment'), Morgue(build, 'xapian'), Xapian(build),
            Fts5(build), Lucene(build, 1), Lucene(build, 2)]
