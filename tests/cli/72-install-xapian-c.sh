#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The C binding of libxapian, installed, and a program that has nothing else:
# tests/xapian/client.c.  It reads a database in its folder and the same from
# a server on the loopback interface.
. tests/cli/lib.sh

d=$dir/root
lib=$d/usr/lib
server=
stop() { [ -n "$server" ] && kill "$server" 2> /dev/null; server=; }
trap stop EXIT
trap 'exit 130' INT TERM

# A server of the database $1, with $port.  setsid, for when it is told to end
# it ends all of its process group.
serve() {
    for _ in 1 2 3 4 5; do
        port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
        setsid xapian-tcpsrv --interface 127.0.0.1 --port "$port" "$1" > server.log 2>&1 &
        server=$!
        for _ in $(seq 100); do
            grep -q Listening server.log && return 0
            kill -0 "$server" 2> /dev/null || break
            sleep 0.1
        done
        stop
    done
    return 1
}

case_is 'make install' exits 0 make install SAN="$SAN" DESTDIR="$d" PREFIX=/usr
for f in lib/libxapian-c.a lib/libxapian-c.so lib/libxapian-c.so.0 lib/pkgconfig/xapian-c.pc \
    include/xapian_c.h include/xapian_c_search.h share/man/man3/xapian_c.3; do
    case_is "installed: $f" [ -s "$d/usr/$f" ]
done
cp tests/xapian/client.c "$dir"
awk '/^\.EX$/ { on = 1; next } /^\.EE$/ { on = 0 } on' common/xapian/xapian_c.3 |
    sed 's/\\e/\\/g' > "$dir/example.c"
top=$PWD
cd "$dir" || exit 1

