package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.media.MediaSource;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each method of RFC 2326 on one connection. */
final class RequestHandler {

  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final Pattern URI_PATH = Pattern.compile("(?i)rtsps?://[^/]*(/.*)?");
  private static final Pattern TRACK = Pattern.compile("/trackID=(\\d)$");
  private static final Set<String> ELSEWHERE_DEFINED =
      Set.of("ANNOUNCE", "GET_PARAMETER", "PAUSE", "RECORD", "REDIRECT", "SET_PARAMETER");

  private final Device device;
  private final CameraOptions options;
  private final Tally tally;
  private final Client client;
  private final SecuredMedia secured;
  private int nextChannel;

  RequestHandler(Device device, Client client) {
    this.device = device;
    this.options = device.context().options();
    this.tally = device.context().tally();
    this.client = client;
    this.secured = new SecuredMedia(device.context());
  }

  void handle(RtspRequest request) {
    request.session().flatMap(device::session).ifPresent(CameraSession::touch);
    if (request.header("CSeq").isEmpty()) {
      client.send(new RtspResponse(400));
    } else if (!request.version().equals("RTSP/1.0")) {
      answer(request, 505);
    } else if (request.header("Require").isPresent() && !device.backchannel().wantedBy(request)) {
      String required = request.header("Require").get();
      client.send(response(request, 551).header("Unsupported", required));
    } else if (device.penalizes(client)) {
      refuse(request, 503);
    } else if (request.method().equals("OPTIONS") || client.isGranted() || admitted(request)) {
      dispatch(request);
    }
  }

  private boolean admitted(RtspRequest request) {
    long now = device.context().now();
    AccessControl.Verdict verdict = device.access().judge(request, now);
    if (verdict == AccessControl.Verdict.GRANTED) {
      return true;
    }
    if (verdict == AccessControl.Verdict.WRONG) {
      tally.record(Kind.WRONG_CREDENTIALS, client.number(), request.method());
      if (device.access().locked(now)) {
        tally.record(Kind.LOCKED, client.number(), request.method());
      }
    }
    RtspResponse response = response(request, 401);
    device
        .access()
        .challenges(verdict == AccessControl.Verdict.STALE, now)
        .forEach(challenge -> response.header("WWW-Authenticate", challenge));
    client.send(response);
    return false;
  }

  private void dispatch(RtspRequest request) {
    switch (request.method()) {
      case "OPTIONS" -> client.send(response(request, 200).header("Public", methods()));
      case "DESCRIBE" -> describe(request);
      case "SETUP" -> setup(request);
      case "PLAY" -> withSession(request, this::play);
      case "PAUSE" -> withSession(request, this::pause);
      case "TEARDOWN" -> withSession(request, this::tearDown);
      case "GET_PARAMETER" -> getParameter(request);
      default -> notAllowed(request);
    }
  }

  private String methods() {
    String pause = options.get(Knob.PAUSE) ? "PAUSE, " : "";
    String all = "OPTIONS, DESCRIBE, SETUP, PLAY, " + pause + "TEARDOWN";
    return options.get(Knob.GET_PARAMETER) ? all + ", GET_PARAMETER" : all;
  }

  private void notAllowed(RtspRequest request) {
    if (ELSEWHERE_DEFINED.contains(request.method())) {
      client.send(response(request, 405).header("Allow", methods()));
    } else {
      client.send(response(request, 501).header("Public", methods()));
    }
  }

  private void describe(RtspRequest request) {
    String redirect = options.get(Knob.REDIRECT);
    if (!redirect.isEmpty()) {
      client.send(response(request, 302).header("Location", redirect));
    } else if (profile(request).isEmpty()) {
      answer(request, 404);
    } else if (device.warmsUp()) {
      answer(request, 500);
    } else if (hasSlot(request, LimitAt.DESCRIBE, profile(request).get())) {
      String sdp = device.media().describe(client.local().getAddress());
      String back = device.backchannel().wantedBy(request) ? Backchannel.description() : "";
      client.send(
          response(request, 200)
              .header("Content-Base", base(request))
              .body("application/sdp", secured.describe(sdp) + back));
      closeAfterDescribe();
    }
  }

  private void closeAfterDescribe() {
    if (options.get(Knob.CLOSE_AFTER_DESCRIBE)) {
      client.close(HangUp.FIN, "after DESCRIBE");
    }
  }

