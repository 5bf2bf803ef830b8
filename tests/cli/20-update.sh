#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Accounts, replacing, removing, locking, publishing.
. tests/cli/lib.sh

a=$dir/archive
j() { printf '{"id": "%s", "date": "2001-02-0%s", "title": "%s", "body": "%s"}\n' "$@"; }

{ j a 1 Alpha 'first words'; j b 2 Beta 'second words'; j c 3 Gamma 'third words'; } > "$dir/1.jsonl"
{ j a 1 Alpha 'first words'; j b 2 Beta 'changed text'; j d 4 Delta 'fourth words'
  j d 4 Delta 'fourth words'; j d 4 Delta 'fourth again'; echo '{"id": "e"}'; echo '{"id": '; } > "$dir/2.jsonl"

case_is 'a first update' exits 0 "$indexer" update --report="$dir/r1" "$a" "$dir/1.jsonl"
case_is 'three are added' [ "$(count_of "$dir/r1" added)" = 3 ]
case_is 'a broken line makes exit status 3' exits 3 "$indexer" update --report="$dir/r2" "$a" "$dir/2.jsonl"
case_is 'accounts: unchanged' [ "$(count_of "$dir/r2" unchanged)" = 1 ]
case_is 'accounts: updated' [ "$(count_of "$dir/r2" updated)" = 2 ]
case_is 'accounts: added' [ "$(count_of "$dir/r2" added)" = 1 ]
case_is 'accounts: duplicate' [ "$(count_of "$dir/r2" duplicate)" = 1 ]
case_is 'accounts: skipped' [ "$(count_of "$dir/r2" skipped)" = 1 ]
case_is 'accounts: failed' [ "$(count_of "$dir/r2" failed)" = 1 ]
case_is 'accounts add up' [ "$(count_of "$dir/r2" inputs)" = 7 ]
case_is 'the reason names the line' grep -q 'line 7' "$dir/r2"

case_is 'the old text is gone' exits 1 "$searcher" "$a" second
case_is 'the new text is there' exits 0 "$searcher" "$a" changed
case_is 'of several versions the last stays' exits 1 "$searcher" "$a" '"fourth words"'
case_is 'and is found' exits 0 "$searcher" --count --format=json "$a" '"fourth again"'
case_is 'once' grep -q '"total": {"value": 1, "exact": true}' "$out"

# A large update goes another way than a small one: by a new generation.
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "{\"id\": \"n%d\", \"title\": \"Number %d\", \"body\": \"%s number %d\"}\n", i, i, text(i), i }
     function text(i,  s, k) { s = ""; for (k = 0; k < 120; k++) s = s " word" (i * 7 + k * 13) % 977; return s }' > "$dir/3.jsonl"
j b 2 Beta 'thirdly changed' >> "$dir/3.jsonl"
case_is 'a large update' exits 0 "$indexer" update --quiet --report="$dir/r3" "$a" "$dir/3.jsonl"
case_is 'a large update: counts' [ "$(count_of "$dir/r3" added)-$(count_of "$dir/r3" updated)" = 9000-1 ]
case_is 'a large update replaces' exits 1 "$searcher" "$a" '"changed text"'
case_is 'a large update is found' exits 0 "$searcher" "$a" '"number 8999"'
case_is 'a second run changes nothing' exits 0 "$indexer" update --quiet --report="$dir/r4" "$a" "$dir/3.jsonl"
case_is 'all unchanged' [ "$(count_of "$dir/r4" unchanged)" = 9001 ]
case_is 'check finds nothing' exits 0 "$indexer" check "$a"

case_is 'remove' exits 0 "$indexer" remove "$a" a n17
case_is 'what is removed is not found' exits 1 "$searcher" show "$a" a
case_is 'removing what is not there' exits 3 "$indexer" remove "$a" a
case_is 'compact' exits 0 "$indexer" compact "$a"
case_is 'compact keeps all' exits 0 "$searcher" show "$a" n18
case_is 'stats' exits 0 "$indexer" stats "$a"
case_is 'stats count' grep -q '^articles     9002$' "$out"
case_is 'an archive of the other engine' exits 0 "$indexer" update --quiet --engine=xapian "$dir/x" corpus/text corpus/heads
case_is 'Xapian tools open it' sh -c "n=\$('$indexer' stats '$dir/x' | sed -n 's/^articles *//p'); xapian-delve '$dir/x' | grep -q \"documents = \$n\$\""

# Locking: a writer that waits for its input holds the archive.
mkfifo "$dir/fifo"
"$indexer" update --quiet "$a" - < "$dir/fifo" &
writer=$!
exec 9> "$dir/fifo"
i=0
while [ $i -lt 50 ] && ! grep -q "^$writer\$" "$a/morgue.lock"; do sleep 0.1; i=$((i + 1)); done
case_is 'a second writer leaves with 75' exits 75 "$indexer" update "$a" "$dir/1.jsonl"
case_is 'and is told who holds it' grep -q "process $writer" "$err"
case_is 'searching goes on meanwhile' exits 0 "$searcher" "$a" changed
kill -9 $writer
exec 9>&-
wait $writer 2>/dev/null
case_is 'after kill -9 the next update succeeds' exits 0 "$indexer" update "$a" "$dir/1.jsonl"

