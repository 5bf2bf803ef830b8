# SPDX-License-Identifier: GPL-2.0-or-later
#
# measure.py - run programs and look at the clock
#
# A program's wall time is from just before it is started to when it has ended,
# or to when the line of a stage (peer.h) is read from it.  Peak memory is what
# the kernel counts for the process; where that is less than this driver's own
# memory (some 20 MB), it is the latter.

import os
import re
import shutil
import statistics
import subprocess
import time


class Failed(Exception):
    pass


# What one run took: wall seconds, CPU seconds of all threads, peak bytes of
# memory, and for each stage, in order, (name, seconds, articles, text, index).
class Run:
    def __init__(self):
        self.wall = self.cpu = 0.0
        self.memory = 0
        self.stages = []

    def stage(self, line, start):
        field = line.split()
        if field and field[0] == 'stage':
            self.stages.append((field[1], time.perf_counter() - start)
                               + tuple(int(f) for f in field[2:5]))

    def last(self, name):
        for stage in reversed(self.stages):
            if stage[0] == name:
                return stage
        return None


# Runs after another that wrote much would pay for its dirty pages.
def settle():
    os.sync()


# Output goes to a file, or its stages are taken.  A program does not outlive
# this driver.
def run(command, log, output=None):
    result = Run()
    start = time.perf_counter()
    with open(log, 'a') as err, open(output or os.devnull, 'w') as kept:
        p = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err,
                             text=True)
        try:
            for line in p.stdout:
                kept.write(line)
                result.stage(line, start)
            _, status, usage = os.wait4(p.pid, 0)
        except BaseException:
            p.kill()
            raise
    p.returncode = os.waitstatus_to_exitcode(status)
    result.wall = time.perf_counter() - start
    result.cpu = usage.ru_utime + usage.ru_stime
    result.memory = usage.ru_maxrss * 1024
    p.stdout.close()
    if p.returncode != 0:
        raise Failed('%s ended with %d, see %s'
                     % (os.path.basename(command[0]), p.returncode, log))
    return result


# Seconds that a short program takes, without what comes with pipes.
def short_run(command, output):
    devnull = os.open(os.devnull, os.O_RDWR)
    out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    actions = [(os.POSIX_SPAWN_DUP2, out, 1),
               (os.POSIX_SPAWN_DUP2, devnull, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=actions)
    os.waitpid(pid, 0)
    took = time.perf_counter() - start
    os.close(out)
    os.close(devnull)
    return took


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.unlink(path)


# Of a small file; None where there is none.
def read(path):
    try:
        with open(path) as f:
            return f.read()
    except OSError:
        return None


def write(path, text):
    with open(path, 'w') as f:
        f.write(text)


def copy(path, to):
    remove(to)
    subprocess.run(['cp', '-a', path, to], check=True)


def disk_bytes(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, f))
               for folder, _, files in os.walk(path) for f in files)


# ---- times of queries -------------------------------------------------------

# {mode: {query: (us, us of the search proper, hits, matches, first id)}}
def read_queries(path):
    out = {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            mode, query, ns, search, hits, matches, first = \
                line.rstrip('\n').split('\t')
            out.setdefault(mode, {})[query] = (
                int(ns) / 1e3, int(search) / 1e3, int(hits), int(matches),
                first)
    return out


# Times with the numbers of matches that another mode found.
def with_matches(times, counted):
    return {q: t[:3] + (counted[q][3],) + t[4:] for q, t in times.items()
            if q in counted}


def percentile(sorted_values, p):
    return sorted_values[min(len(sorted_values) - 1,
                             int(len(sorted_values) * p))]


# Figures of one mode.  Ratios are of means, over the queries that both
# answered.
def summary(times, base):
    us = sorted(t[0] for t in times.values())
    out = {'queries': len(us), 'mean_us': statistics.mean(us),
           'median_us': statistics.median(us),
           'p99_us': percentile(us, 0.99),
           'search_mean_us': statistics.mean(t[1] for t in times.values()),
           'hits': sum(t[2] for t in times.values())}
    matches = [t[3] for t in times.values()]
    if min(matches) >= 0:
        out['matches'] = sum(matches)
    both = [q for q in times if base and q in base]
    if both:
        ours = [base[q][0] for q in both]
        theirs = [times[q][0] for q in both]
        out['ratio_mean'] = sum(theirs) / sum(ours)
        out['ratio_median'] = statistics.median(theirs) \
            / statistics.median(ours)
        out['ratio_p99'] = percentile(sorted(theirs), 0.99) \
            / percentile(sorted(ours), 0.99)
        out['ratio_search_mean'] = sum(times[q][1] for q in both) \
            / sum(base[q][1] for q in both)
        if min(times[q][3] for q in both) >= 0:
            out['same_matches'] = sum(times[q][3] == base[q][3]
                                      for q in both) / len(both)
        out['same_first'] = sum(times[q][4] == base[q][4]
                                for q in both) / len(both)
    return out


# ---- the machine ------------------------------------------------------------

def first_match(path, pattern):
    try:
        with open(path) as f:
            m = re.search(pattern, f.read())
            return m.group(1).strip() if m else ''
    except OSError:
        return ''


def machine():
    return {'cpu': first_match('/proc/cpuinfo', r'model name\s*:(.*)'),
            'cpus': os.cpu_count(),
            'memory_mb': int(first_match('/proc/meminfo',
                                         r'MemTotal:\s*(\d+)') or 0) // 1024,
            'kernel': os.uname().release,
            'load': os.getloadavg()[0]}
