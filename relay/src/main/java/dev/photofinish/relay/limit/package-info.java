/** Limits that all servers of a relay have. */
@NullMarked
package dev.photofinish.relay.limit;

import org.jspecify.annotations.NullMarked;
