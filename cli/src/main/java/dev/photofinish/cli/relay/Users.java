package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.Config;
import dev.photofinish.rtsp.dialogue.server.UserHashes;
import dev.photofinish.rtsp.message.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The users who may read, as a file has them: a line each of the name, and the hashes of the
 * password for Digest with MD5 and with SHA-256, separated by colons. Lines that begin with # are
 * comments.
 */
final class Users {
  static final String REALM = "photofinish";

  private static final String EXPECTED = "NAME:MD5:SHA256, a line as photofinish user prints it";
  private static final int MD5_DIGITS = 32;
  private static final int SHA256_DIGITS = 64;

  private final Map<String, UserHashes> hashes = new HashMap<>();

  /** Reads them. */
  static Users read(Path file) {
    Users users = new Users();
    try {
      List<String> lines = Config.withoutMark(Files.readString(file)).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#") && !users.add(line)) {
          throw new UsageException(file + ": line " + (i + 1) + ": expected " + EXPECTED);
        }
      }
    } catch (IOException e) {
      throw new UsageException(Config.unreadable(file.toString(), e), e);
    }
    if (users.hashes.isEmpty()) {
      throw new UsageException(file + ": has no users; expected " + EXPECTED);
    }
    return users;
  }

  private boolean add(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3
        || parts[0].isBlank()
        || !isHex(parts[1], MD5_DIGITS)
        || !isHex(parts[2], SHA256_DIGITS)) {
      return false;
    }
    hashes.put(parts[0], new UserHashes(parts[1], parts[2]));
    return true;
  }

  private static boolean isHex(String text, int digits) {
    return text.length() == digits
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Words for each user who was added, removed or changed in {@code to}. */
  List<String> changes(Users to) {
    List<String> changes = new ArrayList<>();
    Set<String> names = new TreeSet<>(hashes.keySet());
    names.addAll(to.hashes.keySet());
    for (String name : names) {
      if (!to.hashes.containsKey(name)) {
        changes.add("user " + name + " removed");
      } else if (!hashes.containsKey(name)) {
        changes.add("user " + name + " added");
      } else if (!to.hashes.get(name).equals(hashes.get(name))) {
        changes.add("user " + name + " changed");
      }
    }
    return changes;
  }

  /** The line of a user. */
  static String line(String name, String password) {
    UserHashes of = UserHashes.of(new Credentials(name, password), REALM);
    return name + ":" + of.md5() + ":" + of.sha256();
  }

  Optional<UserHashes> find(String user) {
    return Optional.ofNullable(hashes.get(user));
  }

  /** Whether this is the password of a user; as long for a user who is not there. */
  boolean isRight(String user, String password) {
    byte[] given = bytes(UserHashes.of(new Credentials(user, password), REALM));
    UserHashes right = hashes.get(user);
    return MessageDigest.isEqual(given, right == null ? new byte[given.length] : bytes(right));
  }

  private static byte[] bytes(UserHashes of) {
    return of.sha256().getBytes(StandardCharsets.US_ASCII);
  }
}
