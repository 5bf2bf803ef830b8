#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An archive with bits flipped, files cut, made longer and taken away answers
# rightly or with an error. About 40 seconds of it; `make damage` does all.
. tests/cli/lib.sh

export SCRATCH="$dir"
exec "$BUILD/tests/damage" --seconds=35 ${DAMAGE_SEED:+--seed=$DAMAGE_SEED}
