# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files may not get longer than a limit (ulimit -f), of many sizes: that is a
# full disk like another. The programs end with 75 and say so, or get through;
# never by a signal, and the archive holds what it held before or what it
# should hold after.
. tests/cli/lib.sh

[ -n "$SAN" ] && { echo 'skip limit - not with sanitizers'; exit 0; }
state=$BUILD/tests/state

"$BUILD/generate" --articles=150 --seed=5 --out="$dir/a" > /dev/null
"$BUILD/generate" --articles=80 --seed=6 --out="$dir/b" > /dev/null

# within BLOCKS COMMAND...: of 512 bytes; its status is in $code. Messages go
# through a pipe, which has no limit.
within() {
    {
        (ulimit -f "$1"; shift; exec "$@") 2>&1 > "$out"
        echo $? > "$dir/code"
    } | cat > "$err"
    code=$(cat "$dir/code")
}

wrong() {
    echo "$engine, $blocks blocks, status $code: $1" >&2
    cat "$err" >&2
    return 1
}

judge() {
    "$state" "$work" > "$dir/now" 2> /dev/null || echo none > "$dir/now"
    case $code in
    0) cmp -s "$dir/now" "$dir/after" || wrong 'work is lost' ;;
    75)
        grep -q . "$err" || wrong 'not a word' || return 1
        cmp -s "$dir/now" "$dir/before" || wrong 'it is not what it was'
        ;;
    *) wrong 'not a status for this' ;;
    esac
}

# try START COMMAND...: the command on a copy of START, within limits that grow
# until it gets through.
try() {
    start=$1
    shift
    rm -rf "$work"
    [ -z "$start" ] || cp -r "$start" "$work"
    "$state" "$work" > "$dir/before" 2> /dev/null || echo none > "$dir/before"
    "$@" > "$out" 2> "$err" && "$state" "$work" > "$dir/after" || return 1
    refused=0
    blocks=0
    code=75
    while [ "$code" = 75 ]; do
        rm -rf "$work"
        [ -z "$start" ] || cp -r "$start" "$work"
        within "$blocks" "$@"
        judge || return 1
        [ "$code" = 0 ] || refused=$((refused + 1))
        blocks=$((blocks * 2 + 1))
    done
    echo "# $engine: $refused limits were too low, $blocks blocks are enough"
    [ "$refused" -gt 3 ]
}

for engine in ${ENGINES:-segment xapian}; do
    set -- "$indexer" update --quiet --threads=2 "--engine=$engine"
    work=$dir/work-$engine
    good=$dir/good-$engine
    "$@" "$good" "$dir/a"
    case_is "limit: $engine, a new archive" try '' "$@" "$work" "$dir/a"
    case_is "limit: $engine, an update" try "$good" "$@" "$work" "$dir/b"
    case_is "limit: $engine, removing" try "$good" "$indexer" remove --quiet "$work" "$("$searcher" --format=jsonl --limit=1 --no-snippet "$good" the | sed 's/.*"id": "\([^"]*\)".*/\1/')"
    case_is "limit: $engine, compacting" try "$good" "$indexer" compact "$work"
    case_is "limit: $engine, a rebuild" try "$good" "$indexer" rebuild --quiet --threads=2 "$work"
    for other in xapian segment; do
        [ "$other" = "$engine" ] ||
            case_is "limit: $engine to $other" try "$good" "$indexer" rebuild --quiet "--engine=$other" "$work"
    done
done

answer_is_short() {
    within 1 "$searcher" --format=jsonl --limit=100 "$good" the
    [ "$code" = 3 ] && grep -q 'cannot write the answer' "$err"
}
case_is 'limit: an answer that is cut off' answer_is_short

exit $failed
