# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the program shows of the query language: notes, carets, explanations.
. tests/cli/lib.sh

a=$dir/archive
printf '%s\n' \
    '{"id": "1", "lang": "en", "section": "World News", "title": "Quince", "body": "A quince, two quinces and a medlar.", "date": "1918-11-11"}' \
    '{"id": "2", "lang": "en", "section": "City News", "title": "Medlar", "body": "A medlar and a damson."}' \
    '{"id": "3", "lang": "en", "section": "World News", "title": "Zorb", "body": "Zorbs and zorbing; zorbing; zörbs."}' > "$dir/in"
"$indexer" update --quiet "$a" "$dir/in"

# found WHAT IDS ARGUMENT...
found() {
    what=$1 want=$2
    shift 2
    "$searcher" --format=trec "$@" > "$out" 2> "$err"
    case_is "$what" [ "$(cut -d ' ' -f 3 "$out" | sort | tr '\n' ' ')" = "$want" ]
}
# How many notes went to standard error, a line each.
told() { [ "$(grep -c '^searcher: note: ' "$err")" -eq "$1" ]; }
# A line of carets, $3 of them, under column $2 (from 0) of the line of query $1.
carets() {
    awk -v q="$1" -v at="$2" -v n="$3" '
        { col = match($0, /\^/) }
        col && $0 ~ /^ *\^+$/ && length($0) - col + 1 == n && index(last, q) &&
            col - index(last, q) == at { ok = 1 }
        { last = $0 }
        END { exit !ok }' "$err"
}

# ---- notes
case_is 'an operator that can be none' exits 1 "$searcher" "$a" 'quince OR'
case_is 'one line' told 1
case_is 'with the word' grep -q "'OR'" "$err"
case_is 'nothing of it in the answer' sh -c "! grep -q \"'OR'\" '$out'"
case_is 'two of them' exits 1 "$searcher" "$a" 'AND quince OR'
case_is 'two lines' told 2
case_is 'an unknown field' exits 1 "$searcher" "$a" 'heading:quince'
case_is 'offers one' grep -q 'title:' "$err"
case_is 'a value that there is none of' exits 1 "$searcher" "$a" 'section:news'
case_is 'names the frequent ones' grep -qi 'world news.*city news' "$err"
for q in 'quince' 'Quince, medlar!' "don't" '$5' 'e-mail' 'AT&T' 'quince and medlar or not' 'C++' \
    '10:30' 'http://example.org/x?y=1' 'what?' '50 %' 'a/b' 'quince OR medlar' '"a quince"' 'zorb*'; do
    "$searcher" "$a" "$q" > "$out" 2> "$err"
    case_is "no note: $q" told 0
done

# ---- notes in JSON
case_is 'notes in JSON' exits 1 "$searcher" --format=json "$a" 'quince é OR'
case_is 'by bytes' grep -qE '"notes": \[\{"start": 10, "end": 12, "text": "[^"]*OR[^"]*"\}\]' "$out"
case_is 'JSON of a query without any' exits 0 "$searcher" --format=json "$a" quince
case_is 'has an empty list' grep -qF '"notes": []' "$out"

# ---- strict
case_is 'strict' exits 2 "$searcher" --strict "$a" 'quince OR'
case_is 'carets' carets 'quince OR' 7 2
case_is 'no answer' [ ! -s "$out" ]
case_is 'strict, under letters, not bytes' exits 2 "$searcher" --strict "$a" 'café Łódź OR'
case_is 'carets' carets 'café Łódź OR' 10 2
for q in '日本語 OR:7' 'नमस्ते OR:5' 'été OR:4' 'x​y OR:3' '👩‍🌾 OR:5' 'شَعر OR:4' 'ｶ OR:2'; do
    case_is "strict, of wide and narrow letters: $q" exits 2 "$searcher" --strict "$a" "${q%:*}"
    case_is 'carets' carets "${q%:*}" "${q##*:}" 2
