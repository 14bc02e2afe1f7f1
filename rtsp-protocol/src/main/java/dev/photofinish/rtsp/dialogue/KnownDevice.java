package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Method;
import java.util.Optional;
import java.util.Set;

/**
 * The knowledge of a camera that earlier connections brought.
 *
 * @param fatal what {@link Dialogue#openRequest} gave when connections ended: the request is left
 *     out or another takes its place
 * @param traits as {@link DialogueCommand.Learnt} reported them
 */
public record KnownDevice(Set<String> fatal, Set<Trait> traits) {

  /** Nothing is known. */
  public static final KnownDevice NEW = new KnownDevice(Set.of(), Set.of());

  /** Keeps copies of the sets. */
  public KnownDevice {
    fatal = Set.copyOf(fatal);
    traits = Set.copyOf(traits);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The method that kept a session alive; empty if none is known. */
  Optional<Method> keptAliveBy() {
    return traits.stream().flatMap(trait -> trait.keepAlive().stream()).findFirst();
  }

  boolean endsAt(Method method) {
    return fatal.contains(method.toString());
  }

  /** Whether a request of {@code method} that requires a feature of the camera was fatal. */
  boolean endsAtRequirementOf(Method method) {
    return fatal.contains(Sent.requiring(method));
  }

  /**
   * Whether SETUP of a media was fatal.
   *
   * @param datagrams whether the media was to come beside the connection
   */
  boolean endsAtSetupOf(DescribedMedia media, boolean datagrams) {
    return fatal.contains(Sent.settingUp(media.control().toString(), datagrams));
  }
}
