package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Sized;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;

final class LiveDisplayTest {

  @Test
  void linesStayAndTheStatusIsDrawnOver() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(new ByteArrayInputStream(new byte[0]), out)
            .type("xterm")
            .encoding(StandardCharsets.UTF_8)
            .build()) {
      terminal.setSize((Sized) Size.of(40, 10));
      try (LiveDisplay display = new LiveDisplay(terminal)) {
        display.status(List.of("status one"));
        display.line("a line that stays");
        display.status(List.of("status two"));
      }
    }

    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("a line that stays", "status one", "two").contains("\u001b[");
    assertThat(text.indexOf("a line that stays")).isGreaterThan(text.indexOf("status one"));
  }
}
