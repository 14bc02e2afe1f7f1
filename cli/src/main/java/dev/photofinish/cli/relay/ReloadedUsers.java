package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.UserSet;
import dev.photofinish.rtsp.dialogue.server.Access;
import dev.photofinish.rtsp.dialogue.server.Purpose;
import dev.photofinish.rtsp.dialogue.server.UserHashes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of a file, which is read again when it was written. */
public final class ReloadedUsers implements Access {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadedUsers.class);

  private final Path file;
  private final Function<String, CameraRights> rights;
  private final FileWatch watch;
  private volatile Users users;

  /**
   * Reads the file; wrong use where that is not possible.
   *
   * @param rights of a camera by its name
   */
  public ReloadedUsers(Path file, Function<String, CameraRights> rights) {
    this.file = file;
    this.rights = rights;
    this.watch = new FileWatch(file);
    this.users = Users.read(file);
  }

  /**
   * Reads the file again if it was written; one that is wrong changes nothing.
   *
   * @param always whether to read it in any case
   * @return whether users have changed
   */
  public boolean look(boolean always) {
    if (!watch.hasChanged() && !always) {
      return false;
    }
    try {
      Users next = Users.read(file);
      List<String> changes = users.changes(next);
      users = next;
      if (!changes.isEmpty()) {
        LOG.warn("{}: {}", file, String.join(", ", changes));
      }
      return !changes.isEmpty();
    } catch (UsageException e) {
      LOG.warn("{}; nothing was changed", e.getMessage());
      return false;
    }
  }

  /** Whether this is the password of a user. */
  boolean isRight(String user, String password) {
    return users.isRight(user, password);
  }

  @Override
  public String realm() {
    return Users.REALM;
  }

  @Override
  public Optional<UserHashes> find(String user) {
    return users.find(user);
  }

  @Override
  public boolean isOpen(Purpose purpose, String stream) {
    return allowed(purpose, stream).anyone();
  }

  @Override
  public boolean isAllowed(Purpose purpose, String user, String stream) {
    return allowed(purpose, stream).has(user);
  }

  private UserSet allowed(Purpose purpose, String stream) {
    CameraRights of = rights.apply(stream);
    return switch (purpose) {
      case READ -> of.view();
      case PUBLISH -> of.publish();
      case TALK -> of.talk();
    };
  }
}
