#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Dates as sources write them: by names and zones, and what is learned of day
# and month, kept, and told.
. tests/cli/lib.sh

for what in names zones; do
    [ $what = names ] || [ -d /usr/share/zoneinfo ] || {
        echo 'skip dates: zones - there is no tz database'
        continue
    }
    python3 -B tests/tools/dates.py "$indexer" $what > "$out" 2> "$err"
    case_is "dates: $what" [ $? -eq 0 ]
done

# dates ID...: the dates of the articles of $a, by id.
dates() {
    "$searcher" --format=jsonl --sort=id "$a" -- crane 2> "$err" |
        sed -n 's/.*"date": *"\([^"]*\)".*/\1/p' | tr '\n' ' '
}

rows() { printf 'id,title,date\n'; printf '%s\n' "$@"; }

for engine in segment xapian; do
    a=$dir/$engine
    f=$dir/$engine.csv
    rows '1,crane,5/12/1905' '2,crane,7/1/1905' '3,crane,25/12/1905' > "$f"
    exits 0 "$indexer" update -q --engine=$engine "$a" "$f"
    case_is "$engine: a later date tells" [ "$(dates)" = '1905-12-05 1905-01-07 1905-12-25 ' ]
    rows '1,crane,5/12/1905' '2,crane,8/1/1905' > "$f"
    case_is "$engine: the next night" exits 0 "$indexer" update -q --report="$dir/report" "$a" "$f"
    case_is "$engine: reads it alike" [ "$(dates)" = '1905-12-05 1905-01-08 1905-12-25 ' ]
    case_is "$engine: unchanged" [ "$(count_of "$dir/report" unchanged)" = 1 ]
    rows '1,crane,5/12/1905' '4,crane,8/30/1905' > "$f"
    exits 0 "$indexer" update -q "$a" "$f"
    case_is "$engine: what it shows itself goes before" [ "$(dates)" = '1905-05-12 1905-01-08 1905-12-25 1905-08-30 ' ]
    case_is "$engine: nothing is damaged" exits 0 "$indexer" check -q "$a"
    cp "$a/morgue.orders" "$dir/orders"
    case_is "$engine: a rebuild" exits 0 "$indexer" rebuild -q "$a"
    case_is "$engine: keeps it" cmp -s "$a/morgue.orders" "$dir/orders"
    sed 's/mdy/dmy/' "$dir/orders" > "$a/morgue.orders"
    case_is "$engine: damage is found" exits 65 "$indexer" check "$a"
    case_is "$engine: and named" grep -q 'morgue.orders' "$out" "$err"
    case_is "$engine: and not believed" exits 65 "$indexer" update -q "$a" "$f"
    rm "$a/morgue.orders"
    case_is "$engine: without it" exits 0 "$indexer" update -q "$a" "$f"
done

# Nothing tells: the year, counted and named, or what the user says.
f=$dir/none.csv
a=$dir/none
rows '1,crane,5/12/1905' '2,crane,' '3,crane,1905-06-31' '4,crane,soon' '5,crane,1905' > "$f"
case_is 'nothing tells' exits 0 "$indexer" update --report="$dir/report" "$a" "$f"
case_is 'which is counted' [ "$(count_of "$dir/report" unordered) $(count_of "$dir/report" undated)" = '1 3' ]
case_is 'and said' grep -q '1 dated by year' "$err"
case_is 'it is its year' [ "$(dates)" = '1905 1905 ' ]
case_is 'all without a date are named' [ "$(grep -c '"outcome": "added"' "$dir/report")" = 4 ]
for reason in "nothing tells day from month in '5/12/1905'" 'no date is given' \
    'the date cannot be right: 1905-06-31' "the date cannot be read: 'soon'"; do
    case_is "reason: $reason" grep -qF "$reason" "$dir/report"
done
case_is 'nothing was learned' [ ! -e "$a/morgue.orders" ]
exits 0 "$indexer" update -q --date-order=mdy "$a" "$f"
case_is 'the user says it' [ "$(dates)" = '1905-05-12 1905 ' ]
case_is 'a word that is no order' exits 64 "$indexer" update --date-order=myd "$a" "$f"

# Files with one article each are dated alike.
mkdir -p "$dir/heads"
for i in 1 2 3; do printf 'Title: crane\nDate: %s/12/1905\n\nThe crane.\n' $i > "$dir/heads/$i.txt"; done
printf 'Title: crane\nDate: 25/12/1905\n\nThe crane.\n' > "$dir/heads/z.txt"
a=$dir/heads-archive
exits 0 "$indexer" update -q "$a" "$dir/heads"
case_is 'a folder of files' [ "$(dates)" = '1905-12-01 1905-12-02 1905-12-03 1905-12-25 ' ]
exits 0 "$indexer" update -q --report="$dir/report" "$a" "$dir/heads"
case_is 'is the same again' [ "$(count_of "$dir/report" unchanged)" = 4 ]

# Many records between an open date and the one that tells.
a=$dir/far
{ rows '0,crane,5/12/1905'
  awk 'BEGIN { for (i = 1; i < 9000; i++) print i + 100000 ",boat,1905-01-01" }'
  echo '1,crane,25/12/1905'; } > "$dir/far.csv"
exits 0 "$indexer" update -q "$a" "$dir/far.csv"
case_is 'far behind' [ "$(dates)" = '1905-12-05 1905-12-25 ' ]
{ rows '0,crane,5/12/1905'
  awk 'BEGIN { for (i = 1; i < 10001; i++) print i + 100000 ",boat,1905-01-01" }'
  echo '1,crane,25/12/1905'; } > "$dir/far.csv"
rm -r "$a"
exits 0 "$indexer" update -q "$a" "$dir/far.csv"
case_is 'too far behind' [ "$(dates)" = '1905 1905-12-25 ' ]

# From names.
mkdir -p "$dir/names/1905/05"
for name in 1905/05/12 'Post 1906-05-12' 19070512b post_25-05-1908 plain; do
    printf 'id,title\n%s,crane\n' "$(basename "$name" | tr -d ' ')" > "$dir/names/$name.csv"
done
a=$dir/names-archive
exits 0 "$indexer" update -q --date-from-path "$a" "$dir/names"
case_is 'dates from names' [ "$(dates)" = '1905-05-12 1907-05-12 1906-05-12 1908-05-25 ' ]

exit $failed
