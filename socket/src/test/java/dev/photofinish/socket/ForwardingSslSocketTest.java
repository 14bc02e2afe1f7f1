package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Every method is forwarded: else a socket that is never connected would answer. */
class ForwardingSslSocketTest {
  private static boolean isTheObjects(Method method) {
    return method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers());
  }

  private static boolean isHandedOn(Method method) {
    return Stream.of(ForwardingSslSocket.class, RacingSslSocket.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .anyMatch(
            ours ->
                ours.getName().equals(method.getName())
                    && Arrays.equals(ours.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void everyMethodOfATlsSocketIsHandedOn() {
    List<Method> all =
        Arrays.stream(SSLSocket.class.getMethods()).filter(each -> !isTheObjects(each)).toList();
    assertThat(all).extracting(Method::getName).contains("startHandshake", "setSoTimeout");
    assertThat(all).allMatch(ForwardingSslSocketTest::isHandedOn);
  }
}
