package dev.penstock.generators.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.text.template.syntax.Position;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specifies that whatever is wrong with a template is said in one sentence that starts with its line and column, and
/// that no sentence of ours repeats what was said in the conversation.
class ChatTemplateErrorTest {
  private static final List<ChatMessage> CONVERSATION = List.of(new ChatMessage("user", "secret"));

  @ParameterizedTest
  @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
      {{ 1 +                         -> 1, 1  -> this tag has no end; write '}}' behind it.
      {{ 1 + }}                      -> 1, 8  -> expected a value but found }}.
      {% if x %}                     -> 1, 11 -> expected '{% endif %}' but found the end of the template.
      {% endif %}                    -> 1, 4  -> 'endif' is no statement here; chat templates know
      ab{% include 'x' %}            -> 1, 6  -> 'include' is no statement here; chat templates know
      a¶b{{ 'open }}                 -> 2, 5  -> this string has no end; write ' behind it.
      a¶¶ {{ f(1, a=2, 3) }}         -> 3, 15 -> expected an argument by name but found '3'.
      {{ [1, 2) }}                   -> 1, 9  -> ')' closes no bracket that is open here.
      {{ a ? b }}                    -> 1, 6  -> '?' has no meaning inside a tag.
      {# note                        -> 1, 1  -> this comment has no end; write '#}' behind it.
      {% raw %}x                     -> 1, 1  -> this raw block has no end; write '{% endraw %}' behind it.
      {% break %}                    -> 1, 4  -> 'break' stands outside of a loop.
      {% for x in [1] recursive %}   -> 1, 17 -> expected '%}' but found 'recursive'.
      {% set true = 1 %}             -> 1, 8  -> 'true' cannot be set.
      {{ 99999999999999999999 }}     -> 1, 4  -> this whole number has more than 64 bits.
      {{ '\\N{DASH}' }}              -> 1, 5  -> characters cannot be written by name; use \\u and four hex digits.
      """)
  void namesThePlaceOfWhatCannotBeRead(String source, String place, String sentence) {
    TemplateException error = catchThrowableOfType(
        TemplateException.class, () -> ChatTemplate.parse(source.strip().replace('¶', '\n').replace("\\\\", "\\")));

    assertThat(error.kind()).isEqualTo(Kind.SYNTAX);
    assertThat(at(error)).isEqualTo(place.strip());
    assertThat(error.sentence()).startsWith(sentence.strip().replace("\\\\", "\\"));
  }

  @ParameterizedTest
  @CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
      {{ tool.name }}                      -> 1, 9  -> 'tool' is undefined, so it has no 'name'.
      a¶ {{ messages[0].x.y }}             -> 2, 19 -> 'x' is undefined, so it has no 'y'.
      {{ messages[0].content + 1 }}        -> 1, 24 -> '+' does not take a value of type str and a value of type int.
      {{ messages[0].content | nope }}     -> 1, 26 -> there is no filter 'nope'; there are abs, capitalize,
      {{ messages[0].content is nope }}    -> 1, 24 -> there is no test 'nope'; there are !=, <, <=, ==,
      {{ messages[0].content.nope() }}     -> 1, 28 -> 'nope', which is undefined, cannot be called.
      {{ messages[0].content.upper(1) }}   -> 1, 29 -> upper takes at most 0 arguments, not 1.
      {{ messages | tojson(depth=1) }}     -> 1, 15 -> tojson has no argument 'depth'.
      {{ messages[0] < messages[0] }}      -> 1, 16 -> a value of type dict and a value of type dict have no order.
      {{ range(3) }}                       -> 1, 1  -> a range has no text; make it a list first.
      {% set x = 1 / 0 %}                  -> 1, 14 -> division by zero.
      {{ 9223372036854775807 + 1 }}        -> 1, 24 -> the result of '+' has more than 64 bits.
      {% set messages.x = 1 %}             -> 1, 1  -> 'messages' is no namespace, so its attributes cannot be set.
      {% for a, b in [[1]] %}{% endfor %}  -> 1, 1  -> 1 values do not fit 2 names.
      {{ strftime_now('%Q') }}             -> 1, 16 -> the time format has the code '%Q', which is not known here.
      {{ '{:>5}'.format(1) }}              -> 1, 18 -> 'format' takes the fields '{}', '{0}' and '{name}'
      """)
  void namesThePlaceOfWhatFailsWhileRendering(String source, String place, String sentence) {
    TemplateException error = renderingOf(source.strip().replace('¶', '\n'));

    assertThat(error.kind()).isEqualTo(Kind.RENDERING);
    assertThat(at(error)).isEqualTo(place.strip());
    assertThat(error.sentence()).startsWith(sentence.strip());
    assertThat(error).hasMessage("Chat template, %s: %s".formatted(error.position(), error.sentence()));
    assertThat(error.getMessage()).doesNotContain("secret");
  }

  @Test
  void handsOnWhatTheTemplateRaises() {
    TemplateException error = renderingOf("\n{{ raise_exception('No role ' ~ messages[0].role) }}");

    assertThat(error.kind()).isEqualTo(Kind.RAISED);
    assertThat(error.sentence()).isEqualTo("No role user");
    assertThat(error).hasMessage("Chat template, line 2, column 19: No role user");
  }

  @Test
  void failsOnAnUnknownFilterOnlyWhereItIsReached() {
    assertThat(ChatTemplate.parse("{% if tools %}{{ tools | nope }}{% endif %}ok").render(CONVERSATION, Map.of()))
        .isEqualTo("ok");
  }

  private static TemplateException renderingOf(String source) {
    ChatTemplate template = ChatTemplate.parse(source);
    return catchThrowableOfType(TemplateException.class, () -> template.render(CONVERSATION, Map.of()));
  }

  private static String at(TemplateException error) {
    Position position = error.position();
    return position.line() + ", " + position.column();
  }
}
