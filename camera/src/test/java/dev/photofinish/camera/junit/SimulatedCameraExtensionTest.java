package dev.photofinish.camera.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Classes of tests that are run by JUnit's launcher, and their cameras looked at afterwards. */
@Timeout(120)
class SimulatedCameraExtensionTest {
  /** The cameras that the tests were given, in the order of the tests' methods and parameters. */
  private static final List<SimulatedCamera> GIVEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    GIVEN.clear();
  }

  private static TestExecutionSummary run(Class<?> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }

  private static void takes(SimulatedCamera camera) throws IOException {
    GIVEN.add(camera);
    new Socket(camera.address().getAddress(), camera.port()).close();
  }

  private static void assertClosed(SimulatedCamera camera) {
    Assertions.assertThatThrownBy(
            () -> new Socket(camera.address().getAddress(), camera.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class OneParameter {
    @Test
    void first(SimulatedCamera camera) throws IOException {
      takes(camera);
    }

    @Test
    void second(SimulatedCamera camera) throws IOException {
      takes(camera);
    }
  }

  @Test
  void everyTestHasACameraOfItsOwnThatIsClosedAfterIt() {
    assertThat(run(OneParameter.class).getTestsSucceededCount()).isEqualTo(2);
    assertThat(GIVEN).hasSize(2).doesNotHaveDuplicates();
    GIVEN.forEach(SimulatedCameraExtensionTest::assertClosed);
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class Failing {
    @Test
    void fails(SimulatedCamera camera) throws IOException {
      takes(camera);
      fail("as it should");
    }
  }

  @Test
  void aCameraIsClosedWhenItsTestFails() {
    assertThat(run(Failing.class).getTestsFailedCount()).isEqualTo(1);
    assertThat(GIVEN).hasSize(1);
    assertClosed(GIVEN.get(0));
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class FailingConstructor {
    FailingConstructor(SimulatedCamera camera) throws IOException {
      takes(camera);
      fail("as it should");
    }

    @Test
    void isNotReached() {}
  }

  @Test
  void aCameraIsClosedWhenTheConstructorFails() {
    assertThat(run(FailingConstructor.class).getTestsFailedCount()).isEqualTo(1);
    assertThat(GIVEN).hasSize(1);
    assertClosed(GIVEN.get(0));
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class TwoParameters {
    @ParameterizedTest
    @ValueSource(strings = "a")
    void has(String argument, SimulatedCamera first, SimulatedCamera second) throws IOException {
      takes(first);
      takes(second);
    }
  }

  @Test
  void twoParametersAreTwoCameras() {
    assertThat(run(TwoParameters.class).getTestsSucceededCount()).isEqualTo(1);
    assertThat(GIVEN).hasSize(2).doesNotHaveDuplicates();
    GIVEN.forEach(SimulatedCameraExtensionTest::assertClosed);
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class EveryPlace {
    EveryPlace(SimulatedCamera camera) {
      GIVEN.add(camera);
    }

    @BeforeEach
    void before(SimulatedCamera camera) {
      GIVEN.add(camera);
    }

    @Test
    void first(SimulatedCamera camera) throws IOException {
      takes(camera);
    }

    @Test
    void second(SimulatedCamera camera) throws IOException {
      takes(camera);
    }

    @AfterEach
    void after(SimulatedCamera camera) throws IOException {
      takes(camera);
    }
  }

  @Test
  void constructorCallbacksAndTestShareTheCameraOfOneTest() {
    assertThat(run(EveryPlace.class).getTestsSucceededCount()).isEqualTo(2);
    assertThat(GIVEN).hasSize(8);
    assertThat(GIVEN.subList(0, 4)).containsOnly(GIVEN.get(0));
    assertThat(GIVEN.subList(4, 8)).containsOnly(GIVEN.get(4)).doesNotContain(GIVEN.get(0));
    GIVEN.forEach(SimulatedCameraExtensionTest::assertClosed);
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class OfTheClass {
    @BeforeAll
    static void before(SimulatedCamera camera) {
      GIVEN.add(camera);
    }

    @Test
    void first(SimulatedCamera camera) throws IOException {
      takes(camera);
    }

    @Test
    void second(SimulatedCamera camera) throws IOException {
      takes(camera);
    }
  }

  @Test
  void aCameraOfBeforeAllIsForAllTestsOfTheClass() {
    assertThat(run(OfTheClass.class).getTestsSucceededCount()).isEqualTo(2);
    assertThat(GIVEN).hasSize(3).containsOnly(GIVEN.get(0));
    assertClosed(GIVEN.get(0));
  }

  static class Customised {
    @RegisterExtension
    final SimulatedCameraExtension cameras =
        new SimulatedCameraExtension(SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST));

    @Test
    void has(SimulatedCamera first, SimulatedCamera second) throws IOException {
      takes(first);
      takes(second);
    }
  }

  @Test
  void aRegisteredExtensionStartsItsOwnKindOfCamera() {
    assertThat(run(Customised.class).getTestsSucceededCount()).isEqualTo(1);
    assertThat(GIVEN)
        .hasSize(2)
        .allSatisfy(camera -> assertThat(camera.options().get(Knob.LIMIT)).isEqualTo(1));
    GIVEN.forEach(SimulatedCameraExtensionTest::assertClosed);
  }

  @ExtendWith(SimulatedCameraExtension.class)
  static class OfAnotherType {
    @Test
    void has(Object camera) {
      GIVEN.add((SimulatedCamera) camera);
    }
  }

  @Test
  void aParameterOfAnotherTypeIsLeftToOthers() {
    TestExecutionSummary summary = run(OfAnotherType.class);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageContaining("No ParameterResolver registered"));
    assertThat(GIVEN).isEmpty();
  }
}
