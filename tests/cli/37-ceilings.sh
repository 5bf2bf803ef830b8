#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is too much in a query is refused with a message that says what, and a
# place in it; what takes long ends in its time.
. tests/cli/lib.sh

a=$dir/archive
"$BUILD/generate" --articles=2000 > "$dir/in.jsonl"
# Words for wildcards: 400 articles of 500 words that stand nowhere else.
awk 'BEGIN { for (i = 0; i < 400; i++) {
    printf "{\"id\": \"w%d\", \"title\": \"t\", \"lang\": \"en\", \"body\": \"", i
    for (k = 0; k < 500; k++) printf "qa%dzq ", i * 500 + k
    printf "\"}\n" } }' >> "$dir/in.jsonl"
"$indexer" update --quiet "$a" "$dir/in.jsonl"

many() { # N TEXT: TEXT N times; & in it is the number
    seq "$1" | sed "s|.*|$2|" | tr -d '\n'
}

refused() { # MESSAGE QUERY [OPTION]: with exit 2 and the message
    "$searcher" ${3+"$3"} "$a" "$2" > "$out" 2> "$err"
    [ $? -eq 2 ] && grep -q "$1" "$err" && [ ! -s "$out" ]
}

batch_refused() { # MESSAGE: of the query in $dir/query, which no argument holds
    "$searcher" --batch="$dir/query" "$a" > "$out" 2> "$err"
    [ $? -eq 2 ] && grep -q "$1" "$err"
}

case_is '2,049 words' refused 'more than 2048 words' "$(many 2049 'a& ')"
case_is '101 brackets' refused 'nested deeper than 100' "$(many 101 '(')x$(many 101 ')')"
case_is '20 ANDs within ORs' refused 'nested deeper than 32' "$(many 20 '(a& OR (b& AND ')x$(many 20 '))')"
case_is 'sides of proximities' refused 'more than 8192' "($(many 100 'a& AND ')x) w/5 ($(many 100 'b& AND ')x)"
case_is 'words of wildcards' refused 'more than 131072 words' 'qa* OR qa*q OR x' --max-words=100000
case_is 'words of the same wildcard' refused 'more than 131072 words' "$(many 200 'qa* ')"
case_is 'words of sides' refused 'more than 131072 words' "($(many 200 'a& AND ')x) w/5 ($(many 1500 'b& OR ')x)"
case_is 'too many words for a wildcard' refused 'at most 100000' 'qa*' --max-words=100001
case_is 'many words of one wildcard are found' exits 0 "$searcher" --count --limit=0 --max-words=100000 "$a" 'qa*'
{ printf 'q\t' && many 70000 '(a) '; } > "$dir/query"
case_is '70,000 words and signs' batch_refused 'more than'
{ printf 'q\t' && many 270000 'a& '; } > "$dir/query"
case_is 'more than a megabyte' batch_refused 'more than 1048576 bytes'

# What has no white space is looked at once, not from each of its tokens on.
read_soon() { # DIALECT
    timeout 60 "$searcher" --batch="$dir/query" --dialect="$1" "$a" > "$out" 2> "$err"
    [ $? -le 2 ]
}
for c in '"a"' 'x/N5/' 'a[*2]' 'title:/'; do
    { printf 'q\t' && many $((1000000 / ${#c})) "$c"; } > "$dir/query"
    for d in nexis factiva proquest dtsearch lucene; do
        case_is "$d: a megabyte of $c" read_soon "$d"
    done
done

ends() { # QUERY: with what was found until then, which is said
    "$searcher" --any --format=json --count --limit=3 --timeout=1 "$a" "$1" > "$out" 2> "$err"
    [ $? -le 1 ] && grep -q '"timed_out": true' "$out" && grep -q '"exact": false' "$out"
}

words=$(head -n 300 "$dir/in.jsonl" | tr -cs 'a-z' '\n' | sort | uniq -c | sort -rn | awk '{ print $2 }' | grep -E '^.{2,}$' | head -n 900)
ors=$(printf '%s OR ' $words)
case_is 'long: proximities of ORs' ends "(${ors}x) w/5 (${ors}y)"
case_is 'long: a count of words' ends "(${ors}x):9"
case_is 'long: phrases' ends "$(for w in $words; do printf '"the %s" OR ' "$w"; done)x"
case_is 'long: stop words far from each other' ends 'the w/500 of w/500 a w/500 in'
case_is 'long: wildcards' ends '(qa*1* OR qa*2* OR qa*3*) w/500 (qa*4* OR qa*5* OR qa*6*)'
case_is 'long: fuzzy words' ends "$(for w in $words; do printf '%s~2 ' "$w"; done)"

exit $failed
