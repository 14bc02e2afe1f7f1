package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Json;
import dev.photofinish.connect.CertificateJudge;
import io.netty.buffer.ByteBufAllocator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the host about certificates of an element's camera: once about each, however many attempts
 * of a race and later connections show it.
 */
final class ElementCertificates implements CertificateJudge {
  /** Questions at one time, and certificates that are remembered. */
  private static final int MOST = 16;

  private record Shown(String host, X509Certificate certificate) {}

  private record Question(int number, CompletableFuture<Boolean> answer) {}

  private final int element;
  private final HostWriter writer;
  private final Map<Shown, Question> open = new HashMap<>();
  private final Map<Shown, Boolean> answered = new HashMap<>();
  private int last;
  private boolean closed;

  ElementCertificates(int element, HostWriter writer) {
    this.element = element;
    this.writer = writer;
  }

  @Override
  public CompletionStage<Boolean> accepts(String host, List<X509Certificate> chain) {
    Shown shown = new Shown(host, chain.get(0));
    Question question;
    synchronized (this) {
      Boolean known = answered.get(shown);
      if (known != null) {
        return CompletableFuture.completedFuture(known);
      }
      question = open.get(shown);
      if (question != null) {
        return question.answer();
      }
      if (closed || open.size() == MOST) {
        return CompletableFuture.completedFuture(false);
      }
      question = new Question(++last, new CompletableFuture<>());
      open.put(shown, question);
    }
    int number = question.number();
    String json = json(shown.host(), chain);
    writer.channel().eventLoop().execute(() -> ask(number, json));
    return question.answer();
  }

  private synchronized void ask(int number, String json) {
    if (!closed) {
      ByteBufAllocator allocator = writer.channel().alloc();
      writer.message(Wire.answer(allocator, Wire.CERTIFICATE, element, number, json));
    }
  }

  private static String json(String host, List<X509Certificate> chain) {
    StringBuilder pem = new StringBuilder();
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    try {
      for (X509Certificate certificate : chain) {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(base64.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that came encoded has no encoding", e);
    }
    return Json.line(Map.of("host", host, "certificates", pem.toString()));
  }

  /** The host's answer to a question. */
  void answered(int number, boolean yes) {
    CompletableFuture<Boolean> answer = null;
    synchronized (this) {
      for (Map.Entry<Shown, Question> entry : open.entrySet()) {
        if (entry.getValue().number() == number) {
          answer = entry.getValue().answer();
          remember(entry.getKey(), yes);
        }
      }
      open.values().removeIf(question -> question.number() == number);
    }
    if (answer != null) {
      answer.complete(yes);
    }
  }

  private void remember(Shown shown, boolean yes) {
    if (answered.size() == MOST) {
      answered.clear();
    }
    answered.put(shown, yes);
  }

  /** Nobody answers any more: what waits is not accepted. */
  void close() {
    List<Question> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
      open.clear();
    }
    left.forEach(question -> question.answer().complete(false));
  }
}
