#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Inputs that are broken: a clear error or a counted failure, the right exit
# status, and nothing lost.
. tests/cli/lib.sh

a=$dir/archive
in=$dir/in
mkdir -p "$in"
good='{"id": "good%d", "title": "Good %d", "body": "good words"}\n'
one_line() { [ "$(wc -l < "$err")" -le "${1:-1}" ]; }

printf "$good" 1 1 > "$in/a.jsonl"
: > "$in/empty.txt"
head -c 3000 /dev/urandom > "$in/noise.bin"
printf '\211PNG\r\n\032\n\0\0\0' > "$in/picture.txt"
{ printf "$good" 2 2; printf '{"id": "cut", "title": "Cut in the mid'; } > "$in/cut.json"
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "{\"id\": \"z%d\", \"title\": \"T %d\", \"body\": \"body %d %d\"}\n", i, i, i * 7919 % 1000003, i * 104729 % 999983 }' | gzip | head -c 60000 > "$in/truncated.gz"
printf '{\\rtf1 page}' > "$in/page.rtf"
printf 'Se\361or Ib\341\361ez lleg\363 ayer a Par\355s\n\nLa se\361ora tambi\351n vino, seg\372n dijo el ni\361o.\n' > "$in/latin.txt"
ln -s . "$in/loop"
mkfifo "$in/pipe"

case_is 'a folder of broken files' exits 3 "$indexer" update --report="$dir/r" "$a" "$in"
for what in empty noise picture cut truncated page; do
    case_is "failed with a reason: $what" grep -q "\"outcome\": \"failed\", \"path\": \"[^\"]*$what[^\"]*\", .*\"reason\": \"..*\"" "$dir/r"
done
case_is 'the failures are six' [ "$(count_of "$dir/r" failed)" = 6 ]
case_is 'a loop and a pipe are skipped' [ "$(count_of "$dir/r" skipped)" = 2 ]
sum=0
for o in added updated unchanged duplicate skipped failed; do
    sum=$((sum + $(count_of "$dir/r" $o)))
done
case_is 'the accounts add up' [ "$sum" = "$(count_of "$dir/r" inputs)" ]
case_is 'what came before a break is kept' exits 0 "$searcher" show "$a" z1000
case_is 'the line before a cut is kept' exits 0 "$searcher" show "$a" good2
case_is 'latin-1 is converted' exits 0 "$searcher" "$a" senor ibanez
case_is 'it is counted' [ "$(count_of "$dir/r" converted)" = 1 ]

for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do
    echo '{"id": "no text"}'
done > "$dir/skipped.jsonl"
case_is 'many that are skipped' exits 3 "$indexer" update "$dir/many" "$dir/skipped.jsonl" "$in/cut.json"
case_is 'hide none that fails' grep -q '^indexer: failed: .*cut.json' "$err"
case_is 'and are not all named' [ "$(grep -c '^indexer: skipped' "$err")" = 20 ]
case_is 'but counted' grep -qx 'indexer: 2 more skipped; --report=FILE names all' "$err"
case_is 'what failed comes first' sh -c "head -n 1 '$err' | grep -q '^indexer: failed: .*cut.json'"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
    echo 'no article' | gzip | head -c 20 > "$dir/broken$i.gz"
done
for q in -q ''; do
    case_is "many that fail, among others $q" exits 3 "$indexer" update $q "$dir/fail" "$dir/skipped.jsonl" "$dir"/broken*.gz "$dir/skipped.jsonl"
    case_is "each kind has its ceiling $q" [ "$(grep -c '^indexer: failed' "$err") $(grep -c '^indexer: skipped' "$err")" = "20 $([ "$q" ] && echo 0 || echo 20)" ]
    case_is "the rest of what failed is counted $q" grep -qx 'indexer: 3 more failed; --report=FILE names all' "$err"
    case_is "failures come first $q" [ "$(head -n 21 "$err" | grep -c 'failed')" = 21 ]
done
case_is 'an update that ends in the middle' exits 66 "$indexer" update "$dir/never" "$dir/nowhere"
case_is 'tells its failures before all is lost' exits 66 "$indexer" update "$dir/fail" "$dir/skipped.jsonl" "$dir/broken1.gz" "$dir/nowhere"
case_is 'and what it skipped' [ "$(grep -c '^indexer: skipped' "$err")" = 20 ]
case_is 'quietly' exits 3 "$indexer" update -q "$dir/many" "$dir/skipped.jsonl" "$in/cut.json"
case_is 'failures alone are named' eval 'one_line && grep -q "^indexer: failed: .*cut.json" "$err"'

