/**
 * Limits on the clients that cameras take: {@link dev.photofinish.rtsp.limit.ClientLimits} is what
 * the streams of one client know together, {@link dev.photofinish.rtsp.limit.LimitObserver} each
 * one's view.
 */
@NullMarked
package dev.photofinish.rtsp.limit;

import org.jspecify.annotations.NullMarked;
