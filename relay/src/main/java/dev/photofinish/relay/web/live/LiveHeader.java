package dev.photofinish.relay.web.live;

import java.util.List;

/**
 * The initialization segment of a live stream.
 *
 * @param contentType such as {@code video/mp4; codecs="avc1.42c01e"}
 * @param leftOut media that are not in it: one sentence each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LiveHeader(byte[] content, String contentType, List<String> leftOut) {
  /** Keeps a copy of the list. */
  public LiveHeader {
    leftOut = List.copyOf(leftOut);
  }
}
