package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.stream.SilenceWatch;
import java.time.Duration;

/**
 * The settings by which the media of a connection are taken.
 *
 * @param silence watches them
 * @param reorderWindow how long a packet that came early over UDP waits for those before it; zero
 *     for not at all
 * @param multicast how groups are joined
 */
public record MediaSettings(
    SilenceWatch silence, Duration reorderWindow, MulticastSettings multicast) {}
