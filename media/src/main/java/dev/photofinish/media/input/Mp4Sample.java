package dev.photofinish.media.input;

/**
 * A sample's place and time.
 *
 * @param offset of its first byte in the file
 * @param decodeTime in ticks of its track
 * @param composition from its decoding to its presentation, in ticks of its track
 */
record Mp4Sample(long offset, int size, long decodeTime, int composition) {}
