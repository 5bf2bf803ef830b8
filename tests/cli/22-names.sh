#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The programs call themselves what they were called as, and name commands
# that are there.
. tests/cli/lib.sh

mkdir -p "$dir/bin"
ln -sf "$indexer" "$dir/bin/morgue-indexer"
ln -sf "$searcher" "$dir/bin/morgue-searcher"
ln -sf "$indexer" "$dir/bin/mi"
ln -sf "$searcher" "$dir/bin/find-in-morgue"
printf '{"id": "1", "title": "Coffee", "body": "Quotas."}\n' > "$dir/in"

for as in morgue-indexer mi; do
    p=$dir/bin/$as
    case_is "$as: help" exits 0 "$p" --help
    case_is "$as: its usage" grep -q "^usage: $as update  \[OPTION" "$out"
    case_is "$as: its other lines" grep -q "^       $as formats$" "$out"
    case_is "$as: a hint in an option" grep -q "($as formats lists them)" "$out"
    case_is "$as: no other name in it" sh -c "! grep -qE '(^|[ (])indexer |@' '$out'"
    case_is "$as: version" exits 0 "$p" --version
    case_is "$as: it begins with its name" grep -q "^$as (morgue) [0-9.]*$" "$out"
    case_is "$as: a wrong option" exits 64 "$p" --nonsense
    case_is "$as: its hint" grep -q "^$as: option .*; see $as --help$" "$err"
    case_is "$as: an update" exits 0 "$p" update "$dir/archive-$as" "$dir/in"
    case_is "$as: its accounts" grep -q "^$as: 1 input: 1 added" "$err"
    case_is "$as: a rebuild" exits 0 "$p" rebuild "$dir/archive-$as"
    case_is "$as: its account" grep -q "^$as: 1 article made anew" "$err"
    case_is "$as: a format that is none" exits 64 "$p" update --format=nonsense "$dir/a" "$dir/in"
    case_is "$as: what lists them" grep -q "^$as: .*; \`$as formats\` lists them$" "$err"
    case_is "$as: another engine" exits 64 "$p" update --engine=xapian "$dir/archive-$as" "$dir/in"
    case_is "$as: what would change it" grep -q "\`$as rebuild\`" "$err"
done

rm "$dir/archive-mi/morgue"
for pair in morgue-searcher:morgue-indexer find-in-morgue:morgue-indexer; do
    as=${pair%:*}
    p=$dir/bin/$as
    case_is "$as: help" exits 0 "$p" --help
    case_is "$as: its usage" grep -q "^usage: $as \[OPTION" "$out"
    case_is "$as: no other name in it" sh -c "! grep -qE '(^|[ (])searcher |@' '$out'"
    case_is "$as: a wrong option" exits 2 "$p" --nonsense
    case_is "$as: its hint" grep -q "; see $as --help$" "$err"
    case_is "$as: a damaged archive" exits 3 "$p" "$dir/archive-mi" coffee
    case_is "$as: the indexer that mends it" grep -q "^$as: .*\`${pair#*:} check --repair\`" "$err"
done
case_is 'where they are built' exits 3 "$searcher" "$dir/archive-mi" coffee
case_is 'the indexer there' grep -q "^searcher: .*\`indexer check --repair\`" "$err"

# A name that nobody would give.
ln -sf "$indexer" "$dir/bin/$(printf 'a\033[31mb')"
"$dir/bin/$(printf 'a\033[31mb')" --nonsense > "$out" 2> "$err"
case_is 'a name with controls is harmless' sh -c "! grep -q '$(printf '\033')' '$err'"
long=$(printf '%0200d' 0)
ln -sf "$indexer" "$dir/bin/$long"
case_is 'one that is long' exits 64 "$dir/bin/$long" --nonsense
case_is 'is told by the usual one' grep -q '^indexer: ' "$err"

# One finding is one.
"$indexer" update --quiet "$dir/damaged" "$dir/in"
file=$dir/damaged/seg-00000001
printf 'X' | dd of="$file" bs=1 seek=$(($(wc -c < "$file") / 2)) conv=notrunc 2> /dev/null
case_is 'damage is found' exits 65 "$indexer" check "$dir/damaged"
n=$(wc -l < "$out")
case_is "findings, $n, are counted as such" grep -qE "is damaged: $n finding$([ "$n" = 1 ] || echo s)\$" "$err"

# What cannot be an archive.
ln -s nowhere "$dir/link"
for p in "$dir/in" "$dir/in/" "$dir/in/x" "$dir/nothing/x" "$dir/link" "$dir/bin" /dev/null; do
    case_is "no archive can be made at $(basename "$p")" exits 73 "$indexer" update "$p" "$dir/in"
done
case_is 'the source is as it was' grep -q Quotas "$dir/in"

exit $failed
