package dev.photofinish.cli.pipe;

import dev.photofinish.cli.command.LogSetup;
import dev.photofinish.cli.command.SafeText;
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
  private long bytes;

  MediaPipe(PrintStream out) {
    this.out = out;
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
  public void leftOut(int media, String reason) {
    LogSetup.print(SafeText.line("photofinish pipe: media " + media + " is left out: " + reason));
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
