package dev.photofinish.camera;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/** RTP and RTCP in the RTSP connection, RFC 2326 section 10.12. */
final class InterleavedSink implements RtpSink {

  private final Channel channel;
  private final int rtpChannel;

  /**
   * @param rtpChannel RTCP goes over the next one
   */
  InterleavedSink(Channel channel, int rtpChannel) {
    this.channel = channel;
    this.rtpChannel = rtpChannel;
  }

  @Override
  public boolean ready() {
    return channel.isWritable();
  }

  @Override
  public void rtp(byte[] packet) {
    write(rtpChannel, packet);
  }

  @Override
  public void rtcp(byte[] packet) {
    write(rtpChannel + 1, packet);
  }

  private void write(int id, byte[] packet) {
    byte[] frame = {'$', (byte) id, (byte) (packet.length >> 8), (byte) packet.length};
    var unused = channel.write(Unpooled.wrappedBuffer(frame, packet), channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void close() {
    // The connection belongs to the client, who may go on without the session.
  }

  @Override
  public String transport() {
    return "RTP/AVP/TCP;unicast;interleaved=" + rtpChannel + "-" + (rtpChannel + 1);
  }

  @Override
  public boolean interleaved() {
    return true;
  }
}
