package dev.photofinish.fleet;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The names and addresses that a certificate is for, its subject alternative names, as those who
 * connect to a node compare them (RFC 9525 section 6). The common name, which some still take for
 * one, does not count.
 */
final class CertificateNames {
  private static final int NAME = 2;
  private static final int ADDRESS = 7;
  private static final String ANY = "*.";

  private CertificateNames() {}

  /**
   * Whether a certificate is for a host.
   *
   * @param host a name, or a numeric address
   */
  static boolean has(X509Certificate certificate, String host) throws CertificateParsingException {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    return address == null
        ? values(certificate, NAME).stream().anyMatch(name -> matches(name, host))
        : values(certificate, ADDRESS).stream()
            .map(NetUtil::createByteArrayFromIpAddressString)
            .anyMatch(other -> Arrays.equals(other, address));
  }

  private static List<String> values(X509Certificate certificate, int type)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> values = new ArrayList<>();
    for (List<?> one : all == null ? List.<List<?>>of() : all) {
      if (one.get(0).equals(type)) {
        values.add(String.valueOf(one.get(1)));
      }
    }
    return values;
  }

  /** A star is for the first label, and for one. */
  static boolean matches(String name, String host) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String given = host.toLowerCase(Locale.ROOT);
    return wanted.startsWith(ANY)
        ? given.indexOf('.') > 0 && given.substring(given.indexOf('.')).equals(wanted.substring(1))
        : given.equals(wanted);
  }
}
