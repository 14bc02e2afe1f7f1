/** The times after which a camera may be taken over. */
@NullMarked
package dev.photofinish.fleet.times;

import org.jspecify.annotations.NullMarked;
