package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit code 2 and one line: what, where, what would be right. */
final class WrongUseTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                       | no command; expected watch, relay, fleet, user, record
          wach                                     | unexpected word 'wach'; did you mean watch?
          race                                     | TARGET
          publish rtsp://192.0.2.1/x               | TO
          publish rtsp://192.0.2.1/x http://192.0.2.2/y | expected
          publish nowhere.mp4 rtsp://192.0.2.1/x   | nowhere.mp4: cannot be read: no such file
          publish - rtsp://192.0.2.1/x             | -: there is nothing in it
          publish --loop=on - rtsp://192.0.2.1/x   | --loop: standard input is read once; expected a file
          publish --frame-rate=0 - rtsp://192.0.2.1/x | --frame-rate: '0.0' is not valid; expected a number from 0.1
          race a:1 b:2                             | unexpected word 'b:2'
          race --conection-racing=none a:1         | --connection-racing
          race --racing-delay-ms=99 a:1            | --racing-delay-ms: '99 ms' is not valid; expected whole milliseconds from 100 to 2000
          race --racing-delay-ms=5 --allow-short-delay a:1 | --racing-delay-ms: '5 ms'
          race --racing-delay-ms=soon a:1          | --racing-delay-ms: 'soon'
          race --max-parallel-connections=17 a:1   | expected a whole number from 1 to 16
          race --connection-racing=fast a:1        | expected one of none, first-wins, last-wins, hybrid, auto
          race --racing-timeout=5 a:1              | with a unit, such as 500ms or 5s
          race --redial=maybe a:1                  | --redial: 'maybe' is not valid; expected on or off
          race --finish-line=response a:1          | finish-line
          race --repeat=0 a:1                      | --repeat: '0' is not valid; expected a whole number from 1
          race --loss=100 a:1                      | --loss: '100.0' is not valid; expected per cent from 0 to 99
          race localhost                           | expected host:port
          race localhost:0                         | expected host:port
          race localhost:99999                     | expected host:port
          race http://localhost:80                 | expected host:port
          race rtsp://                             | rtsp://
          watch http://localhost/                  | expected rtsp://host
          watch rtsp://host:0/                     | rtsp://host:0/
          watch --transport=dove rtsp://h/         | --transport: 'dove' is not valid; expected one of
          watch --tunnel-path=a rtsp://h/          | --tunnel-path: 'a' is not valid; expected a path
          watch --duration=3 rtsp://h/             | --duration: '3' is not valid
          watch --duration=0 rtsp://h/             | --duration
          watch --packets=-1 rtsp://h/             | --packets: '-1' is not valid; expected a whole number from 1
          watch --retry-strategy=often rtsp://h/   | expected one of none, immediate
          watch --config=nowhere.toml              | nowhere.toml: cannot be read: no such file
          watch --config=cameras.ini               | expected a file name ending in .toml
          simulate                                 | FILE
          simulate nowhere.json                    | nowhere.json: cannot be read: no such file
          fleet shrink                             | unexpected 'shrink'; expected status, move CAMERA NODE, drain NODE, or simulate
          fleet move door                          | unexpected 'move door'; expected status
          fleet --listen=192.0.2.1:25520           | --listen: '192.0.2.1:25520' is not valid; expected a loopback address, or a certificate
          fleet status --web=192.0.2.1:8081 --user=anna | --user: the password would be readable on the way; expected --web-tls
          fleet --rtsps 127.0.0.1:0 | --rtsps needs a certificate
          relay --rtsps 127.0.0.1:0 rtsp://192.0.2.1/a | --rtsps needs a certificate
          fleet --rtsp=0.0.0.0:8554                | --rtsp: anyone who reaches 0.0.0.0:8554 could read the cameras; expected --users FILE, or --anyone
          fleet --fleet-stable-after=0s            | --fleet-stable-after
          camera --limit=-1                        | --limit: '-1' is not valid; expected 0 to 10000
          camera --on-limit=shrug                  | --on-limit: 'shrug' is not valid; expected one of drop-oldest
          camera --address=localhost               | --address
          camera extra                             | unexpected word 'extra'
          gst-plugin extra                         | unexpected word 'extra'
          gst-source                               | --socket is missing; expected --socket FD
          gst-source --socket=no                   | --socket
          gst-source --socket=99999                | descriptor 99999 is not open; expected a connected Unix socket
          gst-source --socket=0                    | descriptor 0 is no socket; expected a connected Unix socket
          """)
  void isOneLineThatSaysWhatWouldBeRight(String arguments, String expected) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" +", -1);

    assertIsWrongUse(Cli.run(words), expected);
  }

  private static void assertIsWrongUse(Cli.Result result, String expected) {
    assertThat(result.err()).contains(expected).startsWith("photofinish");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void aWordInTheWrongPlaceShowsNoPassword() {
    String url = "rtsp://user:se cret@192.0.2.1/x";

    assertIsWrongUse(Cli.run("race", "a:1", url), "unexpected word 'rtsp://192.0.2.1/x'");
    assertIsWrongUse(Cli.run("race", "--proxxy=" + url, "a:1"), "unknown option '--proxxy'; did");
    assertIsWrongUse(Cli.run("fleet", url), "unexpected 'rtsp://192.0.2.1/x'");
  }

  @Test
  void aFileThatIsNoTextIsSaidToBe() throws Exception {
    Path file = Files.write(folder.resolve("cameras.toml"), new byte[] {'a', (byte) 0xff, '\n'});

    assertIsWrongUse(
        Cli.run("watch", "--config=" + file), "cannot be read: it is not text in UTF-8");
    assertIsWrongUse(
        Cli.run("relay", "--users=" + file, "rtsp://127.0.0.1:9/x"),
        "cannot be read: it is not text in UTF-8");
  }

  @Test
  void aByteOrderMarkIsNoneOfAFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("marked.toml"),
            "\ufeff[front]\r\nurl = 'rtsp://h/'\r\ncolour = 'red'\r\n");

    assertIsWrongUse(Cli.run("watch", "--config=" + file), "[front]: unknown entry 'colour'");
  }

  @Test
  void aWrongEnvironmentVariableIsNamed() {
    Cli cli = new Cli().environment(Map.of("PHOTOFINISH_RENEWAL", "perhaps"));

    assertIsWrongUse(
        cli.execute("race", "a:1"),
        "environment variable PHOTOFINISH_RENEWAL: renewal: 'perhaps' is not valid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          toml | [front];url = 'rtsp://h/';racing-dely-ms = 150  | [front]: unknown entry 'racing-dely-ms'; did you mean racing-delay-ms?
          toml | [front];url = 'rtsp://h/';colour = 'red'        | [front]: unknown entry 'colour'; expected the name of an option
          toml | [front];racing-delay-ms = 150                   | [front]: has no url
          toml | url = 'rtsp://h/'                               | line 1: the url of a camera stands in its section
          toml | [[front]];url = 'rtsp://h/'                     | a list of sections; expected one section a camera
          toml | [front];url = 'rtsp://h/';racing-delay-ms = 5   | [front]: racing-delay-ms: '5 ms' is not valid
          toml | renewal = 'perhaps';[front];url = 'rtsp://h/'   | renewal: 'perhaps' is not valid; expected on or off
          toml | [front;url = 'rtsp://h/'                        | line 1
          toml | [front];url = 'http://h/'                       | expected rtsp://host
          yaml | front:;  url: rtsp://h/;  redial: [1, 2]        | [front]: redial: expected one value
          yaml | front:;  url: rtsp://h/;front:;  url: rtsp://i/ | line 3 column 6: Duplicate field 'front'
          yaml | just text                                       | expected entries and sections
          yaml | front: {url: rtsp://h/                          | line
          """)
  void aWrongFileIsNamedWithItsPlace(String kind, String content, String expected)
      throws Exception {
    Path file = folder.resolve("cameras." + kind);
    Files.write(file, Arrays.asList(content.split(";", -1)));

    Cli.Result result = Cli.run("watch", "--config", file.toString());

    assertIsWrongUse(result, expected);
    assertThat(result.err()).contains("cameras." + kind);
  }

  @Test
  void theMarkThatSomeEditorsBeginAFileWithIsNoPartOfIt() throws Exception {
    Path file = folder.resolve("cameras.toml");
    Files.writeString(file, "\ufeff[front]\r\nurl = 'http://h/'\r\n");

    assertIsWrongUse(
        Cli.run("watch", "--config", file.toString()), "line 2 [front]: url: 'http://h/'");
  }

  @ParameterizedTest
  @CsvSource({
    "watch http://me:hunter2@host/",
    "watch rtsp://me:hunter2@:0/",
    "watch rtsp://me:hunt/hunter2@host:99999/",
    "race rtsp://me:hunter2@",
    "race me:hunter2@host:1",
    "race x --foo rtsp://me:hunter2@host/",
    "watch --racing-delay-ms=1 rtsp://me:hunter2@host/",
    "camera --user me --password hunter2 --limit x"
  })
  void aPasswordIsNeverShown(String arguments) {
    Cli.Result result = Cli.run(arguments.split(" ", -1));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err() + result.out()).doesNotContain("hunter2");
  }
}