# Both cores, and the order of arrival does not depend on threads.
for t in 1 2; do
    "$indexer" update --quiet --memory=16 --threads=$t "$dir/t$t" "$dir/3.jsonl" 2> "$err"
    "$searcher" --format=jsonl --limit=300 --no-snippet "$dir/t$t" word13 > "$dir/hits$t"
done
case_is 'the same hits whatever the threads' cmp "$dir/hits1" "$dir/hits2"

# A reader that is open survives any number of commits.
"$searcher" --batch="$dir/fifo" --format=trec "$a" > "$dir/batch" 2> "$dir/batch.err" &
reader=$!
exec 9> "$dir/fifo"
printf 'q1\tnumber 5000\n' >&9
for k in 1 2 3 4; do
    j "new$k" 5 New "fresh words $k" | "$indexer" update --quiet "$a" -
done
printf 'q2\t"number 5000"\nq3\tfirst\n' >&9
exec 9>&-
wait $reader
case_is 'a reader survives commits' [ "$(cut -d ' ' -f 1 "$dir/batch" | sort -u | tr '\n' ' ')" = 'q1 q2 q3 ' ]

# A page that was captured twice, the later time first in the file: that one
# stays, and the next night changes nothing.
capture() { # TIME TEXT
    page=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nFerry\n\n%s' "$2")
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: %s\r\nWARC-Target-URI: http://a.example/ferry\r\n' "$1"
    printf 'Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' \
        "$(printf %s "$page" | wc -c)" "$page"
}
{
    capture 2021-06-02T08:00:00Z 'The ferry was found.'
    capture 2021-06-01T08:00:00.25Z 'The ferry is missing.'
} > "$dir/crawl.warc"
"$indexer" update --quiet --report="$dir/r" "$dir/crawl" "$dir/crawl.warc" 2> "$err"
case_is 'the earlier capture of a page is skipped' \
    [ "$(count_of "$dir/r" added) $(count_of "$dir/r" skipped)" = '1 1' ]
case_is 'the later one is found' exits 0 "$searcher" "$dir/crawl" found
case_is 'and the earlier is not' exits 1 "$searcher" "$dir/crawl" missing
before=$(cat "$dir/crawl/segments" | cksum)
"$indexer" update --quiet --report="$dir/r" "$dir/crawl" "$dir/crawl.warc" 2> "$err"
case_is 'the next night it is unchanged' \
    [ "$(count_of "$dir/r" unchanged) $(count_of "$dir/r" updated)" = '1 0' ]
case_is 'and nothing was written' [ "$(cat "$dir/crawl/segments" | cksum)" = "$before" ]

# An embargo that cannot be read withholds the story, in whatever form it comes.
embargo=$dir/embargo.jsonl
: > "$embargo"
n=0
while read -r value; do
    n=$((n + 1))
    printf '{"id": "w%d", "title": "Secret", "body": "fish", "embargo": %s}\n' $n "$value" >> "$embargo"
done << 'END'
"soon"
"not before Monday"
"2099-13-45T00:00:00Z"
{"time": "2099-01-01T00:00:00Z"}
["x", "2099-01-01T00:00:00Z", "y"]
true
"2020-01-01 until further notice"
"2099-01-01"
4070908800
END
printf '{"id": "w10", "title": "S", "body": "fish", "embargoUntil": "2099-01-01"}\n' >> "$embargo"
printf '{"id": "w11", "title": "S", "body": "fish", "embargo_until": "when?"}\n' >> "$embargo"
for value in '""' null false '"none"' '"2001-01-01"'; do
    n=$((n + 1))
    printf '{"id": "s%d", "title": "S", "body": "fish", "embargo": %s}\n' $n "$value" >> "$embargo"
done
printf 'id,title,body,embargo\nw12,S,fish,soon\ns0,S,fish,\n' > "$dir/embargo.csv"
printf 'Title: S\nEmbargo: until the speech\n\nfish\n' > "$dir/embargo.txt"
case_is 'embargoes' exits 0 "$indexer" update -q "$dir/embargoes" "$embargo" "$dir/embargo.csv" "$dir/embargo.txt"
exits 0 "$searcher" --format=trec --limit=50 "$dir/embargoes" fish
case_is 'what cannot be read withholds' [ "$(grep -vc ' s[0-9]* ' "$out")" = 0 ]
case_is 'and nothing else does' [ "$(wc -l < "$out")" = 6 ]

# A story without a date that gives way to what the archive has is not counted.
printf '{"id": "u", "date": "2001-02-03", "title": "T", "body": "As it is."}\n' > "$dir/as"
printf '{"id": "u", "title": "T", "body": "In another state."}\n' > "$dir/other"
"$indexer" update --quiet "$dir/undated" "$dir/as"
case_is 'one in two states' exits 0 "$indexer" update "$dir/undated" "$dir/other" "$dir/as"
case_is 'is unchanged' grep -q '1 unchanged' "$err"
case_is 'and none is without a date' sh -c "! grep -q 'without a date' '$err'"
case_is 'the state without a date alone' exits 0 "$indexer" update "$dir/undated" "$dir/other"
case_is 'is counted' grep -q '1 without a date' "$err"

exit $failed
