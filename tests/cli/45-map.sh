#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Maps: what a user says that keys mean.
. tests/cli/lib.sh

a=$dir/archive
cat > "$dir/map" <<'END'
# a table of a museum
title  = Schlagzeile
body   = Inhalt.Text
body   = Inhalt
date   = erschienen
source = "The Halden Courier"
ignore = Nr
END
printf '{"id": "m1", "schlagzeile": "Heron", "Inhalt": {"text": "A heron stood."}, "erschienen": "1934-05-03", "nr": "seven"}\n' > "$dir/1.jsonl"
printf 'id;Schlagzeile;Inhalt;erschienen;Nr\nm2;Stork;"A stork\n""flew"".";1935;eight\n' > "$dir/2.csv"
printf 'sku,qty,price\n1,2,3\n4,5,6\n7,8,9\n' > "$dir/3.csv"

case_is 'map: an update' exits 0 "$indexer" update --map="$dir/map" --report="$dir/r" "$a" "$dir/1.jsonl" "$dir/2.csv"
case_is 'map: two are added' [ "$(count_of "$dir/r" added)" = 2 ]
case_is 'map: a title' exits 0 "$searcher" "$a" 'title:heron source:"the halden courier"'
case_is 'map: a body in an object' exits 0 "$searcher" "$a" stood
case_is 'map: a body in a table' exits 0 "$searcher" --from=1935 --to=1935 "$a" '"stork flew"'
case_is 'map: what is ignored is not kept' exits 0 "$searcher" show "$a" m2
case_is 'map: not anywhere' sh -c "! grep -q eight '$out'"

case_is 'map: a table of other things' exits 3 "$indexer" update "$a" "$dir/3.csv"
case_is 'map: is told what to do' grep -q 'a map can name them' "$err"
printf 'titel = x\n' > "$dir/bad"
case_is 'map: one that is wrong' exits 64 "$indexer" update --map="$dir/bad" "$dir/none" "$dir/1.jsonl"
case_is 'map: names the line' grep -q "line 1: there is no field 'titel'" "$err"
case_is 'map: makes no archive' [ ! -e "$dir/none" ]
case_is 'map: one that is not there' exits 66 "$indexer" update --map="$dir/nowhere" "$dir/none" "$dir/1.jsonl"

exit $failed
