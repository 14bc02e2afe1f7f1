package dev.photofinish.camera.onvif;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Answers SOAP over HTTP. */
final class OnvifServer implements HttpHandler {
  /** ONVIF's access class PRE_AUTH. */
  private static final Set<String> FOR_EVERYONE =
      Set.of("GetSystemDateAndTime", "GetServices", "GetCapabilities");

  private static final String REFUSED =
      OnvifAnswers.fault("NotAuthorized", "Sender not Authorized");

  private final OnvifOptions options;
  private final OnvifAnswers answers;
  private final OnvifAccess access;
  private final Consumer<OnvifRequest> requests;

  OnvifServer(OnvifOptions options, Consumer<OnvifRequest> requests) {
    this.options = options;
    this.answers = new OnvifAnswers(options);
    this.access = new OnvifAccess(options);
    this.requests = requests;
  }

  private record Answer(int status, String text) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Document request = OnvifXml.parse(body, body.length);
      Element operation = operation(request);
      String path = exchange.getRequestURI().toString();
      String authorization =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      Answer answer = answer(exchange, request, operation.getLocalName(), authorization);
      requests.accept(
          new OnvifRequest(
              path,
              operation.getLocalName(),
              hasToken(request),
              !authorization.isEmpty(),
              answer.status()));
      send(exchange, answer);
    } catch (SAXException e) {
      throw new IOException("a request that is no XML", e);
    }
  }

  private static Element operation(Document request) throws IOException {
    Node node = request.getElementsByTagNameNS("*", "Body").item(0).getFirstChild();
    while (node != null && !(node instanceof Element)) {
      node = node.getNextSibling();
    }
    if (node instanceof Element element) {
      return element;
    }
    throw new IOException("a request without an operation");
  }

  private Answer answer(
      HttpExchange exchange, Document request, String operation, String authorization) {
    Instant now = Instant.now().plus(options.clock());
    String path = exchange.getRequestURI().toString();
    if (!FOR_EVERYONE.contains(operation) && !access.admits(request, authorization, path, now)) {
      boolean answered = !authorization.isEmpty();
      return switch (options.auth()) {
        case TOKEN_ALONE -> answered ? new Answer(400, "") : challenge(exchange, false);
        case TOKEN_ALONE_BY_401 -> answered ? new Answer(401, "") : challenge(exchange, false);
        default -> challenge(exchange, hasToken(request));
      };
    }
    if (options.auth() == OnvifAuth.DIGEST_ALONE && hasToken(request)) {
      return new Answer(500, OnvifAnswers.fault("MustUnderstand", "Security is not understood"));
    }
    return body(exchange, request, operation, now)
        .map(body -> new Answer(200, OnvifAnswers.envelope(body)))
        .orElseGet(
            () ->
                new Answer(
                    500,
                    OnvifAnswers.fault("ActionNotSupported", "Optional Action Not Implemented")));
  }

  private static boolean hasToken(Document request) {
    return !OnvifXml.text(request, "UsernameToken").isEmpty();
  }

  private Answer challenge(HttpExchange exchange, boolean withToken) {
    boolean fault =
        options.auth() == OnvifAuth.TOKEN
            || (options.auth() == OnvifAuth.DIGEST_BEHIND_TOKEN && !withToken);
    if (fault) {
      return new Answer(400, REFUSED);
    }
    String challenge =
        options.auth() == OnvifAuth.BASIC
            ? "Basic realm=\"onvif\""
            : "Digest realm=\"%s\", qop=\"auth\", nonce=\"%s\""
                .formatted(OnvifAccess.REALM, access.nonce());
    exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
    return new Answer(401, "");
  }

  private Optional<String> body(
      HttpExchange exchange, Document request, String operation, Instant now) {
    String path = exchange.getRequestURI().getPath();
    String token = OnvifXml.text(request, "ProfileToken");
    String called = path.substring(path.lastIndexOf('/') + 1) + " " + operation;
    return switch (called) {
      case "device_service GetSystemDateAndTime" ->
          Optional.of(answers.clock(now.atOffset(ZoneOffset.UTC)));
      case "device_service GetServices" -> Optional.of(answers.services(base(exchange)));
      case "device_service GetCapabilities" -> Optional.of(answers.capabilities(base(exchange)));
      case "device_service GetDeviceInformation" -> Optional.of(answers.information());
      case "media_service GetProfiles" -> Optional.of(answers.profiles());
      case "media_service GetStreamUri" -> answers.streamUri(token);
      case "media2_service GetProfiles" -> Optional.of(answers.profiles2());
      case "media2_service GetStreamUri" -> answers.streamUri2(token);
      default -> Optional.empty();
    };
  }

  private String base(HttpExchange exchange) {
    String asked = exchange.getRequestHeaders().getFirst("Host");
    int port = exchange.getLocalAddress().getPort();
    String host = options.xaddrHost().isEmpty() ? asked : options.xaddrHost() + ":" + port;
    String scheme =
        exchange instanceof com.sun.net.httpserver.HttpsExchange ? "https://" : "http://";
    return scheme + host + "/onvif";
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/soap+xml; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
