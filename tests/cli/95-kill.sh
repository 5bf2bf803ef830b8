#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kill -9 at random instants of what writes: a first update, one that adds and
# replaces, remove, compact, rebuilds by the same engine and by the other and,
# in long runs, an update that is large. Half of
# the time the same is begun again and killed once more. Each time the archive
# must be as before or as after, without damage; the same command must then
# succeed, give what it gives undisturbed, and leave nothing behind.
#
#   KILLS    how many instants, shared by the engines (25; 8 with sanitizers)
#   SEED     of the instants; by default another in each run, and printed
#   ENGINES  the engines to try (those that this build has)
#
# `make kill-test KILLS=200` runs this alone.
. tests/cli/lib.sh

ENGINES=${ENGINES:-segment xapian}
KILLS=${KILLS:-$([ -n "$SAN" ] && echo 8 || echo 25)}
SEED=${SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
echo "# KILLS=$KILLS SEED=$SEED ENGINES='$ENGINES'"

"$BUILD/generate" --seed=1 --articles=200 > "$dir/old.jsonl"
"$BUILD/generate" --seed=2 --articles=100 > "$dir/new.jsonl"
sed -n 's/"title": "/&Replaced /; 50,100p' "$dir/old.jsonl" >> "$dir/new.jsonl"
[ "$KILLS" -ge 100 ] && "$BUILD/generate" --seed=3 --articles=5000 > "$dir/large.jsonl"

now() { echo $(($(date +%s%N) / 1000000)); }

# What the archive answers: every article in order of arrival, and rankings;
# `nothing` where it is empty or not made yet.
state() {
    "$searcher" --format=jsonl --limit=100000 --sort=oldest "$1" lang:en > "$dir/said" 2> "$dir/said.err"
    case $? in
    0)
        "$searcher" --format=trec --any --limit=1000 --no-snippet "$1" the market replaced year > "$dir/ranks" 2>&1
        cat "$dir/said" "$dir/ranks" | cksum
        ;;
    1) echo nothing ;;
    *) grep -q 'there is no archive' "$dir/said.err" && echo nothing || cat "$dir/said.err" ;;
    esac
}

# The command of a kind, on the archive $1, in this very process.
first() { exec "$indexer" update -q --engine="$engine" "$1" "$dir/old.jsonl"; }
update() { exec "$indexer" update -q "$1" "$dir/new.jsonl"; }
large() { exec "$indexer" update -q "$1" "$dir/large.jsonl" "$dir/new.jsonl"; }
remove() { exec "$indexer" remove -q "$1" gen-1-000007 gen-1-000100 gen-1-000200; }
compact() { exec "$indexer" compact "$1"; }
rebuild() { exec "$indexer" rebuild -q "$1"; }
change() { exec "$indexer" rebuild -q --engine="$other" "$1"; }
run() { ("$1" "$2") > "$out" 2> "$err"; }

fresh() { # KIND ARCHIVE: the archive as the kind finds it
    rm -rf "$2"
    [ "$1" = first ] || cp -r "$dir/$engine" "$2"
}

# Each kind once undisturbed: its state before and after, its time, its room.
measure() {
    for kind in $kinds; do
        fresh "$kind" "$dir/whole"
        state "$dir/whole" > "$dir/$kind.before"
        begun=$(now)
        run "$kind" "$dir/whole" || return 1
        echo $(($(now) - begun)) > "$dir/$kind.ms"
        state "$dir/whole" > "$dir/$kind.after"
        du -s "$dir/whole" | cut -f 1 > "$dir/$kind.room"
        case $kind in compact | rebuild | change) continue ;; esac
        ! cmp -s "$dir/$kind.before" "$dir/$kind.after" || return 1
    done
}

killed_at() { # KIND SECONDS ARCHIVE
    ("$1" "$3") > /dev/null 2>&1 &
    victim=$!
    sleep "$2"
    kill -9 $victim 2> /dev/null
    wait $victim 2> /dev/null
    [ $? -eq 137 ] && hit=$((hit + 1))
}

fails() { # WHAT
    echo "$1: $kind killed after $seconds s, then $again; seed $SEED" >&2
    return 1
}

one() { # KIND SECONDS AGAIN: kill it there, and then there unless `no`
    kind=$1 seconds=$2 again=$3 work=$dir/work
    fresh "$kind" "$work"
    killed_at "$kind" "$seconds" "$work"
    [ "$again" = no ] || killed_at "$kind" "$again" "$work"
    state "$work" > "$dir/found"
    cmp -s "$dir/found" "$dir/$kind.before" || cmp -s "$dir/found" "$dir/$kind.after" \
        || fails 'neither before nor after' || return 1
    if [ -e "$work/morgue" ]; then
        exits 0 "$indexer" check "$work" || fails damage || return 1
    fi
    run "$kind" "$work"
    code=$?
    # What was removed already is not there to be removed again.
    [ $code -eq 0 ] || { [ "$kind $code" = 'remove 3' ] && cmp -s "$dir/found" "$dir/remove.after"; } \
        || fails "the next one ends with $code" || return 1
    state "$work" | cmp -s - "$dir/$kind.after" || fails 'not as after' || return 1
    exits 0 "$indexer" check "$work" || fails 'damage after the next one' || return 1
    room=$(du -s "$work" | cut -f 1)
    most=$(($(cat "$dir/$kind.room") * 5 / 4 + 64))
    # What was changed to xapian already has the generation before as well.
    [ "$kind $other" = 'change xapian' ] && most=$((most * 2))
    [ "$room" -le "$most" ] || fails "$room KB are in use"
}

# Lines of KIND SECONDS AGAIN.
instants() {
    for kind in $kinds; do
        echo "$kind $(cat "$dir/$kind.ms")"
    done | awk -v n="$1" -v seed="$SEED" '
        { kind[NR] = $1; ms[NR] = $2 + 5 }
        END {
            srand(seed)
            for (i = 0; i < n; i++) {
                k = i % NR + 1
                printf "%s %.4f ", kind[k], rand() * ms[k] / 1000
                printf "%s\n", rand() < 0.5 ? "no" : rand() * ms[k] / 1000
            }
        }'
}

kill_all() { # HOW MANY
    hit=0 tried=0
    instants "$1" > "$dir/instants"
    while read -r kind seconds again; do
        one "$kind" "$seconds" "$again" || return 1
        tried=$((tried + 1))
    done < "$dir/instants"
    echo "# $engine: $tried rounds, $hit processes killed while they wrote"
    [ $hit -gt 0 ]
}

n=0
for engine in $ENGINES; do n=$((n + 1)); done
for engine in $ENGINES; do
    kinds='first update remove compact rebuild change'
    other=segment
    [ "$engine" = segment ] && other=xapian
    [ "$KILLS" -ge 100 ] && kinds="$kinds large"
    exits 0 "$indexer" update -q --engine="$engine" "$dir/$engine" "$dir/old.jsonl"
    case_is "kill: $engine: undisturbed" measure
    case_is "kill: $engine: before or after, never between" kill_all $(((KILLS + n - 1) / n))
done

exit $failed
