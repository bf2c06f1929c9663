package dev.penstock.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which change each level allows. Confluent's rules: BACKWARD lets the new reader read old data, FORWARD the old
/// reader new data, FULL both; TRANSITIVE asks it of all earlier versions, the others of the last alone.
class CompatibilityLevelTest {

  private static final Schema A = fields("{'name':'a','type':'string'}");
  private static final Schema A_B = fields("{'name':'a','type':'string'},{'name':'b','type':'string'}");
  private static final Schema A_B_WITH_DEFAULT =
      fields("{'name':'a','type':'string'},{'name':'b','type':'string','default':''}");
  private static final Schema A_C_WITH_DEFAULT =
      fields("{'name':'a','type':'string'},{'name':'c','type':'string','default':''}");

  @ParameterizedTest
  @CsvSource({"NONE,true", "BACKWARD,false", "BACKWARD_TRANSITIVE,false", "FORWARD,true", "FORWARD_TRANSITIVE,true", "FULL,false", "FULL_TRANSITIVE,false"})
  void newFieldWithoutDefault(CompatibilityLevel level, boolean allowed) {
    assertThat(level.objections(A_B, List.of(A)).isEmpty()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"NONE,true", "BACKWARD,true", "BACKWARD_TRANSITIVE,true", "FORWARD,false", "FORWARD_TRANSITIVE,false", "FULL,false", "FULL_TRANSITIVE,false"})
  void fieldWithoutDefaultTakenAway(CompatibilityLevel level, boolean allowed) {
    assertThat(level.objections(A, List.of(A_B)).isEmpty()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"FULL,true", "FULL_TRANSITIVE,true"})
  void newFieldWithDefault(CompatibilityLevel level, boolean allowed) {
    assertThat(level.objections(A_B_WITH_DEFAULT, List.of(A, A_C_WITH_DEFAULT)).isEmpty()).isEqualTo(allowed);
  }

  /// The first version knows no default for b, the last one does.
  @ParameterizedTest
  @CsvSource({"FORWARD,true", "FORWARD_TRANSITIVE,false", "BACKWARD,true", "BACKWARD_TRANSITIVE,true", "FULL,true", "FULL_TRANSITIVE,false"})
  void onlyTransitiveLevelsLookAtVersionsBeforeTheLast(CompatibilityLevel level, boolean allowed) {
    assertThat(level.objections(A, List.of(A_B, A_B_WITH_DEFAULT)).isEmpty()).isEqualTo(allowed);
  }

  private static Schema fields(String fields) {
    return new Schema.Parser().parse("{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }
}
