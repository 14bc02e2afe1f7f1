package dev.photofinish.cli.command;

import dev.photofinish.connect.RaceException;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraRaces;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A race inside this machine that nobody sees. The first race of a process pays for loading the
 * program, a hundred times what a connection takes: it would be measured with it, and the racing
 * delay would run out on a camera that is not slow.
 */
public final class WarmUp {
  private static final byte[] ANSWER =
      "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private WarmUp() {}

  public static void run() throws InterruptedException {
    Consumer<String> log = LogSetup.silence();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread peer = new Thread(() -> answer(server), "warm-up");
      peer.setDaemon(true);
      peer.start();
      race("rtsp://127.0.0.1:" + server.getLocalPort() + "/");
    } catch (IOException e) {
      LoggerFactory.getLogger(WarmUp.class).debug("the loopback does not listen", e);
    } finally {
      LogSetup.sendTo(log);
    }
  }

  private static void race(String url) throws InterruptedException {
    try (CameraRaces races = new CameraRaces(Camera.at(url))) {
      races.race().await().channel().closeFuture().await();
    } catch (RaceException e) {
      LoggerFactory.getLogger(WarmUp.class).debug("the loopback does not connect", e);
    }
  }

  private static void answer(ServerSocket server) {
    try (Socket client = server.accept()) {
      InputStream request = client.getInputStream();
      if (request.read() >= 0) {
        client.getOutputStream().write(ANSWER);
        request.skip(Long.MAX_VALUE);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(WarmUp.class).debug("the loopback does not answer", e);
    }
  }
}
