/** Recordings that the API starts, lists and serves. */
@NullMarked
package dev.photofinish.relay.web.recording;

import org.jspecify.annotations.NullMarked;
