#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An article belongs to the day of the clock that its date was written by.
. tests/cli/lib.sh

# found WHAT IDS OPTION...: the ids that are found, in order of their names.
found()
{
    what=$1 want=$2
    shift 2
    "$searcher" --format=trec --limit=20 "$@" > "$out" 2> "$err"
    case_is "$engine: $what" [ "$(cut -d ' ' -f 3 "$out" | sort | tr '\n' ' ')" = "$want" ]
}

printf '%s\n' \
    '{"id": "york", "date": "1999-12-31T23:30:00-05:00", "title": "Late ferry", "body": "The ferry was late."}' \
    '{"id": "tokyo", "date": "2000-01-01T08:00:00+09:00", "title": "Early ferry", "body": "The ferry was early."}' \
    '{"id": "day", "date": "2000-01-01", "title": "Ferry", "body": "The ferry sank."}' \
    '{"id": "month", "date": "1999-12", "title": "Ferry", "body": "The ferry was sold."}' \
    '{"id": "year", "date": "2000", "title": "Ferry", "body": "The ferry was built."}' \
    '{"id": "none", "title": "Ferry", "body": "The ferry."}' > "$dir/in"

for engine in segment xapian; do
    a=$dir/$engine
    "$indexer" update --quiet --engine=$engine "$a" "$dir/in"
    found 'all' 'day month none tokyo year york ' "$a" ferry
    found 'the last day of a year' 'york ' --from=1999-12-31 --to=1999-12-31 "$a" ferry
    found 'the first day' 'day tokyo ' --from=2000-01-01 --to=2000-01-01 "$a" ferry
    found 'a month' 'month york ' --from=1999-12 --to=1999-12 "$a" ferry
    found 'a year' 'day tokyo year ' --from=2000 --to=2000 "$a" ferry
    found 'up to a month: no year' 'day month tokyo york ' --to=2000-01 "$a" ferry
    found 'in a zone: no month' 'tokyo york ' --from=1999-12-01 --to=1999-12-31 --tz=-05:00 -- "$a" -sold
    found 'by days of UTC' 'day york ' --tz=UTC --from=2000-01-01 --to=2000-01-01 "$a" ferry
    found 'by days of UTC, before' 'month tokyo ' --tz=UTC --to=1999-12-31 "$a" ferry
    found 'by days of a zone' 'tokyo york ' --tz=Pacific/Auckland --from=2000-01-01 --to=2000-01-02 -- "$a" 'ferry -sank'
    found 'from an instant' 'day year york ' --from=2000-01-01T00:00 "$a" ferry
    found 'from an instant of a zone' 'day tokyo year york ' --from=2000-01-01T00:00+09:00 "$a" ferry
    found 'to an instant' 'month tokyo ' --to=2000-01-01T04:29:59Z "$a" ferry
    found 'newest first is by instant' 'york ' --sort=newest --limit=1 --to=2000-01 "$a" ferry
    case_is "$engine: json has both" exits 0 "$searcher" --format=jsonl "$a" late
    case_is "$engine: what its readers knew" grep -qF '"date": "2000-01-01T04:30:00Z", "date_local": "1999-12-31T23:30:00-05:00"' "$out"
    case_is "$engine: csv" exits 0 "$searcher" --format=csv --no-snippet "$a" late
    case_is "$engine: csv has it last" grep -q ',date_local$' "$out"
    case_is "$engine: csv has the clock" grep -q ',1999-12-31T23:30:00-05:00$' "$out"
    case_is "$engine: text has the clock" exits 0 "$searcher" "$a" late
    case_is "$engine: for people" grep -q '1999-12-31T23:30:00-05:00 |' "$out"
    case_is "$engine: show" exits 0 "$searcher" show --format=json "$a" york
    case_is "$engine: show has both" grep -qF '"date": "2000-01-01T04:30:00Z", "date_local": "1999-12-31T23:30:00-05:00"' "$out"
    case_is "$engine: sound" exits 0 "$indexer" check "$a"
    case_is "$engine: again" exits 0 "$indexer" update "$a" "$dir/in"
    case_is "$engine: the same clock is no change" grep -q '6 unchanged' "$err"
    sed 's/2000-01-01T08:00:00+09:00/1999-12-31T23:00:00Z/' "$dir/in" > "$dir/utc"
    case_is "$engine: another clock" exits 0 "$indexer" update "$a" "$dir/utc"
    case_is "$engine: is a change" grep -q '1 updated' "$err"
done

"$indexer" show-source "$dir/in" > "$dir/shown"
case_is 'show-source has the clock' grep -qF '"date_local": "1999-12-31T23:30:00-05:00"' "$dir/shown"
sed 's/"date": "[^"]*", "date_local"/"date_local"/' "$dir/shown" > "$dir/local"
sed 's/\("date": "[^"]*"\), \("date_local": "[^"]*"\)/\2, \1/' "$dir/shown" > "$dir/turned"
for in in shown local turned; do
    "$indexer" show-source "$dir/$in" > "$dir/again"
    case_is "$in: what is shown can be read, dates and all" \
        [ "$(grep -o '"date": "[^"]*", "date_local": "[^"]*"' "$dir/again" | md5sum)" = \
        "$(grep -o '"date": "[^"]*", "date_local": "[^"]*"' "$dir/shown" | md5sum)" ]
    case_is "$in: no date is left over" sh -c "! grep -q 'extra.*date_local:' '$dir/again'"
done
exit $failed
