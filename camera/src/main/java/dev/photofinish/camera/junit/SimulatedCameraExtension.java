package dev.photofinish.camera.junit;

import dev.photofinish.camera.SimulatedCamera;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit tests simulated cameras: each parameter of type {@link SimulatedCamera} is a camera
 * that has started, and is closed after the test, also when the test fails.
 *
 * <pre>{@code
 * @ExtendWith(SimulatedCameraExtension.class)
 * class PlayerTest {
 *   @Test
 *   void plays(SimulatedCamera camera) {
 *     play(camera.url());
 *   }
 * }
 * }</pre>
 *
 * <p>A camera with other settings comes from a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * final SimulatedCameraExtension cameras =
 *     new SimulatedCameraExtension(SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST));
 * }</pre>
 *
 * <p>Every test has cameras of its own. Within a test the first parameter of the constructor, of
 * {@code @BeforeEach}, the test and {@code @AfterEach} is the same camera, the second of each
 * another, and so on; the field of a constructor's parameter must be static. A parameter of
 * {@code @BeforeAll} is a camera for all tests of the class, which is closed after the last.
 *
 * <p>For JUnit 5.12 and newer, 6 included; the module needs JUnit for this package alone.
 */
public final class SimulatedCameraExtension implements ParameterResolver {
  private static final Namespace CAMERAS = Namespace.create(SimulatedCameraExtension.class);

  private final SimulatedCamera.Builder builder;

  /** Gives cameras with the defaults of every knob. */
  public SimulatedCameraExtension() {
    this(SimulatedCamera.builder());
  }

  /**
   * Gives cameras that {@code builder} starts. With a port of its own only one can be open at a
   * time.
   */
  public SimulatedCameraExtension(SimulatedCamera.Builder builder) {
    this.builder = builder;
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SimulatedCamera.class;
  }

  @Override
  @SuppressWarnings("deprecation") // its successor is not in JUnit 5
  public SimulatedCamera resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Started started =
        context
            .getStore(CAMERAS)
            .getOrComputeIfAbsent(
                number(parameter), number -> new Started(builder.start()), Started.class);
    return Objects.requireNonNull(started).camera();
  }

  /** Counts the cameras among the parameters before this one. */
  private static long number(ParameterContext parameter) {
    return Arrays.stream(parameter.getDeclaringExecutable().getParameterTypes())
        .limit(parameter.getIndex())
        .filter(type -> type == SimulatedCamera.class)
        .count();
  }

  /** A camera that the store of a test closes: JUnit before 5.13 knows its own interface alone. */
  @SuppressWarnings("deprecation")
  private record Started(SimulatedCamera camera)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      camera.close();
    }
  }
}
