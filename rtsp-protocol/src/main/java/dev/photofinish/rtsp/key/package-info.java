/**
 * Key management for media that a camera encrypts with SRTP: SDES (RFC 4568) and MIKEY (RFC 3830,
 * as RFC 4567 carries it in SDP and RTSP). Keys alone; no cipher. Keys are shown nowhere.
 */
@NullMarked
package dev.photofinish.rtsp.key;

import org.jspecify.annotations.NullMarked;
