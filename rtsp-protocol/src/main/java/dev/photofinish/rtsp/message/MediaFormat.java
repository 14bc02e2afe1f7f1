package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One payload type of a media and what it means.
 *
 * @param payloadType 0 to 127
 * @param codec the encoding's name in capitals, from {@code rtpmap} or RFC 3551; empty if neither
 *     knows
 * @param clockRate RTP timestamp units a second; empty if unknown
 * @param channels audio channels; empty if not said
 * @param fmtp the parameters of {@code fmtp} in order
 */
public record MediaFormat(
    int payloadType,
    String codec,
    OptionalInt clockRate,
    OptionalInt channels,
    List<Parameter> fmtp) {

  /** Keeps a copy of the list. */
  public MediaFormat {
    fmtp = List.copyOf(fmtp);
  }

  /** The value of a format parameter, its name compared without case. */
  public Optional<String> parameter(String name) {
    return fmtp.stream()
        .filter(parameter -> parameter.is(name))
        .findFirst()
        .flatMap(Parameter::value);
  }
}
