/** The limit on the dials that all races of a process have in progress. */
@NullMarked
package dev.photofinish.race.limiter;

import org.jspecify.annotations.NullMarked;
