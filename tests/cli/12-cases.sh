#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Small inputs of which the right answer is known: each folder of tests/cases
# has its files and answers.tsv (see tests/cases/README.md).
. tests/cli/lib.sh

for answers in tests/cases/*/answers.tsv; do
    python3 tests/tools/cases.py "$indexer" "$answers" || failed=1
done
exit $failed
