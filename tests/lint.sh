#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lint.sh BUILD - the rules of the source tree, one case each
#
#   rooms        who may include whom
#   libraries    one foreign library is used in one room
#   programs     clients of morgue.h and of what they share
#   symbols      the libraries show what their headers declare, and no more
#   checked      tests/unit/t_header.c calls each public function wrongly
#   headers      each compiles alone; morgue.h in C and C++
#   sizes        functions of 100 lines, files of 1,000
#   banned       functions that are not used; printing in the library
#   format       clang-format
#   licence      every file names it
#   manuals      man pages name the options that the programs have, and the
#                functions of xapian_c.h as they are declared

build=${1:-build}
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT

# case NAME: what comes on stdin are the findings.
rule() {
    findings=$(cat)
    if [ -n "$findings" ]; then
        echo "not ok lint: $1"
        echo "$findings" | head -n 20 >&2
        echo "$1" >> "$bad" # a variable would be that of a subshell
    else
        echo "ok lint: $1"
    fi
}

sources=$(ls common/*.h common/*/*.[ch] common/*/*/*.[ch] common/*/*.cc \
    indexer/*.[ch] \
    indexer/*/*.[ch] searcher/*.[ch] searcher/cli/*.[ch] tests/*.h \
    tests/*/*.[ch] corpus/*.c 2>/dev/null)

level() {
    case $1 in
    common/base/*) echo 0 ;;
    common/article/*) echo 1 ;;
    common/text/*) echo 2 ;;
    common/engine/*) echo 3 ;;
    common/segment/file/*) echo 4 ;;
    common/segment/search/*) echo 5 ;;
    common/segment/write/*) echo 6 ;;
    common/segment/*) echo 7 ;;
    common/xapian/* | common/cli/*) echo 7 ;;
    common/archive/*) echo 8 ;;
    indexer/markup/* | searcher/*) echo 9 ;;
    indexer/page/*) echo 10 ;;
    indexer/source/*) echo 11 ;;
    indexer/*) echo 12 ;;
    *) echo -1 ;;
    esac
}

# The room that a file is in.
room() {
    case $1 in
    common/morgue.h) echo common ;;
    *) dirname "$1" ;;
    esac
}

for f in $sources; do
    case $f in tests/* | corpus/*) continue ;; esac
    sed -n 's/^#include "\(.*\)"/\1/p' "$f" | while read -r inc; do
        to=$(realpath -m --relative-to=. "$(dirname "$f")/$inc")
        [ "$to" = common/morgue.h ] && continue
        [ "$(room "$to")" = "$(room "$f")" ] && continue
        case $f in
        indexer/cli/* | searcher/cli/*)
            [ "$(room "$to")" = common/cli ] || echo "$f includes $inc"
            continue ;;
        esac
        [ "$(level "$to")" -ge 0 ] && [ "$(level "$to")" -lt "$(level "$f")" ] ||
            echo "$f includes $inc"
    done
done | rule 'rooms include themselves and lower ones'

library() { # HEADER ALLOWED
    grep -lE "^#include <$1" $sources | grep -vE "^($2)" |
        sed "s|\$| includes <$1>|"
}
{
    library 'xapian.h' 'common/xapian/xapian_c'
    library 'libstemmer' 'common/text/'
    library 'utf8proc' 'common/text/'
    library 'zlib' 'common/base/|tests/'
    library 'libdeflate' 'common/base/'
    library 'xxhash' 'common/base/'
    library 'yajl' 'indexer/source/'
    library 'uchardet' 'indexer/source/charset'
    library 'iconv' 'indexer/source/charset'
    library 'libxml' 'indexer/markup/'
    library 'archive' 'indexer/source/pack|tests/unit/'
    library 'brotli' 'indexer/source/'
} | rule 'one library, one room'

grep -nE '^#include "' indexer/cli/*.[ch] searcher/cli/*.[ch] |
    grep -vE '"(report|show|render|options|\.\./\.\./common/(morgue|cli/[a-z_]+))\.h"' |
    rule 'programs are clients of morgue.h'

declared=$(sed 's|/\*.*\*/||' common/morgue.h | tr '\n' ' ' |
    grep -oE '(MORGUE_API|MORGUE_TRY)[^;]*;' |
    grep -oE '[a-z_]+\(' | grep -E '^morgue_' | tr -d '(' | sort -u)
shown() {
    nm "$@" | awk '$2 ~ /^[TDBR]$/ { print $3 }' | sort -u
}
differs() { # FUNCTIONS LIBRARY
    for f in "-D $build/$2.so" "$build/$2.a"; do
        shown $f > "${SCRATCH:-/tmp}/shown.$$"
        echo "$1" | diff - "${SCRATCH:-/tmp}/shown.$$" | sed -n "s|^[<>]|$f|p"
        rm -f "${SCRATCH:-/tmp}/shown.$$"
    done
}
# The functions of xapian_c.h as they are declared, one a line.
functions() {
    tr '\n' ' ' | tr -s ' ' | sed 's/ ;/;/g' |
        grep -oE '(enum xc_status|void|size_t|uint32_t|double|const char) \*?xc_[a-z0-9_]+\([^;]*\);'
}
binding=$(gcc -std=c99 -E -P -DXC_API= common/xapian/xapian_c.h |
    sed 's/__attribute__ *(([^)]*)) *//; s/_Bool/bool/g' | functions)
{
    differs "$declared" libmorgue
    differs "$(echo "$binding" | grep -oE 'xc_[a-z0-9_]+\(' | tr -d '(' | sort -u)" libxapian-c
} | rule 'libraries show the public functions alone'

