/** The cameras of a fleet, as its nodes agree on them. */
@NullMarked
package dev.photofinish.fleet.camera;

import org.jspecify.annotations.NullMarked;
