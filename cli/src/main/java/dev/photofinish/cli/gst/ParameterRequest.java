package dev.photofinish.cli.gst;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ParameterBody;
import dev.photofinish.rtsp.client.RequestFailedException;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code parameter}, and what comes of it.
 *
 * @param method {@link Method#GET_PARAMETER} or {@link Method#SET_PARAMETER}
 */
record ParameterRequest(Method method, String type, String body) {
  /** Beyond, an answer is no parameters; as JSON it fits into a message in any case. */
  private static final int MOST_BYTES = 65_536;

  private static final int OK = 200;

  /** Reads one; JSON members that are not known are ignored. */
  static ParameterRequest read(ByteBuf payload) throws MalformedMessageException {
    JsonNode json;
    try (ByteBufInputStream in = new ByteBufInputStream(payload)) {
      json = Json.read(in);
    } catch (IOException e) {
      throw new MalformedMessageException("a parameter that is no JSON");
    }
    String method = json.path("method").asText();
    if (!method.equals(Method.GET_PARAMETER.name())
        && !method.equals(Method.SET_PARAMETER.name())) {
      throw new MalformedMessageException("a parameter without a method");
    }
    return new ParameterRequest(
        method.equals(Method.GET_PARAMETER.name()) ? Method.GET_PARAMETER : Method.SET_PARAMETER,
        json.path("content-type").asText(),
        json.path("body").asText());
  }

  /**
   * Asks the camera.
   *
   * @param stream null while there is none
   * @return completes with the answer as JSON, and never fails
   */
  CompletionStage<String> send(@Nullable CameraStream stream) {
    if (stream == null) {
      return CompletableFuture.completedFuture(failed("the camera is not connected at present", 0));
    }
    try {
      ParameterBody asked = new ParameterBody(type, Body.of(body));
      CompletionStage<ParameterBody> answer =
          method.equals(Method.GET_PARAMETER)
              ? stream.getParameter(asked)
              : stream.setParameter(asked);
      return answer.handle(ParameterRequest::answer);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(failed(String.valueOf(e.getMessage()), 0));
    }
  }

  private static String answer(@Nullable ParameterBody body, @Nullable Throwable thrown) {
    if (body == null) {
      Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
      int status = failure instanceof RequestFailedException refused ? refused.status() : 0;
      return failed(failure == null ? "no answer" : String.valueOf(failure.getMessage()), status);
    }
    int length = body.body().length();
    if (length > MOST_BYTES) {
      return failed("the camera answered " + length + " bytes; expected at most " + MOST_BYTES, OK);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", OK);
    map.put("content-type", body.type());
    map.put("body", body.body().text());
    return Json.line(map);
  }

  private static String failed(String why, int status) {
    return Json.line(Map.of("status", status, "error", SafeText.line(why)));
  }
}
