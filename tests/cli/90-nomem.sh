#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each allocation of a run fails in turn, from the start of main: the programs
# say `out of memory` and end with 75, or get through; never a signal, and the
# archive is whole. NOMEM_STEP=1 tries every one, which takes long; by default
# about 250 of each run, spread evenly.
. tests/cli/lib.sh

[ -n "$SAN" ] && { echo 'skip nomem - not with sanitizers'; exit 0; }
[ -f "$FAILMALLOC_SO" ] || { echo 'not ok nomem: failmalloc.so is missing'; exit 1; }

# libstemmer 2.2 itself crashes where one of its own allocations fails; the
# project asks for memory before it calls it, and that call is among those
# that fail here.
export FAILMALLOC_SPARE=libstemmer

printf '{"id": "a", "date": "1987-03-01", "title": "Coffee caf\303\251", "body": "Export quotas were agreed."}\n' > "$dir/a.jsonl"
printf '{"id": "a", "title": "Coffee", "body": "Export quotas."}\n{"id": "b", "title": "B", "body": "second"}\n' > "$dir/b.jsonl"
counted() { # COMMAND...: how many allocations it makes
    rm -f "$dir/count"
    FAILMALLOC_REPORT="$dir/count" LD_PRELOAD="$FAILMALLOC_SO" "$@" > /dev/null 2>&1
    sed -n 's/^count \([0-9]*\).*/\1/p' "$dir/count" | tail -n 1
}

# try NAME PREPARE COMMAND...
try() {
    what=$1
    prepare=$2
    shift 2
    $prepare
    n=$(counted "$@")
    [ -n "$n" ] || { echo "no count" >&2; return 1; }
    step=${NOMEM_STEP:-$((n / 250 + 1))}
    tried=0
    k=1
    while [ $k -le "$n" ]; do
        $prepare
        FAILMALLOC_AT=$k LD_PRELOAD="$FAILMALLOC_SO" "$@" > "$out" 2> "$err"
        code=$?
        case $code in
        0 | 1) ;;
        75) grep -q 'out of memory\|cannot start a thread' "$err" || { echo "$k: $(cat "$err")" >&2; return 1; } ;;
        *) echo "allocation $k of $n: status $code: $(cat "$err")" >&2; return 1 ;;
        esac
        # what is given out is whole
        if [ -f "$dir/all" ] && grep -vxFf "$dir/all" "$out" > "$dir/cut"; then
            echo "allocation $k of $n: $(head -c 200 "$dir/cut")" >&2
            return 1
        fi
        tried=$((tried + 1))
        k=$((k + step))
    done
    echo "# $what: $tried of $n allocations failed in turn"
}

fresh() { rm -rf "$dir/work"; }
copied() { rm -rf "$dir/work"; cp -r "$dir/good" "$dir/work"; }
nothing() { :; }

for engine in segment xapian; do
    rm -rf "$dir/good"
    "$indexer" update --quiet "--engine=$engine" "$dir/good" "$dir/a.jsonl"
    case_is "nomem: $engine, searching" try searching nothing "$searcher" "$dir/good" coffee '"export quotas"' -tea
    case_is "nomem: $engine, showing" try showing nothing "$searcher" show "$dir/good" a
    case_is "nomem: $engine, showing what matched" try marking nothing "$searcher" '--query=coffee "export quotas"' show "$dir/good" a
    case_is "nomem: $engine, a new archive" try making fresh "$indexer" update --threads=1 "--engine=$engine" "$dir/work" "$dir/a.jsonl"
    case_is "nomem: $engine, an update" try updating copied "$indexer" update --threads=1 "$dir/work" "$dir/b.jsonl"
    case_is "nomem: $engine, the archive is whole after the last" exits 0 "$indexer" check "$dir/work"
    case_is "nomem: $engine, compacting" try compacting copied "$indexer" compact "$dir/work"
    case_is "nomem: $engine, stats" try stats nothing "$indexer" stats "$dir/good"
    case_is "nomem: $engine, check" try check nothing "$indexer" check "$dir/good"
done

# Articles are held until enough are known of their source.
awk 'BEGIN { for (i = 0; i < 9; i++) { printf "{\"id\": \"h%d\", \"body\": \"", i
    for (k = 0; k < 3000; k++) printf "words to hold %d ", i * k
    print "\"}" } }' > "$dir/hold.jsonl"
"$indexer" show-source "$dir/hold.jsonl" > "$dir/all"
case_is 'nomem: there is something to show' [ "$(wc -l < "$dir/all")" = 9 ]
case_is 'nomem: showing sources' try sources nothing "$indexer" show-source "$dir/hold.jsonl"
"$searcher" --format=jsonl values "$dir/good" lang > "$dir/all"
case_is 'nomem: values' try values nothing "$searcher" --format=jsonl values "$dir/good" lang
rm -f "$dir/all"
case_is 'nomem: days of a zone' try days nothing "$searcher" --tz=Europe/Warsaw --from=1987 --no-snippet "$dir/good" coffee

exit $failed
