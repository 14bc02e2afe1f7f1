package dev.photofinish.camera;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a camera, a value for each {@link Knob}; immutable. */
public final class CameraOptions {

  private final Map<Knob<?>, Object> values;

  CameraOptions(Map<Knob<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of {@code knob}, its default if it was not set. */
  public <T> T get(Knob<T> knob) {
    @SuppressWarnings("unchecked") // The builder puts a T under a Knob<T> only.
    T value = (T) values.get(knob);
    return value == null ? knob.defaultValue() : value;
  }

  /** Whether clients must show credentials. */
  boolean protectedByPassword() {
    return !get(Knob.USER).isEmpty();
  }

  /** What was set, as text; never the password. */
  @Override
  public String toString() {
    Map<String, String> shown = new LinkedHashMap<>();
    Knob.all().stream()
        .filter(values::containsKey)
        .forEach(knob -> shown.put(knob.name(), shown(knob)));
    return shown.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private String shown(Knob<?> knob) {
    return knob == (Object) Knob.PASSWORD ? "***" : KnobText.of(get(knob));
  }
}