# Names of the members of a struct in morgue.h.
members() {
    gcc -w -fpreprocessed -E -P -x c common/morgue.h |
        awk -v s="struct $1 {" 'index($0, s) == 1 { on = 1; next } /^};/ { on = 0 } on' |
        tr '\n' ' ' | tr ';' '\n' | sed 's/(\*\([a-z_]*\)).*/ \1/' |
        grep -oE '[a-z_0-9]+ *$'
}
tried() { # STRUCT PATTERN: a pattern of what tries a member of it
    for m in $(members "$1"); do
        grep -qE "$2[.(]$m\>" tests/unit/t_header.c || echo "$m of struct $1"
    done
}
{
    for f in $declared; do
        grep -qE "(WRONG|GIVES|HARMLESS)\($f," tests/unit/t_header.c || echo "$f()"
    done
    tried morgue_article '(ROW|\<a)'
    tried morgue_search_options '(SEARCH_WRONG|good)'
    tried morgue_update_options '(UPDATE_WRONG|good)'
    tried morgue_source_options '(SOURCE_WRONG|good)'
} | rule 'no function of morgue.h and no field is left out of t_header.c'

grep -oE '^struct morgue_[a-z_]+ \{' common/morgue.h |
    sed 's/^struct morgue_//; s/ {//' | while read -r s; do
        case " $(members "morgue_$s" | tr '\n' ' ')" in *' size '*) ;; *) continue ;; esac
        for m in $(members "morgue_$s"); do
            grep -qE "AT\($s, $m, [0-9]+\)" tests/unit/t_sized.c || echo "$m of struct morgue_$s"
        done
    done | rule 'no member of a struct that may grow is left out of t_sized.c'

for h in common/morgue.h common/*/*.h common/*/*/*.h indexer/*.h indexer/*/*.h searcher/*.h; do
    case $h in *_impl.h) continue ;; esac
    gcc -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Wall -Wextra -Werror \
        -fsyntax-only -x c "$h" 2>&1 | grep -m1 error
done | rule 'headers compile alone'
functions < common/xapian/xapian_c.3 > "${SCRATCH:-/tmp}/page.$$"
echo "$binding" | diff - "${SCRATCH:-/tmp}/page.$$" |
    rule 'xapian_c.3 has the functions of xapian_c.h as they are'
rm -f "${SCRATCH:-/tmp}/page.$$"
# With each macro that begins a struct, which compilers see only in use.
{
    echo '#include "common/morgue.h"'
    sed -n 's/^#define \(MORGUE_\([A-Z]*\)_INIT\)\>.*/\1 \2/p' common/morgue.h | sort -u |
        while read -r macro name; do
            name=$(echo "$name" | tr 'A-Z' 'a-z')
            grep -q "^struct morgue_${name}_options {" common/morgue.h && name=${name}_options
            echo "struct morgue_$name *try_$name(struct morgue_$name *p);"
            echo "struct morgue_$name *try_$name(struct morgue_$name *p)"
            echo "{ struct morgue_$name s = $macro; *p = s; return p; }"
        done
} > "${SCRATCH:-/tmp}/begun.$$"
for std in c99 c11 c17 c++11 c++17; do
    case $std in
    c++*) g++ -I. -std=$std -pedantic-errors -Wall -Wextra -Wconversion -Werror -fsyntax-only -x c++ "${SCRATCH:-/tmp}/begun.$$" 2>&1 ;;
    *) gcc -I. -std=$std -pedantic-errors -Wall -Wextra -Wconversion -Werror -fsyntax-only -x c "${SCRATCH:-/tmp}/begun.$$" 2>&1 ;;
    esac
done | rule 'the public header is C99, C11, C++11 and C++17'
rm -f "${SCRATCH:-/tmp}/begun.$$"

for f in $sources; do
    awk -v f="$f" '
        /^\{/ { begin = NR }
        /^\}/ && begin { if (NR - begin > 100) print f ":" begin ": a function of " NR - begin " lines"; begin = 0 }
        END { if (NR > 1000) print f ": " NR " lines" }' "$f"
done | rule 'functions have at most 100 lines, files 1,000'

{
    grep -nE '(^|[^a-z_])(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|ctime|asctime|localtime|gmtime|setlocale)\(' \
        $sources
    grep -nE '(^|[^a-z_:])(printf|fprintf|puts|fputs|putchar|perror|exit|abort|_exit)\(' \
        $(echo "$sources" | grep -vE '^(tests|corpus)/|/cli/') |
        grep -vE ':[0-9]+: +\*'
} | rule 'no banned functions; the library does not print or exit'

if command -v clang-format > /dev/null; then
    for f in $sources; do
        clang-format --dry-run -Werror "$f" > /dev/null 2>&1 ||
            echo "$f is not formatted; run make format"
    done | rule 'clang-format'
else
    echo 'skip lint: clang-format - clang-format is not installed'
fi

for f in $sources Makefile .ci/run tests/run $(ls tests/*.sh tests/cli/*.sh); do
    head -n 3 "$f" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
        echo "$f has no SPDX line"
done | rule 'every file names its licence'

for p in indexer searcher; do
    page=$p/cli/morgue-$p.1
    "$build/$p" --help | grep -oE '^  --[a-z0-9-]+' | tr -d ' ' |
        while read -r option; do
            plain=$(echo "$option" | sed 's/-/\\\\-/g')
            grep -qE -- "$plain" "$page" || echo "$page lacks $option"
        done
done 2>&1 | rule 'manuals name every option'

[ ! -s "$bad" ]
