#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Forms of output, options, and what a person types.
. tests/cli/lib.sh

a=$dir/archive
printf '%s\n' \
    '{"id": "1", "date": "1918-11-11", "title": "Quoted \"peace\"", "body": "The guns, at last, are silent.\nBells <rang> & rang.", "section": "War", "source": "Courier", "url": "http://x.example/1", "author": ["A. One", "B. Two"]}' \
    '{"id": "2 b", "date": "1969-07-21T04:00:00+01:00", "title": "Moon", "body": "A bell for the moon. \u001b[31mred\u001b[0m"}' \
    '{"id": "3", "title": "Undated bells", "body": "No one knows when the bells rang."}' > "$dir/in"
"$indexer" update --quiet "$a" "$dir/in"

case_is 'text has the headline' exits 0 "$searcher" "$a" guns
case_is 'text marks the words' grep -qF 'The *guns*, at last' "$out"
case_is 'text has date, section, source, id' grep -qF '1918-11-11 | War | Courier | score' "$out"
case_is 'no colour in a pipe' sh -c "! grep -q '$(printf '\033')' '$out'"
case_is 'colour when asked for' exits 0 "$searcher" --color=always "$a" guns
case_is 'colour is there' grep -q "$(printf '\033')\[1;31mguns" "$out"
case_is 'no escapes of an article reach a terminal' exits 0 "$searcher" "$a" moon
case_is 'they are taken out' sh -c "! grep -q '$(printf '\033')' '$out'"
case_is 'show too' exits 0 "$searcher" show "$a" '2 b'
case_is 'they are taken out of it' sh -c "! grep -q '$(printf '\033')' '$out'"

case_is 'json' exits 0 "$searcher" --format=json "$a" peace
case_is 'json total' grep -qF '"total": {"value": 1, "exact": true}' "$out"
case_is 'json escapes' grep -qF '"title": "Quoted \"peace\""' "$out"
case_is 'jsonl' exits 0 "$searcher" --format=jsonl "$a" bells
case_is 'jsonl: a line for each hit' [ "$(wc -l < "$out")" = 3 ]
case_is 'jsonl: a missing date is null' grep -q '"id": "3", .*"date": null' "$out"
case_is 'csv' exits 0 "$searcher" --format=csv --no-snippet "$a" peace
case_is 'csv quotes' grep -qF '"Quoted ""peace"""' "$out"
b=$dir/formulas
printf '%s\n' \
    '{"id": "=1+1", "title": "@SUM(A1)", "body": "-cmd is the text", "section": "+49 30", "source": "a=b", "author": ["=X", "B. Two"], "url": "http://x.example/1"}' \
    '{"id": "plain", "title": "It is = so", "body": "a text"}' > "$dir/formulas.jsonl"
"$indexer" update --quiet "$b" "$dir/formulas.jsonl"
case_is 'csv: formulas are defused' exits 0 "$searcher" --format=csv --limit=1 "$b" cmd text
case_is "csv: with an apostrophe" grep -qF "\"'=1+1\",\"'@SUM(A1)\",\"'+49 30\",\"a=b\",\"'=X; B. Two\",\"http://x.example/1\",,\"'-cmd is the text\"" "$out"
case_is 'csv: raw' exits 0 "$searcher" --format=csv --raw "$b" cmd
case_is 'csv: raw cells are as they are' grep -qF '"=1+1","@SUM(A1)","+49 30","a=b","=X; B. Two","http://x.example/1",,"-cmd is the text"' "$out"
case_is 'csv: a sign within a cell' exits 0 "$searcher" --format=csv --bom "$b" so
case_is 'csv: it stays' grep -qF '"plain","It is = so"' "$out"
case_is 'csv: a byte order mark' [ "$(head -c 3 "$out" | od -An -tx1 | tr -d ' ')" = efbbbf ]
case_is 'values: formulas are defused' exits 0 "$searcher" --format=csv values "$b" author
case_is 'values: with an apostrophe' grep -qxF "\"'=X\",1" "$out"
case_is 'raw is for csv' exits 2 "$searcher" --raw "$b" cmd

case_is 'trec' exits 0 "$searcher" --format=trec "$a" moon
case_is 'trec: an id is one word' grep -qE '^1 Q0 2%20b 1 [0-9.]+ morgue$' "$out"
case_is 'time' exits 0 "$searcher" --time "$a" moon
case_is 'time is one line' grep -qE '^open_us=[0-9]+ search_us=[0-9]+ total_us=[0-9]+$' "$err"

