# SPDX-License-Identifier: GPL-2.0-or-later
#
# lib.sh - what the tests of the programs share
#
#   case_is NAME COMMAND...     ok if the command succeeds
#   exits CODE COMMAND...       succeeds if the command ends with that code;
#                               its output is in $out and $err
indexer=$BUILD/indexer
searcher=$BUILD/searcher
dir=$SCRATCH/$(basename "$0" .sh)
out=$dir/.out
err=$dir/.err
mkdir -p "$dir"
failed=0

case_is() {
    name=$1
    shift
    if "$@"; then
        echo "ok $name"
    else
        echo "not ok $name"
        echo "$name: $*" >&2
        [ -f "$err" ] && tail -n 5 "$err" >&2
        failed=1
    fi
}

exits() {
    want=$1
    shift
    "$@" > "$out" 2> "$err" < "${input:-/dev/null}"
    got=$?
    [ $got -eq "$want" ] || {
        echo "exit status $got, not $want: $*" >&2
        cat "$err" >&2
        return 1
    }
}

# The value of a key in the report $1.
count_of() {
    sed -n "s/.*\"$2\": \([0-9]*\).*/\1/p" "$1" | tail -n 1
}
