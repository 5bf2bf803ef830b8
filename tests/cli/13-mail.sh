#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mail as it is met, row by row; then random messages and mailboxes of which
# the right reading is known, beside Python's email, and GMime where it is
# installed (tests/mail). `make mail-differential SECONDS=600` does it for
# longer.
. tests/cli/lib.sh

case_is 'mail: row by row' exits 0 python3 -B tests/mail/table.py "$indexer" "$dir/rows"
cat "$out"

peer=
if pkg-config --exists gmime-3.0 2> /dev/null; then
    # shellcheck disable=SC2046 # these are words
    cc -O1 -o "$dir/peer" tests/mail/gmime_peer.c $(pkg-config --cflags --libs gmime-3.0) &&
        peer=--peer=$dir/peer
else
    echo 'skip mail: gmime - libgmime-3.0-dev is not installed'
fi
case_is 'mail: as it was made' exits 0 python3 -B tests/mail/differential.py \
    "$indexer" "$dir/messages" --count="${MAIL_COUNT:-1000}" --seed="${MAIL_SEED:-1}" \
    --seconds="${MAIL_SECONDS:-0}" $peer
cat "$out"
exit $failed