case_is 'newest first' exits 0 "$searcher" --sort=newest --format=trec "$a" bells
case_is 'newest: the undated last' [ "$(cut -d ' ' -f 3 "$out" | tr '\n' ' ')" = '2%20b 1 3 ' ]
case_is 'oldest first' exits 0 "$searcher" --sort=oldest --format=trec "$a" bells
case_is 'oldest: the undated last' [ "$(cut -d ' ' -f 3 "$out" | tr '\n' ' ')" = '1 2%20b 3 ' ]
order() { # ORDER: ids in it
    "$searcher" "--sort=$1" --format=trec "$a" bells 2>> "$err" | cut -d ' ' -f 3 | tr '\n' ' '
}
case_is 'in the order of arrival' [ "$(order arrival)" = '1 2%20b 3 ' ]
case_is 'the latest first' [ "$(order latest)" = '3 2%20b 1 ' ]
case_is 'in the order of ids' [ "$(order id)" = '1 2%20b 3 ' ]
case_is 'no other order' exits 2 "$searcher" --sort=ids "$a" bells
case_is 'time enough' exits 0 "$searcher" --timeout=60000 --format=json "$a" bells
case_is 'is not told' sh -c "! grep -q timed_out '$out' '$err'"
case_is 'a time that is none' exits 2 "$searcher" --timeout=soon "$a" bells
case_is 'paging' exits 0 "$searcher" --sort=oldest --offset=1 --limit=1 --format=trec "$a" bells
case_is 'paging: rank goes on' grep -q '^1 Q0 2%20b 2 ' "$out"
case_is 'dates: a year counts as a whole' exits 0 "$searcher" --from=1918 --to=1918 "$a" bells
case_is 'dates: before' exits 1 "$searcher" --to=1917 "$a" bells
case_is 'dates: from midnight of the zone' exits 0 "$searcher" --from=1969-07-21 --to=1969-07-21 "$a" moon
case_is 'a language alone is a query' exits 0 "$searcher" --lang=en --limit=0 "$a"
case_is 'dates: alone are a query' exits 0 "$searcher" --from=1900 "$a" ''

case_is 'a count without hits' exits 0 "$searcher" --count --limit=0 "$a" bells
case_is 'is the number, and no word of what is shown' [ "$(cat "$out")" = '3 articles' ]
case_is 'of one' exits 0 "$searcher" --count --limit=0 "$a" moon
case_is 'is one' [ "$(cat "$out")" = '1 article' ]
case_is 'no hits are asked for, but a phrase' exits 0 "$searcher" --limit=0 "$a" '"the bells"'
case_is 'is counted' [ "$(cat "$out")" = '1 article' ]
case_is 'a count where the form has no total' exits 0 "$searcher" --count --limit=0 --format=csv "$a" bells
case_is 'is told beside it' grep -qx 'searcher: 3 articles' "$err"
case_is 'a count of nothing' exits 1 "$searcher" --count --limit=0 "$a" xyzzy
case_is 'is a number, too' grep -q '^0 articles$' "$out"
case_is 'nothing found offers --any' exits 1 "$searcher" "$a" moon guns
case_is 'it says so' grep -q -- '--any' "$err"
case_is 'any' exits 0 "$searcher" --any "$a" moon guns
case_is 'any, in a sentence' exits 0 "$searcher" --any --format=jsonl "$a" what was the end of the moon
case_is 'any: what the sentence is about' grep -qF '"title": "Moon"' "$out"
case_is 'any: its stop words find nothing' [ "$(wc -l < "$out")" = 1 ]
case_is 'a note about the query of show' exits 0 "$searcher" --query='heading:x moon' show "$a" '2 b'
case_is 'is told as of a search' grep -q '^searcher: note: .*heading:' "$err"
case_is 'options may follow the query' exits 0 "$searcher" "$a" moon guns --any
case_is 'a dash excludes' exits 0 "$searcher" --format=trec "$a" bells -moon
case_is 'it does' sh -c "! grep -q '2%20b' '$out'"

