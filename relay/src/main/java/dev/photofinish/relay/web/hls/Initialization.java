package dev.photofinish.relay.web.hls;

/**
 * A Media Initialization Section: the header of the segments that follow.
 *
 * @param number from 1, of this stream
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Initialization(int number, byte[] content) {
  String file() {
    return "init" + number + ".mp4";
  }
}
