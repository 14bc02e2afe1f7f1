package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.rtsp.client.Camera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The element's properties are the options. */
class ElementPropertiesTest {
  private static String entry(String option) {
    String text = ElementProperties.text();
    int name = text.indexOf(".name = \"" + option + "\"");
    return text.substring(name, text.indexOf("\n},", name));
  }

  @Test
  void theFileIsCurrent() throws IOException {
    assertThat(Path.of("../gstreamer/src/options.inc"))
        .as("./photofinish gst-source --properties > gstreamer/src/options.inc")
        .hasContent(ElementProperties.text());
    assertThat(Files.readString(Path.of("../gstreamer/src/options.inc"))).isASCII();
  }

  @Test
  void eachOptionOfACameraIsThere() {
    for (OptionTable<?, ?> table : Camera.OPTIONS) {
      for (Option<?> option : table) {
        assertThat(ElementProperties.text()).contains(".name = \"" + option.name() + "\"");
      }
    }
  }

  @Test
  void wordsAreAnEnum() {
    assertThat(entry("connection-racing"))
        .contains(".type = PF_ENUM", "PhotofinishConnectionRacing", ".def = 0")
        .contains("{\"none\", \"first-wins\", \"last-wins\", \"hybrid\", \"auto\", NULL}");
    assertThat(entry("finish-line")).contains("{\"auto\", \"connect\", \"tls\", \"response\"");
  }

  @Test
  void durationsAreNanosecondsUnlessTheNameSaysMilliseconds() {
    assertThat(entry("racing-timeout"))
        .contains(".type = PF_TIME", ".min = 1000000,", "(3600000000000)", "(5000000000)")
        .contains("in nanoseconds");
    assertThat(entry("resolution-delay-ms"))
        .contains(".type = PF_INT", ".min = 0", ".max = 2000", ".def = 50");
  }

  @Test
  void zeroIsInTheRangeWhereItStandsForNoLimit() {
    assertThat(entry("stall-timeout")).contains(".min = 0,");
  }

  @Test
  void theWordOfANumberIsTheValueBelowAllThatMeanSomething() {
    assertThat(entry("racing-delay-ms"))
        .contains(".min = -1", ".def = 250", ".word = \"auto\"", ".word_value = -1", "-1 is auto");
    assertThat(entry("max-reconnection-attempts"))
        .contains(".min = -2", ".def = -2", ".word_value = -2");
  }

  @Test
  void switchesNumbersAndTextsHaveTheirTypes() {
    assertThat(entry("renewal")).contains(".type = PF_BOOLEAN", ".def = 1");
    assertThat(entry("scale"))
        .contains(".type = PF_DOUBLE", ".fmin = -1000.0", ".fmax = 1000.0", ".fdef = 1.0");
    assertThat(entry("range")).contains(".type = PF_STRING", ".text = \"live\"");
  }
}
