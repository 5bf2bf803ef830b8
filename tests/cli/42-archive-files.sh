#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The files of an archive, missing, wrong, or somebody else's: nothing is lost,
# nothing outside is touched, and the exit status says what it is. And where
# reports go.
. tests/cli/lib.sh

in=$dir/in.jsonl
for i in 1 2 3 4 5; do
    printf '{"id": "a%d", "title": "Coffee %d", "lang": "en", "body": "Export quotas."}\n' $i $i
done > "$in"
printf '{"id": "b1", "title": "Tea", "lang": "en", "body": "No quota."}\n' > "$dir/more.jsonl"

one_line() { [ "$(wc -l < "$err")" = 1 ]; }
says() { grep -q -- "$1" "$err"; }

# All files of an archive, with their sums.
sums() { (cd "$1" && find . -type f ! -name morgue.lock -exec md5sum {} + | sort); }

fresh() { rm -rf "$a" && cp -a "$dir/whole.$engine" "$a"; }

# The update must be refused with 65 and leave every byte as it was.
refused() { # WHAT IT SAYS
    sums "$a" > "$dir/before"
    exits 65 "$indexer" update -q "$a" "$dir/more.jsonl" || return 1
    one_line && says "$1" || return 1
    sums "$a" | cmp -s - "$dir/before"
}

# A way to lose the marker, then all that has to hold.
lost() { # HOW COMMAND...
    what="$engine: a marker that is $1"
    shift
    fresh
    "$@"
    case_is "$what: update is refused" refused 'nothing was touched'
    case_is "$what: so are remove, compact and stats" eval '
        exits 65 "$indexer" remove "$a" a1 && exits 65 "$indexer" compact "$a" &&
        exits 65 "$indexer" stats "$a"'
    case_is "$what: the searcher says so" exits 3 "$searcher" "$a" coffee
    case_is "$what: check says so" exits 65 "$indexer" check "$a"
    case_is "$what: check names the mend" says 'check --repair'
    case_is "$what: --repair" exits 0 "$indexer" check --repair "$a"
    case_is "$what: says what it did" grep -q "^wrote '$a/morgue' again" "$out"
    rm "$a/morgue"
    case_is "$what: --repair, quietly" exits 0 "$indexer" check -q --repair "$a"
    case_is "$what: says nothing" [ ! -s "$out" ]
    case_is "$what: the marker is as it was" cmp -s "$a/morgue" "$dir/whole.$engine/morgue"
    case_is "$what: nothing is lost" exits 0 "$searcher" show "$a" a5
    case_is "$what: it can be updated again" exits 0 "$indexer" update -q "$a" "$dir/more.jsonl"
}

wrong_bit() { printf "$2" | dd of="$a/morgue" bs=1 seek="$1" conv=notrunc 2> /dev/null; }

for engine in segment xapian; do
    a=$dir/a
    exits 0 "$indexer" update -q --engine=$engine "$dir/whole.$engine" "$in"
    exits 0 "$indexer" remove -q "$dir/whole.$engine" a2
    lost missing rm "$dir/a/morgue"
    lost empty cp /dev/null "$dir/a/morgue"
    lost 'wrong in its first bit' wrong_bit 0 'l'
    lost 'wrong in its version' wrong_bit 15 '5'
    lost 'wrong in its engine' wrong_bit 25 'x'
    lost 'cut' sh -c "head -c 40 '$dir/whole.$engine/morgue' > '$dir/a/morgue'"
    fresh
    case_is "$engine: --repair of a whole archive does nothing" exits 0 "$indexer" check --repair "$a"
    case_is "$engine: and says nothing of it" eval '! grep -q wrote "$out"'
    rm "$a/morgue" && echo mine > "$a/notes.txt"
    case_is "$engine: a file of mine in it changes nothing" refused 'nothing was touched'
    fresh
    echo mine > "$a/seg-notes.txt" && echo mine > "$a/gen-000009.bak" && echo mine > "$a/run-down"
    case_is "$engine: names that look like ours are kept" eval '
        exits 0 "$indexer" update -q "$a" "$dir/more.jsonl" && exits 0 "$indexer" compact "$a" &&
        [ "$(cat "$a/seg-notes.txt" "$a/gen-000009.bak" "$a/run-down" | grep -c mine)" = 3 ]'
done

# Where nothing says what is current there is nothing to repair from.
engine=segment
fresh && rm "$a/morgue" "$a/segments"
case_is 'a marker and a manifest that are missing: refused' refused 'nothing was touched'
case_is 'a marker and a manifest that are missing: no repair' exits 65 "$indexer" check --repair "$a"
case_is 'it says why' says 'cannot be repaired'
case_is 'and what to do' says 'restore a copy'
exits 65 "$indexer" stats "$a"
case_is 'a repair that cannot be is not advised' eval '! says "--repair" && says "restore a copy"'
case_is 'no repair of what is no archive' exits 66 "$indexer" check --repair "$dir"
case_is 'no repair where there is nothing' exits 66 "$indexer" check --repair "$dir/none"
case_is '--repair goes with check' exits 64 "$indexer" stats --repair "$a"

