package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;

/** Something that the user asks of a session that plays or is paused. */
public sealed interface SessionRequest {

  /** Tells it apart from the others of its connection; its answer bears it. */
  long id();

  /** The media are to stop, the session stays (RFC 2326 section 10.6). */
  record Pause(long id) implements SessionRequest {}

  /** The media are to go on, or to come from elsewhere (RFC 2326 section 10.5). */
  record Play(long id, PlayRequest play) implements SessionRequest {}

  /** One request and its answer, whatever they say (RFC 2326 sections 10.8 and 10.9). */
  record Exchange(long id, Method method, Headers headers, Body body) implements SessionRequest {}
}
