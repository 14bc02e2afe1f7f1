package dev.photofinish.onvif;

import java.net.InetAddress;
import java.util.List;

/**
 * The host that a camera answered from, or that the caller named: the only one that credentials go
 * to.
 *
 * @param text as it stands in a URL
 */
record DeviceHost(String text, List<InetAddress> addresses) {

  static DeviceHost of(List<InetAddress> sources) {
    return new DeviceHost(NumericHost.inUrl(sources.get(0)), sources);
  }

  /** Whether a URL's host is this one; names are compared, never looked up. */
  boolean is(String host) {
    return text.equalsIgnoreCase(host)
        || NumericHost.parse(host).filter(addresses::contains).isPresent();
  }
}
