#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is read of a source: what was named as it was named; of a folder only
# files, and links where they are followed.
. tests/cli/lib.sh

# As exits, of a command that must not wait for ever.
within() {
    code=$1
    shift
    exits "$code" timeout 60 "$@"
}

mkdir -p "$dir/f/sub" "$dir/beside"
echo 'Lighthouse' > "$dir/f/sub/a.txt"
echo 'Secret' > "$dir/beside/b.txt"
ln -s sub/a.txt "$dir/f/inside"
ln -s ../beside/b.txt "$dir/f/outside"
ln -s ../beside "$dir/f/folder"
ln -s . "$dir/f/sub/loop"
ln -s /proc/kmsg "$dir/f/kmsg"
ln -s /dev/zero "$dir/f/zero"
mkfifo "$dir/f/fifo"

report=$dir/report
adds_up() {
    [ -s "$report" ] || return 1
    n=$(count_of "$report" inputs) sum=0
    for outcome in added updated unchanged duplicate skipped failed; do
        sum=$((sum + $(count_of "$report" $outcome)))
    done
    [ "$n" = "$sum" ] && [ "$n" = "$1" ]
}

a=$dir/archive
case_is 'links and pipes do not make it wait' within 0 "$indexer" update --report="$report" "$a" "$dir/f"
case_is 'each is an account' adds_up 8
case_is 'seven of them skipped' [ "$(count_of "$report" skipped)" = 7 ]
case_is 'a link has its reason' grep -qF '"reason": "a link, which is not followed"' "$report"
case_is 'a pipe has its reason' grep -qF '"reason": "a pipe, not a file"' "$report"
case_is 'what is in it is found' exits 0 "$searcher" "$a" lighthouse
case_is 'nothing from outside is' exits 1 "$searcher" "$a" secret

case_is '--follow' within 0 "$indexer" update --follow --report="$report" "$dir/in" "$dir/f"
case_is '--follow: accounts' adds_up 8
case_is '--follow: a file is read once' [ "$(count_of "$report" added)" = 1 ]
case_is '--follow: a loop is told' grep -qF '"reason": "a folder that was read already"' "$report"
case_is '--follow: not out of the source' grep -qF '"reason": "a link that leads out of the source"' "$report"
case_is '--follow: a device is told' grep -qF '"reason": "a device, not a file"' "$report"
case_is '--follow: nothing from outside is found' exits 1 "$searcher" "$dir/in" secret
case_is '--follow: the same again' within 0 "$indexer" update --follow --report="$report" "$dir/in" "$dir/f"
case_is '--follow: changes nothing' [ "$(count_of "$report" unchanged)" = 1 ]

case_is '--follow=anywhere' within 0 "$indexer" update --follow=anywhere --report="$report" "$dir/any" "$dir/f"
case_is '--follow=anywhere: accounts' adds_up 8
case_is '--follow=anywhere: both files' [ "$(count_of "$report" added)" = 2 ]
case_is '--follow=anywhere: found' exits 0 "$searcher" "$dir/any" secret
case_is '--follow=anywhere: by its real path' grep -qF "id $(realpath "$dir")/beside/b.txt" "$out"
case_is '--follow: the kernel is told' grep -qE '"reason": "(of the kernel, not a file|cannot open what the link leads to: .*)"' "$report"
case_is '--follow takes nothing else' exits 64 "$indexer" update --follow=x "$dir/x" "$dir/f"
exits 0 "$indexer" show-source -q "$dir/f"
case_is 'show-source says nothing of links with -q' [ ! -s "$err" ]
case_is 'show-source follows, too' within 0 "$indexer" show-source --follow=anywhere "$dir/f"
case_is 'it shows both' [ "$(wc -l < "$out")" = 2 ]

# What is named is read as it is named.
from_pipe() {
    rm -f "$dir/named"
    mkfifo "$dir/named"
    cat "$dir/beside/b.txt" > "$dir/named" &
    within 0 "$indexer" show-source "$dir/named"
    wait
}
ln -s beside "$dir/link"
ln -s beside/b.txt "$dir/link.txt"
case_is 'a named pipe is read' from_pipe
case_is 'it is' grep -qF '"title": "Secret"' "$out"
case_is 'a named link to a folder is' within 0 "$indexer" show-source "$dir/link"
case_is 'it is read' grep -qF '"title": "Secret"' "$out"
case_is 'a named link to a file is' within 0 "$indexer" show-source "$dir/link.txt"
case_is 'and that' grep -qF '"title": "Secret"' "$out"
input=$dir/beside/b.txt
case_is 'standard input' within 0 "$indexer" show-source -
case_is 'standard input by its device' within 0 "$indexer" show-source /dev/stdin
case_is 'it is read, too' grep -qF '"title": "Secret"' "$out"
input=
exit $failed
