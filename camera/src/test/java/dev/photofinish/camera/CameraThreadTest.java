package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The way onto a camera's event loop. */
class CameraThreadTest {

  @Test
  void whatIsRunIsDoneOnTheLoopWhenItReturns() {
    CameraThread thread = new CameraThread();
    AtomicBoolean onLoop = new AtomicBoolean();
    thread.run(() -> onLoop.set(thread.loop().inEventLoop()));
    assertThat(onLoop).isTrue();
    thread.end();
  }

  @Test
  void whatTheLoopRunsItselfIsDoneAtOnce() {
    CameraThread thread = new CameraThread();
    List<String> order = new ArrayList<>();
    thread.run(
        () -> {
          order.add("before");
          thread.run(() -> order.add("within"));
          order.add("after");
        });
    assertThat(order).containsExactly("before", "within", "after");
    thread.end();
  }

  @Test
  void afterTheEndNothingIsRun() throws Exception {
    CameraThread thread = new CameraThread();
    CompletableFuture<Thread> loop = new CompletableFuture<>();
    thread.run(() -> loop.complete(Thread.currentThread()));
    thread.end();
    loop.join().join(10_000); // it reports its end a moment before it is over
    assertThat(loop.join().isAlive()).isFalse();
    AtomicBoolean ran = new AtomicBoolean();
    thread.run(() -> ran.set(true));
    assertThat(ran).isFalse();
  }

  @Test
  void theLoopMayEndItself() throws Exception {
    CameraThread thread = new CameraThread();
    CompletableFuture<Thread> loop = new CompletableFuture<>();
    thread.run(
        () -> {
          loop.complete(Thread.currentThread());
          thread.end();
        });
    loop.join().join(10_000);
    assertThat(loop.join().isAlive()).isFalse();
  }
}
