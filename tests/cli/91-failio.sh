#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each write, sync, rename, map and so on of an update fails in turn: it ends
# with a status that the manual names, the archive holds what it held before
# or what it should hold after, `check` finds nothing, and the same update
# then succeeds and leaves no files behind. Status 0 is only for work that is
# done. FAILIO_STEP=1 tries every call in three ways, which takes minutes; by
# default about 40 of each run fail alone, and 15 with all that follow.
. tests/cli/lib.sh

[ -n "$SAN" ] && { echo 'skip failio - not with sanitizers'; exit 0; }
[ -f "$FAILIO_SO" ] || { echo 'not ok failio: failio.so is missing'; exit 1; }
state=$BUILD/tests/state

article() { # ID DATE TITLE BODY
    printf '{"id": "%s", "date": "%s", "lang": "en", "title": "%s", "body": "%s"}\n' "$@"
}
for i in 1 2 3 4 5 6; do
    article "a$i" "198$i-03-01" "Coffee $i" "Export quotas were agreed, number $i of them."
done > "$dir/a.jsonl"
for i in 4 5 6 7 8 9; do
    article "a$i" "199$i" "Herring $i" "No quota for herring $i, said the coffee exporters."
done > "$dir/b.jsonl"

files() { find "$1" | wc -l; }

# What the command makes of the archive when nothing fails, and how many calls
# it makes: $dir/before, $dir/after, $after_files, $calls.
measure() { # COMMAND...
    prepare
    "$state" "$work" > "$dir/before" 2> /dev/null || echo none > "$dir/before"
    FAILIO_REPORT="$dir/count" LD_PRELOAD="$FAILIO_SO" "$@" > /dev/null 2> "$err" || return 1
    calls=$(sed -n 's/^count //p' "$dir/count")
    after_files=$(files "$work")
    "$state" "$work" > "$dir/after" || return 1
    if [ -n "$twice" ]; then # the xapian engine keeps the generation before
        "$@" > /dev/null 2> "$err" || return 1
        after_files=$(files "$work")
    fi
    [ -n "$calls" ] && [ "$calls" -gt 5 ]
}

prepare() {
    rm -rf "$work"
    [ -z "$start" ] || cp -r "$start" "$work"
}

wrong() {
    echo "$engine: $how=$k of $calls ($(sed -n 's/^failed //p' "$dir/count")), status $code: $1" >&2
    cat "$err" >&2
    return 1
}

same() { cmp -s "$dir/now" "$dir/$1"; }

# What the archive holds after a run that ended with $code.
judge() {
    if ! "$state" "$work" > "$dir/now" 2> "$dir/said"; then
        # Only a new archive may be not there.
        [ "$(cat "$dir/before")" = none ] || wrong "$(cat "$dir/said")" || return 1
        "$indexer" check "$work" > /dev/null 2>&1
        case $? in 66 | 73) echo none > "$dir/now" ;; *) wrong "$(cat "$dir/said")" || return 1 ;; esac
    fi
    # One that could not be taken away again, for that failed too, is empty.
    [ "$(cat "$dir/before")$(head -n 1 "$dir/now")" = 'none0 articles' ] && echo none > "$dir/now"
    if [ "$code" = 0 ]; then
        same after || wrong "work is lost" || return 1
    else
        same before || same after || wrong "it holds neither what it did nor what it should" || return 1
    fi
}

