package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes TLS handlers; the trust is loaded when the first is asked for. */
final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsSettings settings;
  private @Nullable SslContext context;

  Tls(TlsSettings settings) {
    this.settings = settings;
    if (settings.isInsecure()) {
      LOG.warn(
          "TLS IS INSECURE: neither certificates nor host names are verified. Anyone on the way can"
              + " read and change what is sent, passwords too.");
    }
  }

  /** A new handler for one channel. The race itself limits the time of the handshake. */
  SslHandler newHandler(Channel channel, Endpoint endpoint) throws SSLException {
    String host = verifiedName(endpoint.host());
    SslHandler handler = context().newHandler(channel.alloc(), host, endpoint.port());
    handler.setHandshakeTimeoutMillis(0);
    if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
      indicateName(handler, host);
    }
    return handler;
  }

  /** A zone and a trailing dot are how we find the host, not part of what its certificate says. */
  private static String verifiedName(String host) {
    if (host.indexOf(':') >= 0) {
      int zone = host.indexOf('%');
      return zone < 0 ? host : host.substring(0, zone);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** RFC 6066 section 3; left out for a name that cannot be an SNI, such as one with '_'. */
  private static void indicateName(SslHandler handler, String host) {
    try {
      SNIHostName name = new SNIHostName(IDN.toASCII(host));
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(name));
      handler.engine().setSSLParameters(parameters);
    } catch (IllegalArgumentException e) {
      LOG.debug("no server name indication for {}: {}", host, e.getMessage());
    }
  }

  private synchronized SslContext context() throws SSLException {
    if (context == null) {
      context = build();
    }
    return context;
  }

  private SslContext build() throws SSLException {
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (settings.isInsecure()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm(null);
    } else {
      builder.endpointIdentificationAlgorithm("HTTPS");
      trust(builder);
    }
    if (settings.identity() != null) {
      builder.keyManager(settings.identity());
    }
    return builder.build();
  }

  private void trust(SslContextBuilder builder) throws SSLException {
    if (settings.trust() == null) {
      return;
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(settings.trust());
      builder.trustManager(factory);
    } catch (GeneralSecurityException e) {
      throw new SSLException("the trust store cannot be used: " + e.getMessage(), e);
    }
  }
}
