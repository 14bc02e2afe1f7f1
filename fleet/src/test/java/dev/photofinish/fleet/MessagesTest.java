package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.photofinish.fleet.board.Board;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.LearntLimit;
import dev.photofinish.fleet.board.NodeReport;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.FleetMessage;
import dev.photofinish.fleet.hold.Holder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Tests that nodes of different releases read each other's messages: bytes as releases wrote them
 * are read, fields that are not known are left out, fields that are missing have defaults.
 *
 * <p>{@code messages.txt} has lines of a message's name, its manifest and its bytes, as the next
 * release writes them; {@code messages-1.0.0.txt} is that of a release, and never changed.
 */
class MessagesTest {
  private static final String WRITTEN = "messages.txt";

  /** The last release without a fleet; later ones have a file each. */
  private static final String BEFORE = "0.2.0";

  private static final Pattern RELEASE = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)]");

  private static final ActorTestKit KIT = TestActors.kit();
  private static final Serialization SERIALIZATION =
      SerializationExtension.get(Adapter.toClassic(KIT.system()));
  private static final CBORMapper CBOR = new CBORMapper();

  private static final Holding HOLDING =
      new Holding(
          "door",
          "north",
          1_700_000_000_000L,
          "PLAYING",
          4_000_000,
          2,
          true,
          new LearntLimit(1, "DROPS_OLDEST", 0, 1_700_000_000_001L));
  private static final FleetCamera CAMERA =
      new FleetCamera(
          "door",
          "rtsp://192.0.2.1/stream",
          "north",
          List.of("a", "b"),
          Map.of("while-away", "repeat"));

  /** Every message that goes from node to node. */
  private static final Map<String, FleetMessage> MESSAGES = messages();

  private static Map<String, FleetMessage> messages() {
    Map<String, FleetMessage> all = new LinkedHashMap<>();
    all.put(
        "reported",
        new Board.Reported(
            new NodeReport(
                "192.0.2.9:25520",
                "a",
                "rtsps://192.0.2.9:4711/",
                "http://192.0.2.9:8081/",
                true,
                List.of(HOLDING))));
    all.put("move", new Board.Move("north", "192.0.2.9:25520"));
    all.put("drain", new Board.Drain("192.0.2.9:25520"));
    all.put("wake", new Holder.Wake());
    all.put("stop", new Holder.Stop());
    all.put(
        "cameras",
        new CameraTable(
            Map.of(
                "door",
                new CameraTable.Entry(3, "192.0.2.9:25520", CAMERA, true, "c0ffee"),
                "gone",
                new CameraTable.Entry(2, "192.0.2.8:25520", null, false, ""))));
    return all;
  }

  /**
   * A message as it was written.
   *
   * @param manifest that says of which type it is
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Written(String manifest, byte[] bytes) {}

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private static Written write(FleetMessage message) {
    Serializer serializer = SERIALIZATION.findSerializerFor(message);
    return new Written(Serializers.manifestFor(serializer, message), serializer.toBinary(message));
  }

  private static Object read(String manifest, byte[] bytes) {
    int cbor = SERIALIZATION.findSerializerFor(new Holder.Wake()).identifier();
    return SERIALIZATION.deserialize(bytes, cbor, manifest).get();
  }

  private static Map<String, Written> written() throws IOException {
    return written(WRITTEN);
  }

  private static Map<String, Written> written(String file) throws IOException {
    Map<String, Written> all = new LinkedHashMap<>();
    try (InputStream in = MessagesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("%s; a release begins with a copy of %s", file, WRITTEN).isNotNull();
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] words = line.split(" ", 3);
        all.put(words[0], new Written(words[1], HexFormat.of().parseHex(words[2])));
      }
    }
    return all;
  }

  private static String line(String name) {
    Written now = write(Objects.requireNonNull(MESSAGES.get(name)));
    return name + " " + now.manifest() + " " + HexFormat.of().formatHex(now.bytes());
  }

  @Test
  void messagesAreReadAsTheyWereWrittenAndWrittenTheSame() throws IOException {
    Map<String, Written> written = written();
    assertThat(written.keySet())
        .isEqualTo(
            MESSAGES.keySet().stream().filter(n -> !n.contains("@")).collect(Collectors.toSet()));
    written.forEach(
        (name, message) -> {
          assertThat(read(message.manifest(), message.bytes())).isEqualTo(MESSAGES.get(name));
          assertThat(line(name))
              .as("%s; where it is meant to be another, this is its line in %s", name, WRITTEN)
              .endsWith(HexFormat.of().formatHex(message.bytes()));
        });
  }

  /** The names of later releases, newest first, by the changelog. */
  private static List<String> releases() throws IOException {
    return RELEASE
        .matcher(Files.readString(Path.of("../CHANGELOG.md")))
        .results()
        .map(heading -> heading.group(1))
        .takeWhile(release -> !release.equals(BEFORE))
        .toList();
  }

  /** A message that has another content since then has an entry {@code NAME@RELEASE}. */
  @Test
  void messagesOfReleasesAreRead() throws IOException {
    for (String release : releases()) {
      written("messages-" + release + ".txt")
          .forEach(
              (name, message) ->
                  assertThat(read(message.manifest(), message.bytes()))
                      .as("%s of %s", name, release)
                      .isEqualTo(MESSAGES.getOrDefault(name + "@" + release, MESSAGES.get(name))));
    }
  }

  /** Those that no other node gets are private, or wrap such as go to the board of this one. */
  @Test
  void everyMessageBetweenNodesIsThere() {
    Set<Class<?>> written = new HashSet<>(Set.of(Board.ToAll.class));
    MESSAGES.values().forEach(message -> written.add(message.getClass()));
    for (Class<?> of : List.of(Board.class, Holder.class, CameraTable.class)) {
      assertThat(of.getDeclaredClasses())
          .filteredOn(FleetMessage.class::isAssignableFrom)
          .filteredOn(type -> type.isRecord() && Modifier.isPublic(type.getModifiers()))
          .filteredOn(type -> !type.equals(CameraTable.Entry.class))
          .allSatisfy(type -> assertThat(written).contains(type));
    }
  }

  @Test
  void fieldsThatAreNotKnownAreLeftOut() throws IOException {
    for (Map.Entry<String, Written> message : written().entrySet()) {
      JsonNode tree = CBOR.readTree(message.getValue().bytes());
      addFields(tree);
      assertThat(read(message.getValue().manifest(), CBOR.writeValueAsBytes(tree)))
          .isEqualTo(MESSAGES.get(message.getKey()));
    }
  }

  /** To every object; where names of cameras or options are fields, to what they name. */
  private static void addFields(JsonNode tree) {
    if (tree instanceof ArrayNode array) {
      array.forEach(MessagesTest::addFields);
    } else if (tree instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getKey().equals("entries")) {
                  field.getValue().forEach(MessagesTest::addFields);
                } else if (!field.getKey().equals("options")) {
                  addFields(field.getValue());
                }
              });
      object.put("later", "a field of a later release");
      object.putObject("laterToo").put("a", 1);
    }
  }

  @Test
  void whatAnOlderNodeDoesNotSendHasADefault() throws IOException {
    assertThat(without("reported", "zone", "rtsp", "web", "draining", "holdings"))
        .isEqualTo(
            new Board.Reported(new NodeReport("192.0.2.9:25520", "", "", "", false, List.of())));
    assertThat(
            without(
                "reported", "since", "state", "bitsPerSecond", "readers", "isOneClient", "limit"))
        .isInstanceOfSatisfying(
            Board.Reported.class,
            reported ->
                assertThat(reported.report().holdings())
                    .containsExactly(new Holding("door", "north", 0, "", 0, 0, false, null)));
    assertThat(without("cameras", "site", "zones", "options"))
        .isInstanceOfSatisfying(
            CameraTable.class,
            table ->
                assertThat(table.camera("door"))
                    .contains(FleetCamera.of("door", "rtsp://192.0.2.1/stream")));
    assertThat(without("cameras", "entries")).isEqualTo(CameraTable.EMPTY);
    assertThat(without("cameras", "byApi", "filed"))
        .isInstanceOfSatisfying(
            CameraTable.class,
            table ->
                assertThat(table.entries().get("door"))
                    .isEqualTo(new CameraTable.Entry(3, "192.0.2.9:25520", CAMERA, false, "")));
  }

  /** A message without these fields, at whatever depth. */
  private static Object without(String name, String... fields) throws IOException {
    Written message = Objects.requireNonNull(written().get(name));
    JsonNode tree = CBOR.readTree(message.bytes());
    for (String field : fields) {
      List<JsonNode> having = tree.findParents(field);
      assertThat(having).as(field).isNotEmpty();
      having.forEach(object -> ((ObjectNode) object).remove(field));
    }
    return read(message.manifest(), CBOR.writeValueAsBytes(tree));
  }

  /** The table and the picture of docs/fleet.md count on it, and so does the size of a frame. */
  @Test
  void aCameraIsSmallInAReport() {
    Holding usual =
        new Holding("door", "north", HOLDING.since(), "PLAYING", 4_000_000, 2, false, null);
    List<Holding> many = Collections.nCopies(500, usual);
    Board.Reported report =
        new Board.Reported(new NodeReport("192.0.2.9:25520", "", "", "", false, many));
    assertThat(write(report).bytes().length / 500.0).isBetween(80.0, 130.0);
  }
}
