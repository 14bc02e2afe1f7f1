/** The one stream of a camera that its readers share. */
@NullMarked
package dev.photofinish.relay.source;

import org.jspecify.annotations.NullMarked;
