#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.sh BUILD - index the sample articles and search them
build=$1
archive=$build/demo

# Show a command as it would be typed, and run it.
run() {
    printf '\n$'
    for word in "$@"; do
        case $word in
        *\"*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$@"
}

run "$build/indexer" update "$archive" corpus/text corpus/heads corpus/jsonl \
    corpus/sgml corpus/html || exit
echo
echo "Words match in any of their forms, in titles and texts:"
run "$build/searcher" --limit=3 "$archive" coffee export quotas
echo "Accents and scripts are no hindrance:"
run "$build/searcher" --limit=2 "$archive" cafe zurich
run "$build/searcher" --limit=2 "$archive" 中央银行
echo "Phrases, exclusions, dates from 1897 on, oldest first:"
run "$build/searcher" --sort=oldest --to=1953 --limit=3 "$archive" \
    '"outer isles"' -herring