# Short options stand anywhere, in their usual form; other dashes exclude.
printf '{"id": "n", "title": "N", "body": "oil n n3 nine"}\n{"id": "o", "title": "O", "body": "oil h brazil"}\n{"id": "p", "title": "P", "body": "oil"}\n' > "$dir/oil.jsonl"
"$indexer" update --quiet "$dir/oil" "$dir/oil.jsonl"
ids() { # ARGUMENT...: the ids of what is found
    "$searcher" --format=trec --sort=arrival "$@" 2> "$err" | cut -d ' ' -f 3 | tr '\n' ' '
}
case_is 'behind: -n 1' [ "$(ids "$dir/oil" oil -n 1)" = 'n ' ]
case_is 'behind: -n1' [ "$(ids "$dir/oil" oil -n1)" = 'n ' ]
case_is 'between: -n 1' [ "$(ids "$dir/oil" -n 1 oil)" = 'n ' ]
case_is 'before: -n 1' [ "$(ids -n 1 "$dir/oil" oil)" = 'n ' ]
case_is 'behind: -brazil' [ "$(ids "$dir/oil" oil -brazil)" = 'n p ' ]
case_is 'both' [ "$(ids "$dir/oil" oil -brazil -n 1 -nine)" = 'p ' ]
case_is 'without a number it excludes' [ "$(ids "$dir/oil" oil -n)" = 'o p ' ]
case_is 'which is told' grep -q "^searcher: note: -n excludes the word 'n'" "$err"
case_is 'in one argument it does' [ "$(ids "$dir/oil" 'oil -n')" = 'o p ' ]
case_is 'so does what is behind --' [ "$(ids "$dir/oil" -- oil -n3)" = 'o p ' ]
case_is 'and NOT' [ "$(ids "$dir/oil" oil NOT n3)" = 'o p ' ]
case_is 'behind -- no option is one' [ "$(ids "$dir/oil" oil -- -h)" = 'n p ' ]
case_is 'behind: -h' exits 0 "$searcher" "$dir/oil" oil -h
case_is 'is help' grep -q '^usage: searcher ' "$out"
case_is 'of the indexer, too, behind all' exits 0 "$indexer" update "$dir/oil" "$dir/oil.jsonl" -q
case_is 'it is quiet' [ ! -s "$err" ]
case_is 'and -- ends them' exits 3 "$indexer" remove -q "$dir/oil" -- -q
case_is 'what is behind is an id' grep -q "no article has the id '-q'" "$err"

for q in "don't" 'U.S. bank' 'AT&T' '"' 'a "b' "''" 'title:' ':x' '-' '=' 'title:"' '5" disk' '(a OR b)' '*' 'a:b:c' '--' '-"x' '\' '%s%n' '“guns'; do
    "$searcher" "$a" "$q bells" > "$out" 2> "$err"
    got=$?
    case_is "typing never gives a syntax error: $q" [ $got -le 1 ]
done
case_is 'a query without words' exits 2 "$searcher" "$a" '...'
case_is 'dates and no query' exits 0 "$searcher" --from=1900 --format=trec "$a"
case_is 'dates and no query: all of the time' [ "$(wc -l < "$out")" = 2 ]
case_is 'paging behind the last' exits 0 "$searcher" --offset=9 "$a" bells
case_is 'it does not say that there is nothing' sh -c "grep -qx '3 articles, all of them before --offset' '$out' && [ ! -s '$err' ]"
case_is 'of hits without a total' exits 0 "$searcher" --offset=9 --format=jsonl "$a" bells
case_is 'neither' sh -c "grep -qx 'searcher: 3 articles, all of them before --offset' '$err' && [ ! -s '$out' ]"
case_is 'paging where nothing is' exits 1 "$searcher" --offset=9 "$a" xyzzy
case_is 'no query' exits 2 "$searcher" "$a"
case_is 'an option that is none' exits 2 "$searcher" --nonsense "$a" x
case_is 'a wrong time zone' exits 2 "$searcher" --tz=Europe/Nowhere "$a" bells
case_is 'a wrong date' exits 2 "$searcher" --from=yesterday "$a" x
case_is 'a wrong number' exits 2 "$searcher" --limit=many "$a" x
case_is 'too many words' exits 2 "$searcher" "$a" "$(seq 10000 | tr '\n' ' ')"
case_is 'they are named' grep -q 'more than 2048 words' "$err"

