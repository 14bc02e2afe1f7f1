/** What earlier races learnt of each address, and how it is kept. */
@NullMarked
package dev.photofinish.race.history;

import org.jspecify.annotations.NullMarked;
