#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lint.sh BUILD - the rules of the source tree, one case each
#
#   rooms        who may include whom; the programs are clients of morgue.h
#   names        no external name and no tag of a struct stands for two things
#   rings        no files call each other in a ring
#   libraries    one foreign library is used in one room
#   symbols      the libraries show what their headers declare, and no more
#   checked      tests/unit/t_header.c calls each public function wrongly
#   headers      each compiles alone; morgue.h in C and C++
#   sizes        functions of 100 lines, files of 1,000; of morgue.h, most of
#                which is prose, those that are not comments
#   banned       functions that are not used; printing in the library
#   format       clang-format
#   licence      every file names it
#   manuals      man pages name the options that the programs have, its formats,
#                and the functions of xapian_c.h as they are declared

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
    indexer/*/*.[ch] searcher/*.[ch] searcher/*/*.[ch] tests/*.h \
    tests/*/*.[ch] corpus/*.c 2>/dev/null)

# The rooms that a room may include, besides itself and morgue.h.  None of the
# indexer's may include one of the searcher's, nor the other way round.
may_include() {
    text='common/base common/article common/text'
    case $1 in
    common/base) ;;
    common/article) echo common/base ;;
    common/text) echo common/base common/article ;;
    common/engine) echo "$text" ;;
    common/segment/file | common/xapian) echo "$text common/engine" ;;
    common/segment/search | common/segment/write)
        echo "$text common/engine common/segment/file" ;;
    common/segment)
        echo "$text common/engine common/segment/file common/segment/search \
            common/segment/write" ;;
    common/archive) echo "$text common/engine common/segment common/xapian" ;;
    common/cli) echo common/base ;;
    searcher/query) echo "$text common/engine" ;;
    searcher) echo "$text common/archive common/engine searcher/query" ;;
    searcher/cli | indexer/cli) echo common/cli ;;
    indexer/files) echo "$text common/archive" ;;
    indexer/markup) echo "$text" ;;
    indexer/page) echo "$text indexer/markup" ;;
    indexer/reading) echo "$text indexer/markup" ;;
    indexer/keys) echo "$text indexer/markup indexer/reading" ;;
    indexer/news) echo "$text indexer/markup indexer/reading" ;;
    indexer/format) echo "$text indexer/keys indexer/markup indexer/page indexer/reading" ;;
    indexer/crawl) echo "$text indexer/files indexer/format indexer/reading" ;;
    indexer/source) echo "$text indexer/files indexer/keys indexer/reading" ;;
    indexer) echo "$text common/archive common/engine indexer/keys indexer/reading indexer/source" ;;
    esac
}

for f in $sources; do
    case $f in tests/* | corpus/* | common/morgue.h) continue ;; esac
    from=$(dirname "$f")
    allowed=" $from $(may_include "$from") "
    sed -n 's/^#include "\(.*\)"/\1/p' "$f" | while read -r inc; do
        to=$(realpath -m --relative-to=. "$(dirname "$f")/$inc")
        [ "$to" = common/morgue.h ] && continue
        case $allowed in
        *" $(dirname "$to") "*) ;;
        *) echo "$f includes $inc" ;;
        esac
    done
done | rule 'rooms include themselves and those that they may'

ours=$(echo "$sources" | grep -vE '^(tests|corpus)/')
for f in $(echo "$ours" | grep -E '\.(c|cc)$'); do
    # file, T or U, name
    nm "$build/obj/${f%.*}.o" 2>&1 |
        awk -v f="$f" '$2 ~ /^[TDBR]$/ { print f, "T", $3; next } $1 == "U" { print f, "U", $2; next }
            /No such file/ { print f, "?", $0 }'
done > "${SCRATCH:-/tmp}/names.$$"
awk '$2 == "?" { print }
    $2 == "T" && $3 != "main" { if ($3 in at) print $3 ": " at[$3] " " $1; at[$3] = $1 }' \
    "${SCRATCH:-/tmp}/names.$$" | rule 'no external name is defined twice'
# One that calls another is above it: an order of all files has no ring.
awk '
    NR == FNR { if ($2 == "T") at[$3] = $1; next }
    $2 == "U" && $3 in at && at[$3] != $1 { print $1, at[$3] }
    ' "${SCRATCH:-/tmp}/names.$$" "${SCRATCH:-/tmp}/names.$$" | tsort 2>&1 > /dev/null |
    rule 'no files call each other in a ring'
awk 'function side(f) { return f ~ /^common\// ? "" : substr(f, 1, index(f, "/")) }
    NR == FNR { if ($2 == "T") at[$3] = $1; next }
    $2 == "U" && $3 in at && $3 !~ /^morgue_/ && side($1) && side(at[$3]) && side($1) != side(at[$3]) {
        print $1 " uses " $3 " of " at[$3]
    }' "${SCRATCH:-/tmp}/names.$$" "${SCRATCH:-/tmp}/names.$$" |
    rule 'the indexer and the searcher meet in morgue.h alone'
rm -f "${SCRATCH:-/tmp}/names.$$"

# A tag is that of a struct, an enum or a union, on a line with its brace.
grep -nE '^ *(static |const )*(struct|enum|union) [a-z_0-9]+ \{' $ours |
    sed -E 's/^([^:]*):[0-9]*: *(static |const )*(struct|enum|union) ([a-z_0-9]+) .*/\4 \1/' |
    sort -u | awk '$1 == tag { print tag ": " file " " $2 } { tag = $1; file = $2 }' |
    rule 'no tag of a struct or enum is defined in two files'

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
    library 'yajl' 'indexer/format/'
    library 'uchardet' 'indexer/reading/charset'
    library 'iconv' 'indexer/reading/charset'
    library 'libxml' 'indexer/markup/'
    library 'archive' 'indexer/files/pack|tests/unit/'
    library 'brotli' 'indexer/crawl/'
} | rule 'one library, one room'

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
    tried morgue_rebuild_options '(REBUILD_WRONG|good)'
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
        f == "common/morgue.h" && (prose || /^ *\/\*/) { prose = !/\*\//; said++ }
        END { if (NR - said > 1000) print f ": " NR - said " lines" }' "$f"
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

"$build/indexer" formats | cut -f 1 | while read -r format; do
    grep -qE "^\.BR? ([^ ]+ \", \" )?$format( |\$)" indexer/cli/morgue-indexer.1 || echo "the manual lacks the format $format"
    grep -qE "^\| ([a-z0-9]+, )*$format(, [a-z0-9]+)* \|" README.md || echo "README.md lacks the format $format"
done | rule 'the manual and the README name every format'

[ ! -s "$bad" ]
