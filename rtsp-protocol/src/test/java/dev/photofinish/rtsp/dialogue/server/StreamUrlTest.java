package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as readers make them of ours. */
class StreamUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtsp://h/cam                       | cam          |         |    | rtsp://h/cam/",
        "rtsp://h/cam/                      | cam          |         |    | rtsp://h/cam/",
        "rtsp://h:8554/cam/trackID=1        | cam          |         | 1  | rtsp://h:8554/cam/",
        "rtsp://h/cam/trackID=1/            | cam          |         | 1  | rtsp://h/cam/",
        "rtsp://h/cam//trackID=2            | cam          |         | 2  | rtsp://h/cam/",
        "rtsp://h/cam/TrackId=12            | cam          |         | 12 | rtsp://h/cam/",
        "rtsp://h/cam?a=1                   | cam          | a=1     |    | rtsp://h/cam/",
        "rtsp://h/cam/?a=1                  | cam          | a=1     |    | rtsp://h/cam/",
        "rtsp://h/cam?a=/b/trackID=1        | cam          | a=/b    | 1  | rtsp://h/cam/",
        "rtsp://h/cam/trackID=1?a=1         | cam          | a=1     | 1  | rtsp://h/cam/",
        "rtsp://h/yard/north                | yard/north   |         |    | rtsp://h/yard/north/",
        "rtsp://h/a%20b%2fc                 | a b/c        |         |    | rtsp://h/a%20b%2fc/",
        "rtsp://h/100%                      | 100%         |         |    | rtsp://h/100%/",
        "rtsp://h/%zz%4                     | %zz%4        |         |    | rtsp://h/%zz%4/",
        "rtsp://u:p@h/cam                   | cam          |         |    | rtsp://h/cam/",
        "rtsps://[2001:db8::1]:322/cam      | cam          |         |    |"
            + " rtsps://[2001:db8::1]:322/cam/",
        "rtsp://h                           | ''           |         |    | rtsp://h/",
        "rtsp://h/trackID=1                 | ''           |         | 1  | rtsp://h/",
        "rtsp://h/cam/trackID=x             | cam          |         | 0  | rtsp://h/cam/",
        "rtsp://h/cam/trackID=              | cam          |         | 0  | rtsp://h/cam/",
        "rtsp://h/cam/trackID=99999999999   | cam          |         | 0  | rtsp://h/cam/",
      })
  void isTakenApart(String uri, String name, String query, Integer track, String aggregate)
      throws RtspFormatException {
    StreamUrl url = StreamUrl.parse(uri);
    assertThat(url.name()).isEqualTo(name);
    assertThat(url.query()).isEqualTo(query == null ? "" : query);
    assertThat(url.track()).isEqualTo(track == null ? OptionalInt.empty() : OptionalInt.of(track));
    assertThat(url.aggregate()).isEqualTo(aggregate);
  }
}
