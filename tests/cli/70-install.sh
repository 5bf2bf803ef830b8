#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installing, and a program outside of the tree: the README's.
. tests/cli/lib.sh

[ -n "$SAN" ] && { echo 'skip install - not with sanitizers'; exit 0; }
d=$dir/root
case_is 'make install' exits 0 make install DESTDIR="$d" PREFIX=/usr
for f in bin/morgue-indexer bin/morgue-searcher lib/libmorgue.a lib/libmorgue.so \
    lib/libmorgue.so.0 lib/pkgconfig/morgue.pc include/morgue.h \
    share/man/man1/morgue-indexer.1 share/man/man1/morgue-searcher.1 \
    share/man/man3/morgue.3; do
    case_is "installed: $f" [ -e "$d/usr/$f" ]
done
case_is 'the library has its soname' sh -c "readelf -d '$d/usr/lib/libmorgue.so' | grep -q 'soname: \[libmorgue.so.0\]'"

awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' README.md > "$dir/prog.c"
export PKG_CONFIG_SYSROOT_DIR="$d" PKG_CONFIG_PATH="$d/usr/lib/pkgconfig"
cd "$dir" || exit 1
case_is 'the library example compiles' exits 0 sh -c 'cc -std=c11 -Wall -Wextra -Werror prog.c -o prog $(pkg-config --cflags --libs morgue)'
case_is 'and against the static library' exits 0 sh -c "cc -std=c11 prog.c -o prog-static \$(pkg-config --cflags morgue) '$d/usr/lib/libmorgue.a' \$(pkg-config --static --libs morgue | sed 's/-lmorgue//')"
# One in C++ that has the same inline functions as the library has.
cat > other.cc << 'END'
#include <morgue.h>
#include <xapian.h>

int
main()
{
    morgue *m = nullptr;

    try {
        throw Xapian::InvalidArgumentError("nowhere");
    } catch (const Xapian::Error &e) {
        return morgue_open(&m, e.get_msg().c_str(), nullptr) != MORGUE_NO_ARCHIVE;
    }
}
END
case_is 'so does C++ with libxapian of its own' exits 0 sh -c "c++ -std=c++17 other.cc -o other \$(pkg-config --cflags morgue) '$d/usr/lib/libmorgue.a' \$(pkg-config --static --libs morgue | sed 's/-lmorgue//')"
case_is "and runs" exits 0 ./other
cd "$OLDPWD" || exit 1
LD_LIBRARY_PATH="$d/usr/lib" exits 0 "$d/usr/bin/morgue-indexer" update --quiet "$dir/archive" corpus/jsonl
cd "$dir" || exit 1
case_is 'it runs' env LD_LIBRARY_PATH="$d/usr/lib" sh -c './prog > found; grep -q "Coffee exporters miss quota" found'
case_is 'the static one too' sh -c './prog-static | cmp - found'
cd "$OLDPWD" || exit 1
case_is 'make uninstall' exits 0 make uninstall DESTDIR="$d" PREFIX=/usr
case_is 'nothing is left' [ -z "$(find "$d" -type f -o -type l)" ]

exit $failed
