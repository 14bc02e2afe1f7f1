/** Relays on several machines as one: {@link dev.photofinish.fleet.FleetNode}. */
@NullMarked
package dev.photofinish.fleet;

import org.jspecify.annotations.NullMarked;
