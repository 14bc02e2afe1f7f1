package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One {@code m=} section of an SDP (RFC 4566 section 5.14).
 *
 * @param type video, audio, application, text, or what the camera invented, in lower case
 * @param port usually 0 in RTSP
 * @param protocol for example {@code RTP/AVP}
 * @param formats payload types in the order of preference; never empty
 * @param control where SETUP goes, see {@link PresentationUrls}; empty if not said
 * @param direction the media's, else the session's, else empty
 * @param connection what follows {@code c=}: the media's, else the session's, else empty
 * @param sourceFilter of RFC 4570: the media's, else the session's, else empty
 * @param bandwidth kilobits a second of {@code b=AS:}, or a thousandth of {@code b=TIAS:}; empty if
 *     not said
 * @param frameRate frames a second; empty if not said
 * @param attributes all {@code a=} lines in order
 */
public record MediaDescription(
    String type,
    int port,
    String protocol,
    List<MediaFormat> formats,
    Optional<String> control,
    Optional<Direction> direction,
    Optional<String> connection,
    Optional<String> sourceFilter,
    OptionalDouble bandwidth,
    OptionalDouble frameRate,
    List<Attribute> attributes) {

  /** Keeps copies of the lists. */
  public MediaDescription {
    formats = List.copyOf(formats);
    attributes = List.copyOf(attributes);
  }

  /** The format that the camera prefers. */
  public MediaFormat format() {
    return formats.get(0);
  }

  /** The same with other {@code a=} lines; what was read of the present ones stays. */
  public MediaDescription withAttributes(List<Attribute> other) {
    return new MediaDescription(
        type,
        port,
        protocol,
        formats,
        control,
        direction,
        connection,
        sourceFilter,
        bandwidth,
        frameRate,
        other);
  }

  /** The value of the first attribute of that name. */
  public Optional<String> attribute(String name) {
    return Attribute.find(attributes, name);
  }

  /**
   * Whether its sender takes this feedback for {@link #format} (RFC 4585 section 4.2).
   *
   * @param feedback as {@code a=rtcp-fb} has it behind the payload type, such as {@code nack pli}
   */
  public boolean takesFeedback(String feedback) {
    String own = format().payloadType() + " " + feedback;
    return attributes.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase("rtcp-fb"))
        .map(Attribute::value)
        .anyMatch(value -> value.equalsIgnoreCase(own) || value.equalsIgnoreCase("* " + feedback));
  }

  /**
   * Whether its sender takes requests for key frames: picture loss indications (RFC 4585 section
   * 6.3.1) or full intra requests (RFC 5104 section 4.3.1).
   */
  public boolean takesKeyFrameRequests() {
    return takesFeedback("nack pli") || takesFeedback("ccm fir");
  }
}
