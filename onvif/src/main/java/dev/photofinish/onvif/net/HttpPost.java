package dev.photofinish.onvif.net;

import dev.photofinish.onvif.soap.OnvifException;
import dev.photofinish.onvif.soap.OnvifException.Kind;
import dev.photofinish.onvif.soap.SoapRequest;
import dev.photofinish.onvif.xml.PeerText;
import dev.photofinish.onvif.xml.XmlReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Posts SOAP messages: no proxies, no redirects (a redirect may lead to another host), answers of
 * bounded size within a bounded time.
 */
public final class HttpPost {
  /** Short, since a camera that is in the same network answers a SYN at once or not at all. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final HttpClient http;

  /**
   * @param tlsInsecure whether to trust any certificate
   * @param executor runs what has to be done when something arrives
   */
  public HttpPost(boolean tlsInsecure, Executor executor) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .executor(executor);
    http = (tlsInsecure ? builder.sslContext(TrustAll.context()) : builder).build();
  }

  /**
   * Sends one message and waits for its answer.
   *
   * @param security the SOAP header; may be empty
   * @param authorization the HTTP header; empty for none
   * @param within the time for all of it
   */
  HttpResponse<byte[]> send(
      URI service, SoapRequest request, String security, String authorization, Duration within)
      throws OnvifException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(
            message(service, request, security, authorization),
            head -> new BoundedBody(XmlReader.MOST_BYTES));
    try {
      return response.get(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new OnvifException(
          Kind.NOT_THERE,
          authority(service) + " did not answer " + request.operation() + " in time",
          e);
    } catch (ExecutionException e) {
      throw failure(service, e.getCause() == null ? e : e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private static HttpRequest message(
      URI service, SoapRequest request, String security, String authorization)
      throws OnvifException {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(service)
              .header("Content-Type", request.contentType())
              .POST(BodyPublishers.ofByteArray(request.bytes(security)));
      return (authorization.isEmpty() ? builder : builder.header("Authorization", authorization))
          .build();
    } catch (IllegalArgumentException e) {
      throw new OnvifException(
          Kind.OTHER,
          authorization.isEmpty()
              ? service + " is no address that HTTP can be spoken with"
              : "the user name has characters that HTTP Digest cannot carry");
    }
  }

  private static OnvifException failure(URI service, Throwable cause) {
    String who = authority(service);
    if (cause instanceof SSLException) {
      return new OnvifException(
          Kind.NOT_THERE,
          who
              + ": its certificate is not trusted, as with most cameras, which make their own;"
              + " tls-insecure connects without verifying it ("
              + reason(cause)
              + ")",
          cause);
    }
    if (cause instanceof ConnectException) {
      return new OnvifException(Kind.NOT_THERE, who + " does not take connections", cause);
    }
    return cause instanceof IOException
        ? new OnvifException(Kind.NOT_THERE, who + " did not answer: " + reason(cause), cause)
        : new OnvifException(Kind.NOT_THERE, who + " could not be asked: " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    return PeerText.shown(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  private static String authority(URI service) {
    return service.getPort() < 0 ? service.getHost() : service.getHost() + ":" + service.getPort();
  }
}
