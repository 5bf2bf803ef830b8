#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command of the README, in a copy of the tree's top.
. tests/cli/lib.sh

top=$PWD
mkdir -p "$dir/top" && cd "$dir/top" || exit 1
ln -sfn "$BUILD" build
ln -sfn "$top/corpus" corpus
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$top/README.md" > ../commands
while read -r line; do
    case $line in
    'make demo')
        ( cd "$top" && sh corpus/demo.sh "$BUILD" ) > ../demo.out 2>&1
        case_is "README: $line" grep -q 'A café called Zürich' ../demo.out
        rm -rf "$BUILD/demo"
        ;;
    *) case_is "README: $line" exits 0 sh -c "$line" ;;
    esac
done < ../commands
case_is 'README: all commands were there' [ "$(wc -l < ../commands)" -ge 8 ]

# Examples of queries in the table find what they say.
for q in 'coffee quota' '--any coffee quota' '"export quota"' '=exports' \
    'title:ferry' 'author:prell' 'place:lurne' 'topic:coffee' 'lang:de' 'source:"le phare"'; do
    case_is "README: $q" exits 0 sh -c "build/searcher archive '$q' || build/searcher archive $q"
done

exit $failed
