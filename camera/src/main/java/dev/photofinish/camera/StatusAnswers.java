package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import java.util.OptionalInt;

/** Answers one client with nothing but a status, as those are for whom there is no slot. */
final class StatusAnswers {
  private final Device device;
  private final Client client;

  StatusAnswers(Device device, Client client) {
    this.device = device;
    this.client = client;
  }

  void answer(RtspRequest request, int status) {
    client.send(RtspResponse.to(request, status));
  }

  /** Answers, and counts it as a refusal. */
  void refuse(RtspRequest request, int status) {
    device.context().tally().record(Kind.REFUSED, client.number(), String.valueOf(status));
    answer(request, status);
  }

  /** Whether there is a slot for one more session; the request is refused if not. */
  boolean hasSlot(RtspRequest request, LimitAt method, String profile) {
    OptionalInt status = device.refusal(method, profile);
    status.ifPresent(refused -> refuse(request, refused));
    return status.isEmpty();
  }
}
