#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Ids: what has the same one and is another article, what keeps such apart, and
# ids that are made from paths, by whatever spelling and from a moved root.
. tests/cli/lib.sh

courier=$dir/courier.jsonl
post=$dir/post.jsonl
printf '%s\n' '{"id": "12", "source": "The Courier", "title": "Ferry sinks off Lurne", "body": "All were saved."}' \
    '{"id": "13", "source": "The Courier", "title": "A tram", "body": "It came."}' > "$courier"
printf '%s\n' '{"id": "12", "source": "The Post", "title": "Bank raises the rate", "body": "By one."}' > "$post"

ids() { "$searcher" --format=trec --sort=id --limit=100 "$1" '*' | cut -d ' ' -f 3 | tr '\n' ' '; }
counts() { # NAME...: of the last report
    for c; do printf '%s ' "$(count_of "$dir/r" "$c")"; done
}
update() { exits 0 "$indexer" update --report="$dir/r" "$@"; }

for engine in segment xapian; do
    a=$dir/a-$engine
    case_is "$engine: two papers in one update" update --engine=$engine "$a" "$courier" "$post"
    case_is "$engine: the collision is told with both" grep -qxF \
        "indexer: collision: $post #1: id '12' replaces 'Ferry sinks off Lurne' (The Courier) by 'Bank raises the rate' (The Post)" "$err"
    case_is "$engine: and counted" grep -q '; 1 collision; ' "$err"
    case_is "$engine: in the report" grep -qF '"collision": {"title": "Bank raises the rate", "source": "The Post", "replaced_title": "Ferry sinks off Lurne", "replaced_source": "The Courier"}}' "$dir/r"
    case_is "$engine: with its count" [ "$(counts added updated collisions)" = '2 1 1 ' ]
    case_is "$engine: the other paper in a later update" exits 0 "$indexer" update -q --report="$dir/r" "$a" "$courier"
    case_is "$engine: is told, quietly too" grep -qxF \
        "indexer: collision: $courier #1: id '12' replaces 'Bank raises the rate' (The Post) by 'Ferry sinks off Lurne' (The Courier)" "$err"
    case_is "$engine: nothing else is" [ "$(wc -l < "$err")" = 1 ]
    case_is "$engine: the same again is none" update "$a" "$courier"
    case_is "$engine: no collision" [ "$(counts unchanged collisions)" = '2 0 ' ]
done

# What is a new state of an article, and what is another.
state() { # WORD-OF-COLLISIONS FIRST SECOND
    rm -rf "$dir/s"
    printf '{"id": "1", "body": "x", %s}\n' "$2" > "$dir/one"
    printf '{"id": "1", "body": "y", %s}\n' "$3" > "$dir/two"
    update "$dir/s" "$dir/one" && update "$dir/s" "$dir/two" &&
        [ "$(counts updated collisions)" = "1 $1 " ]
}
case_is 'a headline that was changed is none' state 0 '"title": "Ferry sinks"' '"title": "The ferry sank off Lurne"'
case_is 'a stop word in common is not enough' state 1 '"title": "The cat and the hat"' '"title": "The rise of the rates"'
case_is 'accents and case do not matter' state 0 '"title": "CAFÉ"' '"title": "a cafe"'
case_is 'a title of stop words alone' state 0 '"title": "To be or not"' '"title": "Not to be"'
case_is 'a source alone' state 1 '"title": "Ferry", "source": "Courier"' '"title": "Ferry", "source": "Post"'
case_is 'a source that is written longer is none' state 0 '"title": "Ferry", "source": "Courier"' '"title": "Ferry", "source": "The Halden Courier"'
case_is 'a source that was not told is none' state 0 '"title": "Ferry"' '"title": "Ferry", "source": "Post"'
case_is 'no title' state 0 '"section": "a"' '"title": "Ferry"'
case_is 'one address is one article' state 0 '"title": "Ferry", "url": "http://a.example/now"' '"title": "Bank", "url": "http://a.example/now"'
case_is 'two addresses are not' state 1 '"title": "Ferry", "url": "http://a.example/1"' '"title": "Bank", "url": "http://b.example/1"'
case_is 'characters in common' state 0 '"title": "東京都の水道"' '"title": "水道料金"'
case_is 'none in common' state 1 '"title": "東京都の水道"' '"title": "銀行金利"'

