package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.photofinish.camera.net.BadServer;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jakarta Mail races without knowing, to a real SMTP server. */
@Timeout(120)
class MailTest {
  private final Reports reports = new Reports();

  @ParameterizedTest
  @EnumSource
  void sends(Dead dead) throws Exception {
    try (BadServer first = dead.open()) {
      GreenMail server =
          new GreenMail(
              new ServerSetup(first.address().getPort(), "127.1.1.2", ServerSetup.PROTOCOL_SMTP));
      server.start();
      try {
        Transport.send(message(session(first.address().getPort())));
        assertThat(server.getReceivedMessages())
            .singleElement()
            .satisfies(mail -> assertThat(mail.getSubject()).isEqualTo("finish"));
        reports.showThatTheSecondAddressWon(dead);
      } finally {
        server.stop();
      }
    }
  }

  private Session session(int port) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "race.test");
    properties.put("mail.smtp.port", String.valueOf(port));
    properties.put("mail.smtp.connectiontimeout", "5000");
    properties.put("mail.smtp.socketFactory", new RacingSocketFactory().onDecided(reports));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    return Session.getInstance(properties);
  }

  private static Message message(Session session) throws Exception {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("a@race.test"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@race.test"));
    message.setSubject("finish");
    message.setText("line");
    return message;
  }
}
