package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

  /** For handshakes that wait for a {@link CertificateJudge}; it has no thread while none does. */
  private static final Executor JUDGING = judging();

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
    SslHandler handler =
        waits()
            ? context().newHandler(channel.alloc(), host, endpoint.port(), JUDGING)
            : context().newHandler(channel.alloc(), host, endpoint.port());
    handler.setHandshakeTimeoutMillis(0);
    if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
      indicateName(handler, host);
    }
    return handler;
  }

  /** Whether a handshake may wait for a judge, which must not hold an event loop up. */
  private boolean waits() {
    return settings.judge() != null && !settings.isInsecure();
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

  private static Executor judging() {
    ThreadFactory threads = new DefaultThreadFactory("photofinish-certificates", true);
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
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
    CertificateJudge judge = settings.judge();
    if (settings.trust() == null && judge == null) {
      return;
    }
    try {
      X509ExtendedTrustManager java = settings.isJudged() ? null : JudgedTrust.of(settings.trust());
      builder.trustManager(judge == null ? java : new JudgedTrust(java, judge));
    } catch (GeneralSecurityException e) {
      throw new SSLException("the trust store cannot be used: " + e.getMessage(), e);
    }
  }
}
