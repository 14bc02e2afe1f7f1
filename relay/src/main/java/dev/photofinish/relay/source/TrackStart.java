package dev.photofinish.relay.source;

/**
 * The first packet that a reader gets of a track (RTP-Info, RFC 2326 section 12.33).
 *
 * @param sequence 0 to 65535
 * @param timestamp of RTP, 32 bits, unsigned
 */
public record TrackStart(int track, int sequence, long timestamp) {}
