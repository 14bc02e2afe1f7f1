package dev.photofinish.cli.config;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines on which the entries of a configuration file stand, for messages: parsers of TOML and
 * YAML give values without their place. An entry that is written in an unusual way has none.
 */
final class ConfigLines {
  static final ConfigLines NONE = new ConfigLines();

  private final Map<String, Integer> lines = new HashMap<>();

  private ConfigLines() {}

  /** Those of a file whose sections begin with {@code [name]}. */
  static ConfigLines ofToml(String text) {
    ConfigLines all = new ConfigLines();
    String section = "";
    int number = 0;
    for (Iterator<String> each = text.lines().iterator(); each.hasNext(); ) {
      String line = each.next().strip();
      number++;
      if (line.startsWith("[") && line.indexOf(']') > 0) {
        section = unquoted(line.substring(1, line.indexOf(']')));
        all.put(section, "", number);
      } else {
        all.put(section, before(line, '='), number);
      }
    }
    return all;
  }

  /** Those of a file whose sections are names with nothing behind them. */
  static ConfigLines ofYaml(String text) {
    ConfigLines all = new ConfigLines();
    String section = "";
    int number = 0;
    for (Iterator<String> each = text.lines().iterator(); each.hasNext(); ) {
      String line = each.next();
      number++;
      String name = before(line.strip(), ':');
      boolean isIndented = line.startsWith(" ") || line.startsWith("-");
      if (!isIndented && !name.isEmpty()) {
        section = name;
        all.put(name, "", number);
        all.put("", name, number);
      } else if (isIndented) {
        all.put(section, name, number);
      }
    }
    return all;
  }

  private void put(String section, String entry, int line) {
    lines.putIfAbsent(key(section, entry), line);
  }

  private static String key(String section, String entry) {
    return section + "\n" + entry;
  }

  private static String before(String line, char separator) {
    int end = line.indexOf(separator);
    return end < 0 || line.startsWith("#") ? "" : unquoted(line.substring(0, end));
  }

  private static String unquoted(String name) {
    String bare = name.strip();
    boolean quoted = bare.length() > 1 && (bare.startsWith("\"") || bare.startsWith("'"));
    return quoted ? bare.substring(1, bare.length() - 1) : bare;
  }

  /**
   * Words such as {@code " line 7"}; empty where the line is not known.
   *
   * @param section null for the top of the file
   * @param entry empty for the section's own line
   */
  String at(@Nullable String section, String entry) {
    Integer line = lines.get(key(section == null ? "" : section, entry));
    return line == null ? "" : " line " + line;
  }
}