done
accents=$(awk 'BEGIN { for (i = 0; i < 1000; i++) printf "\314\201" }')
case_is 'strict, a letter with a thousand accents' exits 2 "$searcher" --strict "$a" "OR a$accents"
case_is 'carets under its operator' grep -qx '  ^^' "$err"
case_is 'strict, an operator behind them' exits 2 "$searcher" --strict "$a" "a$accents OR"
case_is 'carets under it' grep -qx '      ^^' "$err"
case_is 'strict, in front' exits 2 "$searcher" --strict "$a" 'AND quince'
case_is 'carets' carets 'AND quince' 0 3
case_is 'strict, of several words' exits 2 "$searcher" --strict "$a" section:news quince
case_is 'strict, a good one' exits 0 "$searcher" --strict "$a" 'quince OR medlar'
case_is 'says nothing' [ ! -s "$err" ]
case_is 'strict, with JSON' exits 2 "$searcher" --strict --format=json "$a" '(quince'
case_is 'strict, explained' exits 2 "$searcher" --strict --explain-query "$a" '(quince'
case_is 'carets' carets '(quince' 0 1

# ---- explained
case_is 'explained' exits 0 "$searcher" --explain-query "$a" 'quince OR medlar -damson'
case_is 'with all brackets' [ "$(head -n 1 "$out")" = '(quince OR (medlar AND NOT damson))' ]
case_is 'and no hits' sh -c "! grep -q World '$out'"
case_is 'terms and articles' grep -qE '^ *2 +Zen:medlar\b.* medlar$' "$out"
case_is 'explained, by any' exits 0 "$searcher" --explain-query --any "$a" '+quince medlar'
case_is 'the required one' [ "$(head -n 1 "$out")" = '(+quince OR medlar)' ]
case_is 'explained, a wildcard' exits 0 "$searcher" --explain-query "$a" 'zorb*'
case_is 'all of its words' sh -c "grep -q zorbing '$out' && grep -q zorbs '$out' && grep -qw zorb '$out'"
case_is 'explained, with a note' exits 0 "$searcher" --explain-query "$a" 'quince OR'
case_is 'told as well' told 1

# ---- dialects
case_is 'a dialect' exits 0 "$searcher" --explain-query --dialect=nexis "$a" 'quince and medlar or damson'
case_is 'is in ours' [ "$(head -n 1 "$out")" = '(quince AND (medlar OR damson))' ]
found 'nexis' '1 ' --dialect=nexis "$a" 'quince and not damson'
found 'proquest' '2 ' --dialect=proquest "$a" 'TI(medlar)'
found 'factiva' '3 ' --dialect=factiva "$a" 'hd=zorb$'
found 'dtsearch' '2 ' --dialect=dtsearch "$a" 'medlar w/3 damson'
found 'lucene' '1 2 ' --dialect=lucene "$a" 'quince damson'
found 'ours: words' '' "$a" 'quince and not damson'
case_is 'a dialect that there is none of' exits 2 "$searcher" --dialect=klingon "$a" quince
case_is 'is named' grep -q klingon "$err"

# ---- words of a wildcard
case_is 'too many words' exits 0 "$searcher" --max-words=1 "$a" 'zorb*'
case_is 'how many there were' grep -qE '\b3\b' "$err"
case_is 'just enough' exits 0 "$searcher" --max-words=3 "$a" 'zorb*'
case_is 'no note' [ ! -s "$err" ]
case_is 'JSON of an explanation' exits 0 "$searcher" --explain-query --format=json "$a" 'quince OR'
case_is 'what is understood' grep -qF '"understood": "(quince AND \"OR\")", "notes": [{"start": 7, "end": 9, ' "$out"
case_is 'its terms' grep -qF '{"of": "quince", "start": 0, "end": 6, "term": "Zen:quinc", "articles": 1}' "$out"
case_is 'too many are an error' exits 2 "$searcher" --strict --max-words=1 "$a" 'zorb*'
case_is 'none at all' exits 2 "$searcher" --max-words=0 "$a" 'zorb*'
case_is 'no number' exits 2 "$searcher" --max-words=x "$a" 'zorb*'

# ---- all, any
found 'all' '1 ' "$a" quince medlar
found 'any' '1 2 ' --any "$a" quince medlar
found 'the last one counts' '1 ' --any --all "$a" quince medlar
found 'any, and one that has to be there' '1 ' --any "$a" +quince medlar
found 'a wildcard as it is typed' '3 ' "$a" 'zorbi*'

exit $failed
