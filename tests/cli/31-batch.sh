#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Queries from a file or a pipe, and how many there are of what is not shown.
. tests/cli/lib.sh

a=$dir/archive
printf '{"id": "1", "title": "Guns", "body": "Bells rang."}\n{"id": "2", "title": "Moon", "body": "A bell."}\n' > "$dir/in"
"$indexer" update --quiet "$a" "$dir/in"

printf 'q1\tbells\nq2\tnothing_at_all\nq3\tmoon\n' > "$dir/queries"
case_is 'batch' exits 0 "$searcher" --format=trec --batch="$dir/queries" "$a"
case_is 'batch: ids' [ "$(cut -d ' ' -f 1 "$out" | uniq | tr '\n' ' ')" = 'q1 q3 ' ]
input=$dir/queries
case_is 'batch from standard input' exits 0 "$searcher" --format=csv --batch=- "$a"
case_is 'batch: what there is of each' [ "$(cut -d , -f 1 "$out" | uniq | tr '\n' ' ')" = 'query_id "q1" "q3" ' ]
input=
printf 'q1\tbells\0 -bells\n' > "$dir/nul"
case_is 'batch: what is behind a NUL counts' exits 1 "$searcher" --batch="$dir/nul" "$a"
case_is 'batch: no file' exits 2 "$searcher" --batch="$dir/nowhere" "$a"
case_is 'batch: its reason' grep -q 'No such file' "$err"
case_is 'batch: a folder' exits 2 "$searcher" --batch="$dir" "$a"
case_is 'batch: that reason' grep -q "cannot read .*: Is a directory" "$err"

# A line that is none, and a query that fails, have an answer of their own.
printf 'q1\tmoon\nbad "line"\n\nq2\t...\nq3\tmoon\n' > "$dir/bad"
for format in text json jsonl csv trec; do
    case_is "bad lines: $format" exits 2 "$searcher" --no-snippet --format=$format --batch="$dir/bad" "$a"
    cp "$out" "$dir/$format"
    case_is "$format: each is told beside it" sh -c "
        grep -qx 'searcher: $dir/bad:2: no tab between id and query' '$err' &&
        grep -q '^searcher: $dir/bad:4: the query has no words' '$err'"
done
case_is 'text: the line is named' grep -qxF '== line 2: bad "line"' "$dir/text"
case_is 'text: what is wrong' grep -qxF '   error: line 2: no tab between id and query' "$dir/text"
case_is 'text: the query is named' grep -qxF '== q2: ...' "$dir/text"
case_is 'text: each has one' [ "$(grep -c '^== ' "$dir/text")" = 4 ]
for format in json jsonl; do
    case_is "$format: a line" grep -qxF '{"query": "bad \"line\"", "line": 2, "error": "no tab between id and query"}' "$dir/$format"
    case_is "$format: a query" grep -qF '{"query": "...", "query_id": "q2", "line": 4, "error": "the query has no words' "$dir/$format"
    case_is "$format: in its place" [ "$(sed 's/.*"query_id": "\(q[0-9]\)".*/\1/; s/.*"line": 2,.*/bad/' "$dir/$format" | tr '\n' ' ')" = 'q1 bad q2 q3 ' ]
done
case_is 'csv: a row' grep -qxF '"line 2",0,0,,"line 2: no tab between id and query","line 2: no tab between id and query","","","","",' "$dir/csv"
case_is 'csv: in its place' [ "$(cut -d , -f 1 "$dir/csv" | tr '\n' ' ')" = 'query_id "q1" "line 2" "q2" "q3" ' ]
sed 1d "$dir/bad" > "$dir/bad-first"
exits 2 "$searcher" --format=csv --batch="$dir/bad-first" "$a"
case_is 'csv: the names of columns come first' sh -c "head -n 1 '$out' | grep -q '^query_id,rank,.*,snippet$'"
case_is 'csv: all rows are as wide' [ "$(awk -F , '{ print NF }' "$out" | sort -u)" = 12 ]
case_is 'trec: a line of six words' [ "$(awk 'NF == 6 { n++ } END { print n, NR }' "$dir/trec")" = '4 4' ]
case_is 'trec: named' grep -qxF 'line%202 Q0 line%202:%20no%20tab%20between%20id%20and%20query 0 0 morgue' "$dir/trec"
case_is 'a bad line of --explain-query' exits 2 "$searcher" --explain-query --format=json --batch="$dir/bad" "$a"
case_is 'has an answer, too' grep -qF '"line": 4, "error": "the query has no words' "$out"

