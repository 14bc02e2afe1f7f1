package dev.photofinish.cli.camera;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.util.List;

/** The knobs of the simulated camera, which knows nothing of ours, as options. */
final class CameraFlags {
  /** Where a person expects a camera; the camera itself would take any free port. */
  private static final String PORT = "8554";

  static final List<Option<SimulatedCamera.Builder>> OPTIONS =
      Knob.all().stream().map(CameraFlags::option).toList();

  private CameraFlags() {}

  private static Option<SimulatedCamera.Builder> option(Knob<?> knob) {
    return new Option<>(
        knob.name(),
        knob.equals(Knob.PORT) ? PORT : knob.defaultText(),
        knob.description() + "; " + knob.range(),
        (builder, text) -> set(builder, knob, text));
  }

  private static void set(SimulatedCamera.Builder builder, Knob<?> knob, String text) {
    try {
      builder.set(knob.name(), text);
    } catch (IllegalArgumentException e) {
      String shown = knob.equals(Knob.PASSWORD) ? "***" : text;
      throw (InvalidOptionException)
          new InvalidOptionException(knob.name(), shown, knob.range()).initCause(e);
    }
  }

  static SimulatedCamera.Builder builder() {
    return SimulatedCamera.builder().set(Knob.PORT.name(), PORT);
  }
}
