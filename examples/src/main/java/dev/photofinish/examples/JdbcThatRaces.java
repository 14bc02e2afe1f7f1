package dev.photofinish.examples;

import dev.photofinish.socket.RacingSocketFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/**
 * Asks a PostgreSQL server through its JDBC driver, which makes the sockets by the name of a
 * factory: nothing of Photofinish is called. The driver alone would dial one address only.
 *
 * <pre>{@code
 * JdbcThatRaces jdbc:postgresql://database.example/postgres user password "select 42"
 * }</pre>
 */
public final class JdbcThatRaces {
  private JdbcThatRaces() {}

  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", args[1]);
    properties.setProperty("password", args[2]);
    properties.setProperty("socketFactory", RacingSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", "racing-delay-ms=100,racing-timeout=10s");
    try (Connection connection = DriverManager.getConnection(args[0], properties);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(args[3])) {
      while (answer.next()) {
        System.out.println(answer.getString(1));
      }
    }
  }
}
