/** The history of addresses: what earlier races learnt of each, and the way it is kept. */
@NullMarked
package dev.photofinish.race.history;

import org.jspecify.annotations.NullMarked;