# fail_each HOW STEP COMMAND...: HOW is a variable of failio.c.
fail_each() {
    how=$1
    step=$2
    shift 2
    k=1
    while [ "$k" -le "$calls" ]; do
        prepare
        env "$how=$k" FAILIO_SHORT="$short" FAILIO_REPORT="$dir/count" LD_PRELOAD="$FAILIO_SO" "$@" > /dev/null 2> "$err"
        code=$?
        case $code in
        0 | 73 | 74 | 75) ;;
        134) # libxapian aborts where values cannot be written (README)
            [ "$engine" = xapian ] || wrong 'a signal' || return 1 ;;
        *) wrong 'not a status for this' || return 1 ;;
        esac
        judge || return 1
        "$@" > /dev/null 2> "$err"
        code=$?
        case $code in
        0) ;;
        3 | 66) same after || wrong 'the next one fails' || return 1 ;; # nothing is left to remove
        *) wrong 'the next one fails' || return 1 ;;
        esac
        "$state" "$work" > "$dir/now" 2> "$err" || wrong 'damaged by the next one' || return 1
        same after || wrong 'the next one does not make up for it' || return 1
        [ "$(files "$work")" -le "$after_files" ] || wrong "files are left: $(ls "$work" | tr '\n' ' ')" || return 1
        tried=$((tried + 1))
        k=$((k + step))
    done
}

# try NAME START COMMAND...
try() {
    start=$1
    shift
    tried=0
    measure "$@" || { echo "it fails by itself" >&2; return 1; }
    short=
    fail_each FAILIO_AT "${FAILIO_STEP:-$((calls / at_most + 1))}" "$@" || return 1
    short=1
    fail_each FAILIO_FROM "${FAILIO_STEP:-$((calls / 15 + 1))}" "$@" || return 1
    [ -z "$FAILIO_STEP" ] || fail_each FAILIO_AT 1 "$@" || return 1
    echo "# $engine: $calls calls, $tried runs"
}

for engine in ${ENGINES:-xapian segment}; do
    set -- "$indexer" update --quiet --threads=1 "--engine=$engine"
    "$@" "$dir/probe-$engine" "$dir/a.jsonl" > /dev/null 2>&1 ||
        { echo "skip failio: $engine - there is no such engine"; continue; }
    at_most=40
    [ "$engine" = xapian ] && at_most=15
    work=$dir/work-$engine
    good=$dir/good-$engine
    for i in 1 2 3; do # in three updates, so that there is something to merge
        sed -n "$((2 * i - 1)),$((2 * i))p" "$dir/a.jsonl" > "$dir/part.jsonl"
        "$@" "$good" "$dir/part.jsonl"
    done
    case_is "failio: $engine, a new archive" try '' "$@" "$work" "$dir/a.jsonl"
    case_is "failio: $engine, an update" try "$good" "$@" "$work" "$dir/b.jsonl"
    case_is "failio: $engine, removing" try "$good" "$indexer" remove --quiet "$work" a1 a4
    case_is "failio: $engine, compacting" try "$good" "$indexer" compact "$work"
    case_is "failio: $engine, a rebuild" try "$good" "$indexer" rebuild --quiet --threads=1 "$work"
    for other in xapian segment; do
        twice=$other
        [ "$other" = "$engine" ] ||
            case_is "failio: $engine to $other" try "$good" "$indexer" rebuild --quiet --threads=1 "--engine=$other" "$work"
    done
    twice=
done

# What an update makes is on the disk before it is named, the names are there
# before what says that they are current, and the folder of a new archive is
# on the disk, too.
synced_in_order() {
    rm -rf "$dir/new"
    FAILIO_LOG="$dir/log" LD_PRELOAD="$FAILIO_SO" \
        "$indexer" update -q --threads=1 "--engine=$engine" "$dir/new" "$dir/b.jsonl" || return 1
    awk -v parent="$dir" '
        $1 == "sync" && $2 == parent { above = NR }
        $1 == "rename" && $3 == "morgue" { marker = NR }
        $1 == "sync" && $2 ~ /\/(seg-|gen-000002\/)/ { data = NR }
        $1 == "sync" && $2 == parent "/new" { folder = NR }
        $1 == "rename" && $3 ~ /^(segments|XAPIANDB)$/ { named = NR; made = data; seen = folder }
        END { exit !(above && above < marker && made && made < seen && seen < named && data == made && folder > named) }
    ' "$dir/log" || { cat "$dir/log" >&2; return 1; }
}
for engine in segment xapian; do
    case_is "failio: $engine, what is synced, in order" synced_in_order
done

exit $failed
