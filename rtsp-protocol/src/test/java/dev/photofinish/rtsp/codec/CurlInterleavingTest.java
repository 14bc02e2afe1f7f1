package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * curl's test 571: frames behind responses and behind a body that begins with a dollar sign, full
 * of dollar signs themselves, some shorter or longer than they say. The frames are made as curl's
 * test server makes them, and what must be found is what curl's client must find.
 */
class CurlInterleavingTest {
  private static final Path TEST = Path.of("src/test/resources/camera-data/curl/test571.xml");
  private static final String PATTERN = "$_1234\n\0Rsdf";
  private static final Pattern COMMAND =
      Pattern.compile("rtp: part (\\d) channel (\\d) size (\\d+)(?: size_err (-?\\d+))?");
  private static final Pattern FOUND = Pattern.compile("RTP: message size (\\d+), channel (\\d)");

  private static String text() throws IOException {
    return Files.readString(TEST);
  }

  private static byte[] connection() throws IOException {
    var parts = new ArrayList<byte[]>();
    for (int part = 1; part <= 4; part++) {
      parts.add(reply(part));
      Matcher command = COMMAND.matcher(text());
      while (command.find()) {
        if (command.group(1).equals(String.valueOf(part))) {
          parts.add(frame(command));
        }
      }
    }
    return Decoded.join(parts.toArray(byte[][]::new));
  }

  private static byte[] reply(int part) throws IOException {
    String tag = "data" + part;
    Matcher reply =
        Pattern.compile("<" + tag + " crlf=\"headers\">\n(.*?)</" + tag + ">", Pattern.DOTALL)
            .matcher(text());
    assertThat(reply.find()).isTrue();
    return reply.group(1).getBytes(StandardCharsets.UTF_8);
  }

  /** The size is what is sent; the header says the size and the error. */
  private static byte[] frame(Matcher command) {
    int size = Integer.parseInt(command.group(3));
    int error = command.group(4) == null ? 0 : Integer.parseInt(command.group(4));
    byte[] frame = Decoded.frame(Integer.parseInt(command.group(2)), new byte[size]);
    for (int i = 0; i < size; i++) {
      frame[4 + i] = (byte) PATTERN.charAt(i % PATTERN.length());
    }
    frame[2] = (byte) ((size + error) >> 8);
    frame[3] = (byte) (size + error);
    return frame;
  }

  private static List<String> expected() throws IOException {
    Matcher found = FOUND.matcher(text());
    var expected = new ArrayList<String>();
    while (found.find()) {
      expected.add(found.group(2) + ":" + found.group(1));
    }
    return expected;
  }

  private static List<String> frames(Decoded decoded) {
    return decoded.frames().stream().map(frame -> frame.channel() + ":" + frame.length()).toList();
  }

  @Test
  void theFramesThatCurlFindsAreFoundAndAllResponses() throws IOException {
    Decoded decoded = Decoded.of(connection());

    assertThat(frames(decoded)).isEqualTo(expected());
    assertThat(decoded.messages()).hasSize(4);
    assertThat(decoded.messages().get(2).body().text()).isEqualTo("$99\n");
    assertThat(decoded.errors()).isEmpty();
  }

  @Test
  void howeverTheConnectionIsSplit() throws IOException {
    byte[] connection = connection();
    List<String> whole = Decoded.of(connection).log();
    for (int size : List.of(1, 2, 3, 5, 7, 64, 1448)) {
      var decoded = new Decoded();
      for (int at = 0; at < connection.length; at += size) {
        decoded.feed(connection, at, Math.min(connection.length, at + size));
      }
      assertThat(decoded.end().log()).describedAs("pieces of %d", size).isEqualTo(whole);
    }
  }
}
