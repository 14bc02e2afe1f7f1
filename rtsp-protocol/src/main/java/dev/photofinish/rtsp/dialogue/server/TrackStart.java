package dev.photofinish.rtsp.dialogue.server;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The place where the RTP of one track begins, for RTP-Info (RFC 2326 section 12.33).
 *
 * @param track its index, from 0
 * @param sequence of the first packet that will be sent, 0 to 65535; empty if not known
 * @param rtpTime the RTP timestamp of that moment, 32 bits; empty if not known
 */
public record TrackStart(int track, OptionalInt sequence, OptionalLong rtpTime) {}
