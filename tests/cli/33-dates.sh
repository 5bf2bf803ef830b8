#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Dates as sources write them.
. tests/cli/lib.sh

for what in names zones; do
    [ $what = names ] || [ -d /usr/share/zoneinfo ] || {
        echo 'skip dates: zones - there is no tz database'
        continue
    }
    python3 -B tests/tools/dates.py "$indexer" $what > "$out" 2> "$err"
    case_is "dates: $what" [ $? -eq 0 ]
done

exit $failed
