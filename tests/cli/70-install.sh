#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installing, and a program outside of the tree: the README's.
. tests/cli/lib.sh

[ -n "$SAN" ] && { echo 'skip install - not with sanitizers'; exit 0; }
d=$dir/root
case_is 'make install' exits 0 make install DESTDIR="$d" PREFIX=/usr
for f in bin/morgue-indexer bin/morgue-searcher lib/libmorgue.a lib/libmorgue.so \
    lib/libmorgue.so.1 lib/pkgconfig/morgue.pc include/morgue.h \
    share/man/man1/morgue-indexer.1 share/man/man1/morgue-searcher.1 \
    share/man/man3/morgue.3 share/man/man7/morgue-query.7; do
    case_is "installed: $f" [ -e "$d/usr/$f" ]
done
case_is 'the library has its soname' sh -c "readelf -d '$d/usr/lib/libmorgue.so' | grep -q 'soname: \[libmorgue.so.1\]'"

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
# One in C++ that searches, by the defaults of the header and by the library's.
cat > search.cc << 'END'
#include <cstdio>

#include <morgue.h>

static bool
search(morgue_hits **hits, morgue *m, const morgue_search_options *options)
{
    morgue_error err;

    if (morgue_search(hits, m, "coffee quota", options, &err) == MORGUE_OK)
        return true;
    std::fprintf(stderr, "%s\n", err.message);
    return false;
}

int
main()
{
    morgue *m = nullptr;
    morgue_hits *hits = nullptr, *same = nullptr;
    morgue_search_options options = MORGUE_SEARCH_INIT;
    struct morgue_hit hit = MORGUE_HIT_INIT, again = MORGUE_HIT_INIT;
    auto snippet = MORGUE_SNIPPET_INIT;
    auto stats = MORGUE_STATS_INIT;
    bool good = morgue_open(&m, "archive", nullptr) == MORGUE_OK &&
                morgue_stat(m, &stats, nullptr) == MORGUE_OK &&
                stats.articles > 0 && search(&hits, m, &options) &&
                search(&same, m, nullptr) &&
                morgue_hits_n(hits) == morgue_hits_n(same);

    for (size_t i = 0; good && morgue_hits_get(hits, i, &hit); i++) {
        good = morgue_hits_get(same, i, &again) && !(again.score < hit.score) &&
               !(again.score > hit.score) &&
               morgue_hits_snippet(hits, i, &snippet, nullptr) == MORGUE_OK &&
               snippet.text.len > 0;
        std::printf("%5.2f %s\n", hit.score, hit.title.s);
    }
    morgue_hits_free(hits);
    morgue_hits_free(same);
    morgue_close(m);
    return good ? 0 : 1;
}
END
for std in c++11 c++17; do
    case_is "a program in $std compiles" exits 0 sh -c "c++ -std=$std -pedantic-errors -Wall -Wextra -Wconversion -Werror search.cc -o search-$std \$(pkg-config --cflags --libs morgue)"
done
cd "$OLDPWD" || exit 1
LD_LIBRARY_PATH="$d/usr/lib" exits 0 "$d/usr/bin/morgue-indexer" update --quiet "$dir/archive" corpus/jsonl
cd "$dir" || exit 1
case_is 'it fails where there is no archive' env LD_LIBRARY_PATH="$d/usr/lib" sh -c 'mkdir -p empty && cd empty && ! ../prog > ../none 2> ../said && grep -q "there is no archive" ../said && [ ! -s ../none ]'
case_is 'it runs' env LD_LIBRARY_PATH="$d/usr/lib" sh -c './prog > found; grep -q "Coffee exporters miss quota" found'
case_is 'the static one too' sh -c './prog-static | cmp - found'
for std in c++11 c++17; do
    case_is "the one in $std too" env LD_LIBRARY_PATH="$d/usr/lib" sh -c "./search-$std | cmp - found"
done
cd "$OLDPWD" || exit 1
case_is 'make uninstall' exits 0 make uninstall DESTDIR="$d" PREFIX=/usr
# Into the system itself the cache of libraries is refreshed, into a package not.
printf '#!/bin/sh\necho refreshed >> "%s"\n' "$dir/refreshed" > "$dir/ldconfig"
chmod +x "$dir/ldconfig"
for target in install uninstall; do
    case_is "make $target for a package" exits 0 make $target DESTDIR="$d" PREFIX=/usr LDCONFIG="$dir/ldconfig"
done
case_is 'leaves the cache of libraries' [ ! -e "$dir/refreshed" ]
if [ "$(id -u)" = 0 ]; then
    case_is 'make install into the system' exits 0 make install PREFIX="$dir/system" LDCONFIG="$dir/ldconfig"
    case_is 'refreshes it' [ "$(cat "$dir/refreshed")" = refreshed ]
    case_is 'make uninstall' exits 0 make uninstall PREFIX="$dir/system" LDCONFIG="$dir/ldconfig"
else
    echo 'skip refreshing the cache of libraries - not as root'
fi
case_is 'nothing is left' [ -z "$(find "$d" -type f -o -type l)" ]

exit $failed
