#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Random queries of every operator, typed in any spelling, find on both engines
# what a plain reading of some thousand articles does: for some seconds, the
# same queries each time.  BRUTE_SEED draws others; `make brute` goes on for
# ten minutes over all of Reuters-21578.
. tests/cli/lib.sh

export SCRATCH="$dir"
exec "$BUILD/tests/brute" --seconds=12 --files=2 --seed="${BRUTE_SEED:-13}"
