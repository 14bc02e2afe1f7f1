package dev.photofinish.camera;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A camera without sockets: connections and requests at the times of an embedded event loop. */
final class DeviceScript {

  final EmbeddedChannel channel = new EmbeddedChannel();
  final Tally tally = new Tally(Ticker.systemTicker(), List.of());
  final Device device;
  private final Map<FakeClient, RequestHandler> handlers = new HashMap<>();
  private int clients;
  private int cseq;

  DeviceScript(SimulatedCamera.Builder builder) {
    channel.freezeTime();
    device = new Device(new CameraContext(builder.options(), channel.eventLoop(), tally));
  }

  FakeClient connect() {
    return connect("192.0.2.100");
  }

  FakeClient connect(String address) {
    FakeClient client = new FakeClient(++clients, channel, address);
    handlers.put(client, new RequestHandler(device, client));
    device.connected(client);
    return client;
  }

  void disconnect(FakeClient client) {
    device.closed(client, "by the client");
  }

  /** The status of the response; 0 if there is none. */
  int ask(FakeClient client, String method, String path, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("cseq", String.valueOf(++cseq)));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    int before = client.responses.size();
    Objects.requireNonNull(handlers.get(client))
        .handle(new RtspRequest(method, "rtsp://camera" + path, "RTSP/1.0", all));
    return client.responses.size() == before ? 0 : Integer.parseInt(last(client).substring(9, 12));
  }

  int describe(FakeClient client) {
    return ask(client, "DESCRIBE", "/stream");
  }

  int setUp(FakeClient client) {
    return setUp(client, "/stream");
  }

  int setUp(FakeClient client, String path) {
    return ask(
        client, "SETUP", path + "/trackID=1", "transport", "RTP/AVP/TCP;unicast;interleaved=0-1");
  }

  /** PLAY of the session that the client set up last. */
  int play(FakeClient client) {
    return ask(client, "PLAY", "/stream", "session", session(client));
  }

  int keepAlive(FakeClient client, String session) {
    return ask(client, "GET_PARAMETER", "/stream", "session", session);
  }

  int tearDown(FakeClient client) {
    return ask(client, "TEARDOWN", "/stream", "session", session(client));
  }

  /** The id of the session that the client set up last. */
  static String session(FakeClient client) {
    String id = "";
    for (CameraSession session : client.sessions()) {
      id = session.id();
    }
    return id;
  }

  /** The last response as it would be on the wire. */
  String last(FakeClient client) {
    RtspResponse last = client.responses.get(client.responses.size() - 1);
    return new String(last.encode(device.context().options()), StandardCharsets.UTF_8);
  }

  void advance(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  void close() {
    channel.finishAndReleaseAll();
  }
}
