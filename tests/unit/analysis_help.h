/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * analysis_help.h - an archive of another analysis, as another version leaves
 * it
 */
#ifndef MORGUE_ANALYSIS_HELP_H
#define MORGUE_ANALYSIS_HELP_H

#include "../../common/segment/engine_segment.h"
#include "../../common/xapian/engine_xapian.h"
#include "../test.h"

/* Say in the files of the engine that the analysis `name` made the terms. */
static inline void
analysis_write(const char *path, const char *engine, const char *name)
{
    struct manifest m;
    struct stub stub;
    struct dir d;

    CHECK_INT(dir_open(&d, path, NULL), MORGUE_OK);
    if (strcmp(engine, "segment") == 0) {
        CHECK_INT(manifest_read(&m, &d, NULL), MORGUE_OK);
        snprintf(m.analysis, sizeof m.analysis, "%s", name);
        CHECK_INT(manifest_write(&m, &d, NULL), MORGUE_OK);
        manifest_free(&m);
    } else {
        CHECK_INT(stub_read(&stub, &d, NULL), MORGUE_OK);
        snprintf(stub.analysis, sizeof stub.analysis, "%s", name);
        CHECK_INT(stub_write(&d, &stub, NULL), MORGUE_OK);
    }
    dir_close(&d);
}

#endif
