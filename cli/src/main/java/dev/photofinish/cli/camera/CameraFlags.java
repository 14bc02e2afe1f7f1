package dev.photofinish.cli.camera;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;

/** The knobs of the simulated camera, which knows nothing of ours, as options. */
final class CameraFlags {
  /** Where a person expects a camera; the camera itself would take any free port. */
  private static final String PORT = "8554";

  static final OptionTable<SimulatedCamera.Builder, SimulatedCamera.Builder> OPTIONS =
      OptionTable.of(
          CameraFlags::builder,
          builder -> builder,
          Knob.all().stream().map(CameraFlags::option).toList());

  private CameraFlags() {}

  private static Option<SimulatedCamera.Builder> option(Knob<?> knob) {
    return new Option<>(
        knob.name(),
        knob.equals(Knob.PORT) ? PORT : knob.defaultText(),
        knob.description() + "; " + knob.range(),
        OptionType.text(knob.range(), (option, text) -> text),
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