# A beginning that was killed is begun anew; a lock alone is nothing to lose.
begun() { # FILES THAT ITS MAKING LEFT...
    rm -rf "$a" && mkdir "$a" && cp "$dir/whole.segment/morgue" "$a/morgue.begun"
    for f in "$@"; do : > "$a/$f"; done
    exits 3 "$searcher" "$a" coffee && says 'never finished' || return 1
    exits 0 "$indexer" update -q "$a" "$in" && exits 0 "$searcher" show "$a" a1 &&
        [ ! -e "$a/morgue.begun" ] && [ "$(ls "$a" | grep -c new)" = 0 ]
}
case_is 'a beginning is begun anew' begun morgue.lock
case_is 'with a manifest' begun morgue.lock segments segments.new-abcdefgh
case_is 'with another engine' begun morgue.lock XAPIANDB
rm -rf "$a" && mkdir "$a" && : > "$a/morgue.lock"
case_is 'a lock alone' exits 0 "$indexer" update -q "$a" "$in"
rm -rf "$a" && mkdir "$a" && : > "$a/morgue.begun" && : > "$a/seg-00000001"
case_is 'a beginning with a segment is none' refused 'nothing was touched'

# ---- what is no plain file ----
for engine in segment xapian; do
    echo mine > "$dir/victim"
    for file in morgue segments seg-00000001 XAPIANDB; do
        fresh
        [ -e "$a/$file" ] || continue
        for kind in link fifo; do
            fresh && mv "$a/$file" "$dir/kept" && rm -f "$dir/kept.fifo"
            [ $kind = link ] && ln -s "$dir/kept" "$a/$file"
            [ $kind = fifo ] && mkfifo "$a/$file"
            what="$engine: $file that is a $kind"
            case_is "$what: searcher" exits 3 timeout 20 "$searcher" "$a" coffee
            case_is "$what: update" exits 65 timeout 20 "$indexer" update -q "$a" "$dir/more.jsonl"
            case_is "$what: check" exits 65 timeout 20 "$indexer" check "$a"
        done
    done
    for file in morgue.lock; do
        fresh && rm -f "$a/$file" && ln -s "$dir/victim" "$a/$file"
        case_is "$engine: a link $file is not written through" exits 65 "$indexer" update -q "$a" "$dir/more.jsonl"
        fresh && rm -f "$a/$file" && mkfifo "$a/$file"
        case_is "$engine: a fifo $file does not wait" exits 65 timeout 20 "$indexer" update -q "$a" "$dir/more.jsonl"
    done
    fresh
    for file in morgue.new segments.new XAPIANDB.new del-00000099 seg-00000003 seg-00000004 gen-000002 gen-000003 run-0-00000000 spool-abcdefgh; do
        [ -e "$a/$file" ] || ln -s "$dir/victim" "$a/$file"
    done
    case_is "$engine: other links are not written through" eval '
        exits 0 "$indexer" update -q "$a" "$dir/more.jsonl" && exits 0 "$indexer" compact "$a" &&
        exits 0 "$searcher" show "$a" b1'
    case_is "$engine: what they lead to is untouched" eval '[ "$(cat "$dir/victim")" = mine ]'
done
engine=xapian
fresh
for f in "$a"/gen-*/postlist.glass; do mv "$f" "$dir/postlist" && ln -s "$dir/postlist" "$f"; done
case_is 'a link in a generation: searcher' exits 3 "$searcher" "$a" coffee
case_is 'a link in a generation: update' exits 65 "$indexer" update -q "$a" "$dir/more.jsonl"
engine=segment
fresh
sed -i 's/^segment seg-[0-9a-f]*/segment ..\/victim/' "$a/segments"
case_is 'a manifest that names a file elsewhere' exits 65 "$indexer" check "$a"

