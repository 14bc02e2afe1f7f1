package dev.photofinish.camera;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it is given, for a receiver that keeps up or does not. */
final class FakeSink implements RtpSink {

  final List<byte[]> rtp = new ArrayList<>();
  final List<byte[]> rtcp = new ArrayList<>();
  boolean ready = true;
  boolean closed;
  int flushes;

  /** Packets that it takes without a flush. */
  int room = Integer.MAX_VALUE;

  private int unflushed;

  @Override
  public boolean ready() {
    return ready && unflushed < room;
  }

  @Override
  public void rtp(byte[] packet) {
    rtp.add(packet);
    unflushed++;
  }

  @Override
  public void rtcp(byte[] packet) {
    rtcp.add(packet);
  }

  @Override
  public void flush() {
    flushes++;
    unflushed = 0;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String transport() {
    return "FAKE";
  }

  @Override
  public boolean interleaved() {
    return true;
  }

  int sequence(int index) {
    return ByteBuffer.wrap(rtp.get(index)).getShort(2) & 0xffff;
  }

  long timestamp(int index) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(rtp.get(index)).getInt(4));
  }

  int ssrc(int index) {
    return ByteBuffer.wrap(rtp.get(index)).getInt(8);
  }

  int payload(int index) {
    return rtp.get(index)[12];
  }
}
