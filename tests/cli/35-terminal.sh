#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a terminal obeys, and what turns the order of a text around, reaches
# neither terminal nor table; right-to-left text and joiners stay.  Standard
# files that are closed get no file of ours.
. tests/cli/lib.sh

# The bytes of a file as "41 0a ...".
bytes() {
    od -An -v -tx1 "$1" | tr -s ' \n' ' '
}

# Whether no control, C1, bidi control or byte that is no UTF-8 is in a file.
# Line ends are none.
clean() {
    python3 - "$1" << 'END'
import sys
text = open(sys.argv[1], 'rb').read().decode('utf-8')
bad = [hex(ord(c)) for c in text
       if (ord(c) < 32 and c != '\n') or 0x7f <= ord(c) < 0xa0
       or c in '\u061c\u200e\u200f' or 0x202a <= ord(c) <= 0x202e
       or 0x2066 <= ord(c) <= 0x2069]
if bad:
    sys.exit('in %s: %s' % (sys.argv[1], bad))
END
}

# has FILE 'c3 a9' and lacks FILE '1b'
has() {
    bytes "$1" | grep -q " $2 "
}
lacks() {
    ! has "$1" "$2"
}

a=$dir/archive
python3 - > "$dir/in.jsonl" << 'END'
import json
bad = '\u202e\u2066\u200e\u200f\u061c\u2069\u009b31m\u0085\x1b[31m\x7f\x07'
print(json.dumps({'id': 'x\u202ey', 'title': 'Harbour ' + bad + ' news',
                  'source': 'Cour\u202eier', 'section': 'Sea\u2067',
                  'author': 'A\u202bB', 'url': 'http://a.b/\u202e',
                  'body': 'The harbour ' + bad + ' is\u2028open.\n\tIt is.'}))
print(json.dumps({'id': 'rtl', 'title': 'שלום harbour مرحبا',
                  'body': 'می\u200cخواهم harbour क्\u200dष.'}))
END
case_is 'indexed' exits 0 "$indexer" update "$a" "$dir/in.jsonl"

case_is 'text' exits 0 "$searcher" "$a" harbour
case_is 'text is clean' clean "$out"
case_is 'text: no ESC' lacks "$out" 1b
case_is 'text: no RLO' lacks "$out" 'e2 80 ae'
case_is 'text: no CSI' lacks "$out" 'c2 9b'
case_is 'text: Hebrew stays' has "$out" 'd7 a9 d7 9c d7 95 d7 9d'
case_is 'text: Arabic stays' has "$out" 'd9 85 d8 b1 d8 ad d8 a8 d8 a7'
case_is 'text: ZWNJ stays' has "$out" 'db 8c e2 80 8c d8 ae'
case_is 'text: ZWJ stays' has "$out" 'e0 a5 8d e2 80 8d e0 a4 b7'
case_is 'colours are ours' exits 0 "$searcher" --color=always "$a" open
case_is 'no others' sh -c "! grep -q '$(printf '\033')\[31m' '$out'"
case_is 'csv' exits 0 "$searcher" --format=csv "$a" harbour
case_is 'csv is clean' clean "$out"
case_is 'csv: ZWNJ stays' has "$out" 'db 8c e2 80 8c d8 ae'
case_is 'trec' exits 0 "$searcher" --format=trec "$a" harbour
case_is 'trec is clean' clean "$out"
case_is 'show' exits 0 "$searcher" show "$a" "$(printf 'x\342\200\256y')"
case_is 'show is clean but for tabs' sh -c "tr -d '\t' < '$out' > '$dir/shown'"
case_is 'it is' clean "$dir/shown"
case_is 'show: a separator of lines is a space' grep -q 'is open' "$out"
case_is 'show: the tab stays' has "$out" '0a 09 49 74'

same_title() {
    python3 - "$out" "$dir/in.jsonl" << 'END'
import json, sys
got = [json.loads(l) for l in open(sys.argv[1], encoding='utf-8')]
want = json.loads(open(sys.argv[2]).readline())
assert any(g['id'] == want['id'] and g['source'] == want['source']
           for g in got), got
END
}
case_is 'jsonl' exits 0 "$searcher" --format=jsonl "$a" harbour
case_is 'jsonl is clean' clean "$out"
case_is 'jsonl: RLO is escaped' grep -qF 'Cour\u202eier' "$out"
case_is 'jsonl says the same' same_title
case_is 'show-source is clean' exits 0 "$indexer" show-source "$dir/in.jsonl"
case_is 'it is, too' clean "$out"
case_is 'show-source: a separator of lines is escaped' grep -qF 'is\u2028open' "$out"
case_is 'show-source: C1 in a body is windows-1252' grep -qF '›31m…\u001b[31m\u007f' "$out"

# A query that is no UTF-8 comes back as JSON all the same.
printf '1\tharbour \233\377\n' > "$dir/batch"
case_is 'a query of any bytes' exits 0 "$searcher" --any --format=json --batch="$dir/batch" "$a"
case_is 'as JSON' grep -qF '"query": "harbour \ufffd\ufffd"' "$out"
case_is 'as text' exits 0 "$searcher" --any --batch="$dir/batch" "$a"
case_is 'that is clean' clean "$out"

