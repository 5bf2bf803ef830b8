#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the sample sources hold, counted by a script of its own, and what is
# read of them: the table by format, and the failures by reason.
. tests/cli/lib.sh

if [ ! -d "$MORGUE_SHARED/raw" ]; then
    echo 'skip raw table - there are no shared corpora'
    exit 0
fi
python3 -B tests/tools/raw_table.py "$indexer" "$MORGUE_SHARED/raw" \
    "$MORGUE_SHARED/reuters-21578" > "$dir/table" 2> "$err"
case_is 'raw table: every file as counted apart' [ $? -eq 0 ]
cat "$dir/table"

exit $failed
