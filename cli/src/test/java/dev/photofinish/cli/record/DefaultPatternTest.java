package dev.photofinish.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.Camera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder of a camera whose user named neither a file nor a pattern. */
class DefaultPatternTest {
  private static String folder(String pattern) {
    return pattern.replaceFirst("^recordings/", "").replaceFirst("/%Y-%m-%d/%H-%M-%S$", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rtsp://door.example:8554/live      ! door.example
          rtsp://user:pw@192.0.2.1/a|b{1}    ! 192.0.2.1
          rtsp://my_cam/x?y=[2]              ! my_cam
          rtsp://[2001:db8::1]/x             ! 2001_db8__1
          rtsp://[fe80::1%25eth0]/x          ! fe80__1_eth0
          """)
  void theHostOfItsAddress(String url, String expected) {
    assertThat(folder(RecordCommand.defaultPattern(null, Camera.at(url)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"front door,front_door", "../etc,_._etc", "100%,100_"})
  void theSectionOfTheFileIfThereIsOne(String section, String expected) {
    Camera camera = Camera.at("rtsp://192.0.2.1/");
    assertThat(folder(RecordCommand.defaultPattern(section, camera))).isEqualTo(expected);
  }

  @Test
  void itIsAPatternOfItsOwnForEachDay() {
    assertThat(RecordCommand.defaultPattern("door", Camera.at("rtsp://192.0.2.1/")))
        .isEqualTo("recordings/door/%Y-%m-%d/%H-%M-%S");
  }
}
