package dev.penstock.generators.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Specifies what a caller hands to a chat template and gets from it.
class ChatTemplateTest {
  private static final List<ChatMessage> CONVERSATION = List.of(
      new ChatMessage("system", "Be brief."), new ChatMessage("user", "A slogan for tea?"));

  @Test
  void rendersRolesAndContentsInTheirOrder() {
    ChatTemplate template = ChatTemplate.parse(
        "{% for message in messages %}<{{ message.role }}>{{ message['content'] }}{% endfor %}");

    assertThat(template.render(CONVERSATION, Map.of())).isEqualTo("<system>Be brief.<user>A slogan for tea?");
  }

  @Test
  void handsOverTheVariables() {
    ChatTemplate template = ChatTemplate.parse("{{ bos_token }}{{ depth + 1 }}{{ ratio }}{{ deep.list[1].flag }}");
    Map<String, Object> variables = Map.of(
        "bos_token", "<s>", "depth", 2, "ratio", 0.5f, "deep", Map.of("list", List.of("a", Map.of("flag", true))));

    assertThat(template.render(CONVERSATION, variables)).isEqualTo("<s>30.5True");
  }

  @Test
  void setsWhatTransformersSetsWhereTheCallerDoesNot() {
    ChatTemplate template = ChatTemplate.parse(
        "{{ tools is none }} {{ documents is none }} {{ add_generation_prompt is false }} {{ bos_token is defined }}");
    Map<String, Object> given = new HashMap<>();
    given.put("tools", List.of());
    given.put("documents", "d");
    given.put("add_generation_prompt", true);
    given.put("bos_token", null);

    assertThat(template.render(CONVERSATION, Map.of())).isEqualTo("True True True False");
    assertThat(template.render(CONVERSATION, given)).isEqualTo("False False False True");
  }

  @Test
  void writesTheTimeThatItIsGiven() {
    ChatTemplate template = ChatTemplate.parse("{{ strftime_now('%d %b %Y, %H:%M') }}");

    assertThat(template.render(List.of(), Map.of(), LocalDateTime.of(2031, 9, 5, 7, 8)))
        .isEqualTo("05 Sep 2031, 07:08");
  }

  @Test
  void neverReadsContentsAsTemplate() {
    ChatTemplate template = ChatTemplate.parse("{{ messages[0].content }}");

    assertThat(template.render(List.of(new ChatMessage("user", "{{ bos_token }}{% break %}")), Map.of()))
        .isEqualTo("{{ bos_token }}{% break %}");
  }

  @Test
  void reachesNothingOfAnObjectButItsValue() {
    ChatTemplate template = ChatTemplate.parse(
        "{{ messages.class }}|{{ messages.getClass }}|{{ messages[0].role.bytes }}|{{ messages[0].__class__ }}|"
            + "{{ messages[0]['entrySet'] }}|{{ 'a'.__class__ }}|{{ namespace.body }}");

    assertThat(template.render(CONVERSATION, Map.of())).isEqualTo("||||||");
  }

  @Test
  void refusesVariablesOfOtherClasses() {
    ChatTemplate template = ChatTemplate.parse("x");

    assertThatThrownBy(() -> template.render(List.of(), Map.of("day", LocalDateTime.MIN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a java.time.LocalDateTime");
    assertThatThrownBy(() -> template.render(List.of(), Map.of("map", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are strings");
    assertThatThrownBy(() -> template.render(List.of(), Map.of("messages", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'messages'");
  }

  @Test
  void refusesAVariableThatContainsItself() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);

    assertThatThrownBy(() -> ChatTemplate.parse("x").render(List.of(), Map.of("cycle", cycle)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deeper than 64 levels");
  }

  @Test
  void leavesWhatTheCallerHandedInAsItWas() {
    List<Object> list = new ArrayList<>(List.of(2, 1));
    ChatTemplate.parse("{% set list = list + [3] %}{{ list | sort }}{% set ns = namespace(l=list) %}"
        + "{% set ns.l = [] %}").render(List.of(), Map.of("list", list));

    assertThat(list).containsExactly(2, 1);
  }

  @Test
  void rendersOnManyThreadsAtOnce() throws Exception {
    ChatTemplate template = ChatTemplate.parse(
        "{% set ns = namespace(n=0) %}{% for i in range(200) %}{% set ns.n = ns.n + start %}{% endfor %}{{ ns.n }}");
    List<Callable<String>> tasks = new ArrayList<>();
    for (int start = 0; start < 50; start++) {
      Map<String, Object> variables = Map.of("start", start);
      tasks.add(() -> template.render(List.of(), variables));
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var rendered = threads.invokeAll(tasks);
      for (int start = 0; start < rendered.size(); start++) {
        assertThat(rendered.get(start).get()).isEqualTo(String.valueOf(200 * start));
      }
    }
  }
}
