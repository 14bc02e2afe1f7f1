package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.MediaStream;

/**
 * A media that readers are offered.
 *
 * @param index among the source's, from 0; {@code trackID} of its control URL is one more
 * @param media what the camera said of it: encoding, payload type, clock rate, parameters
 * @param ssrc of its packets, 32 bits, unsigned; the same for as long as the source is
 */
public record SourceTrack(int index, MediaStream media, long ssrc) {}
