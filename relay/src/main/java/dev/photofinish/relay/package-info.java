/** Cameras that any number of readers share, each over one connection. */
@NullMarked
package dev.photofinish.relay;

import org.jspecify.annotations.NullMarked;
