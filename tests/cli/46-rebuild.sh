# SPDX-License-Identifier: GPL-2.0-or-later
#
# indexer rebuild on all of the corpus, by each engine to each; the disk asked
# for before; and what SIGINT and SIGTERM do to what writes.
. tests/cli/lib.sh

state=$BUILD/tests/state
says() { grep -q -- "$1" "$err"; }

same_state() { "$state" "$a" > "$dir/now" && cmp -s "$dir/now" "$dir/$1.state"; }
same_files() { (cd "$1" && find . -type f ! -name morgue.lock -exec md5sum {} + | sort) > "$dir/sums.now" && cmp -s "$dir/sums.now" "$dir/sums"; }
sums() { (cd "$1" && find . -type f ! -name morgue.lock -exec md5sum {} + | sort) > "$dir/sums"; }

for engine in segment xapian; do
    "$indexer" update -q --engine=$engine "$dir/$engine" corpus > /dev/null 2>&1
    "$state" "$dir/$engine" > "$dir/$engine.state"
done
for engine in segment xapian; do
    articles=$("$indexer" stats "$dir/$engine" | sed -n 's/^articles *//p')
    for other in segment xapian; do
        a=$dir/a
        rm -rf "$a" && cp -r "$dir/$engine" "$a"
        what="rebuild: $engine to $other"
        case_is "$what" exits 0 "$indexer" rebuild --engine=$other "$a"
        case_is "$what: says how many" says "indexer: $articles articles made anew in"
        case_is "$what: there is no damage" exits 0 "$indexer" check "$a"
        case_is "$what: answers are the same" same_state $engine
        case_is "$what: and those of an archive of that engine" same_state $other
        case_is "$what: stats name it" eval '"$indexer" stats "$a" | grep -q "^engine *$other"'
        "$indexer" update "$a" corpus > /dev/null 2> "$err"
        case_is "$what: the sources are unchanged" says "inputs: $articles unchanged"
    done
    a=$dir/a
    rm -rf "$a" && cp -r "$dir/$engine" "$a"
    case_is "rebuild: $engine: quietly" exits 0 "$indexer" rebuild -q --threads=1 --memory=1 "$a"
    case_is "rebuild: $engine: says nothing" [ ! -s "$err" ]
done

case_is 'rebuild: no archive' exits 66 "$indexer" rebuild "$dir/none"
case_is 'rebuild: something else' exits 66 "$indexer" rebuild "$dir"
case_is 'rebuild: no such engine' exits 64 "$indexer" rebuild --engine=lucene "$dir/segment"
case_is 'rebuild: names those that there are' says 'segment, xapian'
case_is 'rebuild: takes one archive' exits 64 "$indexer" rebuild "$dir/segment" "$dir/xapian"

# The disk is asked for before anything is written.
if [ -f "$FAILIO_SO" ]; then
    for engine in segment xapian; do
        for other in segment xapian; do
            what="rebuild: $engine to $other, 9000 bytes left"
            sums "$dir/$engine"
            case_is "$what" exits 75 env FAILIO_ROOM=9000 LD_PRELOAD="$FAILIO_SO" "$indexer" rebuild --engine=$other "$dir/$engine"
            case_is "$what: says how much it needs" says 'takes about [1-9][0-9]* MB beside it, and its disk has 0 MB left'
            case_is "$what: nothing was written" same_files "$dir/$engine"
        done
    done
fi

# ---- signals ----
a=$dir/signals
"$BUILD/generate" --seed=3 --articles=3000 > "$dir/large.jsonl"
cp -r "$dir/segment" "$a"
sums "$a"
mkfifo "$dir/pipe"

# begin COMMAND...: in the background, reading the pipe, until it has the lock
begin() {
    "$@" < "$dir/pipe" > "$out" 2> "$err" &
    victim=$!
    exec 8> "$dir/pipe"
    n=0
    while [ "$(cat "$a/morgue.lock")" != $victim ] && [ $n -lt 200 ]; do sleep 0.05; n=$((n + 1)); done
}
for signal in INT TERM; do
    # A shell starts what is in the background with SIGINT ignored.
    begin env --default-signal=INT "$indexer" update --report="$dir/report" "$a" -
    head -n 500 "$dir/large.jsonl" >&8
    kill -$signal $victim
    wait $victim
    case_is "SIG$signal ends an update" [ $? -eq 75 ]
    exec 8>&-
    case_is "SIG$signal: it says so" says '^indexer: interrupted: the archive is as it was$'
    case_is "SIG$signal: the archive is as it was" same_files "$a"
    case_is "SIG$signal: no report is left" [ -z "$(ls "$dir" | grep '^report')" ]
    begin env --default-signal=INT "$indexer" update "$dir/new" "$dir/large.jsonl" -
    kill -$signal $victim
    wait $victim
    code=$?
    exec 8>&-
    case_is "SIG$signal: a new archive goes" eval '[ $code -eq 75 ] && [ ! -e "$dir/new" ]'
done
begin env --ignore-signal=INT "$indexer" update -q "$a" -
kill -INT $victim
head -n 10 "$dir/large.jsonl" >&8
exec 8>&-
wait $victim
case_is 'SIGINT that is ignored stays so' [ $? -eq 0 ]

# Two signals end it at once, and the next writer takes away what was left.
a=$dir/twice
cp -r "$dir/xapian" "$a"
sums "$a"
begin env --default-signal=INT "$indexer" update -q "$a" -
kill -STOP $victim
kill -TERM $victim
kill -CONT $victim
sleep 0.01
kill -TERM $victim 2> /dev/null
wait $victim
code=$?
exec 8>&-
case_is 'a second signal ends it too' [ $code -eq 143 -o $code -eq 75 ]
case_is 'and what was there is' same_files "$a"

# A rebuild.
for engine in segment xapian; do
    a=$dir/rebuilt-$engine
    exits 0 "$indexer" update -q --engine=$engine "$a" "$dir/large.jsonl"
    "$state" "$a" > "$dir/before"
    env --default-signal=INT "$indexer" rebuild --threads=1 "$a" > "$out" 2> "$err" &
    victim=$!
    sleep 0.2
    kill -TERM $victim 2> /dev/null
    wait $victim
    code=$?
    case_is "SIGTERM ends a rebuild: $engine" [ $code -eq 75 -o $code -eq 0 ]
    [ $code -eq 0 ] && echo "# $engine: it was done before"
    "$state" "$a" > "$dir/now"
    case_is "SIGTERM ends a rebuild: $engine: as it was" cmp -s "$dir/now" "$dir/before"
    case_is "SIGTERM ends a rebuild: $engine: no run is left" [ -z "$(ls "$a" | grep '^run-')" ]
done

exit $failed