# What keeps them apart.
case_is 'by source' update --id-scope=source "$dir/by-source" "$courier" "$post"
case_is 'all are there' [ "$(ids "$dir/by-source")" = 'The%20Courier:12 The%20Courier:13 The%20Post:12 ' ]
case_is 'without a collision' [ "$(counts added collisions)" = '3 0 ' ]
case_is 'the next night has no need of the option' update "$dir/by-source" "$courier" "$post"
case_is 'and changes nothing' [ "$(counts unchanged)" = '3 ' ]
case_is 'stats tell the rule' sh -c "'$indexer' stats '$dir/by-source' | grep -qx 'ids          real paths; scope: source'"
case_is 'another rule is refused' exits 64 "$indexer" update --id-scope=file "$dir/by-source" "$post"
case_is 'with the one that there is' grep -q 'real paths; scope: source' "$err"
case_is 'so is a root' exits 64 "$indexer" update --root="$dir" "$dir/by-source" "$post"
case_is 'what is shown is indexed under its id' sh -c "'$searcher' --format=json show '$dir/by-source' 'The Post:12' > '$dir/shown'"
"$indexer" update -q "$dir/by-source" "$dir/shown"
case_is 'again' [ "$(ids "$dir/by-source")" = 'The%20Courier:12 The%20Courier:13 The%20Post:12 ' ]
case_is 'it is removed by its whole id' exits 0 "$indexer" remove -q "$dir/by-source" 'The Post:12'
case_is 'by file' update --id-scope=file "$dir/by-file" "$courier" "$post"
case_is 'all are there, too' [ "$(ids "$dir/by-file")" = "$courier:12 $courier:13 $post:12 " ]
input=$courier
case_is 'from standard input' update --id-scope=file "$dir/by-file" -
input=
case_is 'is a file of its own' [ "$(ids "$dir/by-file")" = "-:12 -:13 $courier:12 $courier:13 $post:12 " ]
case_is 'no such scope' exits 64 "$indexer" update --id-scope=paper "$dir/x" "$post"
case_is 'made ids have no scope' sh -c "printf '{\"url\": \"http://a.example/1\", \"source\": \"P\", \"title\": \"x\"}\n' | '$indexer' update -q --id-scope=source '$dir/urls' -"
case_is 'as they are' [ "$(ids "$dir/urls")" = 'http://a.example/1 ' ]
case_is 'show-source has the ids' exits 0 "$indexer" show-source --id-scope=source "$post"
case_is 'in their scope' grep -qF '"id": "The Post:12"' "$out"

# A lost marker is written again as it was, and other engines keep the rule.
for engine in segment xapian; do
    b=$dir/lost-$engine
    "$indexer" update -q --engine=$engine --root="$dir" --id-scope=file "$b" "$post"
    cp "$b/morgue" "$dir/marker"
    rm "$b/morgue"
    case_is "$engine: a lost rule" exits 0 "$indexer" check --repair "$b"
    case_is "$engine: is written again" cmp "$b/morgue" "$dir/marker"
    case_is "$engine: another engine" exits 0 "$indexer" rebuild -q --engine="$([ $engine = segment ] && echo xapian || echo segment)" "$b"
    case_is "$engine: has the rule" sh -c "'$indexer' stats '$b' | grep -qx 'ids          real paths below a root; scope: file'"
    case_is "$engine: and finds its articles" update --root="$dir" "$b" "$post"
    case_is "$engine: unchanged" [ "$(counts unchanged)" = '1 ' ]
done

# Ids that are made from paths.
mkdir -p "$dir/home/src/sub"
printf 'A headline\n\nA text.\n' > "$dir/home/src/x.txt"
printf 'Another one\n\nIts text.\n' > "$dir/home/src/sub/y.txt"
printf '{"title": "Third", "body": "text"}\n' > "$dir/home/src/z.jsonl"
(cd "$dir/home/src" && tar cf ../src/t.tar x.txt)
ln -s home "$dir/link"
cd "$dir/home" || exit 1
case_is 'a folder' update "$dir/paths" src
case_is 'its ids' [ "$(ids "$dir/paths")" = "$dir/home/src/sub/y.txt $dir/home/src/t.tar/x.txt $dir/home/src/x.txt $dir/home/src/z.jsonl#1 " ]
for spelling in ./src src/ src/. ./././src//. "$dir/home/src" "$dir/home/./src" ../home/src "$dir/link/src" "$dir//link/./src/" src/sub/..; do
    case_is "spelt $spelling" update "$dir/paths" "$spelling"
    case_is 'the ids are the same' [ "$(counts inputs unchanged)" = '4 4 ' ]
done
case_is 'files of it' update "$dir/paths" src/x.txt ./src/t.tar "$dir/link/src/z.jsonl"
case_is 'have the same' [ "$(counts inputs unchanged)" = '3 3 ' ]
cd "$dir/link/src" || exit 1
case_is 'from within' update "$dir/paths" .
case_is 'too' [ "$(counts inputs unchanged)" = '4 4 ' ]
cd "$OLDPWD/../.." || exit 1

# A root that moves.
case_is 'below a root' update --root="$dir/home" "$dir/rooted" "$dir/home/src"
case_is 'ids begin there' [ "$(ids "$dir/rooted")" = 'src/sub/y.txt src/t.tar/x.txt src/x.txt src/z.jsonl#1 ' ]
mv "$dir/home" "$dir/moved"
case_is 'moved' update --root="$dir/moved" "$dir/rooted" "$dir/moved/src"
case_is 'they stay' [ "$(counts inputs unchanged)" = '4 4 ' ]
rm "$dir/link"
ln -s moved "$dir/link"
case_is 'by a link' update --root="$dir/link" "$dir/rooted" "$dir/link/src" "$dir/link"
case_is 'they do, too' [ "$(counts inputs unchanged duplicate)" = '8 4 4 ' ]
case_is 'without the root' exits 64 "$indexer" update "$dir/rooted" "$dir/moved/src"
case_is 'it is asked for' grep -q -- '--root' "$err"
case_is 'what is not below it' exits 64 "$indexer" update --root="$dir/moved/src" "$dir/rooted" "$post"
case_is 'is named' grep -q "'$post' is not below the root" "$err"
case_is 'a root that is none' exits 64 "$indexer" update --root="$dir/home" "$dir/rooted" "$dir/moved/src"
input=$post
case_is 'standard input needs none' exits 0 "$indexer" update "$dir/rooted" -
input=
case_is 'nor does removing' exits 0 "$indexer" remove "$dir/rooted" 12


exit $failed
