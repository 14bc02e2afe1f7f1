package dev.photofinish.camera;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way for audio to the camera (ONVIF Streaming Specification, section 5.3): one session at a
 * time may have it, and only a client that asks for it by {@code Require} sees it.
 */
final class Backchannel {

  static final String TAG = "www.onvif.org/ver20/backchannel";
  static final int TRACK = 3;

  /** How often the ports of a client that sends datagrams are read. */
  private static final long READ_EVERY_MS = 5;

  private final CameraContext context;
  private final boolean there;
  private @Nullable CameraSession holder;
  private int channel;
  private @Nullable UdpSink ports;
  private @Nullable Future<?> reading;

  Backchannel(CameraContext context) {
    this.context = context;
    this.there = context.options().get(Knob.BACKCHANNEL);
  }

  /** Whether {@code request} asks for it, and there is one. */
  boolean wantedBy(RtspRequest request) {
    return there && request.header("Require").filter(TAG::equals).isPresent();
  }

  /** Its media description. */
  static String description() {
    return "m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendonly\r\na=control:"
        + MediaCatalog.control(TRACK)
        + "\r\n";
  }

  /** Answers a SETUP of it, in a session that is there or in one of its own. */
  RtspResponse setUp(
      RtspRequest request,
      Client client,
      Optional<CameraSession> known,
      Supplier<CameraSession> own) {
    Optional<TransportOffer> offer =
        TransportOffer.choose(
            request.header("Transport").orElse(""), context.options().get(Knob.TRANSPORTS), false);
    if (offer.isEmpty()) {
      return RtspResponse.to(request, 461);
    }
    if (holder != null && known.filter(holder::equals).isEmpty()) {
      return RtspResponse.to(request, 453);
    }
    closePorts();
    String transport;
    try {
      transport = offer.get().tcp() ? interleaved(offer.get()) : udp(offer.get(), client);
    } catch (IOException e) {
      return RtspResponse.to(request, 503);
    }
    holder = known.orElseGet(own);
    return RtspResponse.to(request, 200)
        .header("Transport", transport)
        .header("Session", holder.header());
  }

  private String interleaved(TransportOffer offer) {
    channel = Math.max(0, offer.first());
    return "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1);
  }

  private String udp(TransportOffer offer, Client client) throws IOException {
    UdpSink opened =
        UdpSink.open(
            client.local().getAddress(),
            new InetSocketAddress(client.source(), offer.first()),
            new InetSocketAddress(client.source(), offer.second()));
    ports = opened;
    Tally tally = context.tally();
    reading =
        context
            .loop()
            .scheduleAtFixedRate(
                () -> opened.receive(tally::heard, tally::heardReport),
                READ_EVERY_MS,
                READ_EVERY_MS,
                TimeUnit.MILLISECONDS);
    return opened.transport();
  }

  void release(CameraSession session) {
    if (session == holder) {
      holder = null;
      closePorts();
    }
  }

  private void closePorts() {
    if (reading != null) {
      reading.cancel(false);
      reading = null;
    }
    if (ports != null) {
      ports.close();
      ports = null;
    }
  }

  /** Takes {@code frame} of a client with {@code session}, if it is audio for the camera. */
  void received(CameraSession session, ClientFrame frame) {
    if (session != holder || ports != null) {
      return;
    }
    boolean rtcp = ClientFrame.rtcp(frame.content());
    if (rtcp && frame.channel() == channel + 1) {
      context.tally().heardReport(frame.content());
    } else if (!rtcp && frame.channel() == channel) {
      context.tally().heard(frame.content());
    }
  }
}
