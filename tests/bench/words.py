# SPDX-License-Identifier: GPL-2.0-or-later
#
# words.py - which words the benchmark asks for
#
# A word is a run of ASCII letters, two at least, that no letter, digit or sign
# but a comma or stop touches, in lower case, and none of Lucene's stop words,
# which would be no part of its query.

import re

STOP = set('a an and are as at be but by for if in into is it no not of on or '
           'such that the their then there these they this to was will '
           'with'.split())
WORD = re.compile(r"(?:(?<=\s)|^)([A-Za-z]{2,20})(?=[.,]?(?:\s|$))")
