/**
 * Payload formats: RTP packets to access units, one small class a codec, and back. {@link
 * dev.photofinish.rtp.format.Depacketizer} is where to begin.
 */
@NullMarked
package dev.photofinish.rtp.format;

import org.jspecify.annotations.NullMarked;
