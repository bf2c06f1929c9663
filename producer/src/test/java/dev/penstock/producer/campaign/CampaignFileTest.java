package dev.penstock.producer.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.campaign.CampaignRow.Bad;
import dev.penstock.producer.campaign.CampaignRow.Good;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.ChatMessage;
import dev.penstock.schemas.PromptRequested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A campaign file has one row a prompt. Rows with mistakes are told by line, with what is allowed; a file that is
/// wrong as a whole is refused.
class CampaignFileTest {

  @TempDir Path folder;

  @Test
  void columnsSetTheFieldsAndParametersOfAPrompt() throws IOException {
    Path file =
        csv(
            """
            promptId,text,model,seed,candidates,param.temperature
            p-1,"Tea, hot",tiny@1.0.0,7,4,0.4
            """);

    PromptRequested prompt = good(rows(file).getFirst()).prompt();

    assertThat(prompt.getPromptId()).isEqualTo("p-1");
    assertThat(prompt.getText()).isEqualTo("Tea, hot");
    assertThat(prompt.getModel()).isEqualTo("tiny@1.0.0");
    assertThat(prompt.getSeed()).isEqualTo(7);
    assertThat(prompt.getCandidates()).isEqualTo(4);
    assertThat(prompt.getParameters()).isEqualTo(Map.of("temperature", "0.4"));
  }

  @Test
  void productDataFillsTheVariablesOfATemplate() throws IOException {
    PromptDraft defaults = new PromptDraft().set(PromptField.TEMPLATE, "slogan@2");

    PromptRequested row = good(rows(csv("var.product,var.price\ntea,\n"), defaults, null).getFirst()).prompt();
    Path lines = folder.resolve("p.jsonl");
    Files.writeString(lines, "{\"template\": \"ad\", \"variables\": {\"product\": \"tea\", \"count\": 2}}\n");
    PromptRequested line = good(rows(lines).getFirst()).prompt();

    assertThat(row.getTemplate()).isEqualTo("slogan@2");
    assertThat(row.getVariables()).isEqualTo(Map.of("product", "tea"));
    assertThat(line.getVariables()).isEqualTo(Map.of("product", "tea", "count", "2"));
  }

  @Test
  void anEmptyCellLeavesTheDefaultAndAFilledOneWins() throws IOException {
    PromptDraft defaults = new PromptDraft().set(PromptField.CAMPAIGN, "spring").set(PromptField.SEED, "1");

    List<CampaignRow> rows = rows(csv("text,seed\ntea,\ncoffee,2\n"), defaults, null);

    assertThat(rows).extracting(row -> good(row).prompt().getSeed()).containsExactly(1L, 2L);
    assertThat(rows).extracting(row -> good(row).prompt().getCampaign()).containsOnly("spring");
  }

  @Test
  void aRowMayAskForSeveralThingsOfOneProduct() throws IOException {
    Path file =
        csv(
            """
            promptId,campaign,modality,text,seed,image.text,image.model,audio.param.speed
            tea,spring,text+image+audio,Say that tea is good.,7,a green mug,draw,1.2
            one,spring,text,Only words.,8,,,
            """);

    List<PromptRequested> prompts = rows(file).stream().map(row -> good(row).prompt()).toList();

    assertThat(prompts).extracting(PromptRequested::getPromptId).containsExactly("tea-text", "tea-image", "tea-audio", "one");
    assertThat(prompts).extracting(prompt -> prompt.getModality().name()).containsExactly("TEXT", "IMAGE", "AUDIO", "TEXT");
    assertThat(prompts)
        .extracting(PromptRequested::getText)
        .containsExactly("Say that tea is good.", "a green mug", "Say that tea is good.", "Only words.");
    assertThat(prompts).extracting(PromptRequested::getModel).containsExactly(null, "draw", null, null);
    assertThat(prompts).extracting(PromptRequested::getSeed).containsExactly(7L, 7L, 7L, 8L);
    assertThat(prompts.get(2).getParameters()).isEqualTo(Map.of("speed", "1.2"));
  }

  @Test
  void aColumnForAPartThatTheRowDoesNotAskForIsAMistake() throws IOException {
    List<CampaignRow> rows = rows(csv("modality,text,image.text\ntext,tea,a mug\ntext+text,tea,\ntext+smell,tea,\n"));

    assertThat(((Bad) rows.get(0)).problems())
        .containsExactly("image.text is filled, and modality does not ask for it; allowed is for example text+image");
    assertThat(((Bad) rows.get(1)).problems())
        .containsExactly("modality is 'text+text', which asks for one thing twice");
    assertThat(good(rows.get(2)).prompt().getModality().name()).isEqualTo("TEXT");
    assertThat(((Bad) rows.get(3)).problems())
        .containsExactly("modality is 'smell', allowed is text, image, audio or video");
  }

