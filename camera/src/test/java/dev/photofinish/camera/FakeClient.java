package dev.photofinish.camera;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A client without a socket: it keeps what the camera does to it. */
final class FakeClient implements Client {

  final List<RtspResponse> responses = new ArrayList<>();
  final List<String> closes = new ArrayList<>();
  boolean silenced;
  private final int number;
  private final Set<CameraSession> sessions = new LinkedHashSet<>();
  private final EmbeddedChannel channel;
  private final String address;

  FakeClient(int number, EmbeddedChannel channel) {
    this(number, channel, "192.0.2.100");
  }

  FakeClient(int number, EmbeddedChannel channel, String address) {
    this.address = address;
    this.number = number;
    this.channel = channel;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress("192.0.2.1", 554);
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress(address, 50_000 + number);
  }

  @Override
  public String peer() {
    return "client " + number;
  }

  @Override
  public Set<CameraSession> sessions() {
    return sessions;
  }

  @Override
  public void send(RtspResponse response) {
    responses.add(response);
  }

  @Override
  public void silence() {
    silenced = true;
  }

  @Override
  public void close(HangUp how, String reason) {
    closes.add(how + " " + reason);
  }
}
