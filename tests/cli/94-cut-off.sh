#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A segment that is cut off while a program has it open ends the program with
# a message, not with a signal.
. tests/cli/lib.sh

# A program that has ended does not read on.
trap '' PIPE
a=$dir/archive
article() { printf '{"id": "%s", "title": "%s", "body": "A coffee quota"}\n' "$@"; }
mkfifo "$dir/pipe"

fresh() {
    rm -rf "$a"
    { article 1 one; article 2 two; } |
        "$indexer" update --quiet --format=jsonl "$a" -
}

cut_off() {
    for f in "$a"/seg-*; do : > "$f"; done
}

# The searcher opens the pipe after the archive, so the archive is open when
# the shell has the pipe.
search() {
    fresh
    "$searcher" --batch="$dir/pipe" "$a" > "$out" 2> "$err" &
    program=$!
    exec 3> "$dir/pipe"
    "$@"
    printf '1\tcoffee\n' >&3
    exec 3>&-
    wait $program
}

search :
case_is 'cut off: the searcher answers a batch from a pipe' [ $? -eq 0 ]
search cut_off
case_is 'cut off: the searcher ends with 3' [ $? -eq 3 ]
case_is 'cut off: the searcher says so' \
    grep -q '^searcher: a file of the archive was cut off' "$err"

# Of more articles than a pipe holds, the indexer has read some when all are
# written; so it has the archive open.
update() {
    fresh
    "$indexer" update --quiet --format=jsonl "$a" - < "$dir/pipe" \
        > "$out" 2> "$err" &
    program=$!
    exec 3> "$dir/pipe"
    i=10
    while [ $i -lt 3000 ]; do
        article $i "of many, so that the pipe is full before all are written"
        i=$((i + 1))
    done >&3
    "$@"
    article 1 'another state' >&3 2> /dev/null
    exec 3>&-
    wait $program
}

update :
case_is 'cut off: the indexer takes articles from a pipe' [ $? -eq 0 ]
update cut_off
case_is 'cut off: the indexer ends with 65' [ $? -eq 65 ]
case_is 'cut off: the indexer says so' \
    grep -q '^indexer: a file of the archive was cut off' "$err"

# One that a process sends is as always.
fresh
"$searcher" --batch="$dir/pipe" "$a" 2> "$err" &
program=$!
exec 3> "$dir/pipe"
kill -BUS $program
exec 3>&-
wait $program
code=$?
case_is 'cut off: a signal from outside is no cut-off' [ $code -gt 128 ]

exit $failed
