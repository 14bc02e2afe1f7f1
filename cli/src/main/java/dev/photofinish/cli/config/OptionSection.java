package dev.photofinish.cli.config;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Options that stand together under one heading of a command's help. */
public record OptionSection(String heading, List<? extends Option<?>> options) {

  /** All options of {@code table}. */
  public OptionSection(String heading, OptionTable<?, ?> table) {
    this(heading, table.options());
  }

  /**
   * The same options with those called {@code names} set apart in a section of their own, the
   * first, in the order of {@code names}.
   */
  public static List<OptionSection> withFirst(
      String heading, List<String> names, List<OptionSection> sections) {
    List<OptionSection> all = new ArrayList<>();
    all.add(
        new OptionSection(
            heading, names.stream().<Option<?>>map(name -> find(name, sections)).toList()));
    for (OptionSection section : sections) {
      List<? extends Option<?>> rest =
          section.options().stream().filter(option -> !names.contains(option.name())).toList();
      if (!rest.isEmpty()) {
        all.add(new OptionSection(section.heading(), rest));
      }
    }
    return all;
  }

  private static Option<?> find(String name, List<OptionSection> sections) {
    Stream<Option<?>> options = sections.stream().flatMap(section -> section.options().stream());
    return options.filter(option -> option.name().equals(name)).findFirst().orElseThrow();
  }
}
