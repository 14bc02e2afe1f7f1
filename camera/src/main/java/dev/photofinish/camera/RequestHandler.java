package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import java.util.Optional;
import java.util.Set;

/** Answers each method of RFC 2326 on one connection. */
final class RequestHandler {

  private static final Set<String> ELSEWHERE_DEFINED =
      Set.of("ANNOUNCE", "GET_PARAMETER", "PAUSE", "RECORD", "REDIRECT", "SET_PARAMETER");

  private final Device device;
  private final CameraOptions options;
  private final Tally tally;
  private final Client client;
  private final SecuredMedia secured;
  private final StatusAnswers answers;
  private final SetupHandler setup;

  RequestHandler(Device device, Client client) {
    this.device = device;
    this.options = device.context().options();
    this.tally = device.context().tally();
    this.client = client;
    this.secured = new SecuredMedia(device.context());
    this.answers = new StatusAnswers(device, client);
    this.setup = new SetupHandler(device, client, secured, answers);
  }

  void handle(RtspRequest request) {
    request.session().flatMap(device::session).ifPresent(CameraSession::touch);
    if (request.header("CSeq").isEmpty()) {
      client.send(new RtspResponse(400));
    } else if (!request.version().equals("RTSP/1.0")) {
      answers.answer(request, 505);
    } else if (request.header("Require").isPresent() && !device.backchannel().wantedBy(request)) {
      String required = request.header("Require").get();
      client.send(RtspResponse.to(request, 551).header("Unsupported", required));
    } else if (device.penalizes(client)) {
      answers.refuse(request, 503);
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
    RtspResponse response = RtspResponse.to(request, 401);
    device
        .access()
        .challenges(verdict == AccessControl.Verdict.STALE, now)
        .forEach(challenge -> response.header("WWW-Authenticate", challenge));
    client.send(response);
    return false;
  }

  private void dispatch(RtspRequest request) {
    switch (request.method()) {
      case "OPTIONS" -> client.send(RtspResponse.to(request, 200).header("Public", methods()));
      case "DESCRIBE" -> describe(request);
      case "SETUP" -> setup.handle(request);
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
      client.send(RtspResponse.to(request, 405).header("Allow", methods()));
    } else {
      client.send(RtspResponse.to(request, 501).header("Public", methods()));
    }
  }

  private void describe(RtspRequest request) {
    String redirect = options.get(Knob.REDIRECT);
    if (!redirect.isEmpty()) {
      client.send(RtspResponse.to(request, 302).header("Location", redirect));
    } else if (RequestUri.profile(request, options).isEmpty()) {
      answers.answer(request, 404);
    } else if (device.warmsUp()) {
      answers.answer(request, 500);
    } else if (answers.hasSlot(
        request, LimitAt.DESCRIBE, RequestUri.profile(request, options).get())) {
      String sdp = device.media().describe(client.local().getAddress());
      String back = device.backchannel().wantedBy(request) ? Backchannel.description() : "";
      client.send(
          RtspResponse.to(request, 200)
              .header("Content-Base", RequestUri.base(request))
              .body("application/sdp", secured.describe(sdp) + back));
      closeAfterDescribe();
    }
  }

  private void closeAfterDescribe() {
    if (options.get(Knob.CLOSE_AFTER_DESCRIBE)) {
      client.close(HangUp.FIN, "after DESCRIBE");
    }
  }

  private void play(RtspRequest request, CameraSession session) {
    Optional<Recording.Section> section = device.recording().section(request, session.reached());
    if (section.isEmpty()) {
      answers.answer(request, 457);
      return;
    }
    if (!device.hasSlot(session)) {
      if (!answers.hasSlot(request, LimitAt.PLAY, session.path())) {
        return;
      }
      device.take(session);
    }
    if (!session.playing()) {
      session.prepare(section.get());
    }
    String range = device.recording().isThere() ? section.get().header() : "npt=0.000-";
    RtspResponse response =
        RtspResponse.to(request, 200)
            .header("Session", session.header())
            .header("Range", range)
            .header("RTP-Info", session.rtpInfo(RequestUri.base(request)));
    if (device.recording().isThere() && request.header("Scale").isPresent()) {
      response.header("Scale", String.valueOf(session.scale()));
    }
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
    client.send(RtspResponse.to(request, 200).header("Session", session.header()));
  }

  private void tearDown(RtspRequest request, CameraSession session) {
    device.tearDown(session);
    client.send(RtspResponse.to(request, 200).header("Session", session.id()));
  }

  private void getParameter(RtspRequest request) {
    if (!options.get(Knob.GET_PARAMETER)) {
      notAllowed(request);
    } else if (request.session().isEmpty()) {
      answers.answer(request, 200);
    } else {
      withSession(
          request,
          (same, session) ->
              client.send(RtspResponse.to(same, 200).header("Session", session.header())));
    }
  }

  private interface SessionMethod {
    void handle(RtspRequest request, CameraSession session);
  }

  private void withSession(RtspRequest request, SessionMethod method) {
    Optional<CameraSession> session = request.session().flatMap(device::session);
    if (session.isEmpty()) {
      answers.answer(request, 454);
    } else {
      method.handle(request, session.get());
    }
  }
}
