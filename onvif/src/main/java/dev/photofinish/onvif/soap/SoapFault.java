package dev.photofinish.onvif.soap;

import dev.photofinish.onvif.xml.PeerText;
import dev.photofinish.onvif.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fault that a service answers with (SOAP 1.2, section 5.4; SOAP 1.1 too).
 *
 * @param codes the local names of its code and subcodes, the most general first
 * @param reason in the device's words; may be empty
 */
public record SoapFault(List<String> codes, String reason) {
  private static final int MOST_CODES = 8;
  private static final int LONGEST = 256;
  private static final List<String> ACCESS =
      List.of(
          "NotAuthorized",
          "FailedAuthentication",
          "InvalidSecurity",
          "InvalidSecurityToken",
          "SecurityTokenUnavailable",
          "FailedCheck");
  private static final List<String> UNKNOWN =
      List.of(
          "ActionNotSupported", "NoSuchService", "NotSupported", "OptionalActionNotImplemented");

  /** The meaning of a fault to a caller. */
  public enum Kind {
    /** No credentials, or wrong ones. */
    ACCESS,
    /** The time of the token is not the camera's. */
    TIME,
    /** Too many wrong tries before. */
    LOCKED,
    /** The service lacks the operation. */
    UNSUPPORTED,
    /** Anything else. */
    OTHER
  }

  public SoapFault {
    codes = List.copyOf(codes);
  }

  /** The fault in a response, if it is one. */
  public static Optional<SoapFault> in(XmlElement envelope) {
    return envelope.find("Body", "Fault").map(SoapFault::of);
  }

  private static SoapFault of(XmlElement fault) {
    List<String> codes = new ArrayList<>();
    Optional<XmlElement> code = fault.find("Code");
    while (code.isPresent() && codes.size() < MOST_CODES) {
      addCode(codes, code.get().text("Value"));
      code = code.get().find("Subcode");
    }
    addCode(codes, fault.text("faultcode"));
    String reason = fault.text("Reason", "Text");
    return new SoapFault(codes, cut(reason.isEmpty() ? fault.text("faultstring") : reason));
  }

  private static void addCode(List<String> codes, String name) {
    if (!name.isEmpty()) {
      codes.add(cut(name.substring(name.lastIndexOf(':') + 1)));
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** The meaning, by the codes where they say it, else by words that devices use. */
  public Kind kind() {
    String words = (String.join(" ", codes) + " " + reason).toLowerCase(Locale.ROOT);
    if (codes.contains("MessageExpired") || isAboutTime(words)) {
      return Kind.TIME;
    }
    if (words.contains("locked")) {
      return Kind.LOCKED;
    }
    if (codes.stream().anyMatch(ACCESS::contains) || words.contains("not authorized")) {
      return Kind.ACCESS;
    }
    return codes.stream().anyMatch(UNKNOWN::contains) ? Kind.UNSUPPORTED : Kind.OTHER;
  }

  private static boolean isAboutTime(String words) {
    return words.contains("timestamp")
        || words.contains("time stamp")
        || words.contains("out of range")
        || words.contains("clock")
        || words.contains("expired");
  }

  /** The fault as the device put it, fit to be shown. */
  public String words() {
    return PeerText.shown(reason.isEmpty() ? String.join("/", codes) : reason);
  }
}
