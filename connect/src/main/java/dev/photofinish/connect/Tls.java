package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes TLS handlers; the trust is loaded when the first is asked for. */
final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsSettings settings;
  private @Nullable SslContext context;
  private @Nullable X509ExtendedTrustManager java;

  Tls(TlsSettings settings) {
    this.settings = settings;
    if (settings.isInsecure()) {
      LOG.warn(
          "TLS IS INSECURE: neither certificates nor host names are verified. Anyone on the way can"
              + " read and change what is sent, passwords too.");
    }
  }

  /**
   * Adds the handlers of TLS to one channel. The race itself limits the time of the handshake.
   *
   * @return the handshake, and the decision of the judge where there is one
   */
  Future<?> prepare(Channel channel, Endpoint endpoint) throws SSLException {
    String host = verifiedName(endpoint.host());
    CertificateJudge judge = settings.judge();
    if (judge == null || settings.isInsecure()) {
      SslHandler tls = newHandler(context(), channel, host, endpoint.port());
      channel.pipeline().addLast(tls);
      return tls.handshakeFuture();
    }
    // A context of its own: a session that is resumed would show nobody its certificate.
    JudgedTrust trust = new JudgedTrust(java());
    SslHandler tls = newHandler(build(trust), channel, host, endpoint.port());
    JudgedHandshake judged = new JudgedHandshake(trust, host, judge);
    channel.pipeline().addLast(tls, judged);
    tls.handshakeFuture().addListener(judged::handshaken);
    return judged.done();
  }

  private static SslHandler newHandler(SslContext context, Channel channel, String host, int port) {
    SslHandler handler = context.newHandler(channel.alloc(), host, port);
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
      context = build(settings.trust() == null ? null : java());
    }
    return context;
  }

  /** What Java trusts; null where the judge alone decides. */
  private synchronized @Nullable X509ExtendedTrustManager java() throws SSLException {
    if (java == null && !settings.isJudged()) {
      try {
        java = JudgedTrust.of(settings.trust());
      } catch (GeneralSecurityException e) {
        throw new SSLException("the trust store cannot be used: " + e.getMessage(), e);
      }
    }
    return java;
  }

  /**
   * @param trust null for the platform's
   */
  private SslContext build(@Nullable X509ExtendedTrustManager trust) throws SSLException {
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (settings.isInsecure()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm(null);
    } else {
      builder.endpointIdentificationAlgorithm("HTTPS");
      if (trust != null) {
        builder.trustManager(trust);
      }
    }
    if (settings.identity() != null) {
      builder.keyManager(settings.identity());
    }
    return builder.build();
  }
}
