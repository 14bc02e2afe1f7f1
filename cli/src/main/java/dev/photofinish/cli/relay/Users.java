package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.Config;
import dev.photofinish.rtsp.dialogue.server.Access;
import dev.photofinish.rtsp.dialogue.server.UserHashes;
import dev.photofinish.rtsp.message.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users who may read, as a file has them: a line each of the name, and the hashes of the
 * password for Digest with MD5 and with SHA-256, separated by colons; who may publish too has
 * {@code :publish} behind them. Lines that begin with # are comments.
 */
final class Users implements Access {
  static final String REALM = "photofinish";

  private static final String EXPECTED = "NAME:MD5:SHA256, a line as photofinish user prints it";
  private static final String PUBLISH = ":publish";
  private static final int MD5_DIGITS = 32;
  private static final int SHA256_DIGITS = 64;

  private final Map<String, UserHashes> hashes = new HashMap<>();

  private final Set<String> publishers = new HashSet<>();

  /** Reads them. */
  static Users read(Path file) {
    Users users = new Users();
    try {
      List<String> lines = Files.readAllLines(file);
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
    if (line.endsWith(PUBLISH)) {
      String user = line.substring(0, line.length() - PUBLISH.length());
      publishers.add(user.substring(0, Math.max(0, user.indexOf(':'))));
      return add(user);
    }
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

  /** The line of a user. */
  static String line(String name, String password) {
    UserHashes of = UserHashes.of(new Credentials(name, password), REALM);
    return name + ":" + of.md5() + ":" + of.sha256();
  }

  @Override
  public String realm() {
    return REALM;
  }

  @Override
  public boolean isOpen(String stream) {
    return false;
  }

  @Override
  public Optional<UserHashes> find(String user) {
    return Optional.ofNullable(hashes.get(user));
  }

  @Override
  public boolean mayRead(String user, String stream) {
    return true;
  }

  @Override
  public boolean mayPublish(String user, String stream) {
    return publishers.contains(user);
  }
}
