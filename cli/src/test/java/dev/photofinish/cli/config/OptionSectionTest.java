package dev.photofinish.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.Option;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The sections of a command's help. */
final class OptionSectionTest {
  private static final List<OptionSection> SECTIONS =
      List.of(
          new OptionSection("Access", AuthOptions.OPTIONS),
          new OptionSection("Learning", HistoryOptions.OPTIONS));

  private static List<String> names(OptionSection section) {
    return section.options().stream().map(Option::name).toList();
  }

  @Test
  void someOptionsComeFirstInTheOrderGiven() {
    List<OptionSection> sections =
        OptionSection.withFirst("First", List.of("password", "history-file"), SECTIONS);

    assertThat(sections).extracting(OptionSection::heading).containsExactly("First", "Access");
    assertThat(names(sections.get(0))).containsExactly("password", "history-file");
    assertThat(names(sections.get(1))).containsExactly("user", "tls-insecure");
  }

  @Test
  void aNameThatIsNoOptionIsAMistake() {
    assertThatThrownBy(() -> OptionSection.withFirst("First", List.of("pasword"), SECTIONS))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theNamesOfAllSectionsAreKnown() {
    assertThat(OptionSources.names(SECTIONS.stream()))
        .containsExactly("history-file", "password", "tls-insecure", "user");
  }
}
