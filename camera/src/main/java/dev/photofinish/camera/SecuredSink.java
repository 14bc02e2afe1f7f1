package dev.photofinish.camera;

import java.util.function.Consumer;

/** Encrypts what another sink sends. */
final class SecuredSink implements RtpSink {

  private final RtpSink sink;
  private final SrtpEncryption encryption;

  SecuredSink(RtpSink sink, SrtpEncryption encryption) {
    this.sink = sink;
    this.encryption = encryption;
  }

  @Override
  public boolean ready() {
    return sink.ready();
  }

  @Override
  public void rtp(byte[] packet) {
    sink.rtp(encryption.rtp(packet));
  }

  @Override
  public void rtcp(byte[] packet) {
    sink.rtcp(encryption.rtcp(packet));
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public void heard(Consumer<byte[]> reports) {
    sink.heard(reports);
  }

  @Override
  public void close() {
    sink.close();
  }

  @Override
  public String transport() {
    return sink.transport().replace("RTP/AVP", "RTP/SAVP");
  }

  @Override
  public boolean interleaved() {
    return sink.interleaved();
  }
}