  private void setup(RtspRequest request) {
    OptionalInt track = track(request);
    if (device.backchannel().wantedBy(request) && track.equals(OptionalInt.of(Backchannel.TRACK))) {
      client.send(device.backchannel().setUp(request, client, device));
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
    Optional<String> profile = profile(request);
    if (profile.isEmpty() || source.isEmpty()) {
      answer(request, 404);
    } else if (offer.isEmpty()) {
      answer(request, 461);
    } else if (request.session().isPresent() && session.isEmpty()) {
      answer(request, 454);
    } else if (session.isPresent() && session.get().playing()) {
      answer(request, 455);
    } else if (offer.get().tcp() && !options.get(Knob.TCP_WEDGES).isZero()) {
      device.context().freeze(options.get(Knob.TCP_WEDGES), "wedged by a SETUP for TCP");
    } else if (session.isPresent() || hasSlot(request, LimitAt.SETUP, profile.get())) {
      setup(request, session, profile.get(), track.getAsInt(), source.get(), offer.get());
    }
  }

  /** Refuses the request if there is no slot for one more session. */
  private boolean hasSlot(RtspRequest request, LimitAt method, String profile) {
    OptionalInt status = device.refusal(method, profile);
    status.ifPresent(refused -> refuse(request, refused));
    return status.isEmpty();
  }

  private void refuse(RtspRequest request, int status) {
    tally.record(Kind.REFUSED, client.number(), String.valueOf(status));
    answer(request, status);
  }

  private void setup(
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
      answer(request, 503);
      return;
    }
    CameraSession session = known.orElseGet(() -> device.open(client, profile));
    Track added = new Track(track, source, secured.secure(track, sink), device.context());
    session.add(added);
    client.send(
        response(request, 200)
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

  private void play(RtspRequest request, CameraSession session) {
    Optional<Recording.Section> section = device.recording().section(request, session.reached());
    if (section.isEmpty()) {
      answer(request, 457);
      return;
    }
    if (!device.hasSlot(session)) {
      if (!hasSlot(request, LimitAt.PLAY, session.path())) {
        return;
      }
      device.take(session);
    }
    if (!session.playing()) {
      session.prepare(section.get());
    }
    String range = device.recording().isThere() ? section.get().header() : "npt=0.000-";
    RtspResponse response =
        response(request, 200)
            .header("Session", session.header())
            .header("Range", range)
            .header("RTP-Info", session.rtpInfo(base(request)));
    if (options.get(Knob.RTCP_BEFORE_PLAY)) {
      session.sendReports();
    }
    client.send(response);
    if (!session.playing()) {
      session.play();
    }
  }

  private void pause(RtspRequest request, CameraSession session) {
    if (!options.get(Knob.PAUSE)) {
      notAllowed(request);
      return;
    }
    session.pause();
    client.send(response(request, 200).header("Session", session.header()));
  }

  private void tearDown(RtspRequest request, CameraSession session) {
    device.tearDown(session);
    client.send(response(request, 200).header("Session", session.id()));
  }

  private void getParameter(RtspRequest request) {
    if (!options.get(Knob.GET_PARAMETER)) {
      notAllowed(request);
    } else if (request.session().isEmpty()) {
      answer(request, 200);
    } else {
      withSession(
          request,
          (same, session) -> client.send(response(same, 200).header("Session", session.header())));
    }
  }

  private interface SessionMethod {
    void handle(RtspRequest request, CameraSession session);
  }

  private void withSession(RtspRequest request, SessionMethod method) {
    Optional<CameraSession> session = request.session().flatMap(device::session);
    if (session.isEmpty()) {
      answer(request, 454);
    } else {
      method.handle(request, session.get());
    }
  }

  private void answer(RtspRequest request, int status) {
    client.send(response(request, status));
  }

  static RtspResponse response(RtspRequest request, int status) {
    return new RtspResponse(status)
        .header("CSeq", request.header("CSeq").orElse("0"))
        .header("Server", "Photofinish simulated camera");
  }

  /** The profile that the request's URI names: the camera's path, or its second one. */
  private Optional<String> profile(RtspRequest request) {
    Matcher matcher = URI_PATH.matcher(request.uri());
    String path = matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    String wanted = trimmed(TRACK.matcher(path).replaceFirst(""));
    boolean known =
        wanted.equals(trimmed(options.get(Knob.PATH)))
            || (!options.get(Knob.SECOND_PATH).isEmpty()
                && wanted.equals(trimmed(options.get(Knob.SECOND_PATH))));
    return known ? Optional.of(wanted) : Optional.empty();
  }

  private static OptionalInt track(RtspRequest request) {
    Matcher matcher = TRACK.matcher(request.uri());
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** What controls are relative to, RFC 2326 appendix C.1.1. */
  private static String base(RtspRequest request) {
    return trimmed(TRACK.matcher(request.uri()).replaceFirst("")) + "/";
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