  @Test
  void everyMistakeIsToldByTheLineItsRowBeginsOn() throws IOException {
    Path file =
        csv(
            """
            text,seed,variants
            "two
            lines",1,1
            tea,x,0

            ,3,1
            tea,4
            tea,5,1
            """);

    assertThat(rows(file))
        .extracting(CampaignRow::line, row -> row instanceof Bad bad ? String.join(" / ", bad.problems()) : "good")
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, "good"),
            org.assertj.core.groups.Tuple.tuple(
                4L, "seed is 'x', allowed is a whole number of 64 bits / variants is '0', allowed is a whole number from 1"),
            org.assertj.core.groups.Tuple.tuple(6L, "text is not set; say what is wanted, or name a template"),
            org.assertj.core.groups.Tuple.tuple(7L, "the row has 2 cells, the header has 3"),
            org.assertj.core.groups.Tuple.tuple(8L, "good"));
  }

  @Test
  void aTemplateMakesTheTextAndLeavesOtherColumnsAlone() throws IOException {
    Path file = csv("product,audience,price,seed\nkettle,{students},9.99,3\nkettle,,1,2\n");

    List<CampaignRow> rows =
        rows(file, new PromptDraft(), new TextTemplate("A {{short}} slogan for a {product}, for { audience }."));

    assertThat(good(rows.get(0)).prompt().getText()).isEqualTo("A {short} slogan for a kettle, for {students}.");
    assertThat(good(rows.get(0)).prompt().getSeed()).isEqualTo(3);
    assertThat(((Bad) rows.get(1)).problems()).containsExactly("audience is empty, and the text needs it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text;seed\ntea, hot;7\n", "text\tseed\ntea, hot\t7\n", "\uFEFFtext;seed\r\ntea, hot;7\r\n"})
  void semicolonsTabsAndByteOrderMarksAreUnderstood(String content) throws IOException {
    Good row = good(rows(csv(content)).getFirst());

    assertThat(row.prompt().getText()).isEqualTo("tea, hot");
    assertThat(row.prompt().getSeed()).isEqualTo(7);
  }

  @Test
  void jsonLinesHaveTheSameKeys() throws IOException {
    Path file =
        file(
            "c.jsonl",
            """
            {"text": "tea", "seed": 7, "priority": "bulk", "parameters": {"temperature": 0.40, "greedy": true}}

            {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "tea"}], "seed": null}
            """);

    List<CampaignRow> rows = rows(file);

    assertThat(good(rows.get(0)).prompt().getSeed()).isEqualTo(7);
    assertThat(good(rows.get(0)).prompt().getParameters()).isEqualTo(Map.of("temperature", "0.4", "greedy", "true"));
    assertThat(good(rows.get(1)).line()).isEqualTo(3);
    assertThat(good(rows.get(1)).prompt().getMessages())
        .containsExactly(new ChatMessage("system", "Be brief."), new ChatMessage("user", "tea"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": | it is no JSON",
        "[1] | it is no JSON object",
        "{\"text\": \"tea\", \"text\": \"coffee\"} | it is no JSON: Duplicate",
        "{\"text\": [\"tea\"]} | text is a list, allowed is text, a number or true/false",
        "{\"text\": \"tea\", \"parameters\": 1} | parameters is a single value, allowed is an object",
        "{\"messages\": [{\"role\": \"user\"}]} | a message is not of the form",
        "{\"text\": \"tea\", \"sead\": 1} | 'sead' is no field of a prompt, allowed are promptId, tenant,"
      })
  void aLineThatIsNoPromptIsToldWithWhatIsAllowed(String lineAndSentence) throws IOException {
    String[] parts = lineAndSentence.split(" \\| ");

    List<CampaignRow> rows = rows(file("c.jsonl", "{\"text\": \"tea\"}\n" + parts[0] + "\n"));

    assertThat(rows.get(1).line()).isEqualTo(2);
    assertThat(((Bad) rows.get(1)).problems().getFirst()).startsWith(parts[1]);
  }

  @Test
  void anIdThatIsUsedTwiceIsTold() throws IOException {
    List<CampaignRow> rows = rows(csv("promptId,text\np,tea\nq,tea\np,tea\n"));

    assertThat(((Bad) rows.get(2)).problems()).containsExactly("promptId 'p' is that of line 2; ids are unique");
  }

  @Test
  void aHeaderThatNamesNoFieldIsRefusedWithWhatIsAllowed() throws IOException {
    Path file = csv("text,sead,sead\ntea,1,1\n");

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "line 1", "'sead' is no field of a prompt", "'sead' is there twice", "allowed are promptId", "param.NAME");
  }

  @Test
  void aTemplateThatNamesAnotherColumnIsRefused() throws IOException {
    Path file = csv("product\nkettle\n");

    assertThatThrownBy(() -> rows(file, new PromptDraft(), new TextTemplate("{prodct}")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the text needs the columns prodct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a {", "a }", "{}", "{ }", "{a{b}}"})
  void aBraceWithoutAColumnIsRefused(String template) {
    assertThatThrownBy(() -> new TextTemplate(template))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("write {column}, or {{ and }} for braces");
  }

  @Test
  void filesThatAreNoCampaignAreRefused() throws IOException {
    Path latin = Files.write(folder.resolve("latin.csv"), "text\nCafé\n".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> rows(latin)).hasMessageContaining("is not UTF-8");
    assertThatThrownBy(() -> rows(csv(""))).hasMessageContaining("is empty; its first line names the columns");
    assertThatThrownBy(() -> rows(csv("text\n"))).hasMessageContaining("has no rows");
    assertThatThrownBy(() -> rows(csv("text\n\"tea\n"))).hasMessageContaining("is no CSV from line 2 on");
    assertThatThrownBy(() -> rows(folder.resolve("c.xlsx")))
        .hasMessageContaining("allowed are .csv, .tsv, .jsonl and .ndjson");
    assertThatThrownBy(() -> rows(folder.resolve("none.csv"))).hasMessageContaining("cannot be read");
  }

  private Path csv(String content) throws IOException {
    return file("c.csv", content);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<CampaignRow> rows(Path file) {
    return rows(file, new PromptDraft(), null);
  }

  private static List<CampaignRow> rows(Path file, PromptDraft defaults, @Nullable TextTemplate template) {
    List<CampaignRow> rows = new ArrayList<>();
    new CampaignFile(file, defaults, template).read(rows::add);
    return rows;
  }

  private static Good good(CampaignRow row) {
    assertThat(row).isInstanceOf(Good.class);
    return (Good) row;
  }
}
