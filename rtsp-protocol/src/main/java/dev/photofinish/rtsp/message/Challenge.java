package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;

/** One challenge of a WWW-Authenticate header (RFC 7235 section 4.1). */
public sealed interface Challenge {

  /** Asks for user and password in the clear (RFC 7617). */
  record Basic(String realm) implements Challenge {
    @Override
    public String toString() {
      return "Basic realm=" + Syntax.quote(realm);
    }
  }

  /**
   * Asks for a hash of user, password and nonce (RFC 2617, RFC 7616).
   *
   * @param opaque to be sent back as it is
   * @param algorithm empty if the challenge names none, which means MD5 and is not sent back
   * @param qopAuth whether {@code qop} offers {@code auth}; without it the answer is that of RFC
   *     2069
   * @param stale whether the credentials were right and only the nonce is old
   */
  record Digest(
      String realm,
      String nonce,
      Optional<String> opaque,
      Optional<DigestAlgorithm> algorithm,
      boolean qopAuth,
      boolean stale)
      implements Challenge {

    /** The algorithm to answer with. */
    public DigestAlgorithm effectiveAlgorithm() {
      return algorithm.orElse(DigestAlgorithm.MD5);
    }

    /** The challenge as it stands in the header. */
    @Override
    public String toString() {
      return "Digest realm="
          + Syntax.quote(realm)
          + ", nonce="
          + Syntax.quote(nonce)
          + opaque.map(text -> ", opaque=" + Syntax.quote(text)).orElse("")
          + algorithm.map(hash -> ", algorithm=" + hash.token()).orElse("")
          + (qopAuth ? ", qop=\"auth\"" : "")
          + (stale ? ", stale=true" : "");
    }
  }

  /**
   * Asks for something that this library does not do.
   *
   * @param what scheme or algorithm, for an error
   */
  record Unsupported(String what) implements Challenge {
    @Override
    public String toString() {
      return what;
    }
  }

  /**
   * Reads all challenges of all WWW-Authenticate headers, in order. Commas and quotes inside of
   * quoted strings are the string's; a challenge that cannot be answered for want of a parameter is
   * left out as long as another can be.
   *
   * @throws RtspFormatException if not one challenge can be read
   */
  static List<Challenge> parseAll(List<String> values) throws RtspFormatException {
    return ChallengeParser.parse(values);
  }
}
