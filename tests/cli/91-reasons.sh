#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Why a file cannot be opened, read or written is told as it was: each call on
# files fails in turn, and what gives something back leaves another reason in
# errno. What permissions forbid is tried as the user nobody, too.
. tests/cli/lib.sh

printf '{"id": "1", "title": "Coffee", "body": "Export quotas."}\n' > "$dir/in"

# Each call of a command fails with EACCES: no message has another reason, and
# one that says that something cannot be done has this one.
reasons() { # PREPARE COMMAND...
    prepare=$1
    shift
    eval "$prepare"
    FAILIO_ALL=1 FAILIO_CLOBBER=1 FAILIO_REPORT="$dir/count" LD_PRELOAD="$FAILIO_SO" "$@" > "$out" 2> "$err" || return 1
    calls=$(sed -n 's/^count //p' "$dir/count")
    [ "$calls" -gt 5 ] || return 1
    k=1
    while [ "$k" -le "$calls" ]; do
        eval "$prepare"
        FAILIO_AT=$k FAILIO_ERRNO=13 FAILIO_ALL=1 FAILIO_CLOBBER=1 FAILIO_REPORT="$dir/count" \
            LD_PRELOAD="$FAILIO_SO" "$@" > "$out" 2> "$err"
        if grep 'cannot' "$err" | grep -qv 'Permission denied' || grep -q 'cross-device' "$err"; then
            echo "call $k of $calls ($(sed -n 's/^failed //p' "$dir/count")): $(cat "$err")" >&2
            return 1
        fi
        k=$((k + 1))
    done
}

"$indexer" update --quiet "$dir/archive" "$dir/in"
if [ -z "$SAN" ]; then
    case_is 'reasons: a new archive' reasons "rm -rf '$dir/new'" \
        "$indexer" update --quiet --threads=1 --report="$dir/report" "$dir/new" "$dir/in"
    case_is 'reasons: a folder with packed files' reasons "rm -rf '$dir/new'" \
        "$indexer" update --quiet --threads=1 "$dir/new" corpus/packed
    case_is 'reasons: a search' reasons : "$searcher" "$dir/archive" coffee
    case_is 'reasons: a check' reasons : "$indexer" check "$dir/archive"
    case_is 'reasons: compacting' reasons "rm -rf '$dir/copy' && cp -r '$dir/archive' '$dir/copy'" \
        "$indexer" compact "$dir/copy"
    printf 'q\tcoffee\n' > "$dir/queries"
    case_is 'reasons: queries of a file' reasons : "$searcher" --batch="$dir/queries" "$dir/archive"
    printf 'title = ueberschrift\n' > "$dir/map"
    case_is 'reasons: a map' reasons : "$indexer" show-source --map="$dir/map" "$dir/in"
else
    echo 'skip reasons - not with sanitizers'
fi

# A folder that is no more.
mkdir "$dir/gone"
gone() { (cd "$dir/gone" && rmdir "$dir/gone" && exits "$@"); }
case_is 'from a folder that was removed' gone 74 "$indexer" update archive "$dir/in"
case_is 'it says what is wrong' grep -q "cannot find the folder of 'archive': No such file" "$err"
case_is 'queries from nowhere' exits 2 "$searcher" --batch="$dir/nowhere" "$dir/archive"
case_is 'it says that, too' grep -q "cannot open '.*/nowhere': No such file" "$err"

# Folders of another user.
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
chmod 755 "$SCRATCH" "$dir"
if [ "$(id -u)" != 0 ] || ! as_nobody "$indexer" formats > /dev/null 2>&1 || ! as_nobody test -r "$dir/in"; then
    echo 'skip permissions of another user - they cannot be tried here'
    exit $failed
fi
mkdir -p "$dir/theirs/closed" "$dir/theirs/empty"
chmod 700 "$dir/theirs/closed"
"$indexer" update --quiet "$dir/theirs/archive" "$dir/in"
for where in /empty /new /closed /closed/new /archive; do
    case_is "a folder of another user: .$where" sh -c "
        setpriv --reuid=65534 --regid=65534 --clear-groups '$indexer' update '$dir/theirs$where' '$dir/in' 2> '$err'
        case \$? in 73 | 74) ;; *) exit 1 ;; esac
        grep -q 'Permission denied' '$err'"
done
for command in 'remove ARCHIVE 1' 'compact ARCHIVE' 'rebuild ARCHIVE'; do
    set -- $(echo "$command" | sed "s|ARCHIVE|$dir/theirs/archive|")
    as_nobody "$indexer" "$@" > "$out" 2> "$err"
    case_is "an archive of another user: $command" grep -q 'Permission denied' "$err"
done
chmod 700 "$dir/theirs/archive"
case_is 'one that may not be read' exits 3 as_nobody "$searcher" "$dir/theirs/archive" coffee
case_is 'the reason is told' grep -q 'Permission denied' "$err"
chmod 600 "$dir/in"
case_is 'a source of another user' exits 66 as_nobody "$indexer" show-source "$dir/in"
case_is 'its reason is told' grep -q 'Permission denied' "$err"

exit $failed
