/**
 * Secure RTP and secure RTCP (RFC 3711, RFC 6188, RFC 7714): the cryptographic contexts of one
 * direction, {@link dev.photofinish.rtp.srtp.SrtpReceiver} and {@link
 * dev.photofinish.rtp.srtp.SrtpSender}. Ciphers are the JDK's; how keys are agreed on is somebody
 * else's matter.
 */
@NullMarked
package dev.photofinish.rtp.srtp;

import org.jspecify.annotations.NullMarked;
