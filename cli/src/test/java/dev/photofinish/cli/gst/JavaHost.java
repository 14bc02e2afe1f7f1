package dev.photofinish.cli.gst;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.FlowReturn;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.elements.AppSink;

/** A program with a pipeline in Java: decodes some pictures of the camera that is its argument. */
final class JavaHost {
  private static final int PICTURES = 25;
  private static final int SECONDS = 40;

  private JavaHost() {}

  public static void main(String[] arguments) throws InterruptedException {
    Gst.init("host");
    CountDownLatch pictures = new CountDownLatch(PICTURES);
    try (Pipeline pipeline =
        (Pipeline)
            Gst.parseLaunch(
                "photofinishsrc connection-racing=hybrid latency=100 location="
                    + arguments[0]
                    + " ! application/x-rtp,media=video ! decodebin ! videoconvert"
                    + " ! video/x-raw,format=RGB ! appsink name=sink")) {
      AppSink sink = (AppSink) pipeline.getElementByName("sink");
      sink.set("emit-signals", true);
      sink.connect((AppSink.NEW_SAMPLE) from -> took(from.pullSample(), pictures));
      pipeline.getBus().connect((Bus.ERROR) (source, code, message) -> fail(message));
      pipeline.play();
      boolean all = pictures.await(SECONDS, TimeUnit.SECONDS);
      pipeline.stop();
      System.out.println(all ? "all pictures came" : pictures.getCount() + " are missing");
    }
    Gst.deinit();
  }

  private static FlowReturn took(Sample sample, CountDownLatch pictures) {
    sample.dispose();
    pictures.countDown();
    return FlowReturn.OK;
  }

  private static void fail(String message) {
    System.out.println("error: " + message);
    Runtime.getRuntime().halt(1);
  }
}