# ---- the lock ----
fresh
mkfifo "$dir/pipe"
"$indexer" update -q "$a" - < "$dir/pipe" > /dev/null 2>&1 &
exec 8> "$dir/pipe"
n=0
while [ "$(cat "$a/morgue.lock")" != $! ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
case_is 'a second writer waits' exits 75 "$indexer" update -q "$a" "$dir/more.jsonl"
case_is 'and is told who holds it' says "held by process $!"
rm "$a/morgue.lock"
case_is 'with the lock file removed too' exits 75 "$indexer" update -q "$a" "$dir/more.jsonl"
case_is 'and is told so' says 'was removed'
cat "$in" >&8
exec 8>&-
wait $!
case_is 'the first goes on' [ $? -eq 0 ]
case_is 'and then the second may' exits 0 "$indexer" update -q "$a" "$dir/more.jsonl"

# ---- statuses ----
for engine in segment xapian; do
    fresh
    [ $engine = segment ] && victim=$(ls -d "$a"/seg-* | tail -n 1) || victim=$(ls -d "$a"/gen-* | tail -n 1)
    rm -r "$victim"
    for command in stats check compact 'update -q'; do
        [ "$command" = 'update -q' ] && source=$in || source=
        case_is "$engine: data that is missing: $command" exits 65 "$indexer" $command "$a" $source
    done
    case_is "$engine: data that is missing: searcher" exits 3 "$searcher" "$a" coffee
done
if [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null; then
    user='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod 755 "$SCRATCH" "$dir"
elif [ "$(id -u)" != 0 ]; then
    user=
else
    echo 'skip archives that may not be read - run as root without setpriv'
    exit $failed
fi
closed() { # WHAT NAME...
    what="$engine: may not be read: $1"
    shift
    fresh
    [ -z "$user" ] || chown -R 65534:65534 "$a"
    for f in "$@"; do chmod 0 $a/$f; done
    for command in stats check; do
        case_is "$what: $command" exits 74 $user "$indexer" $command "$a"
    done
    case_is "$what: searcher" exits 3 $user "$searcher" "$a" coffee
    chmod -R u+rwX "$a"
}
engine=segment
closed 'the directory' .
closed 'the marker' morgue
closed 'the manifest' segments
closed 'a segment' 'seg-*'
closed 'deletions' 'del-*'
engine=xapian
closed 'the stub' XAPIANDB
closed 'the generation' 'gen-*'
closed 'its files' 'gen-*/*.glass'
rm -rf "$a"

# ---- reports ----
engine=segment
fresh
report() { exits 0 "$indexer" update -q "--report=$1" "$a" "$in"; }
is_report() { grep -q '"unchanged": ' "$1"; }
mkfifo "$dir/fifo"
cat "$dir/fifo" > "$dir/from.fifo" &
case_is 'a report into a fifo' report "$dir/fifo"
wait
case_is 'arrives' is_report "$dir/from.fifo"
case_is 'and the fifo stays' [ -p "$dir/fifo" ]
: > "$dir/target" && ln -s target "$dir/linked"
case_is 'a report through a link' report "$dir/linked"
case_is 'goes to what it leads to' is_report "$dir/target"
case_is 'and the link stays' [ -L "$dir/linked" ]
if mknod "$dir/null" c 1 3 2> /dev/null; then
    case_is 'a report to a device' report "$dir/null"
    case_is 'leaves it a device' [ -c "$dir/null" ]
else
    echo 'skip a report to a device - none may be made here'
fi
echo mine > "$dir/r.new" && echo old > "$dir/r" && chmod 640 "$dir/r"
case_is 'a report over a file' report "$dir/r"
case_is 'is there' is_report "$dir/r"
case_is 'keeps its permissions' [ "$(stat -c %a "$dir/r")" = 640 ]
case_is 'touches nothing beside' [ "$(cat "$dir/r.new")" = mine ]
case_is 'leaves nothing beside' [ "$(ls "$dir" | grep -c '^r\.')" = 1 ]
(umask 027 && report "$dir/fresh")
case_is 'a new report has the usual permissions' [ "$(stat -c %a "$dir/fresh")" = 640 ]
sums "$a" > "$dir/before"
ln -s "$a/morgue" "$dir/to-marker"
ln -s a/not-yet "$dir/to-nothing"
ln -s to-nothing "$dir/to-a-link"
mkdir "$dir/b" && ln -s ../a "$dir/b/to-folder"
for target in "$a/segments" "$a/morgue" "$a/new" "$dir/./a/segments" \
    "$dir/to-marker" "$dir/to-nothing" "$dir/to-a-link" "$dir/b/to-folder/x"; do
    case_is "a report into the archive: ${target##*/}" exits 64 "$indexer" update -q "--report=$target" "$a" "$dir/more.jsonl"
    case_is 'is refused before anything is done' eval 'sums "$a" | cmp -s - "$dir/before"'
done
case_is 'a report without a name' exits 64 "$indexer" update -q --report= "$a" "$dir/more.jsonl"
case_is 'a report where none can be' exits 73 "$indexer" update -q "--report=$dir/no/r" "$a" "$in"
[ ! -c /dev/full ] || case_is 'a report to a full device' exits 74 "$indexer" update -q --report=/dev/full "$a" "$in"

exit $failed
