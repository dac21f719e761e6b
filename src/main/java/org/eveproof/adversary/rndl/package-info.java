/**
 * Record now, decrypt later, as an experiment: real bootstraps, sessions and keys, and Eve with the
 * real secrets that leaked to her. Her success is judged by comparing bytes.
 *
 * <p>The matrix that comes out has the cells of {@code RecordNowDecryptLater.tla}. Nothing here
 * decides by what a cell is called. It is a laboratory: the secrets of both parties lie open to the
 * experimenter, come from seeded generators, and protect nothing.
 */
@NullMarked
package org.eveproof.adversary.rndl;

import org.jspecify.annotations.NullMarked;