case_is 'show' exits 0 "$searcher" show "$a" 1
case_is 'show a field' exits 0 "$searcher" --field=body show "$a" 1
printf 'The guns, at last, are silent.\nBells <rang> & rang.' > "$dir/want"
case_is 'it is byte for byte' cmp "$out" "$dir/want"
case_is 'show the date' exits 0 "$searcher" --field=date show "$a" '2 b'
case_is 'it is in UTC' [ "$(cat "$out")" = '1969-07-21T03:00:00Z' ]
case_is 'show a date that is none' exits 0 "$searcher" --field=date show "$a" 3
case_is 'it is empty' [ ! -s "$out" ]
case_is 'show as json' exits 0 "$searcher" --format=json show "$a" 1
cp "$out" "$dir/again.jsonl"
case_is 'what is shown may be indexed again' exits 0 "$indexer" update --quiet --report="$dir/r" "$a" "$dir/again.jsonl"
case_is 'it is the same but for its language, which is declared now' exits 0 "$searcher" --field=body show "$a" 1
case_is 'its body is the same' cmp "$out" "$dir/want"
case_is 'and then it is unchanged' exits 0 "$indexer" update --quiet --report="$dir/r" "$a" "$dir/again.jsonl"
case_is 'it is counted so' [ "$(count_of "$dir/r" unchanged)" = 1 ]
case_is 'show what matched' exits 0 "$searcher" --query='=bells silent' show "$a" 1
case_is 'it stands between asterisks' grep -qF 'are *silent*.' "$out"
case_is 'each place' grep -qF '*Bells* <rang> & rang.' "$out"
case_is 'on a terminal it is bold' exits 0 "$searcher" --query='"are silent"' --color=always show "$a" 1
case_is 'a phrase as a whole' grep -qF "$(printf 'last, \033[1;31mare silent\033[0m.')" "$out"
case_is 'as json' exits 0 "$searcher" --query='guns author:one' --any --format=json show "$a" 1
case_is 'by bytes of the fields' grep -qF '"marks": {"author": [[3, 6]], "body": [[4, 8]]}}' "$out"
case_is 'show what did not match' exits 0 "$searcher" --query='guns nosuch' show "$a" 1
case_is 'it says so' grep -qx 'searcher: the article does not match the query' "$err"
case_is 'and marks nothing' grep -q '^The guns, at' "$out"
case_is 'as json it has no marks' sh -c "'$searcher' --query='-guns x' --format=json show '$a' 1 2> '$err' | grep -q '\"body\"' && ! '$searcher' --query='-guns x' --format=json show '$a' 1 2> '$err' | grep -q marks"
case_is 'a query of no words' exits 2 "$searcher" --query='?' show "$a" 1
case_is 'a field has no marks' exits 2 "$searcher" --query=guns --field=body show "$a" 1
case_is 'a search has no such query' exits 2 "$searcher" --query=guns "$a" guns
case_is 'show what is not there' exits 1 "$searcher" show "$a" 9
case_is 'a full standard output' sh -c "'$searcher' '$a' bells > /dev/full 2> '$err'; [ \$? = 3 ]"
case_is 'a closed pipe' sh -c "'$searcher' --limit=1000 '$a' bells 2> '$err' | head -n 1 | grep -q bells; [ ! -s '$err' ]"
case_is 'help' exits 0 "$searcher" --help
case_is 'version' exits 0 "$indexer" --version

# What is in each field.
case_is 'values' exits 0 "$searcher" values "$a" author
case_is 'values: each author' [ "$(sed 's/^ *//' "$out")" = '1  A. One
1  B. Two' ]
case_is 'values as jsonl' exits 0 "$searcher" --format=jsonl values "$a" section
case_is 'values: value and count' grep -qxF '{"value": "War", "count": 1}' "$out"
case_is 'values as csv' exits 0 "$searcher" --format=csv --limit=1 values "$a" author
case_is 'values: a limit' [ "$(cat "$out")" = 'value,count
"A. One",1' ]
case_is 'values: there are none' exits 1 "$searcher" values "$a" topics
case_is 'values: by the name in queries' exits 1 "$searcher" values "$a" topic
case_is 'values are of all' exits 2 "$searcher" --lang=en values "$a" author
case_is 'show the date of the source' exits 0 "$searcher" --field=date_local show "$a" '2 b'
case_is 'it is by its clock' [ "$(cat "$out")" = '1969-07-21T04:00:00+01:00' ]
case_is 'show no field' exits 2 "$searcher" --field=nothing show "$a" 1
case_is 'the fields are named' grep -q 'there are date, date_local, id, url,.* body$' "$err"
case_is 'values of the title' exits 2 "$searcher" values "$a" title
case_is 'values of nothing' exits 2 "$searcher" values "$a"
case_is 'values: no archive' exits 3 "$searcher" values "$dir/nothing" author
case_is 'hits have the length of the body' exits 0 "$searcher" --format=json "$a" guns
case_is 'in words' grep -qF '"words": 9,' "$out"

# An archive of more languages than one thinks of: a word is found in each.
for x in a b c; do
    for y in a b c d e f g h i j k l m n o p q r s t u v w x; do
        printf '{"id": "%s", "lang": "%s", "body": "Word"}\n' $x$y $x$y
    done
done > "$dir/many"
printf '{"id": "swedish", "lang": "sv", "body": "Bilarna stannade vid bron."}\n' >> "$dir/many"
"$indexer" update --quiet "$dir/languages" "$dir/many"
case_is 'the last of 73 languages' exits 0 "$searcher" "$dir/languages" bil
case_is 'all are listed' exits 0 "$searcher" --format=jsonl values "$dir/languages" lang
case_is 'each of them' [ "$(wc -l < "$out")" = 73 ]

exit $failed
