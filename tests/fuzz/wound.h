/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wound.h - damage to the files of a segment archive, drawn from bytes
 *
 * The same bytes do the same damage.  Sums over what was damaged stay as they
 * are, as after a failure of the disk, or are put right, as by an attacker.
 */
#ifndef MORGUE_TESTS_WOUND_H
#define MORGUE_TESTS_WOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that numbers are drawn from; behind the end all are 0. */
struct draw {
    const uint8_t *at, *end;
};

/** A number below `n`, which is not 0. */
uint32_t draw(struct draw *d, uint32_t n);

/** An archive's files in memory. */
struct stored {
    struct stored_file {
        char name[32];
        uint8_t *data;
        size_t size;
    } file[32];
    size_t n;
};

/** Read the files of the archive in `dir`; its lock is left out. */
bool stored_read(struct stored *out, const char *dir);

/** Make `dir` an archive of these files and no others. */
bool stored_write(const struct stored *s, const char *dir);

/** Have `data` in place of a file of the archive in `dir`, whose manifest is
 *  sound.  With `mend`, sums in it (in place) and about it are put right. */
bool stored_put(const struct stored_file *f, const char *dir, uint8_t *data,
                size_t size, bool mend);

/** What was done. */
struct wound {
    const struct stored_file *file;
    bool changed; /* there is damage: not all bytes were the same already */
};

/** Damage one file of the archive in `dir`, which is `s`, in one to four
 *  places.  With `mend`, sums are put right.  With `say`, each is described on
 *  stderr.  False where it cannot be written. */
bool wound(struct wound *out, struct draw *d, const struct stored *s,
           const char *dir, bool mend, bool say);

#endif
