package dev.photofinish.rtsp.session;

import dev.photofinish.rtsp.message.RtspMessage;

/** Something that happened to a {@link Dialogue}. */
public sealed interface DialogueEvent {

  /** The connection stands: send the session's first request. */
  record Connected() implements DialogueEvent {}

  /** This connection is the one to play from: use the first response and go on. */
  record Chosen() implements DialogueEvent {}

  /** The camera sent a message: an answer, or a request of its own. */
  record Received(RtspMessage message) implements DialogueEvent {}

  /** Ask the camera, by a keep-alive sent now, whether it lives. */
  record Ask() implements DialogueEvent {}

  /** End the session in order. */
  record Leave() implements DialogueEvent {}

  /** The deadline has come. */
  record Tick() implements DialogueEvent {}
}
