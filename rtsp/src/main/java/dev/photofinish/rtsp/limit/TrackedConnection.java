package dev.photofinish.rtsp.limit;

import dev.photofinish.clientlimit.LimitMemory;

/**
 * One connection of ours to a device, by which {@link ClientLimits} finds what is known of it.
 *
 * @param key the endpoint that it leads to, on the local network that it comes from
 * @param id unique among the connections of a client
 */
public record TrackedConnection(LimitMemory.Key key, long id) {}
