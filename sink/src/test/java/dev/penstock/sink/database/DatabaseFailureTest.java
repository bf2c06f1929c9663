package dev.penstock.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Waiting is for what waiting mends: an SQLSTATE says whether the database is away, refuses the login, refuses
/// these values, or cannot work with us at all.
class DatabaseFailureTest {

  @ParameterizedTest
  @CsvSource({
    "08006, PASSING", "57P01, PASSING", "57P03, PASSING", "40P01, PASSING", "53300, PASSING", "53100, PASSING",
    "25006, PASSING", "28P01, LOGIN_REFUSED", "3D000, LOGIN_REFUSED", "22P05, REFUSED_DATA", "23514, REFUSED_DATA",
    "42P01, FATAL", "42501, FATAL"
  })
  void theStateDecides(String state, DatabaseFailure expected) {
    assertThat(DatabaseFailure.of(new RuntimeException(new SQLException("x", state)))).isEqualTo(expected);
  }

  @Test
  void whatThePoolSaysIsLessThanWhatTheServerSaid() {
    SQLException refused = new SQLTransientConnectionException("timed out", "28P01", new SQLException("no", "28P01"));
    SQLException away = new SQLTransientConnectionException("timed out", (String) null, new EOFException());

    assertThat(DatabaseFailure.of(refused)).isEqualTo(DatabaseFailure.LOGIN_REFUSED);
    assertThat(DatabaseFailure.of(away)).isEqualTo(DatabaseFailure.PASSING);
  }

  @Test
  void whatIsNotFromTheDatabaseIsFatal() {
    assertThat(DatabaseFailure.of(new IllegalStateException("a bug"))).isEqualTo(DatabaseFailure.FATAL);
  }
}
