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

  /** Whether it is G.711, whose payload has a byte for each sample. */
  public boolean isG711() {
    return codec.equals("PCMU") || codec.equals("PCMA");
  }

  /** The value of a format parameter, its name compared without case. */
  public Optional<String> parameter(String name) {
    return fmtp.stream()
        .filter(parameter -> parameter.is(name))
        .findFirst()
        .flatMap(Parameter::value);
  }
}
