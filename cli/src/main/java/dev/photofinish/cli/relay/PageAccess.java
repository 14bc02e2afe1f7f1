package dev.photofinish.cli.relay;

import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.UserSet;
import dev.photofinish.relay.rtsp.FailedLogins;
import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.AccessRequest;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.relay.web.access.Right;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logins of the page and the API: HTTP Basic, over TLS or from this host, with the users who
 * read over RTSP.
 */
public final class PageAccess implements Authorizer {
  private static final String SCHEME = "Basic ";
  private static final String CHALLENGE = "Basic realm=\"" + Users.REALM + "\", charset=\"UTF-8\"";
  private static final int MOST_FAILED_A_MINUTE = 20;

  /** A name that is not there: cameras that one may not view are answered like it. */
  private static final Optional<String> NO_CAMERA = Optional.of("");

  private final ReloadedUsers users;
  private final Function<String, CameraRights> rights;
  private final CameraRights common;
  private final FailedLogins failed = new FailedLogins(MOST_FAILED_A_MINUTE);

  /**
   * The logins of these users.
   *
   * @param rights of a camera by its name
   * @param common of what is about no camera, such as adding one
   */
  public PageAccess(
      ReloadedUsers users, Function<String, CameraRights> rights, CameraRights common) {
    this.users = users;
    this.rights = rights;
    this.common = common;
  }

  @Override
  public CompletionStage<Access> check(AccessRequest request) {
    return CompletableFuture.completedFuture(decide(request));
  }

  private Access decide(AccessRequest request) {
    if (request.authorization().isEmpty()) {
      return has(null, request.right(), request.camera())
          ? Access.allowed((right, camera) -> has(null, right, camera))
          : request.secure() || request.client().isLoopbackAddress()
              ? Access.unknown(CHALLENGE)
              : Access.forbidden("Log in over https: a password would be readable on the way.");
    }
    if (failed.isRefused(request.client(), System.nanoTime())) {
      return Access.forbidden("Too many wrong logins; wait a minute.");
    }
    Optional<String> user = user(request.authorization().get());
    if (user.isEmpty()) {
      failed.add(request.client(), System.nanoTime());
      return Access.unknown(CHALLENGE);
    }
    String name = user.get();
    if (has(name, request.right(), request.camera())) {
      return Access.allowed((right, camera) -> has(name, right, camera));
    }
    boolean hidden = !has(name, Right.VIEW, request.camera());
    return hidden && has(name, request.right(), NO_CAMERA)
        ? Access.hidden()
        : Access.forbidden("This user has no right to do this.");
  }

  /** Whether someone has a right; what is about all cameras shows those that one may view. */
  private boolean has(@Nullable String name, Right right, Optional<String> camera) {
    String user = name == null || users.find(name).isEmpty() ? null : name; // removed meanwhile
    if (camera.isEmpty() && right == Right.VIEW && user != null) {
      return true;
    }
    CameraRights of = camera.map(rights).orElse(common);
    UserSet set =
        switch (right) {
          case NONE -> UserSet.ANYONE;
          case VIEW -> of.view();
          case TALK -> of.talk();
          case MANAGE -> of.manage();
        };
    return set.anyone() || (user != null && set.has(user));
  }

  /** The user whose name and password are right. */
  private Optional<String> user(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      String name = colon < 0 ? "" : text.substring(0, colon);
      return users.isRight(name, text.substring(colon + 1)) ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
