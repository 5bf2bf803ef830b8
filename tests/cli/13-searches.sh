#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Searches in small collections, in both engines, whose right answers are known
# (see tests/cases/README.md).
. tests/cli/lib.sh

for table in tests/cases/*/searches.tsv; do
    python3 tests/tools/searches.py "$indexer" "$searcher" "$table" || failed=1
done
exit $failed
