package dev.photofinish.relay;

import dev.photofinish.relay.source.ReaderInfo;
import java.time.Instant;

/**
 * A reader of a camera.
 *
 * @param packets sent to it
 * @param bytes of those
 * @param dropped packets that it was too slow for
 */
public record ReaderStatus(
    ReaderInfo info, Instant since, long packets, long bytes, long dropped) {}
