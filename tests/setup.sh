#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# setup.sh [PACKAGE...] - install the Debian packages that are missing
#
# Does nothing where all are there.  As root, or through sudo where that asks
# no password, it installs them; else it prints the one line to run.

packages='gcc g++ make binutils pkg-config libxapian-dev libstemmer-dev
zlib1g-dev libutf8proc-dev libyajl-dev libuchardet-dev libxxhash-dev libdeflate-dev
libxml2-dev libarchive-dev libbrotli-dev
clang-format xapian-tools python3 tzdata unicode-data valgrind'
[ $# -gt 0 ] && packages=$*

missing=
for p in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$p" 2>/dev/null)" = 'ii ' ] ||
        missing="$missing $p"
done
[ -z "$missing" ] && exit 0

line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as=
elif sudo -n true 2>/dev/null; then
    # sudo takes the environment away, and tzdata asks where one lives.
    as='sudo -n env DEBIAN_FRONTEND=noninteractive '
else
    echo "packages are missing; please run: sudo $line" >&2
    exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# Without lists, or with old ones, the first try finds nothing.
$as $line >/dev/null 2>&1 && exit 0
$as apt-get update >/dev/null && $as $line >/dev/null && exit 0
echo "could not install; please run: apt-get update && $line" >&2
exit 1
