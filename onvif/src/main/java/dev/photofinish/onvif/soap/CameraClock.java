package dev.photofinish.onvif.soap;

import dev.photofinish.onvif.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The clock of a camera, read from what it answers. */
public final class CameraClock {
  private static final int MISSING = -1;

  private CameraClock() {}

  /**
   * The time in the body of a GetSystemDateAndTime response; empty if it has none that is one. Its
   * local time is not read: cameras err in their time zone more than in anything else.
   */
  public static Optional<Instant> read(XmlElement response) {
    return response.find("SystemDateAndTime", "UTCDateTime").flatMap(CameraClock::instant);
  }

  private static Optional<Instant> instant(XmlElement time) {
    try {
      LocalDateTime value =
          LocalDateTime.of(
              time.number(MISSING, "Date", "Year"),
              time.number(MISSING, "Date", "Month"),
              time.number(MISSING, "Date", "Day"),
              time.number(MISSING, "Time", "Hour"),
              time.number(MISSING, "Time", "Minute"),
              Math.min(59, time.number(MISSING, "Time", "Second")));
      return plausible(value.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The time of an HTTP Date header; empty if it is none. */
  public static Optional<Instant> readHttpDate(String date) {
    try {
      return plausible(
          DateTimeFormatter.RFC_1123_DATE_TIME
              .withLocale(Locale.ROOT)
              .parse(date.strip(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A year of four digits: no other can be written into a token. */
  private static Optional<Instant> plausible(Instant time) {
    int year = time.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9998 ? Optional.of(time) : Optional.empty();
  }

  /**
   * What is to be added to our clock to get the camera's.
   *
   * @param sent when the question was sent, by ours
   * @param received when the answer came, by ours
   */
  public static Duration offset(Instant camera, Instant sent, Instant received) {
    Instant middle = sent.plus(Duration.between(sent, received).dividedBy(2));
    return Duration.between(middle, camera);
  }
}