# Messages, with names of files, queries and options in them.
evil=$(printf '\342\200\256\233\302\233\033[2J\302\205x')
case_is 'no such source' exits 66 "$indexer" update "$a" "$dir/$evil"
case_is 'its message is clean' clean "$err"
case_is 'and one line' [ "$(wc -l < "$err")" = 1 ]
mkdir -p "$dir/names"
: > "$dir/names/$evil"
case_is 'a file that fails' exits 3 "$indexer" update --report="$dir/report" "$a" "$dir/names"
case_is 'its name is clean' clean "$err"
case_is 'it is in the report' clean "$dir/report"
case_is 'which is JSON' python3 -m json.tool "$dir/report" /dev/null
case_is 'no such format' exits 64 "$indexer" update --format="$evil" "$a" "$dir/in.jsonl"
case_is 'that message is clean' clean "$err"
case_is 'no such option' exits 64 "$indexer" "--$evil"
case_is 'that one, too' clean "$err"
case_is 'it says which' grep -qF "option '--?" "$err"
case_is 'an option without its value' exits 64 "$indexer" stats --format
case_is 'is told' grep -qF "option '--format' needs a value" "$err"
case_is 'no such id' exits 3 "$indexer" remove "$a" "$evil"
case_is 'its message' clean "$err"
case_is 'searcher: no archive' exits 3 "$searcher" "$dir/$evil" x
case_is 'searcher: clean' clean "$err"
case_is 'searcher: no such option' exits 2 "$searcher" "--$evil"
case_is 'searcher: that is clean' clean "$err"
case_is 'searcher: no such value' exits 2 "$searcher" --sort="$evil" "$a" x
case_is 'searcher: and that' clean "$err"
case_is 'searcher: no such id' exits 1 "$searcher" show "$a" "$evil"
case_is 'searcher: its message' clean "$err"

# stderr has no buffer: a message that is written byte by byte takes a second
# for each 0.13 MB of a table whose rows all fail.
printf 'title,body\n"a,b\n"c,d\n"e,f\n' > "$dir/rows.csv"
in_one_piece() {
    python3 - "$@" << 'END'
import socket, subprocess, sys
mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
run = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=its)
its.close()
pieces = list(iter(lambda: mine.recv(65536), b''))
run.wait()
assert len(pieces) > 2 and all(p.endswith(b'\n') for p in pieces), pieces
END
}
case_is 'each message is written in one piece' in_one_piece "$indexer" show-source --format=csv "$dir/rows.csv"

# ---- standard files that are closed ----

closed() { # CODE HOW COMMAND...
    want=$1 how=$2
    shift 2
    sh -c '"$@" '"$how" sh "$@" > "$out" 2> "$err"
    got=$?
    [ $got = "$want" ] || { echo "exit status $got, not $want" >&2; cat "$err" >&2; return 1; }
}
articles() {
    "$indexer" stats "$1" | sed -n 's/^articles *//p'
}
sound() {
    "$indexer" check "$1" > "$dir/check" 2>&1
}

for how in '<&-' '<&- >&-' '<&- 2>&-' '<&- >&- 2>&-'; do
    b=$dir/closed
    rm -rf "$b"
    case_is "update - with $how fails" closed 66 "$how" "$indexer" update "$b" -
    case_is "update of a file with $how" closed 0 "$how" "$indexer" update "$b" "$dir/in.jsonl"
    case_is "all of it with $how" [ "$(articles "$b")" = 2 ]
    case_is "sound with $how" sound "$b"
done
case_is 'update - says why' closed 66 '<&-' "$indexer" update "$dir/none" -
case_is 'it does' grep -qF "cannot read '-'" "$err"
for how in '2>&-' '>&- 2>&-'; do
    rm -rf "$b"
    : > "$dir/empty"
    case_is "messages go nowhere with $how" closed 3 "$how" "$indexer" update "$b" "$dir/in.jsonl" "$dir/empty"
    case_is "sound with $how" sound "$b"
    case_is "no message in a file with $how" sh -c "! grep -rl 'indexer: ' '$b'"
    case_is "an update again with $how" closed 0 "$how" "$indexer" update "$b" "$dir/in.jsonl"
done
for how in '>&-' '<&- >&-'; do
    case_is "stats with $how" closed 74 "$how" "$indexer" stats "$a"
    case_is "show-source with $how" closed 74 "$how" "$indexer" show-source "$dir/in.jsonl"
    case_is "a report to $how" closed 74 "$how" "$indexer" update --report=- "$b" "$dir/in.jsonl"
    case_is "searcher with $how" closed 3 "$how" "$searcher" "$a" harbour
    case_is "searcher --format=json with $how" closed 3 "$how" "$searcher" --format=json "$a" harbour
    case_is "searcher show with $how" closed 3 "$how" "$searcher" show "$a" rtl
    case_is "searcher --help with $how" closed 3 "$how" "$searcher" --help
done
case_is 'searcher says why' closed 3 '>&-' "$searcher" "$a" harbour
case_is 'it does say' grep -qF 'cannot write the answer' "$err"
case_is 'searcher with 2>&-' closed 0 '2>&-' "$searcher" "$a" harbour
case_is 'searcher with <&-' closed 0 '<&-' "$searcher" "$a" harbour
case_is 'a batch from <&- fails' closed 2 '<&-' "$searcher" --batch=- "$a"
case_is 'the archive is sound' sound "$a"
exit $failed
