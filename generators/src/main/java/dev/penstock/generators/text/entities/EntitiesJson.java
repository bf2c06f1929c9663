package dev.penstock.generators.text.entities;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// The answer: `{"entities":[{"type","text","start","end","score","check"}]}` in the order of the text. `start` and `end`
/// count Unicode code points, as Python's strings do; `score` has four decimals; `check` is `passed` or `failed`, and absent
/// where there is no rule.
final class EntitiesJson {

  static final String MEDIA_TYPE = "application/json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DECIMALS = 4;

  private EntitiesJson() {}

  static byte[] write(List<Entity> entities) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("entities");
    for (Entity entity : entities) {
      ObjectNode node = list.addObject();
      node.put("type", entity.type()).put("text", entity.text()).put("start", entity.start()).put("end", entity.end());
      node.put("score", BigDecimal.valueOf(entity.score()).setScale(DECIMALS, RoundingMode.HALF_UP));
      Boolean check = entity.check();
      if (check != null) node.put("check", check ? "passed" : "failed");
    }
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always writable", e);
    }
  }
}
