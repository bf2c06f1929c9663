package dev.penstock.sink.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/// What a failure of the database means for the batch in hand, by SQLSTATE (PostgreSQL documentation, appendix A).
enum DatabaseFailure {
  /// The same batch may succeed later: no connection (08), conflict (40), out of resources (53), operator (57),
  /// input or output error (58), a standby that cannot be written (25006).
  PASSING,
  /// The user or the database is not known there, or the password is wrong (28, 3D).
  LOGIN_REFUSED,
  /// The values are not acceptable (22, 23): the same row fails again, others do not.
  REFUSED_DATA,
  /// Anything else: waiting does not mend it.
  FATAL;

  static DatabaseFailure of(Throwable failure) {
    SQLException deepest = null;
    boolean transientFailure = false;
    for (Throwable e = failure; e != null; e = e.getCause())
      if (e instanceof SQLException sql) {
        transientFailure |= sql instanceof SQLTransientException || sql instanceof SQLRecoverableException;
        if (deepest == null || sql.getSQLState() != null) deepest = sql;
      }
    if (deepest == null) return FATAL;
    DatabaseFailure byState = ofState(deepest.getSQLState());
    return byState == FATAL && transientFailure ? PASSING : byState;
  }

  private static DatabaseFailure ofState(@Nullable String state) {
    if (state == null || state.length() < 2) return FATAL;
    if (state.equals("25006")) return PASSING;
    return switch (state.substring(0, 2)) {
      case "08", "40", "53", "57", "58" -> PASSING;
      case "28", "3D" -> LOGIN_REFUSED;
      case "22", "23" -> REFUSED_DATA;
      default -> FATAL;
    };
  }

  /// The database's own words, without the values of rows: the primary message of the deepest SQL error.
  static String reason(Throwable failure) {
    Throwable best = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) if (e instanceof SQLException) best = e;
    if (best instanceof org.postgresql.util.PSQLException e && e.getServerErrorMessage() != null) {
      String message = e.getServerErrorMessage().getMessage();
      if (message != null) return message;
    }
    return best.getMessage() != null ? best.getMessage() : best.getClass().getSimpleName();
  }
}