# Somebody who waits for each answer before asking on.
mkfifo "$dir/ask" "$dir/tell"
for format in text json jsonl csv trec; do
    "$searcher" --format=$format --no-snippet --batch=- "$a" < "$dir/ask" > "$dir/tell" 2> "$err" &
    pid=$!
    exec 7> "$dir/ask" 8< "$dir/tell"
    got=
    for ask in 'q1\tmoon' 'bad' 'q2\tbells'; do
        printf "$ask\n" >&7
        for i in 1 2 3 4 5 6 7 8 9 10; do # each has an answer while no more is asked
            line=$(timeout 5 head -c 1 <&8) && [ -n "$line" ] && break
        done
        got=$got${line:+.}
        sleep 0.1
        timeout 0.2 cat <&8 > /dev/null
    done
    exec 7>&-
    wait $pid
    exec 8<&-
    case_is "each line is answered at once: $format" [ "$got" = ... ]
done

# A lower bound is told as one.
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"id\": \"%d\", \"title\": \"T\", \"body\": \"coffee quota %s number %d\"}\n", i, i % 3 ? "tea" : "rum", i }' > "$dir/many.jsonl"
"$indexer" update --quiet "$dir/many" "$dir/many.jsonl"
total() { # ARGUMENT...: the last line of the answer
    "$searcher" --no-snippet --limit=2 "$@" 2> "$err" | tail -n 1
}
case_is 'more than are shown' [ "$(total --sort=newest "$dir/many" 'coffee tea')" = '1 to 2 of more than 2 articles' ]
case_is 'behind an offset' [ "$(total --sort=newest --offset=7 "$dir/many" 'coffee tea')" = '8 to 9 of more than 9 articles' ]
case_is 'a bound that is known' sh -c "'$searcher' --any --no-snippet --limit=2 '$dir/many' coffee tea | tail -n 1 | grep -qE '^1 to 2 of (at least )?3000 articles$'"
case_is 'no more hits are shown than were asked for' [ "$("$searcher" --no-snippet --limit=2 --sort=newest "$dir/many" coffee tea | grep -c '^[0-9]*\. ')" = 2 ]
case_is 'counted' [ "$(total --count --sort=newest "$dir/many" coffee tea)" = '1 to 2 of 2000 articles' ]
case_is 'counted without hits' [ "$(total --count --limit=0 "$dir/many" '"quota tea"')" = '2000 articles' ]
case_is 'without hits it is counted' [ "$(total --limit=0 "$dir/many" '"quota tea"')" = '2000 articles' ]
case_is 'the last of them' [ "$(total --offset=2998 "$dir/many" coffee)" = '2999 to 3000 of 3000 articles' ]
case_is 'the most that can be asked for' exits 0 "$searcher" --no-snippet --limit=1000000 "$dir/many" coffee
case_is 'are all' [ "$(tail -n 1 "$out")" = '1 to 3000 of 3000 articles' ]

# An archive whose first update is under way.
"$indexer" update --quiet "$dir/first" - < "$dir/ask" 2> /dev/null &
pid=$!
exec 7> "$dir/ask"
i=0
while [ $i -lt 50 ] && [ ! -f "$dir/first/morgue" ]; do sleep 0.1; i=$((i + 1)); done
case_is 'before the first update is done' exits 1 "$searcher" "$dir/first" coffee quota
case_is 'it says that there are no articles yet' grep -qx 'searcher: nothing found: the archive has no articles; those of a first update are seen when it is done' "$err"
cat "$dir/in" >&7
exec 7>&-
wait $pid
case_is 'then there are' exits 0 "$searcher" "$dir/first" bell

exit $failed
