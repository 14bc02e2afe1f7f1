/** The relay beside other relays: what readers cost it, and by how much it delays packets. */
@NullMarked
package dev.photofinish.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
