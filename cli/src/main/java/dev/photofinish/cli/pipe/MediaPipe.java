package dev.photofinish.cli.pipe;

import dev.photofinish.cli.stream.WritableMedia;
import dev.photofinish.media.container.Fragment;
import dev.photofinish.media.container.FragmentOutput;
import dev.photofinish.media.container.Header;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Media on their way to standard output. */
final class MediaPipe implements FragmentOutput {
  private final PrintStream out;
  private final WritableMedia media;
  private long bytes;

  MediaPipe(PrintStream out, WritableMedia media) {
    this.out = out;
    this.media = media;
  }

  /** Whether nobody reads it any more. */
  boolean isClosed() {
    return out.checkError();
  }

  /** Written so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public void header(Header header) {
    write(header.content());
  }

  @Override
  public void fragment(Fragment fragment) {
    write(fragment.content());
    out.flush();
  }

  @Override
  public void leftOut(int index, String reason) {
    media.leftOut(index, reason);
  }

  /** RFC 4571 section 2: the length in two bytes, the packet. */
  void packet(RtpPacket packet) {
    int length = packet.length();
    out.write(length >> 8);
    out.write(length);
    bytes += 2;
    write(packet.content());
  }

  private void write(ByteBuf content) {
    try {
      bytes += content.readableBytes();
      content.readBytes(out, content.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never thrown: a PrintStream keeps its error to itself
    } finally {
      content.release();
    }
  }
}
