#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The sample articles in every format, and the queries with known answers.
. tests/cli/lib.sh

a=$dir/archive
case_is 'corpus is indexed' exits 0 "$indexer" update --report="$dir/r" "$a" \
    corpus/*/
case_is 'corpus: at least 60 articles' [ "$(count_of "$dir/r" added)" -ge 60 ]
case_is 'corpus: four were converted' [ "$(count_of "$dir/r" converted)" = 4 ]
case_is 'corpus: pictures, a package, a kill and a lost page are skipped' \
    [ "$(count_of "$dir/r" skipped)" = 6 ]
case_is 'corpus: none failed' [ "$(count_of "$dir/r" failed)" = 0 ]

# What is in containers and web archives, in an archive of its own.
b=$dir/packed
case_is 'corpus: a zip and a web archive' exits 0 "$indexer" update --report="$dir/r" "$b" \
    corpus/packed corpus/warc
case_is 'corpus: they have three articles' [ "$(count_of "$dir/r" added)" = 3 ]
case_is 'corpus: the page that was not found is skipped' [ "$(count_of "$dir/r" skipped)" = 1 ]
case_is 'corpus: nothing else is in them' [ "$(count_of "$dir/r" inputs)" = 4 ]
first_is() { # KEY VALUE QUERY...
    key=$1 value=$2
    shift 2
    "$searcher" --format=jsonl --limit=1 "$b" "$@" 2> "$err" | grep -qF "\"$key\": \"$value\""
}
case_is 'corpus: a file in a zip' first_is title 'Museum of knots opens in Castrel' bargee
case_is 'corpus: its id is where it stands' first_is id "$PWD/corpus/packed/coast.zip/coast/knots.txt" bargee
case_is 'corpus: a page of a crawl' first_is title 'Lighthouse at Sarn Mouth is lit again' glaziers
case_is 'corpus: its id is its url' first_is id https://courier.vessen.example/coast/lighthouse-lit-again glaziers
case_is 'corpus: its date is not that of the crawl' first_is date 2024-03-17T18:05:00Z glaziers

# Name hits by id, or by title where the id is a path.
names() {
    sed -n 's/.*"id": "\([^"]*\)".*"title": "\([^"]*\)", "url".*/\1\t\2/p' |
        awk -F '\t' '{ print ($1 ~ /^\//) ? $2 : $1 }'
}

answer() { # OPTIONS QUERY FIRST AMONG TOTAL
    "$searcher" --format=json --count --limit=10 $1 "$a" "$2" > "$dir/json" 2> "$err"
    sed 's/{"rank"/\n&/g' "$dir/json" | grep '^{"rank"' | names > "$dir/names"
    [ "$3" = - ] || [ "$(head -n 1 "$dir/names")" = "$3" ] || {
        echo "first is $(head -n 1 "$dir/names")" >&2
        return 1
    }
    echo "$4" | tr '|' '\n' | while read -r want; do
        [ -z "$want" ] || grep -qxF -- "$want" "$dir/names" || exit 1
    done || { echo "not all of $4" >&2; return 1; }
    [ "$5" = - ] || grep -qF "\"total\": {\"value\": $5, \"exact\": true}" "$dir/json" || {
        echo "another total than $5: $(head -c 100 "$dir/json")" >&2
        return 1
    }
}

grep -v '^#' corpus/answers.tsv | tr '\t' '\001' > "$dir/answers"
while IFS="$(printf '\001')" read -r id first among total; do
    line=$(grep "^$id	" corpus/queries.tsv | tr '\t' '\001')
    options=$(echo "$line" | cut -d "$(printf '\001')" -f 2)
    query=$(echo "$line" | cut -d "$(printf '\001')" -f 3)
    case_is "corpus: $id $query" answer "$options" "$query" "$first" "$among" "$total"
done < "$dir/answers"

# What agencies and feeds send, in an archive of its own: the answers above
# count articles.
w=$dir/wire
wire_is() { # REPORT KEY COUNT
    [ "$(count_of "$1" "$2")" = "$3" ] || {
        echo "$2 is $(count_of "$1" "$2"), not $3" >&2
        return 1
    }
}
finds() { # QUERY ID
    "$searcher" --format=jsonl "$w" "$1" > "$out" 2> "$err"
    [ "$(wc -l < "$out")" = 1 ] && grep -qF "\"id\": \"$2\"" "$out"
}
case_is 'corpus: XML is indexed' exits 0 "$indexer" update --report="$dir/x" \
    "$w" corpus/nitf corpus/newsml corpus/newsmlg2 corpus/rss corpus/rcv
case_is 'corpus: XML, articles' wire_is "$dir/x" added 9
case_is 'corpus: XML, none failed' wire_is "$dir/x" failed 0
case_is 'corpus: XML, one is converted' wire_is "$dir/x" converted 1
case_is 'corpus: NITF' finds 'skerran suitcases "new 18 miles"' cw-2012-0311
case_is 'corpus: NITF without captions' exits 1 "$searcher" "$w" 'lamp taken'
case_is 'corpus: NewsML' finds drague urn:newsml:phare.example:20080614:DRAGUE
case_is 'corpus: NewsML in a string' finds salmon \
    urn:newsml:coastwire.example:20090302:SARN-1
case_is 'corpus: NewsML-G2' finds 'author:voss kelp' \
    urn:newsml:coastwire.example:20210914:kelp
case_is 'corpus: NewsML-G2, a plain one' finds bells \
    urn:newsml:coastwire.example:20210915:bells
case_is 'corpus: Reuters Corpora' finds 'topic:ccat ropewalk' 90417
case_is 'corpus: RSS' finds seals https://courier.example/2023/seals
case_is 'corpus: RSS, a summary' finds dawn courier-2023-tram5
case_is 'corpus: Atom' finds Schollen https://bote.example/2022/eisgang

exit $failed
