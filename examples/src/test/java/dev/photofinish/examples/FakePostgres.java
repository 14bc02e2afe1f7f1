package dev.photofinish.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A server that speaks as much of PostgreSQL's protocol as its JDBC driver needs for one query:
 * every answer is one row with the number 42.
 */
final class FakePostgres implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;
  private static final int TEXT = 25;

  private final ServerSocket server;

  FakePostgres(String address, int port) throws IOException {
    server = new ServerSocket(port, 1, InetAddress.getByName(address));
    Thread thread = new Thread(this::serve, "fake-postgres");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    try (Socket client = server.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      start(in, out);
      while (in.readByte() == 'Q') {
        answer(new String(in.readNBytes(in.readInt() - 4), UTF_8), out);
      }
    } catch (IOException e) {
      // closed by the test, or by the driver without a word
    }
  }

  private static void start(DataInputStream in, DataOutputStream out) throws IOException {
    byte[] first = in.readNBytes(in.readInt() - 4);
    if (new DataInputStream(new ByteArrayInputStream(first)).readInt() == SSL_REQUEST) {
      out.writeByte('N');
      in.readNBytes(in.readInt() - 4);
    }
    send(out, 'R', body -> body.writeInt(0)); // authenticated
    parameter(out, "server_version", "16.0");
    parameter(out, "client_encoding", "UTF8");
    parameter(out, "DateStyle", "ISO");
    parameter(out, "integer_datetimes", "on");
    parameter(out, "standard_conforming_strings", "on");
    ready(out);
  }

  private static void answer(String query, DataOutputStream out) throws IOException {
    boolean isSelect = query.startsWith("select");
    if (isSelect) {
      send(out, 'T', FakePostgres::column);
      send(
          out,
          'D',
          body -> {
            body.writeShort(1);
            body.writeInt(2);
            body.write("42".getBytes(UTF_8));
          });
    }
    send(out, 'C', body -> text(body, isSelect ? "SELECT 1" : "SET"));
    ready(out);
  }

  private static void column(DataOutputStream body) throws IOException {
    body.writeShort(1);
    text(body, "answer");
    body.writeInt(0); // of no table
    body.writeShort(0);
    body.writeInt(TEXT);
    body.writeShort(-1); // of variable size
    body.writeInt(-1);
    body.writeShort(0); // as text
  }

  private static void parameter(DataOutputStream out, String name, String value)
      throws IOException {
    send(
        out,
        'S',
        body -> {
          text(body, name);
          text(body, value);
        });
  }

  private static void ready(DataOutputStream out) throws IOException {
    send(out, 'Z', body -> body.writeByte('I'));
    out.flush();
  }

  private static void text(DataOutputStream body, String text) throws IOException {
    body.write(text.getBytes(UTF_8));
    body.writeByte(0);
  }

  private static void send(DataOutputStream out, char type, Body content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.write(new DataOutputStream(bytes));
    out.writeByte(type);
    out.writeInt(4 + bytes.size());
    bytes.writeTo(out);
  }

  /** Writes what stands in a message behind its type and length. */
  @FunctionalInterface
  private interface Body {
    void write(DataOutputStream to) throws IOException;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
