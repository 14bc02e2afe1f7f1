/**
 * RTP and RTCP (RFC 3550) without RTSP: headers, reports and reception statistics. Nothing here
 * reads a clock or holds a channel.
 */
@NullMarked
package dev.photofinish.rtp;

import org.jspecify.annotations.NullMarked;
