package dev.photofinish.rtsp.message;

import dev.photofinish.rtsp.message.Authorization.ClientNonce;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes and reads Authorization headers. */
final class AuthorizationText {
  private static final String HIDDEN = "a value that is not shown";

  private AuthorizationText() {}

  static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  static String digest(Authorization.Digest digest) {
    var text = new StringBuilder("Digest username=").append(Syntax.quote(digest.user()));
    quoted(text, "realm", digest.realm());
    quoted(text, "nonce", digest.nonce());
    quoted(text, "uri", digest.uri());
    quoted(text, "response", digest.response());
    digest.opaque().ifPresent(opaque -> quoted(text, "opaque", opaque));
    digest.algorithm().ifPresent(hash -> text.append(", algorithm=").append(hash.token()));
    digest.counted().ifPresent(nonce -> counted(text, nonce));
    return text.toString();
  }

  private static void counted(StringBuilder text, ClientNonce nonce) {
    quoted(text, "cnonce", nonce.value());
    if (nonce.qop()) {
      text.append(String.format(", qop=auth, nc=%08x", nonce.count()));
    }
  }

  private static void quoted(StringBuilder text, String name, String value) {
    text.append(", ").append(name).append('=').append(Syntax.quote(value));
  }

  static Authorization parse(String value) throws RtspFormatException {
    var scanner = new TextScanner(value.trim());
    String scheme = scanner.run(c -> !TextScanner.isSpace(c));
    scanner.space();
    String rest = scanner.rest();
    if (scheme.equalsIgnoreCase("Basic")) {
      return parseBasic(rest);
    }
    if (scheme.equalsIgnoreCase("Digest")) {
      return parseDigest(rest);
    }
    throw malformed("Basic or Digest");
  }

  private static RtspFormatException malformed(String expected) {
    return new RtspFormatException("Authorization header", HIDDEN, expected);
  }

  private static Authorization parseBasic(String encoded) throws RtspFormatException {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon >= 0) {
        return new Authorization.Basic(
            new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // Not base 64: the same error as base 64 of something else, and as silent about the text.
    }
    throw malformed("user:password in base 64 after Basic");
  }

  private static Authorization parseDigest(String text) throws RtspFormatException {
    var parameters = new AuthParameters("Digest");
    Parameter.parseAll(text, ',').forEach(parameters::add);
    Optional<String> algorithm = parameters.find("algorithm");
    Optional<DigestAlgorithm> hash = algorithm.flatMap(DigestAlgorithm::of);
    if (algorithm.isPresent() && hash.isEmpty()) {
      throw malformed("an algorithm of RFC 7616");
    }
    return new Authorization.Digest(
        parameters.require("username"),
        parameters.require("realm"),
        parameters.require("nonce"),
        parameters.require("uri"),
        parameters.require("response"),
        parameters.find("opaque"),
        hash,
        clientNonce(parameters));
  }

  private static Optional<ClientNonce> clientNonce(AuthParameters parameters)
      throws RtspFormatException {
    Optional<String> value = parameters.find("cnonce");
    Optional<String> qop = parameters.find("qop");
    if (qop.isEmpty()) {
      return value.map(text -> new ClientNonce(text, 1, false));
    }
    OptionalInt count = hex(parameters.require("nc"));
    if (!qop.get().equalsIgnoreCase("auth") || count.isEmpty()) {
      throw malformed("qop=auth and nc of eight hex digits");
    }
    return Optional.of(new ClientNonce(parameters.require("cnonce"), count.getAsInt(), true));
  }

  private static OptionalInt hex(String text) {
    OptionalLong number = Syntax.hex(text);
    return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }
}
