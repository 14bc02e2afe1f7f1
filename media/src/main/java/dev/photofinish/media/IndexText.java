package dev.photofinish.media;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code index.json}.
 *
 * @param open the file that is written, as it will be called; null for none
 * @param openedAt the time of its first frame; null for none
 * @param removed files that were removed since the recording began
 */
record IndexText(
    @Nullable String open, @Nullable Instant openedAt, long removed, List<RecordedFile> files) {
  private static final int VERSION = 1;

  static final IndexText EMPTY = new IndexText(null, null, 0, List.of());

  String write() {
    StringBuilder out = new StringBuilder("{\n  \"version\": " + VERSION + ",\n");
    out.append("  \"open\": ").append(open == null ? "null" : Json.quoted(open)).append(",\n");
    out.append("  \"openedAt\": ").append(quoted(openedAt)).append(",\n");
    out.append("  \"removed\": ").append(removed).append(",\n  \"files\": [");
    for (int i = 0; i < files.size(); i++) {
      out.append(i == 0 ? "\n    " : ",\n    ");
      file(files.get(i), out);
    }
    return out.append(files.isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
  }

  private static String quoted(@Nullable Instant time) {
    return time == null ? "null" : Json.quoted(time.toString());
  }

  private static void file(RecordedFile file, StringBuilder out) {
    out.append("{\"name\": ").append(Json.quoted(file.name()));
    out.append(", \"begin\": ").append(quoted(file.begin()));
    out.append(", \"seconds\": ").append(seconds(file.length()));
    out.append(", \"bytes\": ").append(file.bytes());
    out.append(", \"headerBytes\": ").append(file.headerBytes());
    out.append(", \"indexBytes\": ").append(file.indexBytes());
    out.append(", \"frames\": ").append(file.frames());
    out.append(", \"gaps\": [");
    for (int i = 0; i < file.gaps().size(); i++) {
      Gap gap = file.gaps().get(i);
      out.append(i == 0 ? "" : ", ").append("{\"begin\": ").append(quoted(gap.begin()));
      out.append(", \"seconds\": ").append(seconds(gap.length()));
      out.append(", \"cause\": \"").append(gap.cause().name().toLowerCase(Locale.ROOT));
      out.append("\"}");
    }
    out.append("]}");
  }

  static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.3f", length.toNanos() / 1e9);
  }

  /**
   * @throws IllegalArgumentException where it is no index of this version
   */
  static IndexText read(String text) {
    try {
      Map<?, ?> index = object(Json.parse(text));
      if (number(index, "version") != VERSION) {
        throw new IllegalArgumentException("it is of another version");
      }
      List<RecordedFile> files = new ArrayList<>();
      for (Object file : array(index, "files")) {
        files.add(file(object(file)));
      }
      String open = index.get("open") == null ? null : name(index, "open");
      Instant openedAt = open == null ? null : time(index, "openedAt");
      return new IndexText(open, openedAt, (long) number(index, "removed"), files);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static RecordedFile file(Map<?, ?> file) {
    List<Gap> gaps = new ArrayList<>();
    for (Object gap : array(file, "gaps")) {
      Map<?, ?> of = object(gap);
      Gap.Cause cause = Gap.Cause.valueOf(string(of, "cause").toUpperCase(Locale.ROOT));
      gaps.add(new Gap(time(of, "begin"), duration(of), cause));
    }
    return new RecordedFile(
        name(file, "name"),
        time(file, "begin"),
        duration(file),
        (long) number(file, "bytes"),
        (long) number(file, "headerBytes"),
        file.get("indexBytes") == null ? 0 : (long) number(file, "indexBytes"), // in older ones
        (long) number(file, "frames"),
        gaps);
  }

  private static Map<?, ?> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("an object is missing");
  }

  private static List<?> array(Map<?, ?> of, String name) {
    if (of.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(name + " is no array");
  }

  private static String string(Map<?, ?> of, String name) {
    if (of.get(name) instanceof String string) {
      return string;
    }
    throw new IllegalArgumentException(name + " is no string");
  }

  /** Checked: files are removed by these names. */
  private static String name(Map<?, ?> of, String name) {
    String value = string(of, name);
    FileNamePattern.check(value);
    return value;
  }

  private static double number(Map<?, ?> of, String name) {
    if (of.get(name) instanceof Double number) {
      return number;
    }
    throw new IllegalArgumentException(name + " is no number");
  }

  private static Instant time(Map<?, ?> of, String name) {
    return Instant.parse(string(of, name));
  }

  private static Duration duration(Map<?, ?> of) {
    return Duration.ofNanos(Math.round(number(of, "seconds") * 1e9));
  }
}
