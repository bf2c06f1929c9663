package dev.penstock.generators.text.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.generators.text.Tokenizer;
import dev.penstock.generators.text.sampling.AllowedTokens;
import dev.penstock.generators.text.sampling.AnswerRule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a constraint promises over the vocabulary of the bundled tiny-copywriter: the allowed tokens are exactly those
/// that can still lead to an end, an answer ends within its tokens whatever is drawn, a hostile constraint is refused at
/// once, and a schema is compiled once.
class ConstraintTest {

  private static final Path TOKENIZER = Path.of(System.getenv("PENSTOCK_HOME"), "models/tiny-copywriter/tokenizer.json");
  private static final int VOCABULARY = 2048;
  private static final int STOP = 2;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String COPY =
      """
      {"type": "object", "required": ["headline", "body", "cta"], "properties": {
        "headline": {"type": "string", "minLength": 5, "maxLength": 60}, "body": {"type": "string", "maxLength": 200},
        "cta": {"type": "string", "minLength": 3, "maxLength": 30}}}""";

  private static final ConstraintCompiler COMPILER = compiler(16 << 20);

  private static ConstraintCompiler compiler(long maxBytes) {
    BitSet stops = new BitSet();
    stops.set(STOP);
    return new ConstraintCompiler(TOKENIZER, VOCABULARY, stops, maxBytes);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "[a-z]{3,9}", "(red|green) boots?", "[^x]{0,4}x", ".{5,70}", "(\\d{1,3},)*\\d{1,3}", "é{2}€?.{3}",
      "(a|aa|b){2,40}c", "(foo|bar|.{2,5}z)+"})
  void allowsExactlyTheTokensThatCanLeadToAnEnd(String regex) throws Exception {
    Pattern java = Pattern.compile(regex);
    TokenBytes tokens = TokenBytes.read(TOKENIZER, VOCABULARY);
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      AnswerRule rule = COMPILER.regex(regex).begin(200);
      byte[] text = {};
      while (!rule.isOver() && text.length < 80) {
        AllowedTokens allowed = rule.allowed();
        if (isUtf8(text)) assertAllows(allowed, java, text, tokens);
        int token = any(allowed, random);
        rule.accept(token);
        if (token != STOP) text = joined(text, tokens.of(token));
      }
    }
  }

  private static void assertAllows(AllowedTokens allowed, Pattern java, byte[] text, TokenBytes tokens) {
    for (int token = 0; token < VOCABULARY; token++) {
      byte[] bytes = tokens.of(token);
      if (bytes == null || !isUtf8(bytes)) continue;
      var matcher = java.matcher(new String(joined(text, bytes), StandardCharsets.UTF_8));
      boolean possible = matcher.matches() || matcher.hitEnd();
      assertThat(allowed.contains(token)).as("token %d after %s", token, text).isEqualTo(possible);
    }
    boolean mayEnd = java.matcher(new String(text, StandardCharsets.UTF_8)).matches();
    assertThat(allowed.contains(STOP)).isEqualTo(mayEnd);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 40, 200})
  void endsWithinItsTokensWhateverIsDrawn(int spare) throws Exception {
    Constraint constraint = COMPILER.jsonSchema(COPY);
    Pattern valid =
        Pattern.compile("\\{\"headline\":\"(.){5,}\",\"body\":\"(.)*\",\"cta\":\"(.){3,}\"}", Pattern.DOTALL);
    try (Tokenizer tokenizer = Tokenizer.open(TOKENIZER)) {
      for (int seed = 0; seed < 40; seed++) {
        List<Integer> answer = draw(constraint, constraint.shortestTokens() + spare, new Random(seed));

        assertThat(answer).hasSizeLessThanOrEqualTo(constraint.shortestTokens() + spare);
        String text = tokenizer.decode(answer.stream().mapToInt(Integer::intValue).toArray());
        assertThat(text).as("seed %d", seed).matches(valid).doesNotContain("\uFFFD");
      }
    }
  }

  @Test
  void mayEndWhereTheExpressionMatchesAndIsOverWhereNothingCanFollow() throws Exception {
    AnswerRule rule = COMPILER.regex("ab?").begin(10);
    assertThat(rule.allowed().contains(STOP)).isFalse();
    rule.accept(token("a"));
    assertThat(rule.allowed().contains(STOP)).isTrue();
    assertThat(rule.isOver()).isFalse();
    rule.accept(token("b"));
    assertThat(rule.isOver()).isTrue();
  }

  @Test
  void makesATextEndAtAWordAsItNearsItsLength() throws Exception {
    AnswerRule rule = COMPILER.jsonSchema("{\"type\": \"string\", \"maxLength\": 40}").begin(100);
    int word = token(" the");
    rule.accept(token("\""));
    for (int written = 0; written < 20; written += 4) {
      assertThat(rule.urgeToClose()).isZero();
      rule.accept(word);
    }
    double before = 0;
    for (int written = 20; written < 32; written += 4) {
      assertThat(rule.allowed().contains(word)).isTrue();
      rule.accept(word);
      assertThat(rule.urgeToClose()).isGreaterThan(before);
      before = rule.urgeToClose();
    }
    assertThat(rule.allowed().contains(word)).isFalse();
    assertThat(rule.allowed().contains(token("s"))).isTrue();
    assertThat(rule.closers()).contains(token("\""));
    assertThat(IntStream.of(rule.closers())).allMatch(rule::isPunctuation);
  }

  @Test
  void neverMakesATextEndBeforeItsLeastLength() throws Exception {
    AnswerRule rule = COMPILER.jsonSchema("{\"type\": \"string\", \"minLength\": 38, \"maxLength\": 40}").begin(100);
    rule.accept(token("\""));
    for (int written = 0; written < 32; written += 4) rule.accept(token(" the"));

    assertThat(rule.allowed().contains(token("\""))).isFalse();
    assertThat(rule.allowed().contains(token(" the"))).isTrue();
  }

  @Test
  void compilesASchemaOnce() throws Exception {
    assertThat(COMPILER.jsonSchema(COPY)).isSameAs(COMPILER.jsonSchema(COPY));
    assertThat(COMPILER.regex("a")).isNotSameAs(COMPILER.regex("b"));
  }

  @Test
  void forgetsTheOldestWhenTheyTakeTooMuchMemory() throws Exception {
    ConstraintCompiler small = compiler(1 << 20);
    Constraint first = small.regex("first [a-z]{1,200}");
    Constraint other = small.regex("other [a-z]{1,200}");
    assertThat(small.regex("other [a-z]{1,200}")).isSameAs(other);
    for (long kept = 0; kept <= 1 << 20; ) kept += small.regex("[a-z]{1,200} number " + kept).bytes();

    assertThat(small.regex("first [a-z]{1,200}")).isNotSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "(a|b)*a(a|b){30}", ".*x.{40}", "(.*a){20}(.*b){20}", "(a?){400}a{400}", "((a{1,90}){1,90}b){1,90}",
      "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x", "(x+x+)+y", "([a-z]+)*1", "(((((a*)*)*)*)*)*b"})
  void boundsHostileExpressionsInTimeAndMemory(String regex) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      assertThat(COMPILER.regex(regex).bytes()).isLessThan(TokenMasks.MAX_BYTES);
    } catch (ConstraintException e) {
      assertThat(e).hasMessageStartingWith("Parameter regex is too complex: ");
    }
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    assertThat(taken).as("processor time").isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void refusesInOneSentence() {
    assertThatExceptionOfType(ConstraintException.class)
        .isThrownBy(() -> COMPILER.regex("(a|b)*a(a|b){30}"))
        .withMessage("Parameter regex is too complex: it has more than 10000 states.")
        .matches(e -> e.reason().equals("INVALID_PARAMETER"));
    assertThatExceptionOfType(ConstraintException.class)
        .isThrownBy(() -> COMPILER.jsonSchema("{\"type\": \"string\", \"maxLength\": -1}"))
        .withMessage("Parameter jsonSchema at /maxLength stands -1; a whole number from 0 to 1000000 is allowed.")
        .matches(e -> e.reason().equals("INVALID_SCHEMA"));
    assertThatExceptionOfType(ConstraintException.class)
        .isThrownBy(() -> COMPILER.regex("a{0}"))
        .withMessage("Parameter regex matches the empty text only; an answer needs at least one character.");
  }

  private static List<Integer> draw(Constraint constraint, int maxTokens, Random random) {
    AnswerRule rule = constraint.begin(maxTokens);
    List<Integer> answer = new ArrayList<>();
    while (!rule.isOver()) {
      AllowedTokens allowed = rule.allowed();
      int token = any(allowed, random);
      if (!rule.leavesRoom(token)) token = rule.wayOut();
      rule.accept(token);
      if (token != STOP) answer.add(token);
    }
    return answer;
  }

  private static int any(AllowedTokens allowed, Random random) {
    int[] tokens = IntStream.range(0, VOCABULARY).filter(allowed::contains).toArray();
    assertThat(tokens).hasSize(allowed.count()).isNotEmpty();
    return tokens[random.nextInt(tokens.length)];
  }

  private static boolean isUtf8(byte[] bytes) {
    return !new String(bytes, StandardCharsets.UTF_8).contains("\uFFFD");
  }

  private static int token(String text) throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(TOKENIZER)) {
      return tokenizer.id(text).orElseThrow();
    }
  }
}
