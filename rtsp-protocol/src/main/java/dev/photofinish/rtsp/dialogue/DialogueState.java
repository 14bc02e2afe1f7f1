package dev.photofinish.rtsp.dialogue;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a dialogue, and every step between them.
 *
 * <pre>
 *  IDLE ─▶ PROBING ─▶ PROBED ─▶ DESCRIBING ─▶ SETTING_UP ─▶ STARTING ─▶ PLAYING ─▶ LEAVING
 *        (DESCRIBE)  (waits to                  ▲                        │    ▲        ▲
 *                    be selected)               └──── 454: new session ──┘    ▼        │
 *                                                                           PAUSED ────┘
 *  every state ─▶ OVER
 * </pre>
 */
public enum DialogueState {
  /** Nothing was sent. */
  IDLE,
  /** The session's first request was sent: the probe of a race. */
  PROBING,
  /** Its response is here and waits to be used. */
  PROBED,
  DESCRIBING,
  /** SETUPs were sent, the last of them with PLAY where the camera takes that. */
  SETTING_UP,
  /** PLAY was sent. Media may come already. */
  STARTING,
  /** PLAY was answered. */
  PLAYING,
  /** PAUSE was answered: the session stays, and is kept alive. */
  PAUSED,
  /** TEARDOWN was sent. */
  LEAVING,
  OVER;

  /** The states that may follow. */
  Set<DialogueState> next() {
    return switch (this) {
      case IDLE -> EnumSet.of(PROBING, OVER);
      case PROBING -> EnumSet.of(PROBED, OVER);
      case PROBED -> EnumSet.of(DESCRIBING, OVER);
      case DESCRIBING -> EnumSet.of(SETTING_UP, OVER);
      case SETTING_UP -> EnumSet.of(STARTING, LEAVING, OVER);
      case STARTING -> EnumSet.of(PLAYING, LEAVING, OVER);
      case PLAYING -> EnumSet.of(SETTING_UP, PAUSED, LEAVING, OVER);
      case PAUSED -> EnumSet.of(PLAYING, LEAVING, OVER);
      case LEAVING -> EnumSet.of(OVER);
      case OVER -> EnumSet.noneOf(DialogueState.class);
    };
  }

  /** Whether an answer must come within {@code response-timeout}. */
  boolean awaitsAnswer() {
    return this == PROBING || this == DESCRIBING || this == SETTING_UP || this == STARTING;
  }

  /** Whether the first request was answered. */
  public boolean isAnswered() {
    return this != IDLE && this != PROBING;
  }

  /** Whether there may be a session on the camera that TEARDOWN would end. */
  public boolean hasSession() {
    return this == SETTING_UP || this == STARTING || isSetUp();
  }

  /** Whether there is a session that is kept alive. */
  public boolean isSetUp() {
    return this == PLAYING || this == PAUSED;
  }
}
