#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Both engines hold the same articles and answer the same random questions as
# plain code does: for a minute, and half of one under sanitizers.
# DIFFERENTIAL_SEED repeats a run.
. tests/cli/lib.sh

seconds=60
[ -n "$SAN" ] && seconds=30
export SCRATCH="$dir"
exec "$BUILD/tests/differential" --seconds=$seconds \
    ${DIFFERENTIAL_SEED:+--seed=$DIFFERENTIAL_SEED}
