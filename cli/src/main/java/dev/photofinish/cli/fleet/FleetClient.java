package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.fleet.web.FleetServer;
import dev.photofinish.race.address.Addresses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a node of a fleet by its API. */
final class FleetClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_GOOD = 299;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;

  FleetClient(InetSocketAddress web) {
    url = "http://" + Addresses.text(web);
  }

  /** The fleet as the node sees it. */
  JsonNode fleet() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/fleet")).build();
    return Json.read(send(request));
  }

  void move(String camera, String node) throws IOException, InterruptedException {
    post("/api/fleet/move/" + camera + "/" + node);
  }

  void drain(String node) throws IOException, InterruptedException {
    post("/api/fleet/drain/" + node);
  }

  private void post(String path) throws IOException, InterruptedException {
    URI uri;
    try {
      uri = new URI("http", url.substring("http://".length()), path, null, null);
    } catch (URISyntaxException e) {
      throw new IOException(path + " is no path of an API", e);
    }
    send(
        HttpRequest.newBuilder(uri)
            .header(FleetServer.HEADER, "1")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException("no node answers at " + url + "; start one, or name it by --web", e);
    }
    if (response.statusCode() > MOST_GOOD) {
      throw new IOException(response.body().strip());
    }
    return response.body();
  }
}