case_is 'a source that is not there' exits 66 "$indexer" update "$dir/none" "$dir/nowhere"
case_is 'in one line' one_line
case_is 'no archive is left of it' [ ! -e "$dir/none" ]
case_is 'an archive that is not there' exits 3 "$searcher" "$dir/none" x
case_is 'in one line again' one_line
case_is 'a directory that is no archive' exits 3 "$searcher" "$in" x
case_is 'it is not filled' exits 73 "$indexer" update "$in" "$in/a.jsonl"
case_is 'a file that is no archive' exits 3 "$searcher" "$in/a.jsonl" x
for command in stats check compact; do
    case_is "$command of what is no archive" exits 66 "$indexer" $command "$in"
done
case_is 'remove from what is no archive' exits 66 "$indexer" remove "$in" x
mkdir "$dir/mixed" && cp "$in/a.jsonl" "$dir/mixed/"
case_is 'an archive within its source' exits 0 "$indexer" update --report="$dir/r1" "$dir/mixed/archive" "$dir/mixed"
case_is 'is not read' [ "$(count_of "$dir/r1" added)-$(count_of "$dir/r1" skipped)-$(count_of "$dir/r1" inputs)" = 1-1-2 ]
case_is 'an engine there is none of' exits 64 "$indexer" update --engine=steam "$dir/none" "$in/a.jsonl"
case_is 'a format there is none of' exits 64 "$indexer" update --format=steam "$dir/none" "$in/a.jsonl"
case_is 'no command' exits 64 "$indexer"
case_is 'a wrong command' exits 64 "$indexer" explode "$a"
case_is 'a forced format that does not fit' exits 3 "$indexer" update --format=sgml "$dir/forced" "$in/a.jsonl"
printf "$good" 7 7 | "$indexer" update --quiet "$a" -
case_is 'standard input' exits 0 "$searcher" show "$a" good7

if [ "$(id -u)" != 0 ]; then
    chmod 0 "$in"
    case_is 'a folder that may not be read' exits 66 "$indexer" update "$a" "$in"
    chmod 755 "$in"
else
    mkdir -p "$dir/closed" && chmod 0 "$dir/closed" && cp "$in/a.jsonl" "$dir/one.jsonl"
    chmod 777 "$dir" "$SCRATCH"
    if command -v setpriv > /dev/null; then
        case_is 'a folder that may not be read' exits 66 setpriv --reuid=65534 --regid=65534 \
            --clear-groups "$indexer" update "$dir/nobody" "$dir/closed"
    else
        echo 'skip a folder that may not be read - run as root without setpriv'
    fi
fi

# Damage is reported as damage.
cp -r "$a" "$dir/damaged"
echo 'engine xapian' > "$dir/damaged/morgue"
case_is 'a damaged marker' exits 3 "$searcher" "$dir/damaged" good
cp "$a/morgue" "$dir/damaged/morgue"
: > "$dir/damaged/segments"
case_is 'a damaged manifest' exits 65 "$indexer" check "$dir/damaged"
exits 0 "$indexer" update --quiet --engine=xapian "$dir/stub" "$in/a.jsonl"
: > "$dir/stub/XAPIANDB"
case_is 'a damaged stub' exits 65 "$indexer" check "$dir/stub"

# A full disk: a small file system of its own, where that may be made.
full_disk() { # ENGINE
    exits 0 "$indexer" update --quiet "--engine=$1" "$dir/disk/a" "$in/a.jsonl"
    ls "$dir/disk/a" > "$dir/before"
    case_is "$1: a full disk ends with 75" exits 75 "$indexer" update "$dir/disk/a" "$dir/big.jsonl"
    case_is "$1: in one line too" one_line
    case_is "$1: nothing is lost" exits 0 "$searcher" show "$dir/disk/a" good1
    case_is "$1: nothing is damaged" exits 0 "$indexer" check "$dir/disk/a"
    ls "$dir/disk/a" > "$dir/after"
    case_is "$1: nothing is left over" cmp -s "$dir/before" "$dir/after"
}
awk 'BEGIN { for (i = 0; i < 20000; i++) { s = ""; for (k = 0; k < 60; k++) s = s " w" (i * 31 + k * 977) % 50021; printf "{\"id\": \"f%d\", \"title\": \"T%d\", \"body\": \"%s\"}\n", i, i, s } }' > "$dir/big.jsonl"
mkdir -p "$dir/disk"
for engine in segment xapian; do
    [ $engine = xapian ] && size=12m || size=4m
    if [ -z "$SAN" ] && mount -t tmpfs -o size=$size tmpfs "$dir/disk" 2> /dev/null; then
        full_disk $engine
        umount "$dir/disk"
    else
        echo "skip $engine: a full disk - no file system may be mounted here"
    fi
done

exit $failed
