/** Telephone sound as FLAC, which browsers play. */
@NullMarked
package dev.photofinish.relay.web.sound;

import org.jspecify.annotations.NullMarked;
