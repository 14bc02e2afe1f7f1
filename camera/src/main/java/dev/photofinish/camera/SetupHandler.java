package dev.photofinish.camera;

import dev.photofinish.camera.media.MediaSource;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers SETUP: a track, the transport that its media will take, and a session to hold both. */
final class SetupHandler {
  private static final Logger log = LoggerFactory.getLogger(SetupHandler.class);

  private final Device device;
  private final CameraOptions options;
  private final Client client;
  private final SecuredMedia secured;
  private final StatusAnswers answers;
  private int nextChannel;

  SetupHandler(Device device, Client client, SecuredMedia secured, StatusAnswers answers) {
    this.device = device;
    this.options = device.context().options();
    this.client = client;
    this.secured = secured;
    this.answers = answers;
  }

  void handle(RtspRequest request) {
    OptionalInt track = RequestUri.track(request);
    if (device.backchannel().wantedBy(request) && track.equals(OptionalInt.of(Backchannel.TRACK))) {
      client.send(
          device
              .backchannel()
              .setUp(
                  request,
                  client,
                  request.session().flatMap(device::session),
                  () -> device.open(client, "")));
      return;
    }
    Optional<MediaSource> source =
        track.isPresent() ? device.media().source(track.getAsInt()) : Optional.empty();
    Optional<TransportOffer> offer =
        TransportOffer.choose(
            secured.asked(request.header("Transport").orElse("")),
            options.get(Knob.TRANSPORTS),
            hasGroup());
    Optional<CameraSession> session = request.session().flatMap(device::session);
    Optional<String> profile = RequestUri.profile(request, options);
    if (profile.isEmpty() || source.isEmpty()) {
      answers.answer(request, 404);
    } else if (offer.isEmpty()) {
      answers.answer(request, 461);
    } else if (request.session().isPresent() && session.isEmpty()) {
      answers.answer(request, 454);
    } else if (session.isPresent() && session.get().playing()) {
      answers.answer(request, 455);
    } else if (offer.get().tcp() && !options.get(Knob.TCP_WEDGES).isZero()) {
      device.context().freeze(options.get(Knob.TCP_WEDGES), "wedged by a SETUP for TCP");
    } else if (session.isPresent() || answers.hasSlot(request, LimitAt.SETUP, profile.get())) {
      setUp(request, session, profile.get(), track.getAsInt(), source.get(), offer.get());
    }
  }

  private void setUp(
      RtspRequest request,
      Optional<CameraSession> known,
      String profile,
      int track,
      MediaSource source,
      TransportOffer offer) {
    RtpSink sink;
    try {
      sink =
          switch (offer.kind()) {
            case TCP -> interleaved(offer);
            case MULTICAST -> multicast(offer);
            default -> udp(offer);
          };
    } catch (IOException e) {
      log.warn("no UDP ports for {}", client.peer(), e);
      answers.answer(request, 503);
      return;
    }
    CameraSession session = known.orElseGet(() -> device.open(client, profile));
    Track added = new Track(track, source, secured.secure(track, sink), device.context());
    session.add(added);
    client.send(
        RtspResponse.to(request, 200)
            .header("Transport", added.transport())
            .header("Session", session.header()));
  }

  private RtpSink interleaved(TransportOffer offer) {
    int asked = offer.first() < 0 ? nextChannel : offer.first();
    int channel = (asked + options.get(Knob.CHANNEL_OFFSET)) & 0xff;
    nextChannel = (channel + 2) & 0xff;
    return new InterleavedSink(client.channel(), channel);
  }

  private RtpSink udp(TransportOffer offer) throws IOException {
    InetAddress peer = client.remote().getAddress();
    return UdpSink.open(
        client.local().getAddress(),
        new InetSocketAddress(peer, offer.first()),
        new InetSocketAddress(peer, offer.second()));
  }

  /** A group of the family by which the client has connected. */
  private boolean hasGroup() {
    String group = options.get(Knob.GROUP);
    boolean v6 = client.local().getAddress() instanceof Inet6Address;
    return !group.isEmpty() && v6 == group.contains(":");
  }

  private RtpSink multicast(TransportOffer offer) throws IOException {
    return UdpSink.open(
        client.local().getAddress(), InetAddress.getByName(options.get(Knob.GROUP)), offer.ttl());
  }
}
