/** The one holder of each camera. */
@NullMarked
package dev.photofinish.fleet.hold;

import org.jspecify.annotations.NullMarked;
