package dev.penstock.generators.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateException.Kind;
import dev.penstock.generators.text.template.syntax.TemplateLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jspecify.annotations.Nullable;

/// Specifies that a template written to hurt ends in one sentence: within five seconds of processor time (0.6 where it
/// was measured), on a thread with half the usual stack, and without filling the heap.
class ChatTemplateLimitsTest {
  private static final long STACK_BYTES = 512 * 1024;
  private static final Duration MOST_PROCESSOR_TIME = Duration.ofSeconds(5);
  private static final String DEEP_LIST =
      "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(9000) %}"
          + "{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% endfor %}";
  private static final String WIDE_LIST =
      "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(60) %}"
          + "{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}";

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("source length", "x".repeat(262_145)),
        Arguments.of("brackets", "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"),
        Arguments.of("lists", "{{ " + "[".repeat(100_000) + " }}"),
        Arguments.of("not", "{{ " + "not ".repeat(60_000) + "1 }}"),
        Arguments.of("signs", "{{ " + "-".repeat(200_000) + "1 }}"),
        Arguments.of("blocks", "{% if 1 %}".repeat(20_000)),
        Arguments.of("calls", "{{ " + "f(".repeat(100_000) + " }}"),
        Arguments.of("targets", "{% for " + "(".repeat(100_000) + " in x %}{% endfor %}"),
        Arguments.of("conditions", "{{ 1" + " if 1".repeat(40_000) + " }}"),
        Arguments.of("subscripts", "{{ {}" + "['x']".repeat(50_000) + " }}"),
        Arguments.of("filters", "{{ 'x'" + "|trim".repeat(40_000) + " }}"),
        Arguments.of("recursion", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"),
        Arguments.of("recursion in blocks",
            "{% macro f() %}" + "{% if 1 %}".repeat(50) + "{{ ((((f())))) }}" + "{% endif %}".repeat(50)
                + "{% endmacro %}{{ f() }}"),
        Arguments.of("recursion of callers",
            "{% macro f() %}{% call f() %}x{% endcall %}{% endmacro %}{{ f() }}"),
        Arguments.of("recursion that doubles",
            "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(40) }}"),
        Arguments.of("loops",
            "{% for i in range(100000) %}".repeat(5) + "x" + "{% endfor %}".repeat(5)),
        Arguments.of("empty loops", "{% for i in range(100000) if 0 %}{% endfor %}".repeat(100)),
        Arguments.of("long range", "{% for i in range(10 ** 9) %}{% endfor %}"),
        Arguments.of("output", "{% for i in range(100000) %}" + "x".repeat(200_000) + "{% endfor %}"),
        Arguments.of("collected output",
            "{% for i in range(100000) %}{% set x %}" + "x".repeat(200_000) + "{% endset %}{% endfor %}"),
        Arguments.of("doubled text",
            "{% set ns = namespace(x='ab') %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}"),
        Arguments.of("doubled list",
            "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}"),
        Arguments.of("deep list printed", DEEP_LIST + "{{ ns.x }}"),
        Arguments.of("deep list compared", DEEP_LIST + "{{ ns.x == ns.y }}"),
        Arguments.of("deep list ordered", DEEP_LIST + "{{ ns.x < ns.y }}"),
        Arguments.of("deep list as JSON", DEEP_LIST + "{{ ns.x | tojson }}"),
        Arguments.of("wide list printed", WIDE_LIST + "{{ ns.x }}"),
        Arguments.of("wide list compared", WIDE_LIST + "{{ ns.x == ns.y }}"),
        Arguments.of("wide list as JSON", WIDE_LIST + "{{ ns.x | tojson }}"),
        Arguments.of("repeated text", "{{ 'x' * 1000000000 }}"),
        Arguments.of("repeated list", "{{ [1] * 9223372036854775807 }}"),
        Arguments.of("indentation", "{{ 'a\\nb' | indent(2000000000) }}"),
        Arguments.of("indented JSON", "{{ [1] | tojson(indent=2000000000) }}"),
        Arguments.of("separators", "{{ ([1] * 100000) | tojson(separators=('x' * 100000, '')) }}"),
        Arguments.of("replacement", "{{ ('a' * 1000000) | replace('', 'b' * 1000000) }}"),
        Arguments.of("joining", "{{ ([''] * 100000) | join('x' * 100000) }}"),
        Arguments.of("formatting", "{{ ('{0}' * 100000).format('x' * 100000) }}"),
        Arguments.of("searching", "{{ ('a' * 500000 ~ 'b') in ('a' * 8000000) }}"),
        Arguments.of("splitting", "{{ ('a' * 2000000).split('a' * 1000 ~ 'b') }}"),
        Arguments.of("stripping", "{{ ('a' * 2000000).strip('b' * 2000000 ~ 'a') }}"),
        Arguments.of("slicing",
            "{% set x = 'a' * 1000000 %}{% for i in range(90000) %}{% set y = x[::-1] %}{% endfor %}"),
        Arguments.of("listing",
            "{% set ns = namespace(x=[]) %}{% set x = '中' * 100000 %}{% for i in range(9000) %}"
                + "{% set ns.x = [ns.x, x | list] %}{% endfor %}"),
        Arguments.of("raising case",
            "{% set x = 'ß' * 2000000 %}{% for i in range(1000) %}{% set y = x | upper %}{% endfor %}"),
        Arguments.of("lowering case",
            "{% set x = 'İ' * 2000000 %}{% for i in range(1000) %}{% set y = x | lower %}{% endfor %}"),
        Arguments.of("title case",
            "{% set x = 'ß ' * 2000000 %}{% for i in range(1000) %}{% set y = x | title %}{% endfor %}"),
        Arguments.of("sorting", "{{ (['a' * 100000] * 10000) | sort | length }}"),
        Arguments.of("dates", "{{ strftime_now('%Y' * 10000000) }}"),
        Arguments.of("attribute paths", "{{ [{}] | map(attribute='a.' * 1000000) | list }}"),
        Arguments.of("arguments", "{{ dict(*[1] * 1000000) }}"),
        Arguments.of("powers", "{{ 10 ** 9223372036854775807 }}"),
        Arguments.of("open tags", "{{".repeat(120_000)),
        Arguments.of("open blocks", ("{%" + " ".repeat(500)).repeat(500)),
        Arguments.of("open raw", "{% raw %}" + "{% ".repeat(80_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void endsInOneSentence(String name, String source) throws InterruptedException {
    Ending ending = renderOnASmallStack(source);

    assertThat(ending.error()).isInstanceOf(TemplateException.class);
    assertThat(ending.error().getMessage()).startsWith("Chat template, line 1, column ").hasSizeLessThan(400);
    assertThat(ending.processorTime()).isLessThan(MOST_PROCESSOR_TIME);
  }

  @Test
  void saysWhichLimitWasMet() throws InterruptedException {
    assertThat(limit("x".repeat(262_145))).contains("262145 characters, more than the 262144");
    assertThat(limit("{% for i in range(99999) %}{% for j in [1, 2] %}{% endfor %}{% endfor %}"))
        .contains("loops run more than 100000 times");
    assertThat(limit("{% for i in range(30) %}" + "x".repeat(200_000) + "{% endfor %}"))
        .contains("writes more than 4194304 characters");
    assertThat(limit("{{ 'x' * 1000000000 }}")).contains("computes more than");
    assertThat(limit("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")).contains("deeper than 200 levels");
  }

  @Test
  void holdsEveryLimitToTheUnit() {
    TemplateLimits limits = new TemplateLimits(48, 10, 10, 3, 5, 1000);

    assertThatCode(() -> render("{% for i in range(3) %}{{ i }}{% endfor %}", limits)).doesNotThrowAnyException();
    assertThatCode(() -> render("{% for i in range(4) %}{{ i }}{% endfor %}", limits)).hasMessageContaining("3 times");
    assertThatCode(() -> render("12345", limits)).doesNotThrowAnyException();
    assertThatCode(() -> render("123456", limits)).hasMessageContaining("5 characters");
    assertThatCode(() -> render(" ".repeat(49), limits)).hasMessageContaining("49 characters");
    assertThatCode(() -> render("{{ 'x' * 2000 }}", limits)).hasMessageContaining("1000 units");
  }

  @Test
  void leavesRoomForALongConversation() {
    String template = PeerCase.template("families/chatml-thinking.jinja");
    String content = "<think>\nhm\n</think>\n\n" + "Some words of a long answer. ".repeat(170);
    List<ChatMessage> messages = Stream.iterate(0, turn -> turn + 1)
        .limit(201)
        .map(turn -> new ChatMessage(turn % 2 == 0 ? "user" : "assistant", content))
        .toList();

    assertThat(ChatTemplate.parse(template).render(messages, Map.of())).hasSizeGreaterThan(900_000);
  }

  private static String limit(String source) throws InterruptedException {
    Throwable error = renderOnASmallStack(source).error();
    assertThat(error).isInstanceOfSatisfying(
        TemplateException.class, limit -> assertThat(limit.kind()).isEqualTo(Kind.LIMIT));
    return error.getMessage();
  }

  private static String render(String source, TemplateLimits limits) {
    return ChatTemplate.parse(source, limits).render(List.of(), Map.of());
  }

  private record Ending(@Nullable Throwable error, Duration processorTime) {}

  private static Ending renderOnASmallStack(String source) throws InterruptedException {
    AtomicReference<Ending> ending = new AtomicReference<>();
    Thread thread = new Thread(null, () -> {
      Throwable error = null;
      try {
        ChatTemplate.parse(source).render(List.of(), Map.of());
      } catch (TemplateException | VirtualMachineError e) {
        error = e;
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      ending.set(new Ending(error, Duration.ofNanos(nanos)));
    }, "hostile template", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    assertThat(thread.join(Duration.ofMinutes(1))).as("ended").isTrue();
    return ending.get();
  }
}
