package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RangeHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The media that PLAY asks for (RFC 2326 section 10.5).
 *
 * @param range null to go on where it was paused
 * @param headers beside Range and Require, such as Scale
 * @param features that SETUP and PLAY require of the camera (RFC 2326 section 12.32)
 * @param ofRecording whether it has a place that counts: it is not begun again by itself
 */
public record PlayRequest(
    @Nullable RangeHeader range, Headers headers, List<String> features, boolean ofRecording) {

  /** What is live, from now on. */
  public static final PlayRequest LIVE =
      new PlayRequest(RangeHeader.fromStart(), Headers.empty(), List.of(), false);

  public PlayRequest {
    features = List.copyOf(features);
  }

  /** The same from elsewhere; null to go on where it was paused. */
  public PlayRequest withRange(@Nullable RangeHeader other) {
    return new PlayRequest(other, headers, features, ofRecording);
  }

  /** The same as the first of a session: there is nothing that it could take the place of. */
  public PlayRequest first() {
    return new PlayRequest(range, headers.without(HeaderNames.IMMEDIATE), features, ofRecording);
  }

  /** The same with one feature more. */
  PlayRequest requiring(String feature) {
    List<String> more = new ArrayList<>(features);
    more.add(feature);
    return new PlayRequest(range, headers, more, ofRecording);
  }

  /** The same without ONVIF's replay extension. */
  PlayRequest withoutReplay() {
    List<String> others = features.stream().filter(f -> !f.equals(FeatureTags.REPLAY)).toList();
    return new PlayRequest(range, headers.without(HeaderNames.IMMEDIATE), others, ofRecording);
  }

  /** Whether it takes the place of what plays at once, instead of waiting for its end (ONVIF). */
  boolean isImmediate() {
    return headers.has(HeaderNames.IMMEDIATE);
  }

  /** The header Require, of SETUP too; empty if nothing is required. */
  Headers required() {
    return features.isEmpty()
        ? Headers.empty()
        : Headers.of(HeaderNames.REQUIRE, String.join(", ", features));
  }

  /** All headers of PLAY. */
  Headers all() {
    Headers all = required();
    if (range != null) {
      all = all.plus(HeaderNames.RANGE, range.toString());
    }
    for (var header : headers.entries()) {
      all = all.plus(header.name(), header.value());
    }
    return all;
  }
}