# What a library or a program is linked with, by name.
needs() { readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'; }
case_is 'it has its soname' sh -c "readelf -d '$lib/libxapian-c.so' | grep -q 'soname: \[libxapian-c.so.0\]'"
needs "$lib/libxapian-c.so" > xc-needs
case_is 'it wants libxapian' grep -q '^libxapian\.so' xc-needs
case_is 'and nothing of morgue' [ "$(grep -c morgue xc-needs)" = 0 ]
needs "$lib/libmorgue.so" > morgue-needs
case_is 'libmorgue does not want it' [ "$(grep -c xapian-c morgue-needs)" = 0 ]

cat > load.py << 'END'
import ctypes, sys
xc = ctypes.CDLL(sys.argv[1])
xc.xc_version.restype = ctypes.c_char_p
db, doc, number = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_uint32()
assert xc.xc_db_open_write(ctypes.byref(db), b"loaded", 2, 0, None) == 0
assert xc.xc_doc_new(ctypes.byref(doc), None) == 0
assert xc.xc_doc_set_value(doc, 0, b"v", ctypes.c_size_t(1), None) == 0
assert xc.xc_db_add(ctypes.byref(number), db, doc, None) == 0
assert xc.xc_db_commit(db, None) == 0
xc.xc_doc_free(doc)
xc.xc_db_close(db)
print(number.value, xc.xc_version().decode())
END
# Sanitizers want to be there from the beginning.
[ -n "$SAN" ] || case_is 'it is loaded by a program that runs' exits 0 python3 load.py "$lib/libxapian-c.so.0"
[ -n "$SAN" ] || case_is 'and used' grep -q '^1 [0-9]' "$out"

export PKG_CONFIG_SYSROOT_DIR="$d" PKG_CONFIG_PATH="$lib/pkgconfig"
export LD_LIBRARY_PATH="$lib"
flags="-pedantic -Wall -Wextra -Wconversion -Werror ${SAN:+-fsanitize=$SAN} $(pkg-config --cflags xapian-c)"
shared=$(pkg-config --libs xapian-c)
static=$(pkg-config --static --libs xapian-c | sed "s|-lxapian-c|$lib/libxapian-c.a|")
case_is 'its version is that of the header' grep -q "^#define XC_VERSION  *\"$(pkg-config --modversion xapian-c)\"" "$d/usr/include/xapian_c.h"
for std in c99 c11; do
    case_is "$std: a program compiles" exits 0 cc -std=$std $flags client.c -o client-$std $shared
    case_is "$std: and with the static library" exits 0 cc -std=$std $flags client.c -o client-$std-static $static
done
needs client-c99 > shared-needs
needs client-c99-static > static-needs
case_is 'the shared one wants the library' grep -qx 'libxapian-c.so.0' shared-needs
case_is 'the static one does not' [ "$(grep -c xapian-c static-needs)" = 0 ]

cat > want << 'END'
6 documents, 25 words, by client
coffee: 3
  4 0.457917 1991.5 coffee house opened
  3 0.442911 1990.0 quota on export of coffee and more coffee
  1 0.412210 1987.0 coffee export quota missed
"export quota": 2
  1 0.824421 1987.0 coffee export quota missed
  5 0.824421 export quota of tea
export and quota: 3
  1 0.824421 1987.0 coffee export quota missed
  5 0.824421 export quota of tea
  3 0.589183 1990.0 quota on export of coffee and more coffee
coffee in 1988 to 1991: 1
  3 0.442911 1990.0 quota on export of coffee and more coffee
tea without coffee: 1
  5 1.320898 export quota of tea
no such word: 0
all, the newest first: 6
  4 0.000000 1991.5 coffee house opened
  3 0.000000 1990.0 quota on export of coffee and more coffee
  2 0.000000 1989.0 ferry late again
  1 0.000000 1987.0 coffee export quota missed
  6 0.000000 -44.0 nothing but news
  5 0.000000 export quota of tea
places: Santos=3 Halden=1
terms of n: news=1 nothing=1
terms of 3: Knews=6 and=1 coffee=3 export=3 more=1 of=2 on=1 quota=3
positions of coffee in 3: 5 8
documents with coffee: 1/1 3/2 4/1
writing: invalid argument, not open for writing
END
# BM25 with k1 1.2 and b 0.75 of a word that 3 of 6 documents have, in those
# of 3, 8 and 4 words; as Xapian has it, the idf of 1 is 1.5.
awk 'function w(f, l) { return log(1.5) * f * 2.2 / (1.2 * (0.25 + 0.75 * l * 6 / 25) + f) }
    BEGIN { printf "%.6f\n%.6f\n%.6f\n", w(1, 3), w(2, 8), w(1, 4) }' > weights
case_is 'weights are those of the formula' sh -c "sed -n '3,5p' want | awk '{ print \$2 }' | cmp - weights"

same() { exits 0 "$@" && diff -u want "$out" >> "$err"; }
case_is 'a database is made' exits 0 ./client-c99 make base
case_is 'not twice' exits 10 ./client-c99 make base
case_is 'its answers are right' same ./client-c99 ask base
case_is 'with the static library too' same ./client-c99-static ask base
case_is 'what one wrote the other reads' sh -c './client-c11-static make other && ./client-c11 ask other | cmp - want'
case_is 'Xapian itself finds it whole' exits 0 xapian-check base

case_is 'a server starts' serve base
case_is 'its answers are the same' same ./client-c99 ask 127.0.0.1 "$port"
case_is 'with the static library too' same ./client-c11-static ask 127.0.0.1 "$port"
case_is 'a database and a server are one' exits 0 ./client-c11 both other 127.0.0.1 "$port"
case_is 'with the documents of both' sh -c "[ \"\$(awk '{ print \$1 }' '$out' | tr '\\n' ' ')\" = 'tea: 9 10 ' ]"
case_is 'many at a time are served' sh -c "for i in 1 2 3 4; do ./client-c99 ask 127.0.0.1 $port > many-\$i & done; wait; for i in 1 2 3 4; do cmp many-\$i want || exit 1; done"
stop

# The exit status is the status: XC_NO_DATABASE, XC_OPENING, XC_NETWORK.
tells() { grep -q "$1" "$err"; }
case_is 'no database there' exits 3 ./client-c99 ask nowhere
case_is 'is told' tells "^no such database: DatabaseNotFoundError: .*'nowhere'"
echo 'no database' > plain
case_is 'something else there' exits 4 ./client-c99 ask plain
case_is 'is told' tells '^the database cannot be opened: DatabaseOpeningError: '
case_is 'no server there' exits 11 ./client-c99 ask 127.0.0.1 "$port"
case_is 'is told' tells '^the remote database cannot be reached: NetworkError: .*refused'

case_is 'the example of the manual compiles' exits 0 cc -std=c99 $flags example.c -o example $shared
case_is 'it finds' exits 0 ./example base ferry
case_is 'the article' grep -qx '2 [0-9.]* ferry late again' "$out"
case_is 'without a database it says so' exits 1 ./example nowhere ferry
case_is 'in words' tells '^nowhere: .*No such file'

# Both libraries whole in one program: neither shows what the other has.
case_is 'libmorgue is linked beside it' exits 0 sh -c "cc -std=c11 $flags client.c -o beside -Wl,--whole-archive '$lib/libmorgue.a' -Wl,--no-whole-archive $static $(pkg-config --static --libs morgue | sed 's/-lmorgue//')"
case_is 'and nothing changes' same ./beside ask base

cd "$top" || exit 1
case_is 'make uninstall' exits 0 make uninstall DESTDIR="$d" PREFIX=/usr
case_is 'nothing is left' [ -z "$(find "$d" -type f -o -type l)" ]

exit $failed
