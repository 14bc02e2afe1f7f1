package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.StreamParser;
import io.netty.buffer.ByteBuf;
import java.io.InputStream;

/** Reads one elementary stream, whose times begin at 0. */
final class ElementaryReader extends StreamReader {
  private final Medium medium;
  private long time;

  ElementaryReader(InputStream in, Codec codec) {
    super(in);
    medium = addUntimed(codec, "the stream");
  }

  @Override
  boolean isMapped() {
    return true;
  }

  @Override
  void bytes(ByteBuf read) {
    medium.parser().bytes(read, time);
    time = StreamParser.NO_TIME;
  }
}
