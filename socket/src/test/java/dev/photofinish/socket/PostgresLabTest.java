package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.camera.net.BadServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL's JDBC driver races without knowing, to a real server. */
@Tag("lab")
@Timeout(120)
class PostgresLabTest {
  private static final String USER = "postgres";

  private @Nullable Path folder;

  @BeforeEach
  void makeCluster() throws Exception {
    Consumer<String> skip = Assumptions::abort;
    Needs.programs(skip, "runuser");
    Needs.that(
        programs().isPresent()
            ? Optional.empty()
            : Optional.of("no PostgreSQL server below /usr/lib/postgresql"),
        skip);
    Path made = Files.createTempDirectory("photofinish-postgres");
    folder = made;
    run("chown", USER, made.toString());
    as("initdb", "-D", folder + "/data", "-A", "trust", "-U", "racer", "--no-sync");
  }

  @AfterEach
  void remove() throws Exception {
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void asks(Dead dead) throws Exception {
    try (BadServer first = dead.open()) {
      int port = first.address().getPort();
      String options = "-p " + port + " -c listen_addresses=127.1.1.2 -k " + folder;
      as("pg_ctl", "-D", folder + "/data", "-l", folder + "/log", "-w", "-o", options, "start");
      try {
        assertThat(ask(port)).isEqualTo("127.1.1.2/32");
        showThatTheDriverAloneFails(port);
      } finally {
        as("pg_ctl", "-D", folder + "/data", "-m", "immediate", "-w", "stop");
      }
    }
  }

  private static String ask(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "racer");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("socketFactory", RacingSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", "racing-delay-ms=100,racing-timeout=30s");
    try (Connection connection = DriverManager.getConnection(url(port), properties);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select inet_server_addr()::text")) {
      assertThat(answer.next()).isTrue();
      return answer.getString(1);
    }
  }

  /** It dials the first address only. */
  private static void showThatTheDriverAloneFails(int port) {
    Properties properties = new Properties();
    properties.setProperty("user", "racer");
    properties.setProperty("connectTimeout", "1");
    assertThatThrownBy(() -> DriverManager.getConnection(url(port), properties))
        .isInstanceOf(SQLException.class);
  }

  private static String url(int port) {
    return "jdbc:postgresql://race.test:" + port + "/postgres";
  }

  private static Optional<Path> programs() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** The server refuses to run as root. */
  private static void as(String program, String... arguments) throws Exception {
    String path = programs().orElseThrow().resolve(program).toString();
    run(
        Stream.concat(Stream.of("runuser", "-u", USER, "--", path), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private static void run(String... command) throws Exception {
    File output = File.createTempFile("photofinish", ".log");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output)
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command[0]).isTrue();
      assertThat(process.exitValue())
          .as("%s: %s", String.join(" ", command), Files.readString(output.toPath()))
          .isZero();
    } finally {
      Files.delete(output.toPath());
    }
  }
}
