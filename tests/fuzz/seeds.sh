#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# seeds.sh INDEXER FOLDER - sort samples into FOLDER/FORMAT for fuzzers
#
# The samples are those of corpus/, tests/cases/ and MORGUE_SHARED, unpacked
# where they are gzip, up to 200 KB each and 200 a format; the formats are those
# that `indexer formats` lists, by what show-source says a file is.
indexer=$1
to=$2
for format in $("$indexer" formats | cut -f 1); do
    mkdir -p "$to/$format"
done
find corpus tests/cases "${MORGUE_SHARED:-../shared/corpora}/raw" -type f -size -400k \
    ! -name README.md ! -name '*.c' ! -name '*.sh' ! -name '*.tsv' |
    sort | while read -r file; do
    format=$("$indexer" show-source "$file" 2>/dev/null | head -n 1 |
        sed -n 's/^{"format": "\([a-z0-9-]*\)".*/\1/p')
    # Broken ones have no article that tells.
    [ -n "$format" ] || case $file in
        *.warc*) format=warc ;;
        *.arc*) format=arc ;;
        esac
    [ -n "$format" ] && [ -d "$to/$format" ] || continue
    [ "$(ls "$to/$format" | wc -l)" -lt 200 ] || continue
    name=$to/$format/$(basename "$file" .gz)
    gzip -dcf "$file" > "$name" 2>/dev/null || cp "$file" "$name"
    [ "$(wc -c < "$name")" -le 200000 ] || rm "$name"
done
