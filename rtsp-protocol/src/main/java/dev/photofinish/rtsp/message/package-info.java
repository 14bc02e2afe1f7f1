/**
 * RTSP messages, their headers and bodies (RFC 2326, 7826), and session descriptions (RFC 4566).
 */
@NullMarked
package dev.photofinish.rtsp.message;

import org.jspecify.annotations.NullMarked;
