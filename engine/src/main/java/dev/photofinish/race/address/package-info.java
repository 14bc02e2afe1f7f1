/** Addresses: candidates, families, their order and their text. */
@NullMarked
package dev.photofinish.race.address;

import org.jspecify.annotations.NullMarked;
