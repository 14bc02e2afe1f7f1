package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code relay} and {@code user} commands. */
class RelayCommandTest {
  @TempDir private Path folder;

  /** Runs until it is stopped; returns when it listens. */
  private static CompletableFuture<Cli.Result> relay(Cli cli, String... options)
      throws InterruptedException {
    String[] words =
        Stream.concat(Stream.of("relay", "--json", "--web=off"), Stream.of(options))
            .toArray(String[]::new);
    CompletableFuture<Cli.Result> result = CompletableFuture.supplyAsync(() -> cli.execute(words));
    cli.await(text -> text.contains("\"event\":\"listening\"") && text.contains("\n"));
    return result;
  }

  private static String address(Cli cli) {
    return String.valueOf(Cli.parse(cli.out().lines().findFirst().orElseThrow()).get("rtsp"));
  }

  @Test
  void readersShareTheOneConnection() throws Exception {
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CompletableFuture<Cli.Result> result =
          relay(cli, "--listen=127.0.0.1:0", "--name=door", camera.url());
      String url = address(cli) + "door";
      try (CameraStream one = client.open(Camera.at(url));
          CameraStream two = client.open(Camera.at(url))) {
        assertThat(one.streams()).extracting(MediaStream::codec).containsExactly("H264", "PCMU");
        assertThat(two.streams()).hasSize(2);
        cli.await(text -> text.split("\"reader\":\"joined\"", -1).length == 3);
      }
      cli.await(text -> text.split("\"reader\":\"left\"", -1).length == 3);
      cli.stop().request();
      Cli.Result ended = result.get(30, TimeUnit.SECONDS);
      assertThat(ended.exit()).isZero();
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(1);
      Map<String, Map<String, Object>> page = JsonLinesTest.documented();
      for (String event : List.of("listening", "state", "summary")) {
        Map<String, Object> documented = Objects.requireNonNull(page.get(event));
        assertThat(ended.json(event))
            .as(event)
            .isNotEmpty()
            .allSatisfy(line -> assertThat(line.keySet()).containsAll(documented.keySet()));
      }
      assertThat(ended.json("reader").get(0).keySet())
          .isEqualTo(Objects.requireNonNull(page.get("reader")).keySet());
    }
  }

  @Test
  void withoutACameraItServesOneWithARoughLifeAndAPage() throws Exception {
    Cli cli = new Cli();
    CompletableFuture<Cli.Result> result =
        CompletableFuture.supplyAsync(
            () -> cli.execute("relay", "--listen=127.0.0.1:0", "--web=127.0.0.1:0"));
    cli.await(text -> text.contains("demo  PLAYING"));
    cli.stop().request();
    Cli.Result ended = result.get(30, TimeUnit.SECONDS);
    assertThat(ended.exit()).isZero();
    assertThat(ended.lines().get(0)).matches("rtsp://127\\.0\\.0\\.1:\\d+/demo");
    assertThat(ended.lines().get(1)).matches("page: http://127\\.0\\.0\\.1:\\d+/");
  }

  /** And hears nothing of cameras that end with it: they did not fail. */
  @Test
  void thePageIsToldThatTheRelayStops() throws Exception {
    Cli cli = new Cli();
    CompletableFuture<Cli.Result> result =
        CompletableFuture.supplyAsync(
            () -> cli.execute("relay", "--json", "--listen=127.0.0.1:0", "--web=127.0.0.1:0"));
    cli.await(text -> text.contains("\"to\":\"PLAYING\""));
    String page = String.valueOf(Cli.parse(cli.out().lines().findFirst().orElseThrow()).get("web"));
    HttpResponse<Stream<String>> events =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(page + "events")).build(),
                HttpResponse.BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    cli.stop().request();
    List<String> lines = events.body().filter(line -> !line.isEmpty()).toList();
    assertThat(lines).noneMatch(line -> line.contains("\"state\":\"failed\""));
    assertThat(lines).endsWith("event: stopping", "data: {}");
    assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
  }

  @Test
  void thePageMayBeAskedForByNamesThatAreAllowed() throws Exception {
    Cli cli = new Cli();
    CompletableFuture<Cli.Result> result =
        CompletableFuture.supplyAsync(
            () ->
                cli.execute(
                    "relay",
                    "--json",
                    "--listen=127.0.0.1:0",
                    "--web=127.0.0.1:0",
                    "--publish=door",
                    "--web-names=cameras.example,nas.local"));
    cli.await(text -> text.contains("\"event\":\"listening\""));
    String page = String.valueOf(Cli.parse(cli.out().lines().findFirst().orElseThrow()).get("web"));
    assertThat(health(page, "cameras.example")).startsWith("HTTP/1.1 200 ");
    assertThat(health(page, "NAS.local:8080")).startsWith("HTTP/1.1 200 ");
    assertThat(health(page, "evil.example")).startsWith("HTTP/1.1 421 ");
    cli.stop().request();
    assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
  }

  /** The first line of an answer to a request for this host. */
  private static String health(String page, String host) throws Exception {
    URI server = URI.create(page);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request = "GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  /** On the loopback, where groups stay on this host. */
  @Test
  void readersThatAskForMulticastAreServed() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    String at = NetworkInterface.getByInetAddress(loopback).getName();
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CompletableFuture<Cli.Result> result =
          relay(
              cli,
              "--listen=127.0.0.1:0",
              "--serve-multicast=239.255.77.9:26400",
              "--serve-multicast-interface=" + at,
              "--name=door",
              camera.url());
      cli.await(text -> text.contains("\"to\":\"PLAYING\""));
      String rtsp =
          String.valueOf(Cli.parse(cli.out().lines().findFirst().orElseThrow()).get("rtsp"));
      Camera door = Camera.at(rtsp + "door");
      ClientOptions options = door.options().toBuilder().transport(RtspTransport.MULTICAST).build();
      try (CameraStream stream = client.open(door.withOptions(options))) {
        assertThat(stream.streams()).hasSize(2);
        cli.await(text -> text.contains("239.255.77.9:26400"));
      }
      cli.stop().request();
      assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
    }
  }

  @Test
  void usersOfTheFileMayRead() throws Exception {
    Path users = folder.resolve("users.txt");
    Cli.Result line = new Cli().input("secret\n").execute("user", "anna");
    assertThat(line.out()).matches("anna:[0-9a-f]{32}:[0-9a-f]{64}\\R").doesNotContain("secret");
    Files.writeString(users, "\ufeff# who may read, by an editor of Windows\n" + line.out());
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CompletableFuture<Cli.Result> result =
          relay(cli, "--listen=0.0.0.0:0", "--users=" + users, camera.url());
      String url = address(cli).replace("0.0.0.0", "127.0.0.1") + "camera1";
      try (CameraStream read = client.open(Camera.at(url).withCredentials("anna", "secret"))) {
        assertThat(read.streams()).isNotEmpty();
      }
      assertThat(
              client
                  .openAsync(Camera.at(url).withCredentials("anna", "wrong"))
                  .toCompletableFuture())
          .failsWithin(60, TimeUnit.SECONDS);
      cli.stop().request();
      assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
    }
  }

  @Test
  void publishersSendToTheNamesThatAreGiven() throws Exception {
    Path users = folder.resolve("users.txt");
    String line = new Cli().input("secret\n").execute("user", "anna").out().strip();
    Files.writeString(users, line + "\n" + line.replace("anna:", "eve:"));
    Cli cli = new Cli();
    CompletableFuture<Cli.Result> result =
        relay(
            cli,
            "--listen=127.0.0.1:0",
            "--publish=door,yard",
            "--publishers=anna",
            "--users=" + users);
    URI server = URI.create(address(cli));
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      for (String name : List.of("door", "yard")) {
        String announce = "ANNOUNCE " + server + name + " RTSP/1.0\r\nCSeq: 1\r\n\r\n";
        socket.getOutputStream().write(announce.getBytes(StandardCharsets.US_ASCII));
      }
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).isEqualTo("RTSP/1.0 401 Unauthorized");
    }
    cli.stop().request();
    assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
  }

  @Test
  void theMediaOfWhatIsPublishedAreReportedAsThoseOfCameras() throws Exception {
    Cli cli = new Cli();
    Cli publisher = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CompletableFuture<Cli.Result> result = relay(cli, "--listen=127.0.0.1:0", "--publish=door");
      String to = address(cli) + "door";
      CompletableFuture<Cli.Result> publishing =
          CompletableFuture.supplyAsync(() -> publisher.execute("publish", camera.url(), to));
      cli.await(text -> text.matches("(?s).*\"event\":\"media\"[^\n]*\"frameRate\":[1-9].*"));
      publisher.stop().request();
      publishing.get(30, TimeUnit.SECONDS);
      cli.stop().request();
      List<Map<String, Object>> media = result.get(30, TimeUnit.SECONDS).json("media");
      assertThat(media.get(media.size() - 1).toString()).contains("name=door", "codec=H264");
    }
  }

  @Test
  void whatItsRacesLearnIsKeptInTheFile() throws Exception {
    Path history = folder.resolve("history");
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CompletableFuture<Cli.Result> result =
          relay(cli, "--listen=127.0.0.1:0", "--history-file=" + history, camera.url());
      cli.await(text -> text.contains("\"to\":\"PLAYING\""));
      cli.stop().request();
      assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
    }
    assertThat(Files.readAllLines(history)).hasSizeGreaterThan(3).endsWith("end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen=0.0.0.0:0 --web=off   | could read the cameras; expected --users FILE, or"
            + " --anyone",
        "--web=0.0.0.0:0                | could read the cameras; expected --users FILE with"
            + " --web-tls",
        "--web-tls                      | --web-tls needs a certificate; expected --certificate and"
            + " --key, or",
        "--listen=here                  | --listen: 'here' is not valid; expected HOST:PORT",
        "--rtsps=127.0.0.1:0            | --rtsps needs a certificate",
        "--web-tls --certificate=no.pem --key=no.pem | --key: no.pem: there is no"
            + " such file, or it may not be read",
        "--serve-multicast=239.1.2.1:5004   | --serve-multicast: anyone who joins a group could see"
            + " the cameras; expected --anyone, or --serve-multicast-ttl 0",
        "--serve-multicast=239.1.2.1:5004 --anyone --users=x | expected no --users",
        "--serve-multicast=239.1.2.1:5005   | expected a group of IPv4 with an even port",
        "--serve-multicast=192.0.2.1:5004   | expected a group of IPv4 with an even port",
        "--serve-multicast=[ff02::1]:5004   | expected a group of IPv4 with an even port",
        "--serve-multicast=239.1.2.1        | expected a group of IPv4 with an even port",
        "--serve-multicast-interface=nope0  | nope0' is not valid; expected one of ",
        "--serve-multicast-ttl=256          | expected a whole number from 0 to 255",
        "--while-away=sleep             | expected one of repeat, card, keep, close",
        "--state=.                      | --state: . cannot be read: ",
        "--users=nowhere.txt            | nowhere.txt: cannot be read: no such file"
      })
  void whatIsNotSafeOrNotPossibleIsSaid(String options, String expected) {
    String[] words = ("relay " + options + " rtsp://127.0.0.1:9/x").split(" ");
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(expected);
    assertThat(result.err().lines()).hasSize(1);
  }
}
